"""Payloads are small, and carry the numbers of the trace."""

from __future__ import annotations

import json

import numpy as np
import pytest

from v25 import views
from v25.schema import Generation, Latency, LayerSummary, Media, Token

LAYERS, HEADS = 7, 16


class Trace:
    """Random rows, and maps as the engine gives them, at any length without N x N."""

    def __init__(self, count: int, prompt: int, salt: int = 0) -> None:
        kinds = ["image"] * 50 + ["text"] * (prompt - 50) + ["own"] * (count - prompt)
        self.tokens = tuple(Token(f"词{i % 997}", k, (i, i + 1)) for i, k in enumerate(kinds))
        self.prompt_length, self.salt, self.experts = prompt, salt, 8
        self.layers = (*(f"fusion {i}" for i in (1, 2, 3)), *(f"decision {i}" for i in range(1, 5)))
        self.gates = np.random.default_rng(salt).random((LAYERS, HEADS), np.float32)
        self.open = self.gates > 0.3
        self.forced = np.zeros_like(self.open)
        self.routes = np.random.default_rng(1).integers(0, 8, (4, count, 2)).astype(np.int16)

    def length(self, layer: int) -> int:
        return self.prompt_length if layer < 3 else len(self.tokens)

    def map(self, layer, head, max_side=None, lens="attention"):
        n = len(self.tokens) if layer is None else self.length(layer)
        if max_side is not None and n > max_side:
            n = -(-n // -(-n // max_side))
        seed = [self.salt, layer or 0, head or 0, len(lens)]
        made = np.random.default_rng(seed).random((n, n), np.float32)
        return made if layer is not None and layer < 3 else np.tril(made)

    def row(self, layer, head, query, lens="attention"):
        n = len(self.tokens) if layer is None else self.length(layer)
        made = np.random.default_rng([layer or 0, head or 0, query]).random(n, np.float32)
        return made / made.sum()

    column = row

    def summary(self, layer, max_side=24):
        rng = np.random.default_rng(layer)
        maps = rng.random((HEADS, max_side, max_side), np.float32)
        return LayerSummary(maps, rng.random(HEADS, np.float32), rng.random((HEADS, 4), np.float32))


def result(count: int, prompt: int, salt: int = 0) -> Generation:
    media = Media(
        photo=np.random.default_rng(0).bytes(180_000),
        spectrogram=np.random.default_rng(0).integers(0, 256, (80, 3000)).astype(np.uint8),
        seconds=30.0,
    )
    return Generation(
        latency=Latency(token_ms=(9.0,) * 200, first_token_ms=80.0, total_ms=1900.0),
        trace=Trace(count, prompt, salt),
        probabilities=(0.5,) * (count - prompt),
        media=media,
        finish_reason="end",
    )


QUESTIONS = [
    ("header", {}),
    ("tokens", {"start": 0}),
    ("photo", {}),
    ("sound", {}),
    ("layer", {"index": 5}),
    ("matrix", {"layer": 1, "head": 3}),
    ("matrix", {"layer": 6, "head": 3, "lens": "effective"}),
    ("matrix", {"layer": None, "head": None}),
    ("row", {"layer": 6, "head": 3, "query": 280}),
    ("column", {"layer": None, "head": None, "token": 3, "lens": "gated"}),
    ("routes", {}),
    ("looks", {"query": 280}),
    ("difference", {"layer": 6, "head": 3}),
]


@pytest.mark.parametrize(("count", "prompt"), [(300, 120), (340, 339), (16_384, 16_184)])
@pytest.mark.parametrize(("name", "given"), QUESTIONS, ids=lambda value: str(value)[:40])
def test_a_payload_is_at_most_400_kilobytes(name, given, count, prompt):
    shown, kept = result(count, prompt), result(count, prompt, salt=1)
    seen = 0
    for _ in range(10):
        payload = views.answer(name, shown, kept, given | ({"start": seen} if seen else {}))
        assert len(json.dumps(payload, ensure_ascii=False).encode()) <= views.MOST_BYTES
        rows = payload.get("stop", payload.get("side", 0))
        if "stop" not in payload or rows >= payload["side"]:
            break
        seen = rows
    else:
        raise AssertionError("the map never ends")


@pytest.mark.parametrize("layer", [1, 6, None])
def test_the_slabs_of_a_map_add_up_to_it(layer):
    shown = result(320, 310)
    head = None if layer is None else 2
    want = shown.trace.map(layer, head)
    rows, start = [], 0
    while start < len(want):
        made = views.answer("matrix", shown, None, {"layer": layer, "head": head, "start": start})
        flat, at = views.unpack(made["values"]), 0
        for i in range(made["start"], made["stop"]):
            width = i + 1 if made["causal"] else made["side"]
            rows.append(np.pad(flat[at : at + width], (0, made["side"] - width)))
            at += width
        assert at == len(flat)
        start = made["stop"]
    np.testing.assert_array_equal(rows, want)


def test_long_maps_come_in_blocks_and_their_rows_whole():
    shown = result(16_384, 16_184)
    made = views.answer("matrix", shown, None, {"layer": 2, "head": 0})
    assert (made["count"], made["side"]) == (16_184, 222)
    row = views.answer("row", shown, None, {"layer": 6, "head": 0, "query": 16_300})
    np.testing.assert_array_equal(
        views.unpack(row["values"]), shown.trace.row(6, 0, 16_300).astype(np.float32)
    )
    assert sum(len(views.tokens(shown.trace, s)["texts"]) for s in range(0, 16_384, 4096)) == 16_384


def test_thumbnails_follow_the_square_root_each_head_to_its_own_maximum():
    trace = Trace(300, 120)
    made = views.layer(trace, 2)
    maps = trace.summary(2).maps
    want = np.round(255 * np.sqrt(maps / maps.max(axis=(1, 2), keepdims=True)))
    np.testing.assert_allclose(views.unpack(made["maps"]), want, atol=1)
    np.testing.assert_array_equal(views.unpack(made["shares"]), trace.summary(2).shares)


def test_looks_gives_each_open_decision_head_its_shares_by_modality():
    trace = Trace(300, 120)
    shares = views.unpack(views.looks(trace, 250)["shares"])
    assert not shares[:3].any()
    assert not shares[~trace.open].any()
    layer, head = np.argwhere(trace.open[3:])[0] + (3, 0)
    row = trace.row(int(layer), int(head), 250)
    want = [row[:50].sum(), 0, row[50:120].sum(), row[120:].sum()]
    np.testing.assert_allclose(shares[layer, head], want, rtol=1e-5)


def test_differences_are_b_less_a_over_what_both_begin_with():
    same = views.difference(Trace(300, 120, 1), Trace(300, 120), 4, 2)
    assert same["common"] == 300
    want = Trace(300, 120).map(4, 2) - Trace(300, 120, 1).map(4, 2)
    flat = np.concatenate([want[i, : i + 1] for i in range(300)])
    np.testing.assert_array_equal(views.unpack(same["values"]), flat)
    shorter = Trace(290, 120, 1)
    assert views.difference(shorter, Trace(300, 120), 4, 2)["common"] == 290
    shorter.tokens = (*shorter.tokens[:130], Token("other", "own", (0, 1)), *shorter.tokens[131:])
    assert views.difference(shorter, Trace(300, 120), 4, 2)["side"] == 130
    shorter.tokens = (Token("other", "image", (0, 1)), *shorter.tokens[1:])
    assert views.difference(shorter, Trace(300, 120), 4, 2) == {"why": "diff_prompts"}
    long = views.difference(Trace(900, 700, 1), Trace(901, 700), 4, 2)
    assert long == {"why": "diff_long"}
    assert views.difference(Trace(900, 700, 1), Trace(901, 700), 1, 2)["common"] == 700


@pytest.mark.parametrize(
    ("name", "given", "error"),
    [
        ("matrix", {"layer": 1, "head": -1}, ValueError),
        ("matrix", {"layer": "1", "head": 0}, ValueError),
        ("matrix", {"layer": True, "head": 0}, ValueError),
        ("matrix", {"layer": 1, "head": 0, "lens": "__class__"}, ValueError),
        ("matrix", {"layer": 99, "head": 0}, IndexError),
        ("pack", {}, ValueError),
        ("difference", {"layer": 1, "head": 0}, ValueError),
        ("header", {"side": "a"}, ValueError),
    ],
)
def test_what_a_browser_may_not_ask_is_refused(name, given, error):
    with pytest.raises(error):
        views.answer(name, result(300, 120), None, given)


def test_arrays_come_back_as_they_were():
    for array in (np.float32([[1.5, -2], [np.inf, 0]]), np.uint8([1, 255]), np.int16([[-3]])):
        again = views.unpack(views.pack(array))
        assert again.dtype == array.dtype
        np.testing.assert_array_equal(again, array)
