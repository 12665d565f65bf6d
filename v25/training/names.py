"""Invented brands and prices: new ones for every example, so that copying is learnt, not recall."""

from __future__ import annotations

import random


def _list(text: str) -> tuple[str, ...]:
    return tuple(text.split())


_ONSETS = _list("b c d f g h j k l m n p r s t v w y z")
_CLUSTERS = _list(
    """
    bl br ch cl cr dr dw fl fr gl gr kl kn kr ph pl pr qu qu rh sc sch sh sk sl sm sn sp spr st str
    sw th tr tw ts v wh wr x zh
    """
)
_VOWELS = _list("a a e e i i o o u u ai ay ea ei ia io oa ou ee oo oy au ie ue y ae")
_CODAS = ("", "", "", "", *_list("n r s l x th nd rk m t ck ll ra vik lt rn st ng sh ft b d g"))
_ENDINGS = _list(
    """
    moor well ford ton field wood ley stone brook berg bridge mark line craft nest land fox hill
    dale haven crest wick by ella etta ina ora ify ly ium ex ix io eo una ado ique able er or son ic
    """
)
_WORDS = _list(
    """
    North South Wild Bright Little Urban Quiet Quick Pine Maple River Ocean
    Moon Sun Star Stone Wolf Fox Bear Owl Finch Raven Willow Clover Honey Cedar Harbor Meadow Peak
    Cloud Ember Velvet Copper Paper Salt Tide Trail Yarn Whisper Twin Plain Glade Snow
    """
)
_SECOND = (
    "Co & Sons",
    *_list("Lab Labs Studio Works House Farm Farms Fields Home Sport Foods Kitchen Goods Supply"),
    *_list("Atelier Collective Market Orchard Dairy Garden Club Brothers Wear Outfitters"),
    "& Co",
)
_ACCENTS = {"a": "áàäå", "e": "éèêë", "i": "íï", "o": "óöô", "u": "úü", "n": "ñ", "c": "ç"}
_HAN_END = _list(
    """
    坊 家 记 堂 社 舍 集 田园 优选 良品 工坊 之家 生活 农场 斋 阁 轩 苑 铺 行 号 屋 庄 牧场 果园
    制造
    """
)


def han_characters() -> str:
    """The 3,755 commonest Chinese characters (GB 2312, level 1)."""
    rows = ((0xB0 + row, 0xA1 + column) for row in range(40) for column in range(94))
    decoded = (bytes(pair).decode("gb2312", errors="ignore") for pair in rows)
    return "".join(decoded)


_HAN = han_characters()


def brand(rng: random.Random) -> str:
    """A brand nobody has heard of: Latin, Chinese or mixed."""
    kind = rng.random()
    if kind < 0.5:
        return _latin(rng)
    if kind < 0.9:
        return _han(rng)
    return rng.choice((_latin(rng) + _han(rng), _han(rng) + _latin(rng)))


def _syllable(rng: random.Random, first: bool) -> str:
    """Beginning, vowel and (of the first) an end; some names begin with their vowel."""
    start = rng.choice(_CLUSTERS if rng.random() < 0.45 else _ONSETS)
    if first and rng.random() < 0.12:
        start = ""
    vowel = rng.choice(_VOWELS)
    if start == "qu":  # quu and quy are in no language
        vowel = rng.choice(("a", "e", "i", "o", "ai", "ee", "ie", "i"))
    return start + vowel + (rng.choice(_CODAS) if first or rng.random() < 0.15 else "")


def _word(rng: random.Random) -> str:
    """A word in lower case, of one to three syllables, often with the end of a place or a maker."""
    syllables = rng.choices((1, 2, 3), (0.35, 0.5, 0.15))[0]
    word = "".join(_syllable(rng, i == 0) for i in range(syllables))
    if len(word) < 4 or (syllables < 3 and rng.random() < 0.35):
        word += rng.choice(_ENDINGS)
    return word[:12]


def _latin(rng: random.Random) -> str:
    word = _word(rng)
    name, style = word.capitalize(), rng.random()
    if style < 0.46:
        return name
    if style < 0.7:
        return _shaped(name, word, rng)
    if style < 0.78:
        return word.upper()[:8]
    if style < 0.84:
        return word
    if style < 0.93:
        return f"{name} {rng.choice(_SECOND)}"
    return rng.choice((f"{name}{rng.randint(1, 99)}", f"{rng.randint(1, 999)}{name}"))


def _shaped(name: str, word: str, rng: random.Random) -> str:
    """A capital inside, an apostrophe, a hyphen, an accent, two words."""
    other = rng.choice(_WORDS) if rng.random() < 0.6 else _word(rng)[:6].capitalize()
    shape = rng.random()
    if shape < 0.3:
        return rng.choice((other + name[:7], name[:7] + other))
    if shape < 0.45:
        return rng.choice((f"{name}'s", f"{other}'s", f"O'{name}", f"D'{name}", f"L'{name}"))
    if shape < 0.58:
        return rng.choice((f"{name[:7]}-{other}", f"{other}-{word[:7]}"))
    if shape < 0.72:
        return rng.choice((f"{other} {name}", f"{other} & {name}", f"{name} {other}"))
    if shape < 0.86:
        return _accented(name, rng)
    return rng.choice((other, name[:6])) + rng.choice(_ENDINGS)


def _accented(name: str, rng: random.Random) -> str:
    """The name with an accent on one of its letters, not the first."""
    places = [i for i, letter in enumerate(name) if i and letter in _ACCENTS]
    if not places:
        return name
    at = rng.choice(places)
    return name[:at] + rng.choice(_ACCENTS[name[at]]) + name[at + 1 :]


def _han(rng: random.Random) -> str:
    count = rng.choices((2, 3, 4), (0.58, 0.32, 0.1))[0]
    word = "".join(rng.choice(_HAN) for _ in range(count))
    if rng.random() < 0.05:  # 阿果, 老岸, 小满
        word = rng.choice("阿老小大") + word[:2]
    return word[:2] + rng.choice(_HAN_END) if rng.random() < 0.18 else word


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
