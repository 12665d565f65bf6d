"""Notes: what of a typed text is read, and where it stands in the whole.

A copy for an entry of a catalogue is written from a note of its line and the command. Once the
entry is read out, nothing else of the catalogue belongs into the copy, and what a model of this
size writes from a few lines holds their facts far more surely than what it writes from hundreds.
So the prompt is read anew, as a note, and the copy goes on behind what was read out (after
retrieve-then-read: Chen et al., "Reading Wikipedia to Answer Open-Domain Questions", 2017; here one
network does both, and finds the line by its own attention).
"""

from __future__ import annotations

import bisect
import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from v25 import lexicon
from v25.quoting import Quote, Shared

MOST_SHARE = 0.9
"""Of a text's tokens that a note may have: it would say no less than the text."""
ENDS = tuple(".,;:!?。，；：！？、")
_NUMBERED = re.compile(r"(\d{1,4})\s*[.)．、:：）]\s*(?=\S)")
_ASKED = re.compile(
    r"\b(?:number|no|nr|item|line|entry|row|product)\b[.:]?\s*(\d{1,4})\b|#\s*(\d{1,4})\b"
    r"|第\s*(\d{1,4})|(\d{1,4})\s*号|号\s*(\d{1,4})|\b(\d{1,4})(?:st|nd|rd|th)\b"
    r"|\bfor\s+(\d{1,4})\s*(?:$|[.,:;!?])"
)
"""A number that stands for a line, not for how many copies: "no. 2", "for 2:", "第2个", "2号"."""

Line = tuple[int, int]
"""Where it begins and ends in the whole text, in characters."""


@dataclass(frozen=True)
class Note:
    """Some lines of a text.

    Attributes:
        text: what is read.
        lines: `(at, start, stop)` of each line: at which character of `text` it begins, and where
            it stands in the whole.
    """

    text: str
    lines: tuple[tuple[int, int, int], ...]

    def place(self, start: int, stop: int) -> Line:
        """Where characters `start` to `stop` of the note stand in the whole text.

        What joins two lines stands behind the first.
        """
        index = max(0, bisect.bisect_right(self.lines, start, key=lambda line: line[0]) - 1)
        at, begin, end = self.lines[index]
        if start >= at + end - begin:
            after = self.lines[index + 1 : index + 2]
            if not after or stop <= after[0][0]:
                return end, end + 1
            at, begin, end = after[0]
            start = at
        return start - at + begin, min(stop - at + begin, end)


def note_of(text: str, shared: Shared, told: str, found: str) -> Note:
    """`text` with the entry `found`, which was looked up by `told`, as its only one.

    What stands before and behind the entries stays, the command among it, and so does a first or
    last line that says what was told: a command may look like an entry.
    """
    words = told.casefold().split()
    near = {line for line in shared.ends if all(word in line.casefold() for word in words)}
    kept = {found, *shared.unlike, *near}
    lines: list[Line] = []
    blank: Line | None = None
    for start, stop in _lines(text):
        if start == stop:
            blank = start, stop
        elif text[start:stop] in kept:
            if blank and lines:  # where entries stood apart by blank lines, one is left
                lines.append(blank)
            lines.append((start, stop))
            blank = None
    return _joined(text, lines, ["\n"] * len(lines))


def as_read(text: str, quote: Quote) -> Note:
    """What of `text` is read at first: all of it.

    A list is read as it stands. Of any other text the lines are read as one: the model has learnt
    commands without line breaks, and lists with them. Of numbered names, which are no list that it
    could look anything up in, the one whose number the command says is read, without its number.
    """
    if quote.is_list:
        return Note(text, ((0, 0, len(text)),))
    lines = _asked_by_number(text, [(a, b) for a, b in _lines(text) if a < b])
    comma = "，" if lexicon.is_chinese(text) else ", "
    joints = [" " if text[start:stop].endswith(ENDS) else comma for start, stop in lines]
    return _joined(text, lines, joints)


def _asked_by_number(text: str, lines: Sequence[Line]) -> list[Line]:
    """`lines` of `text` without the numbered ones that are not asked for; else all of them.

    They are numbered if two in a row are, one after the other.
    """
    marks = [_NUMBERED.match(text[start:stop]) for start, stop in lines]
    numbers = [int(mark[1]) if mark else None for mark in marks]
    if not any(a is not None and b == a + 1 for a, b in itertools.pairwise(numbers)):
        return list(lines)
    others = [text[a:b] for (a, b), mark in zip(lines, marks, strict=True) if mark is None]
    found = itertools.chain.from_iterable(_ASKED.findall(line.casefold()) for line in others)
    asked = {int("".join(groups)) for groups in found}
    if asked.isdisjoint(numbers):
        return list(lines)
    return [
        (start + mark.end() if mark else start, stop)
        for (start, stop), mark, number in zip(lines, marks, numbers, strict=True)
        if number is None or number in asked
    ]


def take_note(text: str, quote: Quote, tokens: int) -> Note | None:
    """A note of what `quote` has read out of `text`; None where there is no need of one.

    Args:
        text: as it was typed.
        quote: what was read out so far.
        tokens: of `text`.
    """
    found = quote.found
    if found is None:
        return None
    note = note_of(text, quote.shared, *found)
    short = len(quote.processor.encode(note.text)[0]) <= MOST_SHARE * tokens
    return note if short else None


def _lines(text: str) -> Iterator[Line]:
    """Every line without the spaces around it; a blank one is empty."""
    at = 0
    for whole in text.splitlines(keepends=True):
        line = whole.strip()
        start = at + len(whole) - len(whole.lstrip()) if line else at
        yield start, start + len(line)
        at += len(whole)


def _joined(text: str, lines: Sequence[Line], joints: Sequence[str]) -> Note:
    """`lines` of `text`, each but the last followed by its joint."""
    written, places = "", []
    for (start, stop), joint in zip(lines, ["", *joints], strict=False):
        written += joint
        places.append((len(written), start, stop))
        written += text[start:stop]
    return Note(written, tuple(places))
