"""Figures that were measured beforehand are found, and the page's own machine comes first."""

from __future__ import annotations

import json

from v25.ui.latency import LookingCost
from v25.ui.measured import looking_cost


def result(hardware: str, ratio: float) -> str:
    rows = [
        {"prompt_tokens": 60, "capture": kept, "ratios": {"total_ms": 1.0 if not kept else ratio}}
        for kept in (False, True)
    ]
    return json.dumps({"hardware": hardware, "cpu": "Fast 9", "suites": {"trace": rows}})


def test_the_own_machines_figure_comes_before_others(tmp_path):
    (tmp_path / "a.json").write_text(result("GPU X", 1.002))
    (tmp_path / "b.json").write_text(result("CPU (2 threads, x86_64)", 1.013))
    assert looking_cost("CPU (2 threads, x86_64)", tmp_path) == LookingCost(
        1.013, "CPU (2 threads, x86_64), Fast 9"
    )
    assert looking_cost("GPU Y", tmp_path).hardware == "GPU X, Fast 9"
    assert looking_cost("CPU (8 threads, x86_64)", tmp_path).ratio == 1.013
    assert looking_cost("Other", tmp_path).hardware == "GPU X, Fast 9"


def test_what_holds_no_such_figure_is_passed_over(tmp_path):
    assert looking_cost("CPU", tmp_path) is None
    (tmp_path / "a.json").write_text("no json")
    (tmp_path / "b.json").write_text('{"suites": {"speed": []}}')
    (tmp_path / "c.json").write_text("[]")
    assert looking_cost("CPU", tmp_path) is None
    (tmp_path / "d.json").write_text(result("CPU", 1.01))
    assert looking_cost("CPU", tmp_path).ratio == 1.01
