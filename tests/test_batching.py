"""Streams that wait together run together, and none of them notices the others."""

from __future__ import annotations

import threading
import time

import numpy as np
import pytest

from v25.api import V25Model
from v25.generation import Run
from v25.schema import V25Error

TEXTS = ("apples", "写三种风格的文案", "Three versions please", "dress for summer")


@pytest.fixture
def shared(tiny_checkpoint) -> V25Model:
    model = V25Model(tiny_checkpoint, device="cpu")
    model.share(8)
    return model


@pytest.fixture
def sizes(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Requests of each run."""
    seen: list[int] = []
    prepare = Run.prepare

    def counted(self: Run) -> None:
        seen.append(len(self.rows))
        prepare(self)

    monkeypatch.setattr(Run, "prepare", counted)
    return seen


def read_all(streams: list) -> list[str]:
    """Reads them at once, each on a thread, as the page does."""
    texts: list[str] = [""] * len(streams)

    def read(index: int) -> None:
        texts[index] = "".join(streams[index])

    threads = [threading.Thread(target=read, args=(i,)) for i in range(len(streams))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return texts


def test_streams_that_wait_together_are_one_run(
    shared: V25Model, tiny_model: V25Model, sizes: list[int]
) -> None:
    alone = [tiny_model.generate(t, max_length=20, seed=i).text for i, t in enumerate(TEXTS)]
    sizes.clear()
    streams = [shared.stream(t, max_length=20, seed=i) for i, t in enumerate(TEXTS)]
    with shared.alone():  # nobody is served until all of them wait
        reader = threading.Thread(target=lambda: streams.append(read_all(streams)))
        reader.start()
        while len(shared._batcher._waiting) < len(TEXTS):
            time.sleep(0.005)
    reader.join(60)
    texts = streams.pop()
    assert sizes == [4]
    assert [stream.generation.text for stream in streams] == alone
    assert all(texts)
    assert all(stream.generation.latency.stages["wait"] > 0 for stream in streams)


def test_a_trace_of_a_shared_run_is_that_of_the_request_alone(
    shared: V25Model, tiny_model: V25Model
) -> None:
    streams = [shared.stream(t, max_length=9, seed=1) for t in TEXTS[:3]]
    with shared.alone():
        reader = threading.Thread(target=read_all, args=(streams,))
        reader.start()
        while len(shared._batcher._waiting) < 3:
            time.sleep(0.005)
    reader.join(60)
    for stream, text in zip(streams, TEXTS, strict=False):
        mine = stream.generation.trace
        alone = tiny_model.generate(text, max_length=9, seed=1).trace
        assert len(mine.source.state.cache.lengths) == 1  # nothing of the others is in it
        np.testing.assert_array_equal(mine.routes, alone.routes)
        last = alone.length(None) - 1
        np.testing.assert_allclose(mine.row(3, None, last), alone.row(3, None, last), atol=1e-5)


def test_settings_that_differ_run_after_each_other(shared: V25Model, sizes: list[int]) -> None:
    streams = [shared.stream("apples", max_length=5, attention_heads=n) for n in (6, 10, 6)]
    with shared.alone():
        reader = threading.Thread(target=read_all, args=(streams,))
        reader.start()
        while len(shared._batcher._waiting) < 3:
            time.sleep(0.005)
    reader.join(60)
    assert sorted(sizes) == [1, 2]


def test_a_bad_input_hurts_nobody_else(shared: V25Model) -> None:
    problems: list[str] = []

    def read(stream) -> None:
        try:
            "".join(stream)
        except V25Error as error:
            problems.append(error.key)

    given = (("a", None), ("b", "no.jpg"))
    streams = [shared.stream(t, image=i, max_length=6) for t, i in given]
    with shared.alone():
        threads = [threading.Thread(target=read, args=(s,)) for s in streams]
        for thread in threads:
            thread.start()
        while len(shared._batcher._waiting) < 2:
            time.sleep(0.005)
    for thread in threads:
        thread.join(60)
    assert len(problems) == 1
    assert streams[0].generation.finish_reason


def test_a_bad_setting_is_told_at_once(shared: V25Model) -> None:
    with pytest.raises(V25Error):
        shared.stream("a", max_length=0)


def test_a_stream_that_is_closed_stops_and_keeps_its_text(shared: V25Model) -> None:
    stream = shared.stream("apples", max_length=400, temperature=2.0, top_p=1.0, seed=3)
    next(stream)
    stream.close()
    written = len(stream.generation.latency.token_ms)
    with shared.alone():  # its run is over
        pass
    assert len(stream.generation.latency.token_ms) <= written + 3
    assert list(stream) == []
    assert shared.generate("dress", max_length=3).finish_reason == "length"


def test_whoever_holds_the_model_alone_runs_at_once_and_others_wait(
    shared: V25Model, sizes: list[int]
) -> None:
    texts: list[str] = []
    other = threading.Thread(target=lambda: texts.extend(shared.stream(TEXTS[0], max_length=8)))
    with shared.alone():
        other.start()
        alone = shared.generate(TEXTS[1], max_length=8, seed=1)
        other.join(0.2)
        assert not texts
        assert sizes == [1]
    other.join(60)
    assert texts
    assert sizes == [1, 1]
    assert alone.text == shared.generate(TEXTS[1], max_length=8, seed=1).text
