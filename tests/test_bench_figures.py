"""Rows of the bench become figures whose numbers are theirs, whatever the suite."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from v25.bench_figures import MOST_SHARES, draw
from v25.bench_panels import LIVE, RECORDED
from v25.bench_rows import better, figure_name, read_result, shown, unit

RESULTS = Path(__file__).parents[1] / "assets" / "results"


def silent(key: str, **values: object) -> None:
    """No words: names are made of the keys."""


def row(cell: dict, figures: dict[str, float], first: dict[str, float] | None = None) -> dict:
    spread = {key: [0.9 * value, 1.2 * value] for key, value in figures.items()}
    times = {key: value / (first or figures)[key] for key, value in figures.items()}
    return {**cell, **figures, "quartiles": spread, "ratios": times}


def by_length(heads: tuple[int, ...] = (16, 10)) -> list[dict]:
    """Each length has a batch of its own, as the attention suite chooses them."""
    return [
        row({"tokens": n, "batch": 8192 // n, "heads": h}, {"prefill_ms": n * h / 16})
        for n in (1024, 2048, 4096)
        for h in heads
    ]


def of_model(name: str, ms: float, first: float) -> dict:
    return row({"model": name, "millions": 10}, {"ms_per_token": ms}, {"ms_per_token": first})


def bars(panel) -> list:
    return [trace for trace in panel.figure.data if trace.type == "bar"]


def test_bars_are_the_medians_with_their_quartiles_and_ratios():
    chart = draw([of_model("own", 2.0, 2.0), of_model("peer", 7.0, 2.0)], [], silent)
    assert not chart.lines
    (panel,) = chart.panels
    assert (panel.title, panel.better) == ("ms per token", "lower")
    (bar,) = bars(panel)
    assert list(bar.x) == [2.0, 7.0]
    assert list(bar.error_x.array) == pytest.approx([0.4, 1.4])
    assert list(bar.error_x.arrayminus) == pytest.approx([0.2, 0.7])
    names = [name.strip() for name in panel.figure.layout.yaxis.ticktext]
    assert names == ["own", "peer"]  # what all cells have in common names none of them
    told = next(trace for trace in panel.figure.data if trace.type == "scatter").text
    assert [text.strip() for text in told] == ["2.00", "7.00 · 3.50 ×"]
    assert panel.figure.layout.xaxis.range[0] == 0


def test_a_run_just_now_stands_beside_the_recorded_one_hatched_or_dotted():
    recorded = [of_model("own", 2.0, 2.0), of_model("peer", 7.0, 2.0)]
    chart = draw(recorded, [of_model("own", 3.0, 3.0)], silent)
    old, new = bars(chart.panels[0])
    assert (old.marker.color, new.marker.color) == (RECORDED, LIVE)
    assert (old.marker.pattern.shape, new.marker.pattern.shape) == (None, "/")
    assert old.y[0] < new.y[0] < old.y[1]
    lines = draw(by_length(), by_length((10,)), silent).panels[0].figure.data
    dashes = {(trace.line.color, trace.line.dash) for trace in lines if trace.x}
    assert len(dashes) == 3
    same = [trace for trace in lines if trace.line.dash == "dot" and trace.x]
    assert len(same) == 1
    assert same[0].marker.symbol.endswith("-open")


def test_three_lengths_make_lines_that_only_what_matters_names():
    rows = by_length()
    chart = draw(rows[::-1], [], silent)
    assert chart.lines
    assert {key.label for key in chart.legend} == {"heads 16", "heads 10"}
    (panel,) = chart.panels
    for trace, heads in zip(panel.figure.data, (10, 16), strict=True):
        assert list(trace.x) == [1024, 2048, 4096]
        assert list(trace.y) == [r["prefill_ms"] for r in rows if r["heads"] == heads]
    axis = panel.figure.layout.xaxis
    assert (axis.type, axis.ticktext) == ("log", ("1K", "2K", "4K"))
    assert panel.figure.layout.yaxis.type == "linear"  # a log axis would hide the difference


def test_figures_that_are_orders_apart_get_a_logarithmic_axis():
    looks = {"map": 300.0, "row": 0.5}
    rows = [
        row({"tokens": n, "look": k}, {"ms": v * n}) for n in (1, 2, 4) for k, v in looks.items()
    ]
    (panel,) = draw(rows, [], silent).panels
    assert panel.figure.layout.yaxis.type == "log"


def test_a_suite_that_nobody_has_heard_of_is_drawn_and_holes_stay_holes():
    rows = [
        {"flavour": "a", "sparkle": 1.5, "gloss_mib": float("nan")},
        {"flavour": "b", "sparkle": None, "gloss_mib": 3.0},
    ]
    chart = draw(rows, [], silent)
    assert [panel.title for panel in chart.panels] == ["sparkle", "gloss (MiB)"]
    assert [list(bars(panel)[0].x) for panel in chart.panels] == [[1.5], [3.0]]
    assert draw([], [], silent).panels == ()
    assert draw([{"flavour": "a"}], [], silent).panels == ()
    (panel,) = draw([{"flavour": "a", "sparkle": 0.0}], [], silent).panels
    assert [name.strip() for name in panel.figure.layout.yaxis.ticktext] == ["a"]


def test_the_stages_of_a_request_stand_one_behind_the_other():
    stages = {"speech_ms": 20.0, "fusion_ms": 5.0, "prefill_ms": 9.0}
    rows = [row({"voice": way}, {"p95_ms": 40.0, **stages}) for way in ("whole", "meanwhile")]
    whole, parts = draw(rows, [], silent).panels
    assert whole.title == "p95 (ms)"
    assert parts.figure.layout.barmode == "stack"
    assert [key.label for key in parts.legend] == ["speech", "fusion", "prefill"]
    assert [list(bar.x) for bar in parts.figure.data] == [[20.0] * 2, [5.0] * 2, [9.0] * 2]


def test_the_scores_of_a_measurement_share_a_panel_and_those_that_change_most_are_drawn():
    scores = [f"typed: {name}" for name in "abcdefgh"]
    rows = [
        {
            "heads": heads,
            "ms_per_token": 1.0 * heads,
            "metrics": {s: 1 - i * (16 - heads) / 100 for i, s in enumerate(scores)},
            "results": {"typed": {"a": {"value": 1.0}}},
        }
        for heads in (16, 10, 6)
    ]
    result = read_result("budget.json", {"hardware": "GPU", "budgets": rows})
    chart = draw(result.suites["budget"], [], silent)
    shares, cost = chart.panels
    assert shares.title == "typed (%)"
    assert [key.label for key in shares.legend] == list("cdefgh")
    assert len(shares.legend) == MOST_SHARES
    assert shares.left_out == 2
    assert list(shares.figure.data[-1].x) == [6, 10, 16]
    assert list(shares.figure.data[-1].y) == pytest.approx([30, 58, 100])
    assert cost.title == "ms per token"


def test_names_units_and_the_good_end_of_a_figure():
    assert figure_name("cache_4096_mib", silent) == "cache, 4096"
    words = {"figure_cache_mib": "Cache", "cell_tokens": "{value} tokens"}

    def say(key: str, **values: object) -> str | None:
        return words[key].format(**values) if key in words else None

    assert figure_name("cache_4096_mib", say) == "Cache, 4,096 tokens"
    keys = ("prefill_ms", "peak_gib", "kv_mib", "ms", "tokens_per_second")
    assert [unit(key) for key in keys] == ["ms", "GiB", "MiB", "ms", ""]
    assert unit("agreement", [{"agreement": 0.5}, {"agreement": 1.0}]) == "%"
    assert unit("agreement", [{"agreement": 1.5}]) == ""
    assert [shown(value, "ms") for value in (0.031, 4.126, 51.78, 1765.2)] == [
        "0.031 ms",
        "4.13 ms",
        "51.8 ms",
        "1,765 ms",
    ]
    assert shown(0.987, "%") == "98.7 %"
    assert better("tokens_per_second") == better("typed: brand") == "higher"
    assert better("spoken: cer") == better("peak_gib") == "lower"
    assert better("sparkle") == ""


def test_files_of_other_kinds_are_none_and_rows_that_are_none_are_refused():
    assert read_result("base.json", {"results": []}) is None
    assert read_result("list.json", [1]) is None
    for broken in ({"suites": []}, {"suites": {"speed": {}}}, {"suites": {"speed": [1]}}):
        with pytest.raises(ValueError, match=r"rows|mapping"):
            read_result("broken.json", broken)


def test_everything_that_lies_with_the_project_is_drawn():
    results = [
        made
        for path in sorted(RESULTS.glob("*.json"))
        if (made := read_result(path.name, json.loads(path.read_text(encoding="utf-8"))))
    ]
    assert {"speed", "memory", "trace"} <= {name for made in results for name in made.suites}
    for made in results:
        for name, rows in made.suites.items():
            chart = draw(rows, [], silent)
            assert chart.panels, name
            for panel in chart.panels:
                assert any(trace.x for trace in panel.figure.data), (made.name, panel.title)
