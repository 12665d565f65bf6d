"""How clothes are drawn: one function each, on the 100 x 100 sheet of `v25.training.sketch`."""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Sequence

from v25.training.sketch import Colour, Point, Sketch, both, ellipse, mirrored, path, tint

FABRICS: tuple[Colour, ...] = (
    (38, 92, 166), (214, 64, 80), (236, 236, 232), (44, 48, 58), (70, 130, 100), (240, 180, 60),
    (150, 120, 190), (238, 150, 160), (120, 170, 210), (96, 72, 60), (200, 190, 170),
    (232, 110, 60), (30, 50, 90), (130, 134, 140), (180, 30, 50), (120, 200, 190),
)  # fmt: skip
WHITE: Colour = (250, 249, 246)
Outline = Sequence[Point] | None


def _cloth(colour: Colour | None, rng: random.Random) -> Colour:
    return colour or rng.choice(FABRICS)


def _accent(colour: Colour, rng: random.Random) -> Colour:
    """A colour that is easily told from `colour`."""
    far = [c for c in FABRICS if sum(abs(a - b) for a, b in zip(c, colour, strict=True)) > 240]
    return rng.choice([*far, WHITE])


def _folds(sketch: Sketch, shape: Sequence[Point], rng: random.Random, lines: list[str]) -> None:
    """Soft dark folds, each with a lit ridge beside it."""
    for line in lines:
        aside = rng.uniform(-1, 1)
        points = [(x + aside, y) for x, y in path(line)]
        sketch.stroke(points, (10, 10, 30), 1.6, within=shape, blur=1.1, alpha=0.3)
        ridge = [(x - 2.2, y) for x, y in points]
        sketch.stroke(ridge, (255, 255, 255), 1.6, within=shape, blur=1.2, alpha=0.22)


def _both_ways(line: str) -> list[list[Point]]:
    points = path(line)
    return [points, mirrored(points)]


def _stitch(
    sketch: Sketch, line: str, colour: Colour, width: float = 0.45, within: Outline = None
) -> None:
    for points in _both_ways(line):
        sketch.stroke(points, tint(colour, -0.38), width, within=within, alpha=0.8)


def _print(
    sketch: Sketch, shape: Sequence[Point], colour: Colour, rng: random.Random, y: float = 46
) -> None:
    """What is on the chest: stripes, a sun over hills, a disc, dots, a pocket or nothing."""
    kind = rng.choice(("stripes", "hills", "disc", "dots", "pocket", "", ""))
    accent = _accent(colour, rng)
    if kind == "stripes":
        gap = rng.uniform(7, 11)
        for i in range(3, 12):
            band = path(f"M 0 {i * gap} Q 50 {i * gap + 3} 100 {i * gap}")
            sketch.stroke(band, accent, gap * 0.36, within=shape, alpha=0.92)
    elif kind == "hills":
        disc = ellipse(50, y, 12)
        sketch.fill(disc, accent, 0.08)
        hills = path(f"M 36 {y + 8} L 46 {y - 5} L 52 {y + 2} L 57 {y - 3} L 66 {y + 12} L 36 64")
        sketch.fill(hills, tint(colour, -0.25), within=disc)
        sketch.fill(ellipse(55.5, y - 6.5, 2.3), (250, 210, 90), within=disc)
    elif kind == "disc":
        sketch.fill(ellipse(50, y, 10), accent)
        sketch.fill(ellipse(50, y, 5.5), colour)
    elif kind == "dots":
        _dots(sketch, shape, accent, rng)
    elif kind == "pocket":
        pocket = path("M 56 36 L 68 36 L 68 46 L 62 50 L 56 46")
        sketch.fill(pocket, tint(colour, -0.1), 0.08)
        sketch.stroke([*pocket, pocket[0]], tint(colour, -0.35), 0.4)


def _dots(sketch: Sketch, shape: Sequence[Point], colour: Colour, rng: random.Random) -> None:
    gap, radius = rng.uniform(7, 10), rng.uniform(1.1, 2.2)
    for row in range(1, 14):
        for column in range(14):
            x = (column + 0.5 * (row % 2)) * gap
            sketch.fill(ellipse(x, row * gap * 0.87, radius), colour, within=shape, alpha=0.95)


def _torso(sketch: Sketch, rng: random.Random, colour: Colour, sleeve: str) -> list[Point]:
    """Body and sleeves of a knitted top with a round neck; returns the outline."""
    wide = rng.uniform(-0.6, 0.6)
    body = f"L 75 43 Q {73 + wide} 65 {75 + wide} 89 Q 62 92 50 92"
    shape = both(path(f"M 50 22 Q 58 21 61.5 12 L 71 15.5 Q 77 18 80 23 {sleeve} {body}"))
    inside = both(path("M 50 15.5 Q 57 15 61.5 12 Q 59 22.5 50 22.5"))
    sketch.fill(inside, tint(colour, -0.45))
    sketch.fill(shape, colour, 0.16)
    _print(sketch, shape, colour, rng)
    lines = ["M 73 44 Q 64 52 55 55", "M 27 44 Q 36 53 43 57", "M 70 62 Q 66 76 68 90"]
    _folds(sketch, shape, rng, [*lines, "M 33 60 Q 36 76 32 91", "M 54 66 Q 50 80 53 92"])
    for points in _both_ways("M 71 15.5 Q 74.5 28 75 43"):
        sketch.stroke(points, (0, 0, 20), 0.9, within=shape, blur=0.5, alpha=0.4)
    return shape


def _collar(sketch: Sketch, colour: Colour) -> None:
    for points in _both_ways("M 50 23 Q 59.3 22.2 62.6 12.6"):
        sketch.stroke(points, tint(colour, -0.14), 2.3)
        sketch.stroke([(x, y + 1.2) for x, y in points], tint(colour, -0.4), 0.4, alpha=0.7)


def t_shirt(sketch: Sketch, rng: random.Random, colour: Colour | None = None) -> None:
    """A T-shirt laid out flat."""
    colour = _cloth(colour, rng)
    drop = rng.uniform(-1, 4)
    shape = _torso(sketch, rng, colour, f"L 95 {40 + drop} Q 89 {46 + drop} 82.5 {49 + drop}")
    cuff = f"M 93.4 {38.2 + drop} Q 87.5 {44 + drop} 81 {47 + drop}"
    _stitch(sketch, cuff, colour, within=shape)
    _stitch(sketch, "M 78 86.6 Q 62 90 50 90", colour, within=shape)
    _collar(sketch, colour)


_LONG = "Q 90 52 95 82 Q 90 85 85.5 85 Q 80 62 75 45"


def longsleeve(sketch: Sketch, rng: random.Random, colour: Colour | None = None) -> None:
    """A top with long sleeves."""
    colour = _cloth(colour, rng)
    shape = _torso(sketch, rng, colour, _LONG)
    _stitch(sketch, "M 96 78 Q 89.5 81.5 84 81.5", colour, within=shape)
    _stitch(sketch, "M 78 86.6 Q 62 90 50 90", colour, within=shape)
    _collar(sketch, colour)


def hoodie(sketch: Sketch, rng: random.Random, colour: Colour | None = None) -> None:
    """A sweatshirt with hood, strings and a pocket in front."""
    colour = _cloth(colour, rng)
    _torso(sketch, rng, colour, _LONG)
    dark = tint(colour, -0.14)
    for cuff in _both_ways("M 94.2 77 Q 90 80.5 84.4 80 L 85.5 86.5 Q 91 87 96 83"):
        sketch.fill(cuff, dark, 0.08)
    sketch.fill(both(path("M 50 87 Q 64 87 75 84 L 75.4 91.5 Q 62 95 50 95")), dark, 0.1)
    pocket = both(path("M 50 64 L 62 64 Q 66 71 71 77 L 71 85 Q 60 87 50 87"))
    sketch.fill(moved_down(pocket, 0.8), (0, 0, 20), blur=0.7, alpha=0.35)
    sketch.fill(pocket, tint(colour, -0.04), 0.13)
    _stitch(sketch, "M 61 65.4 Q 65 72 69.4 77.6", colour)
    hood = both(path("M 50 34 Q 62 31 70 17.5 Q 67 4 50 3.5"))
    sketch.fill(moved_down(hood, 1.2), (0, 0, 20), blur=0.9, alpha=0.35)
    sketch.fill(hood, colour, 0.2)
    opening = both(path("M 50 30 Q 58 27 61 17 Q 60 8.5 50 8"))
    sketch.fill(opening, tint(colour, -0.42), -0.12)
    sketch.stroke([*opening, opening[0]], tint(colour, -0.22), 0.7)
    cord = WHITE if sum(colour) < 560 else (70, 74, 84)
    for points in _both_ways("M 54.5 28.6 Q 56.4 36 55 46"):
        sketch.stroke(moved_down(points, 0.6), (0, 0, 20), 1.2, blur=0.5, alpha=0.3)
        sketch.stroke(points, cord, 1.15)


def moved_down(points: Sequence[Point], by: float) -> list[Point]:
    """Shifted down, for what casts a shadow."""
    return [(x, y + by) for x, y in points]


def dress(sketch: Sketch, rng: random.Random, colour: Colour | None = None) -> None:
    """A summer dress with straps and a belt."""
    colour, flare, hem = _cloth(colour, rng), rng.uniform(-4, 5), rng.uniform(84, 94)
    back = both(path("M 50 20 Q 57 19 62.5 15 L 62.5 27 Q 56 28 50 28"))
    sketch.fill(back, tint(colour, -0.4))
    bodice = both(
        path(
            "M 50 28 Q 57 27 60.2 18 L 61 6 L 65.5 6 L 66 17 Q 67 25 71 29 Q 64 38 62.5 47 L 50 48"
        )
    )
    skirt = both(path(f"M 50 46 L 62.5 46 Q 72 62 {83 + flare} {hem} Q 66 {hem + 5} 50 {hem + 5}"))
    sketch.fill(skirt, colour, 0.17)
    sketch.fill(bodice, colour, 0.14)
    if rng.random() < 0.6:
        accent = _accent(colour, rng)
        state = rng.getstate()
        for part in (skirt, bodice):
            rng.setstate(state)
            _dots(sketch, part, accent, rng)
    for x, sway in ((57, 6), (62, 11), (51, 1)):
        end = x + sway + flare * 0.4
        lines = [f"M {x - 1.5} 50 Q {x + 2} 68 {end} {hem + 4}"]
        _folds(
            sketch, skirt, rng, [*lines, f"M {101.5 - x} 50 Q {98 - x} 68 {100 - end} {hem + 4}"]
        )
    belt = both(path("M 50 45.4 Q 57 45.4 62.8 44.6 L 62.9 48.6 Q 57 49.6 50 49.6"))
    band = _accent(colour, rng) if rng.random() < 0.5 else tint(colour, -0.35)
    sketch.fill(belt, band, 0.15)
    if rng.random() < 0.7:
        for loop in _both_ways("M 50 47.5 Q 55 42 57.5 44.5 Q 58.5 48.5 50 47.5"):
            sketch.fill(loop, tint(band, -0.12), 0.15)
        for tail in _both_ways("M 50 47.5 Q 53 53 52.6 59"):
            sketch.stroke(tail, tint(band, -0.12), 1.3)
        sketch.fill(ellipse(50, 47.5, 1.5), tint(band, -0.25))


def skirt(sketch: Sketch, rng: random.Random, colour: Colour | None = None) -> None:
    """A flared skirt."""
    colour, flare, hem = _cloth(colour, rng), rng.uniform(-8, 6), rng.uniform(70, 86)
    shape = both(path(f"M 50 16 L 66 16 Q 74 44 {86 + flare} {hem} Q 68 {hem + 6} 50 {hem + 6}"))
    sketch.fill(shape, colour, 0.17)
    if rng.random() < 0.4:
        _dots(sketch, shape, _accent(colour, rng), rng)
    for x, sway in ((55, 4), (59, 9), (63, 14)):
        right = f"M {x} 24 Q {x + sway * 0.5} 50 {x + sway} {hem + 5}"
        left = f"M {100 - x} 24 Q {100 - x - sway * 0.5} 50 {100 - x - sway} {hem + 5}"
        _folds(sketch, shape, rng, [right, left])
    sketch.fill(both(path("M 50 14 L 66.4 13.4 L 67 20 Q 58 21 50 21")), tint(colour, -0.2), 0.12)


def _legs(sketch: Sketch, rng: random.Random, colour: Colour, bottom: float) -> None:
    spread, cuff = rng.uniform(-1, 5), rng.uniform(12.5, 19)
    outer = 71 + spread
    shape = both(
        path(
            f"M 50 8 L 67 8 Q {71 + spread} 36 {outer} {bottom} "
            f"L {outer - cuff} {bottom + 1} Q 53 50 50 41"
        )
    )
    sketch.fill(shape, colour, 0.15)
    sketch.fill(both(path("M 50 8.5 L 66.6 8 L 67.6 14 Q 58 15 50 15")), tint(colour, -0.14), 0.1)
    sketch.stroke(path("M 50 15 L 50 41"), tint(colour, -0.42), 0.55)
    sketch.stroke(path("M 53.4 15 Q 53.6 30 50 33"), tint(colour, -0.35), 0.4)
    _stitch(sketch, "M 57 15 Q 59 23.5 69 24", colour, 0.7)
    for x in (57, 43):
        sketch.stroke([(x, 7.6), (x, 14.8)], tint(colour, -0.3), 1.5)
    button = (212, 170, 90) if rng.random() < 0.6 else tint(colour, 0.5)
    sketch.fill(ellipse(50, 11.6, 1.4), button, 0.3)
    _folds(sketch, shape, rng, ["M 51 41 Q 58 44 64 43", "M 49 41 Q 42 44 36 43"])
    knee = 8 + (bottom - 8) * 0.62
    for x in (64 + spread * 0.8, 36 - spread * 0.8):
        sketch.fill(ellipse(x, knee, 3.4, 16), (255, 255, 255), within=shape, blur=2.4, alpha=0.22)
    _stitch(sketch, f"M {outer} {bottom - 3} L {outer - cuff} {bottom - 2}", colour, 0.6)


def pants(sketch: Sketch, rng: random.Random, colour: Colour | None = None) -> None:
    """Trousers laid out flat; mostly jeans."""
    jeans: tuple[Colour, ...] = ((62, 94, 142), (40, 62, 104), (120, 150, 186), (52, 54, 62))
    denim = rng.choice(jeans) if rng.random() < 0.6 else _cloth(None, rng)
    _legs(sketch, rng, colour or denim, 94)


def shorts(sketch: Sketch, rng: random.Random, colour: Colour | None = None) -> None:
    """Short trousers."""
    _legs(sketch, rng, _cloth(colour, rng), rng.uniform(56, 66))


def hat(sketch: Sketch, rng: random.Random, colour: Colour | None = None) -> None:
    """A cap, a knitted hat or a straw hat."""
    rng.choice((_cap, _cap, _beanie, _straw_hat))(sketch, rng, colour)


def _cap(sketch: Sketch, rng: random.Random, colour: Colour | None) -> None:
    colour = _cloth(colour, rng)
    bill = _accent(colour, rng) if rng.random() < 0.4 else colour
    crown = path("M 13 64 C 11 36 24 22 45 21 C 66 21 77 36 78 60 Q 46 54 13 64")
    under = path("M 36 62 Q 58 53 78 59 Q 95 64 98.5 73 Q 97 76 93 75 Q 66 66 36 62")
    sketch.fill(under, tint(bill, -0.5))
    sketch.fill(crown, colour, 0.22)
    for seam in ("M 45 21 Q 33 38 31 60", "M 45 21 Q 62 34 64 57"):
        sketch.stroke(path(seam), tint(colour, -0.38), 0.55)
        sketch.stroke([(x + 1.1, y) for x, y in path(seam)], tint(colour, 0.25), 0.3, alpha=0.6)
    sketch.fill(ellipse(32, 34, 9, 6), (255, 255, 255), within=crown, blur=3, alpha=0.3)
    for x, y in ((25, 39), (55, 35)):
        sketch.fill(ellipse(x, y, 1.0), tint(colour, -0.5))
    badge = _accent(colour, rng)
    sketch.fill(ellipse(50, 46, 6.4), badge, 0.1)
    sketch.fill(path("M 45.4 49 L 49 43.6 L 51.4 46.6 L 53 45 L 55 49"), tint(colour, -0.2))
    visor = path("M 31 62.5 Q 54 50.5 78 56.5 Q 95 61 98.5 72 Q 78 62.5 56 66 Q 40 69 31 62.5")
    sketch.fill(moved_down(visor, 1.2), (0, 0, 20), blur=0.9, alpha=0.3)
    sketch.fill(visor, bill, 0.2)
    for k in (0.25, 0.5):
        seam = path(f"M {38 + 8 * k} {64 + k} Q {60 + 6 * k} {55.5 + 6 * k} 94 {66 + k * 4}")
        sketch.stroke(seam, tint(bill, -0.3), 0.35, within=visor, alpha=0.8)
    sketch.fill(ellipse(45, 20.8, 2.6, 1.6), tint(bill, -0.15), 0.2)


def _beanie(sketch: Sketch, rng: random.Random, colour: Colour | None) -> None:
    colour = _cloth(colour, rng)
    accent = _accent(colour, rng)
    dome = both(path("M 50 20 C 72 20 80 42 80 68 Q 66 72 50 72"))
    if rng.random() < 0.7:
        for _ in range(160):
            turn, far = rng.uniform(0, 2 * math.pi), rng.random() ** 0.5 * 9
            x, y = 50 + far * math.cos(turn), 15 + far * math.sin(turn)
            strand = [(x, y), (x + 2.4 * math.cos(turn), y + 2.4 * math.sin(turn))]
            sketch.stroke(strand, tint(accent, rng.uniform(-0.28, 0.3)), 1.3)
    sketch.fill(dome, colour, 0.2)
    for i in range(-6, 7):
        rib = path(f"M {50 + i * 1.2} 20 Q {50 + i * 4.6} 40 {50 + i * 5} 72")
        sketch.stroke(rib, tint(colour, -0.3), 0.5, within=dome, alpha=0.7)
    for y in (44, 50):
        sketch.stroke(path(f"M 12 {y} Q 50 {y + 6} 88 {y}"), accent, 2.6, within=dome)
    cuff = both(path("M 50 64 Q 68 64 81 60 Q 84 70 82 79 Q 66 84 50 84"))
    sketch.fill(moved_down(cuff, -1), (0, 0, 20), within=dome, blur=1, alpha=0.35)
    sketch.fill(cuff, tint(colour, -0.06), 0.18)
    for i in range(-9, 10):
        line = [(50 + i * 3.5, 60), (50 + i * 3.55, 84)]
        sketch.stroke(line, tint(colour, -0.35), 0.55, within=cuff, alpha=0.6)


def _straw_hat(sketch: Sketch, rng: random.Random, colour: Colour | None) -> None:
    straw = colour or rng.choice(((226, 190, 124), (236, 212, 160), (196, 150, 96)))
    ribbon = rng.choice([c for c in FABRICS if sum(c) < 420])
    brim = ellipse(50, 63, 47, 17)
    sketch.fill(brim, straw, 0.16)
    for k in (0.94, 0.86, 0.78, 0.7, 0.62):
        ring = ellipse(50, 63, 47 * k, 17 * k)
        sketch.stroke([*ring, ring[0]], tint(straw, -0.25), 0.4, alpha=0.7)
    sketch.fill(ellipse(54, 66, 29, 9), (60, 34, 10), within=brim, blur=1.8, alpha=0.4)
    crown = both(path("M 50 67 Q 68 66.5 75 60 C 74 38 70 23 50 23"))
    sketch.fill(crown, straw, 0.25)
    for y in range(26, 66, 4):
        weave = path(f"M 20 {y} Q 50 {y + 9} 80 {y}")
        sketch.stroke(weave, tint(straw, -0.25), 0.35, within=crown, alpha=0.7)
    band = both(path("M 50 56.5 Q 67 56 74.6 50.5 L 75 60 Q 68 66.5 50 67"))
    sketch.fill(band, ribbon, 0.25)
    bow = path("M 68 60 Q 78 50 83 55 Q 82 61 68 60 Q 79 62 79 70 Q 72 70 68 60")
    sketch.fill(bow, tint(ribbon, -0.1), 0.25)


def shoes(sketch: Sketch, rng: random.Random, colour: Colour | None = None) -> None:
    """A pair of trainers from the side, or one of them."""
    colour = _cloth(colour, rng)
    accent, sole = _accent(colour, rng), rng.choice((WHITE, WHITE, (232, 226, 214), (50, 52, 58)))
    if rng.random() < 0.75:
        far = Sketch(sketch.side)
        _trainer(far, tint(colour, -0.08), accent, sole)
        sketch.add(far, 6, -16, 0.88, shadow=0)
        near = Sketch(sketch.side)
        _trainer(near, colour, accent, sole)
        sketch.add(near, -6, 8, 0.88)
    else:
        _trainer(sketch, colour, accent, sole)


def _trainer(sketch: Sketch, colour: Colour, accent: Colour, sole: Colour) -> None:
    upper = path(
        "M 9 72 C 6 60 7 50 8 41 Q 9 36 13 37 C 20 46 30 47 38 38 Q 40 33.5 43.5 34.5 L 49 38 "
        "C 58 51 66 55 78 57.5 C 90 59.5 95 65 95.5 73 L 52 75"
    )
    inside = path("M 9.5 38 C 18 33 30 33 40 36 C 32 47 18 47 9.5 38")
    sketch.fill(inside, tint(colour, -0.55))
    sketch.fill(upper, colour, 0.2)
    sketch.fill(ellipse(66, 60, 12, 3), (255, 255, 255), within=upper, blur=2, alpha=0.35)
    toe = path("M 79 76 C 76 68 77 62 82 58 C 91 60.5 95.5 66 96 76")
    sketch.fill(toe, tint(colour, -0.18), 0.15, within=upper)
    heel = path("M 6 76 L 6 44 Q 16 50 20 60 Q 22 68 21 76")
    sketch.fill(heel, accent, 0.2, within=upper)
    sketch.fill(path("M 7.6 38 Q 9 33.5 13.5 37.5 L 14 43 Q 10 44 7.6 43"), accent, 0.1)
    for dx in (0, 7.5):
        stripe = path(
            f"M {30 + dx} 76 Q {35 + dx} 62 {45 + dx} 51 L {49 + dx} 54 Q {40 + dx} 64 {35 + dx} 76"
        )
        sketch.fill(stripe, accent, 0.1, within=upper)
    stay = path("M 41 40 L 48.5 37.6 C 57 50 64 54.5 74 57 Q 70 62 65 61.5 C 54 59 46 50 41 40")
    sketch.fill(stay, tint(colour, -0.25), 0.12)
    for i in range(5):
        t = i / 4
        x, y = 45.5 + 19 * t, 41 + 16.5 * t**0.8
        lace = [(x - 3.4, y + 2.6), (x + 3.8, y - 2.2)]
        sketch.stroke([(a, b + 0.7) for a, b in lace], (0, 0, 20), 2.0, blur=0.4, alpha=0.35)
        sketch.stroke(lace, WHITE if sum(sole) > 300 else tint(accent, 0.4), 1.9)
    sketch.stroke(path("M 10 41 C 18 49 32 50 40 39"), tint(colour, -0.3), 0.5)
    base = path(
        "M 6 70 Q 50 75 70 73 Q 88 70 96.5 71.5 Q 99 76 95 81 Q 92 84 86 84 L 13 84 Q 5 83 6 70"
    )
    sketch.fill(base, sole, 0.1)
    tread = path("M 5.8 80 Q 50 82 96 79.6 Q 93 85 86 85 L 13 85 Q 6.5 84.5 5.8 80")
    sketch.fill(tread, accent if sum(sole) > 300 else tint(sole, -0.3), 0.15)
    sketch.stroke(path("M 7 76.5 Q 50 79.5 96 76"), tint(sole, -0.22), 0.45)


GARMENTS: dict[str, Callable[[Sketch, random.Random, Colour | None], None]] = {
    "shoes": shoes,
    "t-shirt": t_shirt,
    "dress": dress,
    "hat": hat,
    "hoodie": hoodie,
    "pants": pants,
    "longsleeve": longsleeve,
    "shorts": shorts,
    "skirt": skirt,
}
