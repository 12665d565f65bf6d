"""The records that cross borders: what goes into the model and what comes out of it.

Plain data, no torch and no user interface: an engine on another host can answer with the same
records. Shapes in this package: B batch, N tokens, T generated tokens, L layers, H heads,
k open heads, D width, E experts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, Protocol

import numpy as np

if TYPE_CHECKING:  # the records themselves need no torch
    from torch import Tensor

Modality = Literal["image", "speech", "text", "own"]
MODALITIES: tuple[Modality, ...] = ("image", "speech", "text", "own")


class V25Error(ValueError):
    """Bad input, with one sentence that says what is wrong and what to do.

    Attributes:
        key: which sentence, so that a page can say it in its reader's language.
        values: what the sentence mentions (sizes, names).
    """

    def __init__(self, key: str, message: str, **values: object) -> None:
        super().__init__(message)
        self.key = key
        self.values = values


@dataclass(frozen=True)
class Request:
    """One person's request: any mix of words, photo and sound, and how to answer.

    Attributes:
        text: the typed command.
        image: path, PIL image or array `(height, width[, channels])`.
        audio: path, or `(sample_rate, samples)`.
        max_length: most tokens to write.
        temperature: 0 takes the likeliest token, 1 samples the model's own distribution.
        top_p: samples from the smallest set of tokens with this probability.
        seed: makes sampling repeatable.
        attention_heads: heads that each layer may open; None takes the model's budget.
        gates: gates to force, by `(layer, head)` as `Trace` counts them: 0 closes the head, any
            other value up to 1 opens it with that gate. The other heads stay as they would be.
        capture: keep what `Generation.trace` needs; False leaves it None.
    """

    text: str | None = None
    image: Any = None
    audio: Any = None
    max_length: int = 200
    temperature: float = 0.7
    top_p: float = 0.9
    seed: int | None = None
    attention_heads: int | None = None
    gates: Mapping[tuple[int, int], float] | None = None
    capture: bool = True


@dataclass(frozen=True)
class Batch:
    """Requests as arrays, ready for the network; a modality that no request has is None.

    Attributes:
        pixels: `(B, 3, size, size)` normalised; zeros where a request has no photo.
        has_image: `(B,)` bool.
        waveform: `(B, S)` at 16 kHz, each sound with zero mean and unit variance, then zeros.
        samples: `(B,)` length of each sound; 0 where there is none.
        sounds: each sound as it was read, `(S,)` float32 within -1 to 1, for a recogniser of
            another make; None where there is none.
        texts: the typed text of each request; "" when there is none.
        photos: each photo in small, a PIL image, for `Media`; None where there is none.
    """

    pixels: Tensor | None
    has_image: Tensor
    waveform: Tensor | None
    samples: Tensor
    sounds: tuple[np.ndarray | None, ...]
    texts: tuple[str, ...]
    photos: tuple[Any, ...]


@dataclass(frozen=True)
class Token:
    """One position of the sequence that attention runs over, and where it lies in its source.

    Attributes:
        text: what to write on an axis: a word piece, "r3c4" for an image cell, "0.48s" for sound.
        modality: "image", "speech", "text" (typed or heard words) or "own" (generated).
        place: image cell: `(top, left, bottom, right)` as fractions of the photo; the image's
            summary token covers it whole. Speech: `(start, stop)` in seconds. Words: `(start,
            stop)` in characters of the typed text, of the transcript (`heard`), or of the copy.
        heard: for words: from the transcript instead of the typed text.
    """

    text: str
    modality: Modality
    place: tuple[float, ...]
    heard: bool = False


@dataclass(frozen=True)
class Span:
    """Tokens `start` to `stop` (exclusive) belong to one modality."""

    modality: Modality
    start: int
    stop: int


@dataclass(frozen=True)
class Label:
    """One thing that the photo may show: the classifier's label, its product, its probability."""

    label: str
    product: str
    probability: float


EMBEDDED = "embedded"
"""What `Generation.listener` says when the model's own encoder wrote the transcript."""
SURE = 0.3
"""Least probability of one product at which the photo counts as recognised."""


def product_shares(perception: Sequence[Label]) -> dict[str, float]:
    """The probability of each product, all its labels together."""
    shares: dict[str, float] = {}
    for label in perception:
        shares[label.product] = shares.get(label.product, 0.0) + label.probability
    return shares


def is_sure(perception: Sequence[Label]) -> bool:
    """Whether one product holds at least `SURE` of the probability, all its labels together."""
    return max(product_shares(perception).values(), default=0.0) >= SURE


@dataclass(frozen=True)
class Latency:
    """Where the time went, in milliseconds of wall clock.

    Attributes:
        stages: name to duration, in the order they ran: "read", "image", "speech",
            "listen" (another recogniser's transcript), "text", "fusion", "gates", "prefill",
            "decode"; only those that ran.
        token_ms: duration of each generated token, in order.
        first_token_ms: from the call until the first token; None before it.
        total_ms: from the call until now.
        device: name of the processor.
        precision: "bf16", "fp32", "fp16" or "int8".
        memory: bytes by what they hold: "weights", "cache" (keys and values), "trace" (what
            looking needs beside them) and, on a GPU, "peak" (most allocated so far).
    """

    stages: dict[str, float] = field(default_factory=dict)
    token_ms: tuple[float, ...] = ()
    first_token_ms: float | None = None
    total_ms: float = 0.0
    device: str = "cpu"
    precision: str = "fp32"
    memory: dict[str, int] = field(default_factory=dict)

    @property
    def ms_per_token(self) -> float | None:
        """Mean over the tokens after the first; None before there are two."""
        later = self.token_ms[1:]
        return sum(later) / len(later) if later else None

    @property
    def tokens_per_second(self) -> float | None:
        """Rate of the tokens after the first; None before there are two."""
        ms = self.ms_per_token
        return 1000.0 / ms if ms else None


Lens = Literal["attention", "gated", "effective"]
LENSES: tuple[Lens, ...] = ("attention", "gated", "effective")
"""What a map shows: the softmax weights `a[i, j]`; `gate * a[i, j]`; or the size of what reaches
the layer's output, `gate * a[i, j] * |v[j]|` with the norm of the head's value (after Kobayashi et
al., "Attention is not only a weight", 2020)."""


@dataclass(frozen=True)
class LayerSummary:
    """What the overview shows of one layer; rows of zeros where a head is closed.

    Attributes:
        maps: `(H, n, n)` float32, block averages of each head's attention.
        entropy: `(H,)` float32: mean over the rows of the row's entropy, divided by the logarithm
            of the number of tokens that the row may look at: 0 one token, 1 all alike.
        shares: `(H, 4)` float32: mean share of a row's attention that goes to each of
            `MODALITIES`. In decision layers both means are over the generated tokens' rows (all
            rows when there are none).
    """

    maps: np.ndarray
    entropy: np.ndarray
    shares: np.ndarray


class Trace(Protocol):
    """Attention on demand: nothing N x N exists until somebody looks.

    Layers count from 0: first the fusion layers, then the decision layers. Fusion layers attend
    over the prompt only; decision layers over the prompt and the generated tokens. Where `head`
    may be None the answer is the mean over the layer's open heads, and with `layer` None too the
    mean over the open heads of all decision layers.
    """

    tokens: tuple[Token, ...]
    spans: tuple[Span, ...]
    layers: tuple[str, ...]
    """"fusion 1", ..., "decision 1", ...: one name a layer."""
    gates: np.ndarray
    """`(L, H)` float32: each head's gate, 0 to 1; the forced value where one was forced."""
    open: np.ndarray
    """`(L, H)` bool: the heads that ran."""
    forced: np.ndarray
    """`(L, H)` bool: the heads whose gate the request forced."""
    routes: np.ndarray
    """`(decision layers, N, 2)` int16: the experts that each token took."""
    experts: int
    """Routed experts of a decision layer."""
    prompt_length: int
    """Tokens before the first generated one (its start token)."""

    def length(self, layer: int) -> int:
        """Tokens that `layer` attends over."""

    def row(
        self, layer: int | None, head: int | None, query: int, lens: Lens = "attention"
    ) -> np.ndarray:
        """`(N,)` float32: where token `query` looks; zeros when the head is closed."""

    def column(
        self, layer: int | None, head: int | None, key: int, lens: Lens = "attention"
    ) -> np.ndarray:
        """`(N,)` float32: how much each token looks at token `key`."""

    def map(
        self,
        layer: int | None,
        head: int | None,
        max_side: int | None = None,
        lens: Lens = "attention",
    ) -> np.ndarray:
        """`(n, n)` float32, rows look at columns; block averages when N > max_side."""

    def summary(self, layer: int, max_side: int = 24) -> LayerSummary:
        """Every head of one layer in one pass over its rows."""

    def value_norms(self, layer: int) -> np.ndarray:
        """`(H, N)` float32: norm of each head's value at each token; zeros when closed."""


@dataclass(frozen=True)
class Media:
    """What a person gave, as small as it takes to show where the model looked and listened.

    Attributes:
        photo: the whole photo, upright, as a JPEG of at most 480 pixels a side; None without.
        spectrogram: `(bands, frames)` uint8 log-mel levels from low to high pitch; None without.
        seconds: length of the sound.
        text: the typed command; None without.
    """

    photo: bytes | None = field(default=None, repr=False)
    spectrogram: np.ndarray | None = field(default=None, repr=False, compare=False)
    seconds: float = 0.0
    text: str | None = None


@dataclass(frozen=True)
class Generation:
    """What came of a request; while it streams, what there is so far.

    Attributes:
        text: the whole copy, a heading before each variant when there are several.
        variants: one string per style asked for.
        styles: the style id that the model gave each variant (see `v25.lexicon.STYLES`).
        transcript: what it heard; None without sound.
        perception: top labels of the photo, likeliest first; empty without photo.
        latency: where the time went.
        trace: attention, gates and routes on demand; None until the prompt was read.
        probabilities: what the model gave each written token before sampling (temperature 1), in
            the order of `latency.token_ms`.
        media: the inputs in small, for whoever shows the trace; None until the prompt was read.
        finish_reason: "end", "length", or None while it runs (or was stopped).
        listener: who wrote the transcript: "embedded", or the name of the recogniser that
            `V25_SPEECH_MODEL` names; None without sound.
        quote: the line of a catalogue that it read out before writing, as it read it; None where
            it looked nothing up. `styles`, `variants` and `text` are without it; the tokens of
            `latency`, `probabilities` and `trace` are with it.
        reading: how `quote` was found in a long catalogue, whose copy is written from a note: the
            line and the command alone, which `trace` is of. Its `trace` is of the whole prompt and
            what was read out; its `text` is empty, its `finish_reason` None. None where the copy
            was written from the whole prompt, and without trace.
    """

    text: str = ""
    variants: tuple[str, ...] = ()
    styles: tuple[str, ...] = ()
    transcript: str | None = None
    perception: tuple[Label, ...] = ()
    latency: Latency = field(default_factory=Latency)
    trace: Trace | None = None
    probabilities: tuple[float, ...] = ()
    media: Media | None = None
    finish_reason: Literal["end", "length"] | None = None
    listener: str | None = None
    quote: str | None = None
    reading: Generation | None = field(default=None, repr=False)

    def __str__(self) -> str:
        return self.text


class Stream(Protocol):
    """What `V25Model.stream` returns: iterate for pieces of text, close to stop at once."""

    generation: Generation
    """What there is so far; whole after the last piece. The transcript, the perception and the
    gates are there when the first piece arrives."""

    def __iter__(self) -> Stream: ...

    def __next__(self) -> str: ...

    def close(self) -> None:
        """Stop the work; `generation` keeps what was written."""
