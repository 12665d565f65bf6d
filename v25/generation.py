"""The generation loop: prefill, then token by token, with a time for every stage.

The loop is this project's, since what it decodes with (heads that open for each request, queries
kept for tracing) is what it is about.
"""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Iterator, Sequence
from typing import Literal

import torch
from torch import Tensor

from v25.choosing import Settings
from v25.decoding import Decoder, EagerDecoder
from v25.listening import Recogniser
from v25.model.network import Prompt, State, V25Network
from v25.prefill import Filled, fill, forced_gates, groups
from v25.processing import END, Processor
from v25.reading import Reader
from v25.replays import Replays
from v25.rows import Row, Stopwatch, generator_of
from v25.schema import Generation, Latency, Request
from v25.sources import RunSource
from v25.tracing import SequenceTrace
from v25.variants import Sentences, join_variants, own_tokens, quote_of, split_variants


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
        replays: Replays | None = None,
    ) -> None:
        """`weights` is how many bytes the network's take; `replays` its recordings on a GPU."""
        self.network, self.processor, self.budget = network, processor, budget
        self.replays, self.weights = replays, weights
        self.device_name, self.precision = device_name, precision
        self.capture, self.gates = requests[0].capture, dict(requests[0].gates or {})
        self.device = network.device
        self.watch, self.begun = Stopwatch(self.device), time.perf_counter()
        self._lock, self._own = threading.Lock(), {}
        self.rows = [
            Row(r, generator_of(r.seed), Sentences(processor, r.text or "")) for r in requests
        ]
        self.reader = Reader(network, processor, recogniser, self.rows, self.watch, replays)
        self.state: State | None = None
        self.decoder: Decoder | None = None

    @torch.inference_mode()
    def prepare(self) -> None:
        """Perception, fusion, gates and prefill.

        Raises:
            V25Error: an input is bad.
        """
        prompt = self.reader.prompt()
        longest = max(row.request.max_length for row in self.rows)
        filled = self._fill(prompt, prompt.x.shape[1] + longest + 1)
        self.state = State(prompt, filled.cache, filled.gates, filled.fusion_heads, filled.looked)

    def _fill(self, prompt: Prompt, room: int) -> Filled:
        rows, sizes, budget = len(self.rows), self.network.sizes, self.budget
        forced = forced_gates(self.gates, rows, sizes, self.device)
        if self.replays is not None and forced is None:
            filled = self.replays.fill(prompt, room, budget, self.capture)
            if filled is not None:
                self.watch.lap("prefill")  # fusion and gates are one recording with it
                return filled
        parts = groups(prompt) if forced is None else [prompt]
        lap = self.watch.lap
        return fill(self.network, parts, rows, room, budget, forced, self.capture, lap)

    def write(self) -> Iterator[None]:
        """One token for every unfinished row at each step; close it to stop."""
        decoder = self._begin()
        try:
            for _ in range(max(row.request.max_length for row in self.rows)):
                self._step(decoder)
                yield
                if all(row.done for row in self.rows):
                    return
        finally:
            with torch.inference_mode(), self._lock:
                decoder.close()

    @torch.inference_mode()
    def _begin(self) -> Decoder:
        cache, vocabulary = self.state.cache, self.network.sizes.text.vocabulary
        settings = Settings(self.rows, vocabulary, self.device)
        if self.replays is None:
            self.decoder = EagerDecoder(self.network, cache, settings)
        else:
            self.decoder = self.replays.decoder(cache, settings)
        return self.decoder

    @torch.inference_mode()
    def _step(self, decoder: Decoder) -> None:
        with self._lock:  # whoever looks at a row meanwhile sees whole steps
            self._decode(decoder)

    def _decode(self, decoder: Decoder) -> None:
        begun = time.perf_counter()
        live = [index for index, row in enumerate(self.rows) if not row.done]
        rules = {index: self.rows[index].sentences.rule(self.rows[index].asked) for index in live}
        chosen, sure = decoder.next({i: rule for i, rule in rules.items() if rule}, live)
        self.watch.lap("decode", wait=False)
        self._note((time.perf_counter() - begun) * 1e3, chosen, sure)

    def result(self, index: int) -> Generation:
        """What there is of request `index` so far."""
        with self._lock:
            self._settle()
            trace = self.trace(index) if self.state is not None and self.capture else None
        row = self.rows[index]
        styles, variants = split_variants(row.ids, self.processor)
        return Generation(
            text=join_variants(styles, variants),
            variants=tuple(variants),
            styles=tuple(styles),
            quote=quote_of(row.ids, self.processor),
            transcript=row.transcript,
            perception=row.perception,
            latency=self._latency(row),
            trace=trace,
            probabilities=tuple(row.probabilities),
            media=None if self.state is None else row.media,
            finish_reason=row.finish_reason,
            listener=row.listener,
        )

    def _latency(self, row: Row) -> Latency:
        stages = dict(self.watch.stages) if row.stages is None else row.stages
        waited = {"wait": row.waited_ms} if row.waited_ms else {}
        total = self.watch.total if row.stages is None else sum(stages.values())
        first = row.first_token_ms
        return Latency(
            stages={**waited, **stages},
            token_ms=tuple(row.token_ms),
            first_token_ms=None if first is None else first + row.waited_ms,
            total_ms=total + row.waited_ms,
            device=self.device_name,
            precision=self.precision,
            memory=self.memory(),
        )

    def trace(self, index: int) -> SequenceTrace:
        """Attention, gates and routes of request `index`."""
        row, ids = self.rows[index], tuple(self.rows[index].ids)
        length = min(self.longest(index), len(row.prompt_tokens) + 1 + len(ids))
        written = (*ids, END) if row.finish_reason == "end" else ids
        state, place = (self._own[index], 0) if index in self._own else (self.state, index)
        source = RunSource(state, place, length, self.network, self.budget, self.gates, written)
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

    @torch.inference_mode()
    def part(self, index: int) -> None:
        """Gives request `index` a state of its own, so that its trace holds none of the others."""
        with self._lock:
            self._settle()
            self._own[index] = self.state.some(index)

    @torch.inference_mode()
    def _settle(self) -> None:
        if self.decoder is not None and self.capture:
            self.decoder.settle()

    def _note(self, ms: float, chosen: list[int], sure: list[float]) -> None:
        for row, token, own in zip(self.rows, chosen, sure, strict=True):
            if row.done:
                continue
            row.token_ms.append(ms)
            row.probabilities.append(math.exp(own))
            if row.first_token_ms is None:
                row.first_token_ms = self.watch.total
            if token == END:
                self._finish(row, "end")
                continue
            row.ids.append(token)
            row.sentences.add(token)
            if len(row.ids) >= row.request.max_length:
                self._finish(row, "length")

    def _finish(self, row: Row, reason: Literal["end", "length"]) -> None:
        row.finish_reason, row.stages = reason, dict(self.watch.stages)


def held_by(state: State) -> dict[str, list[Tensor]]:
    """What a run keeps: keys and values under "cache", what only looking needs under "trace"."""
    cache = state.cache
    looked = [t for layer in state.looked for t in (layer.queries, layer.keys, layer.norms)]
    kept = [t for t in (cache.queries, cache.routes) if t is not None]
    return {"cache": [cache.keys, cache.values], "trace": kept + looked}
