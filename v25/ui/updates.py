"""A session as updates of the page's components: what stands where, in whose language."""

from __future__ import annotations

import logging
from typing import Any

import gradio as gr

from v25.ui import panels, requests
from v25.ui.comparison import sides
from v25.ui.gallery import Example, cards
from v25.ui.latency import LookingCost, latency_panel
from v25.ui.recordings import KINDS
from v25.ui.session import Session
from v25.ui.words import Language, problem, say

Updates = dict[Any, Any]
_log = logging.getLogger(__name__)


class Show:
    """What the components show of a session.

    Args:
        parts: the components by name, filled in by `v25.ui.blocks`.
        heads: of every layer.
        examples: ready-made requests.
        explorer: draws the attention; see `v25.ui.explorer`.
        microphone: hears while somebody speaks; see `v25.ui.microphone`.
        looking: the measured cost of capture, when there is one.
    """

    def __init__(
        self,
        parts: Any,
        heads: int,
        examples: tuple[Example, ...],
        explorer: Any,
        microphone: Any,
        looking: LookingCost | None = None,
    ) -> None:
        self.parts, self.heads, self.examples = parts, heads, examples
        self.explorer, self.microphone, self.looking = explorer, microphone, looking

    def everything(self, session: Session) -> Updates:
        """All of it: after a visit begins, and in another language."""
        return {
            **self._labels(session.language),
            self.parts.microphone: self.microphone.value(session),
            **self.controls(session),
            **self.results(session),
            **self.attention(session),
        }

    def _labels(self, language: Language) -> Updates:
        parts, most = self.parts, self.heads
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
            parts.files: panels.section("recordings", language),
        }

    def step(self, session: Session, step: requests.Step) -> Updates:
        """What changed with a step of a running request."""
        if step == "more":
            return self._progress(session)
        if step == "first":  # with the first piece come transcript, perception and gates
            return {**self.results(session), **self.attention(session)}
        return self.results(session)

    def _progress(self, session: Session) -> Updates:
        return {
            self.parts.copy: self._copy(session),
            self.parts.latency: self._latency(session),
        }

    def finish(self, session: Session) -> Updates:
        """Settle a request, and show the result and what can be done next."""
        requests.conclude(session)
        return {**self.controls(session), **self.results(session)}

    def results(self, session: Session) -> Updates:
        """Copy, senses and latency."""
        return {
            **self._progress(session),
            self.parts.senses: panels.senses_panel(session.shown, session.language),
        }

    def _copy(self, session: Session) -> str:
        return panels.copy_panel(
            session.shown, session.status, session.language, session.seed, sides(session)
        )

    def _latency(self, session: Session) -> str:
        latency = session.shown.latency if session.shown else None
        return latency_panel(latency, session.language, session.runs, self.looking)

    def attention(self, session: Session) -> Updates:
        """Tell the explorer that something changed; it asks for what it draws."""
        session.revision += 1
        try:
            return {self.parts.explorer: self.explorer.value(session)}
        except Exception:
            _log.exception("the attention cannot be shown")
            session.problem = ("general", {})
            return {self.parts.notice: self._notice(session)}

    def controls(self, session: Session) -> Updates:
        """Buttons, and the sentence about what went wrong."""
        parts, language = self.parts, session.language
        savable = session.trace is not None and not session.busy
        told = self._notice(session)
        return {
            parts.run: self.run_button(session),
            parts.stop: gr.update(value=say("stop", language), interactive=session.busy),
            parts.notice: "" if session.aside else told,
            parts.aside: told if session.aside else "",
            **{
                getattr(parts, f"save_{kind}"): gr.update(
                    value=say(f"save_{kind}", language), interactive=savable
                )
                for kind in KINDS
            },
            parts.open: gr.update(
                label=say("open_recording", language), interactive=not session.busy
            ),
        }

    def run_button(self, session: Session) -> Any:
        """It says what runs, and waits for the microphone."""
        key = "recording" if session.recording else "running" if session.busy else "run"
        return gr.update(value=say(key, session.language), interactive=key == "run")

    def _notice(self, session: Session) -> str:
        if session.problem is None:
            return ""
        return panels.notice(problem(session.problem[0], session.language, session.problem[1]))


def _labelled(key: str, language: Language) -> Any:
    return gr.update(label=say(key, language), info=say(f"{key}_hint", language))
