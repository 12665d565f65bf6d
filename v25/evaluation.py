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
import functools
import os
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import torch

from v25 import catalogues, comparison, curves, trials
from v25.answers import MAX_LENGTH, Settings, measure_copies, record, write_answers
from v25.api import V25Model
from v25.measures import Kind, Result, head_distances, photo_scores
from v25.media import image_to_tensor, read_image
from v25.reports import describe, to_json, to_text, write, write_json, write_lines
from v25.schema import V25Error
from v25.shelf import PhotoShelf, open_photo
from v25.training.brief import Brief
from v25.trials import Trial
from v25.variety import COPIES, CORPUS_ROWS, draw_sample, fresh_shares, mean, variety_shares

SELF_BRIEFS = 200
PER_KIND = 6
"""Requests of each kind whose open heads are compared."""


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
            _, logits = network.see(network.image.look(pixels.to(network.device)))
            yield logits.float().softmax(-1).cpu().numpy()


def measure_variety(
    model: V25Model, orders: Sequence[tuple[Brief, Trial]], settings: Settings, corpus_rows: int
) -> Result:
    """Ten copies of every brief: how they differ, and how much of them training text holds."""
    begun = time.perf_counter()
    first, rows = settings.seeds[0], [trial for _, trial in orders]
    copies: list[list[str]] = [[] for _ in rows]  # the words alone: an answer holds its attention
    kept: list[dict[str, Any]] = []
    repeated = [row for row in rows for _ in range(COPIES)]  # so that batches are full
    for number, answer in write_answers(model, repeated, first, settings):
        index, copy = divmod(number, COPIES)
        copies[index].append("\n".join(answer.variants))
        kept.append(record(index, copy, rows[index], answer, {}))
    if settings.keep is not None:
        write_lines(settings.keep / "variety.answers.jsonl", kept)
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


def measure(model: V25Model, args: argparse.Namespace, folder: Path) -> Iterator[Result]:
    """Every measurement asked for, as it is done; `folder` takes drawn briefs and recordings.

    With `--budgets` the copies are left to `v25.curves.measure_budgets`.
    """
    seed = args.seeds[0]
    if args.shelf is not None:
        yield measure_photos(model, args.shelf, args.batch)
    if not args.budgets:
        yield from measure_written(model, args, folder)
    if args.variety:
        orders = trials.draw_orders(args.variety, seed)
        trials.write_trials(folder / "variety.jsonl", [trial for _, trial in orders])
        yield measure_variety(model, orders, _settings(args), args.corpus)
    if args.gates:
        shown = args.shelf or PhotoShelf.of_examples()
        rows = trials.gate_trials(PER_KIND, seed, folder / "gates", shown, trials.can_speak())
        yield measure_gates(model, rows, seed)


def measure_written(
    model: V25Model, args: argparse.Namespace, folder: Path, heads: int | None = None
) -> Iterator[Result]:
    """Every measurement of copies asked for; `heads` names the budget where there are several."""
    seed, settings = args.seeds[0], _settings(args)
    if args.keep and heads is not None:
        settings = replace(settings, keep=args.keep / f"{heads} heads")
    for path, rows in args.rows.items():
        yield measure_copies(model, path.stem, rows, settings)
    if args.self_briefs:
        rows = trials.draw_trials(args.self_briefs, seed, args.shelf)
        trials.write_trials(folder / "self-briefs.jsonl", rows)
        yield measure_copies(model, "self-briefs", rows, settings)
    if args.photo_briefs:
        rows = trials.photo_trials(args.shelf, seed)
        yield measure_copies(model, "photo briefs", rows, settings)
    for noise in (None, *args.noise) if args.spoken else ():
        name = "spoken" if noise is None else f"spoken at {noise:g} dB"
        rows = trials.record_trials(args.spoken, seed, folder / name, args.shelf, noise)
        trials.write_trials(folder / f"{name}.jsonl", rows)
        yield measure_copies(model, name, rows, settings)
    for tokens in args.long:
        examples = catalogues.draw_catalogues(model, tokens, args.long_count, seed)
        yield catalogues.measure_catalogues(model, examples, tokens, settings)


def _settings(args: argparse.Namespace) -> Settings:
    return Settings(tuple(args.seeds), args.temperature, args.batch, args.max_length, args.keep)


def main(arguments: Sequence[str] | None = None) -> int:
    """Measures, prints a table of each result, writes JSON; returns the exit code."""
    args = _parse(arguments)
    try:
        if args.out is not None:
            write(args.out, "", "a")  # before the work: a path that can't be written is told now
        if args.compare:
            rows = comparison.compare(args.compare[:-1], args.compare[-1])
            print(comparison.comparison_text(rows))
            if args.out is not None:
                write_json(args.out, comparison.comparison_json(rows))
            return 0
        args.shelf = PhotoShelf(args.photos) if args.photos else None
        args.rows = {path: trials.read_trials(path) for path in args.briefs}  # all, before any
        model = V25Model(args.model, args.heads, args.quantization, args.device)
        about = describe(model, args.model)
        print(", ".join(f"{k.replace('_', ' ')} {v}" for k, v in about.items()), flush=True)
        with tempfile.TemporaryDirectory() as temporary:
            _report(model, args, args.keep or Path(temporary), about)
    except V25Error as error:
        print(error, file=sys.stderr)
        return 2
    return 0


def _report(model: V25Model, args: argparse.Namespace, folder: Path, about: dict[str, Any]) -> None:
    """Prints and writes each result as it comes: a long evaluation may be cut short."""
    content: dict[str, Any] = {"results": []}
    for result in measure(model, args, folder):
        print(f"\n{to_text(result)}", flush=True)
        content["results"].append(to_json(result, about))
        if args.out is not None:
            write_json(args.out, content)
    if args.budgets:
        content = {**about, **content, "budgets": []}
        written = functools.partial(measure_written, model, args, folder)
        for row in curves.measure_budgets(model, args.budgets, args.long, written):
            print(f"\n{curves.curve_text(row)}", flush=True)
            content["budgets"].append(row)
            if args.out is not None:
                write_json(args.out, content)


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
    about = "copy for an entry of catalogues of this many tokens"
    add("--long", type=_count, nargs="+", default=[], metavar="TOKENS", help=about)
    add("--long-count", type=_count, default=60, metavar="N", help="catalogues of each length")
    about = "copies are measured with each of these head budgets, and what they cost"
    add("--budgets", type=_count, nargs="+", default=[], metavar="K", help=about)
    about = "nothing is run: scores of all files but the last as shares of the last one's"
    add("--compare", type=Path, nargs="+", metavar="FILE", help=about)
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
    if args.compare and len(args.compare) < 2:
        parser.error("--compare needs two files or more")
    if args.photo_briefs and not args.photos:
        parser.error("--photo-briefs needs --photos")
    if args.noise and not args.spoken:
        parser.error("--noise needs --spoken")
    copies = (args.briefs, args.self_briefs, args.photo_briefs, args.spoken, args.long)
    if not any((*copies, args.photos, args.variety, args.gates)):
        args.self_briefs, args.gates = SELF_BRIEFS, not args.budgets
    elif args.budgets and not any(copies):
        parser.error("--budgets needs copies to measure: --self-briefs, --long, ...")
    return args


def _count(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError(f"must be at least 1; it is {number}")
    return number


if __name__ == "__main__":
    sys.exit(main())
