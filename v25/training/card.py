"""The model card, and the measured tables of the README: `python -m v25.training card`.

The card is written anew from what lies in the checkpoint's folder and from measured JSON. With
`--work` the notes and curves of the photo and speech stages are copied to that folder first.
"""

from __future__ import annotations

import argparse
import json
import re
import shutil
from collections import Counter
from math import prod
from pathlib import Path
from string import Template
from textwrap import dedent
from typing import Any

from safetensors import safe_open

from v25.config import V25Config
from v25.training import drawings, tables

TEMPLATE = Path(__file__).with_name("card.md")
STAGES = "training.json"
CURVES = {"vision.jsonl": "curve-vision.jsonl", "speech_curve.jsonl": "curve-speech.jsonl"}
"""Curves of the stages in the work folder, and beside the weights."""
PARTS = {
    "image": "image encoder (ResNet, {depth} layers) and its label head",
    "speech": "speech encoder (Wav2Vec 2.0, {speech_layers} layers) and its CTC head",
    "text": "text encoder (BERT, {text_layers} layers)",
    "embedding": "word vectors, also those of the output",
    "kind": "vectors of the four kinds of token",
    "fusion": "cross-modal transformer ({fusion_layers} layers of {width})",
    "decision": "decoder ({decision_layers} layers of {width}, {experts} experts, {active} active)",
}
LIMITS = """\
- It writes advertising about 60 products: 17 kinds of clothing and 43 of groceries. Any other photo is taken for one of them, and to a command that tells none the copy is about one of its own choice; the page then says so.
- It knows no facts. Selling points that nobody asked for are made up to fit the kind of product: check them before you publish.
- When only the photo says what the product is, about five of six copies call it by the right name; groceries less often than clothing, and where the classifier is unsure the copy avoids a name nearly always; a spoken command in which a name was misheard gets copy for that name, unless the photo is sure of another and the ear was not sure either. An invented brand comes out letter for letter in about 99 of 100, least often one of digits or of rare letters, and a typed price in nearly all; now and then a rare word is misspelt. Read all of it before you publish.
- It is no chat model: one request, one answer, in Chinese or English.
- The speech encoder has heard synthetic voices only: six engines in English, espeak-ng alone in Chinese. People sound different, and how well it hears them was not measured: type, or let `V25_SPEECH_MODEL` listen. Transcripts lean on a list of commands; speech about anything else was not measured. Noise costs English most. Brands and prices were learnt from typed commands, not from spoken ones.
- Commands of up to 72 tokens, spoken ones of up to 6 s, and answers of up to 224 tokens are what it is good at. Up to 16,384 tokens and 30 s are read, and the attention over them can be looked at. Of catalogues it reads out the entry that was asked for in nearly all; the copy then holds its brand, its price and all of its points in 98 to 99 of 100, whether the list has 128 tokens or 16,384: check it against the line above it. A list is what has lines of several fields set apart by signs; one whose fields only spaces set apart is read as a brief, and so are names alone, unless they are numbered and the command says a number.
- Typed and spoken words in one request work, but were not trained together.
- Head budgets from 6 to 16 were trained; 1 to 5 run, but the copy gets worse.
- INT8 is post-training for now, and of the linear layers' weights alone: it saves memory against fp32, not time."""  # noqa: E501
Facts = dict[str, Any]


def collect_stages(work: Path, model: Path, hardware: str, start: Path | None = None) -> None:
    """Copies curves of the stages to the checkpoint's folder and notes there what they took.

    `start` is the checkpoint that the training went on from: its rounds come first.
    """
    stages = []
    if (work / "vision.json").is_file():
        vision = json.loads((work / "vision.json").read_text(encoding="utf-8"))
        minutes = vision["config"]["minutes"]
        reached = {name: value / 100 for name, value in vision["validation"].items()}
        stages.append(_stage("vision", minutes, vision["steps"], reached))
    if (work / "speech.json").is_file():
        speech = json.loads((work / "speech.json").read_text(encoding="utf-8"))
        minutes = _last(work / "speech_curve.jsonl", "minutes")
        stages.append(_stage("hearing", minutes, speech["steps"], speech["validation"]))
    curve = model / "curve.jsonl"
    if curve.is_file():
        stages.append(_stage("fit", _last(curve, "minutes"), _last(curve, "step"), {}))
    for source, target in CURVES.items():
        if (work / source).is_file():
            shutil.copyfile(work / source, model / target)
    rounds = _rounds(start) if start is not None else []
    if rounds and (start / "curve.jsonl").is_file():
        shutil.copyfile(start / "curve.jsonl", model / f"curve-round-{len(rounds)}.jsonl")
    rounds.append({"hardware": hardware, "stages": stages})
    noted = json.dumps({"rounds": rounds}, indent=1)
    (model / STAGES).write_text(noted + "\n", encoding="utf-8")


def _rounds(model: Path) -> list[Facts]:
    path = model / STAGES
    return json.loads(path.read_text(encoding="utf-8"))["rounds"] if path.is_file() else []


def _stage(name: str, minutes: float | None, steps: int | None, validation: Facts) -> Facts:
    return {"name": name, "minutes": minutes, "steps": steps, "validation": validation}


def _last(curve: Path, name: str) -> Any:
    """The last value of `name` in a curve; None without one."""
    if not curve.is_file():
        return None
    rows = [json.loads(line) for line in curve.read_text(encoding="utf-8").splitlines()]
    return next((row[name] for row in reversed(rows) if name in row), None)


def card(model: Path, results: list[Facts], benches: list[Facts]) -> str:
    """The model card of the checkpoint in `model`."""
    sizes = V25Config.from_dict(json.loads((model / "config.json").read_text())["v25"])
    body = Template(TEMPLATE.read_text(encoding="utf-8")).substitute(
        sizes=_sizes(model, sizes),
        files=_files(model),
        heads=sizes.heads,
        budget=sizes.budget,
        smallest=sizes.smallest_budget,
        drawn=len(drawings.PAINTERS),
        stages=_stages(model),
        recipe=recipe(),
        results=tables.results_table(results, whole=True) if results else "Not measured yet.",
        costs=f"\n{_costs(benches)}\n" if benches else "",
        limits=LIMITS,
    )
    return body


def _costs(benches: list[Facts]) -> str:
    return "\n\n".join(map(tables.costs_table, benches))


def _sizes(model: Path, sizes: V25Config) -> str:
    counts: Counter[str] = Counter()
    for path in sorted(model.glob("*.safetensors")):
        with safe_open(path, "pt") as weights:
            for name in weights.keys():  # noqa: SIM118 (no mapping)
                counts[name.partition(".")[0]] += prod(weights.get_slice(name).get_shape())
    told = {
        "depth": 3 * sum(sizes.image.depths) + 2,
        "speech_layers": sizes.speech.layers,
        "text_layers": sizes.text.layers,
        "fusion_layers": sizes.fusion_layers,
        "decision_layers": sizes.decision_layers,
        "width": sizes.width,
        "experts": sizes.experts,
        "active": sizes.active_experts,
    }
    lines = [
        [PARTS.get(part, part).format(**told), f"{counts[part]:,}"]
        for part in sorted(counts, key=[*PARTS, *counts].index)
    ]
    return tables.markdown(["part", "parameters"], [*lines, ["all", f"{counts.total():,}"]])


def _files(model: Path) -> str:
    weights = [path.stat().st_size for path in model.glob("*.safetensors")]
    return (
        f"{sum(weights) / 1e6:.1f} MB in {len(weights)} files of at most {max(weights) / 1e6:.1f} "
        "MB: matrices in bf16, the rest as trained."
    )


def _stages(model: Path) -> str:
    rounds = _rounds(model)
    if not rounds:
        return "The minutes of this training were not recorded."
    lines = []
    for number, noted in enumerate(rounds, 1):
        for stage in noted["stages"]:
            shares = stage["validation"].items()
            reached = ", ".join(f"{k.replace('_', ' ')} {100 * v:.1f} %" for k, v in shares)
            minutes = "–" if stage["minutes"] is None else f"{stage['minutes']:.1f}"
            steps = f"{stage['steps']:,}" if stage["steps"] else "–"
            lines.append([number, stage["name"], noted["hardware"], minutes, steps, reached or "–"])
    head = ["round", "stage", "on", "minutes", "steps", "at its end, on data held back"]
    curves = sorted(path.name for path in model.glob("curve*.jsonl"))
    named = ", ".join(f"[{name}]({name})" for name in curves)
    notes = []
    if len(rounds) > 1:
        notes.append("Each round went on from the one before.")
    if curves:
        notes.append(f"Curves: {named}.")
    return "\n\n".join([tables.markdown(head, lines), *([" ".join(notes)] if notes else [])])


def recipe() -> str:
    """The commands of the whole training, as the command line's help tells them."""
    from v25.training import __main__

    lines = (__main__.__doc__ or "").splitlines()
    commands = dedent("\n".join(line for line in lines if line.startswith("    "))).strip()
    return re.sub(r" {2,}", r" \\\n    ", commands)  # the docstring's own continued lines


def main(arguments: list[str] | None = None) -> None:
    """Writes the card, fills the README."""
    parser = argparse.ArgumentParser(prog="python -m v25.training card", description=__doc__)
    add = parser.add_argument
    add("--model", type=Path, default=Path("assets/v25-base"), help="the checkpoint's folder")
    add("--results", type=Path, nargs="*", default=[], metavar="JSON", help="of v25.evaluation")
    add("--bench", type=Path, nargs="*", default=[], metavar="JSON", help="of v25.bench")
    add("--work", type=Path, metavar="FOLDER", help="what the stages of training wrote")
    add("--start", type=Path, metavar="FOLDER", help="the checkpoint that --work went on from")
    add("--hardware", default="one GPU", help="what --work was made on, in words")
    add("--readme", type=Path, default=Path("README.md"), help="its marked blocks are filled")
    options = parser.parse_args(arguments)
    if options.work is not None:
        collect_stages(options.work, options.model, options.hardware, options.start)
    results = [r for path in options.results for r in json.loads(path.read_text())["results"]]
    benches = [json.loads(path.read_text(encoding="utf-8")) for path in options.bench]
    written = card(options.model, results, benches)
    (options.model / "README.md").write_text(written, encoding="utf-8")
    text = options.readme.read_text(encoding="utf-8")
    text = tables.fill(text, "recipe", f"```sh\n{recipe()}\n```")
    text = tables.fill(text, "limits", LIMITS)
    if results:
        text = tables.fill(text, "results", tables.results_table(results))
    if benches:
        text = tables.fill(text, "costs", _costs(benches))
    options.readme.write_text(text, encoding="utf-8")
    print(f"{options.model / 'README.md'} and {options.readme} are up to date")
