"""How long after the end of a spoken command the first token is there.

A recording and a photo, handed in whole once the person has stopped, or heard while they speak:
in pieces of a quarter of a second, the photo when it arrives. The clock starts when the last piece
is there and stops with the first token; it sees the server alone. Pieces come as fast as they are
taken, so that nothing is gained by waiting. Hearing the last one counts as part of "speech".

Both ways must give the same transcript and the same first token.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from contextlib import closing
from functools import partial
from pathlib import Path

import numpy as np

from v25.api import V25Model
from v25.live import LivePhoto, LiveSound
from v25.media import read_image
from v25.paired import Figures, Row, Unequal, interleave, note
from v25.schema import Generation

SPOKEN = Path(__file__).parents[1] / "assets" / "examples" / "fun-hat.flac"
SECONDS, PIECE = 3.0, 0.25
"""Of the command, where none is given, and of each piece of it."""
REPEATS = 20
WHOLE, MEANWHILE = "whole at the end", "while speaking"
Spoken = tuple[int, np.ndarray]
Heard = tuple[float, float, Generation]
"""Milliseconds of the last piece, and to the first words of the copy; what there is then."""
STAGES = ("read", "image", "speech", "text", "fusion", "gates", "prefill", "decode")


def voice(model: V25Model, args: argparse.Namespace) -> list[Row]:
    """Milliseconds from the end of speech to the first token: median, 95th percentile, stages."""
    sound = model.processor.read_audio(str(args.audio or SPOKEN))
    samples = sound.samples if args.audio else sound.samples[: round(SECONDS * sound.rate)]
    spoken, photo = (sound.rate, samples), args.image or _picture()
    note(f"a spoken command of {len(samples) / sound.rate:.1f} s, in pieces of {PIECE} s")
    model.warm_up()
    read_image(photo)  # once from the disk, so that its cache serves both ways
    waits: dict[str, list[float]] = {WHOLE: [], MEANWHILE: []}
    first: dict[str, tuple[str | None, str]] = {}

    def one(way: str, call: Callable[[], Heard]) -> Figures:
        fed, words, told = call()
        wait = fed + told.latency.first_token_ms
        waits[way].append(wait)
        first[way] = told.transcript, told.text
        if len(set(first.values())) > 1:
            raise Unequal(f"the ways of listening heard and wrote {first}")
        stages = told.latency.stages
        parts = {f"{name}_ms": stages.get(name, 0.0) for name in STAGES}
        parts["speech_ms"] += fed
        return {"first_token_ms": wait, "first_words_ms": words, **parts}

    calls = {WHOLE: partial(_whole, model, spoken, photo),
             MEANWHILE: partial(_meanwhile, model, spoken, photo)}  # fmt: skip
    cells = {way: partial(one, way, call) for way, call in calls.items()}
    measured = interleave(cells, args.rounds or REPEATS)
    rows = [{"voice": way, **_with_tail(measured[way], waits[way][1:])} for way in cells]
    for row in rows:
        row["ratios"]["p95_ms"] = row["p95_ms"] / rows[0]["p95_ms"]
    return rows


def _with_tail(row: Row, waits: list[float]) -> Row:
    """`row` with the 95th percentile beside the median; the spread is that of all repeats."""
    tail = float(np.percentile(waits, 95))
    spread = {**row["quartiles"], "p95_ms": (tail, max(waits))}
    median = row.pop("first_token_ms")
    return {"first_token_ms": median, "p95_ms": tail, **row, "quartiles": spread}


def _picture() -> np.ndarray:
    """A photo for a machine without the examples."""
    return np.random.default_rng(0).integers(0, 255, (480, 360, 3), np.uint8)


def _whole(model: V25Model, spoken: Spoken, photo: str | np.ndarray) -> Heard:
    begun = time.perf_counter()
    return _first(model, photo, spoken, begun, begun)


def _meanwhile(model: V25Model, spoken: Spoken, photo: str | np.ndarray) -> Heard:
    (rate, samples), step = spoken, round(PIECE * spoken[0])
    starts = range(0, len(samples), step)
    looked = model.look(photo)
    with model.listen() as live:
        for start in starts[:-1]:
            live.feed(rate, samples[start : start + step])
        begun = time.perf_counter()
        live.feed(rate, samples[starts[-1] :])
        return _first(model, looked, live, begun, time.perf_counter())


def _first(
    model: V25Model,
    photo: str | np.ndarray | LivePhoto,
    sound: Spoken | LiveSound,
    begun: float,
    fed: float,
) -> Heard:
    with closing(model.stream(image=photo, audio=sound, temperature=0, seed=0)) as stream:
        next(stream, None)
        words = time.perf_counter() - begun
        return (fed - begun) * 1e3, words * 1e3, stream.generation
