"""The attention explorer in a real browser, over a trace whose numbers are known."""

from __future__ import annotations

import re
from collections.abc import Iterator

import numpy as np
import pytest
from exploring import (
    bright,
    choose,
    explore,
    lit,
    plotted,
    press,
    settle,
    shown_head,
    wait_for_head,
    word,
)
from fake_engine import FUSION_LAYERS, FakeStream
from playwright.sync_api import expect

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")
PROMPT = "Write two posts for this shirt, brand NORTHPINE"


@pytest.fixture(scope="module")
def opened(browser, address, model, photo) -> Iterator[tuple[object, FakeStream]]:
    """One page with a result, for tests that only look."""
    page = browser.new_page(viewport={"width": 1366, "height": 768}, locale="en-US")
    page.set_default_timeout(15_000)
    page.goto(address)
    page.wait_for_selector(".x-explorer[data-state]")
    explore(page, PROMPT, photo)
    yield page, model.asked[-1]
    page.close()


@pytest.fixture
def explored(opened) -> tuple[object, FakeStream]:
    """The page, with every dial where it stands at first."""
    settle(opened[0])
    return opened


def open_heads(trace, layer: int) -> list[int]:
    return np.flatnonzero(trace.open[layer]).tolist()


def test_a_head_is_drawn_with_the_values_of_its_trace_in_every_lens_and_scale(explored):
    page, stream = explored
    trace = stream.trace
    assert page.locator(".x-title").inner_text().count("100 of 160 heads ran") == 1
    layer, head = shown_head(page)
    assert layer == len(trace.layers) - 1
    canvas = page.locator(".x-overview")
    box = canvas.bounding_box()
    canvas.click(position={"x": box["width"] * 0.5, "y": box["height"] * 0.25})
    expect(page.locator("#x-head-title")).to_contain_text("Fusion")
    page.wait_for_timeout(400)
    shallow = shown_head(page)
    assert shallow[0] < FUSION_LAYERS
    np.testing.assert_array_equal(np.float32(plotted(page)["z"]), trace.map(*shallow))
    choose(page, layer, head)
    for lens in ("gated", "effective", "attention"):
        press(page, "lens", lens)
        wait_for_head(page, layer, head, lens)
        shown, want = plotted(page), trace.map(layer, head, None, lens)
        np.testing.assert_array_equal(np.float32(shown["z"]), want)
        assert shown["zmax"] == pytest.approx(want.max())
        assert shown["title"] == lens
    assert shown["x"][0] == "r0c0 · 0"
    press(page, "scale", "row")
    wait_for_head(page, layer, head, "attention", "row")
    shown = plotted(page)
    np.testing.assert_array_equal(np.float32(shown["values"]), want)
    np.testing.assert_allclose(shown["z"], want / want.max(1, keepdims=True), rtol=1e-5, atol=1e-7)
    expect(page.locator(".x-status summary")).to_contain_text(re.compile(r"drawn \d+ ms"))
    page.locator(".x-status summary").click()
    assert "map of a head" in page.locator(".x-status table").inner_text()


def test_a_closed_head_is_drawn_empty_and_says_why(explored):
    page, stream = explored
    trace = stream.trace
    layer = len(trace.layers) - 1
    closed = int(np.flatnonzero(~trace.open[layer])[0])
    choose(page, layer, closed)
    assert not np.any(plotted(page)["z"])
    expect(page.locator("#x-head-title")).to_contain_text("closed")
    expect(page.locator("#x-head-note")).to_contain_text("never computed")


def test_a_token_of_the_prompt_lights_the_words_that_used_it(explored):
    page, stream = explored
    trace = stream.trace
    press(page, "scope", "all")
    page.locator(".x-cell[data-token='17']").click()
    expect(page.locator(".x-caption")).to_contain_text("the written words that used “r2c3”")
    expect(page.locator(".x-caption")).to_contain_text("Mean of the 60 open heads")
    column = trace.column(None, None, 17)
    start, count = trace.prompt_length, len(trace.tokens)
    shown = lit(page, count + 1)
    np.testing.assert_allclose(shown[start + 1 :], column[start:], rtol=1e-5)
    assert not np.nan_to_num(shown[:start]).any()
    page.get_by_role("button", name="Back to the word").click()
    expect(page.locator(".x-caption")).to_contain_text("where the step looked that wrote")


def test_a_word_shows_its_row_for_the_head_the_layer_or_all_and_says_which(explored):
    page, stream = explored
    trace = stream.trace
    layer, head = shown_head(page)
    at, count = trace.prompt_length + 9, len(trace.tokens)
    told = {
        "head": (layer, head, f"head {head + 1}"),
        "layer": (layer, None, "mean of its 10 open heads"),
        "all": (None, None, "Mean of the 60 open heads of all decision layers"),
    }
    for scope, (one, other, sentence) in told.items():
        press(page, "scope", scope)
        word(page, at)
        shown = lit(page, count)
        row = trace.row(one, other, at - 1)
        mine = ~np.isnan(shown)
        assert mine.sum() == count - 1  # all but the start token
        np.testing.assert_allclose(shown[mine], row[mine], rtol=1e-5, atol=1e-7)
        expect(page.locator(".x-caption")).to_contain_text(sentence)
    chance = stream.generation.probabilities[8]
    title = page.locator(f".x-words [data-token='{at}']").get_attribute("title")
    assert title.endswith(f"probability {chance:.4f}")
    shares = page.evaluate(
        "() => Array.from(document.querySelectorAll('.x-share i'), (i) => +i.dataset.value)"
    )
    assert sum(shares) == pytest.approx(1, abs=1e-4)


def test_in_fusion_layers_the_prompt_looks_at_itself_both_ways(explored):
    page, stream = explored
    trace = stream.trace
    layer, head = 1, open_heads(trace, 1)[0]
    choose(page, layer, head)
    page.locator(".x-cell[data-token='10']").click()
    expect(page.locator(".x-caption")).to_contain_text("where “r1c3” looks within the prompt")
    n = trace.prompt_length
    np.testing.assert_allclose(lit(page, n), trace.row(layer, head, 10), rtol=1e-5)
    page.get_by_role("button", name="Who looks at it?").click()
    expect(page.locator(".x-caption")).to_contain_text("which tokens of the prompt look at “r1c3”")
    np.testing.assert_allclose(lit(page, n), trace.column(layer, head, 10), rtol=1e-5)


def test_sinks_leave_the_pictures_and_their_scales(explored):
    page, stream = explored
    trace = stream.trace
    choose(page, FUSION_LAYERS, open_heads(trace, FUSION_LAYERS)[0])
    whole = trace.map(*shown_head(page))
    page.locator("[data-flag=hideFirst]").check()
    page.locator("[data-flag=hideStrongest]").check()
    page.wait_for_timeout(500)
    strongest = 1 + int(np.argmax(whole.sum(0)[1:]))
    shown = np.array(plotted(page)["z"], float)
    assert np.isnan(shown[:, [0, strongest]]).all()
    kept = np.delete(whole, [0, strongest], axis=1)
    np.testing.assert_array_equal(np.float32(np.delete(shown, [0, strongest], axis=1)), kept)
    assert plotted(page)["zmax"] == pytest.approx(kept.max())
    assert {0, strongest}.isdisjoint(bright(page))


def test_the_keyboard_moves_heads_and_words_and_plays(explored):
    page, stream = explored
    trace = stream.trace
    layer, head = 7, 3
    choose(page, layer, head)
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowLeft")
    wait_for_head(page, layer - 1, head - 1)
    np.testing.assert_array_equal(np.float32(plotted(page)["z"]), trace.map(layer - 1, head - 1))
    page.locator(".x-words .x-copy").focus()
    now = page.locator(".x-words .x-now")
    page.keyboard.press("Home")
    expect(now).to_have_attribute("data-token", str(trace.prompt_length + 1))
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    expect(now).to_have_attribute("data-token", str(trace.prompt_length + 3))
    page.keyboard.press("ArrowLeft")
    expect(now).to_have_attribute("data-token", str(trace.prompt_length + 2))
    page.keyboard.press("Space")
    expect(now).to_have_attribute("data-token", str(trace.prompt_length + 4))
    page.keyboard.press("Space")
    page.keyboard.press("End")
    expect(now).to_have_text("■ end")
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline == "solid"


def test_the_overview_tells_gate_entropy_and_shares_of_the_head_under_the_pointer(explored):
    page, stream = explored
    trace = stream.trace
    layer, head = shown_head(page)
    made = trace.summary(layer)
    want = {
        "gate": trace.gates[layer, head],
        "entropy": made.entropy[head],
        "share_image": made.shares[head, 0],
        "share_own": made.shares[head, 3],
    }
    for colour, value in want.items():
        page.select_option(".x-select", colour)
        expect(page.locator(".x-heads .x-read")).to_contain_text(f"{value:.4f}")


PIXELS = """() => {
  const canvas = document.querySelector(".x-overview"), place = JSON.parse(canvas.dataset.place);
  const pen = canvas.getContext("2d"), at = (x, y) => [...pen.getImageData(x, y, 1, 1).data];
  const tile = (row, column, dx, dy) => at(place.label + column * place.step + dx * place.tile,
    place.tops[row] + dy * place.tile);
  const spots = [[0.1, 0.12], [0.9, 0.12], [0.12, 0.88], [0.3, 0.86]];
  return place.tops.map((_, row) => Array.from({length: place.per}, (_, column) =>
    spots.map((spot) => tile(row, column, ...spot))));
}"""


def test_the_overview_colours_open_heads_by_their_value_and_hatches_closed_ones(explored):
    page, stream = explored
    trace = stream.trace
    page.locator(".x-overview").hover(position={"x": 2, "y": 2})
    page.select_option(".x-select", "share_text")
    tiles = np.array(page.evaluate(PIXELS), float)
    shares = np.stack([trace.summary(i).shares[:, 2] for i in range(len(trace.layers))])
    green = tiles[..., 1]  # it rises all along cividis
    opened = trace.open & (shares > 0.02)
    assert np.ptp(tiles[opened][:, :, :3], axis=1).max() == 0  # one colour a tile
    ranks = [np.argsort(np.argsort(x)) for x in (shares[opened], green[opened][:, 0])]
    assert np.corrcoef(*ranks)[0, 1] > 0.99
    closed = tiles[~trace.open][:, :, 3]  # ink at some opacity, or nothing: no colour of the scale
    assert closed.max() < 255
    assert closed.min() == 0


def test_routes_are_those_of_the_trace_with_the_load_of_each_expert(explored):
    page, stream = explored
    trace = stream.trace
    loads = page.evaluate("""() => Array.from(document.querySelectorAll(".x-load"), (layer) =>
      Array.from(layer.querySelectorAll("[data-load]"), (bar) => Number(bar.dataset.load)))""")
    want = [np.bincount(taken.ravel(), minlength=8) / taken.size for taken in trace.routes]
    np.testing.assert_allclose(loads, want, atol=1e-6)
    strip = page.locator(".x-routes-strip")
    strip.scroll_into_view_if_needed()
    strip.hover(position={"x": 74, "y": 20})
    first, second = trace.routes[0, 0] + 1
    expect(page.locator(".x-routes .x-read")).to_have_text(
        f"Decision 1 · “r0c0” · experts {first} + {second}"
    )


def test_effects_stand_beside_attention_with_the_measured_numbers(explored, model):
    page, stream = explored
    trace = stream.trace
    word(page, trace.prompt_length + 5)
    page.locator(".x-causal .x-quiet").click()
    expect(page.locator(".x-claim")).to_contain_text("Attention is not explanation")
    effects = model.head_effects(stream.generation, 4)
    shown = [
        float(node.get_attribute("data-effect")) for node in page.locator("[data-effect]").all()
    ]
    want = effects[trace.open]
    want = want[np.argsort(-np.abs(want))][:12]
    np.testing.assert_allclose(shown, want, rtol=1e-6)
    page.select_option(".x-select", "effect")
    layer, head = shown_head(page)
    told = f"{effects[layer, head]:.4f}" if trace.open[layer, head] else "closed"
    expect(page.locator(".x-heads .x-read")).to_contain_text(told)


def test_a_click_on_the_map_chooses_the_word_of_its_row(explored):
    page, stream = explored
    trace = stream.trace
    choose(page, FUSION_LAYERS + 1, 4)
    row = trace.prompt_length + 12
    plot = page.locator(".x-plot")
    plot.scroll_into_view_if_needed()
    x, y = plot.evaluate(
        """(plot, row) => {
          const {xaxis, yaxis} = plot._fullLayout;
          return [xaxis._offset + xaxis.l2p(3), yaxis._offset + yaxis.l2p(row)];
        }""",
        row,
    )
    box = plot.bounding_box()
    page.mouse.move(box["x"] + x, box["y"] + y)
    page.wait_for_timeout(300)
    expect(page.locator(".x-plot .hovertext")).to_contain_text(f"· {row} → r0c3 · 3")
    page.mouse.click(box["x"] + x, box["y"] + y)
    expect(page.locator(".x-words .x-now")).to_have_attribute("data-token", str(row + 1))


def test_the_page_that_is_saved_from_the_menu_is_this_result(explored, tmp_path):
    page, _ = explored
    page.locator(".x-menu summary").click()
    with page.expect_download() as download:
        page.locator("[data-export=page]").click()
    download.value.save_as(tmp_path / "page.html")
    saved = (tmp_path / "page.html").read_text(encoding="utf-8")
    assert saved.startswith("<!doctype html>")
    assert '"brand ", "NORTHPINE"' in saved
