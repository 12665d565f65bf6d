"""Sizes of every part, frozen and validated. Derived sizes are properties."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, fields, replace
from typing import Any


class ConfigError(ValueError):
    """A size that cannot be: says which, and what it may be."""


def _require(condition: bool, message: str) -> None:
    if not condition:
        raise ConfigError(message)


@dataclass(frozen=True)
class ImageConfig:
    """ResNet-152 (He et al., 2015): its 152 layers, at a quarter of its width by default."""

    size: int = 208
    depths: tuple[int, ...] = (3, 8, 36, 3)
    embedding_size: int = 16
    hidden_sizes: tuple[int, ...] = (64, 128, 256, 512)
    bottleneck: bool = True

    def __post_init__(self) -> None:
        _require(self.size >= 32, "image.size must be at least 32 pixels")
        _require(len(self.depths) == len(self.hidden_sizes) == 4, "image needs four stages")

    @property
    def stride(self) -> int:
        """Pixels from one cell to the next: stem 4, then a halving in three of the stages."""
        return 32

    @property
    def grid(self) -> int:
        """Cells on each side."""
        return -(-self.size // self.stride)

    @property
    def tokens(self) -> int:
        """Cells, and one token for the whole photo."""
        return self.grid**2 + 1


@dataclass(frozen=True)
class SpeechConfig:
    """Wav2Vec 2.0 (Baevski et al., 2020): its 7 convolutions and 12 layers, narrow.

    `characters` is the alphabet of the transcript; index 0 of the classifier is CTC's blank.
    `pool` frames of 20 ms make one token of the fusion.
    """

    sample_rate: int = 16_000
    max_seconds: float = 30.0
    hidden: int = 192
    layers: int = 12
    heads: int = 4
    feed_forward: int = 576
    conv_dim: tuple[int, ...] = (96, 96, 128, 128, 160, 192, 192)
    conv_kernel: tuple[int, ...] = (10, 3, 3, 3, 3, 2, 2)
    conv_stride: tuple[int, ...] = (5, 2, 2, 2, 2, 2, 2)
    pool: int = 2
    characters: str = ""

    def __post_init__(self) -> None:
        _require(self.heads >= 1, "speech.heads must be at least 1")
        _require(min(self.conv_stride) >= 1, "speech.conv_stride must be at least 1")
        _require(self.sample_rate >= 1, "speech.sample_rate must be at least 1")
        _require(self.hidden % self.heads == 0, "speech.hidden must be a multiple of speech.heads")
        _require(
            len(self.conv_dim) == len(self.conv_kernel) == len(self.conv_stride),
            "speech.conv_*: one entry a layer",
        )
        _require(self.pool >= 1, "speech.pool must be at least 1")

    @property
    def stride(self) -> int:
        """Samples from one frame to the next."""
        product = 1
        for step in self.conv_stride:
            product *= step
        return product

    @property
    def reach(self) -> int:
        """Samples that a frame is made of: what the convolutions see of the waveform."""
        samples = 1
        layers = list(zip(self.conv_kernel, self.conv_stride, strict=True))
        for kernel, step in reversed(layers):
            samples = (samples - 1) * step + kernel
        return samples

    def frames(self, samples: int) -> int:
        """Frames that the convolutions make of `samples`."""
        for kernel, step in zip(self.conv_kernel, self.conv_stride, strict=True):
            samples = max(0, (samples - kernel) // step + 1)
        return samples

    def tokens(self, samples: int) -> int:
        """Fusion tokens of `samples`."""
        return -(-self.frames(samples) // self.pool)


@dataclass(frozen=True)
class TextConfig:
    """BERT (Devlin et al., 2018): its 12 layers, narrow; longer texts go through in windows."""

    vocabulary: int = 7168
    hidden: int = 160
    layers: int = 12
    heads: int = 4
    feed_forward: int = 512
    window: int = 512
    max_tokens: int = 16_384

    def __post_init__(self) -> None:
        _require(self.heads >= 1, "text.heads must be at least 1")
        _require(self.window >= 1, "text.window must be at least 1")
        _require(self.hidden % self.heads == 0, "text.hidden must be a multiple of text.heads")
        _require(self.vocabulary > 16, "text.vocabulary must hold the special tokens")


@dataclass(frozen=True)
class V25Config:
    """The whole model.

    Attributes:
        width: D, of fusion and decision.
        heads: H in every fusion and decision layer.
        budget: heads that a layer opens unless a request says otherwise.
        smallest_budget: the fewest that training has seen.
        labels: (label, product id) of the photo classifier, in its order.
        gated: False makes the static twin: every head open with gate 1, to compare with.
        still_pairs: slowest of the rotary pairs of a head that do not turn at all, so that what a
            word is can be found at any distance (partial rotary positions).
        scaled_from: tokens beyond which scores grow with the logarithm of their number, so that
            one word stays sharp among many (Nakanishi, "Scalable-Softmax", 2025); 0: they do not.
    """

    image: ImageConfig = field(default_factory=ImageConfig)
    speech: SpeechConfig = field(default_factory=SpeechConfig)
    text: TextConfig = field(default_factory=TextConfig)
    width: int = 384
    heads: int = 16
    budget: int = 10
    smallest_budget: int = 6
    fusion_layers: int = 3
    fusion_feed_forward: int = 576
    decision_layers: int = 4
    experts: int = 8
    active_experts: int = 2
    expert_feed_forward: int = 160
    rope_base: float = 10_000.0
    still_pairs: int = 0
    scaled_from: int = 0
    gated: bool = True
    labels: tuple[tuple[str, str], ...] = ()

    def __post_init__(self) -> None:
        _require(self.heads >= 1, "heads must be at least 1")
        _require(self.width % self.heads == 0, "width must be a multiple of heads")
        _require(self.head_dim % 2 == 0, "width / heads must be even (rotary positions)")
        pairs = self.head_dim // 2
        _require(0 <= self.still_pairs <= pairs, f"still_pairs must be 0 to {pairs}")
        _require(self.scaled_from == 0 or self.scaled_from > 1, "scaled_from must be 0 or above 1")
        _require(
            self.gated or self.smallest_budget == self.budget == self.heads,
            "without gates every head is open: budget and smallest_budget must be heads",
        )
        _require(1 <= self.budget <= self.heads, f"budget must be 1 to {self.heads}")
        _require(1 <= self.smallest_budget <= self.budget, "smallest_budget must be 1 to budget")
        _require(
            1 <= self.active_experts <= self.experts, f"active_experts must be 1 to {self.experts}"
        )
        _require(
            self.fusion_layers > 0 and self.decision_layers > 0, "each part needs at least a layer"
        )

    @property
    def head_dim(self) -> int:
        """Width of one head."""
        return self.width // self.heads

    @property
    def layers(self) -> int:
        """L: layers with dynamic attention, fusion first."""
        return self.fusion_layers + self.decision_layers

    def to_dict(self) -> dict[str, Any]:
        """Plain values, ready for JSON."""
        return asdict(self)

    @classmethod
    def from_dict(cls, values: dict[str, Any]) -> V25Config:
        """The inverse of `to_dict`; what it does not know it leaves out.

        Raises:
            ConfigError: a value is out of range.
        """
        parts = {"image": ImageConfig, "speech": SpeechConfig, "text": TextConfig}
        chosen = _known(cls, values)
        for name, part in parts.items():
            if name in chosen:
                chosen[name] = part(**_known(part, chosen[name]))
        return cls(**chosen)


def _known(cls: type, values: dict[str, Any]) -> dict[str, Any]:
    names = {f.name for f in fields(cls)}
    return {name: _frozen(value) for name, value in values.items() if name in names}


def _frozen(value: Any) -> Any:
    return tuple(_frozen(v) for v in value) if isinstance(value, list | tuple) else value


BASE = V25Config(still_pairs=4, scaled_from=512)

TINY = replace(
    BASE,
    image=ImageConfig(64, (1, 1, 1, 1), 8, (16, 16, 32, 32)),
    speech=SpeechConfig(hidden=32, layers=2, heads=2, feed_forward=64, conv_dim=(16,) * 7),
    text=TextConfig(
        vocabulary=512, hidden=32, layers=2, heads=2, feed_forward=64, window=16, max_tokens=16_384
    ),
    width=64,
    fusion_layers=2,
    fusion_feed_forward=96,
    decision_layers=2,
    expert_feed_forward=32,
    still_pairs=1,
    scaled_from=8,
)
"""For tests and rehearsals: everything there, nothing big."""

PRESETS = {"base": BASE, "tiny": TINY}
