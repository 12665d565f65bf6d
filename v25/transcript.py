"""From the speech encoder's characters to a transcript: CTC beam search with a language model.

Frames alone spell by ear. A character model of how people order copy, made from a list of commands
that lies beside the weights, tells which spelling is likely; words that no command holds can still
be heard, for the model falls back to shorter and shorter histories. The search is that of Hannun et
al., "First-Pass Large Vocabulary Continuous Speech Recognition using Bi-Directional Recurrent
DNNs" (2014), the model's smoothing that of Witten and Bell (1991). Libraries: torchaudio's decoder
asks for flashlight-text and a KenLM model, pyctcdecode (2023) for a NumPy before 2.
"""

from __future__ import annotations

import itertools
import lzma
import math
import threading
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from torchaudio.functional import edit_distance

from v25.schema import V25Error

COMMANDS = "commands.txt.xz"
"""The list beside a checkpoint's weights: UTF-8, a command a line, compressed."""
EDGE = "\n"
"""Stands before and after every command."""
REMEMBERED = 200_000
"""Probabilities that are kept for the next time."""


@dataclass(frozen=True)
class Search:
    """How transcripts are searched for.

    Attributes:
        beam: hypotheses kept from frame to frame.
        letters: most letters that a frame may add.
        floor: log probability under which a frame's letter is not tried.
        margin: how much less likely than the best, in log probability, a hypothesis may be.
        weight: of the language model against the ear.
        bonus: for every letter, since the language model makes each one cost.
        trust: most of a text that may differ from what the ear alone heard. In noise or music the
            language model would hear commands that nobody gave; then the ear's text is taken.
        doubt: how much less likely than the best, in log probability, a text may be that is taken
            in place of one that is doubted.
    """

    beam: int = 64
    letters: int = 12
    floor: float = -8.0
    margin: float = 10.0
    weight: float = 0.7
    bonus: float = 1.5
    trust: float = 0.6
    doubt: float = 2.0

    def __post_init__(self) -> None:
        if self.beam < 1 or self.letters < 1:
            raise ValueError("beam and letters must be at least 1")


class CommandModel:
    """Character n-grams of commands: how likely a letter is after the ones before it."""

    def __init__(self, commands: Iterable[str], order: int = 8) -> None:
        text = EDGE + EDGE.join(commands) + EDGE
        self.order = order
        self._seen: Counter[str] = Counter()
        self._followers: Counter[str] = Counter()
        for size in range(1, order + 1):
            grams = Counter(map(text.__getitem__, map(slice, range(len(text) - size + 1),
                                                      range(size, len(text) + 1))))  # fmt: skip
            self._seen.update(grams)
            self._followers.update(gram[:-1] for gram in grams)
        self._seen[""] = len(text)
        self._rest = 1.0 / (2 * self._followers[""])  # of a letter that no command holds
        self._known: dict[str, float] = {}

    def log_probability(self, before: str, letter: str) -> float:
        """Natural logarithm of the chance that `letter` comes after `before`, a command's start."""
        return self.after(self.context(before), letter)

    def context(self, before: str) -> str:
        """The end of `before`, a command's start, that the next letter depends on."""
        return (EDGE + before)[1 - self.order :]

    def after(self, context: str, letter: str) -> float:
        """`log_probability` of `letter` after a text with this `context`."""
        gram = context + letter
        known = self._known.get(gram)
        if known is None:
            if len(self._known) >= REMEMBERED:
                self._known.clear()
            known = self._known[gram] = math.log(self._probability(gram))
        return known

    def _probability(self, gram: str) -> float:
        """Of the last letter after the others, shorter histories mixed in."""
        share = self._rest
        for start in range(len(gram) - 1, -1, -1):
            history = gram[start:-1]
            followers = self._followers[history]
            if not followers:
                break
            seen = self._seen[gram[start:]]
            share = (seen + followers * share) / (self._seen[history] + followers)
        return share


def read_commands(path: Path) -> list[str]:
    """The commands of a checkpoint's list.

    Raises:
        V25Error: the file is damaged.
    """
    try:
        text = lzma.decompress(path.read_bytes()).decode("utf-8")
    except (lzma.LZMAError, UnicodeDecodeError) as error:
        raise V25Error(
            "damaged_model",
            f"The file {path} is damaged ({error}); please fetch the model again.",
            path=str(path),
        ) from error
    return [line for line in text.splitlines() if line.strip()]


def write_commands(path: Path, commands: Iterable[str]) -> None:
    """What `read_commands` reads; sorted, for that packs best."""
    text = "\n".join(sorted(commands)) + "\n"
    path.write_bytes(lzma.compress(text.encode(), preset=9 | lzma.PRESET_EXTREME))


_making = threading.Lock()


def command_model(path: Path) -> CommandModel:
    """The model of a list; made at its first use, then kept. Whoever asks meanwhile waits."""
    with _making:
        return _command_model(path)


@lru_cache(maxsize=2)
def _command_model(path: Path) -> CommandModel:
    return CommandModel(read_commands(path))


def collapse(classes: Sequence[int], characters: str) -> str:
    """CTC's best path, one class a frame, as text: repeats fall together, then blanks go."""
    letters, before = [], 0
    for index in classes:
        if index not in (before, 0):
            letters.append(characters[index - 1])
        before = index
    return " ".join("".join(letters).split())


_Hypothesis = list[float]
"""How likely a text is: by the ear, ending in a blank; ending in its last letter; by the model.

All are natural logarithms; the model's is weighted already.
"""
_BLANK, _LETTER, _LANGUAGE = range(3)


def beam_search(
    log_probabilities: np.ndarray,
    characters: str,
    model: CommandModel,
    search: Search | None = None,
    doubted: Callable[[str], bool] = lambda _: False,
) -> str:
    """The likeliest text of a recording.

    Args:
        log_probabilities: `(F, len(characters) + 1)` natural logarithms, class 0 the blank.
        characters: letter of each other class.
        model: how likely texts are.
        search: how widely to look.
        doubted: whether something else speaks against a text: then one that is nearly as likely
            and that nothing speaks against is taken, if there is one.
    """
    search = search or Search()
    beams: dict[str, _Hypothesis] = {"": [0.0, -math.inf, 0.0]}
    classes = {letter: index + 1 for index, letter in enumerate(characters)}
    for row in log_probabilities:
        tried = np.flatnonzero(row[1:] > search.floor) + 1
        order = np.argsort(row[tried])[::-1][: search.letters]
        letters = [(characters[i - 1], float(row[i])) for i in tried[order].tolist()]
        grown = _stay(beams, row, classes)
        best = max(_score(old) for old in grown.values())
        _grow(grown, beams, letters, model, search, best)
        scored = [(_score(old), text) for text, old in grown.items()]
        least = max(scored)[0] - search.margin
        kept = sorted((pair for pair in scored if pair[0] >= least), reverse=True)
        beams = {text: grown[text] for _, text in kept[: search.beam]}

    def whole(item: tuple[str, _Hypothesis]) -> float:
        text, old = item
        return _score(old) + search.weight * model.log_probability(text.rstrip(), EDGE)

    ranked = sorted(((whole(item), item[0].strip()) for item in beams.items()), reverse=True)
    best, found = ranked[0]
    if doubted(found):
        near = (text for score, text in ranked if text and score >= best - search.doubt)
        found = next(itertools.filterfalse(doubted, near), found)
    heard = collapse(log_probabilities.argmax(-1).tolist(), characters) if found else ""
    believed = edit_distance(found, heard) <= search.trust * len(found)
    return found if believed else heard


def _stay(
    beams: dict[str, _Hypothesis], row: np.ndarray, classes: dict[str, int]
) -> dict[str, _Hypothesis]:
    """The texts as they are after a frame that adds nothing: a blank, or the last letter again."""
    blank, grown = float(row[0]), {}
    for text, (ends_blank, ends_letter, language) in beams.items():
        again = ends_letter + float(row[classes[text[-1]]]) if text else -math.inf
        grown[text] = [_either(ends_blank, ends_letter) + blank, again, language]
    return grown


def _grow(
    grown: dict[str, _Hypothesis],
    beams: dict[str, _Hypothesis],
    letters: list[tuple[str, float]],
    model: CommandModel,
    search: Search,
    best: float,
) -> None:
    """Adds the texts with one letter more to `grown`, but for those that cannot be kept.

    A text that is new has one way to come about. When even a certain language model would leave
    it outside the margin of `best`, a score that is there already, it need not be made.
    """
    least, after = best - search.margin, model.after
    for text, (ends_blank, ends_letter, language) in beams.items():
        last, either, context = text[-1:], _either(ends_blank, ends_letter), model.context(text)
        bound = least - language - search.bonus
        for letter, heard in letters:
            if letter == " " and last in ("", " "):
                continue
            # the same letter twice needs a blank between
            ear = (ends_blank if letter == last else either) + heard
            longer = grown.get(text + letter)
            if longer is not None:
                longer[_LETTER] = _either(longer[_LETTER], ear)
            elif ear >= bound:
                told = search.weight * after(context, letter) + search.bonus
                grown[text + letter] = [-math.inf, ear, language + told]


def _score(old: _Hypothesis) -> float:
    return _either(old[_BLANK], old[_LETTER]) + old[_LANGUAGE]


def _either(a: float, b: float) -> float:
    """Logarithm of the sum of two probabilities given by theirs."""
    if a < b:
        a, b = b, a
    return a if b == -math.inf else a + math.log1p(math.exp(b - a))
