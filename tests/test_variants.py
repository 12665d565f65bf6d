"""Symbols to copies: styles begin them, and characters are never halved."""

from __future__ import annotations

import pytest

from v25.api import V25Model
from v25.processing import END, FIRST_STYLE, LOOKUP, START, Processor
from v25.variants import (
    Sentences,
    join_variants,
    own_tokens,
    quote_of,
    split_variants,
    style_of,
    whole_text,
)

PREMIUM, PLAYFUL = FIRST_STYLE + 1, FIRST_STYLE + 4


@pytest.fixture
def processor(tiny_model: V25Model) -> Processor:
    return tiny_model.processor


def test_variants_are_split_at_styles_and_joined_under_their_names(tiny_model: V25Model) -> None:
    processor = tiny_model.processor
    chinese, english = (processor.encode(t)[0] for t in ("新鲜苹果", " Fresh apples "))
    styles, variants = split_variants([PREMIUM, *chinese, PLAYFUL, *english], processor)
    assert (styles, variants) == (["premium", "playful"], ["新鲜苹果", "Fresh apples"])
    assert join_variants(styles, variants) == "【高端】\n新鲜苹果\n\n[Playful]\nFresh apples"
    assert join_variants(styles[:1], variants[:1]) == "新鲜苹果"
    assert join_variants([], []) == ""


def test_only_tokens_of_styles_open_a_variant(tiny_model: V25Model) -> None:
    assert style_of(PREMIUM) == "premium"
    assert style_of(FIRST_STYLE + 8) is None
    assert style_of(START) is style_of(END) is None
    assert split_variants([], tiny_model.processor) == ([], [])
    assert split_variants([50, 60], tiny_model.processor) == ([], [])
    assert split_variants([PREMIUM, PLAYFUL], tiny_model.processor)[1] == ["", ""]


def test_a_character_cut_by_the_next_style_goes_and_one_at_the_end_waits(
    tiny_model: V25Model,
) -> None:
    processor = tiny_model.processor
    cut = processor.encode("鞋龘")[0][:-1]
    assert whole_text([PREMIUM, *cut, PLAYFUL, *cut], processor) == "鞋\n\n鞋\ufffd"
    assert split_variants([PREMIUM, *cut], processor)[1] == ["鞋"]


def test_own_tokens_lie_where_the_whole_text_has_them(tiny_model: V25Model) -> None:
    processor = tiny_model.processor
    ids = [PREMIUM, *processor.encode("Fresh 苹果")[0], PLAYFUL, *processor.encode("a b")[0]]
    text = whole_text(ids, processor)
    tokens = own_tokens(ids, processor)
    assert [t.text for t in tokens[:2]] == ["▸", "‹premium›"]
    assert len(tokens) == len(ids) + 1
    assert tokens[-1].place[1] == len(text)
    for token in tokens:
        if token.text[0] not in "▸‹" and "\ufffd" not in token.text:
            assert text[slice(*token.place)] == token.text


def after(processor: Processor, *texts: str) -> Sentences:
    """What is known once a copy's `texts` are written, one after the other."""
    sentences = Sentences(processor)
    for token in (FIRST_STYLE, *(t for text in texts for t in processor.encode(text)[0])):
        sentences.add(token)
    return sentences


def test_a_sentence_is_not_written_twice(processor: Processor) -> None:
    said = "Nothing is missing here."
    ids = processor.encode(said)[0]
    for written in range(len(ids)):
        sentences = after(processor, said)
        for token in ids[:written]:
            sentences.add(token)
        late = written >= int(0.6 * len(ids))
        assert list(sentences.rule(frozenset()).forbidden) == ([ids[written]] if late else [])


def test_words_of_the_prompt_are_always_free(processor: Processor) -> None:
    said = "Nothing is missing here."
    ids = processor.encode(said)[0]
    sentences = after(processor, said)
    for token in ids[:-1]:
        sentences.add(token)
    assert not sentences.rule(frozenset({ids[-1]}))


def test_shouts_and_other_copies_may_say_it_again(processor: Processor) -> None:
    for texts in (("好吃！",), ("Nothing is missing here.", "")):
        sentences = after(processor, *texts)
        if len(texts) > 1:
            sentences.add(FIRST_STYLE + 1)
        for token in processor.encode(texts[0])[0][:-1]:
            sentences.add(token)
        assert not sentences.rule(frozenset())


def test_what_is_looked_up_is_a_quote_and_in_no_copy(tiny_model: V25Model) -> None:
    processor = tiny_model.processor
    found = processor.encode("37\nNo. 37: apples by Norvo, $5")[0]
    words = processor.encode("Fresh apples")[0]
    ids = [LOOKUP, *found, PREMIUM, *words]
    assert quote_of(ids, processor) == "No. 37: apples by Norvo, $5"
    assert split_variants(ids, processor) == (["premium"], ["Fresh apples"])
    assert whole_text(ids, processor) == "Fresh apples"
    assert quote_of(ids[1:], processor) is None
    assert quote_of([], processor) is quote_of([LOOKUP], processor) is None
    assert quote_of([LOOKUP, *processor.encode("37\n")[0]], processor) is None
    tokens = own_tokens(ids, processor)
    assert tokens[1].text == "‹look up›"
    assert all(token.place == (0, 0) for token in tokens[: len(found) + 3])
    assert tokens[-1].place[1] == len("Fresh apples")


def test_reading_out_ends_with_the_first_style(tiny_model: V25Model) -> None:
    processor = tiny_model.processor
    sentences = Sentences(processor, "1. apples, $3, new\n2. pears, $4, red\n\nAn ad for 2")
    assert sentences.rule(frozenset()).only == (LOOKUP,)
    for token in (LOOKUP, *processor.encode("2")[0]):
        sentences.add(token)
        assert END not in sentences.rule(frozenset()).only
    sentences.add(PREMIUM)
    assert not sentences.rule(frozenset())


def test_a_command_without_a_catalogue_looks_nothing_up(tiny_model: V25Model) -> None:
    sentences = Sentences(tiny_model.processor, "three copies\nfor apples")
    assert sentences.rule(frozenset()).forbidden == (LOOKUP,)
    sentences.add(PREMIUM)
    assert not sentences.rule(frozenset())
    for seed in range(40):
        stream = tiny_model.stream("apples\nred", max_length=2, seed=seed, temperature=5, top_p=1)
        list(stream)
        assert stream._run.rows[0].ids[0] != LOOKUP


def test_nothing_comes_four_times_in_a_row(processor: Processor) -> None:
    sentences = Sentences(processor, "an ad")
    (token,) = processor.encode("a")[0]
    (other,) = processor.encode("b")[0]
    sentences.add(PREMIUM)
    for word in (token, token, other, token, token):
        sentences.add(word)
        assert not sentences.rule(frozenset())
    sentences.add(token)
    assert list(sentences.rule(frozenset({token})).forbidden) == [token]
    sentences.add(PLAYFUL)
    assert not sentences.rule(frozenset())


def test_the_first_piece_of_a_character_shows_all_of_it(tiny_model: V25Model) -> None:
    processor = tiny_model.processor
    for ids in ([PREMIUM, *processor.encode("a 郑 b")[0]], [LOOKUP, *processor.encode("郑")[0]]):
        texts = [token.text for token in own_tokens(ids, processor)]
        assert "郑" in texts
        assert "".join(texts[texts.index("郑") + 1 :]).replace("\ufffd", "") in ("", " b")
    cut = processor.encode("郑")[0][:-1]
    assert [token.text for token in own_tokens([PREMIUM, *cut], processor)][2:] == ["\ufffd"] * len(
        cut
    )
