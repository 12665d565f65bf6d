"""The effect of a head is what really happens when it is closed."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch
from parts import key_of

from v25 import effects, load_recording, save_recording
from v25.api import V25Model
from v25.schema import Generation

PHOTO_GATES = {(1, 0): 0.0, (2, 4): 0.6}


@pytest.fixture(scope="module")
def made(tiny_model: V25Model, photo: np.ndarray) -> Generation:
    """Some gates are forced already: they stay so while others are closed."""
    return tiny_model.generate(
        "写文案 for shoes", photo, max_length=9, seed=5, temperature=1.3, gates=PHOTO_GATES
    )


@torch.inference_mode()
def told(model: V25Model, photo: np.ndarray, made: Generation, gates: dict) -> list[float]:
    """Log-probability of each written token when the same text is forced on a fresh run."""
    fresh = model.stream("写文案 for shoes", photo, max_length=9, gates=gates)
    fresh._run.prepare()
    written, chances = made.trace.source.written, []
    for before, token in zip([1, *written], written, strict=False):
        scores = model.network.step(torch.tensor([before]), fresh._run.state.cache)[0]
        chances.append(float(scores.log_softmax(-1)[token]))
    return chances


def test_effects_equal_runs_with_that_head_closed(
    tiny_model: V25Model, photo: np.ndarray, made: Generation, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every open head; the gates of all later layers follow."""
    monkeypatch.setattr(effects, "CPU_TOKENS", 90)  # several groups, the last one smaller
    positions = (0, 4, len(made.probabilities) - 1)
    found = {p: tiny_model.head_effects(made, p) for p in positions}
    base = told(tiny_model, photo, made, PHOTO_GATES)
    moved = 0
    for layer, head in np.ndindex(made.trace.open.shape):
        if not made.trace.open[layer, head]:
            assert all(np.isnan(values[layer, head]) for values in found.values())
            continue
        closed = told(tiny_model, photo, made, {**PHOTO_GATES, (layer, head): 0.0})
        for position, values in found.items():
            change = closed[position] - base[position]
            assert values[layer, head] == pytest.approx(change, abs=2e-4)
            moved += abs(change) > 1e-3
    assert moved > 40
    assert all(values.dtype == np.float32 for values in found.values())


def test_the_end_is_a_written_token_too(tiny_model: V25Model) -> None:
    for seed in range(60):
        made = tiny_model.generate("a", max_length=40, seed=seed, temperature=3.0, top_p=1.0)
        if made.finish_reason == "end":
            break
    assert made.finish_reason == "end"
    last = len(made.probabilities) - 1
    assert np.isfinite(tiny_model.head_effects(made, last)[made.trace.open]).all()


def test_effects_of_a_request_in_a_padded_batch_are_its_own(
    tiny_model: V25Model, photo: np.ndarray
) -> None:
    short = {"text": "apples", "max_length": 5, "seed": 4}
    long = {"text": "a long command " * 5, "image": photo, "max_length": 8, "seed": 4}
    alone = tiny_model.generate(**short)
    padded = tiny_model.generate_batch([long, short])[1]
    assert alone.text == padded.text
    np.testing.assert_allclose(
        tiny_model.head_effects(padded, 2), tiny_model.head_effects(alone, 2), atol=1e-4
    )


def test_a_long_text_is_refused_in_a_sentence(
    tiny_model: V25Model, made: Generation, monkeypatch: pytest.MonkeyPatch
) -> None:
    tokens = made.trace.prompt_length + 1
    monkeypatch.setattr(effects, "MOST_TOKENS", tokens)
    assert tiny_model.head_effects(made, 0).shape == made.trace.gates.shape
    assert key_of(lambda: tiny_model.head_effects(made, 1)) == "effects_too_long"


def test_looking_changes_nothing(tiny_model: V25Model, made: Generation) -> None:
    before = made.trace.map(3, None)
    first = tiny_model.head_effects(made, 3)
    assert (made.trace.map(3, None) == before).all()
    np.testing.assert_array_equal(tiny_model.head_effects(made, 3), first)


def test_a_place_that_is_not_there_and_a_run_that_is_gone_say_so(
    tiny_model: V25Model, made: Generation, tmp_path: Path
) -> None:
    for position in (-1, len(made.probabilities), 1.0, True):
        assert key_of(lambda p=position: tiny_model.head_effects(made, p)) == "no_such_token"
    save_recording(made, tmp_path / "a.npz")
    gone = [load_recording(tmp_path / "a.npz"), Generation()]
    gone.append(tiny_model.generate("a", max_length=2, capture=False))
    for generation in gone:
        assert key_of(lambda g=generation: tiny_model.head_effects(g, 0)) == "effects_need_model"
