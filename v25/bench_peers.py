"""What the model costs beside small vision-language models of others: one photo, 40 tokens.

The peers are architectures of the transformers library with the published sizes and random
weights: cost, not quality, is compared, and no weights are fetched. Each sees one image of its own
usual size and the rest of its prompt, as tensors that are ready (their processors are not timed;
this model's own reading of the photo file is), and writes greedily with a cache, by the library's
`generate` and by a plain loop over the model's forward pass, both eager; the better one counts.
`memory_mib` is the weights and the most that is held beside them on the way. The ratios say
how many times this model's figure a peer's is.
"""

from __future__ import annotations

import argparse
import statistics
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass, field
from functools import partial
from itertools import pairwise
from typing import Any

import torch
from torch import Tensor, nn
from transformers import LogitsProcessorList
from transformers.modeling_outputs import BaseModelOutput

from v25.api import DTYPES, V25Model
from v25.paired import (
    MIB,
    Figures,
    Row,
    free_all,
    interleave,
    note,
    on_gpu,
    peak_memory,
    synchronised,
)
from v25.quantization import weight_bytes

PROMPT = 40
"""Tokens beside the image."""
TOKENS = 24
WORD = 1000
"""The first of the ids that a peer's prompt is made of."""
OWN = "v25"


@dataclass
class Peer:
    """A model of others and what it reads.

    Attributes:
        name: of the checkpoint that has these sizes.
        network: with random weights.
        inputs: arguments of its forward pass, image and prompt.
        start: the token that an encoder-decoder's copy begins with; None for a decoder.
        ways: loops that write with it.
        loops: least milliseconds a token of each.
    """

    name: str
    network: nn.Module
    inputs: dict[str, Tensor]
    start: int | None = None
    ways: dict[str, Callable[..., tuple[float, float]]] = field(
        default_factory=lambda: {"plain loop": _plain, "generate": _library}
    )
    loops: dict[str, float] = field(default_factory=dict)


def peers(model: V25Model, args: argparse.Namespace) -> list[Row]:
    """Time to first token, ms a token and memory in every precision; this model first."""
    device = model.network.device
    usual = (model.precision,) if on_gpu(device) else ("fp32", "bf16")
    wanted = [p for p in args.precisions or usual if p in ("fp32", "bf16", "fp16")]
    rows: list[Row] = []
    for precision in wanted:
        own = model.with_precision(precision)
        graphs = _settled(own, args)
        dtype = DTYPES[precision]
        others = [peer for name in PEERS if (peer := build(name, device, dtype)) is not None]
        cells: dict[str, Callable[[], Figures]] = {OWN: partial(_own, own, args, graphs)}
        cells |= {peer.name: partial(_theirs, peer, args.tokens or TOKENS) for peer in others}
        measured = interleave(cells, args.rounds or 3)
        sizes = {OWN: own.network} | {peer.name: peer.network for peer in others}
        rows += [
            {
                "precision": precision,
                "model": name,
                "parameters_millions": round(_parameters(sizes[name]) / 1e6),
            }
            | figures
            for name, figures in measured.items()
        ]
        for peer in others:
            note(f"{peer.name}, {precision}: {_shown(peer.loops)}")
        del others, cells, sizes
        free_all(device)
    return rows


def _parameters(network: nn.Module) -> int:
    return sum(p.numel() for p in network.parameters())


def _shown(loops: dict[str, float]) -> str:
    return ", ".join(f"{name} {ms:.2f} ms a token" for name, ms in loops.items())


def command(model: V25Model, tokens: int = PROMPT) -> str:
    """A typed command of about `tokens` tokens."""
    words = "Two long versions for this product: premium and story, for young parents."
    more = " Mention that it is light, soft and easy to care for, and the price, $49."
    text = words
    while len(model.processor.encode(text + more)[0]) <= tokens:
        text += more
    return text


def _settled(model: V25Model, args: argparse.Namespace) -> int:
    """Bytes that a first request leaves behind on a GPU: the buffers of its captured graph."""
    device = model.network.device
    free_all(device)
    before = torch.cuda.memory_allocated(device) if on_gpu(device) else 0
    model.generate(command(model), args.image, max_length=args.tokens or TOKENS, temperature=0.0)
    free_all(device)
    return torch.cuda.memory_allocated(device) - before if on_gpu(device) else 0


def _own(model: V25Model, args: argparse.Namespace, graphs: int) -> Figures:
    device = model.network.device
    text = command(model)
    free_all(device)
    with peak_memory(device) as peak:
        settings = {"max_length": args.tokens or TOKENS, "temperature": 0.0, "seed": 0}
        latency = model.generate(text, args.image, **settings).latency
        synchronised(device)
    later = latency.token_ms[1:] or latency.token_ms
    beyond = None if peak["bytes"] is None else peak["bytes"] + graphs
    return _figures(latency.first_token_ms, statistics.median(later), model.memory, beyond)


def _figures(first: float, token: float, weights: int, beyond: int | None) -> Figures:
    figures = {"first_token_ms": first, "ms_per_token": token, "weights_mib": weights / MIB}
    return figures if beyond is None else figures | {"memory_mib": (weights + beyond) / MIB}


@torch.inference_mode()
def _theirs(peer: Peer, tokens: int) -> Figures:
    device = next(peer.network.parameters()).device
    held, times = [], {}
    for name, loop in peer.ways.items():
        free_all(device)
        with peak_memory(device) as peak:
            times[name] = loop(peer, tokens)
        held.append(peak["bytes"])
        ms = times[name][1]
        peer.loops[name] = min(ms, peer.loops.get(name, ms))
    first, later = (min(column) for column in zip(*times.values(), strict=True))
    beyond = None if None in held else min(held)
    return _figures(first, later, weight_bytes(peer.network), beyond)


def _plain(peer: Peer, tokens: int) -> tuple[float, float]:
    """Milliseconds to the first token, and of each later one, in a loop of its own."""
    network, device = peer.network, next(peer.network.parameters()).device
    given = dict(peer.inputs)
    if peer.start is not None:
        given["decoder_input_ids"] = torch.full((1, 1), peer.start, device=device)
    times, begun = [], synchronised(device)
    encoded: dict[str, Any] = {}
    for step in range(tokens):
        made = network(**given, use_cache=True)
        token = made.logits[:, -1:].argmax(-1)
        token[0, 0].item()
        now = synchronised(device)
        times.append((now - begun) * 1e3)
        begun = now
        if peer.start is None:
            given = {"input_ids": token, "past_key_values": made.past_key_values}
            continue
        if step == 0:
            state = BaseModelOutput(last_hidden_state=made.encoder_last_hidden_state)
            encoded = {"encoder_outputs": state, "attention_mask": peer.inputs["attention_mask"]}
        given = {"decoder_input_ids": token, "past_key_values": made.past_key_values} | encoded
    return times[0], statistics.median(times[1:] or times)


def _library(peer: Peer, tokens: int) -> tuple[float, float]:
    """The same in the library's own loop, which tells a processor of logits of every step."""
    device = next(peer.network.parameters()).device
    times: list[float] = []

    def tell(ids: Tensor, scores: Tensor) -> Tensor:
        times.append(synchronised(device))
        return scores

    begun = synchronised(device)
    with _quiet():
        peer.network.generate(
            **peer.inputs, max_new_tokens=tokens, min_new_tokens=tokens, do_sample=False,
            num_beams=1, use_cache=True, logits_processor=LogitsProcessorList([tell]),
        )  # fmt: skip
    steps = [b - a for a, b in pairwise(times)] or [times[0] - begun]
    return (times[0] - begun) * 1e3, statistics.median(steps) * 1e3


def _quiet() -> Any:
    """Without the library's advice about generation settings."""
    import logging

    class _Quiet(nullcontext):
        def __enter__(self) -> None:
            logging.disable(logging.WARNING)

        def __exit__(self, *error: object) -> None:
            logging.disable(logging.NOTSET)

    return _Quiet()


# --- architectures --------------------------------------------------------------------------


def build(name: str, device: torch.device, dtype: torch.dtype) -> Peer | None:
    """A peer with random weights; None, and a note, where this transformers cannot make it."""
    try:
        with torch.random.fork_rng(devices=[]):
            torch.manual_seed(0)
            network, inputs, start = PEERS[name](device)
        network = network.to(device, dtype).eval().requires_grad_(False)
        cast = {k: v.to(dtype) if v.is_floating_point() else v for k, v in inputs.items()}
        peer = Peer(name, network, {k: v.to(device) for k, v in cast.items()}, start)
        with torch.inference_mode():
            _plain(peer, 2)
            try:
                _library(peer, 2)
            except Exception as error:
                note(f"peers: {name} has its plain loop alone: {type(error).__name__}: {error}")
                peer.ways = {"plain loop": _plain}
    except Exception as error:  # whatever another version of the library objects to
        note(f"peers: {name} left out: {type(error).__name__}: {error}")
        return None
    return peer


Made = tuple[nn.Module, dict[str, Tensor], int | None]


def _words(count: int = PROMPT) -> Tensor:
    return torch.arange(WORD, WORD + count)


def _prompt(image: int, places: int) -> dict[str, Tensor]:
    """A few words, the image's places, the other words."""
    words = _words()
    ids = torch.cat((words[:4], torch.full((places,), image), words[4:]))[None]
    return {"input_ids": ids, "attention_mask": torch.ones_like(ids)}


def smolvlm(
    device: torch.device, text: dict[str, int], vision: dict[str, int] | None = None
) -> Made:
    """SmolVLM (Marafioti et al., 2025): SigLIP base, 512 pixels to 64 tokens, and SmolLM2."""
    from transformers import SmolVLMConfig, SmolVLMForConditionalGeneration

    image = 49_190
    config = SmolVLMConfig(
        vision_config={
            "hidden_size": 768, "intermediate_size": 3072, "num_hidden_layers": 12,
            "num_attention_heads": 12, "image_size": 512, "patch_size": 16, **(vision or {}),
        },
        text_config={
            "model_type": "llama", "vocab_size": 49_280, "rms_norm_eps": 1e-5,
            "max_position_embeddings": 8192, "rope_theta": 100_000.0, "pad_token_id": 2,
            "bos_token_id": 1, "eos_token_id": 49_279, **text,
        },
        scale_factor=4,
        image_token_id=image,
        tie_word_embeddings=False,
    )  # fmt: skip
    config._attn_implementation = "sdpa"
    with torch.device(device):
        network = SmolVLMForConditionalGeneration(config)
    pixels = torch.randn(1, 1, 3, 512, 512)
    return network, _prompt(image, 64) | {"pixel_values": pixels}, None


def _smolvlm_256m(device: torch.device) -> Made:
    sizes = {"hidden_size": 576, "intermediate_size": 1536, "num_hidden_layers": 30,
             "num_attention_heads": 9, "num_key_value_heads": 3}  # fmt: skip
    return smolvlm(device, sizes)


def _lfm2_vl_450m(device: torch.device) -> Made:
    """LFM2-VL (Liquid AI, 2025): SigLIP 2 base, 512 pixels to 256 tokens, and LFM2-350M."""
    from transformers import Lfm2VlConfig, Lfm2VlForConditionalGeneration

    image, side = 396, 32
    full = (2, 5, 8, 10, 12, 14)
    config = Lfm2VlConfig(
        vision_config={
            "model_type": "siglip2_vision_model", "hidden_size": 768, "intermediate_size": 3072,
            "num_hidden_layers": 12, "num_attention_heads": 12, "num_patches": 256,
            "patch_size": 16, "vision_use_head": False,
        },
        text_config={
            "model_type": "lfm2", "vocab_size": 65_536, "hidden_size": 1024,
            "intermediate_size": 6656, "num_hidden_layers": 16, "num_attention_heads": 16,
            "num_key_value_heads": 8, "eos_token_id": 7,
            "layer_types": ["full_attention" if i in full else "conv" for i in range(16)],
        },
        image_token_id=image,
        downsample_factor=2,
        projector_hidden_size=2560,
    )  # fmt: skip
    config._attn_implementation = "sdpa"
    with torch.device(device):
        network = Lfm2VlForConditionalGeneration(config)
    vision = {
        "pixel_values": torch.randn(1, side * side, 3 * 16 * 16),
        "pixel_attention_mask": torch.ones(1, side * side, dtype=torch.long),
        "spatial_shapes": torch.tensor([[side, side]]),
    }
    return network, _prompt(image, (side // 2) ** 2) | vision, None


def _florence_2_base(device: torch.device) -> Made:
    """Florence-2 (Xiao et al., 2023): DaViT, 768 pixels to 577 tokens, and an encoder-decoder."""
    from transformers import Florence2Config, Florence2ForConditionalGeneration

    image = 51_289
    config = Florence2Config(
        vision_config={"projection_dim": 768},
        text_config={
            "model_type": "bart", "vocab_size": 51_290, "d_model": 768, "encoder_layers": 6,
            "decoder_layers": 6, "encoder_attention_heads": 12, "decoder_attention_heads": 12,
            "encoder_ffn_dim": 3072, "decoder_ffn_dim": 3072, "max_position_embeddings": 1024,
        },
        image_token_id=image,
    )  # fmt: skip
    config._attn_implementation = "sdpa"
    with torch.device(device):
        network = Florence2ForConditionalGeneration(config)
    return network, _prompt(image, 577) | {"pixel_values": torch.randn(1, 3, 768, 768)}, 2


PEERS: dict[str, Callable[[torch.device], Made]] = {
    "SmolVLM-256M": _smolvlm_256m,
    "Florence-2-base": _florence_2_base,
    "LFM2-VL-450M": _lfm2_vl_450m,
}
"""Architectures by the checkpoint whose sizes they have."""
