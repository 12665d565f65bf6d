"""Reading out: the line is the prompt's own, and holds what the model said to look for."""

from __future__ import annotations

import pytest
import torch

from v25.api import V25Model
from v25.processing import END, LOOKUP, Processor
from v25.quoting import LONGEST, STYLES, Quote, holding
from v25.schema import Generation

CATALOGUE = """Our list
12. apples by Norvo, $37, crisp
37. pears by Quell, $12, juicy
137. apples by Tarn, $8, sweet

An ad for number 37 please"""


@pytest.fixture
def processor(tiny_model: V25Model) -> Processor:
    return tiny_model.processor


def after(processor: Processor, said: str) -> Quote:
    quote = Quote(processor, CATALOGUE)
    for token in (LOOKUP, *processor.encode(said)[0]):
        quote.add(token)
    return quote


def first_tokens(processor: Processor, *lines: str) -> set[int]:
    return {processor.encode(line)[0][0] for line in lines}


def test_what_an_entry_is_told_by_is_free_but_for_its_end(processor: Processor) -> None:
    for said in ("", "3", "37 of them"):
        rule = after(processor, said).rule(begun=True)
        assert rule.only is None
        assert set(rule.forbidden) == {END, *STYLES}
        assert rule.sure


def test_only_lines_that_hold_it_may_follow(processor: Processor) -> None:
    lines = CATALOGUE.splitlines()
    rule = after(processor, "Quell\n").rule(begun=True)
    assert set(rule.only) == first_tokens(processor, lines[2])
    rule = after(processor, "apples\n").rule(begun=True)
    assert set(rule.only) == first_tokens(processor, lines[1], lines[3])
    assert set(after(processor, "zebra\n").rule(begun=True).only) == first_tokens(
        processor, *(line for line in lines if line)
    )


@pytest.mark.parametrize("line", [2, 3])
def test_a_line_is_read_to_its_end_and_then_a_copy_begins(processor: Processor, line: int) -> None:
    text = CATALOGUE.splitlines()[line]
    quote = after(processor, f"{text.split(' ')[3]}\n")
    for token in processor.encode(text)[0]:
        rule = quote.rule(begun=True)
        assert token in rule.only
        assert rule.sure
        quote.add(token)
    rule = quote.rule(begun=True)
    assert tuple(rule.only) == STYLES
    assert not rule.sure  # which style comes is sampled as ever


def test_a_whole_word_counts_before_a_part_of_one() -> None:
    lines = [line for line in CATALOGUE.splitlines() if line]
    assert holding(lines, "37") == [lines[1], lines[2], lines[4]]
    assert holding(lines, "7") == [lines[1], lines[2], lines[3], lines[4]]
    assert holding(lines, "APPLES $8") == [lines[3]]
    assert holding(["苹果：诺沃", "梨：诺"], "诺沃") == ["苹果：诺沃"]
    assert holding(lines, "") == holding(lines, "quince") == lines
    assert holding(["a (b", "c"], "(b") == ["a (b"]


def test_what_is_told_comes_to_an_end(processor: Processor) -> None:
    quote = Quote(processor, CATALOGUE)
    token = processor.encode("7")[0][0]
    for _ in range(LONGEST):
        assert quote.rule(begun=True).only is None
        quote.add(token)
    assert quote.rule(begun=True).only == processor.encode("\n")[0][:1]


def test_nothing_is_looked_up_in_less_than_three_lines(processor: Processor) -> None:
    for text in ("", "an ad", "\n\nan ad\n\nfor apples\n", "an ad\nan ad\nan ad"):
        assert Quote(processor, text).rule(begun=False).forbidden == (LOOKUP,)
    assert not Quote(processor, CATALOGUE).rule(begun=False)


@pytest.mark.parametrize("seed", range(6))
def test_whatever_a_model_draws_its_quote_is_a_line_of_the_prompt(
    tiny_model: V25Model, monkeypatch, seed: int
) -> None:
    """An untrained model, made to look up: in both languages, whatever it says to look for."""

    def forced(vocabulary: int) -> tuple[torch.Tensor, torch.Tensor]:
        first, later = torch.full((vocabulary,), -torch.inf), torch.zeros(vocabulary)
        first[LOOKUP], later[[0, LOOKUP]] = 0.0, -torch.inf
        return first, later

    monkeypatch.setattr("v25.choosing.forbidden", forced)
    text = CATALOGUE if seed % 2 else "目录\n1号：苹果，诺沃\n2号：梨\n给2号写文案"
    made = tiny_model.generate(text, max_length=200, seed=seed, temperature=2.0)
    assert isinstance(made, Generation)
    assert made.quote in text.splitlines()
    assert made.styles
