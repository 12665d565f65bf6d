"""Numbers of prices in the copy are those that were told."""

from __future__ import annotations

import pytest

from v25.api import V25Model
from v25.pricing import Prices, prices_of
from v25.processing import CURRENCIES, FIRST_STYLE, LOOKUP, Processor
from v25.rules import Rule
from v25.variants import Sentences

PREMIUM = FIRST_STYLE


@pytest.fixture
def processor(tiny_model: V25Model) -> Processor:
    return tiny_model.processor


def after(processor: Processor, told: str, copy: str, all_told: bool = False) -> Rule:
    return Prices(processor, told, all_told).rule(processor.encode(copy)[0])


def texts(processor: Processor, tokens: object) -> set[str]:
    return {processor.decode([token]) for token in tokens}


def test_prices_are_found_as_they_are_written() -> None:
    assert prices_of("two ads for $129, or € 59.90; was ¥1,299.") == {
        ("$", "129"),
        ("€", "59.90"),
        ("¥", "1,299"),
    }
    assert prices_of("只要99元，打8.5折，3条文案，5% off") == {("", "99"), ("", "8.5"), ("", "5")}
    assert prices_of("three ads for No. 7 in 2026") == frozenset()


def test_a_number_of_any_length_is_read_through_once() -> None:
    long = "7" * 1_000_000  # begun anew at each digit it would take hours
    assert prices_of(f"{long} hats") == frozenset()
    assert prices_of(f"{long}元") == {("", long)}


@pytest.mark.parametrize(
    ("command", "copy", "whole"),
    [
        ("an ad for apples, 12% off", "Apples 12", True),
        ("an ad for apples, 12% off", "Apples 1", False),
        ("an ad for apples, £12", "Apples for £12", True),
        ("an ad for apples, £12", "Apples for £12.", True),
        ("an ad for apples, £12", "Apples for £12,", True),
        ("an ad for apples, £12", "Apples on the 112", False),
        ("an ad for apples, £12, was £120", "Apples for £12", False),
        ("an ad for apples, £12, was £12.50", "Apples for £12.", False),
        ("an ad for apples, £12, was £120", "Apples for £12.", True),
        ("an ad for apples, £12, was £120", "Apples for £120", True),
        ("苹果，19.9元", "苹果只要19.9", True),
        ("苹果，19.9元", "苹果只要19", False),
        ("three ads for No. 12", "Apples for £12", False),
    ],
)
def test_no_digit_follows_a_whole_price(
    processor: Processor, command: str, copy: str, whole: bool
) -> None:
    rule = after(processor, command, copy)
    assert rule.only is None or not whole
    assert (set("0123456789") <= texts(processor, rule.forbidden)) == whole
    assert all(word[0] in "0123456789" for word in texts(processor, rule.forbidden))


@pytest.mark.parametrize(
    ("command", "copy", "following"),
    [
        ("apples, $642", "Apples for $", "6"),
        ("apples, $642", "Apples for $6", "4"),
        ("apples, $642", "Apples for $642", None),
        ("apples, $64, was $712", "now $", "67"),
        ("apples, $6, was $642", "now $6", None),
        ("apples, $6.50", "now $6", "."),
        ("apples, $6.50", "now $6.", "5"),
        ("apples, 642元", "now $", None),
        ("apples", "now $", None),
        ("apples, $642", "64 of", None),
    ],
)
def test_behind_a_currency_sign_comes_a_number_that_it_stood_before(
    processor: Processor, command: str, copy: str, following: str | None
) -> None:
    only = after(processor, command, copy).only
    assert (None if only is None else texts(processor, only)) == (
        None if following is None else set(following)
    )


def test_where_all_prices_are_told_no_other_currency_comes_up(processor: Processor) -> None:
    rule = after(processor, "pears, $12", "Pears", all_told=True)
    assert set(rule.forbidden).isdisjoint(processor.currency["$"])
    for sign in set(CURRENCIES) - {"$"}:
        assert set(processor.currency[sign]) <= set(rule.forbidden)
    assert set(processor.currency["$"]) <= set(
        after(processor, "pears, half price", "Pears", all_told=True).forbidden
    )
    assert not after(processor, "pears, half price", "Pears")


def test_behind_a_look_up_only_the_prices_of_its_line_count(processor: Processor) -> None:
    sentences = Sentences(processor, "1. apples $12\n2. pears $120\nAn ad for 1")
    for token in (LOOKUP, *processor.encode("apples\n1. apples $12")[0], PREMIUM):
        sentences.add(token)
    assert sentences.prices.told == {("$", "12")}
    for token in processor.encode("For $")[0]:
        sentences.add(token)
    assert texts(processor, sentences.rule(frozenset()).only) == {"1"}
