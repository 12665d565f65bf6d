"""Training's aid that makes open heads tell the kind of request."""

from __future__ import annotations

import torch.nn.functional as F
from torch import Tensor, nn


class Teller(nn.Module):
    """Reads senses, language and number of copies from the open heads: training's aid only."""

    def __init__(self, layers: int, heads: int) -> None:
        super().__init__()
        self.read = nn.Linear(layers * heads, 4 + 2 + 3)

    def forward(self, open_heads: Tensor, batch: dict[str, Tensor]) -> Tensor:
        """Mean cross-entropy of the three answers, from `(B, L, H)`."""
        told = self.read(open_heads.flatten(1)).split((4, 2, 3), -1)
        wanted = (batch["senses"], batch["language"], batch["copies"])
        return sum(F.cross_entropy(a, b) for a, b in zip(told, wanted, strict=True)) / 3
