"""Attention on demand: rows and maps from the queries and keys that a run left behind.

Generation uses the fused kernel and stores no attention. Each layer's queries stay beside the keys
that the cache holds anyway (memory linear in length); a row, a map or a summary is computed when
somebody looks at it, and N x N is never held for long inputs. The same class serves a run and a
recording of one: both are a `Source`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cached_property

import numpy as np
import torch
from torch import Tensor

from v25 import slabs
from v25.schema import LENSES, MODALITIES, LayerSummary, Lens, Span, Token
from v25.slabs import Looked
from v25.sources import Source

Place = tuple[int, list[int]]
"""A layer, and places among its open heads."""


class SequenceTrace:
    """One request's attention, gates and routes; implements `v25.schema.Trace`."""

    def __init__(
        self,
        source: Source,
        prompt_tokens: Sequence[Token],
        own_tokens: Callable[[], Sequence[Token]],
        length: int,
    ) -> None:
        """`length` tokens were read; `own_tokens` names the generated ones among them."""
        self.source = source
        self._prompt_tokens, self._own_tokens, self._length = prompt_tokens, own_tokens, length
        self.prompt_length, self.experts = len(prompt_tokens), source.experts
        decision = len(source.heads) - source.fusion
        self.layers = tuple(f"fusion {i + 1}" for i in range(source.fusion)) + tuple(
            f"decision {i + 1}" for i in range(decision)
        )
        self._sums: dict[int, Tensor] = {}

    @cached_property
    def tokens(self) -> tuple[Token, ...]:
        """What stands at each position."""
        own = self._own_tokens()
        return (*self._prompt_tokens, *own)[: self._length]

    @property
    def gates(self) -> np.ndarray:
        """`(L, H)` float32: each head's gate, 0 to 1; the forced value where one was forced."""
        return self.source.gates

    @property
    def forced(self) -> np.ndarray:
        """`(L, H)` bool: the heads whose gate the request forced."""
        return self.source.forced

    @cached_property
    def open(self) -> np.ndarray:
        """`(L, H)` bool: the heads that ran."""
        opened = np.zeros(self.gates.shape, bool)
        for layer, heads in enumerate(self.source.heads):
            opened[layer, heads] = True
        return opened

    @cached_property
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
        return self.source.routes

    def length(self, layer: int | None) -> int:
        """Tokens that `layer` attends over: fusion layers see the prompt alone."""
        fusion = layer is not None and layer < self.source.fusion
        return self.prompt_length if fusion else self._length

    @torch.inference_mode()
    def row(
        self, layer: int | None, head: int | None, query: int, lens: Lens = "attention"
    ) -> np.ndarray:
        """`(N,)` float32: where token `query` looks; zeros when the head is closed.

        Raises:
            IndexError: no such layer, head or query.
        """
        places = self._places(layer, head, lens)
        total = self._token(layer, query, "query")
        mean = np.zeros(total, np.float32)
        for own, open_heads in places:
            looked, scale = self._seen(own, open_heads), self._scale(own, open_heads, lens)
            rows = slabs.softmax_rows(looked, query, query + 1)[:, 0]
            mean += (rows * scale).sum(0).cpu().numpy()
        return _over(mean, places)

    @torch.inference_mode()
    def column(
        self, layer: int | None, head: int | None, key: int, lens: Lens = "attention"
    ) -> np.ndarray:
        """`(N,)` float32: how much each token looks at token `key`.

        The first column of a layer goes through all its rows; later ones are one product.

        Raises:
            IndexError: no such layer, head or key.
        """
        places = self._places(layer, head, lens)
        total = self._token(layer, key, "key")
        mean = np.zeros(total, np.float32)
        for own, open_heads in places:
            if own not in self._sums:
                self._sums[own] = slabs.log_sums(self.source.looked(own))
            sums, scale = self._sums[own][open_heads], self._scale(own, open_heads, lens)
            shares = slabs.column(self._seen(own, open_heads), sums, key)
            at = scale[:, key, None] if scale.shape[1] > 1 else scale
            mean += (shares * at).sum(0).cpu().numpy()
        return _over(mean, places)

    @torch.inference_mode()
    def map(
        self,
        layer: int | None,
        head: int | None,
        max_side: int | None = None,
        lens: Lens = "attention",
    ) -> np.ndarray:
        """`(n, n)` float32, rows look at columns; block averages when N > max_side.

        Raises:
            IndexError: no such layer or head.
        """
        places = self._places(layer, head, lens)
        side, _ = slabs.blocks(self.length(layer), max_side)
        mean = np.zeros((side, side), np.float32)
        for own, open_heads in places:
            for place in open_heads:  # one at a time: whole maps of all heads may be large
                gate = 1.0 if lens == "attention" else self._gate(own, [place])[0]
                norms = self.source.norms(own)[[place]] if lens == "effective" else None
                values = slabs.block_means(self._seen(own, [place]), max_side, norms)[0]
                mean += (values * gate).cpu().numpy()
        return _over(mean, places)

    @torch.inference_mode()
    def summary(self, layer: int, max_side: int = 24) -> LayerSummary:
        """Every head of one layer in one pass over its rows.

        Raises:
            IndexError: no such layer.
        """
        self._check(layer, None)
        heads, total = self.source.heads[layer], self.length(layer)
        side, _ = slabs.blocks(total, max_side)
        count = self.gates.shape[1]
        maps = np.zeros((count, side, side), np.float32)
        entropy = np.zeros(count, np.float32)
        shares = np.zeros((count, len(MODALITIES)), np.float32)
        if heads:
            spans = [s for s in self.spans if s.start < total]
            fusion, written = layer < self.source.fusion, total > self.prompt_length
            first = 0 if fusion or not written else self.prompt_length
            bounds = [(s.start, min(s.stop, total)) for s in spans]
            found = slabs.summary(self.source.looked(layer), max_side, bounds, first)
            maps[heads], entropy[heads], parts = (x.cpu().numpy() for x in found)
            for place, span in enumerate(spans):
                shares[heads, MODALITIES.index(span.modality)] += parts[:, place]
        return LayerSummary(maps, entropy, shares)

    def value_norms(self, layer: int) -> np.ndarray:
        """`(H, N)` float32: norm of each head's value at each token; zeros when closed.

        Raises:
            IndexError: no such layer.
        """
        self._check(layer, None)
        norms = np.zeros((self.gates.shape[1], self.length(layer)), np.float32)
        norms[self.source.heads[layer]] = self.source.norms(layer).cpu().numpy()
        return norms

    def again(self) -> SequenceTrace:
        """The same, without what earlier looks left behind."""
        return SequenceTrace(self.source, self._prompt_tokens, self._own_tokens, self._length)

    def _check(self, layer: int, head: int | None) -> None:
        layers, heads = self.gates.shape
        if not 0 <= layer < layers or not 0 <= (head or 0) < heads:
            raise IndexError(f"there are {layers} layers and {heads} heads, not [{layer}][{head}]")

    def _token(self, layer: int | None, token: int, name: str) -> int:
        total = self.length(layer)
        if not 0 <= token < total:
            where = "decision layers" if layer is None else self.layers[layer]
            raise IndexError(f"{name} must be 0 to {total - 1} in {where}, not {token}")
        return total

    def _places(self, layer: int | None, head: int | None, lens: Lens) -> list[Place]:
        """What to take the mean over: places among the open heads of some layers."""
        if lens not in LENSES:
            raise ValueError(f"lens must be one of {', '.join(LENSES)}, not {lens!r}")
        if layer is None:
            if head is not None:
                raise IndexError("a head needs its layer")
            each = range(self.source.fusion, len(self.layers))
            return [(i, list(range(len(self.source.heads[i])))) for i in each]
        self._check(layer, head)
        heads = self.source.heads[layer]
        if head is None:
            return [(layer, list(range(len(heads))))]
        return [(layer, [heads.index(head)])] if head in heads else []

    def _seen(self, layer: int, places: list[int]) -> Looked:
        looked = self.source.looked(layer)
        if len(places) == len(looked.queries):
            return looked
        return Looked(looked.queries[places], looked.keys[places], looked.causal)

    def _gate(self, layer: int, places: list[int]) -> Tensor:
        """`(places,)` gates."""
        heads = [self.source.heads[layer][place] for place in places]
        device = self.source.looked(layer).queries.device
        return torch.from_numpy(self.gates[layer, heads]).to(device)

    def _scale(self, layer: int, places: list[int], lens: Lens) -> Tensor:
        """`(places, 1 or N)`: what the softmax weights of each key are multiplied by."""
        gate = self._gate(layer, places)[:, None]
        if lens == "attention":
            return torch.ones_like(gate)
        return gate * self.source.norms(layer)[places] if lens == "effective" else gate


def _over(total: np.ndarray, places: list[Place]) -> np.ndarray:
    """A sum over heads to their mean."""
    count = sum(len(heads) for _, heads in places)
    return total / count if count > 1 else total


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
