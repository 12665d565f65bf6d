"""The next token of every request at once: temperature, then the nucleus (Holtzman et al., 2020).

The rules are those of transformers' `TemperatureLogitsWarper` and `TopPLogitsWarper`, which tests
hold them equal to; here they run over a batch whose rows differ in their settings, and without a
step on the host, so that a CUDA graph can hold them. A token is drawn by one uniform number.

Shapes: B rows, V vocabulary, T steps.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import torch
from torch import Tensor

from v25 import lexicon
from v25.processing import FIRST_STYLE, LOOKUP, PAD, START
from v25.rows import Row

COLDEST = 1e-4
"""A temperature under this takes the likeliest token: dividing by it would overflow."""
WHOLE = 2.0
"""The nucleus of `top_p` 1: sums of rounded probabilities never reach it."""
NARROW = 256
"""Tokens that hold the nucleus of nearly every step: sorting all of them takes far longer."""


class Settings:
    """How each row samples, as tensors. Greedy rows have chance 0, which takes the likeliest.

    Attributes:
        temperature: `(B,)`.
        top_p: `(B,)`.
        chance: `(B, T)` uniform numbers, one a step, from each row's own seed.
        begin: `(B,)` the token behind which each row goes on.
        goes_on: all rows have written before: `later` holds from their first scores on.
        first: `(V,)` added to a row's first scores: a copy begins with its style, what
            is looked up for it with its own sign.
        later: `(V,)` added to all later ones: nothing is padding or starts anew.
    """

    def __init__(self, rows: Sequence[Row], vocabulary: int, device: torch.device) -> None:
        steps = max(row.left for row in rows)
        requests = [row.request for row in rows]
        cold = [r.temperature < COLDEST for r in requests]
        heat = [1.0 if c else float(r.temperature) for r, c in zip(requests, cold, strict=True)]
        self.temperature = torch.tensor(heat, device=device)
        nuclei = [float(r.top_p) if r.top_p < 1 else WHOLE for r in requests]
        self.top_p = torch.tensor(nuclei, device=device)
        chance = torch.zeros(len(rows), steps)
        for own, row, c in zip(chance, rows, cold, strict=True):
            if not c:
                own[: row.left] = row.chance[len(row.ids) :]
        self.chance = chance.to(device)
        last = [row.ids[-1] if row.ids else START for row in rows]
        self.begin = torch.tensor(last, device=device)
        self.goes_on = all(row.ids for row in rows)
        self.first, self.later = (mask.to(device) for mask in forbidden(vocabulary))

    def some(self, places: Tensor) -> Settings:
        """Those of the rows at `places`."""
        part = object.__new__(Settings)
        part.first, part.later, part.goes_on = self.first, self.later, self.goes_on
        for name in ("temperature", "top_p", "chance", "begin"):
            setattr(part, name, getattr(self, name)[places])
        return part


def forbidden(vocabulary: int) -> tuple[Tensor, Tensor]:
    """`(V,)` each, minus infinity where a first and where a later token may not be."""
    first, later = torch.full((vocabulary,), -math.inf), torch.zeros(vocabulary)
    first[FIRST_STYLE : FIRST_STYLE + len(lexicon.STYLES)] = 0.0
    first[LOOKUP] = 0.0
    later[[PAD, START]] = -math.inf
    return first, later


def choose(
    scores: Tensor, temperature: Tensor, top_p: Tensor, chance: Tensor, narrow: bool
) -> Tensor:
    """`(B,)` tokens.

    Args:
        scores: `(B, V)` float32 logits, minus infinity where a token may not be.
        temperature: `(B,)`, above 0.
        top_p: `(B,)`; the nucleus is the fewest likeliest tokens that hold this probability.
        chance: `(B,)` uniform numbers in [0, 1); 0 takes the likeliest token.
        narrow: look among the `NARROW` likeliest tokens first; needs a look from the host.
    """
    heat = temperature[:, None]
    if narrow:
        best, places = scores.topk(min(NARROW, scores.shape[-1]), -1)
        whole = (scores / heat).logsumexp(-1, keepdim=True)
        shares = (best / heat - whole).exp()
        narrow = bool(((shares.sum(-1) >= top_p) | (chance == 0)).all())
    if not narrow:
        best, places = scores.sort(-1, descending=True)
        shares = (best / heat).softmax(-1)
    sums = shares.cumsum(-1)
    kept = (sums - shares) < top_p[:, None]
    target = chance * (shares * kept).sum(-1)
    place = (sums <= target[:, None]).sum(-1).minimum(kept.sum(-1) - 1)
    return places.gather(1, place[:, None])[:, 0]
