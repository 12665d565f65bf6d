from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from v25.training import __main__, rounds
from v25.transcript import COMMANDS, write_commands

ARGUMENTS = [
    "--photos",
    "a.zip",
    "b.zip",
    "--validate",
    "c.zip",
    "--packs",
    "s.zip",
    "t.zip",
    "--work",
    "w",
    "--minutes",
    "20",
]


class Process:
    """What a started stage looks like: it ends at once, with `code`."""

    code = 0
    started: list[list[str]] = []  # noqa: RUF012 (made anew by each test)

    def __init__(self, args: list[str]) -> None:
        self.args = args
        self.started.append(args)

    def wait(self) -> int:
        return self.code if self.args[3] == "hearing" else 0

    def terminate(self) -> None:
        pass


@pytest.fixture
def ran(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """The command lines that a round starts, in order."""
    lines: list[list[str]] = []
    monkeypatch.setattr(Process, "started", lines)
    monkeypatch.setattr(subprocess, "Popen", Process)

    def run(line: list[str], check: bool) -> SimpleNamespace:
        lines.append(line)
        return SimpleNamespace(returncode=0)

    monkeypatch.setattr(subprocess, "run", run)
    return lines


def test_photos_and_speech_come_before_the_copy_and_share_one_clock(ran, tmp_path: Path):
    with pytest.raises(SystemExit) as ended:
        rounds.main([*ARGUMENTS, "--out", str(tmp_path / "m")])
    assert ended.value.code == 0
    assert [line[:4] for line in ran] == [
        [sys.executable, "-m", "v25.training", step] for step in ("vision", "hearing", "fit")
    ]
    minutes = [float(line[line.index("--minutes") + 1]) for line in ran]
    assert minutes[0] == minutes[1]
    assert minutes[1] + minutes[2] == pytest.approx(20)


def test_every_line_is_one_that_its_stage_understands(ran, tmp_path: Path, monkeypatch):
    """Each stage's own parser reads it; only the work behind is left out."""
    start = tmp_path / "start"
    start.mkdir()
    for name in rounds.TOKENIZER:
        (start / name).write_text("{}")
    write_commands(start / COMMANDS, ["three copies"])
    with pytest.raises(SystemExit):
        rounds.main([*ARGUMENTS, "--teacher", "--out", str(tmp_path / "m"), "--start", str(start)])
    assert ["--teacher-minutes" in line for line in ran] == [True, False, False]
    assert all((tmp_path / "m" / name).is_file() for name in (*rounds.TOKENIZER, COMMANDS))
    done = []
    monkeypatch.setattr(
        "v25.training.vision.load_photos", lambda *a: done.append("vision") or 1 / 0
    )
    monkeypatch.setattr("v25.training.hearing.fit", lambda *a: done.append(("hearing", a[5])))
    monkeypatch.setattr("v25.training.fit.fit", lambda *a: done.append(("fit", a[8])))
    for line in ran:
        if line[3] == "vision":
            with pytest.raises(ZeroDivisionError):
                __main__.main(line[3:])
        else:
            __main__.main(line[3:])
    assert done == ["vision", ("hearing", start), ("fit", start)]


def test_a_failed_stage_ends_the_round(ran, tmp_path: Path, monkeypatch):
    monkeypatch.setattr(Process, "code", 1)
    with pytest.raises(SystemExit, match="hearing failed"):
        rounds.main([*ARGUMENTS, "--out", str(tmp_path / "m")])
    assert [line[3] for line in ran] == ["vision", "hearing"]
