"""A run as an iterator of pieces of text, each of whole characters."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

from v25.generation import Run
from v25.processing import Processor
from v25.rows import Row
from v25.schema import Generation
from v25.variants import whole_text


class Pieces:
    """A row's text piece by piece, each of whole characters."""

    def __init__(self, processor: Processor) -> None:
        self._processor, self._shown = processor, ""

    def of(self, row: Row) -> str:
        """What was written since; empty amid a character, which is several tokens."""
        text = whole_text(row.ids, self._processor)
        if text.endswith("\ufffd"):
            if not row.done:
                return ""
            text = text.rstrip("\ufffd")
        piece, self._shown = text[len(self._shown) :], max(self._shown, text, key=len)
        return piece


class RunStream:
    """One request as an iterator of pieces; implements `v25.schema.Stream`."""

    def __init__(self, run: Run) -> None:
        self._run, self._pieces, self._closed = run, Pieces(run.processor), False
        self._steps: Iterator[None] | None = None

    @property
    def generation(self) -> Generation:
        """What there is so far."""
        return self._run.result(0)

    def __iter__(self) -> RunStream:
        return self

    def __next__(self) -> str:
        """The next piece of text, at least one token's worth.

        Raises:
            V25Error: an input is bad (before the first piece).
        """
        if self._closed:
            raise StopIteration
        if self._steps is None:
            self._run.prepare()
            self._steps = self._run.write()
        for _ in self._steps:
            if self._closed:  # by another thread, which cannot end a step that is under way
                break
            piece = self._pieces.of(self._run.rows[0])
            if piece:
                return piece
        self._closed = True
        raise StopIteration

    def close(self) -> None:
        """Stop the work; `generation` keeps what was written."""
        self._closed = True
        if self._steps is not None:
            with contextlib.suppress(ValueError):  # another thread is amid a step: it ends there
                self._steps.close()

    def __del__(self) -> None:
        self.close()
