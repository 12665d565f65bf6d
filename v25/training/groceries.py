"""How fruit and vegetables are drawn, on the 100 x 100 sheet of `v25.training.sketch`."""

from __future__ import annotations

import functools
import math
import random
from collections.abc import Callable, Sequence

from v25.training.sketch import Colour, Point, Sketch, both, ellipse, jitter, moved, path, tint

LEAF: Colour = (92, 150, 58)
STEM: Colour = (104, 72, 44)
Painter = Callable[[Sketch, random.Random, Colour], None]


def _shine(sketch: Sketch, x: float, y: float, shape: Sequence[Point], size: float = 1.0) -> None:
    """The window that a glossy thing mirrors."""
    spot = moved(ellipse(50, 50, 9 * size, 5.5 * size), x - 50, y - 50, turn=-38)
    sketch.fill(spot, (255, 255, 255), within=shape, blur=2.2, alpha=0.55)
    spot = moved(ellipse(50, 50, 4 * size, 2.2 * size), x - 51, y - 51.5, turn=-38)
    sketch.fill(spot, (255, 255, 255), within=shape, blur=0.7, alpha=0.75)


def _leaf(sketch: Sketch, x: float, y: float, turn: float = 0, scale: float = 1.0) -> None:
    outline = path("M 50 50 C 56 38 70 36 80 42 C 74 54 60 57 50 50")
    vein = path("M 50 50 Q 64 46 79 42.4")
    sketch.fill(moved(outline, x - 50, y - 50, scale, turn), LEAF, 0.3)
    sketch.stroke(moved(vein, x - 50, y - 50, scale, turn), tint(LEAF, 0.4), 0.5, alpha=0.8)


def _several(
    sketch: Sketch, rng: random.Random, one: Callable[[Sketch], None], most: int = 3
) -> None:
    """One, or a small heap: those behind first, smaller, each shading the one below."""
    places: dict[int, tuple[Point, ...]] = {
        1: ((0, 0),),
        2: ((-17, -4), (17, 6)),
        3: ((0, -18), (-21, 12), (21, 14)),
    }
    count = rng.randint(1, most)
    for dx, dy in places[count]:
        sheet = Sketch(sketch.side)
        one(sheet)
        scale = {1: 1.0, 2: 0.72, 3: 0.62}[count]
        sketch.add(sheet, dx, dy, scale)


def apple(sketch: Sketch, rng: random.Random, colour: Colour) -> None:
    """Apples with stem and leaf."""
    _several(sketch, rng, lambda sheet: _apple(sheet, rng, jitter(colour, rng, 10)))


def _apple(sketch: Sketch, rng: random.Random, colour: Colour) -> None:
    tall = rng.uniform(-3, 3)
    shape = both(
        path(
            f"M 50 30 C 56 20 74 18 83 30 C 93 46 84 {78 + tall} 66 {88 + tall} "
            f"C 58 {91 + tall} 54 {88 + tall} 50 {87 + tall}"
        )
    )
    sketch.fill(shape, colour, 0.42, ball=(0.36, 0.34))
    for _ in range(26):
        x = rng.uniform(18, 82)
        bend = 50 + (x - 50) * 1.25
        streak = path(f"M {50 + (x - 50) * 0.3} 31 Q {bend} 45 {x} {rng.uniform(55, 82)}")
        sketch.stroke(streak, tint(colour, rng.choice((0.35, -0.25))), 0.7, shape, 0.7, 0.22)
    for _ in range(40):
        dot = ellipse(rng.uniform(16, 84), rng.uniform(38, 86), 0.35)
        sketch.fill(dot, tint(colour, 0.55), within=shape, alpha=0.5)
    sketch.fill(ellipse(50, 31, 15, 4.6), tint(colour, -0.55), within=shape, blur=2, alpha=0.75)
    sketch.stroke(path("M 50 33 Q 49.5 22 55 12"), STEM, 2.3)
    sketch.stroke(path("M 49.6 31 Q 49.3 22 54.4 12"), tint(STEM, 0.35), 0.6, alpha=0.8)
    _leaf(sketch, 51, 24, rng.uniform(-18, 8), rng.uniform(0.8, 1.1))
    _shine(sketch, 33, 44, shape)


def banana(sketch: Sketch, rng: random.Random, colour: Colour) -> None:
    """A hand of bananas, or one."""
    fan = rng.choice(((0,), (-16, 6), (-24, -4, 14), (-24, -4, 14)))
    hand = Sketch(sketch.side)
    for turn in fan:
        sheet = Sketch(sketch.side)
        _banana(sheet, jitter(colour, rng, 8), turn, rng)
        hand.add(sheet)
    if len(fan) > 1:
        knot = path("M 11 19 Q 9 10 13 7 Q 19 5 22 9 Q 24 15 25 19 Q 18 24 11 19")
        hand.fill(knot, tint(colour, -0.42), 0.25)
    sketch.add(hand, 4, 6)


def _banana(sketch: Sketch, colour: Colour, turn: float, rng: random.Random) -> None:
    def placed(commands: str) -> list[Point]:
        """Turned about the stem, a little smaller so that no tip leaves the sheet."""
        cos, sin = 0.9 * math.cos(math.radians(turn)), 0.9 * math.sin(math.radians(turn))
        points = path(commands)
        return [
            (18 + (x - 18) * cos - (y - 14) * sin, 14 + (x - 18) * sin + (y - 14) * cos)
            for x, y in points
        ]

    body = placed(
        "M 14 10 L 21.5 9 Q 23 16 25 22 C 31 45 50 61 77 63.5 Q 82 64 84 67.5 "
        "Q 84 71.5 79 73 C 48 82 12 62 13.5 26 Q 13.6 18 14 10"
    )
    sketch.fill(body, colour, 0.2)
    belly = placed("M 14 24 C 15 56 44 74 82 71 L 78 76 C 44 84 8 64 12 24")
    sketch.fill(belly, tint(colour, -0.24), within=body, blur=0.8, alpha=0.75)
    top = placed("M 23 22 C 29 45 50 62 80 65.5 L 80 62 C 54 58 34 44 27 20")
    sketch.fill(top, tint(colour, 0.5), within=body, blur=0.5, alpha=0.6)
    ridge = placed("M 17.5 22 C 20 50 44 69 80 69")
    sketch.stroke(ridge, tint(colour, -0.35), 0.5, body, alpha=0.55)
    stem = placed("M 13.8 9 L 21.6 8 Q 22.4 14 24 19 Q 18 22 13.4 21")
    sketch.fill(stem, (150, 148, 60), 0.2, within=body, blur=0.6, alpha=0.8)
    sketch.fill(placed("M 80 65 Q 84 66 84.5 68.5 Q 84 71.5 80 72"), (70, 54, 36), 0.1)
    for _ in range(rng.randint(0, 9)):
        t = rng.uniform(0.15, 0.85)
        x, y = ridge[int(t * (len(ridge) - 1))]
        spot = ellipse(x + rng.uniform(-3, 3), y + rng.uniform(-4, 3), rng.uniform(0.3, 0.9), 0.4)
        sketch.fill(spot, (120, 84, 40), within=body, alpha=0.7)


def citrus(sketch: Sketch, rng: random.Random, colour: Colour, long: float = 0.0) -> None:
    """Oranges, lemons or limes, at times with a half of one; `long` draws out the ends."""
    if rng.random() < 0.35:
        _several(sketch, rng, lambda sheet: _citrus(sheet, rng, jitter(colour, rng, 6), long))
        return
    whole, half = Sketch(sketch.side), Sketch(sketch.side)
    _citrus(whole, rng, colour, long)
    sketch.add(whole, -11, -5, 0.78)
    _cut(half, colour)
    sketch.add(half, 21, 17, 0.58)


def _citrus(sketch: Sketch, rng: random.Random, colour: Colour, long: float) -> None:
    reach = 38 + long
    shape = path(
        f"M {50 - reach} 50 C {50 - reach + long * 0.6} 44 26 {16 + long} 50 {16 + long} "
        f"C 74 {16 + long} {50 + reach - long * 0.6} 44 {50 + reach} 50 "
        f"C {50 + reach - long * 0.6} 58 74 {84 - long} 50 {84 - long} "
        f"C 26 {84 - long} {50 - reach + long * 0.6} 58 {50 - reach} 50"
    )
    if not long:
        shape = ellipse(50, 52, 38, 36.5)
    sketch.fill(shape, colour, 0.36, ball=(0.36, 0.32))
    for _ in range(150):
        pore = ellipse(rng.uniform(10, 90), rng.uniform(14, 90), 0.42)
        sketch.fill(pore, tint(colour, rng.choice((-0.22, 0.3))), within=shape, alpha=0.45)
    if not long:
        sketch.fill(ellipse(53, 19.5, 3.4, 2), tint(LEAF, -0.25), 0.2)
        _leaf(sketch, 53, 19, rng.uniform(-14, 14))
    elif rng.random() < 0.6:
        _leaf(sketch, 50 + reach - 3, 49, rng.uniform(-70, -30), 0.8)
    _shine(sketch, 35, 38 + long * 0.3, shape, 0.9)


def _cut(sketch: Sketch, colour: Colour) -> None:
    """The face of a half: rind, pith, ten wedges."""
    sketch.fill(ellipse(50, 50, 44), tint(colour, -0.06), 0.12)
    sketch.fill(ellipse(50, 50, 40.5), (255, 249, 228))
    for i in range(10):
        a, b = math.radians(i * 36 + 2.6), math.radians(i * 36 + 33.4)
        wedge = [(50 + 5 * math.cos((a + b) / 2), 50 + 5 * math.sin((a + b) / 2))]
        for k in range(9):
            turn = a + (b - a) * k / 8
            far = 37.5 - (1.6 if k in (0, 8) else 0)
            wedge.append((50 + far * math.cos(turn), 50 + far * math.sin(turn)))
        sketch.fill(wedge, tint(colour, 0.12), 0.14)
        for k in range(3):
            turn = a + (b - a) * (0.3 + 0.2 * k)
            near = (50 + 15 * math.cos(turn), 50 + 15 * math.sin(turn))
            far = (50 + 31 * math.cos(turn), 50 + 31 * math.sin(turn))
            sketch.stroke([near, far], tint(colour, 0.5), 0.8, wedge, 0.3, 0.7)


def avocado(sketch: Sketch, rng: random.Random, colour: Colour) -> None:
    """A whole avocado behind a half with its stone."""
    outline = both(path("M 50 8 C 62 8 64 24 69 38 C 76 50 80 58 79 68 C 77 84 64 92 50 92"))
    skin = jitter(colour, rng, 8)
    if rng.random() < 0.75:
        whole = moved(outline, -19, -4, 0.86, rng.uniform(-26, -14))
        sketch.fill(whole, skin, 0.45, ball=(0.36, 0.4))
        for _ in range(90):
            bump = ellipse(rng.uniform(0, 70), rng.uniform(5, 90), rng.uniform(0.4, 0.9))
            sketch.fill(bump, tint(skin, rng.choice((-0.35, 0.2))), within=whole, alpha=0.5)
    half, turn = Sketch(sketch.side), rng.uniform(8, 20)
    place = functools.partial(moved, dx=15, dy=3, turn=turn)
    shades: tuple[tuple[float, Colour], ...] = (
        (0.94, tint(skin, -0.1)), (0.88, (132, 168, 62)), (0.82, (184, 204, 96)),
        (0.72, (222, 226, 138)), (0.58, (240, 236, 168)),
    )  # fmt: skip
    for scale, shade in shades:
        blur = 0.0 if scale > 0.85 else 1.0
        half.fill(place(moved(outline, scale=scale)), shade, 0.06, blur=blur)
    hole = place(ellipse(50, 62, 16.5))
    half.fill(hole, (176, 160, 84), blur=1.0, alpha=0.8)
    stone = place(ellipse(50, 62, 14.5))
    half.fill(stone, (124, 74, 40), 0.5, ball=(0.36, 0.32))
    x, y = place([(44, 55)])[0]
    _shine(half, x, y, stone, 0.5)
    sketch.add(half)


def tomato(sketch: Sketch, rng: random.Random, colour: Colour) -> None:
    """Tomatoes with their green star."""
    _several(sketch, rng, lambda sheet: _tomato(sheet, rng, jitter(colour, rng, 8)))


def _tomato(sketch: Sketch, rng: random.Random, colour: Colour) -> None:
    shape = both(path("M 50 28 C 58 20 76 20 86 33 C 97 50 88 76 70 84 C 62 87 56 86 50 86"))
    sketch.fill(shape, colour, 0.4, ball=(0.34, 0.34))
    for x in (30, 70):
        lobe = path(f"M 50 30 Q {x} 36 {50 + (x - 50) * 1.3} 66")
        sketch.stroke(lobe, tint(colour, -0.5), 1.5, shape, 2.0, 0.4)
    sketch.fill(ellipse(50, 31, 15, 5), tint(colour, -0.5), within=shape, blur=2, alpha=0.6)
    first = rng.uniform(0, 60)
    for i in range(6):
        turn = math.radians(first + i * 60 + rng.uniform(-8, 8))
        tip = (50 + 24 * math.cos(turn), 30 + 10.5 * math.sin(turn))
        side = (50 + 9 * math.cos(turn + 0.6), 30 + 4.4 * math.sin(turn + 0.6))
        other = (50 + 9 * math.cos(turn - 0.6), 30 + 4.4 * math.sin(turn - 0.6))
        sketch.fill([(50, 30), side, tip, other], tint(LEAF, rng.uniform(-0.25, 0.05)), 0.2)
    sketch.stroke(path("M 50 30 Q 49 22 53 15"), tint(LEAF, -0.3), 2.4)
    _shine(sketch, 30, 46, shape)


def carrots(sketch: Sketch, rng: random.Random, colour: Colour) -> None:
    """Carrots, fanned out, with or without their green."""
    green = rng.random() < 0.7
    count = rng.choice((1, 3, 3, 4))
    for i in range(count):
        turn = 0.0 if count == 1 else -34 + 68 * i / (count - 1)
        sheet = Sketch(sketch.side)
        _carrot(sheet, rng, jitter(colour, rng, 8), turn + rng.uniform(-4, 4), green)
        sketch.add(sheet, turn * -0.28, abs(turn) * -0.08)


def _carrot(sketch: Sketch, rng: random.Random, colour: Colour, turn: float, green: bool) -> None:
    place = functools.partial(moved, turn=turn)
    if green:
        for _ in range(11):
            lean, high = rng.uniform(-16, 16), rng.uniform(2, 14)
            frond = place(path(f"M 50 30 Q {50 + lean * 0.3} 20 {50 + lean} {high}"))
            sketch.stroke(frond, tint(LEAF, rng.uniform(-0.3, 0.15)), 1.3)
            for x, y in frond[4::3]:
                tuft = ellipse(x + rng.uniform(-2, 2), y + rng.uniform(-2, 2), 1.8, 1.3)
                sketch.fill(tuft, tint(LEAF, rng.uniform(-0.25, 0.25)))
    wide = rng.uniform(8.5, 11.5)
    body = place(
        both(
            path(f"M 50 28 Q {50 + wide} 26 {50 + wide} 35 Q {50 + wide * 0.7} 68 50.8 97 L 50 98")
        )
    )
    sketch.fill(body, colour, 0.26)
    for _ in range(12):
        y, x = rng.uniform(33, 86), rng.choice((-1, 1)) * rng.uniform(1, wide * 0.8)
        mark = place(path(f"M {50 + x - 3} {y} Q {50 + x} {y + 1.2} {50 + x + 3} {y}"))
        sketch.stroke(mark, tint(colour, -0.3), 0.5, body, alpha=0.7)
    gleam = place(path(f"M {50 - wide * 0.45} 36 Q {50 - wide * 0.4} 60 49 82"))
    sketch.stroke(gleam, (255, 255, 255), 1.6, body, 1.0, 0.5)


def _coloured(
    painter: Painter, *colours: Colour
) -> Callable[[Sketch, random.Random, Colour | None], None]:
    def paint(sketch: Sketch, rng: random.Random, colour: Colour | None = None) -> None:
        painter(sketch, rng, colour or rng.choice(colours))

    return paint


GROCERIES: dict[str, Callable[[Sketch, random.Random, Colour | None], None]] = {
    "Red-Delicious": _coloured(apple, (196, 34, 44), (178, 24, 40)),
    "Granny-Smith": _coloured(apple, (142, 190, 60), (156, 200, 76)),
    "Banana": _coloured(banana, (250, 208, 56), (246, 214, 80), (206, 206, 80)),
    "Orange": _coloured(citrus, (246, 142, 30), (250, 154, 44)),
    "Lemon": _coloured(functools.partial(citrus, long=7.0), (248, 216, 56), (252, 226, 90)),
    "Lime": _coloured(functools.partial(citrus, long=4.0), (112, 168, 50), (96, 150, 56)),
    "Avocado": _coloured(avocado, (62, 74, 38), (48, 46, 36), (76, 100, 44)),
    "Regular-Tomato": _coloured(tomato, (222, 48, 36), (206, 36, 34)),
    "Carrots": _coloured(carrots, (240, 130, 36), (236, 118, 30)),
}
