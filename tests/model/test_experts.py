"""The mixture of experts equals a loop over tokens and experts, on both of its paths."""

from __future__ import annotations

import pytest
import torch
import torch.nn.functional as F
from torch import Tensor

from v25.model.experts import FEW_TOKENS, MANY_TOKENS, MixtureOfExperts, product

WIDTH, HIDDEN, EXPERTS, ACTIVE = 24, 10, 8, 2


@pytest.fixture
def mixture() -> MixtureOfExperts:
    with torch.random.fork_rng():
        torch.manual_seed(7)
        return MixtureOfExperts(WIDTH, HIDDEN, EXPERTS, ACTIVE).eval()


def inputs(*shape: int) -> Tensor:
    return torch.randn(*shape, WIDTH, generator=torch.Generator().manual_seed(8))


def by_loop(mixture: MixtureOfExperts, x: Tensor) -> tuple[Tensor, Tensor]:
    out, routes = torch.zeros_like(x), torch.zeros(*x.shape[:2], ACTIVE, dtype=torch.long)
    up = mixture.up.weight.view(EXPERTS, 2 * HIDDEN, WIDTH)
    down = mixture.down.weight.view(WIDTH, EXPERTS, HIDDEN)
    for b in range(x.shape[0]):
        for n in range(x.shape[1]):
            token = x[b, n]
            scores = torch.sigmoid(mixture.router.weight @ token)
            chosen = (scores + mixture.balance).argsort(descending=True)[:ACTIVE]
            routes[b, n] = chosen
            for expert in chosen.tolist():
                gate, value = (up[expert] @ token).split(HIDDEN)
                share = scores[expert] / scores[chosen].sum()
                out[b, n] += share * (down[:, expert] @ (F.silu(gate) * value))
            out[b, n] += mixture.shared(token)
    return out, routes


@pytest.mark.parametrize("shape", [(1, 1), (4, 1), (2, 2), (3, 7), (2, MANY_TOKENS)], ids=str)
def test_equals_a_loop_over_tokens_and_experts(
    mixture: MixtureOfExperts, shape: tuple[int, int]
) -> None:
    with torch.no_grad():
        x = inputs(*shape)
        expected, routes = by_loop(mixture, x)
        y, chosen = mixture(x)
    torch.testing.assert_close(y, expected, atol=1e-5, rtol=1e-4)
    assert torch.equal(chosen.sort(-1).values, routes.sort(-1).values)


def test_a_long_prompt_that_leaves_experts_idle_is_read_as_the_dense_path_does(
    mixture: MixtureOfExperts,
) -> None:
    x = inputs(1, MANY_TOKENS)
    mixture.balance[[1, 6]] = 5.0
    with torch.inference_mode():
        weights, chosen = mixture.route(x)
        assert set(chosen.flatten().tolist()) == {1, 6}
        expected = mixture._dense(x, weights, chosen)
        torch.testing.assert_close(
            mixture._sorted(x, weights, chosen), expected, atol=1e-5, rtol=1e-4
        )
        torch.testing.assert_close(mixture(x)[0], mixture.shared(x) + expected)


@pytest.mark.parametrize("shape", [(FEW_TOKENS, 1), (5, 1), (FEW_TOKENS + 1, 1), (2, 3), (4,), ()])
@pytest.mark.parametrize("narrower", [False, True])
def test_a_product_of_few_tokens_is_that_of_many(shape: tuple[int, ...], narrower: bool) -> None:
    x, linear = inputs(*shape), torch.nn.Linear(WIDTH, 10 if narrower else 50, bias=False)
    with torch.inference_mode():
        found = product(x, linear)
        assert found.is_contiguous()  # else what follows may copy its weights once a row
        torch.testing.assert_close(found, linear(x), atol=1e-5, rtol=1e-4)
    product(x, linear).sum().backward()
    torch.testing.assert_close(linear.weight.grad[0], x.reshape(-1, WIDTH).sum(0))


def test_the_gathered_path_equals_the_dense_one(mixture: MixtureOfExperts) -> None:
    x = inputs(3, 5)
    weights, chosen = mixture.route(x)
    torch.testing.assert_close(
        mixture._gathered(x, weights, chosen),
        mixture._dense(x, weights, chosen),
        atol=1e-5,
        rtol=1e-4,
    )


def test_few_tokens_read_only_the_chosen_experts(
    mixture: MixtureOfExperts, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mixture, "_dense", None)
    mixture(inputs(1, 1))
    mixture(inputs(4, 1))
    with pytest.raises(TypeError):
        mixture(inputs(5, 1))


def test_the_router_gets_gradient(mixture: MixtureOfExperts) -> None:
    mixture.train()
    y, _ = mixture(inputs(2, 6))
    (y * inputs(2, 6).flip(1)).sum().backward()
    assert float(mixture.router.weight.grad.abs().sum()) > 0
    assert mixture.balance.grad is None


def test_balance_moves_the_choice_and_not_the_weight(mixture: MixtureOfExperts) -> None:
    x = inputs(2, 9)
    scores = torch.sigmoid(mixture.router(x))
    mixture.balance[3] = 10.0
    weights, chosen = mixture.route(x)
    assert bool((chosen == 3).any(-1).all())
    expected = scores.gather(-1, chosen)
    torch.testing.assert_close(weights, expected / expected.sum(-1, keepdim=True))


def test_balance_is_saved_but_not_trained(mixture: MixtureOfExperts) -> None:
    assert "balance" in mixture.state_dict()
    assert "balance" not in dict(mixture.named_parameters())
