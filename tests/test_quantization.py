"""INT8 and half precision run, take less memory, and stay close."""

from __future__ import annotations

import sys

import numpy as np
import pytest
import torch
from torch import nn

from v25.api import V25Model
from v25.quantization import quantize_int8, weight_bytes
from v25.schema import V25Error


def logits_of(model: V25Model, photo: np.ndarray, sound: tuple[int, np.ndarray]) -> torch.Tensor:
    """Scores of a few fixed tokens after one prompt of all modalities."""
    stream = model.stream("写文案 for shoes", photo, sound, attention_heads=16)
    stream._run.prepare()
    cache = stream._run.state.cache
    tokens = (1, 5, 40, 77, 120)
    return torch.cat([model.network.step(torch.tensor([t]), cache) for t in tokens]).float()


def sqnr(exact: torch.Tensor, close: torch.Tensor) -> float:
    """Signal to quantisation noise in dB."""
    return float(10 * torch.log10(exact.square().mean() / (exact - close).square().mean()))


@pytest.mark.parametrize(("precision", "least"), [("int8", 25.0), ("fp16", 40.0), ("bf16", 20.0)])
@torch.inference_mode()
def test_each_precision_stays_close_to_fp32(
    tiny_model: V25Model,
    photo: np.ndarray,
    sound: tuple[int, np.ndarray],
    precision: str,
    least: float,
) -> None:
    exact = logits_of(tiny_model, photo, sound)
    assert sqnr(exact, logits_of(tiny_model.with_precision(precision), photo, sound)) > least


@pytest.mark.parametrize("precision", ["int8", "fp16", "bf16"])
def test_each_precision_writes_and_takes_less_memory(
    tiny_model: V25Model, photo: np.ndarray, sound: tuple[int, np.ndarray], precision: str
) -> None:
    model = tiny_model.with_precision(precision)
    assert model is tiny_model.with_precision(precision)
    assert model.memory < 0.75 * tiny_model.memory
    made = model.generate("shoes", photo, sound, max_length=6, seed=1)
    assert made.latency.precision == precision
    assert made.trace.open.sum(1).tolist() == [10] * 4
    again = tiny_model.generate("shoes", max_length=6, seed=1)
    assert again.latency.precision == "fp32"


def test_memory_counts_every_byte_of_int8() -> None:
    wide = nn.Sequential(nn.Linear(64, 32, bias=False))
    assert weight_bytes(wide) == 64 * 32 * 4
    quantize_int8(wide)
    assert 64 * 32 <= weight_bytes(wide) <= 64 * 32 + 32 * 16


def test_gates_and_routers_stay_exact(tiny_model: V25Model) -> None:
    exact = tiny_model.network.decision.layers[0]
    small = tiny_model.with_precision("int8").network.decision.layers[0]
    assert torch.equal(exact.attention.gate.weight, small.attention.gate.weight)
    assert torch.equal(exact.experts.router.weight, small.experts.router.weight)
    assert type(small.attention.qkv.weight) is not nn.Parameter


def test_without_torchao_int8_is_not_offered_and_says_what_to_install(
    tiny_model: V25Model, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "torchao.quantization", None)
    with pytest.raises(V25Error, match="pip install torchao"):
        V25Model(tiny_model.folder, quantization="int8", device="cpu")
    assert tiny_model.precisions == ("fp32", "bf16", "fp16", "int8")
    monkeypatch.setattr("v25.api.has_int8", lambda: False)
    assert tiny_model.precisions == ("fp32", "bf16", "fp16")
