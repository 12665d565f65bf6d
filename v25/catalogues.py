"""The long task as an evaluation: copy for one entry of a catalogue of up to 16,384 tokens."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace

from v25.answers import Settings, measure_copies
from v25.api import V25Model
from v25.measures import Result
from v25.schema import Generation
from v25.scoring import Scores, holds, score
from v25.shelf import TrialError
from v25.training.catalogue import SMALLEST, CatalogueExample, draw
from v25.trials import Trial, expected

AT_ONCE = 65_536
"""Tokens of the catalogues that run side by side."""
PARTS = ("first third", "middle third", "last third")
ASKED = {"number": "by key", "code": "by key", "brand": "by brand", "name": "by name"}
ASKED["price"] = "by name"


def draw_catalogues(model: V25Model, tokens: int, count: int, seed: int) -> list[CatalogueExample]:
    """Catalogues of `tokens` tokens, each with a command that training never draws.

    Raises:
        TrialError: too few tokens for a catalogue, or more than the model reads.
    """
    most = model.network.sizes.text.max_tokens
    if not SMALLEST <= tokens <= most:
        raise TrialError(f"A catalogue has {SMALLEST} to {most:,} tokens; {tokens:,} can't be.")
    rng = random.Random(f"catalogue-{tokens}-{seed}")
    return [draw(rng, model.processor.fast, tokens, reserved=True) for _ in range(count)]


def catalogue_trial(example: CatalogueExample) -> Trial:
    """The request, what its answer should hold, and the columns that it counts in."""
    part = PARTS[min(2, 3 * example.place // len(example.entries))]
    groups = (example.brief.language, ASKED[example.by], part)
    return Trial(example.text, None, None, expected(example.brief), groups)


def measure_catalogues(
    model: V25Model, examples: Sequence[CatalogueExample], tokens: int, settings: Settings
) -> Result:
    """Writes the copy that every command asks for.

    "entry" is right where the asked entry's line was read out to the letter, "facts" where brand,
    price and all points are right. A note says how many answers hold the brand of an entry that
    was not asked for: those looked in the wrong place, the other wrong ones misread.
    """
    rows = [catalogue_trial(example) for example in examples]
    alike = replace(settings, batch=max(1, min(settings.batch, AT_ONCE // tokens)))
    others = {e.text: {x.brand for x in e.entries} - {e.brief.brand} for e in examples}
    lines = {e.text: e.entries[e.place].line.strip() for e in examples}
    mixed: list[bool] = []

    def scored(row: Trial, answer: Generation) -> Scores:
        text = "\n".join(answer.variants)
        mixed.append(any(b in text and holds(text, b) for b in others[row.text or ""]))
        return _scored(row, answer, lines[row.text or ""])

    result = measure_copies(model, f"catalogue of {tokens:,} tokens", rows, alike, scored)
    lengths = [len(example.ids) for example in examples]
    entries = [len(example.entries) for example in examples]
    result.notes |= {
        "tokens, mean": sum(lengths) / len(lengths),
        "entries, mean": sum(entries) / len(entries),
        "answers with another entry's brand": sum(mixed) / len(mixed),
    }
    return result


def _scored(row: Trial, answer: Generation, line: str) -> Scores:
    found = score(row.expect, answer)
    found["entry"] = float(answer.quote == line), 1.0
    facts = all(found[name][0] == 1.0 for name in ("brand", "price", "points_all"))
    return {**found, "facts": (float(facts), 1.0)}
