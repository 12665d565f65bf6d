"""Words and requests to batches; every bad setting gets its sentence."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from parts import key_of

from v25.processing import (
    END,
    FIRST_STYLE,
    PAD,
    SPECIAL_TOKENS,
    START,
    Processor,
    check_heads,
    check_request,
)
from v25.schema import Request, V25Error

NOISE = np.random.default_rng(3).normal(0, 0.1, 8_000).astype(np.float32)


@pytest.fixture(scope="module")
def processor(tiny_sizes: Any, tiny_checkpoint: Path) -> Processor:
    return Processor.from_pretrained(tiny_sizes, tiny_checkpoint)


def test_the_first_ids_are_the_marks_of_the_model(processor: Processor) -> None:
    ids = processor.tokenizer.convert_tokens_to_ids(list(SPECIAL_TOKENS))
    assert ids == list(range(len(SPECIAL_TOKENS)))
    assert (PAD, START, END, FIRST_STYLE) == (0, 1, 2, 3)


@pytest.mark.parametrize(
    "text",
    ["Aurora $49.90, 20% off!", "新鲜苹果，99元", "🎉 crème", "<s> <|premium|> </s>", " a\n b "],
)
def test_words_come_back_as_they_were(processor: Processor, text: str) -> None:
    """Also when someone types the model's own marks: they are words then."""
    ids, places = processor.encode(text)
    assert min(ids) >= len(SPECIAL_TOKENS)
    assert processor.decode(ids) == text
    assert places[0][0] == 0
    assert places[-1][1] == len(text)


def test_places_cover_the_text_in_order(processor: Processor) -> None:
    text = "写文案 for Aurora 鞋子"
    _, places = processor.encode(text)
    covered = set()
    for (start, stop), (later, _) in zip(places, [*places[1:], (len(text), 0)], strict=True):
        assert start < stop
        assert start <= later
        covered.update(range(start, stop))
    assert covered == set(range(len(text)))


def test_half_a_character_does_not_stop_it(processor: Processor) -> None:
    ids, places = processor.encode("a\ud800b")
    assert processor.decode(ids) == "a?b"
    assert places[-1][1] == 3


def test_a_batch_has_zeros_where_a_request_has_nothing(processor: Processor) -> None:
    requests = [
        Request(text=" hello "),
        Request(image=np.full((9, 9, 3), 200, np.uint8)),
        Request(audio=(16_000, NOISE)),
    ]
    batch = processor.batch(requests)
    assert batch.texts == ("hello", "", "")
    assert batch.has_image.tolist() == [False, True, False]
    assert batch.samples.tolist() == [0, 0, 8_000]
    assert [bool(p.any()) for p in batch.pixels] == [False, True, False]
    assert [bool(w.any()) for w in batch.waveform] == [False, False, True]
    alone = processor.batch(requests[:1])
    assert (alone.pixels, alone.waveform) == (None, None)


@pytest.mark.parametrize(
    ("settings", "key"),
    [
        ({}, "no_input"),
        ({"text": " \n\t　"}, "no_input"),
        ({"text": 5}, "wrong_type"),
        ({"text": b"abc"}, "wrong_type"),
        ({"text": "a", "max_length": 0}, "max_length_out_of_range"),
        ({"text": "a", "max_length": 2049}, "max_length_out_of_range"),
        ({"text": "a", "max_length": "5"}, "wrong_type"),
        ({"text": "a", "max_length": 2.5}, "wrong_type"),
        ({"text": "a", "max_length": True}, "wrong_type"),
        ({"text": "a", "temperature": -0.1}, "temperature_out_of_range"),
        ({"text": "a", "temperature": float("nan")}, "temperature_out_of_range"),
        ({"text": "a", "temperature": float("inf")}, "temperature_out_of_range"),
        ({"text": "a", "temperature": None}, "wrong_type"),
        ({"text": "a", "top_p": 0}, "top_p_out_of_range"),
        ({"text": "a", "top_p": 1.01}, "top_p_out_of_range"),
        ({"text": "a", "top_p": "1"}, "wrong_type"),
        ({"text": "a", "seed": "x"}, "wrong_type"),
        ({"text": "a" * 200_000}, "text_too_long"),
    ],
    ids=lambda value: str(value)[:40],
)
def test_bad_settings_get_their_sentence(settings: dict, key: str) -> None:
    assert key_of(lambda: check_request(Request(**settings))) == key


def test_a_huge_prompt_is_refused_quickly_and_with_the_limit(processor: Processor) -> None:
    begun = time.perf_counter()
    assert key_of(lambda: processor.batch([Request(text="文案" * 100_000)])) == "text_too_long"
    assert time.perf_counter() - begun < 0.5
    with pytest.raises(V25Error, match="16,384"):
        processor.encode("a " * 30_000)


@pytest.mark.parametrize("heads", [0, 17, -1, True, "8", 8.0, None])
def test_only_whole_numbers_of_heads_up_to_the_most(heads: object) -> None:
    assert key_of(lambda: check_heads(heads, 16)) == "heads_out_of_range"


def test_spellings_add_up_to_the_text(tiny_model) -> None:
    processor = tiny_model.processor
    for text in ("Fresh 苹果 for £12\n", "¿né? 😍", " 37"):
        ids = processor.encode(text)[0]
        assert b"".join(processor.spellings[i] for i in ids).decode() == text
    assert all(processor.spellings[i] == b"" for i in (PAD, START, END, FIRST_STYLE))
    digits = {i for i, s in enumerate(processor.spellings) if s[:1].isdigit()}
    assert set(processor.digits) == digits
    for text, of_price in (("7", True), ("$", True), ("£", True), (".", True), ("a", False)):
        assert (processor.encode(text)[0][-1] in processor.of_prices) == of_price
    assert set(processor.currency["$"]) == {
        i for i, s in enumerate(processor.spellings) if s.endswith(b"$")
    }
