"""A recording gives back all that a run did, needs no model, and trusts no file."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from parts import key_of

from v25 import archive, load_recording, save_recording, trace_arrays
from v25.api import V25Model
from v25.schema import LENSES, Generation
from v25.tracing import SequenceTrace

ROOT = Path(__file__).parents[1]
KINDS = ["npz", "json"]


@pytest.fixture(scope="module")
def made(tiny_model: V25Model, photo: np.ndarray, sound: tuple[int, np.ndarray]) -> Generation:
    """All modalities, one head forced open and one closed: layers of unequal k."""
    gates = {(0, 3): 0.0, (0, 4): 0.0, (1, 5): 0.5, (3, 0): 1.0, (3, 1): 1.0}
    text = "写文案 for Aurora \ud83d shoes"
    return tiny_model.generate(text, photo, sound, max_length=12, seed=4, gates=gates)


@pytest.fixture(params=KINDS)
def loaded(request: pytest.FixtureRequest, made: Generation, tmp_path: Path) -> Generation:
    path = tmp_path / f"run.{request.param}"
    save_recording(made, path)
    return load_recording(path)


def test_everything_that_was_said_comes_back(made: Generation, loaded: Generation) -> None:
    for name in ("text", "variants", "styles", "transcript", "perception", "latency"):
        assert getattr(loaded, name) == getattr(made, name)
    for name in ("probabilities", "finish_reason", "listener"):
        assert getattr(loaded, name) == getattr(made, name)
    assert loaded.media.photo == made.media.photo
    assert (loaded.media.spectrogram == made.media.spectrogram).all()
    assert loaded.media.seconds == made.media.seconds
    assert loaded.media.text == made.media.text.replace("\ud83d", "?")


def test_the_trace_tells_the_same(made: Generation, loaded: Generation) -> None:
    live, kept = made.trace, loaded.trace
    assert kept.layers == live.layers
    assert kept.spans == live.spans
    assert [t.place for t in kept.tokens] == [t.place for t in live.tokens]
    assert [t.text.replace("\ud83d", "?") for t in live.tokens] == [t.text for t in kept.tokens]
    assert (kept.prompt_length, kept.experts) == (live.prompt_length, live.experts)
    for name in ("gates", "open", "forced", "routes"):
        a, b = getattr(live, name), getattr(kept, name)
        assert a.dtype == b.dtype
        assert (a == b).all()


@pytest.mark.parametrize("lens", LENSES)
def test_rows_columns_and_maps_are_those_of_the_run(
    made: Generation, loaded: Generation, lens: Any
) -> None:
    live, kept = made.trace, loaded.trace
    for layer in (0, 1, 3, None):
        heads = [None] if layer is None else [None, int(live.open[layer].argmax())]
        for head in heads:
            for token in (0, live.prompt_length - 1):
                for name in ("row", "column"):
                    a, b = (getattr(t, name)(layer, head, token, lens) for t in (live, kept))
                    np.testing.assert_allclose(a, b, atol=1e-6)
            for side in (7, None):
                a, b = (t.map(layer, head, side, lens) for t in (live, kept))
                np.testing.assert_allclose(a, b, atol=1e-6)


def test_summaries_and_norms_are_those_of_the_run(made: Generation, loaded: Generation) -> None:
    for layer in range(4):
        a, b = (t.summary(layer) for t in (made.trace, loaded.trace))
        np.testing.assert_allclose(a.maps, b.maps, atol=1e-6)
        np.testing.assert_allclose(a.entropy, b.entropy, atol=1e-6)
        np.testing.assert_allclose(a.shares, b.shares, atol=1e-6)
        assert (made.trace.value_norms(layer) == loaded.trace.value_norms(layer)).all()


def test_a_recording_can_be_saved_again(loaded: Generation, tmp_path: Path) -> None:
    save_recording(loaded, tmp_path / "again.json")
    again = load_recording(tmp_path / "again.json")
    assert again.text == loaded.text
    assert again.trace.tokens == loaded.trace.tokens
    assert (again.trace.map(3, None) == loaded.trace.map(3, None)).all()


@pytest.mark.parametrize("kind", KINDS)
def test_what_was_not_captured_is_not_there(
    tiny_model: V25Model, tmp_path: Path, kind: str
) -> None:
    path = tmp_path / f"a.{kind}"
    made = tiny_model.generate("apples", max_length=3, seed=1, capture=False)
    save_recording(made, path)
    loaded = load_recording(path)
    assert loaded.trace is None
    assert loaded.text == made.text
    assert loaded.media.photo is loaded.media.spectrogram is None
    save_recording(Generation(), path)
    assert load_recording(path) == Generation()


def test_a_stopped_run_and_a_prompt_alone_are_recordings_too(
    tiny_model: V25Model, tmp_path: Path
) -> None:
    stream = tiny_model.stream("apples", max_length=40, seed=1)
    next(stream)
    stream.close()
    prompt = tiny_model.get_attention_map("apples").trace
    for made in (stream.generation, Generation(trace=prompt)):
        save_recording(made, tmp_path / "a.npz")
        loaded = load_recording(tmp_path / "a.npz")
        assert loaded.trace.tokens == made.trace.tokens
        assert (loaded.trace.map(2, None) == made.trace.map(2, None)).all()


def test_the_arrays_make_the_map_by_the_formula_that_is_told(made: Generation) -> None:
    trace, arrays = made.trace, trace_arrays(made.trace)
    for layer in (0, 3):
        heads = arrays["heads"][layer]
        assert heads == np.flatnonzero(trace.open[layer]).tolist()
        queries, keys = arrays["queries"][layer], arrays["keys"][layer]
        assert queries.shape == keys.shape == (len(heads), trace.length(layer), 4)
        scores = queries[1].astype(np.float64) @ keys[1].T / np.sqrt(4)
        if layer == 3:
            scores = np.where(np.tri(len(scores), dtype=bool), scores, -np.inf)
        shares = np.exp(scores) / np.exp(scores).sum(-1, keepdims=True)
        np.testing.assert_allclose(trace.map(layer, heads[1]), shares, atol=1e-5)
        assert (arrays["norms"][layer] == trace.value_norms(layer)[heads]).all()


def test_looking_at_a_recording_loads_no_model_code(made: Generation, tmp_path: Path) -> None:
    save_recording(made, tmp_path / "a.npz")
    code = (
        "import sys, v25; t = v25.load_recording(sys.argv[1]).trace; t.map(None, None); "
        "t.summary(0); print(*sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path / "a.npz")],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    heavy = {"transformers", "tokenizers", "v25.model.network", "v25.api", "gradio", "plotly"}
    assert not set(done.stdout.split()) & heavy


def rewritten(path: Path, change: Callable[[dict[str, Any], dict[str, np.ndarray]], Any]) -> Path:
    """The recording with its header or arrays changed, written as archives are."""
    header, arrays = archive.read(path)
    change(header, arrays)
    archive.write(path, header, arrays)
    return path


CHANGES: dict[str, Callable[[dict[str, Any], dict[str, np.ndarray]], Any]] = {
    "another format": lambda h, a: h.update(format="other"),
    "a newer version": lambda h, a: h.update(version=2),
    "no version": lambda h, a: h.pop("version"),
    "text that is a list": lambda h, a: h.update(text=["<b>"]),
    "an unknown reason": lambda h, a: h.update(finish_reason="because"),
    "probabilities above 1": lambda h, a: h.update(probabilities=[2.0]),
    "negative times": lambda h, a: h["latency"].update(token_ms=[-1.0]),
    "no latency": lambda h, a: h.pop("latency"),
    "no gates": lambda h, a: a.pop("gates"),
    "gates above 1": lambda h, a: a["gates"].__setitem__((0, 0), 1.5),
    "gates that are no numbers": lambda h, a: a["gates"].__setitem__((0, 0), np.nan),
    "gates of fewer layers": lambda h, a: a.update(gates=a["gates"][:2]),
    "routes to experts that are not": lambda h, a: a["routes"].__setitem__((0, 0, 0), 99),
    "routes of fewer tokens": lambda h, a: a.update(routes=a["routes"][:, :-1]),
    "keys of fewer tokens": lambda h, a: a.update(keys_1=a["keys_1"][:, :-1]),
    "norms of one head less": lambda h, a: a.update(norms_1=a["norms_1"][1:]),
    "queries of another type": lambda h, a: a.update(queries_0=a["queries_0"].astype(np.int16)),
    "a head twice": lambda h, a: h["trace"]["heads"][1].__setitem__(1, h["trace"]["heads"][1][0]),
    "a head that is not there": lambda h, a: h["trace"]["heads"][1].__setitem__(-1, 16),
    "a layer of heads too many": lambda h, a: h["trace"]["heads"].append([]),
    "a prompt longer than all": lambda h, a: h["trace"].update(prompt_length=10**9),
    "a prompt of no tokens": lambda h, a: h["trace"].update(prompt_length=0),
    "fusion layers alone": lambda h, a: h["trace"].update(fusion=4),
    "a modality that is not": lambda h, a: h["trace"]["tokens"][0].__setitem__(1, "smell"),
    "a place too short": lambda h, a: h["trace"]["tokens"][0].__setitem__(2, [0]),
    "a token too long": lambda h, a: h["trace"]["tokens"][0].append(1),
    "a page as photo": lambda h, a: a.update(photo=np.frombuffer(b"<svg/>", np.uint8)),
    "a spectrogram of one axis": lambda h, a: a.update(spectrogram=np.zeros(4, np.uint8)),
    "a header that is a list": lambda h, a: h.update(trace=[1]),
}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_a_changed_recording_gets_one_sentence(
    made: Generation, tmp_path: Path, kind: str, change: Any
) -> None:
    path = tmp_path / f"run.{kind}"
    save_recording(made, path)
    assert isinstance(load_recording(rewritten(path, lambda h, a: None)).trace, SequenceTrace)
    rewritten(path, change)
    assert key_of(lambda: load_recording(path)) == "bad_recording"


def test_what_is_no_recording_gets_one_sentence(tmp_path: Path) -> None:
    contents = {
        "empty.npz": b"",
        "empty.json": b"",
        "noise.npz": bytes(range(256)) * 40,
        "list.json": b"[]",
        "other.json": json.dumps({"header": {"format": "x"}, "arrays": {}}).encode(),
        "null.json": b'{"header": null, "arrays": null}',
        "deep.json": b"[" * 200_000,
        "bytes.json": b"\xff\xfe\x00",
    }
    for name, content in contents.items():
        (tmp_path / name).write_bytes(content)
        assert key_of(lambda name=name: load_recording(tmp_path / name)) == "bad_recording", name
    for name in ("none.npz", "none.json", "run.pkl", "run"):
        assert key_of(lambda name=name: load_recording(tmp_path / name)) == "bad_recording", name
    assert key_of(lambda: save_recording(Generation(), tmp_path / "run.pt")) == "bad_recording"


@pytest.mark.parametrize("kind", KINDS)
def test_a_file_cut_anywhere_gets_one_sentence(made: Generation, tmp_path: Path, kind: str) -> None:
    path = tmp_path / f"run.{kind}"
    save_recording(made, path)
    content = path.read_bytes()
    for share in (0.01, 0.3, 0.7, 0.99):
        path.write_bytes(content[: int(share * len(content))])
        assert key_of(lambda: load_recording(path)) == "bad_recording"
