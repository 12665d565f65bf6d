"""The latency panel says what the record says."""

from __future__ import annotations

import re
from itertools import accumulate

import pytest

from v25.schema import Latency
from v25.ui.latency import LookingCost, alike, latency_panel, spreads

STAGES = {"read": 4.0, "image": 38.5, "fusion": 20.0, "decode": 137.5}


def run(first: float, later: float, total: float, precision: str = "fp32") -> Latency:
    return Latency(STAGES, (first, later, later), first, total, "Test processor", precision)


RUNS = [run(10.0 * i, i, 100.0 * i) for i in range(1, 21)]


def test_each_stage_starts_where_the_ones_before_it_end():
    shown = latency_panel(run(66.0, 30.0, 250.0), "en")
    bars = re.findall(
        r'data-stage="(\w+)" data-start="([\d.]+)" data-ms="([\d.]+)" title="([^"]+)" '
        r'style="left:([\d.]+)%;width:([\d.]+)%"',
        shown,
    )
    assert [bar[0] for bar in bars] == list(STAGES)
    starts = [0.0, *accumulate(STAGES.values())]
    for (name, start, ms, title, left, width), begun in zip(bars, starts, strict=False):
        assert float(start) == pytest.approx(begun)
        assert float(ms) == pytest.approx(STAGES[name])
        assert float(left) == pytest.approx(100 * begun / 250, abs=1e-3)
        assert float(width) == pytest.approx(100 * STAGES[name] / 250, abs=1e-3)
        assert f"starts at {begun:.1f}".removesuffix(".0") in title
    assert 'data-first="66.000"' in shown


def test_a_stage_longer_than_the_total_stays_within_its_lane():
    shown = latency_panel(Latency({"read": 30.0, "decode": 90.0}, (1.0,), 40.0, 100.0), "en")
    ends = re.findall(r"left:([\d.]+)%;width:([\d.]+)%", shown)
    assert max(float(a) + float(b) for a, b in ends) == pytest.approx(100, abs=1e-2)


def test_each_token_has_a_bar_of_its_own_height_and_its_value_on_hover():
    latency = Latency(STAGES, (8.0, 2.0, 4.0), 66.0, 200.0)
    shown = latency_panel(latency, "en")
    assert 'data-tokens="8.00,2.00,4.00"' in shown
    assert re.findall(r"v-([\d.]+)h", shown) == ["100.0", "25.0", "50.0"]
    assert "3 tokens · median 4.0 ms · slowest 8.0 ms" in shown


def test_median_and_95th_percentile_are_those_of_the_runs():
    spread = spreads(RUNS)
    assert (spread["first_token"].p50, spread["first_token"].p95) == pytest.approx((105, 190.5))
    assert (spread["per_token"].p50, spread["per_token"].p95) == pytest.approx((10.5, 19.05))
    assert (spread["total"].p50, spread["total"].p95) == pytest.approx((1050, 1905))
    shown = latency_panel(RUNS[-1], "en", RUNS)
    assert 'data-p50="105.000" data-p95="190.500"' in shown
    assert "p50 105 · p95 190 ms" in shown
    assert "your last 20 finished runs at fp32" in shown


def test_runs_in_another_precision_are_not_mixed_in():
    mixed = [*RUNS, *(run(1.0, 1.0, 1.0, "int8") for _ in range(7))]
    assert alike(mixed, RUNS[0]) == RUNS
    assert "your last 7 finished runs at int8" in latency_panel(mixed[-1], "en", mixed)


def test_one_run_has_no_percentiles():
    assert "data-p50" not in latency_panel(RUNS[0], "en", RUNS[:1])
    assert spreads([]) == {}
    assert "data-p50" not in latency_panel(None, "zh")


@pytest.mark.parametrize(("language", "word"), [("en", "Keys and values"), ("zh", "键和值")])
def test_memory_is_told_by_what_holds_it(language, word):
    latency = Latency(STAGES, (1.0,), 1.0, 200.0, memory={"weights": 120 * 2**20, "cache": 2**21})
    shown = latency_panel(latency, language)
    assert word in shown
    assert 'data-memory="weights" data-bytes="125829120"' in shown
    assert "<dd>120 MiB</dd>" in shown
    assert "<dd>2.0 MiB</dd>" in shown


def test_what_looking_costs_names_the_hardware():
    shown = latency_panel(RUNS[0], "en", (), LookingCost(1.013, "CPU <2 threads>"))
    assert "by +1.3 % (paired runs on CPU &lt;2 threads&gt;)" in shown
    assert "paired runs" not in latency_panel(RUNS[0], "en")
    assert "by +0.0 %" in latency_panel(RUNS[0], "en", (), LookingCost(0.9999, "CPU"))


def test_the_wait_for_others_is_told_in_the_readers_words():
    latency = Latency({"wait": 5.0, **STAGES}, (1.0,), 40.0, 205.0)
    assert "</i>Waiting <b>" in latency_panel(latency, "en")
    assert "</i>排队 <b>" in latency_panel(latency, "zh")
