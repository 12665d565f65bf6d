"""Products by name: those that a text names, and what a photo is called."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Sequence

from v25 import lexicon
from v25.labels import LABEL_PRODUCTS, LABELS_EN, LABELS_ZH
from v25.schema import Generation, Label, is_sure, product_shares

IDIOMS = (
    "near the top",
    "on top",
    "top of",
    "top marks",
    "top shelf",
    "over the top",
    "dress code",
)
"""English phrases with a product's name in them that name no product."""


def named_products(text: str) -> dict[str, str]:
    """Products that `text` names, each with the longest of its names there.

    Of names that lie in each other the longest counts: 苹果汁 is juice, oat milk is no milk.
    """
    names, pattern = _patterns()
    found: dict[str, str] = {}
    for match in pattern.finditer(_plain(text)):
        name = match.group()
        name = next(n for n in (name, name[:-1], name[:-2]) if n in names)
        product = names[name]
        if product is not None and len(name) > len(found.get(product, "")):
            found[product] = name
    return found


def likeliest(perception: Sequence[Label]) -> str:
    """The product with the most probability, all its labels together."""
    shares = product_shares(perception)
    return max(shares, key=shares.__getitem__)


def seen_name(perception: Sequence[Label], said: str) -> str | None:
    """What a command that was `said` would call the product that the classifier is sure to see.

    In the command's language; None where it names a product itself, and where none is sure.
    """
    if not is_sure(perception) or named_products(said):
        return None
    term = lexicon.PRODUCTS.get(likeliest(perception))
    if term is None:
        return None
    return (term.zh if lexicon.is_chinese(said) else term.en)[0]


def tells_product(generation: Generation) -> bool:
    """Whether the line that was read out, what was typed or heard, or a photo tells a product.

    Without, the copy is about one of the model's own choice. A photo tells one even where the
    classifier is not sure; so does a request of which nothing is kept, since none can say.
    """
    if generation.perception or generation.media is None:
        return True
    typed, heard = generation.media.text or "", generation.transcript or ""
    return _names_any(generation.quote or f"{typed} {heard}")


@functools.lru_cache(maxsize=16)
def _names_any(text: str) -> bool:
    """Remembered: a page asks at every token, and a long catalogue takes a while to search."""
    return bool(named_products(text))


def names_another(perception: Sequence[Label], typed: str) -> Callable[[str], bool]:
    """Tells of a transcript whether it names products, but none surely seen or `typed`.

    In noise "it" was heard as "a hat"; where no product is surely seen, nothing is told from that.
    """
    if not is_sure(perception):
        return lambda said: False
    known = {likeliest(perception), *named_products(typed)}

    def another(said: str) -> bool:
        named = named_products(said).keys()
        return bool(named) and named.isdisjoint(known)

    return another


@functools.cache
def _patterns() -> tuple[dict[str, str | None], re.Pattern[str]]:
    """Every name of every product and label, and what finds them, the longest first."""
    names: dict[str, str | None] = {_plain(idiom): None for idiom in IDIOMS}
    for product in lexicon.PRODUCTS.values():
        names |= {_plain(name): product.id for name in (*product.zh, *product.en)}
    for label, product_id in LABEL_PRODUCTS.items():
        for name in (LABELS_ZH[label], LABELS_EN[label]):
            names[re.split(r"\s*[(（]", _plain(name))[0]] = product_id
    longest = sorted(names, key=len, reverse=True)
    words = "|".join(re.escape(n) for n in longest if n.isascii())
    others = "|".join(re.escape(n) for n in longest if not n.isascii())
    plural = r"(?:s|(?<=[sxh])es)?"
    return names, re.compile(rf"(?<![a-z])(?:{words}){plural}(?![a-z])|{others}")


def _plain(text: str) -> str:
    return text.lower().replace("-", " ")
