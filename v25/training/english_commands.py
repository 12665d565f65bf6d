"""Writes the English command that a person types or says for a brief.

A command is an opening request (number of copies, product) and a shuffled set of parts, each
phrased on its own: as a clause of the same sentence, as a sentence, or as a bare word in a list.
Values that must survive (names, numbers, prices) are marked while noise is added, and unmarked
at the end.
"""

from __future__ import annotations

import random
import re

from v25.lexicon import AUDIENCES, COLOURS, OCCASIONS, POINTS, STYLES
from v25.training import english_heads as heads
from v25.training import english_requests as requests
from v25.training import english_words as words
from v25.training.brief import Brief
from v25.training.english_facts import OCCASION_FOR, price_kind
from v25.training.english_grammar import Line, eligible, expand, fitting, join, number
from v25.training.english_noise import noisy, speak

OPEN, SHUT = "\ue010", "\ue011"
"""Marks around what noise must leave alone."""

_NUMBERS = {1: ("one", "1"), 2: ("two", "2", "two", "a couple of"), 3: ("three", "3", "three")}
_EN_ASKED, _AGAIN = 0.12, 200
_QUESTIONS = ("can", "could", "would", "what", "what's", "how", "why", "which", "any")


_ONE_TEXT = re.compile(r"\b(?:one|an?|version|text)\b")
"""Wordings of a length that would make several copies sound like one."""

_PRONOUNS = {
    "plural": {"their": "their", "theyre": "they're", "they": "they", "s": "", "ones": "ones"},
    "one": {"their": "its", "theyre": "it's", "they": "it", "s": "s", "ones": "one"},
}


def order(brief: Brief, rng: random.Random, spoken: bool) -> str:
    """A command for `brief`; see `english.command` for the contract."""
    said = ""
    for attempt in range(_AGAIN):
        terse = attempt > (40 if spoken else 1e9)
        text = _order(brief, rng, terse)
        if not spoken:
            return noisy(text, rng) if rng.random() < 0.2 else unmarked(text)
        said = speak(text, rng)
        if 2 <= len(said.split()) <= 22:
            return said
    return said


def unmarked(text: str) -> str:
    """Without the marks, with spaces and capitals set."""
    text = text.replace(OPEN, "").replace(SHUT, "")
    return re.sub(r"\s+", " ", text).strip()


def _order(brief: Brief, rng: random.Random, terse: bool) -> str:
    """One draft of a command, values marked."""
    slots = _slots(brief, rng)
    tags = frozenset(
        {"many" if len(brief.styles) > 1 else "single", "named" if brief.name else "unnamed"}
    )
    parts = _parts(slots)
    if set(parts) <= {"styles"} and not brief.name and rng.random() < 0.5:
        pick = rng.choice([n for n in fitting(heads.PLAIN, tags, slots) if _says(n) == parts])
        return _finish(expand(pick.text, slots, rng))
    if terse or rng.random() < 0.12:
        return _keywords(slots, parts, tags, rng)
    return _sentences(slots, parts, tags, rng)


def _parts(slots: dict[str, str]) -> list[str]:
    """Which parts beyond the product the command has to express."""
    return [p for p in requests.PARTS if p in slots]


def _says(line: Line) -> list[str]:
    """The parts that a line expresses."""
    stands = {heads.STANDS_FOR.get(slot, slot) for slot in line.slots}
    return [p for p in requests.PARTS if p in stands]


def _sentences(
    slots: dict[str, str], parts: list[str], tags: frozenset[str], rng: random.Random
) -> str:
    """An opening request, some parts inside its sentence, the others behind it."""
    rng.shuffle(parts)
    head = rng.choice(fitting(heads.HEADS, tags, slots))
    done = _says(head)
    parts = [p for p in parts if p not in done]
    inside = [p for p in parts if rng.random() < 0.5][:3]
    # A list after a colon or a long clause ends its sentence: it goes last.
    inside.sort(key=lambda p: requests.INSIDE_ORDER.get(p, 0))
    text = expand(head.text, slots, rng)
    if inside:
        text = re.sub(r",? please$", "", text)
    for part in inside:
        phrase = expand(rng.choice(eligible(requests.INSIDE[part], tags, slots)), slots, rng)
        text += phrase if phrase[0] in ",:" else f" {phrase}"
    after = [
        expand(rng.choice(eligible(requests.AFTER[p], tags, slots)), slots, rng)
        for p in parts
        if p not in inside
    ]
    if rng.random() < 0.12:
        after.append(rng.choice(words.REASONS))
    if after and rng.random() < 0.12 and not inside:
        before, after = after[:1], after[1:]
        return _finish(_connect([*before, text, *after], rng))
    lead = rng.choice(heads.LEADS) if rng.random() < 0.25 else ""
    return _finish(_connect([lead + text, *after], rng))


def _connect(clauses: list[str], rng: random.Random) -> str:
    """Clauses as sentences of their own, or with commas between them."""
    made = clauses[0]
    asks = made.split()[0].lower() in _QUESTIONS
    for clause in clauses[1:]:
        stop = "" if made.rstrip()[-1:] in ".!?," else rng.choice((".", ".", ",", ";", ","))
        if asks and stop:
            stop, asks = "?", False
        made += f"{stop} {clause}"
    return made


def _finish(text: str) -> str:
    """Capitals at sentence starts and a stop at the end."""
    text = re.sub(r"\s+", " ", text).strip()
    text = re.sub(r"\b([aA]) (?=[\ue010]*(?!(?:uni|use|one))[aeiouAEIO])", r"\1n ", text)
    text = re.sub(r"(^|[.!?] )([a-z])", lambda m: m[1] + m[2].upper(), text)
    question = text.split()[0].lower() in _QUESTIONS and not re.search(r"[.?!]", text)
    return text if text[-1] in ".!?" else text + ("?" if question else ".")


def _keywords(
    slots: dict[str, str], parts: list[str], tags: frozenset[str], rng: random.Random
) -> str:
    """A bare list: what people type who are in a hurry."""
    words = [slots[f"{p}_word"] for p in parts if p != "styles"]
    if "styles" in parts:
        words.append(slots["styles_word"])
    elif "many" in tags:
        words.append(slots["count_word"])
    if "named" in tags and rng.random() < 0.9:
        words.append(slots["name"])
        rng.shuffle(words)
    elif "named" in tags:
        words.insert(0, slots["name"])
    else:
        rng.shuffle(words)
        words.insert(0, rng.choice(("copy", "ad copy", "product copy", "write copy", "caption")))
    return rng.choice((", ", ", ", " / ", " - ")).join(words)


def _mark(value: str) -> str:
    return f"{OPEN}{value}{SHUT}"


def _slots(brief: Brief, rng: random.Random) -> dict[str, str]:
    """Every value of the brief, phrased, and a bare word for each part."""
    slots = _count_slots(brief, rng)
    colour = _mark(_name(COLOURS[brief.colour].en, rng)) if brief.colour else ""
    at_noun = bool(brief.name and colour) and rng.random() < 0.5  # "this red shirt"
    slots |= _product_slots(brief.name, f"{colour} " if at_noun else "", rng)
    if colour and not at_noun:
        slots |= {"colour": colour, "colour_word": colour}
    if brief.styles_asked:
        slots |= _style_slots(brief, rng)
    if brief.points_asked and brief.points:
        slots |= _point_slots(brief, rng)
    if brief.brand:
        slots |= {"brand": _mark(brief.brand), "brand_word": _mark(brief.brand)}
    if brief.price:
        kind = price_kind(brief.price)
        slots |= {"price": _mark(brief.price), "price_word": _mark(brief.price), f"is_{kind}": ""}
    for part, rows, key in (
        ("audience", AUDIENCES, brief.audience),
        ("occasion", OCCASIONS, brief.occasion),
    ):
        if key:
            slots[part] = _mark(_name(rows[key].en, rng))
            slots[f"{part}_word"] = f"for {slots[part]}"
    if brief.occasion:
        slots["for_occasion"] = _mark(rng.choice(OCCASION_FOR[brief.occasion]))
        slots["occasion_word"] = slots["for_occasion"]
    return slots | _manner_slots(brief, rng)


def _name(names: tuple[str, ...], rng: random.Random) -> str:
    """The canonical name mostly, else any."""
    return names[0] if rng.random() < 0.5 else rng.choice(names)


def _count_slots(brief: Brief, rng: random.Random) -> dict[str, str]:
    """The number of copies, in words that go before a noun, and alone."""
    many = len(brief.styles)
    if many == 1:
        nouns = ("line", "sentence") if brief.length == "short" else heads.ONE_NOUNS
        piece = f"{_mark(rng.choice(heads.ONE))} {rng.choice((*nouns, *heads.ONE_NOUNS))}"
        return {"n": _mark("one"), "piece": piece}
    n = rng.choice(_NUMBERS[many])
    bare = "two" if n == "a couple of" else n
    noun = rng.choice(heads.MANY_NOUNS)
    word = rng.choice([f"{bare} {noun}", f"{bare} {rng.choice(heads.MANY_NOUNS)}", f"x{many}"])
    return {
        "n": _mark(n),
        "pieces": f"{_mark(rng.choice(heads.SEVERAL[many]))} {noun}",
        "count": _mark(bare),
        "count_word": _mark(word),
        "digit": _mark(str(many)),
        "n_times": _mark({2: "twice", 3: "three times"}[many]),
    }


def _product_slots(name: str | None, colour: str, rng: random.Random) -> dict[str, str]:
    """The product as the command calls it, with its determiner and with a preposition."""
    kind = number(name or "it")
    slots = dict(_PRONOUNS["plural" if kind == "plural" else "one"])
    slots |= {"medium": rng.choice(heads.MEDIA), "noun": rng.choice(heads.NOUNS)}
    if name is None:
        it = rng.choice(heads.UNNAMED)
        place = rng.choice((f" for {it}", f" for {it}", f" about {it}", "", ""))
        return slots | {"it": it, "for_it": place}
    marked = colour + _mark(name)
    this, a = ("these", "") if kind == "plural" else ("this", "a " if kind == "one" else "")
    it = rng.choice((f"{this} {marked}", f"{this} {marked}", f"my {marked}", f"our {marked}"))
    if rng.random() < 0.3:
        place = rng.choice(("in the photo", "in the picture", "in the photo", "here", "pictured"))
        it = f"the {marked} {place}" if place != "here" else f"our new {marked}"
    place = rng.choice((f" for {it}", f" for {it}", f" about {it}", f" for {a}{marked}"))
    return slots | {"name": marked, "it": it, "for_it": place}


def _style_slots(brief: Brief, rng: random.Random) -> dict[str, str]:
    """The styles in order: as a list, as "one luxury, one fun", as a tone."""
    names = [_mark(_name(STYLES[s].en, rng)) for s in brief.styles]
    slots = {"styles": join(names), "styles_word": rng.choice((", ", " + ", " and ")).join(names)}
    slots["each"] = join([f"one {n}" for n in names], ", ")
    slots["first"], slots["rest"] = names[0], join(names[1:]) if names[1:] else ""
    if len(names) == 1:
        for slot, table in (
            ("place", words.STYLE_PLACES),
            ("channel", words.CHANNELS),
            ("adjective", words.STYLE_ADJECTIVES),
        ):
            if brief.styles[0] in table:
                slots[slot] = _mark(rng.choice(table[brief.styles[0]]))
    return slots


def _point_slots(brief: Brief, rng: random.Random) -> dict[str, str]:
    """The selling points as topics, as adjectives after "it is", and as bare words."""
    topics = [_mark(_name(POINTS[p].en, rng)) for p in brief.points]
    plain = [_mark(POINTS[p].en[0]) for p in brief.points]
    last = rng.choice((" and ", " and ", ", "))
    return {
        "points": join(topics, last),
        "plain": join(plain),
        "points_word": join(topics, ", "),
    }


def _manner_slots(brief: Brief, rng: random.Random) -> dict[str, str]:
    """Length and language, where the command has to say them."""
    slots = {}
    if brief.length:
        several = len(brief.styles) > 1
        for slot, table in (("length", words.LENGTHS), ("length_word", words.LENGTH_WORDS)):
            ways = [w for w in table[brief.length] if not (several and _ONE_TEXT.search(w))]
            slots[slot] = _mark(rng.choice(ways))
        slots["sized"] = _mark(rng.choice(words.SIZED[brief.length]))
        if several and rng.random() < 0.3:
            slots["length"] = _mark(rng.choice(words.LENGTHS_EACH[brief.length]))
    if brief.language == "zh" or rng.random() < _EN_ASKED:
        slots["language"] = _mark("Chinese" if brief.language == "zh" else "English")
        slots["language_word"] = f"in {slots['language']}"
    return slots
