"""Photo, waveform and words to arrays; the limits, and the sentence that bad input gets.

No network here. A file's header is read before its content, so that a huge one costs nothing.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from numbers import Real
from pathlib import Path
from types import UnionType
from typing import TYPE_CHECKING, Any

import numpy as np
import torch
from PIL import Image, ImageOps, UnidentifiedImageError
from torch import Tensor

from v25 import lexicon
from v25.config import V25Config
from v25.schema import Batch, Request, V25Error

if TYPE_CHECKING:
    from transformers import PreTrainedTokenizerFast

STYLE_TOKENS = tuple(f"<|{style}|>" for style in lexicon.STYLES)
SPECIAL_TOKENS = ("<pad>", "<s>", "</s>", *STYLE_TOKENS)
"""Padding, start, end, and one token that opens a variant in each style."""
PAD, START, END, FIRST_STYLE = range(4)

MAX_MEGAPIXELS = 50
MAX_CHARACTERS = 65_536
MAX_LENGTH = 2048
SHORTEST_SECONDS = 0.2
SILENCE = 1e-3
"""Peak amplitude under which a recording counts as silent (-60 dB of full scale)."""
PIXEL_MEAN, PIXEL_STD = (0.485, 0.456, 0.406), (0.229, 0.224, 0.225)
IMAGE_FORMATS = ("JPEG", "PNG", "WEBP", "BMP", "GIF", "TIFF")


@dataclass(frozen=True)
class Sound:
    """A mono waveform `(S,)` float32, at the encoder's rate."""

    samples: np.ndarray
    rate: int

    @property
    def seconds(self) -> float:
        """Duration."""
        return len(self.samples) / self.rate


class Processor:
    """Turns requests into a batch, and the network's symbols back into words."""

    def __init__(self, config: V25Config, tokenizer: PreTrainedTokenizerFast) -> None:
        self.config = config
        self.tokenizer = tokenizer
        # what people type is words, even when it looks like one of the model's own marks
        self.fast = tokenizer.backend_tokenizer
        self.fast.encode_special_tokens = True
        self.fast.no_padding()
        self.fast.no_truncation()

    @classmethod
    def from_pretrained(cls, config: V25Config, folder: str | Path) -> Processor:
        """With the tokenizer that lies beside the weights in `folder`."""
        from transformers import PreTrainedTokenizerFast

        return cls(config, PreTrainedTokenizerFast.from_pretrained(folder))

    def batch(self, requests: Sequence[Request]) -> Batch:
        """Reads and checks every input of `requests`.

        Raises:
            V25Error: an input is missing, unreadable or out of range.
        """
        for request in requests:
            check_request(request)
        photos = [None if r.image is None else read_image(r.image) for r in requests]
        sounds = [None if r.audio is None else self.read_audio(r.audio) for r in requests]
        texts = tuple((r.text or "").strip() for r in requests)
        return Batch(
            pixels=self._pixels(photos),
            has_image=torch.tensor([p is not None for p in photos]),
            waveform=_waveforms(sounds),
            samples=torch.tensor([0 if s is None else len(s.samples) for s in sounds]),
            texts=texts,
        )

    def encode(self, text: str) -> tuple[list[int], list[tuple[int, int]]]:
        """Token ids, and the characters `(start, stop)` that each stands for.

        Raises:
            V25Error: more tokens than the model reads.
        """
        text = text.encode("utf-8", "replace").decode()  # half a character (a surrogate) to "?"
        encoding = self.fast.encode(text, add_special_tokens=False)
        limit = self.config.text.max_tokens
        if len(encoding.ids) > limit:
            raise V25Error(
                "text_too_long",
                f"The text has {len(encoding.ids):,} tokens and the model reads at most "
                f"{limit:,}; please shorten it.",
                limit=limit,
                length=len(encoding.ids),
            )
        return encoding.ids, encoding.offsets

    def decode(self, ids: Sequence[int]) -> str:
        """Words of `ids`, special tokens left out; an unfinished character ends in U+FFFD."""
        return self.fast.decode(list(ids), skip_special_tokens=True)

    def transcript(self, classes: Sequence[int]) -> str:
        """CTC classes, one a frame, to text: repeats collapse, then blanks (0) go."""
        return collapse(classes, self.config.speech.characters)

    def read_audio(self, audio: Any) -> Sound:
        """A path or `(rate, samples)` to mono sound at the encoder's rate.

        Raises:
            V25Error: unreadable, empty, silent or too long.
        """
        speech = self.config.speech
        if isinstance(audio, str | os.PathLike):
            samples, rate = _decode_file(Path(audio), speech.max_seconds)
        else:
            samples, rate = _checked_samples(audio, speech.max_seconds)
        if len(samples) < SHORTEST_SECONDS * rate:
            raise V25Error("audio_empty", "The recording is empty; please record a command.")
        if not np.isfinite(samples).all():
            raise V25Error(
                "audio_unreadable", "The sound holds invalid numbers; please record it again."
            )
        samples = samples / max(1.0, float(np.abs(samples).max()))  # sums of huge ones overflow
        samples = samples - samples.mean()
        if np.abs(samples).max() < SILENCE:
            raise V25Error(
                "audio_silent",
                "The recording is silent; please check the microphone and record again.",
            )
        return Sound(_resample(samples, rate, speech.sample_rate), speech.sample_rate)

    def _pixels(self, photos: list[Image.Image | None]) -> Tensor | None:
        if not any(photos):
            return None
        size = self.config.image.size
        pixels = torch.zeros(len(photos), 3, size, size)
        for row, photo in zip(pixels, photos, strict=True):
            if photo is not None:
                row.copy_(image_to_tensor(photo, size))
        return pixels


def check_request(request: Request) -> None:
    """Checks what can be checked without reading a file.

    Raises:
        V25Error: no input at all, or a setting out of range.
    """
    _check_types(request)
    if not (request.text or "").strip() and request.image is None and request.audio is None:
        raise V25Error("no_input", "There is no input; please give a text, a photo or a recording.")
    if request.text and len(request.text) > MAX_CHARACTERS:
        raise V25Error(
            "text_too_long",
            f"The text has {len(request.text):,} characters and the model reads at most "
            f"{MAX_CHARACTERS:,}; please shorten it.",
            limit=MAX_CHARACTERS,
            length=len(request.text),
        )
    if not 1 <= request.max_length <= MAX_LENGTH:
        raise V25Error(
            "max_length_out_of_range",
            f"max_length must be 1 to {MAX_LENGTH}; it is {request.max_length}.",
            value=request.max_length,
            most=MAX_LENGTH,
        )
    if not 0 <= request.temperature <= 5:
        raise V25Error(
            "temperature_out_of_range",
            f"temperature must be 0 to 5; it is {request.temperature}.",
            value=request.temperature,
        )
    if not 0 < request.top_p <= 1:
        raise V25Error(
            "top_p_out_of_range",
            f"top_p must be above 0 and at most 1; it is {request.top_p}.",
            value=request.top_p,
        )


def _check_types(request: Request) -> None:
    kinds: dict[str, tuple[type | UnionType, str]] = {
        "text": (str | None, "a string"),
        "max_length": (int, "a whole number"),
        "temperature": (Real, "a number"),
        "top_p": (Real, "a number"),
        "seed": (int | None, "a whole number or None"),
    }
    for name, (kind, wanted) in kinds.items():
        value = getattr(request, name)
        if not isinstance(value, kind) or isinstance(value, bool):
            raise V25Error(
                "wrong_type",
                f"{name} must be {wanted}; it is {type(value).__name__}.",
                name=name,
                wanted=wanted,
            )


def check_heads(heads: int, most: int) -> int:
    """The budget, when it is 1 to `most`.

    Raises:
        V25Error: it is not.
    """
    if isinstance(heads, bool) or not isinstance(heads, int) or not 1 <= heads <= most:
        raise V25Error(
            "heads_out_of_range",
            f"attention_heads must be a whole number from 1 to {most}; it is {heads!r}.",
            value=heads,
            most=most,
        )
    return heads


def read_image(image: Any) -> Image.Image:
    """A path, PIL image or array to an upright RGB picture.

    Raises:
        V25Error: unreadable or too large.
    """
    if isinstance(image, Image.Image):
        _check_pixels(image.size)
        return _upright(image)
    if isinstance(image, np.ndarray):
        return _from_array(image)
    if not isinstance(image, str | os.PathLike):
        raise V25Error(
            "image_unreadable",
            "The image must be a path, a PIL image or an array; please pass one.",
        )
    try:
        with Image.open(image, formats=IMAGE_FORMATS) as opened:
            _check_pixels(opened.size)
            opened.draft("RGB", (1024, 1024))  # a JPEG decodes at a fraction of its size
            return _upright(opened)
    except Image.DecompressionBombError as error:
        raise _too_large(None) from error
    except FileNotFoundError as error:
        raise V25Error(
            "image_missing", f"There is no image file {Path(image).name}; please check its path."
        ) from error
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as error:
        if isinstance(error, V25Error):
            raise
        raise V25Error(
            "image_unreadable", "The image can't be read; please use a JPEG, PNG or WebP photo."
        ) from error


def image_to_tensor(photo: Image.Image, size: int) -> Tensor:
    """`(3, size, size)` normalised: the whole photo, squeezed to a square.

    So each cell of the grid covers the same fraction of any photo.
    """
    squeezed = photo.resize((size, size), Image.Resampling.BICUBIC, reducing_gap=3.0)
    values = torch.from_numpy(np.array(squeezed, dtype=np.float32) / 255).permute(2, 0, 1)
    mean, std = (torch.tensor(v).view(3, 1, 1) for v in (PIXEL_MEAN, PIXEL_STD))
    return (values - mean) / std


def _upright(image: Image.Image) -> Image.Image:
    try:
        image = ImageOps.exif_transpose(image)
        if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
            flat = Image.new("RGBA", image.size, "white")
            return Image.alpha_composite(flat, image.convert("RGBA")).convert("RGB")
        return image.convert("RGB")
    except (OSError, SyntaxError, ValueError) as error:
        raise V25Error(
            "image_unreadable", "The image can't be read; please use a JPEG, PNG or WebP photo."
        ) from error


def _from_array(array: np.ndarray) -> Image.Image:
    flat = array[..., 0] if array.ndim == 3 and array.shape[-1] == 1 else array
    shaped = flat.ndim == 2 or (flat.ndim == 3 and flat.shape[-1] in (3, 4))
    if not shaped or not flat.size or flat.dtype.kind not in "buif":
        raise V25Error(
            "image_unreadable",
            "The image must be numbers of shape (height, width) or (height, width, 3 or 4); "
            "please reshape it.",
        )
    _check_pixels((flat.shape[1], flat.shape[0]))
    if flat.dtype != np.uint8:
        scale = 255 if flat.dtype.kind in "bf" and np.nan_to_num(flat).max() <= 1 else 1
        with np.errstate(over="ignore"):  # what float32 cannot hold is as white as can be
            values = np.nan_to_num(flat.astype(np.float32))
            flat = np.clip(values * scale, 0, 255).astype(np.uint8)
    return Image.fromarray(flat).convert("RGB")


def _check_pixels(size: tuple[int, int]) -> None:
    megapixels = size[0] * size[1] / 1e6
    if not megapixels:
        raise V25Error("image_unreadable", "The image has no pixels; please use another one.")
    if megapixels > MAX_MEGAPIXELS:
        raise _too_large(megapixels)


def _too_large(megapixels: float | None) -> V25Error:
    has = "over 100" if megapixels is None else f"{megapixels:.0f}"
    return V25Error(
        "image_too_large",
        f"The image has {has} megapixels and the limit is {MAX_MEGAPIXELS}; "
        "please use a smaller one.",
        megapixels=has,
        limit=MAX_MEGAPIXELS,
    )


def _decode_file(path: Path, most: float) -> tuple[np.ndarray, int]:
    import soundfile

    if not path.is_file():
        raise V25Error(
            "audio_missing", f"There is no sound file {path.name}; please check its path."
        )
    try:
        info = soundfile.info(str(path))
        _check_seconds(info.frames / max(1, info.samplerate), most)
        samples, rate = soundfile.read(str(path), dtype="float32", always_2d=True)
    except (soundfile.SoundFileError, RuntimeError) as error:
        if path.stat().st_size == 0:
            raise V25Error(
                "audio_empty", "The recording is empty; please record a command."
            ) from error
        raise V25Error(
            "audio_unreadable", "The sound can't be read; please use WAV, FLAC, OGG or MP3."
        ) from error
    return samples.mean(1), rate


def _checked_samples(audio: Any, most: float) -> tuple[np.ndarray, int]:
    wrong = V25Error(
        "audio_unreadable", "The audio must be a path or (sample_rate, samples); please pass one."
    )
    if not isinstance(audio, tuple | list) or len(audio) != 2:
        raise wrong
    try:
        rate, samples = audio[0], np.asarray(audio[1])
    except ValueError as error:  # rows of unequal length
        raise wrong from error
    numbers = isinstance(rate, int | np.integer) and samples.dtype.kind in "iuf"
    if not numbers or isinstance(rate, bool) or rate <= 0:
        raise wrong
    kind = samples.dtype
    if samples.ndim == 2:
        samples = samples.mean(int(np.argmin(samples.shape))) if samples.size else samples.ravel()
    if samples.ndim != 1:
        raise wrong
    _check_seconds(len(samples) / rate, most)
    if kind.kind in "iu":
        samples = samples / float(np.iinfo(kind).max)
    with np.errstate(over="ignore"):  # becomes infinite, which the caller refuses
        return samples.astype(np.float32), int(rate)


def _check_seconds(seconds: float, most: float) -> None:
    if seconds > most:
        raise V25Error(
            "audio_too_long",
            f"The recording lasts {seconds:.0f} s and the limit is {most:.0f} s; "
            "please record a shorter command.",
            seconds=round(seconds),
            limit=round(most),
        )


def _resample(samples: np.ndarray, rate: int, target: int) -> np.ndarray:
    if rate == target:
        return samples.astype(np.float32)
    import torchaudio.functional as audio

    # every usual rate is exact; an odd one (44,101 Hz) would cost a filter of its own for each of
    # its samples, minutes of work, so it goes by the nearest short ratio: under 0.1 % off in pitch
    ratio = max(Fraction(target, rate).limit_denominator(1000), Fraction(1, 1000))
    sound = torch.from_numpy(samples.astype(np.float32))
    return audio.resample(sound, ratio.denominator, ratio.numerator).numpy()


def _waveforms(sounds: list[Sound | None]) -> Tensor | None:
    lengths = [0 if s is None else len(s.samples) for s in sounds]
    if not any(lengths):
        return None
    waveform = torch.zeros(len(sounds), max(lengths))
    for row, sound in zip(waveform, sounds, strict=True):
        if sound is not None:
            row[: len(sound.samples)] = torch.from_numpy(normalise(sound.samples))
    return waveform


def collapse(classes: Sequence[int], characters: str) -> str:
    """CTC's best path, one class a frame, as text: repeats fall together, then blanks go."""
    letters, before = [], 0
    for index in classes:
        if index not in (before, 0):
            letters.append(characters[index - 1])
        before = index
    return " ".join("".join(letters).split())


def normalise(samples: np.ndarray) -> np.ndarray:
    """Zero mean and unit variance, as Wav2Vec 2.0 takes its input."""
    return ((samples - samples.mean()) / np.sqrt(samples.var() + 1e-7)).astype(np.float32)
