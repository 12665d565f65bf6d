"""Sizes are frozen, say what is wrong, and travel through plain values."""

from __future__ import annotations

import json
from dataclasses import FrozenInstanceError, replace

import pytest

from v25.config import BASE, PRESETS, ConfigError, SpeechConfig, V25Config


def test_the_default_is_the_architecture_of_the_design() -> None:
    assert BASE.image.depths == (3, 8, 36, 3)
    assert 3 * sum(BASE.image.depths) + 2 == 152
    assert BASE.image.grid >= 7
    assert (BASE.speech.layers, BASE.text.layers) == (12, 12)
    assert (BASE.heads, BASE.budget, BASE.smallest_budget) == (16, 10, 6)
    assert (BASE.experts, BASE.active_experts) == (8, 2)
    assert BASE.text.max_tokens == 16_384


@pytest.mark.parametrize("name", PRESETS)
def test_sizes_come_back_from_json(name: str) -> None:
    sizes = replace(PRESETS[name], labels=(("Kiwi", "kiwi"), ("hat", "hat")))
    assert V25Config.from_dict(json.loads(json.dumps(sizes.to_dict()))) == sizes


def test_unknown_values_are_left_out() -> None:
    values = {**BASE.to_dict(), "later": 1}
    values["text"] = {**values["text"], "later": 2}
    assert V25Config.from_dict(values) == BASE


def test_sizes_are_frozen() -> None:
    with pytest.raises(FrozenInstanceError):
        BASE.width = 1  # type: ignore[misc]


@pytest.mark.parametrize(
    "change",
    [
        {"width": 385},
        {"width": 16 * 3},
        {"heads": 0},
        {"heads": 15},
        {"budget": 0},
        {"budget": 17},
        {"smallest_budget": 11},
        {"active_experts": 9},
        {"active_experts": 0},
        {"image": {"size": 16}},
        {"image": {"depths": (1, 1, 1)}},
        {"speech": {"heads": 5}},
        {"speech": {"heads": 0}},
        {"speech": {"pool": 0}},
        {"speech": {"conv_dim": (8,)}},
        {"speech": {"conv_stride": (0,) * 7}},
        {"speech": {"sample_rate": 0}},
        {"text": {"heads": 0}},
        {"text": {"hidden": 161}},
        {"text": {"vocabulary": 3}},
        {"text": {"window": 0}},
    ],
    ids=str,
)
def test_sizes_that_cannot_be_say_so(change: dict) -> None:
    with pytest.raises(ConfigError, match=next(iter(change))):
        V25Config.from_dict(change)


@pytest.mark.parametrize("part", ["fusion_layers", "decision_layers"])
def test_each_part_needs_a_layer(part: str) -> None:
    with pytest.raises(ConfigError, match="at least a layer"):
        V25Config.from_dict({part: 0})


def test_frames_are_20_ms_apart() -> None:
    speech = SpeechConfig()
    assert speech.stride / speech.sample_rate == 0.02
    assert speech.frames(16_000) == 49
    assert speech.tokens(16_000) == 25
    assert speech.frames(0) == speech.tokens(0) == 0
