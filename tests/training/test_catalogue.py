from __future__ import annotations

import random
import re
from collections import Counter
from pathlib import Path

import pytest
import torch
from tokenizers import Tokenizer

from v25 import lexicon
from v25.processing import END, FIRST_STYLE, LOOKUP, PAD, START
from v25.training import catalogue, corpus
from v25.training.catalogue import FULL, CatalogueExample, draw
from v25.training.long_sampling import ASIDE, LongDraw, LongSampler
from v25.training.sampling import FACT_WEIGHT, IGNORED, Sampler, Senses, Shape

CHECKPOINT = Path(__file__).parents[2] / "assets" / "v25-base"
pytestmark = pytest.mark.skipif(
    not (CHECKPOINT / "tokenizer.json").is_file(), reason="no tokenizer here"
)


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    loaded = Tokenizer.from_file(str(CHECKPOINT / "tokenizer.json"))
    loaded.encode_special_tokens = True
    return loaded


@pytest.fixture(scope="module")
def examples(tokenizer: Tokenizer) -> list[CatalogueExample]:
    """Short ones, a few long ones, every third of a combination kept for evaluation."""
    rng = random.Random(11)
    sizes = [256] * 150 + [1024] * 40 + [4096] * 4 + [16_384]
    return [draw(rng, tokenizer, n, reserved=i % 3 == 0) for i, n in enumerate(sizes)]


def limits(examples: list[CatalogueExample]) -> list[int]:
    return [min(n for n in (256, 1024, 4096, 16_384) if len(e.ids) <= n) for e in examples]


def test_the_tokens_are_those_of_the_whole_text(
    tokenizer: Tokenizer, examples: list[CatalogueExample]
):
    for example in examples:
        assert list(example.ids) == tokenizer.encode(example.text, add_special_tokens=False).ids
        assert example.text == example.text.strip()


def test_a_catalogue_is_as_full_as_its_entries_allow(examples: list[CatalogueExample]):
    for example, limit in zip(examples, limits(examples), strict=True):
        assert FULL * limit <= len(example.ids) <= limit
    assert len(examples[-1].entries) > 300


def test_every_entry_is_a_line_with_its_own_key_and_brand(examples: list[CatalogueExample]):
    for example in examples:
        lines = example.text.split("\n")
        places = [lines.index(entry.line) for entry in example.entries]
        assert places == list(range(places[0], places[0] + len(places)))
        assert len({entry.key for entry in example.entries}) == len(example.entries)
        assert len({entry.brand for entry in example.entries}) == len(example.entries)
        for entry in example.entries:
            assert entry.brand in entry.line
            assert entry.price in entry.line
            assert re.search(rf"(?<![0-9A-Z]){re.escape(entry.key)}(?![0-9])", entry.line)
            assert all(lexicon.mentions(entry.line, lexicon.POINTS[p]) for p in entry.points)
            assert entry.name.lower() in entry.line.lower()


def test_the_brief_is_that_of_the_asked_entry(examples: list[CatalogueExample]):
    for example in examples:
        entry, brief = example.entries[example.place], example.brief
        assert (brief.product, brief.brand, brief.price) == (
            entry.product,
            entry.brand,
            entry.price,
        )
        assert brief.points == entry.points
        assert brief.points_asked
        assert brief.copy_name in getattr(lexicon.PRODUCTS[entry.product], brief.language)


def test_a_command_tells_one_entry_and_none_of_what_is_to_be_found(
    examples: list[CatalogueExample],
):
    for example in examples:
        entry, said = example.entries[example.place], example.command
        assert said in example.text
        hidden = {"brand": entry.brand, "price": entry.price}
        hidden.pop("brand" if example.by == "brand" else "", None)
        hidden.pop("price" if example.by == "price" else "", None)
        rest = said.replace(entry.brand, "") if example.by == "brand" else said
        for value in hidden.values():
            assert value not in rest, said
        assert not any(lexicon.mentions(rest, lexicon.POINTS[point]) for point in entry.points)
        others = [e for e in example.entries if e is not entry]
        if example.by in ("number", "code"):
            assert re.search(rf"(?<![0-9A-Z]){re.escape(entry.key)}(?![0-9])", said)
            assert entry.name not in said
        elif example.by == "brand":
            assert entry.brand in said
        elif example.by == "name":
            assert entry.name in said
            assert all(e.product != entry.product for e in others)
        else:
            assert entry.name in said
            assert entry.price in said
            assert all((e.product, e.price) != (entry.product, entry.price) for e in others)


def test_styles_are_said_or_left_to_the_model(examples: list[CatalogueExample]):
    counted = Counter(len(example.brief.styles) for example in examples)
    assert counted[1] > counted[2] + counted[3] > 0
    for example in examples:
        terms = [lexicon.STYLES[style] for style in example.brief.styles]
        said = [lexicon.mentions(example.command, term) for term in terms]
        assert not example.brief.styles_asked or all(said), example.command


def test_training_and_evaluation_share_no_combination(examples: list[CatalogueExample]):
    for index, example in enumerate(examples):
        assert corpus.is_reserved(example.brief) == (index % 3 == 0)


def test_commands_differ_in_kind_language_and_place(examples: list[CatalogueExample]):
    by = Counter(example.by for example in examples)
    assert by["number"] + by["code"] > by["brand"] > 0
    assert by["name"] + by["price"] > 0
    assert {example.language for example in examples} == {"zh", "en"}
    assert {example.brief.language for example in examples} == {"zh", "en"}
    first = [example.text.startswith(example.command) for example in examples]
    assert 0 < sum(first) < len(first) / 2
    assert all(
        example.text.endswith(example.command)
        for example, is_first in zip(examples, first, strict=True)
        if not is_first
    )
    places = [example.place / (len(example.entries) - 1) for example in examples]
    assert 0.4 < sum(places) / len(places) < 0.6
    assert len({example.command for example in examples}) > 0.9 * len(examples)


def test_the_same_seed_draws_the_same(tokenizer: Tokenizer):
    one, same, other = (draw(random.Random(seed), tokenizer, 300) for seed in (1, 1, 2))
    assert one == same
    assert one != other


def test_too_few_tokens_are_refused(tokenizer: Tokenizer):
    with pytest.raises(ValueError, match="at least"):
        draw(random.Random(1), tokenizer, catalogue.SMALLEST - 1)


def test_another_tokenizer_serves_too(tiny_checkpoint: Path):
    small = Tokenizer.from_file(str(tiny_checkpoint / "tokenizer.json"))
    small.encode_special_tokens = True
    example = draw(random.Random(3), small, 1500)
    assert list(example.ids) == small.encode(example.text, add_special_tokens=False).ids


def test_long_batches_are_text_batches(tokenizer: Tokenizer):
    long = next(iter(LongSampler(CHECKPOINT, Shape(), 512, 4, 128, 7, products_count=9)))
    usual = next(iter(Sampler("text", CHECKPOINT, Shape(), Senses(products=("shoes",) * 9), 7)))
    assert set(long) == set(usual)
    for name, column in long.items():
        assert (column.dtype, column.ndim) == (usual[name].dtype, usual[name].ndim), name
    assert long["ids"].shape == (4, 512)
    assert long["own"].shape == long["target"].shape == long["weight"].shape == (4, 128)
    assert long["logits"].shape == (4, 9)
    for name in ("view", "utterance"):
        assert (long[name] == -1).all()
    for name in ("heard", "senses", "logits"):
        assert (long[name] == 0).all()
    shape = Shape()
    assert ((shape.smallest_budget <= long["budget"]) & (long["budget"] <= shape.heads)).all()
    ids, length = long["ids"], long["length"]
    inside = torch.arange(512) < length[:, None]
    assert (ids[~inside] == PAD).all()
    assert (length >= FULL * catalogue.SMALLEST).all()
    for row, count in zip(ids, length, strict=True):
        real = row[:count].tolist()
        assert tokenizer.encode(tokenizer.decode(real), add_special_tokens=False).ids == real


def test_short_catalogues_come_in_all_sizes_and_long_ones_are_filled(tokenizer: Tokenizer):
    short, long = (
        next(iter(LongSampler(CHECKPOINT, Shape(), tokens, 16, 256, 4, 2)))["length"]
        for tokens in (256, 1024)
    )
    assert short.min() < 0.75 * 256
    assert short.max() >= FULL * 256
    assert (long >= FULL * 1024).all()


def test_every_row_of_a_long_batch_begins_with_a_look_up_and_comes_to_its_end(
    tokenizer: Tokenizer,
):
    long = next(iter(LongSampler(CHECKPOINT, Shape(), 256, 24, 256, 8, products_count=2)))
    copies = drills = 0
    for own, target, weight in zip(long["own"], long["target"], long["weight"], strict=True):
        real = target[target != IGNORED]
        assert own[0] == START
        assert real[0] == LOOKUP
        assert real[-1] == END
        assert (weight[len(real) :] == 0).all()
        assert weight.max() == FACT_WEIGHT
        styles = (real >= FIRST_STYLE) & (real < FIRST_STYLE + len(lexicon.STYLES))
        copies, drills = copies + bool(styles.any()), drills + (not styles.any())
    assert copies > 4 < drills


def test_without_drills_there_is_copy_behind_every_look_up(tokenizer: Tokenizer):
    sampler = LongSampler(CHECKPOINT, Shape(), 256, 12, 256, 8, products_count=2, drills=0.0)
    for target, weight in zip(*(next(iter(sampler))[k] for k in ("target", "weight")), strict=True):
        real = target[target != IGNORED]
        begun = int(
            ((real >= FIRST_STYLE) & (real < FIRST_STYLE + len(lexicon.STYLES))).nonzero()[0]
        )
        assert 0 < begun < len(real) - 4
        assert weight[begun:].max() == FACT_WEIGHT  # brand and price of the copy are facts as well


def test_a_note_holds_the_command_and_the_asked_entry_alone(tokenizer: Tokenizer):
    draws, alone = LongDraw(tokenizer, Shape(), 2, random.Random(9), drills=0.0), 0
    for _ in range(40):
        example = draw(draws.rng, tokenizer, 300)
        note = draws._noted(example)
        entry, said = example.entries[example.place], note.text.splitlines()
        assert entry.line.strip() in said
        assert example.command in note.text
        assert note.ids == tuple(tokenizer.encode(note.text).ids)
        assert (note.brief, note.place, note.entries) == (
            example.brief,
            example.place,
            example.entries,
        )
        alone += not any(e.line.strip() in said for e in example.entries if e is not entry)
    assert alone >= 36  # an entry at the end may say what the command tells another by


def test_half_of_the_rows_without_drills_are_notes(tokenizer: Tokenizer):
    sampler = LongSampler(CHECKPOINT, Shape(), 400, 40, 256, 8, products_count=2, drills=0.0)
    lengths = next(iter(sampler))["length"]
    assert 10 < int((lengths < 112).sum()) < 30


def test_a_copy_follows_the_line_of_the_entry_that_was_asked_for(tokenizer: Tokenizer):
    draws = LongDraw(tokenizer, Shape(), 2, random.Random(6))
    asked_by = Counter()
    for _ in range(60):
        example = draw(draws.rng, tokenizer, 400)
        own, weights = draws._found(example)
        assert own[:2] == [START, LOOKUP]
        assert len(own) == len(weights)
        entry = example.entries[example.place]
        stop = next(i for i, token in enumerate(own) if 0 <= token - FIRST_STYLE < 8)
        anchor, line = tokenizer.decode(own[2:stop]).split("\n")
        assert line == entry.line
        told = {"brand": entry.brand, "name": entry.name, "price": f"{entry.name} {entry.price}"}
        assert anchor == told.get(example.by, entry.key)
        asked_by[example.by] += 1
        # what moves the curriculum is read out of the catalogue, never repeated in the copy
        assert max(weights[:stop]) == FACT_WEIGHT
        assert max(weights[stop:]) <= ASIDE < FACT_WEIGHT
    assert set(asked_by) >= {"number", "code", "brand", "name"}


def test_a_drill_looks_up_entries_and_what_they_are_told_by_counts_nothing(tokenizer: Tokenizer):
    draws = LongDraw(tokenizer, Shape(), 2, random.Random(5))
    kinds = Counter()
    for _ in range(40):
        example = draw(draws.rng, tokenizer, 400)
        own, weights = draws._drill(example, 256)
        assert len(own) == len(weights) <= 256
        assert (own[:2], own[-1]) == ([START, LOOKUP], END)
        said = tokenizer.decode(own[2:-1]).split("\n")
        known = {entry.line: entry for entry in example.entries}
        assert len(said) >= 4
        for anchor, line in zip(said[::2], said[1::2], strict=True):
            entry = known.pop(line)
            kind = {entry.key: "key", entry.brand: "brand", entry.name: "name"}[anchor]
            kinds[kind] += 1
        free = tokenizer.decode([i for i, w in zip(own, weights, strict=True) if w == 0])
        for anchor in said[::2]:
            assert anchor in free
        heavy = tokenizer.decode([i for i, w in zip(own, weights, strict=True) if w == FACT_WEIGHT])
        for entry in (e for e in example.entries if e.line in said):
            assert entry.brand in heavy
            assert entry.price in heavy
    assert kinds["key"] > kinds["name"] > 0 < kinds["brand"]


def test_workers_draw_differently_and_the_same_again():
    def first(seed: int) -> torch.Tensor:
        return next(iter(LongSampler(CHECKPOINT, Shape(), 256, 1, 128, seed, 2)))["ids"]

    assert torch.equal(first(1), first(1))
    assert not torch.equal(first(1), first(2))
