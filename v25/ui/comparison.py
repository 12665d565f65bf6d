"""A beside B: both texts, what was asked differently, and what it cost. Records to HTML, pure."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from v25.schema import Generation, Trace
from v25.ui.markup import escape, milliseconds
from v25.ui.session import Asked, Session
from v25.ui.words import Language, layer_name, say

_LONGEST = 160
_MOST_GATES = 6


@dataclass(frozen=True)
class Side:
    """One of the two results.

    Attributes:
        name: "A" or "B".
        generation: the result.
        asked: the request that it answers; None for a recording.
    """

    name: str
    generation: Generation
    asked: Asked | None


def sides(session: Session) -> tuple[Side, Side] | None:
    """A and B of a session; None while there are not both."""
    if session.pinned is None or session.shown is None:
        return None
    return (
        Side("A", session.pinned, session.pinned_asked),
        Side("B", session.shown, session.asked),
    )


def mean_log_probability(generation: Generation) -> float | None:
    """Mean natural logarithm of what the model gave each written token; None before the first."""
    given = [max(p, 1e-12) for p in generation.probabilities]
    return sum(map(math.log, given)) / len(given) if given else None


def forced_heads(trace: Trace | None, language: Language) -> str:
    """The heads whose gate was forced, and to what."""
    if trace is None:
        return say("gates_free", language)
    places = np.argwhere(np.asarray(trace.forced))
    told = []
    for layer, head in places[:_MOST_GATES]:
        value = float(trace.gates[layer, head])
        state = f"{value:.2f}" if trace.open[layer, head] else say("closed", language)
        name = layer_name(trace.layers[layer], language)
        told.append(f"{name} {say('head', language, number=int(head) + 1)}: {state}")
    if len(places) > _MOST_GATES:
        told.append(say("and_more", language, count=len(places) - _MOST_GATES))
    return "; ".join(told) or say("gates_free", language)


def differences(a: Side, b: Side, language: Language) -> list[tuple[str, str, str]]:
    """Key of a setting, its value in A and in B, for every setting that differs.

    What a recording does not know of its request is read from its trace.
    """
    rows = [(key, tell(a, language), tell(b, language)) for key, tell in _TOLD.items()]
    rows = [row for row in rows if row[1] != row[2] and "" not in row[1:]]
    photos = [side.generation.media.photo for side in (a, b) if side.generation.media]
    if len(photos) == 2 and photos[0] != photos[1]:
        rows.append(("photo", *(say("its_own" if p else "none", language) for p in photos)))
    return rows


def _prompt(side: Side, language: Language) -> str:
    media, asked = side.generation.media, side.asked
    text = asked.text if asked else media.text if media else None
    if text is None:
        return say("none", language)
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


def _heads(side: Side, language: Language) -> str:
    trace = side.generation.trace
    if trace is None:
        return ""
    ran, every = int(np.sum(trace.open)), int(np.size(trace.open))
    return say("heads_ran", language, open=ran, all=every)


def _asked(name: str) -> Callable[[Side, Language], str]:
    """Tells a dial of the request; nothing when it is not known."""
    return lambda side, language: f"{getattr(side.asked, name):g}" if side.asked else ""


_TOLD: dict[str, Callable[[Side, Language], str]] = {
    "prompt": _prompt,
    "heads": _heads,
    "heard": lambda side, language: side.generation.transcript or say("none", language),
    "precision": lambda side, language: side.generation.latency.precision,
    "forced_gates": lambda side, language: forced_heads(side.generation.trace, language),
    "temperature": _asked("temperature"),
    "length": _asked("length"),
    "seed": _asked("seed"),
}
_LABELS = {"prompt": "command", "heads": "heads_open"}


def beneath(a: Side, b: Side, side: Side, language: Language) -> str:
    """What stands under one side's text: the settings that differ, its times, its probability."""
    differing = differences(a, b, language)
    which = 1 if side is a else 2
    rows = [_row(_LABELS.get(row[0], row[0]), row[which], language, row[0]) for row in differing]
    if not differing:
        rows.append(f'<p class="v-same">{escape(say("same_settings", language))}</p>')
    latency, likelihood = side.generation.latency, mean_log_probability(side.generation)
    figures = {
        "first_token": milliseconds(latency.first_token_ms),
        "per_token": milliseconds(latency.ms_per_token),
        "total": milliseconds(latency.total_ms or None),
        "log_probability": "–" if likelihood is None else f"{likelihood:.3f}".replace("-", "−"),
    }
    told = "".join(
        f'<div data-figure="{key}" title="{escape(say(key, language))}">'
        f"<dt>{escape(say(f'{key}_short', language))}</dt><dd>{value}</dd></div>"
        for key, value in figures.items()
    )
    return f'<div class="v-differs">{"".join(rows)}</div><dl class="v-costs">{told}</dl>'


def _row(label: str, value: str, language: Language, key: str) -> str:
    return (
        f'<p data-differs="{key}"><span>{escape(say(label, language))}</span> '
        f"<b>{escape(value)}</b></p>"
    )
