"""The model card and the README's tables: from files and JSON, every time anew."""

from __future__ import annotations

import json
import shutil

import pytest
import yaml

from v25 import bench, evaluation, scoring
from v25.checkpoint import BUNDLED
from v25.training import card, tables
from v25.training.__main__ import main

README = """\
# Title
<!-- recipe:begin -->
<!-- recipe:end -->
<!-- limits:begin -->
<!-- limits:end -->
<!-- results:begin -->
stale
<!-- results:end -->
<!-- costs:begin -->
<!-- costs:end -->
The end.
"""


@pytest.fixture(scope="module")
def folder(tiny_checkpoint, tmp_path_factory):
    """A checkpoint, what the stages of its training left, and a README."""
    root = tmp_path_factory.mktemp("card")
    shutil.copytree(tiny_checkpoint, root / "model")
    curve = [{"step": 100, "minutes": 1.0}, {"step": 200, "minutes": 2.5, "saved": "model"}]
    lines = "\n".join(map(json.dumps, curve))
    (root / "model" / "curve.jsonl").write_text(lines)
    (root / "speech_curve.jsonl").write_text(lines)
    (root / "vision.jsonl").write_text("{}")
    vision = {"config": {"minutes": 7}, "steps": 900, "validation": {"clothing": 80.5}}
    (root / "vision.json").write_text(json.dumps(vision))
    speech = {"steps": 50, "validation": {"character_error_rate_zh": 0.125}}
    (root / "speech.json").write_text(json.dumps(speech))
    (root / "README.md").write_text(README)
    return root


@pytest.fixture(scope="module")
def measured(folder):
    """What the two measuring commands really write."""
    common = ["--model", str(folder / "model"), "--device", "cpu"]
    results, costs = folder / "results.json", folder / "bench.json"
    briefs = ["--self-briefs", "8", "--max-length", "8", "--seeds", "1", "2"]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(evaluation, "PER_KIND", 2)
        assert evaluation.main([*common, *briefs, "--gates", "--out", str(results)]) == 0
    sizes = ["--rounds", "1", "--tokens", "2", "--lengths", "20", "--batches", "1", "2"]
    suites = ("speed", "memory", "batch", "decode", "voice")
    assert bench.main([*suites, *common, *sizes, "--out", str(costs)]) == 0
    return results, costs


def test_card_and_readme_from_what_was_measured(folder, measured, capsys):
    results, costs = measured
    main(
        [
            "card", "--model", str(folder / "model"), "--work", str(folder),
            "--hardware", "one big GPU", "--results", str(results), "--bench", str(costs),
            "--readme", str(folder / "README.md"),
        ]
    )  # fmt: skip
    written = (folder / "model" / "README.md").read_text(encoding="utf-8")
    front = yaml.safe_load(written.split("---")[1])
    assert front["license"] == "apache-2.0"
    assert front["language"] == ["zh", "en"]
    for told in (
        "| 1 | vision | one big GPU | 7.0 | 900 | clothing 80.5 % |",
        "| 1 | hearing | one big GPU | 2.5 | 50 | character error rate zh 12.5 % |",
        "| 1 | fit | one big GPU | 2.5 | 200 | – |",
        "curve-speech.jsonl",
        "python -m v25.training round",
        "typed briefs (8 × 2 seeds)",
        "| number of copies right |",
        "typed briefs: zh",
        "| between kinds |",
        "tokens a second | over one by one |",
        "| while speaking |",
        "| 20 tokens | 1 | fp32 | eager |",
        "synthetic voices only",
    ):
        assert told in written, told
    assert "$" not in written
    readme = (folder / "README.md").read_text(encoding="utf-8")
    assert readme.endswith("The end.\n")
    assert "stale" not in readme
    assert "typed briefs (8 × 2 seeds)" in readme
    assert "typed briefs: zh" not in readme
    for name in ("curve-vision.jsonl", "curve-speech.jsonl", "training.json"):
        assert (folder / "model" / name).is_file()


def test_a_second_round_tells_of_the_first(folder, tmp_path):
    first = tmp_path / "first"
    shutil.copytree(folder / "model", first)
    card.collect_stages(folder, first, "a small GPU")
    second = tmp_path / "second"
    shutil.copytree(folder / "model", second)
    card.collect_stages(folder, second, "a big GPU", start=first)
    written = card.card(second, [], None)
    assert "| 1 | vision | a small GPU | 7.0 | 900 |" in written
    assert "| 2 | vision | a big GPU | 7.0 | 900 |" in written
    assert "curve-round-1.jsonl" in written


def test_a_card_before_anything_was_measured(tiny_checkpoint):
    written = card.card(tiny_checkpoint, [], None)
    assert "Not measured yet." in written
    assert "were not recorded" in written


def test_parameters_of_the_card_are_those_of_the_network(tiny_checkpoint, tiny_network):
    count = sum(tensor.numel() for tensor in tiny_network.state_dict().values())
    assert f"| all | {count:,} |" in card.card(tiny_checkpoint, [], None)


def test_every_score_has_words():
    assert set(tables.SCORES) == set(scoring.NAMES)


def result(measurement, value, precision="fp32", **groups):
    """A result as the evaluation writes it."""
    mean = {"value": value, "half_width": 0.01, "rows": 10}
    columns = {"all": {"copies": mean}, **{k: {"copies": mean} for k in groups}}
    return {
        "measurement": measurement, "precision": precision, "head_budget": 10, "rows": 10,
        "seeds": [0], "hardware": "a CPU", "torch": "2", "results": columns,
    }  # fmt: skip


def test_columns_say_what_differs_and_later_results_replace_earlier_ones():
    text = tables.results_table(
        [
            result("self-briefs", 0.5),
            result("spoken at 10 dB", 0.25),
            result("self-briefs", 0.75, "int8"),
            result("self-briefs", 1.0),
            {**result("photo briefs", 0.5, "bf16"), "hardware": "a GPU"},
        ]
    )
    head, _, row = text.splitlines()[:3]
    assert head == (
        "| copy | typed briefs (10) | spoken briefs at 10 dB (10) | typed briefs, int8 (10) "
        "| photo briefs, bf16, a GPU (10) |"
    )
    assert row == (
        "| number of copies right | 100.0 % ± 1.0 | 25.0 % ± 1.0 | 75.0 % ± 1.0 | 50.0 % ± 1.0 |"
    )


def test_blocks_are_filled_again_and_again():
    once = tables.fill("a\n<!-- x:begin --><!-- x:end -->\nb", "x", r"\1 $2")
    assert once == "a\n<!-- x:begin -->\n\\1 $2\n<!-- x:end -->\nb"
    assert tables.fill(once, "x", "new") == "a\n<!-- x:begin -->\nnew\n<!-- x:end -->\nb"
    with pytest.raises(ValueError, match="y:begin"):
        tables.fill(once, "y", "")


@pytest.mark.skipif(
    not (BUNDLED["deepseek-v2.5-base"] / "config.json").is_file(), reason="no checkpoint here"
)
def test_the_bundled_checkpoint_is_small_and_has_its_card():
    folder = BUNDLED["deepseek-v2.5-base"]
    assert all(path.stat().st_size < 10_000_000 for path in folder.iterdir())
    assert sum(path.stat().st_size for path in folder.glob("*.safetensors")) <= 60_000_000
    written = (folder / "README.md").read_text(encoding="utf-8")
    assert yaml.safe_load(written.split("---")[1])["license"] == "apache-2.0"
