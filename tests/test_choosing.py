"""Sampling over a whole batch follows transformers' rules, row by row."""

from __future__ import annotations

import pytest
import torch
from transformers import TemperatureLogitsWarper, TopPLogitsWarper

from v25.choosing import NARROW, Settings, choose, forbidden
from v25.processing import FIRST_STYLE, LOOKUP, PAD, START
from v25.rows import Row, generator_of
from v25.schema import Request
from v25.variants import Sentences

SIZE = 2000


def scores(rows: int, spread: float = 3.0) -> torch.Tensor:
    return spread * torch.randn(rows, SIZE, generator=torch.Generator().manual_seed(1))


def settings(*requests: Request) -> Settings:
    rows = [Row(r, generator_of(r.seed), Sentences(None)) for r in requests]
    return Settings(rows, SIZE, torch.device("cpu"))


@pytest.mark.parametrize("temperature", [0.3, 0.7, 1.5])
@pytest.mark.parametrize("top_p", [0.2, 0.9, 1.0])
@pytest.mark.parametrize("narrow", [True, False])
def test_each_token_comes_as_often_as_transformers_rules_say(
    temperature: float, top_p: float, narrow: bool
) -> None:
    """Evenly spread chances meet each token in proportion to its probability."""
    logits = scores(1)
    wanted = TemperatureLogitsWarper(temperature)(None, logits)
    if top_p < 1:
        wanted = TopPLogitsWarper(top_p)(None, wanted)
    wanted = wanted[0].softmax(-1)
    count = 20_000
    own = settings(Request("a", temperature=temperature, top_p=top_p))
    chances = (torch.arange(count) + 0.5) / count
    found = torch.zeros(SIZE)
    for part in chances.split(500):
        many = logits.expand(len(part), -1)
        heat, nucleus = own.temperature.expand(len(part)), own.top_p.expand(len(part))
        tokens = choose(many, heat, nucleus, part, narrow)
        found += torch.bincount(tokens, minlength=SIZE)
    torch.testing.assert_close(found / count, wanted, atol=2e-3, rtol=0.02)
    assert (found[wanted == 0] == 0).all()


def test_rows_with_different_settings_do_not_touch_each_other() -> None:
    requests = [
        Request("a", temperature=t, top_p=p, seed=s)
        for t, p, s in ((0.0, 0.9, 1), (0.7, 0.5, 2), (1.3, 1.0, 3), (1e-9, 1.0, 4))
    ]
    logits, together = scores(4), settings(*requests)
    chosen = choose(logits, together.temperature, together.top_p, together.chance[:, 5], True)
    for row, request in enumerate(requests):
        alone = settings(request)
        one = choose(
            logits[row : row + 1], alone.temperature, alone.top_p, alone.chance[:, 5], False
        )
        assert chosen[row] == one[0]
    assert chosen[0] == logits[0].argmax()
    assert chosen[3] == logits[3].argmax()


def test_a_flat_distribution_is_sorted_whole() -> None:
    """Where the likeliest few do not hold the nucleus, the others count as well."""
    logits = scores(1, spread=0.01)
    own = settings(Request("a", temperature=1.0, top_p=0.9))
    chances = torch.linspace(0, 0.999, 64)
    heat, nucleus = own.temperature.expand(64), own.top_p.expand(64)
    tokens = choose(logits.expand(64, -1), heat, nucleus, chances, True)
    rank = logits[0].argsort(descending=True).argsort()[tokens]
    assert rank.max() > 4 * NARROW
    assert rank.max() < 0.92 * SIZE


def test_a_style_or_a_look_up_comes_first_and_nothing_starts_anew() -> None:
    first, later = forbidden(SIZE)
    styles = range(FIRST_STYLE, FIRST_STYLE + 8)
    assert (first == 0).nonzero().flatten().tolist() == sorted((LOOKUP, *styles))
    assert later.isinf().nonzero().flatten().tolist() == sorted((PAD, START))
