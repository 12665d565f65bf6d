"""Attention without a model: queries and keys from seeded noise, everything a `Trace` offers."""

from __future__ import annotations

import io
from collections.abc import Mapping
from functools import cached_property

import numpy as np
import torch
from PIL import Image, ImageOps

from v25.recording import SavedSource
from v25.schema import MODALITIES, LayerSummary, Lens, Span, Token

FUSION_LAYERS, DECISION_LAYERS = 4, 6
WIDTH = 8
STEP = 0.08
"""Seconds of sound in a token."""


class FakeTrace:
    """Each head its own maps, decision layers causal; `planted` puts a row's mass on one token.

    Attributes:
        planted: `(layer, head, query)` to the one token that it looks at.
    """

    def __init__(
        self,
        tokens: tuple[Token, ...],
        prompt_length: int,
        heads: int,
        budget: int,
        gates: Mapping[tuple[int, int], float] | None = None,
        seed: int | None = None,
    ):
        self.tokens = tokens
        self.prompt_length = prompt_length
        self.seed, self.experts = seed or 0, 8
        self.planted: dict[tuple[int, int, int], int] = {}
        self.layers = (
            *(f"fusion {i}" for i in range(1, FUSION_LAYERS + 1)),
            *(f"decision {i}" for i in range(1, DECISION_LAYERS + 1)),
        )
        noise = np.random.default_rng(5)
        self.gates = noise.uniform(0.02, 0.98, (len(self.layers), heads)).astype(np.float32)
        order = np.argsort(-self.gates, axis=1)
        self.open = np.zeros(self.gates.shape, bool)
        np.put_along_axis(self.open, order[:, :budget], True, axis=1)
        self.forced = np.zeros(self.gates.shape, bool)
        for place, gate in (gates or {}).items():
            self.forced[place], self.gates[place], self.open[place] = True, gate, gate > 0
        self.routes = noise.integers(0, 4, (DECISION_LAYERS, len(tokens), 2)).astype(np.int16)
        self.routes[..., 1] += 4
        kinds = [t.modality for t in tokens]
        starts = [i for i, k in enumerate(kinds) if i == 0 or kinds[i - 1] != k]
        self.spans = tuple(
            Span(kinds[a], a, b) for a, b in zip(starts, [*starts[1:], len(tokens)], strict=True)
        )

    @cached_property
    def queries(self) -> np.ndarray:
        """`(L, H, N, d)` float32."""
        return self._noise(1, 1.6)

    @cached_property
    def keys(self) -> np.ndarray:
        """`(L, H, N, d)` float32."""
        return self._noise(2, 1.6)

    @property
    def source(self) -> SavedSource:
        """Where `v25.trace_arrays` and a recording find the numbers."""
        heads = [np.flatnonzero(row).tolist() for row in self.open]
        parts = []
        for layer, opened in enumerate(heads):
            n, norms = self.length(layer), self.value_norms(layer)
            arrays = (self.queries[layer, opened, :n], self.keys[layer, opened, :n], norms[opened])
            parts.append(tuple(torch.from_numpy(np.ascontiguousarray(a)) for a in arrays))
        return SavedSource(
            self.gates, self.forced, self.routes, heads, FUSION_LAYERS, self.experts, parts
        )

    def _noise(self, salt: int, size: float) -> np.ndarray:
        shape = (*self.gates.shape, len(self.tokens), WIDTH)
        made = np.random.default_rng(salt).normal(0, size, shape)
        made[..., 0] += 1.2  # some tokens draw every row, as sinks do
        return made.astype(np.float32)

    def probabilities(self) -> tuple[float, ...]:
        """Of each written token and of the end; other gates and seeds give others."""
        noise = np.random.default_rng([self.seed, int(self.forced.sum())])
        written = len(self.tokens) - self.prompt_length
        return tuple(noise.uniform(0.05, 1.0, written).tolist())

    def length(self, layer: int) -> int:
        return self.prompt_length if layer < FUSION_LAYERS else len(self.tokens)

    def value_norms(self, layer: int) -> np.ndarray:
        noise = np.random.default_rng(300 + layer)
        norms = noise.uniform(0.2, 3.0, (self.gates.shape[1], self.length(layer)))
        return np.where(self.open[layer][:, None], norms, 0).astype(np.float32)

    def full(self, layer: int, head: int, lens: Lens = "attention") -> np.ndarray:
        n = self.length(layer)
        if not self.open[layer, head]:
            return np.zeros((n, n), np.float32)
        scores = self.queries[layer, head, :n] @ self.keys[layer, head, :n].T / np.sqrt(WIDTH)
        if layer >= FUSION_LAYERS:
            scores = np.where(np.tri(n, dtype=bool), scores, -np.inf)
        weights = np.exp(scores - scores.max(axis=1, keepdims=True))
        weights /= weights.sum(axis=1, keepdims=True)
        for (at, which, query), key in self.planted.items():
            if (at, which) == (layer, head):
                weights[query] = np.eye(n)[key]
        if lens != "attention":
            weights = weights * self.gates[layer, head]
        if lens == "effective":
            weights = weights * self.value_norms(layer)[head]
        return weights.astype(np.float32)

    def _mean(self, layer: int | None, head: int | None, lens: Lens) -> np.ndarray:
        if layer is not None and head is not None:
            return self.full(layer, head, lens)
        layers = range(FUSION_LAYERS, len(self.layers)) if layer is None else [layer]
        maps = [self.full(i, int(h), lens) for i in layers for h in np.flatnonzero(self.open[i])]
        return np.mean(maps, axis=0, dtype=np.float32)

    def row(self, layer, head, query: int, lens: Lens = "attention") -> np.ndarray:
        return self._mean(layer, head, lens)[query]

    def column(self, layer, head, key: int, lens: Lens = "attention") -> np.ndarray:
        return self._mean(layer, head, lens)[:, key]

    def map(self, layer, head, max_side: int | None = None, lens: Lens = "attention") -> np.ndarray:
        whole = self._mean(layer, head, lens)
        n = len(whole)
        if max_side is None or n <= max_side:
            return whole
        width = -(-n // max_side)
        cuts = np.arange(0, n, width)
        sizes = np.diff([*cuts, n])
        sums = np.add.reduceat(np.add.reduceat(whole, cuts, 0), cuts, 1)
        return (sums / np.outer(sizes, sizes)).astype(np.float32)

    def summary(self, layer: int, max_side: int = 24) -> LayerSummary:
        heads, n = self.gates.shape[1], self.length(layer)
        maps = np.stack([self.map(layer, h, max_side) for h in range(heads)])
        entropy, shares = np.zeros(heads, np.float32), np.zeros((heads, 4), np.float32)
        fuses = layer < FUSION_LAYERS
        members = np.array([MODALITIES.index(t.modality) for t in self.tokens[:n]])
        rows = slice(0, n) if fuses else slice(self.prompt_length, n)
        most = np.log(np.full(n, n) if fuses else np.arange(1, n + 1))[rows]
        for head in np.flatnonzero(self.open[layer]):
            seen = self.full(layer, int(head))[rows]
            logs = np.log(np.where(seen > 0, seen, 1))
            entropy[head] = np.mean(-(seen * logs).sum(1) / np.where(most > 0, most, 1))
            shares[head] = [seen[:, members == m].sum(1).mean() for m in range(4)]
        return LayerSummary(maps, entropy, shares)

    def overview(self, max_side: int = 24) -> np.ndarray:
        layers, heads = self.gates.shape
        maps = [[self.map(i, h, max_side) for h in range(heads)] for i in range(layers)]
        side = max(len(row[0]) for row in maps)
        made = np.zeros((layers, heads, side, side), np.float32)
        for layer, row in enumerate(maps):
            for head, small in enumerate(row):
                made[layer, head, : len(small), : len(small)] = small
        return made


def sound_tokens(seconds: float) -> list[Token]:
    count = max(1, int(np.ceil(seconds / STEP)))
    return [
        Token(f"{i * STEP:.2f}s", "speech", (i * STEP, min((i + 1) * STEP, seconds)))
        for i in range(count)
    ]


def seen_media(image: str) -> bytes:
    with Image.open(image) as opened:
        small = ImageOps.exif_transpose(opened).convert("RGB")
    small.thumbnail((480, 480))
    buffer = io.BytesIO()
    small.save(buffer, "JPEG", quality=85)
    return buffer.getvalue()


def heard_media(sound: np.ndarray, rate: int, bands: int = 40) -> tuple[np.ndarray, float]:
    """Spectrogram `(bands, frames)` uint8, and the seconds that it covers."""
    wave = sound if sound.ndim == 1 else sound[:, 0]
    hop, window = rate // 100, rate // 40
    starts = range(0, max(1, len(wave) - window), hop)
    padded = np.pad(wave, (0, window))
    frames = np.stack([padded[s : s + window] * np.hanning(window) for s in starts], 1)
    power = np.abs(np.fft.rfft(frames, axis=0))
    cuts = np.unique(np.geomspace(1, len(power) - 1, bands).astype(int))
    levels = np.log1p(np.add.reduceat(power, cuts, axis=0))
    return np.round(255 * levels / max(levels.max(), 1e-6)).astype(np.uint8), len(wave) / rate
