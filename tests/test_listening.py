"""Another recogniser writes the transcript, or the embedded one does and says why."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import threading
import warnings
from pathlib import Path

import numpy as np
import pytest
import torch
from tokenizers import pre_tokenizers
from transformers import (
    Wav2Vec2Config,
    Wav2Vec2CTCTokenizer,
    Wav2Vec2FeatureExtractor,
    Wav2Vec2ForCTC,
    Wav2Vec2Processor,
    WhisperConfig,
    WhisperFeatureExtractor,
    WhisperForConditionalGeneration,
    WhisperProcessor,
    WhisperTokenizer,
    pipeline,
)

from v25 import listening
from v25.api import V25Model
from v25.listening import VARIABLE, Recogniser
from v25.schema import EMBEDDED, Generation, Request

Sound = tuple[int, np.ndarray]
CPU = torch.device("cpu")


@pytest.fixture(scope="module")
def ctc(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A Wav2Vec2 that writes capitals, as facebook/wav2vec2-base-960h does."""
    folder = tmp_path_factory.mktemp("recognisers") / "tiny-wav2vec2"
    folder.mkdir()
    letters = ("<pad>", "<s>", "</s>", "<unk>", "|", *"ABCDEFGHIJKLMNOPQRSTUVWXYZ'")
    vocabulary = folder / "vocab.json"
    vocabulary.write_text(json.dumps({letter: i for i, letter in enumerate(letters)}))
    Wav2Vec2Processor(
        Wav2Vec2FeatureExtractor(), Wav2Vec2CTCTokenizer(str(vocabulary))
    ).save_pretrained(folder)
    sizes = Wav2Vec2Config(
        vocab_size=len(letters),
        hidden_size=16,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=16,
        conv_dim=(16, 16, 16),
        conv_kernel=(10, 8, 8),
        conv_stride=(5, 8, 8),
        num_conv_pos_embeddings=16,
        num_conv_pos_embedding_groups=2,
        pad_token_id=0,
    )
    with torch.random.fork_rng():
        torch.manual_seed(3)
        network = Wav2Vec2ForCTC(sizes)
        torch.nn.init.normal_(network.lm_head.weight)
        network.lm_head.bias.data[:4] = -99  # letters alone
        network.save_pretrained(folder)
    return folder


@pytest.fixture(scope="module")
def whisper(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A sequence-to-sequence recogniser of Whisper's make."""
    folder = tmp_path_factory.mktemp("recognisers") / "tiny-whisper"
    letters = sorted(pre_tokenizers.ByteLevel.alphabet())
    marks = ["<|endoftext|>", "<|startoftranscript|>", "<|notimestamps|>"]
    vocabulary = {token: i for i, token in enumerate([*letters, *marks])}
    WhisperProcessor(
        WhisperFeatureExtractor(feature_size=8, n_fft=400),
        WhisperTokenizer(vocab=vocabulary, merges=[]),
    ).save_pretrained(folder)
    end, start, _ = (vocabulary[mark] for mark in marks)
    sizes = WhisperConfig(
        vocab_size=len(vocabulary),
        num_mel_bins=8,
        d_model=16,
        encoder_layers=1,
        decoder_layers=1,
        encoder_attention_heads=2,
        decoder_attention_heads=2,
        encoder_ffn_dim=16,
        decoder_ffn_dim=16,
        max_target_positions=24,
        pad_token_id=end,
        bos_token_id=end,
        eos_token_id=end,
        decoder_start_token_id=start,
        suppress_tokens=None,
        begin_suppress_tokens=None,
    )
    with torch.random.fork_rng():
        torch.manual_seed(5)
        network = WhisperForConditionalGeneration(sizes)
        network.generation_config.max_length = 20
        network.generation_config.num_beams = 1
        network.save_pretrained(folder)
    return folder


@pytest.fixture
def told(request: pytest.FixtureRequest) -> Path:
    """The recogniser that a test's parameter names."""
    return request.getfixturevalue(request.param)


BOTH = pytest.mark.parametrize("told", ["ctc", "whisper"], indirect=True)


def direct(folder: Path, sound: Sound) -> str:
    """What the pipeline itself hears, of the sound as `v25.media` reads it."""
    samples = sound[1] - sound[1].mean()
    recognise = pipeline("automatic-speech-recognition", model=str(folder), device="cpu")
    return recognise({"raw": samples, "sampling_rate": sound[0]})["text"]


def model_with(
    monkeypatch: pytest.MonkeyPatch, checkpoint: Path, recogniser: str | Path
) -> V25Model:
    monkeypatch.setenv(VARIABLE, str(recogniser))
    model = V25Model(checkpoint, device="cpu")
    monkeypatch.delenv(VARIABLE)  # read when the model is made, not later
    return model


def quietly(model: V25Model, **request: object) -> Generation:
    """Generates, any warning an error."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        return model.generate(max_length=3, seed=1, **request)


def warned(model: V25Model, sound: Sound, times: int = 1) -> tuple[list[str], list[Generation]]:
    """This module's warnings during `times` generations, and what was made."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        made = [model.generate(audio=sound, max_length=3, seed=1) for _ in range(times)]
    return [str(w.message) for w in caught if VARIABLE in str(w.message)], made


@BOTH
def test_the_recogniser_writes_the_transcript(
    monkeypatch: pytest.MonkeyPatch, tiny_checkpoint: Path, told: Path, sound: Sound
) -> None:
    wanted = " ".join(direct(told, sound).split())
    assert len(wanted) > 3
    made = quietly(model_with(monkeypatch, tiny_checkpoint, told), audio=sound)
    assert made.listener == told.name
    assert made.transcript == (wanted.lower() if told.name == "tiny-wav2vec2" else wanted)


@BOTH
def test_the_prompt_reads_what_the_recogniser_heard(
    monkeypatch: pytest.MonkeyPatch,
    tiny_model: V25Model,
    tiny_checkpoint: Path,
    told: Path,
    sound: Sound,
) -> None:
    """The embedded encoder's tokens of the sound stay as they were."""
    model = model_with(monkeypatch, tiny_checkpoint, told)
    made, embedded = (quietly(m, text="shoes", audio=sound) for m in (model, tiny_model))
    assert made.transcript != embedded.transcript
    words = [t for t in made.trace.tokens if t.heard]
    assert words
    assert all(t.text == made.transcript[slice(*map(int, t.place))] for t in words)
    mine, theirs = ([t for t in g.trace.tokens if t.modality == "speech"] for g in (made, embedded))
    assert mine == theirs


def test_listening_is_a_stage_of_its_own(
    monkeypatch: pytest.MonkeyPatch, tiny_checkpoint: Path, ctc: Path, sound: Sound
) -> None:
    model = model_with(monkeypatch, tiny_checkpoint, ctc)
    stages = list(quietly(model, audio=sound).latency.stages)
    assert stages[:4] == ["read", "speech", "listen", "text"]
    made = quietly(model, text="shoes")
    assert "listen" not in made.latency.stages
    assert (made.listener, made.transcript) == (None, None)


@BOTH
def test_in_a_batch_each_sound_has_its_own_transcript(
    monkeypatch: pytest.MonkeyPatch, tiny_checkpoint: Path, told: Path, sound: Sound
) -> None:
    model = model_with(monkeypatch, tiny_checkpoint, told)
    sounds = [sound, None, (16_000, sound[1][:9_000] * 2)]
    requests = [Request("a", audio=s, max_length=2, seed=1) for s in sounds]
    batch = model.generate_batch(requests)
    assert [g.listener for g in batch] == [told.name, None, told.name]
    alone = [model.generate("a", audio=s, max_length=2, seed=1) for s in sounds]
    assert [g.transcript for g in batch] == [g.transcript for g in alone]


def test_the_sound_reaches_it_as_loud_as_it_was(
    monkeypatch: pytest.MonkeyPatch, tiny_checkpoint: Path, ctc: Path
) -> None:
    """Not with unit variance: Whisper's spectrum knows loud from quiet. And at 16 kHz, mono."""
    model, given = model_with(monkeypatch, tiny_checkpoint, ctc), []
    monkeypatch.setattr(
        Recogniser, "transcribe", lambda self, samples, rate: given.append((samples, rate))
    )
    tone = 0.25 * np.sin(np.arange(44_100) * 0.06)
    model.generate(audio=(44_100, np.stack([tone, tone], 1)), max_length=1)
    (samples, rate), *others = given
    assert not others
    assert (rate, samples.shape, samples.dtype) == (16_000, (16_000,), np.float32)
    assert np.abs(samples).max() == pytest.approx(0.25, abs=0.03)


def test_without_the_variable_the_embedded_encoder_listens(
    tiny_model: V25Model, sound: Sound
) -> None:
    made = quietly(tiny_model, audio=sound)
    assert made.listener == EMBEDDED
    assert "listen" not in made.latency.stages
    assert tiny_model.generate("shoes", max_length=1).listener is None


def test_an_empty_variable_names_no_recogniser(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, "  ")
    assert listening.from_environment(CPU) is None


def test_a_model_and_its_other_precisions_load_one_recogniser_once(
    monkeypatch: pytest.MonkeyPatch, tiny_checkpoint: Path, ctc: Path, sound: Sound
) -> None:
    opened, really = [], listening._open

    def counted(source: str, device: torch.device) -> object:
        opened.append(source)
        return really(source, device)

    monkeypatch.setattr(listening, "_open", counted)
    model = model_with(monkeypatch, tiny_checkpoint, ctc)
    quietly(model, text="shoes")
    assert opened == []  # nobody has spoken yet
    other = model.with_precision("bf16")
    asked = [
        threading.Thread(target=lambda m=m: m.generate(audio=sound, max_length=1))
        for m in (model, model, other)
    ]
    for thread in asked:
        thread.start()
    for thread in asked:
        thread.join(60)
    assert opened == [str(ctc)]
    assert other.generate(audio=sound, max_length=1).listener == ctc.name


@pytest.mark.parametrize("name", ["nobody/no-such-recogniser", "no/such/folder", "?"])
def test_a_missing_recogniser_gives_one_warning_and_the_embedded_transcript(
    monkeypatch: pytest.MonkeyPatch,
    tiny_model: V25Model,
    tiny_checkpoint: Path,
    name: str,
    sound: Sound,
) -> None:
    model = model_with(monkeypatch, tiny_checkpoint, name)
    messages, made = warned(model, sound, times=2)
    assert len(messages) == 1
    assert name in messages[0]
    assert messages[0].endswith("the embedded speech encoder writes the transcript.")
    expected = tiny_model.generate(audio=sound, max_length=3, seed=1)
    for one in made:
        assert (one.listener, one.transcript) == (EMBEDDED, expected.transcript)
        assert one.text == expected.text
    assert "listen" not in made[1].latency.stages  # lost: not tried again


def test_a_folder_without_a_recogniser_gives_one_warning_too(
    monkeypatch: pytest.MonkeyPatch, tiny_checkpoint: Path, ctc: Path, sound: Sound, tmp_path: Path
) -> None:
    broken = tmp_path / "broken"
    shutil.copytree(ctc, broken)
    (broken / "model.safetensors").write_bytes(b"nothing of the kind")
    for folder in (broken, tiny_checkpoint):
        messages, made = warned(model_with(monkeypatch, tiny_checkpoint, folder), sound, times=2)
        assert len(messages) == 1
        assert {one.listener for one in made} == {EMBEDDED}


def test_a_failure_amid_a_recording_falls_back_for_that_recording_alone(
    monkeypatch: pytest.MonkeyPatch, tiny_checkpoint: Path, ctc: Path, sound: Sound
) -> None:
    model = model_with(monkeypatch, tiny_checkpoint, ctc)
    assert quietly(model, audio=sound).listener == ctc.name
    recogniser, trouble = model._recogniser, [True]
    heard = recogniser._pipeline

    def shaky(given: dict[str, object]) -> dict[str, str]:
        if trouble[0]:
            raise RuntimeError("out of memory\nand a long story")
        return heard(given)

    recogniser._pipeline = shaky
    messages, made = warned(model, sound, times=2)
    assert len(messages) == 1
    assert "(RuntimeError: out of memory)" in messages[0]
    assert {one.listener for one in made} == {EMBEDDED}
    trouble[0] = False
    assert quietly(model, audio=sound).listener == ctc.name


def test_a_recogniser_in_the_hub_s_cache_needs_no_hub(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, ctc: Path, sound: Sound
) -> None:
    """Laid out as huggingface_hub keeps it; asking the Hub would fail the test."""
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_CACHE", str(tmp_path))
    repository = tmp_path / "models--someone--listener"
    (repository / "refs").mkdir(parents=True)
    (repository / "refs" / "main").write_text("0" * 40)
    shutil.copytree(ctc, repository / "snapshots" / ("0" * 40))
    monkeypatch.setattr(
        "huggingface_hub.HfApi.model_info", lambda *_, **__: pytest.fail("asked the Hub")
    )
    recogniser = Recogniser("someone/listener", CPU)
    heard = recogniser.transcribe(sound[1] - sound[1].mean(), sound[0])
    assert heard == " ".join(direct(ctc, sound).split()).lower()
    assert recogniser.name == "someone/listener"


def test_a_cache_that_holds_a_part_only_asks_the_hub(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, ctc: Path, sound: Sound
) -> None:
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_CACHE", str(tmp_path))
    snapshot = tmp_path / "models--someone--half" / "snapshots" / ("0" * 40)
    snapshot.mkdir(parents=True)
    (tmp_path / "models--someone--half" / "refs").mkdir()
    (tmp_path / "models--someone--half" / "refs" / "main").write_text("0" * 40)
    shutil.copy(ctc / "config.json", snapshot)
    asked: list[str] = []
    monkeypatch.setattr(
        "huggingface_hub.HfApi.model_info", lambda self, name, **_: asked.append(name)
    )
    really = listening._open
    monkeypatch.setattr(
        listening, "_open", lambda s, d: really(str(ctc) if s == "someone/half" else s, d)
    )
    assert Recogniser("someone/half", CPU).transcribe(sound[1], sound[0])
    assert asked == ["someone/half"]


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ("  WRITE\n THREE ", "write three"),
        ("Write 3, please!", "Write 3, please!"),
        ("给T恤写文案", "给T恤写文案"),
        ("", ""),
    ],
)
def test_capitals_that_say_nothing_become_small(said: str, read: str) -> None:
    assert listening._tidy(said) == read


def test_a_recogniser_s_name_is_no_path(ctc: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert Recogniser(str(ctc), CPU).name == "tiny-wav2vec2"
    monkeypatch.chdir(ctc)
    assert Recogniser(".", CPU).name == "tiny-wav2vec2"
    assert Recogniser("openai/whisper-base", CPU).name == "openai/whisper-base"


def test_importing_it_imports_no_pipeline() -> None:
    code = "import sys, v25.listening; sys.exit('transformers' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
