"""Invented brands and prices: new ones for every example, so that copying is learnt, not recall."""

from __future__ import annotations

import random

_ONSETS = [
    "b",
    "c",
    "d",
    "f",
    "g",
    "h",
    "j",
    "k",
    "l",
    "m",
    "n",
    "p",
    "r",
    "s",
    "t",
    "v",
    "w",
    "z",
    "bl",
    "br",
    "ch",
    "cl",
    "cr",
    "dr",
    "fl",
    "fr",
    "gr",
    "kl",
    "pr",
    "sh",
    "sk",
    "st",
    "th",
    "tr",
]
_VOWELS = ["a", "e", "i", "o", "u", "ai", "ea", "ei", "ia", "io", "oa", "ou", "ee", "oo", "y"]
_CODAS = ["", "", "", "n", "r", "s", "l", "x", "th", "nd", "rk", "m", "t", "ck", "ll", "ra", "vik"]
_SECOND = [
    "Co & Sons",
    "Lab",
    "Studio",
    "Works",
    "House",
    "Farm",
    "Fields",
    "& Co",
    "Home",
    "Sport",
    "Foods",
    "Kitchen",
]
_HAN_END = [
    "坊",
    "家",
    "记",
    "堂",
    "社",
    "舍",
    "集",
    "田园",
    "优选",
    "良品",
    "工坊",
    "之家",
    "生活",
    "农场",
]


def han_characters() -> str:
    """The 3,755 commonest Chinese characters (GB 2312, level 1)."""
    rows = ((0xB0 + row, 0xA1 + column) for row in range(40) for column in range(94))
    decoded = (bytes(pair).decode("gb2312", errors="ignore") for pair in rows)
    return "".join(decoded)


_HAN = han_characters()


def brand(rng: random.Random) -> str:
    """A brand nobody has heard of: Latin, Chinese or mixed."""
    kind = rng.random()
    if kind < 0.45:
        return _latin(rng)
    if kind < 0.9:
        return _han(rng)
    return rng.choice((_latin(rng) + _han(rng), _han(rng) + _latin(rng)))


def _latin(rng: random.Random) -> str:
    syllables = rng.choices((1, 2, 3), (0.2, 0.6, 0.2))[0]
    word = "".join(
        rng.choice(_ONSETS) + rng.choice(_VOWELS) + (rng.choice(_CODAS) if i == 0 else "")
        for i in range(syllables)
    )
    if len(word) < 4:
        word += rng.choice(_ONSETS[:18]) + rng.choice("aeiou")
    style = rng.random()
    if style < 0.62:
        return word.capitalize()
    if style < 0.72:
        return word.upper()[:6]
    if style < 0.8:
        return word
    if style < 0.88:
        return f"{word.capitalize()} {rng.choice(_SECOND)}"
    if style < 0.94:
        return f"{word.capitalize()}{rng.randint(1, 99)}"
    return (
        word.capitalize()
        + rng.choice(_ONSETS).capitalize()
        + rng.choice(("ora", "ix", "eo", "una"))
    )


def _han(rng: random.Random) -> str:
    count = rng.choices((2, 3, 4), (0.62, 0.3, 0.08))[0]
    word = "".join(rng.choice(_HAN) for _ in range(count))
    return word[:2] + rng.choice(_HAN_END) if rng.random() < 0.15 else word


def price(rng: random.Random) -> str:
    """A price or a discount, in one of the currencies and ways of saying it."""
    whole = rng.choice((rng.randint(3, 99), rng.randint(100, 999), rng.randint(1000, 4999)))
    cents = rng.choice(("", "", ".9", ".99", ".5", f".{rng.randint(10, 99)}"))
    off = rng.choice((5, 10, 15, 20, 25, 30, 35, 40, 50, 60, 70))
    fold = rng.choice(("9", "8", "7", "6", "5", "8.5", "7.5", "6.8", "9.5", "8.8"))
    return rng.choice(
        (
            f"{whole}{cents}元",
            f"{whole}元",
            f"¥{whole}{cents}",
            f"{whole}块",
            f"{fold}折",
            f"{fold}折",
            f"立减{off}元",
            f"满{rng.randint(1, 9) * 100}减{off}",
            rng.choice(("买一送一", "第二件半价", "半价")),
            f"${whole}{cents}",
            f"${whole}{cents}",
            f"£{whole}{cents}",
            f"€{whole}{cents}",
            f"{off}% off",
            f"{off}% off",
            f"save ${off}",
            rng.choice(("buy one get one free", "half price", "two for one")),
        )
    )
