from __future__ import annotations

import json
import random
from dataclasses import replace

import pytest

from v25.answers import Settings
from v25.api import V25Model
from v25.catalogues import catalogue_trial, draw_catalogues, measure_catalogues
from v25.evaluation import main
from v25.schema import Generation
from v25.shelf import TrialError
from v25.training import corpus
from v25.training.tables import results_table

TOKENS = 900


@pytest.fixture(scope="module")
def examples(tiny_model):
    return draw_catalogues(tiny_model, TOKENS, 3, seed=0)


class Copier:
    """Stands in for a model that finds what it was asked for, or the wrong entry's price."""

    def __init__(self, model: V25Model, answers: dict[str, str]) -> None:
        self.network, self.processor, self.answers = model.network, model.processor, answers
        self.most = 0

    def generate_batch(self, requests, max_batch=32):
        self.most = max(self.most, len(requests))
        return [
            Generation(text=t, variants=(t,), finish_reason="end")
            for t in (self.answers[r.text] for r in requests)
        ]


def told(example, **changes):
    """Copy that holds what the entry holds."""
    brief = replace(example.brief, **changes)
    return corpus.copies(replace(brief, styles=brief.styles[:1]), random.Random(1))[0][1]


def test_catalogues_are_as_long_as_asked_and_training_never_draws_them(tiny_model, examples):
    for example in examples:
        assert 0.9 * TOKENS <= len(tiny_model.processor.encode(example.text)[0]) <= TOKENS
        assert corpus.is_reserved(example.brief)
    assert draw_catalogues(tiny_model, TOKENS, 2, seed=0) == examples[:2]
    assert draw_catalogues(tiny_model, TOKENS, 1, seed=1) != examples[:1]


def test_what_is_asked_is_what_is_scored(examples):
    for example in examples:
        expect = catalogue_trial(example).expect
        entry = example.entries[example.place]
        assert (expect.brand, expect.price) == (entry.brand, entry.price)
        assert expect.points == entry.points
        assert expect.language == example.brief.language


def test_a_right_answer_has_its_facts_and_one_wrong_price_loses_them(tiny_model, examples):
    right = {e.text: told(e) for e in examples}
    settings = Settings(batch=2)
    result = measure_catalogues(Copier(tiny_model, right), examples, TOKENS, settings)
    means = result.columns["all"]
    for name in ("brand", "price", "points_all", "facts", "language"):
        assert (means[name].value, means[name].rows) == (1.0, 3), name
    wrong = dict(right)
    wrong[examples[0].text] = told(examples[0], price="¥7654.32")
    means = measure_catalogues(Copier(tiny_model, wrong), examples, TOKENS, settings).columns["all"]
    assert means["price"].value == means["facts"].value == pytest.approx(2 / 3)
    assert means["brand"].value == means["points_all"].value == 1.0


def test_only_the_asked_entrys_own_line_counts_as_read_out(tiny_model, examples):
    class Reader(Copier):
        def generate_batch(self, requests, max_batch=32):
            answers = super().generate_batch(requests, max_batch)
            quotes = (quoted[request.text] for request in requests)
            return [replace(a, quote=quote) for a, quote in zip(answers, quotes, strict=True)]

    quoted = {e.text: e.entries[e.place].line for e in examples}
    quoted[examples[0].text] = examples[0].entries[examples[0].place - 1].line
    quoted[examples[1].text] = None
    reader = Reader(tiny_model, {e.text: told(e) for e in examples})
    means = measure_catalogues(reader, examples, TOKENS, Settings(batch=2)).columns["all"]
    assert means["entry"].value == pytest.approx(1 / 3)
    assert means["facts"].value == 1.0


def test_the_brand_of_another_entry_is_noted(tiny_model, examples):
    answers = {e.text: told(e) for e in examples}
    other = next(e for i, e in enumerate(examples[0].entries) if i != examples[0].place)
    answers[examples[0].text] = told(examples[0], brand=other.brand)
    result = measure_catalogues(Copier(tiny_model, answers), examples, TOKENS, Settings())
    assert result.notes["answers with another entry's brand"] == pytest.approx(1 / 3)
    assert result.columns["all"]["brand"].value == pytest.approx(2 / 3)


def test_long_catalogues_run_a_few_at_a_time(tiny_model, examples):
    copier = Copier(tiny_model, {e.text: "" for e in examples})
    measure_catalogues(copier, examples, 40_000, Settings(batch=32))
    assert copier.most == 1
    measure_catalogues(copier, examples, TOKENS, Settings(batch=32))
    assert copier.most == 3


@pytest.mark.parametrize("tokens", [50, 20_000])
def test_a_length_that_cannot_be_is_one_sentence(tiny_model, tokens):
    with pytest.raises(TrialError, match="tokens"):
        draw_catalogues(tiny_model, tokens, 1, seed=0)


def test_the_command_line_reports_each_length(tiny_checkpoint, tmp_path, capsys):
    out = tmp_path / "long.json"
    fixed = ["--model", str(tiny_checkpoint), "--device", "cpu", "--max-length", "6"]
    long = ["--long", "700", "900", "--long-count", "2", "--keep", str(tmp_path / "kept")]
    assert main([*fixed, *long, "--out", str(out)]) == 0
    results = json.loads(out.read_text(encoding="utf-8"))["results"]
    names = ["catalogue of 700 tokens", "catalogue of 900 tokens"]
    assert [result["measurement"] for result in results] == names
    for result in results:
        assert {"brand", "price", "points_all", "facts", "language"} <= set(
            result["results"]["all"]
        )
        assert result["notes"]["entries, mean"] >= 1
    assert "brand, price and all points" in capsys.readouterr().out
    kept = (tmp_path / "kept" / f"{names[0]}.answers.jsonl").read_text(encoding="utf-8")
    assert len(kept.splitlines()) == 2
    assert "| 700 tokens (2) |" in results_table(results)
