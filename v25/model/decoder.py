"""Decision: a causal decoder with a mixture of experts, its heads chosen by the prompt alone.

The gates of every layer are computed once, from the fused prompt, before the first token is
written, and then held: no gate and no logit can depend on a later token. Closed heads have no
place in the cache.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn.attention.bias import causal_lower_right

from v25.config import V25Config
from v25.model.attention import (
    DynamicAttention,
    OpenHeads,
    Turn,
    head_weights,
    joined,
    open_count,
    opened,
    turns,
)
from v25.model.experts import MixtureOfExperts


class Cache:
    """Keys and values of the open heads: `(B, k, capacity, d)` a layer.

    `lengths` `(B,)` counts each request's tokens; rows are packed, padding only at their ends.
    For tracing, `queries` lie beside the keys, and `routes` `(layers, B, capacity, A)` are the
    experts taken; both are None without `capture`.
    """

    def __init__(
        self,
        heads: list[OpenHeads],
        config: V25Config,
        capacity: int,
        like: Tensor,
        capture: bool = True,
    ) -> None:
        rows, open_heads = heads[0].index.shape
        self._reserve(len(heads), rows, open_heads, config, capacity, like, capture)
        self.heads = heads

    def _reserve(
        self,
        layers: int,
        rows: int,
        open_heads: int,
        config: V25Config,
        capacity: int,
        like: Tensor,
        capture: bool,
    ) -> None:
        shape = (layers, rows, open_heads, capacity, config.head_dim)
        self.keys, self.values = like.new_zeros(shape), like.new_zeros(shape)
        self.queries = like.new_zeros(shape) if capture else None
        taken = (layers, rows, capacity, config.active_experts)
        self.routes = like.new_full(taken, -1, dtype=torch.int16) if capture else None
        self.lengths = torch.zeros(rows, dtype=torch.long, device=like.device)
        self.heads: list[OpenHeads] = []
        self.longest = 0
        self.padded = False

    @classmethod
    def reserved(
        cls,
        rows: int,
        open_heads: int,
        config: V25Config,
        capacity: int,
        like: Tensor,
        capture: bool = True,
    ) -> Cache:
        """Room for `rows` requests that are filled in some at a time, with `of` and `take`."""
        cache = cls.__new__(cls)
        cache._reserve(config.decision_layers, rows, open_heads, config, capacity, like, capture)
        return cache

    def of(self, start: int, heads: list[OpenHeads]) -> Cache:
        """Requests from `start` on, as many as `heads` are for: a view of their room."""
        part = Cache.__new__(Cache)
        rows = slice(start, start + len(heads[0].index))
        part.keys, part.values = self.keys[:, rows], self.values[:, rows]
        part.queries = None if self.queries is None else self.queries[:, rows]
        part.routes = None if self.routes is None else self.routes[:, rows]
        part.lengths = self.lengths[rows]
        part.heads, part.longest, part.padded = heads, 0, False
        return part

    def some(self, rows: Tensor) -> Cache:
        """A copy of the requests `rows`."""
        part = Cache.__new__(Cache)
        part.keys, part.values = self.keys[:, rows], self.values[:, rows]
        part.queries = None if self.queries is None else self.queries[:, rows]
        part.routes = None if self.routes is None else self.routes[:, rows]
        part.lengths, part.longest, part.padded = self.lengths[rows], self.longest, self.padded
        part.heads = [heads.some(rows) for heads in self.heads]
        return part

    def take(self, parts: list[Cache]) -> None:
        """What filling the `parts` settled, which are all of this cache's requests in order."""
        self.heads = [joined(layer) for layer in zip(*(p.heads for p in parts), strict=True)]
        self.longest = max(part.longest for part in parts)
        self.padded = bool((self.lengths != self.longest).any())


class DecisionLayer(nn.Module):
    """Dynamic attention and a mixture of experts, each after a norm."""

    def __init__(self, config: V25Config) -> None:
        super().__init__()
        self.attention_norm = nn.RMSNorm(config.width, eps=1e-6)
        self.attention = DynamicAttention(config.width, config.heads, config.gated)
        self.experts_norm = nn.RMSNorm(config.width, eps=1e-6)
        self.experts = MixtureOfExperts(
            config.width, config.expert_feed_forward, config.experts, config.active_experts
        )

    def forward(self, x: Tensor, turn: Turn, weight: Tensor) -> tuple[Tensor, Tensor]:
        """The whole sequence at once, all heads weighted: `(B, N, D)` and routes `(B, N, A)`."""
        x = x + self.attention(self.attention_norm(x), weight, turn, None, causal=True)
        y, route = self.experts(self.experts_norm(x))
        return x + y, route

    def run(self, x: Tensor, turn: Turn, cache: Cache, layer: int, start: int) -> Tensor:
        """Tokens `start` to `start + N` of every row, written to the cache and attended."""
        heads, stop = cache.heads[layer], start + x.shape[1]
        queries, keys, values = self.attention.project(self.attention_norm(x), heads, turn)
        if cache.queries is not None:
            cache.queries[layer, :, :, start:stop] = queries
        cache.keys[layer, :, :, start:stop] = keys
        cache.values[layer, :, :, start:stop] = values
        mask = None
        if x.shape[1] > 1:
            mask = causal_lower_right(x.shape[1], stop)
        y = self.attention.attend(
            queries, cache.keys[layer, :, :, :stop], cache.values[layer, :, :, :stop], heads, mask
        )
        x = x + y
        y, route = self.experts(self.experts_norm(x))
        if cache.routes is not None:
            cache.routes[layer, :, start:stop] = route.to(torch.int16)
        return x + y

    def step(self, x: Tensor, turn: Turn, cache: Cache, layer: int) -> Tensor:
        """One token a row, each at the end of its own row."""
        if not cache.padded:
            return self.run(x, turn, cache, layer, cache.longest)
        heads, rows = cache.heads[layer], torch.arange(len(x), device=x.device)
        queries, keys, values = self.attention.project(self.attention_norm(x), heads, turn)
        if cache.queries is not None:
            cache.queries[layer][rows, :, cache.lengths] = queries[:, :, 0]
        cache.keys[layer][rows, :, cache.lengths] = keys[:, :, 0]
        cache.values[layer][rows, :, cache.lengths] = values[:, :, 0]
        stop = cache.longest + 1
        written = torch.arange(stop, device=x.device) <= cache.lengths[:, None]
        y = self.attention.attend(
            queries,
            cache.keys[layer, :, :, :stop],
            cache.values[layer, :, :, :stop],
            heads,
            written[:, None, None],
        )
        x = x + y
        y, route = self.experts(self.experts_norm(x))
        if cache.routes is not None:
            cache.routes[layer][rows, cache.lengths] = route[:, 0].to(torch.int16)
        return x + y

    def replayed(
        self, x: Tensor, turn: Turn, cache: Cache, layer: int, mask: Tensor
    ) -> tuple[Tensor, Tensor, Tensor]:
        """`step` without anything that the host decides, for a CUDA graph.

        `mask` `(B, 1, 1, capacity)` is added to the scores: minus infinity beyond each row's end.
        What tracing needs, queries `(B, k, 1, d)` and routes `(B, 1, A)`, comes back beside the
        `(B, 1, D)`: whoever has that of all layers keeps it with fewer kernels.
        """
        heads, attention = cache.heads[layer], self.attention
        queries, keys, values = attention.project(self.attention_norm(x), heads, turn, apart=True)
        place = cache.lengths[:, None, None, None].expand_as(keys)
        cache.keys[layer].scatter_(2, place, keys)
        cache.values[layer].scatter_(2, place, values)
        seen = cache.keys[layer], cache.values[layer]
        x = x + attention.attend(queries, *seen, heads, mask, apart=True)
        y, route = self.experts(self.experts_norm(x))
        return x + y, queries, route


class DecisionDecoder(nn.Module):
    """The decision layers and a last norm."""

    def __init__(self, config: V25Config) -> None:
        super().__init__()
        self.config = config
        self.layers = nn.ModuleList(DecisionLayer(config) for _ in range(config.decision_layers))
        self.norm = nn.RMSNorm(config.width, eps=1e-6)

    def gates(self, fused: Tensor, mask: Tensor | None) -> list[Tensor]:
        """Every layer's gates `(B, H)`, from the fused prompt alone."""
        return [layer.attention.gates(fused, mask) for layer in self.layers]

    def turn(self, positions: Tensor) -> Turn:
        """Rotary positions `(B, N)`; every token sees those before it and itself."""
        return turns(positions, positions + 1, self.config)

    def forward(
        self, x: Tensor, gates: list[Tensor], budgets: Tensor
    ) -> tuple[Tensor, list[Tensor]]:
        """Training's path over packed rows `(B, N, D)`: hidden states and routes of each layer."""
        turn, routes = self.turn(torch.arange(x.shape[1], device=x.device)[None]), []
        for layer, layer_gates in zip(self.layers, gates, strict=True):
            x, route = layer(x, turn, head_weights(layer_gates, budgets))
            routes.append(route)
        return self.norm(x), routes

    def open(
        self, gates: list[Tensor], budget: int, forced: Tensor | None = None
    ) -> list[OpenHeads]:
        """The heads that each layer opens; `forced` `(B, layers, H)` as in `opened`.

        The cache has one k for all layers, so where heads are forced the layers fill up to it.
        """
        if forced is None:
            return [
                layer.attention.open(layer_gates, budget)
                for layer, layer_gates in zip(self.layers, gates, strict=True)
            ]
        each = forced.unbind(1)
        count = open_count([opened(g, budget, f) for g, f in zip(gates, each, strict=True)])
        return [
            layer.attention.open(layer_gates, budget, own, count)
            for layer, layer_gates, own in zip(self.layers, gates, each, strict=True)
        ]

    def prefill(self, x: Tensor, lengths: Tensor, cache: Cache, chunk: int) -> Tensor:
        """Packed prompts `(B, N, D)` of `lengths` `(B,)` into an empty cache, in chunks.

        Returns:
            Hidden states `(B, D)` of the last position.
        """
        last = self.read(x, cache, chunk)
        cache.lengths.copy_(lengths)
        cache.longest = x.shape[1]
        cache.padded = bool((lengths != x.shape[1]).any())
        return last

    def read(self, x: Tensor, cache: Cache, chunk: int) -> Tensor:
        """The same, but the cache does not yet know how long its requests are."""
        start = 0
        for part in x.split(chunk, 1):
            positions = torch.arange(start, start + part.shape[1], device=x.device)[None]
            turn = self.turn(positions)
            for index, layer in enumerate(self.layers):
                part = layer.run(part, turn, cache, index, start)
            start += part.shape[1]
        return self.norm(part[:, -1])

    def step(self, x: Tensor, cache: Cache) -> Tensor:
        """One more token a row: `(B, 1, D)` to hidden states `(B, 1, D)`."""
        turn = self.turn(cache.lengths[:, None])
        for index, layer in enumerate(self.layers):
            x = layer.step(x, turn, cache, index)
        cache.lengths += 1
        cache.longest += 1
        return self.norm(x)
