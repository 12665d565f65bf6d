"""Draws training batches on CPU workers: commands and copy as token ids, senses as indices.

Three kinds of batch, each of one fixed shape so that each compiles once: "text" (typed command),
"image" (photo, with or without a typed command) and "speech" (spoken command, with or without a
photo). Photos and sounds stay on the GPU as features; a batch says which of them it uses.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor
from torch.utils.data import IterableDataset

from v25 import lexicon
from v25.processing import END, FIRST_STYLE, PAD, START
from v25.training import corpus
from v25.training.brief import Brief

KINDS = ("text", "image", "speech")
STYLE_IDS = {style: FIRST_STYLE + i for i, style in enumerate(lexicon.STYLES)}
IGNORED = -100


@dataclass(frozen=True)
class Shape:
    """Rows and lengths of the batches, in tokens.

    `worded` of the rows of "image" are commands without a photo: once there are photos, they take
    the place of the "text" batches, so that one shape less is compiled.
    """

    rows: dict[str, int] = field(default_factory=lambda: {"text": 96, "image": 160, "speech": 72})
    worded: float = 0.42
    text: int = 72
    own: int = 224
    smallest_budget: int = 6
    heads: int = 16
    budget: int = 10


@dataclass
class Senses:
    """What the workers know of photos and sounds.

    Attributes:
        logits: `(views, labels)` float32 of the classifier for each stored view of a photo.
        products: product id of each label.
        briefs: the brief of each utterance.
        transcripts: one list of heard texts for each utterance, one a stored view.
    """

    logits: np.ndarray | None = None
    products: tuple[str, ...] = ()
    briefs: list[Brief] = field(default_factory=list)
    transcripts: list[list[str]] = field(default_factory=list)


class Sampler(IterableDataset):
    """Endless batches of one kind; every worker has its own seed."""

    def __init__(self, kind: str, tokenizer: Path, shape: Shape, senses: Senses, seed: int) -> None:
        self.kind, self.path, self.shape, self.senses, self.seed = (
            kind,
            tokenizer,
            shape,
            senses,
            seed,
        )

    def __iter__(self) -> Iterator[dict[str, Tensor]]:
        worker = torch.utils.data.get_worker_info()
        rng = random.Random(f"{self.seed}-{self.kind}-{worker.id if worker else 0}")
        tokenizer = Tokenizer.from_file(str(self.path / "tokenizer.json"))
        tokenizer.encode_special_tokens = True
        draw = Draw(tokenizer, self.shape, self.senses, rng)
        while True:
            rows = []
            while len(rows) < self.shape.rows[self.kind]:
                row = draw.row(self.kind)
                if row is not None:  # a command or a copy too long for the shape is drawn anew
                    rows.append(row)
            yield {name: torch.from_numpy(np.stack([r[name] for r in rows])) for name in rows[0]}


class Draw:
    """Draws single rows."""

    def __init__(
        self, tokenizer: Tokenizer, shape: Shape, senses: Senses, rng: random.Random
    ) -> None:
        self.tokenizer, self.shape, self.senses, self.rng = tokenizer, shape, senses, rng
        self.noise = np.random.default_rng(rng.randrange(2**32))

    def row(self, kind: str) -> dict[str, np.ndarray] | None:
        """One row of `kind`; None when it does not fit the shape."""
        rng, view, logits, utterance, heard = self.rng, -1, None, -1, ""
        if kind == "image" and rng.random() < self.shape.worded:
            kind = "text"
        if kind == "image" or (kind == "speech" and rng.random() < 0.65):
            view, logits, product = self._photo()
        if kind == "text":
            brief, typed, heard = self._worded(rng.random() < 0.94)
        elif kind == "image":
            brief, typed = self._shown(product)
        else:
            typed = ""
            brief, utterance, heard = self._said(product if view >= 0 else None)
        copies = corpus.copies(brief, rng)
        return self._arrays(brief, copies, typed, heard, view, logits, utterance)

    def _worded(self, named: bool) -> tuple[Brief, str, str]:
        """A command alone, typed, or (its sound left out) as a recogniser would have heard it."""
        rng = self.rng
        spoken = rng.random() < 0.35
        brief = corpus.draw_brief(rng, named=named, spoken=spoken)
        command = corpus.GRAMMARS[brief.command_language].command(brief, rng, spoken)
        return (brief, "", mishear(command, rng)) if spoken else (brief, command, "")

    def _photo(self) -> tuple[int, np.ndarray, str]:
        """A view, its logits made uncertain, and the product that is then likeliest.

        On its own training photos the classifier is surer than it will ever be again; what the
        decoder must learn is to follow it, sure or not.
        """
        view = self.rng.randrange(len(self.senses.logits))
        logits = self.senses.logits[view] * self.rng.uniform(0.35, 1.0)
        logits = logits + self.noise.normal(0, self.rng.choice((0.0, 0.5, 1.0)), logits.shape)
        shares = np.exp(logits - logits.max())
        totals: dict[str, float] = {}
        for product, share in zip(self.senses.products, shares, strict=True):
            totals[product] = totals.get(product, 0.0) + float(share)
        return view, logits.astype(np.float32), max(totals, key=totals.__getitem__)

    def _shown(self, product: str) -> tuple[Brief, str]:
        rng = self.rng
        named = rng.random() < 0.4
        if named and rng.random() < 0.1:  # the command knows better than the photo
            product = rng.choice(tuple(lexicon.PRODUCTS))
        brief = corpus.draw_brief(rng, product=product, named=named)
        if rng.random() < 0.08:  # a photo alone, or words without any sense
            plain = replace(
                corpus.draw_brief(rng, product=product, named=False),
                styles=(rng.choice(tuple(lexicon.STYLES)),),
                brand=None, price=None, audience=None, occasion=None, length=None, colour=None,
            )  # fmt: skip
            return plain, "" if rng.random() < 0.7 else self._babble(plain.language)
        return brief, corpus.GRAMMARS[brief.command_language].command(brief, rng)

    def _babble(self, language: str) -> str:
        letters = (
            "abcdefghijklmnopqrstuvwxyz   " if language == "en" else corpus.names.han_characters()
        )
        return "".join(self.rng.choice(letters) for _ in range(self.rng.randint(2, 18)))

    def _said(self, product: str | None) -> tuple[Brief, int, str]:
        rng = self.rng
        while True:
            index = rng.randrange(len(self.senses.briefs))
            brief = self.senses.briefs[index]
            if brief.name is None and product is None:
                continue  # it leaves the product to a photo that is not there
            if brief.name is None:
                brief = corpus.retarget(brief, product, rng)
            if not corpus.is_reserved(brief):
                break
        if not brief.styles_asked:
            brief = replace(
                brief, styles=tuple(rng.sample(tuple(lexicon.STYLES), len(brief.styles)))
            )
        view = rng.randrange(len(self.senses.transcripts[index]))
        heard = self.senses.transcripts[index][view]
        utterance = index * len(self.senses.transcripts[index]) + view
        if rng.random() < 0.12:
            return brief, utterance, ""  # so that the sound itself is listened to
        return brief, utterance, mishear(heard, rng)

    def _arrays(self, brief, copies, typed, heard, view, logits, utterance):  # noqa: ANN001, ANN202
        typed_ids = self.tokenizer.encode(typed, add_special_tokens=False).ids
        heard_ids = self.tokenizer.encode(heard, add_special_tokens=False).ids
        own = [START]
        for style, copy in copies:
            own += [STYLE_IDS[style], *self.tokenizer.encode(copy, add_special_tokens=False).ids]
        own.append(END)
        ids = typed_ids + heard_ids
        if len(ids) > self.shape.text or len(own) > self.shape.own + 1:
            return None
        labels = len(self.senses.products)
        return {
            "ids": _padded(ids, self.shape.text, PAD),
            "heard": _padded([0] * len(typed_ids) + [1] * len(heard_ids), self.shape.text, 0),
            "length": np.int64(len(ids)),
            "own": _padded(own[:-1], self.shape.own, PAD),
            "target": _padded(own[1:], self.shape.own, IGNORED),
            "view": np.int64(view),
            "logits": np.zeros(labels, np.float32) if logits is None else logits,
            "utterance": np.int64(utterance),
            "budget": np.int64(self._budget()),
            "language": np.int64(brief.language == "en"),
            "copies": np.int64(len(brief.styles) - 1),
            "senses": np.int64((view >= 0) + 2 * (utterance >= 0)),
        }

    def _budget(self) -> int:
        if self.rng.random() < 0.35:
            return self.shape.budget
        return self.rng.randint(self.shape.smallest_budget, self.shape.heads)


def mishear(text: str, rng: random.Random) -> str:
    """A transcript with the slips of a recogniser on voices that it does not know."""
    rate = rng.choice((0.0, 0.0, 0.03, 0.06, 0.12, 0.2))
    if rate == 0.0:
        return text
    out = []
    for letter in text:
        slip = rng.random()
        if slip < rate * 0.35:
            continue
        if slip < rate * 0.8:
            out.append(rng.choice(text))
        elif slip < rate:
            out.append(letter + rng.choice(text))
        else:
            out.append(letter)
    return "".join(out)


def _padded(values: list[int], length: int, fill: int) -> np.ndarray:
    row = np.full(length, fill, np.int64)
    row[: len(values)] = values
    return row
