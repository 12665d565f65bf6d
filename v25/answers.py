"""Writes the answers that an evaluation asks for, and scores each of them."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from v25 import trials
from v25.api import V25Model
from v25.measures import Result
from v25.reports import write_lines
from v25.schema import Generation, Request
from v25.scoring import Scores, score, summarise, told_share
from v25.shelf import open_photo
from v25.trials import Trial

MAX_LENGTH = 320
"""Tokens: three long copies come to their end."""


@dataclass(frozen=True)
class Settings:
    """How copies are written: see `v25.evaluation`'s arguments."""

    seeds: tuple[int, ...] = (0,)
    temperature: float = 0.7
    batch: int = 32
    max_length: int = MAX_LENGTH
    keep: Path | None = None


def scored(row: Trial, answer: Generation) -> Scores:
    """The scores of one answer; where styles are asked, also what a judge makes of its text."""
    found = score(row.expect, answer, row.text or "")
    if row.expect.styles is not None and row.expect.language is not None:
        judge = trials.style_judge(row.expect.language)
        found["style_told"] = told_share(judge, row.expect.styles, answer.variants), 1.0
    return found


def measure_copies(
    model: V25Model,
    name: str,
    rows: Sequence[Trial],
    settings: Settings,
    scored: Callable[[Trial, Generation], Scores] = scored,
) -> Result:
    """Writes the copy of every row with every seed, and scores it."""
    begun = time.perf_counter()
    scores: list[list[Scores]] = [[] for _ in rows]
    kept: list[dict[str, Any]] = []
    for seed in settings.seeds:
        for index, answer in write_answers(model, rows, seed, settings):
            found = scored(rows[index], answer)
            scores[index].append(found)
            kept.append(record(index, seed, rows[index], answer, found))
    if settings.keep is not None:
        write_lines(settings.keep / f"{name}.answers.jsonl", kept)
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


def write_answers(
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
        capture=False,  # nobody looks at the attention of these
    )


def record(index: int, seed: int, row: Trial, answer: Generation, found: Scores) -> dict[str, Any]:
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
