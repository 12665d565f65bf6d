"""How much the copies of one brief differ, and how much of them the training text holds.

Sentences are compared without case, punctuation and emoji; hashtags are none. Brand and price are
slots: a mark stands for them on both sides. Calls and bare facts ("姐妹们！", "Soft.") come again
on purpose, so they are no sentences, unless a copy has no other.
"""

from __future__ import annotations

import hashlib
import math
import multiprocessing
import os
import random
import re
from collections.abc import Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor

import numpy as np

from v25.measures import Mean, Z, half_width
from v25.scoring import exactly, split_sentences
from v25.training import corpus
from v25.training.brief import Brief

COPIES = 10
"""Copies of each brief."""
CORPUS_ROWS = 200_000
"""Training rows whose sentences are looked up, unless told otherwise."""
SHORTEST = 4
"""Han characters, or words, of a sentence; what is shorter is a call or a bare fact."""
TASK = 2_000
"""Rows that a process draws at a time, from a seed of their own: cores change nothing."""
DISTINCT = "distinct sentences of ten copies"
OPENINGS = "distinct openings of ten copies"
NOVEL = "sentences that the training text does not hold"


class Sample:
    """Which sentences stand in some text, by their 64-bit hashes."""

    def __init__(self, hashes: np.ndarray) -> None:
        """Takes `(S,)` uint64 in any order."""
        self.hashes = np.unique(hashes)

    def __len__(self) -> int:
        return len(self.hashes)

    def holds(self, sentences: Sequence[str]) -> np.ndarray:
        """`(len(sentences),)` bool."""
        return np.isin(_hashes(sentences), self.hashes)


def draw_sample(rows: int, processes: int | None = None) -> Sample:
    """The sentences of `rows` fresh rows of the training corpus, the same every time.

    Args:
        rows: how many briefs are drawn.
        processes: how many draw at a time; None: one for each core.
    """
    starts = range(0, rows, TASK)
    sizes = [min(TASK, rows - start) for start in starts]
    processes = min(processes or os.cpu_count() or 1, len(sizes))
    if processes == 1:
        return Sample(np.concatenate([_draw(*task) for task in zip(starts, sizes, strict=True)]))
    context = multiprocessing.get_context("spawn")  # a fork of a process that uses CUDA is lost
    with ProcessPoolExecutor(processes, context) as pool:
        return Sample(np.concatenate(list(pool.map(_draw, starts, sizes))))


def _draw(start: int, rows: int) -> np.ndarray:
    """Hashes of the sentences of training rows `start` to `start + rows`."""
    rng = random.Random(f"sample-{start}")
    found: set[str] = set()
    for _ in range(rows):
        brief = corpus.draw_brief(rng)
        for _, copy in corpus.copies(brief, rng):
            found.update(sentences(copy, brief))
    return _hashes(found)


def _hashes(texts: Iterable[str]) -> np.ndarray:
    digests = b"".join(hashlib.blake2b(t.encode(), digest_size=8).digest() for t in texts)
    return np.frombuffer(digests, np.uint64)


def variety_shares(copies: Sequence[str], brief: Brief, sample: Sample) -> dict[str, float]:
    """Shares of distinct sentences, distinct openings and novel sentences of a brief's copies."""
    said = [sentence for copy in copies for sentence in sentences(copy, brief)]
    if not said:
        return {DISTINCT: 0.0, OPENINGS: 0.0}  # nothing but emoji, or nothing at all
    openings = {opening(copy, brief) for copy in copies} - {""}
    return {
        DISTINCT: len(set(said)) / len(said),
        OPENINGS: len(openings) / len(copies),
        NOVEL: 1 - float(sample.holds(said).mean()),
    }


def fresh_shares(brief: Brief, seed: int, sample: Sample) -> dict[str, float]:
    """The same of copies that the training grammar writes for this brief: a yardstick."""
    rng = random.Random(f"fresh-{seed}")
    copies = ["\n".join(copy for _, copy in corpus.copies(brief, rng)) for _ in range(COPIES)]
    return variety_shares(copies, brief, sample)


def sentences(copy: str, brief: Brief) -> list[str]:
    """The sentences of a copy, ready to compare; the whole copy when all of them are short."""
    parts = _parts(copy, brief)
    return [part for part, length in parts if length >= SHORTEST] or _whole(parts)


def opening(copy: str, brief: Brief) -> str:
    """The first sentence, ready to compare; after a short one also what follows it.

    Many copies may well begin with "姐妹们！" or "Good news!": the hook is what comes next.
    """
    taken, length = "", 0
    for part, units in _parts(copy, brief):
        taken, length = taken + part, length + units
        if length >= SHORTEST:
            break
    return taken


def _parts(copy: str, brief: Brief) -> list[tuple[str, int]]:
    """Every piece between two stops, with its length in Han characters and words."""
    for value, mark in ((brief.price, " π "), (brief.brand, " β ")):
        copy = exactly(value).sub(mark, copy) if value else copy
    pieces = split_sentences(re.sub(r"#\S+", " ", copy).lower())
    made = [(re.sub(r"\W+", "", piece), len(_UNIT.findall(piece))) for piece in pieces]
    return [(text, length) for text, length in made if text]


_UNIT = re.compile(r"[㐀-鿿]|[^\W㐀-鿿]+(?:['’][a-z]+)?")


def _whole(parts: Sequence[tuple[str, int]]) -> list[str]:
    return ["".join(text for text, _ in parts)] if parts else []


def mean(rows: Sequence[dict[str, float]]) -> dict[str, Mean]:
    """Mean of each share over briefs; the ten copies of a brief are one observation."""
    made = {}
    for name in (DISTINCT, OPENINGS, NOVEL):
        values = np.array([row[name] for row in rows if name in row])
        if not len(values):
            continue
        value, count = float(values.mean()), len(values)
        spread = float(values.std())
        width = Z * spread / math.sqrt(count - 1) if spread else half_width(value, count)
        made[name] = Mean(value, width, count)
    return made
