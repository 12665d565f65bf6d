"""What the explorer draws, as small JSON: a trace and a question in, a payload out.

Arrays travel as `{"dtype", "shape", "data"}` with little-endian bytes in base64, pictures as uint8
and values as float32. Every payload stays under `MOST_BYTES`, whatever the length of the input:
maps of up to `WHOLE` tokens come whole (in slabs of rows), longer ones in block averages, and their
rows and columns one at a time.
"""

from __future__ import annotations

import base64
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from v25.schema import LENSES, MODALITIES, Generation, Lens, Token, Trace

Payload = dict[str, Any]

MOST_BYTES = 400_000
WHOLE = 340
"""Most tokens whose maps travel whole, so that a step from word to word asks for nothing."""
BLOCKS = 224
"""Most blocks along a side of a longer map: 224² float32 are 268 kB in base64."""
THUMBNAIL = 24
"""Most blocks along a side of the overview's thumbnails."""
TOKENS_AT_ONCE = 4096
_VALUES_AT_ONCE = 70_000
_MOST_FRAMES = 1500
_PLACES = 4


def pack(array: np.ndarray) -> Payload:
    """An array as JSON; `unpack` is the inverse."""
    array = np.ascontiguousarray(array)
    little = array.astype(array.dtype.newbyteorder("<"), copy=False)
    data = base64.b64encode(little.tobytes()).decode()
    return {"dtype": array.dtype.name, "shape": list(array.shape), "data": data}


def unpack(packed: Mapping[str, Any]) -> np.ndarray:
    """The array that `pack` wrote."""
    kind = np.dtype(packed["dtype"]).newbyteorder("<")
    values = np.frombuffer(base64.b64decode(packed["data"]), kind)
    return values.reshape(packed["shape"]).astype(kind.newbyteorder("="))


def header(generation: Generation) -> Payload:
    """What a page needs first: names, gates, sizes, and what each written token was given."""
    trace, latency = generation.trace, generation.latency
    media = generation.media
    return {
        "layers": list(trace.layers),
        "gates": pack(np.asarray(trace.gates, np.float32)),
        "open": pack(np.asarray(trace.open, np.uint8)),
        "forced": pack(np.asarray(trace.forced, np.uint8)),
        "experts": int(trace.experts),
        "prompt": int(trace.prompt_length),
        "count": len(trace.tokens),
        "whole": WHOLE,
        "probabilities": pack(np.asarray(generation.probabilities, np.float32)),
        "ended": generation.finish_reason == "end",
        "photo": media is not None and media.photo is not None,
        "sound": media is not None and media.spectrogram is not None,
        "latency": {
            "first_token": latency.first_token_ms,
            "per_token": latency.ms_per_token,
            "total": latency.total_ms,
            "device": latency.device,
            "precision": latency.precision,
        },
    }


def tokens(trace: Trace, start: int = 0) -> Payload:
    """Texts, kinds and places of the tokens from `start`, at most `TOKENS_AT_ONCE`."""
    shown = trace.tokens[start : start + TOKENS_AT_ONCE]
    places = np.zeros((len(shown), _PLACES), np.float32)
    for row, token in zip(places, shown, strict=True):
        row[: len(token.place)] = token.place
    return {
        "start": start,
        "texts": [token.text for token in shown],
        "kinds": pack(np.array([MODALITIES.index(t.modality) for t in shown], np.uint8)),
        "heard": pack(np.array([t.heard for t in shown], np.uint8)),
        "places": pack(places),
    }


def photo(generation: Generation) -> Payload:
    """The photo as a data address."""
    data = base64.b64encode(generation.media.photo).decode()
    return {"photo": f"data:image/jpeg;base64,{data}"}


def sound(generation: Generation) -> Payload:
    """The spectrogram `(bands, frames)` uint8; a long one averaged over neighbouring frames."""
    levels = np.asarray(generation.media.spectrogram)
    if levels.shape[1] > _MOST_FRAMES:
        cuts = np.linspace(0, levels.shape[1], _MOST_FRAMES + 1).astype(int)[:-1]
        sizes = np.diff([*cuts, levels.shape[1]])
        sums = np.add.reduceat(levels.astype(np.float32), cuts, axis=1)
        levels = np.round(sums / sizes).astype(np.uint8)
    return {"spectrogram": pack(levels), "seconds": float(generation.media.seconds)}


def layer(trace: Trace, index: int) -> Payload:
    """Thumbnails, entropy and shares of one layer's heads.

    A thumbnail is the square root of the block averages, each head to its own maximum.
    """
    made = trace.summary(index, THUMBNAIL)
    shades = np.sqrt(np.maximum(made.maps, 0))
    peaks = shades.max(axis=(1, 2), keepdims=True)
    shades = np.round(255 * shades / np.where(peaks > 0, peaks, 1)).astype(np.uint8)
    return {
        "layer": index,
        "maps": pack(shades),
        "entropy": pack(np.asarray(made.entropy, np.float32)),
        "shares": pack(np.asarray(made.shares, np.float32)),
    }


def matrix(
    trace: Trace, layer: int | None, head: int | None, lens: Lens = "attention", start: int = 0
) -> Payload:
    """A map's rows from `start`, as many as one payload takes.

    A decision layer's rows end at the diagonal, since nothing lies behind it.
    """
    causal = not _fuses(trace, layer)
    count = len(trace.tokens) if layer is None else trace.length(layer)
    side = None if count <= WHOLE else BLOCKS
    return _slab(trace.map(layer, head, side, lens), count, causal, start)


def row(
    trace: Trace, layer: int | None, head: int | None, query: int, lens: Lens = "attention"
) -> Payload:
    """Where token `query` looks."""
    return {"values": pack(np.asarray(trace.row(layer, head, query, lens), np.float32))}


def column(
    trace: Trace, layer: int | None, head: int | None, token: int, lens: Lens = "attention"
) -> Payload:
    """How much each token looks at `token`."""
    return {"values": pack(np.asarray(trace.column(layer, head, token, lens), np.float32))}


def routes(trace: Trace) -> Payload:
    """`(decision layers, N, 2)` uint8: the experts that each token took."""
    return {"routes": pack(np.asarray(trace.routes, np.uint8)), "experts": int(trace.experts)}


def looks(trace: Trace, query: int) -> Payload:
    """`(L, H, 4)`: how token `query` of each decision head shares its attention out.

    Zeros for closed heads and for fusion layers, where written words do not look.
    """
    members = np.array([MODALITIES.index(t.modality) for t in trace.tokens])
    layers, heads = trace.gates.shape
    shares = np.zeros((layers, heads, len(MODALITIES)), np.float32)
    for place in range(layers):
        if _fuses(trace, place):
            continue
        for head in np.flatnonzero(trace.open[place]):
            seen = trace.row(place, int(head), query)
            shares[place, head] = np.bincount(members[: len(seen)], seen, len(MODALITIES))
    return {"shares": pack(shares)}


def difference(
    a: Trace, b: Trace, layer: int, head: int, lens: Lens = "attention", start: int = 0
) -> Payload:
    """Map of `b` less that of `a`, over the tokens that both begin with.

    `{"why": key}` where no such map is to be had: other layers, other prompts, or too long to cut.
    """
    if a.layers != b.layers or a.gates.shape != b.gates.shape:
        return {"why": "diff_layers"}
    lengths = a.length(layer), b.length(layer)
    common = _common(a.tokens[: lengths[0]], b.tokens[: lengths[1]])
    if common < max(a.prompt_length, b.prompt_length):
        return {"why": "diff_prompts"}
    if max(lengths) > WHOLE and not common == lengths[0] == lengths[1]:
        return {"why": "diff_long"}
    side = None if max(lengths) <= WHOLE else BLOCKS
    first, second = (np.asarray(t.map(layer, head, side, lens), np.float32) for t in (a, b))
    kept = common if side is None else len(second)
    changed = second[:kept, :kept] - first[:kept, :kept]
    return {**_slab(changed, common, not _fuses(b, layer), start), "common": common}


def _slab(values: np.ndarray, count: int, causal: bool, start: int) -> Payload:
    side = len(values)
    widths = np.arange(1, side + 1) if causal else np.full(side, side)
    room = np.searchsorted(np.cumsum(widths[start:]), _VALUES_AT_ONCE, side="right")
    stop = min(side, start + max(1, int(room)))
    rows = [values[i, : widths[i]] for i in range(start, stop)]
    flat = np.concatenate(rows) if rows else np.zeros(0)
    return {
        "side": side,
        "count": count,
        "causal": causal,
        "start": start,
        "stop": stop,
        "values": pack(flat.astype(np.float32)),
    }


def _fuses(trace: Trace, layer: int | None) -> bool:
    return layer is not None and trace.layers[layer].startswith("fusion")


def _common(a: tuple[Token, ...], b: tuple[Token, ...]) -> int:
    """Tokens that both sequences begin with."""
    for place, (one, other) in enumerate(zip(a, b, strict=False)):
        if one != other:
            return place
    return min(len(a), len(b))


_OF_TRACE: dict[str, Callable[..., Payload]] = {
    "tokens": tokens,
    "layer": layer,
    "matrix": matrix,
    "row": row,
    "column": column,
    "routes": routes,
    "looks": looks,
}
_OF_GENERATION: dict[str, Callable[..., Payload]] = {
    "header": header,
    "photo": photo,
    "sound": sound,
}
_NUMBERS = ("start", "index", "layer", "head", "query", "token")


def answer(
    name: str, shown: Generation, pinned: Generation | None, arguments: Mapping[str, Any]
) -> Payload:
    """The payload of view `name`; `arguments` are a browser's and are checked here.

    Args:
        name: a function of this module.
        shown: B, the newest result.
        pinned: A, the result kept beside it; `{"side": "a"}` among the arguments asks for it.
        arguments: keyword arguments of that function, as JSON gives them.

    Raises:
        ValueError: no such view, or an argument of the wrong kind.
        IndexError: no such layer, head or token.
    """
    given = {k: _number(k, v) for k, v in arguments.items() if k in _NUMBERS}
    lens = arguments.get("lens", "attention")
    if lens not in LENSES:
        raise ValueError(f"no such lens: {lens!r}")
    if name in ("matrix", "row", "column", "difference"):
        given["lens"] = lens
    generation = pinned if arguments.get("side") == "a" else shown
    if generation is None or generation.trace is None:
        raise ValueError("there is no such result")
    if name in _OF_GENERATION:
        return _OF_GENERATION[name](generation)
    if name == "difference" and pinned is not None and pinned.trace is not None:
        return difference(pinned.trace, shown.trace, **given)
    if name in _OF_TRACE:
        return _OF_TRACE[name](generation.trace, **given)
    raise ValueError(f"no such view: {name!r}")


def _number(name: str, value: Any) -> int | None:
    nothing = value is None and name in ("layer", "head")
    if nothing or (isinstance(value, int) and not isinstance(value, bool) and value >= 0):
        return value
    raise ValueError(f"{name} must be a whole number from 0, not {value!r}")
