"""Writes one piece of English marketing copy for a brief.

A copy is an opening that carries the product, then sentences for what the opening left out
(selling points, audience, occasion, brand, price), then colour of its own until the length is
right. Drafts that break a promise (length, a foreign selling point, a repeated sentence) are
thrown away, and another is drawn.
"""

from __future__ import annotations

import random
import re
from dataclasses import dataclass, field

from v25.lexicon import AUDIENCES, COLOURS, OCCASIONS, POINTS, PRODUCTS, Term, mentions
from v25.training import english_loud as loud
from v25.training import english_points as points
from v25.training import english_scenes as scenes
from v25.training import english_tales as tales
from v25.training.brief import Brief
from v25.training.english_benefits import BENEFITS
from v25.training.english_expert import EXPERT
from v25.training.english_facts import (
    EMOJI,
    HASHTAGS,
    OCCASION_AT,
    OCCASION_FOR,
    PEOPLE,
    WINKS,
    kinds,
    price_kind,
)
from v25.training.english_grammar import (
    BRAND,
    PRICE,
    Bank,
    agreement,
    choose,
    eligible,
    expand,
    join,
    merged,
    number,
    polish,
    sections,
)
from v25.training.english_minimal import MINIMAL
from v25.training.english_premium import PREMIUM
from v25.training.english_social import SOCIAL
from v25.training.english_turns import TURNS

_VOICES: dict[str, dict[str, Bank]] = {
    "social": SOCIAL,
    "premium": PREMIUM,
    "promotion": loud.PROMOTION,
    "minimal": MINIMAL,
    "playful": tales.PLAYFUL,
    "expert": EXPERT,
    "story": tales.STORY,
    "livestream": loud.LIVESTREAM,
}
STYLES: dict[str, dict[str, Bank]] = {
    style: merged(voice, sections(TURNS[style])) for style, voice in _VOICES.items()
}
LENGTHS: dict[str, tuple[int, int]] = {"short": (8, 20), "medium": (22, 42), "long": (55, 85)}
_CANONICAL = 0.85
_TWOFOLD = dict.fromkeys(_VOICES, 0.6) | {"minimal": 0.3}
"""How often a selling point is good for two things in one sentence."""
_LIGHT = frozenset(
    ("your", "with", "that", "they", "them", "when", "from", "have", "this", "their")
)
_BITES = {"drink": "sip", "spoon": "spoonful", "season": "slice"}

_NP_LAST = re.compile(r"\{(?:np|a_np|the_np|these_np)\}(?:$|[.,;:!?]| \{e\})")
"""Openings that can bear "for runners at the gym" behind the noun."""


@dataclass
class _Draft:
    """What one attempt has said so far, and what it still owes."""

    brief: Brief
    style: str
    rng: random.Random
    tags: frozenset[str]
    slots: dict[str, str] = field(default_factory=dict)
    owed: list[str] = field(default_factory=list)
    used: set[str] = field(default_factory=set)
    trailing: bool = False

    def say(self, section: str, lines: Bank | None = None, **slots: str) -> str:
        """One sentence of a section, of a pattern not used yet; "" when none fits."""
        have = {**self.slots, **slots, "e": self.rng.choice(EMOJI[self.emoji])}
        texts = eligible(STYLES[self.style][section] if lines is None else lines, self.tags, have)
        texts = [t for t in texts if t not in self.used]
        if (self.brief.price or "")[:1].islower():  # "half price" cannot begin a sentence
            texts = [t for t in texts if not t.lstrip('"').startswith(("{price}", "{off}"))]
        if section == "open" and self.trailing:
            texts = [t for t in texts if _NP_LAST.search(t)]
        if not texts:
            return ""
        text = choose(texts, self.rng)
        self.used.add(text)
        return expand(text, have, self.rng)

    def scene(self) -> str:
        """A small scene: somebody, somewhere, some time."""
        rng, group = self.rng, "wear" if "wear" in self.tags else "food"
        when, where = rng.choice(scenes.WHEN), rng.choice(scenes.WHERE[group])
        person = rng.choice(scenes.PERSON)
        slots = {"when": when, "where": where, "person": person}
        slots["when_day"] = rng.choice(scenes.DAYS)
        for slot in ("when_calm", "where_calm", "where_used", "when_soon", "when_live"):
            slots[slot] = rng.choice(scenes.CALM[slot])
        slots["place_word"] = rng.choice(scenes.PLACE_WORDS)
        slots["person_s"] = rng.choice(scenes.PASSERS_BY)
        return self.say("", scenes.SCENES[self.style], **slots)

    @property
    def emoji(self) -> str:
        """Which set of emoji suits the product."""
        return "wear" if "wear" in self.tags else "food"


def write(brief: Brief, style: str, rng: random.Random) -> str:
    """One piece of copy for `brief` in `style`; see `english.copy` for the contract."""
    low, high = LENGTHS[brief.length or "medium"]
    best, best_gap = "", 10_000
    for attempt in range(160):
        text = _draft(brief, style, rng, low, high, attempt=attempt)
        gap = _gap(text, low, high)
        if gap >= best_gap or not _keeps_promises(text, brief, style):
            continue
        if gap == 0:
            return text
        best, best_gap = text, gap
    return best or _plain(brief)


def _gap(text: str, low: int, high: int) -> int:
    """By how many words `text` misses its length; marks and emoji are no words."""
    words = sum(any(c.isalnum() for c in w) for w in text.split())
    return max(0, low - words, len(text.split()) - high)


def _plain(brief: Brief) -> str:
    """The last resort for orders that no voice can hold in the asked length."""
    facts = [join([points.canonical(p) for p in brief.points])] if brief.points else []
    what = " ".join(x for x in (brief.brand and BRAND, brief.copy_name) if x)
    where = [rows[key].en[0] for rows, key in _context(brief)]
    text = f"{', '.join([what, *facts, *where])}." + (f" Now {PRICE}." if brief.price else "")
    return polish(text, brief.brand, brief.price)


def _in_name(brief: Brief, term: Term) -> bool:
    """Whether the product's own name says it already (orange juice, fresh milk)."""
    return any(n.lower() in brief.copy_name.lower() for n in term.en)


def _context(brief: Brief) -> list[tuple[dict, str]]:
    """Audience, occasion and colour, where given, with their tables."""
    pairs = ((AUDIENCES, brief.audience), (OCCASIONS, brief.occasion), (COLOURS, brief.colour))
    return [(rows, key) for rows, key in pairs if key is not None]


def _draft(brief: Brief, style: str, rng: random.Random, low: int, high: int, attempt: int) -> str:
    """One attempt; it may break a promise or miss the length."""
    tags = kinds(PRODUCTS[brief.product].id, PRODUCTS[brief.product].group)
    draft = _Draft(brief, style, rng, tags)
    _fill_slots(draft)
    packed = attempt > 80 or brief.length == "short"
    _noun_phrase(draft, packed)
    opening = draft.say("open")
    middle = _points(draft, packed, packed or high < 50)
    middle += [draft.say(owed) for owed in draft.owed if owed not in ("price", "off", "deal")]
    rng.shuffle(middle)
    terse = STYLES["minimal"] if brief.length == "short" and attempt > 30 else STYLES[style]
    end = [draft.say(owed, terse[owed]) for owed in draft.owed if owed in ("price", "off", "deal")]
    if end and style in ("promotion", "livestream") and rng.random() < 0.5:
        middle.insert(0, end.pop())
    if rng.random() < (0.35 if brief.length == "short" else 0.7):
        end.append(draft.say("close"))
    parts = _lengthen(draft, [opening, *middle], end, low, high)
    text = polish(" ".join(parts), brief.brand, brief.price)
    if style == "social":
        text = f"{text} {_hashtags(draft)}"
    if style == "playful" and rng.random() < 0.25:
        text = f"{text} {rng.choice(WINKS)}"
    return text


def _lengthen(draft: _Draft, start: list[str], end: list[str], low: int, high: int) -> list[str]:
    """Add sentences without facts until a random length inside the bounds is reached."""
    reserve = 2 if draft.style == "social" else 0
    target = draft.rng.randint(low, max(low, high - 8)) - reserve
    parts = [*start, *end]
    while sum(len(p.split()) for p in parts) < target:
        scene = draft.rng.random() < (0.2 if draft.style == "minimal" else 0.6) and draft.scene()
        extra = scene or draft.say("extra") or draft.say("close")
        if not extra:
            break
        start.insert(draft.rng.randint(1, len(start)), extra)
        parts = [*start, *end]
    return parts


def _fill_slots(draft: _Draft) -> None:
    """Everything that patterns may mention, by this brief's product."""
    brief, rng, tags = draft.brief, draft.rng, draft.tags
    who, she, her = rng.choice(PEOPLE)
    him = "her" if she == "she" else "him"
    bite = next((_BITES[k] for k in sorted(tags) if k in _BITES), "bite")
    draft.slots = agreement(brief.copy_name, pairs=bool(tags & {"feet", "legs"}))
    draft.slots |= {"name": brief.copy_name, "bite": bite, "who": who, "she": she}
    draft.slots |= {"her": her, "him": him}
    if number(brief.copy_name) != "one":
        draft.slots["stock"] = brief.copy_name  # what "three boxes of" can stand before


def _noun_phrase(draft: _Draft, packed: bool) -> None:
    """Decide what the product's noun phrase carries; the rest is owed to later sentences."""
    brief, rng = draft.brief, draft.rng
    before, after = [], []
    draft.owed = []
    _embed_points(draft, packed, before)
    _embed_brand(draft, packed, before, after)
    colour = _colour(draft)
    if colour and not _in_name(brief, COLOURS[brief.colour]):
        if "wear" in draft.tags and rng.random() < 0.25 and not after:
            after.insert(0, f"in {colour}")
        else:
            before.insert(
                rng.randint(max(0, len(before) - bool(BRAND in before)), len(before)), colour
            )
    for owed, phrase in _situation(draft):
        if rng.random() < (0.95 if packed else 0.45):
            after.append(phrase)
            draft.trailing = True
        else:
            draft.owed.append(owed)
    if brief.price:
        draft.owed.append(price_kind(brief.price))
        discount = re.search(r"off\b", brief.price, re.IGNORECASE) or "half" in brief.price
        draft.slots |= {"price": PRICE, "off": PRICE if discount else f"at {PRICE}"}
    np = " ".join([*before, brief.copy_name, *after])
    article = "a " if number(brief.copy_name) == "one" else ""
    draft.slots |= {
        "np": article + np if article else np,
        "a_np": article + np,
        "the_np": f"the {np}",
        "these_np": f"{draft.slots['these']} {np}",
    }


def _embed_points(draft: _Draft, packed: bool, before: list[str]) -> None:
    """Move some selling points in front of the noun; `slots["_rest"]` keeps the others."""
    rng, order = draft.rng, list(draft.brief.points)
    rng.shuffle(order)
    order.sort(key=lambda p: _in_name(draft.brief, POINTS[p]))  # no "fresh fresh milk"
    free = sum(not _in_name(draft.brief, POINTS[p]) for p in order)
    most = free if packed else min(free, 2)
    count = rng.choice((most, most, max(0, most - 1))) if packed else rng.choice((0, 0, 1, most))
    chosen = [points.surface(p, rng, _CANONICAL, "attributive") for p in order[:count]]
    if chosen:
        before.append(join(chosen, rng.choice((", ", " and ", ", "))))
    draft.slots["_rest"] = " ".join(order[count:])


def _embed_brand(draft: _Draft, packed: bool, before: list[str], after: list[str]) -> None:
    if not draft.brief.brand:
        return
    draft.slots["brand"] = BRAND
    chance = draft.rng.random()
    if chance < 0.6 or (packed and chance < 0.8):
        before.append(BRAND)
    elif chance < 0.8 or packed:
        after.append(draft.rng.choice((f"from {BRAND}", f"by {BRAND}")))
    else:
        draft.owed.append("brand")


def _colour(draft: _Draft) -> str | None:
    names = COLOURS[draft.brief.colour].en if draft.brief.colour else None
    return (names[0] if draft.rng.random() < 0.85 else draft.rng.choice(names)) if names else None


def _situation(draft: _Draft) -> list[tuple[str, str]]:
    """Audience and occasion: (section that can say it, phrase that can stand behind a noun)."""
    brief, rng, made = draft.brief, draft.rng, []
    if brief.audience:
        names = AUDIENCES[brief.audience].en
        name = names[0] if rng.random() < 0.7 else rng.choice(names)
        made.append(("aud", f"for {name}"))
        draft.slots["aud"] = name = names[0] if name.startswith("the ") else name
        if brief.audience not in ("babies", "kids"):  # who can be spoken to
            draft.slots["fans"] = name
    if brief.occasion:
        draft.slots["for_occ"] = rng.choice(OCCASION_FOR[brief.occasion])
        draft.slots["occ"] = rng.choice(OCCASION_AT[brief.occasion])
        both = [o for o in OCCASION_AT[brief.occasion] if not o.startswith("for ")]
        made.append(("occ", rng.choice(both) if brief.audience else draft.slots["for_occ"]))
    return made


def _points(draft: _Draft, packed: bool, few: bool) -> list[str]:
    """Sentences for the selling points that the opening did not carry."""
    rng, rest = draft.rng, draft.slots.pop("_rest").split()
    if len(rest) > 1 and ((few and len(rest) > 2) or rng.random() < 0.45):
        alone = 1 if rng.random() < 0.3 and len(rest) > 2 else 0
        names = [points.surface(p, rng, _CANONICAL, "adjective") for p in rest[alone:]]
        listed = join(names, ", " if draft.style == "minimal" and rng.random() < 0.7 else " and ")
        return [draft.say("list", list=listed)] + [_point(draft, p, True) for p in rest[:alone]]
    return [_point(draft, p, packed or len(rest) > 2) for p in rest]


def _point(draft: _Draft, point: str, few: bool) -> str:
    """One sentence that names `point` and says what it does for a person."""
    rng, name = draft.rng, points.surface(point, draft.rng, _CANONICAL, "any")
    group = "wear" if "wear" in draft.tags else "food"
    own = BENEFITS[point] if points.group(point) == group else points.ANYTHING
    lines = points.ANYTHING if rng.random() < 0.12 else own
    benefit = draft.say("", lines) or draft.say("", points.ANYTHING)
    if not few and rng.random() < _TWOFOLD[draft.style]:
        more = draft.say("", own if rng.random() < 0.55 else points.ANYTHING)
        if more and not _weighty(benefit) & _weighty(more):
            benefit += f", and {more}"
    if name == points.VERB:
        if draft.slots["are"] == "is":
            return draft.say("", points.VERB_FRAMES, verb=name, benefit=benefit)
        name = points.canonical(point)
    if name in points.NOUNS:
        return draft.say("", points.NOUN_FRAMES, noun=name, benefit=benefit)
    slots = {"adj": name} if name in points.PREDICATIVE else {"adj": name, "attr": name}
    neutral = draft.style in ("social", "promotion", "livestream", "premium")
    lines = points.FRAMES if neutral and rng.random() < 0.25 else None
    return draft.say("point", lines, benefit=benefit, **slots)


def _weighty(clause: str) -> set[str]:
    """Its words that a reader would hear twice."""
    return set(re.findall(r"[a-z]{4,}", clause.lower())) - _LIGHT


def _hashtags(draft: _Draft) -> str:
    """One to three hashtags: the product, the voice, sometimes the brand."""
    rng, brief = draft.rng, draft.brief
    own = "".join(w.capitalize() for w in re.findall(r"[A-Za-z]+", brief.copy_name))
    pool = eligible(HASHTAGS, draft.tags, ())
    tags = rng.sample(pool, 2)
    if own and rng.random() < 0.6:
        tags[0] = own
    if brief.brand and brief.brand.isalnum() and rng.random() < 0.4:
        tags.append(brief.brand)
    tags = tags[: rng.choice((1, 2)) if brief.length == "short" else 3]
    rng.shuffle(tags)
    return " ".join(f"#{t}" for t in dict.fromkeys(tags))


def _keeps_promises(text: str, brief: Brief, style: str) -> bool:
    """Whether `text` says all that the brief asks and names no other selling point."""
    if any(fact and fact not in text for fact in (brief.copy_name, brief.brand, brief.price)):
        return False
    if not all(mentions(text, rows[k]) or _in_name(brief, rows[k]) for rows, k in _context(brief)):
        return False
    bare = text
    for fact in sorted((brief.copy_name, brief.brand or "", brief.price or ""), key=len)[::-1]:
        bare = bare.replace(fact, " ") if fact else bare
    named = points.named(bare)
    if named - set(brief.points):
        return False
    if not all(p in named or _in_name(brief, POINTS[p]) for p in brief.points):
        return False
    if style == "premium" and "!" in bare:
        return False
    sentences = [s.strip().lower() for s in re.split(r"[.!?]", bare) if len(s.split()) > 1]
    return len(set(sentences)) == len(sentences)
