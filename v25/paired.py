"""Measuring in turn, so that whatever slows the machine slows all alike; and peak memory."""

from __future__ import annotations

import ctypes
import gc
import platform
import statistics
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from pathlib import Path
from typing import Any

import torch

MIB, GIB = 2**20, 2**30

Figures = dict[str, float]
Row = dict[str, Any]
Watch = Callable[[int, int], None]
"""Told how many measurements of how many are done; what it raises ends the suite."""
_watch: ContextVar[Watch | None] = ContextVar("watch", default=None)


@contextmanager
def watched(watch: Watch) -> Iterator[None]:
    """Inside the `with`, `interleave` tells `watch` before every measurement."""
    token = _watch.set(watch)
    try:
        yield
    finally:
        _watch.reset(token)


def processor_name() -> str:
    """Of the CPU, as its maker calls it where the system knows."""
    name = platform.processor() or platform.machine()
    with suppress(OSError):
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
        name = next((x.partition(": ")[2] for x in lines if x.startswith("model name")), name)
    return name


class Unequal(Exception):
    """What is compared does not give the same results: its times would mean nothing."""


NOTES: list[str] = []
"""What was said beside the tables since `v25.bench` began."""


def note(text: str) -> None:
    """Says something about a measurement beside its table, and keeps it for the JSON."""
    NOTES.append(text)
    sys.stderr.write(f"{text}\n")


def interleave(cells: Mapping[Any, Callable[[], Figures]], rounds: int) -> dict[Any, Row]:
    """Runs all cells in turn, `rounds` times after one that does not count.

    Returns:
        For each cell and figure its median, and under "quartiles" and "ratios" the spread and
        the median ratio to the first cell.
    """
    taken: dict[Any, list[Figures]] = {cell: [] for cell in cells}
    watch, total = _watch.get(), (rounds + 1) * len(cells)
    for number in range(rounds + 1):
        for place, (cell, call) in enumerate(cells.items()):
            if watch is not None:
                watch(number * len(cells) + place, total)
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
        pairs = zip(values, (run.get(name, 0.0) for run in first), strict=True)
        ratios = [value / base for value, base in pairs if base]
        if ratios:
            row["ratios"][name] = statistics.median(ratios)
        elif not any(values):
            row["ratios"][name] = 1.0  # nothing, like the first cell
    return row


def on_gpu(device: torch.device) -> bool:
    """Whether figures are those of a GPU."""
    return device.type == "cuda"


def synchronised(device: torch.device) -> float:
    """Seconds on a clock, once a GPU has done all that it was given."""
    if on_gpu(device):
        torch.cuda.synchronize(device)
    return time.perf_counter()


def free_all(device: torch.device) -> None:
    """Gives back what nothing uses on a GPU, so that the next peak is its own."""
    if on_gpu(device):
        gc.collect()
        torch.cuda.empty_cache()
        torch.cuda.reset_peak_memory_stats(device)


def gpu_peaks(device: torch.device) -> Figures:
    """GiB of a GPU at most since `free_all`; empty where there is none.

    "peak_gib" counts all tensors at once, weights too; "reserved_gib" what the allocator had taken
    for them; "device_gib" all that is in use on the GPU now (the allocator keeps what it took), by
    whomever: the driver's context and libraries too.
    """
    if not on_gpu(device):
        return {}
    free, total = torch.cuda.mem_get_info(device)
    return {
        "peak_gib": torch.cuda.max_memory_allocated(device) / GIB,
        "reserved_gib": torch.cuda.max_memory_reserved(device) / GIB,
        "device_gib": (total - free) / GIB,
    }


@contextmanager
def peak_memory(device: torch.device) -> Iterator[dict[str, int | None]]:
    """Most bytes held inside the `with` beyond those held before it: under "bytes", at its end.

    On a GPU as its allocator counts, on Linux as the kernel counts the process; None elsewhere.
    """
    peak: dict[str, int | None] = {"bytes": None}
    gc.collect()
    if on_gpu(device):
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
