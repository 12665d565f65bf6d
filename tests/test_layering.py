"""Imports point one way, and importing costs nothing.

config, schema, lexicon, labels -> media -> processing, model, listening -> variants, generation,
tracing, quantization -> api -> training, evaluation, bench, figures -> ui -> app
"""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "v25"
DATA = {"config", "schema", "lexicon", "labels"}
MODEL = DATA | {"model"}
RUN = MODEL | {
    "media",
    "processing",
    "transcript",
    "listening",
    "live",
    "resampling",
    "variants",
    "rules",
    "quoting",
    "naming",
    "notes",
    "passes",
    "rows",
    "reading",
    "prefill",
    "choosing",
    "captured",
    "decoding",
    "replays",
    "batching",
    "generation",
    "streaming",
    "slabs",
    "sources",
    "tracing",
    "checkpoint",
    "archive",
    "recording",
    "effects",
    "quantization",
}
TOOLS = {
    "training",
    "evaluation",
    "scoring",
    "measures",
    "trials",
    "answers",
    "reports",
    "catalogues",
    "curves",
    "comparison",
    "shelf",
    "variety",
    "bench",
    "bench_attention",
    "bench_batch",
    "bench_decode",
    "bench_peers",
    "bench_voice",
    "bench_trace",
    "paired",
}
ALLOWED: dict[str, set[str]] = {
    "config": set(),
    "schema": set(),
    "lexicon": set(),
    "labels": set(),
    "resampling": set(),
    "media": DATA | {"resampling"},
    "processing": DATA | {"media", "transcript"},
    "transcript": {"schema"},
    "listening": set(),
    "rules": set(),
    "quoting": DATA | {"processing", "rules"},
    "notes": {"lexicon", "quoting"},
    "pricing": DATA | {"processing", "rules"},
    "naming": DATA,
    "variants": DATA | {"pricing", "processing", "quoting", "rules"},
    "model": {"config", "model", "schema"},
    "slabs": set(),
    "sources": {"slabs"},
    "tracing": {"schema", "slabs", "sources"},
    "checkpoint": MODEL | {"processing"},
    "archive": {"schema"},
    "recording": {"archive", "schema", "slabs", "tracing", "v25"},
    "effects": MODEL | {"processing", "sources"},
    "rows": DATA | {"media", "notes", "variants"},
    "passes": MODEL | {"decoding"},
    "live": MODEL | {"media", "processing", "resampling"},
    "reading": MODEL
    | {"listening", "live", "media", "naming", "notes", "processing", "replays", "rows"},
    "prefill": MODEL | {"processing"},
    "choosing": DATA | {"processing", "rows"},
    "captured": set(),
    "replays": MODEL | {"captured", "choosing", "decoding", "prefill"},
    "decoding": MODEL | {"captured", "choosing", "processing", "rules"},
    "generation": MODEL
    | {"choosing", "decoding", "listening", "notes", "passes", "prefill", "processing", "reading"}
    | {"replays", "rows", "sources", "tracing", "variants"},
    "streaming": {"generation", "processing", "rows", "schema", "variants"},
    "batching": {"generation", "schema", "streaming"},
    "quantization": MODEL,
    "api": RUN,
    "training": RUN | {"training"},
    "figures": DATA,
    "views": {"schema"},
    "bench_rows": set(),
    "bench_panels": {"bench_rows", "figures"},
    "bench_figures": {"bench_panels", "bench_rows", "figures"},
    "bench_live": {"api", "bench", "paired", "v25"},
    "ui": {
        "schema",
        "lexicon",
        "labels",
        "naming",
        "figures",
        "views",
        "bench_rows",
        "bench_panels",
        "bench_figures",
        "ui",
        "v25",
    },
    "app": {"v25", "ui", "bench_live"},
    "v25": {"api", "recording", "schema"},
    **{name: RUN | TOOLS | {"api", "figures", "v25"} for name in TOOLS - {"training"}},
}
"""What the modules of a part may import of the package; "v25" is its front door."""
TOP_OF_UI = {"gradio", "plotly"}
PLOTS = {"plotly"}
DRAWS = {"ui": TOP_OF_UI, "figures": PLOTS, "bench_panels": PLOTS, "bench_figures": PLOTS}
FILES = [*sorted(PACKAGE.rglob("*.py")), ROOT / "app.py"]


def part_of(path: Path) -> str:
    if path.name == "app.py":
        return "app"
    inside = path.relative_to(PACKAGE).with_suffix("").parts
    return "v25" if inside == ("__init__",) else inside[0]


def imported(path: Path, at_import: bool = False) -> set[str]:
    """Dotted names that `path` imports; those for type checkers alone left out."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    names: set[str] = set()
    waiting: list[ast.AST] = [tree]
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
            waiting.extend(node.orelse)
            continue
        if at_import and isinstance(node, ast.FunctionDef | ast.Lambda):
            continue
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: imports are absolute here"
            names.add(node.module)
            if node.module in ("v25", "v25.ui", "v25.training"):
                names.update(f"{node.module}.{alias.name}" for alias in node.names)
        waiting.extend(ast.iter_child_nodes(node))
    return names


def own_parts(names: set[str]) -> set[str]:
    """Parts of the package among dotted `names`."""
    parts = set()
    for name in names:
        head, _, rest = name.partition(".")
        if head != "v25" or not rest:
            continue
        first = rest.split(".")[0]
        is_module = (PACKAGE / first).is_dir() or (PACKAGE / f"{first}.py").is_file()
        parts.add(first if is_module else "v25")
    return parts


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(ROOT)))
def test_imports_point_one_way(path: Path) -> None:
    part = part_of(path)
    assert part in ALLOWED, f"say in ALLOWED what v25/{part} may import"
    assert own_parts(imported(path)) <= ALLOWED[part]


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(ROOT)))
def test_only_the_page_and_the_figures_know_gradio_and_plotly(path: Path) -> None:
    part = part_of(path)
    libraries = {name.split(".")[0] for name in imported(path)} & TOP_OF_UI
    assert libraries <= DRAWS.get(part, set())


@pytest.mark.parametrize(
    "part",
    [
        "config",
        "schema",
        "lexicon",
        "labels",
        "views",
        "figures",
        "bench_rows",
        "bench_panels",
        "bench_figures",
        "ui",
    ],
)
def test_data_figures_and_page_need_no_torch(part: str) -> None:
    files = [path for path in FILES if part_of(path) == part]
    assert files
    for path in files:
        heads = {name.split(".")[0] for name in imported(path)}
        assert not heads & {"torch", "torchaudio", "transformers", "tokenizers"}, path


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(ROOT)))
def test_importing_a_module_does_no_heavy_work(path: Path) -> None:
    """At its top level a module opens no file, starts no process and makes no model."""
    heavy = {
        "open",
        "from_pretrained",
        "V25Model",
        "run",
        "Popen",
        "load",
        "read_text",
        "read_bytes",
    }
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for statement in tree.body:
        if isinstance(statement, ast.FunctionDef | ast.ClassDef | ast.If):
            continue
        for node in ast.walk(statement):
            if isinstance(node, ast.Call):
                name = ast.unparse(node.func).rpartition(".")[2]
                small = (
                    path.is_relative_to(PACKAGE / "ui") and name == "read_text"
                )  # its own assets
                assert small or name not in heavy, f"line {node.lineno}: {name}"
