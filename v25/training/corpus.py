"""Draws briefs, and with the two grammars turns each into a command and the copy it asks for.

Every example is drawn afresh from a seed, so a corpus is a seed and a number, not a file.
Combinations of product, styles and selling points whose checksum falls on `RESERVED` are kept
for evaluation: training never draws them.
"""

from __future__ import annotations

import json
import random
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path

from v25 import lexicon
from v25.training import chinese, english, names
from v25.training.brief import Brief, Language

RESERVED_ONE_IN = 20
MOST_BREATHS = 6.5
COLOURED = {"clothing": 0.15, "grocery": 0.02}
"""How often a command names a colour: people do of a shirt, hardly of milk."""
ANYTHING = {
    "clothing": {"zh": "单品", "en": "piece"},
    "grocery": {"zh": "好物", "en": "find"},
}
"""What a copy calls a product that nobody can be sure of."""
GRAMMARS = {"zh": chinese, "en": english}


@dataclass(frozen=True)
class Example:
    """A brief, the command that words it, and one copy for each style."""

    brief: Brief
    command: str
    copies: tuple[tuple[str, str], ...]
    """(style id, copy) in order."""


def is_reserved(brief: Brief) -> bool:
    """Whether this combination of product, styles and points is kept for evaluation."""
    key = f"{brief.product}|{','.join(brief.styles)}|{','.join(sorted(brief.points))}"
    return zlib.crc32(key.encode()) % RESERVED_ONE_IN == 0


def draw_brief(
    rng: random.Random,
    *,
    product: str | None = None,
    named: bool | None = None,
    spoken: bool = False,
    reserved: bool = False,
) -> Brief:
    """One brief, from the training combinations or (`reserved`) from the kept ones.

    Args:
        rng: source of chance.
        product: product id; drawn when None.
        named: whether the command names the product; drawn when None.
        spoken: leave out what nobody can spell by ear (brand, price).
        reserved: draw from the combinations kept for evaluation.
    """
    while True:
        brief = _draw(rng, product, named, spoken)
        if is_reserved(brief) == reserved:
            return brief


def example(brief: Brief, rng: random.Random, spoken: bool = False) -> Example:
    """The brief with a command and copy drawn for it."""
    command = GRAMMARS[brief.command_language].command(brief, rng, spoken)
    return Example(brief, command, copies(brief, rng))


def copies(brief: Brief, rng: random.Random) -> tuple[tuple[str, str], ...]:
    """One copy for each style of the brief."""
    grammar = GRAMMARS[brief.language]
    return tuple((style, grammar.copy(brief, style, rng)) for style in brief.styles)


def retarget(brief: Brief, product: str, rng: random.Random) -> Brief:
    """The same order for another product: a command that leaves the product to the photo."""
    moved = replace(brief, product=product, name=None, copy_name=_canonical(product, brief, rng))
    if not brief.points_asked:
        moved = replace(moved, points=_points(rng, product, asked=False))
    return moved


def unnamed(brief: Brief) -> Brief:
    """The same order for a photo that could be several things: the copy names none of them."""
    group = lexicon.PRODUCTS[brief.product].group
    return replace(brief, copy_name=ANYTHING[group][brief.language])


def spoken_briefs(
    count: int,
    seed: int,
    reserved: bool = False,
    languages: Sequence[Language] = ("zh", "en"),
) -> list[tuple[Brief, str]]:
    """`count` briefs with the command to say, their languages in turn."""
    rng = random.Random(seed)
    drawn = []
    while len(drawn) < count:
        brief = draw_brief(rng, spoken=True, reserved=reserved)
        if brief.command_language == languages[len(drawn) % len(languages)]:
            command = GRAMMARS[brief.command_language].command(brief, rng, True)
            if breaths(command) <= MOST_BREATHS:
                drawn.append((brief, command))
    return drawn


def breaths(command: str) -> float:
    """Roughly how many seconds saying `command` takes."""
    if lexicon.is_chinese(command):
        return len(command) / 4.5
    return len(command.split()) / 2.6


def write_briefs(path: Path, rows: Sequence[tuple[Brief, str]]) -> None:
    """JSON lines of `{"text": command, **brief}`."""
    with path.open("w", encoding="utf-8") as out:
        for brief, text in rows:
            out.write(json.dumps({"text": text, **asdict(brief)}, ensure_ascii=False) + "\n")


def read_briefs(path: Path) -> Iterator[tuple[Brief, str]]:
    """What `write_briefs` wrote."""
    known = {f.name for f in fields(Brief)}
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        values = {k: tuple(v) if isinstance(v, list) else v for k, v in row.items() if k in known}
        yield Brief(**values), row["text"]


def _draw(rng: random.Random, product: str | None, named: bool | None, spoken: bool) -> Brief:
    product = product or rng.choice(tuple(lexicon.PRODUCTS))
    language: Language = "zh" if rng.random() < 0.53 else "en"
    command_language: Language = language
    if rng.random() < 0.13:
        command_language = "en" if language == "zh" else "zh"
    named = rng.random() < 0.5 if named is None else named
    name = _name(rng, product, command_language) if named else None
    count = rng.choices((1, 2, 3), (0.38, 0.25, 0.37))[0]
    styles_asked = rng.random() < 0.55
    points_asked = rng.random() < 0.68
    brief = Brief(
        product=product,
        name=name,
        copy_name=name or "",
        styles=tuple(rng.sample(tuple(lexicon.STYLES), count)),
        styles_asked=styles_asked,
        points=_points(rng, product, points_asked),
        points_asked=points_asked,
        brand=None if spoken or rng.random() > 0.33 else names.brand(rng),
        price=None if spoken or rng.random() > 0.3 else names.price(rng),
        audience=_maybe(rng, 0.14, tuple(lexicon.AUDIENCES)),
        occasion=_maybe(rng, 0.14, tuple(lexicon.OCCASIONS)),
        length=_length(rng, count),
        colour=_maybe(rng, COLOURED[lexicon.PRODUCTS[product].group], tuple(lexicon.COLOURS)),
        language=language,
        command_language=command_language,
    )
    if name is None or language != command_language:
        brief = replace(brief, copy_name=_canonical(product, brief, rng))
    return brief


def _name(rng: random.Random, product: str, language: Language) -> str:
    choices = getattr(lexicon.PRODUCTS[product], language)
    return choices[0] if rng.random() < 0.35 else rng.choice(choices)


def _canonical(product: str, brief: Brief, rng: random.Random) -> str:
    del rng  # one name a product: the photo's label decides it, chance does not
    return getattr(lexicon.PRODUCTS[product], brief.language)[0]


def _points(rng: random.Random, product: str, asked: bool) -> tuple[str, ...]:
    clothing = lexicon.PRODUCTS[product].group == "clothing"
    fitting = lexicon.CLOTHING_POINTS if clothing else lexicon.GROCERY_POINTS
    if not asked:
        return tuple(rng.sample(fitting, rng.choice((1, 1, 2))))
    pool = tuple(lexicon.POINTS) if rng.random() < 0.18 else fitting
    return tuple(rng.sample(pool, rng.choices((1, 2, 3), (0.4, 0.37, 0.23))[0]))


def _length(rng: random.Random, count: int) -> str | None:
    long = 0.09 if count == 1 else 0.03
    weights = (0.68, 0.2, 0.12 - long, long)
    return rng.choices((None, "short", "medium", "long"), weights)[0]


def _maybe(rng: random.Random, chance: float, choices: Sequence[str]) -> str | None:
    return rng.choice(choices) if rng.random() < chance else None
