"""A result as a page of its own: opened from a file, without any network, with the same values."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import soundfile
from exploring import choose, lit, plotted, press, shown_head, wait_for_head, word
from fake_engine import FUSION_LAYERS, FakeModel
from playwright.sync_api import expect

from v25.schema import Generation, Token, V25Error
from v25.ui import standalone

NASTY = "two posts </script><script>window.hacked = 1</script> <!-- <b>"


def written(text: str, **inputs: str) -> Generation:
    stream = FakeModel(pause=0).stream(text=text, **inputs)
    for _ in stream:
        pass
    return stream.generation


@pytest.fixture(scope="module")
def generation(photo, tmp_path_factory) -> Generation:
    sound = tmp_path_factory.mktemp("sound") / "sound.wav"
    noise = np.random.default_rng(0).uniform(-0.3, 0.3, 16_000 * 2)
    soundfile.write(sound, noise, 16_000)
    return written(NASTY, image=photo, audio=str(sound))


def show(browser, folder: Path, generation: Generation, language: str = "en") -> object:
    """The page in a browser that has no network; what it asks for is noted."""
    path = folder / "page.html"
    path.write_text(standalone.standalone_page(generation, language), encoding="utf-8")
    context = browser.new_context(offline=True, viewport={"width": 1366, "height": 768})
    context.set_default_timeout(15_000)
    page = context.new_page()
    page.asked, page.errors = [], []
    page.on("request", lambda request: page.asked.append(request.url))
    page.on("pageerror", lambda error: page.errors.append(str(error)))
    page.goto(path.as_uri())
    page.wait_for_selector(".x-plot .hm image", state="attached")
    return page


def close(page) -> None:
    """Nothing was asked of anybody, and nothing failed."""
    assert page.errors == []
    assert [url for url in page.asked if not url.startswith(("file:", "data:", "blob:"))] == []
    page.context.close()


@pytest.fixture(scope="module")
def page(browser, generation, tmp_path_factory) -> Iterator[object]:
    opened = show(browser, tmp_path_factory.mktemp("page"), generation)
    yield opened
    close(opened)


def test_its_maps_are_those_of_the_trace_in_every_lens(page, generation):
    trace = generation.trace
    for layer in (1, FUSION_LAYERS + 2):
        head = int(np.flatnonzero(trace.open[layer])[3])
        choose(page, layer, head)
        for lens in ("gated", "effective", "attention"):
            press(page, "lens", lens)
            wait_for_head(page, layer, head, lens)
            want = trace.map(layer, head, None, lens)
            np.testing.assert_allclose(plotted(page)["z"], want, atol=1e-5)


def test_its_words_and_tokens_show_rows_and_columns_of_heads_and_means(page, generation):
    trace = generation.trace
    layer, head = shown_head(page)
    at, count = trace.prompt_length + 6, len(trace.tokens)
    for scope, one, other in (("head", layer, head), ("layer", layer, None), ("all", None, None)):
        press(page, "scope", scope)
        word(page, at)
        shown = lit(page, count)
        mine = ~np.isnan(shown)
        np.testing.assert_allclose(shown[mine], trace.row(one, other, at - 1)[mine], atol=1e-5)
    page.locator(".x-cell[data-token='11']").click()
    expect(page.locator(".x-caption")).to_contain_text("used “r1c4”")
    shown = lit(page, count + 1)[trace.prompt_length + 1 :]
    column = trace.column(None, None, 11)[trace.prompt_length :]
    np.testing.assert_allclose(shown, column, atol=1e-5)
    press(page, "scope", "head")


def test_it_shows_photo_sound_overview_and_routes(page, generation):
    assert page.locator(".x-photo img").evaluate("(e) => e.naturalWidth") == 160
    assert page.locator(".x-spectrogram canvas").count() == 1
    layer, head = shown_head(page)
    page.select_option(".x-select", "entropy")
    entropy = generation.trace.summary(layer).entropy[head]
    expect(page.locator(".x-heads .x-read")).to_contain_text(f"{entropy:.4f}")
    page.select_option(".x-select", "attention")
    assert page.locator(".x-load").count() == len(generation.trace.routes)
    assert "this page is a recording" in page.locator(".x-causal").inner_text()
    assert page.evaluate("window.hacked") is None
    assert "</script>" in page.locator(".x-prompt").inner_text()


def test_pictures_are_saved_as_png_and_svg(page, tmp_path):
    begins = {"head_png": b"\x89PNG", "head_svg": b"<svg", "overview_png": b"\x89PNG"}
    for kind, begin in begins.items():
        page.locator(".x-menu summary").click()
        with page.expect_download() as download:
            page.locator(f"[data-export={kind}]").click()
        assert download.value.suggested_filename.endswith(kind[-3:])
        download.value.save_as(tmp_path / kind)
        saved = (tmp_path / kind).read_bytes()
        assert saved.startswith(begin)
        assert len(saved) > 5000


def test_a_long_one_averages_in_blocks_and_speaks_chinese(browser, tmp_path):
    generation = written("字 " * 400)
    trace = generation.trace
    page = show(browser, tmp_path, generation, "zh")
    assert "注意力浏览器" in page.locator(".x-title").inner_text()
    assert page.evaluate("document.documentElement.lang") == "zh-CN"
    layer, head = shown_head(page)
    np.testing.assert_allclose(plotted(page)["z"], trace.map(layer, head, 224), atol=1e-6)
    at = trace.prompt_length + 4
    word(page, at)
    page.wait_for_timeout(200)
    shown, want = lit(page, len(trace.tokens)), trace.row(layer, head, at - 1)
    np.testing.assert_allclose(shown[:300], want[:300], atol=1e-5)
    close(page)


def test_what_no_page_can_hold_is_refused(generation, monkeypatch):
    with pytest.raises(V25Error, match="no attention"):
        standalone.standalone_page(Generation(), "en")
    monkeypatch.setattr(standalone, "MOST_TOKENS", 50)
    with pytest.raises(V25Error, match=r"50 tokens, not \d+"):
        standalone.standalone_page(generation, "en")


def test_nothing_of_a_result_can_end_the_script_that_carries_it(generation):
    made = standalone.standalone_page(generation, "en")
    assert len(re.findall(r"</script", made)) == 3
    assert "<!--" not in made
    assert any("</script>" in token.text for token in generation.trace.tokens)
    assert isinstance(generation.trace.tokens[0], Token)
