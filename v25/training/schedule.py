"""What the stages share: a clock, a learning-rate curve, an average of weights, a first start."""

from __future__ import annotations

import json
import math
import time
from collections.abc import Iterable
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn


class Clock:
    """Progress from 0 to 1 over `minutes` of wall clock, so that training ends on time.

    A GPU shared with other stages is slower; a schedule over time still comes to its end.
    """

    def __init__(self, minutes: float, spent: float = 0.0) -> None:
        self.minutes = minutes
        self.start = time.monotonic() - spent * 60

    @property
    def spent(self) -> float:
        """Minutes so far."""
        return (time.monotonic() - self.start) / 60

    @property
    def progress(self) -> float:
        """0 at the start, 1 at the end."""
        return min(1.0, self.spent / self.minutes)


def cosine(progress: float, step: int, warmup: int, floor: float = 0.03) -> float:
    """Factor of the learning rate: linear warm-up over steps, then a cosine over progress."""
    rise = min(1.0, (step + 1) / warmup)
    return rise * (floor + (1 - floor) * 0.5 * (1 + math.cos(math.pi * progress)))


def parameter_groups(
    parts: Iterable[tuple[nn.Module, float]], decay: float
) -> list[dict[str, object]]:
    """AdamW groups: each part with its rate, matrices with weight decay, the rest without."""
    groups = []
    for module, rate in parts:
        weights = [p for p in module.parameters() if p.requires_grad]
        groups.append(
            {"params": [p for p in weights if p.ndim > 1], "lr": rate, "weight_decay": decay}
        )
        groups.append(
            {"params": [p for p in weights if p.ndim <= 1], "lr": rate, "weight_decay": 0.0}
        )
    for group in groups:
        group["peak"] = group["lr"]
    return groups


class Average:
    """Exponential moving average of a module's floating-point state."""

    def __init__(self, module: nn.Module, decay: float) -> None:
        self.decay, self.steps = decay, 0
        self.live = {k: v for k, v in module.state_dict().items() if v.is_floating_point()}
        self.state = {k: v.detach().clone() for k, v in self.live.items()}

    @torch.no_grad()
    def update(self) -> None:
        """Moves towards the module's present weights, faster at first."""
        self.steps += 1
        keep = min(self.decay, (1 + self.steps) / (10 + self.steps))
        torch._foreach_lerp_(list(self.state.values()), list(self.live.values()), 1 - keep)

    def weights(self, module: nn.Module) -> dict[str, Tensor]:
        """The module's whole state with the averaged weights in place."""
        return {**module.state_dict(), **self.state}


def weights_of(checkpoint: Path, prefix: str = "") -> dict[str, Tensor]:
    """Weights of a saved model whose names begin with `prefix`, without it, in float32.

    Raises:
        FileNotFoundError: the folder holds none.
    """
    state: dict[str, Tensor] = {}
    for path in sorted(checkpoint.glob("*.safetensors")):
        state |= {k: v for k, v in load_file(path).items() if k.startswith(prefix)}
    if not state:
        raise FileNotFoundError(f"{checkpoint} holds no weights {prefix}* (*.safetensors)")
    return {
        k.removeprefix(prefix): v.float() if v.is_floating_point() else v for k, v in state.items()
    }


def log(curve: Path, **values: object) -> None:
    """One line of the curve, to the file and to the screen."""
    rounded = {k: round(v, 5) if isinstance(v, float) else v for k, v in values.items()}
    line = json.dumps(rounded, ensure_ascii=False)
    with curve.open("a", encoding="utf-8") as out:
        out.write(line + "\n")
    print(line, flush=True)
