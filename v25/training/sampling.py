"""Draws training batches on CPU workers: commands and copy as token ids, senses as indices.

Three kinds of batch: "text" (typed command), "image" (photo, with or without a typed command) and
"speech" (spoken command, with or without a photo). Each comes in two fixed sizes, so that short
rows are not padded to the longest and each size compiles once. Photos and sounds stay on the GPU
as features; a batch says which of them it uses.
"""

from __future__ import annotations

import functools
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor
from torch.utils.data import DataLoader, IterableDataset

from v25 import lexicon
from v25.processing import END, FIRST_STYLE, PAD, START
from v25.schema import SURE
from v25.training import corpus
from v25.training.brief import Brief
from v25.training.misheard import mishear

KINDS = ("text", "image", "speech")
STYLE_IDS = {style: FIRST_STYLE + i for i, style in enumerate(lexicon.STYLES)}
IGNORED = -100
STYLE_WEIGHT, FACT_WEIGHT, NAME_WEIGHT = 3.0, 5.0, 2.5
"""What a token weighs in the loss that opens or ends a copy, that is part of a brand or a price,
that is part of the product's name or a selling point's; the others weigh 1."""
MORE_FACTS = 0.4
"""Share of the typed commands that get a brand and a price whether drawn or not: copying is what
takes longest to learn."""
OTHER_LABEL = 0.3
"""Share of the photos that pass for another one's label: the words follow what the classifier says,
not what the decoder makes of the picture."""
UNSURE = 0.06
"""Share of the photos that the classifier is made to doubt whatever they show."""
BY_PRODUCT = 0.6
"""Share of the photos drawn by their product, each product as often as any other: of the sets'
photos 865 are T-shirts and 18 beets, and what is seldom seen was called by a neighbour's name."""
SAME = 0.9
"""Share of the commands naming a product, with a photo, whose photo shows it."""

Shown = tuple[int, np.ndarray, str, bool]
"""A view of a photo, its logits made uncertain, the product that is then likeliest, and whether
that is sure."""


@dataclass(frozen=True)
class Size:
    """Lengths of a batch: `text` and `own` in tokens, `frames` of a sound; `rows` of each kind."""

    text: int
    own: int
    frames: int
    rows: dict[str, int]


SHORT = Size(40, 96, 184, {"text": 288, "image": 288, "speech": 144})
LONG = Size(72, 224, 420, {"text": 144, "image": 160, "speech": 72})


@dataclass(frozen=True)
class Shape:
    """What batches look like.

    `worded` of the rows of "image" are commands without a photo: once there are photos, they take
    the place of the "text" batches, so that one shape less is compiled. Rows go to the first of
    `sizes` that holds them; one that none holds is drawn anew.
    """

    sizes: tuple[Size, ...] = (SHORT, LONG)
    worded: float = 0.42
    smallest_budget: int = 6
    heads: int = 16
    budget: int = 10

    def smaller(self, share: float) -> Shape:
        """With `share` of the rows: more steps for the same time."""
        rows = [{k: max(1, round(share * n)) for k, n in size.rows.items()} for size in self.sizes]
        sizes = tuple(replace(s, rows=r) for s, r in zip(self.sizes, rows, strict=True))
        return replace(self, sizes=sizes)


@dataclass
class Senses:
    """What the workers know of photos and sounds.

    Attributes:
        logits: `(views, labels)` float32 of the classifier for each stored view of a photo.
        products: product id of each label.
        briefs: the brief of each utterance.
        transcripts: one list of heard texts for each utterance, one a stored view.
        frames: number of frames of each view of each utterance, in a row.
    """

    logits: np.ndarray | None = None
    products: tuple[str, ...] = ()
    briefs: list[Brief] = field(default_factory=list)
    transcripts: list[list[str]] = field(default_factory=list)
    frames: list[int] = field(default_factory=list)


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
        waiting: list[list[Row]] = [[] for _ in self.shape.sizes]
        while True:
            row = draw.row(self.kind)
            for size, rows in zip(self.shape.sizes, waiting, strict=True):
                if row.fits(size):
                    rows.append(row)
                    if len(rows) == size.rows[self.kind]:
                        yield _batch(rows, size)
                        rows.clear()
                    break


def batches(sampler: IterableDataset, workers: int, device: str) -> Iterator[dict[str, Tensor]]:
    """What `sampler` draws on `workers` processes, some batches ahead."""
    loader = DataLoader(
        sampler,
        batch_size=None,
        num_workers=workers,
        pin_memory=device == "cuda",
        prefetch_factor=6 if workers else None,
    )
    return iter(loader)


@dataclass
class Row:
    """One example before it is padded: see `_batch`."""

    ids: list[int]
    heard: list[int]
    own: list[int]
    weights: list[float]
    frames: int
    values: dict[str, np.generic | np.ndarray]

    def fits(self, size: Size) -> bool:
        """Whether a batch of this size holds it."""
        return (
            len(self.ids) <= size.text
            and len(self.own) <= size.own + 1
            and self.frames <= size.frames
        )


def _batch(rows: Sequence[Row], size: Size) -> dict[str, Tensor]:
    """Rows side by side: "own" `(B, own)` and "target", "weight" one token later, and the rest.

    "frames" says by its own length how many frames of sounds the batch takes.
    """
    columns = {
        "ids": [_padded(r.ids, size.text, PAD) for r in rows],
        "heard": [_padded(r.heard, size.text, 0) for r in rows],
        "own": [_padded(r.own[:-1], size.own, PAD) for r in rows],
        "target": [_padded(r.own[1:], size.own, IGNORED) for r in rows],
        "weight": [_padded(r.weights[1:], size.own, 0.0, np.float32) for r in rows],
        "room": [np.int64(size.frames)] * len(rows),
        **{name: [r.values[name] for r in rows] for name in rows[0].values},
    }
    return {name: torch.from_numpy(np.stack(column)) for name, column in columns.items()}


class Draw:
    """Draws single rows."""

    def __init__(
        self, tokenizer: Tokenizer, shape: Shape, senses: Senses, rng: random.Random
    ) -> None:
        self.tokenizer, self.shape, self.senses, self.rng = tokenizer, shape, senses, rng
        self.noise = np.random.default_rng(rng.randrange(2**32))
        self.views = views_of(senses)

    def row(self, kind: str) -> Row:
        """One row of `kind`."""
        rng, view, logits, utterance, heard = self.rng, -1, None, -1, ""
        if kind == "image" and rng.random() < self.shape.worded:
            kind = "text"
        sure, typed = True, ""
        if kind == "text":
            brief, typed, heard = self._worded(rng.random() < 0.94)
        elif kind == "image":
            view, logits, product, sure = self._photo()
            brief, typed = self._shown(product)
        else:
            brief, utterance, heard, shown = self._said(rng.random() < 0.65)
            view, logits, product, sure = shown or (-1, None, None, True)
        if not sure and brief.name is None:
            brief = corpus.unnamed(brief)
        return self._arrays(brief, typed, heard, view, logits, utterance)

    def _worded(self, named: bool) -> tuple[Brief, str, str]:
        """A command alone, typed, or (its sound left out) as a recogniser would have heard it."""
        rng = self.rng
        spoken = rng.random() < 0.35
        brief = self._more_facts(corpus.draw_brief(rng, named=named, spoken=spoken), spoken)
        command = corpus.GRAMMARS[brief.command_language].command(brief, rng, spoken)
        return (brief, "", mishear(command, rng)) if spoken else (brief, command, "")

    def _photo(self, product: str | None = None) -> Shown:
        """One of `product`, if that is told.

        On its own training photos the classifier is surer than it will ever be again; what the
        decoder must learn is to follow it, sure or not.
        """
        rng = self.rng
        view = self._view(product)
        told = self._view() if rng.random() < OTHER_LABEL else view
        heat = (0.05, 0.3) if rng.random() < UNSURE else (0.5, 1.0)
        logits = self.senses.logits[told] * rng.uniform(*heat)
        logits = logits + self.noise.normal(0, rng.choice((0.0, 0.4, 0.9)), logits.shape)
        shares = shares_by_product(logits, self.senses.products)
        best = int(shares.argmax())
        return view, logits.astype(np.float32), self.senses.products[best], shares[best] >= SURE

    def _view(self, product: str | None = None) -> int:
        """Any view of `product`; of whatever chance takes where there is none of it."""
        rng = self.rng
        if product is None and rng.random() < BY_PRODUCT:
            product = rng.choice(tuple(self.views))
        if product not in self.views:
            return rng.randrange(len(self.senses.logits))
        return int(rng.choice(self.views[product]))

    def _shown(self, product: str) -> tuple[Brief, str]:
        rng = self.rng
        if rng.random() < 0.08:  # a photo alone, or words without any sense
            plain = self._alone(product)
            return plain, "" if rng.random() < 0.7 else self._babble(plain.language)
        named = rng.random() < 0.4
        if named and rng.random() > SAME:  # the command knows better than the photo
            product = rng.choice(tuple(lexicon.PRODUCTS))
        brief = self._more_facts(corpus.draw_brief(rng, product=product, named=named))
        return brief, corpus.GRAMMARS[brief.command_language].command(brief, rng)

    def _alone(self, product: str) -> Brief:
        """What the photo alone asks for: one copy, with points that fit the product."""
        while True:
            brief = corpus.draw_brief(self.rng, product=product, named=False)
            if not brief.points_asked:
                break
        return replace(
            brief,
            styles=(self.rng.choice(tuple(lexicon.STYLES)),), styles_asked=False,
            brand=None, price=None, audience=None, occasion=None, length=None, colour=None,
        )  # fmt: skip

    def _more_facts(self, brief: Brief, spoken: bool = False) -> Brief:
        if spoken or self.rng.random() > MORE_FACTS:
            return brief
        names = corpus.names
        return replace(
            brief,
            brand=brief.brand or names.brand(self.rng),
            price=brief.price or names.price(self.rng),
        )

    def _babble(self, language: str) -> str:
        letters = (
            "abcdefghijklmnopqrstuvwxyz   " if language == "en" else corpus.names.han_characters()
        )
        return "".join(self.rng.choice(letters) for _ in range(self.rng.randint(2, 18)))

    def _said(self, photo: bool) -> tuple[Brief, int, str, Shown | None]:
        """A brief that was spoken, its utterance, what was heard, and what a photo shows.

        Where the command names the product the photo is one of it, most often.
        """
        rng = self.rng
        while True:
            index = rng.randrange(len(self.senses.briefs))
            brief = self.senses.briefs[index]
            if brief.name is None and not photo:
                continue  # it leaves the product to a photo that is not there
            own = brief.product if brief.name and rng.random() < SAME else None
            shown = self._photo(own) if photo else None
            if shown is not None and brief.name is None:
                brief = corpus.retarget(brief, shown[2], rng)
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
            heard = ""  # so that the sound itself is listened to
        return brief, utterance, mishear(heard, rng), shown

    def _arrays(self, brief, typed, heard, view, logits, utterance):  # noqa: ANN001, ANN202
        typed_ids = self.tokenizer.encode(typed, add_special_tokens=False).ids
        heard_ids = self.tokenizer.encode(heard, add_special_tokens=False).ids
        own, weights = self._own(brief, corpus.copies(brief, self.rng))
        labels = len(self.senses.products)
        values = {
            "length": np.int64(len(typed_ids) + len(heard_ids)),
            "view": np.int64(view),
            "logits": np.zeros(labels, np.float32) if logits is None else logits,
            "utterance": np.int64(utterance),
            "budget": np.int64(self._budget()),
            "language": np.int64(brief.language == "en"),
            "copies": np.int64(len(brief.styles) - 1),
            "senses": np.int64((view >= 0) + 2 * (utterance >= 0)),
        }
        return Row(
            ids=typed_ids + heard_ids,
            heard=[0] * len(typed_ids) + [1] * len(heard_ids),
            own=own,
            weights=weights,
            frames=0 if utterance < 0 else self.senses.frames[utterance],
            values=values,
        )

    def _own(
        self, brief: Brief, copies: Sequence[tuple[str, str]]
    ) -> tuple[list[int], list[float]]:
        """Tokens from start to end, and what each weighs in the loss."""
        own, weights = [START], [0.0]
        for style, copy in copies:
            encoding = self.tokenizer.encode(copy, add_special_tokens=False)
            own += [STYLE_IDS[style], *encoding.ids]
            weights += [STYLE_WEIGHT, *fact_weights(copy, encoding.offsets, brief)]
        return [*own, END], [*weights, STYLE_WEIGHT]

    def _budget(self) -> int:
        if self.rng.random() < 0.5:
            return self.shape.budget
        return self.rng.randint(self.shape.smallest_budget, self.shape.heads)


def views_of(senses: Senses) -> dict[str, np.ndarray]:
    """The views of photos that the classifier finds to show each product."""
    if senses.logits is None:
        return {}
    likeliest = shares_by_product(senses.logits, senses.products).argmax(-1)
    return {senses.products[i]: np.flatnonzero(likeliest == i) for i in np.unique(likeliest)}


def shares_by_product(logits: np.ndarray, products: Sequence[str]) -> np.ndarray:
    """Probabilities `(..., labels)`: those of all labels of a product stand at its first one."""
    shares = np.exp(logits - logits.max(-1, keepdims=True))
    return shares @ _first_labels(tuple(products)) / shares.sum(-1, keepdims=True)


@functools.cache
def _first_labels(products: tuple[str, ...]) -> np.ndarray:
    """`(labels, labels)` with a one where the first label of each one's product is."""
    return np.eye(len(products), dtype=np.float32)[[products.index(p) for p in products]]


def fact_weights(copy: str, offsets: Sequence[tuple[int, int]], brief: Brief) -> list[float]:
    """What each token of `copy` weighs in the loss: more where it says what the command asked.

    Most of a copy could as well be another sentence; a brand, a price, the product and the points
    could not, yet they are few of its tokens.
    """
    heavy = np.ones(len(copy) + 1, np.float32)
    lowered = copy.lower()
    points = [lexicon.POINTS[point] for point in brief.points]
    soft = [brief.copy_name, *(name for term in points for name in (*term.zh, *term.en))]
    for names, weight in ((soft, NAME_WEIGHT), ((brief.brand, brief.price), FACT_WEIGHT)):
        for name in filter(None, names):
            at = lowered.find(name.lower())
            while at >= 0:
                heavy[at : at + len(name)] = weight
                at = lowered.find(name.lower(), at + len(name))
    return [float(heavy[a : max(b, a + 1)].max()) for a, b in offsets]


def _padded(values: Sequence[float], length: int, fill: float, kind: type = np.int64) -> np.ndarray:
    row = np.full(length, fill, kind)
    row[: len(values)] = values
    return row
