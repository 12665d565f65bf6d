"""Exact attention without N x N: softmax rows, block averages and summaries, a slab at a time.

A slab is some rows of some heads of the score matrix; it is made, summed up and forgotten, so
memory stays that of a slab whatever the length. Sums and softmax are in float32.

Shapes: k open heads, N tokens, d head width, r rows of a slab, n blocks along a side.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

CPU_ELEMENTS = 2**20
"""Scores in a slab: few enough to stay in a processor's own cache between two passes."""
GPU_ELEMENTS = 2**23
"""Three arrays of this size, 96 MiB, are the most that is held at once."""

LEAST = -60.0
"""Scores this far below a row's largest count as such: smaller powers, together under 1e-21 of a
row, would become subnormal numbers, which processors take many times longer for."""


@dataclass(frozen=True)
class Looked:
    """What one layer looked with.

    Attributes:
        queries: `(k, N, d)`.
        keys: `(k, N, d)`.
        causal: no token looks at a later one.
    """

    queries: Tensor
    keys: Tensor
    causal: bool

    @property
    def tokens(self) -> int:
        """N."""
        return self.queries.shape[1]


@dataclass(frozen=True)
class Slab:
    """Rows `start` to `stop` of heads `first` to `last`, over the keys that they may see.

    Attributes:
        scores: `(heads, r, keys)` less the row's largest, at least `LEAST`; keys beyond are
            those that no row sees.
        largest: `(heads, r, 1)`.
        powers: `exp(scores)`: the softmax before its division.
        total: `(heads, r, 1)` sums of `powers`.
    """

    first: int
    last: int
    start: int
    stop: int
    scores: Tensor
    largest: Tensor
    powers: Tensor
    total: Tensor


def slabs(looked: Looked, start: int = 0, stop: int | None = None) -> Iterator[Slab]:
    """Rows `start` to `stop` of all heads, as large a piece at a time as may be held."""
    heads, tokens, _ = looked.queries.shape
    stop = tokens if stop is None else stop
    most = GPU_ELEMENTS if looked.queries.is_cuda else CPU_ELEMENTS
    together = max(1, min(heads, most // max(1, tokens * min(tokens, stop - start))))
    rows = max(1, most // (together * tokens))
    for first in range(0, heads, together):
        last = min(first + together, heads)
        queries = looked.queries[first:last].float() / math.sqrt(looked.queries.shape[-1])
        keys = looked.keys[first:last].float().transpose(1, 2)
        for begin in range(start, stop, rows):
            end = min(begin + rows, stop)
            seen = end if looked.causal else tokens
            scores = queries[:, begin:end] @ keys[..., :seen]
            if looked.causal:  # later keys lie beyond the diagonal
                later = scores.new_ones(end - begin, end - begin, dtype=torch.bool).triu_(1)
                scores[..., begin:].masked_fill_(later, -math.inf)
            largest = scores.amax(-1, keepdim=True)
            powers = scores.sub_(largest).clamp_min_(LEAST).exp()
            if looked.causal:
                powers[..., begin:].masked_fill_(later, 0.0)
            total = powers.sum(-1, keepdim=True)
            yield Slab(first, last, begin, end, scores, largest, powers, total)


def softmax_rows(looked: Looked, start: int, stop: int) -> Tensor:
    """`(k, stop - start, N)` rows of attention."""
    rows = looked.queries.new_zeros(
        (len(looked.queries), stop - start, looked.tokens), dtype=torch.float32
    )
    for slab in slabs(looked, start, stop):
        place = rows[slab.first : slab.last, slab.start - start : slab.stop - start]
        place[..., : slab.powers.shape[-1]] = slab.powers / slab.total
    return rows


def log_sums(looked: Looked) -> Tensor:
    """`(k, N)` logarithms of each row's softmax divisor: with them any column is one product."""
    sums = looked.queries.new_zeros(looked.queries.shape[:2], dtype=torch.float32)
    for slab in slabs(looked):
        these = (slice(slab.first, slab.last), slice(slab.start, slab.stop))
        sums[these] = (slab.total.log() + slab.largest)[..., 0]
    return sums


def column(looked: Looked, sums: Tensor, key: int) -> Tensor:
    """`(k, N)`: how much each token looks at token `key`; `sums` as `log_sums` gives them."""
    scores = (looked.queries.float() * looked.keys[:, key, None].float()).sum(-1)
    shares = (scores / math.sqrt(looked.queries.shape[-1]) - sums).exp()
    if looked.causal:
        shares[:, :key] = 0
    return shares


def blocks(tokens: int, max_side: int | None) -> tuple[int, int]:
    """Blocks along a side, all equal in size but the last, and that size."""
    if max_side is None or tokens <= max_side:
        return tokens, 1
    size = -(-tokens // max_side)
    return -(-tokens // size), size


def block_means(looked: Looked, max_side: int | None, norms: Tensor | None = None) -> Tensor:
    """`(k, n, n)` block averages of each head's attention, times `norms` `(k, N)` of the keys."""
    side, size = blocks(looked.tokens, max_side)
    sums = looked.queries.new_zeros((len(looked.queries), side, side), dtype=torch.float32)
    for slab in slabs(looked):
        powers = slab.powers
        if norms is not None:
            powers *= norms[slab.first : slab.last, None, : powers.shape[-1]]
        _add_blocks(sums, slab, _by_block(powers, size) / slab.total, size)
    return _divided(sums, looked.tokens, size)


def summary(
    looked: Looked, max_side: int, spans: Sequence[tuple[int, int]], counted: int
) -> tuple[Tensor, Tensor, Tensor]:
    """Block averages, entropy and shares in one pass over the rows.

    Args:
        looked: the layer's queries and keys.
        max_side: most blocks along a side.
        spans: `(start, stop)` of tokens to give the shares of.
        counted: first of the rows that entropy and shares are means of.

    Returns:
        `(k, n, n)`; `(k,)` mean of each row's entropy over the logarithm of the tokens that it
        may look at; `(k, spans)` mean shares.
    """
    side, size = blocks(looked.tokens, max_side)
    device, heads = looked.queries.device, len(looked.queries)
    sums = torch.zeros((heads, side, side), device=device)
    entropy = torch.zeros(heads, device=device)
    shares = torch.zeros((heads, len(spans)), device=device)
    for slab in slabs(looked):
        _add_blocks(sums, slab, _by_block(slab.powers, size) / slab.total, size)
        skip = max(0, counted - slab.start)
        if skip < slab.stop - slab.start:
            these = slice(slab.first, slab.last)
            powers, total = slab.powers[:, skip:], slab.total[:, skip:]
            shares[these] += _span_shares(powers, total, spans).sum(1)
            entropy[these] += _entropy(slab, skip, looked).sum(1)
    rows = looked.tokens - counted
    return _divided(sums, looked.tokens, size), entropy / rows, shares / rows


def _by_block(powers: Tensor, size: int) -> Tensor:
    """`(heads, r, blocks)` sums over blocks of keys; those that no row sees are missing."""
    if size == 1:
        return powers
    whole = powers.shape[-1] // size * size
    sums = powers[..., :whole].unflatten(-1, (-1, size)).sum(-1)
    if whole == powers.shape[-1]:
        return sums
    return torch.cat((sums, powers[..., whole:].sum(-1, keepdim=True)), -1)


def _add_blocks(sums: Tensor, slab: Slab, parts: Tensor, size: int) -> None:
    """Adds rows `(heads, r, blocks)` to the blocks of rows that they lie in."""
    place = sums[slab.first : slab.last, :, : parts.shape[-1]]
    rows = torch.arange(slab.start, slab.stop, device=sums.device) // size
    place.index_add_(1, rows, parts)


def _divided(sums: Tensor, tokens: int, size: int) -> Tensor:
    """Sums over blocks to means; the last block is as large as what is left for it."""
    if size == 1:
        return sums
    sizes = torch.full((sums.shape[-1],), float(size), device=sums.device)
    sizes[-1] = tokens - size * (len(sizes) - 1)
    return sums / (sizes[:, None] * sizes)


def _span_shares(powers: Tensor, total: Tensor, spans: Sequence[tuple[int, int]]) -> Tensor:
    """`(heads, r, spans)` share of each row that falls into each span."""
    parts = [powers[..., start:stop].sum(-1) for start, stop in spans]
    return torch.stack(parts, -1) / total


def _entropy(slab: Slab, skip: int, looked: Looked) -> Tensor:
    """`(heads, r)`: `log Z - sum(p s) / Z` of each row, over the logarithm of what it may see."""
    powers, scores, total = (x[:, skip:] for x in (slab.powers, slab.scores, slab.total))
    spread = (powers.unsqueeze(-2) @ scores.unsqueeze(-1)).squeeze(-1)
    entropy = (total.log() - spread / total)[..., 0]
    rows = torch.arange(slab.start + skip, slab.stop, device=powers.device)
    seen = rows + 1 if looked.causal else torch.full_like(rows, looked.tokens)
    return entropy / seen.clamp_min(2).log()
