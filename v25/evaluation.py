"""What a checkpoint can do, as numbers: `python -m v25.evaluation`.

Without a choice of measurements it takes those that need no files: 200 typed briefs and the
distances of the gates. A file for `--briefs` has JSON lines such as

    {"text": "...", "image": "photos.zip::shoes/1.webp", "audio": "said.wav",
     "expect": {"copies": 2, "points": ["breathable"], "brand": "...", "price": "...",
                "language": "zh", "styles": ["story"], "product": "shoes", "transcript": "..."}}

Paths are relative to the file. At least one of text, image and audio is needed; only the fields
that a line expects are scored.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch

from v25 import trials
from v25.api import V25Model
from v25.checkpoint import BUNDLED
from v25.measures import Kind, Result, head_distances, photo_scores, table
from v25.processing import image_to_tensor, read_image
from v25.schema import Generation, Request, V25Error
from v25.scoring import NAMES, Scores, score, summarise, told_share
from v25.shelf import PhotoShelf, TrialError, open_photo
from v25.training.brief import Brief
from v25.trials import Trial
from v25.variety import COPIES, CORPUS_ROWS, draw_sample, fresh_shares, mean, variety_shares

MAX_LENGTH = 320
"""Tokens: three long copies come to their end."""
SELF_BRIEFS = 200
PER_KIND = 6
"""Requests of each kind whose open heads are compared."""


@dataclass(frozen=True)
class Settings:
    """How copies are written: see `main`'s arguments."""

    seeds: tuple[int, ...] = (0,)
    temperature: float = 0.7
    batch: int = 32
    max_length: int = MAX_LENGTH
    keep: Path | None = None


def measure_photos(model: V25Model, shelf: PhotoShelf, batch: int) -> Result:
    """The photo classifier, one view of each photo, just as `generate` sees it."""
    begun = time.perf_counter()
    shares = np.concatenate(list(_photo_shares(model, shelf, batch)))
    labels = model.network.sizes.labels
    means = photo_scores(shares, labels, [label for label, _ in shelf.items])
    return Result("photos", {"all": means}, len(shelf.items), time.perf_counter() - begun)


@torch.inference_mode()
def _photo_shares(model: V25Model, shelf: PhotoShelf, batch: int) -> Iterator[np.ndarray]:
    network = model.network
    size = network.sizes.image.size

    def read(source: str) -> torch.Tensor:
        return image_to_tensor(read_image(open_photo(source)), size)

    sources = [source for _, source in shelf.items]
    with ThreadPoolExecutor(min(8, os.cpu_count() or 1)) as pool:
        for start in range(0, len(sources), batch):
            pixels = torch.stack(list(pool.map(read, sources[start : start + batch])))
            features = network.image.features(pixels.to(network.device, network.dtype))
            _, logits = network.see(features)
            yield logits.float().softmax(-1).cpu().numpy()


def measure_copies(model: V25Model, name: str, rows: Sequence[Trial], settings: Settings) -> Result:
    """Writes the copy of every row with every seed, and scores it."""
    begun = time.perf_counter()
    scores: list[list[Scores]] = [[] for _ in rows]
    kept: list[dict[str, Any]] = []
    for seed in settings.seeds:
        for index, answer in _answers(model, rows, seed, settings):
            found = _scored(rows[index], answer)
            scores[index].append(found)
            kept.append(_record(index, seed, rows[index], answer, found))
    if settings.keep is not None:
        _write_lines(settings.keep / f"{name}.answers.jsonl", kept)
    groups = sorted({group for row in rows for group in row.groups})
    columns = {"all": summarise(scores)}
    if len(groups) > 1:
        for group in groups:
            part = [s for s, row in zip(scores, rows, strict=True) if group in row.groups]
            columns[group] = summarise(part)
    notes = {"temperature": settings.temperature, "max_length": settings.max_length}
    if "style_told" in columns["all"]:
        judged = {language: trials.judge_accuracy(language) for language in ("zh", "en")}
        notes["style judge on the corpus' own copies"] = judged
    seconds = time.perf_counter() - begun
    return Result(name, columns, len(rows), seconds, seeds=settings.seeds, notes=notes)


def _answers(
    model: V25Model, rows: Sequence[Trial], seed: int, settings: Settings
) -> Iterator[tuple[int, Generation]]:
    """Each row's number and answer; rows with the same senses run side by side."""
    order = sorted(range(len(rows)), key=lambda i: rows[i].senses)
    for senses in dict.fromkeys(rows[i].senses for i in order):
        alike = [i for i in order if rows[i].senses == senses]
        for start in range(0, len(alike), settings.batch):
            part = alike[start : start + settings.batch]
            requests = [_request(rows[i], seed * 1_000_003 + i, settings) for i in part]
            yield from zip(part, model.generate_batch(requests, settings.batch), strict=True)


def _request(row: Trial, seed: int, settings: Settings) -> Request:
    return Request(
        text=row.text,
        image=None if row.image is None else open_photo(row.image),
        audio=row.audio,
        max_length=settings.max_length,
        temperature=settings.temperature,
        seed=seed,
    )


def _scored(row: Trial, answer: Generation) -> Scores:
    found = score(row.expect, answer, row.text or "")
    if row.expect.styles is not None and row.expect.language is not None:
        judge = trials.style_judge(row.expect.language)
        found["style_told"] = told_share(judge, row.expect.styles, answer.variants), 1.0
    return found


def _record(index: int, seed: int, row: Trial, answer: Generation, found: Scores) -> dict[str, Any]:
    """What is kept of an answer, for people to read."""
    expect = {k: v for k, v in asdict(row.expect).items() if v is not None}
    return {
        "row": index,
        "seed": seed,
        "text": row.text,
        "photo": answer.perception[0].label if answer.perception else None,
        "transcript": answer.transcript,
        "expect": expect,
        "styles": answer.styles,
        "variants": answer.variants,
        "finish_reason": answer.finish_reason,
        "scores": {name: round(value, 4) for name, (value, _) in found.items()},
    }


def measure_variety(
    model: V25Model, orders: Sequence[tuple[Brief, Trial]], settings: Settings, corpus_rows: int
) -> Result:
    """Ten copies of every brief: how they differ, and how much of them training text holds."""
    begun = time.perf_counter()
    first, rows = settings.seeds[0], [trial for _, trial in orders]
    copies: list[list[str]] = [[] for _ in rows]  # the words alone: an answer holds its attention
    kept: list[dict[str, Any]] = []
    repeated = [row for row in rows for _ in range(COPIES)]  # so that batches are full
    for number, answer in _answers(model, repeated, first, settings):
        index, copy = divmod(number, COPIES)
        copies[index].append("\n".join(answer.variants))
        kept.append(_record(index, copy, rows[index], answer, {}))
    if settings.keep is not None:
        _write_lines(settings.keep / "variety.answers.jsonl", kept)
    sample = draw_sample(corpus_rows)
    shares = [
        variety_shares(ten, brief, sample) for (brief, _), ten in zip(orders, copies, strict=True)
    ]
    columns = {"all": mean(shares)}
    for group in ("zh", "en"):
        part = [s for s, row in zip(shares, rows, strict=True) if group in row.groups]
        columns |= {group: mean(part)} if part else {}
    fresh = mean([fresh_shares(brief, first, sample) for brief, _ in orders])
    notes = {
        "temperature": settings.temperature,
        "max_length": settings.max_length,
        "copies of each brief": COPIES,
        "training rows in the sample": corpus_rows,
        "different sentences in the sample": len(sample),
        "fresh copies of the training grammar": {k: round(m.value, 5) for k, m in fresh.items()},
    }
    seconds = time.perf_counter() - begun
    return Result("variety", columns, len(rows), seconds, seeds=(first,), notes=notes)


def measure_gates(model: V25Model, rows: Sequence[tuple[Kind, Trial]], seed: int = 0) -> Result:
    """How much the heads that open depend on the request; nothing is written."""
    begun = time.perf_counter()
    opened = []
    for _, row in rows:
        image = None if row.image is None else open_photo(row.image)
        opened.append(model.get_attention_map(row.text, image, row.audio, max_side=1).open)
    sets = np.stack(opened)
    kinds = [kind for kind, _ in rows]
    columns = {"all layers": head_distances(sets, kinds)}
    names = model.get_attention_map("?").layers
    for layer, name in enumerate(names):
        columns[name] = head_distances(sets[:, layer : layer + 1], kinds)
    distinct = [len({row.tobytes() for row in sets[:, layer]}) for layer in range(len(names))]
    notes = {
        "head budget": model.budget,
        "kinds": len(set(kinds)),
        "distinct open sets in each layer": dict(zip(names, distinct, strict=True)),
    }
    seconds = time.perf_counter() - begun
    return Result("gates", columns, len(rows), seconds, False, (seed,), notes)


def describe(model: V25Model, name: str) -> dict[str, Any]:
    """What every result carries: the checkpoint, and what it ran on."""
    return {
        "checkpoint": name if name in BUNDLED else Path(name).name,
        "precision": model.precision,
        "head_budget": model.budget,
        "listener": model.listener,
        "hardware": model.device,
        "torch": torch.__version__,
        "python": platform.python_version(),
    }


def to_json(result: Result, about: dict[str, Any]) -> dict[str, Any]:
    """One result as plain data."""
    columns = {
        title: {
            name: {
                "value": round(mean.value, 5),
                "half_width": round(mean.half_width, 5),
                "rows": mean.rows,
            }
            for name, mean in means.items()
        }
        for title, means in result.columns.items()
    }
    return {
        "measurement": result.name,
        **about,
        "seeds": list(result.seeds),
        "rows": result.rows,
        "seconds": round(result.seconds, 2),
        "notes": result.notes,
        "results": columns,
    }


def to_text(result: Result) -> str:
    """One result as lines for a terminal."""
    if result.name == "gates":  # a column a layer would be too wide: layers are in the JSON
        body = table({"all layers": result.columns["all layers"]}, percent=False)
    else:
        titled = {
            title: {NAMES.get(name, name): mean for name, mean in means.items()}
            for title, means in result.columns.items()
        }
        body = table(titled, result.percent)
    seeds = f", seeds {' '.join(map(str, result.seeds))}" if result.seeds else ""
    head = f"{result.name}: {result.rows} rows{seeds}, {result.seconds:.1f} s"
    notes = [f"{name}: {_note(value)}" for name, value in result.notes.items()]
    return "\n".join([head, body, *notes])


def _note(value: Any) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{k} {_note(v)}" for k, v in value.items())
    return f"{value:.3g}" if isinstance(value, float) else str(value)


def measure(model: V25Model, args: argparse.Namespace, folder: Path) -> Iterator[Result]:
    """Every measurement asked for, as it is done; `folder` takes drawn briefs and recordings."""
    seed = args.seeds[0]
    settings = Settings(tuple(args.seeds), args.temperature, args.batch, args.max_length, args.keep)
    shelf = PhotoShelf(args.photos) if args.photos else None
    briefs = [(path.stem, trials.read_trials(path)) for path in args.briefs]  # all, before any
    if shelf is not None:
        yield measure_photos(model, shelf, args.batch)
    for name, rows in briefs:
        yield measure_copies(model, name, rows, settings)
    if args.self_briefs:
        rows = trials.draw_trials(args.self_briefs, seed, shelf)
        trials.write_trials(folder / "self-briefs.jsonl", rows)
        yield measure_copies(model, "self-briefs", rows, settings)
    if args.photo_briefs:
        yield measure_copies(model, "photo briefs", trials.photo_trials(shelf, seed), settings)
    for noise in (None, *args.noise) if args.spoken else ():
        name = "spoken" if noise is None else f"spoken at {noise:g} dB"
        rows = trials.record_trials(args.spoken, seed, folder / name, shelf, noise)
        trials.write_trials(folder / f"{name}.jsonl", rows)
        yield measure_copies(model, name, rows, settings)
    if args.variety:
        orders = trials.draw_orders(args.variety, seed)
        trials.write_trials(folder / "variety.jsonl", [trial for _, trial in orders])
        yield measure_variety(model, orders, settings, args.corpus)
    if args.gates:
        shown = shelf or PhotoShelf.of_examples()
        rows = trials.gate_trials(PER_KIND, seed, folder / "gates", shown, trials.can_speak())
        yield measure_gates(model, rows, seed)


def main(arguments: Sequence[str] | None = None) -> int:
    """Measures, prints a table of each result, writes JSON; returns the exit code."""
    args = _parse(arguments)
    try:
        if args.out is not None:
            _write(args.out, "", "a")  # before the work: a path that can't be written is told now
        model = V25Model(args.model, args.heads, args.quantization, args.device)
        about = describe(model, args.model)
        print(", ".join(f"{k.replace('_', ' ')} {v}" for k, v in about.items()), flush=True)
        results = []
        with tempfile.TemporaryDirectory() as temporary:
            for result in measure(model, args, args.keep or Path(temporary)):
                print(f"\n{to_text(result)}", flush=True)
                results.append(to_json(result, about))
                if args.out is not None:  # after each: a long evaluation may be cut short
                    _write_json(args.out, results)
    except V25Error as error:
        print(error, file=sys.stderr)
        return 2
    return 0


def _parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m v25.evaluation",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add = parser.add_argument
    add("--model", default="deepseek-v2.5-base", help="bundled name, folder or Hub repository")
    add("--quantization", choices=("int8", "fp16"))
    add("--device", help="cuda or cpu; a GPU when there is one")
    add("--heads", type=int, help="heads that each layer may open")
    add("--photos", nargs="+", default=[], metavar="ZIP_OR_FOLDER", help="of LABEL/photo")
    add("--briefs", nargs="+", type=Path, default=[], metavar="FILE", help="JSON lines")
    add("--self-briefs", type=_count, metavar="N", help="typed briefs that training never drew")
    add("--photo-briefs", action="store_true", help="a brief for each of the photos")
    add("--spoken", type=_count, metavar="N", help="the same, spoken by strange voices")
    about = "also with white noise at these signal-to-noise ratios"
    add("--noise", type=float, nargs="+", default=[], metavar="DB", help=about)
    add("--variety", type=_count, metavar="N", help="typed briefs, ten copies each")
    about = "for --variety: training rows drawn to look its sentences up in"
    add("--corpus", type=_count, default=CORPUS_ROWS, metavar="ROWS", help=about)
    add("--gates", action="store_true", help="distances of open heads between kinds of request")
    add("--seeds", type=int, nargs="+", default=[0])
    add("--temperature", type=float, default=0.7)
    add("--max-length", type=int, default=MAX_LENGTH, metavar="TOKENS")
    add("--batch", type=_count, default=32)
    add("--keep", type=Path, metavar="FOLDER", help="keep drawn briefs, recordings and answers")
    add("--out", type=Path, metavar="FILE", help="JSON")
    args = parser.parse_args(arguments)
    if args.photo_briefs and not args.photos:
        parser.error("--photo-briefs needs --photos")
    if args.noise and not args.spoken:
        parser.error("--noise needs --spoken")
    asked = (args.photos, args.briefs, args.self_briefs, args.spoken, args.variety, args.gates)
    if not any(asked):
        args.self_briefs, args.gates = SELF_BRIEFS, True
    return args


def _count(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError(f"must be at least 1; it is {number}")
    return number


def _write_json(path: Path, results: list[dict[str, Any]]) -> None:
    text = json.dumps({"results": results}, ensure_ascii=False, indent=1) + "\n"
    _write(path, text)


def _write_lines(path: Path, rows: Sequence[dict[str, Any]]) -> None:
    _write(path, "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows))


def _write(path: Path, text: str, mode: str = "w") -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open(mode, encoding="utf-8") as out:
            out.write(text)
    except OSError as error:
        raise TrialError(f"{path} can't be written: {error.strerror}.") from error


if __name__ == "__main__":
    sys.exit(main())
