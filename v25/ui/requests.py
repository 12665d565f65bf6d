"""From an accepted request to its result: the engine's stream, followed into the session."""

from __future__ import annotations

import logging
import math
import time
from collections.abc import Iterator
from typing import Any, Literal

from v25.schema import Stream, V25Error
from v25.ui.microphone import ready
from v25.ui.session import Asked, Session

Step = Literal["reading", "first", "more"]
Gates = dict[tuple[int, int], float]
SECONDS_BETWEEN_UPDATES = 0.12
"""Showing takes time from writing where the browser is on the same two cores: with 0.05 a copy took
twice as long there."""
_log = logging.getLogger(__name__)


def asked(
    prompt: str | None,
    photo: str | None,
    voice: str | None,
    dials: tuple[float, str, float, float],
    seed: int,
) -> Asked:
    """The request that the page's inputs and dials make.

    Args:
        prompt: the typed command.
        photo: path of the photo.
        voice: path of the sound.
        dials: open heads, precision, temperature, length.
        seed: of sampling.
    """
    heads, precision, temperature, length = dials
    return Asked(
        text=(prompt or "").strip() or None,
        image=photo or None,
        audio=voice or None,
        heads=int(heads),
        precision=precision,
        temperature=float(temperature),
        length=int(length),
        seed=seed,
    )


def forced(rows: Any) -> Gates:
    """Gates to force from `[[layer, head, value], ...]`, as the browser sends them.

    Raises:
        V25Error: they are not of that form.
    """
    try:
        gates = {(int(layer), int(head)): float(value) for layer, head, value in rows}
    except (TypeError, ValueError) as error:
        raise _bad_gates() from error
    if not all(math.isfinite(value) for value in gates.values()):
        raise _bad_gates()
    return gates


def _bad_gates() -> V25Error:
    return V25Error("gates_unreadable", "Forced gates are a list of [layer, head, value].")


def answer(model: Any, session: Session) -> Iterator[Step]:
    """Run the wanted request; the session holds what there is of it after each step.

    Whatever goes wrong becomes `session.problem`; the text so far is kept.

    Args:
        model: see `v25.ui.handlers.Page`.
        session: whose request was accepted.
    """
    wanted = session.wanted
    session.pending, session.status = False, "reading"
    yield "reading"
    try:
        photo, voice = ready(session, wanted)
        session.stream = model.with_precision(wanted.precision).stream(
            text=wanted.text,
            image=photo,
            audio=voice,
            max_length=wanted.length,
            temperature=wanted.temperature,
            seed=wanted.seed,
            attention_heads=wanted.heads,
            gates=dict(wanted.gates) or None,
        )
        yield from _follow(session, session.stream)
    except V25Error as error:
        session.fail(error.key, error.values)
    except Exception:
        # An engine that is stopped from outside may break off in any way it likes.
        if not session.stopping:
            _log.exception("a request failed")
            session.fail("general")
    finally:
        session.close_stream()


def _follow(session: Session, stream: Stream) -> Iterator[Step]:
    """Take what the stream gives, some eight times a second."""
    shown, pieces, whole = 0.0, 0, False
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
            session.receive(stream.generation)
            yield "first" if pieces == 1 else "more"
        whole = not session.stopping
    finally:
        if pieces or whole:  # whatever ended the stream, the text so far is kept
            session.receive(stream.generation)


def conclude(session: Session) -> None:
    """Settle the session after a request, and say so when it wrote nothing."""
    nothing_said = None
    if not session.fresh:
        nothing_said = "stopped_empty" if session.stopping else None
    elif session.generation is not None and not session.generation.text:
        nothing_said = "nothing_written"
    session.end()
    if not session.failed:  # what was refused meanwhile is possible now
        session.problem = (nothing_said, {}) if nothing_said else None
