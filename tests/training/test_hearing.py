from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

from v25.config import TINY, V25Config
from v25.model.network import V25Network
from v25.model.perception import SpeechEncoder
from v25.training import corpus, hearing, senses, speech
from v25.training.hearing import Settings, Sounds

needs_espeak = pytest.mark.skipif(not shutil.which("espeak-ng"), reason="no espeak-ng")


pytestmark = pytest.mark.usefixtures("one_thread")


def tones(texts: list[str], seconds: float = 0.8) -> Sounds:
    """Each letter sounds as a pitch of its own."""
    time = np.arange(int(seconds * 16_000)) / 16_000
    waves = []
    for text in texts:
        place = (time / seconds * len(text)).astype(int)
        pitch = 300 + 150 * np.array([ord(c) - ord("a") for c in text])[place]
        waves.append(8000 * np.sin(2 * np.pi * np.cumsum(pitch) / 16_000))
    lengths = torch.full((len(texts),), len(time))
    kept = torch.from_numpy(np.array(waves)).to(torch.int16)
    return Sounds(kept, lengths, texts, ["en"] * len(texts))


def test_two_sounds_are_learnt_by_heart():
    torch.manual_seed(3)
    sounds = tones(["abcd", "dcba"])
    config = replace(TINY, speech=replace(TINY.speech, characters="abcd"))
    encoder = SpeechEncoder(config.speech, config.width)
    listener = hearing.Listener(encoder, compiled=False)
    hearing.FRAME_SPANS, spans = 0, hearing.FRAME_SPANS
    optimizer = torch.optim.AdamW(listener.parameters(), 3e-3)
    targets = hearing._targets(sounds.texts, "abcd", "cpu")
    waves = hearing.standardise(sounds.waves.float() / 32768, sounds.lengths)
    for _ in range(120):
        told, spectrum = hearing._losses(listener, (waves, sounds.lengths), targets, "cpu")
        optimizer.zero_grad()
        (told + spectrum).backward()
        optimizer.step()
    hearing.FRAME_SPANS = spans
    assert told.item() < 0.15
    rates = hearing.error_rate(encoder, sounds, torch.arange(2), config, "cpu")
    assert rates == {"character_error_rate_en": 0.0}


def test_a_start_keeps_what_each_letter_sounds_like(tmp_path: Path):
    sizes = replace(TINY, speech=replace(TINY.speech, characters="abc"))
    network = V25Network.from_sizes(sizes)
    network.save_pretrained(tmp_path)
    other = SpeechEncoder(replace(sizes.speech, characters="bcz"), sizes.width)
    fresh = other.ctc.weight.clone()
    hearing.take_up(other, tmp_path)
    assert torch.equal(other.ctc.weight[0], network.speech.ctc.weight[0])
    assert torch.equal(other.ctc.weight[1:3], network.speech.ctc.weight[2:4])
    assert torch.equal(other.ctc.weight[3], fresh[3])
    assert torch.equal(other.project.weight, network.speech.project.weight)


@needs_espeak
def test_packs_are_learnt_from_and_listened_to(tmp_path: Path):
    packs = []
    for number in range(2):
        folder = tmp_path / str(number)
        folder.mkdir()
        rows = corpus.spoken_briefs(6, number, languages=("en", "zh"))
        corpus.write_briefs(folder / "briefs.jsonl", rows)
        texts = [(brief.command_language, text) for brief, text in rows]
        packs.append(speech.build_pack(texts, folder, seed=number, workers=1))
    settings = Settings(minutes=0.01, batch=2, compile=False, validation=2)
    hearing.fit(packs, tmp_path, TINY, settings, "cpu")
    done = json.loads((tmp_path / "speech.json").read_text())
    assert set(done["validation"]) <= {"character_error_rate_en", "character_error_rate_zh"}
    config = replace(TINY, speech=V25Config.from_dict({"speech": done["config"]}).speech)
    network = V25Network.from_sizes(config)
    senses.load_speech(network, tmp_path)
    sounds = hearing.load_sounds(packs, "cpu", 6.1)
    heard = senses.listen(network, sounds, views=2, device="cpu")
    briefs = senses.utterance_briefs(packs, 6.1)
    assert len(briefs) == len(sounds.texts) == len(heard.transcripts)
    assert heard.frames.shape[0] == heard.counts.shape[0] == 2 * len(briefs)
    assert all(len(views) == 2 for views in heard.transcripts)
    assert [b.command_language for b in briefs] == sounds.languages
