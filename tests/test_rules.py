"""One row's rule for its next token."""

from __future__ import annotations

import math

import torch

from v25.rules import FREE, Rule


def held(rule: Rule) -> list[float]:
    scores = torch.tensor([0.5, 1.5, 2.5, -math.inf, 4.5])
    rule.hold(scores)
    return scores.tolist()


def test_what_is_forbidden_cannot_be_drawn_and_the_rest_keeps_its_score() -> None:
    assert held(Rule((0, 4))) == [-math.inf, 1.5, 2.5, -math.inf, -math.inf]
    assert held(FREE) == [0.5, 1.5, 2.5, -math.inf, 4.5]


def test_only_what_is_named_can_be_drawn_unless_it_could_not_be_anyway() -> None:
    assert held(Rule(only=(1, 3))) == [-math.inf, 1.5, -math.inf, -math.inf, -math.inf]
    assert held(Rule((1,), only=(1, 2))) == [-math.inf, -math.inf, 2.5, -math.inf, -math.inf]


def test_a_rule_that_says_nothing_is_false() -> None:
    assert not FREE
    assert not Rule([])
    assert all((Rule((1,)), Rule(only=(1,)), Rule(only=()), Rule(sure=True)))
