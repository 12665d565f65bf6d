from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from tokenizers import Tokenizer

from v25 import lexicon
from v25.processing import END, FIRST_STYLE, PAD, START
from v25.training import corpus, sampling
from v25.training.sampling import IGNORED, KINDS, Draw, Sampler, Senses, Shape, Size

PRODUCTS = ("shoes", "apple", "apple", "milk")


@pytest.fixture(scope="module")
def tokenizer(tiny_checkpoint: Path) -> Tokenizer:
    return Tokenizer.from_file(str(tiny_checkpoint / "tokenizer.json"))


@pytest.fixture(scope="module")
def senses() -> Senses:
    """Four views of photos that are surely one thing each, and two utterances of two views."""
    rng = random.Random(8)
    briefs = [corpus.draw_brief(rng, named=named, spoken=True) for named in (True, False)]
    return Senses(
        logits=12 * np.eye(4, dtype=np.float32),
        products=PRODUCTS,
        briefs=briefs,
        transcripts=[["one two", "on two"], ["three", "tree"]],
        frames=[30, 36, 60, 72],
    )


def draws(tokenizer: Tokenizer, senses: Senses, seed: int = 1) -> Draw:
    return Draw(tokenizer, Shape(), senses, random.Random(seed))


@pytest.mark.parametrize("kind", KINDS)
def test_every_batch_has_one_of_the_sizes(tiny_checkpoint: Path, senses: Senses, kind: str):
    small = (
        Size(80, 320, 50, dict.fromkeys(KINDS, 2)),
        Size(400, 2000, 100, dict.fromkeys(KINDS, 2)),
    )
    batches = iter(Sampler(kind, tiny_checkpoint, Shape(sizes=small), senses, seed=2))
    seen = set()
    for _ in range(20):
        batch = next(batches)
        rows, text = batch["ids"].shape
        size = next(size for size in small if size.text == text)
        seen.add(size.text)
        assert rows == size.rows[kind]
        assert batch["own"].shape == batch["target"].shape == batch["weight"].shape
        assert batch["own"].shape[1] == size.own
        assert (batch["room"] == size.frames).all()
        used = batch["utterance"][batch["utterance"] >= 0].tolist()
        assert all(senses.frames[view] <= size.frames for view in used)
    assert seen == {80, 400}


def test_targets_are_the_next_tokens_and_padding_weighs_nothing(
    tiny_checkpoint: Path, senses: Senses
):
    batch = next(iter(Sampler("text", tiny_checkpoint, Shape(), senses, seed=3)))
    own, target, weight = (batch[name].numpy() for name in ("own", "target", "weight"))
    assert (own[:, 0] == START).all()
    real = target != IGNORED
    assert (own[:, 1:][real[:, :-1] & (target[:, :-1] != END)] != PAD).all()
    both = real[:, 1:]
    assert (own[:, 1:][both] == target[:, :-1][both]).all()
    assert (weight[~real] == 0).all()
    assert (weight[real] >= 1).all()
    first = target[:, 0]
    assert ((first >= FIRST_STYLE) & (first < FIRST_STYLE + len(lexicon.STYLES))).all()
    assert (weight[:, 0] == sampling.STYLE_WEIGHT).all()


def test_what_the_command_asked_weighs_more(tokenizer: Tokenizer):
    brief = replace(
        corpus.draw_brief(random.Random(1)), brand="Vour77", price="$4", copy_name="hat"
    )
    copy = "A hat by Vour77, just $4, and it is a Vour77."
    offsets = tokenizer.encode(copy, add_special_tokens=False).offsets
    weights = sampling.fact_weights(copy, offsets, replace(brief, points=()))
    spelled = ["".join(copy[a:b] for (a, b), w in zip(offsets, weights, strict=True) if w == v)
               for v in (1.0, sampling.NAME_WEIGHT, sampling.FACT_WEIGHT)]  # fmt: skip
    assert spelled[1].strip() == "hat"
    assert spelled[2].replace(" ", "") == "Vour77$4Vour77"
    assert "Vour" not in spelled[0]


def test_copy_names_what_the_classifier_says(tokenizer: Tokenizer, senses: Senses):
    draw = draws(tokenizer, senses)
    for _ in range(300):
        _, logits, product, sure = draw._photo()
        shares = np.exp(logits) / np.exp(logits).sum()
        totals = {p: shares[[q == p for q in PRODUCTS]].sum() for p in PRODUCTS}
        assert product == max(totals, key=totals.__getitem__)
        assert sure == (totals[product] >= sampling.SURE)


def test_some_photos_are_doubted_whatever_they_show(tokenizer: Tokenizer):
    """A classifier that is always sure of its training photos would never teach to name nothing."""
    products = tuple(lexicon.PRODUCTS)[:50]
    draw = draws(tokenizer, Senses(logits=9 * np.eye(50, dtype=np.float32), products=products))
    doubted = sum(not draw._photo()[3] for _ in range(2000)) / 2000
    assert 0.6 * sampling.UNSURE < doubted < 1.5 * sampling.UNSURE


def test_a_photo_is_named_if_and_only_if_one_product_is_likely(
    tokenizer: Tokenizer, senses: Senses
):
    products = ("shoes", "apple", "milk", "garlic")
    unsure = replace(senses, products=products, logits=0.35 * np.eye(4, dtype=np.float32))
    draw, asked = draws(tokenizer, unsure), []
    draw._own = lambda brief, copies: asked.append(brief) or ([START, END], [0.0, 1.0])
    words = {group[language] for group in corpus.ANYTHING.values() for language in ("zh", "en")}
    named = []
    for _ in range(300):
        row = draw.row("image")
        if row.values["view"] >= 0 and asked[-1].name is None:
            shares = np.exp(row.values["logits"])
            sure = bool(shares.max() / shares.sum() >= sampling.SURE)
            assert (asked[-1].copy_name not in words) == sure
            named.append(sure)
    assert 10 < sum(named) < len(named) - 10


def test_reserved_combinations_are_never_drawn(tokenizer: Tokenizer, senses: Senses):
    draw, asked = draws(tokenizer, senses, 5), []
    original = draw._own
    draw._own = lambda brief, copies: asked.append(brief) or original(brief, copies)
    for kind in KINDS:
        for _ in range(150):
            draw.row(kind)
    drawn = [b for b in asked if b.styles_asked and b.points_asked]
    assert len(drawn) > 100
    assert not any(corpus.is_reserved(b) for b in drawn)


def test_fewer_rows_of_each_batch_leave_the_rest_as_it_is() -> None:
    shape = Shape()
    for size, half in zip(shape.sizes, shape.smaller(0.5).sizes, strict=True):
        assert (half.text, half.own, half.frames) == (size.text, size.own, size.frames)
        assert half.rows == {kind: rows // 2 for kind, rows in size.rows.items()}
    assert min(min(size.rows.values()) for size in shape.smaller(0.001).sizes) == 1


def test_what_is_seldom_seen_is_drawn_as_often_as_the_rest(tokenizer: Tokenizer, senses: Senses):
    """Of a hundred views one is of milk: by views alone it would be one in a hundred."""
    logits = np.tile(12 * np.eye(4, dtype=np.float32)[0], (100, 1))
    logits[7] = 12 * np.eye(4, dtype=np.float32)[3]
    draw = draws(tokenizer, replace(senses, logits=logits))
    views = [draw._photo()[0] for _ in range(400)]
    assert views.count(7) > 80


def test_the_photo_beside_a_spoken_name_is_mostly_of_that_product(
    tokenizer: Tokenizer, senses: Senses
):
    named = replace(
        corpus.draw_brief(random.Random(2), product="milk", named=True, spoken=True), colour=None
    )
    logits = np.repeat(12 * np.eye(4, dtype=np.float32), 10, 0)
    draw = draws(tokenizer, replace(senses, logits=logits, briefs=[named, named]))
    shown = [draw._said(photo=True) for _ in range(200)]
    assert all(brief.product == "milk" for brief, *_ in shown)
    assert 0.7 < np.mean([photo[0] // 10 == 3 for *_, photo in shown]) < 1
    assert all(photo is None for *_, photo in (draw._said(photo=False) for _ in range(20)))
