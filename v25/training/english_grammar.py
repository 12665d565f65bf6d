"""The machinery of the English grammar: patterns with choices and slots, number, a and an.

A pattern is a line of text. `[a|b|]` chooses one branch (branches may nest), `{slot}` is filled
from the context, and `@wear,feet ` at the start keeps the line for contexts with one of these
tags. A line is only eligible when the context has every slot that it names.
"""

from __future__ import annotations

import math
import random
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from v25.training.english_turns import DETAILS

BRAND, PRICE = "\ue000", "\ue001"
"""Stand-ins for brand and price while a text is polished, so that both survive verbatim."""

_CHOICE = re.compile(r"\[([^\[\]]*)\]")
_SLOT = re.compile(r"\{(\w+)\}")
_DETAIL = re.compile(r"<(\w+)>")
_COUNTED = re.compile("\ue020([0-9]+)\ue021")
_OPEN_SLOT = re.compile(r"\{(?:name|where|when|person|benefit)\w*\}")
_SPREAD = 0.42


@dataclass(frozen=True)
class Line:
    """One pattern: whom it suits (no tags: everybody), what it needs, and its text."""

    tags: frozenset[str]
    slots: frozenset[str]
    text: str


Bank = tuple[Line, ...]


def bank(text: str) -> Bank:
    """Read one pattern a line."""
    return tuple(_line(row.strip()) for row in text.strip().splitlines() if row.strip())


def merged(first: dict[str, Bank], second: dict[str, Bank]) -> dict[str, Bank]:
    """The lines of both, section by section."""
    return {name: first.get(name, ()) + second.get(name, ()) for name in {**first, **second}}


def sections(text: str) -> dict[str, Bank]:
    """Read banks headed by `# name` lines."""
    parts = re.split(r"^# ([\w-]+)$", text.strip(), flags=re.MULTILINE)
    return {name: bank(body) for name, body in zip(parts[1::2], parts[2::2], strict=True)}


def _line(row: str) -> Line:
    row = _DETAIL.sub(lambda m: DETAILS[m[1]], row)
    tags: frozenset[str] = frozenset()
    if row.startswith("@"):
        head, row = row.split(" ", 1)
        tags = frozenset(head[1:].split(","))
    return Line(tags, frozenset(_SLOT.findall(row)), row)


def fitting(lines: Bank, tags: Collection[str], slots: Collection[str]) -> list[Line]:
    """The lines that a context with these tags and slots can use."""
    have = frozenset(slots)
    return [n for n in lines if n.slots <= have and not (n.tags and n.tags.isdisjoint(tags))]


def eligible(lines: Bank, tags: Collection[str], slots: Collection[str]) -> list[str]:
    """The texts of the lines that fit."""
    return [n.text for n in fitting(lines, tags, slots)]


@cache
def weight(pattern: str) -> float:
    """How often a pattern comes: the more ways to say it, the more often, if not in proportion."""

    def ways(text: str) -> int:
        slots = 12 ** len(_OPEN_SLOT.findall(text))
        return math.prod((slots, *(int(n) for n in _COUNTED.findall(text))))

    while "[" in pattern:  # a choice becomes the number of its ways
        pattern, hits = _CHOICE.subn(
            lambda m: f"\ue020{sum(ways(branch) for branch in m[1].split('|'))}\ue021", pattern
        )
        if not hits:
            break
    return ways(pattern) ** _SPREAD


def choose(patterns: Sequence[str], rng: random.Random) -> str:
    """One of the patterns, by their weights."""
    return rng.choices(patterns, [weight(p) for p in patterns])[0]


def expand(pattern: str, slots: Mapping[str, str], rng: random.Random) -> str:
    """Choose every branch, then fill every slot (unknown ones stay, and a test would see them)."""
    while "[" in pattern:
        pattern, hits = _CHOICE.subn(lambda m: rng.choice(m[1].split("|")), pattern)
        if not hits:
            break
    return _SLOT.sub(lambda m: slots.get(m[1], m[0]), pattern)


def polish(text: str, brand: str | None, price: str | None) -> str:
    """Set spaces, capitals, a and an; then put brand and price in, untouched."""
    text = re.sub(r"\s+", " ", text).strip()
    text = re.sub(r" ([.,!?;:])", r"\1", text)
    text = re.sub(r"([.!?,;:])[,.;:]+", r"\1", text)
    vowel = "aeiou" + (BRAND if brand and brand[0].lower() in "aeiou8é" else "")
    one = r"(?!(?:uni|use|usu|one|once|euro|uk))"
    text = re.sub(rf"\b([aA]) (?={one}[{vowel}{vowel.upper()}])", r"\1n ", text)
    text = re.sub(
        r"((?:^|[.!]\"? |\? |[.!?] \")[^\w\ue000\ue001#]*)([a-z])",
        lambda m: m[1] + m[2].upper(),
        text,
    )
    text = re.sub(
        r"([\U0001f300-\U0001faff\u2728\ufe0f] )([a-z])", lambda m: m[1] + m[2].upper(), text
    )
    return text.replace(BRAND, brand or "").replace(PRICE, price or "")


_MASS = frozenset(
    [
        "garlic",
        "ginger",
        "root",
        "asparagus",
        "cabbage",
        "juice",
        "milk",
        "drink",
        "yogurt",
        "yoghurt",
        "oatgurt",
        "soygurt",
        "cream",
        "fruit",
        "kiwifruit",
        "grapefruit",
        "beetroot",
        "zucchini",
        "outerwear",
        "outwear",
        "footwear",
        "clothing",
    ]
)


def number(name: str) -> str:
    """Whether `name` is "plural" (these shoes), "mass" (this milk) or "one" (a hoodie)."""
    last = re.split(r"[\s-]", name.strip().lower())[-1]
    if last in _MASS:
        return "mass"
    return "plural" if last.endswith("s") and not last.endswith("ss") else "one"


def agreement(name: str, pairs: bool) -> dict[str, str]:
    """The pronouns, verbs and endings that go with `name`; `pairs`: sold by the pair."""
    kind = number(name)
    many = kind == "plural"
    rows = (
        "they it,them it,their its,are is,were was,have has,do does,these this,theyre it's,"
        "arent isn't,dont doesn't,s s,es es"
    )
    plural = {"theyre": "they're", "arent": "aren't", "dont": "don't", "s": "", "es": ""}
    made = {}
    for row in rows.split(","):
        slot, single = row.split(" ")
        made[slot] = plural.get(slot, slot) if many else single
    few = "a pair" if pairs else "a few"
    made["one"] = few if many else {"mass": "some", "one": "one"}[kind]
    return made


def join(words: Collection[str], last: str = " and ") -> str:
    """A, B and C."""
    words = list(words)
    return words[0] if len(words) == 1 else ", ".join(words[:-1]) + last + words[-1]
