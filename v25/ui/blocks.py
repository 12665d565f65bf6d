"""The page: which parts there are, where they stand, and which event calls which handler."""

from __future__ import annotations

from abc import ABCMeta
from collections.abc import Mapping
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import gradio as gr
from gradio.data_classes import FileData, ImageData

from v25.schema import Generation
from v25.ui import gallery, latency, measured, panels
from v25.ui.benchmarks import STYLE, Benchmarks
from v25.ui.explorer import Explorer
from v25.ui.handlers import Page
from v25.ui.measurement import Benches
from v25.ui.microphone import Microphone
from v25.ui.recordings import KINDS
from v25.ui.session import Session
from v25.ui.theme import theme
from v25.ui.updates import Show
from v25.ui.words import MICROPHONE_BANNER, say

_STYLE = Path(__file__).parent / "style.css"
_COPY_SCRIPT = """
element.addEventListener("click", async (event) => {
  const button = event.target.closest("button.v-clip");
  if (!button) return;
  await navigator.clipboard.writeText(button.closest("article").querySelector("p").innerText);
  const word = button.textContent;
  button.textContent = button.dataset.done;
  setTimeout(() => { button.textContent = word; }, 1200);
});
element.addEventListener("click", (event) => {
  const button = event.target.closest("button[data-action]");
  if (button) trigger("select", { action: button.dataset.action });
});
watch("value", () => {
  const waiting = element.querySelector("[data-status=waiting]");
  if (waiting && innerWidth < 700) element.scrollIntoView({ behavior: "smooth" });
});
"""
_TITLE_SCRIPT = """
const speak = () => {
  const said = element.querySelector("[data-language]");
  if (said) document.documentElement.lang = said.dataset.language === "zh" ? "zh-CN" : "en";
};
watch("value", speak);
speak();
"""
_BANNER_SCRIPT = """() => {
  if (window.isSecureContext) return;
  const banner = document.createElement("div");
  banner.className = "v-banner";
  banner.textContent = "%s";
  document.body.prepend(banner);
}"""
_DOWNLOAD_SCRIPT = """() => {
  setTimeout(() => document.querySelector("#saved-file")?.click(), 50);  // once it has its address
}"""
_CLEAR_SCRIPT = """() => ["", null, null, ""]"""
_HUSH_SCRIPT = """() => { window.v25Microphone?.show?.(""); }"""


def _path(_: gr.components.Component, payload: ImageData | FileData | None) -> str | None:
    return payload.path if payload else None


def _unopened(component: type[gr.components.Component]) -> type[gr.components.Component]:
    """A kind of `component` that hands on the path of the upload without opening the file.

    The engine checks files and says what is wrong; Gradio's own check would answer a broken file
    with a bare error mark on every output. Gradio's metaclass is passed over because it writes a
    stub file beside the source of every component class that it makes.
    """
    body = {"preprocess": _path, "is_template": True, "__module__": __name__}
    return ABCMeta.__new__(type(component), component.__name__, (component,), body)


Photo = _unopened(gr.Image)
Voice = _unopened(gr.Audio)
Recording = _unopened(gr.UploadButton)


def build_demo(
    model: Any,
    folder: Path = gallery.FOLDER,
    recording: Generation | None = None,
    benches: Benches | None = None,
    results: Path = measured.FOLDER,
) -> gr.Blocks:
    """Build the page over `model`.

    Args:
        model: see `v25.ui.handlers.Page` for what is asked of it.
        folder: of ready-made requests; `launch_settings` needs the same.
        recording: a saved result that every visitor finds; `v25.ui.ReplayModel` stands for the
            model where there is none.
        benches: measures short suites of the bench here; None where nothing can.
        results: folder of what the bench wrote down.
    """
    explorer, tab = Explorer(model), Benchmarks(results, benches, model.device)
    microphone = Microphone(model, explorer.sessions)
    examples = gallery.read_examples(folder)
    parts = SimpleNamespace()
    with gr.Blocks(
        title="V2.5", analytics_enabled=False, fill_width=True, delete_cache=(600, 3600)
    ) as demo:
        parts.session = gr.State(
            Session(), time_to_live=3600, delete_callback=lambda session: session.forget()
        )
        parts.remembered = gr.BrowserState(None, storage_key="v25.language", secret="v25")
        _header(parts)
        with gr.Tabs(elem_id="pages", overflow_behavior="wrap"):
            with gr.Tab(
                say("tab_write", "en"), id="write", render_children=True
            ) as tab.parts.write_tab:
                _writing(parts, model, examples, explorer, microphone)
            with gr.Tab(say("tab_bench", "en"), id="bench") as tab.parts.bench_tab:
                tab.component()
        looking = measured.looking_cost(model.device)
        show = Show(parts, model.heads, examples, explorer, microphone, looking)
        # of every event that runs the model: one at a time, if it cannot run more side by side
        engine = {"concurrency_limit": getattr(model, "together", 1), "concurrency_id": "engine"}
        spoken = _events(demo, parts, Page(model, show, examples, recording), engine)
        tab.events(demo, parts.session, spoken, engine)
    return demo.queue(max_size=8, api_open=False)


def launch_settings(folder: Path = gallery.FOLDER) -> dict[str, Any]:
    """Keyword arguments for `launch`: looks, limits, and nothing that calls home."""
    return {
        "theme": theme(),
        "css_paths": [_STYLE, STYLE],
        "js": _BANNER_SCRIPT % MICROPHONE_BANNER,
        "allowed_paths": [str(folder)],
        "max_file_size": "64mb",  # a recording of a long prompt
        "enable_monitoring": False,
        "run_history": False,
        "show_error": False,
        "footer_links": [],
        "share": False,
        "ssr_mode": False,
        "pwa": False,
    }


def _header(parts: SimpleNamespace) -> None:
    with gr.Row(elem_classes="v-header"):
        parts.title = gr.HTML(panels.title("en"), js_on_load=_TITLE_SCRIPT, scale=1)
        parts.language = gr.Radio(
            [("EN", "en"), ("中文", "zh")],
            value="en",
            show_label=False,
            container=False,
            elem_id="language",
            scale=0,
            min_width=150,
        )


def _writing(
    parts: SimpleNamespace,
    model: Any,
    examples: tuple[gallery.Example, ...],
    explorer: Explorer,
    microphone: Microphone,
) -> None:
    with gr.Row(elem_classes="v-main", equal_height=False):
        with gr.Column(scale=4, min_width=320, elem_classes="v-left"):
            _inputs(parts, model, microphone)
            parts.examples = gr.HTML(
                gallery.cards(examples, "en"), js_on_load=gallery.SCRIPT, elem_id="examples"
            )
        with gr.Column(scale=6, min_width=320, elem_classes="v-right"):
            _results(parts)
    _files(parts)
    parts.explorer = explorer.component()


def _inputs(parts: SimpleNamespace, model: Any, microphone: Microphone) -> None:
    parts.prompt = gr.Textbox(
        label=say("prompt", "en"),
        placeholder=say("prompt_hint", "en"),
        lines=2,
        max_lines=6,
        elem_id="prompt",
    )
    with gr.Row(elem_classes="v-media"):
        parts.photo = Photo(
            label=say("photo", "en"),
            placeholder=say("photo_hint", "en"),
            type="filepath",
            image_mode=None,
            sources=["upload", "clipboard", "webcam"],
            height=188,
            elem_id="photo",
            min_width=200,
            buttons=[],
        )
        parts.voice = Voice(
            label=say("voice", "en"),
            type="filepath",
            sources=["microphone", "upload"],
            waveform_options=gr.WaveformOptions(
                sample_rate=16000, waveform_color="#9db2e6", waveform_progress_color="#3a58b4"
            ),
            elem_id="voice",
            min_width=200,
            buttons=[],
            editable=False,
        )
    parts.microphone = microphone.component()
    with gr.Row(elem_classes="v-buttons"):
        parts.run = gr.Button(
            say("run", "en"), variant="primary", scale=4, min_width=140, elem_id="run"
        )
        parts.stop = gr.Button(
            say("stop", "en"),
            variant="stop",
            interactive=False,
            scale=1,
            min_width=64,
            elem_id="stop",
        )
        parts.clear = gr.Button(say("clear", "en"), scale=1, min_width=64, elem_id="clear")
    parts.notice = gr.HTML("", elem_id="notice")
    _settings(parts, model)


def _settings(parts: SimpleNamespace, model: Any) -> None:
    with gr.Group(elem_classes="v-settings"):
        with gr.Row():
            parts.heads_budget = gr.Slider(
                1,
                model.heads,
                value=model.default_budget,
                step=1,
                label=say("heads_budget", "en"),
                elem_id="heads-budget",
                min_width=200,
                info=say("heads_budget_hint", "en", most=model.heads),
                buttons=[],
            )
            parts.precision = gr.Dropdown(
                list(model.precisions),
                value=model.precision,
                label=say("precision", "en"),
                info=say("precision_hint", "en"),
                elem_id="precision",
                min_width=200,
            )
        with gr.Row():
            parts.temperature = gr.Slider(
                0,
                1.5,
                value=0.7,
                step=0.05,
                label=say("temperature", "en"),
                info=say("temperature_hint", "en"),
                elem_id="temperature",
                min_width=200,
                buttons=[],
            )
            parts.length = gr.Slider(
                20,
                400,
                value=200,
                step=10,
                label=say("length", "en"),
                info=say("length_hint", "en"),
                elem_id="length",
                min_width=200,
                buttons=[],
            )


def _results(parts: SimpleNamespace) -> None:
    parts.copy = gr.HTML(
        panels.copy_panel(None, "idle", "en"), js_on_load=_COPY_SCRIPT, elem_id="copy"
    )
    parts.senses = gr.HTML(panels.senses_panel(None, "en"), elem_id="senses")
    parts.latency = gr.HTML(
        latency.latency_panel(None, "en"), js_on_load=latency.SCRIPT, elem_id="latency"
    )


def _files(parts: SimpleNamespace) -> None:
    with gr.Row(elem_classes="v-files"):
        parts.files = gr.HTML(panels.section("recordings", "en"), scale=1)
        for kind in KINDS:
            button = gr.Button(
                say(f"save_{kind}", "en"),
                size="sm",
                scale=0,
                min_width=88,
                interactive=False,
                elem_id=f"save-{kind}",
            )
            setattr(parts, f"save_{kind}", button)
        parts.open = Recording(
            say("open_recording", "en"), size="sm", scale=0, min_width=140, elem_id="open"
        )
        parts.file = gr.DownloadButton(visible="hidden", elem_id="saved-file")
    parts.aside = gr.HTML("", elem_id="aside")


def _events(
    demo: gr.Blocks, parts: SimpleNamespace, page: Page, engine: Mapping[str, Any]
) -> tuple[Any, Any]:
    """Bind them; returns those after which the page may speak another language."""
    session = parts.session
    every = [part for part in vars(parts).values() if part is not parts.remembered]
    quiet = {"show_progress": "hidden", "api_visibility": "private"}
    instant = {**quiet, "queue": False}
    inputs = [parts.prompt, parts.photo, parts.voice]
    dials = [parts.heads_budget, parts.precision, parts.temperature, parts.length]

    demo.unload(page.leave)
    loaded = demo.load(page.load, [session, parts.remembered], every, **instant)
    switched = parts.language.input(
        page.switch, [session, parts.language], [*every, parts.remembered], **instant
    )
    switched.then(page.refresh, session, every, **instant)
    accepted = (
        gr.on(
            [parts.run.click, parts.prompt.submit],
            page.begin,
            [session, parts.language, *inputs, *dials],
            every,
            **instant,
        ),
        parts.copy.select(page.act_beside, [session, parts.language, *dials], every, **instant),
        parts.explorer.select(page.act_below, [session, parts.language], every, **instant),
    )
    running = {**quiet, **engine}
    for event in accepted:
        written = event.then(page.write, session, every, **running)
        written.then(page.refresh, session, every, **instant)
        written.failure(page.settle, session, every, **instant)
    parts.stop.click(page.stop, session, every, **instant)
    for kind in KINDS:
        saved = getattr(parts, f"save_{kind}").click(
            page.saver(kind), [session, parts.language], every, **quiet
        )
        saved.then(None, None, None, js=_DOWNLOAD_SCRIPT, **instant)
    parts.open.upload(page.open_recording, [session, parts.language, parts.open], every, **quiet)
    parts.examples.select(page.example, session, every, **instant)
    # in the browser itself: an answer from the server could wipe what was typed meanwhile
    emptied = [*inputs, parts.notice]
    cleared = parts.clear.click(None, None, emptied, js=_CLEAR_SCRIPT, **instant)
    cleared.then(page.forgive, session, parts.notice, **instant)
    parts.photo.change(page.photo_changes, [session, parts.photo], None, **instant)
    parts.voice.upload(page.voice_comes, session, None, **instant)
    for other in (parts.voice.upload, parts.voice.clear, parts.examples.select, parts.clear.click):
        other(None, None, None, js=_HUSH_SCRIPT, **instant)  # what was heard is of another sound
    parts.voice.start_recording(page.recording_starts, session, parts.run, **instant)
    for ended in (parts.voice.stop_recording, parts.voice.clear):
        ended(page.recording_ends, session, parts.run, **instant)
    return loaded, switched
