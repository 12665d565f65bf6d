"""Fusion: inference's path equals training's, padding and chunks change nothing."""

from __future__ import annotations

import pytest
import torch
from parts import one_row, random_parts

from v25.model.network import V25Network


@pytest.mark.parametrize("budget", [1, 6, 10, 16])
def test_running_open_heads_equals_training_with_closed_ones_weighted_zero(
    tiny_network: V25Network, budget: int
) -> None:
    prompt = tiny_network.join(random_parts(tiny_network, [(5, 3, 9), (5, 0, 4)], 1))
    trained, gates = tiny_network.fusion(prompt.x, prompt.mask, torch.tensor([budget] * 2))
    run, run_gates, heads, _ = tiny_network.fuse(prompt, budget, 2048)
    real = prompt.mask
    torch.testing.assert_close(run[real], trained[real], atol=1e-5, rtol=1e-4)
    for a, b in zip(gates, run_gates, strict=True):
        torch.testing.assert_close(a, b, atol=1e-6, rtol=1e-5)
    assert all(h.index.shape == (2, budget) for h in heads)


def test_chunks_change_nothing(tiny_network: V25Network) -> None:
    prompt = tiny_network.join(random_parts(tiny_network, [(5, 7, 30)], 2))
    whole, *_ = tiny_network.fuse(prompt, 10, 2048)
    chunked, *_ = tiny_network.fuse(prompt, 10, 16)
    torch.testing.assert_close(whole, chunked, atol=1e-5, rtol=1e-4)


def test_padding_changes_nothing(tiny_network: V25Network) -> None:
    lengths = [(5, 8, 20), (0, 0, 3), (5, 0, 0), (0, 6, 0), (0, 2, 31)]
    parts = random_parts(tiny_network, lengths, 3)
    together = tiny_network.join(parts)
    fused, gates, heads, looked = tiny_network.fuse(together, 10, 2048)
    for row, counts in enumerate(lengths):
        alone = tiny_network.join(one_row(parts, row))
        n = sum(counts)
        assert int(together.lengths[row]) == n == alone.x.shape[1]
        single, single_gates, single_heads, single_looked = tiny_network.fuse(alone, 10, 2048)
        torch.testing.assert_close(fused[row, :n], single[0], atol=1e-5, rtol=1e-4)
        for layer in range(len(gates)):
            torch.testing.assert_close(gates[layer][row], single_gates[layer][0])
            assert torch.equal(heads[layer].index[row], single_heads[layer].index[0])
            torch.testing.assert_close(
                looked[layer].keys[row, :, :n], single_looked[layer].keys[0], atol=1e-5, rtol=1e-4
            )


def test_fusion_looks_both_ways(tiny_network: V25Network) -> None:
    parts = random_parts(tiny_network, [(0, 0, 12)], 4)
    prompt = tiny_network.join(parts)
    before, *_ = tiny_network.fuse(prompt, 16, 2048)
    prompt.x[0, 11] += 1
    after, *_ = tiny_network.fuse(prompt, 16, 2048)
    assert not torch.allclose(before[0, 0], after[0, 0])
