"""Labelled photos of zips and folders for evaluation, listed at once and read when asked for."""

from __future__ import annotations

import functools
import io
import random
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath
from typing import Any

from PIL import Image

from v25 import lexicon
from v25.labels import LABEL_PRODUCTS
from v25.media import IMAGE_FORMATS
from v25.schema import V25Error

SUFFIXES = (".webp", ".jpg", ".jpeg", ".png")
EXAMPLES = Path(__file__).resolve().parent.parent / "assets" / "examples"
INSIDE = "::"
"""Between the path of a zip and a name in it."""


class TrialError(V25Error):
    """A file of the evaluation is missing or wrong."""

    def __init__(self, message: str) -> None:
        super().__init__("evaluation", message)


class PhotoShelf:
    """Labelled photos of some zips or folders, read when they are asked for.

    Attributes:
        items: (label or product, source) of each photo.
    """

    def __init__(self, paths: Iterable[str | Path]) -> None:
        """Lists `LABEL/photo` of every path.

        Raises:
            TrialError: a path does not exist or holds no such photo.
        """
        self.items: list[tuple[str, str]] = []
        for path in map(Path, paths):
            found = sorted(_photos_in(path))
            if not found:
                raise TrialError(f"{path} holds no LABEL/photo with a label of v25.labels.")
            self.items += found
        self._group()

    @classmethod
    def of_examples(cls, folder: Path = EXAMPLES) -> PhotoShelf | None:
        """The pictures that come with the package, each named like its product."""
        shelf = cls(())
        files = sorted(folder.glob("*")) if folder.is_dir() else []
        shelf.items = [
            (f.stem, str(f))
            for f in files
            if f.suffix.lower() in SUFFIXES and f.stem in lexicon.PRODUCTS
        ]
        shelf._group()
        return shelf if shelf.items else None

    def _group(self) -> None:
        self.products: dict[str, list[str]] = {}
        for label, source in self.items:
            self.products.setdefault(LABEL_PRODUCTS.get(label, label), []).append(source)

    def draw(self, rng: random.Random) -> tuple[str, str]:
        """A product that has photos, and one of them."""
        product = rng.choice(sorted(self.products))
        return product, rng.choice(self.products[product])


def open_photo(source: str) -> Any:
    """What `Request.image` takes: a path as it is, an entry of a zip as a picture.

    Raises:
        TrialError: there is no such entry, or it is no picture.
    """
    archive, separator, name = source.partition(INSIDE)
    if not separator:
        return source
    try:
        content = _archive(archive).read(name)
        image = Image.open(io.BytesIO(content), formats=IMAGE_FORMATS)
        image.draft("RGB", (1024, 1024))  # as a path is read
        return image
    except (KeyError, OSError, zipfile.BadZipFile) as error:
        raise TrialError(f"There is no readable photo {name} in {archive}.") from error


def _photos_in(path: Path) -> Iterator[tuple[str, str]]:
    """(label, source) of each photo of a zip or a folder."""
    if path.is_file():
        try:
            names = _archive(str(path)).namelist()
        except (OSError, zipfile.BadZipFile) as error:
            raise TrialError(f"{path} is no zip that can be read.") from error
        yield from ((_label(n), f"{path}{INSIDE}{n}") for n in names if _label(n))
    elif path.is_dir():
        files = (f for f in path.rglob("*") if f.is_file())
        yield from ((_label(f.as_posix()), str(f)) for f in files if _label(f.as_posix()))
    else:
        raise TrialError(f"There is no zip or folder {path}.")


def _label(name: str) -> str | None:
    """The label or product that a photo's folder names; None when it is none."""
    path = PurePosixPath(name)
    folder = path.parent.name
    fits = folder in LABEL_PRODUCTS or folder in lexicon.PRODUCTS
    return folder if fits and path.suffix.lower() in SUFFIXES else None


@functools.lru_cache(maxsize=16)
def _archive(path: str) -> zipfile.ZipFile:
    return zipfile.ZipFile(path)
