"""Draws training batches of long prompts: catalogues, and copy for the entry that was asked for.

Half of the rows are drills: entries by their keys, one after the other.

The batches are those of `v25.training.sampling` for typed commands, of one length each, so that
each length compiles once.
"""

from __future__ import annotations

import os
import random
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor
from torch.utils.data import IterableDataset

from v25.processing import END, START
from v25.training import corpus
from v25.training.catalogue import CatalogueExample, draw
from v25.training.sampling import Draw, Row, Senses, Shape, Size, _batch, fact_weights

DRILLS = 0.5
"""Share of the rows that recite entries in place of copy. A copy asks for one entry of a catalogue;
a row of many lookups teaches finding far sooner (seen on key-value retrieval in a prototype)."""
DRILL_WEIGHT = 4.0
"""Most that a token of a drill weighs: below `FACT_WEIGHT`, so that the share of facts told right,
which moves the curriculum, is that of copies."""
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
        """
        self.path, self.shape, self.seed = tokenizer_folder, shape, seed
        self.size = Size(tokens, own, 0, {"text": rows})
        self.labels = products_count

    def __iter__(self) -> Iterator[dict[str, Tensor]]:
        worker = torch.utils.data.get_worker_info()
        if worker is not None:  # each worker is one process on one core
            os.environ["TOKENIZERS_PARALLELISM"] = "false"
        number = worker.id if worker else 0
        rng = random.Random(f"{self.seed}-long-{self.size.text}-{number}")
        tokenizer = Tokenizer.from_file(str(self.path / "tokenizer.json"))
        tokenizer.encode_special_tokens = True
        draws = LongDraw(tokenizer, self.shape, self.labels, rng)
        while True:
            yield _batch([draws.long_row(self.size) for _ in range(self.rows)], self.size)

    @property
    def rows(self) -> int:
        """Examples of a batch."""
        return self.size.rows["text"]


class LongDraw(Draw):
    """Draws single rows of catalogues."""

    def __init__(self, tokenizer: Tokenizer, shape: Shape, labels: int, rng: random.Random) -> None:
        super().__init__(tokenizer, shape, Senses(), rng)
        self.labels = labels

    def long_row(self, size: Size) -> Row:
        """One catalogue, its command and copy that fit `size`."""
        while True:
            example = draw(self.rng, self.tokenizer, size.text)
            if self.rng.random() < DRILLS:
                return self._row(example, *self._drill(example, size.own))
            for _ in range(_AGAIN):
                own, weights = self._own(example.brief, corpus.copies(example.brief, self.rng))
                row = self._row(example, own, weights)
                if row.fits(size):
                    return row

    def _drill(self, example: CatalogueExample, room: int) -> tuple[list[int], list[float]]:
        """Entries line by line in any order, as many as fit: given a key, the rest is looked up.

        The keys weigh nothing: which entry comes next, nobody can know.
        """
        own, weights = [START], [0.0]
        for entry in self.rng.sample(example.entries, len(example.entries)):
            line = self.tokenizer.encode("\n" + entry.line, add_special_tokens=False)
            if len(own) + len(line.ids) + 1 > room:
                break
            asked = replace(
                example.brief, copy_name=entry.name, points=entry.points,
                brand=entry.brand, price=entry.price,
            )  # fmt: skip
            key = 1 + entry.line.index(entry.key) + len(entry.key)
            heavy = fact_weights("\n" + entry.line, line.offsets, asked)
            own += line.ids
            weights += [
                min(weight, DRILL_WEIGHT) if start >= key else 0.0
                for weight, (start, _) in zip(heavy, line.offsets, strict=True)
            ]
        return [*own, END], [*weights, 0.0]

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
