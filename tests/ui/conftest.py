"""One server over the fake engine and one Chromium for all tests of the page."""

from __future__ import annotations

import copy
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import numpy as np
import pytest
import soundfile
from driving import TONE
from fake_engine import FakeModel
from PIL import Image


@pytest.fixture(scope="session")
def photo(tmp_path_factory) -> str:
    path = tmp_path_factory.mktemp("photo") / "shirt.jpg"
    pixels = np.full((120, 160, 3), 225, np.uint8)
    pixels[20:100, 40:120] = (60, 90, 150)
    Image.fromarray(pixels).save(path)
    return str(path)


@pytest.fixture(scope="session")
def model() -> FakeModel:
    return FakeModel()


@pytest.fixture(scope="session")
def examples(photo) -> Path:
    """A folder with two ready-made requests."""
    folder = Path(photo).parent
    rows = [
        {"text": "为这件T恤写文案", "image": "shirt.jpg", "audio": None, "language": "zh"},
        {"text": "Write about this shirt", "image": None, "audio": None, "language": "en"},
    ]
    (folder / "examples.json").write_text(json.dumps(rows), encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def explorers() -> list[object]:
    """The explorers of the pages that were built, newest last."""
    return []


@pytest.fixture
def explorer(address, explorers) -> object:
    """The explorer of the page over the fake engine."""
    return explorers[0]


@pytest.fixture(scope="session")
def address(model, examples, explorers) -> Iterator[str]:
    pytest.importorskip("gradio")
    from v25.ui import blocks, build_demo, launch_settings

    class Watched(blocks.Explorer):
        def __init__(self, *given) -> None:
            super().__init__(*given)
            explorers.append(self)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(blocks, "Explorer", Watched)
        demo = build_demo(model, examples)
    settings = launch_settings(examples)
    _, url, _ = demo.launch(prevent_thread_lock=True, quiet=True, **settings)
    yield url
    demo.close()


@pytest.fixture(scope="session")
def checkpoint(tiny_network, tiny_tokenizer, tmp_path_factory) -> Path:
    """At temperature 0 this one writes whole characters to the length asked for."""
    from v25.processing import START

    network = copy.deepcopy(tiny_network)
    words = [tiny_tokenizer.decode([token]) for token in range(len(tiny_tokenizer))]
    unfit = [i for i, w in enumerate(words) if not w.strip() or "\ufffd" in w or "<" in w]
    network.embedding.weight[[i for i in unfit if i != START]] = 0
    network.speech.ctc.bias[0] = -100  # never the blank: it hears letters in everything
    folder = tmp_path_factory.mktemp("app") / "tiny"
    network.save_pretrained(folder)
    tiny_tokenizer.save_pretrained(folder)
    return folder


@pytest.fixture(scope="session")
def serve(tmp_path_factory) -> Callable:
    """Runs `python app.py` with arguments; gives its address."""

    @contextmanager
    def running(*arguments: str) -> Iterator[str]:
        log = tmp_path_factory.mktemp("log") / "app.txt"
        with log.open("w") as output:
            process = subprocess.Popen(
                [sys.executable, "app.py", *arguments],
                cwd=Path(__file__).parents[2],
                env={**os.environ, "PYTHONUNBUFFERED": "1"},
                stdout=output,
                stderr=subprocess.STDOUT,
            )
        try:
            yield _address(process, log)
        finally:
            process.terminate()
            process.wait(20)

    return running


def _address(process: subprocess.Popen, log: Path, most_seconds: float = 180) -> str:
    deadline = time.monotonic() + most_seconds
    while time.monotonic() < deadline and process.poll() is None:
        for word in log.read_text().split():
            if word.startswith("http://127.0.0.1:"):
                return word
        time.sleep(0.2)
    raise AssertionError(f"app.py gives no address: {log.read_text()}")


@pytest.fixture(scope="session")
def browser(tmp_path_factory) -> Iterator[object]:
    """Chromium whose microphone plays a tone; without a browser the tests are skipped.

    With V25_REQUIRE_BROWSER set a missing browser is a failure.
    """
    chromium = os.environ.get("V25_CHROMIUM") or shutil.which("chromium")
    chromium = chromium or shutil.which("google-chrome")
    try:
        from playwright.sync_api import sync_playwright

        assert chromium, "no Chromium on this machine"
    except (ImportError, AssertionError) as missing:
        if os.environ.get("V25_REQUIRE_BROWSER"):
            raise
        pytest.skip(str(missing))
    tone = tmp_path_factory.mktemp("tone") / "tone.wav"
    wave = 0.5 * np.sin(2 * np.pi * TONE * np.arange(48000 * 8) / 48000)
    soundfile.write(tone, wave, 48000, subtype="PCM_16")
    arguments = [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-background-networking",
        "--use-fake-device-for-media-stream",
        "--use-fake-ui-for-media-stream",
        f"--use-file-for-fake-audio-capture={tone}",
    ]
    with sync_playwright() as driver:
        opened = driver.chromium.launch(executable_path=chromium, headless=True, args=arguments)
        yield opened
        opened.close()


@pytest.fixture
def visit_at(browser) -> Iterator[Callable]:
    """Open a page as a new person; at the end, check that nothing was asked of other hosts."""
    contexts, requests, errors = [], [], []

    def open_page(
        address: str, locale: str = "en-US", width: int = 1366, height: int = 768, **kind
    ):
        context = browser.new_context(
            locale=locale,
            viewport={"width": width, "height": height},
            permissions=["microphone"],
            **kind,
        )
        contexts.append(context)
        context.set_default_timeout(15_000)
        page = context.new_page()
        page.on("request", lambda request: requests.append(request.url))
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto(address)
        page.wait_for_selector("[data-language]", state="attached")
        page.wait_for_selector(".x-explorer[data-state]")
        return page

    yield open_page
    for context in contexts:
        context.close()
    local = ("http://127.0.0.1", "http://localhost", "data:", "blob:")
    assert [url for url in requests if not url.startswith(local)] == []
    assert errors == []


@pytest.fixture
def visit(visit_at, address) -> Callable:
    """Open the page over the fake engine."""
    return partial(visit_at, address)
