"""Small pieces of HTML that every panel uses."""

from __future__ import annotations

import html

from v25.ui.words import Language, say

MIB = 2**20


def escape(text: str) -> str:
    """`text` as inert HTML: no markup, and nothing that the page's own templates would fill in."""
    safe = html.escape(text, quote=True)
    for character in "{}$`\\":
        safe = safe.replace(character, f"&#{ord(character)};")
    return safe


def section(key: str, language: Language, detail: str = "") -> str:
    """A section's heading with an optional remark beside it."""
    remark = f"<span>{escape(detail)}</span>" if detail else ""
    return f'<div class="v-section"><h2>{escape(say(key, language))}</h2>{remark}</div>'


def milliseconds(value: float | None) -> str:
    """A duration for a reader; a dash for None."""
    if value is None:
        return "–"
    if value >= 10_000:
        return f"{value / 1000:.1f} s"
    return f"{value:.0f} ms" if value >= 100 else f"{value:.1f} ms"


def mebibytes(count: int) -> str:
    """Bytes for a reader."""
    size = count / MIB
    return f"{size:.0f} MiB" if size >= 100 else f"{size:.1f} MiB" if size >= 0.05 else "< 0.1 MiB"
