"""A beside B: what differs is said, what is alike is not, and the figures are the records'."""

from __future__ import annotations

import math
from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest

from v25.schema import Generation, Latency, Media
from v25.ui import panels
from v25.ui.comparison import (
    Side,
    differences,
    forced_heads,
    mean_log_probability,
    sides,
)
from v25.ui.session import Asked, Session

REQUEST = Asked("a <b>shirt</b>", None, None, 10, "fp32", 0.7, 200, seed=7)


def result(opened: int = 10, forced: dict | None = None, **changes) -> Generation:
    gates = np.full((4, 16), 0.5, np.float32)
    is_open = np.arange(16)[None].repeat(4, 0) < opened
    is_forced = np.zeros((4, 16), bool)
    for place, value in (forced or {}).items():
        gates[place], is_open[place], is_forced[place] = value, value > 0, True
    trace = SimpleNamespace(
        gates=gates,
        open=is_open,
        forced=is_forced,
        layers=("fusion 1", "fusion 2", "decision 1", "decision 2"),
    )
    latency = Latency({}, (10.0, 2.0, 4.0), 60.0, 90.0, "cpu", "fp32")
    made = Generation("copy", ("copy",), ("social",), latency=latency, trace=trace)
    told = {"probabilities": (0.5, 0.25), "media": Media(text="a shirt"), **changes}
    return replace(made, **told)


def test_the_settings_that_differ_are_named_and_no_others():
    a = Side("A", result(), REQUEST)
    b = Side(
        "B", result(6, {(1, 2): 0.0, (3, 15): 0.8}), replace(REQUEST, heads=6, temperature=0.2)
    )
    assert differences(a, b, "en") == [
        ("heads", "40 of 64", "24 of 64"),
        ("forced_gates", "none", "Fusion 2 head 3: closed; Decision 2 head 16: 0.80"),
        ("temperature", "0.7", "0.2"),
    ]
    assert differences(a, a, "en") == []


def test_a_recording_is_compared_by_what_its_trace_and_media_tell():
    known = Side("A", result(), REQUEST)
    loaded = Side("B", result(media=Media(photo=b"jpeg", text="a hat")), None)
    told = {key: (a, b) for key, a, b in differences(known, loaded, "en")}
    assert set(told) == {"prompt", "photo"}
    assert told["prompt"] == ("a <b>shirt</b>", "a hat")
    assert told["photo"] == ("none", "its own")


def test_many_forced_heads_are_counted_not_listed():
    trace = result(16, {(0, head): 0.0 for head in range(16)}).trace
    assert forced_heads(trace, "en").endswith("and 10 more")
    assert forced_heads(None, "zh") == "无"


def test_the_mean_log_probability_is_that_of_the_tokens():
    assert mean_log_probability(result()) == pytest.approx(math.log(0.125) / 2)
    assert mean_log_probability(Generation()) is None


def test_there_is_nothing_beside_without_both():
    session = Session(key="k", generation=result())
    assert sides(session) is None
    session.pin()
    assert [side.name for side in sides(session)] == ["A", "B"]
    session.fresh = False  # a new request has given nothing yet
    assert sides(session) is None


@pytest.mark.parametrize("language", ["en", "zh"])
def test_both_texts_stand_side_by_side_and_what_was_typed_stays_inert(language):
    kept = (Side("A", result(), REQUEST), Side("B", result(), replace(REQUEST, text="<i>hat</i>")))
    shown = panels.copy_panel(kept[1].generation, "end", language, 7, kept)
    assert shown.count('class="v-side"') == 2
    assert "<b>shirt" not in shown
    assert "&lt;i&gt;hat&lt;/i&gt;" in shown
    assert "<dd>−1.040</dd>" in shown
    assert "<dd>60.0 ms</dd>" in shown
    for action in ("again", "pin", "unpin"):
        assert f'data-action="{action}"' in shown


def test_a_recording_offers_no_second_run_and_a_running_request_no_action():
    shown = panels.copy_panel(result(), "replayed", "en")
    assert 'data-action="pin"' in shown
    assert 'data-action="again"' not in shown
    assert "data-action" not in panels.copy_panel(result(), "writing", "en", 7)
