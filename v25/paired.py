"""Measuring in turn, so that whatever slows the machine slows all alike; and peak memory."""

from __future__ import annotations

import ctypes
import gc
import statistics
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import torch

MIB = 2**20

Figures = dict[str, float]
Row = dict[str, Any]


def interleave(cells: Mapping[Any, Callable[[], Figures]], rounds: int) -> dict[Any, Row]:
    """Runs all cells in turn, `rounds` times after one that does not count.

    Returns:
        For each cell and figure its median, and under "quartiles" and "ratios" the spread and
        the median ratio to the first cell.
    """
    taken: dict[Any, list[Figures]] = {cell: [] for cell in cells}
    for number in range(rounds + 1):
        for cell, call in cells.items():
            figures = call()
            if number:
                taken[cell].append(figures)
    first = next(iter(taken.values()))
    return {cell: _summary(runs, first) for cell, runs in taken.items()}


def _summary(runs: Sequence[Figures], first: Sequence[Figures]) -> Row:
    row: Row = {"quartiles": {}, "ratios": {}}
    for name in runs[0]:
        values = [run[name] for run in runs]
        row[name] = statistics.median(values)
        more = values * 2 if len(values) == 1 else values
        low, _, high = statistics.quantiles(more, n=4, method="inclusive")
        row["quartiles"][name] = (low, high)
        pairs = zip(values, first, strict=True)
        row["ratios"][name] = statistics.median(v / max(f[name], 1e-9) for v, f in pairs)
    return row


@contextmanager
def peak_memory(device: torch.device) -> Iterator[dict[str, int | None]]:
    """Most bytes held inside the `with` beyond those held before it: under "bytes", at its end.

    On a GPU as its allocator counts, on Linux as the kernel counts the process; None elsewhere.
    """
    peak: dict[str, int | None] = {"bytes": None}
    gc.collect()
    if device.type == "cuda":
        torch.cuda.reset_peak_memory_stats(device)
        before = torch.cuda.memory_allocated(device)
        yield peak
        peak["bytes"] = torch.cuda.max_memory_allocated(device) - before
        return
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).malloc_trim(0)  # what was freed goes back, so that it counts again
        Path("/proc/self/clear_refs").write_text("5", encoding="ascii")  # forgets the last peak
    before = _process_memory("VmRSS")
    yield peak
    after = _process_memory("VmHWM")
    peak["bytes"] = None if before is None or after is None else max(0, after - before)


def _process_memory(name: str) -> int | None:
    with suppress(OSError):
        for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines():
            if line.startswith(f"{name}:"):
                return int(line.split()[1]) * 1024
    return None
