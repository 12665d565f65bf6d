"""Where a trace's numbers lie: what every source offers, and the one over a run's own state."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Protocol

import numpy as np
import torch
from torch import Tensor

from v25.slabs import Looked

if TYPE_CHECKING:  # a recording is looked at without the network's code
    from v25.model.network import State, V25Network


class Source(Protocol):
    """Where the numbers of one request lie.

    Attributes:
        gates: `(L, H)` float32, forced ones in place.
        forced: `(L, H)` bool.
        routes: `(decision layers, N, A)` int16.
        heads: the open heads of each layer, ascending.
        fusion: fusion layers.
        experts: routed experts of a decision layer.
    """

    gates: np.ndarray
    forced: np.ndarray
    routes: np.ndarray
    heads: list[list[int]]
    fusion: int
    experts: int

    def looked(self, layer: int) -> Looked:
        """Queries and keys of the layer's open heads."""

    def norms(self, layer: int) -> Tensor:
        """`(k, N)` float32 norms of their values."""


@dataclass(frozen=True)
class RunSource:
    """A run's state: views of its cache, which goes on growing behind `length`.

    Attributes:
        state: what the run holds.
        row: the request's place in its batch.
        length: tokens that were read when somebody looked.
        network: what ran.
        budget: heads that each layer opened by itself.
        forced_gates: as `Request.gates`.
        written: symbols that were written, the end among them.
    """

    state: State
    row: int
    length: int
    network: V25Network
    budget: int
    forced_gates: Mapping[tuple[int, int], float] = field(default_factory=dict)
    written: tuple[int, ...] = ()

    @property
    def fusion(self) -> int:
        """Fusion layers."""
        return len(self.state.fusion_heads)

    @property
    def experts(self) -> int:
        """Routed experts of a decision layer."""
        return self.network.sizes.experts

    @cached_property
    def gates(self) -> np.ndarray:
        """`(L, H)` float32."""
        return torch.stack([g[self.row] for g in self.state.gates]).float().cpu().numpy()

    @cached_property
    def forced(self) -> np.ndarray:
        """`(L, H)` bool."""
        forced = np.zeros(self.gates.shape, bool)
        for place in self.forced_gates:
            forced[place] = True
        return forced

    @cached_property
    def heads(self) -> list[list[int]]:
        """The open heads of each layer; those that only fill up come last and are left out."""
        return self.state.open_heads[self.row]

    @property
    def routes(self) -> np.ndarray:
        """`(decision layers, N, A)` int16."""
        return self.state.cache.routes[:, self.row, : self.length].cpu().numpy()

    def looked(self, layer: int) -> Looked:
        """Queries and keys of the layer's open heads."""
        count = len(self.heads[layer])
        if layer < self.fusion:
            looked, tokens = self.state.looked[layer], int(self.state.prompt.lengths[self.row])
            queries, keys = looked.queries[self.row], looked.keys[self.row]
        else:
            cache, own, tokens = self.state.cache, layer - self.fusion, self.length
            queries, keys = cache.queries[own, self.row], cache.keys[own, self.row]
        return Looked(queries[:count, :tokens], keys[:count, :tokens], layer >= self.fusion)

    def norms(self, layer: int) -> Tensor:
        """`(k, N)` float32 norms of their values."""
        count = len(self.heads[layer])
        if layer < self.fusion:
            tokens = int(self.state.prompt.lengths[self.row])
            return self.state.looked[layer].norms[self.row, :count, :tokens]
        values = self.state.cache.values[layer - self.fusion, self.row, :count, : self.length]
        return torch.linalg.vector_norm(values, dim=-1, dtype=torch.float32)
