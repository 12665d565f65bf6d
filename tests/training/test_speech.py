from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np
import pytest

from v25.training import speech, voices

pytestmark = pytest.mark.skipif(not shutil.which("espeak-ng"), reason="no espeak-ng")

TEXTS = [
    ("zh", "给这双跑鞋写三条文案"),
    ("en", "Write three captions for the running shoes."),
    ("zh", "来一段直播口播，要活泼一点"),
    ("en", "I need one premium blurb for this orange juice."),
    ("en", "Something minimal for the blazer, please."),
]


@pytest.fixture(scope="module")
def pack(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return speech.build_pack(TEXTS * 4, tmp_path_factory.mktemp("pack"), seed=7, workers=2)


def test_a_pack_comes_back_in_order(pack: Path):
    utterances = speech.load_pack(pack, workers=2)
    assert [(language, text) for _, text, language, _ in utterances] == TEXTS * 4
    for (samples, _, _, voice), row in zip(utterances, speech.read_manifest(pack), strict=True):
        assert samples.dtype == np.int16
        assert samples.ndim == 1
        assert len(samples) / voices.RATE == pytest.approx(row["seconds"], abs=0.05)
        assert np.abs(samples).max() > 3000
        assert voice == row["voice"]


def test_the_manifest_holds_no_reserved_voice(pack: Path):
    reserved = {(voice.engine, voice.name) for voice in voices.reserved_voices()}
    rows = speech.read_manifest(pack)
    assert len(rows) == 20
    assert not reserved & {(row["engine"], row["voice"]) for row in rows}
    assert "flite" not in {row["engine"] for row in rows}
    assert set(rows[0]) == {"id", "language", "text", "engine", "voice", "seconds"}


def test_consonants_survive_the_packing(pack: Path):
    """The codec keeps the band above 4 kHz, where s and sh are told apart."""
    for samples, *_ in speech.load_pack(pack):
        power = np.abs(np.fft.rfft(samples.astype(float))) ** 2
        high = power[len(power) // 2 :].sum() / power.sum()
        assert high > 1e-4


def test_a_pack_stays_within_its_bytes(tmp_path: Path):
    path = speech.build_pack(TEXTS, tmp_path, seed=1, workers=2, max_bytes=12_000)
    assert path.stat().st_size <= 12_500
    assert 0 < len(speech.read_manifest(path)) < len(TEXTS)


@pytest.mark.skipif(not shutil.which("flite"), reason="no flite")
def test_evaluation_gets_the_reserved_voices_in_turn(tmp_path: Path):
    items = [*TEXTS, *TEXTS]
    paths = speech.build_reserved(items, tmp_path)
    assert len(paths) == len(items)
    rows = [json.loads(line) for line in (tmp_path / "items.jsonl").read_text().splitlines()]
    assert [row["text"] for row in rows] == [text for _, text in items]
    assert [row["file"] for row in rows] == [path.name for path in paths]
    english = {row["voice"] for row in rows if row["language"] == "en"}
    chinese = {row["voice"] for row in rows if row["language"] == "zh"}
    assert english == set(voices.RESERVED_FLITE)
    assert chinese == {"cmn+f4", "cmn+m7"}
    assert all(path.stat().st_size > 20_000 for path in paths)
