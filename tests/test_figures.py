"""Figures show exactly the numbers of their records."""

from __future__ import annotations

import json
from dataclasses import dataclass

import numpy as np
import pytest

from v25.figures import (
    ENGLISH,
    MODALITY_COLOURS,
    attention_figure,
    gates_figure,
    head_frame,
    head_view,
    loads_figure,
)
from v25.schema import Token


@dataclass
class Trace:
    """Random maps over `count` tokens, block averages as the engine gives them."""

    count: int
    prompt_length: int
    layers: tuple[str, ...] = ("fusion 1", "decision 1")

    @property
    def tokens(self) -> tuple[Token, ...]:
        third = self.prompt_length // 3
        kinds = ["image"] * third + ["speech"] * third
        kinds += ["text"] * (self.prompt_length - len(kinds))
        kinds += ["own"] * (self.count - len(kinds))
        return tuple(Token(f"<b>{i % 5}", kind, (i, i + 1)) for i, kind in enumerate(kinds))

    def length(self, layer: int) -> int:
        return self.prompt_length if layer == 0 else self.count

    def map(self, layer, head, max_side=None, lens="attention") -> np.ndarray:
        size = self.prompt_length if layer == 0 else self.count
        width = 1 if max_side is None else -(-size // max_side)
        side = -(-size // width)
        values = np.random.default_rng(layer + head).random((side, side), np.float32)
        return values if lens == "attention" else values / 2


def test_a_figure_carries_the_values_of_the_map():
    trace = Trace(count=40, prompt_length=30)
    view = head_view(trace, 1, 2)
    heat = attention_figure(view).data[0]
    np.testing.assert_array_equal(np.asarray(heat.z, np.float32), trace.map(1, 2))
    assert len(set(heat.x)) == 40
    assert heat.x == heat.y
    assert not view.averaged


def test_fusion_layers_show_the_prompt_alone():
    view = head_view(Trace(count=40, prompt_length=30), 0, 0)
    assert view.side == view.count == 30
    assert "own" not in view.modalities


def test_bands_cover_both_axes_and_tell_modalities_apart():
    view = head_view(Trace(count=40, prompt_length=30), 1, 0)
    figure = attention_figure(view)
    along_x = [s for s in figure.layout.shapes if s.xref == "x"]
    assert [s.name for s in along_x] == ["image", "speech", "text", "own"]
    assert [(s.x0, s.x1) for s in along_x] == [(-0.5, 9.5), (9.5, 19.5), (19.5, 29.5), (29.5, 39.5)]
    assert [s.fillcolor for s in along_x] == [MODALITY_COLOURS[s.name] for s in along_x]
    assert len(figure.layout.shapes) == 2 * len(along_x)
    assert [trace.name for trace in figure.data[1:]] == [
        ENGLISH[kind] for kind in ("image", "speech", "text", "own")
    ]


def test_token_text_is_inert_in_plotly_markup():
    view = head_view(Trace(count=12, prompt_length=12), 1, 0)
    assert all("<" not in label for label in view.labels)
    assert view.labels[3] == "&lt;b&gt;3 · 3"


def test_long_sequences_are_averaged_and_name_their_blocks():
    view = head_view(Trace(count=1000, prompt_length=900), 1, 0)
    assert view.averaged
    assert view.count == 1000
    assert view.side == 200
    assert view.labels[0].endswith("· 0–4")
    assert view.labels[-1].endswith("· 995–999")


@pytest.mark.parametrize("count", [3, 224, 225, 5000])
def test_the_payload_stays_small(count):
    figure = attention_figure(head_view(Trace(count=count, prompt_length=count // 2), 1, 0))
    assert len(figure.to_json()) <= 400_000
    json.loads(figure.to_json())


def test_a_lens_changes_the_values():
    trace = Trace(count=40, prompt_length=30)
    view = head_view(trace, 1, 2, lens="effective")
    np.testing.assert_array_equal(view.values, trace.map(1, 2) / 2)


@pytest.mark.parametrize("count", [40, 1000])
def test_a_frame_is_the_figure_of_a_head_without_its_values(count):
    trace = Trace(count=count, prompt_length=30)
    frame = head_frame(trace, 1, 224, ENGLISH)
    figure = json.loads(attention_figure(head_view(trace, 1, 2)).to_json())
    heat, whole = frame["data"][0], figure["data"][0]
    assert heat["x"] == whole["x"]
    assert len(heat["x"]) == head_view(trace, 1, 2).side
    assert "z" not in heat
    assert frame["data"][1:] == figure["data"][1:]
    assert frame["layout"]["shapes"] == figure["layout"]["shapes"]
    assert len(json.dumps(frame)) < 60_000


@dataclass
class Gated:
    gates: np.ndarray
    open: np.ndarray
    routes: np.ndarray
    experts: int = 4
    layers: tuple[str, ...] = ("fusion 1", "decision 1")


def test_gates_and_loads_are_those_of_the_trace():
    gates = np.float32([[0.1, 0.9, 0.4], [0.7, 0.2, 0.6]])
    routes = np.array([[[0, 1], [0, 2], [0, 1]]])
    trace = Gated(gates, gates > 0.3, routes)
    figure = gates_figure(trace)
    np.testing.assert_array_equal(np.float32(figure.data[0].z), gates)
    closed = list(zip(figure.data[1].y, figure.data[1].x, strict=True))
    assert closed == [("fusion 1", "head 1"), ("decision 1", "head 2")]
    (bars,) = loads_figure(trace).data
    np.testing.assert_allclose(bars.y, [3 / 6, 2 / 6, 1 / 6, 0])
