"""Claims about inputs that are read as they come: what was fed in pieces is what the whole is."""

import threading
from pathlib import Path

import numpy as np
import pytest
import soundfile
import torch
from parts import key_of

from v25.api import V25Model
from v25.live import BLOCK, TOLERANCE, Ear, Level, LiveSound
from v25.media import normalise, read_sound
from v25.resampling import Resampler, resample
from v25.schema import Request

EXAMPLES = Path(__file__).parents[1] / "assets" / "examples"
CLOSE = 0.01
"""Frames have a standard deviation near 2; this much they may differ from the plain form's."""
RATES = (8000, 11_025, 12_345, 22_050, 44_100, 48_000, 96_000)


@pytest.fixture(scope="module")
def base() -> V25Model:
    return V25Model(device="cpu")


def fed(model: V25Model, rate: int, samples: np.ndarray, seconds: float) -> LiveSound:
    live, step = model.listen(), max(1, int(seconds * rate))
    for start in range(0, len(samples), step):
        live.feed(rate, samples[start : start + step])
    return live


@torch.inference_mode()
def plain_frames(model: V25Model, rate: int, samples: np.ndarray) -> torch.Tensor:
    sound = model.processor.read_audio((rate, samples)).samples
    waveform = torch.from_numpy(normalise(sound))[None]
    return model.network.speech.frames(waveform, torch.tensor([len(sound)]))[0]


@torch.inference_mode()
def transcript(model: V25Model, frames: torch.Tensor) -> str:
    logits = model.network.speech.transcribe(frames)[0]
    return model.processor.transcript(logits.log_softmax(-1).numpy())


def shifted(sound: tuple[int, np.ndarray], to: int) -> np.ndarray:
    return resample(sound[1], sound[0], to)


# --- the recording ---------------------------------------------------------------------------


@pytest.mark.parametrize("rate", RATES)
@pytest.mark.parametrize("seconds", [0.001, 0.02, 0.25])
def test_pieces_resampled_are_the_whole_resampled(rate: int, seconds: float) -> None:
    samples = np.random.default_rng(rate).normal(0, 0.1, rate // 2).astype(np.float32)
    whole, pieces, step = resample(samples, rate, 16_000), Resampler(rate, 16_000), 1
    step = max(1, int(seconds * rate))
    made = [pieces.push(samples[at : at + step]) for at in range(0, len(samples), step)]
    joined = np.concatenate(made)
    assert len(whole) - len(joined) < 0.1 * 16_000  # the filter waits for what comes next
    np.testing.assert_allclose(joined, whole[: len(joined)], atol=1e-6)


@pytest.mark.parametrize("name", ["fun-hat", "sweet-apples"])
@pytest.mark.parametrize("seconds", [0.02, 0.25, 1.0])
def test_a_real_recording_in_pieces_is_heard_as_the_whole(
    base: V25Model, name: str, seconds: float
) -> None:
    samples, rate = soundfile.read(EXAMPLES / f"{name}.flac", dtype="float32")
    plain = plain_frames(base, rate, samples)
    live = fed(base, rate, samples, seconds)
    frames = live.heard().frames()
    assert frames.shape == plain.shape
    assert (frames - plain).abs().max() < CLOSE
    assert transcript(base, frames) == transcript(base, plain) != ""


@pytest.mark.parametrize("name", ["live-bananas", "three-styles"])
def test_a_microphone_of_another_rate_in_stereo_and_whole_numbers_is_heard_alike(
    base: V25Model, name: str
) -> None:
    sound = soundfile.read(EXAMPLES / f"{name}.flac", dtype="float32")[::-1]
    samples = shifted(sound, 48_000)
    loud = (np.stack((samples, samples), 1) * 32_767).astype(np.int16)
    plain = plain_frames(base, 48_000, loud)
    frames = fed(base, 48_000, loud, 0.25).heard().frames()
    assert (frames - plain).abs().max() < CLOSE
    assert transcript(base, frames) == transcript(base, plain)


def test_what_a_steady_sound_has_encoded_is_kept(base: V25Model, monkeypatch) -> None:
    tone = np.random.default_rng(7).normal(0, 0.1, 4000)
    samples = np.tile(tone - tone.mean(), 12).astype(np.float32)
    live = fed(base, 16_000, samples[:-4000], 0.25)
    encoded: list[int] = []
    plain = Ear.encode

    def counted(ear, waveform, indices, level):
        encoded.extend(indices)
        return plain(ear, waveform, indices, level)

    monkeypatch.setattr(Ear, "encode", counted)
    live.feed(16_000, samples[-4000:])
    frames = live.heard().frames()
    assert (frames - plain_frames(base, 16_000, samples)).abs().max() < CLOSE
    assert len(set(encoded)) < 0.25 * frames.shape[1] / BLOCK


def test_what_is_fed_in_between_is_encoded_again_when_the_level_moves(base: V25Model) -> None:
    """A whisper first, then a shout with an offset: both levels are far from the last one."""
    rng = np.random.default_rng(3)
    samples = np.concatenate((rng.normal(0, 0.003, 16_000), 0.3 + rng.normal(0, 0.3, 16_000)))
    frames = fed(base, 16_000, samples.astype(np.float32), 0.1).heard().frames()
    plain = plain_frames(base, 16_000, samples.astype(np.float32))
    assert (frames - plain).abs().max() < CLOSE


def test_a_sound_beyond_full_scale_counts_as_it_would_in_whole(base: V25Model, sound) -> None:
    rate, samples = sound
    frames = fed(base, rate, 40 * samples, 0.1).heard().frames()
    assert (frames - plain_frames(base, rate, 40 * samples)).abs().max() < CLOSE


def test_a_block_is_stale_once_its_level_is_another(tiny_model: V25Model, sound) -> None:
    ear, level = Ear(tiny_model.network), Level.of(0.0, 0.01, 1.0)
    (block,) = ear.encode(sound[1], [3], level)
    assert not ear.stale(block, level)
    assert ear.stale(block, Level(level.mean + 0.1, level.scale))
    quiet = type(block)(level, 0.0, block.features)
    assert ear.stale(quiet, Level(0.0, level.scale * 1.1))
    assert not ear.stale(quiet, Level(0.0, level.scale * (1 + TOLERANCE / 10)))
    assert ear.stale(quiet, level, ripple=1.0)


# --- the calls -------------------------------------------------------------------------------


def test_generate_takes_a_live_sound_as_it_takes_a_recording(base: V25Model, photo) -> None:
    path = EXAMPLES / "three-styles.flac"
    samples, rate = soundfile.read(path, dtype="float32")
    settings = {"temperature": 0, "max_length": 12}
    plain = base.generate(image=photo, audio=(rate, samples), **settings)
    live = fed(base, rate, samples, 0.25)
    answer = base.generate(image=base.look(photo), audio=live, **settings)
    assert answer.transcript == plain.transcript
    assert answer.text == plain.text
    assert answer.media.seconds == plain.media.seconds
    assert answer.perception[0].probability == pytest.approx(plain.perception[0].probability)
    assert np.array_equal(answer.media.spectrogram, plain.media.spectrogram)
    assert "speech" in answer.latency.stages


def test_a_batch_mixes_live_and_plain_inputs(tiny_model: V25Model, sound, photo) -> None:
    rate, samples = sound
    other = (rate, samples[:9000])
    live = fed(tiny_model, rate, samples, 0.1)
    looked = tiny_model.look(photo)
    settings = {"max_length": 5, "temperature": 0}

    def written(audio, other_audio, image):
        requests = [
            Request(audio=audio, **settings),
            Request(audio=other_audio, image=image, **settings),
            Request("words", image=photo[:100], **settings),
            Request("words", audio=audio, image=image, **settings),
        ]
        return tiny_model.generate_batch(requests)

    plain, fresh = written(sound, other, photo), written(live, other, looked)
    assert [a.text for a in fresh] == [a.text for a in plain]
    assert [a.transcript for a in fresh] == [a.transcript for a in plain]
    for one, two in zip(fresh, plain, strict=True):
        np.testing.assert_allclose(one.trace.gates, two.trace.gates, atol=1e-3)


def test_another_precision_reads_the_inputs_for_itself(tiny_model: V25Model, sound, photo) -> None:
    live, looked = fed(tiny_model, *sound, 0.1), tiny_model.look(photo)
    other = tiny_model.with_precision("bf16")
    settings = {"max_length": 3, "temperature": 0}
    plain = other.generate(audio=sound, image=photo, **settings)
    answer = other.generate(audio=live, image=looked, **settings)
    assert (answer.text, answer.transcript) == (plain.text, plain.transcript)
    with other.listen() as own:
        own.feed(*sound)
        assert other.generate(audio=own, **settings).transcript is not None


def test_feeding_may_go_on_after_an_answer(tiny_model: V25Model, sound) -> None:
    rate, samples = sound
    with tiny_model.listen() as live:
        live.feed(rate, samples[:8000])
        first = tiny_model.generate(audio=live, max_length=1)
        live.feed(rate, samples[8000:])
        second = tiny_model.generate(audio=live, max_length=1)
    assert (first.media.seconds, second.media.seconds) == (0.5, 1.5)


def test_the_first_words_are_there_before_the_last(base: V25Model) -> None:
    samples, rate = soundfile.read(EXAMPLES / "fun-hat.flac", dtype="float32")
    live = fed(base, rate, samples[: 2 * rate], 0.25)
    assert live.seconds == 2.0
    early = live.transcript
    assert early.startswith("write two")
    live.feed(rate, samples[2 * rate :])
    assert live.transcript.startswith(early[:8])
    assert len(live.transcript) > len(early)


def test_two_recordings_at_once_never_mix(base: V25Model) -> None:
    names = ("fun-hat", "three-styles")
    sounds = [soundfile.read(EXAMPLES / f"{name}.flac", dtype="float32")[0] for name in names]
    lives: list[LiveSound | None] = [None, None]

    def speak(index: int) -> None:
        lives[index] = fed(base, 16_000, sounds[index], 0.1)

    threads = [threading.Thread(target=speak, args=(index,)) for index in (0, 1)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for live, samples in zip(lives, sounds, strict=True):
        assert (live.heard().frames() - plain_frames(base, 16_000, samples)).abs().max() < CLOSE


def test_a_finished_recording_has_nothing_left_to_encode(base, monkeypatch) -> None:
    samples, rate = soundfile.read(EXAMPLES / "fun-hat.flac", dtype="float32")
    plain = transcript(base, plain_frames(base, rate, samples))
    live = fed(base, rate, samples, 0.25)
    live.finish()

    def refused(*given):
        raise AssertionError("it was encoded already")

    monkeypatch.setattr(base.network.speech, "contextual", refused)
    monkeypatch.setattr(base.network.speech, "features", refused)
    answer = base.generate(audio=live, max_length=1)
    assert answer.transcript == live.transcript == plain


# --- what can be wrong -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("samples", "key"),
    [
        (np.zeros(0, np.float32), "audio_empty"),
        (np.full(1000, 0.1, np.float32), "audio_empty"),
        (np.zeros(16_000, np.float32), "audio_silent"),
        (np.full(16_000, 5e-4, np.float32), "audio_silent"),
    ],
)
def test_a_recording_that_a_whole_one_could_not_be_is_refused(tiny_model, samples, key) -> None:
    live = fed(tiny_model, 16_000, samples, 0.1)
    assert key_of(lambda: tiny_model.generate(audio=live)) == key
    assert live.transcript == ""


def test_too_long_a_recording_says_how_long_and_keeps_its_beginning(tiny_model, sound) -> None:
    rate, samples = sound
    live = tiny_model.listen()
    for _ in range(21):
        live.feed(rate, samples)
    assert live.seconds == 31.5
    assert key_of(lambda: tiny_model.generate(audio=live)) == "audio_too_long"
    assert sum(map(len, live._given)) == 30 * rate


@pytest.mark.parametrize(
    "bad",
    [
        (16_000, np.zeros((2, 2, 2))),
        (16_000, np.array([0.1, np.nan])),
        (16_000, "sound"),
        (0, np.zeros(10)),
        (True, np.zeros(10)),
        (8000, np.zeros(10)),
    ],
    ids=["shape", "not finite", "letters", "no rate", "no number", "another rate"],
)
def test_a_bad_piece_is_refused_and_what_was_said_stays(tiny_model, sound, bad) -> None:
    live = fed(tiny_model, *sound, 0.25)
    assert key_of(lambda: live.feed(*bad)) == "audio_unreadable"
    assert live.seconds == 1.5
    tiny_model.generate(audio=live, max_length=1)


def test_a_closed_recording_is_empty_and_takes_no_more(tiny_model, sound) -> None:
    live = fed(tiny_model, *sound, 0.25)
    live.close()
    live.feed(*sound)
    assert live.seconds == 0.0
    assert key_of(lambda: tiny_model.generate(audio=live)) == "audio_empty"


def test_a_bad_photo_is_refused_when_it_arrives(tiny_model, tmp_path) -> None:
    assert key_of(lambda: tiny_model.look(tmp_path / "none.jpg")) == "image_missing"


# --- before the first request ----------------------------------------------------------------


def test_the_language_model_is_made_when_listening_begins(base, monkeypatch) -> None:
    asked, made = [], threading.Event()

    def model(path):
        asked.append(path)
        made.set()

    monkeypatch.setattr("v25.processing.command_model", model)
    base.listen()
    assert made.wait(10)
    assert asked == [base.processor.commands]


def test_warming_up_leaves_nothing_behind_and_needs_no_list(tiny_model, sound) -> None:
    before = tiny_model.generate(audio=sound, max_length=3, seed=1)
    tiny_model.warm_up()
    assert tiny_model.generate(audio=sound, max_length=3, seed=1).text == before.text


def test_an_unread_sound_reads_the_same(sound) -> None:
    read = read_sound(sound, 16_000, 30)
    assert read_sound(read, 16_000, 30) is read
