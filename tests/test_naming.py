"""Products by name: those that a text names, and what a photo is called."""

from __future__ import annotations

import pytest

from v25.naming import likeliest, named_products, names_another, seen_name, tells_product
from v25.schema import Generation, Label, Media

APPLES = (Label("Pink-Lady", "apple", 0.25), Label("Royal-Gala", "apple", 0.25))


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("一口苹果汁", {"juice"}),
        ("苹果和橙子", {"apple", "orange"}),
        ("鲜橙汁", {"juice"}),
        ("oat-milk, or soy milk", {"oat-milk", "soy-milk"}),
        ("Milk for all", {"milk"}),
        ("two T-shirts", {"t-shirt"}),
        ("a shirt", {"shirt"}),
        ("shirting, undershirted", set()),
        ("一箱凤梨", {"pineapple"}),
        ("安茹梨", {"pear"}),
        ("长袖T恤", {"longsleeve"}),
        ("女士衬衫", {"blouse"}),
        ("酸奶油和燕麦酸奶", {"sour-cream", "oatghurt"}),
        ("an orange bell pepper", {"pepper"}),
        ("sweet potatoes and dresses", {"potato", "dress"}),
        ("It came out near the top; mind the dress code, escape.", set()),
    ],
)
def test_a_name_inside_a_longer_one_does_not_count(text, named):
    assert set(named_products(text)) == named


def test_the_likeliest_product_has_all_its_labels_together():
    assert likeliest((Label("Kiwi", "kiwi", 0.3), *APPLES)) == "apple"


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("write a story", "apples"),
        ("写一个故事", "苹果"),
        ("a story of my kiwis", None),
        ("", "apples"),
    ],
)
def test_what_is_surely_seen_has_a_name_in_the_command_s_language(said, name):
    assert seen_name(APPLES, said) == name


def test_what_nobody_is_sure_of_has_none():
    assert seen_name((), "write a story") is None
    assert seen_name((Label("Kiwi", "kiwi", 0.25), APPLES[0]), "write a story") is None


@pytest.mark.parametrize(
    ("said", "typed", "another"),
    [
        ("a story of this hat", "", True),
        ("a story of these apples", "", False),
        ("a story of apples and a hat", "", False),
        ("a story", "", False),
        ("a story of this hat", "hat", False),
        ("写一条帽子文案", "", True),
    ],
)
def test_a_command_names_another_product_than_the_photo(said, typed, another):
    assert names_another(APPLES, typed)(said) == another
    assert not names_another((), typed)(said)


@pytest.mark.parametrize(
    ("made", "told"),
    [
        (Generation(media=Media(text="An ad for a hat")), True),
        (Generation(media=Media(text="An ad for a ceramic mug")), False),
        (Generation(media=Media(), transcript="帽子的文案"), True),
        (Generation(media=Media(), transcript=""), False),
        (Generation(media=Media(text="Make it funny"), perception=APPLES[:1]), True),
        (Generation(media=Media(text="1. hat\n2. mug\nNo. 2"), quote="2. mug"), False),
        (Generation("Hats!"), True),
    ],
)
def test_a_product_is_told_by_words_the_line_read_out_or_a_photo(made, told):
    assert tells_product(made) is told
