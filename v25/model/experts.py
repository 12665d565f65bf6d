"""Mixture of experts: a router sends each token to a few of many small feed-forward networks.

Routed experts with one shared expert, sigmoid router scores and balance without an auxiliary
loss follow DeepSeek-V3 (2024): a bias, moved by training and used for choosing only, evens the
load. Shapes: M tokens, E experts, A active experts, F expert width, D width.
"""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import Tensor, nn

FEW_TOKENS, FEWER_TOKENS = 8, 5
"""Most tokens that a CPU multiplies faster with the weight on the left, see `product`, where a
layer widens them and where it narrows them."""
MANY_TOKENS = 128
"""From as many on, a CPU reads a prompt faster expert by expert."""


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
        few = few and not few_tokens(x)  # to copy weights aside costs these more than all experts
        if few:
            routed = self._gathered(x, weights, chosen)
        elif on_cpu(x) and x.shape[0] * x.shape[1] >= MANY_TOKENS:
            routed = self._sorted(x, weights, chosen)
        else:
            routed = self._dense(x, weights, chosen)
        return self.shared(x) + routed, chosen

    def _dense(self, x: Tensor, weights: Tensor, chosen: Tensor) -> Tensor:
        """Every expert's hidden units at once, weighted by the route (0 for those not taken).

        More arithmetic than the route needs, but two large products of fixed shape: faster than
        eight small ones at these widths, and the same result.
        """
        spread = torch.zeros(*chosen.shape[:-1], self.experts, device=x.device, dtype=x.dtype)
        spread = spread.scatter(-1, chosen, weights.to(x.dtype))
        gate, value = product(x, self.up).unflatten(-1, (self.experts, 2, self.hidden)).unbind(-2)
        hidden = F.silu(gate) * value * spread.unsqueeze(-1)
        return product(hidden.flatten(-2), self.down)

    def _sorted(self, x: Tensor, weights: Tensor, chosen: Tensor) -> Tensor:
        """Each expert for its own tokens only: the least arithmetic, but a step on the host."""
        width, flat, picks = x.shape[-1], x.flatten(0, 1), chosen.flatten()
        up = dense_weight(self.up).view(self.experts, 2 * self.hidden, width)
        down = dense_weight(self.down).view(width, self.experts, self.hidden)
        order = picks.argsort(stable=True)
        tokens, share = order // self.active, weights.flatten()[order, None].to(x.dtype)
        counts = picks.bincount(minlength=self.experts).tolist()
        taken = zip(flat[tokens].split(counts), share.split(counts), strict=True)
        found = []
        for expert, (mine, weight) in enumerate(taken):
            gate, value = F.linear(mine, up[expert]).chunk(2, -1)
            found.append(F.linear(F.silu(gate) * value * weight, down[:, expert]))
        return torch.zeros_like(flat).index_add_(0, tokens, torch.cat(found)).view_as(x)

    def _gathered(self, x: Tensor, weights: Tensor, chosen: Tensor) -> Tensor:
        """Reads only the chosen experts' weights: for the few tokens of a decoding step."""
        width = x.shape[-1]
        flat, picks = x.reshape(-1, width, 1), chosen.reshape(-1, self.active)
        up = dense_weight(self.up).view(self.experts, 2 * self.hidden, width)[picks]
        gate, value = torch.matmul(up, flat.unsqueeze(1)).squeeze(-1).chunk(2, -1)
        hidden = F.silu(gate) * value * weights.reshape(-1, self.active, 1).to(x.dtype)
        down = dense_weight(self.down).view(width, self.experts, self.hidden)[:, picks]
        return torch.einsum("dmaf,maf->md", down, hidden).view_as(x)


def product(x: Tensor, linear: nn.Module) -> Tensor:
    """`x W^T` `(..., D)` of a layer without bias, or of an embedding's table.

    For a handful of float32 tokens a CPU's library takes two to four times as long as for the
    transposed product `W x^T`, which is the same sums.
    """
    weight = linear.weight
    most = FEW_TOKENS if weight.shape[0] >= weight.shape[1] else FEWER_TOKENS
    if not few_tokens(x, most) or type(weight) not in (Tensor, nn.Parameter):
        return F.linear(x, weight)
    return (weight @ x.flatten(0, -2).t()).t().contiguous().unflatten(0, x.shape[:-1])


def few_tokens(x: Tensor, most: int = FEW_TOKENS) -> bool:
    """Whether `x` `(..., D)` is what a CPU decodes in float32 for several requests at once."""
    return on_cpu(x) and 1 < x.numel() // x.shape[-1] <= most


def on_cpu(x: Tensor) -> bool:
    """Whether `x` is answered in float32 on a CPU, not trained on."""
    return x.device.type == "cpu" and x.dtype == torch.float32 and not torch.is_grad_enabled()


def dense_weight(linear: nn.Linear) -> Tensor:
    """A linear layer's weight as plain numbers; an INT8 weight is unfolded."""
    weight = linear.weight
    return weight if type(weight) in (Tensor, nn.Parameter) else weight.dequantize()
