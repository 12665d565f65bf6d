"""A copy that is written from a note: two passes of one run, and what each leaves to look at."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
import torch
from parts import CATALOGUE, ENTRIES, NOTE
from torch import Tensor

import v25
from v25.api import V25Model
from v25.generation import Run
from v25.model.decoder import Cache
from v25.model.network import V25Network
from v25.notes import Note
from v25.processing import END, FIRST_STYLE, LOOKUP, START
from v25.schema import Generation, Request

COPY = "Pears by Quell."


@pytest.fixture
def script(tiny_model: V25Model, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Makes the network look entry 37 up, and write a copy about it; the tokens of that."""
    encode, step = tiny_model.processor.encode, V25Network.step
    told = [LOOKUP, *encode(f"37\n{ENTRIES[1]}")[0], FIRST_STYLE, *encode(COPY)[0], END]
    waiting = iter(told)

    def scripted(self: V25Network, tokens: Tensor, cache: Cache) -> Tensor:
        logits = torch.full_like(step(self, tokens, cache), -50.0)
        logits[:, next(waiting)] = 50.0
        return logits

    monkeypatch.setattr(V25Network, "step", scripted)
    return told


def written(run: Run) -> Run:
    run.prepare()
    for _ in run.write():
        pass
    return run


def words(generation: Generation) -> str:
    trace = generation.trace
    return "".join(token.text for token in trace.tokens[trace.prompt_length + 2 :])


def test_the_copy_goes_on_from_the_note(tiny_model: V25Model, script: Sequence[int]) -> None:
    made = tiny_model.generate(CATALOGUE, seed=0)
    assert (made.text, made.quote, made.finish_reason) == (COPY, ENTRIES[1], "end")
    assert len(made.probabilities) == len(made.latency.token_ms) == len(script)
    prompt = made.trace.tokens[: made.trace.prompt_length]
    assert "".join(token.text for token in prompt) == NOTE
    for token in prompt:  # each stands in the catalogue, where its place says
        assert CATALOGUE[slice(*map(int, token.place))] == token.text
    assert words(made) == f"37\n{ENTRIES[1]}‹social›{COPY}"


def test_what_was_read_before_has_a_trace_of_its_own(
    tiny_model: V25Model, script: Sequence[int]
) -> None:
    made = tiny_model.generate(CATALOGUE, seed=0)
    before, count = made.reading, script.index(FIRST_STYLE)
    prompt = before.trace.tokens[: before.trace.prompt_length]
    assert "".join(token.text for token in prompt) == CATALOGUE
    assert f"37\n{ENTRIES[1]}".startswith(words(before))
    assert before.probabilities == made.probabilities[:count]
    assert before.latency.token_ms == made.latency.token_ms[:count]
    assert (before.text, before.variants, before.finish_reason) == ("", (), None)
    assert (before.quote, before.reading) == (made.quote, None)
    last = len(before.trace.tokens) - 1
    for layer in range(len(before.trace.layers)):
        at = min(last, before.trace.length(layer) - 1)
        assert before.trace.row(layer, None, at).sum() == pytest.approx(1, abs=1e-4)


@torch.inference_mode()
def test_note_and_what_was_read_out_are_read_as_if_written_token_by_token(
    tiny_model: V25Model, script: Sequence[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    second = written(tiny_model._run([Request(CATALOGUE, seed=0)])).passes[1]
    monkeypatch.undo()
    monkeypatch.setattr("v25.reading.as_read", lambda text, _: Note(text, ((0, 0, len(text)),)))
    plain = tiny_model._run([Request(NOTE, seed=0)])
    plain.prepare()
    for token in [START, *script[:-1]]:
        tiny_model.network.step(torch.tensor([token]), plain.state.cache)
    length = plain.passes[0].longest(0)
    assert second.longest(0) == length
    for name in ("keys", "values", "queries"):
        ours, theirs = (
            getattr(state.cache, name)[..., :length, :] for state in (second.state, plain.state)
        )
        assert torch.allclose(ours, theirs, atol=1e-5), name
    routes = [state.cache.routes[:, :, :length] for state in (second.state, plain.state)]
    assert torch.equal(*routes)


def test_rows_with_and_without_notes_are_what_they_are_alone(tiny_model: V25Model) -> None:
    """Among rows that end at once, go on for long, and are looked up in lists of two lengths."""
    other = CATALOGUE.replace("37", "38")
    asked = [
        Request(CATALOGUE, seed=1, max_length=90),
        Request("A long text for pears", seed=2, max_length=60),
        Request(other + "\n", seed=3, max_length=70, temperature=0.0),
        Request("plums", seed=4, max_length=3),
    ]
    together = tiny_model.generate_batch(asked)
    for request, made in zip(asked, together, strict=True):
        alone = tiny_model.generate_batch([request])[0]
        assert (made.text, made.quote) == (alone.text, alone.quote)
        assert made.probabilities == pytest.approx(alone.probabilities, rel=1e-3, abs=1e-6)
        assert made.trace.tokens == alone.trace.tokens
        assert (made.reading is None) == (alone.reading is None)
    assert [made.reading is not None for made in together] == [True, False, True, False]


def test_without_capture_nothing_is_kept_of_the_whole_prompt(
    tiny_model: V25Model, script: Sequence[int]
) -> None:
    run = written(tiny_model._run([Request(CATALOGUE, seed=0, capture=False)]))
    assert len(run.passes) == 1
    made = run.result(0)
    assert (made.text, made.trace, made.reading) == (COPY, None, None)


def test_a_request_parted_from_its_batch_keeps_both_passes(
    tiny_model: V25Model, script: Sequence[int]
) -> None:
    run = written(tiny_model._run([Request(CATALOGUE, seed=0)]))
    whole = run.result(0)
    run.part(0)
    parted = run.result(0)
    for ours, theirs in ((whole, parted), (whole.reading, parted.reading)):
        assert ours.trace.tokens == theirs.trace.tokens
        assert np.array_equal(ours.trace.map(3, None), theirs.trace.map(3, None))


def test_closing_amid_the_second_pass_keeps_what_was_written(
    tiny_model: V25Model, script: Sequence[int]
) -> None:
    stream = tiny_model.stream(CATALOGUE, seed=0)
    first = next(stream)
    stream.close()
    assert list(stream) == []
    made = stream.generation
    assert made.text == first
    assert made.finish_reason is None
    assert made.reading.quote == ENTRIES[1]


@pytest.mark.parametrize("kind", ["npz", "json"])
def test_a_recording_keeps_both(
    tiny_model: V25Model, script: Sequence[int], tmp_path, kind: str
) -> None:
    made = tiny_model.generate(CATALOGUE, seed=0)
    path = tmp_path / f"kept.{kind}"
    v25.save_recording(made, path)
    kept = v25.load_recording(path)
    assert kept.reading.quote == made.quote
    assert kept.reading.media.text == CATALOGUE
    for ours, theirs in ((made, kept), (made.reading, kept.reading)):
        assert ours.probabilities == pytest.approx(theirs.probabilities)
        assert ours.trace.tokens == theirs.trace.tokens
        for layer in range(len(ours.trace.layers)):
            maps = ours.trace.map(layer, None), theirs.trace.map(layer, None)
            assert np.allclose(*maps, atol=1e-6)
