from __future__ import annotations

import json

import pytest
from parts import key_of

from v25.bench_rows import figure_keys, read_result
from v25.curves import measure_budgets, measure_costs
from v25.evaluation import main


@pytest.fixture(scope="module")
def written(tiny_checkpoint, tmp_path_factory):
    """A curve of typed briefs and one catalogue length, from the command line."""
    out = tmp_path_factory.mktemp("curve") / "curve.json"
    fixed = ["--model", str(tiny_checkpoint), "--device", "cpu", "--max-length", "4"]
    asked = ["--budgets", "16", "4", "--self-briefs", "3", "--long", "700", "--long-count", "1"]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("v25.curves.ROUNDS", 1)
        patch.setattr("v25.curves.LONG_ROUNDS", 1)
        assert main([*fixed, *asked, "--out", str(out)]) == 0
    return json.loads(out.read_text(encoding="utf-8"))


def test_every_budget_has_its_quality_and_its_cost(written):
    assert [row["heads"] for row in written["budgets"]] == [16, 4]
    for row in written["budgets"]:
        assert set(row["results"]) == {"self-briefs", "catalogue of 700 tokens"}
        for name in ("copies", "language", "product"):
            mean = row["results"]["self-briefs"][name]
            assert row["metrics"][f"self-briefs: {name}"] == mean["value"]
            assert mean["rows"] == 3
        assert "catalogue of 700 tokens: facts" in row["metrics"]
        figures = ("first_token_ms", "ms_per_token", "first_token_700_ms", "per_token_700_ms")
        for name in figures:
            low, high = row["quartiles"][name]
            assert 0 < low <= row[name] <= high


def test_fewer_heads_keep_a_smaller_cache(written):
    all_heads, few = written["budgets"]
    for name in ("cache_mib", "cache_700_mib"):
        assert few[name] == pytest.approx(all_heads[name] / 4, rel=0.02)
    assert all_heads["cache_700_mib"] > all_heads["cache_mib"]


def test_the_file_tells_what_ran_and_the_page_reads_it(written):
    assert {"checkpoint", "precision", "hardware", "results"} < set(written)
    rows = read_result("curve", written).suites["budget"]
    assert {"first_token_ms", "self-briefs: copies"} <= set(figure_keys(rows))


def test_the_budget_of_the_model_is_set_for_a_row_and_set_back(tiny_model, monkeypatch):
    monkeypatch.setattr("v25.curves.measure_costs", lambda *_: {3: {}, 5: {}})
    usual, seen = tiny_model.budget, []

    def measure(heads):
        seen.append((heads, tiny_model.budget))
        return ()

    list(measure_budgets(tiny_model, [5, 3], (), measure))
    assert seen == [(5, 5), (3, 3)]
    assert tiny_model.budget == usual


def test_a_budget_that_cannot_be_is_told_before_anything_runs(tiny_model):
    curve = measure_budgets(tiny_model, [16, 17], (), lambda heads: pytest.fail("ran"))
    assert key_of(lambda: next(curve)) == "heads_out_of_range"


def test_costs_of_every_budget_are_measured_in_turn(tiny_model, monkeypatch):
    order = []

    def cost(model, text, heads):
        order.append(heads)
        return {"first_token_ms": 1.0, "ms_per_token": heads, "cache_mib": 0.5}

    monkeypatch.setattr("v25.curves._cost", cost)
    monkeypatch.setattr("v25.curves.ROUNDS", 2)
    made = measure_costs(tiny_model, [8, 4])
    assert order == [8, 4] * 3
    assert (made[8]["ms_per_token"], made[4]["ms_per_token"]) == (8, 4)


def test_budgets_without_copies_to_measure_are_refused(capsys):
    with pytest.raises(SystemExit):
        main(["--budgets", "4", "--gates"])
    assert "--budgets needs copies" in capsys.readouterr().err
