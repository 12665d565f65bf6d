"""Stage 1 of training: the photo encoder learns to name what it sees.

    python -m v25.training.vision --photos A.zip B.zip --validate C.zip D.zip --out DIR --minutes 7

A ResNet of 152 layers at a quarter of the width is bound by kernel launches, not arithmetic, so a
whole training step is captured once for each photo size and replayed as a CUDA graph. With
`--minutes` the schedule follows the clock: it ends on time on a shared GPU too, with fewer epochs.
"""

from __future__ import annotations

import argparse
import json
import math
import time
from collections.abc import Callable
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import torch
import torch.nn.functional as F
from safetensors.torch import save_file
from torch import Tensor

from v25.labels import LABEL_PRODUCTS, LABELS
from v25.lexicon import PRODUCTS
from v25.training.classifier import Trainer, VisionConfig
from v25.training.drawings import drawn_photos
from v25.training.photos import Photos, join_photos, load_photos
from v25.training.schedule import weights_of
from v25.training.teacher import SIDE, Teacher


class Schedule:
    """How far the run is, by clock or by steps, and what that means for a step."""

    def __init__(self, config: VisionConfig, steps_per_epoch: int, since: float) -> None:
        if (config.epochs is None) == (config.minutes is None):
            raise ValueError("say how long to train: either epochs or minutes")
        self.config, self.steps_per_epoch = config, steps_per_epoch
        self.begun, self.offset = since, 0.0
        budget = 60.0 * (config.minutes or 0.0)
        # The last validation and the saving fall within the minutes too.
        self.deadline = since + budget - min(8.0, 0.05 * budget)

    def start(self, offset: float = 0.0) -> None:
        """Starts the clock at `offset` of the run: what is left of it takes what time is left."""
        self.begun, self.offset = time.monotonic(), offset

    def progress(self, step: int) -> float:
        """Share of the run that is done, 0 to 1."""
        if self.config.epochs is not None:
            return min(1.0, step / (self.config.epochs * self.steps_per_epoch))
        passed = (time.monotonic() - self.begun) / max(self.deadline - self.begun, 1e-6)
        return min(1.0, self.offset + (1.0 - self.offset) * passed)

    def rate(self, step: int, progress: float) -> float:
        """Learning rate."""
        warm = max(step / self.steps_per_epoch / self.config.warmup_epochs, progress / 0.1)
        cosine = 0.5 * (1.0 + math.cos(math.pi * progress))
        return self.config.lr * min(1.0, warm + 1e-3) * max(cosine, 2e-3)


def accuracy(logits: Tensor, photos: Photos) -> dict[str, float]:
    """Accuracies in per cent; all labels compete, whatever the photo's group.

    Returns:
        "clothing" (17 labels), "grocery" (81 fine ones), "grocery_product" (43), where there
        are such photos, and "all".
    """
    guesses = [LABELS[i] for i in logits.argmax(-1).tolist()]
    hits: dict[str, list[bool]] = {}
    for guess, label in zip(guesses, photos.labels, strict=True):
        group = PRODUCTS[LABEL_PRODUCTS[label]].group
        hits.setdefault(group, []).append(guess == label)
        hits.setdefault("all", []).append(guess == label)
        if group == "grocery":
            same = LABEL_PRODUCTS[guess] == LABEL_PRODUCTS[label]
            hits.setdefault("grocery_product", []).append(same)
    return {name: round(100.0 * sum(each) / len(each), 2) for name, each in hits.items()}


def fit_vision(
    photos: Photos,
    validation: Photos,
    config: VisionConfig,
    out: Path,
    device: torch.device | str = "cpu",
    resume: bool = True,
    since: float | None = None,
    start: Path | None = None,
) -> dict[str, Any]:
    """Trains the encoder; writes `vision.safetensors`, `vision.json`, `vision.jsonl` to `out`.

    Args:
        photos: to learn from.
        validation: to measure on; never learnt from.
        config: network and schedule.
        out: folder; a `checkpoint.pt` in it is taken up.
        device: where to train.
        resume: False starts anew.
        since: `time.monotonic()` that `minutes` count from; None: now.
        start: a checkpoint whose encoder to go on from; None: fresh weights.

    Returns:
        The metrics of `vision.json`.
    """
    device, out = torch.device(device), Path(out)
    out.mkdir(parents=True, exist_ok=True)
    batch = min(config.batch, len(photos))
    schedule = Schedule(config, len(photos) // batch, time.monotonic() if since is None else since)
    trainer = Trainer(config, device)
    if start is not None:
        trainer.take_up(weights_of(start, "image."))
    pixels, targets = photos.pixels.to(device), photos.targets.to(device)
    validation = Photos(validation.pixels.to(device), validation.labels, validation.names)
    checkpoint, offset = out / "checkpoint.pt", 0.0
    if resume and checkpoint.exists():
        state = torch.load(checkpoint, map_location=device, weights_only=True)
        trainer.load(state)
        offset = state["progress"]
    if config.teacher_minutes:
        trainer.teacher = _teach(config, pixels, targets, validation, device)
    _warm_up(trainer, pixels[:batch], targets[:batch])
    schedule.start(offset)
    epoch = trainer.step // schedule.steps_per_epoch
    while schedule.progress(trainer.step) < 1.0:
        record = _epoch(trainer, schedule, pixels, targets, batch)
        epoch += 1
        record = {"epoch": epoch, **record}
        if epoch % config.evaluate_every == 0:
            record |= accuracy(trainer.logits(validation, config.final_size), validation)
            print(" ".join(f"{name} {value}" for name, value in record.items()), flush=True)
        with (out / "vision.jsonl").open("a", encoding="utf-8") as curve:
            curve.write(json.dumps(record) + "\n")
        if epoch % config.checkpoint_every == 0:
            _save_checkpoint(checkpoint, {**trainer.state(), "progress": record["progress"]})
    return _finish(trainer, validation, out, epoch)


def _teach(
    config: VisionConfig, pixels: Tensor, targets: Tensor, validation: Photos, device: torch.device
) -> torch.nn.Module:
    """A teacher that has learnt the labels for `teacher_minutes`; it learns no more."""
    own = replace(
        config, size=SIDE, final_size=SIDE, lr=config.teacher_lr, epochs=None, compile=False,
        minutes=config.teacher_minutes, teacher_minutes=0.0,
    )  # fmt: skip
    batch = min(config.batch, len(pixels))
    schedule = Schedule(own, len(pixels) // batch, time.monotonic())
    trainer = Trainer(own, device, Teacher())
    _warm_up(trainer, pixels[:batch], targets[:batch])
    schedule.start()
    while schedule.progress(trainer.step) < 1.0:
        record = _epoch(trainer, schedule, pixels, targets, batch)
        print("teacher", record, flush=True)
    print("teacher", accuracy(trainer.logits(validation, SIDE), validation), flush=True)
    return trainer.average


def _warm_up(trainer: Trainer, pixels: Tensor, targets: Tensor) -> None:
    if trainer.device.type != "cuda":
        return
    torch.backends.cudnn.benchmark = True
    torch.set_float32_matmul_precision("high")
    begun = time.monotonic()
    trainer.warm_up(pixels, targets)
    print(f"steps warmed up in {time.monotonic() - begun:.0f} s", flush=True)


def _epoch(
    trainer: Trainer, schedule: Schedule, pixels: Tensor, targets: Tensor, batch: int
) -> dict[str, Any]:
    """Every photo once, in a new order; stops early when the time is up."""
    config, begun, first = trainer.config, time.monotonic(), trainer.step
    total = torch.zeros((), device=trainer.device)
    # The order depends on seed and step alone, so that a resumed run goes on as it would have.
    order = torch.randperm(
        len(pixels), generator=torch.Generator().manual_seed(config.seed * 1_000_003 + first)
    ).to(trainer.device)
    rate = progress = 0.0
    for part in order[: len(order) // batch * batch].split(batch):
        progress = schedule.progress(trainer.step)
        if progress >= 1.0:
            break
        rate = schedule.rate(trainer.step, progress)
        light, mixed = progress > 1 - config.final, progress < 1 - config.unmixed
        x, y = trainer.prepare(pixels[part], targets[part], light, mixed)
        total += trainer.update(x, y, rate)
    steps = max(1, trainer.step - first)
    loss, seconds = total.item() / steps, time.monotonic() - begun
    return {
        "step": trainer.step,
        "progress": round(schedule.progress(trainer.step), 4),
        "loss": round(loss, 4),
        "rate": round(rate, 6),
        "photos_per_second": round(steps * batch / seconds, 1),
    }


def calibrate(logits: Tensor, targets: Tensor) -> float:
    """The temperature that makes `(N, labels)` logits likeliest (Guo et al., 2017).

    Found on photos that were not learnt from: on those that were, the classifier is surer.
    """
    logits, targets = logits.cpu(), targets.cpu()
    choices = torch.logspace(-1, 1, 201).tolist()
    losses = [F.cross_entropy(logits / choice, targets).item() for choice in choices]
    return choices[losses.index(min(losses))]


def _save_checkpoint(path: Path, state: dict[str, Any]) -> None:
    """Writes beside and then moves: a run that is cut off leaves the older checkpoint whole."""
    torch.save(state, path.with_suffix(".new"))
    path.with_suffix(".new").replace(path)


def _finish(trainer: Trainer, validation: Photos, out: Path, epochs: int) -> dict[str, Any]:
    size = trainer.config.final_size
    measured = trainer.logits(validation, size)
    temperature = calibrate(measured, validation.targets)
    with torch.no_grad():  # into the head: whoever reads its probabilities can believe them
        for weight in (trainer.average.head.weight, trainer.average.head.bias):
            weight /= temperature
    state = {
        name: tensor.detach().cpu().contiguous()
        for name, tensor in trainer.average.state_dict().items()
    }
    save_file(state, out / "vision.safetensors", {"labels": json.dumps(LABELS)})
    metrics: dict[str, Any] = {
        "validation": accuracy(measured, validation),
        "temperature": round(temperature, 4),
        "validation_not_averaged": accuracy(
            trainer.logits(validation, size, trainer.model), validation
        ),
        "epochs": epochs,
        "steps": trainer.step,
        "config": asdict(trainer.config),
    }
    text = json.dumps(metrics, indent=2, ensure_ascii=False)
    (out / "vision.json").write_text(text + "\n", encoding="utf-8")
    return metrics


def main(arguments: list[str] | None = None, now: Callable[[], float] = time.monotonic) -> None:
    """Reads photos, draws some more, trains."""
    since, base = now(), VisionConfig()
    parser = argparse.ArgumentParser(prog="python -m v25.training.vision", description=__doc__)
    parser.add_argument("--photos", nargs="+", type=Path, required=True, help="zips or folders")
    parser.add_argument("--validate", nargs="+", type=Path, required=True, help="likewise")
    parser.add_argument("--out", type=Path, required=True)
    length = parser.add_mutually_exclusive_group(required=True)
    length.add_argument("--minutes", type=float)
    length.add_argument("--epochs", type=int)
    for name in ("batch", "size", "final_size", "evaluate_every", "checkpoint_every", "seed"):
        flag = "--" + name.replace("_", "-")
        parser.add_argument(flag, type=int, default=getattr(base, name))
    for name in ("lr", "drop_path", "teacher_minutes", "teacher_lr", "teacher_share"):
        flag = "--" + name.replace("_", "-")
        parser.add_argument(flag, type=float, default=getattr(base, name))
    for name in ("graph", "compile"):
        default = getattr(base, name)
        parser.add_argument(f"--{name}", action=argparse.BooleanOptionalAction, default=default)
    parser.add_argument("--drawn", type=int, default=60, help="drawings of each label")
    parser.add_argument("--stored", type=int, default=192, help="side of the photos in memory")
    parser.add_argument("--limit", type=int, help="photos of each path (rehearsal)")
    parser.add_argument("--fresh", action="store_true", help="ignore a checkpoint")
    parser.add_argument("--start", type=Path, help="a finished model to go on from")
    given = vars(parser.parse_args(arguments))
    paths, validate, out = (given.pop(name) for name in ("photos", "validate", "out"))
    drawn, stored, limit = (given.pop(name) for name in ("drawn", "stored", "limit"))
    fresh, start = given.pop("fresh"), given.pop("start")
    parts = [load_photos(paths, stored, limit)]
    if drawn:
        parts.append(drawn_photos(drawn, given["seed"], stored))
    photos, validation = join_photos(parts), load_photos(validate, stored, limit)
    print(f"{len(photos)} photos, {len(validation)} to validate, {now() - since:.0f} s", flush=True)
    device = "cuda" if torch.cuda.is_available() else "cpu"
    config = VisionConfig(**given)
    metrics = fit_vision(photos, validation, config, out, device, not fresh, since, start)
    print(json.dumps(metrics["validation"]), flush=True)


if __name__ == "__main__":
    main()
