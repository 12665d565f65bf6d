"""What makes each copy one of its own: details, and patterns that can be said in many ways."""

import random
import re

import pytest

from v25 import lexicon, variety
from v25.training import chinese, chinese_turns, corpus, english_turns
from v25.training.brief import Brief


@pytest.mark.parametrize("language", ["en", "zh"])
def test_most_sentences_of_fresh_copies_stand_in_no_other_row(language):
    sample = variety.draw_sample(2000, 1)
    rng, said = random.Random(33), []
    while len(said) < 600:
        order = corpus.draw_brief(rng)
        if order.language == language:
            for _, text in corpus.copies(order, rng):
                said += variety.sentences(text, order)
    assert 1 - sample.holds(said).mean() > 0.85


def test_commands_count_copies_with_any_measure_word():
    rng = random.Random(15)
    for number, digits in ((2, "两|2|俩"), (3, "三|3|仨")):
        styles = tuple(lexicon.STYLES)[:number]
        order = Brief("shoes", None, "鞋子", styles, False, ("warm",), True)
        texts = " ".join(chinese.command(order, rng) for _ in range(800))
        for unit in ("条", "段", "份", "款", "版", "个版本", "套"):
            assert re.search(f"(?:{digits}){unit}", texts), (number, unit)


def test_every_detail_that_a_turn_names_is_there():
    for style, text in chinese_turns.TURNS.items():
        assert style in lexicon.STYLES
        assert set(re.findall("<([a-z]+)>", text)) <= set(chinese_turns.DETAILS), style


def test_every_detail_that_an_english_turn_names_is_there():
    texts = [*english_turns.TURNS.values(), english_turns.CLAUSES]
    assert set(english_turns.TURNS) == set(lexicon.STYLES)
    for text in texts:
        assert set(re.findall(r"<(\w+)>", text)) <= set(english_turns.DETAILS)
