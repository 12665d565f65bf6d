"""The page in a real browser, over an engine without weights."""

from __future__ import annotations

import time

import numpy as np
import pytest
from driving import TONE, run, wait_until_drawn
from playwright.sync_api import expect

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
    assert page.locator(".x-overview").bounding_box()["height"] > 300
    assert "100 of 160 heads ran" in page.locator("#explorer").inner_text()
    asked = model.asked[-1].request
    assert asked["attention_heads"] == 10
    assert asked["max_length"] == 200
    assert asked["image"].endswith("shirt.jpg")
    assert asked["audio"] is None


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
    results = (".v-copy", ".v-senses", ".v-latency", ".x-summary")
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
    expect(page.locator("#explorer")).to_contain_text("决策 6 · 头")
    page.locator("#language").get_by_text("EN").click()
    expect(page.locator("#run")).to_have_text("Write the copy")
    expect(page.locator(".v-variant h3").first).to_have_text("Social media")
    expect(page.locator("#explorer")).to_contain_text("Decision 6 · head")
    assert "What should it write?" in page.locator("#prompt").inner_text()
    page.reload()
    expect(page.locator("#run")).to_have_text("Write the copy")
    expect(page.locator("#explorer")).to_contain_text("After the first run every head")


def test_a_phone_shows_everything_without_scrolling_sideways(visit, photo):
    page = visit(width=390, height=844, is_mobile=True, has_touch=True, device_scale_factor=3)
    run(page, "Write two posts for this shirt", photo)
    wait_until_drawn(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    board = page.locator(".x-overview").bounding_box()
    assert board["x"] >= 0
    assert board["x"] + board["width"] <= 390
    page.wait_for_selector(".x-plot[data-head]")
    page.evaluate("document.querySelector('.x-plot').scrollIntoView({behavior: 'instant'})")
    at, touch = page.evaluate("scrollY"), page.context.new_cdp_session(page)
    for kind, y in (("Start", 200), ("Move", 260), ("Move", 320), ("Move", 380), ("End", None)):
        points = [] if y is None else [{"x": 220, "y": y}]
        touch.send("Input.dispatchTouchEvent", {"type": f"touch{kind}", "touchPoints": points})
    page.wait_for_function("(at) => scrollY < at - 50", arg=at)
    page.locator("[data-action=pin]").click()
    expect(page.locator(".v-side")).to_have_count(2)
    page.locator("#open").scroll_into_view_if_needed()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


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
