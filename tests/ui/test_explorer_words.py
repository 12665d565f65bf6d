"""Every word that the explorer's scripts ask for is there, and no script writes markup."""

from __future__ import annotations

import re

import pytest

from v25.ui import explorer
from v25.ui.words import SENTENCES

SCRIPTS = sorted(explorer.FOLDER.glob("*.js"))
KNOWN = {key.removeprefix("x_") for key in explorer.words("en")}


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_every_sentence_that_a_script_asks_for_is_there(path):
    asked = re.findall(r"\bt\(\s*[\"`]([a-z_]+)[\"`]", path.read_text(encoding="utf-8"))
    assert {key for key in asked if key not in KNOWN} == set()


def test_sentences_that_are_put_together_are_there():
    made = [f"lens_{lens}" for lens in ("attention", "gated", "effective")]
    made += [f"{key}_is" for key in made]
    made += [f"scope_{scope}" for scope in ("head", "layer", "all")]
    made += [f"pass_{name}{told}" for name in ("reading", "writing") for told in ("", "_is")]
    made += [f"force_{way}" for way in ("learnt", "closed", "fixed")]
    made += [f"time_{time}" for time in ("first_token", "per_token", "total")]
    made += [f"drawn_{what}" for what in ("head", "focus", "effects")]
    names = ("header tokens photo sound layer frame matrix row column routes looks effects "
             "difference")  # fmt: skip
    made += [f"view_{name}" for name in names.split()]
    script = explorer.script()
    made += [f"export_{key}" for key in re.findall(r'item\("(\w+)"', script)]
    colours = ["attention", "gate", "entropy", "difference", "effect"]
    made += [f"colour_{c}" for c in colours] + [f"help_{c}" for c in [*colours, "share", "long"]]
    made += [f"colour_share_{m}" for m in ("image", "speech", "text", "own")]
    made += ["diff_layers", "diff_prompts", "diff_long"]
    assert [key for key in made if key not in KNOWN] == []


def test_no_sentence_of_the_explorer_is_left_unsaid():
    script = explorer.script() + explorer.FOLDER.joinpath("offline.js").read_text(encoding="utf-8")
    whole = set(re.findall(r"[\"`]([a-z_]+)[\"`]", script))
    begun = {"lens_", "scope_", "force_", "time_", "drawn_", "view_", "export_", "colour_", "help_",
             "pass_", "status_", "diff_"}  # fmt: skip
    keys = [key.removeprefix("x_") for key in SENTENCES if key.startswith("x_")]
    unsaid = [k for k in keys if k not in whole and not any(k.startswith(b) for b in begun)]
    assert unsaid == ["page_title"]  # said by the page that is saved


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_no_script_writes_markup(path):
    code = path.read_text(encoding="utf-8")
    for way in ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval("):
        assert way not in code


def test_every_language_has_every_word():
    assert explorer.words("en").keys() == explorer.words("zh").keys()
    assert all(explorer.words("zh").values())
