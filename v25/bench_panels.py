"""What the figures of the bench are made of: panels, their looks, and what a point tells. Pure."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from v25.bench_rows import Better, Row, Say, figure_name, quartiles, ratio, shown, unit
from v25.figures import INK, MODALITY_COLOURS, PLAIN

COLOURS = (*MODALITY_COLOURS.values(), "#7c6bc9", "#b08a12", "#5f7186", "#4aa3a8")
"""Of lines. Every kind of colour vision tells the first four apart; shapes tell the rest."""
SYMBOLS = ("circle", "square", "diamond", "triangle-up", "cross", "x", "star", "hexagon")
RECORDED, LIVE = COLOURS[0], COLOURS[1]
STAGES = {
    "read": "#94a3b8",
    "image": COLOURS[0],
    "speech": COLOURS[1],
    "text": COLOURS[2],
    "fusion": "#7c6bc9",
    "gates": "#c9a227",
    "prefill": "#4aa3a8",
    "decode": COLOURS[3],
}
"""Parts of a request's time in their order, in the colours of the latency panel."""
GRID = "rgba(139,147,161,0.22)"


@dataclass(frozen=True)
class Key:
    """An entry of a legend.

    Attributes:
        label: of the line.
        colour: of the line.
        symbol: of its points, as Plotly names it.
    """

    label: str
    colour: str
    symbol: str


@dataclass(frozen=True)
class Panel:
    """One figure of a chart.

    Attributes:
        title: what it shows, and in which unit.
        better: which end is the good one.
        figure: without title and legend.
        legend: of this panel alone.
        left_out: lines that would be too many here.
    """

    title: str
    better: Better
    figure: go.Figure
    legend: tuple[Key, ...] = ()
    left_out: int = 0


@dataclass(frozen=True)
class Chart:
    """A suite as small figures side by side.

    Attributes:
        panels: the figures.
        legend: that all panels share; bars carry their own names.
        lines: what is drawn: lines, or bars.
    """

    panels: tuple[Panel, ...]
    legend: tuple[Key, ...] = ()
    lines: bool = False


@dataclass(frozen=True)
class Both:
    """Rows that are drawn together: those of a result, and those measured just now."""

    recorded: Sequence[Row]
    live: Sequence[Row]
    say: Say

    @property
    def rows(self) -> list[Row]:
        """All of them."""
        return [*self.recorded, *self.live]

    @property
    def sides(self) -> list[tuple[Sequence[Row], bool]]:
        """Those that there are, and whether they were measured just now."""
        return [(rows, live) for rows, live in ((self.recorded, False), (self.live, True)) if rows]

    def title(self, figure: str) -> str:
        """A figure's name, and its unit where the name does not hold that."""
        told, name = unit(figure, self.rows), figure_name(figure, self.say)
        return f"{name} ({told})" if told and told not in name.split() else name


def scaled(value: float, told: str) -> float:
    """A figure as it is drawn in the unit `told`: shares in percent."""
    return 100 * value if told == "%" else value


def hovers(rows: Sequence[Row], names: Sequence[str], figure: str, told: str) -> list[str]:
    """What each point tells: its name, the figure, its quartiles, its ratio to the first cell."""
    made = []
    for row, name in zip(rows, names, strict=True):
        lines = [name, f"<b>{shown(row[figure], told)}</b>"]
        spread, times = quartiles(row, figure), ratio(row, figure)
        if spread is not None:
            lines.append(f"{shown(spread[0], told)} – {shown(spread[1], told)}")
        if times is not None:
            lines.append(f"{times:.2f} ×")
        made.append("<br>".join(line for line in lines if line))
    return made


def whiskers(rows: Sequence[Row], figure: str, told: str) -> dict[str, object]:
    """From the lower to the upper quartile."""
    spans = [quartiles(row, figure) or (row[figure], row[figure]) for row in rows]
    pairs = list(zip(rows, spans, strict=True))
    return {
        "type": "data",
        "symmetric": False,
        "array": [scaled(max(0.0, high - row[figure]), told) for row, (_, high) in pairs],
        "arrayminus": [scaled(max(0.0, row[figure] - low), told) for row, (low, _) in pairs],
        "thickness": 1.2,
        "width": 3,
        "color": INK,
    }


def styled(figure: go.Figure, height: int) -> go.Figure:
    """The looks that all panels have, in light and dark; `height` in pixels."""
    figure.update_xaxes(zeroline=False, automargin=True, fixedrange=True)
    figure.update_yaxes(zeroline=False, fixedrange=True)
    return figure.update_layout(
        **PLAIN,
        margin={"l": 8, "r": 8, "t": 10, "b": 24},
        height=height,
        showlegend=False,
        bargap=0,
        hoverlabel={"align": "left"},
    )


def log_ticks(low: float, high: float) -> dict[str, object]:
    """Ticks of a logarithmic axis: every power of ten, and 2 and 5 between where there is room."""
    powers = range(math.floor(math.log10(low)), math.ceil(math.log10(high)) + 1)
    between = (1, 2, 5) if len(powers) < 4 else (1,)
    ticks = [m * 10.0**power for power in powers for m in between]
    return {"tickvals": ticks, "ticktext": [f"{tick:,.10g}" for tick in ticks]}


def thousands(count: int) -> str:
    """A count of tokens for an axis: 4K for 4,096."""
    return f"{count // 1024}K" if count >= 1024 and count % 1024 == 0 else f"{count:,}"
