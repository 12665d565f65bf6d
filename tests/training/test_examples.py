"""The ready-made requests: what is listed is there, nothing else is, and the app can read it."""

from __future__ import annotations

import json

import pytest

from v25.config import BASE
from v25.media import read_image, read_sound
from v25.training import examples
from v25.training.voices import reserved_voices
from v25.trials import can_speak
from v25.ui.gallery import FOLDER, read_examples

LISTED = json.loads((FOLDER / "examples.json").read_text(encoding="utf-8"))


def kinds(language: str) -> list[tuple[str, ...]]:
    """Which senses each request of `language` uses."""
    return [
        tuple(sorted(row.keys() - {"language", "said"}))
        for row in LISTED
        if row["language"] == language
    ]


def test_every_file_is_there_and_none_is_unused():
    named = {row[kind] for row in LISTED for kind in ("image", "audio") if kind in row}
    assert {path.name for path in FOLDER.iterdir()} == named | {"examples.json"}


def test_the_list_is_the_one_that_the_module_writes():
    assert examples.rows() == LISTED


def test_the_page_takes_every_example():
    read = read_examples()
    assert len(read) == len(LISTED)
    assert all(example.picture for example in read if example.image)


def test_pictures_and_sounds_can_be_read_and_are_small():
    for row in LISTED:
        if "image" in row:
            assert min(read_image(FOLDER / row["image"]).size) >= BASE.image.size
        if "audio" in row:
            sound = read_sound(FOLDER / row["audio"], BASE.speech.sample_rate, 6.0)
            assert sound.seconds > 2
    assert all(path.stat().st_size < 100_000 for path in FOLDER.iterdir())


def test_both_languages_type_speak_and_show():
    assert {("image", "text"), ("audio", "image"), ("image",)} <= set(kinds("zh"))
    assert {("image", "text"), ("audio", "image"), ("audio",)} <= set(kinds("en"))


def test_the_note_s_command_is_typed_and_spoken_about_the_shoe():
    about_the_shoe = [row for row in LISTED if row.get("image") == "shoes.webp"]
    assert examples.NOTE in [row.get("text") for row in about_the_shoe]
    spoken = {
        f"{name}.flac" for name, take in examples.SPOKEN.items() if take.text == examples.NOTE
    }
    assert spoken & {row.get("audio") for row in about_the_shoe}


@pytest.mark.skipif(not can_speak(), reason="no speech engines here")
def test_sounds_are_spoken_anew(tmp_path):
    for path in examples.write_sounds(tmp_path):
        again, kept = (read_sound(p, 16_000, 30.0).seconds for p in (path, FOLDER / path.name))
        assert again == pytest.approx(kept, rel=0.1)


def test_reserved_timbres_of_espeak_are_not_used_up_here():
    voices = [take.voice for take in examples.SPOKEN.values() if take.voice.engine == "espeak"]
    assert not set(voices) & set(reserved_voices())


def test_a_catalogue_in_each_language_holds_what_is_asked_for():
    for language, asked in (("zh", "204"), ("en", "Torra")):
        (text,) = (
            row["text"]
            for row in LISTED
            if row["language"] == language and "\n" in row.get("text", "")
        )
        *lines, command = text.splitlines()
        assert asked in command
        assert sum(asked in line for line in lines) == 1
