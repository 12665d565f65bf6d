"""Short suites run beside a page, tell how far they are, and end when they are told to."""

from __future__ import annotations

import pytest

from v25.bench import SUITES
from v25.bench_live import SHORT, LiveBenches
from v25.bench_rows import read_result


class TooLong(Exception):
    """What a page raises when nobody waits any more."""


@pytest.fixture
def live(tiny_model) -> LiveBenches:
    return LiveBenches(tiny_model, "tiny")


def test_a_suite_gives_what_the_bench_writes_down(live, tiny_model):
    told = []
    content = live.run("speed", lambda done, total: told.append((done, total)))
    assert content["checkpoint"] == "tiny"
    assert content["hardware"] == tiny_model.device
    rows = read_result("", content).suites["speed"]
    assert [(row["precision"], row["heads"]) for row in rows] == [
        ("fp32", 16), ("fp32", 10), ("fp32", 6)
    ]  # fmt: skip
    assert all(row["ms_per_token"] > 0 < row["first_token_ms"] for row in rows)
    assert told == [(done, 9) for done in range(9)]  # three cells, two rounds and one before them


def test_what_the_page_raises_ends_the_suite_at_the_next_measurement(live):
    told = []

    def watch(done: int, total: int) -> None:
        told.append(done)
        if done == 2:
            raise TooLong

    with pytest.raises(TooLong):
        live.run("speed", watch)
    assert told == [0, 1, 2]
    live.run("speed", lambda done, total: None)  # and nobody watches the next one
    assert told == [0, 1, 2]


def test_every_short_suite_is_one_of_the_bench(live):
    assert live.suites == tuple(SHORT)
    assert set(SHORT) <= set(SUITES)
