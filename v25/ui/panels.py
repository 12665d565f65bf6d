"""Records to HTML, pure. Whatever a person or the model wrote goes through `escape`."""

from __future__ import annotations

from v25.lexicon import PRODUCTS
from v25.naming import tells_product
from v25.schema import EMBEDDED, Generation, Label, is_sure
from v25.ui.comparison import Side, beneath
from v25.ui.markup import escape, section
from v25.ui.words import Language, label_name, product_names, say, style_name

MOST_LABELS = 3
__all__ = ["copy_panel", "escape", "notice", "section", "senses_panel", "title"]


def title(language: Language) -> str:
    """The page's head line."""
    return (
        f'<div class="v-title"><h1>V2.5</h1><p>{escape(say("tagline", language))}</p></div>'
        f'<span class="v-language" hidden data-language="{language}"></span>'
    )


def notice(sentence: str) -> str:
    """An inline message about a problem; empty without one."""
    return f'<div class="v-notice" role="alert">{escape(sentence)}</div>' if sentence else ""


def copy_panel(
    generation: Generation | None,
    status: str,
    language: Language,
    seed: int | None = None,
    kept: tuple[Side, Side] | None = None,
) -> str:
    """The copy so far, each variant a block under its style's name, beneath a status line.

    Args:
        generation: None before the first request.
        status: key of the status word: "idle", "waiting", "reading", "writing", "end", ...
        language: of the page.
        seed: that the copy was sampled with; None when it is not known.
        kept: A and B, to show the one beside the other.
    """
    busy = status in ("waiting", "reading", "writing")
    count = len(generation.latency.token_ms) if generation else 0
    remarks = [say(status, language)]
    if count:
        remarks.append(say("tokens_written", language, count=count))
    if count and seed is not None:
        remarks.append(say("with_seed", language, seed=seed))
    actions = "" if busy or generation is None else _actions(seed is not None, kept, language)
    head = (
        f'<div class="v-section"><h2>{escape(say("copy", language))}</h2>{actions}'
        f'<span class="v-status" data-status="{status}" role="status">'
        f"{'<i></i>' if busy else ''}{escape(' · '.join(remarks))}</span></div>"
    )
    if kept is not None:
        blocks = _beside(kept, language, status == "writing")
    else:
        blocks = _variants(generation, language, status == "writing")
    if not blocks:
        empty = '<div class="v-lines"><i></i><i></i><i></i></div>' if busy else ""
        blocks = empty or f'<p class="v-empty">{escape(say("copy_empty", language))}</p>'
    return f'<div class="v-card v-copy">{head}{blocks}</div>'


def _actions(repeatable: bool, kept: tuple[Side, Side] | None, language: Language) -> str:
    """What can be done with a result: run it again, keep it as A, let A go."""
    wanted = ["again"] if repeatable else []
    wanted += ["pin", "unpin"] if kept else ["pin"]
    buttons = "".join(
        f'<button type="button" data-action="{name}" '
        f'title="{escape(say(f"{name}_hint", language))}">{escape(say(name, language))}</button>'
        for name in wanted
    )
    return f'<span class="v-actions">{buttons}</span>'


def _beside(kept: tuple[Side, Side], language: Language, writing: bool) -> str:
    """A and B in two columns, each with what sets it apart."""
    a, b = kept
    columns = "".join(
        f'<section class="v-side" data-side="{side.name}">'
        f"<h3><b>{side.name}</b>{escape(say(f'side_{side.name}', language))}</h3>"
        f"{_variants(side.generation, language, writing and side is b)}"
        f"{beneath(a, b, side, language)}</section>"
        for side in kept
    )
    return f'<div class="v-sides">{columns}</div>'


def _variants(generation: Generation | None, language: Language, writing: bool) -> str:
    if generation is None:
        return ""
    quote = generation.quote
    found = ""
    if quote is not None:
        found = (
            f'<p class="v-found"><span>{escape(say("found", language))}</span>'
            f"<q>{escape(quote)}</q></p>"
        )
    if not generation.text:
        return found
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
    return found + _untold(generation, language) + "".join(blocks)


def _untold(generation: Generation, language: Language) -> str:
    """Says that the product is the model's own choice, where nothing told it one."""
    if tells_product(generation):
        return ""
    known = say("untold_known", language, count=len(PRODUCTS))
    return (
        f'<div class="v-untold" role="status"><p>{escape(say("untold", language))}</p>'
        f"<details><summary>{escape(known)}</summary>"
        f"<p>{escape(product_names(language))}</p></details></div>"
    )


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
