"""Photos and sounds, from files or arrays, to upright pictures and mono waveforms.

A file's header is read before its content, so that a huge one costs nothing. Whatever cannot be
read gets one sentence that says what is wrong and what to do.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import cached_property
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
import torch
import torch.nn.functional as F
from PIL import ExifTags, Image, ImageOps, UnidentifiedImageError
from torch import Tensor

from v25.resampling import resample
from v25.schema import Media, V25Error

MAX_MEGAPIXELS = 50
IMAGE_FORMATS = ("JPEG", "PNG", "WEBP", "BMP", "GIF", "TIFF")
SMALL_SIDE, JPEG_QUALITY = 480, 85
MOST_SIDE = 1024
"""Pixels of a side that a photo may keep until somebody looks at it."""
BANDS, WINDOW = 64, 512
"""Of the spectrogram: mel bands, and samples that each frame is taken from."""
MOST_FRAMES, SHORTEST_STEP = 1200, 0.01
"""Frames of a spectrogram, and seconds from one to the next when there are fewer."""
DECIBELS = 80.0
"""From the loudest level of a spectrogram down to its 0."""
NORMALISE_EPSILON = 1e-7
"""Added to a sound's variance before it is divided by it."""
SHORTEST_SECONDS = 0.2
SILENCE = 1e-3
"""Peak amplitude under which a recording counts as silent (-60 dB of full scale)."""


@dataclass(frozen=True)
class Sound:
    """A mono waveform `(S,)` float32, at the encoder's rate."""

    samples: np.ndarray
    rate: int

    @property
    def seconds(self) -> float:
        """Duration."""
        return len(self.samples) / self.rate


@dataclass(frozen=True)
class Photo:
    """A photo that was read: `(3, size, size)` uint8 pixels, and the picture to show.

    Where nothing but showing it needs a picture, that is still its `(H, W, 3)` uint8 pixels.
    """

    pixels: Tensor
    small: Image.Image | np.ndarray


def read_photo(image: Any, size: int) -> Photo:
    """A path, PIL image, array or `Photo` to what the encoder of `size` pixels a side takes.

    Raises:
        V25Error: unreadable or too large.
    """
    if isinstance(image, Photo):
        return image
    photo = _read(image)
    sides = photo.shape if isinstance(photo, np.ndarray) else photo.size
    # to shrink it takes about a third of reading it, and most are never looked at
    small = photo if max(sides) <= MOST_SIDE else small_photo(_picture(photo))
    return Photo(image_to_tensor(photo, size), small)


def read_image(image: Any) -> Image.Image:
    """A path, PIL image or array to an upright RGB picture.

    Raises:
        V25Error: unreadable or too large.
    """
    return _picture(_read(image))


def _picture(photo: Image.Image | np.ndarray) -> Image.Image:
    return Image.fromarray(photo) if isinstance(photo, np.ndarray) else photo


def _read(image: Any) -> Image.Image | np.ndarray:
    """An upright picture, or its `(H, W, 3)` uint8 pixels where these came first."""
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
        if (pixels := _plain_webp(image)) is not None:
            return pixels
        with Image.open(image, formats=IMAGE_FORMATS) as opened:
            _check_pixels(opened.size)
            if (pixels := _still_webp(opened)) is not None:
                return pixels
            opened.draft("RGB", (1024, 1024))  # a JPEG decodes at a fraction of its size
            return _upright(opened)
    except Image.DecompressionBombError as error:
        raise _too_large(2 * Image.MAX_IMAGE_PIXELS / 1e6, least=True) from error
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


def image_to_tensor(photo: Image.Image | np.ndarray, size: int) -> Tensor:
    """`(3, size, size)` uint8: the whole photo, squeezed to a square.

    So each cell of the grid covers the same fraction of any photo.
    """
    pixels = photo if isinstance(photo, np.ndarray) else np.array(photo)
    pixels = torch.from_numpy(pixels).permute(2, 0, 1)
    # Pillow's result in a sixth of its time
    return F.interpolate(pixels[None], (size, size), mode="bicubic", antialias=True)[0]


def _plain_webp(path: str | os.PathLike) -> np.ndarray | None:
    """As `_still_webp`, of a file in WebP's simple lossy form (RFC 9649; RFC 6386, 9.1).

    It says 14 bits of each side and nothing else: it can be neither turned, moving nor transparent,
    so that Pillow, which holds the interpreter, need not be asked.
    """
    with open(path, "rb") as file:
        start = file.read(30)
        if (start[:4], start[8:16], start[23:26]) != (b"RIFF", b"WEBPVP8 ", b"\x9d\x01\x2a"):
            return None
        sides = np.frombuffer(start, "<u2", 2, 26) & 0x3FFF
        _check_pixels((int(sides[0]), int(sides[1])))
        return _decoded_webp(file)


def _still_webp(opened: Image.Image) -> np.ndarray | None:
    """The same pixels as Pillow's, of an opaque and upright WebP file that is one picture.

    Pillow is slower at it, and threads that decode beside each other hold each other up there.
    None: not for this.
    """
    if opened.format != "WEBP" or opened.mode != "RGB" or getattr(opened, "n_frames", 1) != 1:
        return None
    return None if _is_turned(opened) else _decoded_webp(opened.fp)


def _decoded_webp(file: BinaryIO) -> np.ndarray | None:
    try:
        from torchvision.io import ImageReadMode, decode_webp

        file.seek(0)
        content = torch.from_numpy(np.fromfile(file, np.uint8))
        pixels = decode_webp(content, ImageReadMode.RGB)
    except (ImportError, RuntimeError):  # Pillow reads it, or says what is wrong with it
        return None
    return pixels.permute(1, 2, 0).numpy()


def _is_turned(image: Image.Image) -> bool:
    """Whether the camera was not held upright."""
    return image.getexif().get(ExifTags.Base.Orientation, 1) != 1


def _upright(image: Image.Image) -> Image.Image:
    try:
        image.load()  # some formats tell how they were held behind the pixels
        if _is_turned(image):  # else it would be a copy more
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


def _too_large(megapixels: float, least: bool = False) -> V25Error:
    return V25Error(
        "image_too_large",
        f"The image has {'over ' if least else ''}{megapixels:.0f} megapixels and the limit is "
        f"{MAX_MEGAPIXELS}; please use a smaller one.",
        megapixels=f"{'>' if least else ''}{megapixels:.0f}",
        limit=MAX_MEGAPIXELS,
    )


class LazyMedia(Media):
    """`Media` that makes its picture and its spectrogram when somebody asks for them."""

    def __init__(
        self,
        photo: Image.Image | np.ndarray | None,
        sound: np.ndarray | None,
        rate: int,
        text: str | None,
    ) -> None:
        """A photo as `read_photo` gives it, and a sound `(S,)` of `rate` samples a second."""
        seconds = 0.0 if sound is None else len(sound) / rate
        values = {"text": text, "seconds": seconds, "_photo": photo, "_sound": sound, "_rate": rate}
        self.__dict__.update(values)  # the record itself is frozen

    @cached_property
    def photo(self) -> bytes | None:
        """The photo as a JPEG."""
        if self._photo is None:
            return None
        file = BytesIO()
        small_photo(_picture(self._photo)).save(file, "JPEG", quality=JPEG_QUALITY)
        return file.getvalue()

    @cached_property
    def spectrogram(self) -> np.ndarray | None:
        """`(bands, frames)` uint8."""
        return None if self._sound is None else spectrogram(self._sound, self._rate)


def small_photo(photo: Image.Image) -> Image.Image:
    """The whole photo with at most `SMALL_SIDE` pixels a side."""
    if max(photo.size) <= SMALL_SIDE:
        return photo
    scale = SMALL_SIDE / max(photo.size)
    size = tuple(max(1, round(side * scale)) for side in photo.size)
    return photo.resize(size, Image.Resampling.BILINEAR, reducing_gap=2.0)


def spectrogram(samples: np.ndarray, rate: int) -> np.ndarray:
    """`(bands, frames)` uint8 log-mel levels of a sound `(S,)`, from low to high pitch.

    Frame i of F is about the i-th F-th of the sound; 255 is its loudest level, 0 is `DECIBELS`
    below that or less.
    """
    import torchaudio.functional as audio

    step = max(round(SHORTEST_STEP * rate), -(-len(samples) // MOST_FRAMES))
    frames = -(-len(samples) // step)
    before = (WINDOW - step) // 2  # so that each window's middle is the middle of its frame
    padded = torch.zeros(max(0, before) + frames * step + WINDOW)
    padded[max(0, before) : max(0, before) + len(samples)] = torch.from_numpy(samples)
    padded = padded[max(0, -before) :]
    window = torch.hann_window(WINDOW)
    power = torch.stft(padded, WINDOW, step, window=window, center=False, return_complex=True)
    mel = audio.melscale_fbanks(WINDOW // 2 + 1, 0.0, rate / 2, BANDS, rate, None, "slaney").T
    level = 10 * (mel @ power[:, :frames].abs().square()).clamp_min(1e-10).log10()
    level = (level - level.max() + DECIBELS).clamp_min(0) / DECIBELS
    return (level * 255).round().to(torch.uint8).numpy()


def read_sound(audio: Any, target: int, most_seconds: float) -> Sound:
    """A path, `(rate, samples)` or `Sound` to mono sound at the rate `target`.

    Raises:
        V25Error: unreadable, empty, silent or longer than `most_seconds`.
    """
    if isinstance(audio, Sound):
        return audio
    if isinstance(audio, str | os.PathLike):
        samples, rate = _decode_file(Path(audio), most_seconds)
    else:
        samples, rate, _ = mono_samples(audio)
        check_seconds(len(samples) / rate, most_seconds)
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
    return Sound(resample(samples, rate, target), target)


def normalise(samples: np.ndarray) -> np.ndarray:
    """Zero mean and unit variance, as Wav2Vec 2.0 takes its input."""
    deviation = np.sqrt(samples.var() + NORMALISE_EPSILON)
    return ((samples - samples.mean()) / deviation).astype(np.float32)


def _decode_file(path: Path, most: float) -> tuple[np.ndarray, int]:
    import soundfile

    if not path.is_file():
        raise V25Error(
            "audio_missing", f"There is no sound file {path.name}; please check its path."
        )
    try:
        info = soundfile.info(str(path))
        check_seconds(info.frames / max(1, info.samplerate), most)
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


def mono_samples(audio: Any, axis: int | None = None) -> tuple[np.ndarray, int, int | None]:
    """`(rate, samples)` to float32 samples `(S,)` within -1 to 1, the rate, and the channels' axis.

    Args:
        audio: whole numbers or decimals, `(S,)` or with the channels beside, in either order.
        axis: where the channels are; None: on the shorter one.

    Raises:
        V25Error: of another form.
    """
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
        axis = int(np.argmin(samples.shape)) if axis is None else axis
        samples = samples.mean(axis) if samples.size else samples.ravel()
    if samples.ndim != 1:
        raise wrong
    if kind.kind in "iu":
        samples = samples / float(np.iinfo(kind).max)
    with np.errstate(over="ignore"):  # becomes infinite, which the caller refuses
        return samples.astype(np.float32), int(rate), axis


def check_seconds(seconds: float, most: float) -> None:
    """Whether a recording of `seconds` is no longer than `most`.

    Raises:
        V25Error: it is.
    """
    if seconds > most:
        raise V25Error(
            "audio_too_long",
            f"The recording lasts {seconds:.0f} s and the limit is {most:.0f} s; "
            "please record a shorter command.",
            seconds=round(seconds),
            limit=round(most),
        )
