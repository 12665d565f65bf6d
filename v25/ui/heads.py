"""The canvas of all heads: what goes to the browser, and the component that draws it."""

from __future__ import annotations

import base64
import json
from pathlib import Path

import gradio as gr
import numpy as np

from v25.schema import Trace
from v25.ui.words import Language, layer_name, say

SIDE = 24
_SCRIPT = (Path(__file__).parent / "heads.js").read_text(encoding="utf-8")
_TEMPLATE = (
    '<div class="v-heads"><canvas tabindex="0" role="application"></canvas>'
    '<p class="v-heads-read" aria-live="polite"></p></div>'
)


def heads_canvas() -> gr.HTML:
    """The clickable canvas; its value is `heads_value`, its `select` event names layer and head."""
    return gr.HTML("", html_template=_TEMPLATE, js_on_load=_SCRIPT, elem_id="heads", min_height=60)


def heads_value(
    trace: Trace | None,
    language: Language,
    chosen: tuple[int, int] | None = None,
    thumbnails: np.ndarray | None = None,
) -> str:
    """Everything that the canvas draws, as JSON.

    Args:
        trace: None before the first request.
        language: of the page.
        chosen: `(layer, head)` to outline.
        thumbnails: `(L, H, n, n)` uint8 from `shades`; None draws the gates alone.
    """
    words = {
        key: say(key, language)
        for key in ("gate", "open", "closed", "heads_empty", "group_fusion", "group_decision")
    }
    words |= {"head": say("head", language, number="#"), "label": say("all_heads", language)}
    if trace is None:
        return json.dumps({"words": words})
    rows, columns = trace.gates.shape
    value = {
        "words": words,
        "rows": rows,
        "columns": columns,
        "layers": [layer_name(name, language) for name in trace.layers],
        "kinds": [name.partition(" ")[0] for name in trace.layers],
        "gates": np.round(np.asarray(trace.gates, dtype=float), 4).tolist(),
        "open": np.asarray(trace.open, dtype=int).tolist(),
        "chosen": list(chosen) if chosen else None,
        "side": 0 if thumbnails is None else int(thumbnails.shape[-1]),
        "extents": [] if thumbnails is None else _extents(thumbnails),
        "pixels": "" if thumbnails is None else base64.b64encode(thumbnails.tobytes()).decode(),
    }
    return json.dumps(value, ensure_ascii=False)


def shades(trace: Trace, side: int = SIDE) -> np.ndarray:
    """`(L, H, n, n)` uint8 brightness: square root of the weight, each head to its own maximum."""
    weights = np.sqrt(np.maximum(np.asarray(trace.overview(max_side=side), dtype=np.float32), 0))
    peaks = weights.max(axis=(2, 3), keepdims=True)
    return np.round(255 * weights / np.where(peaks > 0, peaks, 1)).astype(np.uint8)


def _extents(thumbnails: np.ndarray) -> list[int]:
    """Rows that each layer's maps fill: fusion layers see fewer tokens than decision layers."""
    filled = thumbnails.max(axis=(1, 3)) > 0  # (L, n)
    side = filled.shape[1]
    return [side - int(np.argmax(rows[::-1])) if rows.any() else side for rows in filled]
