"""Traced attention is the attention that ran: softmax, sums, averages and names agree."""

from __future__ import annotations

import numpy as np
import pytest
import torch
import torch.nn.functional as F

from v25.api import V25Model
from v25.config import V25Config
from v25.model.attention import DynamicAttention, rotary
from v25.schema import Generation


@pytest.fixture(scope="module")
def made(tiny_model: V25Model, photo: np.ndarray, sound: tuple[int, np.ndarray]) -> Generation:
    """A prompt of all modalities, two windows of text long, and some copy."""
    text = "写文案，突出透气 for Aurora shoes, three versions please"
    return tiny_model.generate(text, photo, sound, max_length=20, seed=1, temperature=1.0)


def softmax_by_hand(
    attention: DynamicAttention, x: np.ndarray, head: int, causal: bool, sizes: V25Config
) -> np.ndarray:
    """`softmax(QK^T / sqrt(d))` of one head from a layer's normed input, in float64."""
    d = attention.head_dim
    part = slice(head * d, (head + 1) * d)
    q, k, _ = (w[part].double() for w in attention.qkv.weight.chunk(3))
    query = F.rms_norm(x @ q.T, (d,), attention.query_norm.weight.double(), 1e-6)
    key = F.rms_norm(x @ k.T, (d,), attention.key_norm.weight.double(), 1e-6)
    cos, sin = (t[0, 0].double() for t in rotary(torch.arange(len(x))[None], d, sizes.rope_base))

    def turned(y: torch.Tensor) -> torch.Tensor:
        first, second = y.chunk(2, -1)
        return y * cos + torch.cat((-second, first), -1) * sin

    scores = (turned(query) @ turned(key).T).numpy() / d**0.5
    if causal:
        scores = np.where(np.tri(len(x), dtype=bool), scores, -np.inf)
    shares = np.exp(scores - scores.max(-1, keepdims=True))
    return shares / shares.sum(-1, keepdims=True)


def layer_inputs(model: V25Model, made: Generation) -> list[torch.Tensor]:
    """What each layer's attention takes in, heard while training's path runs the same prompt."""
    network, state, inputs = model.network, made.trace._state, []
    hooks = [
        layer.attention_norm.register_forward_hook(lambda *a: inputs.append(a[2][0].double()))
        for layer in (*network.fusion.layers, *network.decision.layers)
    ]
    budgets = torch.tensor([model.budget])
    fused, _ = network.fusion(state.prompt.x, state.prompt.mask, budgets)
    network.decision(fused, [g[:1] for g in state.gates[len(network.fusion.layers) :]], budgets)
    for hook in hooks:
        hook.remove()
    return inputs


@torch.inference_mode()
def test_rows_equal_a_softmax_from_scratch(tiny_model: V25Model, made: Generation) -> None:
    trace, network = made.trace, tiny_model.network
    modules = [*network.fusion.layers, *network.decision.layers]
    inputs, n = layer_inputs(tiny_model, made), trace.prompt_length
    for layer, (module, x) in enumerate(zip(modules, inputs, strict=True)):
        causal = trace.layers[layer].startswith("decision")
        for head in np.flatnonzero(trace.open[layer]):
            expected = softmax_by_hand(module.attention, x, head, causal, network.sizes)
            for query in (0, n // 2, n - 1):
                row = trace.row(layer, head, query)
                np.testing.assert_allclose(row[:n], expected[query], atol=1e-5)
                assert not row[n:].any()


def test_rows_sum_to_one_and_closed_heads_give_zeros(made: Generation) -> None:
    trace = made.trace
    for layer in range(len(trace.layers)):
        for head in range(trace.open.shape[1]):
            row = trace.row(layer, head, trace.prompt_length - 1)
            assert row.dtype == np.float32
            if trace.open[layer, head]:
                assert row.sum() == pytest.approx(1, abs=1e-5)
                assert (row >= 0).all()
            else:
                assert not row.any()
                assert not trace.map(layer, head).any()


def test_a_map_is_its_rows(made: Generation) -> None:
    trace = made.trace
    for layer in range(len(trace.layers)):
        head = int(np.flatnonzero(trace.open[layer])[0])
        values = trace.map(layer, head)
        n = len(values)
        fusion = trace.layers[layer].startswith("fusion")
        assert n == (trace.prompt_length if fusion else len(trace.tokens))
        for query in (0, n // 2, n - 1):
            np.testing.assert_allclose(values[query], trace.row(layer, head, query), atol=1e-6)
        if not fusion:
            assert not np.triu(values, 1).any()


def averaged(values: np.ndarray, size: int) -> np.ndarray:
    """Means over blocks of `size`, the last of what is left."""
    starts = range(0, len(values), size)
    return np.array([[values[a : a + size, b : b + size].mean() for b in starts] for a in starts])


@pytest.mark.parametrize("side", [1, 7, 16, 24, 50, 1000])
def test_small_maps_are_exact_block_averages(made: Generation, side: int) -> None:
    trace = made.trace
    overview = trace.overview(side)
    for layer in range(len(trace.layers)):
        for head in (int(np.flatnonzero(trace.open[layer])[-1]), int(trace.open[layer].argmin())):
            whole = trace.map(layer, head)
            small = trace.map(layer, head, side)
            n = len(small)
            assert n <= side
            size = -(-len(whole) // side)
            np.testing.assert_allclose(small, averaged(whole, size), atol=1e-6)
            np.testing.assert_allclose(overview[layer, head, :n, :n], small, atol=1e-6)
            assert not overview[layer, head, n:].any()


def test_spans_tokens_gates_and_routes_fit_together(made: Generation) -> None:
    trace = made.trace
    assert [s.modality for s in trace.spans][:3] == ["image", "speech", "text"]
    assert trace.spans[-1].modality == "own"
    assert trace.spans[-1].start == trace.prompt_length
    assert [s.stop for s in trace.spans[:-1]] == [s.start for s in trace.spans[1:]]
    assert trace.spans[-1].stop == len(trace.tokens)
    assert trace.gates.shape == trace.open.shape == (4, 16)
    assert trace.open.sum(1).tolist() == [10] * 4
    for gates, opened in zip(trace.gates, trace.open, strict=True):
        assert gates[opened].min() >= gates[~opened].max()
    assert trace.routes.shape == (2, len(trace.tokens), 2)
    assert trace.routes.min() >= 0
    assert trace.routes.max() < 8
    assert (trace.routes[..., 0] != trace.routes[..., 1]).all()


def test_a_place_that_is_not_there_says_so(made: Generation) -> None:
    for place in ((4, 0, 0), (0, 16, 0), (-1, 0, 0), (0, 0, made.trace.prompt_length), (0, 0, -1)):
        with pytest.raises(IndexError, match=r"layers|query"):
            made.trace.row(*place)


def test_the_trace_of_a_padded_row_equals_that_of_the_request_alone(
    tiny_model: V25Model, photo: np.ndarray
) -> None:
    short = {"text": "apples", "max_length": 6, "seed": 4}
    long = {"text": "a long command " * 5, "image": photo, "max_length": 9, "seed": 4}
    alone = tiny_model.generate(**short).trace
    padded = tiny_model.generate_batch([long, short])[1].trace
    n = len(alone.tokens)  # the padded row has also read its last token, while others wrote on
    assert alone.tokens == padded.tokens[:n]
    np.testing.assert_allclose(alone.gates, padded.gates, atol=1e-5)
    assert (alone.routes == padded.routes[:, :n]).all()
    for layer in range(4):
        head = int(np.flatnonzero(alone.open[layer])[0])
        expected = alone.map(layer, head)
        side = len(expected)
        np.testing.assert_allclose(padded.map(layer, head)[:side, :side], expected, atol=1e-5)


def test_a_later_token_changes_no_earlier_row(tiny_model: V25Model) -> None:
    short, long = (
        tiny_model.generate("apples", max_length=n, seed=1, temperature=0).trace for n in (4, 12)
    )
    for layer in (2, 3):
        head = int(np.flatnonzero(short.open[layer])[0])
        n = len(short.tokens)
        np.testing.assert_allclose(short.map(layer, head), long.map(layer, head)[:n, :n], atol=1e-6)
    assert (short.gates == long.gates).all()
