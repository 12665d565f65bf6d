from __future__ import annotations

import random
from dataclasses import replace

import pytest

from v25 import trials, variety
from v25.training import corpus
from v25.variety import (
    COPIES,
    DISTINCT,
    NOVEL,
    OPENINGS,
    Sample,
    draw_sample,
    fresh_shares,
    mean,
    opening,
    sentences,
    variety_shares,
)

PLAIN = replace(corpus.draw_brief(random.Random(0)), brand=None, price=None)
PRICED = replace(PLAIN, brand="Zork", price="$49.99")


def sample_of(*texts: str, brief=PLAIN) -> Sample:
    return Sample(variety._hashes([s for text in texts for s in sentences(text, brief)]))


NOTHING = sample_of()


def test_identical_copies_are_a_tenth_distinct():
    shares = variety_shares(["这双鞋真的很好穿。谁穿谁知道啊！"] * COPIES, PLAIN, NOTHING)
    assert shares[DISTINCT] == shares[OPENINGS] == pytest.approx(0.1)


def test_copies_that_share_nothing_are_wholly_distinct():
    copies = [f"The number {n} bus is here. It takes {n} people home." for n in range(COPIES)]
    shares = variety_shares(copies, PLAIN, NOTHING)
    assert shares == {DISTINCT: 1.0, OPENINGS: 1.0, NOVEL: 1.0}


def test_one_opening_for_all_is_told_apart_from_the_rest():
    copies = [f"Meet your new favourite shoes! Pair number {n} is for you." for n in range(COPIES)]
    shares = variety_shares(copies, PLAIN, NOTHING)
    assert shares[OPENINGS] == pytest.approx(0.1)
    assert shares[DISTINCT] == pytest.approx(11 / 20)


@pytest.mark.parametrize(
    "same", ["Meet your new shoes!", "meet your new shoes ✨", "Meet your new shoes. #shoes #new"]
)
def test_case_marks_emoji_and_hashtags_make_no_difference(same):
    assert sentences(same, PLAIN) == ["meetyournewshoes"]


def test_an_opening_goes_on_after_a_short_call():
    assert opening("姐妹们！这双鞋真的好穿。别犹豫了。", PLAIN) == "姐妹们这双鞋真的好穿"
    assert opening("Good news! The shoes are back. Run.", PLAIN) == "goodnewstheshoesareback"
    assert opening("", PLAIN) == ""


def test_short_facts_count_only_where_a_copy_has_nothing_else():
    assert sentences("Soft. Warm. These shoes go everywhere.", PLAIN) == ["theseshoesgoeverywhere"]
    assert sentences("Soft. Warm.", PLAIN) == ["softwarm"]
    assert sentences("🎉 #hey", PLAIN) == []


def test_a_sentence_is_found_although_its_brand_and_price_differ():
    sample = sample_of("Take the Zork pair home for $49.99. Now.", brief=PRICED)
    other = replace(PLAIN, brand="晨光", price="8折")
    shares = variety_shares(["Take the 晨光 pair home for 8折."], other, sample)
    assert shares[NOVEL] == 0
    strange = variety_shares(["Take the wrong pair home for 8折."], other, sample)
    assert strange[NOVEL] == 1


def test_a_brand_inside_a_word_is_none():
    brief = replace(PLAIN, brand="Art")
    assert sentences("Artful shoes by Art for you.", brief) == ["artfulshoesbyβforyou"]


def test_a_model_that_writes_nothing_is_not_varied():
    shares = variety_shares([""] * COPIES, PLAIN, NOTHING)
    assert shares == {DISTINCT: 0.0, OPENINGS: 0.0}
    assert NOVEL not in mean([shares])


def test_the_copies_of_a_brief_are_one_observation():
    rows = [{DISTINCT: 0.2, OPENINGS: 0.5, NOVEL: 0.0}, {DISTINCT: 0.6, OPENINGS: 0.5, NOVEL: 1.0}]
    means = mean(rows)
    assert means[DISTINCT].value == pytest.approx(0.4)
    assert {m.rows for m in means.values()} == {2}
    assert means[OPENINGS].half_width > 0  # two alike prove little


def test_the_sample_is_the_same_every_time_and_with_any_number_of_processes(monkeypatch):
    monkeypatch.setattr(variety, "TASK", 20)
    once, twice = draw_sample(50, processes=1), draw_sample(50, processes=2)
    assert once.hashes.tolist() == twice.hashes.tolist()
    assert len(once) > 100


def test_the_sample_holds_its_own_rows():
    rng = random.Random("sample-0")
    sample = draw_sample(30)
    for _ in range(30):
        brief = corpus.draw_brief(rng)
        for _, copy in corpus.copies(brief, rng):
            assert sample.holds(sentences(copy, brief)).all()


def test_a_larger_sample_holds_more_of_the_grammar_s_fresh_copies():
    briefs = [brief for brief, _ in trials.draw_orders(10, 0)]
    small, large = (
        mean([fresh_shares(brief, 0, sample) for brief in briefs])[NOVEL].value
        for sample in (NOTHING, draw_sample(1500))
    )
    assert small == 1 > large > 0


def test_orders_are_reserved_ask_for_one_copy_and_take_the_languages_in_turn():
    orders = trials.draw_orders(6, 1)
    assert orders == trials.draw_orders(6, 1)
    assert orders != trials.draw_orders(6, 2)
    for number, (brief, trial) in enumerate(orders):
        assert corpus.is_reserved(brief)
        assert (len(brief.styles), trial.expect.copies) == (1, 1)
        assert trial.groups == (brief.language,) == (("zh", "en")[number % 2],)
        assert brief.name is not None
        assert trial.image is None
