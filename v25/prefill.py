"""Prompts into the cache: fusion, gates and prefill, some tokens of some requests at a time.

What comes and goes on the way (fused prompts, projections) then takes the memory of a group of
requests and a chunk of tokens; only keys and values of the open heads grow with the batch.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import torch
from torch import Tensor
from torch.nn.utils.rnn import pad_sequence

from v25.config import V25Config
from v25.model.attention import OpenHeads, joined, with_forced
from v25.model.decoder import Cache
from v25.model.fusion import Looked
from v25.model.network import Prompt, V25Network, pack
from v25.processing import PAD

CHUNK = 2048
"""Tokens that prefill takes at once: memory beside the cache stays that of a chunk."""
CPU_TOKENS, GPU_TOKENS = 16_384, 65_536
"""Tokens of all the requests that go through fusion side by side; a longer one goes alone. On a
GPU as many are a chunk: fewer of one request, or of a few, would leave it idle in part."""


@dataclass
class Filled:
    """What reading the prompts left behind.

    Attributes:
        cache: keys and values of the decision layers' open heads.
        gates: `(B, H)` a layer, fusion first; the forced ones where some were.
        fusion_heads: the open heads of each fusion layer.
        looked: what fusion layers looked with; empty without capture.
    """

    cache: Cache
    gates: list[Tensor]
    fusion_heads: list[OpenHeads] = field(default_factory=list)
    looked: list[Looked] = field(default_factory=list)


def groups(prompt: Prompt, together: int | None = None) -> Iterator[Prompt]:
    """Rows of `prompt`, as many at a time as `together` tokens hold."""
    rows, tokens, _ = prompt.x.shape
    if together is None:
        together = GPU_TOKENS if prompt.x.is_cuda else CPU_TOKENS
    step = max(1, together // max(1, tokens))
    if step >= rows:
        yield prompt
        return
    for start in range(0, rows, step):
        some = slice(start, start + step)
        yield Prompt(prompt.x[some], prompt.mask[some], prompt.kind[some], prompt.place[some])


@torch.inference_mode()
def fill(
    network: V25Network,
    prompts: Iterable[Prompt],
    rows: int,
    room: int,
    budget: int,
    forced: Tensor | None = None,
    capture: bool = True,
    lap: Callable[[str], None] = lambda stage: None,
    written: Sequence[Sequence[int]] | None = None,
) -> Filled:
    """Reads groups of prompts into one cache.

    Args:
        network: the network.
        prompts: groups of requests, `rows` in all; each is read before the next is asked for.
        rows: requests.
        room: tokens that the cache holds for each: the longest prompt and what will be written.
        budget: heads that each layer opens.
        forced: `(rows, L, H)`, see `attention.opened`; then all requests must be one group.
        capture: keep what tracing needs.
        lap: told the end of each of the stages "fusion", "gates" and "prefill".
        written: symbols that stand behind each prompt already, the start's first; none may be
            without. `room` is for them too.
    """
    decision, cache, parts, seen, start = network.decision, None, [], [], 0
    fused_forced = own = None
    if forced is not None:
        layers = (network.sizes.fusion_layers, len(decision.layers))
        fused_forced, own = forced.split(layers, 1)
    for prompt in prompts:
        chunk = max(CHUNK, GPU_TOKENS // len(prompt.x)) if prompt.x.is_cuda else CHUNK
        mask = None if bool(prompt.mask.all()) else prompt.mask
        fused, gates, heads, looked = network.fusion.run(
            prompt.x, mask, budget, chunk, fused_forced, capture
        )
        lap("fusion")
        decision_gates = decision.gates(fused, mask)
        opened = decision.open(decision_gates, budget, own)
        lap("gates")
        if cache is None:
            count = opened[0].index.shape[1]
            cache = Cache.reserved(rows, count, network.sizes, room, fused, capture)
        part = cache.of(start, opened)
        read, lengths = fused, prompt.lengths
        if written is not None:
            read, lengths = _behind(network, fused, prompt, written[start : start + len(fused)])
        decision.prefill(read, lengths, part, chunk)
        start += len(fused)
        if own is not None:
            each = zip(decision_gates, own.unbind(1), strict=True)
            decision_gates = [with_forced(g, f) for g, f in each]
        parts.append(part)
        seen.append((gates + decision_gates, heads, looked))
        del fused, read
        lap("prefill")
    cache.take(parts)
    if len(seen) == 1:
        return Filled(cache, *seen[0])
    all_gates, heads, looks = (
        list(zip(*column, strict=True)) for column in zip(*seen, strict=True)
    )
    return Filled(
        cache,
        [torch.cat(layer) for layer in all_gates],
        [joined(layer) for layer in heads],
        [_joined_looks(layer) for layer in looks],
    )


def _joined_looks(parts: tuple[Looked, ...]) -> Looked:
    columns = ([getattr(part, name) for part in parts] for name in ("queries", "keys", "norms"))
    return Looked(*(torch.cat(column) for column in columns))


def forced_gates(
    gates: Mapping[tuple[int, int], float], rows: int, sizes: V25Config, device: torch.device
) -> Tensor | None:
    """`Request.gates` as `(rows, L, H)`, NaN where a head is free; None when all are."""
    if not gates:
        return None
    forced = torch.full((rows, sizes.layers, sizes.heads), math.nan)
    for (layer, head), value in gates.items():
        forced[:, layer, head] = float(value)
    return forced.to(device)


def _behind(
    network: V25Network, fused: Tensor, prompt: Prompt, written: Sequence[Sequence[int]]
) -> tuple[Tensor, Tensor]:
    """Fused prompts with what was `written` behind them, packed, and the length of each."""
    ids = [torch.tensor(list(own), device=fused.device) for own in written]
    own = network.embed(pad_sequence(ids, batch_first=True, padding_value=PAD))
    counts = torch.tensor([len(i) for i in ids], device=fused.device)
    there = torch.arange(own.shape[1], device=fused.device) < counts[:, None]
    x, mask = pack(torch.cat((fused, own), 1), torch.cat((prompt.mask, there), 1))
    lengths = mask.sum(1)
    return x[:, : int(lengths.max())], lengths
