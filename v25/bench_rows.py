"""Results of the bench as records, and what their keys are called. Pure, and needs no library.

A row of a suite has cell keys (what was measured: "tokens", "heads", ...), figures (medians,
those named in "ratios") and their "quartiles". Suites that nobody has heard of are read too.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

Row = Mapping[str, Any]
Say = Callable[..., str | None]
"""Gives the sentence of a key with its values filled in; None where it has none."""
Better = Literal["lower", "higher", ""]
CELLS = ("tokens", "prompt_tokens", "context", "requests", "batch", "heads")
"""Keys that name a cell even where a row does not say which of its numbers are figures."""
_ASIDE = ("quartiles", "ratios")
_UNITS = {"ms": "ms", "mib": "MiB", "gib": "GiB", "share": "%"}


@dataclass(frozen=True)
class Result:
    """What one run of the bench measured.

    Attributes:
        name: of the file; empty for a run that was not written down.
        about: model, hardware and versions.
        settings: of the run.
        suites: rows by name of the suite.
        notes: what was said beside the tables.
    """

    name: str
    about: Mapping[str, Any] = field(default_factory=dict)
    settings: Mapping[str, Any] = field(default_factory=dict)
    suites: Mapping[str, Sequence[Row]] = field(default_factory=dict)
    notes: Sequence[str] = ()


def read_result(name: str, content: Any) -> Result | None:
    """A result from its JSON; None when it is of another kind.

    Args:
        name: of the file.
        content: `{"suites": {name: rows}, "settings", ...}` as `v25.bench` writes it, or
            `{"budgets": rows, ...}`, the quality and cost of every head budget.

    Raises:
        ValueError: it should hold rows and does not.
    """
    if not isinstance(content, dict) or not {"suites", "budgets"} & set(content):
        return None
    suites = content.get("suites", {})
    if not isinstance(suites, dict):
        raise ValueError("suites are no mapping")
    suites = {**suites, "budget": content["budgets"]} if "budgets" in content else dict(suites)
    for key, rows in suites.items():
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            raise ValueError(f"suite {key} has no rows")
    about = {k: v for k, v in content.items() if isinstance(v, str | int | float)}
    settings, notes = content.get("settings"), content.get("notes")
    return Result(
        name,
        about,
        settings if isinstance(settings, dict) else {},
        {key: tuple(map(_flat, rows)) for key, rows in suites.items() if rows},
        tuple(map(str, notes)) if isinstance(notes, list) else (),
    )


def _flat(row: Row) -> Row:
    """A row whose groups of figures ("metrics": {...}) stand beside the others."""
    made = {key: v for key, v in row.items() if not isinstance(v, dict) or key in _ASIDE}
    groups = (v for key, v in row.items() if isinstance(v, dict) and key not in _ASIDE)
    for group in groups:
        made |= {key: v for key, v in group.items() if number(v) is not None}
    return made


def figure_keys(rows: Sequence[Row]) -> tuple[str, ...]:
    """What was measured, in the order of the rows."""
    named = dict.fromkeys(key for row in rows for key in _of(row, "ratios"))
    if not named:
        numbers = (key for row in rows for key, v in row.items() if number(v) is not None)
        named = dict.fromkeys(key for key in numbers if key not in CELLS)
    return tuple(named)


def cell_keys(rows: Sequence[Row]) -> tuple[str, ...]:
    """What tells a row from the others; decimals that are no figures are not among them."""
    figures = figure_keys(rows)
    keys = dict.fromkeys(k for row in rows for k, v in row.items() if isinstance(v, str | int))
    return tuple(key for key in keys if key not in (*figures, *_ASIDE))


def telling_keys(sides: Sequence[Sequence[Row]], known: Sequence[str] = ()) -> list[str]:
    """Cell keys that tell rows apart once `known` is told; what follows from those is left out.

    So a batch that was chosen for each length says nothing more beside the length.

    Args:
        sides: rows that were measured together, and others beside them.
        known: keys that are told anyway, as an axis is.
    """
    keys, kept = cell_keys([row for rows in sides for row in rows]), list(known)
    for key in (key for key in keys if key not in known):
        for rows in sides:
            cells = {(tuple(row.get(k) for k in kept), row.get(key)) for row in rows}
            if key not in kept and len(cells) > len({cell for cell, _ in cells}):
                kept.append(key)
    return kept[len(known) :]


def number(value: Any) -> float | None:
    """`value` as a number; None when it is none, or not finite."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return float(value) if math.isfinite(value) else None


def _of(row: Row, aside: str) -> Mapping[str, Any]:
    given = row.get(aside)
    return given if isinstance(given, dict) else {}


def quartiles(row: Row, key: str) -> tuple[float, float] | None:
    """Lower and upper quartile of a figure; None where they were not kept."""
    pair = _of(row, "quartiles").get(key)
    if not isinstance(pair, list | tuple) or len(pair) != 2 or None in map(number, pair):
        return None
    return float(pair[0]), float(pair[1])


def ratio(row: Row, key: str) -> float | None:
    """A figure's ratio to the first row of its comparison."""
    return number(_of(row, "ratios").get(key))


# --- words ---------------------------------------------------------------------------------


def unit(key: str, rows: Sequence[Row] = ()) -> str:
    """Unit of a figure, from its name; empty where the name says it all.

    Args:
        key: of the figure.
        rows: that have it; where all their values lie between 0 and 1 they are shares.
    """
    if key == "ms_per_token" or key in ("p50", "p95"):
        return "ms"
    known = _UNITS.get(key.rpartition("_")[2], "")
    values = [v for row in rows if (v := number(row.get(key))) is not None]
    return "%" if not known and values and 0 <= min(values) <= max(values) <= 1 else known


def shown(value: float, unit: str) -> str:
    """A figure with the digits that count and its unit; shares in percent."""
    scaled = 100 * value if unit == "%" else value
    size = abs(scaled)
    digits = 0 if size >= 999.5 else 1 if size >= 9.995 or unit == "%" else 2
    if 0 < size < 0.0995:
        digits = 3
    return f"{scaled:,.{digits}f} {unit}".rstrip()


def figure_name(key: str, say: Say) -> str:
    """What a figure is called, without its unit.

    Names that hold a length ("cache_4096_mib") or a measurement ("typed: brand") are taken apart.
    """
    measurement = key.rpartition(": ")[0]
    if measurement:
        return f"{measurement_name(measurement, say)}: {score_name(key, say)}"
    at = re.fullmatch(r"(\w+)_(\d+)_([a-z]+)", key)
    if at is not None:
        name = figure_name(f"{at[1]}_{at[3]}", say)
        return f"{name}, {say('cell_tokens', value=f'{int(at[2]):,}') or at[2]}"
    stem, _, suffix = key.rpartition("_")
    plain = stem if suffix in _UNITS and stem else key  # the unit is told beside the name
    return say(f"figure_{key}") or plain.replace("_", " ")


def measurement_name(name: str, say: Say) -> str:
    """What a measurement of an evaluation is called."""
    return say(f"measurement_{name}") or name


def score_name(key: str, say: Say) -> str:
    """What a score is called; the measurement before it is left out."""
    score = key.rpartition(": ")[2]
    return say(f"score_{score}") or say(f"figure_{key}") or score.replace("_", " ")


def key_name(key: str, say: Say) -> str:
    """What a cell's key is called, as the head of a column or of an axis."""
    return say(f"key_{key}") or key.replace("_", " ")


def value_name(value: Any, say: Say) -> str:
    """A cell's value for a reader."""
    if isinstance(value, bool):
        return say("value_true" if value else "value_false") or str(value)
    if isinstance(value, int):
        return f"{value:,}"
    return say(f"value_{value}") or str(value)


def cell_name(row: Row, keys: Sequence[str], say: Say) -> str:
    """A row by the values of `keys`: "fp32 · 10 heads"."""
    told = []
    for key in (key for key in keys if key in row):
        value = row[key]
        if isinstance(value, bool):
            told.append(say(f"cell_{key}_{value}".lower()) or f"{key}: {value_name(value, say)}")
        else:
            known = say(f"cell_{key}", value=value_name(value, say))
            plain = value_name(value, say)
            told.append(known or (f"{key} {plain}" if isinstance(value, int) else plain))
    return " · ".join(told)


def better(key: str) -> Better:
    """Which end of a figure is the good one; empty where that is not known."""
    measurement, _, score = key.rpartition(": ")
    if score == "cer":
        return "lower"
    if measurement or key.endswith(("_per_second", "_share")):
        return "higher"
    return "lower" if unit(key) in ("ms", "MiB", "GiB") else ""
