"""Measured JSON to Markdown tables, and Markdown files whose marked blocks they fill.

A block lies between `<!-- NAME:begin -->` and `<!-- NAME:end -->`. Results are what
`python -m v25.evaluation --out` writes, costs what `python -m v25.bench --out` writes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

Result = Mapping[str, Any]

TITLES = {"self-briefs": "typed briefs", "spoken": "spoken briefs"}
SCORES = {
    "copies": "number of copies right",
    "styles": "styles in the order asked",
    "style_told": "style told from the text",
    "points": "selling points named",
    "points_all": "all selling points of a brief named",
    "seen": "product of the photo recognised, where nothing else told it",
    "product": "product named",
    "as_seen": "product named as the classifier saw it, where it was sure",
    "no_other": "no other product named for a photo",
    "brand": "brand copied exactly",
    "price": "price copied exactly",
    "facts": "brand, price and all selling points right",
    "entry": "entry of a catalogue read out to the letter",
    "language": "language right",
    "unbroken": "no broken character",
    "unrepeated": "no sentence twice in a copy",
    "ended": "came to its end",
    "everything": "everything about a brief right",
    "cer": "wrong characters in the transcript (fewer is better)",
}
"""Scores of copies as `v25.scoring` names them, and in words."""
BY = ("by key", "by brand", "by name")
"""How a command told the entry of a catalogue, as `v25.catalogues` groups its answers."""
IN_COPY = {
    "brand": "its brand in the copy",
    "price": "its price",
    "points_all": "all its points",
    "facts": "all of these",
}
"""Scores of an answer about a catalogue."""


def results_table(results: Sequence[Result], whole: bool = False) -> str:
    """Tables of an evaluation: copies (a column a measurement), variety, photos, gates.

    Args:
        results: as in the JSON; a later one replaces an earlier one of the same kind.
        whole: also the columns by language.
    """
    latest = list(
        {
            (r["measurement"], r["precision"], r["head_budget"], _listener(r)): r for r in results
        }.values()
    )
    photos = [r for r in latest if r["measurement"] == "photos"]
    gates = [r for r in latest if r["measurement"] == "gates"]
    varieties = [r for r in latest if r["measurement"] == "variety"]
    long = [r for r in latest if r["measurement"].startswith("catalogue")]
    copies = [r for r in latest if r not in (*photos, *gates, *varieties, *long)]
    parts = []
    if copies:
        parts.append(_copies_table(copies, latest[0], whole))
    if long:
        parts.append(_catalogues_table(long, latest[0]))
    parts += [_variety_table(r, latest[0]) for r in varieties]
    parts += [_list_table(f"photos ({r['rows']})", r["results"]["all"], True) for r in photos]
    head = "Jaccard distance of the heads that two requests open"
    parts += [_list_table(head, r["results"]["all layers"], False) for r in gates]
    return "\n\n".join([*parts, _conditions(latest[0])])


def _copies_table(copies: Sequence[Result], usual: Result, whole: bool) -> str:
    columns: dict[str, Mapping[str, Any]] = {}
    for result in copies:
        title = _title(result, usual)
        seeds = len(result["seeds"])
        count = f"{result['rows']:,} × {seeds} seeds" if seeds > 1 else f"{result['rows']:,}"
        columns[f"{title} ({count})"] = result["results"]["all"]
        groups = {k: v for k, v in result["results"].items() if k != "all"} if whole else {}
        columns |= {f"{title}: {group}": means for group, means in groups.items()}
    names = [n for n in SCORES if any(n in means for means in columns.values())]
    lines = [
        [SCORES[name], *(_value(means.get(name), True) for means in columns.values())]
        for name in names
    ]
    return markdown(["copy", *columns], lines)


def _catalogues_table(long: Sequence[Result], usual: Result) -> str:
    """A line a length: whether the right entry was found, by how it was told, and what was said."""
    head = ["an entry of a catalogue", "found", "told by key", "by brand", "by name"]
    lines = []
    for result in sorted(long, key=lambda r: r["notes"]["tokens, mean"]):
        groups = result["results"]
        found = [groups.get(name, {}).get("entry") for name in ("all", *BY)]
        told = [groups["all"].get(name) for name in IN_COPY]
        title = f"{_title(result, usual).removeprefix('catalogue of ')} ({result['rows']:,})"
        lines.append([title, *(_value(mean, True) for mean in (*found, *told))])
    return markdown([*head, *IN_COPY.values()], lines)


def _list_table(title: str, means: Mapping[str, Any], percent: bool) -> str:
    return markdown([title, ""], [[name, _value(mean, percent)] for name, mean in means.items()])


def _variety_table(result: Result, usual: Result) -> str:
    columns = result["results"]
    head = [
        f"{_title(result, usual)} ({result['rows']:,} briefs, "
        f"{result['notes']['copies of each brief']} copies each)",
        *columns,
    ]
    lines = [
        [name, *(_value(means.get(name), True) for means in columns.values())]
        for name in columns["all"]
    ]
    return markdown(head, lines)


def _title(result: Result, usual: Result) -> str:
    name = str(result["measurement"])
    for known, title in TITLES.items():
        name = name.replace(known, title)
    changed = []
    if result["precision"] != usual["precision"]:
        changed.append(result["precision"])
    if result["head_budget"] != usual["head_budget"]:
        changed.append(f"{result['head_budget']} heads")
    if result["hardware"] != usual["hardware"]:
        changed.append(result["hardware"])
    if _listener(result) != _listener(usual):
        changed.append(f"heard by {_listener(result)}")
    return ", ".join([name, *changed])


def _listener(result: Result) -> str:
    """Who heard the recordings; older results do not say."""
    return str(result.get("listener", "embedded"))


def _conditions(result: Result) -> str:
    return (
        f"± is a 95 % interval. {result['precision']}, {result['head_budget']} open heads a "
        f"layer, {result['hardware']}, torch {result['torch']}."
    )


def _value(mean: Mapping[str, float] | None, percent: bool) -> str:
    if mean is None:
        return "–"
    value, width = mean["value"], mean["half_width"]
    if percent:
        return f"{100 * value:.1f} % ± {100 * width:.1f}"
    return f"{value:.3f} ± {width:.3f}"


def costs_table(bench: Result) -> str:
    """Tables of a bench; of speed, the rows that differ from its first or the default in one."""
    parts = [
        markdown(head, [line(r) for r in _told(suite, bench)])
        for suite, (head, line) in _COSTS.items()
        if bench["suites"].get(suite)
    ]
    return "\n\n".join([*parts, f"{bench['hardware']}, {bench['cpu']}, torch {bench['torch']}."])


def _told(suite: str, bench: Result) -> Sequence[Result]:
    rows = bench["suites"][suite]
    if suite != "speed":
        return rows
    usual, budget = rows[0]["precision"], bench["head_budget"]
    return [r for r in rows if r["precision"] == usual or r["heads"] == budget]


def _speed(r: Result) -> list[object]:
    times = f"{r['first_token_ms']:.0f} ms", f"{r['ms_per_token']:.1f}"
    return [r["precision"], r["heads"], *times, f"{r['weights_mib']:.0f} MiB"]


def _memory(r: Result) -> list[object]:
    return [
        f"{r['tokens']:,} tokens",
        r["heads"],
        f"{r['prefill_ms']:.0f} ms",
        f"{r['kv_mib']:.1f} MiB",
        f"{r['peak_mib']:.0f} MiB" if "peak_mib" in r else "–",
    ]


def _attention(r: Result) -> list[object]:
    held = "device_gib" if "device_gib" in r else "peak_mib"
    told = f"{r[held]:.1f} {'GiB' if held == 'device_gib' else 'MiB'}" if held in r else "–"
    step = f"{r['decode_ms']:.1f} ms" if "decode_ms" in r else "–"
    return [
        f"{r['batch']:,} × {r['tokens']:,} tokens",
        f"{r['heads']}{' materialised' if r['attention'] == 'materialised' else ''}",
        f"{r['prefill_ms']:.0f} ms",
        _times(r, "prefill_ms"),
        step,
        told,
        _times(r, held),
    ]


def _decode(r: Result) -> list[object]:
    cell = f"{r['context']:,} tokens", r["requests"], r["precision"], r["decoder"]
    return [*cell, f"{r['ms_per_token']:.2f} ms", f"{r['tokens_per_second']:,.0f}"]


def _voice(r: Result) -> list[object]:
    return [r["voice"], f"{r['first_token_ms']:.0f} ms", f"{r['p95_ms']:.0f} ms"]


def _peers(r: Result) -> list[object]:
    figures = f"{r['first_token_ms']:.0f} ms", f"{r['ms_per_token']:.1f} ms"
    return [r["model"], r["precision"], *figures, f"{r['memory_mib']:,.0f} MiB"]


def _batch(r: Result) -> list[object]:
    per_second = f"{r['tokens_per_second']:,.0f}"
    over = f"{r['ratios']['tokens_per_second']:.1f} ×"
    return [r["inputs"], r["requests"], per_second, over]


def _times(r: Result, name: str) -> str:
    return f"{r['ratios'][name]:.2f}" if name in r["ratios"] else "–"


_READING = ["requests", "open heads", "prefill", "ratio", "a step of all", "memory", "ratio"]
_COSTS: dict[str, tuple[list[str], Callable[[Result], list[object]]]] = {
    "attention": (_READING, _attention),
    "materialised": (_READING, _attention),
    "decode": (["context", "requests", "precision", "decoder", "a step", "tokens a second"],
               _decode),
    "voice": (["a spoken command with a photo, heard", "first token", "95th percentile"], _voice),
    "batch": (["requests", "at once", "tokens a second", "over one by one"], _batch),
    "peers": (["architecture", "precision", "first token", "a token", "memory"], _peers),
    "speed": (["precision", "open heads", "first token", "ms a token", "weights"], _speed),
    "memory": (["prompt", "open heads", "prefill", "keys and values", "peak beyond the weights"],
               _memory),
}  # fmt: skip
"""Suites of the bench that are told, in this order: heads of the columns, and what fills a row."""


def markdown(head: Sequence[object], lines: Sequence[Sequence[object]]) -> str:
    """A Markdown table, the columns after the first to the right."""
    rule = ["---", *["---:"] * (len(head) - 1)]
    return "\n".join(f"| {' | '.join(map(str, line))} |" for line in (head, rule, *lines))


def fill(text: str, name: str, body: str) -> str:
    """`text` with `body` in the block `name`.

    Raises:
        ValueError: there is no such block.
    """
    begin, end = f"<!-- {name}:begin -->", f"<!-- {name}:end -->"
    if begin not in text or end not in text:
        raise ValueError(f"there is no block {begin} ... {end} to fill")
    pattern = f"{re.escape(begin)}.*?{re.escape(end)}"
    return re.sub(pattern, lambda _: f"{begin}\n{body}\n{end}", text, flags=re.DOTALL)
