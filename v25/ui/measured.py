"""What was measured beforehand and lies with the project: figures that a page cannot take live."""

from __future__ import annotations

import json
import logging
from pathlib import Path

from v25.bench_rows import Result, read_result
from v25.ui.latency import LookingCost

FOLDER = Path(__file__).resolve().parents[2] / "assets" / "results"
_log = logging.getLogger(__name__)


def looking_cost(device: str, folder: Path = FOLDER) -> LookingCost | None:
    """The cost of capture for an ordinary request, as `python -m v25.bench trace` wrote it down.

    Args:
        device: name of the page's own processor; figures of that one are preferred, then those of
            one of its kind (its name's first word: "CPU", "NVIDIA").
        folder: of results as JSON.

    Returns:
        None where nothing was measured.
    """
    found = [cost for path in sorted(folder.glob("*.json")) if (cost := _read(path)) is not None]
    own = [cost for cost in found if cost.hardware.startswith(device)]
    alike = [cost for cost in found if cost.hardware.split()[:1] == device.split()[:1]]
    return next(iter(own or alike or found), None)


def recorded(folder: Path = FOLDER) -> tuple[tuple[Result, ...], tuple[str, ...]]:
    """What the bench wrote down, and the names of files that cannot be read.

    Args:
        folder: of results as JSON; files of other kinds are passed over.
    """
    results, broken = [], []
    for path in sorted(folder.glob("*.json")):
        try:
            results.append(read_result(path.name, json.loads(path.read_text(encoding="utf-8"))))
        except (OSError, ValueError):
            _log.warning("%s cannot be read", path.name)
            broken.append(path.name)
    return tuple(made for made in results if made is not None), tuple(broken)


def _read(path: Path) -> LookingCost | None:
    """From one file; None when it holds no such figure."""
    try:
        result = json.loads(path.read_text(encoding="utf-8"))
        row = next(row for row in result["suites"]["trace"] if row["capture"])
        names = dict.fromkeys((result["hardware"], result["cpu"]))
        return LookingCost(float(row["ratios"]["total_ms"]), ", ".join(map(str, names)))
    except (KeyError, TypeError, StopIteration):
        return None
    except (OSError, ValueError):
        _log.warning("%s cannot be read", path.name)
        return None
