"""What happens when a person does something: the page's events, over one model."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator
from typing import Any

import gradio as gr
import numpy as np

from v25.figures import attention_figure, empty_figure, head_view
from v25.schema import Stream, Trace, V25Error
from v25.ui import panels
from v25.ui.gallery import Example, cards
from v25.ui.heads import heads_value, shades
from v25.ui.session import Session
from v25.ui.words import LANGUAGES, Language, from_header, layer_name, problem, say

Updates = dict[Any, Any]
SECONDS_BETWEEN_UPDATES = 0.05
_FIGURE_WORDS = ("image", "speech", "text", "own", "looks", "looked_at", "weight")
_log = logging.getLogger(__name__)


class Page:
    """The events of the page.

    Args:
        model: the engine; only `stream`, `with_precision` and its plain attributes are used.
        parts: the components by name, filled in by `v25.ui.blocks`.
        examples: ready-made requests.
    """

    def __init__(self, model: Any, parts: Any, examples: tuple[Example, ...]) -> None:
        self.model = model
        self.parts = parts
        self.examples = examples
        self._open: dict[str, Session] = {}  # by session hash, to free a closed page's memory

    # --- language -------------------------------------------------------------------------

    def load(self, session: Session, remembered: str | None, request: gr.Request) -> Updates:
        """Greet a person in the language chosen before, else in the browser's."""
        known = remembered in LANGUAGES
        header = request.headers.get("accept-language")
        session.language = remembered if known else from_header(header)
        self._open[request.session_hash] = session
        parts = self.parts
        return {
            **self._everything(session),
            parts.language: session.language,
            parts.session: session,
        }

    def leave(self, request: gr.Request) -> None:
        """The page was closed: stop its work and free its attention, not an hour later."""
        session = self._open.pop(request.session_hash, None)
        if session is not None:
            session.forget()

    def switch(self, session: Session, language: Language) -> Updates:
        """Say everything in the other language, results included."""
        session.language = language if language in LANGUAGES else "en"
        return {**self._everything(session), self.parts.remembered: session.language}

    def _everything(self, session: Session) -> Updates:
        return {
            **self._labels(session.language),
            **self._controls(session),
            **self._results(session),
            **self._attention(session),
        }

    def _labels(self, language: Language) -> Updates:
        parts, most = self.parts, self.model.heads
        hint = {"info": say("heads_budget_hint", language, most=most)}
        return {
            parts.title: panels.title(language),
            parts.prompt: gr.update(
                label=say("prompt", language), placeholder=say("prompt_hint", language)
            ),
            parts.photo: gr.update(
                label=say("photo", language), placeholder=say("photo_hint", language)
            ),
            parts.voice: gr.update(label=say("voice", language)),
            parts.heads_budget: gr.update(label=say("heads_budget", language), **hint),
            parts.precision: _labelled("precision", language),
            parts.temperature: _labelled("temperature", language),
            parts.length: _labelled("length", language),
            parts.clear: say("clear", language),
            parts.examples: cards(self.examples, language),
            parts.heads_title: panels.section("all_heads", language),
        }

    # --- a request ------------------------------------------------------------------------

    def begin(
        self,
        session: Session,
        language: Language,
        prompt: str,
        photo: str | None,
        voice: str | None,
    ) -> Updates:
        """Accept a request, or say at once what it lacks; runs outside the queue."""
        session.language = language  # a session that expired begins anew
        if session.busy or session.recording:
            return self._controls(session)
        if not (prompt or "").strip() and not photo and not voice:
            session.problem = ("no_input", {})
            return self._controls(session)
        session.begin()
        return {**self._controls(session), **self._results(session), self.parts.session: session}

    def write(
        self,
        session: Session,
        prompt: str,
        photo: str | None,
        voice: str | None,
        heads: float,
        precision: str,
        temperature: float,
        length: float,
    ) -> Iterator[Updates]:
        """Stream the copy of the accepted request, then draw its attention."""
        if not session.pending:  # it was refused, and `begin` said why
            yield self._controls(session)
            return
        if session.stopping:
            yield self._finish(session)
            return
        session.pending, session.status = False, "reading"
        yield self._results(session)
        try:
            session.stream = self.model.with_precision(precision).stream(
                text=(prompt or "").strip() or None,
                image=photo,
                audio=voice,
                max_length=int(length),
                temperature=float(temperature),
                attention_heads=int(heads),
            )
            yield from self._follow(session, session.stream)
        except V25Error as error:
            session.problem = (error.key, error.values)
        except Exception:
            # An engine that is stopped from outside may break off in any way it likes.
            if not session.stopping:
                _log.exception("a request failed")
                session.problem = ("general", {})
        finally:
            session.close_stream()
        written = session.generation is not None
        yield self._finish(session)
        yield self._draw(session) if written else {self.parts.notice: self._notice(session)}

    def _follow(self, session: Session, stream: Stream) -> Iterator[Updates]:
        """Show what the stream gives, at most 20 times a second."""
        shown, pieces = 0.0, 0
        if session.stopping:
            return
        try:
            for pieces, _ in enumerate(stream, start=1):
                if session.stopping:
                    return
                session.status = "writing"
                now = time.monotonic()
                if now - shown < SECONDS_BETWEEN_UPDATES:
                    continue
                shown = now
                session.generation = stream.generation
                yield self._first(session) if pieces == 1 else self._progress(session)
        finally:
            if pieces:  # whatever ended the stream, the text so far is kept
                session.generation = stream.generation

    def _first(self, session: Session) -> Updates:
        """With the first piece come transcript, perception and gates."""
        session.previous = session.thumbnails = session.chosen = None
        heads = heads_value(session.trace, session.language)
        return {**self._results(session), self.parts.heads: heads}

    def _progress(self, session: Session) -> Updates:
        parts, language, generation = self.parts, session.language, session.generation
        return {
            parts.copy: panels.copy_panel(generation, session.status, language),
            parts.latency: panels.latency_panel(generation.latency, language),
        }

    def _finish(self, session: Session) -> Updates:
        session.end()
        return {**self._controls(session), **self._results(session)}

    def _draw(self, session: Session) -> Updates:
        """Draw all heads and one of them; the plot only here, because it remounts each time."""
        trace = session.trace
        if trace is None:
            return {self.parts.notice: self._notice(session)}
        try:
            session.thumbnails = shades(trace)
            session.chosen = _telling_head(trace)
            return self._attention(session)
        except Exception:
            _log.exception("the attention cannot be drawn")
            session.problem = ("general", {})
            return {self.parts.notice: self._notice(session)}

    def stop(self, session: Session) -> Updates:
        """Stop the work at once and keep the text; runs outside the queue."""
        if session.busy:
            session.stopping = True
            session.close_stream()
        return {self.parts.stop: gr.update(interactive=False)}

    def settle(self, session: Session) -> Updates:
        """After a request, however it ended; one still pending was refused by the full queue."""
        if not session.pending:
            return self._controls(session)
        session.problem = None if session.stopping else ("queue_full", {})
        return self._finish(session)

    # --- attention ------------------------------------------------------------------------

    def choose(self, session: Session, event: gr.EventData) -> Updates:
        """Draw the head that a person chose on the canvas."""
        trace = session.trace
        layer, head = int(event._data["layer"]), int(event._data["head"])
        if trace is None or not (0 <= layer < len(trace.layers)):
            return {self.parts.notice: self._notice(session)}
        session.chosen = (layer, min(max(head, 0), trace.gates.shape[1] - 1))
        return self._one_head(session)

    def _attention(self, session: Session) -> Updates:
        parts, language, trace = self.parts, session.language, session.trace
        heads = heads_value(trace, language, session.chosen, session.thumbnails)
        if trace is None or session.thumbnails is None or session.chosen is None:
            return {
                parts.heads: heads,
                parts.heads_title: panels.section("all_heads", language),
                parts.heads_help: "",
                parts.head_title: panels.section("one_head", language),
                parts.head_figure: empty_figure(say("figure_empty", language)),
                parts.head_note: "",
            }
        ran, every = int(np.sum(trace.open)), int(np.size(trace.open))
        summary = say("heads_summary", language, open=ran, all=every)
        return {
            parts.heads: heads,
            parts.heads_title: panels.section("all_heads", language, summary),
            parts.heads_help: _note(say("heads_help", language)),
            **self._one_head(session),
        }

    def _one_head(self, session: Session) -> Updates:
        parts, language, trace = self.parts, session.language, session.trace
        layer, head = session.chosen
        view = head_view(trace, layer, head)
        is_open = bool(trace.open[layer, head])
        name = " · ".join(
            (
                layer_name(trace.layers[layer], language),
                say("head", language, number=head + 1),
                f"{say('gate', language)} {trace.gates[layer, head]:.4f}",
                say("open" if is_open else "closed", language),
            )
        )
        kind = "averaged_note" if view.averaged else "exact_note"
        note = say(kind if is_open else "closed_note", language, count=view.count, side=view.side)
        words = {key: say(key, language) for key in _FIGURE_WORDS}
        return {
            parts.head_title: panels.section("one_head", language, name),
            parts.head_figure: attention_figure(view, words),
            parts.head_note: _note(note),
        }

    # --- inputs ---------------------------------------------------------------------------

    def example(self, session: Session, event: gr.EventData) -> Updates:
        """Fill the inputs with a ready-made request; the person presses the button."""
        chosen = self.examples[int(event._data["index"]) % len(self.examples)]
        session.problem = None
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

    def recording_starts(self, session: Session) -> Updates:
        """While the microphone is open there is nothing to run yet."""
        session.recording = True
        return {self.parts.run: self._run_button(session)}

    def recording_ends(self, session: Session) -> Updates:
        """The sound is there, or was thrown away."""
        session.recording = False
        return {self.parts.run: self._run_button(session)}

    # --- common ---------------------------------------------------------------------------

    def _results(self, session: Session) -> Updates:
        parts, language, generation = self.parts, session.language, session.generation
        latency = generation.latency if generation else None
        return {
            parts.copy: panels.copy_panel(generation, session.status, language),
            parts.senses: panels.senses_panel(generation, language),
            parts.latency: panels.latency_panel(latency, language),
        }

    def _controls(self, session: Session) -> Updates:
        return {
            self.parts.run: self._run_button(session),
            self.parts.stop: gr.update(
                value=say("stop", session.language), interactive=session.busy
            ),
            self.parts.notice: self._notice(session),
        }

    def _run_button(self, session: Session) -> Any:
        key = "recording" if session.recording else "running" if session.busy else "run"
        return gr.update(value=say(key, session.language), interactive=key == "run")

    def _notice(self, session: Session) -> str:
        if session.problem is None:
            return ""
        return panels.notice(problem(session.problem[0], session.language, session.problem[1]))


def _labelled(key: str, language: Language) -> Any:
    return gr.update(label=say(key, language), info=say(f"{key}_hint", language))


def _note(sentence: str) -> str:
    return f'<p class="v-note">{panels.escape(sentence)}</p>'


def _telling_head(trace: Trace) -> tuple[int, int]:
    """The head to show first: in the last fusion layer, the open one with the highest gate."""
    fusion = [i for i, name in enumerate(trace.layers) if name.startswith("fusion")]
    layer = fusion[-1] if fusion else 0
    return layer, int(np.argmax(np.where(trace.open[layer], trace.gates[layer], -1.0)))
