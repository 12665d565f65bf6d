"""Small tools for grammars of Chinese: lines with alternatives, facts about products, prices.

A line may hold alternatives in square brackets, nested at will (`[真的|是真的]好`, `[|超]好`), and
slots in braces. It may start with scope letters and a space: `st 鞋面…` fits shoes and garments
only (see `KINDS`); without them it fits every product.
"""

from __future__ import annotations

import random
import re
from dataclasses import dataclass
from functools import cache

from v25 import lexicon
from v25.training.chinese_turns import DETAILS

_DETAIL = re.compile("<([a-z]+)>")
_MARK = re.compile(r"([\[\]|])")
_SCOPED = re.compile(r"^([a-z]+) (.*)$")
_AMOUNT = re.compile(r"^(?:[¥￥$£€]\s?[\d.,]+|[\d.,]+\s?(?:元|块|块钱|美元|英镑|欧元))$")
_OFF = re.compile(r"折|半价|% ?off|half price")

_SPREAD = 0.4

Line = tuple[str, str]
"""Scope letters ("" for all) and the pattern."""


def lines(block: str) -> tuple[Line, ...]:
    """The patterns of a block, one a line, each with its scope; `<name>` is one of `DETAILS`."""
    made = []
    block = _DETAIL.sub(lambda m: DETAILS[m[1]], block)
    for row in block.strip().splitlines():
        match = _SCOPED.match(row.strip())
        made.append((match[1], match[2]) if match else ("", row.strip()))
    return tuple(made)


@cache
def fitting(pool: tuple[Line, ...], scope: frozenset[str]) -> tuple[str, ...]:
    """The patterns of `pool` that fit a product with these scope letters."""
    return tuple(text for letters, text in pool if not letters or scope & set(letters))


def expand(pattern: str, rng: random.Random) -> str:
    """`pattern` with each bracket replaced by one of its alternatives."""
    return _spoken(_parsed(pattern), rng) if "[" in pattern else pattern


@cache
def weights(patterns: tuple[str, ...]) -> tuple[float, ...]:
    """How often each pattern comes: more, if less than in proportion, the more ways it has."""
    return tuple(_ways(_parsed(p)) ** _SPREAD for p in patterns)


def _ways(parts: _Parts) -> float:
    """How many texts these parts expand to; a product's name counts as many."""
    made = 1.0
    for part in parts:
        if isinstance(part, str):
            made *= 20 if "{n}" in part or "{p}" in part else 1
        else:
            made *= sum(_ways(p) for p in part)
    return made


_Parts = list  # of strings and, for each bracket, a tuple of alternatives that are such lists


@cache
def _parsed(pattern: str) -> _Parts:
    """`pattern` as a tree, so that each is taken apart only once."""
    stack: list[list[_Parts]] = [[[]]]
    for token in _MARK.split(pattern):
        if token == "[":
            stack.append([[]])
        elif token == "]":
            choices = tuple(stack.pop())
            stack[-1][-1].append(choices)
        elif token == "|" and len(stack) > 1:
            stack[-1].append([])
        elif token:
            stack[-1][-1].append(token)
    return stack[0][0]


def _spoken(parts: _Parts, rng: random.Random) -> str:
    return "".join(p if isinstance(p, str) else _spoken(rng.choice(p), rng) for p in parts)


def price_kind(price: str) -> str:
    """Tells "amount" (199元, $49), "off" (8折, 20% off) and "deal" (满200减30) apart."""
    if _AMOUNT.match(price):
        return "amount"
    return "deal" if "第二件" in price or not _OFF.search(price) else "off"


@dataclass(frozen=True)
class Kind:
    """How Chinese speaks of a kind of product.

    Attributes:
        scope: letters of the lines that fit it.
        verb: what one does with it: 穿, 戴, 吃, 喝.
        first: the first contact with it: 上脚, 咬一口.
        home: where it is kept.
        units: measure words.
    """

    scope: frozenset[str]
    verb: str
    first: str
    home: str
    units: tuple[str, ...]


# Scope letters: c clothing, s shoes, t garments, a those of adults, k for babies, h hats;
# f food, u fruit eaten raw, z sour fruit for slices and juice, v vegetables, g vegetables that
# season, d drinks, y yogurts, m creams to cook with.
_ROWS = """
shoes | cs | 穿 | 上脚 | 鞋柜 | 双
t-shirt shirt top outwear longsleeve | cta | 穿 | 上身 | 衣柜 | 件
undershirt polo blouse hoodie blazer | cta | 穿 | 上身 | 衣柜 | 件
shorts pants skirt dress | cta | 穿 | 上身 | 衣柜 | 条
body | ctk | 穿 | 上身 | 衣柜 | 件
hat | ch | 戴 | 戴上 | 衣帽架 | 顶
apple pear peach orange nectarine plum | fu | 吃 | 咬一口 | 果盘 | 颗 个 箱
kiwi mango pomegranate passion-fruit | fu | 吃 | 尝一口 | 果盘 | 颗 个 箱
papaya | fu | 吃 | 尝一口 | 果盘 | 个 个 箱
satsumas | fu | 吃 | 咬一口 | 果盘 | 颗 箱 袋
red-grapefruit melon pineapple avocado | fu | 吃 | 尝一口 | 果盘 | 个 个 箱
banana | fu | 吃 | 咬一口 | 果盘 | 根 把 串
lemon lime | fz | 用 | 切一片 | 冰箱 | 颗 个 袋
asparagus | fv | 吃 | 尝一口 | 厨房 | 把 份
cucumber carrots aubergine zucchini | fv | 吃 | 尝一口 | 厨房 | 根 份
cabbage | fv | 吃 | 尝一口 | 厨房 | 颗 棵
tomato | fv | 吃 | 尝一口 | 厨房 | 颗 盒 箱
pepper red-beet | fv | 吃 | 尝一口 | 厨房 | 颗 袋 份
potato | fv | 吃 | 尝一口 | 厨房 | 袋 箱 份
mushroom | fv | 吃 | 尝一口 | 厨房 | 盒 袋 份
garlic | fg | 用 | 切开一瓣 | 厨房 | 头 袋
ginger | fg | 用 | 切一片 | 厨房 | 块 袋
onion | fg | 用 | 切开来 | 厨房 | 颗 个 袋
leek | fg | 用 | 切开来 | 厨房 | 根 把
juice oat-milk soy-milk milk | fd | 喝 | 喝一口 | 冰箱 | 瓶 盒 杯
oatghurt soyghurt yoghurt sour-milk | fy | 喝 | 尝一口 | 冰箱 | 杯 盒 瓶
sour-cream | fm | 吃 | 舀一勺 | 冰箱 | 盒 罐
"""


def _kinds() -> dict[str, Kind]:
    made = {}
    for row in _ROWS.strip().splitlines():
        ids, scope, verb, first, home, units = (cell.strip() for cell in row.split("|"))
        kind = Kind(frozenset(scope), verb, first, home, tuple(units.split()))
        made.update(dict.fromkeys(ids.split(), kind))
    return made


KINDS: dict[str, Kind] = _kinds()

_LEGS = ("裤", "裙")


def kind_of(product: str, name: str) -> Kind:
    """The kind of `product`; a name like 西瓜 or 长裙 may want another measure word."""
    kind = KINDS[product]
    if "c" in kind.scope and "s" not in kind.scope and name.endswith(_LEGS):
        return Kind(kind.scope, kind.verb, kind.first, kind.home, ("条",))
    return kind


_NOT_ADJECTIVES = frozenset(
    [
        "弹力",
        "高弹",
        "速干",
        "快干",
        "防晒",
        "防水",
        "防风",
        "有机",
        "低糖",
        "高蛋白",
        "富含维生素",
        "维生素丰富",
        "维生素",
        "无添加",
        "零添加",
        "免熨烫",
        "多汁",
        "汁水丰富",
        "易打理",
    ]
)


def is_adjective(surface: str) -> bool:
    """Whether 很 may stand before this name of a selling point."""
    return surface not in _NOT_ADJECTIVES


def surface_of(point: str, rng: random.Random, canonical: float = 0.84) -> str:
    """A Chinese name of a selling point, most often the canonical one."""
    names = lexicon.POINTS[point].zh
    return names[0] if len(names) == 1 or rng.random() < canonical else rng.choice(names[1:])
