"""What happens when a person does something: the page's events, over one model."""

from __future__ import annotations

import logging
import secrets
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import gradio as gr

import v25
from v25.schema import Generation, V25Error
from v25.ui import requests
from v25.ui.gallery import Example
from v25.ui.recordings import Kind, write_recording
from v25.ui.session import Session
from v25.ui.updates import Show, Updates
from v25.ui.words import LANGUAGES, Language, from_header

Dials = tuple[float, str, float, float]
_log = logging.getLogger(__name__)


class Page:
    """The events of the page.

    Args:
        model: the engine; only `stream`, `with_precision`, `head_effects`, `listen`, `look` (the
            last three where it has them) and its plain attributes are used.
        show: writes a session into the components.
        examples: ready-made requests.
        recording: a saved result that every visitor finds.
    """

    def __init__(
        self,
        model: Any,
        show: Show,
        examples: tuple[Example, ...],
        recording: Generation | None = None,
    ) -> None:
        self.model, self.show, self.examples = model, show, examples
        self.parts, self.recording = show.parts, recording
        self._open: dict[str, Session] = {}  # by session hash, to free a closed page's memory

    # --- a visit --------------------------------------------------------------------------

    def load(self, session: Session, remembered: str | None, request: gr.Request) -> Updates:
        """Greet a person in the language chosen before, else in the browser's."""
        known = remembered in LANGUAGES
        header = request.headers.get("accept-language")
        self._meet(session, remembered if known else from_header(header), request)
        if self.recording is not None:
            session.open_recording(self.recording)
        parts = self.parts
        return {
            **self.show.everything(session),
            parts.language: session.language,
            parts.session: session,
        }

    def _meet(self, session: Session, language: Language, request: gr.Request) -> bool:
        """Know the session by a key of its own; False when it is new or expired."""
        known = bool(session.key)
        session.language = language if language in LANGUAGES else "en"
        if not known:
            session.key = secrets.token_urlsafe(24)
        self.show.explorer.register(session)
        self._open[request.session_hash] = session
        return known

    def leave(self, request: gr.Request) -> None:
        """The page was closed: stop its work and free its attention, not an hour later."""
        session = self._open.pop(request.session_hash, None)
        if session is not None:
            self.show.explorer.sessions.pop(session.key, None)
            session.forget()

    def switch(self, session: Session, language: Language, request: gr.Request) -> Updates:
        """Say everything in the other language, results included."""
        self._meet(session, language, request)
        return {
            **self.show.everything(session),
            self.parts.remembered: session.language,
            self.parts.session: session,
        }

    def refresh(self, session: Session) -> Updates:
        """Show how things stand now.

        An answer that was made while the copy was written may reach the browser after its end,
        and would stay. So both ask once more: whichever answer comes last is a true one.
        """
        shown = (self.show.controls, self.show.results, self.show.attention)
        return {part: value for show in shown for part, value in show(session).items()}

    # --- a request ------------------------------------------------------------------------

    def begin(
        self,
        session: Session,
        language: Language,
        prompt: str,
        photo: str | None,
        voice: str | None,
        heads: float,
        precision: str,
        temperature: float,
        length: float,
        request: gr.Request,
    ) -> Updates:
        """Accept a request, or say at once what it lacks; runs outside the queue."""
        self._meet(session, language, request)
        if session.busy or session.recording:
            return self.show.controls(session)
        dials = (heads, precision, temperature, length)
        wanted = requests.asked(prompt, photo, voice, dials, session.new_seed())
        session.aside = False
        if wanted.inputs == (None, None, None):
            session.problem = ("no_input", {})
            return self.show.controls(session)
        session.begin(wanted)
        return {
            **self.show.controls(session),
            **self.show.results(session),
            self.parts.session: session,
        }

    def write(self, session: Session) -> Iterator[Updates]:
        """Stream the copy of the accepted request, then show its attention."""
        if not session.pending:  # it was refused, or the action was another one
            yield {self.parts.title: gr.skip()}  # what stands there may be newer than this event
            return
        if not session.stopping:
            with closing(requests.answer(self.model, session)) as steps:
                for step in steps:
                    yield self.show.step(session, step)
        yield {**self.show.finish(session), **self.show.attention(session)}

    def stop(self, session: Session) -> Updates:
        """Stop the work at once and keep the text; runs outside the queue."""
        if session.busy:
            session.stopping = True
            session.close_stream()
        return {self.parts.stop: gr.update(interactive=False)}

    def settle(self, session: Session) -> Updates:
        """After `write` failed; a request still pending then was refused by the full queue."""
        if not session.pending:
            return self.show.controls(session)
        if not session.stopping:
            session.fail("queue_full")
        return self.show.finish(session)

    # --- two results ----------------------------------------------------------------------

    def act_beside(
        self,
        session: Session,
        language: Language,
        heads: float,
        precision: str,
        temperature: float,
        length: float,
        event: gr.EventData,
        request: gr.Request,
    ) -> Updates:
        """A button beside the copy: keep, let go, or run again with the dials as they are."""
        dials = (heads, precision, temperature, length)
        return self._act(session, language, event._data, request, dials)

    def act_below(
        self, session: Session, language: Language, event: gr.EventData, request: gr.Request
    ) -> Updates:
        """What the explorer asks for: keep, let go, or run again with forced gates."""
        return self._act(session, language, event._data, request)

    def _act(
        self,
        session: Session,
        language: Language,
        data: Any,
        request: gr.Request,
        dials: Dials | None = None,
    ) -> Updates:
        session.aside = dials is None
        known = self._meet(session, language, request)
        try:
            if not known:
                raise V25Error("session_expired", "The session expired.")
            if data["action"] in ("rerun", "again"):
                self._repeat(session, data.get("gates", ()), dials)
            else:
                _keep(session, data["action"] == "pin")
        except V25Error as error:
            session.problem = (error.key, error.values)
        else:
            session.problem = None
        waits = session.pending and session.problem is None  # the explorer shows that it runs
        drawn = {} if waits else self.show.attention(session)
        return {
            **self.show.controls(session),
            **self.show.results(session),
            **drawn,
            self.parts.session: session,
        }

    def _repeat(self, session: Session, gates: Any, dials: Dials | None) -> None:
        """Accept the last request once more; the present result becomes A.

        Raises:
            V25Error: there is none, another is running, or the gates are unreadable.
        """
        if session.busy or session.recording:
            raise V25Error("still_busy", "A request is still running.")
        last = session.asked
        if last is None and session.generation is not None:
            raise V25Error("recording_has_no_inputs", "A recording cannot be run again.")
        if last is None:
            raise V25Error("nothing_to_repeat", "There is nothing to run again yet.")
        wanted = replace(last, gates=requests.forced(gates))
        if dials is not None:
            wanted = requests.asked(*last.inputs, dials, last.seed)
        session.begin(wanted, promote=True)

    # --- recordings -----------------------------------------------------------------------

    def saver(self, kind: Kind) -> Callable[..., Iterator[Updates]]:
        """The handler of the button that saves the newest result as `kind`."""

        def save(session: Session, language: Language, request: gr.Request) -> Iterator[Updates]:
            known = self._meet(session, language, request)
            session.aside, session.problem, path = True, None, None
            with tempfile.TemporaryDirectory() as folder:
                try:
                    if not known:
                        raise V25Error("session_expired", "The session expired.")
                    path = write_recording(session.shown, kind, Path(folder), session.language)
                except V25Error as error:
                    session.problem = (error.key, error.values)
                except Exception:
                    _log.exception("a result cannot be saved")
                    session.problem = ("general", {})
                # Gradio copies the file before it asks for the next update
                yield {self.parts.file: str(path) if path else None, **self.show.controls(session)}

        return save

    def open_recording(
        self, session: Session, language: Language, path: str | None, request: gr.Request
    ) -> Updates:
        """Look at a saved result; no model is asked."""
        self._meet(session, language, request)
        session.aside, session.problem = True, None
        try:
            if session.busy:
                raise V25Error("still_busy", "A request is still running.")
            session.open_recording(v25.load_recording(path))
        except V25Error as error:
            session.problem = (error.key, error.values)
        except Exception:
            _log.exception("a recording cannot be opened")
            session.problem = ("bad_recording", {})
        return {**self.show.everything(session), self.parts.session: session}

    # --- inputs ---------------------------------------------------------------------------

    def example(self, session: Session, event: gr.EventData) -> Updates:
        """Fill the inputs with a ready-made request; the person presses the button."""
        chosen = self.examples[int(event._data["index"]) % len(self.examples)]
        session.problem = session.take = None
        parts = self.parts
        return {
            parts.prompt: chosen.text,
            parts.photo: chosen.image,
            parts.voice: chosen.audio,
            parts.notice: "",
        }

    def forgive(self, session: Session) -> Updates:
        """The inputs were emptied, and what was wrong with them is gone."""
        session.problem = None
        return {self.parts.notice: ""}  # an answer on its way may have said it once more

    def photo_changes(self, session: Session, photo: str | None) -> None:
        """Look at it while the person speaks or types."""
        self.show.microphone.look(session, photo)

    def voice_comes(self, session: Session) -> None:
        """A file or an example takes the place of what was recorded."""
        session.take = None

    def recording_starts(self, session: Session) -> Updates:
        """While the microphone is open there is nothing to run yet."""
        session.recording = True
        if session.take is not None and session.take.whole.is_set():
            session.take = None  # the new one may fail to come, and that was another
        return {self.parts.run: self.show.run_button(session)}

    def recording_ends(self, session: Session) -> Updates:
        """The sound is there, or was thrown away."""
        session.recording = False
        return {self.parts.run: self.show.run_button(session)}


def _keep(session: Session, kept: bool) -> None:
    """Keep the newest result as A, or let A go.

    Raises:
        V25Error: there is none, or another is running.
    """
    if session.busy:
        raise V25Error("still_busy", "A request is still running.")
    if not kept:
        session.unpin()
    elif session.generation is None:
        raise V25Error("nothing_to_keep", "There is nothing to keep yet.")
    else:
        session.pin()
