"""A generation as a file, with all that looking at its attention needs and without a model.

Queries and keys of the open heads are kept in float32, so that rows, maps and summaries of what
was loaded are those of the run.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from os import PathLike
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor

from v25 import archive
from v25.schema import MODALITIES, Generation, Label, Latency, Media, Token, V25Error
from v25.slabs import Looked
from v25.tracing import SequenceTrace

FORMAT, VERSION = "v25-recording", 1
READING = "reading_"
"""Begins the names of the arrays of `Generation.reading`."""
PLACES = {"image": 4, "speech": 2, "text": 2, "own": 2}
"""Numbers in a token's place."""

Arrays = dict[str, np.ndarray]


@dataclass(frozen=True)
class SavedSource:
    """A recording's numbers; implements `v25.sources.Source`."""

    gates: np.ndarray
    forced: np.ndarray
    routes: np.ndarray
    heads: list[list[int]]
    fusion: int
    experts: int
    parts: list[tuple[Tensor, Tensor, Tensor]]
    """Queries `(k, N, d)`, keys and value norms `(k, N)` of each layer."""

    def looked(self, layer: int) -> Looked:
        """Queries and keys of the layer's open heads."""
        queries, keys, _ = self.parts[layer]
        return Looked(queries, keys, layer >= self.fusion)

    def norms(self, layer: int) -> Tensor:
        """`(k, N)` float32 norms of their values."""
        return self.parts[layer][2]


def save_recording(generation: Generation, path: str | PathLike[str]) -> None:
    """Writes a generation with its trace, its inputs in small and its times.

    Args:
        generation: as `V25Model.generate` returns it, or one that was loaded.
        path: ends in `.npz` (compact) or `.json` (arrays as base64).

    Raises:
        V25Error: another ending, or larger than a recording may be.
        OSError: the file can't be written.
    """
    header = {"format": FORMAT, "version": VERSION, **_words(generation)}
    arrays: Arrays = {}
    if generation.media is not None:
        media = generation.media
        header["media"] = {"text": media.text, "seconds": float(media.seconds)}
        if media.photo is not None:
            arrays["photo"] = np.frombuffer(media.photo, np.uint8)
        if media.spectrogram is not None:
            arrays["spectrogram"] = media.spectrogram
    header["trace"], traced = _traced(generation)
    arrays |= traced
    if generation.reading is not None:
        header["reading"] = _words(generation.reading)
        header["reading"]["trace"], traced = _traced(generation.reading)
        arrays |= {f"{READING}{name}": values for name, values in traced.items()}
    archive.write(Path(path), header, arrays)


def load_recording(path: str | PathLike[str]) -> Generation:
    """Reads what `save_recording` wrote; its trace computes rows and maps without any model.

    Args:
        path: of a file that need not be trusted.

    Raises:
        V25Error: it is no recording, broken, or of a newer version.
    """
    try:
        header, arrays = archive.read(Path(path))
        _require(header["format"] == FORMAT)
        if header["version"] != VERSION:
            raise V25Error(
                "bad_recording",
                f"The recording has version {header['version']!r:.20} and this program reads "
                f"version {VERSION}; please save it again.",
            )
        return _generation(header, arrays)
    except V25Error:
        raise
    except archive.UNREADABLE as error:
        raise V25Error(
            "bad_recording",
            f"{Path(path).name[:80]} can't be read as a recording; please choose a file that "
            "save_recording wrote.",
        ) from error


def trace_arrays(trace: SequenceTrace) -> dict[str, list[Any]]:
    """What a viewer of its own needs of a trace, one entry a layer.

    Returns:
        "heads": the open heads' indices, ascending; "queries" and "keys": `(k, N, d)` float32;
        "norms": `(k, N)` float32 of their values. A head's scores are `queries @ keys.T /
        sqrt(d)`; in decision layers no token looks at a later one.
    """
    source = trace.source
    layers = range(len(source.heads))
    looked = [source.looked(layer) for layer in layers]
    return {
        "heads": [list(heads) for heads in source.heads],
        "queries": [_numpy(x.queries) for x in looked],
        "keys": [_numpy(x.keys) for x in looked],
        "norms": [_numpy(source.norms(layer)) for layer in layers],
    }


def _traced(generation: Generation) -> tuple[dict[str, Any] | None, Arrays]:
    """What the header says of a generation's trace, and its arrays."""
    trace = generation.trace
    if trace is None:
        return None, {}
    arrays = {"gates": trace.gates, "forced": trace.forced, "routes": trace.routes}
    for name, layers in trace_arrays(trace).items():
        if name != "heads":
            arrays |= {f"{name}_{i}": layer for i, layer in enumerate(layers)}
    return _describe(trace), arrays


def _numpy(values: Tensor) -> np.ndarray:
    return values.float().cpu().contiguous().numpy()


def _words(generation: Generation) -> dict[str, Any]:
    latency = generation.latency
    return {
        "text": generation.text,
        "variants": list(generation.variants),
        "styles": list(generation.styles),
        "quote": generation.quote,
        "transcript": generation.transcript,
        "perception": [[x.label, x.product, float(x.probability)] for x in generation.perception],
        "probabilities": [float(p) for p in generation.probabilities],
        "finish_reason": generation.finish_reason,
        "listener": generation.listener,
        "latency": {
            "stages": {name: float(ms) for name, ms in latency.stages.items()},
            "token_ms": [float(ms) for ms in latency.token_ms],
            "first_token_ms": latency.first_token_ms,
            "total_ms": float(latency.total_ms),
            "device": latency.device,
            "precision": latency.precision,
            "memory": {name: int(size) for name, size in latency.memory.items()},
        },
        "media": None,
        "trace": None,
    }


def _describe(trace: SequenceTrace) -> dict[str, Any]:
    return {
        "tokens": [[t.text, t.modality, list(t.place), t.heard] for t in trace.tokens],
        "prompt_length": trace.prompt_length,
        "fusion": trace.source.fusion,
        "experts": trace.experts,
        "heads": [list(heads) for heads in trace.source.heads],
    }


def _generation(header: Mapping[str, Any], arrays: Arrays) -> Generation:
    made, before = _one(header, arrays), header.get("reading")
    if before is None:
        return made
    _require(before["media"] is None)  # it is the same
    own = {k.removeprefix(READING): v for k, v in arrays.items() if k.startswith(READING)}
    return replace(made, reading=replace(_one(before, own), media=made.media))


def _one(header: Mapping[str, Any], arrays: Arrays) -> Generation:
    reason = header["finish_reason"]
    _require(reason in ("end", "length", None))
    return Generation(
        text=_text(header["text"]),
        variants=tuple(map(_text, _list(header["variants"]))),
        styles=tuple(map(_text, _list(header["styles"]))),
        quote=_text_or_none(header.get("quote")),
        transcript=_text_or_none(header["transcript"]),
        perception=tuple(
            Label(_text(label), _text(product), _share(probability))
            for label, product, probability in _list(header["perception"])
        ),
        latency=_latency(header["latency"]),
        trace=None if header["trace"] is None else _trace(header["trace"], arrays),
        probabilities=tuple(map(_share, _list(header["probabilities"]))),
        media=None if header["media"] is None else _media(header["media"], arrays),
        finish_reason=reason,
        listener=_text_or_none(header["listener"]),
    )


def _latency(values: Mapping[str, Any]) -> Latency:
    first = values["first_token_ms"]
    return Latency(
        stages={_text(name): _number(ms) for name, ms in values["stages"].items()},
        token_ms=tuple(map(_number, _list(values["token_ms"]))),
        first_token_ms=None if first is None else _number(first),
        total_ms=_number(values["total_ms"]),
        device=_text(values["device"]),
        precision=_text(values["precision"]),
        memory={_text(name): _count(size) for name, size in values["memory"].items()},
    )


def _media(values: Mapping[str, Any], arrays: Arrays) -> Media:
    photo, levels = arrays.get("photo"), arrays.get("spectrogram")
    if photo is not None:
        _require(photo.dtype == np.uint8 and photo[:3].tobytes() == b"\xff\xd8\xff")
    _require(levels is None or (levels.dtype == np.uint8 and levels.ndim == 2 and levels.size > 0))
    return Media(
        photo=None if photo is None else photo.tobytes(),
        spectrogram=levels,
        seconds=_number(values["seconds"]),
        text=_text_or_none(values["text"]),
    )


def _trace(values: Mapping[str, Any], arrays: Arrays) -> SequenceTrace:
    tokens = [_token(*token) for token in _list(values["tokens"])]
    prompt, fusion = _count(values["prompt_length"]), _count(values["fusion"])
    experts = _count(values["experts"])
    gates, forced, routes = arrays["gates"], arrays["forced"], arrays["routes"]
    _require(gates.dtype == np.float32 and gates.ndim == 2 and gates.size > 0)
    _require(bool(((gates >= 0) & (gates <= 1)).all()))
    _require(forced.dtype == np.bool_ and forced.shape == gates.shape)
    layers = len(gates)
    _require(0 < prompt <= len(tokens) and fusion < layers)
    _require(all((t.modality == "own") == (i >= prompt) for i, t in enumerate(tokens)))
    _require(routes.dtype == np.int16 and routes.ndim == 3)
    _require(routes.shape[:2] == (layers - fusion, len(tokens)))
    _require(routes.size == 0 or -1 <= routes.min() <= routes.max() < experts)
    heads = [_heads(layer, gates.shape[1]) for layer in _list(values["heads"])]
    _require(len(heads) == layers)
    parts = []
    for layer, opened in enumerate(heads):
        length = prompt if layer < fusion else len(tokens)
        part = tuple(arrays[f"{name}_{layer}"] for name in ("queries", "keys", "norms"))
        queries, keys, norms = part
        _require(all(x.dtype == np.float32 for x in part) and queries.ndim == 3)
        _require(queries.shape[:2] == norms.shape == (len(opened), length))
        _require(keys.shape == queries.shape and queries.shape[2] > 0)
        parts.append(tuple(map(torch.from_numpy, part)))
    source = SavedSource(gates, forced, routes, heads, fusion, experts, parts)
    return SequenceTrace(source, tokens[:prompt], lambda: tokens[prompt:], len(tokens))


def _token(text: Any, modality: Any, place: Any, heard: Any) -> Token:
    _require(modality in MODALITIES and isinstance(heard, bool))
    _require(len(_list(place)) == PLACES[modality])
    for number in place:
        _number(number)
    return Token(_text(text), modality, tuple(place), heard)


def _heads(values: Any, count: int) -> list[int]:
    heads = [_count(head) for head in _list(values)]
    _require(heads == sorted(set(heads)) and all(head < count for head in heads))
    return heads


def _require(condition: bool) -> None:
    if not condition:
        raise ValueError("not as save_recording writes it")


def _list(value: Any) -> Sequence[Any]:
    _require(isinstance(value, list))
    return value


def _text(value: Any) -> str:
    _require(isinstance(value, str))
    return value


def _text_or_none(value: Any) -> str | None:
    return None if value is None else _text(value)


def _number(value: Any) -> float:
    _require(isinstance(value, int | float) and not isinstance(value, bool))
    _require(math.isfinite(value) and value >= 0)
    return float(value)


def _share(value: Any) -> float:
    _require(_number(value) <= 1 + 1e-6)
    return float(value)


def _count(value: Any) -> int:
    _require(isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 2**63)
    return value
