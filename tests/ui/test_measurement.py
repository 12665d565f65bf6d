"""A run of the bench beside the page, without a browser: how it begins, ends and goes wrong."""

from __future__ import annotations

import json
from types import SimpleNamespace

import pytest
from fake_bench import FakeBenches

from v25.schema import V25Error


class Parts:
    """Stands for the components: each is its own name."""

    def __getattr__(self, name: str) -> str:
        return name


@pytest.fixture
def tab(tmp_path):
    """The tab over no results and a bench that needs no time, a person and what it remembers."""
    pytest.importorskip("gradio")
    from v25.ui.benchmarks import Benchmarks
    from v25.ui.measurement import Bench
    from v25.ui.session import Session

    made = Benchmarks(tmp_path / "none", FakeBenches(), "CPU")
    made.parts = Parts()
    made.benches.go.set()
    return made, Session(), Bench(item=":speed")


VISITOR = SimpleNamespace(session_hash="visitor")


def test_a_full_queue_is_told_and_the_suite_can_be_run_again(tab):
    made, session, bench = tab
    made.begin(session, bench, VISITOR)
    assert bench.busy
    assert "still running" in made.begin(session, bench, VISITOR)["state"]
    assert "Many people are waiting" in made.settle(session, bench)["state"]
    assert not bench.busy
    made.begin(session, bench, VISITOR)
    last = list(made.measure(session, bench))[-1]
    assert "measured here in" in last["state"]
    assert '"type": "bar"' in last["chart"] or '"type": "scatter"' in last["chart"]


def test_a_refusal_of_the_engine_keeps_its_own_sentence_and_the_last_run(tab):
    made, session, bench = tab
    session.language = "zh"
    made.begin(session, bench, VISITOR)
    list(made.measure(session, bench))
    kept = bench.live["speed"]
    made.benches.fails = V25Error("image_missing", "Gone.")
    made.begin(session, bench, VISITOR)
    assert "找不到这张照片" in list(made.measure(session, bench))[-1]["state"]
    assert bench.live["speed"] is kept


def test_a_closed_page_or_a_closed_event_ends_the_run(tab):
    made, session, bench = tab
    made.benches.go.clear()
    for end in (lambda steps: made.leave(VISITOR), lambda steps: steps.close()):
        made.begin(session, bench, VISITOR)
        steps = made.measure(session, bench)
        next(steps)
        end(steps)
        list(steps)
        assert made.benches.ended == made.benches.begun
        assert bench.running is None
        assert not bench.live
        bench.gone = False


def test_a_run_that_is_cancelled_before_its_turn_measures_nothing(tab):
    made, session, bench = tab
    made.begin(session, bench, VISITOR)
    assert "cancelled" in made.stop(session, bench)["state"]
    list(made.measure(session, bench))
    assert made.benches.begun == 0


def test_nothing_recorded_and_no_model_is_said_in_a_sentence_each(tab):
    made, session, bench = tab
    made.benches = None
    shown = made.show(session, bench)
    assert "There are no recorded results" in shown["files"]
    assert "has no model to measure" in shown["state"]
    assert shown["chart"] == shown["details"] == ""
    made.begin(session, bench, VISITOR)
    assert not bench.busy


def test_rows_that_cannot_be_drawn_are_named_and_the_page_goes_on(tab):
    made, session, bench = tab
    made.folder.mkdir()
    rows = [{"heads": 1, "way": "a", "ms": 1.0}, {"heads": 2, "way": ["b"], "ms": 2.0}]
    (made.folder / "odd.json").write_text(json.dumps({"suites": {"speed": rows}}))
    shown = made.show(session, bench)
    assert "left out: odd.json." in shown["files"]
    assert json.loads(shown["chart"])["panels"] == []
