"""What looking costs: the same request with and without capture, then every kind of look."""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Callable
from functools import partial
from typing import Any

from v25.api import V25Model
from v25.paired import MIB, Figures, Row, interleave, peak_memory
from v25.tracing import SequenceTrace

LONG = (1024, 4096, 16_384)
"""Tokens of the prompts, unless told otherwise."""
ROUNDS, TOKENS = 5, 48
THUMBNAIL, MAP = 24, 128
"""Blocks along a side of the overview's maps, and of one head's."""


def digits(length: int) -> str:
    """A prompt of `length` tokens: each digit is one."""
    return ("0123456789" * (length // 10 + 1))[:length]


def capture(model: V25Model, args: argparse.Namespace) -> list[Row]:
    """The command line's own request, then long prompts: without capture and with it, in turn."""
    tokens = args.tokens or TOKENS
    own = {"text": args.text, "image": args.image, "audio": args.audio}
    rows = []
    for inputs in (own, *({"text": digits(n)} for n in args.lengths or LONG)):
        settings = {**inputs, "max_length": tokens, "seed": 0}
        made = model.generate(**settings)
        room = made.trace.prompt_length + tokens + 1  # places that the cache has
        held = made.latency.memory["trace"]
        cells = {kept: partial(_written, model, settings, kept) for kept in (False, True)}
        measured = interleave(cells, args.rounds or ROUNDS)
        rows += [
            {
                "prompt_tokens": made.trace.prompt_length,
                "capture": kept,
                "trace_mib": held / MIB if kept else 0.0,
                "bytes_per_token": held / room if kept else 0.0,
                **measured[kept],
            }
            for kept in cells
        ]
    return rows


def _written(model: V25Model, settings: dict[str, Any], kept: bool) -> Figures:
    begun, processor = time.perf_counter(), time.process_time()
    latency = model.generate(**settings, capture=kept).latency
    total = (time.perf_counter() - begun) * 1e3
    spent = (time.process_time() - processor) * 1e3
    later = latency.token_ms[1:] or latency.token_ms
    return {
        "first_token_ms": latency.first_token_ms,
        "ms_per_token": statistics.median(later),
        "total_ms": total,
        "cpu_ms": spent,  # of all threads: what others run beside changes it least
    }


def looking(model: V25Model, args: argparse.Namespace) -> list[Row]:
    """Time and peak memory of a summary, a map, a row and a first column, by length."""
    cells: dict[tuple[int, str], Callable[[], Figures]] = {}
    for length in args.lengths or LONG:
        trace = model.get_attention_map(digits(length)).trace
        last = len(trace.layers) - 1
        looks: dict[str, Callable[[SequenceTrace], Any]] = {
            "summary, fusion": lambda t: t.summary(0, THUMBNAIL),
            "summary, decision": lambda t, last=last: t.summary(last, THUMBNAIL),
            "map of a head": lambda t: t.map(0, int(t.open[0].argmax()), MAP),
            "row, all heads": lambda t, last=last, n=length: t.row(last, None, n - 1, "effective"),
            "column, all heads": lambda t, last=last: t.column(last, None, 0, "effective"),
        }
        for name, look in looks.items():
            cells[length, name] = partial(_looked, model, trace, look)
    measured = interleave(cells, args.rounds or ROUNDS)
    return [{"tokens": n, "look": name, **measured[n, name]} for n, name in cells]


def _looked(model: V25Model, trace: SequenceTrace, look: Callable[[SequenceTrace], Any]) -> Figures:
    fresh = trace.again()  # nothing that an earlier look left behind
    with peak_memory(model.network.device) as peak:
        begun = time.perf_counter()
        look(fresh)
        ms = (time.perf_counter() - begun) * 1e3
    figures = {"ms": ms}
    return figures if peak["bytes"] is None else {**figures, "peak_mib": peak["bytes"] / MIB}
