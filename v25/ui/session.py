"""What the page remembers for one person."""

from __future__ import annotations

import contextlib
import secrets
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from v25.schema import Generation, Latency, Stream, Trace
from v25.ui.words import Language

BUSY = ("waiting", "reading", "writing")
RUNS = 50
"""Requests whose latency a page remembers."""


@dataclass(frozen=True)
class Asked:
    """One request as the page sent it, so that it can be sent again.

    Attributes:
        text: the typed command; None without.
        image: path of the photo; None without.
        audio: path of the sound; None without.
        heads: heads that each layer may open.
        precision: name of the model's precision.
        temperature: of sampling.
        length: most tokens to write.
        seed: of sampling.
        gates: forced gates by `(layer, head)`.
    """

    text: str | None
    image: str | None
    audio: str | None
    heads: int
    precision: str
    temperature: float
    length: int
    seed: int
    gates: Mapping[tuple[int, int], float] = field(default_factory=dict)

    @property
    def inputs(self) -> tuple[str | None, str | None, str | None]:
        """What was asked, without how."""
        return self.text, self.image, self.audio


@dataclass(eq=False)
class Session:
    """One person's page. Handlers share it by reference, so a stop reaches a running stream.

    Attributes:
        language: of the page, now.
        key: names this session to the explorer's server function; unguessable, made when the
            page is opened (the page's initial session is copied for every visitor) and never
            shared.
        revision: counts what the explorer was told.
        generation: the newest result, B when another is kept.
        asked: the request that it answers; None for a recording.
        pinned: the result that is kept beside it, A.
        pinned_asked: the request that A answers.
        wanted: the request that was accepted last.
        fresh: `generation` answers `wanted`; False until its first piece is there.
        promote: keep the present result as A when the request gives something.
        runs: latency of the last finished requests, the newest last.
        status: key of the word beside the copy.
        settled: the status before the running request.
        problem: key and values of the error to show.
        failed: the running request came upon `problem`.
        aside: show it beside the explorer, where the person is, instead of under the inputs.
        stream: the one that is being written from.
        pending: a request was accepted and waits to be written.
        stopping: the person asked to stop.
        recording: the microphone is open.
        take: the last recording that the browser sent while it went on, see `v25.ui.microphone`.
        looked: path of the present photo, and what the engine's `look` made of it.
    """

    language: Language = "en"
    key: str = ""
    revision: int = 0
    generation: Generation | None = None
    asked: Asked | None = None
    pinned: Generation | None = None
    pinned_asked: Asked | None = None
    wanted: Asked | None = None
    fresh: bool = True
    promote: bool = False
    runs: deque[Latency] = field(default_factory=lambda: deque(maxlen=RUNS))
    status: str = "idle"
    settled: str = "idle"
    problem: tuple[str, dict[str, object]] | None = None
    failed: bool = False
    aside: bool = False
    stream: Stream | None = None
    pending: bool = False
    stopping: bool = False
    recording: bool = False
    take: Any = None
    looked: tuple[str, Any] | None = None

    @property
    def trace(self) -> Trace | None:
        """Attention of the newest result."""
        return self.generation.trace if self.generation else None

    @property
    def seed(self) -> int | None:
        """Of the newest result."""
        return self.asked.seed if self.asked else None

    @property
    def busy(self) -> bool:
        """Whether a request waits or is being written."""
        return self.status in BUSY

    @property
    def shown(self) -> Generation | None:
        """What the result panels show: nothing while a new request has given nothing yet."""
        return self.generation if self.fresh else None

    def new_seed(self) -> int:
        """A random seed; beside a kept result its seed, so that only the change differs."""
        if self.pinned_asked is not None:
            return self.pinned_asked.seed
        return secrets.randbelow(10**6)

    def close_stream(self) -> None:
        """Stop the engine's work; what was written stays in `generation`."""
        stream, self.stream = self.stream, None
        if stream is not None:
            # A stream that is a generator refuses while another thread is inside it; the loop
            # that reads it closes it then, after the piece in hand.
            with contextlib.suppress(ValueError):
                stream.close()

    def begin(self, wanted: Asked, promote: bool = False) -> None:
        """A request was accepted; the last result is kept until there is something newer.

        Args:
            wanted: the request.
            promote: the last result becomes A then. An A that answers the same inputs with the
                same seed stays, so that a row of changes is measured against one baseline.
        """
        self.problem, self.failed = None, False
        self.pending, self.stopping, self.fresh = True, False, False
        baseline = self.pinned_asked
        same = baseline and (baseline.inputs, baseline.seed) == (wanted.inputs, wanted.seed)
        self.wanted, self.promote = wanted, promote and not same
        self.settled, self.status = self.status, "waiting"

    def receive(self, generation: Generation) -> None:
        """The running request gave something; a page that was closed keeps none of it."""
        if not self.key:
            return
        if not self.fresh:
            if self.promote:
                self.pin()
            self.fresh, self.asked = True, self.wanted
        self.generation = generation

    def fail(self, key: str, values: dict[str, object] | None = None) -> None:
        """The running request came upon a problem."""
        self.problem, self.failed = (key, values or {}), True

    def end(self) -> None:
        """The request is over, however it ended; one that gave nothing costs no earlier result."""
        if not self.fresh:
            self.status = self.settled if self.generation else "idle"
        elif self.stopping:
            self.status = "stopped"
        elif self.failed:
            self.status = "failed"
        else:
            reason = self.generation.finish_reason if self.generation else None
            self.status = "finish_length" if reason == "length" else "end"
            if reason is not None:
                self.runs.append(self.generation.latency)
        self.fresh, self.pending = True, False

    def pin(self) -> None:
        """Keep the newest result as A."""
        self.pinned, self.pinned_asked = self.generation, self.asked

    def unpin(self) -> None:
        """Let A go."""
        self.pinned = self.pinned_asked = None

    def open_recording(self, generation: Generation) -> None:
        """Look at a saved result instead of the newest one."""
        self.generation, self.asked = generation, None
        self.status, self.problem = "replayed", None

    def forget(self) -> None:
        """Let go of everything that holds memory, and of the key to it."""
        self.key, self.stopping, self.pending = "", True, False
        self.close_stream()
        self.generation = self.pinned = self.asked = self.pinned_asked = self.wanted = None
        self.take = self.looked = None
        self.status, self.fresh = "idle", True
