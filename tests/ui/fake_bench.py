"""A bench without a model, and results as the real one writes them down."""

from __future__ import annotations

import json
import threading
import time
from pathlib import Path

ABOUT = {
    "checkpoint": "tiny",
    "hardware": "CPU (2 threads, x86_64)",
    "cpu": "Fast 9 <b>",
    "threads": 2,
    "precision": "fp32",
    "head_budget": 10,
    "torch": "2.11.0",
    "python": "3.12.1",
}


def row(cell: dict, first: bool = False, **figures: float) -> dict:
    spread = {key: [0.9 * value, 1.1 * value] for key, value in figures.items()}
    return {
        **cell,
        "quartiles": spread,
        "ratios": {k: 1.0 if first else 0.5 for k in figures},
        **figures,
    }


def speeds(factor: float = 1.0) -> list[dict]:
    return [
        row(
            {"precision": "fp32", "heads": heads},
            heads == 16,
            first_token_ms=factor * (40.0 + heads),
            ms_per_token=factor * heads / 4,
        )
        for heads in (16, 10, 6)
    ]


class FakeBenches:
    """Takes as long as the test wants; keeps how often it was told to end."""

    suites = ("speed", "batch")

    def __init__(self) -> None:
        self.go, self.begun, self.ended = threading.Event(), 0, 0
        self.fails: Exception | None = None

    def run(self, suite: str, watch) -> dict:
        self.begun += 1
        try:
            for done in range(4):
                watch(done, 4)
                if done == 2:
                    deadline = time.monotonic() + 20
                    while not self.go.wait(0.05) and time.monotonic() < deadline:
                        watch(done, 4)
            if self.fails is not None:
                raise self.fails
        finally:
            self.ended += 1
        rows = speeds(2.0)
        if suite == "batch":
            rows = [row({"requests": 1}, True, tokens_per_second=123.0)]
        return {**ABOUT, "cpu": "Other 7", "settings": {"rounds": 1}, "suites": {suite: rows}}


def write_results(folder: Path) -> None:
    suites = {
        "speed": speeds(),
        "peers": [
            row({"model": "v25"}, True, memory_mib=300.0),
            row({"model": "big one"}, memory_mib=1400.0),
        ],
    }
    settings = {"text": "three posts", "rounds": 3, "image": "shoes.webp"}
    (folder / "bench.json").write_text(
        json.dumps({**ABOUT, "settings": settings, "suites": suites})
    )
    unheard = {"fizz": [{"flavour": "lime", "sparkle": 1.5}, {"flavour": "mint", "sparkle": 2.5}]}
    (folder / "gpu.json").write_text(json.dumps({"hardware": "GPU 1", "suites": unheard}))
    (folder / "base.json").write_text('{"results": []}')
