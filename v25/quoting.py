"""Reading an entry out of a catalogue: what may be written between a look-up's sign and the copy.

The model says what the command tells the entry by (its number, brand, name), then a line break,
then the entry's line. Which it says is its own choice. Rules of decoding hold it to the text: what
it looks for stands in the command and in another line, and the line is an entry that holds it
(after De Cao et al., "Autoregressive Entity Retrieval", 2021: an answer from a list is written
under the constraint that it stands there). The command is the first line or the last, or one of
those before or behind the entries that look unlike them. Where the lines are entries beyond doubt
(of several fields, alike) and the command says a word of one, reading out is no choice.
"""

from __future__ import annotations

import bisect
import functools
import itertools
import re
from collections import Counter
from collections.abc import Sequence

from v25 import lexicon
from v25.processing import END, FIRST_STYLE, LOOKUP, STYLE_TOKENS, Processor
from v25.rules import FREE, Rule

STYLES = tuple(range(FIRST_STYLE, FIRST_STYLE + len(STYLE_TOKENS)))
FEWEST_LINES = 3
"""Of a command with a catalogue: two entries, and what is asked for."""
COMMON, ALIKE = 0.5, 0.6
"""Share of the lines that hold what is usual among them, and of it that an entry holds at least."""
MANY = 7
"""Lines from which on what stands in most of them is a label or a sign, and tells no entry."""
FIELDS = 3
"""Signs between the fields of a line, and no fewer, by which it is an entry beyond doubt."""
LONGEST = 32
"""Tokens of what an entry is told by; after them comes the line, whatever they say."""
MOST_UNITS = 10
"""Words, signs and Han characters of one part of it."""
_UNIT = re.compile(
    r"[0-9]+(?:[.,][0-9]+)*|[0-9a-z]+(?:[-&][0-9a-z]+|'(?!s\b)[0-9a-z]+)*|\s+|.", re.DOTALL
)
"""A number, a word (without "'s": commands say "Norvo's"), a space, or any other character."""
_TELLS = re.compile(r"\d|[a-z]{4}|[^\W\d_a-z]{2}")
"""What may tell an entry: a number, a word of four letters, two characters of another script."""


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
            entries = self.shared.entries(lines)
            self._left = [self.processor.encode(line)[0] for line in entries]

    def rule(self, begun: bool) -> Rule:
        """For the next token; `begun` once the look-up's sign was written."""
        if not begun:
            if not self.is_list:
                return Rule((LOOKUP,))
            return Rule(only=(LOOKUP,)) if self.shared.asks else FREE
        if self._left is None:
            return self._told_by()
        after = dict.fromkeys(line[0] for line in self._left if line)
        ended = not after or not all(self._left)
        return Rule(only=(*after, *(STYLES if ended else ())), sure=bool(after))

    @property
    def is_list(self) -> bool:
        """Whether the command holds entries at all; other lines are parts of one command."""
        return self.holds and self.shared.listed

    @property
    def found(self) -> tuple[str, str] | None:
        """What the entry is told by, and its line, once that is read out to its end."""
        if not self._read or self._left is None or any(self._left) or not self._left:
            return None
        told, _, _ = self.processor.decode(self._told).partition("\n")
        return told, self.processor.decode(self._read)

    @functools.cached_property
    def shared(self) -> Shared:
        """What the command and the entries have in common."""
        return Shared(self.lines)

    def _told_by(self) -> Rule:
        """What the entry is told by goes on as something that is shared, or ends.

        It ends where it is whole, and at once where no third line holds it: then it is enough.
        """
        if len(self._told) >= LONGEST:
            return Rule(only=self._breaks[:1], sure=True)
        if not self.shared.parts:
            return Rule((END, *STYLES), sure=True)
        spellings = self.processor.spellings
        told = b"".join(spellings[token] for token in self._told).lower()
        only = [i for i, s in enumerate(spellings) if s and self.shared.begins(told + s.lower())]
        if not only or self.shared.holds(told):
            ended = self._breaks[:1]
            words = any(_goes_on(spellings[i]) for i in only)
            alone = not words and len(holding(self.lines, told.decode(errors="replace"))) <= 2
            only = ended if alone else only + ended
        return Rule(only=only, sure=True)


def _goes_on(spelling: bytes) -> bool:
    """Whether it is more of the word before it, not a space or a sign."""
    return spelling[0] >= 128 or spelling[:1].isalnum()


class Shared:
    """What the command shares with an entry: runs of whole words, signs and characters.

    Attributes:
        unlike: the lines before and behind the entries.
        ends: the first line and the last: one of them is the command, or an unlike one is.
        parts: all that is shared, as lower-case bytes in order.
        listed: two lines of several fields are alike: without, it is a command of several lines.
        asks: a command that asks for an entry of a list, beyond doubt.
    """

    def __init__(self, lines: Sequence[str]) -> None:
        usual = usual_in(lines)
        self.unlike, self.ends = unlike(lines, usual), frozenset((lines[0], lines[-1]))
        runs = {line: _runs(line) for line in lines}
        said = set().union(*map(runs.__getitem__, self.unlike | self.ends))
        number = Counter(part for line in lines for part in runs[line] & said)
        both = {part for part, count in number.items() if count > 1}
        if len(lines) >= MANY:
            rare = {part for part in both if number[part] <= COMMON * len(lines)}
            both = rare or both
        listed = sum(_fields(line, usual) >= FIELDS for line in lines)
        self.listed = listed > 1 or any(
            (_signs(a) & _signs(b)).total() >= FIELDS for a, b in itertools.pairwise(lines)
        )
        few = 1 + max(1, (len(lines) - 1) // 2)
        asked = both & set().union(*map(runs.__getitem__, self.unlike or self.ends))
        self.asks = listed >= max(2, COMMON * len(lines)) and any(
            number[part] <= few and _TELLS.search(part) for part in asked
        )
        self.parts = sorted(part.encode() for part in both)
        self._all = frozenset(self.parts)

    def entries(self, lines: Sequence[str]) -> list[str]:
        """Those of `lines`, which hold what was told, that can be the entry: not the command."""
        left = [line for line in lines if line not in self.unlike]
        ends = self.ends.intersection(left)
        if len(left) == len(lines) and len(ends) == 1:
            left = [line for line in left if line not in ends]
        return left or list(lines)

    def begins(self, told: bytes) -> bool:
        """Whether `told`, one part or several with spaces between, can be gone on with so."""
        at = bisect.bisect_left(self.parts, told)
        if at < len(self.parts) and self.parts[at].startswith(told):
            return True
        before, space, after = told.rpartition(b" ")
        return bool(space) and self.holds(before) and (not after or self.begins(after))

    def holds(self, told: bytes) -> bool:
        """Whether all of `told` is whole parts."""
        if told in self._all:
            return True
        before, space, after = told.rpartition(b" ")
        return bool(space) and after in self._all and self.holds(before)


def usual_in(lines: Sequence[str]) -> frozenset[str]:
    """Words, signs and characters that most of `lines` hold; of few lines signs, if there are any.

    Among few, what the command says of an entry would be usual as well.
    """
    counts = Counter(itertools.chain.from_iterable(set(_units(line)) for line in lines))
    usual = frozenset(unit for unit, count in counts.items() if count > COMMON * len(lines))
    signs = frozenset(unit for unit in usual if not unit.isalnum())
    return signs if signs and len(lines) < MANY else usual


def unlike(lines: Sequence[str], usual: frozenset[str]) -> frozenset[str]:
    """Those of `lines`, at either end, that hold little of what is `usual` among them."""
    alike = [len(usual.intersection(_units(line))) >= ALIKE * len(usual) for line in lines]
    if not any(alike):
        return frozenset()
    first, last = alike.index(True), len(alike) - alike[::-1].index(True)
    return frozenset((*lines[:first], *lines[last:]))


def _units(line: str) -> list[str]:
    """Without the spaces between English words; those of Chinese, wide ones and tabs are signs."""
    units = _UNIT.findall(line.casefold())
    return units if lexicon.is_chinese(line) else [unit for unit in units if unit != " "]


def _fields(line: str, usual: frozenset[str]) -> int:
    """Signs in `line`, and wide spaces, that are `usual`."""
    return sum(unit in usual and not unit.isalnum() for unit in _units(line))


def _signs(line: str) -> Counter[str]:
    return Counter(unit for unit in _units(line) if not unit.isalnum())


def _runs(line: str) -> set[str]:
    """Up to `MOST_UNITS` units in a row, from one that is no space to one that is none."""
    units, runs = _UNIT.findall(line.casefold()), set()
    for start, unit in enumerate(units):
        if unit.isspace():
            continue
        part = ""
        for unit in units[start : start + MOST_UNITS]:
            part += unit
            if not unit.isspace():
                runs.add(part)
    return runs


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
