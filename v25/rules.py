"""What a row's next token may be, beside what holds for all rows; see `v25.decoding`."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from torch import Tensor


@dataclass(frozen=True)
class Rule:
    """Of one row, for one step.

    Attributes:
        forbidden: tokens that it may not be.
        only: if not None, the tokens that it may be.
        sure: the likeliest is taken, whatever the temperature.
    """

    forbidden: Sequence[int] = ()
    only: Sequence[int] | None = None
    sure: bool = False

    def __bool__(self) -> bool:
        """Whether it says anything."""
        return bool(self.forbidden) or self.only is not None or self.sure

    def hold(self, scores: Tensor) -> None:
        """Lays it on `scores` `(V,)`, in place: minus infinity where a token may not be."""
        if self.only is not None:
            only = list(self.only)
            kept = scores[only]
            scores.fill_(-math.inf)
            scores[only] = kept
        if self.forbidden:
            scores[list(self.forbidden)] = -math.inf


FREE = Rule()
