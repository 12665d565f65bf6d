"""The latency panel: where the time of a request went, beside the last runs. HTML, pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from v25.schema import Latency
from v25.ui.markup import escape, mebibytes, milliseconds
from v25.ui.words import SENTENCES, Language, say

SCRIPT = """
element.addEventListener("pointermove", (event) => {
  const chart = event.target.closest("[data-tokens]");
  if (!chart) return;
  const values = chart.dataset.tokens.split(","), box = chart.getBoundingClientRect();
  const at = Math.floor((event.clientX - box.left) / box.width * values.length);
  const token = Math.max(0, Math.min(values.length - 1, at));
  const line = chart.parentElement.querySelector("[data-read]");
  line.textContent = line.dataset.read.replace("#", token + 1).replace("%", values[token]);
});
"""


@dataclass(frozen=True)
class Spread:
    """Median and 95th percentile (linear between runs) of one figure, in milliseconds."""

    p50: float
    p95: float


@dataclass(frozen=True)
class LookingCost:
    """What keeping queries for the explorer was measured to cost.

    Attributes:
        ratio: time of a request with capture by its time without.
        hardware: that it was measured on.
    """

    ratio: float
    hardware: str


def alike(runs: Iterable[Latency], latency: Latency) -> list[Latency]:
    """The runs on the processor and in the precision of `latency`; others say nothing of it."""
    return [r for r in runs if (r.device, r.precision) == (latency.device, latency.precision)]


def spreads(runs: Iterable[Latency]) -> dict[str, Spread]:
    """By figure: "first_token", "per_token", "total"; those that no run has are left out."""
    runs = list(runs)
    values = {
        "first_token": [r.first_token_ms for r in runs],
        "per_token": [r.ms_per_token for r in runs],
        "total": [r.total_ms for r in runs],
    }
    known = {key: [v for v in row if v is not None] for key, row in values.items()}
    return {
        key: Spread(*(float(p) for p in np.percentile(row, (50, 95))))
        for key, row in known.items()
        if row
    }


def latency_panel(
    latency: Latency | None,
    language: Language,
    runs: Iterable[Latency] = (),
    looking: LookingCost | None = None,
) -> str:
    """Four figures, every stage on one lane of time, each token's time, memory.

    Args:
        latency: of the result; None before the first.
        language: of the page.
        runs: of the last requests; those of another processor or precision are passed over.
        looking: the measured cost of capture, when there is one.
    """
    latency = latency or Latency(device="", precision="")
    same = alike(runs, latency)
    where = " · ".join(part for part in (latency.device, latency.precision) if part)
    chip = f'<span class="v-device">{escape(where)}</span>' if where else ""
    head = f'<div class="v-section"><h2>{escape(say("latency", language))}</h2>{chip}</div>'
    foot = _tokens(latency, language) + _memory(latency, language)
    return (
        f'<div class="v-card v-latency">{head}{_figures(latency, same, language)}'
        f'{_timeline(latency, language)}<div class="v-latency-foot">{foot}</div>'
        f"{_notes(latency, same, looking, language)}</div>"
    )


def _figures(latency: Latency, runs: list[Latency], language: Language) -> str:
    rate = latency.tokens_per_second
    figures = {
        "first_token": milliseconds(latency.first_token_ms),
        "per_token": milliseconds(latency.ms_per_token),
        "rate": "–" if rate is None else f"{rate:.1f}",
        "total": milliseconds(latency.total_ms or None),
    }
    spread = spreads(runs) if len(runs) > 1 else {}
    tiles = "".join(
        f'<div class="v-figure" data-figure="{key}"><strong>{value}</strong>'
        f"<span>{escape(say(key, language))}</span>{_spread(spread.get(key))}</div>"
        for key, value in figures.items()
    )
    return f'<div class="v-figures">{tiles}</div>'


def _spread(spread: Spread | None) -> str:
    if spread is None:
        return ""
    p50, p95 = milliseconds(spread.p50), milliseconds(spread.p95)
    if p50.split()[1] == p95.split()[1]:  # the unit once
        p50 = p50.split()[0]
    return (
        f'<small data-p50="{spread.p50:.3f}" data-p95="{spread.p95:.3f}">'
        f"p50 {p50} · p95 {p95}</small>"
    )


def _timeline(latency: Latency, language: Language) -> str:
    """One lane: stages follow each other, so each starts where those before it end."""
    if not latency.stages:
        return '<div class="v-timeline"></div>'
    whole = max(latency.total_ms, sum(latency.stages.values())) or 1.0
    parts, legend, start = [], [], 0.0
    for name, ms in latency.stages.items():
        key = f"stage_{name}"
        text = say(key, language) if key in SENTENCES else name
        told = say("stage_at", language, name=text, start=start, ms=ms)
        kind = f'class="v-stage" data-stage="{escape(name)}"'
        parts.append(
            f'<i {kind} data-start="{start:.3f}" data-ms="{ms:.3f}" title="{escape(told)}" '
            f'style="left:{100 * start / whole:.3f}%;width:{100 * ms / whole:.3f}%"></i>'
        )
        legend.append(f"<span {kind}><i></i>{escape(text)} <b>{milliseconds(ms)}</b></span>")
        start += ms
    first = latency.first_token_ms
    if first is not None:
        told = f"{say('first_token', language)}: {milliseconds(first)}"
        parts.append(
            f'<u data-first="{first:.3f}" title="{escape(told)}" '
            f'style="left:{100 * first / whole:.3f}%"></u>'
        )
    return (
        f'<div class="v-timeline">{"".join(parts)}</div>'
        f'<div class="v-legend">{"".join(legend)}</div>'
    )


def _tokens(latency: Latency, language: Language) -> str:
    """A bar for each token, to the slowest one's height."""
    times = latency.token_ms
    if not times:
        return ""
    slowest = max(times) or 1.0
    bars = "".join(f"M{i} 100v-{100 * ms / slowest:.1f}h.8v200z" for i, ms in enumerate(times))
    told = say(
        "token_times",
        language,
        count=len(times),
        median=milliseconds(float(np.median(times))),
        slowest=milliseconds(slowest),
    )
    read = say("token_time", language, number="#", ms="%")
    return (
        f'<div class="v-tokens"><h3>{escape(say("each_token", language))}</h3>'
        f'<svg viewBox="0 0 {len(times)} 100" preserveAspectRatio="none" role="img" '
        f'style="max-width:{9 * len(times)}px" '
        f'aria-label="{escape(told)}" data-tokens="{",".join(f"{ms:.2f}" for ms in times)}">'
        f'<path d="{bars}"/></svg><p data-read="{escape(read)}">{escape(told)}</p></div>'
    )


def _memory(latency: Latency, language: Language) -> str:
    if not latency.memory:
        return ""
    rows = "".join(
        f'<div data-memory="{escape(name)}" data-bytes="{count}">'
        f"<dt>{escape(_memory_name(name, language))}</dt><dd>{mebibytes(count)}</dd></div>"
        for name, count in latency.memory.items()
    )
    return f'<div class="v-memory"><h3>{escape(say("memory", language))}</h3><dl>{rows}</dl></div>'


def _memory_name(name: str, language: Language) -> str:
    key = f"memory_{name}"
    return say(key, language) if key in SENTENCES else name


def _notes(
    latency: Latency, runs: list[Latency], looking: LookingCost | None, language: Language
) -> str:
    told = []
    if len(runs) > 1:
        told.append(say("over_runs", language, count=len(runs), precision=latency.precision))
    if looking is not None and latency.stages:
        change = f"{round(100 * (looking.ratio - 1), 1) + 0.0:+.1f} %"  # never -0.0
        told.append(say("looking_costs", language, change=change, hardware=looking.hardware))
    if not told:
        return ""
    return f'<p class="v-note v-latency-note">{" ".join(map(escape, told))}</p>'
