"""What the copy stage begins with: sizes, and the weights of an earlier checkpoint."""

from __future__ import annotations

import functools
import json
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import torch
from torch import Tensor

from v25 import labels
from v25.config import V25Config
from v25.model.network import TEXT, V25Network
from v25.training import hearing, speech
from v25.training.schedule import weights_of


@functools.cache
def prepare_config(
    config: V25Config, packs: tuple[Path, ...], start: Path | None = None
) -> V25Config:
    """The preset with the labels of the photo sets and the alphabet of the speech packs.

    Without packs the alphabet is that of the checkpoint to go on from, if there is one.
    """
    pairs = tuple((name, labels.LABEL_PRODUCTS[name]) for name in labels.LABELS)
    config = replace(config, labels=pairs)
    if not packs and start is not None:
        values = json.loads((start / "config.json").read_text(encoding="utf-8"))["v25"]
        return replace(config, speech=V25Config.from_dict(values).speech)
    if not packs:
        return config
    texts = [row["text"] for pack in packs for row in speech.read_manifest(pack)]
    return replace(config, speech=replace(config.speech, characters=hearing.alphabet(texts)))


def take_up(network: V25Network, start: Path) -> dict[str, Tensor]:
    """Puts the weights of checkpoint `start` into `network`; returns them.

    With another alphabet the transcript's classes stay fresh: the speech stage brings its own.

    Raises:
        ValueError: another weight has another shape.
    """
    state = weights_of(start)
    own = network.state_dict()
    if not network.sizes.gated:
        state = {k: v for k, v in state.items() if not _is_gate(k)}
    for name in [n for n in state if n.startswith("speech.ctc.")]:
        if state[name].shape != own[name].shape:
            del state[name]
    unfit = [n for n, w in state.items() if n not in own or own[n].shape != w.shape]
    if unfit:
        raise ValueError(f"{start} is no checkpoint of this preset: {unfit[0]}")
    network.load_state_dict(state, strict=False)
    return state


def static(config: V25Config) -> V25Config:
    """The static twin of `config`: no gates, every head open, all else alike."""
    return replace(config, gated=False, budget=config.heads, smallest_budget=config.heads)


@torch.no_grad()
def become_static(network: V25Network, start: Path, batches: Iterable[dict[str, Tensor]]) -> None:
    """A static twin begins as its gated start ran with all heads open: gates at their means.

    One that goes on from a static checkpoint has nothing to take over.

    Args:
        network: the twin, the weights of `start` in place.
        start: a checkpoint.
        batches: typed commands to take the means over.
    """
    gated = V25Network.from_sizes(replace(network.sizes, gated=True)).eval()
    if not any(map(_is_gate, take_up(gated, start))):
        return
    gates = mean_gates(gated, ((batch["ids"], batch["length"]) for batch in batches))
    layers = (*network.fusion.layers, *network.decision.layers)
    for layer, mean in zip(layers, gates, strict=True):
        weight = layer.attention.out.weight  # (D, H * d)
        weight *= mean.repeat_interleave(layer.attention.head_dim).to(weight)


@torch.no_grad()
def mean_gates(network: V25Network, prompts: Iterable[tuple[Tensor, Tensor]]) -> list[Tensor]:
    """`(H,)` a layer: the gates over prompts `(ids, lengths)` with all heads open."""
    totals, count = None, 0
    for ids, lengths in prompts:
        mask = torch.arange(ids.shape[1], device=ids.device) < lengths[:, None]
        x = network.read(ids, torch.zeros_like(ids), mask)
        prompt = network.join([(x, mask, torch.full_like(ids, TEXT))])
        budgets = torch.full((len(ids),), network.sizes.heads, device=ids.device)
        fused, gates = network.fusion(prompt.x, prompt.mask, budgets)
        found = torch.stack([*gates, *network.decision.gates(fused, prompt.mask)]).sum(1)
        totals, count = found if totals is None else totals + found, count + len(ids)
    return list(totals / count)


def _is_gate(name: str) -> bool:
    return ".attention.gate." in name or ".attention.gate_norm." in name
