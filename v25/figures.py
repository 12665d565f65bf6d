"""Records to Plotly figures, pure: the same trace and words give the same figure."""

from __future__ import annotations

import html
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby

import numpy as np
import plotly.graph_objects as go
from plotly.colors import get_colorscale

from v25.schema import MODALITIES, Modality, Token, Trace

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
INK = "#8b93a1"
"""Grey that reads on white and on black."""
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


def head_view(trace: Trace, layer: int, head: int, max_side: int = MAX_SIDE) -> HeadView:
    """Compute one head's map and name its rows and columns.

    Args:
        trace: of a generation.
        layer: counts from 0, fusion layers first.
        head: counts from 0.
        max_side: most rows; a longer sequence is averaged in blocks.
    """
    values = np.asarray(trace.map(layer, head, max_side=max_side), dtype=np.float32)
    tokens = trace.tokens
    if trace.layers[layer].startswith("fusion"):
        tokens = tokens[: trace.prompt_length]
    side = values.shape[0]
    if side < len(tokens) <= max_side:
        tokens = tokens[:side]  # the last token written has not been read again
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


def empty_figure(sentence: str) -> go.Figure:
    """A blank figure with one sentence; drawn at start, it also warms the page's plot code."""
    figure = go.Figure()
    figure.add_annotation(text=html.escape(sentence), showarrow=False, font={"size": 14})
    figure.update_xaxes(visible=False)
    figure.update_yaxes(visible=False)
    figure.update_layout(height=300)
    return _styled(figure)


def _styled(figure: go.Figure) -> go.Figure:
    return figure.update_layout(
        template="none",
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
        font={"color": INK, "size": 12},
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
