"""A run as an iterator of pieces of text, each of whole characters."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

from v25.generation import Run
from v25.schema import Generation
from v25.variants import whole_text


class RunStream:
    """One request as an iterator of pieces; implements `v25.schema.Stream`."""

    def __init__(self, run: Run) -> None:
        self._run, self._shown, self._closed = run, "", False
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
            row = self._run.rows[0]
            text = whole_text(row.ids, self._run.processor)
            if text.endswith("\ufffd"):
                if not row.done:
                    continue  # a character is several tokens: wait for all of them
                text = text.rstrip("\ufffd")
            if len(text) > len(self._shown) or row.done:
                piece, self._shown = text[len(self._shown) :], text
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
