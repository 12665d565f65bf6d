"""What a style is in Chinese: the pools of lines that its copy is put together from.

Slots: {D} the product with its measure word (这双运动鞋), {N} without (运动鞋), {n} its bare name,
{it} a short way to refer to it, {C} measure word, {V} verb, {T} first contact, {H} where it is
kept, {p} a selling point, {P} several of them, {aud} {occ} {price} as ordered, {who} a person.
"""

from __future__ import annotations

from dataclasses import dataclass

from v25.training.chinese_text import Line, lines
from v25.training.chinese_turns import TURNS


@dataclass(frozen=True)
class Voice:
    """The lines of one style.

    Attributes:
        hook: first sentences without the product.
        intro: sentences that present the product ({D} or {N}).
        wrap: clauses around any selling point {p}.
        adj: clauses around a selling point that is an adjective.
        listed: clauses around several selling points {P}.
        aud: sentences for {aud}.
        occ: sentences for {occ}.
        amount: sentences for a price.
        off: sentences for a discount or deal.
        more: further sentences, for length.
        close: last sentences.
        short: whole short copies with {D} or {N} and {P}.
        tails: clauses that go on after a selling point.
        ends: punctuation after a sentence.
        link: the mark between two sentences that run on as one.
        own_scenes: the neutral scenes do not sound like this style.
        plain: chance that a selling point is told by its neutral benefit rather than by `wrap`.
    """

    hook: tuple[Line, ...]
    intro: tuple[Line, ...]
    wrap: tuple[Line, ...]
    adj: tuple[Line, ...]
    listed: tuple[Line, ...]
    aud: tuple[Line, ...]
    occ: tuple[Line, ...]
    amount: tuple[Line, ...]
    off: tuple[Line, ...]
    more: tuple[Line, ...]
    close: tuple[Line, ...]
    short: tuple[Line, ...]
    tails: tuple[Line, ...]
    ends: tuple[str, ...] = ("。",)
    link: str = "，"
    own_scenes: bool = False
    plain: float = 0.6


def voice(
    style: str,
    text: str,
    ends: str = "。",
    link: str = "，",
    own_scenes: bool = False,
    plain: float = 0.6,
) -> Voice:
    """Reads blocks of sections, each a line `= name` and its patterns: `text`, and its `TURNS`."""
    pools: dict[str, tuple[Line, ...]] = {}
    for section in text.strip().split("= ")[1:] + TURNS[style].strip().split("= ")[1:]:
        name, _, body = section.partition("\n")
        pools[name.strip()] = pools.get(name.strip(), ()) + lines(body)
    return Voice(**pools, ends=tuple(ends.split()), link=link, own_scenes=own_scenes, plain=plain)
