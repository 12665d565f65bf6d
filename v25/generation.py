"""The generation loop: prefill, then token by token, with a time for every stage.

The loop is this project's, since what it decodes with (heads that open for each request, queries
kept for tracing) is what it is about.
"""

from __future__ import annotations

import math
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Literal

import torch

from v25.choosing import Settings
from v25.decoding import Decoder, EagerDecoder
from v25.listening import Recogniser
from v25.model.network import Prompt, State, V25Network
from v25.notes import take_note
from v25.passes import Pass
from v25.prefill import Filled, fill, forced_gates, groups
from v25.processing import END, START, Processor
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
        self._lock = threading.Lock()
        self._own: dict[int, list[Pass]] = {}
        self.rows = [
            Row(r, generator_of(r.seed), Sentences(processor, (r.text or "").strip()))
            for r in requests
        ]
        self.reader = Reader(network, processor, recogniser, self.rows, self.watch, replays)
        self.passes: list[Pass] = []
        self._peak = 0

    @property
    def state(self) -> State | None:
        """What reading left, of the latest pass; None before the first."""
        return self.passes[-1].state if self.passes else None

    @property
    def decoder(self) -> Decoder | None:
        """What writes, in the latest pass."""
        return self.passes[-1].decoder if self.passes else None

    @torch.inference_mode()
    def prepare(self) -> None:
        """Perception, fusion, gates and prefill.

        Raises:
            V25Error: an input is bad.
        """
        prompt = self.reader.prompt()
        longest = max(row.request.max_length for row in self.rows)
        filled = self._fill(prompt, prompt.x.shape[1] + longest + 1)
        self._pass(prompt, filled, range(len(self.rows)))

    def _pass(self, prompt: Prompt, filled: Filled, places: Sequence[int]) -> None:
        state = State(prompt, filled.cache, filled.gates, filled.fusion_heads, filled.looked)
        prompts = [self.rows[place].prompt_tokens for place in places]
        self.passes.append(Pass(places, prompts, state))

    def _fill(
        self, prompt: Prompt, room: int, written: Sequence[Sequence[int]] | None = None
    ) -> Filled:
        rows, sizes, budget = len(prompt.x), self.network.sizes, self.budget
        forced = forced_gates(self.gates, rows, sizes, self.device)
        if self.replays is not None and forced is None and written is None:
            filled = self.replays.fill(prompt, room, budget, self.capture)
            if filled is not None:
                self.watch.lap("prefill")  # fusion and gates are one recording with it
                return filled
        parts = groups(prompt) if forced is None else [prompt]
        lap, capture = self.watch.lap, self.capture
        return fill(self.network, parts, rows, room, budget, forced, capture, lap, written)

    def write(self) -> Iterator[None]:
        """One token for every unfinished row at each step; close it to stop.

        Rows that have read out what they looked for wait for the others, then go on from notes.
        """
        yield from self._write()
        if self._take_notes():
            yield from self._write()

    def _write(self) -> Iterator[None]:
        """Until every row of the latest pass has ended or pauses."""
        now = self._begin()
        rows = [self.rows[place] for place in now.rows]
        try:
            for _ in range(max(row.left for row in rows)):
                self._step(now.decoder, rows)
                yield
                if all(row.done or row.pauses for row in rows):
                    return
        finally:
            with torch.inference_mode(), self._lock:
                now.decoder.close()

    @torch.inference_mode()
    def _begin(self) -> Pass:
        now, vocabulary = self.passes[-1], self.network.sizes.text.vocabulary
        settings = Settings([self.rows[place] for place in now.rows], vocabulary, self.device)
        if self.replays is None:
            now.decoder = EagerDecoder(self.network, now.state.cache, settings)
        else:
            now.decoder = self.replays.decoder(now.state.cache, settings)
        return now

    @torch.inference_mode()
    def _take_notes(self) -> bool:
        """Reads the notes of the rows that pause, if any, and what they read out behind them."""
        places = [i for i, row in enumerate(self.rows) if row.pauses and not row.done]
        rows = [self.rows[place] for place in places]
        if not rows:
            return False
        with self._lock:
            prompt = self.reader.again(places)
            written = [[START, *row.ids[:-1]] for row in rows]  # the last one is decoded from
            room = max(map(len, written)) + max(row.left for row in rows)
            filled = self._fill(prompt, prompt.x.shape[1] + room + 1, written)
            if not self.capture and len(rows) == len(self.rows):
                self.passes.clear()  # nobody will look at it
            self._pass(prompt, filled, places)
            for row in rows:
                row.pauses = False
        return True

    @torch.inference_mode()
    def _step(self, decoder: Decoder, rows: Sequence[Row]) -> None:
        with self._lock:  # whoever looks at a row meanwhile sees whole steps
            begun = time.perf_counter()
            live = [i for i, row in enumerate(rows) if not (row.done or row.pauses)]
            rules = {i: rows[i].sentences.rule(rows[i].asked) for i in live}
            chosen, sure = decoder.next({i: rule for i, rule in rules.items() if rule}, live)
            self.watch.lap("decode", wait=False)
            self._note((time.perf_counter() - begun) * 1e3, rows, live, chosen, sure)

    def result(self, index: int) -> Generation:
        """What there is of request `index` so far."""
        with self._lock:
            self._settle()
            traces = self._traces(index)
        row = self.rows[index]
        styles, variants = split_variants(row.ids, self.processor)
        made = Generation(
            text=join_variants(styles, variants),
            variants=tuple(variants),
            styles=tuple(styles),
            quote=quote_of(row.ids, self.processor),
            transcript=row.transcript,
            perception=row.perception,
            latency=self._latency(index),
            trace=traces[-1] if traces else None,
            probabilities=tuple(row.probabilities),
            media=row.media if self.passes else None,
            finish_reason=row.finish_reason,
            listener=row.listener,
        )
        if len(traces) < 2:
            return made
        return replace(made, reading=self._reading(made, row.read_out, traces[0]))

    def _reading(self, made: Generation, count: int, trace: SequenceTrace) -> Generation:
        """What came before the note: the whole prompt, and `count` tokens read out of it."""
        latency = replace(made.latency, token_ms=made.latency.token_ms[:count])
        probabilities = made.probabilities[:count]
        told = {"text": "", "variants": (), "styles": (), "latency": latency, "trace": trace}
        return replace(made, probabilities=probabilities, finish_reason=None, **told)

    def _latency(self, index: int) -> Latency:
        row = self.rows[index]
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
            memory=self.memory(index),
        )

    def trace(self, index: int) -> SequenceTrace:
        """Attention, gates and routes of request `index`, as it was read last."""
        return self._traces(index)[-1]

    def _traces(self, index: int) -> list[SequenceTrace]:
        """One of each pass that request `index` is in; none without capture."""
        if not self.capture:
            return []
        row, passes = self.rows[index], self._passes(index)
        whole = (*row.ids, END) if row.finish_reason == "end" else tuple(row.ids)
        first, last = tuple(row.ids[: row.read_out]), tuple(row.ids)
        parts = [(first, first)] * (len(passes) - 1) + [(last, whole)] * bool(passes)
        return [self._trace(one, index, *ids) for one, ids in zip(passes, parts, strict=True)]

    def _trace(
        self, one: Pass, index: int, ids: tuple[int, ...], written: tuple[int, ...]
    ) -> SequenceTrace:
        place = one.place(index)
        prompt = one.prompts[place]
        # a row that is over may have been fed its last token beside others that were not
        length = min(one.longest(index), len(prompt) + len(written))
        source = RunSource(one.state, place, length, self.network, self.budget, self.gates, written)
        processor = self.processor  # the trace need not hold the run
        return SequenceTrace(source, prompt, lambda: own_tokens(ids, processor), length)

    def _passes(self, index: int) -> list[Pass]:
        """Those that request `index` is in, in order."""
        return self._own.get(index) or [one for one in self.passes if index in one.rows]

    def memory(self, index: int) -> dict[str, int]:
        """Bytes of the weights, and of request `index`'s share of what the run holds."""
        held: Counter[str] = Counter(weights=self.weights)
        for one in self._passes(index):
            for name, tensors in one.held.items():
                held[name] += sum(t.nbytes for t in tensors) // len(one.rows)
        if self.device.type == "cuda":
            if not self._peak or not all(row.done for row in self.rows):  # to ask takes a while
                self._peak = torch.cuda.max_memory_allocated(self.device)
            held["peak"] = self._peak
        return dict(held)

    @torch.inference_mode()
    def part(self, index: int) -> None:
        """Gives request `index` a state of its own, so that its trace holds none of the others."""
        with self._lock:
            self._settle()
            self._own[index] = [one.alone(index) for one in self._passes(index)]

    @torch.inference_mode()
    def _settle(self) -> None:
        if self.capture:
            for one in self.passes:
                one.settle()

    def _note(
        self,
        ms: float,
        rows: Sequence[Row],
        live: Sequence[int],
        chosen: list[int],
        sure: list[float],
    ) -> None:
        for row, token, own in ((rows[i], chosen[i], sure[i]) for i in live):
            row.token_ms.append(ms)
            row.probabilities.append(math.exp(own))
            if row.first_token_ms is None:
                row.first_token_ms = self.watch.total
            if token == END:
                self._finish(row, "end")
                continue
            row.ids.append(token)
            row.sentences.add(token)
            if not row.left:
                self._finish(row, "length")
            elif row.note is None and row.sentences.quote.found:
                self._pause(row)

    def _pause(self, row: Row) -> None:
        """Where the rest is better written from a note, it waits for that."""
        typed = sum(token.modality == "text" and not token.heard for token in row.prompt_tokens)
        row.note = take_note((row.request.text or "").strip(), row.sentences.quote, typed)
        row.read_out, row.pauses = len(row.ids), row.note is not None

    def _finish(self, row: Row, reason: Literal["end", "length"]) -> None:
        row.finish_reason, row.stages = reason, dict(self.watch.stages)
