"""What a token costs in `V25Model.generate`'s own loop: by context, batch and way of decoding.

On a GPU the captured graph and the eager step run in turn, on a CPU the precisions. A request's
`context` is its command and digits; every row of a batch has its own seed. `ms_per_token` is the
median over the tokens that all rows still wrote.

`bandwidth_share` is the time that the device would need to read what a step must read, over the
time that it took. A step must read the weights that it uses (of each row's open heads, or of all
heads where a CPU takes a few rows together; the router, the shared expert and each row's active
experts, or all experts where the batch takes them all at once; the embedding's table for the
logits) and the keys and values of the context. The device's speed is that of a large copy in the
same run, reading and writing counted. A batch of one reads few MiB, which a large GPU keeps in its
own cache: the share then says how far launches and synchronisation, not memory, set the time.
"""

from __future__ import annotations

import argparse
import statistics
from collections.abc import Callable, Iterable
from functools import partial

import torch

from v25.api import V25Model
from v25.bench_trace import digits
from v25.checkpoint import load_network
from v25.generation import Run
from v25.model.experts import FEW_TOKENS
from v25.model.network import V25Network
from v25.paired import (
    MIB,
    Figures,
    Row,
    Unequal,
    free_all,
    interleave,
    note,
    on_gpu,
    synchronised,
)
from v25.replays import Replays
from v25.schema import Request

GPU_SIZES = ((1, 500), (1, 4000), (8, 500), (32, 500))
CPU_SIZES = ((1, 500), (1, 4000), (8, 500))
"""Requests at once, and tokens of context."""
CPU_PRECISIONS = ("fp32", "bf16", "int8")
TOKENS = 64
COPIED = 256 * MIB, 64 * MIB
"""Bytes of the copy that measures a GPU's memory, and a CPU's."""


def decode(model: V25Model, args: argparse.Namespace) -> list[Row]:
    """Milliseconds a token by batch and context; the first cell of each is the usual way."""
    device = model.network.device
    gpu = on_gpu(device)
    speed = copy_speed(device, COPIED[0] if gpu else COPIED[1])
    note(f"a large copy moves {speed / 1e9:,.1f} GB a second, read and written")
    usual = GPU_SIZES if gpu else CPU_SIZES
    sizes = [(1, length) for length in args.lengths] if args.lengths else usual
    if gpu:
        check(model)
    rows = []
    for batch, context in sizes:
        rows += _by_way(model, args, batch, context, speed)
    free_all(device)
    return rows


def _by_way(
    model: V25Model, args: argparse.Namespace, batch: int, context: int, speed: float
) -> list[Row]:
    cells: dict[tuple[str, str], Callable[[], Figures]] = {}
    if on_gpu(model.network.device):
        for way, graphs in (("graph", Replays(model.network)), ("eager", None)):
            cells[model.precision, way] = partial(
                _written, model, args, batch, context, graphs, speed
            )
    else:
        for precision in args.precisions or CPU_PRECISIONS:
            other = model.with_precision(precision)
            cells[precision, "eager"] = partial(_written, other, args, batch, context, None, speed)
    measured = interleave(cells, args.rounds or 3)
    return [
        {"context": context, "requests": batch, "precision": precision, "decoder": way} | figures
        for (precision, way), figures in measured.items()
    ]


def requests_of(
    model: V25Model, command: str, context: int, batch: int, tokens: int, temperature: float = 0.7
) -> list[Request]:
    """`batch` typed requests of `context` tokens: the command and digits, each of them a token."""
    own = len(model.processor.encode(f"{command} ")[0])
    text = f"{command} {digits(context - own)}" if context > own else digits(context)
    return [
        Request(text, max_length=tokens, temperature=temperature, seed=seed)
        for seed in range(batch)
    ]


def _run(
    model: V25Model, network: V25Network, requests: list[Request], graphs: Replays | None
) -> Run:
    budget = model.budget
    run = Run(
        network, model.processor, requests, budget, model.device, model.precision, replays=graphs
    )
    run.prepare()
    for _ in run.write():
        pass
    return run


def _written(
    model: V25Model,
    args: argparse.Namespace,
    batch: int,
    context: int,
    graphs: Replays | None,
    speed: float,
) -> Figures:
    requests = requests_of(model, args.text, context, batch, args.tokens or TOKENS)
    run = _run(model, model.network, requests, graphs)
    together = min(len(row.token_ms) for row in run.rows)  # later on, some rows have ended
    taken = run.rows[0].token_ms[: max(2, together)]
    ms = statistics.median(taken[1:] or taken)
    read = step_bytes(model, batch, run.passes[0].longest(0) - together // 2)
    return {
        "ms_per_token": ms,
        "tokens_per_second": batch * 1e3 / ms,
        "bandwidth_share": read / speed / (ms / 1e3),
        "read_mib": read / MIB,
    }


def step_bytes(model: V25Model, rows: int, context: int) -> int:
    """Bytes that a step of `rows` requests with `context` tokens each must read."""
    network, sizes = model.network, model.network.sizes
    size = torch.finfo(network.dtype).bits // 8
    folded = 1 if model.precision == "int8" else size  # bytes of a weight that is read as it lies
    width, expert = sizes.width, sizes.expert_feed_forward
    # a CPU takes a few rows through the layer's own weights, where each row has not its own
    together = 1 < rows <= FEW_TOKENS and not on_gpu(network.device) and model.precision == "fp32"
    heads = sizes.heads if together else rows * model.budget
    attention = 4 * width * heads * sizes.head_dim  # qkv and out
    active = sizes.experts if together else rows * sizes.active_experts
    one = 3 * width * expert  # up, gate and down of an expert
    experts = one * (1 + (active if active <= sizes.experts else sizes.experts))
    router = width * sizes.experts
    cached = rows * 2 * model.budget * sizes.head_dim * context
    table = sizes.text.vocabulary * width
    layer = folded * experts + size * (attention + router + cached)
    return sizes.decision_layers * layer + size * table


def copy_speed(device: torch.device, size: int) -> float:
    """Bytes a second that a copy of `size` bytes reads and writes: the best of several."""
    source = torch.ones(size, dtype=torch.uint8, device=device)
    target = torch.empty_like(source)
    times = []
    for _ in range(6):
        begun = synchronised(device)
        for _ in range(4):
            target.copy_(source)
        times.append(synchronised(device) - begun)
    return 4 * 2 * size / min(times)


def check(model: V25Model) -> None:
    """Holds the graph's tokens to the eager step's at temperature 0, in float32 and as it runs.

    Raises:
        Unequal: in float32 they differ.
    """
    plain = load_network(model.folder).to(model.network.device)
    for network, told in ((plain, "fp32"), (model.network, model.precision)):
        texts = []
        for graphs in (Replays(network), None):
            requests = requests_of(model, CHECK, 200, 2, TOKENS, temperature=0.0)
            texts.append([row.ids for row in _run(model, network, requests, graphs).rows])
        same, count = agreement(*texts)
        line = f"graph and eager write the same at temperature 0, {told}: {same} of {count} tokens"
        if network is plain and same != count:
            raise Unequal(line)
        note(line)


CHECK = "Three long versions for this product: premium, story and expert review."


def agreement(left: Iterable[list[int]], right: Iterable[list[int]]) -> tuple[int, int]:
    """Tokens that two batches of copies begin alike with, and tokens of the longer copies."""
    same = count = 0
    for one, other in zip(left, right, strict=True):
        count += max(len(one), len(other))
        for a, b in zip(one, other, strict=False):
            if a != b:
                break
            same += 1
    return same, count
