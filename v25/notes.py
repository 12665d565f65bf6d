"""Notes: a copy for an entry of a long catalogue is written from its line and the command alone.

Once the entry is read out, nothing else of the catalogue belongs into the copy, and what a model
of this size writes from a few lines holds their facts far more surely than what it writes from
hundreds. So the prompt is read anew, as a note, and the copy goes on behind what was read out
(after retrieve-then-read: Chen et al., "Reading Wikipedia to Answer Open-Domain Questions", 2017;
here one network does both, and retrieves by its own attention).
"""

from __future__ import annotations

from dataclasses import dataclass

from v25.quoting import Quote, Shared

FEWEST_TOKENS = 128
"""Of a typed text, for a note to be taken: shorter ones are few lines themselves."""
MOST_SHARE = 0.5
"""Of its tokens that a note may have: more would be as hard to write from."""


@dataclass(frozen=True)
class Note:
    """Some lines of a text.

    Attributes:
        text: the lines.
        spans: `(start, stop)` of each line in the whole text, in characters.
    """

    text: str
    spans: tuple[tuple[int, int], ...]

    def place(self, start: int, stop: int) -> tuple[int, int]:
        """Where characters `start` to `stop` of the note stand in the whole text."""
        before = 0
        for begin, end in self.spans:
            size = end - begin
            if start <= before + size:  # the line break belongs to the line before it
                shift = begin - before
                return start + shift, max(start, min(stop, before + size + 1)) + shift
            before += size + 1
        raise IndexError(f"there are no characters {start} to {stop}")


def note_of(text: str, shared: Shared, told: str, found: str) -> Note:
    """`text` with the entry `found`, which was looked up by `told`, as its only one.

    What stands before and behind the entries stays, the command among it, and so does a first or
    last line that says what was told: a command may look like an entry.
    """
    words = told.casefold().split()
    near = {line for line in shared.ends if all(word in line.casefold() for word in words)}
    kept = {found, *shared.unlike, *near}
    spans: list[tuple[int, int]] = []
    blank: tuple[int, int] | None = None
    at = 0
    for whole in text.splitlines(keepends=True):
        line, start = whole.strip(), at + len(whole) - len(whole.lstrip())
        if not line:
            blank = (at, at)
        elif line in kept:
            if blank and spans:  # where entries stood apart by blank lines, one is left
                spans.append(blank)
            spans.append((start, start + len(line)))
            blank = None
        at += len(whole)
    return Note("\n".join(text[start:stop] for start, stop in spans), tuple(spans))


def take_note(text: str, quote: Quote, tokens: int) -> Note | None:
    """A note of what `quote` has read out of `text`; None where there is no need of one.

    Args:
        text: as it was typed.
        quote: what was read out so far.
        tokens: of `text`.
    """
    found = quote.found
    if found is None or tokens < FEWEST_TOKENS:
        return None
    note = note_of(text, quote.shared, *found)
    short = len(quote.processor.encode(note.text)[0]) <= MOST_SHARE * tokens
    return note if short else None
