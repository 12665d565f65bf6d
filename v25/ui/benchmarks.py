"""The Benchmarks tab: recorded results as figures, and short suites measured on this machine."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import gradio as gr

from v25.bench_rows import Result
from v25.ui import benchmark_panels as panels
from v25.ui.explorer import PLOTLY
from v25.ui.markup import escape
from v25.ui.measured import recorded
from v25.ui.measurement import Bench, Benches, Measurement
from v25.ui.panels import notice
from v25.ui.session import Session
from v25.ui.words import Language, problem, say

Updates = dict[Any, Any]
SCRIPT = (Path(__file__).parent / "benchmarks.js").read_text(encoding="utf-8")
STYLE = Path(__file__).parent / "benchmarks.css"
_COPY_SCRIPT = """
element.addEventListener("click", async (event) => {
  const button = event.target.closest("button.b-clip");
  if (!button) return;
  await navigator.clipboard.writeText(button.parentElement.querySelector("code").innerText);
  const word = button.textContent;
  button.textContent = button.dataset.done;
  setTimeout(() => { button.textContent = word; }, 1200);
});
"""
_ORDER = ("budget", "attention", "materialised", "speed", "decode", "batch", "memory", "voice",
          "peers", "trace", "looking")  # fmt: skip
_TICK = 0.2
_log = logging.getLogger(__name__)


class Benchmarks:
    """The tab, for all visitors of a page.

    Args:
        folder: of recorded results.
        benches: measures here; None where there is no model.
        device: name of the page's own processor.
    """

    def __init__(self, folder: Path, benches: Benches | None, device: str) -> None:
        self.folder, self.benches, self.device = folder, benches, device
        self.parts = SimpleNamespace()
        self._open: dict[str, Bench] = {}  # by session hash, to end a closed page's run

    # --- what is there -------------------------------------------------------------------

    def component(self) -> None:
        """Make the components; call inside `gr.Blocks`."""
        parts = self.parts
        parts.bench = gr.State(Bench(), time_to_live=3600)
        with gr.Row(elem_classes="b-bar", equal_height=True):
            parts.machine = gr.Dropdown(
                [], label=say("bench_machine", "en"), elem_id="bench-machine", scale=2,
                min_width=310, filterable=False,
            )  # fmt: skip
            parts.suite = gr.Radio(
                [], label=say("bench_suite", "en"), elem_id="bench-suite", scale=5, min_width=300
            )
            with gr.Column(scale=1, min_width=170, elem_classes="b-buttons"):
                parts.run = gr.Button(
                    say("bench_run", "en"), variant="primary", elem_id="bench-run", size="md"
                )
                parts.stop = gr.Button(
                    say("bench_stop", "en"), variant="stop", elem_id="bench-stop", size="md"
                )
        parts.state = gr.HTML("", elem_id="bench-state")
        parts.files = gr.HTML("", elem_id="bench-files")
        parts.chart = gr.HTML("", js_on_load=SCRIPT, elem_id="bench-chart", min_height=200)
        parts.details = gr.HTML("", js_on_load=_COPY_SCRIPT, elem_id="bench-details")

    def events(
        self,
        demo: gr.Blocks,
        session: gr.State,
        told: Sequence[Any],
        engine: Mapping[str, Any],
    ) -> None:
        """Bind them.

        Args:
            demo: the page.
            session: what the page remembers for one person.
            told: events after which the session's language is another.
            engine: settings of events that run the model, so that one runs at a time.
        """
        parts, bench = self.parts, self.parts.bench
        every = list(vars(parts).values())
        quiet = {"show_progress": "hidden", "api_visibility": "private"}
        instant = {**quiet, "queue": False}
        chosen = (self.choose_machine, parts.machine), (self.choose_suite, parts.suite)
        shown = [event.then(self.show, [session, bench], every, **instant) for event in told]
        shown += [
            part.input(handler, [session, bench, part], every, **instant)
            for handler, part in chosen
        ]
        demo.unload(self.leave)
        accepted = parts.run.click(self.begin, [session, bench], every, **instant)
        measured = accepted.then(self.measure, [session, bench], every, **quiet, **engine)
        measured.failure(self.settle, [session, bench], every, **instant)
        parts.stop.click(self.stop, [session, bench], every, **instant)
        for event in (*shown, measured):
            event.then(self.refresh, [session, bench], every, **instant)

    # --- events --------------------------------------------------------------------------

    def choose_machine(self, session: Session, bench: Bench, machine: str) -> Updates:
        """Another machine; the suite stays where it has that."""
        bench.machine = machine
        bench.look_away()
        return self.show(session, bench)

    def choose_suite(self, session: Session, bench: Bench, item: str) -> Updates:
        """Another suite."""
        bench.item = item
        bench.look_away()
        return self.show(session, bench)

    def begin(self, session: Session, bench: Bench, request: gr.Request) -> Updates:
        """Accept a run, outside the queue."""
        bench.problem = None
        if bench.busy:
            bench.problem = ("bench_busy", {})
        elif self._runs(bench.suite):
            bench.waiting = bench.last = bench.suite
            bench.status = "bench_waiting"
            self._open[request.session_hash] = bench
        return self._controls(session.language, bench)

    def measure(self, session: Session, bench: Bench) -> Iterator[Updates]:
        """Measure the chosen suite, and draw it beside what was recorded."""
        if not bench.waiting:  # it was refused, or cancelled before its turn
            yield {self.parts.state: self._state(session.language, bench)}
            return
        run = bench.running = Measurement(self.benches, bench.waiting)
        bench.waiting = ""
        run.start()
        try:
            while run.is_alive() and not bench.gone:
                yield {self.parts.state: self._state(session.language, bench)}
                run.join(_TICK)
        finally:
            run.cancelled.set()  # where this generator was closed the work ends too
            run.join()
            bench.conclude(run)
        yield self.show(session, bench)

    def stop(self, session: Session, bench: Bench) -> Updates:
        """End a run after the measurement in hand; runs outside the queue."""
        bench.cancel()
        if bench.running is not None:  # its end is told by the run itself, maybe before this is
            return {self.parts.stop: gr.update(interactive=False)}
        return self._controls(session.language, bench)

    def refresh(self, session: Session, bench: Bench) -> Updates:
        """How things stand now: an answer made during a run may reach the browser after its end.

        So both ask once more, and whichever comes last is a true one.
        """
        return self._controls(session.language, bench)

    def settle(self, session: Session, bench: Bench) -> Updates:
        """After `measure` failed; a run still waiting then was refused by the full queue."""
        if bench.waiting:
            bench.waiting, bench.status, bench.problem = "", "", ("queue_full", {})
        return self.show(session, bench)

    def leave(self, request: gr.Request) -> None:
        """The page was closed: nobody waits for its run."""
        bench = self._open.pop(request.session_hash, None)
        if bench is not None:
            bench.gone = True
            bench.cancel()

    # --- what is shown -------------------------------------------------------------------

    def show(self, session: Session, bench: Bench) -> Updates:
        """Everything, in the session's language; results are read anew."""
        language, parts = session.language, self.parts
        results, broken = recorded(self.folder)
        machines: dict[str, list[Result]] = {}
        for made in results:
            machines.setdefault(panels.machine_name(made.about), []).append(made)
        if bench.machine not in machines:
            bench.machine = self._own_machine(machines)
        items = self._items(machines.get(bench.machine, []), language)
        if bench.item not in items.values():
            alike = (item for item in items.values() if item.endswith(f":{bench.suite}"))
            bench.item = next(alike, next(iter(items.values()), ""))
        choices = {
            parts.machine: (list(machines), bench.machine, "bench_machine"),
            parts.suite: (list(items.items()), bench.item, "bench_suite"),
        }
        drawn, unfit = self._drawn(bench, results, language)
        return {
            parts.bench: bench,
            parts.write_tab: gr.update(label=say("tab_write", language)),
            parts.bench_tab: gr.update(label=say("tab_bench", language)),
            **{
                part: gr.update(choices=offered, value=chosen or None, label=say(key, language))
                for part, (offered, chosen, key) in choices.items()
            },
            **drawn,
            parts.files: self._files(language, [*broken, *unfit], not items),
            **self._controls(language, bench),
        }

    def _drawn(
        self, bench: Bench, results: Sequence[Result], language: Language
    ) -> tuple[Updates, list[str]]:
        """Figures and tables of the chosen suite, and the file if its rows cannot be drawn."""
        file, _, suite = bench.item.partition(":")
        made = next((made for made in results if file and made.name == file), None)
        live, plotly = bench.live.get(suite), f"gradio_api/file={PLOTLY}"
        for source, unfit in ((made, []), (None, [file])):
            try:
                chart = panels.chart_value(suite, source, live, language, plotly) if suite else ""
                told = panels.details(suite, source, live, language)
            except Exception:
                _log.exception("%s of %s cannot be drawn", suite, file)
            else:
                return {self.parts.chart: chart, self.parts.details: told}, unfit
        return {self.parts.chart: "", self.parts.details: ""}, [file]

    def _own_machine(self, machines: Mapping[str, Sequence[Result]]) -> str:
        """The machine of the page where something was recorded on it, else the first."""
        own = (name for name, made in machines.items()
               if str(made[0].about.get("hardware", "?")).startswith(self.device))  # fmt: skip
        return next(own, next(iter(machines), ""))

    def _items(self, results: Sequence[Result], language: Language) -> dict[str, str]:
        """Suites of a machine by their names for a reader, and those that can be measured here.

        A suite that several files hold stands there once for each.
        """
        found: list[tuple[str, Result | None]] = [
            (suite, made) for made in results for suite in made.suites
        ]
        held = {suite for suite, _ in found}
        here = self.benches.suites if self.benches else ()
        found += [(suite, None) for suite in here if suite not in held]
        places = {suite: place for place, suite in enumerate(_ORDER)}
        found.sort(key=lambda pair: (places.get(pair[0], len(places)), pair[0]))
        files = [f"{made.name if made else ''}:{suite}" for suite, made in found]
        return dict(zip(panels.item_names(found, language), files, strict=True))

    def _runs(self, suite: str) -> bool:
        return self.benches is not None and suite in self.benches.suites

    def _controls(self, language: Language, bench: Bench) -> Updates:
        parts, ready = self.parts, self._runs(bench.suite) and not bench.busy
        return {
            parts.run: gr.update(value=say("bench_run", language), interactive=ready),
            parts.stop: gr.update(value=say("bench_stop", language), interactive=bench.busy),
            parts.state: self._state(language, bench),
        }

    def _state(self, language: Language, bench: Bench) -> str:
        """How the run stands, and what went wrong."""
        run, bar, key = bench.running, "", ""
        given: dict[str, object] = {"seconds": bench.seconds}
        if run is not None:
            key = "bench_progress" if run.total else "bench_warming"
            given = {"done": run.done + 1, "total": run.total, "seconds": int(run.seconds)}
            bar = f'<progress max="{max(1, run.total)}" value="{run.done}"></progress>'
        elif bench.status:
            key = bench.status
        elif self.benches is None:
            key = "bench_no_model"
        elif bench.suite:
            key = "bench_ready" if self._runs(bench.suite) else "bench_only_recorded"
            given["device"] = self.device
        suite = panels.suite_name(bench.last, language)
        line = escape(say(key, language, suite=suite, **given)) if key else ""
        told = problem(bench.problem[0], language, bench.problem[1]) if bench.problem else ""
        return f'<div class="b-state" role="status">{bar}<span>{line}</span></div>{notice(told)}'

    def _files(self, language: Language, broken: Sequence[str], empty: bool) -> str:
        """What is wrong with the recorded results."""
        told = [say("bench_empty", language)] if empty else []
        told += [say("bench_broken", language, names=tuple(broken))] if broken else []
        return "".join(map(notice, told))
