"""The requests of a run, what has come of each, and the clock that times the stages."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from functools import cached_property

import torch
from torch import Tensor

from v25.media import LazyMedia
from v25.notes import Note
from v25.schema import Label, Request, Token
from v25.variants import Sentences


class Stopwatch:
    """Milliseconds of each stage, the processor's queue emptied before each reading."""

    def __init__(self, device: torch.device) -> None:
        self.device, self.stages = device, {}
        self.start = self.last = time.perf_counter()

    def lap(self, stage: str, wait: bool = True) -> None:
        """Ends a stage; without `wait` whoever calls has waited for what it needs."""
        if wait and self.device.type == "cuda":
            torch.cuda.synchronize(self.device)
        now = time.perf_counter()
        self.stages[stage] = self.stages.get(stage, 0.0) + (now - self.last) * 1e3
        self.last = now

    @property
    def total(self) -> float:
        """Milliseconds since the start."""
        return (time.perf_counter() - self.start) * 1e3


@dataclass
class Row:
    """One request of a run, and what has come of it.

    `waited_ms` is how long it waited for a run, and `stages` how its times stood at its end. With
    a `note` the prompt is read again; `read_out` tokens were written before that, and it `pauses`
    from then until it is read.
    """

    request: Request
    generator: torch.Generator
    sentences: Sentences
    asked: frozenset[int] = frozenset()
    transcript: str | None = None
    listener: str | None = None
    perception: tuple[Label, ...] = ()
    prompt_tokens: list[Token] = field(default_factory=list)
    media: LazyMedia | None = None
    note: Note | None = None
    read_out: int = 0
    pauses: bool = False
    ids: list[int] = field(default_factory=list)
    probabilities: list[float] = field(default_factory=list)
    finish_reason: str | None = None
    token_ms: list[float] = field(default_factory=list)
    first_token_ms: float | None = None
    waited_ms: float = 0.0
    stages: dict[str, float] | None = None
    stopped: bool = False

    @property
    def done(self) -> bool:
        """Nothing more to write: it ended, or nobody wants the rest."""
        return self.stopped or self.finish_reason is not None

    @property
    def left(self) -> int:
        """Tokens that it may still write."""
        return self.request.max_length - len(self.ids)

    @cached_property
    def chance(self) -> Tensor:
        """`(T,)` uniform numbers, one for each token that it may write."""
        return torch.rand(self.request.max_length, generator=self.generator)


def generator_of(seed: int | None) -> torch.Generator:
    """A source of chance on the CPU; without a seed, another one each time."""
    generator = torch.Generator()
    if seed is None:
        generator.seed()
    else:
        generator.manual_seed(seed % 2**63)  # any whole number is a seed
    return generator
