"""Words an order for copy in Chinese, as people type or say it."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence

from v25 import lexicon
from v25.training.brief import Brief
from v25.training.chinese_sayings import AUDIENCE_SAYINGS, POINT_SAYINGS, SLIPS, STYLE_NOUNS
from v25.training.chinese_text import expand, fitting, kind_of, price_kind
from v25.training.chinese_wording import WORDING

SPOKEN_RANGE = (8, 35)
_DIGITS = "零一二三四五六七八九"
_UNITS = ["条", "条", "条", "段", "个", "个", "篇", "份", "套", "版", "种", "款", "则"]
# What must reach the copy letter by letter stands behind a mark until slips have been made.
_BRAND, _PRICE, _NAME, _COLOUR = "\ue000", "\ue001", "\ue002", "\ue003"
_ALOUD = {"Polo衫": "保罗衫", "双11": "双十一"}
_GREETING = re.compile("^(你好|您好|哈喽)，")
_PUNCTUATION = re.compile(r"[，。、：！？；,.:!?+&/\s]+")


def command(brief: Brief, rng: random.Random, spoken: bool = False) -> str:
    """A command that asks for what the brief holds, and for nothing else.

    Args:
        brief: what to ask for.
        rng: source of chance.
        spoken: as said aloud: no digits, Latin letters or punctuation.

    Returns:
        The command.
    """
    if not spoken:
        text = _parts(brief, rng, spoken=False)
        if rng.random() < 0.2:
            text = _noisy(text, rng)
        return _fill(text, brief, rng)
    least, most = SPOKEN_RANGE
    shortest = ""
    for attempt in range(40):
        text = _aloud(_fill(_parts(brief, rng, spoken=True, terse=attempt > 8), brief, rng))
        if least <= len(text) <= most:
            return text
        if len(text) >= least and (not shortest or len(text) < len(shortest)):
            shortest = text
    return shortest or text


def _say(part: str, rng: random.Random, scope: str = "", **slots: str) -> str:
    """One wording of a part, of those that fit the scope, with its slots filled."""
    text = expand(rng.choice(fitting(WORDING[part], frozenset(scope))), rng)
    for slot, value in slots.items():
        text = text.replace("{" + slot + "}", value)
    return text


def _parts(brief: Brief, rng: random.Random, spoken: bool, terse: bool = False) -> str:
    """The core of the order and its wishes, in some order."""
    if _is_open(brief) and rng.random() < (0.85 if spoken else 0.7):
        return _say("generic", rng)
    inline = rng.random() < 0.55
    core = _core(brief, rng, inline, spoken, terse)
    wishes = _wishes(brief, rng, inline, spoken, terse, core)
    rng.shuffle(wishes)
    cut = 0 if rng.random() < 0.68 else rng.randint(0, len(wishes))
    parts = [*wishes[:cut], core, *wishes[cut:]]
    if not terse and rng.random() < (0.05 if spoken else 0.07):
        parts.insert(0, _say("reason", rng))
    if spoken and not terse and rng.random() < 0.3:
        parts.insert(0, rng.choice(["嗯", "那个", "嗯那个", "你好", "哎"]))
    parts[1:] = [_GREETING.sub("", part) for part in parts[1:]]  # nobody greets half way
    return _joined(parts, rng)


def _joined(parts: Sequence[str], rng: random.Random) -> str:
    mostly = rng.choices(("，", " ", "。", ","), (0.78, 0.1, 0.07, 0.05))[0]
    text = parts[0]
    for part in parts[1:]:
        text += (mostly if rng.random() < 0.9 else rng.choice("，。；")) + part
    return text + rng.choice(("", "", "", "。", "！" if rng.random() < 0.2 else ""))


def _is_open(brief: Brief) -> bool:
    """Whether the order leaves everything to the photo."""
    asked = (
        brief.name,
        brief.brand,
        brief.price,
        brief.audience,
        brief.occasion,
        brief.length,
        brief.colour,
    )
    one = len(brief.styles) == 1 and not brief.styles_asked and not brief.points_asked
    return one and brief.language == "zh" and not any(asked)


def _core(brief: Brief, rng: random.Random, inline: bool, spoken: bool, terse: bool) -> str:
    """Who writes how many of what, for which product."""
    chance = 0.06 if brief.name else 0.12 if brief.styles_asked else 0.24
    if not terse and not (brief.styles_asked and inline) and rng.random() < chance:
        return _showcase(brief, rng, inline, spoken)
    product, scope = _product(brief, rng)
    if terse:
        text = rng.choice(
            ("{x}写{k}{w}", "给{x}写{k}{w}", "{x}{k}{w}") if product else ("写{k}{w}",)
        )
    else:
        text = _say("core" if product else "bare", rng, scope)
    count, several = _count(brief, rng, spoken), len(brief.styles) > 1
    if several and brief.styles_asked and inline and rng.random() < 0.2:
        count = ""  # the styles tell how many
    leading = "{write}{k}" in text
    if count == "个" and not leading:
        count = rng.choice(("一个", "一条", "一段"))
    write = "写" if terse else _say("write", rng)
    if leading and not count and not several and write in ("来", "整", "出", "想", "编"):
        count = rng.choice(("个", "一条", "一段"))
    if count and write == "写一下":  # 写一下三条 reads badly
        write = "写"
    slots = {"write": write, "k": count, "x": product}
    slots["w"] = _what(brief, rng, inline, spoken, terse)
    for slot, value in slots.items():
        text = text.replace("{" + slot + "}", value)
    return _asked(text, rng)


def _showcase(brief: Brief, rng: random.Random, inline: bool, spoken: bool) -> str:
    """The photo itself is to become so many copies, of whatever style, or just versions."""
    many = len(brief.styles) > 1
    what = rng.choice(
        ("营销文案", "营销文案", "营销文案", "推广文案", "文案", "产品文案", "广告文案")
    )
    if brief.language == "en" and inline:
        what = "英文" + what
    elif many and rng.random() < 0.25:
        text = _say("versions" if brief.name else "versions_bare", rng)
        text = text.replace("{x}", _product(brief, rng)[0]).replace(
            "{n}", _number(brief, rng, spoken)
        )
        return _asked(text, rng)
    image = _say("image", rng)
    if brief.name:
        image = rng.choice(("这张{x}的图", "这张{x}图", "我拍的{x}")).replace("{x}", _NAME)
    text = _say("showcase" if many else "showcase_one", rng, ask="{ask}", g=image, w=what)
    text = text.replace("{n}", _number(brief, rng, spoken))
    return _asked(text, rng)


def _asked(text: str, rng: random.Random) -> str:
    """The text with the polite words in their place; only the first words may greet."""
    ask = _say("ask", rng)
    ask = ask if text.startswith("{ask}") else _GREETING.sub("", ask)
    text = text.replace("{ask}", ask).strip("，").replace("的的", "的")
    return text.replace("给我给", "帮我给").replace("给我为", "帮我为").replace("帮忙帮", "帮忙")


def _number(brief: Brief, rng: random.Random, spoken: bool) -> str:
    """How many copies, in words or (typed) in digits."""
    number = len(brief.styles)
    if not spoken and rng.random() < 0.22:
        return str(number)
    return "两" if number == 2 else _DIGITS[number]


def _what(brief: Brief, rng: random.Random, inline: bool, spoken: bool, terse: bool) -> str:
    """文案, 小红书文案, 高端和俏皮风格的英文文案."""
    if brief.styles_asked and inline and len(set(brief.styles)) == 1 and rng.random() < 0.45:
        noun = rng.choice(STYLE_NOUNS[brief.styles[0]])
        return (rng.choice(("英文", "英文", "英语")) if brief.language == "en" else "") + noun
    what = "文案" if terse else _say("what", rng)
    if brief.language == "en" and inline:
        what = rng.choice(("英文", "英语", "英文")) + what
    if brief.styles_asked and inline:
        what = _inline_style(brief, rng, spoken) + what
    return what


def _product(brief: Brief, rng: random.Random) -> tuple[str, str]:
    """What the command calls the product and its scope: a thing ("n"), an image ("i"), nothing."""
    if brief.name is None:
        if rng.random() < 0.4:
            return "", ""
        if brief.colour and rng.random() < 0.4:
            return rng.choice(("这个", "图里这个", "照片里那个", "图上")) + _COLOUR + "的", "n"
        scope = rng.choice("iinn")
        return _say("photo", rng, scope), scope
    unit = rng.choice(kind_of(brief.product, brief.name).units)
    if brief.colour and rng.random() < 0.5:
        return rng.choice(("", f"这{unit}", "我家的", "这款")) + _COLOUR + rng.choice(
            ("", "的")
        ) + _NAME, "n"
    if brief.brand and rng.random() < 0.25:
        return rng.choice((f"{_BRAND}的", f"{_BRAND}这{unit}", f"{_BRAND}家的")) + _NAME, "n"
    this = f"这{unit}"
    return rng.choice(("", "", this, this, "这款", "我家的", "我们的")) + _NAME, "n"


def _count(brief: Brief, rng: random.Random, spoken: bool) -> str:
    """三条, 三种不同风格的, 两版; nothing or 一条 for one copy."""
    number = len(brief.styles)
    unit = rng.choice(_UNITS)
    if number == 1:
        one = ("一条", "一段", "一篇", "一个", "一份", "个", "一款", "一则", "一版")
        return rng.choice(("", "", "", *one, *(() if spoken else ("1条", "1段", "1个"))))
    said = _number(brief, rng, spoken)
    if not brief.styles_asked and rng.random() < 0.45:
        of = rng.choice(("不同风格的", "不同风格的", "风格的", "不一样的", "不同的"))
        return f"{said}{rng.choice('种种个') if '风格' in of else unit}{of}"
    if number <= 3 and rng.random() < 0.06:
        return {2: "俩", 3: "仨"}[number]
    if rng.random() < 0.12:
        return f"{said}个版本的"
    return said + unit


def _style_names(brief: Brief, rng: random.Random) -> list[str]:
    """A name for each different style, in order."""
    made = []
    for style in dict.fromkeys(brief.styles):
        names = lexicon.STYLES[style].zh
        made.append(names[0] if rng.random() < 0.35 else rng.choice(names))
    return made


def _inline_style(brief: Brief, rng: random.Random, spoken: bool) -> str:
    """The styles as they stand before 文案: 小红书, 高端和俏皮风格的."""
    names = _style_names(brief, rng)
    if len(names) == 1:
        return names[0] + rng.choice(("", "", "风格的", "风格", "风的", "的"))
    return _series(names, rng, spoken) + rng.choice(("风格的", "风格", "的", ""))


def _series(
    names: Sequence[str], rng: random.Random, spoken: bool = False, marks: str = "、"
) -> str:
    """A、B和C in one of the usual ways."""
    if len(names) == 1:
        return names[0]
    links = ("和", "还有", "跟") if spoken else ("和", "、", "还有", marks, "跟", "、")
    between = "、" if spoken else rng.choice(("、", marks))
    return between.join(names[:-1]) + rng.choice(links) + names[-1]


def _wishes(
    brief: Brief, rng: random.Random, inline: bool, spoken: bool, terse: bool, core: str
) -> list[str]:
    """Everything asked besides the core, each as a clause."""
    made = []
    if brief.styles_asked and not inline:
        made.append(_style_wish(brief, rng, spoken, terse))
    if brief.points_asked:
        series = _series(
            [_point(p, rng, terse) for p in brief.points], rng, spoken, rng.choice("，， 、")
        )
        made.append("突出" + series if terse else _say("points", rng, p=series))
    if brief.audience:
        names = lexicon.AUDIENCES[brief.audience].zh
        extra = AUDIENCE_SAYINGS[brief.audience]
        name = rng.choice(extra) if rng.random() < 0.2 else rng.choice((names[0], *names))
        made.append("适合" + name if terse else _say("audience", rng, a=name))
    if brief.occasion:
        names = lexicon.OCCASIONS[brief.occasion].zh
        name = rng.choice((names[0], *names))
        made.append(name + "用" if terse else _say("occasion", rng, o=name))
    if brief.brand and _BRAND not in core:
        made.append(_say("brand", rng, b=_BRAND))
    if brief.price:
        part = "amount" if price_kind(brief.price) == "amount" else "off"
        made.append(_say(part, rng, m=_PRICE))
    coloured = _COLOUR in core
    return made + _manner(brief, rng, inline, spoken, terse, coloured)


def _manner(
    brief: Brief, rng: random.Random, inline: bool, spoken: bool, terse: bool, coloured: bool
) -> list[str]:
    """How long, in which language, which colour."""
    made = []
    if brief.length == "medium":
        made.append("中等长度" if terse else _say("medium", rng))
    elif brief.length in ("short", "long"):
        digits = rng.choice(("二十", "三十", "二十五") if spoken else ("30", "20", "三十", "25"))
        more = rng.choice(("一百", "一百二十") if spoken else ("100", "120", "一百"))
        plain = {"short": ("短一点", "别太长"), "long": ("长一点", "详细点")}[brief.length]
        said = _say(brief.length, rng, digits=digits, long_digits=more)
        made.append(rng.choice(plain) if terse or rng.random() < 0.2 else said)
    if brief.language == "en" and not inline:
        made.append("用英文" if terse else _say("english", rng))
    elif brief.language == "zh" and rng.random() < 0.04 and not terse:
        made.append(_say("chinese", rng))
    if brief.colour and not coloured:
        scope = "".join(kind_of(brief.product, brief.name or "").scope)
        made.append(_say("colour", rng, scope, c=rng.choice(lexicon.COLOURS[brief.colour].zh)))
    return made


def _style_wish(brief: Brief, rng: random.Random, spoken: bool, terse: bool) -> str:
    """The styles as a clause of their own: 高端、俏皮各一条."""
    names = _style_names(brief, rng)
    if len(names) == 1:
        said = "都要" if len(brief.styles) > 1 else ""
        return said + names[0] + "风格" if terse or said else _say("styles", rng, s=names[0])
    unit = rng.choice(_UNITS[:8])
    if terse:
        return _series(names, rng, spoken)
    if rng.random() < 0.25:
        return rng.choice(("，", "")).join(f"一{unit}{name}" for name in names)
    return _say("styles_many", rng, s=_series(names, rng, spoken), u=unit)


def _point(point: str, rng: random.Random, terse: bool) -> str:
    """A selling point as a person names it."""
    if not terse and rng.random() < 0.13:
        return rng.choice(POINT_SAYINGS[point])
    names = lexicon.POINTS[point].zh
    return min(names, key=len) if terse else rng.choice((names[0], names[0], *names))


def _noisy(text: str, rng: random.Random) -> str:
    """The order as a hasty person types it: slips, missing marks, remarks beside the point."""
    kind = rng.random()
    if kind < 0.3:
        return re.sub(f"(?<!{_BRAND})[，。、；](?![{_BRAND}{_PRICE}{_COLOUR}])", "", text).replace(
            "，", " "
        )
    if kind < 0.5:
        return re.sub("[，。；]", " ", text).strip()
    if kind < 0.75:
        found = [word for word in SLIPS if word in text]
        if found:
            word = rng.choice(found)
            return text.replace(word, rng.choice(SLIPS[word]), 1)
    remark = _say("remark", rng)
    mark = rng.choice(("，", " ", "。"))
    return rng.choice((remark + mark + text, text.rstrip("。！") + mark + remark))


def _fill(text: str, brief: Brief, rng: random.Random) -> str:
    """Puts brand, price, name and colour where their marks stand."""
    colour = rng.choice(lexicon.COLOURS[brief.colour].zh) if brief.colour else ""
    text = text.replace(_COLOUR, colour)
    for mark, value in ((_BRAND, brief.brand), (_PRICE, brief.price), (_NAME, brief.name)):
        text = text.replace(mark, value or "")
    return text


def _aloud(text: str) -> str:
    """What remains when it is said: no marks, nothing that is spelt and not spoken."""
    for written, said in _ALOUD.items():
        text = text.replace(written, said)
    return _PUNCTUATION.sub("", text)
