"""The photo classifier of stage 1 and the step that trains it, captured as a CUDA graph."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor, nn
from transformers import ResNetConfig, ResNetModel

from v25.labels import LABELS
from v25.training.photos import Photos, augment, mix, resize
from v25.training.teacher import SIDE


@dataclass(frozen=True)
class VisionConfig:
    """Network and schedule. Shares are of the whole run, by clock or by steps.

    Attributes:
        depths: bottlenecks of the four stages.
        hidden_sizes: channels of the four stages.
        embedding_size: channels of the stem.
        batch: photos a step.
        size: side of the crops for most of the run.
        final_size: side at test, and of the crops at the end of the run: random crops show
            things larger than they are at test, larger photos make up for it.
        lr: peak learning rate; linear warm-up, then a cosine.
        weight_decay: of matrices and filters only.
        warmup_epochs: or a tenth of the run when that is shorter.
        smoothing: of the labels.
        drop_path: chance that a photo skips the last bottleneck (stochastic depth, Huang et al.,
            2016); it grows from nothing at the first.
        unmixed: last share of the run without mixup and CutMix.
        final: last share of the run at `final_size` with light augmentation.
        epochs: length of the run; None when `minutes` says it.
        minutes: wall clock of the run, reading and warming up included.
        evaluate_every: epochs between two validations.
        checkpoint_every: epochs between two checkpoints.
        graph: replay captured steps (CUDA only).
        compile: torch.compile for the bottlenecks.
        seed: of weights, order and augmentation.
        teacher_minutes: of the wall clock, for a teacher to learn the labels first; 0: no teacher.
        teacher_lr: its peak learning rate; it starts from ImageNet and takes less.
        teacher_share: weight of its answers beside the labels.
    """

    depths: tuple[int, ...] = (3, 8, 36, 3)
    hidden_sizes: tuple[int, ...] = (64, 128, 256, 512)
    embedding_size: int = 16
    batch: int = 256
    size: int = 144
    final_size: int = 208
    lr: float = 2e-3
    weight_decay: float = 0.05
    warmup_epochs: float = 5.0
    smoothing: float = 0.1
    drop_path: float = 0.15
    unmixed: float = 0.15
    final: float = 0.10
    epochs: int | None = None
    minutes: float | None = None
    evaluate_every: int = 20
    checkpoint_every: int = 50
    graph: bool = True
    compile: bool = False
    seed: int = 0
    teacher_minutes: float = 0.0
    teacher_lr: float = 6e-4
    teacher_share: float = 0.8


class Classifier(nn.Module):
    """ResNet and a linear head over the mean of its cells."""

    def __init__(self, config: VisionConfig) -> None:
        super().__init__()
        self.resnet = ResNetModel(
            ResNetConfig(
                depths=list(config.depths),
                hidden_sizes=list(config.hidden_sizes),
                embedding_size=config.embedding_size,
                layer_type="bottleneck",
                hidden_act="relu",
            )
        )
        self.head = nn.Linear(config.hidden_sizes[-1], len(LABELS))
        nn.init.normal_(self.head.weight, std=0.01)
        nn.init.zeros_(self.head.bias)
        blocks = list(self.blocks())
        for number, block in enumerate(blocks, 1):
            # Every block starts as its shortcut: 152 layers train from the first step.
            nn.init.zeros_(block.layer[-1].normalization.weight)
            block.layer.append(DropPath(config.drop_path * number / len(blocks)))

    def blocks(self) -> Iterator[nn.Module]:
        """The bottlenecks, first to last."""
        for stage in self.resnet.encoder.stages:
            yield from stage.layers

    def forward(self, pixels: Tensor) -> Tensor:
        """`(B, 3, S, S)` normalised → `(B, labels)` logits."""
        cells = self.resnet(pixels).last_hidden_state
        return self.head(cells.float().mean((2, 3)))


class DropPath(nn.Module):
    """While training, leaves out what a bottleneck adds, for some samples of the batch."""

    def __init__(self, chance: float) -> None:
        super().__init__()
        self.chance = chance

    def forward(self, x: Tensor) -> Tensor:
        """`(B, C, H, W)`, the samples that stay made larger so that the mean is the same."""
        if not self.training or not self.chance:
            return x
        stays = torch.rand(len(x), 1, 1, 1, device=x.device) >= self.chance
        return x * (stays / (1.0 - self.chance)).to(x.dtype)


class Trainer:
    """Weights, their moving average, optimiser, and the step that moves them."""

    def __init__(
        self, config: VisionConfig, device: torch.device, network: nn.Module | None = None
    ) -> None:
        torch.manual_seed(config.seed)
        self.config, self.device, self.step = config, device, 0
        self.teacher: nn.Module | None = None
        # Channels last is what tensor cores read; backward passes of the CPU crash on it.
        on_gpu = device.type == "cuda"
        self.layout = torch.channels_last if on_gpu else torch.contiguous_format
        network = Classifier(config) if network is None else network
        self.model = network.to(device, memory_format=self.layout)
        self.average = copy.deepcopy(self.model).eval().requires_grad_(False)
        if config.compile:
            torch._dynamo.config.recompile_limit = 64
            for block in self.model.blocks():
                block.compile(dynamic=False)
        self.optimizer = _optimizer(self.model, config, device)
        self.generator = torch.Generator(device).manual_seed(config.seed)
        self._states = _floats(self.average), _floats(self.model)
        self._graphs: dict[int, tuple[Any, Tensor, Tensor, Tensor]] = {}

    def prepare(self, pixels: Tensor, targets: Tensor, light: bool, mixed: bool) -> tuple:
        """Augmented `(B, 3, S, S)` and soft targets of a batch of uint8 photos."""
        config = self.config
        size = config.final_size if light else config.size
        drawn = size if self.teacher is None else max(size, SIDE)
        x = augment(pixels, drawn, self.generator, light=light)
        y = F.one_hot(targets, len(LABELS)).float()
        y = y * (1 - config.smoothing) + config.smoothing / len(LABELS)
        x, y = mix(x, y, self.generator) if mixed else (x, y)
        if self.teacher is not None:
            x, y = self._taught(x, y, size)
        return x.contiguous(memory_format=self.layout), y

    @torch.no_grad()
    def _taught(self, x: Tensor, y: Tensor, size: int) -> tuple[Tensor, Tensor]:
        """The same view in the student's size, and what the teacher says of it."""
        with self._autocast():
            told = self.teacher(x.contiguous(memory_format=self.layout))
        y = y.lerp(told.float().softmax(-1), self.config.teacher_share)
        if x.shape[-1] != size:
            x = F.interpolate(x, (size, size), mode="bilinear", antialias=True)
        return x, y

    def update(self, x: Tensor, y: Tensor, rate: float) -> Tensor:
        """One step; the loss stays on the device, valid until the next step."""
        for group in self.optimizer.param_groups:
            group["lr"].fill_(rate)
        if x.shape[-1] in self._graphs:
            graph, static_x, static_y, loss = self._graphs[x.shape[-1]]
            static_x.copy_(x)
            static_y.copy_(y)
            graph.replay()
        else:
            self.optimizer.zero_grad(set_to_none=True)
            loss = self._pass(x, y)
        self.step += 1
        self._follow()
        return loss

    def _pass(self, x: Tensor, y: Tensor) -> Tensor:
        self.model.train()
        with self._autocast():
            logits = self.model(x)
        loss = F.cross_entropy(logits.float(), y)
        loss.backward()
        nn.utils.clip_grad_norm_(self.model.parameters(), 1.0)
        self.optimizer.step()
        return loss.detach()

    def warm_up(self, pixels: Tensor, targets: Tensor) -> None:
        """Tunes, compiles and captures the step of both sizes before the clock runs; CUDA only."""
        for light in (False, True):
            x, y = self.prepare(pixels, targets, light, mixed=False)
            for group in self.optimizer.param_groups:
                group["lr"].zero_()
            side = torch.cuda.Stream()
            side.wait_stream(torch.cuda.current_stream())
            with torch.cuda.stream(side):
                for _ in range(3):
                    self.optimizer.zero_grad(set_to_none=True)
                    self._pass(x, y)
            torch.cuda.current_stream().wait_stream(side)
            if self.config.graph:
                self._capture(x, y)
        torch.cuda.synchronize()

    def _capture(self, x: Tensor, y: Tensor) -> None:
        # Gradients that are None are born within the graph: its backward writes, never adds.
        self.optimizer.zero_grad(set_to_none=True)
        graph = torch.cuda.CUDAGraph()
        try:
            with torch.cuda.graph(graph):
                loss = self._pass(x, y)
        except RuntimeError as error:
            print(f"no CUDA graph, step by step instead: {error}", flush=True)
            return
        self._graphs[x.shape[-1]] = (graph, x, y, loss)

    @torch.no_grad()
    def _follow(self) -> None:
        """Moves the average, over about the last thirtieth of the steps, BN statistics too."""
        weight = 1.0 / (1.0 + self.step / 30.0)
        torch._foreach_lerp_(*self._states, weight)

    @torch.no_grad()
    def logits(self, photos: Photos, size: int, model: nn.Module | None = None) -> Tensor:
        """`(N, labels)` logits for whole photos, by default of the averaged weights."""
        model = (model or self.average).eval()
        with self._autocast():
            rows = [model(resize(part, size)) for part in photos.pixels.split(128)]
        return torch.cat(rows).float()

    def _autocast(self) -> torch.autocast:
        # Without its cache of casts: a captured step may not read what an earlier one cast.
        on = self.device.type == "cuda"
        return torch.autocast(self.device.type, torch.bfloat16, enabled=on, cache_enabled=False)

    def take_up(self, state: dict[str, Tensor]) -> None:
        """Starts from the encoder and the head of a finished model; what else it has stays there.

        The head's calibration is undone by training itself: smoothed labels pull it back.
        """
        for model in (self.model, self.average):
            own = model.state_dict()
            model.load_state_dict({name: state[name] for name in own})

    def state(self) -> dict[str, Any]:
        """Everything that a resumed run needs."""
        return {
            "model": self.model.state_dict(),
            "average": self.average.state_dict(),
            "optimizer": self.optimizer.state_dict(),
            "generator": self.generator.get_state(),
            "step": self.step,
        }

    def load(self, state: dict[str, Any]) -> None:
        """Takes up a state; before any step is captured."""
        self.model.load_state_dict(state["model"])
        self.average.load_state_dict(state["average"])
        self.optimizer.load_state_dict(state["optimizer"])
        self.generator.set_state(state["generator"].cpu())
        self.step = state["step"]


def _floats(module: nn.Module) -> list[Tensor]:
    return [t for t in module.state_dict().values() if t.is_floating_point()]


def _optimizer(model: nn.Module, config: VisionConfig, device: torch.device) -> torch.optim.AdamW:
    weights = [p for p in model.parameters() if p.ndim > 1]
    on_gpu = device.type == "cuda"
    others = [p for p in model.parameters() if p.ndim <= 1]
    groups = [
        {"params": weights, "weight_decay": config.weight_decay},
        {"params": others, "weight_decay": 0.0},
    ]
    for group in groups:
        group["lr"] = torch.zeros((), device=device)
    return torch.optim.AdamW(groups, betas=(0.9, 0.99), fused=True, capturable=on_gpu)
