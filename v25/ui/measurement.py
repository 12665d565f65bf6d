"""A suite of the bench that is measured while the page runs, and what a person's tab remembers."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from v25.bench_rows import Result, read_result
from v25.schema import V25Error

_log = logging.getLogger(__name__)


class Benches(Protocol):
    """What measures on this machine; `v25.bench_live.LiveBenches` is one.

    Attributes:
        suites: names of those that take seconds.
    """

    suites: Sequence[str]

    def run(self, suite: str, watch: Callable[[int, int], None]) -> Mapping[str, Any]:
        """Measure `suite`, and return what the bench would write down.

        `watch` is told before every measurement how many of how many are done; what it raises
        ends the run.
        """


class _CancelledError(Exception):
    """The person does not want to wait for it."""


class Measurement(threading.Thread):
    """A suite that is measured beside the page's own thread.

    Attributes:
        done: measurements so far.
        total: that are known of; a suite of several parts tells of them one by one.
        result: when it is over and went well.
        error: when it did not.
    """

    def __init__(self, benches: Benches, suite: str) -> None:
        super().__init__(daemon=True)
        self.benches, self.suite = benches, suite
        self.done = self.total = self._earlier = 0
        self.result: Result | None = None
        self.error: Exception | None = None
        self.cancelled = threading.Event()
        self.begun = time.monotonic()

    @property
    def seconds(self) -> float:
        """Since it began."""
        return time.monotonic() - self.begun

    def run(self) -> None:
        """What the thread does."""
        try:
            self.result = read_result("", dict(self.benches.run(self.suite, self._watch)))
        except _CancelledError:
            pass
        except Exception as error:
            if not isinstance(error, V25Error):
                _log.exception("suite %s failed", self.suite)
            self.error = error

    def _watch(self, done: int, total: int) -> None:
        if self.cancelled.is_set():
            raise _CancelledError
        if not done:  # another part of the suite begins
            self._earlier = self.total
        self.done, self.total = self._earlier + done, self._earlier + total


@dataclass(eq=False)
class Bench:
    """What the tab remembers for one person. Handlers share it by reference.

    Attributes:
        machine: the chosen one, by name.
        item: the chosen suite: "file:suite", without a file where nothing was recorded.
        live: the last run of each suite here.
        waiting: the suite that was accepted and has not begun; empty without.
        last: the suite that was accepted last.
        running: the run that is being measured.
        status: key of the sentence beside the buttons.
        seconds: that the last run took.
        problem: key and values of what went wrong.
        gone: the page was closed.
    """

    machine: str = ""
    item: str = ""
    live: dict[str, Result] = field(default_factory=dict)
    waiting: str = ""
    last: str = ""
    running: Measurement | None = None
    status: str = ""
    seconds: float = 0.0
    problem: tuple[str, dict[str, object]] | None = None
    gone: bool = False

    @property
    def suite(self) -> str:
        """Name of the chosen suite."""
        return self.item.partition(":")[2]

    @property
    def busy(self) -> bool:
        """Whether a run waits or is being measured."""
        return bool(self.waiting) or self.running is not None

    def look_away(self) -> None:
        """Something else was chosen: what was said of the last run is past."""
        self.problem = None
        if not self.busy:
            self.status = ""

    def cancel(self) -> None:
        """End what waits or is being measured."""
        if self.waiting:
            self.waiting, self.status = "", "bench_stopped"
        if self.running is not None:
            self.running.cancelled.set()

    def conclude(self, run: Measurement) -> None:
        """A run is over, however it ended; one that gave nothing costs no earlier result."""
        self.running, self.status = None, ""
        if run.error is not None:
            known = isinstance(run.error, V25Error)
            self.problem = (run.error.key, run.error.values) if known else ("bench_failed", {})
        elif run.result is None:
            self.status = "bench_stopped"
        else:
            self.live[run.suite] = run.result
            self.status, self.seconds = "bench_done", run.seconds
