"""An engine without weights that keeps the contract of `v25.schema`: pieces, records, refusals."""

from __future__ import annotations

import time
from dataclasses import replace

import numpy as np
import soundfile
from PIL import Image

from v25.schema import Generation, Label, Latency, Span, Token, V25Error

ZH = ("云步跑鞋，轻若无物，", "每一步都透气舒适。", "现在下单只要199元，", "别让好鞋等太久！")
EN = (
    "Lace up and ",
    "float: the ",
    "NORTHPINE runner ",
    "breathes with ",
    "every stride. ",
    "Light, soft ",
    "and ready for ",
    "the long way home. ",
    "Yours for $89.",
)
FUSION_LAYERS = 4
PREMIUM = (
    "Quiet luxury, ",
    "measured in steps. ",
    "<b>Nothing</b> ",
    "more, ",
    "{{nothing}} less.",
)


class FakeTrace:
    """Softmax maps from seeded noise: each head its own, decision layers causal."""

    def __init__(self, tokens: tuple[Token, ...], prompt_length: int, heads: int, budget: int):
        self.tokens = tokens
        self.prompt_length = prompt_length
        self.layers = (
            *(f"fusion {i}" for i in range(1, FUSION_LAYERS + 1)),
            *(f"decision {i}" for i in range(1, 7)),
        )
        noise = np.random.default_rng(5)
        self.gates = noise.uniform(0.02, 0.98, (len(self.layers), heads)).astype(np.float32)
        order = np.argsort(-self.gates, axis=1)
        self.open = np.zeros(self.gates.shape, bool)
        np.put_along_axis(self.open, order[:, :budget], True, axis=1)
        self.routes = np.zeros((6, len(tokens), 2), np.int16)
        kinds = [t.modality for t in tokens[:prompt_length]] + ["own"]
        starts = [i for i, k in enumerate(kinds) if i == 0 or kinds[i - 1] != k]
        self.spans = tuple(
            Span(kinds[a], a, b) for a, b in zip(starts, [*starts[1:], len(tokens)], strict=True)
        )

    def full(self, layer: int, head: int) -> np.ndarray:
        fusion = self.layers[layer].startswith("fusion")
        n = self.prompt_length if fusion else len(self.tokens)
        if not self.open[layer, head]:
            return np.zeros((n, n), np.float32)
        noise = np.random.default_rng(100 * layer + head)
        near = np.arange(n)[:, None] - np.arange(n)[None]
        stripes = noise.normal(size=n) * 2.2
        scores = stripes[None] - np.abs(near - noise.integers(-3, 12)) / noise.uniform(1.5, 25)
        scores = scores + noise.normal(size=(n, n)) * 0.5
        if not fusion:
            scores = np.where(near >= 0, scores, -np.inf)
        weights = np.exp(scores - scores.max(axis=1, keepdims=True))
        return (weights / weights.sum(axis=1, keepdims=True)).astype(np.float32)

    def row(self, layer: int, head: int, query: int) -> np.ndarray:
        return self.full(layer, head)[query]

    def map(self, layer: int, head: int, max_side: int | None = None) -> np.ndarray:
        whole = self.full(layer, head)
        n = len(whole)
        if max_side is None or n <= max_side:
            return whole
        width = -(-n // max_side)
        cuts = np.arange(0, n, width)
        sizes = np.diff([*cuts, n])
        sums = np.add.reduceat(np.add.reduceat(whole, cuts, 0), cuts, 1)
        return (sums / np.outer(sizes, sizes)).astype(np.float32)

    def overview(self, max_side: int = 24) -> np.ndarray:
        layers, heads = self.gates.shape
        maps = [[self.map(i, h, max_side) for h in range(heads)] for i in range(layers)]
        side = max(len(row[0]) for row in maps)
        made = np.zeros((layers, heads, side, side), np.float32)
        for layer, row in enumerate(maps):
            for head, small in enumerate(row):
                made[layer, head, : len(small), : len(small)] = small
        return made


class FakeStream:
    """Pieces with a pause; remembers how many it gave and whether it was closed."""

    def __init__(self, model: FakeModel, request: dict, trace: FakeTrace, generation: Generation):
        self.model, self.request, self.trace = model, request, trace
        self.generation = generation
        self.given = 0
        self.given_when_closed: int | None = None
        self.begun = time.perf_counter()
        text = request["text"] or ""
        chinese = any("一" <= c <= "鿿" for c in text)
        self.plan = [("social", piece) for piece in (ZH if chinese else EN)]
        self.plan += [("premium", piece) for piece in PREMIUM]
        self.plan *= 40 if "long" in text else 1

    def __iter__(self) -> FakeStream:
        return self

    def __next__(self) -> str:
        if self.given_when_closed is not None or self.given == len(self.plan):
            raise StopIteration
        if "break" in (self.request["text"] or "") and self.given == 5:
            raise RuntimeError("secret detail of the machine")
        time.sleep(self.model.pause)
        style, piece = self.plan[self.given]
        self.given += 1
        done = self.generation
        texts = dict(zip(done.styles, done.variants, strict=True))
        texts[style] = texts.get(style, "") + piece
        ms = 1000 * (time.perf_counter() - self.begun)
        spent = done.latency
        stages = {**spent.stages, "decode": ms - 178.2}
        self.generation = replace(
            done,
            text="\n\n".join(texts.values()),
            variants=tuple(texts.values()),
            styles=tuple(texts),
            trace=self.trace,
            finish_reason="end" if self.given == len(self.plan) else None,
            latency=replace(
                spent,
                stages=stages,
                token_ms=(*spent.token_ms, 1000 * self.model.pause),
                first_token_ms=spent.first_token_ms or ms,
                total_ms=ms,
            ),
        )
        return piece

    def close(self) -> None:
        if self.given_when_closed is None:
            self.given_when_closed = self.given


class FakeModel:
    """What the page asks of `V25Model`, and a memory of what it was asked."""

    heads = 16
    default_budget = 10
    precisions = ("fp32", "bf16", "int8")
    device = "Test processor (2 cores)"

    def __init__(self, precision: str = "fp32", pause: float = 0.03, asked: list | None = None):
        self.precision, self.pause = precision, pause
        self.asked: list[FakeStream] = [] if asked is None else asked

    def with_precision(self, name: str) -> FakeModel:
        return FakeModel(name, self.pause, self.asked)

    def stream(self, text=None, image=None, audio=None, **settings) -> FakeStream:
        if not text and not image and not audio:
            raise V25Error("no_input", "Nothing to work on.")
        if text and len(text) > 2000:
            raise V25Error("text_too_long", "Too long.", limit=2000, length=len(text))
        tokens, heard, seen = [], None, ()
        if image:
            tokens += _photo_tokens(image)
            seen = (
                Label("T-Shirt", "t-shirt", 0.2123 if "blurred" in (text or "") else 0.8123),
                Label("Longsleeve", "longsleeve", 0.1042),
                Label("Polo", "polo", 0.0311),
            )
        if audio:
            sound, rate = soundfile.read(audio)
            settings |= {"samples": sound, "rate": rate}
            heard = "为这双跑鞋写一条小红书文案"
            tokens += [
                Token(f"{i * 0.08:.2f}s", "speech", (i * 0.08, i * 0.08 + 0.08)) for i in range(40)
            ]
            tokens += [Token(c, "text", (i, i + 1), heard=True) for i, c in enumerate(heard)]
        tokens += [Token(w, "text", (i, i + 1)) for i, w in enumerate((text or "").split())]
        prompt = len(tokens)
        tokens += [Token(w, "own", (i, i + 1)) for i, w in enumerate("".join(EN + PREMIUM).split())]
        budget = settings.get("attention_heads") or self.default_budget
        trace = FakeTrace(tuple(tokens), prompt, self.heads, budget)
        stages = {"read": 4.1, "image": 38.4, "speech": 61.0, "text": 12.3, "fusion": 21.7,
                  "gates": 0.7, "prefill": 40.0}  # fmt: skip
        latency = Latency(stages=stages, device=self.device, precision=self.precision)
        request = {"text": text, "image": image, "audio": audio, **settings}
        made = FakeStream(
            self,
            request,
            trace,
            Generation("", (), (), heard, seen, latency, listener="embedded" if heard else None),
        )
        self.asked.append(made)
        return made


def _photo_tokens(path: str) -> list[Token]:
    try:
        with Image.open(path) as image:
            image.load()
    except OSError as error:
        raise V25Error("image_unreadable", "This photo cannot be read.") from error
    cells = [(r, c) for r in range(7) for c in range(7)]
    return [Token(f"r{r}c{c}", "image", (r / 7, c / 7, (r + 1) / 7, (c + 1) / 7)) for r, c in cells]
