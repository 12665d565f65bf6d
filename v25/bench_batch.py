"""Throughput: the same requests one by one and several at once, whole copies, typed and with photo.

Each cell answers as many requests as the largest batch has, at most `requests` of them side by
side, from the call to the last token. They differ in their seeds; the model ends each by itself.
"""

from __future__ import annotations

import argparse
from functools import partial

from v25.api import V25Model
from v25.paired import Figures, Row, interleave, on_gpu, synchronised
from v25.schema import Request

BATCHES, GPU_BATCHES = (1, 4, 8), (1, 8, 32)
TOKENS = 200
"""Most tokens of a copy."""


def batch(model: V25Model, args: argparse.Namespace) -> list[Row]:
    """Tokens a second by kind of request and batch; one by one comes first."""
    gpu = on_gpu(model.network.device)
    sizes = tuple(args.batches or (GPU_BATCHES if gpu else BATCHES))
    kinds = {"typed": (None, None), "photo": (args.image, None), "spoken": (None, args.audio)}
    rows = []
    for kind, (image, audio) in kinds.items():
        if kind != "typed" and image is None and audio is None:
            continue
        requests = [
            Request(args.text, image, audio, max_length=args.tokens or TOKENS, seed=seed)
            for seed in range(max(sizes))
        ]
        cells = {size: partial(_answered, model, requests, size) for size in sizes}
        measured = interleave(cells, args.rounds or (2 if gpu else 3))
        rows += [{"inputs": kind, "requests": size, **measured[size]} for size in sizes]
    return rows


def _answered(model: V25Model, requests: list[Request], size: int) -> Figures:
    begun = synchronised(model.network.device)
    answers = model.generate_batch(requests, max_batch=size)
    seconds = synchronised(model.network.device) - begun
    written = sum(len(answer.latency.token_ms) for answer in answers)
    return {"tokens_per_second": written / seconds}
