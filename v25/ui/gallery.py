"""Ready-made requests: read from a folder, shown as cards that fill the inputs."""

from __future__ import annotations

import base64
import io
import json
import logging
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageOps

from v25.ui.panels import escape
from v25.ui.words import Language, say

FOLDER = Path(__file__).resolve().parents[2] / "assets" / "examples"
SCRIPT = """
element.addEventListener("click", (event) => {
  const card = event.target.closest("button[data-index]");
  if (card) trigger("select", { index: Number(card.dataset.index) });
});
"""
_SPEAKER = (
    '<svg viewBox="0 0 24 24" aria-hidden="true"><path d="M12 15a3 3 0 0 0 3-3V6a3 3 0 0 0-6 0v6'
    'a3 3 0 0 0 3 3zm5-3a5 5 0 0 1-10 0H5a7 7 0 0 0 6 6.9V22h2v-3.1A7 7 0 0 0 19 12z"/></svg>'
)
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Example:
    """One ready-made request; `picture` is a small preview as a data address, or empty."""

    text: str
    image: str | None
    audio: str | None
    language: str
    picture: str = ""


def read_examples(folder: Path = FOLDER) -> tuple[Example, ...]:
    """The requests that `examples.json` in `folder` lists, less those whose files are missing.

    A missing or broken list gives no examples: the page works without them.
    """
    try:
        rows = json.loads((folder / "examples.json").read_text(encoding="utf-8"))
    except FileNotFoundError:
        return ()
    except (OSError, ValueError):
        _log.exception("the list of examples cannot be read")
        return ()
    made = (_example(row, folder) for row in rows)
    return tuple(example for example in made if example is not None)


def _example(row: dict[str, str | None], folder: Path) -> Example | None:
    files = {kind: folder / name for kind in ("image", "audio") if (name := row.get(kind))}
    if not all(path.is_file() for path in files.values()):
        _log.warning("an example names a file that is not there: %s", row)
        return None
    image, audio = files.get("image"), files.get("audio")
    return Example(
        text=row.get("text") or "",
        image=str(image) if image else None,
        audio=str(audio) if audio else None,
        language=row.get("language") or "en",
        picture=_preview(image) if image else "",
    )


def _preview(path: Path, side: int = 112) -> str:
    with Image.open(path) as image:
        small = ImageOps.fit(ImageOps.exif_transpose(image).convert("RGB"), (side, side))
    buffer = io.BytesIO()
    small.save(buffer, "JPEG", quality=80)
    return "data:image/jpeg;base64," + base64.b64encode(buffer.getvalue()).decode()


def cards(examples: tuple[Example, ...], language: Language) -> str:
    """All examples as buttons, those in the page's language first."""
    if not examples:
        return ""
    order = sorted(range(len(examples)), key=lambda i: examples[i].language != language)
    made = "".join(_card(i, examples[i], language) for i in order)
    heading = escape(say("examples", language))
    return f'<div class="v-examples"><h3>{heading}</h3><div>{made}</div></div>'


def _card(index: int, example: Example, language: Language) -> str:
    picture = f'<img src="{example.picture}" alt="">' if example.picture else ""
    spoken = f'<i class="v-spoken">{_SPEAKER}</i>' if example.audio else ""
    text = example.text or (
        say("spoken_example", language) if example.audio else say("photo", language)
    )
    return (
        f'<button type="button" data-index="{index}" lang="{escape(example.language)}">'
        f"{picture}{spoken}<span>{escape(text)}</span></button>"
    )
