"""Product photos: reading them once into one tensor, and augmenting batches where they lie.

A photo is squashed to a square instead of cropped: the model's grid of cells covers all of it,
so what the explorer draws over a photo lies where the model looked.
"""

from __future__ import annotations

import io
import os
import zipfile
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

import numpy as np
import torch
import torch.nn.functional as F
from PIL import Image, ImageOps
from torch import Tensor

from v25.labels import LABELS
from v25.model.perception import standardise

SUFFIXES = (".webp", ".jpg", ".jpeg", ".png")


@dataclass(frozen=True)
class Photos:
    """Photos in memory, one label each.

    Attributes:
        pixels: `(N, 3, size, size)` uint8, RGB.
        labels: label of each photo, of `v25.labels.LABELS`.
        names: where each came from, "archive/LABEL/file".
    """

    pixels: Tensor
    labels: list[str]
    names: list[str]

    def __len__(self) -> int:
        return len(self.labels)

    @property
    def targets(self) -> Tensor:
        """`(N,)` int64: the classifier output of each photo."""
        places = {label: i for i, label in enumerate(LABELS)}
        return torch.tensor([places[label] for label in self.labels], dtype=torch.int64)


def to_square(image: Image.Image, size: int) -> np.ndarray:
    """`(3, size, size)` uint8: the whole photo, upright, squashed to a square."""
    image = ImageOps.exif_transpose(image).convert("RGB")
    squashed = image.resize((size, size), Image.Resampling.BICUBIC, reducing_gap=2.0)
    return np.asarray(squashed).transpose(2, 0, 1)


def join_photos(parts: Sequence[Photos]) -> Photos:
    """One set of several, in order; all of one size."""
    labels = [label for part in parts for label in part.labels]
    names = [name for part in parts for name in part.names]
    return Photos(torch.cat([part.pixels for part in parts]), labels, names)


def load_photos(
    paths: Iterable[str | Path], size: int = 192, limit: int | None = None, workers: int = 0
) -> Photos:
    """Reads every photo of some zips or folders of `LABEL/NAME.webp` (or jpg, png).

    Args:
        paths: zips or folders.
        size: side of the squares to squash to.
        limit: read at most this many, evenly spread, of each path (rehearsals).
        workers: threads that decode (Pillow lets go of the interpreter); 0: one a core.

    Raises:
        FileNotFoundError: a path does not exist or holds no photo with a known label.
    """
    jobs: list[tuple[str, str, bytes | Path]] = []
    for path in map(Path, paths):
        found = _zipped(path) if path.is_file() else _filed(path)
        if limit is not None and len(found) > limit:
            found = [found[i * len(found) // limit] for i in range(limit)]
        if not found:
            raise FileNotFoundError(f"{path} holds no LABEL/photo with a label of v25.labels")
        jobs.extend(found)
    pixels = torch.empty((len(jobs), 3, size, size), dtype=torch.uint8)

    def decode(index: int) -> None:
        content = jobs[index][2]
        source = io.BytesIO(content) if isinstance(content, bytes) else content
        with Image.open(source) as image:
            pixels[index] = torch.from_numpy(np.ascontiguousarray(to_square(image, size)))

    with ThreadPoolExecutor(workers or min(32, os.cpu_count() or 1)) as pool:
        list(pool.map(decode, range(len(jobs))))
    return Photos(pixels, [job[0] for job in jobs], [job[1] for job in jobs])


def _zipped(path: Path) -> list[tuple[str, str, bytes | Path]]:
    with zipfile.ZipFile(path) as archive:
        names = sorted(name for name in archive.namelist() if _is_photo(name))
        return [(PurePosixPath(n).parent.name, f"{path.stem}/{n}", archive.read(n)) for n in names]


def _filed(path: Path) -> list[tuple[str, str, bytes | Path]]:
    files = sorted(file for file in path.rglob("*") if _is_photo(file.as_posix()))
    return [(f.parent.name, f"{path.name}/{f.relative_to(path).as_posix()}", f) for f in files]


def _is_photo(name: str) -> bool:
    path = PurePosixPath(name)
    return path.suffix.lower() in SUFFIXES and path.parent.name in LABELS


def normalise(pixels: Tensor) -> Tensor:
    """`(B, 3, S, S)` uint8 → float32 as the encoder takes it."""
    return standardise(pixels.float() / 255.0)


def resize(pixels: Tensor, size: int) -> Tensor:
    """`(B, 3, S, S)` uint8 → `(B, 3, size, size)` normalised, the whole photo."""
    x = pixels.float() / 255.0
    if x.shape[-1] != size:
        x = F.interpolate(x, (size, size), mode="bilinear", antialias=True, align_corners=False)
    return standardise(x)


def augment(
    pixels: Tensor, size: int, generator: torch.Generator | None = None, light: bool = False
) -> Tensor:
    """Draws another look of every photo of a batch: crop, flip, turn, colours, blur, hole.

    Args:
        pixels: `(B, 3, S, S)` uint8.
        size: side of the result.
        generator: of the device that `pixels` lie on.
        light: crops of three quarters and more, mild colours, neither turn, blur nor hole; for
            the last epochs, so that training ends on photos as they come.

    Returns:
        `(B, 3, size, size)` float32, normalised.
    """
    draw = _Draw(pixels, generator)
    x = _crop(pixels.float() / 255.0, size, draw, light)
    x = _colours(x, draw, 0.4 if light else 1.0)
    if light:
        return standardise(x)
    x = _blur(x, draw, chance=0.1)
    return _erase(standardise(x), draw, chance=0.25)


class _Draw:
    """Random numbers for a batch, one a sample, on its device."""

    def __init__(self, pixels: Tensor, generator: torch.Generator | None) -> None:
        self.count, self.device, self.generator = len(pixels), pixels.device, generator

    def uniform(self, low: float, high: float) -> Tensor:
        drawn = torch.rand(self.count, device=self.device, generator=self.generator)
        return low + (high - low) * drawn

    def chance(self, probability: float) -> Tensor:
        return self.uniform(0.0, 1.0) < probability


def _crop(x: Tensor, size: int, draw: _Draw, light: bool) -> Tensor:
    """Random resized crop, flip and small rotation as one affine map, one resampling."""
    area = draw.uniform(0.75 if light else 0.3, 1.0)
    stretch = 0.1 if light else float(np.log(4 / 3))
    ratio = torch.exp(draw.uniform(-stretch, stretch))
    width = (area * ratio).sqrt().clamp(max=1.0)
    height = (area / ratio).sqrt().clamp(max=1.0)
    turn = draw.uniform(-0.2, 0.2) * draw.chance(0.0 if light else 0.5)
    cos, sin = turn.cos(), turn.sin()
    flip = torch.where(draw.chance(0.5), -1.0, 1.0)
    left = draw.uniform(-1.0, 1.0) * (1 - width)
    top = draw.uniform(-1.0, 1.0) * (1 - height)
    rows = (
        torch.stack([flip * width * cos, -width * sin, left], 1),
        torch.stack([flip * height * sin, height * cos, top], 1),
    )
    grid = F.affine_grid(torch.stack(rows, 1), [len(x), 3, size, size], align_corners=False)
    return F.grid_sample(x, grid, mode="bilinear", padding_mode="reflection", align_corners=False)


def _colours(x: Tensor, draw: _Draw, strength: float) -> Tensor:
    """Brightness, contrast, saturation, a slight shift of hue, now and then grey."""

    def factor(spread: float) -> Tensor:
        return draw.uniform(1 - spread * strength, 1 + spread * strength).view(-1, 1, 1, 1)

    x = x * factor(0.35)
    centre = _grey(x).mean((1, 2, 3), keepdim=True)
    x = centre + (x - centre) * factor(0.35)
    keep = ~draw.chance(0.05 * strength)
    grey = _grey(x)
    x = grey + (x - grey) * factor(0.35) * keep.view(-1, 1, 1, 1)
    x = torch.einsum("bij,bjhw->bihw", _hue_turns(draw, 0.15 * strength), x)
    return x.clamp(0.0, 1.0)


def _grey(x: Tensor) -> Tensor:
    weights = torch.tensor((0.299, 0.587, 0.114), device=x.device).view(1, 3, 1, 1)
    return (x * weights).sum(1, keepdim=True)


def _hue_turns(draw: _Draw, most: float) -> Tensor:
    """`(B, 3, 3)`: turns about the grey axis of RGB (Rodrigues), by at most `most` radians."""
    angle = draw.uniform(-most, most).view(-1, 1, 1)
    axis = torch.full((3,), 3**-0.5, device=draw.device)
    cross = torch.tensor([[0.0, -1, 1], [1, 0, -1], [-1, 1, 0]], device=draw.device) * 3**-0.5
    eye = torch.eye(3, device=draw.device)
    return angle.cos() * eye + angle.sin() * cross + (1 - angle.cos()) * torch.outer(axis, axis)


def _blur(x: Tensor, draw: _Draw, chance: float) -> Tensor:
    kernel = torch.tensor((1.0, 4.0, 6.0, 4.0, 1.0), device=x.device) / 16
    weight = torch.outer(kernel, kernel).expand(3, 1, 5, 5)
    soft = F.conv2d(F.pad(x, (2, 2, 2, 2), mode="reflect"), weight, groups=3)
    return torch.where(draw.chance(chance).view(-1, 1, 1, 1), soft, x)


def _erase(x: Tensor, draw: _Draw, chance: float) -> Tensor:
    """Puts a hole of the mean colour into some photos, 2 to 20 % of their area."""
    hole = _rectangles(x.shape[-1], draw.uniform(0.02, 0.2) * draw.chance(chance), draw)
    return x.masked_fill(hole, 0.0)


def _rectangles(side: int, area: Tensor, draw: _Draw) -> Tensor:
    """`(B, 1, side, side)` bool: one rectangle a sample, of `area` of the photo, wholly inside."""
    ratio = torch.exp(draw.uniform(-0.7, 0.7))
    width, height = (area * ratio).sqrt().clamp(max=1.0), (area / ratio).sqrt().clamp(max=1.0)
    left, top = draw.uniform(0.0, 1.0) * (1 - width), draw.uniform(0.0, 1.0) * (1 - height)
    place = (torch.arange(side, device=draw.device) + 0.5) / side

    def inside(start: Tensor, extent: Tensor) -> Tensor:
        return (place >= start[:, None]) & (place < (start + extent)[:, None])

    return (inside(top, height)[:, :, None] & inside(left, width)[:, None, :])[:, None]


def mix(
    x: Tensor, targets: Tensor, generator: torch.Generator | None = None, keep: float = 0.2
) -> tuple[Tensor, Tensor]:
    """Mixup for half of the batch and CutMix for the other half, each with another sample.

    Args:
        x: `(B, 3, S, S)` float.
        targets: `(B, C)` float: probabilities.
        generator: of their device.
        keep: share of the samples that stay as they are.

    Returns:
        Mixed photos and the targets mixed in the same proportion.
    """
    draw = _Draw(x, generator)
    other = torch.randperm(len(x), device=x.device, generator=generator)
    # Uniform is Beta(1, 1); mixup takes its narrow shares, where both photos can still be told.
    cut, whole = draw.chance(0.5), draw.chance(keep)
    share = torch.where(cut, draw.uniform(0.0, 1.0), draw.uniform(0.0, 0.5))
    share = share.masked_fill(whole, 0.0)
    hole = _rectangles(x.shape[-1], torch.where(cut, share, 0.0), draw)
    covered = hole.float().mean((1, 2, 3))
    blend = torch.where(cut, 0.0, share).view(-1, 1, 1, 1)
    mixed = torch.where(hole, x[other], torch.lerp(x, x[other], blend))
    part = torch.where(cut, covered, share)[:, None]
    return mixed, torch.lerp(targets, targets[other], part)
