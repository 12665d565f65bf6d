"""Short suites of the bench while the page runs: what `v25.ui.benchmarks` asks for."""

from __future__ import annotations

from typing import Any

from v25 import bench
from v25.api import V25Model
from v25.paired import Watch, watched

SHORT: dict[str, tuple[str, ...]] = {
    "speed": ("--rounds", "2", "--tokens", "32", "--budgets", "10", "6"),
    "decode": ("--rounds", "2", "--tokens", "32"),
    "batch": ("--rounds", "2", "--tokens", "32", "--batches", "1", "8"),
    "memory": ("--rounds", "2", "--lengths", "1024"),
    "voice": ("--rounds", "8"),
    "trace": ("--rounds", "3", "--tokens", "32", "--lengths", "1024"),
}
"""Suites that take seconds on two cores, and what keeps them that short."""


class LiveBenches:
    """Measures the model that the page writes with.

    Args:
        model: of the page.
        name: that it was asked for by.
    """

    def __init__(self, model: V25Model, name: str) -> None:
        self.model, self.name = model, name
        self.suites = tuple(SHORT)

    def run(self, suite: str, watch: Watch) -> dict[str, Any]:
        """Measure one of `suites` now; speed in the model's own precision alone.

        Args:
            suite: its name.
            watch: told of every measurement; what it raises ends the suite, and comes out here.

        Returns:
            What `python -m v25.bench` writes down.

        Raises:
            V25Error: an input of the suite is bad.
        """
        args = bench.parse([suite, *SHORT[suite], "--precisions", self.model.precision])
        with self.model.alone(), watched(watch):
            rows = bench.SUITES[suite](self.model, args)
        about, settings = bench.describe(self.model, self.name), bench.settings_of(args)
        return {**about, "settings": settings, "suites": {suite: rows}}
