"""What a copy must hold, counted: pure functions over plain records.

Each answer gives numbers with weights, and `summarise` makes means of them with a 95 %
half-width. Nothing here runs a model or reads a file.
"""

from __future__ import annotations

import functools
import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
from torchaudio.functional import edit_distance

from v25 import lexicon
from v25.labels import LABEL_PRODUCTS
from v25.lexicon import Term
from v25.measures import Mean, Z, half_width
from v25.naming import likeliest, named_products
from v25.schema import Generation, is_sure
from v25.variants import SHORTEST_SENTENCE

NAMES = {
    "everything": "all of the row right",
    "copies": "number of copies",
    "points_all": "all points of the row",
    "points": "points named",
    "facts": "brand, price and all points",
    "entry": "entry read out to the letter",
    "brand": "brand exact",
    "price": "price exact",
    "language": "language",
    "styles": "styles in order",
    "style_told": "style told from the text",
    "product": "product named",
    "seen": "product recognised",
    "as_seen": "product as seen",
    "no_other": "no other product named",
    "unbroken": "no broken character",
    "unrepeated": "no repeated sentence",
    "ended": "came to its end",
    "cer": "character error rate",
}
"""Every score of a copy, in the order of the table."""
PARTIAL = ("points", "facts", "entry", "style_told", "seen", "as_seen", "no_other", "cer")
"""Scores that "everything" leaves out: shares, where a fault lies, what nobody asked to write."""


@dataclass(frozen=True)
class Expect:
    """What an answer should hold; a field that is None is not scored.

    Attributes:
        copies: number of copies.
        points: selling points: ids or names of `v25.lexicon.POINTS`, or any words.
        brand: stands in the copy letter for letter.
        price: likewise.
        language: "zh" or "en".
        styles: ids or names of `v25.lexicon.STYLES`, in order.
        product: id of `v25.lexicon.PRODUCTS`, or any name.
        copy_name: one more name that counts as the product's.
        transcript: what the recording says.
    """

    copies: int | None = None
    points: tuple[str, ...] | None = None
    brand: str | None = None
    price: str | None = None
    language: str | None = None
    styles: tuple[str, ...] | None = None
    product: str | None = None
    copy_name: str | None = None
    transcript: str | None = None

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> Expect:
        """From an object of a JSON line; keys that nothing scores are left out.

        Raises:
            ValueError: a field holds what it cannot.
        """
        known = {f.name for f in fields(cls)}
        made = {k: v for k, v in values.items() if k in known and v not in (None, "", [])}
        for name, value in made.items():
            if name == "copies":
                right = isinstance(value, int) and not isinstance(value, bool) and value > 0
            elif name in ("points", "styles"):
                value = [value] if isinstance(value, str) else value
                right = isinstance(value, list) and all(isinstance(v, str) for v in value)
                made[name] = tuple(value) if right else value
            else:
                right = isinstance(value, str)
            if not right:
                raise ValueError(f"expect.{name} can't be {value!r}")
        if made.get("language") not in (None, "zh", "en"):
            raise ValueError(f"expect.language must be 'zh' or 'en', not {made['language']!r}")
        if "styles" in made:
            made["styles"] = tuple(_style(name) for name in made["styles"])
        return cls(**made)


Scores = dict[str, tuple[float, float]]
"""Score to (value, weight)."""


def score(expect: Expect, answer: Generation, command: str = "") -> Scores:
    """Every score that `expect` and the photo allow for one answer.

    Args:
        expect: what it should hold.
        answer: the copy, and what the model saw and heard.
        command: what was typed.
    """
    text = "\n".join(answer.variants)
    found: dict[str, float] = {
        "unbroken": "\ufffd" not in answer.text and "\ufffd" not in text,
        "unrepeated": not any(map(repeats, answer.variants)),
        "ended": answer.finish_reason == "end",
    }
    if expect.copies is not None:
        found["copies"] = len(answer.variants) == expect.copies
    if expect.points is not None:
        named = [names_point(text, point) for point in expect.points]
        found |= {"points_all": all(named), "points": sum(named) / len(named)}
    for field in ("brand", "price"):
        value = getattr(expect, field)
        if value is not None:
            found[field] = holds(text, value)
    if expect.language is not None:
        found["language"] = bool(answer.variants) and all(
            written_in(variant, expect) for variant in answer.variants
        )
    if expect.styles is not None:
        found["styles"] = tuple(answer.styles) == expect.styles
    if expect.product is not None or expect.copy_name is not None:
        found["product"] = names_product(text, expect)
    found |= photo_faults(expect, answer, command)
    found["everything"] = all(v for k, v in found.items() if k not in PARTIAL)
    scores = {name: (float(value), 1.0) for name, value in found.items()}
    if expect.transcript is not None:
        said, heard = spoken_form(expect.transcript), spoken_form(answer.transcript or "")
        scores["cer"] = edit_distance(heard, said) / max(1, len(said)), float(max(1, len(said)))
    return scores


def holds(text: str, value: str) -> bool:
    """Whether `value` stands in `text` exactly, not as a part of a longer word or number."""
    return exactly(value).search(text) is not None


def exactly(value: str) -> re.Pattern[str]:
    """Finds `value` where it is not a part of a longer word or number."""
    before = r"(?<![0-9A-Za-z])(?<![0-9][.,])" if re.match(r"[0-9A-Za-z]", value) else ""
    after = r"(?![0-9A-Za-z])(?![.,][0-9])" if re.search(r"[0-9A-Za-z]$", value) else ""
    return re.compile(before + re.escape(value) + after)


def names_point(text: str, point: str) -> bool:
    """Whether `text` names a selling point, by any of its names in either language."""
    term = _term(lexicon.POINTS, point)
    return lexicon.mentions(text, term) if term else point.lower() in text.lower()


def names_product(text: str, expect: Expect) -> bool:
    """Whether `text` calls the product by one of its names, of the copy's language if known."""
    names = [n for n in (expect.copy_name,) if n]
    if expect.product is not None:
        term = _term(lexicon.PRODUCTS, expect.product)
        languages = (expect.language,) if expect.language else ("zh", "en")
        if term is None:
            names.append(expect.product)
        else:
            names += [name for language in languages for name in getattr(term, language)]
    zh = tuple(n for n in names if not n.isascii())
    return lexicon.mentions(text, Term("", zh, tuple(n for n in names if n.isascii())))


def photo_faults(expect: Expect, answer: Generation, command: str) -> dict[str, float]:
    """What tells the decoder from the classifier; nothing without a photo.

    Where the command leaves the product to the photo: "seen", the classifier finds the right one
    likeliest, and "as_seen", where it is sure, the copy names what it found likeliest, right or
    wrong. "no_other", where the product is known: the copy names no other one.
    """
    if not answer.perception:
        return {}
    right = None if expect.product is None else _term(lexicon.PRODUCTS, expect.product)
    said = " ".join((command, expect.transcript or answer.transcript or ""))
    text = "\n".join(answer.variants)
    for value in filter(None, (expect.brand, expect.price)):
        said, text = exactly(value).sub(" ", said), exactly(value).sub(" ", text)
    named, asked = named_products(text), named_products(said)
    found: dict[str, float] = {}
    if not (right.id in asked if right else asked):
        if right is not None:
            found["seen"] = likeliest(answer.perception) == right.id
        if is_sure(answer.perception):
            found["as_seen"] = likeliest(answer.perception) in named
    if right is not None:
        found["no_other"] = not {p for p, name in named.items() if name not in _colours()} - {
            right.id
        }
    return found


@functools.cache
def _colours() -> frozenset[str]:
    """Names of colours: an orange blouse is no fruit."""
    return frozenset(name for colour in lexicon.COLOURS.values() for name in colour.en)


def _term(terms: Mapping[str, Term], name: str) -> Term | None:
    """The term with this id or name; None when there is none."""
    name = LABEL_PRODUCTS.get(name, name) if terms is lexicon.PRODUCTS else name
    if name in terms:
        return terms[name]
    wanted = name.strip().lower()
    same = (t for t in terms.values() if wanted in {n.lower() for n in (t.id, *t.zh, *t.en)})
    return next(same, None)


def _style(name: str) -> str:
    term = _term(lexicon.STYLES, name)
    if term is None:
        raise ValueError(f"expect.styles: there is no style {name!r}")
    return term.id


def written_in(text: str, expect: Expect) -> bool:
    """Whether `text` is in the language asked for; brand, price and hashtags do not count."""
    for value in (expect.brand, expect.price):
        text = text.replace(value, " ") if value else text
    text = re.sub(r"#\S+", " ", text)
    return bool(text.strip()) and lexicon.is_chinese(text) == (expect.language == "zh")


def repeats(text: str) -> bool:
    """Whether a sentence stands in `text` twice."""
    sentences = [re.sub(r"\W+", "", part).lower() for part in split_sentences(text)]
    long = [s for s in sentences if len(s) >= SHORTEST_SENTENCE]
    return len(set(long)) < len(long)


def split_sentences(text: str) -> list[str]:
    """What lies between full stops, exclamation marks, question marks and ends of lines."""
    return re.split(r"[。！？!?\n]+|\.(?=\s|$)", text)


def spoken_form(text: str) -> str:
    """What of a text can be heard: lower case, no punctuation, no spaces beside Han."""
    text = unicodedata.normalize("NFKC", text).replace("’", "'").lower()
    text = " ".join(re.sub(r"[^\w' ]+", " ", text).split())
    return re.sub(r"(?<=[㐀-鿿]) | (?=[㐀-鿿])", "", text)


class StyleJudge:
    """Tells a copy's style from its text alone: naive Bayes over runs of one to four characters."""

    def __init__(self, copies: Iterable[tuple[str, str]]) -> None:
        """Learns from (style, copy) pairs."""
        self.counts: dict[str, Counter[str]] = {}
        for style, copy in copies:
            self.counts.setdefault(style, Counter()).update(_runs(copy))
        self.known = len(set().union(*self.counts.values()))
        self.totals = {style: sum(c.values()) + self.known for style, c in self.counts.items()}

    def tell(self, text: str) -> str:
        """The likeliest style."""
        runs = _runs(text)

        def likelihood(style: str) -> float:
            counts, total = self.counts[style], self.totals[style]
            return sum(math.log((counts[run] + 1) / total) for run in runs)

        return max(self.counts, key=likelihood)


def _runs(text: str) -> set[str]:
    text = re.sub(r"\s+", " ", text.lower())
    return {text[i : i + n] for n in (1, 2, 3, 4) for i in range(len(text) - n + 1)}


def told_share(judge: StyleJudge, expected: Sequence[str], variants: Sequence[str]) -> float:
    """Share of the expected styles whose variant `judge` tells rightly."""
    pairs = zip(expected, variants, strict=False)
    return sum(judge.tell(text) == style for style, text in pairs) / len(expected)


def summarise(rows: Sequence[Sequence[Scores]]) -> dict[str, Mean]:
    """Means over rows; each row's repetitions (seeds) are averaged first, as one observation."""
    names = [name for name in NAMES if any(name in once for row in rows for once in row)]
    return {name: _mean(name, rows) for name in names}


def _mean(name: str, rows: Sequence[Sequence[Scores]]) -> Mean:
    pairs = [[once[name] for once in row if name in once] for row in rows]
    pairs = [row for row in pairs if row]
    values = np.array([np.mean([v for v, _ in row]) for row in pairs])
    weights = np.array([row[0][1] for row in pairs])
    value = float((values * weights).sum() / weights.sum())
    if name == "cer":  # a ratio of sums, and it can pass 1
        width = Z * math.sqrt(float((weights**2 * (values - value) ** 2).sum())) / weights.sum()
        return Mean(value, float(width), len(pairs))
    return Mean(value, half_width(value, len(pairs)), len(pairs))
