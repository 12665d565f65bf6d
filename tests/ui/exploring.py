"""What a person does in the attention explorer, and what it shows for that."""

from __future__ import annotations

import re

import numpy as np
from driving import run, wait_until_drawn
from playwright.sync_api import expect

PLOT = """() => {
  const plot = document.querySelector(".x-plot"), heat = plot._fullData[0];
  const rows = (table) => table && Array.from(table, (row) => Array.from(row));
  return {z: rows(heat.z), values: rows(heat.customdata), x: Array.from(heat.x),
          title: heat.colorbar.title.text, zmin: heat.zmin, zmax: heat.zmax};
}"""
LIT = """() => Object.fromEntries(Array.from(document.querySelectorAll(".x-look [data-token]"),
  (node) => [node.dataset.token, {lit: Number(node.style.getPropertyValue("--x-lit")),
    value: Number(node.dataset.value)}]))"""


def explore(page, prompt: str, photo: str | None = None, sound: str | None = None) -> None:
    """Run a request and wait until one of its heads is drawn."""
    if sound:
        page.locator("#voice").get_by_label("Upload file").click()
        page.locator("#voice input[type=file]").set_input_files(sound)
        expect(page.locator("#voice input[type=file]")).to_have_count(0)
    run(page, prompt, photo)
    wait_until_drawn(page)
    page.wait_for_selector(".x-plot .hm image", state="attached")


def choose(page, layer: int, head: int) -> None:
    """Choose a head with the arrow keys, then wait for its map."""
    board = page.locator(".x-overview")
    board.focus()
    at = shown_head(page)
    for key, steps in (("Up", at[0] - layer), ("Left", at[1] - head)):
        other = {"Up": "Down", "Left": "Right"}[key]
        for _ in range(abs(steps)):
            page.keyboard.press(f"Arrow{key if steps > 0 else other}")
    wait_for_head(page, layer, head)


def settle(page) -> None:
    """Put every dial where it stands at first; the chosen head and word stay."""
    page.locator("[data-flag=hideFirst]").uncheck()
    page.locator("[data-flag=hideStrongest]").uncheck()
    page.select_option(".x-select", "attention")
    for turned in ("Where does it look?", "Back to the word"):
        if page.get_by_role("button", name=turned).count():
            page.get_by_role("button", name=turned).click()
    for field, choice in (("scope", "head"), ("lens", "attention"), ("scale", "global")):
        press(page, field, choice)
    wait_for_head(page, *shown_head(page))


def shown_head(page) -> tuple[int, int]:
    """Layer and head of the drawn map, counted from 0."""
    layer, head = page.locator(".x-plot").get_attribute("data-head").split()[:2]
    return int(layer), int(head)


def wait_for_head(page, layer: int, head: int, lens: str = "attention", scale="global") -> None:
    expect(page.locator(".x-plot")).to_have_attribute("data-head", f"{layer} {head} {lens} {scale}")


def plotted(page) -> dict:
    """The drawn map: `z`, values behind a scale by row, axis names."""
    return page.evaluate(PLOT)


def press(page, field: str, choice: str) -> None:
    page.locator(f"[data-field={field}][data-choice={choice}]").click()


def word(page, token: int) -> None:
    """Choose a written word by its position and wait until the explorer says so."""
    page.locator(f".x-words [data-token='{token}']").click()
    expect(page.locator(f".x-words [data-token='{token}']")).to_have_class(re.compile("x-now"))
    page.wait_for_timeout(60)


def lit(page, count: int) -> np.ndarray:
    """What each token shows: its value, NaN where it is not on the page."""
    values = np.full(count, np.nan)
    for token, shown in page.evaluate(LIT).items():
        if int(token) < count:
            values[int(token)] = shown["value"]
    return values


def bright(page) -> set[int]:
    """The tokens that are lit at all."""
    return {int(token) for token, shown in page.evaluate(LIT).items() if shown["lit"] > 0}
