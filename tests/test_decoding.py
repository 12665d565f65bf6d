"""Decoding: a replayed step, a batch whose rows drop out and plain steps write the same.

`GraphDecoder` runs here without a GPU: its recordings are then plain calls.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import torch
from parts import CATALOGUE
from torch.utils._python_dispatch import TorchDispatchMode

from v25.api import V25Model
from v25.captured import Captured
from v25.choosing import forbidden
from v25.decoding import EagerDecoder, GraphDecoder, Trail
from v25.generation import Run
from v25.live import LivePhoto
from v25.processing import LOOKUP
from v25.replays import WORDS, Replays
from v25.schema import Request

PROMPTS = ("apples", "写三种风格的文案：高端、俏皮、故事。", "Three versions please " * 8)


@pytest.fixture
def graphs(tiny_model: V25Model) -> Replays:
    return Replays(tiny_model.network)


def begun(model: V25Model, requests: list[Request], graphs: Replays | None) -> Run:
    run = Run(
        model.network, model.processor, requests, 10, model.device, "fp32", replays=graphs
    )  # fmt: skip
    run.prepare()
    return run


def written(model: V25Model, requests: list[Request], graphs: Replays | None) -> Run:
    run = begun(model, requests, graphs)
    for _ in run.write():
        pass
    return run


def asked(rows: int, **settings: object) -> list[Request]:
    return [Request(t, max_length=24, seed=3 + i, **settings) for i, t in enumerate(PROMPTS[:rows])]


@pytest.mark.parametrize("rows", [1, 2, 3])
@pytest.mark.parametrize("settings", [{"temperature": 0.0}, {}, {"top_p": 1.0}, {"capture": False}])
def test_a_replayed_step_writes_what_a_plain_one_writes(
    tiny_model: V25Model, graphs: Replays, rows: int, settings: dict[str, object]
) -> None:
    requests = asked(rows, **settings)
    plain, replayed = written(tiny_model, requests, None), written(tiny_model, requests, graphs)
    assert isinstance(plain.decoder, EagerDecoder)
    assert isinstance(replayed.decoder, GraphDecoder)
    for a, b in zip(plain.rows, replayed.rows, strict=True):
        assert a.ids == b.ids
        np.testing.assert_allclose(a.probabilities, b.probabilities, atol=1e-5)


def test_replayed_copies_from_notes_are_those_of_a_plain_run(
    tiny_model: V25Model, graphs: Replays
) -> None:
    texts = (CATALOGUE, "apples", CATALOGUE.replace("37", "41"))
    requests = [Request(text, max_length=90, seed=4, temperature=1.0) for text in texts]
    plain, replayed = written(tiny_model, requests, None), written(tiny_model, requests, graphs)
    for index, (a, b) in enumerate(zip(plain.rows, replayed.rows, strict=True)):
        assert a.ids == b.ids
        assert (a.note, a.read_out) == (b.note, b.read_out)
        assert (a.note is not None) == (index != 1)
        made = plain.result(index), replayed.result(index)
        for one, other in (made, tuple(g.reading or g for g in made)):
            last = len(one.trace.tokens) - 1
            rows = (g.trace.row(None, None, last) for g in (one, other))
            np.testing.assert_allclose(*rows, atol=1e-4)


def test_a_replayed_look_up_is_that_of_a_plain_run(
    tiny_model: V25Model, graphs: Replays, monkeypatch
) -> None:
    catalogue = "1. apples, $3, new\n2. pears, $4, by Quell\n3. plums, $5, red\nAn ad for 2"
    first, later = forbidden(tiny_model.network.sizes.text.vocabulary)
    first[:], first[LOOKUP] = -torch.inf, 0.0
    monkeypatch.setattr("v25.choosing.forbidden", lambda vocabulary: (first, later))
    monkeypatch.setattr("v25.decoding.forbidden", lambda vocabulary: (first, later))
    requests = [Request(catalogue, max_length=60, seed=i, temperature=1.5) for i in range(2)]
    plain, replayed = (written(tiny_model, requests, g) for g in (None, graphs))
    for index, (a, b) in enumerate(zip(plain.rows, replayed.rows, strict=True)):
        assert a.ids == b.ids
        assert replayed.result(index).quote in catalogue.splitlines()


@pytest.mark.parametrize("steps", [1, 7, 24])
def test_what_a_replayed_run_leaves_for_looking_is_that_of_a_plain_one(
    tiny_model: V25Model, graphs: Replays, steps: int
) -> None:
    """Prompts of three lengths, looked at while the run goes on and after it."""
    runs = [begun(tiny_model, asked(3), g) for g in (None, graphs)]
    writings = [run.write() for run in runs]
    for _ in range(steps):
        for writing in writings:
            next(writing, None)
    for index in range(3):
        plain, replayed = (run.result(index).trace for run in runs)
        assert plain.length(None) == replayed.length(None)
        np.testing.assert_array_equal(plain.routes, replayed.routes)
        for layer in range(len(plain.layers)):
            last = plain.length(layer) - 1
            a, b = (t.row(layer, None, last, "effective") for t in (plain, replayed))
            np.testing.assert_allclose(a, b, atol=1e-5)


def test_the_longest_copy_can_be_looked_at_whole(
    tiny_model: V25Model, graphs: Replays, monkeypatch
) -> None:
    """A step is under way already when the last token is read: it may not lie over another's."""
    monkeypatch.setattr("v25.decoding.MAX_LENGTH", 24)
    plain, replayed = (written(tiny_model, asked(2), g) for g in (None, graphs))
    assert max(len(row.ids) for row in replayed.rows) == 24
    for index in range(2):
        a, b = (run.result(index).trace for run in (plain, replayed))
        np.testing.assert_array_equal(a.routes, b.routes)
        for query in range(a.prompt_length, a.length(None)):
            rows = [trace.row(None, None, query) for trace in (a, b)]
            np.testing.assert_allclose(*rows, atol=1e-5)


class Kernels(TorchDispatchMode):
    """Counts the calls that compute or copy; on a GPU each is a kernel at least."""

    count = 0

    def __torch_dispatch__(self, function, types, args=(), kwargs=None):
        returns = [r.alias_info for r in function._schema.returns]
        self.count += not any(alias is not None and not alias.is_write for alias in returns)
        return function(*args, **(kwargs or {}))


def test_what_is_kept_for_looking_takes_two_kernels_a_step(tiny_model: V25Model) -> None:
    counts = []
    for capture in (False, True):
        graph = GraphDecoder(tiny_model.network, 1, 10, 32, capture)
        with Kernels() as kernels:
            graph.forward()
        counts.append(kernels.count)
    assert counts[1] == counts[0] + 2


@pytest.mark.parametrize("dtype", [torch.float32, torch.bfloat16])
def test_a_trail_gives_back_each_step_bit_by_bit(tiny_model: V25Model, dtype: torch.dtype) -> None:
    """Of such sizes that in bf16 the queries of a step end amid a 64-bit word."""
    sizes = replace(tiny_model.network.sizes, decision_layers=1, width=32)
    trail = Trail(5, 3, 1, sizes, torch.zeros(0, dtype=dtype))
    queries = torch.randn(5, sizes.decision_layers, 3, 1, 1, sizes.head_dim).to(dtype)
    routes = torch.randint(0, 8, (5, sizes.decision_layers, 3, 1, 2))
    for step in range(5):
        trail.put(torch.tensor([step]), queries[step], routes[step])
    assert torch.equal(trail.queries, queries.squeeze(4))
    assert torch.equal(trail.routes, routes.squeeze(3))


def test_two_runs_at_once_take_two_graphs_and_give_them_back(
    tiny_model: V25Model, graphs: Replays
) -> None:
    alone = [written(tiny_model, [request], None).rows[0].ids for request in asked(2)]
    runs = [begun(tiny_model, [request], graphs) for request in asked(2)]
    writings = [run.write() for run in runs]
    for _ in range(24):
        for writing in writings:
            next(writing, None)
    assert [run.rows[0].ids for run in runs] == alone
    made = [graph for same in graphs.graphs._made.values() for graph in same]
    assert len(made) == 2
    for writing in writings:
        writing.close()
    assert all(graph.target is None for graph in made)
    written(tiny_model, asked(1), graphs)
    assert [graph for same in graphs.graphs._made.values() for graph in same] == made


def test_a_batch_too_large_or_with_forced_heads_goes_without_a_graph(
    tiny_model: V25Model, graphs: Replays
) -> None:
    forced = asked(1, gates={(2, 1): 0.0, (3, 0): 1.0})
    assert isinstance(written(tiny_model, forced, graphs).decoder, EagerDecoder)
    many = [Request("apples", max_length=2)] * 33
    assert isinstance(written(tiny_model, many, graphs).decoder, EagerDecoder)


def test_rows_that_are_finished_leave_the_batch(tiny_model: V25Model, monkeypatch) -> None:
    """What is left is written as before, and all of it can be looked at."""
    lengths = (3, 20, 6, 9)
    requests = [
        Request(text, max_length=n, seed=n)
        for text, n in zip((*PROMPTS, "dress"), lengths, strict=True)
    ]
    sizes: list[int] = []
    step = type(tiny_model.network).step

    def counted(network, tokens, cache):
        sizes.append(len(tokens))
        return step(network, tokens, cache)

    monkeypatch.setattr(type(tiny_model.network), "step", counted)
    together = written(tiny_model, requests, None)
    assert sizes[0] == 4
    assert sizes[-1] == 1
    for index, request in enumerate(requests):
        alone = written(tiny_model, [request], None)
        assert together.rows[index].ids == alone.rows[0].ids
        a, b = together.result(index).trace, alone.result(0).trace
        assert a.length(None) == b.length(None)
        np.testing.assert_array_equal(a.routes, b.routes)
        last = a.length(None) - 1
        for layer in range(2, 4):
            np.testing.assert_allclose(
                a.row(layer, None, last), b.row(layer, None, last), atol=1e-5
            )


def test_a_captured_function_keeps_one_recording_a_shape() -> None:
    calls: list[int] = []

    def double(x: torch.Tensor) -> tuple[torch.Tensor, ...]:
        calls.append(len(x))
        return (2 * x,)

    captured = Captured(double, torch.device("cpu"), most=2)
    first = captured(torch.ones(3))[0]
    assert torch.equal(captured(torch.full((3,), 5.0))[0], torch.full((3,), 10.0))
    assert torch.equal(first, torch.full((3,), 2.0))  # results are copies
    for size in (4, 5):
        captured(torch.ones(size))
    assert len(captured._made) == 2


def test_recorded_reading_equals_plain_reading(tiny_model: V25Model, photo: np.ndarray) -> None:
    """Photo, words and sound of lengths that the recordings pad; everything kept for looking."""
    replays = Replays(tiny_model.network)
    rng = np.random.default_rng(2)
    for seconds, text in ((0.7, "apples"), (1.31, PROMPTS[1]), (2.0, PROMPTS[2])):
        sound = (16_000, rng.normal(0, 0.1, int(16_000 * seconds)).astype(np.float32))
        live = tiny_model.listen()
        live.feed(*sound)
        request = Request(text, photo, live, max_length=6, seed=1)
        plain, recorded = (written(tiny_model, [request], r) for r in (None, replays))
        assert recorded.rows[0].transcript == plain.rows[0].transcript
        assert recorded.rows[0].ids == plain.rows[0].ids
        for a, b in zip(plain.state.gates, recorded.state.gates, strict=True):
            torch.testing.assert_close(a, b, atol=1e-5, rtol=1e-4)
        traces = [run.result(0).trace for run in (plain, recorded)]
        np.testing.assert_array_equal(traces[0].open, traces[1].open)
        np.testing.assert_array_equal(traces[0].routes, traces[1].routes)
        for layer in range(len(traces[0].layers)):
            rows = [t.row(layer, None, t.length(layer) - 1, "effective") for t in traces]
            np.testing.assert_allclose(*rows, atol=1e-5)
    assert {key[0][0][1] for key in replays._read._made} <= set(WORDS)


def test_after_preparing_a_spoken_command_with_a_photo_makes_no_recording(
    tiny_model: V25Model, photo: np.ndarray
) -> None:
    """The photo was looked at and the words heard before; what is left is all replayed."""
    replays = Replays(tiny_model.network)
    replays.prepare(10)
    stages = (replays._look, replays._read, replays._hear, replays._filling(10))
    prepared = [set(stage._made) for stage in stages]
    assert all(prepared)
    rng = np.random.default_rng(3)
    for seconds in (0.4, 1.1, 1.7):
        looked = LivePhoto(tiny_model.network, tiny_model.processor.read_photo(photo), replays.look)
        live = tiny_model.listen()
        live.feed(16_000, rng.normal(0, 0.1, int(16_000 * seconds)).astype(np.float32))
        run = written(tiny_model, [Request("apples", looked, live, max_length=2)], replays)
        assert run.rows[0].ids
    assert [set(stage._made) for stage in stages] == prepared


def test_how_an_input_lies_in_memory_is_nothing_to_a_recording() -> None:
    strides: list[tuple[int, ...]] = []

    def noted(x: torch.Tensor) -> tuple[torch.Tensor, ...]:
        strides.append(x.stride())
        return (x + 1,)

    captured = Captured(noted, torch.device("cpu"))
    turned, straight = torch.rand(4, 3).t(), torch.rand(3, 4)
    assert torch.equal(captured(turned)[0], turned + 1)
    assert torch.equal(captured(straight)[0], straight + 1)
    assert set(strides) == {(4, 1)}


def test_a_prompt_beyond_the_recordings_is_read_plainly(tiny_model: V25Model) -> None:
    replays = Replays(tiny_model.network)
    text = "0123456789" * 103
    plain, recorded = (written(tiny_model, [Request(text, max_length=3, seed=1)], r)
                       for r in (None, replays))  # fmt: skip
    assert not replays._fill
    assert plain.rows[0].ids == recorded.rows[0].ids
