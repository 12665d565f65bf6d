"""What each head does to a written token: its log-probability with the head closed, less with it.

Attention is not explanation: a head may look hard at a place and change nothing. Here each open
head is closed in turn, all that follows (gates of later layers included) is computed anew over the
same text, and the token's log-probability is compared. Closing is `Request.gates` with 0.

Shapes: B heads closed side by side, N prompt tokens, L layers, H heads, D width.
"""

from __future__ import annotations

import math

import numpy as np
import torch
from torch import Tensor

from v25.model.decoder import Cache
from v25.processing import START
from v25.schema import V25Error
from v25.sources import RunSource

CPU_TOKENS, GPU_TOKENS = 4096, 65_536
"""Tokens of all the sequences that are computed side by side: what bounds the memory."""
CHUNK = 2048
MOST_TOKENS = 4096
"""Prompt and copy: beyond it a measurement would take minutes on a CPU."""

Closed = list[tuple[int, int]]


def head_effects(source: RunSource, position: int) -> np.ndarray:
    """Change of one written token's log-probability when each head is closed.

    Args:
        source: a run's state, kept for looking.
        position: of the token among those written, from 0.

    Returns:
        `(L, H)` float32, in nats: negative where the head made the token likelier; NaN where it
        is closed anyway.

    Raises:
        V25Error: there is no such token, or more than `MOST_TOKENS` lie before it.
    """
    count = len(source.written)
    if isinstance(position, bool) or not isinstance(position, int) or not 0 <= position < count:
        raise V25Error(
            "no_such_token",
            f"There is no written token {position}; {count} were written.",
            position=position,
            count=count,
        )
    tokens = int(source.state.prompt.lengths[source.row]) + 1 + position
    if tokens > MOST_TOKENS:
        raise V25Error(
            "effects_too_long",
            f"Measuring effects replays the text once for every head, so it stops at {MOST_TOKENS} "
            f"tokens; these are {tokens}.",
            most=MOST_TOKENS,
            count=tokens,
        )
    return _Replay(source, position).effects()


class _Replay:
    """The same text through the network again, each time with other heads closed."""

    def __init__(self, source: RunSource, position: int) -> None:
        self.source, self.network = source, source.network
        self.sizes, device = self.network.sizes, self.network.device
        prompt = source.state.prompt
        self.prompt = prompt.x[source.row : source.row + 1, : int(prompt.lengths[source.row])]
        own = torch.tensor([[START, *source.written[:position]]], device=device)
        self.own, self.token = self.network.embed(own), source.written[position]
        shape = (1, self.sizes.layers, self.sizes.heads)
        self.forced = torch.full(shape, math.nan, device=device)
        for (layer, head), value in source.forced_gates.items():
            self.forced[:, layer, head] = float(value)
        tokens = GPU_TOKENS if device.type == "cuda" else CPU_TOKENS
        self.together = max(1, tokens // (self.prompt.shape[1] + self.own.shape[1]))

    @torch.inference_mode()
    def effects(self) -> np.ndarray:
        """See `head_effects`."""
        fusion = self.sizes.fusion_layers
        found = np.full((self.sizes.layers, self.sizes.heads), np.nan, np.float32)
        fused = self._fuse(self.forced)
        base = float(self._decide(fused, self.forced))
        for start in (0, fusion):
            stop = fusion if start == 0 else self.sizes.layers
            closed = [(i, h) for i in range(start, stop) for h in self.source.heads[i]]
            for first in range(0, len(closed), self.together):
                part = closed[first : first + self.together]
                forced = self._closing(part)
                # decision heads are closed behind the fusion, which then is the run's own
                one = self._fuse(forced) if start == 0 else fused.expand(len(part), -1, -1)
                for place, value in zip(part, self._decide(one, forced).tolist(), strict=True):
                    found[place] = value - base
        return found

    def _closing(self, heads: Closed) -> Tensor:
        """`(B, L, H)`: what the request forced, and one more head closed in each row."""
        forced = self.forced.repeat(len(heads), 1, 1)
        for row, (layer, head) in enumerate(heads):
            forced[row, layer, head] = 0.0
        return forced

    def _fuse(self, forced: Tensor) -> Tensor:
        """`(B, N, D)` fused prompts."""
        x = self.prompt.expand(len(forced), -1, -1)
        own = forced[:, : self.sizes.fusion_layers]
        return self.network.fusion.run(x, None, self.source.budget, CHUNK, own, False)[0]

    def _decide(self, fused: Tensor, forced: Tensor) -> Tensor:
        """`(B,)` log-probabilities of the token after the same text."""
        network, decision = self.network, self.network.decision
        own = forced[:, self.sizes.fusion_layers :]
        heads = decision.open(decision.gates(fused, None), self.source.budget, own)
        x = torch.cat((fused, self.own.expand(len(fused), -1, -1)), 1)
        lengths = torch.full((len(x),), x.shape[1], device=x.device)
        cache = Cache(heads, self.sizes, x.shape[1], x, capture=False)
        last = decision.prefill(x, lengths, cache, CHUNK)
        return network.logits(last).float().log_softmax(-1)[:, self.token]
