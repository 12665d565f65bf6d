"""Rows of the bench to Plotly figures, pure: the same rows and words give the same figures."""

from __future__ import annotations

from collections.abc import Sequence

import plotly.graph_objects as go

from v25.bench_panels import (
    COLOURS,
    GRID,
    LIVE,
    RECORDED,
    STAGES,
    SYMBOLS,
    Both,
    Chart,
    Key,
    Panel,
    hovers,
    log_ticks,
    scaled,
    styled,
    thousands,
    whiskers,
)
from v25.bench_rows import (
    Row,
    Say,
    better,
    cell_keys,
    cell_name,
    figure_keys,
    key_name,
    measurement_name,
    number,
    quartiles,
    ratio,
    score_name,
    shown,
    telling_keys,
    unit,
)

AXES = ("tokens", "prompt_tokens", "context", "requests", "batch", "heads")
"""Keys that make an axis when three of their values were measured."""
MOST_SHARES = 6
"""Lines of one panel; those that change least are left to the table."""
_ENOUGH = 3
_WIDE = 20.0
"""Lines that are further apart than this at one place get a logarithmic axis."""
_BAR, _GAP, _EDGES = 22, 12, 46
"""Pixels: a bar, the room between two cells, the room above and below."""


def draw(recorded: Sequence[Row], live: Sequence[Row], say: Say) -> Chart:
    """The rows of one suite, and beside them those measured just now: dotted, or hatched.

    Lines where a key of `AXES` has three values or more, else bars from zero.

    Args:
        recorded: rows of a result; may be empty.
        live: rows of a run just now; may be empty.
        say: words, see `v25.bench_rows.Say`.
    """
    both = Both(recorded, live, say)
    rows = both.rows
    figures = [f for f in figure_keys(rows) if any(number(row.get(f)) is not None for row in rows)]
    axis = next((key for key in AXES if _values(rows, key) >= _ENOUGH), None)
    if axis is None:  # a single cell is named by all that is known of it
        keys = telling_keys((recorded, live)) or list(cell_keys(rows))
        stages = [f"{name}_ms" for name in STAGES if f"{name}_ms" in figures]
        if len(stages) < _ENOUGH:
            stages = []
        panels = [_bar_panel(both, keys, figure) for figure in figures if figure not in stages]
        return Chart((*panels, *([_stage_panel(both, keys, stages)] if stages else ())))
    return _line_chart(both, axis, telling_keys((recorded, live), (axis,)), figures)


def _values(rows: Sequence[Row], key: str) -> int:
    return len({row[key] for row in rows if number(row.get(key)) is not None})


# --- bars ----------------------------------------------------------------------------------


def _bar_panel(both: Both, keys: Sequence[str], figure: str) -> Panel:
    """One figure of every cell as a bar from zero, the cell's name before it."""
    told = unit(figure, both.rows)
    names = list(dict.fromkeys(cell_name(row, keys, both.say) for row in both.rows))
    wide = 1 / len(both.sides)
    made, ends = go.Figure(), []
    for number_of_side, (side, live) in enumerate(both.sides):
        rows = [row for row in side if number(row.get(figure)) is not None]
        called = [cell_name(row, keys, both.say) for row in rows]
        shift = (number_of_side - (len(both.sides) - 1) / 2) * wide * 0.8
        at = [names.index(name) + shift for name in called]
        made.add_trace(
            go.Bar(
                x=[scaled(row[figure], told) for row in rows],
                y=at,
                orientation="h",
                width=wide * 0.72,
                marker=_fill(live),
                error_x=whiskers(rows, figure, told),
                hovertext=hovers(rows, called, figure, told),
                hoverinfo="text",
            )
        )
        high = [max(row[figure], *(quartiles(row, figure) or (0.0,))) for row in rows]
        ends += high
        made.add_trace(
            go.Scatter(
                x=[scaled(value, told) for value in high],
                y=at,
                mode="text",
                text=[f"  {_told(row, figure, told)}" for row in rows],
                textposition="middle right",
                cliponaxis=False,
                hoverinfo="skip",
            )
        )
    longest = scaled(max(ends, default=1.0), told) or 1.0
    made.update_xaxes(range=[0, 1.6 * longest])
    return Panel(both.title(figure), better(figure), _bar_axes(made, both, names))


def _bar_axes(made: go.Figure, both: Both, names: Sequence[str]) -> go.Figure:
    made.update_xaxes(showgrid=True, gridcolor=GRID, nticks=4)
    made.update_yaxes(
        tickvals=list(range(len(names))),
        ticktext=[f"{name}  " for name in names],
        range=[len(names) - 0.4, -0.6],
        automargin=True,
    )
    return styled(made, _EDGES + len(names) * (_BAR * len(both.sides) + _GAP))


def _stage_panel(both: Both, keys: Sequence[str], stages: Sequence[str]) -> Panel:
    """Where the time of each cell goes: its stages one behind the other."""
    names = list(dict.fromkeys(cell_name(row, keys, both.say) for row in both.rows))
    wide = 1 / len(both.sides)
    made, legend = go.Figure(), []
    for figure in stages:
        stage = figure.removesuffix("_ms")
        called = both.say(f"stage_{stage}") or stage
        legend.append(Key(called, STAGES[stage], "square"))
        for place, (rows, live) in enumerate(both.sides):
            cells = [cell_name(row, keys, both.say) for row in rows]
            shift = (place - (len(both.sides) - 1) / 2) * wide * 0.8
            told = [f"{name}<br>{called}" for name in cells]
            hatched = {"pattern": {"shape": "/", "size": 6}} if live else {}
            made.add_trace(
                go.Bar(
                    x=[number(row.get(figure)) or 0.0 for row in rows],
                    y=[names.index(name) + shift for name in cells],
                    orientation="h",
                    width=wide * 0.72,
                    marker={"color": STAGES[stage], "line": {"width": 0}, **hatched},
                    hovertext=hovers([{figure: 0.0, **row} for row in rows], told, figure, "ms"),
                    hoverinfo="text",
                )
            )
    made = _bar_axes(made, both, names).update_layout(barmode="stack")
    title = both.say("figure_stages") or "stages"
    return Panel(f"{title} (ms)", "lower", made, tuple(legend))


def _told(row: Row, figure: str, told: str) -> str:
    """What stands behind a bar: the figure, and its ratio where it is not the first cell."""
    times = ratio(row, figure)
    text = shown(row[figure], told).removesuffix(told).rstrip()
    return text if times is None or times == 1 else f"{text} · {times:.2f} ×"


def _fill(live: bool) -> dict[str, object]:
    if not live:
        return {"color": RECORDED, "line": {"width": 0}}
    hatched = {"shape": "/", "fgcolor": LIVE, "bgcolor": "rgba(224,123,57,0.35)", "size": 6}
    return {"color": LIVE, "pattern": hatched, "line": {"width": 1, "color": LIVE}}


# --- lines ---------------------------------------------------------------------------------


def _line_chart(both: Both, axis: str, keys: Sequence[str], figures: Sequence[str]) -> Chart:
    """Every figure over `axis`, one line for each cell by its other keys.

    The shares of one line that an evaluation counts stand together, by measurement.
    """
    names = list(dict.fromkeys(cell_name(row, keys, both.say) for row in both.rows))
    looks = {name: _key(name or "–", place) for place, name in enumerate(names)}
    groups: dict[str, list[str]] = {}
    if len(names) == 1:
        for figure in figures:
            if unit(figure, both.rows) == "%" and better(figure) != "lower":
                groups.setdefault(figure.rpartition(": ")[0], []).append(figure)
    panels = [_shares(both, axis, name, group) for name, group in groups.items() if group[1:]]
    together = {figure for group in groups.values() if group[1:] for figure in group}
    for figure in (figure for figure in figures if figure not in together):
        made = go.Figure()
        _add_lines(made, both, axis, keys, figure, looks)
        made = _line_axes(made, both, axis, [figure])
        panels.append(Panel(both.title(figure), better(figure), made))
    return Chart(tuple(panels), tuple(looks.values()) if len(names) > 1 else (), lines=True)


def _shares(both: Both, axis: str, measurement: str, figures: Sequence[str]) -> Panel:
    """The shares of one measurement that change most, in one panel."""

    def change(figure: str) -> float:
        values = [v for row in both.rows if (v := number(row.get(figure))) is not None]
        return max(values) - min(values)

    most = sorted(figures, key=change, reverse=True)[:MOST_SHARES]
    drawn = [figure for figure in figures if figure in most]
    legend = [_key(score_name(figure, both.say), place) for place, figure in enumerate(drawn)]
    made = go.Figure()
    for figure, key in zip(drawn, legend, strict=True):
        _add_lines(made, both, axis, (), figure, {"": key})
    name = measurement_name(measurement, both.say) or both.say("figure_shares") or "shares"
    axes, left_out = _line_axes(made, both, axis, drawn), len(figures) - len(drawn)
    return Panel(f"{name} (%)", "higher", axes, tuple(legend), left_out)


def _key(name: str, place: int) -> Key:
    return Key(name, COLOURS[place % len(COLOURS)], SYMBOLS[place % len(SYMBOLS)])


def _add_lines(
    made: go.Figure,
    both: Both,
    axis: str,
    keys: Sequence[str],
    figure: str,
    looks: dict[str, Key],
) -> None:
    told = unit(figure, both.rows)
    for side, live in both.sides:
        for name, key in looks.items():
            rows = [r for r in side if cell_name(r, keys, both.say) == name]
            rows = [r for r in rows if None not in (number(r.get(figure)), number(r.get(axis)))]
            rows.sort(key=lambda row: row[axis])
            whole = [cell_name(row, [axis, *keys], both.say) for row in rows]
            if key.label not in (name, "–"):
                whole = [f"{key.label}<br>{text}" for text in whole]
            made.add_trace(
                go.Scatter(
                    x=[row[axis] for row in rows],
                    y=[scaled(row[figure], told) for row in rows],
                    mode="lines+markers",
                    line={"color": key.colour, "width": 2, "dash": "dot" if live else "solid"},
                    marker={"symbol": key.symbol + "-open" * live, "size": 8},
                    error_y=whiskers(rows, figure, told),
                    hovertext=hovers(rows, whole, figure, told),
                    hoverinfo="text",
                )
            )


def _line_axes(made: go.Figure, both: Both, axis: str, figures: Sequence[str]) -> go.Figure:
    told = unit(figures[0], both.rows)
    places = sorted({r[axis] for r in both.rows if number(r.get(axis)) is not None})
    values = [v for f in figures for r in both.rows if (v := number(r.get(f))) is not None]
    doubling = axis != "heads" and places[0] > 0 and places[-1] / places[0] >= 4
    made.update_xaxes(
        type="log" if doubling else "linear",
        tickvals=places,
        ticktext=[thousands(place) for place in places],
        title={"text": key_name(axis, both.say), "standoff": 8},
        showgrid=False,
        ticks="outside",
        ticklen=4,
        tickcolor=GRID,
    )
    low, high = min(values), max(values)
    apart = low > 0 and _apart(both.rows, axis, figures) > _WIDE
    made.update_yaxes(
        type="log" if apart else "linear",
        rangemode="normal" if told == "%" else "tozero",
        gridcolor=GRID,
        automargin=True,
        **(log_ticks(low, high) if apart else {"nticks": 6}),
    )
    return styled(made, 300)


def _apart(rows: Sequence[Row], axis: str, figures: Sequence[str]) -> float:
    """Most that two figures at one place differ, as a ratio; 1 where one is not above zero."""
    places: dict[float, list[float]] = {}
    for row in rows:
        found = (number(row.get(figure)) for figure in figures)
        places.setdefault(row.get(axis), []).extend(v for v in found if v is not None)
    spans = [max(values) / min(values) for values in places.values() if min(values, default=0) > 0]
    return max(spans, default=1.0)
