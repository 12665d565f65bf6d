"""What a checkpoint costs on the machine at hand: `python -m v25.bench [SUITE ...]`.

    attention     prefill, decode and memory by length and head budget; then materialised:
    materialised  one request with N x N matrices, beside the fused kernel
    decode        ms a token by batch and context: captured graph and eager step, or precisions
    voice         end of a spoken command to the first token, heard at once or while it is spoken
    peers         first token, ms a token and memory beside small vision-language models
    batch         tokens a second of requests one by one and several at once
    speed         time to first token and ms a token, for every precision and head budget
    memory        peak memory and cache of long prompts, the default budget beside all heads
    trace         the same request without capture and with it, by length; then looking:
    looking       time and peak memory of overviews, maps, rows and columns, by length

What is compared runs in turn in one process (A B A B ...) after a round that does not count.
A ratio is the median over rounds of a cell divided by the first cell of the same round; the
other figures are medians, with the quartiles in the JSON. `V25Model`'s own loop is what is timed.
Sizes and rounds that are not given suit the device.
"""

from __future__ import annotations

import argparse
import json
import platform
import statistics
import subprocess
import sys
import time
import traceback
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import torch
import transformers

from v25.api import V25Model
from v25.bench_attention import attention, materialised
from v25.bench_batch import batch
from v25.bench_decode import decode
from v25.bench_peers import peers
from v25.bench_trace import LONG, capture, digits, looking
from v25.bench_voice import voice
from v25.checkpoint import BUNDLED
from v25.generation import Run
from v25.paired import (
    GIB,
    MIB,
    NOTES,
    Figures,
    Row,
    Unequal,
    interleave,
    note,
    on_gpu,
    peak_memory,
    processor_name,
)
from v25.schema import Request, V25Error

BUDGETS = (1, 6, 10, 16)
LENGTHS = (1024, 4096)
ROUNDS, TOKENS = 5, 48
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
        settings = {"max_length": args.tokens or TOKENS, "seed": 0, "attention_heads": cell[1]}
        latency = cells[cell].generate(args.text, args.image, args.audio, **settings).latency
        later = latency.token_ms[1:] or latency.token_ms
        return {"first_token_ms": latency.first_token_ms, "ms_per_token": statistics.median(later)}

    measured = interleave({cell: partial(one, cell) for cell in cells}, args.rounds or ROUNDS)
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
        measured = interleave(cells, args.rounds or ROUNDS)
        rows += [{"tokens": length, "heads": b, **measured[b]} for b in budgets]
    return rows


def _read(model: V25Model, text: str, budget: int) -> Figures:
    request, network = Request(text=text, max_length=1), model.network
    run = Run(network, model.processor, [request], budget, model.device, model.precision)
    with peak_memory(network.device) as peak:
        run.prepare()
    stages, held = run.watch.stages, run.passes[0].held
    figures = {
        "prefill_ms": stages["fusion"] + stages["gates"] + stages["prefill"],
        "kv_mib": _bytes(held["cache"]) / MIB,
        "tracing_mib": _bytes(held["trace"]) / MIB,
    }
    return figures if peak.get("bytes") is None else {**figures, "peak_mib": peak["bytes"] / MIB}


SUITES: dict[str, Callable[[V25Model, argparse.Namespace], list[Row]]] = {
    "attention": attention,
    "materialised": materialised,
    "decode": decode,
    "voice": voice,
    "peers": peers,
    "batch": batch,
    "speed": speed,
    "memory": memory,
    "trace": capture,
    "looking": looking,
}
TOGETHER = {"attention": ("attention", "materialised"), "trace": ("trace", "looking")}
"""What one name on the command line runs: looking comes after what capture costs a run."""


def _bytes(tensors: Sequence[torch.Tensor]) -> int:
    return sum(t.numel() * t.element_size() for t in tensors)


def describe(model: V25Model, name: str) -> dict[str, Any]:
    """What ran, and on what."""
    return {
        "checkpoint": name if name in BUNDLED else Path(name).name,
        "hardware": model.device,
        "cpu": processor_name(),
        "threads": torch.get_num_threads(),
        "precision": model.precision,
        "head_budget": model.budget,
        "torch": torch.__version__,
        "transformers": transformers.__version__,
        **{name: found for name in ("torchao", "torchaudio") if (found := _version(name))},
        "python": platform.python_version(),
        **_gpu(model.network.device),
    }


def _version(library: str) -> str | None:
    with suppress(PackageNotFoundError):
        return version(library)
    return None


def _gpu(device: torch.device) -> dict[str, Any]:
    """Memory, CUDA and driver of a GPU; empty where the device is none."""
    if not on_gpu(device):
        return {}
    memory = torch.cuda.get_device_properties(device).total_memory
    about = {"gpu_memory_gib": round(memory / GIB, 1), "cuda": str(torch.version.cuda)}
    ask = ["nvidia-smi", "--query-gpu=driver_version", "--format=csv,noheader"]
    with suppress(OSError, subprocess.SubprocessError):
        told = subprocess.run(ask, capture_output=True, text=True, timeout=20, check=True).stdout
        about["driver"] = told.splitlines()[0].strip() if told.strip() else "unknown"
    return about


def to_text(name: str, rows: Sequence[Row]) -> str:
    """A table: keys of the cell, medians, and each figure's ratio to the first row."""
    lines = [[], *([] for _ in rows)]
    for key in (k for k in rows[0] if k not in ("quartiles", "ratios")):
        measured = key in rows[0]["ratios"]
        lines[0] += [key, "ratio"] if measured else [key]
        for line, row in zip(lines[1:], rows, strict=True):
            line.append(_digits(row.get(key, "-")))
            if measured:
                line.append(f"{row['ratios'][key]:.2f}" if key in row["ratios"] else "-")
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    body = "\n".join("  ".join(map(str.rjust, line, widths)) for line in lines)
    return f"{name}\n{body}"


def _digits(value: Any) -> str:
    """Three digits that count at least, of a figure that need not be whole."""
    if not isinstance(value, float):
        return str(value)
    return f"{value:.{1 if abs(value) >= 10 else 2 if abs(value) >= 0.1 else 4}f}"


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the suites, prints a table of each, writes JSON; returns the exit code."""
    args = parse(arguments)
    try:
        model = V25Model(args.model, args.heads, args.quantization, args.device)
        about = describe(model, args.model)
        print(", ".join(f"{k.replace('_', ' ')} {v}" for k, v in about.items()), flush=True)
        wanted = [n for suite in args.suites or SUITES for n in TOGETHER.get(suite, (suite,))]
        return _run(model, args, about, list(dict.fromkeys(wanted)))
    except (V25Error, OSError) as error:
        print(error, file=sys.stderr)
        return 2


def _run(
    model: V25Model, args: argparse.Namespace, about: dict[str, Any], wanted: Sequence[str]
) -> int:
    """Suite by suite; one that breaks costs only itself. Returns the exit code."""
    results: dict[str, list[Row]] = {}
    code = 0
    NOTES.clear()
    for name in wanted:
        begun = time.perf_counter()
        try:
            results[name] = SUITES[name](model, args)
        except (V25Error, OSError):
            raise
        except Unequal as error:
            print(f"\n{name}: NOT EQUAL: {error}", file=sys.stderr, flush=True)
            code = 1
        except Exception:
            traceback.print_exc()
            code = 1
        if not results.get(name):
            continue
        print(f"\n{to_text(name, results[name])}", flush=True)
        note(f"{name} took {time.perf_counter() - begun:.0f} s")
        if args.out is not None:  # after each: a long bench may be cut short
            beside = {"settings": settings_of(args), "notes": NOTES}
            _write(args.out, {**about, **beside, "suites": results})
    return code


def settings_of(args: argparse.Namespace) -> dict[str, Any]:
    """What was asked for, as the JSON tells it; the names of files without their folders."""
    names = ("lengths", "batches", "seconds", "rounds", "tokens")
    given = {name: getattr(args, name) for name in names}
    shown = {"text": args.text} | {name: value for name, value in given.items() if value}
    files = {"image": args.image, "audio": args.audio}
    return shown | {kind: Path(path).name for kind, path in files.items() if path}


def _write(path: Path, content: Row) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    rounded = json.loads(json.dumps(content), parse_float=lambda digits: round(float(digits), 4))
    path.write_text(json.dumps(rounded, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    """The command line, or `arguments` in its place."""
    parser = argparse.ArgumentParser(
        prog="python -m v25.bench",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add = parser.add_argument
    add("suites", nargs="*", metavar="SUITE", help=f"of {', '.join(SUITES)}; all of them if none")
    add("--model", default="deepseek-v2.5-base", help="bundled name, folder or Hub repository")
    add("--quantization", choices=("int8", "fp16"), help="of all but speed")
    add("--device", help="cuda or cpu; a GPU when there is one")
    add("--heads", type=int, help="the default budget")
    add("--precisions", nargs="+", metavar="NAME", help="of speed, decode, peers")
    add("--budgets", nargs="+", type=int, default=BUDGETS, metavar="K", help="of speed")
    add(
        "--lengths",
        nargs="+",
        type=_count,
        metavar="TOKENS",
        help=f"of prompts; if not given, {LENGTHS} of memory and {LONG} of trace",
    )
    add("--batches", nargs="+", type=_count, metavar="N", help="requests at once, of batch")
    add("--rounds", type=_count, help="that count")
    add("--seconds", type=_count, help="after which attention measures no further lengths on a GPU")
    add("--tokens", type=_count, help="most tokens to write")
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
