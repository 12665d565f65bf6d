"""Results as files, and a page over a file: nothing here needs a model."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any, Literal, NoReturn

import v25
from v25.schema import Generation, V25Error
from v25.ui.words import Language

Kind = Literal["html", "npz", "json"]
KINDS: tuple[Kind, ...] = ("html", "npz", "json")


def write_recording(
    generation: Generation | None, kind: Kind, folder: Path, language: Language
) -> Path:
    """Write a result into `folder`: a page that opens offline, or a recording that loads again.

    Args:
        generation: the result.
        kind: of file.
        folder: that exists.
        language: of the page's words.

    Raises:
        V25Error: there is no result, or it cannot be written.
    """
    if generation is None or generation.trace is None:
        raise V25Error("nothing_to_save", "There is no result to save yet.")
    path = folder / f"v25-{time.strftime('%Y%m%d-%H%M%S')}.{kind}"
    if kind == "html":
        from v25.ui.standalone import standalone_page  # reads its scripts; few ask for it

        path.write_text(standalone_page(generation, language), encoding="utf-8")
    else:
        v25.save_recording(generation, path)
    return path


class ReplayModel:
    """Stands where a model stands when the page shows a recording: it runs nothing.

    Args:
        generation: the recording.
    """

    def __init__(self, generation: Generation) -> None:
        self.precision = generation.latency.precision
        self.precisions = (self.precision,)
        self.device = generation.latency.device
        trace = generation.trace
        self.heads = int(trace.gates.shape[1]) if trace is not None else 1
        opened = int(trace.open.sum(axis=1).max(initial=1)) if trace is not None else 1
        self.default_budget = max(1, opened)

    def with_precision(self, name: str) -> ReplayModel:
        """Itself: there is nothing to convert."""
        return self

    def stream(self, **request: Any) -> NoReturn:
        """Refuses.

        Raises:
            V25Error: always.
        """
        raise V25Error("no_model", "This page shows a recording and has no model to run.")

    def head_effects(self, generation: Generation, position: int) -> NoReturn:
        """Refuses: effects are measured by running the model.

        Raises:
            V25Error: always.
        """
        raise V25Error("effects_need_model", "Measuring effects needs the model.")
