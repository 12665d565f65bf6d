"""The README: its code runs, its files exist, its front matter and its blocks are up to date."""

from __future__ import annotations

import json
import re
from pathlib import Path
from types import SimpleNamespace

import pytest
import soundfile
import yaml

from v25 import checkpoint
from v25.comparison import compare, comparison_json
from v25.training import card, tables

ROOT = Path(__file__).parents[1]
RESULTS = ROOT / "assets" / "results"
README = (ROOT / "README.md").read_text(encoding="utf-8")
EVALUATION = ("base", "spoken", "variety", "long")
"""Files of what was measured, in the order of the tables."""
NOTE = """\
from v25 import V25Model

model = V25Model(model_name="deepseek-v2.5-base", attention_heads=16, quantization="int8")
response = model.generate(text="生成产品描述", image="product.jpg", max_length=200, temperature=0.7)
attention_map = model.get_attention_map(input_text="长文本示例")
plt.imshow(attention_map[0][0], cmap="hot")          # layer 0, head 0
"""


def blocks(language: str) -> list[str]:
    """Fenced code of a language; "" for those without."""
    fenced = re.findall(r"^```(\w*)\n(.*?)^```$", README, re.DOTALL | re.MULTILINE)
    return [code for name, code in fenced if name == language]


@pytest.fixture
def bundled(tiny_checkpoint, monkeypatch) -> Path:
    """The bundled checkpoint, or the tiny one in its place."""
    name = "deepseek-v2.5-base"
    if not (checkpoint.BUNDLED[name] / "config.json").is_file():
        monkeypatch.setitem(checkpoint.BUNDLED, name, tiny_checkpoint)
    return checkpoint.BUNDLED[name]


def test_the_five_lines_of_the_product_note_stand_first():
    assert blocks("python")[0] == NOTE


def test_its_python_runs(bundled, photo_file, sound, tmp_path, monkeypatch, capsys):
    (tmp_path / "product.jpg").write_bytes(photo_file.read_bytes())
    soundfile.write(tmp_path / "command.wav", sound[1], sound[0])
    monkeypatch.chdir(tmp_path)
    drawn = []
    names = {"plt": SimpleNamespace(imshow=lambda values, cmap: drawn.append(values.shape))}
    for block in blocks("python"):
        exec(block, names)
    side = len(names["attention_map"].tokens)
    assert drawn == [(side, side)]
    assert len(names["answers"]) == 2
    assert "decode" in capsys.readouterr().out


def test_every_file_that_it_names_is_there():
    tree = next(block for block in blocks("") if block.startswith("app.py"))
    named = [line.split()[0] for line in tree.splitlines()]
    named += re.findall(r"\]\(([\w/.-]+)\)", README)
    assert {"v25/api.py", "LICENSE", "tests/"} < set(named)
    missing = {name for name in named if not (ROOT / name).exists()}
    assert missing <= {"assets/screenshot.png"}  # it shows a trained checkpoint


def test_the_file_tree_leaves_no_module_out():
    modules = {path.stem for path in (ROOT / "v25").iterdir() if not path.name.startswith("__")}
    assert {name for name in modules if not re.search(rf"\b{name}\b", README)} == set()


def test_the_front_matter_fits_the_requirements():
    front = yaml.safe_load(README.split("---")[1])
    assert front["sdk"] == "gradio"
    assert f"gradio=={front['sdk_version']}\n" in (ROOT / "requirements.txt").read_text()
    assert (ROOT / front["app_file"]).is_file()
    assert len(front["short_description"]) <= 60
    assert front["license"] == "apache-2.0"


def test_recipe_and_limits_are_those_of_the_model_card():
    """`python -m v25.training card` writes them."""
    assert tables.fill(README, "recipe", f"```sh\n{card.recipe()}\n```") == README
    assert tables.fill(README, "limits", card.LIMITS) == README


def test_its_tables_are_what_the_recorded_results_say():
    files = [(RESULTS / f"{n}.json").read_text(encoding="utf-8") for n in EVALUATION]
    results = [result for text in files for result in json.loads(text)["results"]]
    assert tables.fill(README, "results", tables.results_table(results)) == README
    names = ("bench", "attention", "attention-h200", "short-attention-h200", "bench-h200",
             "batch-h200", "peers-h200")  # fmt: skip
    costs = [json.loads((RESULTS / f"{n}.json").read_text(encoding="utf-8")) for n in names]
    assert tables.fill(README, "costs", "\n\n".join(map(tables.costs_table, costs))) == README


def test_every_score_keeps_98_7_percent_of_the_static_twin_s_as_it_says():
    rows = compare([RESULTS / f"{n}.json" for n in EVALUATION], RESULTS / "twin.json")
    recorded = json.loads((RESULTS / "dynamic-static.json").read_text(encoding="utf-8"))
    assert comparison_json(rows) == recorded
    assert f"In every one of {len(rows)} scores" in README
    assert min(row.percent for row in rows) >= 98.7
