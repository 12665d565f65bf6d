"""Two evaluations beside each other: what share of the second one's quality the first one keeps."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from v25.scoring import NAMES
from v25.shelf import TrialError

FEWER = ("cer", "expected calibration error")
"""Scores of which less is better: their ratio is the other way round."""
NO_QUALITY = ("gates",)
"""Measurements that say how a model works and not how well."""
LONG, ALL_LENGTHS = "catalogue of", "catalogues of all lengths"
"""How the measurements of the long task begin, and what they are together: of one length a single
answer more or less can be half a point."""

Means = Mapping[str, Mapping[str, float]]
"""Value, half width and rows of each score."""


@dataclass(frozen=True)
class Compared:
    """One score of both evaluations.

    Attributes:
        measurement: what was measured.
        score: its name.
        first: value of the first evaluation.
        second: of the second.
        half_width: 95 % of the difference, the rows taken as independent.
        percent: the first as a share of the second; of a score of which less is better, the
            second as a share of the first; NaN where that divides by nothing.
    """

    measurement: str
    score: str
    first: float
    second: float
    half_width: float
    percent: float


def compare(first: Sequence[Path], second: Path) -> list[Compared]:
    """Every score that both evaluations have, over all rows of its measurement.

    Args:
        first: the files of one; of a measurement that is there twice the later counts.
        second: the file of the other.

    Raises:
        TrialError: a file is no evaluation, or they have nothing in common.
    """
    both = [_columns([_read(path) for path in paths]) for paths in (first, [second])]
    made = [
        _compared(measurement, score, mean, both[1][measurement][score])
        for measurement, means in both[0].items()
        if measurement in both[1]
        for score, mean in means.items()
        if score in both[1][measurement]
    ]
    if not made:
        named = ", ".join(map(str, first))
        raise TrialError(f"{named} and {second} have no measurement in common.")
    return made


def worst(rows: Sequence[Compared]) -> Compared | None:
    """The score that keeps least; None where none can be told."""
    return min(
        (r for r in rows if not math.isnan(r.percent)), key=lambda r: r.percent, default=None
    )


def comparison_json(rows: Sequence[Compared]) -> dict[str, Any]:
    """The rows and the worst of them as plain data; a percentage that can't be told is None."""

    def plain(row: Compared) -> dict[str, Any]:
        values = {k: round(v, 5) if isinstance(v, float) else v for k, v in asdict(row).items()}
        return values | {"percent": None if math.isnan(row.percent) else round(row.percent, 3)}

    least = worst(rows)
    return {
        "compared": [plain(row) for row in rows],
        "worst": None if least is None else plain(least),
    }


def comparison_text(rows: Sequence[Compared]) -> str:
    """A table, and the worst score named."""
    cells = [("measurement", "score", "first", "second", "difference", "first / second")]
    for row in rows:
        share = "-" if math.isnan(row.percent) else f"{row.percent:.1f} %"
        gap = f"{100 * (row.first - row.second):+.1f} ± {100 * row.half_width:.1f}"
        values = (f"{100 * row.first:.1f} %", f"{100 * row.second:.1f} %", gap, share)
        cells.append((row.measurement, NAMES.get(row.score, row.score), *values))
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    lines = [
        "  ".join(
            cell.ljust(width) if i < 2 else cell.rjust(width)
            for i, (cell, width) in enumerate(zip(line, widths, strict=True))
        ).rstrip()
        for line in cells
    ]
    least = worst(rows)
    if least is not None:
        named = NAMES.get(least.score, least.score)
        lines.append(f"worst: {least.measurement}, {named}: {least.percent:.1f} %")
    return "\n".join(lines)


def _compared(
    measurement: str, score: str, first: Mapping[str, float], second: Mapping[str, float]
) -> Compared:
    a, b = first["value"], second["value"]
    over, under = (b, a) if score in FEWER else (a, b)
    percent = 100.0 if over == under else 100 * over / under if under else math.nan
    width = math.hypot(first["half_width"], second["half_width"])
    return Compared(measurement, score, a, b, width, percent)


def _read(path: Path) -> dict[str, Any]:
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise TrialError(f"There is no readable evaluation {path}.") from error
    if not isinstance(content, dict) or not {"results", "budgets"} & set(content):
        raise TrialError(f"{path} holds no results of an evaluation.")
    return content


def _columns(contents: Sequence[Mapping[str, Any]]) -> dict[str, Means]:
    """Means over all rows by measurement; of one that is there twice the later."""
    columns = {name: means for content in contents for name, means in _named(content)}
    long = [means for name, means in columns.items() if name.startswith(LONG)]
    return columns | ({ALL_LENGTHS: _together(long)} if len(long) > 1 else {})


def _together(parts: Sequence[Means]) -> Means:
    """Means over the rows of all `parts`, of the scores that all of them have."""
    made = {}
    for score in parts[0]:
        means = [part[score] for part in parts if score in part]
        if len(means) == len(parts):
            rows = sum(mean["rows"] for mean in means)
            shares = [mean["rows"] / rows for mean in means]
            each = list(zip(shares, means, strict=True))
            made[score] = {
                "value": sum(share * mean["value"] for share, mean in each),
                "half_width": math.hypot(*(share * mean["half_width"] for share, mean in each)),
                "rows": rows,
            }
    return made


def _named(content: Mapping[str, Any]) -> Iterator[tuple[str, Means]]:
    for result in content.get("results", ()):
        if result["measurement"] not in NO_QUALITY:
            yield result["measurement"], result["results"]["all"]
    for row in content.get("budgets", ()):
        for measurement, means in row["results"].items():
            yield f"{measurement}, {row['heads']} heads", means
