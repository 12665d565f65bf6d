"""Long prompts, from a few entries to a whole catalogue: longer ones as the shorter are learnt.

Finding one entry among many is learnt quickly among few and hardly at all among hundreds, and a
length that training never saw is one that the model can't read. So the longest length so far is
drawn most, the next comes when the facts (brand and price) of this one are copied right, and by the
clock at the latest, so that every length has had its time.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import torch
from torch import Tensor

STAGES = ((256, 96), (1024, 24), (4096, 6), (16_384, 2))
"""Tokens of the prompts, and rows of a batch."""
FOUND = (160, 128)
"""The same of the batches that come along at each step: short catalogues and notes, with copy."""
OWN = 256
"""Most tokens of the look-up and the copies, or of a drill's look-ups."""
LATEST = (0.0, 0.3, 0.45, 0.6)
"""Share of the time after which a stage begins, however the one before it does."""
LEARNT = 0.97
"""Share of fact tokens told right at which the next stage begins."""
LEAST = 60
"""Batches of a stage before the next."""
OLDER = ((1, 0), (1, 1, 0), (2, 2, 1, 2, 0), (3, 3, 2, 3, 1, 3, 2, 3, 0))
"""Which stages' batches are drawn in turn, by the longest so far: the older are not forgotten."""


@dataclass
class Curriculum:
    """Which length comes next.

    Attributes:
        stages: tokens of the prompts and rows of a batch, at most as many as `STAGES`.
        top: the longest stage so far.
        right: share of fact tokens told right lately, by stage.
        drawn: batches of each stage.
        known: all stages were learnt before: they come in turn from the first batch on.
    """

    stages: tuple[tuple[int, int], ...]
    top: int = 0
    right: list[float] = field(default_factory=list)
    drawn: list[int] = field(default_factory=list)
    turn: int = 0
    known: bool = False

    def __post_init__(self) -> None:
        self.right = self.right or [0.0] * len(self.stages)
        self.drawn = self.drawn or [0] * len(self.stages)

    def pick(self, progress: float) -> int:
        """The stage of the next batch, `progress` of the time being over."""
        last = len(self.stages) - 1
        if self.top < last:
            ready = self.right[self.top] >= LEARNT and self.drawn[self.top] >= LEAST
            if ready or progress >= LATEST[self.top + 1]:
                self.top += 1
        order = (0,) if self.top == 0 else OLDER[self.top]
        if self.known:
            order = tuple(range(len(self.stages)))
        stage = order[self.turn % len(order)]
        self.turn += 1
        self.drawn[stage] += 1
        return stage

    def note(self, stage: int, right: float) -> None:
        """Takes the share of fact tokens told right in a batch of `stage`."""
        self.right[stage] += 0.2 * (right - self.right[stage])

    def telling(self, stage: int, right: Tensor) -> Callable[[], None]:
        """`note` for a step later, when nobody has to wait for the device any more."""
        arrived = torch.cuda.Event() if right.is_cuda else None
        host = right.to("cpu", non_blocking=True)
        if arrived is not None:
            arrived.record()

        def tell() -> None:
            if arrived is not None:
                arrived.synchronize()
            self.note(stage, host.item())

        return tell
