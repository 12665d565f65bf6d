"""The Chinese grammar says what a brief asks for, and nothing else."""

import random
import re

import pytest

from v25 import lexicon
from v25.training import (
    chinese,
    chinese_copy,
    chinese_points,
    chinese_sayings,
    chinese_scenes,
    chinese_text,
    corpus,
    names,
)
from v25.training.brief import Brief

COUNT = 300
SOCIAL_TAIL = re.compile(r"( #[^#\s]+){1,3}$")
LENGTH = {
    "short": re.compile("短|简段|少一?[点典电]|太长|一句|字|精炼|精简|浓缩|压缩|啰嗦|利落|两句"),
    "medium": re.compile("中等|适中|不长不短|太长也别太短|十来?字|(一般|正常|普通)长度|[三四]句"),
    "long": re.compile("长|细|具体|太短|多写|多说|展开|讲讲|丰富|字|好好写"),
}
EMOJI = re.compile("[\U0001f300-\U0001faff☀-➿]")


def maybe(rng, chance, choices):
    return rng.choice(tuple(choices)) if rng.random() < chance else None


def draw(rng, spoken=False, product=None):
    product = product or rng.choice(tuple(lexicon.PRODUCTS))
    known = lexicon.PRODUCTS[product]
    clothing = known.group == "clothing"
    pool = lexicon.CLOTHING_POINTS if clothing else lexicon.GROCERY_POINTS
    if rng.random() < 0.2:
        pool = tuple(lexicon.POINTS)
    name = maybe(rng, 0.5, known.zh)
    return Brief(
        product=product,
        name=name,
        copy_name=name or known.zh[0],
        styles=tuple(rng.sample(tuple(lexicon.STYLES), rng.randint(1, 3))),
        styles_asked=rng.random() < 0.6,
        points=tuple(rng.sample(pool, rng.randint(1, 3))),
        points_asked=rng.random() < 0.6,
        brand=None if spoken else maybe(rng, 0.35, [names.brand(rng)]),
        price=None if spoken else maybe(rng, 0.35, [names.price(rng)]),
        audience=maybe(rng, 0.15, lexicon.AUDIENCES),
        occasion=maybe(rng, 0.15, lexicon.OCCASIONS),
        length=maybe(rng, 0.35, ("short", "medium", "long")),
        colour=maybe(rng, 0.1, lexicon.COLOURS),
        language="zh" if rng.random() < 0.9 else "en",
    )


@pytest.fixture(scope="module")
def briefs():
    rng = random.Random(5)
    products = tuple(lexicon.PRODUCTS)
    return [draw(rng, product=products[i % len(products)]) for i in range(COUNT)]


@pytest.fixture(scope="module")
def written(briefs):
    rng = random.Random(6)
    return [(b, s, chinese.copy(b, s, rng)) for b in briefs for s in lexicon.STYLES]


def bare(text, brief):
    """The copy without what was copied into it: a brand may hold any character."""
    for part in filter(None, (brief.brand, brief.copy_name, brief.price)):
        text = text.replace(part, "物")
    return text


def named(text, term, extra=()):
    return any(name in text for name in (*term.zh, *extra))


def test_copy_names_the_points_asked_and_no_other(written):
    for brief, style, text in written:
        said = {
            p for p, term in lexicon.POINTS.items() if lexicon.mentions(bare(text, brief), term)
        }
        assert said == set(brief.points), (style, text)


def test_copy_repeats_name_brand_and_price_exactly(written):
    for brief, _, text in written:
        assert all(p in text for p in (brief.copy_name, brief.brand, brief.price) if p), text


def test_copy_speaks_to_the_audience_and_of_the_occasion_and_colour(written):
    for brief, _, text in written:
        for id_, terms in (
            (brief.audience, lexicon.AUDIENCES),
            (brief.occasion, lexicon.OCCASIONS),
            (brief.colour, lexicon.COLOURS),
        ):
            assert id_ is None or named(text, terms[id_]), text


def test_copy_invents_no_price(written):
    for brief, style, text in written:
        if brief.price is None:
            assert not re.search(r"[¥$£€]|\d\s*[元块折]", bare(text, brief)), (style, text)


def test_copy_keeps_the_length_asked_for(written):
    misses = 0
    for brief, _, text in written:
        least, most = chinese_copy.RANGES[brief.length or "medium"]
        most += len(brief.brand or "") + len(brief.price or "")
        asked = len(brief.points) + sum(map(bool, (brief.audience, brief.occasion, brief.colour)))
        # A short copy that has to hold five wishes may be longer than one that holds one.
        slack = max(0, asked - 2) * (6 if brief.length == "short" else 8)
        assert least - 1 <= len(text) <= most + slack + 8, text
        misses += not least <= len(text) <= most
    assert misses <= 0.1 * len(written)


def test_styles_are_told_by_their_marks(written):
    marks = {
        "promotion": "限时|抢|下单|特惠|囤|手慢无|优惠|库存|放价",
        "expert": "实测|测|试|上手",
        "livestream": "家人|宝子|宝宝们|链接|直播间",
    }
    for brief, style, text in written:
        if style == "social":
            assert SOCIAL_TAIL.search(text), text
            assert EMOJI.search(text), text
        elif style != "playful":
            assert not EMOJI.search(text), text
            assert "#" not in text, text
        if style in ("premium", "minimal", "expert", "story"):
            assert "！" not in bare(text, brief), text
        if style in marks:
            assert re.search(marks[style], bare(text, brief)), text


def test_minimal_clauses_are_short(written):
    sizes = [
        len(clause)
        for brief, style, text in written
        if style == "minimal" and not brief.brand
        for clause in re.split("[，。]", text)
        if clause
    ]
    assert sum(sizes) / len(sizes) < 6.5


def test_copy_is_clean_text(written):
    for brief, _, text in written:
        assert text == text.strip()
        assert not re.search(r"[\[\]{}<>|\n]", bare(text, brief)), text
        assert not re.search(
            "，[。，！]|。[，。]|的的|、[，。]|！！|：[，。]|^[，。]", bare(text, brief)
        ), text


def test_copy_repeats_no_sentence(written):
    for _, _, text in written:
        sentences = [s for s in re.split("[。！？～]", text) if len(s) > 3]
        assert len(sentences) == len(set(sentences)), text


def test_ten_copies_of_a_brief_differ(briefs):
    rng = random.Random(8)
    sentences, openings = [], []
    for brief in [b for b in briefs if b.length != "short"][:40]:
        for style in lexicon.STYLES:
            ten = [chinese.copy(brief, style, rng) for _ in range(10)]
            parts = [s for t in ten for s in re.split("[。！？～]", t.split(" #")[0]) if len(s) > 1]
            sentences.append(len(set(parts)) / len(parts))
            openings.append(len({re.split("[。！？～]", t)[0] for t in ten}) / 10)
    assert sum(sentences) / len(sentences) >= 0.8
    assert sum(openings) / len(openings) >= 0.7


def test_no_line_names_a_selling_point_by_accident():
    voices = chinese_copy.VOICES.values()
    pools = [pool for voice in voices for pool in vars(voice).values() if isinstance(pool, tuple)]
    text = "\n".join(row[1] for pool in pools for row in pool if len(row) == 2)
    text += "\n".join(row[1] for row in chinese_scenes.SCENES)
    for term in lexicon.POINTS.values():
        assert not lexicon.mentions(text, term), term.id


def test_each_benefit_names_its_own_point_only():
    rng = random.Random(3)
    for point, rows in chinese_points.BENEFITS.items():
        for _, row in rows:
            texts = {chinese_text.expand(row, rng) for _ in range(12)}
            for text in texts:
                said = [p for p, term in lexicon.POINTS.items() if lexicon.mentions(text, term)]
                assert said == [point], text


@pytest.mark.parametrize(
    ("price", "kind"),
    [
        ("199元", "amount"),
        ("¥59.9", "amount"),
        ("88块", "amount"),
        ("$49.99", "amount"),
        ("8.5折", "off"),
        ("20% off", "off"),
        ("半价", "off"),
        ("第二件半价", "deal"),
        ("满200减30", "deal"),
        ("立减10元", "deal"),
        ("买一送一", "deal"),
    ],
)
def test_prices_and_discounts_are_told_apart(price, kind):
    assert chinese_text.price_kind(price) == kind


def test_typed_commands_hold_what_is_asked(briefs):
    rng = random.Random(9)
    for brief in briefs:
        for _ in range(3):
            text = chinese.command(brief, rng)
            assert all(p in text for p in (brief.name, brief.brand, brief.price) if p), text
            check_wishes(brief, text)
            assert not re.search(r"[\[\]{}|\n\ue000-\ue00f]", text), text
            assert not re.search("，[。，]|的的|^[，。 ]", text.replace(brief.brand or "\n", "")), (
                text
            )


def check_wishes(brief, text):
    if brief.points_asked:
        for point in brief.points:
            extra = chinese_sayings.POINT_SAYINGS[point]
            assert named(text, lexicon.POINTS[point], extra), text
    if brief.styles_asked:
        places = []
        for style in brief.styles:
            found = [text.find(n) for n in lexicon.STYLES[style].zh if n in text]
            assert found, (style, text)
            places.append(max(found))
        assert places == sorted(places) or len(brief.styles) > 1, text
    if len(brief.styles) > 1 and not brief.styles_asked:
        numbers = {2: "[两2俩]", 3: "[三3仨]"}[len(brief.styles)]
        assert re.search(numbers, text), text
    for id_, terms, extra in (
        (brief.audience, lexicon.AUDIENCES, chinese_sayings.AUDIENCE_SAYINGS),
        (brief.occasion, lexicon.OCCASIONS, {}),
        (brief.colour, lexicon.COLOURS, {}),
    ):
        assert id_ is None or named(text, terms[id_], extra.get(id_, ())), text
    if brief.length:
        assert LENGTH[brief.length].search(text), (brief.length, text)
    if brief.language == "en":
        assert re.search("英文|英语", text), text


def without_what_is_asked(brief, text):
    """The command less what it must hold; in 健身人群 there is no occasion."""
    terms = [lexicon.STYLES[s] for s in brief.styles if brief.styles_asked]
    terms += [lexicon.AUDIENCES[brief.audience]] if brief.audience else []
    terms += [lexicon.OCCASIONS[brief.occasion]] if brief.occasion else []
    parts = filter(None, (brief.brand, brief.price, brief.name))
    said = chinese_sayings.AUDIENCE_SAYINGS.get(brief.audience, ())
    for part in (*parts, *said, *(name for term in terms for name in term.zh)):
        text = text.replace(part, " ")
    return text


def check_nothing_else(brief, text):
    """What the brief does not hold is not in the command either."""
    text = without_what_is_asked(brief, text)
    for asked, terms in (
        (brief.styles if brief.styles_asked else (), lexicon.STYLES),
        (brief.points if brief.points_asked else (), lexicon.POINTS),
        ((brief.audience,), lexicon.AUDIENCES),
        ((brief.occasion,), lexicon.OCCASIONS),
        ((brief.colour,), lexicon.COLOURS),
    ):
        if not any(asked):
            assert not stated(text, terms), (stated(text, terms), text)
    if not brief.brand:
        assert not re.search("品牌[叫是名：]|牌子|商标|厂牌", text), text
    if not brief.price:
        assert not re.search(r"[¥$£€]|\d\s*[元块折]|价格|优惠|售价", text), text
    if not brief.length:
        assert not re.search("太长|太短|简短|详细|[十百]字|短一点|长一点|一句话", text), text


@pytest.mark.parametrize("spoken", [False, True])
def test_the_corpus_states_each_fact_in_the_command_and_invents_none(spoken):
    rng = random.Random(12)
    seen = 0
    while seen < 4000:
        brief = corpus.draw_brief(rng, spoken=spoken)
        if brief.command_language == "zh":
            seen += 1
            text = chinese.command(brief, rng, spoken)
            said = text.replace("保罗衫", "Polo衫").replace("双十一", "双11")
            assert all(p in text or p in said for p in (brief.name, brief.brand, brief.price) if p)
            check_wishes(brief, text)
            check_nothing_else(brief, text)


def test_the_order_for_three_styles_of_a_photo_is_common():
    rng = random.Random(13)
    plain = Brief("shoes", None, "鞋子", tuple(lexicon.STYLES)[:3], False, ("warm",), False)
    for spoken in (False, True):
        texts = [chinese.command(plain, rng, spoken) for _ in range(1000)]
        close = [t for t in texts if re.search("[三3].{0,4}(不同|风格|不一样)", t)]
        assert len(close) > 300
        assert len(set(texts)) > 800
        assert any("把这张产品图生成三种不同风格的营销文案" in t for t in texts)


def test_copies_of_a_row_repeat_nothing():
    rng = random.Random(14)
    rows = 0
    while rows < 3000:
        brief = corpus.draw_brief(rng)
        if brief.language == "zh":
            rows += 1
            copies = [text for _, text in corpus.copies(brief, rng)]
            check_row(brief, copies)


def stated(text, terms):
    """Names of `terms` that stand in the text."""
    return [name for term in terms.values() for name in term.zh if name in text]


def check_row(brief, copies):
    parts = [s for t in copies for s in re.split("[。！？～…]+", t.split(" #")[0]) if len(s) > 4]
    assert len(parts) == len(set(parts)), copies
    for style, text in zip(brief.styles, copies, strict=True):
        assert not chinese_copy.repeats(text, brief), (style, text)
        points = {p for p in brief.points if lexicon.mentions(text, lexicon.POINTS[p])}
        assert points == set(brief.points), text
        assert all(p in text for p in (brief.brand, brief.price, brief.copy_name) if p), text
        for id_, terms in (
            (brief.audience, lexicon.AUDIENCES),
            (brief.occasion, lexicon.OCCASIONS),
            (brief.colour, lexicon.COLOURS),
        ):
            assert id_ is None or named(text, terms[id_]), text
            said = stated(bare(text, brief), terms)
            if not any((brief.audience, brief.occasion, brief.colour)):
                assert not said, (said, text)


def test_no_line_speaks_of_people_occasions_or_colours_of_its_own():
    voices = chinese_copy.VOICES.values()
    pools = [pool for voice in voices for pool in vars(voice).values() if isinstance(pool, tuple)]
    pools += [chinese_scenes.SCENES, *chinese_points.BENEFITS.values()]
    text = "\n".join(row[1] for pool in pools for row in pool if len(row) == 2)
    for terms in (lexicon.AUDIENCES, lexicon.OCCASIONS, lexicon.COLOURS):
        assert not stated(text, terms)


def test_spoken_commands_are_plain_speech():
    rng = random.Random(10)
    for _ in range(COUNT):
        brief = draw(rng, spoken=True)
        text = chinese.command(brief, rng, spoken=True)
        assert re.fullmatch("[㐀-鿿]+", text.replace("T恤", "恤")), text
        assert 4 <= len(text) <= 44, text
        check_wishes(brief, text)


def test_commands_vary():
    rng = random.Random(11)
    brief = Brief("shoes", "运动鞋", "运动鞋", ("social",), True, ("breathable",), True)
    assert len({chinese.command(brief, rng) for _ in range(200)}) > 190
    plain = Brief("shoes", None, "鞋子", ("social",), False, ("breathable",), False)
    assert len({chinese.command(plain, rng) for _ in range(200)}) > 120


def test_same_seed_same_words():
    brief = Brief("shoes", None, "鞋子", ("social",), False, ("breathable",), False)
    first, second = ((random.Random(4), random.Random(4)) for _ in range(2))
    assert chinese.copy(brief, "story", first[0]) == chinese.copy(brief, "story", first[1])
    assert chinese.command(brief, second[0]) == chinese.command(brief, second[1])


def test_two_sentences_that_run_on_stay_readable(written):
    for brief, _, text in written:
        for sentence in re.split("[。！？～…#\U0001f300-\U0001faff☀-➿]+", bare(text, brief)):
            assert len(re.findall("[，；]", sentence)) <= 6, text
