"""One more token for every row: by the network's own step, or by a captured CUDA graph.

On a GPU a step of this size is hundreds of small kernels, and launching them one by one takes far
longer than running them. `GraphDecoder` captures the step once for each size of batch, budget and
context (a bucket), and replays it from buffers that never move. The network's pass for the next
token is queued before the host has looked at this one, so that what the host does meanwhile (ends,
sentences, text) costs nothing.

Shapes: B rows, k open heads, S places of the bucket, V vocabulary, d head width.
"""

from __future__ import annotations

import math
import threading
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Protocol

import torch
from torch import Tensor

from v25.captured import record
from v25.choosing import Settings, choose, forbidden
from v25.config import V25Config
from v25.model.attention import OpenHeads
from v25.model.decoder import Cache
from v25.model.network import V25Network
from v25.processing import MAX_LENGTH, PAD, START
from v25.rules import Rule

BUCKETS = (512, 1024, 1536, 2048, 3072, 4096, 6144, 8192, 12_288, 20_480)
"""Places in a graph's cache: prompt, start and what is written."""
BATCHES = (1, 2, 4, 8, 16, 32)
MOST_PLACES = 131_072
"""Rows times places of the largest graph; a larger batch decodes without."""
DROP = 0.75
"""Share of the rows that still write at which the others leave the batch."""
MOST_GRAPHS = 12
"""Kept for a network; the least used goes first."""

Answer = tuple[list[int], list[float]]
"""A token of each row, and the logarithm of the probability that the model gave it."""


class Decoder(Protocol):
    """Writes a batch token by token."""

    def next(self, rules: Mapping[int, Rule], live: Sequence[int]) -> Answer:
        """The next token of each row.

        Args:
            rules: what a row's token may be, where anything is said of it.
            live: the rows that still write, never more of them than before; what the others get
                means nothing.
        """

    def settle(self) -> None:
        """Puts what was decoded into the run's cache, for whoever looks at it."""

    def close(self) -> None:
        """Settles, and frees what others can use."""


class EagerDecoder:
    """The network's own step on the run's own cache; rows that are finished drop out."""

    def __init__(self, network: V25Network, cache: Cache, settings: Settings) -> None:
        self.network, self.cache, self.settings, self.steps = network, cache, settings, 0
        self.count = len(cache.lengths)
        self.rows, self.work, self.settled = list(range(self.count)), cache, cache.longest
        self.tokens = settings.begin

    def next(self, rules: Mapping[int, Rule], live: Sequence[int]) -> Answer:
        """See `Decoder.next`."""
        if len(live) <= DROP * len(self.rows):
            self._drop(live)
        settings, step = self.settings, self.steps
        scores = self.network.step(self.tokens, self.work).float()
        masked = scores + (settings.later if step or settings.goes_on else settings.first)
        for row, rule in rules.items():
            place = self.rows.index(row)
            rule.hold(masked[place])
            if rule.sure:
                settings.chance[place, step] = 0.0
        self.tokens = choose(
            masked, settings.temperature, settings.top_p, settings.chance[:, step], narrow=True
        )
        self.steps += 1
        likely = scores.log_softmax(-1).gather(1, self.tokens[:, None])[:, 0]
        tokens, sures = [PAD] * self.count, [0.0] * self.count
        for row, token, one in zip(self.rows, self.tokens.tolist(), likely.tolist(), strict=True):
            tokens[row], sures[row] = token, one
        return tokens, sures

    def _drop(self, live: Sequence[int]) -> None:
        """Goes on with the rows that still write, in a cache of their own."""
        self.settle()
        places = torch.tensor([self.rows.index(row) for row in live], device=self.network.device)
        self.work = self.work.some(places)
        self.tokens, self.settings = self.tokens[places], self.settings.some(places)
        self.rows, self.settled = list(live), self.work.longest

    def settle(self) -> None:
        """See `Decoder.settle`."""
        work, cache = self.work, self.cache
        if work is cache or self.settled == work.longest:
            return
        rows = torch.tensor(self.rows, device=self.network.device)
        first = int(work.lengths.min()) - (work.longest - self.settled)
        span = slice(first, work.longest)
        for name in ("keys", "values", "queries", "routes"):
            mine, theirs = getattr(work, name), getattr(cache, name)
            if theirs is not None:
                along = (slice(None), rows, span) if name == "routes" else (
                    slice(None), rows, slice(None), span)  # fmt: skip
                theirs[along] = mine[:, :, span] if name == "routes" else mine[:, :, :, span]
        cache.lengths[rows], cache.longest = work.lengths, work.longest
        self.settled = work.longest

    def close(self) -> None:
        """See `Decoder.close`."""
        self.settle()


class Trail:
    """What the steps of a graph leave for tracing: queries and routes, one slot a step.

    All layers of a step lie in a slot side by side, as 32-bit words of whatever they are, so that
    one kernel gathers them and another puts them away. A prompt takes no room.

    Attributes:
        queries: `(slots, layers, B, k, d)`.
        routes: `(slots, layers, B, A)`.
    """

    def __init__(
        self, slots: int, rows: int, open_heads: int, sizes: V25Config, like: Tensor
    ) -> None:
        of_routes = (sizes.decision_layers, rows, sizes.active_experts)
        of_queries = (sizes.decision_layers, rows, open_heads, sizes.head_dim)
        long, word = torch.long.itemsize, torch.int32.itemsize
        routes, queries = math.prod(of_routes) * long, math.prod(of_queries) * like.element_size()
        whole = -(-(routes + queries) // long) * long  # a slot begins where an int64 may
        self._slots = like.new_zeros(slots, whole // word, dtype=torch.int32)
        self._used = self._slots[:, : (routes + queries) // word]
        parts = self._used.split((routes // word, queries // word), 1)
        self.routes = parts[0].view(torch.long).unflatten(1, of_routes)
        self.queries = parts[1].view(like.dtype).unflatten(1, of_queries)

    def put(self, slot: Tensor, queries: Sequence[Tensor], routes: Sequence[Tensor]) -> None:
        """A step's `(B, k, 1, d)` and `(B, 1, A)` of every layer into `slot` `(1,)`."""
        words = [t.reshape(-1).view(torch.int32) for t in (*routes, *queries)]
        self._used.index_copy_(0, slot, torch.cat(words)[None])

    def settle(self, cache: Cache, begun: Tensor, first: int, stop: int) -> None:
        """Copies steps `first` to `stop` to where they are in the rows of `cache`.

        These had `begun` `(B,)` tokens before step 0.
        """
        count, slots = len(begun), slice(first, stop)
        rows = torch.arange(count, device=begun.device)[:, None]
        places = begun[:, None] + torch.arange(first, stop, device=begun.device)
        queries, routes = self.queries[slots, :, :count], self.routes[slots, :, :count]
        cache.queries[:, rows, :, places] = queries.permute(2, 0, 1, 3, 4)
        cache.routes[:, rows, places] = routes.permute(1, 2, 0, 3).to(cache.routes.dtype)


class GraphDecoder:
    """A captured step and its buffers, for one run at a time."""

    def __init__(
        self, network: V25Network, rows: int, open_heads: int, places: int, capture: bool
    ) -> None:
        sizes, device, dtype = network.sizes, network.device, network.dtype
        self.network, self.rows, self.places = network, rows, places
        like = torch.zeros(0, device=device, dtype=dtype)
        self.cache = Cache.reserved(rows, open_heads, sizes, places, like, capture=False)
        slots = min(places, MAX_LENGTH + 1)  # one step more than is read begins ahead
        self.trail = Trail(slots, rows, open_heads, sizes, like) if capture else None
        width, part = sizes.width, open_heads * sizes.head_dim
        self.cache.heads = [
            OpenHeads(
                torch.zeros(rows, open_heads, dtype=torch.long, device=device),
                torch.zeros(rows, open_heads, device=device),
                like.new_zeros(rows, width, 3 * part),
                like.new_zeros(rows, part, width),
            )
            for _ in range(sizes.decision_layers)
        ]
        self.turns = network.decision.turn(torch.arange(places, device=device)[None])
        self.numbers = torch.arange(places, device=device)
        self.tokens = torch.full((rows,), START, device=device)
        self.step = torch.zeros(1, dtype=torch.long, device=device)
        vocabulary = sizes.text.vocabulary
        self.masks = [mask.to(device) for mask in forbidden(vocabulary)]
        self.mask = torch.zeros(rows, vocabulary, device=device)
        self.temperature, self.top_p = (torch.ones(rows, device=device) for _ in range(2))
        self.chance = torch.zeros(rows, slots, device=device)
        self.scores = torch.zeros(rows, vocabulary, device=device)
        self.answer = torch.zeros(2, rows, device=device)
        self.host = torch.zeros(2, rows, pin_memory=device.type == "cuda")
        self.arrived = torch.cuda.Event() if device.type == "cuda" else None
        self.target: Cache | None = None
        self.forward, self.choosing = record(self._forward, device), record(self._choose, device)

    def _forward(self) -> None:
        """From `tokens` to `scores`, keys and values written at each row's end."""
        network, cache = self.network, self.cache
        x = network.embed(self.tokens)[:, None]
        turn = tuple(t[0, 0][cache.lengths][:, None, None] for t in self.turns)
        seen = self.numbers <= cache.lengths[:, None]
        mask = torch.zeros(seen.shape, device=x.device, dtype=x.dtype).masked_fill_(
            ~seen, float("-inf")
        )[:, None, None]
        looked = []
        for index, layer in enumerate(network.decision.layers):
            x, *left = layer.replayed(x, turn, cache, index, mask)
            looked.append(left)
        if self.trail is not None:
            self.trail.put(self.step, *zip(*looked, strict=True))
        cache.lengths.add_(1).clamp_(max=self.places - 1)
        self.scores.copy_(network.logits(network.decision.norm(x))[:, 0])

    def _choose(self) -> None:
        """From `scores` to `tokens` and `answer`."""
        chance = self.chance.index_select(1, self.step)[:, 0]
        chosen = choose(self.scores + self.mask, self.temperature, self.top_p, chance, narrow=False)
        likely = self.scores.log_softmax(-1).gather(1, chosen[:, None])[:, 0]
        self.tokens.copy_(chosen)
        self.answer.copy_(torch.stack((chosen.float(), likely)))
        self.step.add_(1).clamp_(max=self.chance.shape[1] - 1)

    def load(self, cache: Cache, settings: Settings) -> None:
        """Takes up a run whose prompts were read, and begins its first step."""
        count, stop = len(cache.lengths), cache.longest
        own = self.cache
        for mine, given in zip(own.heads, cache.heads, strict=True):
            mine.qkv[:count].copy_(given.qkv)
            mine.out[:count].copy_(given.out)
        own.keys[:, :count, :, :stop].copy_(cache.keys[..., :stop, :])
        own.values[:, :count, :, :stop].copy_(cache.values[..., :stop, :])
        own.lengths.zero_()
        own.lengths[:count].copy_(cache.lengths)
        self.temperature[:count].copy_(settings.temperature)
        self.top_p[:count].copy_(settings.top_p)
        self.chance[:count, : settings.chance.shape[1]].copy_(settings.chance)
        self.tokens.fill_(START)
        self.tokens[:count].copy_(settings.begin)
        self.step.zero_()
        self.mask.copy_(self.masks[settings.goes_on])
        self.target, self.count, self.first, self.taken = cache, count, stop, 0
        self.begun, self.settled = cache.lengths.clone(), 0
        self.shortest = int(cache.lengths.min())
        self.marked = False
        self.forward()

    def next(self, rules: Mapping[int, Rule], live: Sequence[int]) -> Answer:
        """See `Decoder.next`."""
        del live  # a graph takes all of its rows
        if self.taken == 1 or self.marked:
            self.mask.copy_(self.masks[1])
        for row, rule in rules.items():
            rule.hold(self.mask[row])
            if rule.sure:
                self.chance[row, self.taken] = 0.0
        self.marked = bool(rules)
        self.choosing()
        self.host.copy_(self.answer, non_blocking=True)
        if self.arrived is not None:
            self.arrived.record()
        self.taken += 1
        self.forward()
        if self.arrived is not None:
            self.arrived.synchronize()
        chosen, likely = self.host[:, : self.count].tolist()
        return [int(token) for token in chosen], likely

    def settle(self) -> None:
        """See `Decoder.settle`."""
        cache = self.target
        if cache is None or self.settled == self.taken:
            return
        stop = self.first + self.taken
        span = slice(self.shortest + self.settled, stop)
        cache.keys[:, :, :, span].copy_(self.cache.keys[:, : self.count, :, span])
        cache.values[:, :, :, span].copy_(self.cache.values[:, : self.count, :, span])
        if self.trail is not None:
            self.trail.settle(cache, self.begun, self.settled, self.taken)
        cache.lengths.copy_(self.begun + self.taken)
        cache.longest, self.settled = stop, self.taken

    def close(self) -> None:
        """See `Decoder.close`."""
        self.settle()
        self.target = None


class Graphs:
    """The captured graphs of one network; a run that finds all of its size in use makes another."""

    def __init__(self, network: V25Network) -> None:
        self.network, self._lock = network, threading.Lock()
        self._made: dict[tuple[int, int, int, bool], list[GraphDecoder]] = {}
        self._used: Counter[tuple[int, int, int, bool]] = Counter()

    def decoder(self, cache: Cache, settings: Settings) -> Decoder:
        """What writes the batch that `cache` holds the prompts of."""
        rows, steps = settings.chance.shape
        places = next((b for b in BUCKETS if b > cache.longest + steps), None)
        batch = next((b for b in BATCHES if b >= rows), None)
        real = all(heads.real is None for heads in cache.heads)
        if places is None or batch is None or batch * places > MOST_PLACES or not real:
            return EagerDecoder(self.network, cache, settings)
        key = (batch, cache.keys.shape[2], places, cache.queries is not None)
        with self._lock:
            graph = self._free(key)
            graph.load(cache, settings)
        return graph

    def _free(self, key: tuple[int, int, int, bool]) -> GraphDecoder:
        self._used[key] += 1
        made = self._made.setdefault(key, [])
        for graph in made:
            if graph.target is None:
                return graph
        if sum(map(len, self._made.values())) >= MOST_GRAPHS:
            self._drop(key)
        made.append(GraphDecoder(self.network, *key))
        return made[-1]

    def _drop(self, kept: tuple[int, int, int, bool]) -> None:
        """Frees the idle graph whose size was asked for least."""
        idle = [k for k, made in self._made.items() if k != kept and made
                and all(g.target is None for g in made)]  # fmt: skip
        if idle:
            del self._made[min(idle, key=self._used.__getitem__)]
