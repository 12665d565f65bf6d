"""What a checkpoint costs on the machine at hand: `python -m v25.bench [SUITE ...]`.

    speed    time to first token and ms a token, for every precision and head budget
    memory   peak memory and cache of long prompts, the default budget beside all heads
    batch    tokens a second of one request and of several at once
    trace    the same request without capture and with it, by length; then looking:
    looking  time and peak memory of overviews, maps, rows and columns, by length

What is compared runs in turn in one process (A B A B ...) after a round that does not count.
A ratio is the median over rounds of a cell divided by the first cell of the same round; the
other figures are medians, with the quartiles in the JSON. `V25Model`'s own loop is what is timed.
"""

from __future__ import annotations

import argparse
import json
import platform
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

import torch
import transformers

from v25.api import V25Model
from v25.bench_trace import LONG, capture, digits, looking
from v25.checkpoint import BUNDLED
from v25.generation import Run, held_by
from v25.paired import MIB, Figures, Row, interleave, peak_memory
from v25.schema import Request, V25Error

BUDGETS = (1, 6, 10, 16)
LENGTHS = (1024, 4096)
BATCHES = (1, 4, 8)
COMMAND = "Three long versions for this product: premium, story and expert review."
PHOTO = Path(__file__).resolve().parent.parent / "assets" / "examples" / "shoes.webp"


def speed(model: V25Model, args: argparse.Namespace) -> list[Row]:
    """Every precision with every budget; the first cell is the default precision, all heads."""
    budgets = sorted({b for b in args.budgets if b < model.heads}, reverse=True)
    precisions = args.precisions or model.precisions
    cells = {
        (precision, budget): model.with_precision(precision)
        for precision in precisions
        for budget in (model.heads, *budgets)
    }

    def one(cell: tuple[str, int]) -> Figures:
        settings = {"max_length": args.tokens, "seed": 0, "attention_heads": cell[1]}
        latency = cells[cell].generate(args.text, args.image, args.audio, **settings).latency
        later = latency.token_ms[1:] or latency.token_ms
        return {"first_token_ms": latency.first_token_ms, "ms_per_token": statistics.median(later)}

    measured = interleave({cell: partial(one, cell) for cell in cells}, args.rounds)
    return [
        {
            "precision": precision,
            "heads": budget,
            **measured[precision, budget],
            "weights_mib": cells[precision, budget].memory / MIB,
        }
        for precision, budget in cells
    ]


def memory(model: V25Model, args: argparse.Namespace) -> list[Row]:
    """Prompts of digits (each is a token): what reading them takes, by length and budget."""
    budgets = list(dict.fromkeys((model.heads, model.budget)))
    rows = []
    for length in args.lengths or LENGTHS:
        text = digits(length)
        cells = {budget: partial(_read, model, text, budget) for budget in budgets}
        measured = interleave(cells, args.rounds)
        rows += [{"tokens": length, "heads": b, **measured[b]} for b in budgets]
    return rows


def _read(model: V25Model, text: str, budget: int) -> Figures:
    request, network = Request(text=text, max_length=1), model.network
    run = Run(network, model.processor, [request], budget, model.device, model.precision)
    with peak_memory(network.device) as peak:
        run.prepare()
    stages, held = run.watch.stages, held_by(run.state)
    figures = {
        "prefill_ms": stages["fusion"] + stages["gates"] + stages["prefill"],
        "kv_mib": _bytes(held["cache"]) / MIB,
        "tracing_mib": _bytes(held["trace"]) / MIB,
    }
    return figures if peak.get("bytes") is None else {**figures, "peak_mib": peak["bytes"] / MIB}


def batch(model: V25Model, args: argparse.Namespace) -> list[Row]:
    """The same kind of request alone and several at once, from the call to the last token."""

    def one(size: int) -> Figures:
        requests = [
            Request(args.text, args.image, args.audio, max_length=args.tokens, seed=seed)
            for seed in range(size)
        ]
        begun = time.perf_counter()
        answers = model.generate_batch(requests)
        seconds = time.perf_counter() - begun
        written = sum(len(answer.latency.token_ms) for answer in answers)
        return {"tokens_per_second": written / seconds}

    measured = interleave({size: partial(one, size) for size in args.batches}, args.rounds)
    return [{"requests": size, **measured[size]} for size in args.batches]


SUITES: dict[str, Callable[[V25Model, argparse.Namespace], list[Row]]] = {
    "speed": speed,
    "memory": memory,
    "batch": batch,
    "trace": capture,
    "looking": looking,
}
TOGETHER = {"trace": ("trace", "looking")}
"""What one name on the command line runs: what capture costs a run, and looking afterwards."""


def _bytes(tensors: Sequence[torch.Tensor]) -> int:
    return sum(t.numel() * t.element_size() for t in tensors)


def describe(model: V25Model, name: str) -> dict[str, Any]:
    """What ran, and on what."""
    cpu = platform.processor() or platform.machine()
    with suppress(OSError):
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
        cpu = next((x.partition(": ")[2] for x in lines if x.startswith("model name")), cpu)
    return {
        "checkpoint": name if name in BUNDLED else Path(name).name,
        "hardware": model.device,
        "cpu": cpu,
        "threads": torch.get_num_threads(),
        "precision": model.precision,
        "head_budget": model.budget,
        "torch": torch.__version__,
        "transformers": transformers.__version__,
        "python": platform.python_version(),
    }


def to_text(name: str, rows: Sequence[Row]) -> str:
    """A table: keys of the cell, medians, and each figure's ratio to the first row."""
    lines = [[], *([] for _ in rows)]
    for key in (k for k in rows[0] if k not in ("quartiles", "ratios")):
        measured = key in rows[0]["ratios"]
        lines[0] += [key, "ratio"] if measured else [key]
        for line, row in zip(lines[1:], rows, strict=True):
            value = row[key]
            line.append(f"{value:.1f}" if isinstance(value, float) else str(value))
            if measured:
                line.append(f"{row['ratios'][key]:.2f}")
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    body = "\n".join("  ".join(map(str.rjust, line, widths)) for line in lines)
    return f"{name}\n{body}"


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the suites, prints a table of each, writes JSON; returns the exit code."""
    args = _parse(arguments)
    try:
        model = V25Model(args.model, args.heads, args.quantization, args.device)
        about = describe(model, args.model)
        print(", ".join(f"{k.replace('_', ' ')} {v}" for k, v in about.items()), flush=True)
        results: dict[str, list[Row]] = {}
        wanted = [n for suite in args.suites or SUITES for n in TOGETHER.get(suite, (suite,))]
        for name in dict.fromkeys(wanted):
            results[name] = SUITES[name](model, args)
            print(f"\n{to_text(name, results[name])}", flush=True)
            if args.out is not None:  # after each: a long bench may be cut short
                _write(args.out, {**about, "settings": _settings(args), "suites": results})
    except (V25Error, OSError) as error:
        print(error, file=sys.stderr)
        return 2
    return 0


def _settings(args: argparse.Namespace) -> dict[str, Any]:
    shown = {"text": args.text, "rounds": args.rounds, "tokens": args.tokens}
    files = {"image": args.image, "audio": args.audio}
    return shown | {kind: Path(path).name for kind, path in files.items() if path}


def _write(path: Path, content: Row) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    rounded = json.loads(json.dumps(content), parse_float=lambda digits: round(float(digits), 4))
    path.write_text(json.dumps(rounded, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m v25.bench",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add = parser.add_argument
    add("suites", nargs="*", metavar="SUITE", help=f"of {', '.join(SUITES)}; all of them if none")
    add("--model", default="deepseek-v2.5-base", help="bundled name, folder or Hub repository")
    add("--quantization", choices=("int8", "fp16"), help="of memory and batch")
    add("--device", help="cuda or cpu; a GPU when there is one")
    add("--heads", type=int, help="the default budget")
    add("--precisions", nargs="+", metavar="NAME", help="of speed; the first is compared with")
    add("--budgets", nargs="+", type=int, default=BUDGETS, metavar="K", help="of speed")
    add(
        "--lengths",
        nargs="+",
        type=_count,
        metavar="TOKENS",
        help=f"{LENGTHS} of memory, {LONG} of trace",
    )
    add("--batches", nargs="+", type=_count, default=BATCHES, metavar="N", help="of batch")
    add("--rounds", type=_count, default=5)
    add("--tokens", type=_count, default=48, help="most tokens to write")
    add("--text", default=COMMAND)
    add("--image", default=str(PHOTO) if PHOTO.is_file() else None, metavar="FILE")
    add("--audio", metavar="FILE", help="a spoken command beside the rest")
    add("--out", type=Path, metavar="FILE", help="JSON")
    args = parser.parse_args(arguments)
    if unknown := set(args.suites) - set(SUITES):
        parser.error(f"there is no suite {unknown.pop()!r}; choose of {', '.join(SUITES)}")
    return args


def _count(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError(f"must be at least 1; it is {number}")
    return number


if __name__ == "__main__":
    sys.exit(main())
