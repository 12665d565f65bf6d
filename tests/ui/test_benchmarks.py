"""The Benchmarks tab in a real browser, over recorded results and a bench without a model."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from driving import run, wait_until_drawn
from fake_bench import FakeBenches, write_results
from fake_engine import FakeModel
from playwright.sync_api import expect

from v25.bench_rows import Result
from v25.ui.benchmark_panels import item_names

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")
PLOTS = """() => Array.from(document.querySelectorAll(".b-plot"), (plot) => plot.data.map((trace) =>
  [trace.type, Array.from(trace.x), Array.from(trace.y), trace.line?.dash ?? null]))"""


@pytest.fixture(scope="module")
def benches() -> FakeBenches:
    return FakeBenches()


@pytest.fixture(scope="module")
def engine() -> FakeModel:
    return FakeModel()


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    made = tmp_path_factory.mktemp("results")
    write_results(made)
    return made


@pytest.fixture(scope="module")
def bench_address(browser, benches, engine, folder, examples) -> Iterator[str]:
    from v25.ui import build_demo, launch_settings

    demo = build_demo(engine, examples, benches=benches, results=folder)
    _, url, _ = demo.launch(prevent_thread_lock=True, quiet=True, **launch_settings(examples))
    yield url
    demo.close()


@pytest.fixture
def visit_bench(visit_at, bench_address, benches):
    """Open the tab as a new person."""
    benches.go.clear()
    benches.fails = None

    def visit(**kind):
        page = visit_at(bench_address, **kind)
        open_tab(page)
        return page

    yield visit
    benches.go.set()


def open_tab(page) -> None:
    page.locator("#pages [role=tab]").nth(1).click()
    page.wait_for_selector(".b-chart[data-drawn]")


def choose(page, suite: str) -> None:
    page.locator("#bench-suite").get_by_text(suite, exact=True).click()
    page.wait_for_selector(f'.b-chart[data-drawn="{suite}"]')


def test_recorded_figures_are_drawn_and_listed_with_where_they_come_from(visit_at, bench_address):
    page = visit_at(bench_address)
    page.locator("#pages [role=tab]").nth(1).focus()
    page.keyboard.press("Enter")
    page.wait_for_selector('.b-chart[data-drawn="Speed"]')
    assert page.locator(".b-panel h3").all_inner_texts() == [
        "Time to first token (ms)", "Per token (ms)"
    ]  # fmt: skip
    first, token = page.evaluate(PLOTS)
    assert first == [["scatter", [6, 10, 16], [46, 50, 56], "solid"]]
    assert token[0][2] == [1.5, 2.5, 4]
    table = page.locator(".b-table tbody tr")
    assert re.split(r"\s+", table.nth(1).inner_text().strip())[:6] == [
        "fp32", "10", "50.0", "[45.0,", "55.0]", "0.50"
    ]  # fmt: skip
    how = page.locator(".b-how").inner_text()
    for part in ("Fast 9 <b>", "CPU (2 threads, x86_64)", "2.11.0", "3.12.1", "rounds 3"):
        assert part in how
    assert "assets/results/bench.json" in how
    assert page.locator(".b-how code").inner_text() == (
        "python -m v25.bench speed --text 'three posts' --rounds 3 --image "
        "assets/examples/shoes.webp"
    )
    page.locator("#bench-suite input").nth(2).focus()
    page.keyboard.press("Space")
    page.wait_for_selector('.b-chart[data-drawn="Peers"]')


def test_a_suite_of_several_files_is_told_by_its_lengths_or_else_by_its_file():
    def made(name: str, *tokens: int) -> Result:
        return Result(name, suites={"attention": [{"tokens": n, "ms": 1.0} for n in tokens]})

    long, short, alike = made("a.json", 16384, 32768), made("b.json", 1024), made("c.json", 1024)
    speed = Result("d.json", suites={"speed": [{"ms": 1.0}]})
    items = [("attention", long), ("attention", short), ("speed", speed), ("voice", None)]
    names = ["Attention, 16K–32K", "Attention, 1K", "Speed", "Voice"]
    assert item_names(items, "en") == names
    assert item_names(items[1:], "zh") == ["注意力", "速度", "语音"]
    items.insert(1, ("attention", alike))
    assert item_names(items, "en")[:3] == [names[0], "Attention, 1K, c", "Attention, 1K, b"]


def test_other_suites_and_machines_and_the_language(visit_bench, folder):
    broken = folder / "broken.json"
    broken.write_text('{"suites": {"speed": "none"}}')
    page = visit_bench(locale="zh-CN")
    expect(page.locator("#bench-files")).to_contain_text("已略过：broken.json。")
    broken.unlink()
    expect(page.locator("#pages [role=tab]").nth(1)).to_have_text("性能")
    choose(page, "同类模型")
    ((bars, _),) = page.evaluate(PLOTS)
    assert bars[:2] == ["bar", [300, 1400]]
    expect(page.locator("#bench-state")).to_contain_text("不在页面上运行")
    expect(page.locator("#bench-run")).to_be_disabled()
    page.locator("#bench-machine input").click()
    page.get_by_role("option", name="GPU 1").click()
    choose(page, "fizz")
    ((bars, _),) = page.evaluate(PLOTS)
    assert bars[1] == [1.5, 2.5]
    page.locator("#language").get_by_text("EN").click()
    expect(page.locator("#bench-run")).to_have_text("Run here")
    expect(page.locator("#bench-state")).to_contain_text("takes too long for a page")
    expect(page.locator(".b-sources")).to_contain_text("Recorded on GPU 1")
    expect(page.locator("#bench-files")).to_be_empty()
    choose(page, "Batches")
    expect(page.locator(".b-chart")).to_contain_text("Nothing was recorded for this suite")


def test_a_run_here_is_cancelled_fails_or_is_drawn_beside_the_recorded_one(visit_bench, benches):
    page = visit_bench()
    state, ran = page.locator("#bench-state"), page.locator("#bench-run")
    tables = page.locator(".b-table")
    ran.click()
    expect(state).to_contain_text("measurement 3 of 4")
    expect(ran).to_be_disabled()
    assert page.locator("#bench-state progress").get_attribute("value") == "2"
    page.locator("#bench-stop").click()
    expect(state).to_contain_text("cancelled")
    expect(page.locator("#bench-stop")).to_be_disabled()
    assert benches.ended == benches.begun

    benches.go.set()
    benches.fails = RuntimeError("secret detail")
    ran.click()
    expect(state.locator(".v-notice")).to_contain_text("could not be measured here")
    assert "secret detail" not in page.content()
    expect(tables).to_have_count(1)

    benches.fails = None
    ran.click()
    expect(state).to_contain_text("measured here in")
    page.wait_for_function(f"({PLOTS})()[0]?.length === 2")
    recorded, live = page.evaluate(PLOTS)[0]
    assert recorded == ["scatter", [6, 10, 16], [46, 50, 56], "solid"]
    assert live == ["scatter", [6, 10, 16], [92, 100, 112], "dot"]
    expect(page.locator(".b-sources")).to_contain_text("Here, just now, on Other 7")
    expect(tables).to_have_count(2)


def test_a_run_waits_for_the_copy_that_is_written(visit_at, bench_address, benches, engine):
    benches.go.set()
    benches.fails = None
    page = visit_at(bench_address)
    run(page, "a long story")
    page.wait_for_selector(".v-text")
    open_tab(page)
    before = benches.begun
    page.locator("#bench-run").click()
    expect(page.locator("#bench-state")).to_contain_text("Waiting for its turn")
    page.wait_for_timeout(300)
    stream = engine.asked[-1]
    assert stream.given_when_closed is None
    assert stream.given < len(stream.plan)
    assert benches.begun == before
    page.locator("#pages [role=tab]").first.click()
    page.locator("#stop").click()
    expect(page.locator(".v-status")).to_contain_text("Stopped")
    wait_until_drawn(page)
    assert page.locator(".x-overview").bounding_box()["height"] > 100
    kept = page.locator(".v-text").first.inner_text()
    page.locator("#pages [role=tab]").nth(1).click()
    expect(page.locator("#bench-state")).to_contain_text("measured here in")
    assert benches.begun == before + 1
    page.locator("#pages [role=tab]").first.click()
    assert page.locator(".v-text").first.inner_text() == kept
    assert page.locator("#prompt textarea").input_value() == "a long story"


def test_closing_the_page_ends_its_run(visit_bench, benches):
    page = visit_bench()
    page.locator("#bench-run").click()
    expect(page.locator("#bench-state")).to_contain_text("measurement 3 of 4")
    page.goto("about:blank")
    deadline = time.monotonic() + 10
    while benches.ended < benches.begun and time.monotonic() < deadline:
        time.sleep(0.1)
    assert benches.ended == benches.begun
    assert not benches.go.is_set()


def test_a_phone_in_the_dark_shows_everything_without_scrolling_sideways(visit_at, bench_address):
    phone = {"is_mobile": True, "has_touch": True, "device_scale_factor": 2}
    page = visit_at(f"{bench_address}?__theme=dark", width=390, height=844, **phone)
    open_tab(page)
    for suite in ("Speed", "Peers"):
        choose(page, suite)
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
        box = page.locator(".b-plot").first.bounding_box()
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 390
    edges = "(e) => Array.from(e.querySelectorAll('text'), (t) => t.getBoundingClientRect().right)"
    assert max(page.locator(".b-plot").first.evaluate(edges)) <= box["x"] + box["width"] + 1
    ink = page.locator(".b-plot .ytick text").first.evaluate("(e) => getComputedStyle(e).fill")
    assert sum(map(int, re.findall(r"\d+", ink)[:3])) / 3 > 140
