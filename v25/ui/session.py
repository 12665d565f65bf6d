"""What the page remembers for one person."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass

import numpy as np

from v25.schema import Generation, Stream, Trace
from v25.ui.words import Language

BUSY = ("waiting", "reading", "writing")


@dataclass(eq=False)
class Session:
    """One person's page. Handlers share it by reference, so a stop reaches a running stream.

    Attributes:
        language: of the page, now.
        generation: what the last request gave, so far.
        previous: the result before it and its status, until the new request gives something.
        thumbnails: brightness of every head's map, once drawn.
        chosen: `(layer, head)` that the large map shows.
        status: key of the word beside the copy.
        problem: key and values of the error to show.
        stream: the one that is being written from.
        pending: a request was accepted and waits to be written.
        stopping: the person asked to stop.
        recording: the microphone is open.
    """

    language: Language = "en"
    generation: Generation | None = None
    previous: tuple[Generation, str] | None = None
    thumbnails: np.ndarray | None = None
    chosen: tuple[int, int] | None = None
    status: str = "idle"
    problem: tuple[str, dict[str, object]] | None = None
    stream: Stream | None = None
    pending: bool = False
    stopping: bool = False
    recording: bool = False

    @property
    def trace(self) -> Trace | None:
        """Attention of the last request."""
        return self.generation.trace if self.generation else None

    @property
    def busy(self) -> bool:
        """Whether a request waits or is being written."""
        return self.status in BUSY

    def close_stream(self) -> None:
        """Stop the engine's work; what was written stays in `generation`."""
        stream, self.stream = self.stream, None
        if stream is not None:
            # A stream that is a generator refuses while another thread is inside it; the loop
            # that reads it closes it then, after the piece in hand.
            with contextlib.suppress(ValueError):
                stream.close()

    def begin(self) -> None:
        """A request was accepted; the last result is kept until there is something newer."""
        self.problem = None
        self.pending, self.stopping = True, False
        if self.generation is not None:
            self.previous = self.generation, self.status
        self.generation, self.status = None, "waiting"

    def end(self) -> None:
        """The request is over, however it ended; one that gave nothing costs no earlier result."""
        reason = self.generation.finish_reason if self.generation else None
        if self.generation is None and self.previous and (self.stopping or self.problem):
            self.generation, self.status = self.previous
        elif self.generation is None:
            self.status = "idle"
        elif self.stopping:
            self.status = "stopped"
        elif self.problem:
            self.status = "failed"
        else:
            self.status = "finish_length" if reason == "length" else "end"
        self.previous, self.pending = None, False

    def forget(self) -> None:
        """Let go of everything that holds memory."""
        self.stopping = True
        self.close_stream()
        self.generation = self.previous = self.thumbnails = None
