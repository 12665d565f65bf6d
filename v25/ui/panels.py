"""Records to HTML, pure. Whatever a person or the model wrote goes through `escape`."""

from __future__ import annotations

import html

from v25.schema import EMBEDDED, Generation, Label, Latency, is_sure
from v25.ui.words import SENTENCES, Language, label_name, say, style_name

MOST_LABELS = 3


def escape(text: str) -> str:
    """`text` as inert HTML: no markup, and nothing that the page's own templates would fill in."""
    safe = html.escape(text, quote=True)
    for character in "{}$`\\":
        safe = safe.replace(character, f"&#{ord(character)};")
    return safe


def title(language: Language) -> str:
    """The page's head line."""
    return (
        f'<div class="v-title"><h1>V2.5</h1><p>{escape(say("tagline", language))}</p></div>'
        f'<span class="v-language" hidden data-language="{language}"></span>'
    )


def section(key: str, language: Language, detail: str = "") -> str:
    """A section's heading with an optional remark beside it."""
    remark = f"<span>{escape(detail)}</span>" if detail else ""
    return f'<div class="v-section"><h2>{escape(say(key, language))}</h2>{remark}</div>'


def notice(sentence: str) -> str:
    """An inline message about a problem; empty without one."""
    return f'<div class="v-notice" role="alert">{escape(sentence)}</div>' if sentence else ""


def copy_panel(generation: Generation | None, status: str, language: Language) -> str:
    """The copy so far, each variant a block under its style's name, beneath a status line.

    Args:
        generation: None before the first request.
        status: key of the status word: "idle", "waiting", "reading", "writing", "end", ...
        language: of the page.
    """
    busy = status in ("waiting", "reading", "writing", "drawing")
    count = len(generation.latency.token_ms) if generation else 0
    remark = say("tokens_written", language, count=count) if count else ""
    head = (
        f'<div class="v-section"><h2>{escape(say("copy", language))}</h2>'
        f'<span class="v-status" data-status="{status}" role="status">'
        f"{'<i></i>' if busy else ''}{escape(say(status, language))}"
        f"{' · ' + escape(remark) if remark else ''}</span></div>"
    )
    blocks = _variants(generation, language, status == "writing")
    if not blocks:
        empty = '<div class="v-lines"><i></i><i></i><i></i></div>' if busy else ""
        blocks = empty or f'<p class="v-empty">{escape(say("copy_empty", language))}</p>'
    return f'<div class="v-card v-copy">{head}{blocks}</div>'


def _variants(generation: Generation | None, language: Language, writing: bool) -> str:
    if generation is None or not generation.text:
        return ""
    texts = generation.variants or (generation.text,)
    styles = generation.styles + ("",) * (len(texts) - len(generation.styles))
    blocks = []
    for number, (text, style) in enumerate(zip(texts, styles, strict=False), start=1):
        named = bool(style) or len(texts) > 1
        name = style_name(style, language, number) if named else say("copy", language)
        cursor = '<b class="v-cursor"></b>' if writing and number == len(texts) else ""
        blocks.append(
            f'<article class="v-variant" data-style="{escape(style)}">'
            f"<header><h3>{escape(name)}</h3>"
            f'<button type="button" class="v-clip" data-done="{escape(say("copied", language))}">'
            f"{escape(say('copy_button', language))}</button></header>"
            f'<p class="v-text">{escape(text.strip())}{cursor}</p></article>'
        )
    return "".join(blocks)


def senses_panel(generation: Generation | None, language: Language) -> str:
    """What the model heard and what it saw, side by side."""
    heard, saw = _heard(generation, language), _saw(generation, language)
    return (
        '<div class="v-senses">'
        f'<div class="v-card v-heard"><h2>{escape(say("heard", language))}</h2>{heard}</div>'
        f'<div class="v-card v-saw"><h2>{escape(say("saw", language))}</h2>{saw}</div></div>'
    )


def _faint(key: str, language: Language) -> str:
    return f'<p class="v-empty">{escape(say(key, language))}</p>'


def _heard(generation: Generation | None, language: Language) -> str:
    if generation is None:
        return _faint("not_yet", language)
    if generation.transcript is None:
        return _faint("heard_empty", language)
    if not generation.transcript.strip():
        return _faint("heard_nothing", language) + _listener(generation, language)
    transcript = f'<p class="v-transcript">{escape(generation.transcript)}</p>'
    return transcript + _listener(generation, language)


def _listener(generation: Generation, language: Language) -> str:
    """Who wrote the transcript: people's voices are not what the built-in encoder learnt."""
    name = generation.listener
    if name is None:
        return ""
    if name == EMBEDDED:
        name = say("listener_embedded", language)
    told = say("listened", language, name=name)
    return f'<p class="v-listener">{escape(told)}</p>'


def _saw(generation: Generation | None, language: Language) -> str:
    if generation is None:
        return _faint("not_yet", language)
    if not generation.perception:
        return _faint("saw_empty", language)
    doubt = "" if is_sure(generation.perception) else escape(say("saw_unsure", language))
    labels = "".join(_label(label, language) for label in generation.perception[:MOST_LABELS])
    return labels + (f'<p class="v-unsure" role="status">{doubt}</p>' if doubt else "")


def _label(label: Label, language: Language) -> str:
    share = 100 * label.probability
    return (
        f'<div class="v-label" title="{escape(label.label)}">'
        f"<span>{escape(label_name(label, language))}</span>"
        f'<i><u style="width:{share:.1f}%"></u></i><em>{share:.1f} %</em></div>'
    )


def latency_panel(latency: Latency | None, language: Language) -> str:
    """The latency strip: four figures, then one bar with a part for each stage."""
    latency = latency or Latency(device="", precision="")
    rate = latency.tokens_per_second
    figures = {
        "first_token": _milliseconds(latency.first_token_ms),
        "per_token": _milliseconds(latency.ms_per_token),
        "rate": "–" if rate is None else f"{rate:.1f}",
        "total": _milliseconds(latency.total_ms or None),
    }
    tiles = "".join(
        f'<div class="v-figure" data-figure="{key}"><strong>{value}</strong>'
        f"<span>{escape(say(key, language))}</span></div>"
        for key, value in figures.items()
    )
    where = " · ".join(part for part in (latency.device, latency.precision) if part)
    chip = f'<span class="v-device">{escape(where)}</span>' if where else ""
    head = f'<div class="v-section"><h2>{escape(say("latency", language))}</h2>{chip}</div>'
    return (
        f'<div class="v-card v-latency">{head}<div class="v-figures">{tiles}</div>'
        f"{_stages(latency.stages, language)}</div>"
    )


def _stages(stages: dict[str, float], language: Language) -> str:
    if not stages:
        return '<div class="v-bar"></div>'
    parts, legend = [], []
    for name, ms in stages.items():
        shown = f"stage_{name}"
        text = escape(say(shown, language) if shown in SENTENCES else name)
        kind = f'class="v-stage" data-stage="{escape(name)}"'
        parts.append(f'<i {kind} style="flex-grow:{ms:.3f}" title="{text}"></i>')
        legend.append(f"<span {kind}><i></i>{text} <b>{_milliseconds(ms)}</b></span>")
    return f'<div class="v-bar">{"".join(parts)}</div><div class="v-legend">{"".join(legend)}</div>'


def _milliseconds(value: float | None) -> str:
    if value is None:
        return "–"
    if value >= 10_000:
        return f"{value / 1000:.1f} s"
    return f"{value:.0f} ms" if value >= 100 else f"{value:.1f} ms"
