"""One result as a page of its own: opens offline, with the explorer's own code in it.

The page carries queries, keys and value norms, and computes rows and maps from them in the
browser; nothing is fetched, and its policy forbids it to.
"""

from __future__ import annotations

import json
from typing import Any

import v25
from v25 import views
from v25.figures import DIFFERENCES
from v25.schema import Generation, Trace, V25Error
from v25.ui.explorer import FOLDER, PLOTLY, frame, script, style, words
from v25.ui.panels import escape
from v25.ui.words import Language, say

MOST_TOKENS = 4096
"""Tokens that a page can carry: about 75 MB with the bundled model's heads."""
_POLICY = (
    "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data: blob:"
)
_LOOKS = """
:root { --font: system-ui, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif;
  --body-text-color: #1c2635; --body-text-color-subdued: #64748b; --block-background-fill: #fff;
  --block-border-color: #e1e6ee; --page: #f4f6f9; }
.dark { --body-text-color: #e6ebf2; --body-text-color-subdued: #93a1b5; --page: #0e131b;
  --block-background-fill: #161d28; --block-border-color: #263040; color-scheme: dark; }
body { margin: 0; padding: 16px; background: var(--page); font-family: var(--font); }
body > main { max-width: 1480px; margin: 0 auto; }
"""
_THEME = """
const wanted = matchMedia("(prefers-color-scheme: dark)");
const follow = () => document.body.classList.toggle("dark", wanted.matches);
wanted.addEventListener("change", follow);
follow();
"""


def standalone_page(generation: Generation, language: Language) -> str:
    """The whole page as HTML, in `language`.

    Raises:
        V25Error: the result has no trace, or more than `MOST_TOKENS` tokens.
    """
    trace = generation.trace
    if trace is None:
        raise V25Error("page_without_trace", "This result carries no attention to show.")
    count = len(trace.tokens)
    if count > MOST_TOKENS:
        raise V25Error(
            "page_too_long",
            f"A page can hold {MOST_TOKENS} tokens, not {count}. Save the result as NPZ.",
            limit=MOST_TOKENS,
            count=count,
        )
    code = (FOLDER / "offline.js").read_text(encoding="utf-8")
    mounted = (
        f"(() => {{\n{_THEME}\n"
        "const DATA = JSON.parse(document.getElementById('data').textContent);"
        "\nconst element = document.querySelector('main'), props = { value: DATA.value };"
        "\nconst trigger = () => {}, watch = () => {};"
        f"\n{script(ends=False)}\n{code}\n{script(ends=True)}\n}})();"
    )
    title = escape(say("x_page_title", language))
    data = _inert_json(_data(generation, language))
    return (
        f'<!doctype html>\n<html lang="{"zh-CN" if language == "zh" else "en"}">\n<head>'
        f'<meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
        f"<title>{title}</title><style>{_LOOKS}{style()}</style></head>\n<body><main></main>"
        f'<script type="application/json" id="data">{data}</script>\n'
        f"<script>{_inert(PLOTLY.read_text(encoding='utf-8'))}</script>\n"
        f"<script>{_inert(mounted)}</script>\n</body>\n</html>\n"
    )


def _data(generation: Generation, language: Language) -> str:
    trace = generation.trace
    media = generation.media
    starts = range(0, len(trace.tokens), views.TOKENS_AT_ONCE)
    data = {
        "value": json.dumps(_value(language), ensure_ascii=False),
        "whole": views.WHOLE,
        "blocks": views.BLOCKS,
        "header": views.header(generation),
        "tokens": [views.tokens(trace, start) for start in starts],
        "photo": views.photo(generation) if media and media.photo is not None else None,
        "sound": views.sound(generation) if media and media.spectrogram is not None else None,
        "routes": views.routes(trace),
        "layers": [views.layer(trace, index) for index in range(len(trace.layers))],
        "frames": _frames(generation, language),
        "looked": _looked(trace),
    }
    return json.dumps(data, ensure_ascii=False)


def _value(language: Language) -> dict[str, Any]:
    return {
        "key": "",
        "revision": 1,
        "language": language,
        "words": words(language),
        "state": "ready",
        "pinned": False,
        "read": False,
        "runs": False,
        "offline": True,
        "differences": DIFFERENCES,
    }


def _frames(generation: Generation, language: Language) -> dict[str, views.Payload]:
    kinds = [name.partition(" ")[0] for name in generation.trace.layers]
    return {kind: frame(generation, kinds.index(kind), language) for kind in dict.fromkeys(kinds)}


def _looked(trace: Trace) -> list[dict[str, Any]]:
    """Queries, keys and norms of each layer's open heads, in float32."""
    arrays = v25.trace_arrays(trace)
    parts = ("queries", "keys", "norms")
    return [
        {"heads": arrays["heads"][place]} | {k: views.pack(arrays[k][place]) for k in parts}
        for place in range(len(trace.layers))
    ]


def _inert_json(text: str) -> str:
    """JSON without a character that could begin a tag."""
    return text.replace("<", "\\u003c")


def _inert(code: str) -> str:
    """JavaScript that cannot end or comment out the element that it stands in."""
    return code.replace("</script", "<\\/script").replace("<!--", "\\x3c!--")
