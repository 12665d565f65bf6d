"""Draws training batches of long prompts: catalogues, and copy for the entry that was asked for.

Before its copy the model reads out what it found (`v25.processing.LOOKUP`): what the command tells
the entry by, a line break, the entry's line. Copying word by word what follows a key is far easier
to learn than to write about an entry that was never said, and people see which one it took ("Show
your work", Nye et al., 2021). Half of the rows are drills: such look-ups, one after the other.
The copy behind the line is learnt from batches without drills, of short catalogues and of notes
(`v25.notes`): the line and its command alone, which is what the copy for an entry of
a long catalogue is written from.

The batches are those of `v25.training.sampling` for typed commands, of one length each, so that
each length compiles once.
"""

from __future__ import annotations

import os
import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor
from torch.utils.data import IterableDataset

from v25.notes import note_of
from v25.processing import END, LOOKUP, START
from v25.quoting import Shared
from v25.training import corpus
from v25.training.brief import Brief
from v25.training.catalogue import SMALLEST, CatalogueExample, Entry, draw
from v25.training.sampling import (
    FACT_WEIGHT,
    STYLE_WEIGHT,
    Draw,
    Row,
    Senses,
    Shape,
    Size,
    _batch,
    fact_weights,
)

DRILLS = 0.5
"""Share of the rows that look up entry after entry in place of copy: a row of many look-ups teaches
finding far sooner than one of a single one (seen on key-value retrieval in a prototype)."""
NOTES = 0.5
"""Share of the rows without drills that are notes in place of catalogues."""
ASIDE = 4.0
"""Most that a token weighs, where there are drills, which is not looked up in the catalogue: below
`FACT_WEIGHT`, so that the share of facts told right, which moves the curriculum, is that of
look-ups."""
TAUGHT_BY = {"key": 0.45, "brand": 0.25, "name": 0.3}
"""As `catalogue.ASKED_BY`, but more of what is harder: names stand in several entries, in the words
of another language, or beside a price that tells them apart."""
SHORT = 512
"""Tokens up to which catalogues are of all sizes; longer ones are filled."""
_AGAIN = 6
"""Copies that are drawn for one catalogue before another is: the longest do not fit."""


class LongSampler(IterableDataset):
    """Endless batches of one size; every worker has its own seed.

    Each is a dictionary with the keys, types and meaning of `sampling._batch`, without photo and
    sound: "ids" `(rows, tokens)`, "own", "target" and "weight" `(rows, own)`.
    """

    def __init__(
        self,
        tokenizer_folder: Path,
        shape: Shape,
        tokens: int,
        rows: int,
        own: int,
        seed: int,
        products_count: int,
        drills: float = DRILLS,
    ) -> None:
        """Where the tokenizer lies, and what a batch looks like.

        Args:
            tokenizer_folder: a checkpoint's.
            shape: its heads and budgets.
            tokens: most tokens of a catalogue with its command; it takes 90 % or more of them.
            rows: examples of a batch.
            own: most tokens of the copies, their style tokens and the end included.
            seed: of everything that is drawn.
            products_count: labels of the photo classifier: the width of "logits".
            drills: share of the rows that are drills.
        """
        self.path, self.shape, self.seed, self.drills = tokenizer_folder, shape, seed, drills
        self.size = Size(tokens, own, 0, {"text": rows})
        self.labels = products_count

    def __iter__(self) -> Iterator[dict[str, Tensor]]:
        worker = torch.utils.data.get_worker_info()
        if worker is not None:  # each worker is one process on one core
            os.environ["TOKENIZERS_PARALLELISM"] = "false"
        number = worker.id if worker else 0
        rng = random.Random(f"{self.seed}-long-{self.size.text}-{self.drills}-{number}")
        tokenizer = Tokenizer.from_file(str(self.path / "tokenizer.json"))
        tokenizer.encode_special_tokens = True
        draws = LongDraw(tokenizer, self.shape, self.labels, rng, self.drills)
        while True:
            yield _batch([draws.long_row(self.size) for _ in range(self.rows)], self.size)

    @property
    def rows(self) -> int:
        """Examples of a batch."""
        return self.size.rows["text"]


class LongDraw(Draw):
    """Draws single rows of catalogues."""

    def __init__(
        self,
        tokenizer: Tokenizer,
        shape: Shape,
        labels: int,
        rng: random.Random,
        drills: float = DRILLS,
    ) -> None:
        super().__init__(tokenizer, shape, Senses(), rng)
        self.labels, self.drills = labels, drills
        self.newline = tokenizer.encode("\n", add_special_tokens=False).ids

    def long_row(self, size: Size) -> Row:
        """One catalogue, its command and copy that fit `size`."""
        while True:
            example = draw(self.rng, self.tokenizer, self._tokens(size), asked_by=TAUGHT_BY)
            if self.rng.random() < self.drills:
                return self._row(example, *self._drill(example, size.own + 1))
            if self.drills == 0 and self.rng.random() < NOTES:
                example = self._noted(example)
            for _ in range(_AGAIN):
                row = self._row(example, *self._found(example))
                if row.fits(size):
                    return row

    def _noted(self, example: CatalogueExample) -> CatalogueExample:
        """The note of the entry that is asked for, as if it were the whole catalogue."""
        entry, lines = example.entries[example.place], example.text.splitlines()
        told = _anchors(entry).get(example.by, entry.key)
        shared = Shared(list(dict.fromkeys(line.strip() for line in lines if line.strip())))
        text = note_of(example.text, shared, told, entry.line.strip()).text
        ids = tuple(self.tokenizer.encode(text, add_special_tokens=False).ids)
        return replace(example, text=text, ids=ids)

    def _tokens(self, size: Size) -> int:
        """Every other short catalogue is shorter still: people paste three lines as well."""
        if size.text > SHORT or self.rng.random() < 0.5:
            return size.text
        return self.rng.randint(SMALLEST, size.text)

    def _found(self, example: CatalogueExample) -> tuple[list[int], list[float]]:
        """The look-up, then the copy."""
        entry, brief = example.entries[example.place], example.brief
        anchor = _anchors(entry).get(example.by, entry.key)
        ids, weights = self._look_up(entry, anchor, ASIDE, brief)
        own, heavy = self._own(brief, corpus.copies(brief, self.rng))
        most = ASIDE if self.drills else FACT_WEIGHT
        copied = [min(weight, most) for weight in heavy[1:]]
        return [START, LOOKUP, *ids, *own[1:]], [0.0, STYLE_WEIGHT, *weights, *copied]

    def _drill(self, example: CatalogueExample, room: int) -> tuple[list[int], list[float]]:
        """Look-ups of entries in any order, as many as `room` tokens hold.

        What an entry is told by weighs nothing: which one comes next, nobody can know.
        """
        kind = self.rng.choices(tuple(TAUGHT_BY), tuple(TAUGHT_BY.values()))[0]
        names = Counter(entry.name for entry in example.entries)
        own, weights = [START, LOOKUP], [0.0, STYLE_WEIGHT]
        for entry in self.rng.sample(example.entries, len(example.entries)):
            alone = kind != "name" or names[entry.name] == 1
            ids, heavy = self._look_up(
                entry, getattr(entry, kind if alone else "key"), 0.0, example.brief
            )
            between = self.newline if len(own) > 2 else []
            if len(own) + len(between) + len(ids) + 1 > room:
                break
            own += between + ids
            weights += [0.0] * len(between) + heavy
        return [*own, END], [*weights, 0.0]

    def _look_up(
        self, entry: Entry, anchor: str, weight: float, brief: Brief
    ) -> tuple[list[int], list[float]]:
        """Tokens of the anchor (each weighs `weight`), a line break and the line; their weights.

        The line's key weighs little behind itself, and much behind another anchor, which it has to
        be found by.
        """
        asked = replace(
            brief, copy_name=entry.name, points=entry.points, brand=entry.brand, price=entry.price
        )
        told = self.tokenizer.encode(f"{anchor}\n", add_special_tokens=False).ids
        line = self.tokenizer.encode(entry.line, add_special_tokens=False)
        key = entry.line.index(entry.key) + len(entry.key)
        of_key = 1.0 if anchor == entry.key else ASIDE
        heavy = fact_weights(entry.line, line.offsets, asked)
        weights = [
            one if start >= key else of_key
            for one, (start, _) in zip(heavy, line.offsets, strict=True)
        ]
        return [*told, *line.ids], [weight] * len(told) + weights

    def _row(self, example: CatalogueExample, own: list[int], weights: list[float]) -> Row:
        count = len(example.ids)
        return Row(
            ids=list(example.ids),
            heard=[0] * count,
            own=own,
            weights=weights,
            frames=0,
            values={
                "length": np.int64(count),
                "view": np.int64(-1),
                "logits": np.zeros(self.labels, np.float32),
                "utterance": np.int64(-1),
                "budget": np.int64(self._budget()),
                "language": np.int64(example.brief.language == "en"),
                "copies": np.int64(len(example.brief.styles) - 1),
                "senses": np.int64(0),
            },
        )


def _anchors(entry: Entry) -> dict[str, str]:
    """What an entry is looked up by where the command does not tell its key."""
    return {"brand": entry.brand, "name": entry.name, "price": f"{entry.name} {entry.price}"}
