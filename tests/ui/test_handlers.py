"""Actions that cannot be done get one clear sentence each, and cost nothing."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from fake_engine import FakeModel

from v25.schema import Generation
from v25.ui import handlers
from v25.ui.handlers import Page
from v25.ui.session import Asked, Session
from v25.ui.words import LANGUAGES, problem

REQUEST = Asked("a shirt", None, None, 10, "fp32", 0.7, 200, seed=7)
DIALS = (6, "int8", 0.2, 60)


class Show:
    """Stands for the components: says which parts of them an event renews."""

    def __init__(self) -> None:
        self.parts = SimpleNamespace(session="session", file="file", remembered="remembered")
        self.explorer = SimpleNamespace(sessions={})
        self.explorer.register = lambda session: self.explorer.sessions.update(
            {session.key: session}
        )

    def __getattr__(self, name: str):
        return lambda session, *more: {name: True}


@pytest.fixture
def page() -> Page:
    return Page(FakeModel(pause=0.0), Show(), ())


@pytest.fixture
def session() -> Session:
    return Session(key="k" * 32)


def visitor(name: str = "visitor") -> SimpleNamespace:
    return SimpleNamespace(session_hash=name, headers={})


def act(page: Page, session: Session, **data) -> dict:
    return page.act_below(session, "en", SimpleNamespace(_data=data), visitor())


def told(session: Session) -> str:
    key, values = session.problem
    sentences = {problem(key, language, values) for language in LANGUAGES}
    assert len(sentences) == 2
    return problem(key, "en", values)


def test_nothing_was_run_yet(page, session):
    act(page, session, action="rerun", gates=[[0, 0, 0]])
    assert "nothing to run again" in told(session)
    assert not session.busy
    act(page, session, action="pin")
    assert session.problem == ("nothing_to_keep", {})
    assert session.pinned is None


def test_another_request_is_running(page, session):
    session.begin(REQUEST)
    for action in ("rerun", "pin", "unpin"):
        act(page, session, action=action)
        assert "still running" in told(session)
    page.open_recording(session, "en", "run.npz", visitor())
    assert "still running" in told(session)
    assert session.wanted == REQUEST
    assert session.pending


def test_the_session_expired(page):
    session = Session()
    renewed = act(page, session, action="rerun", gates=[])
    assert "idle for long" in told(session)
    assert renewed["attention"]  # the explorer learns the new key
    assert len(session.key) >= 32
    assert page.show.explorer.sessions[session.key] is session
    session = Session()
    (renewed,) = page.saver("npz")(session, "en", visitor())
    assert "idle for long" in told(session)
    assert renewed["file"] is None


def test_there_is_no_result_to_save(page, session):
    (renewed,) = page.saver("json")(session, "en", visitor())
    assert "no result to save" in told(session)
    assert renewed["file"] is None


def test_a_recording_holds_no_inputs_to_run_again(page, session):
    session.open_recording(Generation("copy"))
    act(page, session, action="rerun", gates=[])
    assert "holds no original inputs" in told(session)
    assert session.generation.text == "copy"


def test_gates_that_are_none_are_refused(page, session):
    session.generation, session.asked = Generation("copy"), REQUEST
    act(page, session, action="rerun", gates=[["x"]])
    assert "forced gates cannot be read" in told(session)
    assert not session.busy


def test_a_rerun_keeps_the_request_and_a_repeat_takes_the_dials_of_now(page, session):
    session.generation, session.asked = Generation("copy"), REQUEST
    act(page, session, action="rerun", gates=[[1, 2, 0.5]])
    wanted = session.wanted
    assert wanted.gates == {(1, 2): 0.5}
    assert (wanted.inputs, wanted.seed, wanted.heads) == (REQUEST.inputs, 7, 10)
    session.end()
    event = SimpleNamespace(_data={"action": "again"})
    page.act_beside(session, "en", *DIALS, event, visitor())
    wanted = session.wanted
    assert (wanted.heads, wanted.precision, wanted.temperature, wanted.length) == DIALS
    assert (wanted.inputs, wanted.seed, wanted.gates) == (REQUEST.inputs, 7, {})


def test_a_failure_inside_saving_is_no_secret_and_one_sentence(page, session, monkeypatch):
    def broken(*given):
        raise RuntimeError("secret detail")

    monkeypatch.setattr(handlers, "write_recording", broken)
    (renewed,) = page.saver("npz")(session, "en", visitor())
    assert session.problem == ("general", {})
    assert renewed["file"] is None


def test_leaving_lets_go_of_the_session_and_its_key(page, session):
    key = session.key
    page.switch(session, "zh", visitor())
    session.generation = session.pinned = Generation("copy")
    page.leave(visitor("somebody else"))
    assert session.generation is not None
    page.leave(visitor())
    assert session.generation is session.pinned is None
    assert key not in page.show.explorer.sessions


def test_a_refresh_shows_all_that_an_older_answer_may_have_overwritten(page, session):
    assert set(page.refresh(session)) == {"controls", "results", "attention"}
