from __future__ import annotations

import random
import shutil

import numpy as np
import pytest

from v25.training import voices
from v25.training.voices import Take, Voice

needs_espeak = pytest.mark.skipif(not shutil.which("espeak-ng"), reason="no espeak-ng")
needs_flite = pytest.mark.skipif(not shutil.which("flite"), reason="no flite")


@pytest.mark.parametrize("language", ["en", "zh"])
def test_training_never_uses_a_reserved_voice(language: str):
    reserved = {(voice.engine, voice.name) for voice in voices.reserved_voices()}
    for voice in voices.training_voices(language):
        assert (voice.engine, voice.name) not in reserved
        assert voice.engine != "flite"
        assert voice.name.partition("+")[2] not in {"f4", "m7", "female4", "male7"}
        assert "kal" not in voice.name
        assert "slt" not in voice.name
        assert voice.language == language


def test_what_is_reserved():
    names = {voice.name for voice in voices.reserved_voices()}
    assert {"kal", "kal16", "awb", "rms", "slt", "cmn+f4", "cmn+m7", "en-us+f4"} <= names


@needs_espeak
@pytest.mark.parametrize(
    ("text", "name", "language"),
    [
        ("Write a short ad for this hat.", "en-us+klatt2", "en"),
        ("给这顶帽子写文案", "cmn+f2", "zh"),
    ],
)
def test_espeak_speaks_at_the_rate_of_the_model(text: str, name: str, language: str):
    wave = voices.synthesise(text, Voice("espeak", name, language), pitch=40, speed=200)
    assert wave.dtype == np.float32
    assert 0.8 * voices.RATE < len(wave) < 5 * voices.RATE
    assert 0.5 < np.abs(wave).max() <= 0.61
    edge = voices.RATE // 5
    assert np.abs(wave[:edge]).max() > 0.01
    assert np.abs(wave[-edge:]).max() > 0.01


@needs_espeak
def test_speed_and_pitch_are_obeyed():
    text = "Give me three captions for these running shoes."
    voice = Voice("espeak", "en-gb", "en")
    slow, fast = (voices.synthesise(text, voice, speed=speed) for speed in (140, 220))
    assert len(slow) > 1.3 * len(fast)
    low, high = (voices.synthesise(text, voice, pitch=pitch) for pitch in (20, 80))
    assert not np.array_equal(low[:8000], high[:8000])


@pytest.mark.skipif(
    "festival" not in {voice.engine for voice in voices.training_voices("en")},
    reason="no festival with the voice ked",
)
def test_festival_speaks_a_batch_in_order_and_survives_odd_texts():
    ked = Voice("festival", "ked_diphone", "en")
    texts = ["Write one ad.", 'A "quoted" (set! x) café \\ line for the shop.', "", "Write one ad."]
    sounds = voices.record([Take(text, ked) for text in texts])
    assert len(sounds) == 4
    assert len(sounds[1]) > len(sounds[0]) > voices.RATE // 2
    assert np.array_equal(sounds[0], sounds[3])


@pytest.mark.parametrize(
    ("engine", "name"),
    [("rhvoice", n) for n in voices.RHVOICE] + [("pico", n) for n in voices.PICO],
)
def test_other_engines_speak_and_obey_speed_and_pitch(engine: str, name: str):
    if engine not in {voice.engine for voice in voices.training_voices("en")}:
        pytest.skip(f"no {engine}")
    voice = Voice(engine, name, "en")
    slow, fast = (
        voices.synthesise("Three <short> ads & a caption.", voice, speed=speed)
        for speed in (150, 230)
    )
    assert len(slow) > 1.25 * len(fast) > voices.RATE
    low, high = (voices.synthesise("Three ads.", voice, pitch=pitch) for pitch in (20, 80))
    assert not np.array_equal(low[:8000], high[:8000])


@needs_flite
@pytest.mark.parametrize("name", voices.RESERVED_FLITE)
def test_flite_speaks_for_evaluation(name: str):
    wave = voices.synthesise("Write a playful ad for the hat.", Voice("flite", name, "en"))
    assert len(wave) > voices.RATE


@needs_espeak
def test_draws_repeat_and_vary():
    first = [voices.draw_take("zh", "你好", random.Random(3)) for _ in range(2)]
    assert first[0] == first[1]
    rng = random.Random(3)
    takes = [voices.draw_take("en", "Hello", rng) for _ in range(600)]
    assert len({take.voice for take in takes}) > 60
    accents = {take.voice.name.partition("+")[0] for take in takes}
    assert {"en-us", "en-gb", "en-gb-scotland"} <= accents


def test_trim_keeps_short_margins():
    quiet = np.zeros(voices.RATE, np.float32)
    loud = np.ones(voices.RATE, np.float32)
    trimmed = voices.trim(np.concatenate([quiet, loud, quiet]))
    assert len(trimmed) == pytest.approx(1.18 * voices.RATE, abs=2)
    assert len(voices.trim(quiet)) == 0


def test_a_streamed_header_does_not_decide_the_length():
    samples = np.arange(50, dtype="<i2")
    header = b"RIFF\x24\xf0\xff\x7fWAVEfmt " + bytes(8) + (22_050).to_bytes(4, "little")
    header = header.ljust(36, b"\0") + b"data\x00\xf0\xff\x7f"
    rate, read = voices._streamed_wave(header + samples.tobytes())
    assert rate == 22_050
    assert np.array_equal(read, samples)
    assert len(voices._streamed_wave(b"")[1]) == 0
