"""What a GPU does for short requests, recorded: seeing, hearing, reading, prefill and decoding.

Recordings have fixed shapes, so lengths and rows are padded up to the next of a few; what is padded
is masked, and cut off what comes out. Long prompts keep the GPU busy by themselves and run without.

Shapes: B rows, N tokens, F frames, C channels, k open heads.
"""

from __future__ import annotations

from collections.abc import Sequence

import torch
import torch.nn.functional as F
from torch import Tensor

from v25.captured import Captured
from v25.choosing import Settings
from v25.decoding import Decoder, Graphs
from v25.model.attention import OpenHeads
from v25.model.decoder import Cache
from v25.model.fusion import Looked
from v25.model.network import Prompt, V25Network
from v25.prefill import CHUNK, Filled

WORDS = (16, 32, 64, 128, 256, 512)
"""Tokens of the text encoder's recordings."""
FRAMES = (50, 100, 150, 200, 250, 300, 400, 500, 750, 1000, 1500)
"""Frames, of 20 ms, of the speech encoder's."""
PROMPTS = (32, 64, 96, 128, 192, 256, 384, 512, 768, 1024)
"""Tokens of the recordings of fusion and prefill."""
ROWS = (1, 2, 4, 8, 16, 32)
"""Requests that run side by side in a recording."""
MOST_TOKENS = 8192
"""Of all rows of a recording together: more take the GPU longer than telling it about them."""
SPOKEN, COMMAND = 5.0, 64
"""Seconds, and tokens of words, of the commands that `Replays.prepare` makes recordings for."""


def next_of(sizes: Sequence[int], length: int) -> int | None:
    """The first of `sizes` that holds `length`; None when none does."""
    return next((size for size in sizes if size >= length), None)


def up_to(sizes: Sequence[int], length: int) -> list[int]:
    """Those of `sizes` that inputs of up to `length` are padded to."""
    return [size for before, size in zip((0, *sizes), sizes, strict=False) if before < length]


def _fits(rows: int | None, tokens: int | None) -> bool:
    return rows is not None and tokens is not None and rows * tokens <= MOST_TOKENS


def _more_rows(x: Tensor, count: int) -> Tensor:
    """`x` `(B, ...)` with its last row again until there are `count`."""
    more = count - len(x)
    return torch.cat((x, x[-1:].expand(more, *x.shape[1:]))) if more else x


class Replays:
    """The recordings of one network, made when they are first needed."""

    def __init__(self, network: V25Network) -> None:
        self.network, self.graphs = network, Graphs(network)
        device = network.device
        self._look = Captured(lambda pixels: (network.image.look(pixels),), device)
        self._read = Captured(lambda *words: (network.read(*words),), device)
        self._hear = Captured(lambda *heard: (network.speech.contextual(*heard),), device)
        self._fill: dict[int, Captured] = {}

    @torch.inference_mode()
    def prepare(self, budget: int) -> None:
        """Makes the recordings of a photo with a short command now.

        Otherwise the first request of each length would wait for its own.
        """
        network, sizes = self.network, self.network.sizes
        speech, width = sizes.speech, sizes.width
        like = torch.zeros(0, device=network.device, dtype=network.dtype)
        square = (sizes.image.size, sizes.image.size)
        self.look(like.new_zeros(1, 3, *square, dtype=torch.uint8))
        samples = round(SPOKEN * speech.sample_rate)
        for size in up_to(FRAMES, speech.frames(samples)):
            self.contextual(like.new_zeros(1, size, speech.conv_dim[-1]))
        for size in up_to(WORDS, COMMAND):
            ids = like.new_zeros(1, size, dtype=torch.long)
            self.read(ids, ids, ids == 0)
        tokens = sizes.image.tokens + speech.tokens(samples) + COMMAND
        for size in up_to(PROMPTS, tokens):
            x = like.new_zeros(1, size, width)
            self._filling(budget)(x, x[:, :, 0] == 0)

    def look(self, pixels: Tensor) -> Tensor:
        """`ImageEncoder.look` at `(B, 3, size, size)`."""
        rows = len(pixels)
        count = next_of(ROWS, rows)
        if count is None:
            return self.network.image.look(pixels)
        return self._look(_more_rows(pixels, count))[0][:rows]

    def read(self, ids: Tensor, heard: Tensor, mask: Tensor) -> Tensor:
        """`V25Network.read` of `(B, N)` tokens."""
        rows, length = ids.shape
        count, size = next_of(ROWS, rows), next_of(WORDS, length)
        if not _fits(count, size) or size > self.network.text.window:
            return self.network.read(ids, heard, mask)
        words = (F.pad(column, (0, size - length)) for column in (ids, heard, mask))
        return self._read(*(_more_rows(column, count) for column in words))[0][:rows, :length]

    def contextual(self, features: Tensor) -> Tensor:
        """`SpeechEncoder.contextual` of `(1, F, C)` features."""
        length = features.shape[1]
        size = next_of(FRAMES, length)
        if size is None:
            return self.network.speech.contextual(features)
        inside = torch.arange(size, device=features.device)[None] < length
        return self._hear(F.pad(features, (0, 0, 0, size - length)), inside)[0][:, :length]

    def fill(self, prompt: Prompt, room: int, budget: int, capture: bool) -> Filled | None:
        """`prefill.fill`; None when the requests are none of the recordings' sizes."""
        rows, length, _ = prompt.x.shape
        count, size = next_of(ROWS, rows), next_of(PROMPTS, length)
        if not _fits(count, size):
            return None
        x = _more_rows(F.pad(prompt.x, (0, 0, 0, size - length)), count)
        mask = _more_rows(F.pad(prompt.mask, (0, size - length)), count)
        made = list(self._filling(budget)(x, mask))
        filled, lengths = self._unpacked(made, rows, length, room, capture), prompt.lengths
        filled.cache.lengths.copy_(lengths)
        filled.cache.padded = rows > 1 and bool((lengths != length).any())
        return filled

    def _filling(self, budget: int) -> Captured:
        if budget not in self._fill:
            self._fill[budget] = Captured(
                lambda *given: self._filled(budget, *given), self.network.device
            )
        return self._fill[budget]

    def _filled(self, budget: int, x: Tensor, mask: Tensor) -> tuple[Tensor, ...]:
        network, decision = self.network, self.network.decision
        fused, gates, heads, looked = network.fusion.run(x, mask, budget, CHUNK)
        decision_gates = decision.gates(fused, mask)
        opened = decision.open(decision_gates, budget)
        cache = Cache(opened, network.sizes, x.shape[1], fused)
        decision.read(fused, cache, CHUNK)
        return (
            *gates,
            *decision_gates,
            *(t for h in (*heads, *opened) for t in (h.index, h.gate, h.qkv, h.out)),
            *(t for seen in looked for t in (seen.queries, seen.keys, seen.norms)),
            *(cache.keys, cache.values, cache.queries, cache.routes),
        )

    def _unpacked(
        self, made: list[Tensor], rows: int, length: int, room: int, capture: bool
    ) -> Filled:
        sizes = self.network.sizes
        layers, fusion = sizes.layers, sizes.fusion_layers
        kept, made = made[-4:], [t[:rows] for t in made[:-4]]
        gates, made = made[:layers], made[layers:]
        heads = [OpenHeads(*made[4 * i : 4 * i + 4]) for i in range(layers)]
        looks = made[4 * layers :]
        looked = [
            Looked(q[:, :, :length], k[:, :, :length], n[:, :, :length])
            for q, k, n in zip(looks[::3], looks[1::3], looks[2::3], strict=True)
        ]
        cache = Cache(heads[fusion:], sizes, room, kept[0], capture)
        for name, values in zip(("keys", "values", "queries"), kept, strict=False):
            if getattr(cache, name) is not None:
                getattr(cache, name)[:, :, :, :length] = values[:, :rows, :, :length]
        if cache.routes is not None:
            cache.routes[:, :, :length] = kept[3][:, :rows, :length]
        cache.longest = length
        return Filled(cache, gates, heads[:fusion], looked if capture else [])

    def decoder(self, cache: Cache, settings: Settings) -> Decoder:
        """See `Graphs.decoder`."""
        return self.graphs.decoder(cache, settings)
