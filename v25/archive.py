"""A header and named arrays in one file, `.npz` or `.json`, safe to read from strangers.

No pickle. Every size is known and checked before memory is taken for it.
"""

from __future__ import annotations

import base64
import json
import math
import zipfile
import zlib
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np

from v25.schema import V25Error

HEADER = "header"
MIB = 2**20
MOST_BYTES = {".npz": 512 * MIB, ".json": 32 * MIB}
"""All arrays of a file together. JSON is read whole, and each of its values takes more memory than
its digits: long recordings are for NPZ."""
HEADER_BYTES = 8 * MIB
MOST_ARRAYS, MOST_AXES = 1000, 4
KINDS = ("float32", "int16", "uint8", "bool")
END_OF_ZIP = 22
"""Bytes of the record that ends a ZIP file without a comment, as NumPy writes it."""
UNREADABLE = (
    OSError,
    EOFError,
    ValueError,
    ArithmeticError,
    LookupError,
    TypeError,
    AttributeError,
    RuntimeError,
    SyntaxError,
    zipfile.BadZipFile,
    zlib.error,
)
"""What reading a broken or hostile file may raise."""


def write(path: Path, header: Mapping[str, Any], arrays: Mapping[str, np.ndarray]) -> None:
    """Writes `path`; its ending says how.

    Raises:
        V25Error: more than may be read again, or an ending that is neither.
        OSError: it can't be written.
    """
    kind = _kind(path)
    size = sum(array.nbytes for array in arrays.values())
    text = json.dumps(header, ensure_ascii=False, allow_nan=False)
    if size > MOST_BYTES[kind]:
        raise _too_large(size, kind)
    encoded = text.encode("utf-8", "replace")  # half a character (a surrogate) to "?"
    if len(encoded) > HEADER_BYTES:
        raise _too_large(len(encoded), kind)
    if kind == ".npz":
        with path.open("wb") as file:
            np.savez_compressed(file, **{HEADER: np.frombuffer(encoded, np.uint8)}, **arrays)
        return
    packed = {
        name: {
            "dtype": array.dtype.name,
            "shape": array.shape,
            "data": base64.b64encode(np.ascontiguousarray(array).tobytes()).decode("ascii"),
        }
        for name, array in arrays.items()
    }
    whole = {HEADER: json.loads(encoded), "arrays": packed}
    path.write_text(json.dumps(whole, ensure_ascii=False), encoding="utf-8")


def read(path: Path) -> tuple[dict[str, Any], dict[str, np.ndarray]]:
    """The header and the arrays of a file that `write` made.

    Raises:
        V25Error: too large, or an ending that is neither.
        Exception: one of `UNREADABLE`: it is broken, or no such file.
    """
    kind = _kind(path)
    size = path.stat().st_size
    if size > 2 * MOST_BYTES[kind]:  # base64 takes a third more, the header the rest
        raise _too_large(size, kind)
    return _read_zip(path) if kind == ".npz" else _read_json(path)


def _kind(path: Path) -> str:
    kind = path.suffix.lower()
    if kind not in MOST_BYTES:
        raise V25Error("bad_recording", "A recording is a file that ends in .npz or .json.")
    return kind


def _too_large(size: int, kind: str) -> V25Error:
    megabytes, limit = math.ceil(size / MIB), MOST_BYTES[kind] // MIB
    return V25Error(
        "recording_too_large",
        f"The recording takes {megabytes} MB and a {kind} file may take {limit} MB; "
        "please save long ones as .npz.",
        megabytes=megabytes,
        limit=limit,
    )


def _read_zip(path: Path) -> tuple[dict[str, Any], dict[str, np.ndarray]]:
    with path.open("rb") as file:
        file.seek(-END_OF_ZIP, 2)
        end = file.read(END_OF_ZIP)
        count, listing = int.from_bytes(end[10:12], "little"), int.from_bytes(end[12:16], "little")
        if end[:4] != b"PK\5\6" or count > MOST_ARRAYS or listing > MIB:
            raise ValueError("not a ZIP file of a few arrays")
        with zipfile.ZipFile(file) as members:
            listed = members.infolist()
            size = sum(member.file_size for member in listed)
            if size > MOST_BYTES[".npz"] + HEADER_BYTES:
                raise _too_large(size, ".npz")
            arrays = {}
            for member in listed:
                if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
                    raise ValueError("packed in an unusual way")
                with members.open(member) as inside:  # reads no more than `file_size`
                    arrays[member.filename.removesuffix(".npy")] = _array(inside.read())
    return json.loads(arrays.pop(HEADER).tobytes(), parse_constant=_no_number), arrays


def _array(content: bytes) -> np.ndarray:
    """An array in NumPy's own format, its size checked before it is made."""
    file = BytesIO(content)
    if np.lib.format.read_magic(file) != (1, 0):
        raise ValueError("an unusual array")
    shape, by_columns, dtype = np.lib.format.read_array_header_1_0(file)
    if by_columns:
        raise ValueError("an array by columns")
    return _shaped(content[file.tell() :], dtype, shape)


def _read_json(path: Path) -> tuple[dict[str, Any], dict[str, np.ndarray]]:
    whole = json.loads(path.read_bytes(), parse_constant=_no_number)
    packed = whole["arrays"]
    if len(packed) > MOST_ARRAYS:
        raise ValueError("too many arrays")
    arrays = {}
    for name, array in packed.items():
        if array["dtype"] not in KINDS:
            raise ValueError("an unusual array")
        content = base64.b64decode(array["data"], validate=True)
        arrays[name] = _shaped(content, np.dtype(array["dtype"]), tuple(array["shape"]))
    return whole[HEADER], arrays


def _shaped(content: bytes, dtype: np.dtype, shape: tuple[int, ...]) -> np.ndarray:
    plain = dtype.name in KINDS and dtype.isnative and len(shape) <= MOST_AXES
    if not plain or not all(type(side) is int and side >= 0 for side in shape):
        raise ValueError("an unusual array")
    if math.prod(shape) * dtype.itemsize != len(content):
        raise ValueError("an array of another size than it says")
    return np.frombuffer(content, dtype).reshape(shape).copy()


def _no_number(name: str) -> float:
    raise ValueError(f"{name} is no number")
