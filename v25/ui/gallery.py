"""Ready-made requests: read from a folder, shown as cards that fill the inputs."""

from __future__ import annotations

import base64
import io
import json
import logging
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PIL import Image, ImageOps

from v25.ui.panels import escape
from v25.ui.words import Language, say

FOLDER = Path(__file__).resolve().parents[2] / "assets" / "examples"
SCRIPT = """
element.addEventListener("click", (event) => {
  const other = event.target.closest("button[data-show]");
  if (other) other.closest(".v-examples").dataset.shown = other.dataset.show;
  const card = event.target.closest("button[data-index]");
  if (!card) return;
  trigger("select", { index: Number(card.dataset.index) });
  if (innerWidth < 700) document.querySelector("#prompt").scrollIntoView({ behavior: "smooth" });
});
"""
_SPEAKER = (
    '<svg viewBox="0 0 24 24" aria-hidden="true"><path d="M12 15a3 3 0 0 0 3-3V6a3 3 0 0 0-6 0v6'
    'a3 3 0 0 0 3 3zm5-3a5 5 0 0 1-10 0H5a7 7 0 0 0 6 6.9V22h2v-3.1A7 7 0 0 0 19 12z"/></svg>'
)
_LIST = (
    '<svg viewBox="0 0 24 24" aria-hidden="true"><path d="M4 5h2v2H4zm4 0h12v2H8zM4 11h2v2H4zm4 0'
    'h12v2H8zM4 17h2v2H4zm4 0h12v2H8z"/></svg>'
)
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Example:
    """One ready-made request.

    Attributes:
        text: the typed command, or empty.
        image: path of the photo.
        audio: path of the spoken command.
        language: of the command.
        picture: a small preview as a data address, or empty.
        said: what the recording says, where the list tells.
    """

    text: str
    image: str | None
    audio: str | None
    language: Language
    picture: str = ""
    said: str = ""


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
        language="zh" if row.get("language") == "zh" else "en",
        picture=_preview(image) if image else "",
        said=row.get("said") or "",
    )


def _preview(path: Path, side: int = 112) -> str:
    with Image.open(path) as image:
        small = ImageOps.fit(ImageOps.exif_transpose(image).convert("RGB"), (side, side))
    buffer = io.BytesIO()
    small.save(buffer, "JPEG", quality=80)
    return "data:image/jpeg;base64," + base64.b64encode(buffer.getvalue()).decode()


def warm_up(model: Any, folder: Path = FOLDER) -> None:
    """Write a few tokens about a photo and a recording, so that the first visitor need not wait.

    Args:
        model: see `v25.ui.handlers.Page`.
        folder: of ready-made requests.
    """
    examples = read_examples(folder)
    photo = next((e.image for e in examples if e.image), None)
    sound = next((e.audio for e in examples if e.audio), None)
    try:
        if hasattr(model, "warm_up"):
            model.warm_up()
        for _ in model.stream(text="V2.5", image=photo, audio=sound, max_length=16):
            pass
    except Exception:  # the page starts all the same
        _log.exception("the model could not be warmed up")


def cards(examples: tuple[Example, ...], language: Language) -> str:
    """All examples as buttons: those in the page's language, the others behind a switch."""
    if not examples:
        return ""
    spoken = sorted({e.language for e in examples}, key=lambda name: name != language)
    switches = "".join(
        f'<button type="button" data-show="{name}">{escape(say(f"examples_{name}", language))}'
        "</button>"
        for name in spoken
    )
    groups = "".join(
        f'<div data-group="{name}">'
        + "".join(_card(i, e, language) for i, e in enumerate(examples) if e.language == name)
        + "</div>"
        for name in spoken
    )
    heading = f"<h3>{escape(say('examples', language))}</h3>"
    return (
        f'<div class="v-examples" data-shown="{spoken[0]}"><header>{heading}{switches}</header>'
        f"{groups}</div>"
    )


def _card(index: int, example: Example, language: Language) -> str:
    picture = f'<img src="{example.picture}" alt="">' if example.picture else ""
    spoken = f'<i class="v-spoken">{_SPEAKER}</i>' if example.audio else ""
    text = example.text or example.said or say(_wordless(example), language)
    *catalogue, asked = text.splitlines()
    listed = f'<i class="v-spoken">{_LIST}</i>' if catalogue else ""
    return (
        f'<button type="button" data-index="{index}" lang="{example.language}" '
        f'title="{escape(text)}">{picture}{spoken}{listed}<span>{escape(asked)}</span></button>'
    )


def _wordless(example: Example) -> str:
    return "spoken_example" if example.audio else "photo_example"
