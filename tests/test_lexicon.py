"""Names are complete in both languages and found where they stand."""

from __future__ import annotations

import pytest

from v25 import labels, lexicon

TABLES = {
    "products": lexicon.PRODUCTS,
    "styles": lexicon.STYLES,
    "points": lexicon.POINTS,
    "colours": lexicon.COLOURS,
    "audiences": lexicon.AUDIENCES,
    "occasions": lexicon.OCCASIONS,
}


@pytest.mark.parametrize("name", TABLES)
def test_every_term_has_a_name_in_both_languages(name: str) -> None:
    for id_, term in TABLES[name].items():
        assert term.id == id_
        assert all(term.zh)
        assert all(term.en)
        assert any(lexicon.is_chinese(n) or "衫" in n or "恤" in n for n in term.zh)
        assert not any(lexicon.is_chinese(n) for n in term.en)
        assert len(set(term.zh)) == len(term.zh)


def test_the_tables_are_as_long_as_the_design_says() -> None:
    groups = [p.group for p in lexicon.PRODUCTS.values()]
    assert (groups.count("clothing"), groups.count("grocery")) == (17, 43)
    assert len(lexicon.STYLES) == 8
    assert (len(lexicon.CLOTHING_POINTS), len(lexicon.GROCERY_POINTS)) == (16, 10)


def test_every_label_of_the_photo_is_a_product() -> None:
    assert len(labels.LABELS) == len(set(labels.LABELS)) == 98
    assert set(labels.LABEL_PRODUCTS.values()) == set(lexicon.PRODUCTS)
    assert set(labels.LABELS) == set(labels.LABELS_ZH) == set(labels.LABELS_EN)


@pytest.mark.parametrize(
    ("text", "product", "found"),
    [
        ("A cap for summer", "hat", True),
        ("Escape to the hills", "hat", False),
        ("LIMES from Mexico", "lime", True),
        ("sublime taste", "lime", False),
        ("这顶棒球帽很酷", "hat", True),
        ("一双鞋", "hat", False),
    ],
)
def test_mentions_finds_whole_words(text: str, product: str, found: bool) -> None:
    assert lexicon.mentions(text, lexicon.PRODUCTS[product]) is found


@pytest.mark.parametrize(
    ("text", "chinese"),
    [("新鲜苹果 Aurora", True), ("Fresh apples 苹果", False), ("", False), ("99", False)],
)
def test_the_language_of_a_text(text: str, chinese: bool) -> None:
    assert lexicon.is_chinese(text) is chinese
