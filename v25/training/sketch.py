"""A small vector drawing kit over Pillow: curves, shaded fills, soft shadows.

Coordinates run from 0 to 100, y downwards, whatever the size in pixels.
"""

from __future__ import annotations

import math
import random
import re
from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from PIL import Image, ImageChops, ImageDraw, ImageFilter

Point = tuple[float, float]
Colour = tuple[int, int, int]
Box = tuple[int, int, int, int]


def path(commands: str, steps: int = 14) -> list[Point]:
    """Points along a path of M, L (to a point), Q (quadratic) and C (cubic Bézier) commands."""
    points: list[Point] = []
    for name, body in re.findall(r"([MLQC])([^MLQC]*)", commands):
        numbers = [float(n) for n in body.split()]
        given = list(zip(numbers[::2], numbers[1::2], strict=True))
        if name in "ML":
            points.extend(given)
            continue
        stride = 2 if name == "Q" else 3
        for i in range(0, len(given), stride):
            control = [points[-1], *given[i : i + stride]]
            points.extend(_bezier(control, (k + 1) / steps) for k in range(steps))
    return points


def _bezier(control: Sequence[Point], t: float) -> Point:
    while len(control) > 1:
        control = [
            (a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t) for a, b in pairwise(control)
        ]
    return control[0]


def both(half: Sequence[Point]) -> list[Point]:
    """A shape from its right half: closed with the mirror image about x = 50."""
    return [*half, *((100 - x, y) for x, y in reversed(half))]


def mirrored(points: Sequence[Point]) -> list[Point]:
    """The mirror image about x = 50."""
    return [(100 - x, y) for x, y in points]


def ellipse(x: float, y: float, width: float, height: float | None = None) -> list[Point]:
    """An ellipse about `(x, y)` by its half axes."""
    height = width if height is None else height
    turns = (2 * math.pi * i / 64 for i in range(64))
    return [(x + width * math.cos(a), y + height * math.sin(a)) for a in turns]


def moved(
    points: Sequence[Point], dx: float = 0, dy: float = 0, scale: float = 1, turn: float = 0
) -> list[Point]:
    """Scaled and turned (degrees) about (50, 50), then shifted."""
    cos, sin = math.cos(math.radians(turn)) * scale, math.sin(math.radians(turn)) * scale
    return [
        (
            50 + (x - 50) * cos - (y - 50) * sin + dx,
            50 + (x - 50) * sin + (y - 50) * cos + dy,
        )
        for x, y in points
    ]


def tint(colour: Colour, amount: float) -> Colour:
    """Towards white (amount > 0) or black (amount < 0)."""
    goal = 255 if amount > 0 else 0
    r, g, b = (round(c + (goal - c) * abs(amount)) for c in colour)
    return r, g, b


def jitter(colour: Colour, rng: random.Random, spread: int = 14) -> Colour:
    """A colour close by."""
    r, g, b = (min(255, max(0, c + rng.randint(-spread, spread))) for c in colour)
    return r, g, b


class Sketch:
    """A transparent sheet to paint shapes on.

    Attributes:
        image: `(side, side)` RGBA.
    """

    def __init__(self, side: int) -> None:
        self.side = side
        self.image = Image.new("RGBA", (side, side))

    def fill(
        self,
        shape: Sequence[Point],
        colour: Colour,
        light: float = 0.0,
        ball: Point | None = None,
        within: Sequence[Point] | None = None,
        blur: float = 0.0,
        alpha: float = 1.0,
    ) -> None:
        """Paints a shape.

        Args:
            shape: closed outline.
            colour: of the middle tone.
            light: how much brighter the upper left is than the lower right.
            ball: where on a round thing the light falls; shades by distance from it.
            within: another outline that the paint may not leave.
            blur: softness of the edge.
            alpha: opacity.
        """
        box = self._box(shape, 3 * blur)
        if box is None:
            return
        mask = self._mask(shape, box)
        self._paint(mask, box, colour, light, ball, within, blur, alpha)

    def stroke(
        self,
        points: Sequence[Point],
        colour: Colour,
        width: float,
        within: Sequence[Point] | None = None,
        blur: float = 0.0,
        alpha: float = 1.0,
    ) -> None:
        """Paints a line with round ends; see `fill`."""
        box = self._box(points, width / 2 + 3 * blur)
        if box is None:
            return
        mask = Image.new("L", (box[2] - box[0], box[3] - box[1]))
        pen, pixels = ImageDraw.Draw(mask), self._pixels(points, box)
        thick = max(1, round(width * self.side / 100))
        pen.line(pixels, fill=255, width=thick, joint="curve")
        for x, y in (pixels[0], pixels[-1]):
            pen.ellipse((x - thick / 2, y - thick / 2, x + thick / 2, y + thick / 2), fill=255)
        self._paint(mask, box, colour, 0.0, None, within, blur, alpha)

    def add(
        self, other: Sketch, dx: float = 0, dy: float = 0, scale: float = 1, shadow: float = 0.5
    ) -> None:
        """Lays another sheet on top, scaled about its centre, its shadow on what lies below."""
        extent = round(other.side * scale)
        gap = (self.side - extent) / 2
        sheet = other.image.resize((extent, extent), Image.Resampling.LANCZOS)
        top = Image.new("RGBA", self.image.size)
        top.paste(sheet, (round(gap + dx * self.side / 100), round(gap + dy * self.side / 100)))
        if shadow:
            drop = round(self.side * 0.015)
            mask = Image.new("L", top.size)
            mask.paste(top.getchannel("A"), (drop, drop))
            mask = mask.filter(ImageFilter.GaussianBlur(self.side * 0.015))
            mask = ImageChops.multiply(mask, self.image.getchannel("A"))
            dark = Image.new("RGBA", self.image.size, (20, 16, 30, 0))
            dark.putalpha(mask.point([int(v * shadow) for v in range(256)]))
            self.image.alpha_composite(dark)
        self.image.alpha_composite(top)

    def _box(self, points: Sequence[Point], margin: float) -> Box | None:
        """The pixels around some points, on the sheet; None when they lie beside it."""
        unit, (xs, ys) = self.side / 100, zip(*points, strict=True)
        left, top = (max(0, math.floor((min(v) - margin) * unit) - 1) for v in (xs, ys))
        right, bottom = (min(self.side, math.ceil((max(v) + margin) * unit) + 2) for v in (xs, ys))
        return (left, top, right, bottom) if left < right and top < bottom else None

    def _pixels(self, points: Sequence[Point], box: Box) -> list[Point]:
        unit, left, top = self.side / 100, box[0], box[1]
        return [(x * unit - left, y * unit - top) for x, y in points]

    def _mask(self, shape: Sequence[Point], box: Box) -> Image.Image:
        mask = Image.new("L", (box[2] - box[0], box[3] - box[1]))
        ImageDraw.Draw(mask).polygon(self._pixels(shape, box), fill=255)
        return mask

    def _paint(
        self,
        mask: Image.Image,
        box: Box,
        colour: Colour,
        light: float,
        ball: Point | None,
        within: Sequence[Point] | None,
        blur: float,
        alpha: float,
    ) -> None:
        if blur:
            mask = mask.filter(ImageFilter.GaussianBlur(blur * self.side / 100))
        if within is not None:
            mask = ImageChops.multiply(mask, self._mask(within, box))
        if alpha < 1:
            mask = mask.point([int(v * alpha) for v in range(256)])
        if light:
            paint = self._shaded(box, colour, light, ball)
        else:
            paint = Image.new("RGB", mask.size, colour)
        paint.putalpha(mask)
        self.image.alpha_composite(paint, box[:2])

    def _shaded(self, box: Box, colour: Colour, light: float, ball: Point | None) -> Image.Image:
        left, top, right, bottom = box
        x = np.linspace(0, 1, right - left, dtype=np.float32)[None]
        y = np.linspace(0, 1, bottom - top, dtype=np.float32)[:, None]
        if ball is None:
            level = 1 - x * 0.7 - y * 1.3
        else:
            level = 0.75 - 1.9 * ((x - ball[0]) ** 2 + (y - ball[1]) ** 2)
        level = np.clip(level, -1.3, 1)[..., None] * light
        base = np.array(colour, np.float32)
        # Lit parts grow brighter more than paler: mixing in white alone would look chalky.
        lit = base * (1 + 0.45 * level) + 255 * 0.2 * level
        shaded = np.where(level > 0, lit, base * (1 + level))
        return Image.fromarray(shaded.clip(0, 255).astype(np.uint8), "RGB")


def backdrop(side: int, colour: Colour, rng: random.Random) -> Image.Image:
    """A plain wall, brighter towards one side, at times with a table's edge."""
    angle = rng.uniform(0, 2 * math.pi)
    axis = np.linspace(-1, 1, side, dtype=np.float32)
    level = (axis[None] * math.cos(angle) + axis[:, None] * math.sin(angle)) * 0.07
    if rng.random() < 0.3:
        level = level - (axis[:, None] > rng.uniform(0.0, 0.5)) * 0.09
    plane = np.array(colour, np.float32) * (1 + level[..., None])
    return Image.fromarray(plane.clip(0, 255).astype(np.uint8), "RGB")


def compose(
    sheet: Image.Image, back: Image.Image, turn: float, scale: float, shift: Point
) -> Image.Image:
    """Puts a sheet on a backdrop of the same size, turned, scaled, shifted, with its shadow."""
    side = back.width
    sheet = sheet.rotate(turn, Image.Resampling.BICUBIC)
    extent = max(8, round(side * scale))
    sheet = sheet.resize((extent, extent), Image.Resampling.LANCZOS)
    place = [round((side - extent) / 2 + offset * side / 100) for offset in shift]
    whole = Image.new("RGBA", back.size)
    whole.paste(sheet, (place[0], place[1]))
    result = back.convert("RGBA")
    for spread, distance, strength in ((0.035, 0.035, 0.28), (0.01, 0.01, 0.25)):
        mask = Image.new("L", back.size)
        mask.paste(whole.getchannel("A"), (0, round(side * distance)))
        mask = mask.filter(ImageFilter.GaussianBlur(side * spread))
        dark = Image.new("RGBA", back.size, (30, 24, 40, 0))
        dark.putalpha(mask.point([int(v * strength) for v in range(256)]))
        result.alpha_composite(dark)
    result.alpha_composite(whole)
    return result.convert("RGB")
