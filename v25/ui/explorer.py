"""The attention explorer: one component of the page and the server function behind it.

The browser's part (`explorer/*.js`) asks for views by name and draws them; a result never travels
whole. A request names its person's session by a key that nobody else knows.
"""

from __future__ import annotations

import json
import logging
import threading
import weakref
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import gradio as gr
import numpy as np
import plotly

from v25 import views
from v25.figures import DIFFERENCES, head_frame
from v25.schema import Generation, V25Error
from v25.ui.explorer_words import EXPLORER, SHARED
from v25.ui.session import Session
from v25.ui.words import Language, problem, say

FOLDER = Path(__file__).parent / "explorer"
PLOTLY = Path(plotly.__file__).parent / "package_data" / "plotly.min.js"
_SCRIPTS = ("base", "overview", "scrubber", "media", "detail", "routes", "causal", "compare",
            "export", "main")  # fmt: skip
_PROVIDER = """
const provider = async (name, given) => {
  const asked = JSON.stringify({ key: S.value.key, view: name, ...given });
  const text = await server.view(asked);
  return { payload: JSON.parse(text), bytes: new TextEncoder().encode(text).length };
};
"""
_log = logging.getLogger(__name__)


@cache
def script(ends: bool | None = None) -> str:
    """The browser's part; it wants `element`, `props`, `trigger`, `watch` and `provider`.

    Args:
        ends: True for the last script alone, which starts it; False for those before it.
    """
    names = {None: _SCRIPTS, True: _SCRIPTS[-1:], False: _SCRIPTS[:-1]}[ends]
    return "\n".join((FOLDER / f"{name}.js").read_text(encoding="utf-8") for name in names)


@cache
def style() -> str:
    """The looks of the explorer, in the page and in a page of its own."""
    return (FOLDER / "explorer.css").read_text(encoding="utf-8")


def words(language: Language) -> dict[str, str]:
    """Every sentence of the explorer; the browser fills values in."""
    place = 1 if language == "zh" else 0
    said = {key: both[place] for key, both in EXPLORER.items()}
    blank = {"number": "{number}", "count": "{count}", "side": "{side}"}
    return said | {key: say(key, language, **blank) for key in SHARED}


def frame(generation: Generation, layer: int, language: Language) -> views.Payload:
    """The figure of a head of `layer`, all but its values."""
    trace = generation.trace
    side = views.WHOLE if trace.length(layer) <= views.WHOLE else views.BLOCKS
    said = {key: say(key, language) for key in SHARED[:7]}
    return {"figure": head_frame(trace, layer, side, said)}


class Explorer:
    """The explorer of one page, for all its visitors.

    Attributes:
        sessions: by key; a session that is gone takes its entry with it.
    """

    def __init__(self, model: Any) -> None:
        """`model` is only asked for `head_effects`, where it has that."""
        self.model = model
        self.sessions: weakref.WeakValueDictionary[str, Session] = weakref.WeakValueDictionary()
        self._measuring = threading.Lock()

    def register(self, session: Session) -> None:
        """Answer requests that name this session's key."""
        if session.key:
            self.sessions[session.key] = session

    def component(self) -> gr.HTML:
        """The component; call inside `gr.Blocks`. Its "select" event carries an `action`."""
        gr.set_static_paths([str(PLOTLY)])

        def view(asked: str) -> str:
            """What the browser's `server.view` calls."""
            return self.answer(asked)

        return gr.HTML(
            "",
            html_template=f"<style>{style()}</style><div></div>",
            js_on_load=_mounted(_PROVIDER + script()),
            apply_default_css=False,
            server_functions=[view],
            elem_id="explorer",
            min_height=60,
        )

    def value(self, session: Session) -> str:
        """What the component is given whenever the result, A or the language changed."""
        state = "empty"
        if session.trace is not None:
            state = "writing" if session.busy and session.fresh else "ready"
        return json.dumps(
            {
                "key": session.key,
                "revision": session.revision,
                "language": session.language,
                "words": words(session.language),
                "state": state,
                "pinned": session.pinned is not None and session.pinned.trace is not None,
                "read": session.generation is not None and session.generation.reading is not None,
                "runs": hasattr(self.model, "head_effects"),
                "differences": DIFFERENCES,
                "plotly": f"gradio_api/file={PLOTLY}",
            },
            ensure_ascii=False,
        )

    def answer(self, asked: str) -> str:
        """The JSON of one view.

        Args:
            asked: `{"key", "view", ...}` as JSON, from anybody's browser.
        """
        try:
            given = json.loads(asked)
            session = self.sessions.get(given["key"])
            if session is None or session.key != given["key"] or session.trace is None:
                return json.dumps({"error": "gone"})
            return json.dumps(self._payload(session, given), ensure_ascii=False)
        except V25Error as error:
            language = session.language
            told = problem(error.key, language, error.values)
            return json.dumps({"error": "said", "sentence": told}, ensure_ascii=False)
        except (ValueError, IndexError, KeyError, TypeError, AttributeError):
            _log.info("a view that cannot be", exc_info=True)
            return json.dumps({"error": "unknown"})

    def _payload(self, session: Session, given: Mapping[str, Any]) -> views.Payload:
        name, generation, pinned = given["view"], session.generation, session.pinned
        if given.get("pass") == "reading":
            generation = generation.reading
            pinned = pinned and (pinned.reading or pinned)
        if name == "frame":
            return frame(generation, int(given["layer"]), session.language)
        if name == "effects":
            return self._effects(generation, int(given["position"]))
        if name == "page":
            from v25.ui.standalone import standalone_page  # reads its scripts; few ask for it

            return {"page": standalone_page(generation, session.language)}
        return views.answer(name, generation, pinned, given)

    def _effects(self, generation: Generation, position: int) -> views.Payload:
        """One person's measurement at a time: it runs the model once for every head."""
        with self._measuring:
            effects = self.model.head_effects(generation, position)
        return {"effects": views.pack(np.asarray(effects, np.float32))}


def _mounted(code: str) -> str:
    """`code` over the component's inner element, so that the style beside it stays."""
    return f"((element) => {{\n{code}\n}})(element.lastElementChild);"
