"""A result as a file, and a page over a file, in a real browser over a tiny real model."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from driving import dial, drawn, move, run, wait_until_drawn
from playwright.sync_api import expect

from v25 import load_recording
from v25.api import V25Model
from v25.schema import Generation
from v25.ui import ReplayModel

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")
PANELS = (
    ".v-text",
    ".v-senses",
    ".v-figures",
    ".v-timeline",
    ".v-legend",
    ".v-tokens",
    ".v-memory",
)


class CountedModel:
    """A real model that counts what it was asked."""

    def __init__(self, checkpoint: Path) -> None:
        self.model, self.asked = V25Model(checkpoint, device="cpu"), 0

    def __getattr__(self, name: str) -> object:
        return getattr(self.model, name)

    def with_precision(self, precision: str) -> CountedModel:
        return self

    def stream(self, **request) -> object:
        self.asked += 1
        return self.model.stream(**request)


@pytest.fixture(scope="module")
def counted(checkpoint) -> CountedModel:
    return CountedModel(checkpoint)


@pytest.fixture(scope="module")
def counted_address(counted, browser, examples) -> Iterator[str]:
    from v25.ui import build_demo, launch_settings

    demo = build_demo(counted, examples)
    _, url, _ = demo.launch(prevent_thread_lock=True, quiet=True, **launch_settings(examples))
    yield url
    demo.close()


@pytest.fixture
def written(visit_at, counted_address, photo) -> object:
    """A page with a result."""
    page = visit_at(counted_address)
    dial(page, "temperature", 0)
    dial(page, "length", 20)
    run(page, "写文案 for <b>shoes</b>", photo)
    wait_until_drawn(page)
    return page


def save(page, kind: str, folder: Path) -> Path:
    with page.expect_download() as waiting:
        page.locator(f"#save-{kind}").click()
    path = folder / waiting.value.suggested_filename
    waiting.value.save_as(path)
    return path


def load(page, path: Path) -> None:
    with page.expect_file_chooser() as waiting:
        page.locator("#open").click()
    waiting.value.set_files(str(path))


def shown(page) -> list[list[str]]:
    return [page.locator(part).all_inner_texts() for part in PANELS]


def maps(page) -> list[tuple[np.ndarray, tuple[int, int]]]:
    """The map that is drawn, and that of the head above it."""
    first = drawn(page)
    move(page, "ArrowUp")
    return [first, drawn(page)]


def test_a_saved_result_shows_the_same_on_another_page_without_the_model(
    visit_at, counted_address, counted, written, tmp_path
):
    path = save(written, "npz", tmp_path)
    assert re.fullmatch(r"v25-\d{8}-\d{6}\.npz", path.name)
    other, asked = visit_at(counted_address, locale="zh-CN"), counted.asked
    load(other, path)
    expect(other.locator(".v-status")).to_contain_text("记录回放，未运行模型")
    wait_until_drawn(other)
    other.locator("#language").get_by_text("EN").click()
    expect(other.locator(".v-status")).to_contain_text("Recording; no model was run")
    assert shown(other) == shown(written)
    for (mine, spot), (theirs, other_spot) in zip(maps(written), maps(other), strict=True):
        assert spot == other_spot
        np.testing.assert_allclose(theirs, mine, atol=1e-6)
    assert counted.asked == asked
    assert other.locator("[data-action=again]").count() == 0
    assert written.locator("[data-action=again]").count() == 1


def test_the_saved_page_needs_no_other_file(written, tmp_path):
    page = save(written, "html", tmp_path).read_text(encoding="utf-8")
    assert page.lstrip().lower().startswith("<!doctype html>")
    assert not re.search(r"<(script|link|img)[^>]+(src|href)=[\"']?https?:", page)
    assert "<b>shoes</b>" not in page


def test_a_file_that_is_no_recording_is_refused_in_the_readers_language(
    visit_at, counted_address, written, tmp_path
):
    good = save(written, "json", tmp_path)
    text = json.dumps(json.loads(good.read_text(encoding="utf-8")))
    assert '"version": 1' in text
    (tmp_path / "newer.json").write_text(text.replace('"version": 1', '"version": 99'))
    (tmp_path / "junk.npz").write_bytes(b"no archive")
    (tmp_path / "words.txt").write_text("words")
    before = shown(written)
    for name in ("newer.json", "junk.npz", "words.txt"):
        load(written, tmp_path / name)
        expect(written.locator("#aside")).to_contain_text("not a recording that can be opened")
        assert shown(written) == before
        written.locator("[data-action=pin]").click()  # another action takes the sentence away
        expect(written.locator("#aside .v-notice")).to_have_count(0)
        written.locator("[data-action=unpin]").click()
    chinese = visit_at(counted_address, locale="zh-CN")
    load(chinese, tmp_path / "junk.npz")
    expect(chinese.locator("#aside")).to_contain_text("无法打开这个文件")
    expect(chinese.locator("#save-npz")).to_be_disabled()
    load(chinese, good)
    expect(chinese.locator("#aside .v-notice")).to_have_count(0)
    expect(chinese.locator("#save-npz")).to_be_enabled()
    assert chinese.locator(".v-text").all_inner_texts() == before[0]


def test_a_page_over_a_recording_needs_no_model_and_says_so(visit_at, serve, written, tmp_path):
    path = save(written, "npz", tmp_path)
    with serve("--replay", str(path)) as address:
        page = visit_at(address)
        wait_until_drawn(page)
        assert shown(page) == shown(written)
        np.testing.assert_allclose(drawn(page)[0], drawn(written)[0], atol=1e-6)
        run(page, "Write about a shirt")
        expect(page.locator("#notice")).to_contain_text("has no model to run")
        assert shown(page) == shown(written)
        page.locator("[data-action=pin]").click()
        expect(page.locator(".v-side")).to_have_count(2)
        page.goto("about:blank")
    trace = load_recording(path).trace
    assert ReplayModel(load_recording(path)).heads == trace.gates.shape[1]


def test_a_recording_stands_beside_a_new_result(written, tmp_path):
    path = save(written, "npz", tmp_path)
    written.locator("[data-action=pin]").click()
    load(written, path)
    expect(written.locator(".v-side")).to_have_count(2)
    texts = written.locator(".v-side .v-text").all_inner_texts()
    assert texts[: len(texts) // 2] == texts[len(texts) // 2 :]
    expect(written.locator(".v-side[data-side=B]")).to_contain_text("The same request")


def test_a_replay_engine_refuses_every_run():
    model = ReplayModel(Generation())
    with pytest.raises(ValueError, match="no model"):
        model.with_precision("fp32").stream(text="a shirt")
    with pytest.raises(ValueError, match="needs the model"):
        model.head_effects(Generation(), 0)
