"""The generation loop: prefill, then token by token, with a time for every stage.

Sampling rules are transformers' logits processors; the loop itself is this project's, since what
it decodes with (heads that open for each request, queries kept for tracing) is what it is about.
"""

from __future__ import annotations

import math
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import torch
from torch import Tensor
from transformers import TemperatureLogitsWarper, TopPLogitsWarper

from v25 import lexicon
from v25.config import V25Config
from v25.listening import Recogniser
from v25.media import LazyMedia
from v25.model.attention import with_forced
from v25.model.decoder import Cache
from v25.model.network import HEARD, IMAGE, SPEECH, TEXT, Prompt, State, V25Network
from v25.processing import END, FIRST_STYLE, PAD, START, Processor
from v25.schema import EMBEDDED, Generation, Label, Latency, Request, Token
from v25.sources import RunSource
from v25.tracing import SequenceTrace
from v25.variants import Sentences, join_variants, own_tokens, split_variants

CHUNK = 2048
"""Tokens that prefill takes at once: memory beside the cache stays that of a chunk."""
TOP_LABELS = 5
COLDEST = 1e-4
"""A temperature under this takes the likeliest token: dividing by it would overflow."""


class Stopwatch:
    """Milliseconds of each stage, the processor's queue emptied before each reading."""

    def __init__(self, device: torch.device) -> None:
        self.device, self.stages = device, {}
        self.start = self.last = time.perf_counter()

    def lap(self, stage: str) -> None:
        """Ends a stage."""
        if self.device.type == "cuda":
            torch.cuda.synchronize(self.device)
        now = time.perf_counter()
        self.stages[stage] = self.stages.get(stage, 0.0) + (now - self.last) * 1e3
        self.last = now

    @property
    def total(self) -> float:
        """Milliseconds since the start."""
        return (time.perf_counter() - self.start) * 1e3


@dataclass
class Row:
    """One request of a run, and what has come of it."""

    request: Request
    generator: torch.Generator
    sentences: Sentences
    asked: frozenset[int] = frozenset()
    transcript: str | None = None
    listener: str | None = None
    perception: tuple[Label, ...] = ()
    prompt_tokens: list[Token] = field(default_factory=list)
    media: LazyMedia | None = None
    ids: list[int] = field(default_factory=list)
    probabilities: list[float] = field(default_factory=list)
    finish_reason: str | None = None
    token_ms: list[float] = field(default_factory=list)
    first_token_ms: float | None = None

    @property
    def done(self) -> bool:
        """Nothing more to write."""
        return self.finish_reason is not None


class Run:
    """A batch of requests with one head budget, from inputs to the last token.

    They also share what gates they force and whether they are captured.
    """

    def __init__(
        self,
        network: V25Network,
        processor: Processor,
        requests: Sequence[Request],
        budget: int,
        device_name: str,
        precision: str,
        recogniser: Recogniser | None = None,
        weights: int = 0,
    ) -> None:
        """`weights` is how many bytes the network's take, for `Latency.memory`."""
        self.network, self.processor, self.budget = network, processor, budget
        self.recogniser = recogniser
        self.device_name, self.precision, self.weights = device_name, precision, weights
        self.capture, self.gates = requests[0].capture, dict(requests[0].gates or {})
        self.device = network.device
        self.watch = Stopwatch(self.device)
        self.rows = [Row(r, _generator(r.seed), Sentences(processor)) for r in requests]
        self.state: State | None = None

    @torch.inference_mode()
    def prepare(self) -> None:
        """Perception, fusion, gates and prefill.

        Raises:
            V25Error: an input is bad.
        """
        batch = self.processor.batch([row.request for row in self.rows])
        for row, small, sound in zip(self.rows, batch.photos, batch.sounds, strict=True):
            rate = self.network.sizes.speech.sample_rate
            row.media = LazyMedia(small, sound, rate, (row.request.text or "").strip() or None)
        self.watch.lap("read")
        parts = []
        if batch.pixels is not None:
            parts.append(self._see(batch.pixels, batch.has_image))
        if batch.waveform is not None:
            parts.append(self._hear(batch.waveform, batch.samples))
            if self.recogniser is not None and self.recogniser.usable:
                self._listen(self.recogniser, batch.sounds)
        words = self._read(batch.texts)
        if words is not None:
            parts.append(words)
        prompt = self.network.join(parts)
        self.state = self._fill(prompt)
        self._name_tokens(prompt)

    @torch.inference_mode()
    def write(self) -> Iterator[None]:
        """One token for every unfinished row at each step; close it to stop."""
        tokens = torch.full((len(self.rows),), START, device=self.device)
        for _ in range(max(row.request.max_length for row in self.rows)):
            begun = time.perf_counter()
            logits = self.network.step(tokens, self.state.cache).float().cpu()
            sure = logits - logits.logsumexp(-1, keepdim=True)
            chosen = [
                PAD if r.done else self._choose(r, s)
                for r, s in zip(self.rows, logits, strict=True)
            ]
            tokens = torch.tensor(chosen, device=self.device)
            self.watch.lap("decode")
            self._note((time.perf_counter() - begun) * 1e3, chosen, sure)
            yield
            if all(row.done for row in self.rows):
                return

    def result(self, index: int) -> Generation:
        """What there is of request `index` so far."""
        row = self.rows[index]
        styles, variants = split_variants(row.ids, self.processor)
        finished = row.done
        return Generation(
            text=join_variants(styles, variants),
            variants=tuple(variants),
            styles=tuple(styles),
            transcript=row.transcript,
            perception=row.perception,
            latency=Latency(
                stages=dict(self.watch.stages),
                token_ms=tuple(row.token_ms),
                first_token_ms=row.first_token_ms,
                total_ms=sum(self.watch.stages.values()) if finished else self.watch.total,
                device=self.device_name,
                precision=self.precision,
                memory=self.memory(),
            ),
            trace=self.trace(index) if self.state is not None and self.capture else None,
            probabilities=tuple(row.probabilities),
            media=None if self.state is None else row.media,
            finish_reason=row.finish_reason,
            listener=row.listener,
        )

    def trace(self, index: int) -> SequenceTrace:
        """Attention, gates and routes of request `index`."""
        row, ids = self.rows[index], tuple(self.rows[index].ids)
        length = min(self.longest(index), len(row.prompt_tokens) + 1 + len(ids))
        written = (*ids, END) if row.finish_reason == "end" else ids
        source = RunSource(
            self.state, index, length, self.network, self.budget, self.gates, written
        )
        processor = self.processor  # the trace need not hold the run
        return SequenceTrace(source, row.prompt_tokens, lambda: own_tokens(ids, processor), length)

    def memory(self) -> dict[str, int]:
        """Bytes of the weights, and of one request's share of what the run holds."""
        held = {"weights": self.weights}
        if self.state is not None:
            for name, tensors in held_by(self.state).items():
                held[name] = sum(t.nbytes for t in tensors) // len(self.rows)
        if self.device.type == "cuda":
            held["peak"] = torch.cuda.max_memory_allocated(self.device)
        return held

    def longest(self, index: int) -> int:
        """Tokens that request `index` has in the cache."""
        return int(self.state.cache.lengths[index])

    def _fill(self, prompt: Prompt) -> State:
        """Fusion, gates and prefill."""
        network, decision, budget = self.network, self.network.decision, self.budget
        forced = forced_gates(self.gates, len(self.rows), network.sizes, self.device)
        own = fused_forced = None
        if forced is not None:
            fused_forced, own = forced.split((network.sizes.fusion_layers, len(decision.layers)), 1)
        fused, gates, heads, looked = network.fuse(
            prompt, budget, CHUNK, fused_forced, self.capture
        )
        self.watch.lap("fusion")
        mask = None if bool(prompt.mask.all()) else prompt.mask
        decision_gates = decision.gates(fused, mask)
        opened = decision.open(decision_gates, budget, own)
        self.watch.lap("gates")
        longest = max(row.request.max_length for row in self.rows)
        room = fused.shape[1] + longest + 1
        cache = Cache(opened, network.sizes, room, fused, self.capture)
        decision.prefill(fused, prompt.lengths, cache, CHUNK)
        self.watch.lap("prefill")
        if own is not None:
            layers = zip(decision_gates, own.unbind(1), strict=True)
            decision_gates = [with_forced(g, f) for g, f in layers]
        return State(prompt, cache, gates + decision_gates, heads, looked)

    def _see(self, pixels: Tensor, has_image: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        network = self.network
        features = network.image.features(pixels.to(self.device, network.dtype))
        tokens, logits = network.see(features)
        shares = logits.float().softmax(-1).cpu()
        for row, share, there in zip(self.rows, shares, has_image.tolist(), strict=True):
            if there:
                row.perception = self._labels(share)
        mask = has_image.to(self.device)[:, None].expand(tokens.shape[:2])
        self.watch.lap("image")
        return tokens, mask, torch.full_like(mask, IMAGE, dtype=torch.long)

    def _labels(self, share: Tensor) -> tuple[Label, ...]:
        names = self.network.sizes.labels
        best = share.topk(min(TOP_LABELS, len(names)))
        pairs = zip(best.values.tolist(), best.indices.tolist(), strict=True)
        return tuple(Label(*names[i], probability=p) for p, i in pairs)

    def _hear(self, waveform: Tensor, samples: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        speech = self.network.speech
        waveform, samples = waveform.to(self.device, self.network.dtype), samples.to(self.device)
        frames, inside = speech.frames(waveform, samples)
        heard = speech.transcribe(frames).float().log_softmax(-1).cpu().numpy()
        for row, letters, length in zip(self.rows, heard, inside.sum(1).tolist(), strict=True):
            if row.request.audio is not None:
                row.transcript = self.processor.transcript(letters[:length])
                row.listener = EMBEDDED
        tokens, mask = speech.tokens(frames, inside)
        self.watch.lap("speech")
        return tokens, mask, torch.full_like(mask, SPEECH, dtype=torch.long)

    def _listen(self, recogniser: Recogniser, sounds: Sequence[np.ndarray | None]) -> None:
        """Its transcripts for the embedded encoder's, which stay where it fails.

        One sound at a time: some recognisers hear other words in a padded batch.
        """
        rate = self.network.sizes.speech.sample_rate
        for row, sound in zip(self.rows, sounds, strict=True):
            heard = None if sound is None else recogniser.transcribe(sound, rate)
            if heard is not None:
                row.transcript, row.listener = heard, recogniser.name
        self.watch.lap("listen")

    def _read(self, texts: Sequence[str]) -> tuple[Tensor, Tensor, Tensor] | None:
        words = []
        for row, text in zip(self.rows, texts, strict=True):
            typed, typed_at = self.processor.encode(text)
            heard, heard_at = self.processor.encode(row.transcript or "")
            row.prompt_tokens = [
                Token(source[a:b], "text", (a, b), heard=is_heard)
                for source, at, is_heard in (
                    (text, typed_at, False),
                    (row.transcript, heard_at, True),
                )
                for a, b in at
            ]
            words.append((typed + heard, [0] * len(typed) + [1] * len(heard)))
            row.asked = frozenset(words[-1][0])
        longest = max(len(ids) for ids, _ in words)
        if longest == 0:
            return None
        ids = torch.tensor([i + [PAD] * (longest - len(i)) for i, _ in words], device=self.device)
        heard = torch.tensor([h + [0] * (longest - len(h)) for _, h in words], device=self.device)
        lengths = torch.tensor([len(i) for i, _ in words], device=self.device)
        mask = torch.arange(longest, device=self.device) < lengths[:, None]
        tokens = self.network.read(ids, heard, mask)
        self.watch.lap("text")
        return tokens, mask, torch.where(heard > 0, HEARD, TEXT)

    def _name_tokens(self, prompt: Prompt) -> None:
        for index, row in enumerate(self.rows):
            count = int(prompt.lengths[index])
            kinds = prompt.kind[index, :count].tolist()
            places = prompt.place[index, :count].tolist()
            words = row.prompt_tokens
            row.prompt_tokens = [
                words[place] if kind in (TEXT, HEARD) else self._sense_token(kind, place)
                for kind, place in zip(kinds, places, strict=True)
            ]

    def _sense_token(self, kind: int, place: int) -> Token:
        sizes = self.network.sizes
        if kind == IMAGE:
            grid = sizes.image.grid
            if place == grid * grid:
                return Token("photo", "image", (0.0, 0.0, 1.0, 1.0))
            top, left = divmod(place, grid)
            box = (top / grid, left / grid, (top + 1) / grid, (left + 1) / grid)
            return Token(f"r{top + 1}c{left + 1}", "image", box)
        step = sizes.speech.stride * sizes.speech.pool / sizes.speech.sample_rate
        return Token(f"{place * step:.2f}s", "speech", (place * step, (place + 1) * step))

    def _choose(self, row: Row, scores: Tensor) -> int:
        scores = scores.clone()
        scores[[PAD, START, *row.sentences.spent(row.asked)]] = -math.inf
        if not row.ids:  # a copy begins with its style
            scores[:FIRST_STYLE] = -math.inf
            scores[FIRST_STYLE + len(lexicon.STYLES) :] = -math.inf
        if row.request.temperature < COLDEST:
            return int(scores.argmax())
        scores = TemperatureLogitsWarper(float(row.request.temperature))(None, scores[None])
        if row.request.top_p < 1:
            scores = TopPLogitsWarper(float(row.request.top_p))(None, scores)
        return int(torch.multinomial(scores[0].softmax(-1), 1, generator=row.generator))

    def _note(self, ms: float, chosen: list[int], sure: Tensor) -> None:
        for row, token, own in zip(self.rows, chosen, sure, strict=True):
            if row.done:
                continue
            row.token_ms.append(ms)
            row.probabilities.append(math.exp(own[token]))
            if row.first_token_ms is None:
                row.first_token_ms = self.watch.total
            if token == END:
                row.finish_reason = "end"
                continue
            row.ids.append(token)
            row.sentences.add(token)
            if len(row.ids) >= row.request.max_length:
                row.finish_reason = "length"


def held_by(state: State) -> dict[str, list[Tensor]]:
    """What a run keeps: keys and values under "cache", what only looking needs under "trace"."""
    cache = state.cache
    looked = [t for layer in state.looked for t in (layer.queries, layer.keys, layer.norms)]
    kept = [t for t in (cache.queries, cache.routes) if t is not None]
    return {"cache": [cache.keys, cache.values], "trace": kept + looked}


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


def _generator(seed: int | None) -> torch.Generator:
    generator = torch.Generator()
    if seed is None:
        generator.seed()
    else:
        generator.manual_seed(seed % 2**63)  # any whole number is a seed
    return generator
