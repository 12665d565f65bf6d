"""Archives keep arrays bit for bit, and a hostile file takes neither memory nor control."""

from __future__ import annotations

import base64
import io
import json
import pickle
import tracemalloc
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from parts import key_of

from v25 import archive, load_recording

ARRAYS = {
    "single": np.random.default_rng(1).normal(size=(2, 3, 4)).astype(np.float32),
    "short": np.arange(6, dtype=np.int16).reshape(2, 3),
    "flags": np.array([True, False, True]),
    "bytes": np.arange(256, dtype=np.uint8),
    "nothing": np.zeros((3, 0), np.float32),
    "turned": np.arange(12, dtype=np.float32).reshape(3, 4).T,
}


@pytest.mark.parametrize("kind", ["npz", "json", "NPZ"])
def test_what_is_written_is_read(tmp_path: Path, kind: str) -> None:
    header = {"text": "文案 🎉", "number": 0.1, "list": [1, None, True]}
    arrays = {k: np.ascontiguousarray(v) for k, v in ARRAYS.items()}
    archive.write(tmp_path / f"a.{kind}", header, arrays)
    found, values = archive.read(tmp_path / f"a.{kind}")
    assert found == header
    assert values.keys() == ARRAYS.keys()
    for name, array in ARRAYS.items():
        assert values[name].dtype == array.dtype
        assert (values[name] == array).all()
        assert values[name].flags.writeable


def test_numpy_reads_the_npz_too(tmp_path: Path) -> None:
    archive.write(tmp_path / "a.npz", {"a": 1}, ARRAYS)
    with np.load(tmp_path / "a.npz", allow_pickle=False) as file:
        assert (file["single"] == ARRAYS["single"]).all()
        assert json.loads(file["header"].tobytes()) == {"a": 1}


class Harm:
    """Leaves a file behind when it is unpickled."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> tuple[Any, ...]:
        return (Path.touch, (self.path,))


def test_nothing_is_unpickled(tmp_path: Path) -> None:
    array = np.empty(1, object)
    array[0] = Harm(tmp_path / "harm")
    np.savez(tmp_path / "a.npz", header=array)
    assert key_of(lambda: load_recording(tmp_path / "a.npz")) == "bad_recording"
    (tmp_path / "b.npz").write_bytes(pickle.dumps(Harm(tmp_path / "harm")))
    assert key_of(lambda: load_recording(tmp_path / "b.npz")) == "bad_recording"
    assert not (tmp_path / "harm").exists()


def member(shape: str, descr: str = "'<f4'", content: bytes = b"\0" * 16) -> bytes:
    """An array file that says what it likes of itself."""
    file = io.BytesIO()
    text = f"{{'descr': {descr}, 'fortran_order': False, 'shape': {shape}}}\n".encode()
    file.write(b"\x93NUMPY\x01\x00" + len(text).to_bytes(2, "little") + text + content)
    return file.getvalue()


HOSTILE: dict[str, bytes] = {
    "a shape of terabytes": member("(1000000000000,)"),
    "a shape below nothing": member("(-4,)"),
    "a shape that overflows": member(f"({2**62}, 8)"),
    "many axes": member("(1, 1, 1, 1, 1, 4)"),
    "objects": member("(2,)", "'|O'"),
    "records": member("(2,)", "[('a', '<f4'), ('b', '<f4')]"),
    "big-endian": member("(4,)", "'>f4'"),
    "long doubles": member("(1,)", "'<f16'"),
    "text": member("(1,)", "'<U4'"),
    "no array": b"hello",
    "half a header": member("(4,)")[:30],
    "code for a shape": member("(__import__('os').getcwd(),)"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_an_array_that_lies_takes_no_memory(tmp_path: Path, name: str) -> None:
    path = tmp_path / "a.npz"
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("header.npy", HOSTILE[name])
    tracemalloc.start()
    assert key_of(lambda: load_recording(path)) == "bad_recording"
    assert tracemalloc.get_traced_memory()[1] < 4 * archive.MIB
    tracemalloc.stop()


def test_a_small_file_of_huge_content_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    path, zeros = tmp_path / "bomb.npz", b"\0" * 2**24
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for number in range(40):
            file.writestr(f"a{number}.npy", zeros)
    assert path.stat().st_size < archive.MIB
    tracemalloc.start()
    assert key_of(lambda: load_recording(path)) == "recording_too_large"
    assert tracemalloc.get_traced_memory()[1] < 8 * archive.MIB
    tracemalloc.stop()


def test_unusual_zip_files_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.npz"
    with zipfile.ZipFile(path, "w") as file:
        for number in range(archive.MOST_ARRAYS + 1):
            file.writestr(f"{number}.npy", b"")
    assert key_of(lambda: load_recording(path)) == "bad_recording"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_LZMA) as file:
        file.writestr("header.npy", member("(4,)"))
    assert key_of(lambda: load_recording(path)) == "bad_recording"


def as_json(**change: Any) -> dict[str, Any]:
    array = {"dtype": "float32", "shape": [2], "data": base64.b64encode(bytes(8)).decode()}
    return {"header": {}, "arrays": {"a": {**array, **change}}}


@pytest.mark.parametrize(
    "change",
    [
        {"shape": [3]},
        {"shape": [10**12]},
        {"shape": [-2]},
        {"shape": [2.0]},
        {"shape": [True, 2]},
        {"shape": 2},
        {"shape": [1] * 5 + [2]},
        {"dtype": "object"},
        {"dtype": "float64"},
        {"dtype": ["float32"]},
        {"data": "!!!!"},
        {"data": 5},
    ],
)
def test_a_json_array_that_lies_is_refused(tmp_path: Path, change: dict[str, Any]) -> None:
    path = tmp_path / "a.json"
    path.write_text(json.dumps(as_json()))
    assert archive.read(path)[1]["a"].shape == (2,)
    path.write_text(json.dumps(as_json(**change)))
    assert key_of(lambda: load_recording(path)) == "bad_recording"


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity"])
def test_what_is_no_number_is_refused(tmp_path: Path, number: str) -> None:
    (tmp_path / "a.json").write_text(f'{{"header": {{"a": {number}}}, "arrays": {{}}}}')
    assert key_of(lambda: load_recording(tmp_path / "a.json")) == "bad_recording"


def test_what_could_not_be_read_again_is_not_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(archive.MOST_BYTES, ".json", 100)
    write: Callable[[str], None] = lambda kind: archive.write(  # noqa: E731
        tmp_path / f"a.{kind}", {}, {"a": np.zeros(101, np.uint8)}
    )
    assert key_of(lambda: write("json")) == "recording_too_large"
    write("npz")
    assert not (tmp_path / "a.json").exists()
