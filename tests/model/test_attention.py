"""Closed heads cost nothing and change nothing; gates hear what opening them would do."""

from __future__ import annotations

from dataclasses import replace

import pytest
import torch
import torch.nn.functional as F
from torch import Tensor

from v25.config import TINY
from v25.model.attention import (
    DynamicAttention,
    head_weights,
    masked_mean,
    rotary,
    rotate,
    turns,
)

WIDTH, HEADS = 64, 16


@pytest.fixture(scope="module")
def attention() -> DynamicAttention:
    with torch.random.fork_rng():
        torch.manual_seed(3)
        return DynamicAttention(WIDTH, HEADS)


@pytest.fixture(scope="module")
def prompt() -> Tensor:
    return torch.randn(2, 11, WIDTH, generator=torch.Generator().manual_seed(4))


def by_hand(
    attention: DynamicAttention, x: Tensor, weight: Tensor, mask: Tensor, cos: Tensor, sin: Tensor
) -> Tensor:
    """`softmax(QK^T) * g * V` written out head by head, in float64."""
    double = {name: p.double() for name, p in attention.named_parameters()}
    d, total = attention.head_dim, torch.zeros_like(x, dtype=torch.float64)
    q, k, v = (x.double() @ double["qkv.weight"].T).chunk(3, -1)
    for head in range(attention.heads):
        part = slice(head * d, (head + 1) * d)
        query = F.rms_norm(q[..., part], (d,), double["query_norm.weight"], 1e-6)
        key = F.rms_norm(k[..., part], (d,), double["key_norm.weight"], 1e-6)
        query, key = (_turned(t, cos, sin) for t in (query, key))
        scores = (query @ key.transpose(1, 2) / d**0.5).masked_fill(~mask, -torch.inf)
        read = scores.softmax(-1) * weight[:, head, None, None].double() @ v[..., part]
        total += read @ double["out.weight"][:, part].T
    return total


def _turned(x: Tensor, cos: Tensor, sin: Tensor) -> Tensor:
    """Each pair `(i, i + d / 2)` as a complex number, times its position's phase."""
    first, second = x.chunk(2, -1)
    half = first.shape[-1]
    phase = torch.complex(cos[:, 0, :, :half].double(), sin[:, 0, :, :half].double())
    turned = torch.complex(first, second) * phase
    return torch.cat((turned.real, turned.imag), -1)


@pytest.mark.parametrize("budget", [1, 6, 10, 16])
@pytest.mark.parametrize("causal", [False, True])
def test_packed_heads_equal_all_heads_with_the_closed_ones_masked(
    attention: DynamicAttention, prompt: Tensor, budget: int, causal: bool
) -> None:
    tokens = prompt.shape[1]
    cos, sin = rotary(torch.arange(tokens)[None], attention.head_dim, 10_000.0)
    gates = attention.gates(prompt, None)
    heads = attention.open(gates, budget)
    mask = torch.ones(tokens, tokens, dtype=torch.bool)
    mask = mask.tril() if causal else mask
    packed = attention.attend(*attention.project(prompt, heads, (cos, sin)), heads, mask)

    weight = torch.zeros_like(gates).scatter(1, heads.index, heads.gate)
    assert int((weight > 0).sum()) == 2 * budget
    torch.testing.assert_close(
        packed, by_hand(attention, prompt, weight, mask, cos, sin).float(), atol=1e-5, rtol=1e-4
    )
    trained = attention(
        prompt, head_weights(gates, torch.tensor([budget] * 2)), (cos, sin), None, causal
    )
    torch.testing.assert_close(packed, trained, atol=1e-5, rtol=1e-4)


@pytest.mark.parametrize("rows", [1, 2, 8, 9])
@pytest.mark.parametrize("forced", [False, True])
def test_single_tokens_of_several_requests_read_the_same_as_from_heads_laid_apart(
    attention: DynamicAttention, rows: int, forced: bool
) -> None:
    """Also where forced gates open more heads in one request than in the next."""
    chance = torch.Generator().manual_seed(11)
    gates = torch.rand(rows, HEADS, generator=chance)
    force = torch.full((rows, HEADS), torch.nan)
    force[0] = 0.0
    force[0, 2], force[-1, 3:] = 0.4, 0.7
    x = torch.randn(rows, 1, WIDTH, generator=chance)
    turn = rotary(torch.arange(rows)[:, None], attention.head_dim, 10_000.0)
    with torch.inference_mode():
        heads = attention.open(gates, 5, force if forced else None)
        for apart, other in zip(*(attention.project(x, heads, turn, a) for a in (True, False)),
                                strict=True):  # fmt: skip
            torch.testing.assert_close(other, apart, atol=1e-5, rtol=1e-4)
        queries, keys, values = attention.project(x, heads, turn, apart=True)
        keys, values = (torch.cat((t, t.flip(0)), 2) for t in (keys, values))
        read = [attention.attend(queries, keys, values, heads, apart=a) for a in (True, False)]
    assert read[0].shape == (rows, 1, WIDTH)
    torch.testing.assert_close(read[1], read[0], atol=1e-5, rtol=1e-4)


def test_the_heads_with_the_highest_gates_open(attention: DynamicAttention, prompt: Tensor) -> None:
    gates = attention.gates(prompt, None)
    heads = attention.open(gates, 5)
    for row in range(2):
        highest = sorted(gates[row].argsort(descending=True)[:5].tolist())
        assert heads.index[row].tolist() == highest
        assert torch.equal(heads.gate[row], gates[row, highest])


def test_closed_heads_have_no_weights_no_keys_and_no_values(
    attention: DynamicAttention, prompt: Tensor
) -> None:
    heads = attention.open(attention.gates(prompt, None), 3)
    assert heads.qkv.shape == (2, WIDTH, 3 * 3 * attention.head_dim)
    assert heads.out.shape == (2, 3 * attention.head_dim, WIDTH)
    cos, sin = rotary(torch.arange(11)[None], attention.head_dim, 10_000.0)
    for part in attention.project(prompt, heads, (cos, sin)):
        assert part.shape == (2, 3, 11, attention.head_dim)


def test_gates_lie_between_0_and_1_and_differ_between_prompts(
    attention: DynamicAttention, prompt: Tensor
) -> None:
    gates = attention.gates(prompt, None)
    assert gates.dtype == torch.float32
    assert bool(((gates > 0) & (gates < 1)).all())
    assert not torch.allclose(gates[0], gates[1])


def test_padding_does_not_move_the_gates(attention: DynamicAttention, prompt: Tensor) -> None:
    padded = torch.cat((prompt, torch.full((2, 5, WIDTH), 99.0)), 1)
    mask = torch.arange(16)[None].expand(2, -1) < 11
    torch.testing.assert_close(attention.gates(padded, mask), attention.gates(prompt, None))


def test_mean_of_no_tokens_is_zero_not_nan() -> None:
    assert torch.equal(
        masked_mean(torch.ones(1, 3, 4), torch.zeros(1, 3, dtype=torch.bool)), torch.zeros(1, 4)
    )


def test_gates_are_straight_through(attention: DynamicAttention, prompt: Tensor) -> None:
    """A closed head adds nothing, and its gate still gets a gradient."""
    gates = attention.gates(prompt, None).detach().requires_grad_()
    weight = head_weights(gates, torch.tensor([4, 9]))
    is_open = weight > 0
    assert is_open.sum(1).tolist() == [4, 9]
    assert torch.equal(weight[is_open], gates[is_open])
    assert bool((weight[~is_open] == 0).all())
    cos, sin = rotary(torch.arange(11)[None], attention.head_dim, 10_000.0)
    target = torch.randn(prompt.shape, generator=torch.Generator().manual_seed(5))
    (attention(prompt, weight, (cos, sin), None, True) * target).sum().backward()
    assert bool((gates.grad != 0).all())


def test_rotary_scores_depend_on_distance_alone() -> None:
    generator = torch.Generator().manual_seed(6)
    query, key = torch.randn(2, 1, 1, 1, 8, generator=generator)

    def score(a: int, b: int) -> Tensor:
        turned = [
            rotate(x, *rotary(torch.tensor([[p]]), 8, 100.0)) for x, p in ((query, a), (key, b))
        ]
        return (turned[0] * turned[1]).sum()

    torch.testing.assert_close(score(9, 4), score(1005, 1000), atol=1e-4, rtol=1e-4)
    assert not torch.allclose(score(9, 4), score(9, 5))


def test_still_pairs_do_not_turn_and_the_others_turn_as_before() -> None:
    positions = torch.arange(5000)[None]
    cos, sin = rotary(positions, 24, 10_000.0, still=4)
    whole = rotary(positions, 24, 10_000.0)
    moving = torch.tensor([i for i in range(24) if i % 12 < 8])
    still = torch.tensor([i for i in range(24) if i % 12 >= 8])
    assert torch.equal(cos[..., moving], whole[0][..., moving])
    assert torch.equal(sin[..., moving], whole[1][..., moving])
    assert (cos[..., still] == 1).all()
    assert (sin[..., still] == 0).all()


def test_scores_grow_with_the_logarithm_of_what_a_token_sees() -> None:
    """Twice as long in digits, twice the score; up to `scaled_from` tokens nothing changes."""
    sizes = replace(TINY, scaled_from=100)
    query, key = torch.randn(2, 1, 1, 1, sizes.head_dim)
    scores = []
    for seen in (7, 100, 10_000):
        turn = turns(torch.zeros(1, 1), torch.tensor([[seen]]), sizes)
        scores.append(float((rotate(query, *turn[-2:]) * rotate(key, *turn[:2])).sum()))
    assert scores[1] == pytest.approx(scores[0])
    assert scores[2] == pytest.approx(2 * scores[0], rel=1e-5)


def test_without_gates_every_head_is_open_with_gate_1() -> None:
    attention = DynamicAttention(64, 16, gated=False)
    assert not [name for name, _ in attention.named_parameters() if "gate" in name]
    gates = attention.gates(torch.randn(2, 5, 64), None)
    assert torch.equal(gates, torch.ones(2, 16))
    assert attention.open(gates, 16).index.tolist() == [list(range(16))] * 2
