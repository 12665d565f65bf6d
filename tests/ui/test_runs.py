"""Two results side by side, the same request again, and two people at once, in a real browser."""

from __future__ import annotations

import gc
import json
import re
import time
import weakref

import pytest
from driving import again, dial, run, wait_until_drawn
from playwright.sync_api import expect

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")


def side(page, name: str) -> str:
    return page.locator(f".v-side[data-side={name}]").inner_text()


def test_a_budget_is_compared_with_the_same_request_and_seed(visit, model, photo):
    page = visit()
    run(page, "Write two posts for this shirt", photo)
    wait_until_drawn(page)
    first = model.asked[-1]
    expect(page.locator(".v-status")).to_contain_text(f"seed {first.request['seed']}")
    assert page.locator(".v-side").count() == 0
    page.locator("#prompt textarea").fill("Something else, not sent")
    dial(page, "heads-budget", 6)
    again(page)
    second = model.asked[-1]
    assert second is not first
    for same in ("text", "image", "audio", "seed", "temperature", "max_length"):
        assert second.request[same] == first.request[same]
    assert (first.request["attention_heads"], second.request["attention_heads"]) == (10, 6)
    for name, ran, stream in (("A", "100 of 160", first), ("B", "60 of 160", second)):
        shown = side(page, name)
        assert "Lace up and float" in shown
        assert ran in shown
        total = f"{stream.generation.latency.total_ms:.0f} ms"
        assert total in shown
    assert "Precision" not in side(page, "B")
    page.locator("[data-action=unpin]").click()
    expect(page.locator(".v-side")).to_have_count(0)
    expect(page.locator(".v-text")).to_have_count(2)


def test_a_kept_result_stands_beside_another_prompt_with_its_seed(visit, model):
    page = visit(locale="zh-CN")
    run(page, "写一条文案")
    wait_until_drawn(page)
    page.locator("[data-action=pin]").click()
    expect(page.locator(".v-side")).to_have_count(2)
    assert "请求和设置相同" in side(page, "A")
    run(page, "Write in English")
    expect(page.locator(".v-side[data-side=B]")).to_contain_text("Yours for $89.")
    wait_until_drawn(page)
    assert "写一条文案" in side(page, "A")
    assert "Write in English" in side(page, "B")
    assert model.asked[-1].request["seed"] == model.asked[-2].request["seed"]
    page.locator("#language").get_by_text("EN").click()
    expect(page.locator(".v-side[data-side=A]")).to_contain_text("Command")


def test_the_panel_counts_the_runs_and_draws_each_token(visit, model):
    page = visit()
    for _ in range(2):
        run(page, "Write about a shirt")
        wait_until_drawn(page)
        page.wait_for_timeout(300)
    expect(page.locator(".v-latency-note")).to_contain_text("your last 2 finished runs at fp32")
    totals = [stream.generation.latency.total_ms for stream in model.asked[-2:]]
    spread = page.locator("[data-figure=total] small")
    assert float(spread.get_attribute("data-p50")) == pytest.approx(sum(totals) / 2, abs=1e-2)
    wide = max(totals) - min(totals)
    assert float(spread.get_attribute("data-p95")) == pytest.approx(
        min(totals) + 0.95 * wide, abs=1e-2
    )
    latency = model.asked[-1].generation.latency
    for name, ms in latency.stages.items():
        bar = page.locator(f".v-timeline [data-stage={name}]")
        assert float(bar.get_attribute("data-ms")) == pytest.approx(ms, abs=1e-3)
    chart = page.locator("[data-tokens]")
    told = [float(v) for v in chart.get_attribute("data-tokens").split(",")]
    assert told == pytest.approx(latency.token_ms, abs=0.01)
    box = chart.bounding_box()
    chart.hover(position={"x": box["width"] * 2.5 / len(told), "y": box["height"] / 2})
    expect(page.locator("[data-read]")).to_have_text(f"token 3: {told[2]:.2f} ms")


SERVER = """async (key) => {
  const config = window.gradio_config;
  const component = config.components.find((c) => c.props.elem_id === "explorer");
  const answer = await fetch("/gradio_api/component_server", {
    method: "POST", headers: {"Content-Type": "application/json"},
    body: JSON.stringify({data: JSON.stringify({key, view: "header"}),
      component_id: component.id, fn_name: component.props.server_fns?.[0] ?? "view",
      session_hash: "nobody"}),
  });
  return [answer.status, await answer.text()];
}"""


def test_two_people_have_keys_of_their_own_that_nobody_can_guess(visit, model, explorer):
    before = set(explorer.sessions)
    one, two = visit(), visit()
    run(one, "Write about a shirt")
    wait_until_drawn(one)
    both = [explorer.sessions[key] for key in set(explorer.sessions) - before]
    yours, mine = sorted(both, key=lambda session: session.generation is not None)
    assert mine.key != yours.key
    assert min(len(mine.key), len(yours.key)) >= 32
    assert yours.generation is None
    for guess in ("", "0", mine.key[:-1]):
        status, text = two.evaluate(SERVER, guess)
        assert status == 200
        assert json.loads(json.loads(text))["error"] == "gone"
    assert "Lace up" not in two.content()
    status, text = one.evaluate(SERVER, mine.key)
    assert "error" not in json.loads(json.loads(text))


def test_a_closed_tab_frees_its_traces(visit, model):
    page = visit()
    run(page, "Write about a shirt")
    wait_until_drawn(page)
    again(page)
    expect(page.locator(".v-side")).to_have_count(2)
    traces = [weakref.ref(stream.trace) for stream in model.asked[-2:]]
    del model.asked[-2:]
    page.wait_for_timeout(500)
    assert all(trace() is not None for trace in traces)
    page.goto("about:blank")
    deadline = time.monotonic() + 15
    while any(trace() is not None for trace in traces) and time.monotonic() < deadline:
        time.sleep(0.2)
        gc.collect()
    assert [trace() for trace in traces] == [None, None]


def test_a_stop_before_the_first_word_is_said_and_costs_nothing(visit, model):
    page = visit()
    run(page, "Write about a shirt")
    wait_until_drawn(page)
    kept = page.locator(".v-text").first.inner_text()
    run(page, "Please hesitate")
    page.wait_for_selector("[data-status=reading]")
    page.locator("#stop").click()
    expect(page.locator("#notice")).to_contain_text("Stopped before the first word")
    assert page.locator(".v-text").first.inner_text() == kept
    expect(page.locator(".v-status")).to_contain_text(re.compile("Done"))


def test_a_closed_head_is_run_with_the_same_seed_and_the_result_before_becomes_a(visit, model):
    page = visit()
    run(page, "Write about a shirt")
    wait_until_drawn(page)
    first = model.asked[-1]
    page.locator("[data-force=closed]").click()
    page.locator(".x-causal .x-go").first.click()
    expect(page.locator(".v-side[data-side=B]")).to_contain_text("the short way home")
    wait_until_drawn(page)
    second = model.asked[-1]
    ((place, value),) = second.request["gates"].items()
    assert value == 0.0
    assert first.trace.open[place]
    for same in ("text", "seed", "attention_heads", "temperature", "max_length"):
        assert second.request[same] == first.request[same]
    assert "the long way home" in side(page, "A")
    shown = side(page, "B")
    layer = second.trace.layers[place[0]].capitalize()
    assert f"{layer} head {place[1] + 1}: closed" in shown
    assert "none" in side(page, "A")


def test_an_answer_without_a_word_is_said_and_the_prompt_can_still_be_looked_at(visit):
    page = visit(locale="zh-CN")
    run(page, "a wordless answer")
    expect(page.locator("#notice")).to_contain_text("没有写出内容")
    wait_until_drawn(page)
    expect(page.locator(".x-trouble")).to_be_hidden()
    assert page.locator(".x-overview").bounding_box()["height"] > 100
    page.wait_for_selector(".x-plot[data-head]")
