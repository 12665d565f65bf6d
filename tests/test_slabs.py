"""Slabs add up: rows, columns, averages, entropy and shares equal a float64 softmax's."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from v25 import slabs
from v25.slabs import Looked

TOKENS, HEADS, WIDTH = 301, 3, 8
SPANS = [(0, 50), (50, 130), (130, 301)]


@pytest.fixture(params=[False, True], ids=["both ways", "causal"])
def looked(request: pytest.FixtureRequest) -> Looked:
    """Sharp attention: scores up to dozens, so that sums are not alike."""
    generator = torch.Generator().manual_seed(8)
    queries, keys = 3 * torch.randn(2, HEADS, TOKENS, WIDTH, generator=generator)
    return Looked(queries, keys, request.param)


@pytest.fixture(params=[2**20, 5000, 100], ids=["one slab", "many", "a row each"], autouse=True)
def elements(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> int:
    """Scores in a slab; the least is under a row's."""
    monkeypatch.setattr(slabs, "CPU_ELEMENTS", request.param)
    return request.param


def reference(looked: Looked) -> np.ndarray:
    """`(k, N, N)` softmax in float64."""
    scores = (looked.queries.double() @ looked.keys.double().transpose(1, 2)).numpy()
    scores /= np.sqrt(WIDTH)
    if looked.causal:
        scores = np.where(np.tri(TOKENS, dtype=bool), scores, -np.inf)
    powers = np.exp(scores - scores.max(-1, keepdims=True))
    return powers / powers.sum(-1, keepdims=True)


def averaged(whole: np.ndarray, size: int) -> np.ndarray:
    """Means over blocks of `size`, the last of what is left."""
    at = range(0, whole.shape[-1], size)
    blocks = [[whole[:, a : a + size, b : b + size].mean((1, 2)) for b in at] for a in at]
    return np.moveaxis(np.array(blocks), -1, 0)


def test_no_slab_holds_more_than_it_may(looked: Looked, elements: int) -> None:
    rows = 0
    for slab in slabs.slabs(looked):
        assert slab.scores.numel() <= max(elements, TOKENS)
        rows += (slab.last - slab.first) * (slab.stop - slab.start)
    assert rows == HEADS * TOKENS


def test_a_causal_slab_leaves_out_the_keys_that_come_later(elements: int) -> None:
    x = torch.randn(1, 64, WIDTH)
    for slab in slabs.slabs(Looked(x, x, True)):
        assert slab.scores.shape[-1] == slab.stop


@pytest.mark.parametrize(("start", "stop"), [(0, TOKENS), (0, 1), (120, 167), (300, 301)])
def test_rows(looked: Looked, start: int, stop: int) -> None:
    rows = slabs.softmax_rows(looked, start, stop).numpy()
    np.testing.assert_allclose(rows, reference(looked)[:, start:stop], atol=1e-5)


def test_columns(looked: Looked) -> None:
    sums, expected = slabs.log_sums(looked), reference(looked)
    for key in (0, 149, TOKENS - 1):
        found = slabs.column(looked, sums, key).numpy()
        np.testing.assert_allclose(found, expected[:, :, key], atol=1e-5)


@pytest.mark.parametrize("side", [1, 7, 24, 100, 300, TOKENS, None])
def test_block_means_with_a_ragged_last_block(looked: Looked, side: int | None) -> None:
    size = 1 if side is None else -(-TOKENS // side)
    expected = averaged(reference(looked), size)
    found = slabs.block_means(looked, side).numpy()
    assert found.shape == expected.shape
    assert found.shape[-1] <= (side or TOKENS)
    np.testing.assert_allclose(found, expected, atol=1e-5)
    norms = torch.rand(HEADS, TOKENS)
    weighed = averaged(reference(looked) * norms[:, None].double().numpy(), size)
    np.testing.assert_allclose(slabs.block_means(looked, side, norms).numpy(), weighed, atol=1e-5)


@pytest.mark.parametrize("counted", [0, 290])
def test_summaries(looked: Looked, counted: int) -> None:
    expected = reference(looked)
    maps, entropy, shares = (x.numpy() for x in slabs.summary(looked, 24, SPANS, counted))
    np.testing.assert_allclose(maps, averaged(expected, 13), atol=1e-6)
    rows = expected[:, counted:]
    each = -(rows * np.log(np.where(rows > 0, rows, 1))).sum(-1)
    seen = np.arange(counted, TOKENS) + 1 if looked.causal else np.full(TOKENS - counted, TOKENS)
    np.testing.assert_allclose(entropy, (each / np.log(np.maximum(seen, 2))).mean(-1), atol=1e-5)
    parts = np.stack([rows[..., a:b].sum(-1).mean(-1) for a, b in SPANS], -1)
    np.testing.assert_allclose(shares, parts, atol=1e-5)
    np.testing.assert_allclose(shares.sum(-1), 1, atol=1e-5)


def test_entropy_is_0_for_one_token_and_1_for_all_alike() -> None:
    alike = Looked(torch.zeros(1, 40, WIDTH), torch.randn(1, 40, WIDTH), False)
    assert slabs.summary(alike, 8, [(0, 40)], 0)[1].item() == pytest.approx(1, abs=1e-5)
    basis = 100 * torch.eye(40)[None]
    assert slabs.summary(Looked(basis, basis, True), 8, [(0, 40)], 0)[1].item() < 1e-5


def test_sharp_attention_makes_no_subnormal_numbers() -> None:
    """Powers near zero are slow to compute with; what is masked is zero."""
    queries, keys = torch.randn(2, 1, 64, WIDTH, generator=torch.Generator().manual_seed(3))
    found = 0
    for slab in slabs.slabs(Looked(40 * queries, keys, True)):
        small = slab.powers[(slab.powers > 0) & (slab.powers < 1e-20)]
        assert bool((small > torch.finfo(torch.float32).tiny * 1e10).all())
        found += small.numel()
        assert not slab.powers[0].triu(slab.start + 1).any()
    assert found > 100


def test_half_precision_is_summed_in_single(looked: Looked) -> None:
    half = Looked(looked.queries.bfloat16(), looked.keys.bfloat16(), looked.causal)
    single = Looked(half.queries.float(), half.keys.float(), looked.causal)
    assert torch.equal(slabs.block_means(half, 24), slabs.block_means(single, 24))
