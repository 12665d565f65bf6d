"""What is read before anybody presses the button: speech while it is spoken, a photo at once.

The browser's part (`microphone.js`) taps the microphone of the page's recorder and sends what it
hears in pieces. Whatever fails there or here costs nothing: then the recorder's file is read.
"""

from __future__ import annotations

import base64
import binascii
import json
import logging
import threading
import wave
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import gradio as gr
import numpy as np

from v25.schema import V25Error
from v25.ui.session import Asked, Session
from v25.ui.words import say

_SCRIPT = Path(__file__).parent / "microphone.js"
MOST_CHARACTERS = 4_000_000
"""Of one piece as it is sent: over a minute of sound."""
OFTEN = 0.5
"""Seconds of sound from one transcript of what was said so far to the next."""
APART = 0.4
"""Seconds that the recorder's file and what was sent of the same recording may differ by."""
PATIENCE = 1.0
"""Seconds that a request waits for the last piece of its recording."""
_log = logging.getLogger(__name__)


@dataclass(eq=False)
class Take:
    """A recording that the browser sends.

    Attributes:
        name: given by the browser.
        live: what the engine's `listen` gave.
        count: samples that came.
        whole: set with the last piece.
        file: the recorder's own, once a request has come with it.
        said: the transcript so far.
        heard: samples that it is of.
    """

    name: str
    live: Any
    count: int = 0
    whole: threading.Event = field(default_factory=threading.Event)
    file: str | None = None
    said: str = ""
    heard: int = 0


class Microphone:
    """The microphone of one page, for all its visitors.

    Args:
        model: asked for `listen` and `look`, where it has them.
        sessions: by key, as `Explorer.sessions`.
    """

    def __init__(self, model: Any, sessions: Mapping[str, Session]) -> None:
        self.model, self.sessions = model, sessions

    def component(self) -> gr.HTML:
        """Shows what was heard so far; call inside `gr.Blocks`."""

        def hear(asked: str) -> str:
            """What the browser's `server.hear` calls."""
            return self.answer(asked)

        return gr.HTML(
            "",
            html_template='<p class="v-ear" hidden><span></span> <q></q></p>',
            js_on_load=_script(),
            server_functions=[hear],
            elem_id="microphone",
        )

    def value(self, session: Session) -> str:
        """What the component is given whenever a visit begins or the language changed."""
        told = {"key": session.key, "on": hasattr(self.model, "listen")}
        return json.dumps({**told, "label": say("hearing", session.language)}, ensure_ascii=False)

    def answer(self, asked: str) -> str:
        """Takes a piece of somebody's recording; JSON of what was heard so far, or an error.

        Args:
            asked: `{"key", "take", "start", "rate", "samples", "last"}` as JSON, from anybody's
                browser: samples are 16-bit, base64; `start` counts those before.
        """
        try:
            given = json.loads(asked) if len(asked) <= MOST_CHARACTERS else {"key": ""}
            session = self.sessions.get(given["key"])
            if session is None or session.key != given["key"] or not session.key:
                return json.dumps({"error": "gone"})
            return json.dumps({"said": self._hear(session, given)}, ensure_ascii=False)
        except (ValueError, KeyError, TypeError, AttributeError, binascii.Error):
            _log.info("a piece of a recording that cannot be", exc_info=True)
            return json.dumps({"error": "unknown"})

    def _hear(self, session: Session, given: Mapping[str, Any]) -> str:
        samples = np.frombuffer(base64.b64decode(given["samples"], validate=True), "<i2")
        take, start = session.take, int(given["start"])
        if start == 0 and (take is None or take.name != given["take"]):
            take = session.take = Take(str(given["take"]), self.model.listen())
        if take is None or take.name != given["take"] or take.count != start or take.whole.is_set():
            raise ValueError("it does not follow what came before")
        if len(samples):
            take.live.feed(int(given["rate"]), samples)
        take.count += len(samples)
        if given["last"]:
            take.whole.set()
            with suppress(V25Error):  # the request will say so
                take.live.finish()
        if given["last"] or take.count - take.heard >= OFTEN * int(given["rate"]):
            take.said, take.heard = take.live.transcript, take.count
        return take.said

    def look(self, session: Session, photo: str | None) -> None:
        """A photo arrived, or went."""
        session.looked = None
        if photo and hasattr(self.model, "look"):
            try:
                session.looked = photo, self.model.look(photo)
            except V25Error:  # the request will say so
                return
            except Exception:
                _log.exception("a photo cannot be looked at")


@cache
def _script() -> str:
    return _SCRIPT.read_text(encoding="utf-8")


def claim(session: Session, voice: str | None) -> None:
    """A request comes with the file `voice`: is it the recording that was sent?"""
    take = session.take
    if voice and take is not None and take.file is None:
        take.file = voice if _alike(take, voice) else ""


def _alike(take: Take, voice: str) -> bool:
    """Whether they are as long as each other; waits for the last piece."""
    with suppress(OSError, EOFError, wave.Error), wave.open(voice) as file:
        seconds = file.getnframes() / file.getframerate()
        return take.whole.wait(PATIENCE) and abs(take.live.seconds - seconds) < APART
    return False


def ready(session: Session, wanted: Asked) -> tuple[Any, Any]:
    """Photo and sound of a request: what was read of them already, else their files."""
    photo, voice, take = wanted.image, wanted.audio, session.take
    if session.looked is not None and session.looked[0] == photo:
        photo = session.looked[1]
    claim(session, voice)
    if voice and take is not None and take.file == voice:
        voice = take.live
    return photo, voice
