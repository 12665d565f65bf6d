"""Attention on demand: rows and maps from the queries and keys that a run left behind.

Generation uses the fused kernel and stores no attention. Each layer's queries stay beside the keys
that the cache holds anyway (memory linear in length); a row, a map or a block-averaged overview is
computed when somebody looks at it, and N x N is never held for long inputs.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property

import numpy as np
import torch
from torch import Tensor

from v25.model.network import State
from v25.schema import Span, Token

ROWS_AT_ONCE = 256


class SequenceTrace:
    """One request's attention, gates and routes; implements `v25.schema.Trace`."""

    def __init__(
        self,
        state: State,
        row: int,
        prompt_tokens: Sequence[Token],
        own_tokens: Callable[[], Sequence[Token]],
        length: int,
    ) -> None:
        """Of request `row`, `length` tokens were read; `own_tokens` names the generated ones."""
        self._state, self._row = state, row
        self._prompt_tokens, self._own_tokens, self._length = prompt_tokens, own_tokens, length
        self.prompt_length = len(prompt_tokens)
        self._fusion = len(state.looked)
        decision = len(state.cache.heads)
        self.layers = tuple(f"fusion {i + 1}" for i in range(self._fusion)) + tuple(
            f"decision {i + 1}" for i in range(decision)
        )

    @cached_property
    def tokens(self) -> tuple[Token, ...]:
        """What stands at each position."""
        own = self._own_tokens()
        return (*self._prompt_tokens, *own)[: self._length]

    @cached_property
    def gates(self) -> np.ndarray:
        """`(L, H)` float32: each head's gate, 0 to 1."""
        return torch.stack([g[self._row] for g in self._state.gates]).float().cpu().numpy()

    @cached_property
    def _index(self) -> list[list[int]]:
        heads = [*self._state.fusion_heads, *self._state.cache.heads]
        return [h.index[self._row].tolist() for h in heads]

    @cached_property
    def open(self) -> np.ndarray:
        """`(L, H)` bool: the heads that ran."""
        opened = np.zeros(self.gates.shape, bool)
        for layer, index in enumerate(self._index):
            opened[layer, index] = True
        return opened

    @property
    def spans(self) -> tuple[Span, ...]:
        """Runs of tokens of one modality, in order."""
        spans: list[Span] = []
        for position, token in enumerate(self.tokens):
            if spans and spans[-1].modality == token.modality:
                spans[-1] = Span(token.modality, spans[-1].start, position + 1)
            else:
                spans.append(Span(token.modality, position, position + 1))
        return tuple(spans)

    @property
    def routes(self) -> np.ndarray:
        """`(decision layers, N, 2)` int16: the experts that each token took."""
        return self._state.cache.routes[:, self._row, : self._length].cpu().numpy()

    def length(self, layer: int) -> int:
        """Tokens that `layer` attends over: fusion layers see the prompt alone."""
        return self.prompt_length if layer < self._fusion else self._length

    def row(self, layer: int, head: int, query: int) -> np.ndarray:
        """`(N,)` float32: where token `query` looks; zeros when the head is closed.

        Raises:
            IndexError: no such layer, head or query.
        """
        total = self._check(layer, head)
        if not 0 <= query < total:
            raise IndexError(f"query must be 0 to {total - 1} in {self.layers[layer]}, not {query}")
        if not self.open[layer, head]:
            return np.zeros(total, np.float32)
        return self._rows(layer, [head], query, query + 1)[0, 0].cpu().numpy()

    def map(self, layer: int, head: int, max_side: int | None = None) -> np.ndarray:
        """`(n, n)` float32, rows look at columns; block averages when N > max_side."""
        total = self._check(layer, head)
        side = _blocks(total, max_side)
        if not self.open[layer, head]:
            return np.zeros((side, side), np.float32)
        return self._averages(layer, [head], max_side)[0]

    def overview(self, max_side: int = 24) -> np.ndarray:
        """`(L, H, n, n)` float32: every head's map in block averages, for thumbnails.

        Layers that attend over fewer tokens fill the upper left of their maps.
        """
        layers, heads = self.gates.shape
        side = max(_blocks(self.length(i), max_side) for i in range(layers))
        maps = np.zeros((layers, heads, side, side), np.float32)
        for layer in range(layers):
            opened = self._index[layer]
            averages = self._averages(layer, opened, max_side)
            maps[layer, opened, : averages.shape[1], : averages.shape[2]] = averages
        return maps

    def _check(self, layer: int, head: int) -> int:
        layers, heads = self.gates.shape
        if not 0 <= layer < layers or not 0 <= head < heads:
            raise IndexError(f"there are {layers} layers and {heads} heads, not [{layer}][{head}]")
        return self.length(layer)

    def _looked(self, layer: int, heads: Sequence[int]) -> tuple[Tensor, Tensor]:
        """Queries and keys `(heads, N, d)` in float32."""
        places = [self._index[layer].index(h) for h in heads]
        total = self.length(layer)
        if layer < self._fusion:
            looked = self._state.looked[layer]
            queries, keys = looked.queries[self._row], looked.keys[self._row]
        else:
            cache, own = self._state.cache, layer - self._fusion
            queries, keys = cache.queries[own, self._row], cache.keys[own, self._row]
        return queries[places, :total].float(), keys[places, :total].float()

    @torch.inference_mode()
    def _rows(self, layer: int, heads: Sequence[int], start: int, stop: int) -> Tensor:
        """`(heads, stop - start, N)` softmax rows."""
        queries, keys = self._looked(layer, heads)
        scores = queries[:, start:stop] @ keys.transpose(1, 2) / math.sqrt(queries.shape[-1])
        if layer >= self._fusion:
            asked = torch.arange(start, stop, device=scores.device)[:, None]
            later = torch.arange(keys.shape[1], device=scores.device) > asked
            scores = scores.masked_fill(later, -math.inf)
        return scores.softmax(-1)

    def _averages(self, layer: int, heads: Sequence[int], max_side: int | None) -> np.ndarray:
        """`(heads, n, n)`, a slab of rows at a time."""
        total = self.length(layer)
        side = _blocks(total, max_side)
        if side == total:
            return self._rows(layer, heads, 0, total).cpu().numpy()
        size = -(-total // side)
        slab = max(1, ROWS_AT_ONCE // size) * size
        parts = [
            _pool(self._rows(layer, heads, start, min(start + slab, total)), size)
            for start in range(0, total, slab)
        ]
        return torch.cat(parts, 1).cpu().numpy()


def _blocks(total: int, max_side: int | None) -> int:
    """Blocks along a side: all equal in size but the last."""
    if max_side is None or total <= max_side:
        return total
    size = -(-total // max_side)
    return -(-total // size)


def _pool(rows: Tensor, size: int) -> Tensor:
    """Mean over blocks of `size` x `size`; a last, smaller block is the mean of what it has."""
    for axis in (1, 2):
        parts = rows.split(size, axis)
        if all(p.shape[axis] == size for p in parts):
            rows = rows.unflatten(axis, (-1, size)).mean(axis + 1)
        else:
            whole = rows.narrow(axis, 0, rows.shape[axis] // size * size)
            rest = rows.narrow(axis, whole.shape[axis], rows.shape[axis] % size)
            means = [rest.mean(axis, keepdim=True)]
            if whole.shape[axis]:
                means.insert(0, whole.unflatten(axis, (-1, size)).mean(axis + 1))
            rows = torch.cat(means, axis)
    return rows


class AttentionMap:
    """`[layer][head]` gives an `(n, n)` array, computed when it is asked for.

    Attributes:
        tokens: what the rows and columns are.
        spans: runs of tokens of one modality.
        gates: `(L, H)` float32.
        open: `(L, H)` bool.
        layers: a name for each layer.
        trace: the same as `v25.schema.Trace`.
    """

    def __init__(self, trace: SequenceTrace, max_side: int | None = None) -> None:
        self.trace, self.max_side = trace, max_side
        self.tokens, self.spans, self.gates = trace.tokens, trace.spans, trace.gates
        self.open, self.layers = trace.open, trace.layers

    def __len__(self) -> int:
        return len(self.layers)

    def __getitem__(self, layer: int) -> LayerMaps:
        if not -len(self) <= layer < len(self):
            raise IndexError(f"there are {len(self)} layers, not [{layer}]")
        return LayerMaps(self, layer % len(self))


class LayerMaps:
    """The heads of one layer; see `AttentionMap`."""

    def __init__(self, maps: AttentionMap, layer: int) -> None:
        self._maps, self.layer = maps, layer

    def __len__(self) -> int:
        return self._maps.gates.shape[1]

    def __getitem__(self, head: int) -> np.ndarray:
        if not -len(self) <= head < len(self):
            raise IndexError(f"there are {len(self)} heads, not [{head}]")
        return self._maps.trace.map(self.layer, head % len(self), self._maps.max_side)

    def __iter__(self) -> Iterator[np.ndarray]:
        return (self[head] for head in range(len(self)))
