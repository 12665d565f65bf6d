"""A note holds the command and one entry, and knows where its characters stand in the whole."""

from __future__ import annotations

import pytest

from v25.api import V25Model
from v25.notes import MOST_SHARE, Note, as_read, note_of, take_note
from v25.processing import LOOKUP
from v25.quoting import Quote, Shared

ENTRIES = [
    "12. apples by Norvo, $31, crisp",
    "37. pears by Quell, $12, juicy",
    "41. plums by Tarn, $8, sweet",
    "55. figs by Ostra, $9, soft",
]
ASKED = "An ad for number 37 please"
CATALOGUE = "\n".join(["Our list", *ENTRIES, "", ASKED])


def note(text: str, told: str, found: str) -> Note:
    return note_of(
        text, Shared([line.strip() for line in text.splitlines() if line.strip()]), told, found
    )


def test_a_note_keeps_what_stands_around_the_entries_and_the_one_that_was_found() -> None:
    assert note(CATALOGUE, "37", ENTRIES[1]).text == f"Our list\n{ENTRIES[1]}\n\n{ASKED}"
    first = "\n".join([ASKED, "", *ENTRIES])
    assert note(first, "37", ENTRIES[1]).text == f"{ASKED}\n\n{ENTRIES[1]}"


def test_of_blank_lines_between_entries_one_is_left_and_none_at_the_ends() -> None:
    apart = "\n\n".join([*ENTRIES, ASKED])
    assert note(apart, "37", ENTRIES[1]).text == f"{ENTRIES[1]}\n\n{ASKED}"
    assert note(apart, "12", ENTRIES[0]).text == f"{ENTRIES[0]}\n\n{ASKED}"


def test_a_command_that_looks_like_an_entry_stays_since_it_tells_which() -> None:
    asked = "99. ad by Quell, $0, please"
    made = note("\n".join([*ENTRIES, asked]), "Quell", ENTRIES[1])
    assert made.text == f"{ENTRIES[1]}\n{asked}"


@pytest.mark.parametrize("gap", ["\n", "\n\n", "  \n \t\n   "])
def test_every_character_of_a_note_stands_where_it_says(gap: str) -> None:
    text = gap.join(["Our list", *ENTRIES, ASKED])
    made = note(text, "55", ENTRIES[3])
    before = -1
    for at, character in enumerate(made.text):
        start, stop = made.place(at, at + 1)
        assert stop == start + 1
        assert start > before
        assert text[start] == character or (character == "\n" and text[start].isspace())
        before = start
    whole = made.text.index("figs")
    assert text[slice(*made.place(whole, whole + 4))] == "figs"


def read_out(model: V25Model, text: str, said: str) -> Quote:
    quote = Quote(model.processor, text)
    for token in (LOOKUP, *model.processor.encode(said)[0]):
        quote.add(token)
    return quote


def test_a_note_is_taken_once_the_line_is_read_out_to_its_end(tiny_model: V25Model) -> None:
    part = read_out(tiny_model, CATALOGUE, f"37\n{ENTRIES[1][:-3]}")
    assert part.found is None
    assert take_note(CATALOGUE, part, 500) is None
    quote = read_out(tiny_model, CATALOGUE, f"37\n{ENTRIES[1]}")
    assert quote.found == ("37", ENTRIES[1])
    assert take_note(CATALOGUE, quote, 500) == note(CATALOGUE, "37", ENTRIES[1])


def test_a_text_that_a_note_hardly_shortens_is_written_from_whole(tiny_model: V25Model) -> None:
    quote = read_out(tiny_model, CATALOGUE, f"37\n{ENTRIES[1]}")
    size = len(tiny_model.processor.encode(note(CATALOGUE, "37", ENTRIES[1]).text)[0])
    assert take_note(CATALOGUE, quote, int(size / MOST_SHARE) + 1) is not None
    assert take_note(CATALOGUE, quote, int(size / MOST_SHARE) - 1) is None


BRIEFS = {
    "Product: hoodie\nBrand: Norvo\n\n  Two versions please ": (
        "Product: hoodie, Brand: Norvo, Two versions please"
    ),
    "An ad for apples.\r\nBrand: Quell": "An ad for apples. Brand: Quell",
    "三套文案\n产品：连衣裙\n价格：199元": "三套文案，产品：连衣裙，价格：199元",
    "one line": "one line",
    "1. apples\n2. Quell pears\n3. hoodie\nA post for number 2": "Quell pears, A post for number 2",
    "给第3个写文案：\n1、外套\n2、香蕉\n3、连衣裙，199元": "给第3个写文案： 连衣裙，199元",
    "No. 2 and #3:\n1) tea\n2) a hoodie\n3) Norvo milk": "No. 2 and #3: a hoodie, Norvo milk",
    "Two posts for 2:\n1. milk\n2. a hoodie": "Two posts for 2: a hoodie",
    "2 posts for this hoodie:\n1. playful\n2. premium": (
        "2 posts for this hoodie: 1. playful, 2. premium"
    ),
    "写2条文案\n1. 连衣裙\n2. 高端": "写2条文案，1. 连衣裙，2. 高端",
    "number 4, a hoodie:\n1. short\n2. playful": "number 4, a hoodie: 1. short, 2. playful",
    "3. Norvo hoodie\n7. apples\nfor 7": "3. Norvo hoodie, 7. apples, for 7",
}


@pytest.mark.parametrize("text", BRIEFS)
def test_lines_that_are_no_list_are_read_as_one_and_a_number_asked_for_tells_which(
    tiny_model: V25Model, text: str
) -> None:
    made = as_read(text, Quote(tiny_model.processor, text))
    assert made.text == BRIEFS[text]
    for word in ("hoodie", "Norvo", "Two", "Quell", "连衣裙", "199", "line"):
        if word in made.text:
            at = made.text.index(word)
            assert text[slice(*made.place(at, at + len(word)))] == word
            if made.text[at - 1] == " ":  # as a token that takes up the space before it
                assert text[slice(*made.place(at - 1, at + len(word)))].strip() == word


def test_a_list_is_read_as_it_stands(tiny_model: V25Model) -> None:
    made = as_read(CATALOGUE, Quote(tiny_model.processor, CATALOGUE))
    assert made.text == CATALOGUE
    assert made.place(5, 9) == (5, 9)
