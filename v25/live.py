"""Inputs that are read as they come: speech while it is spoken, a photo when it arrives.

The speech encoder's convolutions see 25 ms of sound, so they run on blocks of frames as the blocks
become whole. What comes of them depends on the whole sound in one way: Wav2Vec 2.0 takes it with
zero mean and unit variance. Both move, less and less, as more is said; in the end a block is kept
where that changes it by less than `TOLERANCE`, and is encoded again where not. Pauses are: there
the first layer's norm makes much of little. The transformer above looks at all frames both ways and
runs at the end, or in between for a first transcript.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any

import numpy as np
import torch
from torch import Tensor

from v25.media import (
    NORMALISE_EPSILON,
    SILENCE,
    Photo,
    Sound,
    check_seconds,
    mono_samples,
    normalise,
    read_sound,
)
from v25.model.network import V25Network
from v25.processing import Processor
from v25.resampling import Resampler
from v25.schema import V25Error

BLOCK = 4
"""Frames that are encoded, and encoded again, together. On a CPU many short windows cost less than
the same sound in one: they stay in its cache."""
EVERY = 3
"""Blocks that must be whole and new before any is encoded: small pieces are not worth the calls."""
TOLERANCE, MEANWHILE = 2e-3, 2e-2
"""Most that the first layer's output of a kept block may be off, as a share of its norm's unit: in
the end, and while more is said, when only a first transcript comes of it."""


@dataclass(frozen=True)
class Level:
    """What normalising takes of a sound: its mean, and one over its deviation."""

    mean: float
    scale: float

    @classmethod
    def of(cls, mean: float, variance: float, peak: float) -> Level:
        """Of a sound as it was given; one with a `peak` above 1 is brought down before."""
        return cls(mean, (variance + NORMALISE_EPSILON * max(1.0, peak) ** 2) ** -0.5)


@dataclass(frozen=True)
class Block:
    """Some frames of a sound.

    Attributes:
        level: that the sound had when they were encoded.
        quietest: least variance over the channels that the first convolution gave.
        features: `(BLOCK, C)`.
    """

    level: Level
    quietest: float
    features: Tensor


class Ear:
    """The convolutions of a network's speech encoder, block by block."""

    def __init__(self, network: V25Network) -> None:
        self.network = network
        self.config = network.sizes.speech
        self._first = network.speech.wav2vec2.feature_extractor.conv_layers[0]
        sums = self._first.conv.weight.float().sum((1, 2))
        self._lean = float(sums.std(unbiased=False))
        """How far apart the first layer's channels put a constant of 1."""
        self._rounding = torch.finfo(network.dtype).eps

    def encode(self, waveform: np.ndarray, indices: Sequence[int], level: Level) -> list[Block]:
        """The blocks `indices` of a waveform `(S,)` that is at `level`; zeros after its end."""
        if not indices:
            return []
        stride, step = self.config.stride, BLOCK * self.config.stride
        windows = np.zeros((len(indices), step - stride + self.config.reach), np.float32)
        for window, index in zip(windows, indices, strict=True):
            part = waveform[index * step :][: len(window)]
            window[: len(part)] = (part - level.mean) * level.scale
        sound = torch.from_numpy(windows).to(self.network.device).to(self.network.dtype)
        features = self.network.speech.features(sound)
        spread = self._first.conv(sound[:, None]).float().var(1, unbiased=False)
        quietest = spread.amin(1).tolist()
        return [Block(level, *block) for block in zip(quietest, features, strict=True)]

    def stale(
        self, block: Block, level: Level, tolerance: float = TOLERANCE, ripple: float = 0.0
    ) -> bool:
        """Whether the first layer's output would be another if the sound is at `level`.

        Without a bias, its convolution of a sound at a level is linear in the mean and in the
        scale. The norm after it takes the scale out again, but for its epsilon, which counts where
        the sound is quiet; and there a constant counts most, too. `ripple` is what else a part
        of the sound may be off by, in units of its deviation.
        """
        used, epsilon = block.level, self._first.layer_norm.eps
        changed = epsilon * (used.scale / level.scale) ** 2
        spread = max(block.quietest, epsilon / 2)  # where epsilon counts most
        scaled = abs((spread + epsilon) ** -0.5 - (spread + changed) ** -0.5) * spread**0.5
        moved = (abs(used.mean - level.mean) * used.scale + ripple) * self._lean
        drift = scaled + moved * (block.quietest + epsilon) ** -0.5
        return drift > max(tolerance, self._rounding)


@dataclass(frozen=True)
class Heard(Sound):
    """A sound of which a network has encoded a part already."""

    ear: Ear = field(repr=False, compare=False, kw_only=True)
    blocks: tuple[Block, ...] = field(repr=False, compare=False, kw_only=True)
    level: Level = field(compare=False, kw_only=True)
    ripple: float = field(compare=False, kw_only=True)

    @property
    def network(self) -> V25Network:
        """Whose encoder it was."""
        return self.ear.network

    @torch.inference_mode()
    def frames(self, contextual: Callable[[Tensor], Tensor] | None = None) -> Tensor:
        """`(1, F, hidden)`: what `SpeechEncoder.frames` gives, but for `TOLERANCE`.

        `contextual` stands in for the encoder's own. Made once, then kept.
        """
        if "made" not in self.__dict__:
            contextual = contextual or self.network.speech.contextual
            self.__dict__["made"] = contextual(self._features())
        return self.__dict__["made"]

    def _features(self) -> Tensor:
        ear, count = self.ear, self.ear.config.frames(len(self.samples))
        needed = -(-count // BLOCK)
        known = enumerate(self.blocks)
        kept = {i: b for i, b in known if not ear.stale(b, self.level, ripple=self.ripple)}
        if self.ripple:
            kept.pop(0, None)  # resampling leaves a step at the start when the mean is not zero
        missing = [index for index in range(needed) if index not in kept]
        made = ear.encode(normalise(self.samples), missing, Level(0.0, 1.0))
        kept.update(zip(missing, made, strict=True))
        return torch.cat([kept[index].features for index in range(needed)])[None, :count]


class LivePhoto(Photo):
    """A photo that is looked at when it arrives; `V25Model.look` makes it.

    Give it to `generate`, `stream` or `generate_batch` as `image`.

    Args:
        network: whose image encoder looks. A run of another one (the same model in another
            precision) looks for itself.
        photo: as `Processor.read_photo` reads it.
        see: stands in for the image encoder's own `look`.
    """

    @torch.inference_mode()
    def __init__(
        self, network: V25Network, photo: Photo, see: Callable[[Tensor], Tensor] | None = None
    ) -> None:
        super().__init__(photo.pixels, photo.small)
        features = (see or network.image.look)(photo.pixels[None].to(network.device))[0]
        self.__dict__.update(network=network, features=features)


class LiveSound:
    """A recording that is heard while it goes on; `V25Model.listen` makes it.

    Give it to `generate`, `stream` or `generate_batch` as `audio`: what was fed until then counts.
    Feeding may go on afterwards. Calls from several threads wait for each other.

    Args:
        network: whose speech encoder listens. A run of another one (the same model in another
            precision) encodes the recording as any other sound.
        processor: its limits and its transcripts.
    """

    def __init__(self, network: V25Network, processor: Processor) -> None:
        self.processor, self._ear = processor, Ear(network)
        self._speech = processor.config.speech
        self._lock = threading.RLock()
        self._forget()
        self._closed = False

    def _forget(self) -> None:
        self._resampler: Resampler | None = None
        self._axis: int | None = None
        self._given: list[np.ndarray] = []
        self._count = 0
        self._sound = np.zeros(0, np.float32)
        self._length = 0
        self._sum = self._squares = self._peak = 0.0
        self._blocks: list[Block] = []
        self._said: tuple[int, str] = (0, "")
        self._heard: tuple[int, Heard] | None = None

    @property
    def seconds(self) -> float:
        """Length of what was fed."""
        resampler = self._resampler
        return self._count / resampler.rate if resampler else 0.0

    def feed(self, rate: int, samples: Any) -> None:
        """Hears more of the recording.

        Args:
            rate: samples a second, the same in every call.
            samples: `(S,)`, `(S, channels)` or `(channels, S)`, whole numbers or decimals within
                -1 to 1, any S. Beyond the longest recording that the model takes they only count.

        Raises:
            V25Error: they are of another form or rate; what was fed before stays.
        """
        with self._lock, torch.inference_mode():
            if self._closed:
                return
            mono = self._checked(rate, samples)
            room = int(self._speech.max_seconds * rate) - self._count
            self._count += len(mono)
            mono = mono[: max(0, room)]
            if not len(mono):
                return
            self._given.append(mono)
            self._peak = max(self._peak, float(np.abs(mono).max()))
            self._take(self._resampler.push(mono))
            self._encode()

    def _checked(self, rate: int, samples: Any) -> np.ndarray:
        mono, rate, self._axis = mono_samples((rate, samples), self._axis)
        if not np.isfinite(mono).all():
            raise V25Error(
                "audio_unreadable", "The sound holds invalid numbers; please record it again."
            )
        if self._resampler is None:
            self._resampler = Resampler(rate, self._speech.sample_rate)
        elif self._resampler.rate != rate:
            raise V25Error(
                "audio_unreadable",
                f"The recording has {self._resampler.rate} samples a second and more of it came "
                f"with {rate}; please record it again.",
            )
        return mono

    def _take(self, samples: np.ndarray) -> None:
        stop = self._length + len(samples)
        if stop > len(self._sound):
            longer = np.zeros(max(stop, 2 * len(self._sound), self._speech.sample_rate), np.float32)
            longer[: self._length] = self._sound[: self._length]
            self._sound = longer
        self._sound[self._length : stop] = samples
        self._length = stop
        exact = samples.astype(np.float64)
        self._sum, self._squares = self._sum + exact.sum(), self._squares + (exact**2).sum()

    def _encode(self, again: bool = False) -> None:
        """Encodes the blocks that are whole; `again` those that the level has left behind, too."""
        whole, known = self._speech.frames(self._length) // BLOCK, len(self._blocks)
        if whole < known + (1 if again else EVERY):
            return
        mean = self._sum / self._length
        level = Level.of(mean, max(0.0, self._squares / self._length - mean**2), self._peak)
        missing = list(range(known, whole))
        if again:
            old = enumerate(self._blocks)
            missing += [i for i, block in old if self._ear.stale(block, level, MEANWHILE)]
        made = self._ear.encode(self._sound[: self._length], missing, level)
        for index, block in zip(missing, made, strict=True):
            self._blocks[index : index + 1] = [block]

    @property
    def transcript(self) -> str:
        """What was heard so far, by the embedded encoder; its end may still change."""
        with self._lock, torch.inference_mode():
            if self._count != self._said[0] and self._peak >= SILENCE:
                self._said = self._count, self._transcribe()
            return self._said[1]

    def _transcribe(self) -> str:
        speech = self._ear.network.speech
        if self._heard is not None and self._heard[0] == self._count:
            frames = self._heard[1].frames()
        else:
            self._encode(again=True)
            if not self._blocks:
                return ""
            features = torch.cat([block.features for block in self._blocks])
            frames = speech.contextual(features[None])
        letters = speech.transcribe(frames)[0].float().log_softmax(-1).cpu().numpy()
        return self.processor.transcript(letters)

    def heard(self) -> Heard:
        """The recording until now, as `Processor.read_audio` would read it, and what is encoded.

        Raises:
            V25Error: it is empty, silent or too long.
        """
        with self._lock:
            check_seconds(self.seconds, self._speech.max_seconds)
            if self._heard is None or self._heard[0] != self._count:
                self._heard = self._count, self._read()
            return self._heard[1]

    def finish(self) -> None:
        """Encodes all that was fed: for a recording that has ended, before it is asked about.

        Raises:
            V25Error: it is empty, silent or too long.
        """
        with self._lock:
            self.heard().frames()

    def _read(self) -> Heard:
        target = self._speech.sample_rate
        rate, ripple = (r.rate, r.ripple) if (r := self._resampler) else (target, 0.0)
        whole = np.concatenate(self._given) if self._given else np.zeros(0, np.float32)
        sound = read_sound((rate, whole), target, self._speech.max_seconds)
        peak = max(1.0, self._peak)
        mean = float(whole.mean(dtype=np.float64) + sound.samples.mean(dtype=np.float64) * peak)
        level = Level.of(mean, float(sound.samples.var(dtype=np.float64)) * peak**2, peak)
        return Heard(
            sound.samples,
            sound.rate,
            ear=self._ear,
            blocks=tuple(self._blocks),
            level=level,
            ripple=abs(mean) * level.scale * ripple,
        )

    def close(self) -> None:
        """Lets go of the recording; what is fed later is not taken."""
        with self._lock:
            self._closed = True
            self._forget()

    def __enter__(self) -> LiveSound:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        where: TracebackType | None,
    ) -> None:
        self.close()
