"""Words a command for one entry of a catalogue: by its number, its brand or its name.

It says which entry, and how the copy is to be; what the entry holds, the model has to find.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import Literal

from v25 import lexicon
from v25.training import catalogue_words as words
from v25.training.brief import Brief, Language
from v25.training.english_grammar import expand

By = Literal["number", "code", "brand", "name", "price"]
"""What a command tells the entry by; "price": by its name and its price."""
SAYINGS = {
    "number": words.NUMBERS,
    "code": words.CODES,
    "brand": words.BRANDS,
    "name": words.NAMES,
    "price": words.PRICED,
}
_LANGUAGE_SAID, _REMARKED, _SPACED = 0.05, 0.2, 0.12


def command(brief: Brief, by: By, key: str, *, first: bool, price: str, rng: random.Random) -> str:
    """A command for the copy that `brief` describes.

    Args:
        brief: of the asked entry.
        by: what tells the entry.
        key: its number, code, brand or name.
        first: the command stands above the catalogue.
        price: of the entry; only said with `by` "price".
        rng: source of chance.
    """
    language = brief.command_language
    slots = {
        "ref": rng.choice(SAYINGS[by][language]).format(key=key, price=price),
        "where": rng.choice(words.WHERE[language][first]),
        **_what(brief, rng),
    }
    pattern = rng.choice(_rows(words.HEADS[language]))
    text = expand(pattern, slots, rng)
    if language == "en" and not pattern.startswith("{ref}") and rng.random() < 0.85:
        text = text[0].upper() + text[1:]
    wishes = _wishes(brief, rng)
    rng.shuffle(wishes)
    return _joined(text, wishes, language, rng)


def _rows(text: str) -> list[str]:
    return [row.strip() for row in text.strip().splitlines()]


def _what(brief: Brief, rng: random.Random) -> dict[str, str]:
    """The number of copies and what they are called."""
    many, language = len(brief.styles), brief.command_language
    what = rng.choice((words.MANY if many > 1 else words.ONE)[language])
    if language == "zh":
        return {"what": what, "count": rng.choice(words.COUNTS["zh"][many])}
    return {"what": what.format(n=rng.choice(words.COUNTS["en"][many])) if many > 1 else what}


def _wishes(brief: Brief, rng: random.Random) -> list[str]:
    """Styles, length, language, readers and occasion, as far as the brief asks for them."""
    language, made = brief.command_language, []
    if brief.styles_asked:
        names = [rng.choice(getattr(lexicon.STYLES[style], language)) for style in brief.styles]
        table = words.STYLES if len(names) > 1 else words.STYLE
        joint = rng.choice(("、", "、", "，", " ") if language == "zh" else (", ", ", ", " and "))
        made.append(rng.choice(table[language]).format(s=joint.join(names)))
    if brief.length == "short":
        made.append(rng.choice(words.SHORT[language]))
    if brief.language != language or rng.random() < _LANGUAGE_SAID:
        made.append(rng.choice(words.IN_LANGUAGE[language][brief.language]))
    if brief.audience:
        name = rng.choice(getattr(lexicon.AUDIENCES[brief.audience], language))
        made.append(rng.choice(words.FOR[language]).format(x=name))
    if brief.occasion:
        name = rng.choice(getattr(lexicon.OCCASIONS[brief.occasion], language))
        made.append(rng.choice(words.OCCASION[language]).format(x=name))
    if rng.random() < _REMARKED:
        made.append(rng.choice(words.REMARKS[language]))
    return made


def _joined(text: str, wishes: Sequence[str], language: Language, rng: random.Random) -> str:
    """The request and its wishes, with marks between them and sometimes one at the end."""
    if language == "zh":
        mark = rng.choice(("，", "，", "，", "。", " ", "；"))
        return mark.join([text, *wishes]) + rng.choice(("", "", "。"))
    mark = rng.choice((", ", ", ", "; ", ". "))
    for wish in wishes:
        stop = mark if text[-1] not in "?." else " "
        text += stop + (wish[0].upper() + wish[1:] if stop in (". ", " ") else wish)
    return text + rng.choice(("", ".", "."))
