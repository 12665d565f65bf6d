"""The bench runs on a tiny checkpoint, compares in turn, and writes what it prints."""

from __future__ import annotations

import json

import pytest
import torch

from v25.bench import main, parse, settings_of
from v25.paired import MIB, interleave, peak_memory

SMALL = ("--rounds", "1", "--tokens", "4", "--budgets", "6", "--precisions", "fp32", "int8")


@pytest.fixture
def run(tiny_checkpoint, tmp_path, capsys):
    """Runs the command line on the tiny checkpoint: exit code, JSON, what was printed."""

    def call(*arguments):
        out = tmp_path / "bench.json"
        fixed = ("--model", str(tiny_checkpoint), "--device", "cpu", "--out", str(out))
        code = main([*arguments, *fixed])
        return code, json.loads(out.read_text()) if out.is_file() else {}, capsys.readouterr()

    return call


def test_several_suites(run, tiny_sizes):
    code, content, printed = run("speed", "memory", *SMALL, "--lengths", "40")
    assert code == 0, printed.err
    assert {"hardware", "cpu", "torch", "checkpoint", "precision"} < set(content)
    suites = content["suites"]
    cells = [(row["precision"], row["heads"]) for row in suites["speed"]]
    assert cells == [("fp32", 16), ("fp32", 6), ("int8", 16), ("int8", 6)]
    assert all(row["ms_per_token"] > 0 < row["first_token_ms"] for row in suites["speed"])
    assert list(suites) == ["speed", "memory"]
    for name, rows in suites.items():
        assert set(rows[0]["ratios"].values()) == {1.0}
        assert f"\n{name}\n" in printed.out
    every, budget = suites["memory"]
    assert (every["heads"], budget["heads"]) == (16, tiny_sizes.budget)
    places = 40 + 2  # the prompt, the start token, and the token that is written
    floats = 2 * tiny_sizes.decision_layers * tiny_sizes.width * places
    assert every["kv_mib"] == pytest.approx(4 * floats / MIB, abs=1e-4)
    assert budget["ratios"]["kv_mib"] == pytest.approx(tiny_sizes.budget / 16)


def test_one_suite_alone(run):
    code, content, _ = run("memory", "--lengths", "20", "--rounds", "1", "--heads", "4")
    assert code == 0
    assert list(content["suites"]) == ["memory"]
    assert [row["heads"] for row in content["suites"]["memory"]] == [16, 4]


def test_capture_and_looking_by_length(run, tiny_sizes):
    code, content, printed = run("trace", "--lengths", "30", "90", *SMALL[:4])
    assert code == 0, printed.err
    suites = content["suites"]
    assert list(suites) == ["trace", "looking"]
    rows = suites["trace"]
    assert [row["capture"] for row in rows] == [False, True] * 3
    assert [row["prompt_tokens"] for row in rows[2:]] == [30, 30, 90, 90]
    for without, kept in zip(rows[::2], rows[1::2], strict=True):
        assert without["ratios"]["total_ms"] == 1.0 != kept["ratios"]["total_ms"]
        assert without["trace_mib"] == 0 < kept["trace_mib"]
    # queries and routes of the decision, queries, keys and norms of the fusion: as many a token
    floats = tiny_sizes.budget * (
        tiny_sizes.decision_layers * tiny_sizes.head_dim
        + tiny_sizes.fusion_layers * (2 * tiny_sizes.head_dim + 1)
    )
    most = 4 * floats + 2 * tiny_sizes.decision_layers * tiny_sizes.active_experts
    assert 0.8 * most < rows[3]["bytes_per_token"] < rows[5]["bytes_per_token"] <= most
    looks = suites["looking"]
    assert [row["tokens"] for row in looks] == [30] * 5 + [90] * 5
    assert all(row["ms"] > 0 for row in looks)


def test_cells_run_in_turn_and_the_first_round_does_not_count():
    order: list[str] = []

    def cell(name, values):
        def call():
            order.append(name)
            return {"ms": values.pop(0)}

        return call

    calls = {"a": cell("a", [900.0, 1.0, 2.0, 4.0]), "b": cell("b", [9.0, 3.0, 5.0, 8.0])}
    rows = interleave(calls, 3)
    assert order == ["a", "b"] * 4
    assert (rows["a"]["ms"], rows["b"]["ms"]) == (2.0, 5.0)
    assert rows["b"]["ratios"]["ms"] == 2.5  # the median of 3, 2.5 and 2
    assert rows["a"]["ratios"]["ms"] == 1.0
    assert rows["a"]["quartiles"]["ms"] == (1.5, 3.0)


def test_peak_memory_sees_what_is_gone_again():
    with peak_memory(torch.device("cpu")) as peak:
        torch.ones(40 * MIB // 4).sum()
    if peak["bytes"] is None:
        pytest.skip("this system does not tell")
    assert 0.8 * 40 < peak["bytes"] / MIB < 80


def test_bad_input_is_one_sentence(run, tmp_path):
    for arguments in (("--heads", "99"), ("speed", "--precisions", "int4", "--rounds", "1")):
        code, _, printed = run(*arguments)
        assert code == 2
        assert printed.err.count("\n") == 1
    with pytest.raises(SystemExit):
        run("nothing")
    with pytest.raises(SystemExit):
        run("speed", "--rounds", "0")
    assert main(["--model", str(tmp_path / "none")]) == 2


def test_the_result_tells_what_was_asked_for():
    told = settings_of(parse(["batch", "--batches", "1", "4", "--seconds", "9"]))
    assert told["batches"] == [1, 4]
    assert told["seconds"] == 9
    assert "lengths" not in told
