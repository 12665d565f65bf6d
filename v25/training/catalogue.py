"""Draws product catalogues of a given size and a command for one of their entries.

A catalogue has a line for each entry: a number or a code that only it has, product, brand, price
and selling points, all in one layout. The answer is copy for the asked entry, so that everything
it says has to be found first. Every line holds a few dozen tokens; 16,384 hold some 450 entries.
"""

from __future__ import annotations

import itertools
import random
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from v25 import lexicon
from v25.training import catalogue_words as words
from v25.training import corpus, names
from v25.training.brief import Brief, Language
from v25.training.catalogue_commands import By, command
from v25.training.english_grammar import expand

FULL = 0.9
"""Least share of the tokens that a catalogue takes."""
SMALLEST = 112
"""Fewest tokens that hold two entries and a command."""
_TRIES = 60
_SPARE = 14
"""Entries drawn beyond those that fit: the last gap takes one that does."""
_SHORTEST_COMMAND = 8
ASKED_BY = {"key": 0.6, "brand": 0.25, "name": 0.15}
"""What a command tells an entry by, attributes of `Entry`, and how often."""
_FIRST = 0.25
"""How often the command stands above the catalogue."""
_OTHER_LANGUAGE = 0.08


@dataclass(frozen=True)
class Entry:
    """One line of a catalogue; `name` is what it calls the product."""

    key: str
    product: str
    name: str
    brand: str
    price: str
    points: tuple[str, ...]
    line: str


@dataclass(frozen=True)
class CatalogueExample:
    """A catalogue with its command, and what the answer has to hold.

    Attributes:
        text: catalogue and command, as a person would paste them.
        ids: its tokens: the same as of the text tokenised whole.
        brief: of the asked entry.
        by: what the command tells the entry by.
        place: of the asked entry, from 0.
        entries: all of them, in order.
        command: the command alone.
        language: of the catalogue.
    """

    text: str
    ids: tuple[int, ...]
    brief: Brief
    by: By
    place: int
    entries: tuple[Entry, ...]
    command: str
    language: Language


@dataclass(frozen=True)
class Layout:
    """How the entries of one catalogue are written.

    Attributes:
        language: of labels, names and points.
        pattern: of a line, for `str.format`.
        joint: between selling points.
        coded: keys are codes such as "A-372", else numbers.
        heading: the row above the entries; "" for none.
        capital: names begin with a capital letter.
    """

    language: Language
    pattern: str
    joint: str
    coded: bool
    heading: str
    capital: bool


def draw(
    rng: random.Random,
    tokenizer: Any,
    tokens: int,
    reserved: bool = False,
    asked_by: Mapping[str, float] = ASKED_BY,
) -> CatalogueExample:
    """One catalogue with a command.

    Args:
        rng: source of chance.
        tokenizer: a `tokenizers.Tokenizer` with `encode_special_tokens` set.
        tokens: most tokens of the text; it takes at least `FULL` of them.
        reserved: draw from the combinations kept for evaluation (`corpus.is_reserved`).
        asked_by: what a command tells the entry by, and how often, as `ASKED_BY`.

    Raises:
        ValueError: too few tokens for a catalogue.
    """
    if tokens < SMALLEST:
        raise ValueError(f"A catalogue needs at least {SMALLEST} tokens; {tokens} are too few.")
    while True:
        made = _Drawing(rng, tokenizer, tokens).example(reserved, asked_by)
        if made is not None:
            return made


def draw_layout(rng: random.Random) -> Layout:
    """Key, order and labels of the values, and what stands between them."""
    language: Language = rng.choice(("zh", "en"))
    coded = rng.random() < 0.35
    key = rng.choice((words.CODE_KEYS if coded else words.NUMBER_KEYS)[language])
    capital = rng.random() < 0.4 and language == "en"
    joint, kind, heading = rng.choice(words.JOINTS[language]), rng.random(), ""
    closed = key[-1] in "】、）.)"
    if kind < 0.3:
        space = "" if key[-1] in "】、）" else " "  # a brand may begin with a digit
        lead = space if closed else rng.choice((" ", "：" if language == "zh" else ": "))
        return Layout(
            language, key + lead + rng.choice(words.PROSE[language]), joint, coded, "", capital
        )
    separator = rng.choice(words.SEPARATORS[language])
    lead = separator if not closed else "" if key[-1] in "】、）" else " "
    order = _order(rng, last="points" if separator.strip() == joint.strip() else "")
    labels = {field: rng.choice(words.LABELS[language][field]) for field in order}
    colon = rng.choice(words.COLONS[language])
    if kind < 0.7:
        values = [f"{label}{colon}{{{field}}}" for field, label in labels.items()]
    else:
        values = [f"{{{field}}}" for field in order]
        if lead == separator and rng.random() < 0.5:
            heading = separator.join(["SKU" if coded else "#", *labels.values()])
    pattern = key + lead + separator.join(values)
    return Layout(language, pattern, joint, coded, heading, capital)


def _order(rng: random.Random, last: str) -> list[str]:
    """The values in an order that begins with a word, so that no digit follows the key's."""
    usual = ["name", "brand", "price", "points"]
    if rng.random() < 0.45:
        return usual
    order = rng.sample(usual, 4)
    while order[0] in ("price", "points"):
        order = rng.sample(usual, 4)
    return sorted(order, key=lambda field: field == last)


def draw_keys(rng: random.Random, coded: bool) -> Iterator[str]:
    """Keys without end, no two alike: numbers in a row, in steps, or in no order; or codes."""
    width = rng.choice((3, 4, 4, 5)) if coded else 0
    kind = rng.random()
    if kind < 0.5:
        numbers = itertools.count(1 if rng.random() < 0.6 and not coded else rng.randint(2, 999))
    elif kind < 0.75:
        step = rng.choice((3, 7, 10))
        start = rng.randint(1, 99)
        numbers = itertools.accumulate(
            itertools.repeat(0), lambda n, _: n + rng.randint(1, step), initial=start
        )
    else:
        numbers = _scattered(rng, 9_999 if width != 3 else 2_999)
    if not coded:
        yield from map(str, numbers)
        return
    dash, letters = rng.choice(("-", "-", "")), "ABCDEFGHJKLMNPQRSTUVWXYZ"
    prefixes = [
        "".join(rng.choices(letters, k=rng.choice((1, 1, 2)))) for _ in range(rng.choice((1, 1, 8)))
    ]
    for number in numbers:
        yield f"{rng.choice(prefixes)}{dash}{number:0{width}d}"


def _scattered(rng: random.Random, most: int) -> Iterator[int]:
    seen: set[int] = set()
    while True:
        number = rng.randint(1, most + 4 * len(seen))
        if number not in seen:
            seen.add(number)
            yield number


class _Drawing:
    """One catalogue in the making: more lines than fit, and how many tokens each takes."""

    def __init__(self, rng: random.Random, tokenizer: Any, tokens: int) -> None:
        self.rng, self.tokenizer, self.tokens = rng, tokenizer, tokens
        self.layout = draw_layout(rng)
        self.keys = draw_keys(rng, self.layout.coded)
        self.brands: set[str] = set()
        self.entries: list[Entry] = []
        self.ids: list[list[int]] = []
        self.newline = self._encode(["\n"])[0]
        self._add(8)
        while (short := tokens - self._taken()) > 0:
            mean = max(1, self._taken() // len(self.ids))
            self._add(int(1.05 * short / mean) + 4)
        self._add(_SPARE)
        self.same = Counter(entry.product for entry in self.entries)
        self.priced = Counter((entry.product, entry.price) for entry in self.entries)

    def _taken(self) -> int:
        return sum(map(len, self.ids)) + len(self.ids) * len(self.newline)

    def _encode(self, texts: Sequence[str]) -> list[list[int]]:
        return [e.ids for e in self.tokenizer.encode_batch_fast(texts, add_special_tokens=False)]

    def _add(self, count: int) -> None:
        made = [self._entry(key) for key in itertools.islice(self.keys, count)]
        self.entries += made
        self.ids += self._encode([entry.line for entry in made])

    def _entry(self, key: str) -> Entry:
        rng, layout = self.rng, self.layout
        product = rng.choice(_PRODUCTS)
        name = rng.choice(getattr(product, layout.language))
        pool = lexicon.CLOTHING_POINTS if product.group == "clothing" else lexicon.GROCERY_POINTS
        points = tuple(rng.sample(pool, rng.choices((1, 2, 3), (0.35, 0.4, 0.25))[0]))
        while (brand := names.brand(rng)) in self.brands:
            pass
        self.brands.add(brand)
        price = names.price(rng)
        said = [self._point(point) for point in points]
        line = layout.pattern.format(
            key=key,
            name=name[0].upper() + name[1:] if layout.capital else name,
            brand=brand,
            price=price,
            points=layout.joint.join(said),
        )
        return Entry(key, product.id, name, brand, price, points, line)

    def _point(self, point: str) -> str:
        choices = getattr(lexicon.POINTS[point], self.layout.language)
        return choices[0] if self.rng.random() < 0.6 else self.rng.choice(choices)

    def example(self, reserved: bool, asked_by: Mapping[str, float]) -> CatalogueExample | None:
        """The catalogue with a command for one of its entries; None when chance fails."""
        first, title = self.rng.random() < _FIRST, self._title()
        by = self.rng.choices(tuple(asked_by), tuple(asked_by.values()))[0]
        fitting, room = 0, self.tokens - _SHORTEST_COMMAND
        for ids in self.ids:
            room -= len(ids) + len(self.newline)
            fitting += room >= 0
        for _ in range(_TRIES):
            asked = self._ask(by, max(1, fitting), reserved)
            if asked is None:
                return None
            place, brief, how, key = asked
            said = command(
                brief, how, key, first=first, price=self.entries[place].price, rng=self.rng
            )
            made = self._assembled(place, said, first, title)
            if made is not None:
                text, ids, kept = made
                return CatalogueExample(
                    text=text,
                    ids=tuple(ids),
                    brief=brief,
                    by=how,
                    place=kept.index(place),
                    entries=tuple(self.entries[i] for i in kept),
                    command=said,
                    language=self.layout.language,
                )
        return None

    def _ask(self, by: str, fitting: int, reserved: bool) -> tuple[int, Brief, By, str] | None:
        """An entry of the first `fitting`, its brief, and what the command tells it by."""
        for _ in range(20 * _TRIES):
            place = self.rng.randrange(fitting)
            entry = self.entries[place]
            told = self._told(entry, by)
            if told is not None:
                brief = self._brief(entry, by == "name")
                if corpus.is_reserved(brief) == reserved:
                    return place, brief, *told
        return None

    def _told(self, entry: Entry, by: str) -> tuple[By, str] | None:
        """How a command can tell the entry from all others; None when it can't."""
        if by == "key":
            return ("code" if self.layout.coded else "number"), entry.key
        if by == "brand":
            return "brand", entry.brand
        if self.same[entry.product] == 1:
            return "name", entry.name
        if self.priced[entry.product, entry.price] == 1:
            return "price", entry.name
        return None

    def _brief(self, entry: Entry, named: bool) -> Brief:
        """What copy of an entry is asked for; a `named` one is named in the catalogue's words."""
        rng, language = self.rng, self.layout.language
        said = language if named or rng.random() > _OTHER_LANGUAGE else _other(language)
        written = said if rng.random() > _OTHER_LANGUAGE else _other(said)
        canonical = getattr(lexicon.PRODUCTS[entry.product], written)[0]
        count = rng.choices((1, 2, 3), (0.84, 0.1, 0.06))[0]
        short = rng.random() < (0, 0.12, 0.5, 1.0)[count]  # what two or three take has to fit
        return Brief(
            product=entry.product,
            name=entry.name if named else None,
            copy_name=entry.name if written == language else canonical,
            styles=tuple(rng.sample(tuple(lexicon.STYLES), count)),
            styles_asked=rng.random() < 0.5,
            points=entry.points,
            points_asked=True,
            brand=entry.brand,
            price=entry.price,
            audience=rng.choice(tuple(lexicon.AUDIENCES)) if rng.random() < 0.06 else None,
            occasion=rng.choice(tuple(lexicon.OCCASIONS)) if rng.random() < 0.06 else None,
            length="short" if short else None,
            language=written,
            command_language=said,
        )

    def _title(self) -> str:
        if self.rng.random() < 0.45:
            return ""
        rows = [row.strip() for row in words.TITLES[self.layout.language].strip().splitlines()]
        slots = {"year": str(self.rng.randint(24, 30)), "page": str(self.rng.randint(1, 40))}
        return expand(self.rng.choice(rows), slots, self.rng)

    def _assembled(
        self, place: int, said: str, first: bool, title: str
    ) -> tuple[str, list[int], list[int]] | None:
        """Text, tokens, and which entries it holds; None when entry `place` has no room.

        A line break is a word of its own for the tokenizer, whatever stands before it and
        whichever letter follows; so the tokens of a text are those of its lines, put together.
        """
        gap = self.rng.choice(("\n\n", "\n\n", "\n", "\n---\n"))
        tops = [said + gap.removesuffix("\n")] if first else []
        tops += [line for line in (title, self.layout.heading) if line]
        head = "".join(f"{line}\n" for line in tops) + self.entries[0].line
        tail = "" if first else gap + said
        begun, ended = self._encode([head, tail])
        room = self.tokens - len(begun) - len(ended)
        kept, ids = [0], begun
        for index in range(1, len(self.entries)):
            need = len(self.newline) + len(self.ids[index])
            if need <= room:
                room -= need
                kept.append(index)
        if place not in kept or room > (1 - FULL) * self.tokens or room < 0:
            return None
        for index in kept[1:]:
            ids += self.newline
            ids += self.ids[index]
        text = "\n".join([head, *(self.entries[i].line for i in kept[1:])]) + tail
        return text, [*ids, *ended], kept


_PRODUCTS = tuple(lexicon.PRODUCTS.values())


def _other(language: Language) -> Language:
    return "en" if language == "zh" else "zh"
