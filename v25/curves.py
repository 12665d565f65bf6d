"""Quality and cost against the head budget: one row for every number of heads that may open."""

from __future__ import annotations

import random
import statistics
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import Any

from v25.api import V25Model
from v25.measures import Result
from v25.paired import MIB, Figures, interleave
from v25.processing import check_heads
from v25.reports import means_to_json
from v25.training.catalogue import draw

COMMAND = "Three long versions of copy for these running shoes: premium, story and expert review."
TOKENS = 48
"""Most tokens that are written to measure what one takes."""
ROUNDS, LONG_ROUNDS = 5, 3


def measure_budgets(
    model: V25Model,
    budgets: Sequence[int],
    lengths: Sequence[int],
    measure: Callable[[int], Iterable[Result]],
) -> Iterator[dict[str, Any]]:
    """A row for every budget, as it is done.

    Args:
        model: its budget is set for each row, and set back at the end.
        budgets: heads that each layer may open.
        lengths: tokens of catalogues whose cost is measured beside that of a short command.
        measure: what is measured with a budget.

    Yields:
        `{"heads", figures..., "quartiles", "metrics": {"MEASUREMENT: SCORE": value}, "results":
        {MEASUREMENT: {SCORE: {"value", "half_width", "rows"}}}}`. Figures are medians:
        "first_token_ms", "ms_per_token" and "cache_mib" (keys and values) of a short command,
        and for a catalogue of N tokens "first_token_N_ms", "per_token_N_ms" and "cache_N_mib".

    Raises:
        V25Error: a budget is none.
    """
    for heads in budgets:
        check_heads(heads, model.heads)
    usual, costs = model.budget, measure_costs(model, budgets, lengths)
    try:
        for heads in budgets:
            model.budget = heads
            columns = {r.name: means_to_json(r.columns["all"]) for r in measure(heads)}
            metrics = {
                f"{name}: {score}": mean["value"]
                for name, means in columns.items()
                for score, mean in means.items()
            }
            yield {"heads": heads, **costs[heads], "metrics": metrics, "results": columns}
    finally:
        model.budget = usual


def measure_costs(
    model: V25Model, budgets: Sequence[int], lengths: Sequence[int] = ()
) -> dict[int, dict[str, Any]]:
    """Medians over rounds in which the budgets take turns, and their quartiles."""
    parts = [_costs(model, COMMAND, budgets, ROUNDS)]
    for tokens in lengths:
        text = draw(random.Random(f"cost-{tokens}"), model.processor.fast, tokens).text
        names = {
            "first_token_ms": f"first_token_{tokens}_ms",
            "ms_per_token": f"per_token_{tokens}_ms",
            "cache_mib": f"cache_{tokens}_mib",
        }
        parts.append(_costs(model, text, budgets, LONG_ROUNDS, names))
    made: dict[int, dict[str, Any]] = {}
    for heads in budgets:
        rows = [part[heads] for part in parts]
        figures = {k: v for row in rows for k, v in row.items() if k != "quartiles"}
        quartiles = {k: v for row in rows for k, v in row["quartiles"].items()}
        made[heads] = {**figures, "quartiles": quartiles}
    return made


def _costs(
    model: V25Model,
    text: str,
    budgets: Sequence[int],
    rounds: int,
    names: dict[str, str] | None = None,
) -> dict[int, dict[str, Any]]:
    cells = {heads: partial(_cost, model, text, heads) for heads in dict.fromkeys(budgets)}
    made = {}
    for heads, row in interleave(cells, rounds).items():
        called = {key: (names or {}).get(key, key) for key in row["quartiles"]}
        made[heads] = {new: round(row[old], 3) for old, new in called.items()}
        made[heads]["quartiles"] = {
            new: [round(edge, 3) for edge in row["quartiles"][old]] for old, new in called.items()
        }
    return made


def _cost(model: V25Model, text: str, heads: int) -> Figures:
    answer = model.generate(text, max_length=TOKENS, seed=0, attention_heads=heads, capture=False)
    latency = answer.latency
    return {
        "first_token_ms": latency.first_token_ms or 0.0,
        "ms_per_token": statistics.median(latency.token_ms[1:] or latency.token_ms),
        "cache_mib": latency.memory["cache"] / MIB,
    }


def curve_text(row: dict[str, Any]) -> str:
    """One row as lines for a terminal."""
    figures = {k: v for k, v in row.items() if isinstance(v, float)}
    lines = [f"{name.replace('_', ' ')}: {value:.2f}" for name, value in figures.items()]
    lines += [f"{name}: {100 * value:.1f} %" for name, value in row["metrics"].items()]
    return "\n  ".join([f"{row['heads']} heads", *lines])
