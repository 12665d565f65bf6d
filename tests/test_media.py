"""Photos and sounds of every kind are read; every bad one gets its sentence."""

from __future__ import annotations

import io
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile
from parts import key_of
from PIL import ExifTags, Image, ImageOps
from PIL.WebPImagePlugin import WebPImageFile

from v25.media import (
    LazyMedia,
    image_to_tensor,
    normalise,
    read_image,
    read_sound,
    small_photo,
    spectrogram,
)

NOISE = np.random.default_rng(3).normal(0, 0.1, 8_000).astype(np.float32)


@pytest.mark.parametrize("mode", ["RGB", "L", "RGBA", "LA", "P", "CMYK", "1", "I;16", "F"])
def test_photos_of_every_mode_become_rgb(mode: str) -> None:
    assert read_image(Image.new(mode, (40, 30))).mode == "RGB"


def test_what_is_transparent_shows_white() -> None:
    assert read_image(Image.new("RGBA", (2, 2), (0, 0, 0, 0))).getpixel((0, 0)) == (255, 255, 255)


def test_photos_are_turned_upright(tmp_path: Path) -> None:
    picture = Image.new("RGB", (40, 20), "red")
    exif = Image.Exif()
    exif[274] = 6  # a camera held sideways
    picture.save(tmp_path / "turned.jpg", exif=exif)
    assert read_image(tmp_path / "turned.jpg").size == (20, 40)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "BMP", "GIF", "TIFF"])
def test_usual_formats_are_read_whatever_their_name(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "photo"
    Image.new("RGB", (50, 40), "blue").save(path, format=kind)
    red, _, blue = read_image(str(path)).getpixel((25, 20))
    assert (red < 10, blue > 240) == (True, True)


def _noise(*shape: int) -> Image.Image:
    return Image.fromarray(np.random.default_rng(0).integers(0, 255, shape, np.uint8))


@pytest.fixture(params=["torchvision", "Pillow"])
def webp_decoder(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Which library decodes opaque WebP photos; Pillow: torchvision is not installed."""
    if request.param == "Pillow":
        monkeypatch.setitem(sys.modules, "torchvision.io", None)
    return request.param


@pytest.mark.parametrize("lossless", [False, True])
def test_a_webp_has_the_pixels_pillow_reads(
    tmp_path: Path, webp_decoder: str, lossless: bool
) -> None:
    path = tmp_path / "a.webp"
    _noise(61, 83, 3).save(path, lossless=lossless)
    plain = Image.open(path).convert("RGB")
    calls: list[int] = []
    load = WebPImageFile.load
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(WebPImageFile, "load", lambda image: calls.append(1) or load(image))
        photo = read_image(path)
    assert (photo.mode, photo.tobytes()) == ("RGB", plain.tobytes())
    assert bool(calls) == (webp_decoder == "Pillow")


def test_the_plainest_webp_is_read_without_pillow(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.webp"
    _noise(61, 83, 3).save(path, lossless=False)
    expected = read_image(path)
    monkeypatch.setattr(Image, "open", None)
    assert read_image(path).tobytes() == expected.tobytes()


@pytest.mark.parametrize("kept", [12, 24, 28, 30, 60, 600])
def test_half_a_webp_says_what_to_do(tmp_path: Path, webp_decoder: str, kept: int) -> None:
    path = tmp_path / "a.webp"
    _noise(61, 83, 3).save(path, lossless=False)
    path.write_bytes(path.read_bytes()[:kept])
    assert key_of(lambda: read_image(path)) == "image_unreadable"


def test_a_transparent_webp_lands_on_white(tmp_path: Path) -> None:
    picture = Image.new("RGBA", (8, 8), (200, 0, 0, 255))
    picture.paste((0, 0, 0, 0), (0, 0, 4, 8))
    picture.save(tmp_path / "a.webp", lossless=True)
    photo = read_image(tmp_path / "a.webp")
    assert photo.getpixel((1, 4)) == (255, 255, 255)
    assert photo.getpixel((6, 4)) == (200, 0, 0)


def test_an_animated_webp_gives_its_first_frame(tmp_path: Path) -> None:
    frames = [Image.new("RGB", (20, 10), colour) for colour in ("red", "blue")]
    frames[0].save(tmp_path / "a.webp", save_all=True, append_images=frames[1:], lossless=True)
    assert Image.open(tmp_path / "a.webp").n_frames == 2
    assert read_image(tmp_path / "a.webp").getpixel((5, 5)) == (255, 0, 0)


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_webp_is_turned_upright(tmp_path: Path, webp_decoder: str, orientation: int) -> None:
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = orientation
    path = tmp_path / "a.webp"
    _noise(20, 40, 3).save(path, exif=exif, lossless=True)
    upright = ImageOps.exif_transpose(Image.open(path)).convert("RGB")
    photo = read_image(path)
    assert (photo.size, photo.tobytes()) == (upright.size, upright.tobytes())


@pytest.mark.filterwarnings("ignore::PIL.Image.DecompressionBombWarning")
def test_a_huge_webp_is_refused_before_it_is_decoded(tmp_path: Path) -> None:
    path = tmp_path / "a.webp"
    Image.new("RGB", (16_000, 4_000)).save(path, method=0)
    begun = time.perf_counter()
    assert key_of(lambda: read_image(path)) == "image_too_large"
    assert time.perf_counter() - begun < 0.1


@pytest.mark.parametrize("dtype", [np.uint8, np.float32, np.float64, np.int64, bool])
def test_arrays_of_any_numbers_are_read(dtype: type) -> None:
    white = np.ones((6, 5, 3), dtype)
    if dtype in (np.uint8, np.int64):
        white = white * 255
    assert read_image(white).getpixel((2, 2)) == (255, 255, 255)
    assert read_image(white[..., 0]).size == (5, 6)


@pytest.mark.parametrize("size", [(300, 100), (100, 300), (64, 64), (1, 900)])
def test_the_whole_photo_fills_the_square(size: tuple[int, int]) -> None:
    """Its corners are the tensor's corners, so each cell is the same fraction of any photo."""
    photo = np.zeros((size[1], size[0], 3), np.uint8)
    photo[: -(-size[1] // 2)] = 255
    pixels = image_to_tensor(Image.fromarray(photo), 64).numpy()
    assert pixels.shape == (3, 64, 64)
    assert pixels[:, :28].min() > 230
    assert pixels[:, 36:].max() < 25


@pytest.mark.parametrize("rate", [8_000, 16_000, 22_050, 44_100, 44_101, 48_000, 11_025])
def test_sounds_of_any_rate_keep_pitch_and_length(rate: int) -> None:
    """An odd rate is as quick as a usual one."""
    tone = np.sin(2 * np.pi * 440 * np.arange(rate) / rate).astype(np.float32)
    begun = time.perf_counter()
    sound = read_sound((rate, tone), 16_000, 30.0)
    assert time.perf_counter() - begun < 5
    assert sound.rate == 16_000
    assert sound.seconds == pytest.approx(1, rel=2e-3)
    spectrum = np.abs(np.fft.rfft(sound.samples, 16_000))
    assert abs(int(spectrum.argmax()) - 440) <= 1


@pytest.mark.parametrize("shape", [(2, 8_000), (8_000, 2), (8_000,)])
@pytest.mark.parametrize("dtype", [np.float32, np.int16])
def test_sounds_become_mono_numbers_up_to_one(shape: tuple[int, ...], dtype: type) -> None:
    samples = np.broadcast_to(NOISE if len(shape) == 1 or shape[0] == 2 else NOISE[:, None], shape)
    scaled = (samples * 32_767).astype(dtype) if dtype is np.int16 else samples
    sound = read_sound((16_000, scaled), 16_000, 30.0)
    np.testing.assert_allclose(sound.samples, NOISE - NOISE.mean(), atol=1e-4)


def test_a_sound_enters_with_zero_mean_and_unit_variance() -> None:
    ready = normalise(NOISE * 7 + 3)
    assert ready.dtype == np.float32
    assert abs(float(ready.mean())) < 1e-4
    assert float(ready.std()) == pytest.approx(1, abs=1e-3)


def _truncated(name: str) -> Callable[[Path], Path]:
    def make(folder: Path) -> Path:
        path = folder / name
        _noise(200, 200, 3).save(path)
        path.write_bytes(path.read_bytes()[:3_000])
        return path

    return make


def _damaged_webp(folder: Path) -> Path:
    """Its header is whole, its pixels are not."""
    path = folder / "damaged.webp"
    _noise(200, 200, 3).save(path, lossless=True)
    content = bytearray(path.read_bytes())
    content[40:] = bytes(len(content) - 40)
    path.write_bytes(content)
    return path


def _words_named(name: str) -> Callable[[Path], Path]:
    def make(folder: Path) -> Path:
        (folder / name).write_text("These are words.")
        return folder / name

    return make


BAD_IMAGES: dict[str, tuple[Callable[[Path], Any], str]] = {
    "words named .jpg": (_words_named("a.jpg"), "image_unreadable"),
    "truncated": (_truncated("cut.jpg"), "image_unreadable"),
    "truncated WebP": (_truncated("cut.webp"), "image_unreadable"),
    "damaged WebP": (_damaged_webp, "image_unreadable"),
    "empty file": (lambda f: (f / "e.png").touch() or f / "e.png", "image_unreadable"),
    "missing": (lambda f: f / "none.jpg", "image_missing"),
    "folder": (lambda f: f, "image_unreadable"),
    "number": (lambda _: 5, "image_unreadable"),
    "bytes": (lambda _: b"abc", "image_unreadable"),
    "flat array": (lambda _: np.zeros(5), "image_unreadable"),
    "five channels": (lambda _: np.zeros((4, 4, 5)), "image_unreadable"),
    "empty array": (lambda _: np.zeros((0, 4, 3)), "image_unreadable"),
    "array of objects": (lambda _: np.array([[None, 1]]), "image_unreadable"),
    "array of words": (lambda _: np.full((4, 4), "a"), "image_unreadable"),
    "no pixels": (lambda _: Image.new("RGB", (0, 0)), "image_unreadable"),
    "huge picture": (lambda _: Image.new("1", (10_000, 10_000)), "image_too_large"),
    "huge array": (lambda _: np.broadcast_to(np.uint8(0), (10_000, 10_000, 3)), "image_too_large"),
}


@pytest.mark.parametrize("name", BAD_IMAGES)
def test_bad_photos_get_their_sentence(name: str, tmp_path: Path) -> None:
    make, key = BAD_IMAGES[name]
    assert key_of(lambda: read_image(make(tmp_path))) == key


@pytest.mark.filterwarnings("ignore::PIL.Image.DecompressionBombWarning")
@pytest.mark.parametrize("side", [10_000, 20_000])
def test_a_huge_photo_is_refused_by_its_header(tmp_path: Path, side: int) -> None:
    path = tmp_path / "huge.png"
    Image.new("1", (side, side)).save(path)
    assert path.stat().st_size < 100_000
    begun = time.perf_counter()
    assert key_of(lambda: read_image(path)) == "image_too_large"
    assert time.perf_counter() - begun < 0.5


def _wav(name: str, samples: np.ndarray, rate: int = 16_000) -> Callable[[Path], Path]:
    def make(folder: Path) -> Path:
        soundfile.write(folder / name, samples, rate)
        return folder / name

    return make


BAD_SOUNDS: dict[str, tuple[Callable[[Path], Any], str]] = {
    "words named .wav": (_words_named("a.wav"), "audio_unreadable"),
    "empty file": (lambda f: (f / "e.wav").touch() or f / "e.wav", "audio_empty"),
    "no samples": (_wav("n.wav", np.zeros(0)), "audio_empty"),
    "a click": (_wav("c.wav", NOISE[:100]), "audio_empty"),
    "silent": (_wav("s.wav", np.zeros(16_000)), "audio_silent"),
    "constant": (lambda _: (16_000, np.full(16_000, 0.5)), "audio_silent"),
    "five minutes": (_wav("l.wav", np.zeros(8_000 * 300), 8_000), "audio_too_long"),
    "five minutes of samples": (lambda _: (8_000, np.zeros(8_000 * 300)), "audio_too_long"),
    "missing": (lambda f: f / "none.wav", "audio_missing"),
    "folder": (lambda f: f, "audio_missing"),
    "not a number": (lambda _: (16_000, NOISE * np.nan), "audio_unreadable"),
    "infinite": (lambda _: (16_000, NOISE.astype(np.float64) * 1e300), "audio_unreadable"),
    "number": (lambda _: 5, "audio_unreadable"),
    "array alone": (lambda _: NOISE, "audio_unreadable"),
    "nothing in it": (lambda _: (None, None), "audio_unreadable"),
    "words": (lambda _: (16_000, "abc"), "audio_unreadable"),
    "ragged": (lambda _: (16_000, [[0.1, 0.2], [0.3]]), "audio_unreadable"),
    "three axes": (lambda _: (16_000, NOISE.reshape(2, 2, -1)), "audio_unreadable"),
    "rate 0": (lambda _: (0, NOISE), "audio_unreadable"),
    "rate True": (lambda _: (True, NOISE[:9]), "audio_unreadable"),
    "rate of words": (lambda _: ("16000", NOISE), "audio_unreadable"),
    "empty samples": (lambda _: (16_000, []), "audio_empty"),
}


@pytest.mark.parametrize("name", BAD_SOUNDS)
def test_bad_sounds_get_their_sentence(name: str, tmp_path: Path) -> None:
    make, key = BAD_SOUNDS[name]
    assert key_of(lambda: read_sound(make(tmp_path), 16_000, 30.0)) == key


def test_deafening_numbers_stay_numbers() -> None:
    sound = read_sound((16_000, NOISE * np.float32(1e37)), 16_000, 30.0)
    assert np.isfinite(normalise(sound.samples)).all()
    assert float(np.abs(sound.samples).max()) > 0.5


@pytest.mark.parametrize("size", [(300, 200), (2000, 40), (37, 1999), (480, 480), (1, 1)])
def test_a_small_photo_is_the_whole_photo(size: tuple[int, int]) -> None:
    photo = Image.new("RGB", size, "white")
    photo.paste("black", (0, 0, size[0] // 2, size[1]))
    small = small_photo(photo)
    assert max(small.size) == min(480, max(size))
    media = LazyMedia(small, None, 16_000, None)
    shown = Image.open(io.BytesIO(media.photo))
    assert shown.size == small.size
    if size[0] > 1:
        assert np.asarray(shown.convert("L"))[:, : small.width // 4].mean() < 30
        assert np.asarray(shown.convert("L"))[:, -(small.width // 4) :].mean() > 225
    assert (media.spectrogram, media.seconds, media.text) == (None, 0.0, None)


@pytest.mark.parametrize(("seconds", "frames"), [(0.2, 20), (1.5, 150), (11.99, 1199), (30, 1200)])
def test_a_spectrogram_has_frames_of_equal_length(seconds: float, frames: int) -> None:
    sound = np.random.default_rng(3).normal(0, 0.1, round(seconds * 16_000)).astype(np.float32)
    media = LazyMedia(None, sound, 16_000, "a")
    assert media.spectrogram.shape == (64, frames)
    assert media.spectrogram.dtype == np.uint8
    assert media.seconds == pytest.approx(seconds)
    assert media.photo is None


@pytest.mark.parametrize("seconds", [1.0, 29.0])
@pytest.mark.parametrize("at", [0.0, 0.31, 0.85])
def test_a_click_lights_the_moment_it_was_at(seconds: float, at: float) -> None:
    sound = np.zeros(round(seconds * 16_000), np.float32)
    sound[round(at * len(sound)) :][:8] = 0.9
    loudest = spectrogram(sound, 16_000).astype(int).sum(0)
    middle = (np.flatnonzero(loudest == loudest.max()).mean() + 0.5) / len(loudest)
    assert middle * seconds == pytest.approx(at * seconds, abs=0.02)


def test_a_higher_tone_lies_higher() -> None:
    at = np.arange(16_000) / 16_000
    tones = [np.sin(2 * np.pi * hertz * at).astype(np.float32) for hertz in (200, 1000, 5000)]
    bands = [int(spectrogram(tone, 16_000).astype(int).sum(1).argmax()) for tone in tones]
    assert bands[0] < bands[1] < bands[2]
    assert spectrogram(tones[0], 16_000).max() == 255


def test_a_photo_is_squeezed_as_pillow_does_it():
    noise = np.random.default_rng(1).integers(0, 256, (300, 417, 3), np.uint8)
    photo = Image.fromarray(noise)
    expected = np.asarray(photo.resize((208, 208), Image.Resampling.BICUBIC), np.float32)
    pixels = image_to_tensor(photo, 208).permute(1, 2, 0).numpy()
    assert pixels.dtype == np.uint8
    assert np.abs(pixels - expected).max() <= 1
