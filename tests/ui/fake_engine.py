"""An engine without weights that keeps the contract of `v25.schema`: pieces, records, refusals."""

from __future__ import annotations

import re
import time
from dataclasses import replace

import numpy as np
import soundfile
from fake_trace import FUSION_LAYERS, FakeTrace, heard_media, seen_media, sound_tokens
from PIL import Image

from v25.schema import Generation, Label, Latency, Media, Token, V25Error

__all__ = ["FUSION_LAYERS", "FakeModel", "FakeStream", "FakeTrace"]

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
FORCED = (*EN[:7], "the short way home. ", EN[8])
"""What it writes when a request forces gates."""
PREMIUM = (
    "Quiet luxury, ",
    "measured in steps. ",
    "<b>Nothing</b> ",
    "more, ",
    "{{nothing}} less.",
)


class FakeStream:
    """Pieces with a pause; remembers how many it gave and whether it was closed."""

    def __init__(self, model: FakeModel, request: dict, trace: FakeTrace, generation: Generation):
        self.model, self.request, self.trace = model, request, trace
        self.generation = generation
        self.given = 0
        self.given_when_closed: int | None = None
        self.begun = time.perf_counter()
        self.plan = _plan(request)
        if not self.plan:
            self.generation = replace(generation, trace=trace, finish_reason="end")

    def __iter__(self) -> FakeStream:
        return self

    def __next__(self) -> str:
        if self.given_when_closed is not None or self.given == len(self.plan):
            raise StopIteration
        if "break" in (self.request["text"] or "") and self.given == 5:
            raise RuntimeError("secret detail of the machine")
        time.sleep(self.model.pause)
        if "hesitate" in (self.request["text"] or "") and not self.given:
            time.sleep(1.5)
            if self.given_when_closed is not None:
                raise StopIteration
        style, piece = self.plan[self.given]
        self.given += 1
        done = self.generation
        texts = dict(zip(done.styles, done.variants, strict=True))
        texts[style] = texts.get(style, "") + piece
        ms = 1000 * (time.perf_counter() - self.begun)
        spent = done.latency
        stages = {**spent.stages, "decode": max(0.0, ms - 178.2)}
        self.generation = replace(
            done,
            text="\n\n".join(texts.values()),
            variants=tuple(texts.values()),
            styles=tuple(texts),
            trace=self.trace,
            probabilities=self.trace.probabilities(),
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
        tokens, heard, seen, media = [], None, (), Media(text=text or None)
        if image:
            tokens += _photo_tokens(image)
            seen = (
                Label("T-Shirt", "t-shirt", 0.2123 if "blurred" in (text or "") else 0.8123),
                Label("Longsleeve", "longsleeve", 0.1042),
                Label("Polo", "polo", 0.0311),
            )
            media = replace(media, photo=seen_media(image))
        if audio:
            sound, rate = soundfile.read(audio)
            settings |= {"samples": sound, "rate": rate}
            heard = "为这双跑鞋写一条小红书文案"
            spectrogram, seconds = heard_media(sound, rate)
            media = replace(media, spectrogram=spectrogram, seconds=seconds)
            tokens += sound_tokens(seconds)
            tokens += [Token(c, "text", (i, i + 1), heard=True) for i, c in enumerate(heard)]
        tokens += [Token(m[0], "text", m.span()) for m in re.finditer(r"\S+\s*", text or "")]
        prompt = len(tokens)
        request = {"text": text, "image": image, "audio": audio, **settings}
        tokens += _own_tokens(request)
        budget = settings.get("attention_heads") or self.default_budget
        trace = FakeTrace(
            tuple(tokens), prompt, self.heads, budget, settings.get("gates"), settings.get("seed")
        )
        stages = {"read": 4.1, "image": 38.4, "speech": 61.0, "text": 12.3, "fusion": 21.7,
                  "gates": 0.7, "prefill": 40.0}  # fmt: skip
        latency = Latency(
            stages=stages,
            device=self.device,
            precision=self.precision,
            memory={"weights": 60_000_000, "cache": 2_400_000, "trace": 900_000},
        )
        listener = "embedded" if heard else None
        begun = Generation("", (), (), heard, seen, latency, media=media, listener=listener)
        if "catalogue" in (text or ""):
            begun = _looked_up(begun, trace)
        made = FakeStream(self, request, trace, begun)
        self.asked.append(made)
        return made

    def head_effects(self, generation: Generation, position: int) -> np.ndarray:
        """Changes of log-probability that depend on the word; NaN where a head is closed."""
        trace = generation.trace
        noise = np.random.default_rng(position).normal(0, 0.3, trace.gates.shape)
        return np.where(trace.open, noise, np.nan).astype(np.float32)


def _looked_up(begun: Generation, trace: FakeTrace) -> Generation:
    """With what came before the note: the same prompt twice as long, and a line read out of it."""
    prompt = trace.tokens[: trace.prompt_length] * 2
    own = (Token("▸", "own", (0, 0)), Token("‹look up›", "own", (0, 0)))
    tokens = (*prompt, *own, *(Token(word, "own", (0, 0)) for word in ("shirt", " by", " NORTH")))
    budget = int(trace.open[0].sum())
    before = FakeTrace(tokens, len(prompt), trace.open.shape[1], budget, seed=7)
    quote = "shirt by NORTHPINE"
    reading = replace(begun, quote=quote, trace=before, probabilities=before.probabilities()[:4])
    return replace(begun, quote=quote, reading=reading)


def _plan(request: dict) -> list[tuple[str, str]]:
    """Style and piece of each step."""
    text = request["text"] or ""
    if "wordless" in text:
        return []
    english = FORCED if request.get("gates") else EN
    plan = [("social", p) for p in (ZH if any("一" <= c <= "鿿" for c in text) else english)]
    plan += [("premium", piece) for piece in PREMIUM]
    return plan * (40 if "long" in text else 1)


def _own_tokens(request: dict) -> list[Token]:
    """The start token, the style's, and the words: single characters in Chinese."""
    plan = _plan(request)[: len(ZH) + len(EN) + len(PREMIUM)]
    tokens, styles, at = [Token("▸", "own", (0, 0))], set(), 0
    for style, piece in plan:
        if style not in styles:
            styles.add(style)
            tokens.append(Token(f"‹{style}›", "own", (at, at)))
        for match in re.finditer(r"[一-鿿，。！]|[^\s一-鿿，。！]+\s*", piece):
            tokens.append(Token(match[0], "own", (at + match.start(), at + match.end())))
        at += len(piece)
    return tokens


def _photo_tokens(path: str) -> list[Token]:
    try:
        with Image.open(path) as image:
            image.load()
    except OSError as error:
        raise V25Error("image_unreadable", "This photo cannot be read.") from error
    cells = [(r, c) for r in range(7) for c in range(7)]
    tokens = [
        Token(f"r{r}c{c}", "image", (r / 7, c / 7, (r + 1) / 7, (c + 1) / 7)) for r, c in cells
    ]
    return [*tokens, Token("photo", "image", (0.0, 0.0, 1.0, 1.0))]
