"""Results of the bench to what the Benchmarks tab shows: HTML and JSON, pure."""

from __future__ import annotations

import json
import shlex
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from v25.bench_figures import draw
from v25.bench_panels import LIVE, RECORDED, Key, Panel, thousands
from v25.bench_rows import (
    CELLS,
    Result,
    Row,
    Say,
    cell_keys,
    cell_name,
    figure_keys,
    figure_name,
    key_name,
    number,
    quartiles,
    ratio,
    shown,
    unit,
    value_name,
)
from v25.ui.markup import escape
from v25.ui.words import SENTENCES, Language, say

_ABOUT = ("checkpoint", "hardware", "cpu", "threads", "precision", "head_budget", "torch",
          "transformers", "python")  # fmt: skip
MOST_COLUMNS = 8
"""Figures of a table; where there are more it is turned."""
_FILES = {"image": "assets/examples/"}
"""Settings that name a file: the bench writes its name down, not where it lies."""


def words(language: Language) -> Say:
    """The page's words for figures."""
    return lambda key, **values: say(key, language, **values) if key in SENTENCES else None


def suite_name(suite: str, language: Language) -> str:
    """What a suite is called; its own name when nobody gave it another."""
    return words(language)(f"suite_{suite}") or suite.replace("_", " ")


def item_names(items: Sequence[tuple[str, Result | None]], language: Language) -> list[str]:
    """What each of a machine's suites is called.

    Where several results hold one it is told by the lengths that were measured, and where those are
    alike by the file.
    """
    names = [suite_name(suite, language) for suite, _ in items]
    lengths = [_lengths(made.suites[suite]) if made else "" for suite, made in items]
    files = [made.name.removesuffix(".json") if made else "" for _, made in items]
    for told in (lengths, files):
        held = Counter(names)
        pairs = zip(names, told, strict=True)
        names = [f"{name}, {more}" if more and held[name] > 1 else name for name, more in pairs]
    return names


def _lengths(rows: Sequence[Row]) -> str:
    """The least and the most tokens; empty where rows tell none."""
    counts = [int(count) for row in rows if (count := number(row.get("tokens"))) is not None]
    return "–".join(map(thousands, sorted({min(counts), max(counts)}))) if counts else ""


def machine_name(about: Mapping[str, Any]) -> str:
    """The processor that figures belong to, for a reader."""
    hardware, cpu = str(about.get("hardware", "")), str(about.get("cpu", ""))
    own = not hardware or hardware.startswith("CPU")
    return " · ".join(name for name in (cpu if own else "", hardware) if name) or "?"


def chart_value(
    suite: str, recorded: Result | None, live: Result | None, language: Language, plotly: str
) -> str:
    """What the browser's part draws, as JSON.

    Args:
        suite: its name.
        recorded: where its rows were written down; None where they were not.
        live: the run just now; None without.
        language: of the words.
        plotly: address of Plotly's script, below the page's root.
    """
    sides = [made.suites.get(suite, ()) if made else () for made in (recorded, live)]
    chart, told = draw(*sides, words(language)), words(language)
    looks = (("bench_recorded", recorded, RECORDED), ("bench_live", live, LIVE))
    sources = [
        {
            "label": say(key, language, machine=machine_name(made.about)),
            "colour": colour,
            "live": made is live,
        }
        for key, made, colour in looks
        if made is not None and made.suites.get(suite)
    ]
    return json.dumps(
        {
            "title": suite_name(suite, language),
            "note": told(f"note_{suite}") or "",
            "empty": "" if chart.panels else say("bench_nothing", language),
            "sources": sources,
            "lines": chart.lines,
            "legend": [_key(key) for key in chart.legend],
            "panels": [_panel(panel, language) for panel in chart.panels],
            "plotly": plotly,
        },
        ensure_ascii=False,
    )


def _key(key: Key) -> dict[str, str]:
    return {"label": key.label, "colour": key.colour, "symbol": key.symbol}


def _panel(panel: Panel, language: Language) -> dict[str, Any]:
    figure = json.loads(panel.figure.to_json())
    figure["layout"].pop("template", None)
    told = [say(f"better_{panel.better}", language)] if panel.better else []
    told += [say("bench_left_out", language, count=panel.left_out)] if panel.left_out else []
    return {
        "title": panel.title,
        "better": " · ".join(told),
        "legend": [_key(key) for key in panel.legend],
        **figure,
    }


def details(suite: str, recorded: Result | None, live: Result | None, language: Language) -> str:
    """All figures of a suite as tables, and under what conditions they were taken."""
    sides = [made for made in (recorded, live) if made and made.suites.get(suite)]
    tables = "".join(
        f'<section class="b-table"><h3>{escape(_source(made, language))}</h3>'
        f'<div class="b-scroll" tabindex="0" role="region" '
        f'aria-label="{escape(_source(made, language))}">'
        f"{_table(made.suites[suite], language)}</div></section>"
        for made in sides
    )
    if not tables:
        return ""
    note = f'<p class="v-note">{escape(say("bench_baseline", language))}</p>'
    return (
        f'<div class="v-card b-figures"><h2>{escape(say("bench_table", language))}</h2>'
        f"{tables}{note}</div>"
        f'<div class="v-card b-how"><h2>{escape(say("bench_how", language))}</h2>'
        f"{''.join(_conditions(suite, made, language) for made in sides)}</div>"
    )


def _source(made: Result, language: Language) -> str:
    key = "bench_recorded" if made.name else "bench_live"
    return say(key, language, machine=machine_name(made.about))


def _table(rows: Sequence[Row], language: Language) -> str:
    told, figures = words(language), figure_keys(rows)
    cells = cell_keys(rows)
    others = {k: None for row in rows for k, v in row.items() if number(v) is not None}
    columns = [*figures, *(k for k in others if k not in (*cells, *figures, *CELLS))]
    if len(columns) > MOST_COLUMNS:
        return _turned(rows, cells, columns, told)
    heads = "".join(_head(key_name(key, told)) for key in cells)
    for key in columns:
        heads += _head(figure_name(key, told), unit(key, rows), 3 if key in figures else 1)
    body = ""
    for row in rows:
        known = (value_name(row[key], told) if key in row else "–" for key in cells)
        line = "".join(f'<th scope="row">{escape(value)}</th>' for value in known)
        line += "".join(_figure(row, key, rows, key in figures) for key in columns)
        body += f"<tr>{line}</tr>"
    return f"<table><thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table>"


def _head(name: str, measure: str = "", span: int = 0) -> str:
    """The head of a column; `span` columns of numbers, or one of words."""
    kind = f' class="b-number" colspan="{span}"' if span else ""
    told = f" <small>{escape(measure)}</small>" if measure else ""
    return f'<th scope="col"{kind}>{escape(name)}{told}</th>'


def _turned(rows: Sequence[Row], cells: Sequence[str], figures: Sequence[str], told: Say) -> str:
    """A line for every figure and a column for every cell, where figures are many."""
    heads = "<td></td>" + "".join(_head(cell_name(row, cells, told), "", 1) for row in rows)
    body = ""
    for key in figures:
        measure = f" <small>{escape(unit(key, rows))}</small>"
        line = f'<th scope="row">{escape(figure_name(key, told))}{measure}</th>'
        line += "".join(_figure(row, key, rows, False) for row in rows)
        body += f"<tr>{line}</tr>"
    return f"<table><thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table>"


def _figure(row: Row, key: str, rows: Sequence[Row], whole: bool) -> str:
    """The cells of one figure: its median, and if `whole` its quartiles and its ratio."""
    value, told = number(row.get(key)), unit(key, rows)
    line = f'<td class="b-number">{"–" if value is None else _bare(value, told)}</td>'
    if not whole:
        return line
    spread, times = quartiles(row, key), ratio(row, key)
    span = f"[{_bare(spread[0], told)}, {_bare(spread[1], told)}]" if spread else ""
    factor = f"{times:.2f} ×" if times is not None and times != 1 else ""
    return f'{line}<td class="b-span">{span}</td><td class="b-ratio">{factor}</td>'


def _bare(value: float, told: str) -> str:
    """A figure without its unit, which stands in the column's head."""
    return shown(value, told).removesuffix(told).rstrip()


def _conditions(suite: str, made: Result, language: Language) -> str:
    """Hardware, versions and settings of one run, and the command that repeats it."""
    rows = [
        (_about_name(key, language), str(made.about[key])) for key in _ABOUT if key in made.about
    ]
    if made.settings:
        told = " · ".join(f"{key} {_plain(value)}" for key, value in made.settings.items())
        rows.append((say("about_settings", language), told))
    if made.name:
        rows.append((say("about_file", language), f"assets/results/{made.name}"))
    told = "".join(f"<div><dt>{escape(k)}</dt><dd>{escape(v)}</dd></div>" for k, v in rows)
    text = command(suite, made)
    repeated = (
        f'<div class="b-command"><span>{escape(say("bench_command", language))}</span>'
        f'<code>{escape(text)}</code><button type="button" class="b-clip" '
        f'data-done="{escape(say("copied", language))}">{escape(say("copy_button", language))}'
        "</button></div>"
        if text and made.name
        else ""
    )
    if made.notes:
        lines = "".join(f"<li>{escape(line)}</li>" for line in made.notes)
        summary = escape(say("bench_notes", language))
        repeated += (
            f'<details class="b-notes"><summary>{summary}</summary><ul>{lines}</ul></details>'
        )
    return f"<section><h3>{escape(_source(made, language))}</h3><dl>{told}</dl>{repeated}</section>"


def _about_name(key: str, language: Language) -> str:
    told = words(language)
    return told(f"about_{key}") or told(key) or key.replace("_", " ")


def _plain(value: Any) -> str:
    return " ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)


def command(suite: str, made: Result) -> str:
    """The command that measures a suite again as `made` did; empty where none is known."""
    if "command" in made.about:
        return str(made.about["command"])
    if suite == "budget":
        return ""
    parts = ["python", "-m", "v25.bench", suite]
    for key, value in made.settings.items():
        if value in (None, False, ""):
            continue
        parts.append(f"--{key.replace('_', '-')}")
        values = value if isinstance(value, list | tuple) else () if value is True else (value,)
        parts += [_FILES.get(key, "") + str(item) for item in values]
    if made.about.get("precision") in ("fp16", "int8"):
        parts += ["--quantization", str(made.about["precision"])]
    return shlex.join(parts)
