"""Reading an entry out of a catalogue: what may be written between a look-up's sign and the copy.

The model says what the command tells the entry by (its number, brand, name), then a line break,
then the entry's line. What it says is its own choice; that the line is one of the prompt's, and one
that holds what was said, is a rule of decoding (after De Cao et al., "Autoregressive Entity
Retrieval", 2021: an answer from a list is written under the constraint that it stands there).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from v25.processing import END, FIRST_STYLE, LOOKUP, STYLE_TOKENS, Processor
from v25.rules import FREE, Rule

STYLES = tuple(range(FIRST_STYLE, FIRST_STYLE + len(STYLE_TOKENS)))
FEWEST_LINES = 3
"""Of a command with a catalogue: two entries, and what is asked for."""
LONGEST = 32
"""Tokens of what an entry is told by; after them comes the line, whatever they say."""


class Quote:
    """What was read out so far, and what may come next."""

    def __init__(self, processor: Processor, command: str) -> None:
        """`command` as it was typed: only one of several lines holds what can be looked up."""
        self.processor = processor
        lines = (line.strip() for line in command.splitlines())
        self.lines = [line for line in dict.fromkeys(lines) if line]
        self.holds = len(self.lines) >= FEWEST_LINES
        self._told: list[int] = []
        self._read: list[int] = []
        self._left: list[list[int]] | None = None
        self._breaks = processor.encode("\n")[0] if self.holds else []

    def add(self, token: int) -> None:
        """Takes the next token, which `rule` allowed."""
        if token == LOOKUP:
            return
        if self._left is not None:
            self._read.append(token)
            self._left = [line[1:] for line in self._left if line[:1] == [token]]
            return
        self._told.append(token)
        told, broken, _ = self.processor.decode(self._told).partition("\n")
        if broken:
            lines = holding(self.lines, told)
            self._left = [self.processor.encode(line)[0] for line in lines]

    @property
    def line(self) -> str:
        """What was read of the entry; "" when nothing was."""
        return self.processor.decode(self._read)

    def rule(self, begun: bool) -> Rule:
        """For the next token; `begun` once the look-up's sign was written."""
        if not begun:
            return FREE if self.holds else Rule((LOOKUP,))
        if self._left is not None:
            after = dict.fromkeys(line[0] for line in self._left if line)
            ended = not after or not all(self._left)
            return Rule(only=(*after, *(STYLES if ended else ())), sure=bool(after))
        if len(self._told) >= LONGEST:
            return Rule(only=self._breaks[:1], sure=True)
        return Rule((END, *STYLES), sure=True)


def holding(lines: Sequence[str], told: str) -> list[str]:
    """Those of `lines` that hold every word of `told`, as whole words where any line does.

    Where none holds them all, whatever was told helps nobody: all lines.
    """
    words = told.casefold().split()
    for whole in (True, False):
        sought = [re.compile(_pattern(word, whole)) for word in words]
        found = [line for line in lines if all(s.search(line.casefold()) for s in sought)]
        if words and found:
            return found
    return list(lines)


def _pattern(word: str, whole: bool) -> str:
    """To search `word` with: as a `whole` one no Latin letter or digit goes on beside its own."""
    before = r"(?<![0-9a-z])" if whole and re.match(r"[0-9a-z]", word) else ""
    after = r"(?![0-9a-z])" if whole and re.search(r"[0-9a-z]$", word) else ""
    return before + re.escape(word) + after
