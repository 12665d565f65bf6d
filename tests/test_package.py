"""`import v25` is quick; the front door leads to the model."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import v25

ROOT = Path(__file__).parents[1]


def modules_after(statement: str) -> set[str]:
    code = f"import sys; {statement}; print(*sorted(sys.modules))"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return set(done.stdout.split())


@pytest.mark.parametrize(
    "statement",
    ["import v25", "from v25 import Request, Generation, V25Error", "import v25.lexicon"],
)
def test_the_package_opens_without_torch_gradio_and_plotly(statement: str) -> None:
    heavy = {"torch", "transformers", "gradio", "plotly", "torchaudio", "PIL", "soundfile"}
    assert not modules_after(statement) & heavy


def test_the_model_opens_without_gradio_and_plotly() -> None:
    assert not modules_after("from v25 import V25Model") & {"gradio", "plotly", "matplotlib"}


def test_the_front_door_names_what_it_has() -> None:
    for name in v25.__all__:
        assert getattr(v25, name).__name__ == name
    with pytest.raises(AttributeError, match="Nothing"):
        v25.Nothing  # noqa: B018
