"""Arrays to figures: accuracy and calibration of photos, distances of open heads, a text table.

`Result` is what a measurement gives.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from v25 import lexicon
from v25.labels import LABEL_PRODUCTS
from v25.schema import SURE

Z = 1.96
"""Standard errors that a 95 % interval reaches to each side."""
DRAWS = 200
"""Resamples of a bootstrap."""


@dataclass(frozen=True)
class Mean:
    """A mean over `rows` rows, give or take `half_width` (95 %)."""

    value: float
    half_width: float
    rows: int


@dataclass
class Result:
    """One measurement: a mean for each name, in one or more columns.

    Attributes:
        name: what was measured.
        columns: title to means; the first is over all rows.
        rows: requests or photos.
        seconds: wall clock of the measurement.
        percent: the means are shares.
        seeds: of drawing and sampling.
        notes: what else a reader must know.
    """

    name: str
    columns: dict[str, dict[str, Mean]]
    rows: int
    seconds: float
    percent: bool = True
    seeds: tuple[int, ...] = ()
    notes: dict[str, Any] = field(default_factory=dict)


def half_width(share: float, count: int) -> float:
    """Half of Wilson's 95 % interval: honest at 0 and 1 too, where the normal one is 0."""
    spread = share * (1 - share) / count + Z**2 / (4 * count**2)
    return Z * math.sqrt(max(0.0, spread)) / (1 + Z**2 / count)


def photo_scores(
    shares: np.ndarray, labels: Sequence[tuple[str, str]], truth: Sequence[str]
) -> dict[str, Mean]:
    """How well a classifier does on photos of clothing and groceries.

    Args:
        shares: `(N, labels)` probabilities.
        labels: (label, product) of each output.
        truth: label or product of each photo.
    """
    target, wanted, products = _targets(labels, truth)
    clothing = np.array([lexicon.PRODUCTS[p].group == "clothing" for _, p in labels])
    member = np.array([[p == product for product in products] for _, p in labels], float)
    groups = [lexicon.PRODUCTS[LABEL_PRODUCTS.get(name, name)].group for name in truth]
    groceries = np.array([group == "grocery" for group in groups])
    known = np.array([name in LABEL_PRODUCTS for name in truth])  # else only the product is
    worn, fine = known & ~groceries, known & groceries
    ranked = np.argsort(-shares, axis=1)
    first = ranked[:, 0] == target
    food = np.where(clothing, -1.0, shares)
    by_product = shares @ member
    right_product = by_product.argmax(1) == wanted
    sure = by_product.max(1) >= SURE  # as the page tells it: see `v25.schema.is_sure`
    right = {
        "clothing, 17 labels": (np.where(clothing, shares, -1.0).argmax(1) == target)[worn],
        "groceries, fine labels": (food.argmax(1) == target)[fine],
        "groceries, 43 products": ((food.clip(0) @ member).argmax(1) == wanted)[groceries],
        "all labels competing": first[known],
        "all labels, clothing": first[worn],
        "all labels, groceries": first[fine],
        "all labels, right product": right_product,
        "all labels, top 5": (ranked[:, :5] == target[:, None]).any(1)[known],
        "sure of the product": sure,
        "right when sure": right_product[sure],
    }
    means = {
        name: Mean(float(hit.mean()), half_width(float(hit.mean()), len(hit)), len(hit))
        for name, hit in right.items()
        if len(hit)
    }
    if known.any():
        confidence = shares[known].max(1)
        means["expected calibration error"] = calibration_error(confidence, first[known])
    return means


def _targets(
    labels: Sequence[tuple[str, str]], truth: Sequence[str]
) -> tuple[np.ndarray, np.ndarray, list[str]]:
    """Output and product number of each photo, -1 where the classifier has none; the products."""
    place = {label: i for i, (label, _) in enumerate(labels)}
    products = sorted({product for _, product in labels})
    number = {product: i for i, product in enumerate(products)}
    target = np.array([place.get(name, -1) for name in truth])
    wanted = np.array([number.get(LABEL_PRODUCTS.get(name, name), -1) for name in truth])
    return target, wanted, products


def calibration_error(confidence: np.ndarray, hit: np.ndarray, bins: int = 15) -> Mean:
    """Mean gap between confidence and accuracy over equal bins of confidence.

    The half-width is that of a bootstrap over the photos.
    """
    place = np.minimum((confidence * bins).astype(int), bins - 1)
    gap = hit.astype(float) - confidence

    def error(rows: np.ndarray) -> float:
        sums = np.bincount(place[rows], gap[rows], bins)
        return float(np.abs(sums).sum() / len(rows))

    rng = np.random.default_rng(0)
    count = len(confidence)
    drawn = [error(rng.integers(0, count, count)) for _ in range(DRAWS)]
    return Mean(error(np.arange(count)), Z * float(np.std(drawn)), count)


@dataclass(frozen=True)
class Kind:
    """What a request is; None where it has no such thing (a photo alone has no language)."""

    modality: str
    language: str | None
    task: str | None


def head_distances(opened: np.ndarray, kinds: Sequence[Kind]) -> dict[str, Mean]:
    """Mean Jaccard distance of open-head sets, over layers, by what two requests differ in.

    Args:
        opened: `(requests, L, H)` bool.
        kinds: kind of each request.

    Returns:
        "within one kind", "between kinds", "modality alone", "language alone", "task alone"; the
        half-widths are of a bootstrap over the requests.
    """
    distance = jaccard(opened).mean(0)
    parts = [[getattr(kind, name) for kind in kinds] for name in ("modality", "language", "task")]
    same = [np.array([[a == b for b in part] for a in part]) for part in parts]
    known = np.array([kind.language is not None and kind.task is not None for kind in kinds])
    both = known[:, None] & known[None]
    alike = same[0] & same[1] & same[2]
    masks = {
        "within one kind": alike & ~np.eye(len(kinds), dtype=bool),
        "between kinds": ~alike,
        "modality alone": ~same[0] & same[1] & same[2] & both,
        "language alone": same[0] & ~same[1] & same[2] & both,
        "task alone": same[0] & same[1] & ~same[2] & both,
    }
    rng = np.random.default_rng(0)
    draws = rng.multinomial(len(kinds), np.full(len(kinds), 1 / len(kinds)), DRAWS)
    means = {}
    for name, mask in masks.items():
        if mask.any():
            drawn = [_weighted(distance, mask, weights) for weights in draws]
            width = Z * float(np.nanstd(drawn))
            means[name] = Mean(float(distance[mask].mean()), width, int(mask.any(1).sum()))
    return means


def jaccard(opened: np.ndarray) -> np.ndarray:
    """`(requests, L, H)` bool to `(L, requests, requests)` Jaccard distances."""
    sets = opened.transpose(1, 0, 2).astype(float)
    shared = sets @ sets.transpose(0, 2, 1)
    sizes = sets.sum(-1)
    union = sizes[:, :, None] + sizes[:, None] - shared
    return 1 - shared / np.maximum(union, 1)


def _weighted(distance: np.ndarray, mask: np.ndarray, weights: np.ndarray) -> float:
    pairs = np.outer(weights, weights) * mask
    total = pairs.sum()
    return float((distance * pairs).sum() / total) if total else math.nan


def table(columns: Mapping[str, Mapping[str, Mean]], percent: bool = True) -> str:
    """Columns of means side by side: "value ± half-width (rows)", aligned."""
    names = list(dict.fromkeys(name for column in columns.values() for name in column))
    cells = [[""], *([name] for name in names)]
    for title, column in columns.items():
        cells[0].append(title)
        for line, name in zip(cells[1:], names, strict=True):
            line.append(_cell(column.get(name), percent))
    widths = [max(len(line[i]) for line in cells) for i in range(len(cells[0]))]
    return "\n".join(
        "  ".join([line[0].ljust(widths[0]), *map(str.rjust, line[1:], widths[1:])])
        for line in cells
    )


def _cell(mean: Mean | None, percent: bool) -> str:
    if mean is None:
        return "-"
    if percent:
        return f"{100 * mean.value:.1f} ± {100 * mean.half_width:.1f} % ({mean.rows})"
    return f"{mean.value:.3f} ± {mean.half_width:.3f} ({mean.rows})"
