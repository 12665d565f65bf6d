"""The page in a real browser, over an engine without weights."""

from __future__ import annotations

import time

import numpy as np
import pytest
from driving import TONE, drawn, run, wait_until_drawn
from fake_engine import FUSION_LAYERS
from playwright.sync_api import expect

from v25.figures import MAX_SIDE

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")


def test_a_request_shows_copy_senses_latency_and_heads(visit, model, photo):
    page = visit()
    run(page, "Write two posts for this shirt", photo)
    wait_until_drawn(page)
    assert page.locator(".v-variant h3").all_inner_texts() == ["Social media", "Premium"]
    texts = page.locator(".v-text").all_inner_texts()
    assert texts[0].startswith("Lace up and float: the NORTHPINE runner")
    assert texts[1] == "Quiet luxury, measured in steps. <b>Nothing</b> more, {{nothing}} less."
    size = page.locator(".v-text").first.evaluate("e => parseFloat(getComputedStyle(e).fontSize)")
    assert size >= 18
    assert "T-shirt" in page.locator(".v-saw").inner_text()
    assert "81.2 %" in page.locator(".v-saw").inner_text()
    strip = page.locator("#latency").inner_text()
    for part in ("Test processor (2 cores) · fp32", "Time to first token", "Fusion 21.7 ms"):
        assert part in strip
    assert page.locator("#heads canvas").bounding_box()["height"] > 300
    assert "100 of 160 heads ran" in page.locator(".v-attention").inner_text()
    asked = model.asked[-1].request
    assert asked["attention_heads"] == 10
    assert asked["max_length"] == 200
    assert asked["image"].endswith("shirt.jpg")
    assert asked["audio"] is None


def test_a_click_and_the_arrow_keys_draw_the_head_with_the_values_of_its_trace(visit, model, photo):
    page = visit()
    run(page, "Write two posts for this shirt", photo)
    wait_until_drawn(page)
    trace = model.asked[-1].trace
    canvas = page.locator("#heads canvas")
    box = canvas.bounding_box()
    seen = set()
    for down in (0.2, 0.85):
        before = page.locator("#head-title").inner_text()
        canvas.click(position={"x": box["width"] * 0.52, "y": box["height"] * down})
        expect(page.locator("#head-title")).not_to_have_text(before)
        page.wait_for_timeout(400)
        figure, (layer, head) = drawn(page, FUSION_LAYERS)
        named = page.locator(".v-heads-read").inner_text()
        assert f"head {head + 1} · gate {trace.gates[layer, head]:.4f}" in named
        np.testing.assert_array_equal(np.float32(figure["z"]), trace.map(layer, head, MAX_SIDE))
        assert figure["x"][0] == "r0c0 · 0"
        assert figure["names"][:2] == ["photo cells", "words of the command"]
        seen.add((layer, head))
    (shallow, _), (deep, head) = sorted(seen)
    assert shallow < FUSION_LAYERS <= deep
    canvas.focus()
    page.keyboard.press("ArrowLeft")
    expect(page.locator("#head-title")).to_contain_text(f"head {head} ")
    page.wait_for_timeout(400)
    figure, spot = drawn(page, FUSION_LAYERS)
    assert spot == (deep, head - 1)
    np.testing.assert_array_equal(np.float32(figure["z"]), trace.map(*spot, MAX_SIDE))


def test_stop_ends_the_stream_within_one_piece_and_keeps_the_text(visit, model):
    page = visit()
    run(page, "a long story")
    page.wait_for_function("() => (document.querySelector('.v-text')?.innerText || '').length > 60")
    expect(page.locator("#run")).to_be_disabled()
    page.locator("#stop").click()
    expect(page.locator(".v-status")).to_contain_text("Stopped")
    stream = model.asked[-1]
    assert stream.given_when_closed is not None
    time.sleep(0.3)
    assert stream.given - stream.given_when_closed <= 1
    assert stream.given < len(stream.plan)
    kept = page.locator(".v-text").first.inner_text()
    assert kept == stream.generation.variants[0].strip()
    wait_until_drawn(page)


def test_leaving_the_page_stops_the_stream(visit, model):
    page = visit()
    run(page, "a long farewell")
    page.wait_for_selector(".v-text")
    page.goto("about:blank")
    deadline = time.monotonic() + 10
    while model.asked[-1].given_when_closed is None and time.monotonic() < deadline:
        time.sleep(0.1)
    assert model.asked[-1].given_when_closed is not None


def test_bad_input_is_answered_in_the_language_of_the_page_and_the_page_goes_on(
    visit, photo, tmp_path
):
    page = visit(locale="zh-CN")
    page.locator("#run").click()
    expect(page.locator("#notice")).to_contain_text("请先输入指令、上传照片或录一段语音")
    junk = tmp_path / "junk.png"
    junk.write_bytes(b"no picture")
    page.locator("#photo input[type=file]").set_input_files(str(junk))
    page.wait_for_selector("#photo img", state="attached")
    page.locator("#run").click()
    expect(page.locator("#notice")).to_contain_text("无法读取这张照片")
    page.locator("#clear").click()
    run(page, "字" * 2001)
    expect(page.locator("#notice")).to_contain_text("2001")
    run(page, "写一条小红书文案")
    expect(page.locator(".v-status")).to_contain_text("完成")
    assert page.locator(".v-variant h3").first.inner_text() == "社交媒体"
    assert not page.locator("#notice .v-notice").is_visible()


def test_bad_input_costs_no_earlier_result(visit, photo):
    page = visit()
    run(page, "Write two posts for this shirt", photo)
    wait_until_drawn(page)
    results = (".v-copy", ".v-senses", ".v-latency", "#head-title .v-section")
    before = [page.locator(part).inner_text() for part in results]
    page.locator("#clear").click()
    expect(page.locator("#photo img")).to_have_count(0)
    for prompt, sentence in (("", "Type a command"), ("a" * 2001, "2001 characters")):
        run(page, prompt)
        expect(page.locator("#notice")).to_contain_text(sentence)
        expect(page.locator("#run")).to_be_enabled()
        assert [page.locator(part).inner_text() for part in results] == before
    run(page, "Something else")
    expect(page.locator(".v-saw")).to_contain_text("No photo in this request")
    wait_until_drawn(page)


def test_a_photo_that_is_not_recognised_is_said_to_be_so(visit, photo):
    page = visit(locale="zh-CN")
    run(page, "blurred", photo)
    expect(page.locator(".v-saw")).to_contain_text("不确定照片里是什么")
    page.locator("#language").get_by_text("EN").click()
    expect(page.locator(".v-saw")).to_contain_text("Not sure what this photo shows")
    wait_until_drawn(page)
    run(page, "sharp")
    expect(page.locator(".v-saw")).to_contain_text("81.2 %")
    expect(page.locator(".v-saw .v-unsure")).to_have_count(0)


def test_an_unforeseen_failure_is_one_sentence_and_keeps_the_text(visit):
    page = visit()
    run(page, "please break")
    expect(page.locator("#notice")).to_contain_text("Something went wrong")
    assert "Lace up" in page.locator(".v-text").first.inner_text()
    assert "secret detail" not in page.content()
    expect(page.locator("#run")).to_be_enabled()


def test_the_microphone_reaches_the_engine_and_run_waits_for_it(visit, model):
    page = visit()
    voice = page.locator("#voice")
    voice.get_by_role("button", name="Record", exact=True).click()
    expect(page.locator("#run")).to_be_disabled()
    expect(page.locator("#run")).to_contain_text("Recording")
    page.wait_for_timeout(2000)
    voice.get_by_role("button", name="Stop", exact=True).first.click()
    expect(page.locator("#run")).to_be_enabled()
    page.wait_for_timeout(500)
    page.locator("#run").click()
    wait_until_drawn(page)
    heard = model.asked[-1].request
    samples = np.asarray(heard["samples"])
    assert len(samples) / heard["rate"] > 1.0
    spectrum = np.abs(np.fft.rfft(samples if samples.ndim == 1 else samples[:, 0]))
    peak = np.argmax(spectrum) * heard["rate"] / len(samples)
    assert abs(peak - TONE) < 5
    assert "为这双跑鞋写一条小红书文案" in page.locator(".v-heard").inner_text()


def test_the_language_follows_the_browser_switches_at_once_and_is_remembered(visit):
    page = visit(locale="zh-CN")
    expect(page.locator("#run")).to_have_text("开始写作")
    run(page, "写一条文案")
    wait_until_drawn(page)
    assert "融合 4" in page.locator("#head-title").inner_text()
    page.locator("#language").get_by_text("EN").click()
    expect(page.locator("#run")).to_have_text("Write the copy")
    expect(page.locator(".v-variant h3").first).to_have_text("Social media")
    expect(page.locator("#head-title")).to_contain_text("Fusion 4")
    assert "What should it write?" in page.locator("#prompt").inner_text()
    page.reload()
    expect(page.locator("#run")).to_have_text("Write the copy")
    expect(page.locator("#heads .v-heads-read")).to_contain_text("Every attention head")


def test_a_phone_shows_everything_without_scrolling_sideways(visit, photo):
    page = visit(width=390, height=844, is_mobile=True, has_touch=True, device_scale_factor=3)
    run(page, "Write two posts for this shirt", photo)
    wait_until_drawn(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    board = page.locator("#heads canvas").bounding_box()
    assert board["x"] >= 0
    assert board["x"] + board["width"] <= 390
    page.locator("#heads canvas").tap(
        position={"x": board["width"] * 0.95, "y": board["height"] - 30}
    )
    expect(page.locator("#head-title")).to_contain_text("Decision 6 · head 16")
    page.locator("#head-figure").scroll_into_view_if_needed()
    page.evaluate("document.querySelector('#head-figure').scrollIntoView({behavior: 'instant'})")
    at, touch = page.evaluate("scrollY"), page.context.new_cdp_session(page)
    for kind, y in (("Start", 200), ("Move", 260), ("Move", 320), ("Move", 380), ("End", None)):
        points = [] if y is None else [{"x": 220, "y": y}]
        touch.send("Input.dispatchTouchEvent", {"type": f"touch{kind}", "touchPoints": points})
    page.wait_for_function("(at) => scrollY < at - 50", arg=at)


def test_an_example_fills_the_inputs_and_waits_for_the_button(visit, model):
    page = visit(locale="zh-CN")
    before = len(model.asked)
    cards = page.locator("#examples button[data-index]")
    assert "为这件T恤写文案" in cards.first.inner_text()
    cards.first.click()
    expect(page.locator("#prompt textarea")).to_have_value("为这件T恤写文案")
    page.wait_for_selector("#photo img")
    assert len(model.asked) == before
    page.locator("#run").click()
    expect(page.locator(".v-status")).to_contain_text("完成")
    assert model.asked[-1].request["image"].endswith("shirt.jpg")
    expect(cards.nth(1)).to_be_hidden()
    page.locator("#examples").get_by_text("英文示例").click()
    expect(cards.first).to_be_hidden()
    cards.nth(1).click()
    expect(page.locator("#prompt textarea")).to_have_value("Write about this shirt")
    expect(page.locator("#photo img")).to_have_count(0)
