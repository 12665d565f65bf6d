"""What attention costs by length: the head budget, and N x N matrices against the fused kernel.

Prompts are random words. They are read in groups, so that keys and values alone grow with the
batch; `prefill_ms` is fusion, gates and prefill (the encoder of words, the same for every budget,
is left out), `decode_ms` one eager step of the whole batch. On a GPU the batch is as large as all
heads of prompts of 16,384 tokens need for 48 GB of the whole GPU; other lengths take the same
number of tokens, or fewer where what is held for each request (weights of its open heads) would
need more memory than that.

"materialised" is the product note's formula on the same weights: `softmax(QK^T) * g * V` with the
N x N matrix of every head, one request at a time.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

import torch
from torch import Tensor

from v25.api import V25Model
from v25.checkpoint import load_network
from v25.model.decoder import Cache
from v25.model.network import TEXT, Prompt, V25Network
from v25.paired import (
    GIB,
    MIB,
    Figures,
    Row,
    Unequal,
    free_all,
    gpu_peaks,
    interleave,
    note,
    on_gpu,
    peak_memory,
    synchronised,
)
from v25.prefill import CPU_TOKENS, GPU_TOKENS, Filled, fill
from v25.processing import FIRST_STYLE, START
from v25.rows import Stopwatch

LENGTHS = (16_384, 1024, 2048, 4096, 8192, 32_768)
"""On a GPU; the one that matters most first, in case time runs out."""
CPU_LENGTHS = (4096, 1024, 2048)
HEADLINE = 16_384
TARGET = 48e9
"""Bytes of the whole GPU that all heads are to need at `HEADLINE` tokens."""
SHARE = 0.6
"""Of a GPU's memory, where that is less."""
STEPS = 8
SMALL = 2
"""Groups of a trial run, which settles kernels and says what a request needs."""
BUDGETS = (6,)
"""Measured beside all heads and the default budget."""
SECONDS = 110.0
"""After which a GPU measures no further lengths, if not said otherwise."""
TOLERANCE = 1e-3
"""Largest difference of float32 logits, as a share of the largest logit."""
CHECKED = 1024
"""Tokens of the prompt at which fused and materialised logits are compared."""
MOST_MATERIALISED = 16_384


def attention(model: V25Model, args: argparse.Namespace) -> list[Row]:
    """Prefill, decode and memory by length and budget; all heads come first."""
    check(model, min(CHECKED, *(args.lengths or LENGTHS)))
    begun, rows = time.perf_counter(), []
    device, lengths = model.network.device, _lengths(model, args)
    tokens, seconds = None, args.seconds or SECONDS
    for length in lengths:
        if rows and on_gpu(device) and time.perf_counter() - begun > seconds:
            note(f"attention: {length:,} tokens left out after {seconds:.0f} s")
            continue
        batch = 1
        if on_gpu(device):
            batch, tokens = _batch(model, length, tokens)
        rows += _as_many_as_fit(model, args, length, batch)
    return sorted(rows, key=lambda row: row["tokens"])


def materialised(model: V25Model, args: argparse.Namespace) -> list[Row]:
    """One request with N x N matrices, then fused with all heads and with the default budget."""
    rows, device = [], model.network.device
    for length in sorted(_lengths(model, args)):
        if length > MOST_MATERIALISED or not _fits(model, length):
            note(f"materialised: {length:,} tokens left out: the matrices would not fit")
            continue
        cells: dict[tuple[str, int], Callable[[], Figures]] = {
            ("materialised", model.heads): partial(_spelt_out, model, length)
        }
        for budget in dict.fromkeys((model.heads, model.budget)):
            cells["fused", budget] = partial(_fused, model, length, 1, budget, steps=0)
        try:
            measured = interleave(cells, args.rounds or (2 if on_gpu(device) else 1))
        except torch.OutOfMemoryError:
            note(f"materialised: {length:,} tokens left out: out of memory")
            free_all(device)
            continue
        rows += [
            {"tokens": length, "batch": 1, "attention": kind, "heads": heads} | figures
            for (kind, heads), figures in measured.items()
        ]
    return rows


def _lengths(model: V25Model, args: argparse.Namespace) -> tuple[int, ...]:
    usual = LENGTHS if on_gpu(model.network.device) else CPU_LENGTHS
    return tuple(args.lengths or usual)


def _as_many_as_fit(
    model: V25Model, args: argparse.Namespace, length: int, batch: int
) -> list[Row]:
    """With fewer requests than `batch` where these turn out too many for the GPU."""
    while batch:
        try:
            return _by_budget(model, args, length, batch)
        except torch.OutOfMemoryError:
            note(f"attention: {batch:,} requests of {length:,} tokens do not fit")
        batch = batch * 3 // 4
        free_all(model.network.device)
    return []


def _by_budget(model: V25Model, args: argparse.Namespace, length: int, batch: int) -> list[Row]:
    budgets = dict.fromkeys((model.heads, model.budget, *(b for b in BUDGETS if b < model.heads)))
    cells = {budget: _after_a_trial(model, length, batch, budget) for budget in budgets}
    usual = (3 if length == HEADLINE else 1 if length > HEADLINE else 2) if batch > 1 else 3
    measured = interleave(cells, args.rounds or usual)
    return [
        {"tokens": length, "batch": batch, "attention": "fused", "heads": budget} | figures
        for budget, figures in measured.items()
    ]


def _after_a_trial(model: V25Model, length: int, batch: int, budget: int) -> Callable[[], Figures]:
    """The first call, which does not count, reads a few requests only: a batch takes seconds."""
    tried = False

    def cell() -> Figures:
        nonlocal tried
        rows = batch if tried else min(batch, SMALL * _together(model, length))
        tried = True
        return _fused(model, length, rows, budget)

    return cell


# --- the fused kernel -----------------------------------------------------------------------


def _together(model: V25Model, length: int) -> int:
    """Requests that are read side by side."""
    tokens = GPU_TOKENS if on_gpu(model.network.device) else CPU_TOKENS
    return max(1, tokens // length)


def prompts(
    network: V25Network, length: int, rows: int, together: int, watch: Stopwatch | None = None
) -> Iterator[Prompt]:
    """`rows` prompts of `length` random words, `together` at a time, always the same ones."""
    device, words = network.device, network.sizes.text.vocabulary
    for start in range(0, rows, together):
        count = min(together, rows - start)
        chance = torch.Generator(device).manual_seed(start)
        shape = (count, length)
        ids = torch.randint(FIRST_STYLE, words, shape, device=device, generator=chance)
        mask = torch.ones(shape, dtype=torch.bool, device=device)
        with torch.inference_mode():
            tokens = network.read(ids, torch.zeros_like(ids), mask)
            prompt = network.join([(tokens, mask, torch.full_like(ids, TEXT))])
        if watch is not None:
            watch.lap("text")
        yield prompt


def _fused(model: V25Model, length: int, rows: int, budget: int, steps: int = STEPS) -> Figures:
    network = model.network
    device = network.device
    free_all(device)
    with peak_memory(device) as peak:
        watch = Stopwatch(device)
        each = prompts(network, length, rows, _together(model, length), watch)
        room = length + steps + 1
        filled = fill(network, each, rows, room, budget, capture=False, lap=watch.lap)
        step = {"decode_ms": _steps(network, filled.cache, rows, steps)} if steps else {}
    ms = sum(watch.stages[stage] for stage in ("fusion", "gates", "prefill"))
    figures = {"prefill_ms": ms, **step}
    kept = filled.cache.keys.nbytes + filled.cache.values.nbytes
    return figures | _memory(device, kept, peak["bytes"])


def _memory(device: torch.device, kept: int, beyond: int | None) -> Figures:
    if on_gpu(device):
        return {"kv_gib": kept / GIB} | gpu_peaks(device)
    figures = {"kv_mib": kept / MIB}
    return figures if beyond is None else figures | {"peak_mib": beyond / MIB}


@torch.inference_mode()
def _steps(network: V25Network, cache: Cache, rows: int, steps: int) -> float:
    """Milliseconds of one step of the whole batch, the first one not counted."""
    tokens = torch.full((rows,), START, device=network.device)
    begun = 0.0
    for step in range(steps):
        if step == 1:
            begun = synchronised(network.device)
        tokens = network.step(tokens, cache).argmax(-1)
    return (synchronised(network.device) - begun) / (steps - 1) * 1e3


def _batch(model: V25Model, length: int, tokens: int | None) -> tuple[int, int]:
    """Requests of `length`, and tokens of all requests at `HEADLINE`.

    A trial with all heads says what reading takes beside what each request holds: the cache, its
    open heads' weights (twice for a moment, when the groups' are joined).
    """
    device, together = model.network.device, _together(model, length)
    total = torch.cuda.get_device_properties(device).total_memory
    free_all(device)
    trial = SMALL * together
    room, network = length + STEPS + 1, model.network
    each = prompts(network, length, trial, together)
    filled = fill(network, each, trial, room, model.heads, capture=False)
    cache = (filled.cache.keys.nbytes + filled.cache.values.nbytes) / trial
    weights = _head_bytes(filled) / trial
    held = trial * (cache + weights)
    used = gpu_peaks(device)
    beside = used["device_gib"] * GIB - held
    del filled
    free_all(device)
    target = min(TARGET, SHARE * total)
    most = int(min((target - beside) / (cache + weights), target / (cache + 2 * weights)))
    if tokens is None:
        wanted = most
        if length != HEADLINE:
            per_token = cache / room
            wanted = int((target - beside) / per_token / length)
        tokens = wanted * length
    return max(1, min(most, tokens // length)), tokens


def _head_bytes(filled: Filled) -> int:
    """Bytes of the open heads' weights; what several share counts once."""
    held: dict[int, int] = {}
    for heads in (*filled.cache.heads, *filled.fusion_heads):
        for weight in (heads.qkv, heads.out):
            storage = weight.untyped_storage()
            held[storage.data_ptr()] = storage.nbytes()
    return sum(held.values())


# --- N x N ----------------------------------------------------------------------------------


def _fits(model: V25Model, length: int) -> bool:
    """Whether scores and weights of all heads, and as much again, find room."""
    device = model.network.device
    if not on_gpu(device):
        return True
    size = torch.finfo(model.network.dtype).bits // 8
    free, _ = torch.cuda.mem_get_info(device)
    cached = torch.cuda.memory_reserved(device) - torch.cuda.memory_allocated(device)
    return 2.5 * model.heads * length**2 * size < free + cached


@dataclass
class SpeltOut:
    """The materialised attention of a whole sequence.

    Attributes:
        logits: `(B, last, V)` of the last positions.
        keys: `(B, H, N, d)` of each decision layer, as a cache would keep them.
        values: the same.
    """

    logits: Tensor
    keys: list[Tensor]
    values: list[Tensor]


@torch.inference_mode()
def spell_out(network: V25Network, prompt: Prompt, own: Tensor, last: int) -> SpeltOut:
    """Fusion and decision with an N x N matrix a head, every head taken part in.

    Args:
        network: the network.
        prompt: `(B, N)` tokens without padding.
        own: `(B, T)` tokens behind the prompt; T may be 0.
        last: positions whose logits are asked for.
    """
    fusion, decision, heads = network.fusion, network.decision, network.sizes.heads
    x, turn = prompt.x, fusion.turn(prompt.x, None)
    for layer in fusion.layers:
        open_heads = layer.attention.open(layer.attention.gates(x, None), heads)
        projected = layer.attention.project(layer.attention_norm(x), open_heads, turn)
        x = x + torch.bmm(_matrices(*projected, causal=False), open_heads.out)
        x = x + layer.feed_forward(layer.feed_forward_norm(x))
    fused = fusion.norm(x)
    x = torch.cat((fused, network.embed(own)), 1)
    turn = decision.turn(torch.arange(x.shape[1], device=x.device)[None])
    keys, values = [], []
    for layer, gates in zip(decision.layers, decision.gates(fused, None), strict=True):
        open_heads = layer.attention.open(gates, heads)
        projected = layer.attention.project(layer.attention_norm(x), open_heads, turn)
        keys.append(projected[1])
        values.append(projected[2].contiguous())
        x = x + torch.bmm(_matrices(*projected, causal=True), open_heads.out)
        x = x + layer.experts(layer.experts_norm(x))[0]
    return SpeltOut(network.logits(decision.norm(x[:, -last:])), keys, values)


def _matrices(queries: Tensor, keys: Tensor, values: Tensor, causal: bool) -> Tensor:
    """`(B, N, H * d)` of `(B, H, N, d)`; scores and their softmax are all that is N x N a head."""
    scores = (queries * queries.shape[-1] ** -0.5) @ keys.transpose(2, 3)
    if causal:
        later = torch.ones(scores.shape[-2:], dtype=torch.bool, device=scores.device).triu_(1)
        scores.masked_fill_(later, float("-inf"))
    return (scores.softmax(-1) @ values).transpose(1, 2).flatten(2)


def _spelt_out(model: V25Model, length: int) -> Figures:
    network = model.network
    device = network.device
    free_all(device)
    with peak_memory(device) as peak:
        prompt = next(prompts(network, length, 1, 1))
        begun = synchronised(device)
        own = torch.full((1, 0), START, device=device)
        made = spell_out(network, prompt, own, 1)
        ms = (synchronised(device) - begun) * 1e3
    kept = sum(t.nbytes for t in (*made.keys, *made.values))
    return {"prefill_ms": ms} | _memory(device, kept, peak["bytes"])


def check(model: V25Model, length: int) -> float:
    """Holds the fused prefill and steps to the materialised attention, in float32.

    Returns:
        The largest difference of logits.

    Raises:
        Unequal: it is beyond `TOLERANCE` times the largest logit.
    """
    network = load_network(model.folder).to(model.network.device)  # float32, whatever runs
    own = torch.arange(STEPS, device=network.device)[None] + START
    with torch.inference_mode():
        prompt = next(prompts(network, length, 1, 1))
        cache = fill(network, [prompt], 1, length + STEPS, network.sizes.heads, capture=False).cache
        fused = torch.stack([network.step(own[:, i], cache) for i in range(STEPS)], 1)
        plain = spell_out(network, prompt, own, STEPS).logits
        worst, largest = float((fused - plain).abs().max()), float(plain.abs().max())
    told = (
        f"fused and materialised logits after {length:,} tokens, float32, all heads: largest "
        f"difference {worst:.1e} of logits up to {largest:.1f}; tolerance {TOLERANCE:g} of these"
    )
    if not worst <= TOLERANCE * largest:
        raise Unequal(told)
    note(told)
    return worst
