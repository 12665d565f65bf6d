"""Invented brands come in every shape that real ones have."""

import random
import re

import pytest

from v25 import lexicon
from v25.training import names

BRANDS = [names.brand(random.Random(i)) for i in range(6000)]


@pytest.mark.parametrize(
    "start", ["Qu", "Ph", "Sw", "Sp", "Wh", "Y", "Kn", "Sn", "Gl", "Pl", "Tw", "Sch", "Wr", "A"]
)
def test_brands_begin_in_many_ways(start):
    assert sum(brand.startswith(start) for brand in BRANDS) >= 10


@pytest.mark.parametrize(
    "shape",
    [
        r"[a-z][A-Z]",
        r"'s$",
        r"^[ODL]'[A-Z]",
        r"[a-z]-",
        r"[à-ÿ]",
        r"^\d+[A-Z]",
        r"[a-z]\d+$",
        r" & ",
    ],
)
def test_brands_have_many_shapes(shape):
    assert sum(bool(re.search(shape, brand)) for brand in BRANDS) >= 20


def test_brands_of_both_scripts_differ_and_name_no_selling_point():
    assert len(set(BRANDS)) > 0.99 * len(BRANDS)
    assert 0.35 < sum(lexicon.is_chinese(brand) for brand in BRANDS) / len(BRANDS) < 0.6
    named = [b for b in BRANDS if any(lexicon.mentions(b, p) for p in lexicon.POINTS.values())]
    assert len(named) < 0.005 * len(BRANDS), named


def test_brands_are_one_line_without_marks_of_the_grammar():
    for brand in BRANDS:
        assert brand == brand.strip()
        assert 2 <= len(brand) <= 40
        assert not re.search(r"[\[\]{}|<>#.\n]", brand), brand
