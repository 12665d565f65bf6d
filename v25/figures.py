"""Records to Plotly figures, pure: the same trace and words give the same figure."""

from __future__ import annotations

import html
import json
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

import numpy as np
import plotly.graph_objects as go
from plotly.colors import get_colorscale

from v25.schema import MODALITIES, Lens, Modality, Token, Trace

MAX_SIDE = 224
"""Most rows of a drawn map: 224² float32 values are about 340 kB of JSON, exact."""
MODALITY_COLOURS: dict[Modality, str] = {
    "image": "#3b82c4",
    "speech": "#e07b39",
    "text": "#2a9d76",
    "own": "#c06fae",
}
SCALE = [[t * t, colour] for t, colour in get_colorscale("Cividis")]
"""Blue to yellow, told apart by every kind of colour vision. Colours follow the square root of
the weight, so that small weights show beside one large; the values drawn stay the weights."""
DIFFERENCES = [
    [0.0, "#08519c"],
    [0.25, "#6baed6"],
    [0.5, "#f3f3f0"],
    [0.75, "#fd8d3c"],
    [1.0, "#a63603"],
]
"""Blue below zero, orange above, pale in the middle; told apart by every kind of vision."""
INK = "#8b93a1"
"""Grey that reads on white and on black."""
PLAIN: Mapping[str, Any] = {
    "template": "none",
    "paper_bgcolor": "rgba(0,0,0,0)",
    "plot_bgcolor": "rgba(0,0,0,0)",
    "font": {"color": INK, "size": 12},
}
"""What the layouts of all figures have: they lie on the page as it is, light or dark."""
ENGLISH: Mapping[str, str] = {
    "image": "photo cells",
    "speech": "sound",
    "text": "words of the command",
    "own": "written words",
    "looks": "token that looks",
    "looked_at": "where it looks",
    "weight": "weight",
}
_LONGEST_LABEL = 10


@dataclass(frozen=True)
class HeadView:
    """One head's map, ready to draw.

    Attributes:
        values: `(n, n)` float32 attention weights; block averages when `averaged`.
        labels: n axis labels, all different.
        modalities: n modalities.
        count: tokens N that the map covers.
    """

    values: np.ndarray
    labels: tuple[str, ...]
    modalities: tuple[Modality, ...]
    count: int

    @property
    def side(self) -> int:
        """Rows of the map, n."""
        return len(self.labels)

    @property
    def averaged(self) -> bool:
        """Whether a cell is the mean over several token pairs."""
        return self.side < self.count


def head_view(
    trace: Trace, layer: int, head: int, max_side: int = MAX_SIDE, lens: Lens = "attention"
) -> HeadView:
    """Compute one head's map and name its rows and columns.

    Args:
        trace: of a generation.
        layer: counts from 0, fusion layers first.
        head: counts from 0.
        max_side: most rows; a longer sequence is averaged in blocks.
        lens: what to show of it, see `v25.schema.LENSES`.
    """
    values = np.asarray(trace.map(layer, head, max_side, lens), dtype=np.float32)
    return _named(values, trace.tokens[: trace.length(layer)], values.shape[0], max_side)


def head_frame(trace: Trace, layer: int, max_side: int, words: Mapping[str, str]) -> dict[str, Any]:
    """The figure of any head of `layer` without its values, as plain JSON.

    A page that has this once draws head after head by putting the values of a map in as `z`.

    Args:
        trace: of a generation.
        layer: counts from 0, fusion layers first.
        max_side: most rows; a longer sequence is averaged in blocks.
        words: see `ENGLISH`.
    """
    tokens = trace.tokens[: trace.length(layer)]
    width = max(1, -(-len(tokens) // max_side))
    view = _named(np.zeros((1, 1), np.float32), tokens, -(-len(tokens) // width), max_side)
    frame = json.loads(attention_figure(view, words).to_json())
    del frame["data"][0]["z"]
    frame["layout"].pop("template", None)
    return frame


def _named(values: np.ndarray, tokens: tuple[Token, ...], side: int, max_side: int) -> HeadView:
    starts = _block_starts(len(tokens), side, max_side)
    stops = [*starts[1:], len(tokens)]
    return HeadView(
        values=values,
        labels=tuple(_label(tokens, a, b) for a, b in zip(starts, stops, strict=True)),
        modalities=tuple(_commonest(tokens[a:b]) for a, b in zip(starts, stops, strict=True)),
        count=len(tokens),
    )


def attention_figure(view: HeadView, words: Mapping[str, str] = ENGLISH) -> go.Figure:
    """Draw a head's map: tokens on both axes, bands that tell modalities apart, exact hover.

    Args:
        view: from `head_view`.
        words: axis titles and names of modalities, see `ENGLISH`.
    """
    figure = go.Figure(
        go.Heatmap(
            z=view.values,
            x=list(view.labels),
            y=list(view.labels),
            colorscale=SCALE,
            zmin=0.0,
            zmax=float(view.values.max(initial=0.0)) or 1.0,
            colorbar={
                "orientation": "h",
                "thickness": 8,
                "outlinewidth": 0,
                "title": {"text": words["weight"], "side": "bottom"},
                "yref": "container",
                "y": 0,
                "yanchor": "bottom",
                "ypad": 4,
            },
            hovertemplate="%{y} → %{x}<br>" + words["weight"] + " %{z:.5f}<extra></extra>",
        )
    )
    for modality in MODALITIES:
        if modality in view.modalities:
            figure.add_trace(_legend_entry(modality, words[modality]))
    side = view.side
    axis = {
        "type": "category",
        "showgrid": False,
        "zeroline": False,
        "ticks": "outside",
        "ticklen": 13,
        "tickcolor": "rgba(0,0,0,0)",
        "tickfont": {"size": 11},
        "automargin": True,
    }
    figure.update_xaxes(**axis, range=[-0.5, side - 0.5], tickangle=-90)
    figure.update_yaxes(**axis, range=[side - 0.5, -0.5])
    figure.update_xaxes(title={"text": words["looked_at"], "standoff": 8})
    figure.update_yaxes(title={"text": words["looks"], "standoff": 8})
    figure.update_layout(shapes=_bands(view.modalities), height=560)
    return _styled(figure)


def gates_figure(trace: Trace) -> go.Figure:
    """Every head's gate, layers down and heads across; a cross marks the closed ones."""
    heads = [f"head {i + 1}" for i in range(trace.gates.shape[1])]
    layers = list(trace.layers)
    places = np.argwhere(~np.asarray(trace.open, bool))
    figure = go.Figure(
        [
            go.Heatmap(
                z=np.asarray(trace.gates),
                x=heads,
                y=layers,
                colorscale="Cividis",
                zmin=0,
                zmax=1,
                hovertemplate="%{y} · %{x}<br>gate %{z:.4f}<extra></extra>",
            ),
            go.Scatter(
                x=[heads[h] for _, h in places],
                y=[layers[i] for i, _ in places],
                mode="markers",
                marker={"symbol": "x", "size": 7, "color": INK},
                name="closed",
                hoverinfo="skip",
            ),
        ]
    )
    figure.update_yaxes(type="category", autorange="reversed", automargin=True)
    figure.update_xaxes(type="category", automargin=True)
    return _styled(figure)


def loads_figure(trace: Trace) -> go.Figure:
    """Share of each decision layer's work that each expert did, one group of bars a layer."""
    names = [name for name in trace.layers if not name.startswith("fusion")]
    experts = [f"expert {i + 1}" for i in range(trace.experts)]
    bars = []
    for name, taken in zip(names, np.asarray(trace.routes), strict=True):
        counts = np.bincount(taken.ravel(), minlength=trace.experts)
        bars.append(go.Bar(name=name, x=experts, y=counts / max(1, counts.sum())))
    figure = go.Figure(bars)
    figure.add_hline(y=1 / trace.experts, line={"dash": "dash", "color": INK, "width": 1})
    figure.update_yaxes(tickformat=".0%")
    return _styled(figure)


def _styled(figure: go.Figure) -> go.Figure:
    return figure.update_layout(
        **PLAIN,
        margin={"l": 40, "r": 4, "t": 44, "b": 150},
        legend={
            "orientation": "h",
            "x": 0,
            "y": 1.0,
            "yanchor": "bottom",
            "font": {"size": 12},
        },
        modebar={
            "bgcolor": "rgba(0,0,0,0)",
            "color": INK,
            "remove": ["pan", "select2d", "lasso2d", "zoomin", "zoomout", "autoscale", "zoom2d"],
        },
        dragmode="zoom",
    )


def _legend_entry(modality: Modality, name: str) -> go.Scatter:
    marker = {"symbol": "square", "size": 11, "color": MODALITY_COLOURS[modality]}
    return go.Scatter(
        x=[None], y=[None], mode="markers", marker=marker, name=name, hoverinfo="skip"
    )


def _bands(modalities: tuple[Modality, ...]) -> list[dict[str, object]]:
    """Coloured strips along both axes, one for each run of a modality."""
    shapes, start = [], 0
    for modality, run in groupby(modalities):
        stop = start + len(list(run))
        along = (start - 0.5, stop - 0.5)
        common = {
            "type": "rect",
            "line": {"width": 0},
            "fillcolor": MODALITY_COLOURS[modality],
            "name": modality,
        }
        beside = {"x0": -11, "x1": -3, "y0": along[0], "y1": along[1], "yref": "y"}
        below = {"y0": -11, "y1": -3, "x0": along[0], "x1": along[1], "xref": "x"}
        shapes.append({**common, **beside, "xref": "paper", "xsizemode": "pixel", "xanchor": 0})
        shapes.append({**common, **below, "yref": "paper", "ysizemode": "pixel", "yanchor": 0})
        start = stop
    return shapes


def _block_starts(count: int, side: int, max_side: int) -> list[int]:
    """First token of each of `side` blocks over `count` tokens.

    Blocks have one width, the last may be narrower; when that does not give `side` blocks they
    are spread evenly.
    """
    width = max(1, -(-count // max_side))
    if -(-count // width) == side:
        return list(range(0, count, width))
    return [i * count // side for i in range(side)]


def _label(tokens: tuple[Token, ...], start: int, stop: int) -> str:
    first = _shown(tokens[start].text)
    if stop - start == 1:
        return f"{first} · {start}"
    return f"{first}…{_shown(tokens[stop - 1].text)} · {start}–{stop - 1}"


def _shown(text: str) -> str:
    """A token's text for an axis: visible, short, and inert in Plotly's markup."""
    text = text.replace("\n", "⏎").strip() or "␣"
    if len(text) > _LONGEST_LABEL:
        text = text[: _LONGEST_LABEL - 1] + "…"
    return html.escape(text, quote=False)


def _commonest(tokens: tuple[Token, ...]) -> Modality:
    kinds = [token.modality for token in tokens]
    return max(MODALITIES, key=kinds.count)
