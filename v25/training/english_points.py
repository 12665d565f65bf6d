"""How English copy names each selling point, and frames what it does for a person."""

from __future__ import annotations

import random
import re

from v25.lexicon import CLOTHING_POINTS, POINTS
from v25.training.english_grammar import Bank, bank
from v25.training.english_turns import CLAUSES

PREDICATIVE = frozenset(
    [
        "light as air",
        "easy to care for",
        "gentle on skin",
        "kind to skin",
        "organically grown",
        "low in sugar",
        "high in protein",
        "rich in vitamins",
        "full of vitamins",
        "free of additives",
    ]
)
"""Names that only stand after a verb ("they are light as air")."""

NOUNS = frozenset(
    [
        "breathability",
        "comfort",
        "softness",
        "warmth",
        "waterproofing",
        "durability",
        "stretch",
        "versatility",
        "sun protection",
        "UV protection",
        "freshness",
        "juiciness",
        "sweetness",
        "vitamins",
        "crispness",
        "creaminess",
        "no additives",
    ]
)
"""Names that are things ("count on comfort"); "dries fast" is the one verb."""

VERB = "dries fast"

ANYTHING: Bank = bank(
    """
you notice the difference right away
it shows from the very first day
you'd pick {them} again tomorrow
you'll tell at least two people
nobody has to talk you into it
it saves you a lot of searching
you can stop comparing now
you'll want to keep {them} close
small things like this add up
it's easier to say yes than to explain
it's hard to settle for less
people remember {them}
{theyre} well worth a second look
you get exactly what was missing
you can tell that somebody cared
it makes ordinary days a little better
you'll be glad you tried {them}
friends will ask where you found {them}
once you've tried {them}, you won't go back
promises are kept every single time
you'll wonder how you managed before
{theyre} very easy to like
"""
    + CLAUSES
)
"""Clauses that suit any selling point on any product, juicy shoes included."""

FRAMES: Bank = bank(
    """
{theyre} {adj}, so {benefit}.
{theyre} [truly|genuinely|wonderfully|really] {adj}: {benefit}.
since {theyre} {adj}, {benefit}.
{adj} from the start, {they} keep{s} a promise: {benefit}.
being {adj} is the whole idea here, and {benefit}.
what [matters|counts] most: {theyre} {adj}, and {benefit}.
{theyre} as {adj} as you hoped, which means {benefit}.
[made|meant|chosen] to be {adj}: {benefit}.
how {adj}? {benefit}.
find something this {adj}, and {benefit}.
{adj} is an easy word to say, but here {benefit}.
put simply, {theyre} {adj}, so {benefit}.
"""
)

NOUN_FRAMES: Bank = bank(
    """
[expect|count on|enjoy] {noun} [every time|from the start|all the way], and {benefit}.
with {noun} like this, {benefit}.
the secret is {noun}, so {benefit}.
think {noun}, think no further: {benefit}.
[ask for|choose|look for] {noun}, and {benefit}.
you get {noun} [without the fuss|where it counts|day after day]: {benefit}.
it all comes down to {noun}: {benefit}.
"""
)

VERB_FRAMES: Bank = bank(
    """
it {verb}, so {benefit}.
it {verb}, and {benefit}.
it {verb}: {benefit}.
"""
)


def canonical(point: str) -> str:
    """The first English name of a selling point."""
    return POINTS[point].en[0]


def group(point: str) -> str:
    """Whether a selling point is about what one wears or eats."""
    return "wear" if point in CLOTHING_POINTS else "food"


def surface(point: str, rng: random.Random, chance: float, place: str) -> str:
    """A name of a selling point: the canonical one with this chance, else any that fits.

    Args:
        point: its id.
        rng: source of chance.
        chance: of the canonical name.
        place: "attributive" (before a noun), "adjective" (also after a verb), or "any".
    """
    names = list(POINTS[point].en)
    if place != "any":
        names = [n for n in names if n not in NOUNS and n != VERB]
    if place == "attributive":
        names = [n for n in names if n not in PREDICATIVE]
    return names[0] if rng.random() < chance else rng.choice(names)


_BY_NAME = {n.lower(): t.id for t in POINTS.values() for n in (*t.zh, *t.en)}
_NAME = re.compile(
    r"(?<![a-z])(?:"
    + "|".join(re.escape(n.lower()) for t in POINTS.values() for n in t.en)
    + r")(?![a-z])|"
    + "|".join(re.escape(n) for t in POINTS.values() for n in sorted(t.zh, key=len)[::-1])
)


def named(text: str) -> set[str]:
    """The selling points that `text` names, in one pass over it."""
    return {_BY_NAME[n] for n in _NAME.findall(text.lower())}
