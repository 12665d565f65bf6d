"""Drawings of products: more to learn from, and the example pictures of the page.

Each drawing is put together anew from curves, with random colours, proportions, prints, angle
and backdrop, so that a drawn picture is as good an input as a photo.
"""

from __future__ import annotations

import argparse
import functools
import multiprocessing
import os
import random
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import numpy as np
import torch
from PIL import Image

from v25.training.garments import GARMENTS
from v25.training.groceries import GROCERIES
from v25.training.photos import Photos, to_square
from v25.training.sketch import Colour, Sketch, backdrop, compose, jitter

PAINTERS: dict[str, Callable[[Sketch, random.Random, Colour | None], None]] = {
    **GARMENTS,
    **GROCERIES,
}
BACKDROPS: tuple[Colour, ...] = (
    (244, 241, 235), (232, 238, 243), (250, 236, 226), (226, 240, 232), (238, 232, 246),
    (252, 243, 214), (214, 226, 236), (205, 192, 174), (188, 152, 118), (96, 104, 116),
    (58, 62, 74), (247, 221, 220), (200, 216, 206), (255, 255, 255), (150, 160, 150),
)  # fmt: skip

EXAMPLES: dict[str, tuple[str, Colour | None, Colour, int]] = {
    "shoes": ("shoes", (233, 84, 66), (222, 235, 243), 2),
    "t-shirt": ("t-shirt", (38, 92, 166), (247, 238, 224), 9),
    "dress": ("dress", (214, 64, 104), (250, 234, 232), 3),
    "hat": ("hat", (206, 62, 58), (217, 233, 236), 4),
    "hoodie": ("hoodie", (58, 122, 106), (243, 236, 228), 0),
    "apple": ("Red-Delicious", None, (236, 243, 226), 1),
    "banana": ("Banana", None, (222, 234, 244), 4),
    "avocado": ("Avocado", None, (247, 240, 224), 1),
}
"""File name to label, colour, backdrop and seed."""


def draw(
    label: str,
    rng: random.Random,
    size: int = 640,
    colour: Colour | None = None,
    back: Colour | None = None,
) -> Image.Image:
    """A picture of a product.

    Args:
        label: one of `PAINTERS`.
        rng: decides all that the other arguments leave open.
        size: side of the square picture.
        colour: main colour, where the product comes in several.
        back: colour of a calm backdrop, with the product upright and centred.

    Raises:
        KeyError: nobody here can draw this label.
    """
    sheet = Sketch(size * (2 if back is None else 3))
    PAINTERS[label](sheet, rng, colour)
    image = sheet.image.resize((size, size), Image.Resampling.LANCZOS)
    if back is not None:
        return compose(image, backdrop(size, back, random.Random(6)), 0.0, 0.86, (0, 0))
    wall = backdrop(size, jitter(rng.choice(BACKDROPS), rng), rng)
    turn = rng.gauss(0, 12) if rng.random() < 0.85 else rng.uniform(-180, 180)
    if rng.random() < 0.5:
        image = image.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
    shift = (rng.uniform(-9, 9), rng.uniform(-9, 9))
    return compose(image, wall, turn, rng.uniform(0.62, 1.05), shift)


def drawn_photos(per_label: int, seed: int = 0, size: int = 192, workers: int = 0) -> Photos:
    """`per_label` pictures of every label that can be drawn, the same for the same seed.

    Args:
        per_label: how many of each.
        seed: of all that is random.
        size: side of the pictures.
        workers: processes that draw (drawing holds the interpreter); 1: this one; 0: one a core,
            16 at most.
    """
    jobs = [(label, index) for label in sorted(PAINTERS) for index in range(per_label)]
    paint = functools.partial(_pixels, seed=seed, size=size)
    workers = min(workers or os.cpu_count() or 1, 16, len(jobs) // 16 + 1)
    if workers == 1:
        drawn = list(map(paint, jobs))
    else:
        # Spawned, not forked: this process may hold a GPU and threads already.
        context = multiprocessing.get_context("spawn")
        with ProcessPoolExecutor(workers, mp_context=context) as pool:
            drawn = list(pool.map(paint, jobs, chunksize=8))
    names = [f"drawings/{label}/{index}" for label, index in jobs]
    return Photos(torch.from_numpy(np.stack(drawn)), [label for label, _ in jobs], names)


def _pixels(job: tuple[str, int], seed: int, size: int) -> np.ndarray:
    label, index = job
    return to_square(draw(label, random.Random(f"{seed} {label} {index}"), size), size)


def write_examples(out: str | Path, size: int = 640) -> list[Path]:
    """Writes the example pictures that a presenter clicks; returns their paths."""
    folder, written = Path(out), []
    folder.mkdir(parents=True, exist_ok=True)
    for name, (label, colour, back, seed) in EXAMPLES.items():
        file = folder / f"{name}.webp"
        draw(label, random.Random(seed), size, colour, back).save(file, quality=90, method=6)
        written.append(file)
    return written


def main(arguments: list[str] | None = None) -> None:
    """Writes the example pictures to a folder."""
    parser = argparse.ArgumentParser(prog="python -m v25.training.drawings", description=__doc__)
    parser.add_argument("out", nargs="?", type=Path, default=Path("assets/examples"))
    for file in write_examples(parser.parse_args(arguments).out):
        print(f"{file}: {file.stat().st_size / 1000:.0f} kB")


if __name__ == "__main__":
    main()
