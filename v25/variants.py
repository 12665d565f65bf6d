"""The network's symbols to copies: a style's token begins a variant, the rest are its words."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet

from v25 import lexicon
from v25.pricing import LONGEST, Prices
from v25.processing import FIRST_STYLE, LOOKUP, Processor
from v25.quoting import Quote
from v25.rules import FREE, Rule
from v25.schema import Token

_STYLES = tuple(lexicon.STYLES)
SHORTEST_SENTENCE = 5
"""Characters; shorter sentences ("好吃！好吃！") repeat on purpose."""
STUTTER = 3
"""Times in a row that a token may come."""
TURN = 0.6
"""Share of an earlier sentence after which the same words may not go on as they did there."""


def style_of(token: int) -> str | None:
    """The style that `token` opens a variant in; None when it is no style's token."""
    place = token - FIRST_STYLE
    return _STYLES[place] if 0 <= place < len(_STYLES) else None


def split_variants(ids: Sequence[int], processor: Processor) -> tuple[list[str], list[str]]:
    """Style ids and texts: each style token begins a variant."""
    parts = list(_parts(ids))
    # a variant that stopped amid a character never gets the rest of it
    texts = [processor.decode(part).rstrip("\ufffd").strip() for _, part in parts]
    return [style for style, _ in parts], texts


def join_variants(styles: Sequence[str], variants: Sequence[str]) -> str:
    """The whole copy; several variants each under the name of its style."""
    if len(variants) < 2:
        return "".join(variants)
    named = []
    for style, variant in zip(styles, variants, strict=True):
        term = lexicon.STYLES[style]
        chinese = lexicon.is_chinese(variant)
        heading = f"【{term.zh[0]}】" if chinese else f"[{term.en[0].capitalize()}]"
        named.append(f"{heading}\n{variant}")
    return "\n\n".join(named)


def quote_of(ids: Sequence[int], processor: Processor) -> str | None:
    """The line of a catalogue that was read out before the copies; None without one."""
    if not ids or ids[0] != LOOKUP:
        return None
    stop = next((i for i, token in enumerate(ids) if style_of(token)), len(ids))
    line = processor.decode(ids[1:stop]).rstrip("\ufffd").partition("\n")[2].strip()
    return line or None


def whole_text(ids: Sequence[int], processor: Processor) -> str:
    """The text that a stream's pieces add up to: variants apart by a blank line."""
    texts = [processor.decode(part) for _, part in _parts(ids)]
    # only the last may be amid a character whose rest is still to come
    return "\n\n".join([*(text.rstrip("\ufffd") for text in texts[:-1]), *texts[-1:]])


def own_tokens(ids: Sequence[int], processor: Processor) -> list[Token]:
    """The start token and each generated one, with its place in `whole_text`.

    Of a character in several pieces the first one has the text, the others U+FFFD.
    """
    tokens = [Token("▸", "own", (0, 0))]
    before = 0
    pieces: list[int] = []
    for index, token in enumerate(ids):
        after = len(whole_text(ids[: index + 1], processor))
        style = style_of(token)
        if style:
            tokens.append(Token(f"‹{style}›", "own", (after, after)))
        elif token == LOOKUP:
            tokens.append(Token("‹look up›", "own", (after, after)))
        else:
            text = processor.decode([token])
            tokens.append(Token(text, "own", (before, after)))
            pieces = [*pieces, token] if "\ufffd" in text else []
            if pieces and "\ufffd" not in (whole := processor.decode(pieces)):
                first = len(tokens) - len(pieces)
                tokens[first] = Token(whole, "own", tokens[first].place)
                pieces = []
        before = after
    return tokens


class Sentences:
    """The sentences of the copy that is being written, so that none of them is written twice."""

    def __init__(self, processor: Processor, command: str = "") -> None:
        """`command` as it was typed: it may hold a catalogue."""
        self.processor, self.quote = processor, Quote(processor, command)
        self.prices = Prices(processor, command)
        self.finished: list[list[int]] = []
        self.current: list[int] = []
        self.opened = False
        self.latest: deque[int] = deque(maxlen=LONGEST)

    def add(self, token: int) -> None:
        """Takes the next token; a style's begins a new copy."""
        if style_of(token) is not None:
            if not self.opened:
                line = quote_of(self.current, self.processor)
                if line is not None:
                    self.prices = Prices(self.processor, line, all_told=True)
            self.finished, self.current, self.opened = [], [], True
            self.latest.clear()
            return
        self.current.append(token)
        self.latest.append(token)
        if not self.opened:
            self.quote.add(token)
        elif token in self.processor.ends:
            if len(self.processor.decode(self.current).strip()) > SHORTEST_SENTENCE:
                self.finished.append(self.current)
            self.current = []

    def rule(self, asked: AbstractSet[int]) -> Rule:
        """No token that would say an earlier sentence again, found well before its end.

        Those of the prompt (`asked`: a brand, a price) are always free. Prices are those that were
        told, and nothing is stuttered. Before the first copy the rules are those of reading out.
        """
        if not self.opened:
            return self.quote.rule(begun=bool(self.current))
        written = len(self.current)
        spent = [
            old[written]
            for old in self.finished
            if max(1, int(TURN * len(old))) <= written < len(old)
            and old[:written] == self.current
            and old[written] not in asked
        ]
        priced = self.prices.rule(self.latest)
        if priced.only is not None:
            return priced
        latest = list(self.latest)[-STUTTER:]
        if len(latest) == STUTTER and len(set(latest)) == 1:
            spent.append(latest[0])
        spent += priced.forbidden
        return Rule(spent) if spent else FREE


def _parts(ids: Sequence[int]) -> Iterator[tuple[str, list[int]]]:
    """Style and words of each variant; what comes before the first style is in none."""
    style, words = None, []
    for token in ids:
        opened = style_of(token)
        if opened is None:
            words.append(token)
            continue
        if style is not None:
            yield style, words
        style, words = opened, []
    if style is not None:
        yield style, words
