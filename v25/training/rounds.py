"""A whole round of training as one command: `python -m v25.training round`.

Photos and speech train side by side, then the copy stage takes what they made and learns to answer
commands, those of catalogues among them. All of it follows one clock, so that a machine that is
lent for a while is used to its end, and each stage's files lie in `--work` and `--out` as soon as
they are finished, whatever happens to the next.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from v25.transcript import COMMANDS

SENSES = 0.42
"""Share of the minutes that photos and speech take, side by side."""
TOKENIZER = ("tokenizer.json", "tokenizer_config.json")
"""Files that the copy stage reads and leaves as they are."""


def commands(options: argparse.Namespace) -> tuple[list[list[str]], list[str]]:
    """The command lines: those that run side by side, and the one that runs after them."""
    senses, copies = options.minutes * SENSES, options.minutes * (1 - SENSES)
    start = ["--start", str(options.start)] if options.start else []
    taught = ["--teacher-minutes", round(senses / 5, 2)] if options.teacher else []
    photos, packs = (["--photos", *options.photos], ["--packs", *options.packs])

    def line(step: str, *rest: object) -> list[str]:
        return [sys.executable, "-m", "v25.training", step, *map(str, rest), *start]

    vision = line(
        "vision", *photos, "--validate", *options.validate, "--out", options.work,
        "--minutes", round(senses, 2), *taught,
    )  # fmt: skip
    hearing = line("hearing", *packs, "--out", options.work, "--minutes", round(senses, 2))
    fit = line(
        "fit", "--work", options.work, *photos, *packs, "--out", options.out,
        "--long", "--found", "--minutes", round(copies, 2),
    )  # fmt: skip
    return [vision, hearing], fit


def main(arguments: Sequence[str] | None = None) -> None:
    """Runs the round; a stage that fails ends it."""
    parser = argparse.ArgumentParser(prog="python -m v25.training round", description=__doc__)
    add = parser.add_argument
    add("--photos", nargs="+", required=True, help="zips or folders of LABEL/photo")
    add("--validate", nargs="+", required=True, help="likewise, never learnt from")
    add("--packs", nargs="+", required=True, help="speech packs of the step voices")
    add("--work", type=Path, required=True, help="takes what photos and speech make")
    add("--out", type=Path, required=True, help="takes the checkpoint; holds the tokenizer")
    add("--minutes", type=float, required=True, help="of the whole round")
    add("--teacher", action="store_true", help="photos: learn from v25.training.teacher as well")
    add("--start", type=Path, help="a checkpoint to go on from")
    options = parser.parse_args(arguments)
    options.out.mkdir(parents=True, exist_ok=True)
    for name in TOKENIZER if options.start else ():
        shutil.copyfile(options.start / name, options.out / name)
    if options.start and (options.start / COMMANDS).is_file():
        shutil.copyfile(options.start / COMMANDS, options.out / COMMANDS)
    together, after = commands(options)
    running = [subprocess.Popen(command) for command in together]
    try:
        failed = [process.args[3] for process in running if process.wait()]
    finally:
        for process in running:
            process.terminate()
    if failed:
        raise SystemExit(f"{' and '.join(failed)} failed; what the others made is kept")
    raise SystemExit(subprocess.run(after, check=False).returncode)
