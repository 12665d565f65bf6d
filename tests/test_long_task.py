"""The shipped weights find an entry of the page's own catalogues, in both languages."""

from __future__ import annotations

import json

import pytest

from v25.api import V25Model
from v25.checkpoint import BUNDLED
from v25.ui.gallery import FOLDER

pytestmark = pytest.mark.skipif(
    not (BUNDLED["deepseek-v2.5-base"] / "config.json").is_file(), reason="no checkpoint here"
)
LISTED = json.loads((FOLDER / "examples.json").read_text(encoding="utf-8"))
CATALOGUES = [row["text"] for row in LISTED if "\n" in row.get("text", "")]
ENTRIES = ("204", "No. 103")


@pytest.fixture(scope="module")
def model() -> V25Model:
    return V25Model(device="cpu")


@pytest.mark.parametrize(("text", "key"), list(zip(CATALOGUES, ENTRIES, strict=True)))
def test_the_entry_that_was_asked_for_is_read_out(model: V25Model, text: str, key: str) -> None:
    asked = next(line for line in text.splitlines() if key in line)
    made = model.generate(text, seed=0, max_length=200)
    assert made.quote == asked
    assert made.styles
    assert made.finish_reason == "end"
    words = [token.text for token in made.trace.tokens[made.trace.prompt_length :]]
    assert words[1] == "‹look up›"
    assert asked in "".join(words)
    assert len(made.probabilities) == len(made.latency.token_ms) == len(words)


def test_another_key_finds_another_entry(model: V25Model) -> None:
    head, _, _ = CATALOGUES[1].rpartition("\n")
    for key in ("No. 102", "No. 107"):
        made = model.generate(f"{head}\nWrite a premium ad for {key}", seed=1, capture=False)
        assert made.quote is not None
        assert made.quote.startswith(key)
