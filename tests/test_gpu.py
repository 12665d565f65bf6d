"""On a GPU: captured steps write what plain steps write, and looking is as exact as on a CPU.

Skipped where there is none.
"""

from __future__ import annotations

from itertools import zip_longest

import numpy as np
import pytest
import torch
from parts import CATALOGUE

from v25.api import V25Model
from v25.decoding import GraphDecoder
from v25.generation import Run
from v25.schema import Request
from v25.tracing import SequenceTrace

pytestmark = pytest.mark.skipif(not torch.cuda.is_available(), reason="needs a GPU")
PROMPTS = ("apples", "写三种风格的文案：高端、俏皮、故事。", "Three versions please " * 8)


@pytest.fixture(scope="module")
def model(tiny_checkpoint) -> V25Model:
    """In float32, so that another order of sums moves no choice."""
    return V25Model(tiny_checkpoint).with_precision("fp32")


def written(model: V25Model, requests: list[Request], graphs: bool) -> Run:
    run = Run(
        model.network, model.processor, requests, model.budget, model.device, "fp32",
        replays=model._replays if graphs else None,
    )  # fmt: skip
    run.prepare()
    for _ in run.write():
        pass
    return run


@pytest.mark.parametrize("rows", [1, 2, 3])
@pytest.mark.parametrize("capture", [True, False])
@pytest.mark.parametrize("temperature", [0.0, 1.0])
def test_a_captured_step_writes_what_a_plain_one_writes(
    model: V25Model, rows: int, capture: bool, temperature: float
) -> None:
    requests = [
        Request(text, max_length=30, seed=3, temperature=temperature, capture=capture)
        for text in PROMPTS[:rows]
    ]
    plain, captured = (written(model, requests, graphs) for graphs in (False, True))
    assert isinstance(captured.decoder, GraphDecoder)
    for a, b in zip(plain.rows, captured.rows, strict=True):
        assert a.ids == b.ids
        np.testing.assert_allclose(a.probabilities, b.probabilities, atol=1e-4)


def test_what_a_captured_run_leaves_for_looking_is_that_of_a_plain_one(model: V25Model) -> None:
    requests = [Request(text, max_length=20, seed=1, temperature=0) for text in PROMPTS[:2]]
    plain, captured = (written(model, requests, graphs) for graphs in (False, True))
    for index in range(2):
        a, b = plain.trace(index), captured.result(index).trace
        assert a.length(None) == b.length(None)
        assert np.array_equal(a.routes, b.routes)
        for layer in range(len(a.layers)):
            last = a.length(layer) - 1
            np.testing.assert_allclose(
                a.row(layer, None, last), b.row(layer, None, last), atol=1e-4
            )


def test_copies_from_notes_are_written_alike_beside_others(model: V25Model) -> None:
    texts = (CATALOGUE, "apples", CATALOGUE.replace("37", "41"))
    requests = [Request(text, max_length=90, seed=4, temperature=1.0) for text in texts]
    plain, captured = (written(model, requests, graphs) for graphs in (False, True))
    assert [len(run.passes) for run in (plain, captured)] == [2, 2]
    for index, (a, b) in enumerate(zip(plain.rows, captured.rows, strict=True)):
        assert a.ids == b.ids
        assert a.read_out == b.read_out
        made = plain.result(index), captured.result(index)
        for one, other in (made, tuple(g.reading for g in made) if index != 1 else made):
            last = len(one.trace.tokens) - 1
            rows = (g.trace.row(None, None, last) for g in (one, other))
            np.testing.assert_allclose(*rows, atol=1e-4)


def test_runs_under_way_at_once_do_not_mix(model: V25Model) -> None:
    alone = [model.generate(t, max_length=25, seed=2).text for t in PROMPTS[:2]]
    streams = [model.stream(t, max_length=25, seed=2) for t in PROMPTS[:2]]
    for _ in zip_longest(*streams):
        pass
    assert [stream.generation.text for stream in streams] == alone


def test_a_stopped_run_gives_its_graph_back(model: V25Model) -> None:
    whole = model.generate("dress", max_length=30, seed=4).text
    stream = model.stream("dress", max_length=30, seed=4)
    next(stream)
    stream.close()
    assert model.generate("dress", max_length=30, seed=4).text == whole


def test_a_spoken_command_with_a_photo_is_read_from_recordings_alike(
    model: V25Model, photo: np.ndarray, sound: tuple[int, np.ndarray]
) -> None:
    """Looked at and heard before; what is left makes no recording that was not prepared."""
    model._replays.prepare(model.budget)
    made = {stage: len(stage._made) for stage in (model._replays._read, model._replays._hear)}
    for temperature in (0.0, 0.7):
        with model.listen() as live:
            live.feed(*sound)
            request = Request(
                "apples", model.look(photo), live, max_length=20, seed=5, temperature=temperature
            )
            plain, recorded = (written(model, [request], graphs) for graphs in (False, True))
        assert recorded.rows[0].transcript == plain.rows[0].transcript
        assert recorded.rows[0].ids == plain.rows[0].ids
        for a, b in zip(plain.state.gates, recorded.state.gates, strict=True):
            torch.testing.assert_close(a, b, atol=1e-4, rtol=1e-3)
    assert {stage: len(stage._made) for stage in made} == made


@pytest.mark.parametrize("precision", ["bf16", "fp32"])
def test_rows_and_summaries_equal_a_float64_softmax(model: V25Model, precision: str) -> None:
    trace = model.with_precision(precision).get_attention_map("0123456789" * 300).trace
    for layer in (0, len(trace.layers) - 1):
        whole = reference(trace, layer)
        heads = np.flatnonzero(trace.open[layer])
        for query in (0, 1700, 2999):
            for place, head in enumerate(heads):
                row = trace.row(layer, int(head), query)
                np.testing.assert_allclose(row, whole[place, query], atol=1e-3)
        maps = trace.summary(layer, 24).maps[heads]
        blocks = whole.reshape(len(heads), 24, 125, 24, 125).mean((2, 4))
        np.testing.assert_allclose(maps, blocks, atol=1e-3 / 125)


def reference(trace: SequenceTrace, layer: int) -> np.ndarray:
    looked = trace.source.looked(layer)
    scores = looked.queries.double() @ looked.keys.double().transpose(1, 2)
    scores /= looked.queries.shape[-1] ** 0.5
    if looked.causal:
        scores.masked_fill_(torch.ones_like(scores, dtype=torch.bool).triu_(1), float("-inf"))
    return scores.softmax(-1).cpu().numpy()


def test_a_batch_on_the_gpu_writes_what_each_request_writes_alone(model: V25Model) -> None:
    requests = [Request(t, max_length=25, seed=7) for t in PROMPTS]
    alone = [model.generate(r.text, max_length=25, seed=7).text for r in requests]
    assert [made.text for made in model.generate_batch(requests)] == alone
