"""Writes marketing copy in Chinese: puts the lines of a voice together for a brief."""

from __future__ import annotations

import random
import re
import zlib
from dataclasses import dataclass, field

from v25 import lexicon
from v25.training.brief import Brief
from v25.training.chinese_points import BENEFITS
from v25.training.chinese_scenes import SCENES
from v25.training.chinese_text import (
    Kind,
    Line,
    expand,
    fitting,
    is_adjective,
    kind_of,
    price_kind,
    surface_of,
    weights,
)
from v25.training.chinese_turns import ASIDES, QUIET_ASIDES
from v25.training.chinese_voice import Voice
from v25.training.chinese_voices_calm import MINIMAL, PREMIUM
from v25.training.chinese_voices_sell import LIVESTREAM, PROMOTION
from v25.training.chinese_voices_tell import EXPERT, STORY
from v25.training.chinese_voices_warm import PLAYFUL, SOCIAL

VOICES: dict[str, Voice] = {
    "social": SOCIAL,
    "premium": PREMIUM,
    "promotion": PROMOTION,
    "minimal": MINIMAL,
    "playful": PLAYFUL,
    "expert": EXPERT,
    "story": STORY,
    "livestream": LIVESTREAM,
}
RANGES: dict[str, tuple[int, int]] = {"short": (12, 28), "medium": (35, 70), "long": (90, 140)}
"""Fewest and most characters of a copy."""

_PEOPLE = """
    妈妈 外婆 奶奶 爸爸 小林 阿杰 老周 小雨 同桌 室友
    小姨 表姐 老陈 师傅 小满 阿宁 二叔 姑姑 阿远 大刘
    """
PEOPLE: tuple[str, ...] = tuple(_PEOPLE.split())
_EMOJI = {"c": "✨ 🌿 💫 🥰 👀 🫶 💕 🌸 🛍️ 😍 🙌 💯", "f": "✨ 😋 🤤 🥰 🌿 👀 🫶 💕 🍴 😍 🙌 💯"}
EMOJI: dict[str, tuple[str, ...]] = {scope: tuple(row.split()) for scope, row in _EMOJI.items()}
_TAGS = {
    "c": "穿搭分享 今日穿搭 每日穿搭 衣橱更新 ootd 穿搭日记",
    "f": "今日份美食 好吃推荐 美食日记 吃什么 厨房日常 好味道",
    "all": "好物分享 种草 好物推荐 真实测评 宝藏好物 生活碎片 安利",
}
_MARKS = {  # what a reader knows the style by; one of them stands in each copy
    "promotion": re.compile("限时|抢|下单|特惠|囤|手慢无|优惠|库存|放价"),
    "expert": re.compile("实测|测|试|上手"),
    "livestream": re.compile("家人|宝子|宝宝们|链接|直播间"),
}
_ALL_POINTS = re.compile("|".join(name for p in lexicon.POINTS.values() for name in p.zh))
_ENDS = re.compile("[。！？～…]+")
_RUN = re.compile("[\u3400-\u9fff]{4,}")
_SLOT, _LATIN = re.compile(r"\{[DN]\}"), re.compile("[0-9A-Za-z]{2}")
_FULL_STOP = tuple("。！？～…") + tuple(e for es in EMOJI.values() for e in es)
_TRIES = 24
_RUN_ON, _MOST_CLAUSES = 0.4, 4
"""How often two sentences run on as one, and of how many clauses at most."""
_QUIET = frozenset(("premium", "minimal", "story", "expert"))


@dataclass
class _Draft:
    """What one attempt at a copy shares between its sentences."""

    brief: Brief
    voice: Voice
    kind: Kind
    unit: str
    rng: random.Random
    who: str
    style: str
    used: set[str] = field(default_factory=set)

    @property
    def shift(self) -> int:
        """A number that is the same for all copies of one order."""
        brief = self.brief
        return zlib.crc32(f"{brief.product}{brief.points}{brief.brand}{brief.price}".encode())

    def pick(self, pool: tuple[Line, ...], needed: bool = True) -> str:
        """A line of the pool that fits and was not used yet.

        Args:
            pool: where to take it from.
            needed: take a used line rather than none ("") when there is nothing else.
        """
        lines = fitting(pool, self.kind.scope)
        if pool is SCENES:
            lines = self.own(lines)
        for _ in range(8):
            line = self.rng.choices(lines, weights(lines))[0]
            if line not in self.used:
                self.used.add(line)
                return expand(line, self.rng)
        return expand(self.rng.choice(lines), self.rng) if needed else ""

    def own(self, lines: tuple[str, ...]) -> tuple[str, ...]:
        """Those of the lines shared by all styles that this copy of the order may use.

        The copies of one order stand side by side: each has a share of its own, so that no two of
        them say the same.
        """
        styles = self.brief.styles
        if len(styles) < 2 or self.style not in styles:
            return lines
        place = (styles.index(self.style) + self.shift) % len(styles)
        return lines[place :: len(styles)]


def copy(brief: Brief, style: str, rng: random.Random) -> str:
    """One piece of marketing copy in Chinese.

    Args:
        brief: what to write about; its `copy_name`, points, brand and price stand in the copy.
        style: style id of `v25.lexicon.STYLES`.
        rng: source of chance.

    Returns:
        Plain text on one line.
    """
    length = brief.length or "medium"
    least, most = RANGES[length]
    # What must be copied may be longer than a whole short copy: it does not count in full.
    most += max(0, len(brief.brand or "") - 2) + max(0, len(brief.price or "") - 4)
    best, distance = "", 10_000
    for attempt in range(_TRIES):
        text = _attempt(brief, style, rng, length, (least, most), attempt)
        if not _sound(text, brief, style):
            best = best or text  # rather a copy with a flaw than none
            continue
        off = max(least - len(text), len(text) - most, 0)
        if off < distance:
            best, distance = text, off
        if not off:
            break
    return best


def _attempt(
    brief: Brief, style: str, rng: random.Random, length: str, bounds: tuple[int, int], attempt: int
) -> str:
    kind = kind_of(brief.product, brief.copy_name)
    unit, who = rng.choice(kind.units), rng.choice(PEOPLE)
    draft = _Draft(brief, VOICES[style], kind, unit, rng, who, style)
    tail = _tail(draft, style, length)
    room = bounds[1] - len(tail)
    if length == "short":
        sentences = _short(draft, tight=attempt > 14)
    else:
        sentences = _whole(draft, style, bounds[0] - len(tail), room, tight=attempt > 6)
    text = _join(draft, sentences, style)
    if style == "playful" and rng.random() < 0.35:
        text += rng.choice(["😜", "😎", "🤣", "🙈", "😏", "🎉"])
    return _name(draft, text) + tail


def _whole(draft: _Draft, style: str, least: int, most: int, tight: bool) -> list[str]:
    """The sentences of a medium or long copy."""
    voice, rng = draft.voice, draft.rng
    opening = [draft.pick(voice.intro)]
    if rng.random() < (0.15 if tight else 0.5):
        opening.insert(0, draft.pick(voice.hook))
    extras = _extras(draft)
    body = _points(draft, tight) + extras
    rng.shuffle(body)
    if extras and style == "promotion" and draft.brief.price and rng.random() < 0.4:
        price = next(s for s in body if draft.brief.price in s)
        body.remove(price)
        opening.append(price)
    close = [draft.pick(voice.close)] if not tight or rng.random() < 0.5 else []
    # Three long copies have to fit one answer, so these are no longer than they must be.
    share = 0.84 if len(draft.brief.styles) < 3 else 0.74
    target = rng.randint(least + 2, max(least + 3, int(most * share)))
    pools = (voice.more,) if voice.own_scenes else (voice.more, voice.more, SCENES)
    for _ in range(16):
        size = sum(len(s) + 1 for s in opening + body + close) + _name_growth(draft)
        if size >= target:
            break
        more = draft.pick(rng.choice(pools), needed=False)
        if not more or size + len(more) + 1 > most:
            continue
        body.insert(rng.randint(min(1, len(body)), len(body)), more)
    return opening + body + close


def _short(draft: _Draft, tight: bool) -> list[str]:
    """One or two sentences around the product and its points."""
    frame = draft.pick(draft.voice.short).replace("{P}", _listed(draft))
    if tight and len(draft.brief.points) > 1:
        frame = draft.rng.choice(draft.own(("{N}，", "{D}，", "{N}："))) + _listed(draft)
    brief, rng, extras = draft.brief, draft.rng, []
    kept = QUIET_ASIDES if draft.style in _QUIET else ASIDES
    asides = [(brief.audience, "aud", _audience), (brief.occasion, "occ", _occasion)]
    for asked, name, said in asides:
        if asked:
            aside = rng.choice(draft.own(kept[name]))
            extras.append(aside.replace("{" + name + "}", said(draft)))
    if brief.price:
        aside = rng.choice(
            draft.own(kept["amount" if price_kind(brief.price) == "amount" else "off"])
        )
        extras.append(aside.replace("{price}", brief.price))
    rng.shuffle(extras)
    return [frame, "，".join(extras)] if extras else [frame]


def _extras(draft: _Draft) -> list[str]:
    """Sentences for audience, occasion and price."""
    brief, voice, made = draft.brief, draft.voice, []
    if brief.audience:
        made.append(draft.pick(voice.aud).replace("{aud}", _audience(draft)))
    if brief.occasion:
        made.append(draft.pick(voice.occ).replace("{occ}", _occasion(draft)))
    if brief.price:
        pool = voice.amount if price_kind(brief.price) == "amount" else voice.off
        made.append(draft.pick(pool).replace("{price}", brief.price))
    return made


def _points(draft: _Draft, tight: bool) -> list[str]:
    """Sentences that name every selling point, one by one or together."""
    points = list(draft.brief.points)
    draft.rng.shuffle(points)
    if len(points) > 1 and draft.rng.random() < (0.7 if tight else 0.16):
        return [draft.pick(draft.voice.listed).replace("{P}", _listed(draft))]
    made = [_point(draft, point) for point in points]
    if not tight and draft.rng.random() < (0.7 if len(points) < 3 else 0.4):
        at = draft.rng.randrange(len(made))
        made[at] = f"{made[at].rstrip('，。')}，{draft.pick(draft.voice.tails)}"
    return made


def _point(draft: _Draft, point: str) -> str:
    """A clause that names one selling point."""
    rng, voice = draft.rng, draft.voice
    benefits = fitting(BENEFITS[point], draft.kind.scope)
    # 富含维生素 is a predicate already: few of the voice's frames take it well.
    plain = max(voice.plain, 0.9) if point == "vitamin-rich" else voice.plain
    benefits = draft.own(benefits)
    if benefits and rng.random() < plain:
        first, canonical = lexicon.POINTS[point].zh[0], rng.random() < 0.85
        chosen = [b for b in benefits if (first in b) == canonical] or benefits
        return expand(rng.choice(chosen), rng)
    surface = surface_of(point, rng)
    pool = voice.adj if is_adjective(surface) and rng.random() < 0.3 else voice.wrap
    return draft.pick(pool).replace("{p}", surface)


def _listed(draft: _Draft) -> str:
    """The selling points side by side: 透气、防水又轻便."""
    rng = draft.rng
    names = [surface_of(p, rng, 0.9) for p in draft.brief.points]
    rng.shuffle(names)
    if len(names) == 1:
        return names[0]
    if len(names) == 2 and all(is_adjective(n) for n in names) and rng.random() < 0.5:
        return f"{names[0]}又{names[1]}"
    if rng.random() < 0.25:
        return "、".join(names[:-1]) + "和" + names[-1]
    return "、".join(names)


def _audience(draft: _Draft) -> str:
    names = lexicon.AUDIENCES[draft.brief.audience].zh
    return names[0] if draft.rng.random() < 0.7 else draft.rng.choice(names)


def _occasion(draft: _Draft) -> str:
    names = lexicon.OCCASIONS[draft.brief.occasion].zh
    return names[0] if draft.rng.random() < 0.7 else draft.rng.choice(names)


def _join(draft: _Draft, sentences: list[str], style: str) -> str:
    """The sentences with their punctuation, and emoji where the style wants them."""
    rng, made = draft.rng, []
    emoji = EMOJI["c" if "c" in draft.kind.scope else "f"]
    last, pauses, run = len(sentences) - 1, 0, 0
    for i, sentence in enumerate(sentences):
        text = sentence.rstrip("，。")
        end = rng.choice(draft.voice.ends)
        run += _clauses(text)
        if i < last and not text.endswith(_FULL_STOP) and rng.random() < _RUN_ON:
            after = _clauses(sentences[i + 1])
            if run + after <= _MOST_CLAUSES and "：" not in text + sentences[i + 1]:
                made.append(text + (draft.voice.link if run > 1 else "，"))
                continue
        run = 0
        if end == "，" and (i == last or "，" in text or "：" in text):
            end = "！" if style in ("livestream", "playful") else "。"
        if end == "……":
            end = "。" if i == last or pauses else end
            pauses += 1
        if text.endswith(_FULL_STOP):
            end = ""
        if style == "social" and (rng.random() < 0.3 or (i == last and not _has_emoji(made))):
            end = rng.choice(("", end)) + rng.choice(emoji)
        made.append(text + end)
    return "".join(made)


def _clauses(sentence: str) -> int:
    return 1 + sentence.rstrip("，。").count("，")


def _has_emoji(sentences: list[str]) -> bool:
    return any(e in s for s in sentences for es in EMOJI.values() for e in es)


def _tail(draft: _Draft, style: str, length: str) -> str:
    """The topics at the end of a social post."""
    if style != "social":
        return ""
    rng, brief = draft.rng, draft.brief
    tags = (_TAGS["c" if "c" in draft.kind.scope else "f"] + " " + _TAGS["all"]).split()
    tags += [f"{brief.copy_name}推荐", f"{brief.copy_name}分享", f"我的{brief.copy_name}"]
    if length == "short":
        return " #" + rng.choice([t for t in tags if len(t) <= 4])
    if brief.occasion:
        tags += [f"{lexicon.OCCASIONS[brief.occasion].zh[0]}好物"] * 3
    tags += [f"{lexicon.POINTS[p].zh[0]}好物" for p in brief.points]
    count = rng.choice((1, 2, 2, 3))
    return "".join(f" #{tag}" for tag in dict.fromkeys(rng.choices(tags, k=count)))


def _name(draft: _Draft, text: str) -> str:
    """Fills in the product: in full the first time, shortly afterwards."""
    brief, rng = draft.brief, draft.rng
    colour = ""
    if brief.colour:
        colour = lexicon.COLOURS[brief.colour].zh[0] + rng.choice(("", "", "的"))
    this = rng.choice(("这", "这", "这一" if rng.random() < 0.3 else "这")) + draft.unit
    brand, core = brief.brand or "", colour + brief.copy_name
    apart = " " if _LATIN.search(f"{brand[-1:]}{core[:1]}") else ""  # Norvo T恤
    owned = brand + (rng.choice((apart, "的", apart)) if brand and "的" not in colour else apart)
    forms = [f"{this}{owned}{core}"]
    if brand:
        forms += [f"{brand}{de}这{draft.unit}{core}" for de in ("", "的")] + [owned + core]
    full = {"{D}": rng.choice(forms), "{N}": owned + core}
    text = _SLOT.sub(lambda m: full[m[0]], text, count=1)
    later = {"{D}": "这" + draft.unit, "{N}": brief.copy_name}
    text = _SLOT.sub(lambda m: later[m[0]], text)
    kind = draft.kind
    slots = {"{n}": brief.copy_name, "{C}": draft.unit, "{V}": kind.verb, "{T}": kind.first}
    slots |= {"{H}": kind.home, "{who}": draft.who, "{it}": "它"}
    for slot, value in slots.items():
        text = text.replace(slot, value)
    return text


def _name_growth(draft: _Draft) -> int:
    """How many characters the product's full name adds to its slot."""
    brief = draft.brief
    return len(brief.copy_name) + len(brief.brand or "") + (2 if brief.colour else 0)


def _sound(text: str, brief: Brief, style: str) -> bool:
    """Whether the copy keeps its promises: names what it must, nothing it must not."""
    needed = [brief.copy_name, *filter(None, (brief.brand, brief.price))]
    if not all(part in text for part in needed):
        return False
    bare = text
    for part in needed:
        bare = bare.replace(part, "")
    asked = {name for p in brief.points for name in lexicon.POINTS[p].zh}
    if not set(_ALL_POINTS.findall(bare)) <= asked:
        return False
    if not all(any(n in bare for n in lexicon.POINTS[p].zh) for p in brief.points):
        return False
    mark = _MARKS.get(style)
    return (mark is None or bool(mark.search(text))) and not repeats(text, brief)


def repeats(text: str, brief: Brief) -> bool:
    """Whether a sentence, or four characters running (names and prices aside), come twice."""
    for part in (brief.brand, brief.copy_name, brief.price):
        if part:
            text = text.replace(part, " ")
    text = text.split(" #")[0]
    sentences = [s for s in _ENDS.split(text) if len(s) > 1]
    if len(set(sentences)) < len(sentences):
        return True
    seen = set()
    for run in _RUN.findall(text):
        for i in range(len(run) - 3):
            if run[i : i + 4] in seen:
                return True
            seen.add(run[i : i + 4])
    return False
