"""What a run reads of a photo and a spoken command, beyond what each says alone."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from v25.api import V25Model
from v25.labels import LABEL_PRODUCTS
from v25.lexicon import PRODUCTS
from v25.reading import WHOLE_PHOTO
from v25.schema import Generation, Token


class Ears:
    """A recogniser that hears the same in every sound."""

    usable, name = True, "ears"

    def __init__(self, heard: str) -> None:
        self.heard = heard

    def transcribe(self, samples: np.ndarray, rate: int) -> str:
        return self.heard


@pytest.fixture
def hearing(tiny_model: V25Model, photo: np.ndarray, sound: Any, monkeypatch: Any) -> Any:
    """Generates from a photo and a sound in which `heard` is heard; any photo is sure."""
    monkeypatch.setattr("v25.schema.SURE", 1e-6)

    def generate(heard: str, **request: Any) -> Generation:
        monkeypatch.setattr(tiny_model, "_recogniser", Ears(heard))
        given = {"audio": sound, "image": photo, "max_length": 3, "seed": 1, **request}
        return tiny_model.generate(**given)

    return generate


def seen_words(made: Generation) -> list[Token]:
    """Tokens of the prompt that put into words what the photo shows."""
    tokens = [token for token in made.trace.tokens if token.modality == "image"]
    return [token for token in tokens if token.place == WHOLE_PHOTO][1:]


@pytest.mark.parametrize(("heard", "language"), [("write an ad", "en"), ("写一段文案", "zh")])
def test_a_spoken_command_is_told_the_name_of_what_is_seen(
    hearing: Any, heard: str, language: str
) -> None:
    made = hearing(heard)
    product = PRODUCTS[made.perception[0].product]
    assert LABEL_PRODUCTS[made.perception[0].label] == product.id
    last = made.trace.tokens[: made.trace.prompt_length][-len(seen_words(made)) :]
    assert list(last) == seen_words(made)
    texts = [token.text for token in seen_words(made)]
    texts = dict.fromkeys(texts) if language == "zh" else texts  # a character can be several pieces
    assert "".join(texts).strip() == getattr(product, language)[0]
    assert made.transcript == heard  # what the page shows is what was heard


@pytest.mark.parametrize(
    "request_",
    [
        {"heard": "an ad for my kiwis"},
        {"heard": "write an ad", "text": "kiwis"},
        {"heard": "", "text": "write an ad"},
        {"heard": "write an ad", "image": None},
        {"heard": "write an ad", "audio": None, "text": "write an ad"},
    ],
    ids=["names it", "types it", "is silent", "has no photo", "is typed"],
)
def test_a_command_that_is_not_in_want_of_it_is_told_no_name(
    hearing: Any, request_: dict[str, Any]
) -> None:
    assert seen_words(hearing(**request_)) == []


def test_what_nobody_is_sure_of_is_not_put_into_words(hearing: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr("v25.schema.SURE", 1.1)
    assert seen_words(hearing("write an ad")) == []


def test_a_transcript_is_doubted_where_it_names_another_product(
    tiny_model: V25Model, photo: np.ndarray, sound: Any, monkeypatch: Any
) -> None:
    """In noise "it" was heard as "a hat" over a photo of shorts."""
    monkeypatch.setattr("v25.schema.SURE", 1e-6)
    given: list[Any] = []

    def transcript(letters: np.ndarray, doubted: Any) -> str:
        given.append(doubted)
        return "sell it"

    monkeypatch.setattr(tiny_model.processor, "transcript", transcript)
    made = tiny_model.generate(audio=sound, image=photo, max_length=2)
    seen = PRODUCTS[made.perception[0].product].en[0]
    assert [given[0](f"sell {name}") for name in (seen, "it", "a hat")] == [False, False, True]
    tiny_model.generate(audio=sound, image=photo, text="a hat", max_length=2)
    tiny_model.generate(audio=sound, max_length=2)
    assert not given[1]("sell a hat")
    assert not given[2]("sell a hat")
