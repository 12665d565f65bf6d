"""Dynamic attention: heads that open or close for each request, and cost nothing when closed.

The gate of the product note is `sigmoid(Linear(mean(x)))`, one value a head. As published it is
pooled over the decoder's own sequence and so leaks the future; here it is pooled over the prompt
alone. `softmax(QK^T) * g * V` equals `g * SDPA(Q, K, V)` head by head, so the fused kernel serves.

Shapes: B batch, N queries, S keys, H heads, k open heads, d head width, D = H * d.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from v25.config import V25Config
from v25.model.experts import dense_weight, few_tokens, product


def masked_mean(x: Tensor, mask: Tensor | None) -> Tensor:
    """Mean of `x` `(B, N, D)` over the tokens whose `mask` `(B, N)` is true: `(B, D)`."""
    if mask is None:
        return x.mean(1)
    weight = mask.to(x.dtype).unsqueeze(-1)
    return (x * weight).sum(1) / weight.sum(1).clamp_min(1)


Turn = tuple[Tensor, ...]
"""Cosine and sine `(B, 1, N, d)` of the positions; then, where scores grow with the number of
tokens, the same for queries, times that growth."""


def rotary(positions: Tensor, head_dim: int, base: float, still: int = 0) -> tuple[Tensor, Tensor]:
    """Cosine and sine `(B, 1, N, d)` of rotary positions (Su et al., 2021) for `(B, N)`.

    The `still` slowest pairs do not turn.
    """
    steps = torch.arange(0, head_dim, 2, device=positions.device, dtype=torch.float32) / head_dim
    speeds = base**-steps
    speeds[len(steps) - still :] = 0.0
    angles = positions[:, None, :, None].float() * torch.cat((speeds, speeds))
    return angles.cos(), angles.sin()


def turns(positions: Tensor, seen: Tensor, config: V25Config) -> Turn:
    """The `Turn` of `positions` `(B, N)`; queries look at `seen` `(B, N)` or `(B, 1)` tokens."""
    cos, sin = rotary(positions, config.head_dim, config.rope_base, config.still_pairs)
    if not config.scaled_from:
        return cos, sin
    growth = seen.float().clamp_min(config.scaled_from).log() / math.log(config.scaled_from)
    growth = growth[:, None, :, None]
    return cos, sin, cos * growth, sin * growth


def rotate(x: Tensor, cos: Tensor, sin: Tensor) -> Tensor:
    """`x` `(B, heads, N, d)` turned by its positions, in float32 and back."""
    first, second = x.chunk(2, -1)
    turned = torch.cat((-second, first), -1)
    return (x * cos + turned * sin).to(x.dtype)  # cos and sin are float32, so the products are


@dataclass
class OpenHeads:
    """The open heads of one layer for a batch of requests, their weights gathered side by side.

    Attributes:
        index: `(B, k)` which heads, ascending.
        gate: `(B, k)` their gates.
        real: `(B, k)` false for closed heads that only fill a request up to the k of the others
            (after the real ones, with gate 0); None when all are real.
        qkv: `(B, D, 3 * k * d)` projection of the open heads only.
        out: `(B, k * d, D)` output projection, the gates already multiplied in.
    """

    index: Tensor
    gate: Tensor
    qkv: Tensor
    out: Tensor
    real: Tensor | None = None

    def some(self, rows: Tensor) -> OpenHeads:
        """Those of the requests `rows`."""
        real = None if self.real is None else self.real[rows]
        return OpenHeads(*(t[rows] for t in (self.index, self.gate, self.qkv, self.out)), real)


def joined(parts: Sequence[OpenHeads]) -> OpenHeads:
    """The open heads of several groups of requests as those of one batch."""
    if len(parts) == 1:
        return parts[0]
    real = None
    if any(part.real is not None for part in parts):
        each = (torch.ones_like(p.index, dtype=torch.bool) if p.real is None else p.real
                for p in parts)  # fmt: skip
        real = torch.cat(list(each))
    columns = ([getattr(part, name) for part in parts] for name in ("index", "gate", "qkv", "out"))
    return OpenHeads(*(torch.cat(column) for column in columns), real)


class DynamicAttention(nn.Module):
    """Multi-head attention with a gate a head and a budget of open heads."""

    def __init__(self, width: int, heads: int, gated: bool = True) -> None:
        super().__init__()
        self.heads, self.head_dim = heads, width // heads
        self.qkv = nn.Linear(width, 3 * width, bias=False)
        self.out = nn.Linear(width, width, bias=False)
        if gated:
            self.gate_norm = nn.LayerNorm(width)
            self.gate = nn.Linear(width, heads)
        self.gated = gated
        self.query_norm = nn.RMSNorm(self.head_dim, eps=1e-6)
        self.key_norm = nn.RMSNorm(self.head_dim, eps=1e-6)

    def gates(self, prompt: Tensor, mask: Tensor | None) -> Tensor:
        """`(B, H)` gates in (0, 1) from the prompt `(B, N, D)` alone, in float32.

        The pooled prompt is normalised first, so that what differs between requests, not what
        all prompts share, moves the gates.
        """
        if not self.gated:
            return prompt.new_ones((len(prompt), self.heads), dtype=torch.float32)
        pooled = self.gate_norm(masked_mean(prompt, mask))
        return torch.sigmoid(self.gate(pooled).float())

    def forward(
        self, x: Tensor, weight: Tensor, turn: Turn, mask: Tensor | None, causal: bool
    ) -> Tensor:
        """All heads, each multiplied by `weight` `(B, H)`: for training, and the reference.

        `mask` is true where a query may look, broadcastable to `(B, H, N, S)`.
        """
        queries, keys, values = self._split(self.qkv(x), turn)
        y = F.scaled_dot_product_attention(queries, keys, values, mask, is_causal=causal)
        y = y * weight[:, :, None, None].to(y.dtype)
        return self.out(y.transpose(1, 2).flatten(2))

    def open(
        self, gates: Tensor, budget: int, forced: Tensor | None = None, count: int | None = None
    ) -> OpenHeads:
        """Gathers the `budget` heads with the highest `gates` `(B, H)`.

        Args:
            gates: as the prompt gave them.
            budget: heads to open.
            forced: `(B, H)`, see `opened`.
            count: k to fill up to where heads are forced; None: the most that a request opens.
        """
        if forced is None:
            index = gates.topk(budget, -1).indices.sort(-1).values
            return self.gather(index, gates.gather(1, index))
        is_open = opened(gates, budget, forced)
        most = open_count([is_open]) if count is None else count
        index = (~is_open).to(torch.uint8).argsort(dim=-1, stable=True)[:, :most]
        real = is_open.gather(1, index)
        heads = self.gather(index, with_forced(gates, forced).gather(1, index) * real)
        heads.real = real
        return heads

    def gather(self, index: Tensor, gate: Tensor) -> OpenHeads:
        """The weights of heads `index` `(B, k)` with their gates `(B, k)`."""
        rows, open_heads = index.shape
        heads, d, width = self.heads, self.head_dim, self.heads * self.head_dim
        qkv = dense_weight(self.qkv).view(3, heads, d, width)[:, index]  # (3, B, k, d, D)
        qkv = qkv.permute(1, 4, 0, 2, 3).reshape(rows, width, 3 * open_heads * d)
        out = dense_weight(self.out).view(width, heads, d).permute(1, 2, 0)[index]  # (B, k, d, D)
        out = out * gate[:, :, None, None].to(out.dtype)
        return OpenHeads(index, gate, qkv, out.reshape(rows, open_heads * d, width))

    def project(
        self, x: Tensor, heads: OpenHeads, turn: Turn, apart: bool = False
    ) -> tuple[Tensor, Tensor, Tensor]:
        """Queries, keys and values `(B, k, N, d)` of the open heads, positions turned in.

        `apart`: from the weights that `heads` holds, whatever its `index` says.
        """
        if apart or not self._shared(x):
            return self._split(torch.bmm(x, heads.qkv), turn)
        rows, count = heads.index.shape
        every = product(x, self.qkv).view(rows, 3, self.heads, self.head_dim)
        places = heads.index[:, None, :, None].expand(-1, 3, -1, self.head_dim)
        return self._split(every.gather(2, places).view(rows, 1, 3 * count * self.head_dim), turn)

    def attend(
        self,
        queries: Tensor,
        keys: Tensor,
        values: Tensor,
        heads: OpenHeads,
        mask: Tensor | None = None,
        apart: bool = False,
    ) -> Tensor:
        """`(B, N, D)`: what the open heads read from keys and values `(B, k, S, d)`.

        `apart` as in `project`.
        """
        y = F.scaled_dot_product_attention(queries, keys, values, mask)
        if apart or not self._shared(y[:, 0]):
            return torch.bmm(y.transpose(1, 2).flatten(2), heads.out)
        every = y.new_zeros(len(y), self.heads, self.head_dim)
        places = heads.index[:, :, None].expand(-1, -1, self.head_dim)
        every.scatter_(1, places, y[:, :, 0] * heads.gate[:, :, None])
        return self.out(every.flatten(1))[:, None]

    def _shared(self, x: Tensor) -> bool:
        """Whether all requests' tokens `(B, 1, ...)` go through the layer's own weights.

        A CPU reads these once for all of them; the open heads of each lie apart, and reading
        them takes longer than the closed heads' arithmetic.
        """
        return x.shape[1] == 1 and few_tokens(x) and type(self.qkv.weight) is nn.Parameter

    def _split(self, qkv: Tensor, turn: Turn) -> tuple[Tensor, Tensor, Tensor]:
        rows, tokens, _ = qkv.shape
        q, k, v = qkv.view(rows, tokens, 3, -1, self.head_dim).permute(2, 0, 3, 1, 4)
        return rotate(self.query_norm(q), *turn[-2:]), rotate(self.key_norm(k), *turn[:2]), v


def opened(gates: Tensor, budget: int, forced: Tensor) -> Tensor:
    """Which heads run, `(B, H)` bool, when some gates are forced.

    The heads that are not forced are chosen as if none were, so that only the forced ones change.

    Args:
        gates: `(B, H)` as the prompt gave them.
        budget: heads that open by themselves.
        forced: `(B, H)`, NaN where a head is free; 0 closes it, more opens it.
    """
    chosen = torch.zeros_like(gates, dtype=torch.bool)
    chosen = chosen.scatter(1, gates.topk(budget, -1).indices, True)
    return torch.where(forced.isnan(), chosen, forced > 0)


def open_count(layers: list[Tensor]) -> int:
    """Most heads that a request opens in any layer, of `(B, H)` bool each; at least one."""
    return max(1, *(int(is_open.sum(1).max()) for is_open in layers))


def with_forced(gates: Tensor, forced: Tensor | None) -> Tensor:
    """`gates` `(B, H)` with the `forced` ones (those that are not NaN) in place."""
    return gates if forced is None else torch.where(forced.isnan(), gates, forced)


def head_weights(gates: Tensor, budgets: Tensor) -> Tensor:
    """Training's weights of all heads: the gate where open, 0 where closed, gradient for both.

    Straight-through: a closed head contributes nothing, yet its gate hears whether opening it
    would have helped.

    Args:
        gates: `(B, H)`.
        budgets: `(B,)` open heads of each request.
    """
    rank = gates.argsort(-1, descending=True).argsort(-1)
    is_open = rank < budgets[:, None]
    return torch.where(is_open, gates, gates - gates.detach())
