"""The English grammar keeps its promises: everything asked is said, and nothing else is claimed."""

import random
import re

import pytest

from v25.lexicon import (
    AUDIENCES,
    CLOTHING_POINTS,
    COLOURS,
    GROCERY_POINTS,
    OCCASIONS,
    POINTS,
    PRODUCTS,
    STYLES,
    mentions,
)
from v25.training import corpus, english_words
from v25.training import english_facts as facts
from v25.training import english_points as points
from v25.training import english_scenes as scenes
from v25.training.brief import Brief
from v25.training.english import command, copy
from v25.training.english_benefits import BENEFITS
from v25.training.english_copy import LENGTHS
from v25.training.english_copy import STYLES as VOICES
from v25.training.english_grammar import number, weight

PRICES = ("199元", "¥59.9", "$49.99", "8折", "20% off", "buy one get one free", "half price", "€12")
BRANDS = ("Nordvik", "云野", "Oak & Pine", "un1q", "Fresh Farm", "Élan")
FACTS = ((AUDIENCES, "audience"), (OCCASIONS, "occasion"), (COLOURS, "colour"))
EMOJI = re.compile("[\U0001f300-\U0001faff✨]")
MARKS = {
    "social": r"#\w+$",
    "promotion": r"!|deal|sale|offer|save",
    "expert": r"(?i)test|verdict|review",
    "livestream": r"(?i)everyone|everybody|chat|link|heart|okay|comments|watching|stage|lovelies",
}


def brief(rng: random.Random, product: str | None = None, spoken: bool = False) -> Brief:
    """A random order, from bare to full."""

    def maybe(values, chance):
        return rng.choice(list(values)) if rng.random() < chance else None

    item = PRODUCTS[product or rng.choice(list(PRODUCTS))]
    pool = CLOTHING_POINTS if item.group == "clothing" else GROCERY_POINTS
    pool = tuple(POINTS) if rng.random() < 0.15 else pool
    return Brief(
        product=item.id,
        name=maybe(item.en, 0.5),
        copy_name=rng.choice(item.en),
        styles=tuple(rng.sample(list(STYLES), rng.choice((1, 1, 2, 3)))),
        styles_asked=rng.random() < 0.6,
        points=tuple(rng.sample(pool, rng.choice((0, 1, 2, 3)))),
        points_asked=rng.random() < 0.7,
        brand=None if spoken else maybe(BRANDS, 0.5),
        price=None if spoken else maybe(PRICES, 0.5),
        audience=maybe(AUDIENCES, 0.3),
        occasion=maybe(OCCASIONS, 0.25),
        length=maybe(LENGTHS, 0.7),
        colour=maybe(COLOURS, 0.2),
        language="en" if rng.random() < 0.6 else "zh",
        command_language="en",
    )


def samples(spoken: bool = False) -> list[tuple[Brief, random.Random]]:
    rng = random.Random(25)
    products = [*PRODUCTS] * 20
    return [(brief(rng, p, spoken), random.Random(i)) for i, p in enumerate(products)]


@pytest.fixture(scope="module")
def copies() -> list[tuple[Brief, str, str]]:
    made = []
    for i, (order, rng) in enumerate(samples()):
        style = list(STYLES)[i % len(STYLES)]
        made.append((order, style, copy(order, style, rng)))
    return made


def bare(order: Brief, text: str) -> str:
    """The copy without the names that may say anything."""
    for fact in sorted(filter(None, (order.copy_name, order.brand, order.price)), key=len)[::-1]:
        text = re.sub(re.escape(fact), "X", text, flags=re.IGNORECASE)
    return text


def test_copy_names_the_product_the_brand_and_the_price_as_given(copies):
    for order, _, text in copies:
        for fact in (order.copy_name, order.brand, order.price):
            assert fact is None or fact in text, (order, text)


def test_copy_names_its_selling_points_and_no_other(copies):
    for order, _, text in copies:
        for point in order.points:
            assert mentions(text, POINTS[point]), (order, text)
        others = [p for p in POINTS if p not in order.points]
        assert not [p for p in others if mentions(bare(order, text), POINTS[p])], (order, text)


def test_copy_names_audience_occasion_and_colour(copies):
    for order, _, text in copies:
        for table, key in (
            (AUDIENCES, order.audience),
            (OCCASIONS, order.occasion),
            (COLOURS, order.colour),
        ):
            if key and not any(n in order.copy_name.lower() for n in table[key].en):
                assert mentions(text, table[key]), (order, text)


def test_copy_has_the_length_asked(copies):
    misses = 0
    for order, _, text in copies:
        low, high = LENGTHS[order.length or "medium"]
        words = [w for w in text.split() if any(c.isalnum() for c in w)]
        misses += not low <= len(words) <= high
    assert misses <= len(copies) // 100


def test_each_style_bears_its_marks(copies):
    for _, style, text in copies:
        if style in MARKS:
            assert re.search(MARKS[style], text), (style, text)
        if style == "social":
            assert EMOJI.search(text), text
            assert 1 <= text.count("#") <= 3
        elif style == "premium":
            assert "!" not in text
        if style in ("premium", "minimal", "expert", "story"):
            assert not EMOJI.search(text), text


def test_no_draft_needs_the_last_resort(copies):
    plain = [t for o, _, t in copies if o.length == "long" and len(t.split()) < 40]
    assert not plain


def test_grammar_of_articles_numbers_and_spaces(copies):
    articles = r"\b(?:a (?!one)[aeio]\w|an (?!ho(?:ur|nest))[bcdfghjklmnpqrstvwxyz]\w)"
    wrong = re.compile(articles + r"|  |\.\.|[,;:][.!?,]|[{}\[\]|_<>]")
    for order, _, text in copies:
        assert not wrong.search(bare(order, text)), text
        assert "\n" not in text
        assert text == text.strip()
        name, kind = re.escape(order.copy_name), number(order.copy_name)
        words = {"plural": "this|a|an", "one": "these", "mass": "these|a|an"}[kind]
        assert not re.search(rf"\b(?:{words}) {name}\b", text, re.IGNORECASE), text


def test_no_sentence_stands_twice_in_a_copy(copies):
    for _, _, text in copies:
        parts = [s.strip().lower() for s in re.split(r"[.!?] ", text) if len(s.split()) > 1]
        assert len(parts) == len(set(parts)), text


@pytest.mark.parametrize("style", STYLES)
def test_ten_copies_read_like_ten_copies(style):
    order = Brief("hoodie", None, "hoodie", (style,), True, ("warm", "soft"), True, brand="Nordvik")
    for length in (None, "long"):
        same = Brief(**{**order.__dict__, "length": length})
        made = [copy(same, style, random.Random(i)) for i in range(10)]
        sentences = [s for t in made for s in re.split(r"(?<=[.!?])\s", t)]
        openings = {" ".join(t.split()[:4]) for t in made}
        assert len(set(made)) == 10
        share = 0.6 if style == "minimal" else 0.72  # its two-word fragments come back
        assert len(set(sentences)) >= share * len(sentences)
        assert len(openings) >= 7


def test_no_pattern_names_a_selling_point_by_accident():
    for voice, banks in VOICES.items():
        for lines in banks.values():
            for line in lines:
                assert not [p for p in POINTS if mentions(line.text, POINTS[p])], (voice, line.text)
    for point, lines in BENEFITS.items():
        for line in (*lines, *points.ANYTHING):
            named = [p for p in POINTS if p != point and mentions(line.text, POINTS[p])]
            assert not named, (point, line.text)


def test_every_way_to_say_an_occasion_holds_its_name():
    assert set(facts.OCCASION_AT) == set(facts.OCCASION_FOR) == set(OCCASIONS)
    for table in (facts.OCCASION_AT, facts.OCCASION_FOR):
        for occasion, phrases in table.items():
            assert all(mentions(p, OCCASIONS[occasion]) for p in phrases), occasion


@pytest.mark.parametrize(
    ("price", "kind"),
    [
        ("199元", "price"),
        ("$49.99", "price"),
        ("20 euros", "price"),
        ("8折", "off"),
        ("20% off", "off"),
        ("half price", "off"),
        ("buy one get one free", "deal"),
        ("买一送一", "deal"),
        ("满200减50", "deal"),
    ],
)
def test_prices_and_discounts_are_told_apart(price, kind):
    assert facts.price_kind(price) == kind


def test_typed_command_asks_for_everything_in_the_brief():
    for order, rng in samples():
        text = command(order, rng)
        for fact in (order.name, order.brand, order.price):
            assert fact is None or fact in text, (order, text)
        assert order.language == "en" or "Chinese" in text, (order, text)
        asked(order, text)
        assert not re.search(r"[{}\[\]|\ue000-\ue011]|  |_", text), text


def test_spoken_command_is_short_and_only_words():
    for order, rng in samples(spoken=True):
        text = command(order, rng, spoken=True)
        assert re.fullmatch(r"[a-z']+( [a-z']+)*", text), text
        assert 2 <= len(text.split()) <= 22, text
        if order.name:
            assert re.sub(r"[^a-z']+", " ", order.name.lower()) in text
        asked(order, text)


def plain(text: str) -> str:
    """Only letters, digits and single spaces, in lower case."""
    return re.sub(r"[^a-z0-9']+", " ", text.lower())


def asked(order: Brief, text: str) -> None:
    """Styles, points, audience, occasion, colour, length and number: all stand in the command."""
    said = f" {plain(text)} "
    wanted = [STYLES[s] for s in order.styles] if order.styles_asked else []
    wanted += [POINTS[p] for p in order.points] if order.points_asked else []
    for table, key in FACTS:
        wanted += [table[getattr(order, key)]] if getattr(order, key) else []
    for term in wanted:
        names = [plain(n).strip() for n in term.en]
        names += [n.replace("s' ", "s ").replace("11", "eleven") for n in names]
        assert any(f" {n} " in said for n in names), (order, term, text)
    if order.length:
        ways = [*english_words.LENGTHS[order.length], *english_words.LENGTHS_EACH[order.length]]
        ways += english_words.LENGTH_WORDS[order.length] + english_words.SIZED[order.length]
        assert any(f" {plain(w).strip()} " in said for w in ways), (order, text)
    if len(order.styles) > 1 and not order.styles_asked:
        counts = {2: "two|2x?|couple|pair|twice", 3: "three|3x?"}[len(order.styles)]
        assert re.search(rf"\b(?:{counts})\b|x[23]\b", text), (order, text)


def unasked(order: Brief, text: str) -> None:
    """What the brief leaves open is not named; one copy is not made to sound like several."""
    bare = text
    for fact in sorted(filter(None, (order.name, order.brand, order.price)), key=len)[::-1]:
        bare = bare.replace(fact, "").replace(plain(fact).strip(), "")
    bare = without_given(order, bare)
    tables = [table for table, _ in FACTS]
    if not order.styles_asked:
        tables.append(STYLES)
    if not order.points_asked:
        tables.append(POINTS)
    for table in tables:
        for term in table.values():
            assert not mentions(bare, term), (order, term, text)
    if len(order.styles) == 1:
        several = (
            r"\b(?:versions|takes|copies|texts|captions|ads|variants|options|styles|couple|posts"
            r"|pair of|set of|blurbs|descriptions|lines|slogans|drafts|ideas|different)\b"
        )
        assert not re.search(several, bare), (order, text)


@pytest.mark.parametrize("spoken", [False, True])
def test_command_states_the_brief_and_nothing_else(spoken):
    rng = random.Random(31)
    seen = 0
    while seen < 3000:
        order = corpus.draw_brief(rng, spoken=spoken)
        if order.command_language != "en":
            continue
        seen += 1
        text = command(order, rng, spoken)
        for fact in (order.brand, order.price, None if spoken else order.name):
            assert fact is None or fact in text, (order, text)
        languages = re.sub("chinese new year", "", text.lower())
        assert ("chinese" in languages) == (order.language == "zh"), (order, text)
        asked(order, text)
        unasked(order, text)


def test_copies_state_nothing_that_the_brief_leaves_open():
    rng = random.Random(32)
    made = 0
    while made < 3000:
        order = corpus.draw_brief(rng)
        if order.language != "en":
            continue
        for style, text in corpus.copies(order, rng):
            made += 1
            for fact in (order.copy_name, order.brand, order.price):
                assert fact is None or fact in text, (order, style, text)
            rest = re.sub(r"#\w+", "", bare(order, text))
            for point in POINTS.values():
                given = point.id in order.points
                assert given == mentions(rest, point) or mentions(order.copy_name, point), text
            for table, key in FACTS:
                for term in table.values():
                    assert not mentions(without_given(order, rest), term), (order, term, text)
                value = getattr(order, key)
                stated = value is None or mentions(text, table[value])
                own = stated or any(n in order.copy_name for n in table[value].en)
                assert own, (order, text)


def without_given(order: Brief, text: str) -> str:
    """The text without what the brief says of audience, occasion, colour and points."""
    rows = [table[getattr(order, key)] for table, key in FACTS if getattr(order, key)]
    rows += [POINTS[p] for p in order.points]
    for name in sorted((n for row in rows for n in row.en), key=len)[::-1]:
        text = re.sub(rf"\b{name}\b", "", text, flags=re.IGNORECASE)
    return text


def test_no_pattern_names_a_colour_an_audience_or_an_occasion():
    lines = [n.text for voice in VOICES.values() for rows in voice.values() for n in rows]
    lines += [n.text for rows in (*scenes.SCENES.values(), *BENEFITS.values()) for n in rows]
    lines += [n.text for n in (*points.ANYTHING, *points.FRAMES, *points.NOUN_FRAMES)]
    lines += [*scenes.WHEN, *scenes.PERSON, *scenes.PASSERS_BY]
    lines += [w for rows in (*scenes.WHERE.values(), *scenes.CALM.values()) for w in rows]
    for line in lines:
        for term in (t for table, _ in FACTS for t in table.values()):
            assert not mentions(re.sub(r"[|\[\]]", " ", line), term), line


def test_commands_that_turn_a_photo_into_copy_are_common():
    order = Brief("shoes", None, "shoes", ("social", "story", "expert"), False, (), False)
    typed = [command(order, random.Random(i)).lower() for i in range(2000)]
    assert sum("into" in t and "styles" in t for t in typed) > 100


def test_commands_for_one_brief_differ():
    order = Brief("shoes", None, "shoes", ("social",), False, (), False, command_language="en")
    typed = {command(order, random.Random(i)) for i in range(300)}
    heard = {command(order, random.Random(i), spoken=True) for i in range(300)}
    assert len(typed) > 200
    assert len(heard) > 170


def test_no_word_stands_twice_in_a_row(copies):
    twice = re.compile(r"\b(?!(?:go|okay|knock|tap|more|so|hey)\b)([a-z']{2,}) \1\b")
    for order, _, text in copies:
        assert not twice.search(bare(order, text).lower()), text


def test_three_boxes_are_said_of_what_can_be_many(copies):
    for order, _, text in copies:
        if number(order.copy_name) == "one":
            assert f"es of {order.copy_name}" not in text, text


def test_a_pattern_with_more_ways_to_say_it_comes_more_often():
    plain, rich = "add to cart now!", "[grab|take|get] {name} [now|today|tonight]!"
    assert weight(plain) == 1 < weight(rich)
    assert weight("[a|b [c|d]|e]") == pytest.approx(4**0.42)


@pytest.mark.parametrize("number_of", [1, 2, 3])
def test_commands_count_copies_before_any_noun(number_of):
    styles = tuple(STYLES)[:number_of]
    order = Brief("shoes", "sneakers", "sneakers", styles, False, ("waterproof",), True)
    order = Brief(**{**order.__dict__, "language": "en", "command_language": "en"})
    typed = " ".join(command(order, random.Random(i)).lower() for i in range(1500))
    ways = {1: "one|1|a single", 2: "two|2|a couple of|a pair of", 3: "three|3"}[number_of]
    ends = "" if number_of == 1 else "s"
    for noun in ("post", "caption", "ad", "blurb", "description", "slogan", "listing"):
        assert re.search(rf"\b(?:{ways}) {noun}{ends}\b", typed), noun
