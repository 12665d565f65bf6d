"""INT8 at run time: weights as eight-bit integers with a scale a channel (torchao).

Post-training, weight only: activations stay in floating point, so nothing has to be calibrated.
Linear layers are quantised, convolutions and embeddings are not. The attention's weights are
unfolded once a request, for the heads that it opens.
"""

from __future__ import annotations

import functools
import importlib.util
import warnings

import torch
from torch import nn

from v25.schema import V25Error


@functools.cache
def has_int8() -> bool:
    """Whether torchao is installed."""
    return importlib.util.find_spec("torchao") is not None


def quantize_int8(network: nn.Module) -> nn.Module:
    """Turns the linear layers of `network` to INT8 weights, in place.

    Raises:
        V25Error: torchao is missing.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            from torchao.quantization import Int8WeightOnlyConfig, quantize_
        except ImportError as error:
            raise V25Error(
                "no_torchao",
                "INT8 needs the package torchao; please install it (pip install torchao) or "
                "choose another precision.",
            ) from error
        quantize_(network, Int8WeightOnlyConfig(), filter_fn=_is_large_linear)
    return network


def weight_bytes(network: nn.Module) -> int:
    """Bytes that the weights and buffers of `network` take."""
    total = 0
    for tensor in (*network.parameters(), *network.buffers()):
        inner = getattr(tensor, "__tensor_flatten__", None)
        parts = [tensor] if inner is None else [getattr(tensor, n) for n in inner()[0]]
        total += sum(p.numel() * p.element_size() for p in parts if isinstance(p, torch.Tensor))
    return total


def _is_large_linear(module: nn.Module, name: str) -> bool:
    small = name.endswith(("gate", "router", "label"))
    return isinstance(module, nn.Linear) and not small
