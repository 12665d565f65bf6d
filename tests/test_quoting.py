"""Reading out: the line is the prompt's own, and holds what the model said to look for."""

from __future__ import annotations

import pytest
import torch

from v25.api import V25Model
from v25.processing import END, LOOKUP, Processor
from v25.quoting import LONGEST, STYLES, Quote, Shared, holding
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


def spelt(processor: Processor, said: str) -> set[str]:
    """What may come after `said`, as text; a line break ends it."""
    rule = after(processor, said).rule(begun=True)
    assert rule.sure
    assert not {END, *STYLES} & set(rule.only)
    return {processor.decode([token]) for token in rule.only}


def test_what_is_looked_for_stands_in_the_command_and_in_an_entry(processor: Processor) -> None:
    """The command shares 37 with an entry; 12 and "apples" are in two entries, not in it."""
    assert spelt(processor, "") == {"3"}
    assert spelt(processor, "3") == {"7"}
    assert spelt(processor, "37") >= {"\n"}
    assert not set("0123456789") & spelt(processor, "37")


def test_what_one_entry_alone_holds_is_told_at_once() -> None:
    shared = Shared(["1. red apples, £5", "2. plums, £5, red", "14. pears", "an ad for 14 pears"])
    assert shared.holds(b"14")
    assert not shared.holds(b"1")
    assert shared.begins(b"1")
    assert shared.holds(b"14 pears")
    assert shared.begins(b"pears 1")
    assert not shared.begins(b"apples")
    assert not shared.holds(b"")
    assert not shared.holds(b"pears ")


@pytest.mark.parametrize("first", [True, False])
def test_lines_before_the_entries_and_behind_them_are_the_command(first: bool) -> None:
    entries = [f"No. {n} · {name} · Label X{n} · ${n}9" for n, name in enumerate("abcdef", 3)]
    said = ["Our summer list", "A caption for Label X5's product, please, in $ prices"]
    lines = [*said, *entries] if first else [*entries, *said]
    shared = Shared(lines)
    assert shared.unlike == frozenset(said)
    assert shared.holds(b"x5")
    assert not shared.begins(b"x4")  # the command does not say it
    assert not shared.begins(b"no")  # it is in every entry and not in the command
    assert not shared.holds(b"label")  # it is in the command and in every entry
    assert not Shared(["a", "b", "c"]).unlike


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("1. apples, Norvo, $37, crisp\n2. pears, Quell, $12, juicy\nCopy for number 2", True),
        ("1、苹果，诺沃，37元，爽脆\n2、梨，奎尔，12元，多汁\n\n给奎尔的那款写一条文案", True),
        ("For Kerna:\nMilk | Alparo | $4 | new\nFigs | Kerna | $2 | sweet", True),
        ("Milk | Alparo | $4 | new\nFigs | Kerna | $2 | sweet\nA slogan for all of it", False),
        ("Milk | Alparo | $4 | fresh\nFigs | Kerna | $2 | fresh\nA slogan for all of it", False),
        ("Three ads for\nred apples\nbrand Norvo", False),
        ("Name: shoes\nBrand: Velo\nPrice: $59\nPoints: light, warm\nWrite an ad for these", False),
        ("牛奶 阿帕罗 9.9元 有机\n香蕉 索利诺 5折 香甜\n请为索利诺的那款写一条文案", True),
        ("给跑鞋写文案\n品牌是索利诺\n价格 59元", False),
        ("- Brand: Velo\n- Price: $59\n- Style: playful\nAn ad with this brand", False),
        (
            "Copy for our shoes\nBrand: Velo shoes\nPrice $59, now $49, in red, all sizes",
            False,
        ),
    ],
)
def test_an_entry_that_is_asked_for_in_a_plain_list_is_looked_up(
    tiny_model: V25Model, text: str, asks: bool
) -> None:
    rule = Quote(tiny_model.processor, text).rule(begun=False)
    assert rule.only == ((LOOKUP,) if asks else None)
    is_list = asks or "|" in text  # in any other text nothing can be looked up
    assert tuple(rule.forbidden) == (() if is_list else (LOOKUP,))


def test_the_command_is_an_end_even_where_it_looks_like_an_entry() -> None:
    lines = ["New in", *(f"No. {n}, {name}, ${n}9" for n, name in enumerate("abcdef", 3))]
    lines.append("No. 5, a caption in $, please")
    shared = Shared(lines)
    assert shared.unlike == {"New in"}
    assert shared.holds(b"5")
    assert shared.begins(b"a")  # the name of an entry as well
    assert not shared.begins(b"4")
    assert shared.entries([lines[3], lines[-1]]) == [lines[3]]
    assert shared.entries([lines[1], lines[3], lines[-1]]) == [lines[1], lines[3]]
    assert Shared(lines[1:]).entries([lines[1], lines[-1]]) == [lines[1], lines[-1]]
    assert shared.entries([lines[-1]]) == [lines[-1]]


def test_the_command_is_never_read_out_as_the_entry(processor: Processor) -> None:
    text = "1, red: pears, $7\n2, blue: plums, $9\n3, grey: figs, $8\n\nAn ad for the plums"
    quote = Quote(processor, text)
    for token in (LOOKUP, *processor.encode("plums\n")[0]):
        quote.add(token)
    assert set(quote.rule(begun=True).only) == first_tokens(processor, "2")


@pytest.mark.parametrize("told", ["Torra", "飞跃者", "102", "苹果"])
def test_a_brand_a_name_and_a_number_can_be_spelt_out(tiny_model: V25Model, told: str) -> None:
    processor = tiny_model.processor
    text = f"List\nNo. 102 hat, Torra\n103：苹果，飞跃者\n104 pears\n\n给 {told} 写文案"
    quote = Quote(processor, text)
    quote.add(LOOKUP)
    for token in processor.encode(told)[0]:
        assert token in quote.rule(begun=True).only
        quote.add(token)
    (newline,) = quote.rule(begun=True).only  # no third line holds it
    assert processor.decode([newline]) == "\n"


def test_where_no_two_lines_share_a_word_anything_may_be_told(processor: Processor) -> None:
    quote = Quote(processor, "apples\npears\nplums")
    quote.add(LOOKUP)
    rule = quote.rule(begun=True)
    assert rule.only is None
    assert set(rule.forbidden) == {END, *STYLES}


def test_only_lines_that_hold_it_may_follow(processor: Processor) -> None:
    lines = CATALOGUE.splitlines()
    rule = after(processor, "Quell\n").rule(begun=True)
    assert set(rule.only) == first_tokens(processor, lines[2])
    rule = after(processor, "apples\n").rule(begun=True)
    assert set(rule.only) == first_tokens(processor, lines[1], lines[3])
    assert set(after(processor, "zebra\n").rule(begun=True).only) == first_tokens(
        processor, *lines[1:4]
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
        quote.add(token)
    assert quote.rule(begun=True).only == processor.encode("\n")[0][:1]


@pytest.mark.parametrize(
    "text",
    [
        "三套文案\n产品：连衣裙\n卖点：透气、百搭\n品牌：云朵\n价格：199元",
        "Product: hoodie\nBrand: Norvo\nPrice: $49.90\nPoints: warm, soft\n\nTwo versions please",
        "Hi team,\n\nWe launch our apples next week.\nThree takes, sales first.\n\nThanks,\nAnna",
        "- hoodie\n- by Norvo\n- warm, soft\n- $49\nstory please",
    ],
)
def test_nothing_is_looked_up_in_a_brief_of_several_lines(processor: Processor, text: str) -> None:
    quote = Quote(processor, text)
    assert not quote.shared.listed
    assert quote.rule(begun=False).forbidden == (LOOKUP,)


def test_nothing_is_looked_up_in_less_than_three_lines(processor: Processor) -> None:
    assert Quote(processor, "apples\npears\nplums").rule(begun=False).forbidden == (LOOKUP,)
    for text in (
        "",
        "an ad",
        "a, b, c, d\na, b, c, e",
        "\n\nan ad\n\nfor apples\n",
        "an ad\nan ad\nan ad",
    ):
        assert Quote(processor, text).rule(begun=False).forbidden == (LOOKUP,)


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
    text = CATALOGUE if seed % 2 else "目录\n1号：苹果，诺沃，9元\n2号：梨，谷，8元\n给2号写文案"
    made = tiny_model.generate(text, max_length=200, seed=seed, temperature=2.0)
    assert isinstance(made, Generation)
    assert made.quote in text.splitlines()
    assert made.styles
