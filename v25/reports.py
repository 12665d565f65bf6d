"""Results of an evaluation as JSON and as lines for a terminal."""

from __future__ import annotations

import json
import platform
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import torch

from v25.api import V25Model
from v25.checkpoint import BUNDLED
from v25.measures import Mean, Result, table
from v25.paired import processor_name
from v25.scoring import NAMES
from v25.shelf import TrialError


def describe(model: V25Model, name: str) -> dict[str, Any]:
    """What every result carries: the checkpoint, and what it ran on."""
    return {
        "checkpoint": name if name in BUNDLED else Path(name).name,
        "precision": model.precision,
        "head_budget": model.budget,
        "listener": model.listener,
        "hardware": model.device,
        "cpu": processor_name(),
        "torch": torch.__version__,
        "python": platform.python_version(),
    }


def to_json(result: Result, about: dict[str, Any]) -> dict[str, Any]:
    """One result as plain data."""
    return {
        "measurement": result.name,
        **about,
        "seeds": list(result.seeds),
        "rows": result.rows,
        "seconds": round(result.seconds, 2),
        "notes": result.notes,
        "results": {title: means_to_json(means) for title, means in result.columns.items()},
    }


def means_to_json(means: Mapping[str, Mean]) -> dict[str, dict[str, float]]:
    """One column of a result as plain data."""
    return {
        name: {
            "value": round(mean.value, 5),
            "half_width": round(mean.half_width, 5),
            "rows": mean.rows,
        }
        for name, mean in means.items()
    }


def to_text(result: Result) -> str:
    """One result as lines for a terminal."""
    if result.name == "gates":  # a column a layer would be too wide: layers are in the JSON
        body = table({"all layers": result.columns["all layers"]}, percent=False)
    else:
        titled = {
            title: {NAMES.get(name, name): mean for name, mean in means.items()}
            for title, means in result.columns.items()
        }
        body = table(titled, result.percent)
    seeds = f", seeds {' '.join(map(str, result.seeds))}" if result.seeds else ""
    head = f"{result.name}: {result.rows} rows{seeds}, {result.seconds:.1f} s"
    notes = [f"{name}: {_note(value)}" for name, value in result.notes.items()]
    return "\n".join([head, body, *notes])


def _note(value: Any) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{k} {_note(v)}" for k, v in value.items())
    return f"{value:.3g}" if isinstance(value, float) else str(value)


def write_json(path: Path, content: Mapping[str, Any]) -> None:
    """Plain data as a JSON file.

    Raises:
        TrialError: the path can't be written.
    """
    write(path, json.dumps(content, ensure_ascii=False, indent=1) + "\n")


def write_lines(path: Path, rows: Sequence[Mapping[str, Any]]) -> None:
    """Plain data as JSON lines.

    Raises:
        TrialError: the path can't be written.
    """
    write(path, "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows))


def write(path: Path, text: str, mode: str = "w") -> None:
    """Text to a file, its folder made if need be.

    Raises:
        TrialError: the path can't be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open(mode, encoding="utf-8") as out:
            out.write(text)
    except OSError as error:
        raise TrialError(f"{path} can't be written: {error.strerror}.") from error
