"""Sets of spoken commands: the pack that training reads, and the recordings of evaluation.

A pack is one ZIP file, stored: an Ogg/Opus file for each utterance, and `manifest.jsonl` with a
line for each of them (id, language, text, engine, voice, seconds).
"""

from __future__ import annotations

import io
import itertools
import json
import os
import random
import shutil
import subprocess
import zipfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import numpy as np
import soundfile

from v25.training.brief import Language
from v25.training.voices import (
    EASY_SPEED,
    RATE,
    TOP_SPEED,
    Take,
    Voice,
    draw_take,
    record,
    reserved_voices,
    synthesise,
)

MANIFEST = "manifest.jsonl"
PACK = "speech.zip"
OPUSENC = "opusenc --quiet --raw --raw-rate 16000 --raw-chan 1 --speech --discard-comments"
OPUSENC_SETTINGS = "--bitrate 9.5 --framesize 60 --comp 5 --padding 0 - -"
"""1.2 kB a second of speech, by the encoder's own tool where the machine has it."""
OPUS_LEVEL = 0.987
"""Else 1.4 kB. From 0.989 on Opus cuts all above 4 kHz, and the hisses with it."""
BATCH = 24
MAX_SECONDS = 6.0
"""What training takes; a longer recording is spoken again in haste, then left out."""
ENTRY_BYTES = 120
"""What ZIP adds to a file: its two headers with the name."""

Utterance = tuple[np.ndarray, str, Language, str]


def build_pack(
    texts: Sequence[tuple[Language, str]],
    out: Path,
    *,
    seed: int = 0,
    workers: int | None = None,
    max_bytes: int | None = None,
    engines: Sequence[str] | None = None,
) -> Path:
    """Speak every text with a voice of its own and pack the sound.

    Args:
        texts: language and text of each utterance.
        out: folder for the pack.
        seed: decides voices, pitches and speeds.
        workers: synthesising threads; all cores when None.
        max_bytes: leave out the last texts where the pack would grow beyond it.
        engines: speak with these only; with all of `voices.SHARES` when None.

    Returns:
        The pack's path.
    """
    rng = random.Random(seed)
    takes = [draw_take(language, text, rng, engines) for language, text in texts]
    out.mkdir(parents=True, exist_ok=True)
    path = out / PACK
    lines: list[str] = []
    size = 0
    with (
        ThreadPoolExecutor(workers or os.cpu_count()) as pool,
        zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as pack,
    ):
        for number, take, seconds, packed in _recorded(takes, pool):
            line = _manifest_line(f"{number:05d}", take, seconds)
            size += len(packed) + len(line.encode()) + ENTRY_BYTES
            if not packed or (max_bytes is not None and size > max_bytes):
                continue
            pack.writestr(zipfile.ZipInfo(f"{number:05d}.ogg"), packed)
            lines.append(line)
        pack.writestr(zipfile.ZipInfo(MANIFEST), "\n".join(lines))
    print(f"speech: {len(lines)} of {len(takes)} utterances, {path.stat().st_size} bytes: {path}")
    return path


def load_pack(path: Path, workers: int | None = None) -> list[Utterance]:
    """Decode a pack.

    Returns:
        `(samples (T,) int16 at 16 kHz, text, language, voice)` for each utterance, in order.
    """
    rows = read_manifest(path)
    with zipfile.ZipFile(path) as pack:
        packed = [pack.read(f"{row['id']}.ogg") for row in rows]
    with ThreadPoolExecutor(workers or os.cpu_count()) as pool:
        decoded = pool.map(_decode, packed)
        return [
            (samples, row["text"], row["language"], row["voice"])
            for samples, row in zip(decoded, rows, strict=True)
        ]


def read_manifest(path: Path) -> list[dict]:
    """The pack's manifest: a record for each utterance."""
    with zipfile.ZipFile(path) as pack:
        return [json.loads(line) for line in pack.read(MANIFEST).decode().splitlines()]


def build_reserved(items: Sequence[tuple[Language, str]], out: Path) -> list[Path]:
    """Record commands with the voices kept for evaluation, each language's voices in turn.

    Args:
        items: language and text of each recording.
        out: folder for the wave files and `items.jsonl`.

    Returns:
        The recordings' paths, in the order of `items`.
    """
    out.mkdir(parents=True, exist_ok=True)
    turns = {language: itertools.cycle(_evaluation_voices(language)) for language in ("en", "zh")}
    paths: list[Path] = []
    with (out / "items.jsonl").open("w", encoding="utf-8") as index:
        for number, (language, text) in enumerate(items):
            voice = next(turns[language])
            samples = synthesise(text, voice, speed=EASY_SPEED[language])
            if not len(samples):
                raise RuntimeError(f"{voice.engine} could not speak {text!r} as {voice.name}")
            path = out / f"{number:04d}-{voice.name.replace('+', '-')}.wav"
            soundfile.write(path, samples, RATE, subtype="PCM_16")
            row = {"file": path.name, "language": language, "text": text, "voice": voice.name}
            index.write(json.dumps(row, ensure_ascii=False) + "\n")
            paths.append(path)
    return paths


def _evaluation_voices(language: Language) -> list[Voice]:
    # English strangers are flite's recorded speakers: harder than espeak-ng's other timbres.
    engine = "flite" if language == "en" else "espeak"
    return [v for v in reserved_voices() if v.engine == engine and v.language == language]


def _recorded(
    takes: Sequence[Take], pool: ThreadPoolExecutor
) -> Iterator[tuple[int, Take, float, bytes]]:
    """Each take with its number, its seconds and its Opus file (or nothing), in order."""
    numbered = sorted(enumerate(takes), key=lambda item: item[1].voice.engine)
    jobs = [
        list(batch)
        for _, group in itertools.groupby(numbered, key=lambda item: item[1].voice.engine)
        for batch in _batches(group)
    ]
    done = itertools.chain.from_iterable(pool.map(_record_batch, jobs))
    yield from sorted(done, key=lambda item: item[0])


def _batches(items: Iterator[tuple[int, Take]]) -> Iterator[list[tuple[int, Take]]]:
    while batch := list(itertools.islice(items, BATCH)):
        yield batch


def _record_batch(batch: list[tuple[int, Take]]) -> list[tuple[int, Take, float, bytes]]:
    numbers, takes = zip(*batch, strict=True)
    limit = int(MAX_SECONDS * RATE)
    sounds = [
        _in_haste(take) if len(samples) > limit else samples
        for take, samples in zip(takes, record(takes), strict=True)
    ]
    # A cut recording would not say its text any more: what is still too long is left out.
    kept = [samples if 0 < len(samples) <= limit else samples[:0] for samples in sounds]
    packed = [_encode(samples) if len(samples) else b"" for samples in kept]
    seconds = [len(samples) / RATE for samples in kept]
    return list(zip(numbers, takes, seconds, packed, strict=True))


def _in_haste(take: Take) -> np.ndarray:
    return record([replace(take, speed=TOP_SPEED)])[0]


def _encode(samples: np.ndarray) -> bytes:
    if shutil.which("opusenc"):
        raw = np.round(np.clip(samples, -1, 1) * 32767).astype("<i2").tobytes()
        command = f"{OPUSENC} {OPUSENC_SETTINGS}".split()
        return subprocess.run(command, input=raw, capture_output=True, check=True).stdout
    file = io.BytesIO()
    soundfile.write(file, samples, RATE, format="OGG", subtype="OPUS", compression_level=OPUS_LEVEL)
    return file.getvalue()


def _decode(packed: bytes) -> np.ndarray:
    samples, rate = soundfile.read(io.BytesIO(packed), dtype="int16")
    if rate != RATE:
        raise ValueError(f"the pack holds sound at {rate} Hz, not {RATE}")
    return samples


def _manifest_line(name: str, take: Take, seconds: float) -> str:
    row = {
        "id": name,
        "language": take.voice.language,
        "text": take.text,
        "engine": take.voice.engine,
        "voice": take.voice.name,
        "seconds": round(seconds, 3),
    }
    return json.dumps(row, ensure_ascii=False)
