"""Forced gates change their own heads only, and what is not kept for looking changes nothing."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import torch
from parts import key_of

from v25.api import V25Model
from v25.schema import Generation, Request

SETTINGS: dict[str, Any] = {"max_length": 14, "seed": 3, "temperature": 1.0}


@pytest.fixture(scope="module")
def free(tiny_model: V25Model, photo: np.ndarray) -> Generation:
    """What is written when no gate is forced."""
    return tiny_model.generate("写文案 for shoes", photo, **SETTINGS)


def again(model: V25Model, photo: np.ndarray, **settings: Any) -> Generation:
    return model.generate("写文案 for shoes", photo, **{**SETTINGS, **settings})


def head(made: Generation, layer: int, is_open: bool, place: int = 0) -> tuple[int, int]:
    return layer, int(np.flatnonzero(made.trace.open[layer] == is_open)[place])


def assert_same_bits(a: Generation, b: Generation) -> None:
    assert (a.text, a.probabilities) == (b.text, b.probabilities)
    assert (a.trace.gates == b.trace.gates).all()
    assert (a.trace.open == b.trace.open).all()
    for layer in range(len(a.trace.layers)):
        assert (a.trace.map(layer, None) == b.trace.map(layer, None)).all()


def test_forcing_nothing_changes_no_bit(
    tiny_model: V25Model, photo: np.ndarray, free: Generation
) -> None:
    assert_same_bits(again(tiny_model, photo, gates={}), free)


def test_forcing_a_gate_to_its_own_value_changes_no_bit(
    tiny_model: V25Model, photo: np.ndarray, free: Generation
) -> None:
    places = [head(free, layer, True, layer) for layer in range(4)]
    own = {place: float(free.trace.gates[place]) for place in places}
    made = again(tiny_model, photo, gates=own)
    assert_same_bits(made, free)
    assert [tuple(p) for p in np.argwhere(made.trace.forced)] == places


def test_closing_what_is_closed_changes_no_bit_of_the_copy(
    tiny_model: V25Model, photo: np.ndarray, free: Generation
) -> None:
    made = again(tiny_model, photo, gates={head(free, layer, False): 0 for layer in range(4)})
    assert (made.text, made.probabilities) == (free.text, free.probabilities)
    assert (made.trace.open == free.trace.open).all()


def test_the_trace_tells_what_was_forced_and_the_others_stay(
    tiny_model: V25Model, photo: np.ndarray, free: Generation
) -> None:
    closed, opened = head(free, 3, True), head(free, 3, False)
    made = again(tiny_model, photo, gates={closed: 0.0, opened: 0.25})
    expected = free.trace.open.copy()
    expected[closed], expected[opened] = False, True
    assert (made.trace.open == expected).all()
    gates = free.trace.gates.copy()
    gates[closed], gates[opened] = 0.0, 0.25
    assert (made.trace.gates == gates).all()
    assert int(made.trace.forced.sum()) == 2
    assert not made.trace.map(*closed).any()
    assert made.trace.map(*opened).any()
    assert not made.trace.value_norms(3)[closed[1]].any()
    assert made.probabilities != free.probabilities


def test_a_layer_with_more_heads_than_others_shows_only_those_that_are_open(
    tiny_model: V25Model, photo: np.ndarray, free: Generation
) -> None:
    """The cache has one k for all layers; what fills a layer up is nobody's head."""
    more = {head(free, 3, False, place): 0.5 for place in range(4)}
    made = again(tiny_model, photo, gates=more)
    assert made.trace.open.sum(1).tolist() == [10, 10, 10, 14]
    assert made.trace.source.state.cache.keys.shape[2] == 14
    np.testing.assert_allclose(
        made.trace.summary(2).maps[:, :5, :5], free.trace.summary(2).maps[:, :5, :5], atol=1e-4
    )
    assert not made.trace.summary(2).maps[~free.trace.open[2]].any()


def test_every_head_may_be_closed(tiny_model: V25Model, photo: np.ndarray) -> None:
    gates = {(layer, h): 0.0 for layer in range(4) for h in range(16)}
    made = again(tiny_model, photo, gates=gates)
    assert not made.trace.open.any()
    assert not made.trace.map(None, None, 8).any()
    assert not made.trace.summary(0).maps.any()
    assert made.finish_reason in ("end", "length")


def test_requests_of_a_batch_force_gates_of_their_own(
    tiny_model: V25Model, photo: np.ndarray, free: Generation
) -> None:
    wanted = [None, {head(free, 2, True): 0.0}, {}, {head(free, 0, False): 0.9}]
    requests = [Request("写文案 for shoes", photo, gates=g, **SETTINGS) for g in wanted]
    for made, gates in zip(tiny_model.generate_batch(requests), wanted, strict=True):
        alone = again(tiny_model, photo, gates=gates)
        assert made.text == alone.text
        assert (made.trace.open == alone.trace.open).all()
        np.testing.assert_allclose(made.probabilities, alone.probabilities, atol=1e-5)


@pytest.mark.parametrize(
    ("gates", "key"),
    [
        ({(4, 0): 0.5}, "no_such_head"),
        ({(0, 16): 0.5}, "no_such_head"),
        ({(-1, 0): 0.5}, "no_such_head"),
        ({(0, 0): 1.5}, "gate_out_of_range"),
        ({(0, 0): -0.1}, "gate_out_of_range"),
        ({(0, 0): float("nan")}, "gate_out_of_range"),
        ({(0, 0): float("inf")}, "gate_out_of_range"),
        ({(0, 0): "1"}, "gate_out_of_range"),
        ({(0, 0): True}, "gate_out_of_range"),
        ({(0, 0, 0): 1.0}, "wrong_type"),
        ({(0.5, 0): 1.0}, "wrong_type"),
        ({"0,0": 1.0}, "wrong_type"),
        ([(0, 0, 1.0)], "wrong_type"),
        (1.0, "wrong_type"),
    ],
)
def test_gates_that_cannot_be_get_a_sentence(tiny_model: V25Model, gates: Any, key: str) -> None:
    assert key_of(lambda: tiny_model.generate("a", gates=gates)) == key


def test_numpy_numbers_are_gates_too(
    tiny_model: V25Model, photo: np.ndarray, free: Generation
) -> None:
    layer, own = head(free, 1, True)
    gates = {(np.int64(layer), np.int32(own)): np.float32(0.5)}
    made = again(tiny_model, photo, gates=gates)
    assert made.trace.gates[layer, own] == 0.5


def test_without_capture_nothing_is_kept_and_the_copy_is_the_same(
    tiny_model: V25Model, photo: np.ndarray, free: Generation
) -> None:
    made = again(tiny_model, photo, capture=False)
    assert made.trace is None
    assert (made.text, made.probabilities) == (free.text, free.probabilities)
    assert made.latency.memory["trace"] == 0 < free.latency.memory["trace"]
    assert made.latency.memory["cache"] == free.latency.memory["cache"]
    stream = tiny_model.stream("写文案 for shoes", photo, capture=False, **SETTINGS)
    list(stream)
    state = stream._run.state
    assert state.looked == []
    assert state.cache.queries is state.cache.routes is None
    assert key_of(lambda: tiny_model.generate("a", capture=1)) == "wrong_type"


def test_a_batch_may_capture_some_requests_only(tiny_model: V25Model) -> None:
    requests = [Request("apples", capture=capture, **SETTINGS) for capture in (True, False, True)]
    made = tiny_model.generate_batch(requests)
    assert [m.trace is None for m in made] == [False, True, False]
    assert len({m.text for m in made}) == 1


def test_memory_is_what_the_arrays_take(tiny_model: V25Model, free: Generation) -> None:
    state, held = free.trace.source.state, free.latency.memory
    cache = state.cache
    looked = [t for x in state.looked for t in (x.queries, x.keys, x.norms)]
    assert held["cache"] == 2 * cache.keys.nbytes
    kept = [cache.queries, cache.routes, *looked]
    assert held["trace"] == sum(t.nbytes for t in kept)
    assert held["weights"] == tiny_model.memory > 0


@torch.inference_mode()
def test_probabilities_are_the_models_own(tiny_model: V25Model) -> None:
    """Before temperature, top-p and the rules of writing: one for each written token."""
    stream = tiny_model.stream("apples", max_length=9, temperature=1.4, top_p=0.8, seed=2)
    list(stream)
    made, ids = stream.generation, stream._run.rows[0].ids
    assert len(made.probabilities) == len(made.latency.token_ms) == len(ids)
    fresh = tiny_model.stream("apples", max_length=9)
    fresh._run.prepare()
    for before, token, probability in zip([1, *ids], ids, made.probabilities, strict=False):
        scores = tiny_model.network.step(torch.tensor([before]), fresh._run.state.cache)[0]
        assert probability == pytest.approx(float(scores.softmax(-1)[token]), rel=1e-4)


def test_media_are_the_inputs_in_small(
    tiny_model: V25Model, photo: np.ndarray, sound: tuple[int, np.ndarray]
) -> None:
    stream = tiny_model.stream(" shoes ", photo, sound, max_length=20, seed=1)
    assert stream.generation.media is None
    next(stream)
    made = stream.generation
    assert made.media.text == "shoes"
    assert made.media.photo.startswith(b"\xff\xd8\xff")
    assert made.media.seconds == pytest.approx(1.5)
    assert made.media.spectrogram.shape[0] == 64
    assert stream.generation.media is made.media
    assert tiny_model.generate("shoes", max_length=1).media.photo is None
