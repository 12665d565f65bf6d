"""What a person does on the page, in a real browser."""

from __future__ import annotations

from playwright.sync_api import expect

expect.set_options(timeout=15_000)  # a busy machine is no failure
TONE = 440.0
"""Hertz that the browser's microphone hears."""

FIGURE = """() => {
  const plot = document.querySelector(".x-plot");
  return [Array.from(plot._fullData[0].z, (row) => Array.from(row)), plot.dataset.head];
}"""


def run(page, prompt: str, photo: str | None = None) -> None:
    page.locator("#prompt textarea").fill(prompt)
    if photo:
        page.locator("#photo input[type=file]").set_input_files(photo)
        page.wait_for_selector("#photo img")
    page.locator("#run").click()
    page.wait_for_selector(".v-status i, .v-notice")  # it runs, or was refused


def wait_until_drawn(page) -> None:
    """Wait until the request is over and the explorer has its result."""
    expect(page.locator("#run")).to_be_enabled()
    expect(page.locator(".v-status i")).to_have_count(0)
    page.wait_for_selector(".x-explorer[data-state=ready]")


def drawn(page) -> tuple[list[list[float]], tuple[int, int]]:
    """The values of the large map, and the layer and head that they belong to."""
    page.wait_for_selector(".x-plot[data-head]")
    values, told = page.evaluate(FIGURE)
    layer, head = told.split()[:2]
    return values, (int(layer), int(head))


def move(page, key: str) -> None:
    """Go to a neighbouring head with an arrow key, and wait until it is drawn."""
    before = page.locator(".x-plot").get_attribute("data-head")
    page.locator(".x-overview").focus()
    page.keyboard.press(key)
    expect(page.locator(".x-plot")).not_to_have_attribute("data-head", before)


def again(page) -> None:
    """Press the button that runs the same request with the dials as they are."""
    page.locator("[data-action=again]").click()
    page.wait_for_selector(".v-status i")
    wait_until_drawn(page)


def dial(page, name: str, value: float) -> None:
    """Set a slider by its number."""
    box = page.locator(f"#{name} input[type=number]")
    box.fill(str(value))
    box.press("Tab")
