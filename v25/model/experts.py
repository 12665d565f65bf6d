"""Mixture of experts: a router sends each token to a few of many small feed-forward networks.

Routed experts with one shared expert, sigmoid router scores and balance without an auxiliary
loss follow DeepSeek-V3 (2024): a bias, moved by training and used for choosing only, evens the
load. Shapes: M tokens, E experts, A active experts, F expert width, D width.
"""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import Tensor, nn


class SwiGLU(nn.Module):
    """Gated feed-forward network (Shazeer, 2020)."""

    def __init__(self, width: int, hidden: int) -> None:
        super().__init__()
        self.up = nn.Linear(width, 2 * hidden, bias=False)
        self.down = nn.Linear(hidden, width, bias=False)

    def forward(self, x: Tensor) -> Tensor:
        """`(..., D)` to `(..., D)`."""
        gate, value = self.up(x).chunk(2, -1)
        return self.down(F.silu(gate) * value)


class MixtureOfExperts(nn.Module):
    """`experts` routed networks, `active` of them a token, and a shared one."""

    def __init__(self, width: int, hidden: int, experts: int, active: int) -> None:
        super().__init__()
        self.experts, self.active, self.hidden = experts, active, hidden
        self.router = nn.Linear(width, experts, bias=False)
        self.register_buffer("balance", torch.zeros(experts))
        self.up = nn.Linear(width, experts * 2 * hidden, bias=False)
        self.down = nn.Linear(experts * hidden, width, bias=False)
        self.shared = SwiGLU(width, hidden)

    def route(self, x: Tensor) -> tuple[Tensor, Tensor]:
        """Weights `(..., A)` that sum to one, and experts `(..., A)`, for `x` `(..., D)`."""
        scores = torch.sigmoid(self.router(x).float())
        chosen = (scores + self.balance).topk(self.active, -1).indices
        weights = scores.gather(-1, chosen)
        return weights / weights.sum(-1, keepdim=True), chosen

    def forward(self, x: Tensor) -> tuple[Tensor, Tensor]:
        """`(B, N, D)`, and the route `(B, N, A)` that each token took."""
        weights, chosen = self.route(x)
        few = not self.training and x.shape[0] * x.shape[1] * self.active <= self.experts
        routed = self._gathered(x, weights, chosen) if few else self._dense(x, weights, chosen)
        return self.shared(x) + routed, chosen

    def _dense(self, x: Tensor, weights: Tensor, chosen: Tensor) -> Tensor:
        """Every expert's hidden units at once, weighted by the route (0 for those not taken).

        More arithmetic than the route needs, but two large products of fixed shape: faster than
        eight small ones at these widths, and the same result.
        """
        spread = torch.zeros(*chosen.shape[:-1], self.experts, device=x.device, dtype=x.dtype)
        spread = spread.scatter(-1, chosen, weights.to(x.dtype))
        gate, value = self.up(x).unflatten(-1, (self.experts, 2, self.hidden)).unbind(-2)
        hidden = F.silu(gate) * value * spread.unsqueeze(-1)
        return self.down(hidden.flatten(-2))

    def _gathered(self, x: Tensor, weights: Tensor, chosen: Tensor) -> Tensor:
        """Reads only the chosen experts' weights: for the few tokens of a decoding step."""
        width = x.shape[-1]
        flat, picks = x.reshape(-1, width, 1), chosen.reshape(-1, self.active)
        up = dense_weight(self.up).view(self.experts, 2 * self.hidden, width)[picks]
        gate, value = torch.matmul(up, flat.unsqueeze(1)).squeeze(-1).chunk(2, -1)
        hidden = F.silu(gate) * value * weights.reshape(-1, self.active, 1).to(x.dtype)
        down = dense_weight(self.down).view(width, self.experts, self.hidden)[:, picks]
        return torch.einsum("dmaf,maf->md", down, hidden).view_as(x)


def dense_weight(linear: nn.Linear) -> Tensor:
    """A linear layer's weight as plain numbers; an INT8 weight is unfolded."""
    weight = linear.weight
    return weight if type(weight) in (Tensor, nn.Parameter) else weight.dequantize()
