"""What a person does on the page, in a real browser."""

from __future__ import annotations

import re

from playwright.sync_api import expect

expect.set_options(timeout=15_000)  # a busy machine is no failure
TONE = 440.0
"""Hertz that the browser's microphone hears."""
FIGURE = """() => {
  const plot = document.querySelector("#head-figure .js-plotly-plot");
  const trace = plot._fullData[0];
  return {z: Array.from(trace.z, (row) => Array.from(row)), x: Array.from(trace.x),
          names: plot._fullData.slice(1).map((entry) => entry.name)};
}"""


def run(page, prompt: str, photo: str | None = None) -> None:
    page.locator("#prompt textarea").fill(prompt)
    if photo:
        page.locator("#photo input[type=file]").set_input_files(photo)
        page.wait_for_selector("#photo img")
    page.locator("#run").click()


def wait_for_figure(page, traces: int) -> None:
    """Wait until the plot has the heatmap and a legend entry for each of the other `traces`."""
    page.wait_for_function(
        """(count) => {
          const plot = document.querySelector("#head-figure .js-plotly-plot");
          return plot?._fullData?.length === count;
        }""",
        arg=1 + traces,
    )


def wait_until_drawn(page) -> None:
    page.wait_for_selector("#head-figure .hm image", state="attached")
    expect(page.locator("#run")).to_be_enabled()


def drawn(page, fusion_layers: int) -> tuple[dict, tuple[int, int]]:
    """The plotted figure, and the layer and head that its heading names."""
    heading = page.locator("#head-title").inner_text()
    kind, layer, head = re.search(r"(Fusion|Decision) (\d+) · head (\d+)", heading).groups()
    offset = 0 if kind == "Fusion" else fusion_layers
    return page.evaluate(FIGURE), (offset + int(layer) - 1, int(head) - 1)
