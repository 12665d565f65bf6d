"""Speech reaches the engine while it is spoken; where that fails, the recorder's file counts."""

from __future__ import annotations

import base64
import json
import re
import wave
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from driving import TONE, expect, wait_until_drawn
from fake_engine import FakeModel

from v25.schema import V25Error
from v25.ui.microphone import Microphone, claim, ready
from v25.ui.session import Asked, Session

REQUEST = Asked(None, None, None, 10, "fp32", 0.7, 200, seed=7)


class FakeLive:
    """A recording that remembers what it was fed."""

    def __init__(self) -> None:
        self.pieces: list[np.ndarray] = []
        self.rate, self.finished = 0, False

    @property
    def seconds(self) -> float:
        return sum(map(len, self.pieces)) / max(1, self.rate)

    @property
    def transcript(self) -> str:
        return f"<b>{len(self.pieces)} pieces</b>"

    def feed(self, rate: int, samples: np.ndarray) -> None:
        if rate < 1:
            raise V25Error("audio_unreadable", "No such rate.")
        self.rate = rate
        self.pieces.append(samples)

    def finish(self) -> None:
        self.finished = True


class HearingModel(FakeModel):
    """An engine that listens and looks before it is asked."""

    def __init__(self) -> None:
        super().__init__(pause=0.01)
        self.lives: list[FakeLive] = []
        self.looks: list[str] = []
        self.given: list[tuple] = []

    def with_precision(self, name: str) -> FakeModel:
        return self

    def listen(self) -> FakeLive:
        self.lives.append(FakeLive())
        return self.lives[-1]

    def look(self, image: str) -> tuple[str, str]:
        self.looks.append(image)
        if image == "bad":
            raise V25Error("image_unreadable", "It cannot be read.")
        return "looked at", image

    def stream(self, text=None, image=None, audio=None, **settings):
        self.given.append((image, audio))
        image = image[1] if isinstance(image, tuple) else image
        heard = isinstance(audio, FakeLive)
        return super().stream(text or "spoken", image, None if heard or text else audio, **settings)


@pytest.fixture
def model() -> HearingModel:
    return HearingModel()


@pytest.fixture
def session() -> Session:
    return Session(key="k" * 32)


@pytest.fixture
def microphone(model: HearingModel, session: Session) -> Microphone:
    return Microphone(model, {session.key: session})


def piece(session: Session, start: int = 0, count: int = 4000, last: bool = False, **more) -> str:
    samples = base64.b64encode(np.arange(count, dtype="<i2").tobytes()).decode()
    given = {"key": session.key, "take": "a", "start": start, "rate": 16_000, "last": last}
    return json.dumps({**given, "samples": samples, **more})


def said(microphone: Microphone, asked: str) -> dict:
    return json.loads(microphone.answer(asked))


def written(path: Path, seconds: float) -> str:
    with wave.open(str(path), "wb") as file:
        file.setparams((1, 2, 16_000, 0, "NONE", ""))
        file.writeframes(np.zeros(int(seconds * 16_000), np.int16).tobytes())
    return str(path)


# --- pieces ----------------------------------------------------------------------------------


def test_pieces_are_fed_in_order_and_the_last_one_finishes(microphone, model, session):
    assert said(microphone, piece(session)) == {"said": ""}  # too little for a transcript
    assert not session.take.whole.is_set()
    assert said(microphone, piece(session, 4000, 100, last=True)) == {"said": "<b>2 pieces</b>"}
    (live,) = model.lives
    np.testing.assert_array_equal(live.pieces[1], np.arange(100))
    assert live.finished
    assert session.take.whole.is_set()


@pytest.mark.parametrize(
    "wrong",
    [
        {"start": 5000},
        {"start": 0},
        {"take": "b", "start": 4000},
        {"rate": 0, "start": 4000},
        {"samples": "?", "start": 4000},
        {"samples": "AAAA", "start": 4000},
        {"start": None},
    ],
    ids=["a gap", "twice", "another take", "no rate", "no base64", "half a sample", "no place"],
)
def test_a_piece_that_does_not_follow_is_refused_and_changes_nothing(microphone, session, wrong):
    microphone.answer(piece(session))
    given = {**json.loads(piece(session)), **wrong}
    assert said(microphone, json.dumps(given)) == {"error": "unknown"}
    assert session.take.live.seconds == 0.25


@pytest.mark.parametrize("asked", ["", "[]", "{}", "no json", "x" * 5_000_000])
def test_what_is_no_piece_is_refused(microphone, asked):
    assert "error" in said(microphone, asked)


def test_only_the_key_of_a_session_reaches_its_recording(microphone, model, session):
    assert said(microphone, piece(Session(key="guess"))) == {"error": "gone"}
    assert said(microphone, piece(Session(key=""))) == {"error": "gone"}
    microphone.sessions[""] = Session(key="")
    assert said(microphone, piece(Session(key=""))) == {"error": "gone"}
    assert model.lives == []


def test_two_people_never_mix(model, session):
    other = Session(key="o" * 32)
    microphone = Microphone(model, {session.key: session, other.key: other})
    for who in (session, other):
        microphone.answer(piece(who))
    microphone.answer(piece(other, 4000))
    assert (session.take.live.seconds, other.take.live.seconds) == (0.25, 0.5)


def test_leaving_lets_go_of_recording_and_photo(microphone, session, photo):
    microphone.answer(piece(session))
    microphone.look(session, photo)
    session.forget()
    assert session.take is session.looked is None
    assert said(microphone, piece(session, 4000)) == {"error": "gone"}


# --- requests --------------------------------------------------------------------------------


def test_a_request_takes_the_recording_that_was_sent(microphone, session, tmp_path):
    microphone.answer(piece(session, 0, 32_000, last=True))
    voice = written(tmp_path / "a.wav", 2.1)
    for _ in range(2):  # and takes it again when it is run again
        assert ready(session, replace(REQUEST, audio=voice)) == (None, session.take.live)
    other = written(tmp_path / "b.wav", 2.1)
    assert ready(session, replace(REQUEST, audio=other)) == (None, other)


@pytest.mark.parametrize("seconds", [0.5, 4.0])
def test_a_recording_that_came_in_part_is_not_taken(microphone, session, tmp_path, seconds):
    microphone.answer(piece(session, 0, 32_000, last=True))
    voice = written(tmp_path / "a.wav", seconds)
    assert ready(session, replace(REQUEST, audio=voice)) == (None, voice)


def test_a_recording_without_its_end_is_not_taken(microphone, session, tmp_path, monkeypatch):
    monkeypatch.setattr("v25.ui.microphone.PATIENCE", 0.01)
    microphone.answer(piece(session, 0, 32_000))
    voice = written(tmp_path / "a.wav", 2.0)
    assert ready(session, replace(REQUEST, audio=voice)) == (None, voice)


def test_an_uploaded_sound_of_another_kind_is_read_from_its_file(microphone, session, tmp_path):
    microphone.answer(piece(session, 0, 32_000, last=True))
    path = tmp_path / "a.ogg"
    path.write_bytes(b"OggS")
    claim(session, str(path))
    assert ready(session, replace(REQUEST, audio=str(path))) == (None, str(path))


def test_a_photo_is_looked_at_once_and_a_bad_one_is_left_to_the_request(microphone, session, photo):
    microphone.look(session, photo)
    assert ready(session, replace(REQUEST, image=photo)) == (("looked at", photo), None)
    assert ready(session, replace(REQUEST, image="other")) == ("other", None)
    microphone.look(session, "bad")
    assert ready(session, replace(REQUEST, image="bad")) == ("bad", None)
    microphone.look(session, None)
    assert session.looked is None


def test_an_engine_that_cannot_listen_is_asked_for_files_alone(session, photo):
    microphone = Microphone(FakeModel(), {session.key: session})
    microphone.look(session, photo)
    assert not json.loads(microphone.value(session))["on"]
    assert ready(session, replace(REQUEST, image=photo)) == (photo, None)


# --- in a browser ----------------------------------------------------------------------------


@pytest.fixture(scope="module")
def hearing() -> HearingModel:
    return HearingModel()


@pytest.fixture(scope="module")
def place(hearing, examples):
    from v25.ui import build_demo, launch_settings

    demo = build_demo(hearing, examples)
    _, url, _ = demo.launch(prevent_thread_lock=True, quiet=True, **launch_settings(examples))
    yield url
    demo.close()


def record(page, ms: int) -> None:
    voice = page.locator("#voice")
    voice.get_by_role("button", name="Record", exact=True).click()
    expect(page.locator("#run")).to_contain_text("Recording")
    page.wait_for_timeout(ms)
    voice.get_by_role("button", name="Stop", exact=True).first.click()
    expect(page.locator("#run")).to_be_enabled()
    page.wait_for_selector("#voice audio, #voice #waveform", state="attached")


def test_speech_is_heard_while_it_is_spoken_and_the_request_takes_it(
    visit_at, place, hearing, photo
):
    page = visit_at(place)
    page.locator("#photo input[type=file]").set_input_files(photo)
    page.wait_for_selector("#photo img")
    page.locator("#voice").get_by_role("button", name="Record", exact=True).click()
    heard = page.locator("#microphone .v-ear")
    expect(heard).to_contain_text("Heard so far:")
    expect(heard).to_contain_text(re.compile(r"<b>([4-9]|\d\d+) pieces</b>"))  # as text
    assert not hearing.lives[-1].finished
    page.locator("#voice").get_by_role("button", name="Stop", exact=True).first.click()
    expect(page.locator("#run")).to_be_enabled()
    page.wait_for_timeout(500)
    page.locator("#run").click()
    wait_until_drawn(page)
    image, live = hearing.given[-1]
    assert image[0] == "looked at"
    assert live is hearing.lives[-1]
    samples = np.concatenate(live.pieces) / 32767
    assert abs(np.argmax(np.abs(np.fft.rfft(samples))) * live.rate / len(samples) - TONE) < 5
    page.get_by_text("中文", exact=True).click()
    expect(heard).to_contain_text("已听到")
    page.locator("#clear").click()
    expect(heard).to_be_hidden()


def test_without_the_pieces_the_recorders_file_counts(visit_at, place, hearing):
    page = visit_at(place)
    page.route(re.compile("component_server"), lambda route: route.abort())
    before = len(hearing.lives)
    record(page, 1200)
    page.wait_for_timeout(500)
    page.locator("#run").click()
    wait_until_drawn(page)
    assert len(hearing.lives) == before
    _, voice = hearing.given[-1]
    assert Path(voice).suffix == ".wav"
