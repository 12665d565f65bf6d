"""Fusion: one bidirectional transformer over the tokens of all modalities together.

Its attention is the cross-modal alignment that the page draws. Each layer's gates come from what
enters it, pooled over the prompt.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor, nn

from v25.config import V25Config
from v25.model.attention import (
    DynamicAttention,
    OpenHeads,
    Turn,
    head_weights,
    turns,
    with_forced,
)
from v25.model.experts import SwiGLU


@dataclass
class Looked:
    """What a layer leaves behind for tracing.

    Attributes:
        queries: `(B, k, N, d)` of its open heads.
        keys: `(B, k, N, d)`.
        norms: `(B, k, N)` float32, of the values: what their size is enough for.
    """

    queries: Tensor
    keys: Tensor
    norms: Tensor


class FusionLayer(nn.Module):
    """Dynamic attention and a feed-forward network, each after a norm."""

    def __init__(self, config: V25Config) -> None:
        super().__init__()
        self.attention_norm = nn.RMSNorm(config.width, eps=1e-6)
        self.attention = DynamicAttention(config.width, config.heads, config.gated)
        self.feed_forward_norm = nn.RMSNorm(config.width, eps=1e-6)
        self.feed_forward = SwiGLU(config.width, config.fusion_feed_forward)

    def forward(
        self, x: Tensor, mask: Tensor, turn: Turn, budgets: Tensor
    ) -> tuple[Tensor, Tensor]:
        """All heads, closed ones multiplied by zero: `(B, N, D)` and gates `(B, H)`."""
        gates = self.attention.gates(x, mask)
        weight = head_weights(gates, budgets)
        readable = mask[:, None, None, :]
        x = x + self.attention(self.attention_norm(x), weight, turn, readable, causal=False)
        return x + self.feed_forward(self.feed_forward_norm(x)), gates

    def run(
        self,
        x: Tensor,
        mask: Tensor | None,
        turn: Turn,
        budget: int,
        chunk: int,
        forced: Tensor | None = None,
        capture: bool = True,
    ) -> tuple[Tensor, Tensor, OpenHeads, Looked | None]:
        """Only the open heads, `chunk` queries at a time; `mask` None: no padding.

        `forced` `(B, H)`: see `attention.opened`.
        """
        attention = self.attention
        gates = attention.gates(x, mask)
        heads = attention.open(gates, budget, forced)
        readable = None if mask is None else mask[:, None, None, :]
        queries, keys, values = attention.project(self.attention_norm(x), heads, turn)
        parts = []
        for part, some in zip(x.split(chunk, 1), queries.split(chunk, 2), strict=True):
            y = part + attention.attend(some, keys, values, heads, readable)
            parts.append(y + self.feed_forward(self.feed_forward_norm(y)))
        looked = None
        if capture:
            norms = torch.linalg.vector_norm(values, dim=-1, dtype=torch.float32)
            looked = Looked(queries, keys, norms)
        return torch.cat(parts, 1), with_forced(gates, forced), heads, looked


class CrossModalTransformer(nn.Module):
    """The fusion layers and a last norm."""

    def __init__(self, config: V25Config) -> None:
        super().__init__()
        self.config = config
        self.layers = nn.ModuleList(FusionLayer(config) for _ in range(config.fusion_layers))
        self.norm = nn.RMSNorm(config.width, eps=1e-6)

    def turn(self, x: Tensor, mask: Tensor | None) -> Turn:
        """Rotary positions of `x`, counted from its first token; every token sees all others."""
        positions = torch.arange(x.shape[1], device=x.device)[None]
        seen = positions[:, -1:] + 1 if mask is None else mask.sum(1, keepdim=True)
        return turns(positions, seen, self.config)

    def forward(self, x: Tensor, mask: Tensor, budgets: Tensor) -> tuple[Tensor, list[Tensor]]:
        """Training's path: the fused prompt `(B, N, D)` and each layer's gates."""
        turn, gates = self.turn(x, mask), []
        for layer in self.layers:
            x, layer_gates = layer(x, mask, turn, budgets)
            gates.append(layer_gates)
        return self.norm(x), gates

    def run(
        self,
        x: Tensor,
        mask: Tensor | None,
        budget: int,
        chunk: int,
        forced: Tensor | None = None,
        capture: bool = True,
    ) -> tuple[Tensor, list[Tensor], list[OpenHeads], list[Looked]]:
        """Inference's path: also the heads that each layer opened and what they looked with.

        `forced` `(B, layers, H)`: see `attention.opened`. Without `capture` no looks are kept.
        """
        turn, seen = self.turn(x, mask), []
        for index, layer in enumerate(self.layers):
            own = None if forced is None else forced[:, index]
            x, *rest = layer.run(x, mask, turn, budget, chunk, own, capture)
            seen.append(rest)
        gates, heads, looked = (list(column) for column in zip(*seen, strict=True))
        return self.norm(x), gates, heads, looked if capture else []
