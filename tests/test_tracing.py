"""Traced attention is the attention that ran: softmax, sums, averages and names agree."""

from __future__ import annotations

import numpy as np
import pytest
import torch
import torch.nn.functional as F

from v25.api import V25Model
from v25.config import V25Config
from v25.model.attention import DynamicAttention, rotary
from v25.schema import LENSES, MODALITIES, Generation, Lens
from v25.tracing import SequenceTrace


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
    places = torch.arange(len(x))[None]
    turn = rotary(places, d, sizes.rope_base, sizes.still_pairs)
    cos, sin = (t[0, 0].double() for t in turn)

    def turned(y: torch.Tensor) -> torch.Tensor:
        first, second = y.chunk(2, -1)
        return y * cos + torch.cat((-second, first), -1) * sin

    scores = (turned(query) @ turned(key).T).numpy() / d**0.5
    seen = np.arange(1, len(x) + 1) if causal else np.full(len(x), len(x))
    scores *= (np.log(np.maximum(seen, sizes.scaled_from)) / np.log(sizes.scaled_from))[:, None]
    if causal:
        scores = np.where(np.tri(len(x), dtype=bool), scores, -np.inf)
    shares = np.exp(scores - scores.max(-1, keepdims=True))
    return shares / shares.sum(-1, keepdims=True)


def layer_inputs(model: V25Model, made: Generation) -> list[torch.Tensor]:
    """What each layer's attention takes in, heard while training's path runs the same prompt."""
    network, state, inputs = model.network, made.trace.source.state, []
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
    for layer in range(len(trace.layers)):
        summary = trace.summary(layer, side)
        for head in (int(np.flatnonzero(trace.open[layer])[-1]), int(trace.open[layer].argmin())):
            whole = trace.map(layer, head)
            small = trace.map(layer, head, side)
            assert len(small) <= side
            size = -(-len(whole) // side)
            np.testing.assert_allclose(small, averaged(whole, size), atol=1e-6)
            np.testing.assert_allclose(summary.maps[head], small, atol=1e-6)


def test_a_summary_tells_entropy_and_shares_of_every_open_head(made: Generation) -> None:
    trace = made.trace
    for layer, name in enumerate(trace.layers):
        summary, total = trace.summary(layer), trace.length(layer)
        first = 0 if name.startswith("fusion") else trace.prompt_length
        for head, is_open in enumerate(trace.open[layer]):
            if not is_open:
                assert not summary.maps[head].any()
                assert summary.entropy[head] == 0 == summary.shares[head].sum()
                continue
            rows = trace.map(layer, head)[first:].astype(np.float64)
            seen = total if first == 0 else np.arange(first, total) + 1
            each = -(rows * np.log(np.where(rows > 0, rows, 1))).sum(1) / np.log(seen)
            assert summary.entropy[head] == pytest.approx(each.mean(), abs=1e-4)
            for place, modality in enumerate(MODALITIES):
                columns = [i for i in range(total) if trace.tokens[i].modality == modality]
                expected = rows[:, columns].sum(1).mean()
                assert summary.shares[head, place] == pytest.approx(expected, abs=1e-5)


def test_a_prompt_alone_is_summed_up_over_all_its_rows(tiny_model: V25Model) -> None:
    trace = tiny_model.get_attention_map("apples and pears").trace
    head = int(np.flatnonzero(trace.open[3])[0])
    assert trace.summary(3).shares[head].tolist() == pytest.approx([0, 0, 1, 0], abs=1e-5)
    assert 0 < trace.summary(3).entropy[head] < 1


@torch.inference_mode()
def test_value_norms_are_those_of_the_values_that_ran(
    tiny_model: V25Model, made: Generation
) -> None:
    trace, network = made.trace, tiny_model.network
    n = trace.prompt_length
    modules = [*network.fusion.layers, *network.decision.layers]
    for layer, x in enumerate(layer_inputs(tiny_model, made)):
        attention = modules[layer].attention
        values = x @ attention.qkv.weight.chunk(3)[2].double().T
        norms = values.view(n, attention.heads, attention.head_dim).norm(dim=-1).T.numpy()
        found = trace.value_norms(layer)
        assert found.shape == (16, trace.length(layer))
        expected = norms * trace.open[layer][:, None]
        np.testing.assert_allclose(found[:, :n], expected, atol=1e-4)


def through(trace: SequenceTrace, layer: int, head: int, lens: Lens) -> np.ndarray:
    """One head's whole map by the definition of its lens."""
    values = trace.map(layer, head).astype(np.float64)
    if lens != "attention":
        values = values * trace.gates[layer, head]
    return values * trace.value_norms(layer)[head] if lens == "effective" else values


@pytest.mark.parametrize("lens", LENSES)
def test_every_lens_is_what_it_is_defined_as(made: Generation, lens: Lens) -> None:
    trace = made.trace
    for layer in (1, 2):
        head, n = int(np.flatnonzero(trace.open[layer])[1]), trace.length(layer)
        expected = through(trace, layer, head, lens)
        np.testing.assert_allclose(trace.map(layer, head, None, lens), expected, atol=1e-6)
        small = averaged(expected, -(-n // 9))
        np.testing.assert_allclose(trace.map(layer, head, 9, lens), small, atol=1e-6)
        for token in (0, n // 3, n - 1):
            row, column = (f(layer, head, token, lens) for f in (trace.row, trace.column))
            assert row.dtype == column.dtype == np.float32
            np.testing.assert_allclose(row, expected[token], atol=1e-6)
            np.testing.assert_allclose(column, expected[:, token], atol=1e-5)


@pytest.mark.parametrize("lens", LENSES)
def test_no_head_is_the_mean_of_the_open_ones(made: Generation, lens: Lens) -> None:
    trace, token = made.trace, made.trace.prompt_length - 1
    layers: list[int | None] = [0, 3, None]
    for layer in layers:
        each = [2, 3] if layer is None else [layer]
        heads = [(i, int(h)) for i in each for h in np.flatnonzero(trace.open[i])]
        expected = np.mean([through(trace, *head, lens) for head in heads], 0)
        np.testing.assert_allclose(trace.map(layer, None, None, lens), expected, atol=1e-6)
        np.testing.assert_allclose(trace.row(layer, None, token, lens), expected[token], atol=1e-6)
        found = trace.column(layer, None, token, lens)
        np.testing.assert_allclose(found, expected[:, token], atol=1e-5)


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
    assert trace.routes.max() < 8 == trace.experts
    assert not trace.forced.any()
    assert (trace.routes[..., 0] != trace.routes[..., 1]).all()


def test_a_place_that_is_not_there_says_so(made: Generation) -> None:
    n = made.trace.prompt_length
    for place in ((4, 0, 0), (0, 16, 0), (-1, 0, 0), (0, 0, n), (0, 0, -1), (None, 3, 0)):
        for call in (made.trace.row, made.trace.column):
            with pytest.raises(IndexError, match=r"layer|query|key"):
                call(*place)
    for layer in (4, -1):
        for call in (made.trace.summary, made.trace.value_norms):
            with pytest.raises(IndexError, match="layers"):
                call(layer)
    with pytest.raises(ValueError, match="lens"):
        made.trace.row(0, 0, 0, "nothing")


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
