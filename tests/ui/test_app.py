"""The page over the real model: a tiny one with fresh weights, in a real browser."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import soundfile
import torch
from driving import dial, drawn, move, run, wait_until_drawn
from PIL import Image
from playwright.sync_api import expect

from v25.api import V25Model

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")


@pytest.fixture(scope="module")
def app(checkpoint, browser, serve) -> Iterator[str]:
    """The address of `python app.py`; there is no need to start it without a browser."""
    with serve("--model", str(checkpoint), "--device", "cpu") as address:
        yield address


class WatchedModel:
    """A real model that takes a pause at each token, and keeps its streams and steps."""

    def __init__(self, checkpoint: Path, pause: float) -> None:
        self.model = V25Model(checkpoint, device="cpu")
        self.steps, self.streams = 0, []
        step = self.model.network.step

        def slow(*given) -> torch.Tensor:
            self.steps += 1
            time.sleep(pause)
            return step(*given)

        self.model.network.step = slow

    def __getattr__(self, name: str) -> object:
        return getattr(self.model, name)

    def with_precision(self, precision: str) -> WatchedModel:
        assert precision == self.model.precision
        return self

    def stream(self, **request) -> object:
        self.streams.append(self.model.stream(**request))
        return self.streams[-1]


@pytest.fixture(scope="module")
def watched(checkpoint) -> WatchedModel:
    return WatchedModel(checkpoint, pause=0.03)


@pytest.fixture(scope="module")
def watched_address(watched, browser, examples) -> Iterator[str]:
    from v25.ui import build_demo, launch_settings

    demo = build_demo(watched, examples)
    _, url, _ = demo.launch(prevent_thread_lock=True, quiet=True, **launch_settings(examples))
    yield url
    demo.close()


def test_the_app_writes_about_a_photo_and_shows_heads_and_latency(visit_at, app, photo):
    page = visit_at(app)
    dial(page, "temperature", 0)
    dial(page, "length", 40)
    run(page, "Write copy for these running shoes", photo)
    wait_until_drawn(page)
    expect(page.locator(".v-status")).to_contain_text("Length limit reached · 40 tokens")
    assert len(page.locator(".v-text").first.inner_text().strip()) > 30
    assert page.locator(".v-saw .v-label").count() == 3
    assert "No sound in this request" in page.locator(".v-heard").inner_text()
    for stage in ("read", "image", "text", "fusion", "gates", "prefill", "decode"):
        expect(page.locator(f".v-legend [data-stage={stage}]")).to_contain_text("ms")
    assert page.locator("#latency [data-stage=speech]").count() == 0
    for figure in ("first_token", "per_token", "rate", "total"):
        expect(page.locator(f"[data-figure={figure}] strong")).to_contain_text(re.compile(r"\d"))
    assert "fp32" in page.locator(".v-device").inner_text()
    expect(page.locator(".x-summary")).to_contain_text("40 of 64 heads ran")
    assert page.locator(".x-overview").bounding_box()["height"] > 100
    drawn(page)


def test_the_app_hears_the_microphone(visit_at, app):
    page = visit_at(app)
    voice = page.locator("#voice")
    voice.get_by_role("button", name="Record", exact=True).click()
    expect(page.locator("#run")).to_be_disabled()
    page.wait_for_timeout(1500)
    voice.get_by_role("button", name="Stop", exact=True).first.click()
    expect(page.locator("#run")).to_be_enabled()
    page.wait_for_timeout(500)
    dial(page, "temperature", 0)
    dial(page, "length", 20)
    page.locator("#run").click()
    wait_until_drawn(page)
    assert page.locator(".v-heard .v-transcript").inner_text().strip()
    expect(page.locator(".v-legend [data-stage=speech]")).to_contain_text("ms")
    assert "No photo in this request" in page.locator(".v-saw").inner_text()
    assert page.locator(".v-text").first.inner_text().strip()
    told = page.locator("#explorer").inner_text()
    assert "sound" in told
    assert "photo cells" not in told


def test_stop_ends_the_real_work_within_one_token_and_the_next_request_is_served(
    visit_at, watched_address, watched
):
    page = visit_at(watched_address)
    dial(page, "temperature", 0)
    dial(page, "length", 400)
    run(page, "A long story about shoes")
    page.wait_for_function("() => (document.querySelector('.v-text')?.innerText || '').length > 20")
    page.locator("#stop").click()
    expect(page.locator(".v-status")).to_contain_text("Stopped")
    taken = watched.steps
    time.sleep(0.3)
    assert watched.steps - taken <= 1
    assert watched.steps < 400
    stream = watched.streams[-1]
    assert stream.generation.finish_reason is None
    kept = page.locator(".v-text").first.inner_text()
    assert len(kept) > 20
    assert kept.strip() == stream.generation.variants[0].strip()
    wait_until_drawn(page)
    dial(page, "length", 20)
    run(page, "Something short")
    expect(page.locator(".v-status")).to_contain_text("Length limit reached")
    wait_until_drawn(page)


def test_the_heatmap_is_the_attention_of_the_model(visit_at, watched_address, watched, photo):
    page = visit_at(watched_address)
    dial(page, "temperature", 0)
    dial(page, "length", 20)
    run(page, "写文案 for shoes", photo)
    wait_until_drawn(page)
    trace = watched.streams[-1].generation.trace
    seen = set()
    for key in ("ArrowLeft", "ArrowUp", "ArrowUp"):
        drawn(page)
        move(page, key)
        values, (layer, head) = drawn(page)
        assert f"gate {trace.gates[layer, head]:.4f}" in page.locator("#x-head-title").inner_text()
        np.testing.assert_allclose(values, trace.map(layer, head), atol=1e-6)
        assert len(values) == trace.length(layer)
        seen.add(trace.layers[layer].split()[0])
    assert seen == {"fusion", "decision"}


def _words(path: Path) -> None:
    path.write_text("These are words.")


def _black(path: Path) -> None:
    Image.new("1", (10_000, 10_000)).save(path)


def _empty(path: Path) -> None:
    path.touch()


def _silent(path: Path) -> None:
    soundfile.write(path, np.zeros(32_000), 16_000)


def _five_minutes(path: Path) -> None:
    soundfile.write(path, np.zeros(8_000 * 300), 8_000)


BAD_FILES = {
    "words.jpg": (_words, "This photo cannot be read"),
    "huge.png": (_black, "The photo has 100 megapixels; at most 50 are accepted"),
    "words.wav": (_words, "This sound cannot be read"),
    "empty.wav": (_empty, "The recording is empty"),
    "silent.wav": (_silent, "The recording is silent"),
    "long.wav": (_five_minutes, "The recording lasts 300 s; at most 30 s are accepted"),
}


@pytest.mark.filterwarnings("ignore::PIL.Image.DecompressionBombWarning")
def test_every_bad_input_gets_its_sentence_and_the_app_goes_on(visit_at, app, tmp_path):
    page = visit_at(app)
    notice = page.locator("#notice")
    page.locator("#run").click()
    expect(notice).to_contain_text("Type a command, add a photo or record your voice first")
    run(page, "a" * 200_000)
    expect(notice).to_contain_text("The text has 200000 characters; at most 65536 can be read")
    run(page, "文 " * 30_000)
    expect(notice).to_contain_text("tokens; at most 16384 can be read")
    page.locator("#clear").click()
    expect(notice).to_be_empty()
    for name, (make, sentence) in BAD_FILES.items():
        make(tmp_path / name)
        place = "#voice" if name.endswith(".wav") else "#photo"
        if place == "#voice":
            page.locator("#voice").get_by_label("Upload file").click()
        page.locator(f"{place} input[type=file]").set_input_files(str(tmp_path / name))
        expect(page.locator(f"{place} input[type=file]")).to_have_count(0)
        page.locator("#run").click()
        expect(notice).to_contain_text(sentence)
        expect(page.locator("#run")).to_be_enabled()
        page.locator("#clear").click()
        expect(notice).to_be_empty()
    dial(page, "length", 20)
    run(page, "Write copy for these shoes")
    wait_until_drawn(page)
    assert not notice.locator(".v-notice").is_visible()
