"""Decision: no gate and no logit hears a later token; the cache equals the full forward."""

from __future__ import annotations

import pytest
import torch
from parts import cached_logits, one_row, opened, random_parts

from v25.model.network import V25Network

LENGTHS = [(5, 4, 12), (0, 0, 2), (5, 0, 30)]


def own_tokens(network: V25Network, rows: int, count: int, seed: int = 9) -> torch.Tensor:
    generator = torch.Generator().manual_seed(seed)
    return torch.randint(0, network.sizes.text.vocabulary, (rows, count), generator=generator)


@pytest.mark.parametrize("changed", [1, 5, 11])
def test_changing_token_t_changes_no_gate_and_no_logit_before_t(
    tiny_network: V25Network, changed: int
) -> None:
    parts = random_parts(tiny_network, LENGTHS, 5)
    own = own_tokens(tiny_network, 3, 12)
    other = own.clone()
    other[:, changed] = (other[:, changed] + 1) % tiny_network.sizes.text.vocabulary
    mask, budgets = torch.ones_like(own, dtype=torch.bool), torch.tensor([6, 10, 16])
    first = tiny_network(parts, own, mask, budgets)
    second = tiny_network(parts, other, mask, budgets)
    for a, b in zip(first.gates, second.gates, strict=True):
        assert torch.equal(a, b)
    assert torch.equal(first.logits[:, :changed], second.logits[:, :changed])
    assert not torch.equal(first.logits[:, changed], second.logits[:, changed])


@pytest.mark.parametrize("changed", [1, 7])
def test_so_it_is_in_the_cached_loop(tiny_network: V25Network, changed: int) -> None:
    parts = random_parts(tiny_network, LENGTHS, 6)
    own = own_tokens(tiny_network, 3, 12)
    other = own.clone()
    other[:, changed] = (other[:, changed] + 1) % tiny_network.sizes.text.vocabulary
    results = []
    for tokens in (own, other):
        _, cache, gates = opened(tiny_network, parts, 10)
        held = [h.gate.clone() for h in cache.heads]
        logits = cached_logits(tiny_network, cache, tokens)
        assert all(torch.equal(a, b.gate) for a, b in zip(held, cache.heads, strict=True))
        results.append((logits, gates))
    (first, gates), (second, other_gates) = results
    assert all(torch.equal(a, b) for a, b in zip(gates, other_gates, strict=True))
    assert torch.equal(first[:, :changed], second[:, :changed])
    assert not torch.equal(first[:, changed], second[:, changed])


@pytest.mark.parametrize("budget", [1, 6, 10, 16])
def test_cached_decoding_equals_the_full_forward(tiny_network: V25Network, budget: int) -> None:
    parts = random_parts(tiny_network, LENGTHS, 7)
    own = own_tokens(tiny_network, 3, 10)
    mask, budgets = torch.ones_like(own, dtype=torch.bool), torch.tensor([budget] * 3)
    full = tiny_network(parts, own, mask, budgets)
    _, cache, gates = opened(tiny_network, parts, budget)
    assert cache.padded
    torch.testing.assert_close(
        cached_logits(tiny_network, cache, own), full.logits, atol=1e-4, rtol=1e-4
    )
    for a, b in zip(gates, full.gates, strict=True):
        torch.testing.assert_close(a, b, atol=1e-6, rtol=1e-5)
    for layer, routes in enumerate(full.routes):
        for row, counts in enumerate(LENGTHS):
            n = sum(counts) + own.shape[1]
            cached = cache.routes[layer, row, :n].long().sort(-1).values
            assert torch.equal(cached, routes[row, :n].sort(-1).values)


def test_so_it_is_for_one_request_without_padding(tiny_network: V25Network) -> None:
    parts = one_row(random_parts(tiny_network, LENGTHS, 7), 0)
    own = own_tokens(tiny_network, 1, 10)
    full = tiny_network(parts, own, torch.ones_like(own, dtype=torch.bool), torch.tensor([10]))
    _, cache, _ = opened(tiny_network, parts, 10)
    assert not cache.padded
    torch.testing.assert_close(
        cached_logits(tiny_network, cache, own), full.logits, atol=1e-4, rtol=1e-4
    )


@pytest.mark.parametrize("chunk", [1, 7, 16])
def test_prefill_in_chunks_equals_prefill_at_once(tiny_network: V25Network, chunk: int) -> None:
    parts = random_parts(tiny_network, LENGTHS, 8)
    own = own_tokens(tiny_network, 3, 6)
    _, whole, _ = opened(tiny_network, parts, 10)
    _, chunked, _ = opened(tiny_network, parts, 10, chunk)
    assert torch.equal(whole.lengths, chunked.lengths)
    torch.testing.assert_close(
        cached_logits(tiny_network, chunked, own),
        cached_logits(tiny_network, whole, own),
        atol=1e-4,
        rtol=1e-4,
    )


def test_a_request_alone_equals_the_same_request_in_a_padded_batch(
    tiny_network: V25Network,
) -> None:
    parts = random_parts(tiny_network, LENGTHS, 9)
    own = own_tokens(tiny_network, 3, 8)
    _, cache, _ = opened(tiny_network, parts, 10)
    together = cached_logits(tiny_network, cache, own)
    for row in range(3):
        _, single, _ = opened(tiny_network, one_row(parts, row), 10)
        alone = cached_logits(tiny_network, single, own[row : row + 1])
        torch.testing.assert_close(together[row], alone[0], atol=1e-5, rtol=1e-4)


def test_the_cache_holds_open_heads_only(tiny_network: V25Network) -> None:
    _, small, _ = opened(tiny_network, random_parts(tiny_network, LENGTHS, 7), 4)
    _, large, _ = opened(tiny_network, random_parts(tiny_network, LENGTHS, 7), 16)
    assert small.keys.shape[2] == small.values.shape[2] == small.queries.shape[2] == 4
    assert 4 * small.keys.numel() == large.keys.numel()
