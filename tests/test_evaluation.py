from __future__ import annotations

import json
import zipfile

import numpy as np
import pytest
import soundfile

from v25 import trials
from v25.evaluation import describe, main, measure_gates, to_json
from v25.labels import LABEL_PRODUCTS
from v25.media import read_image
from v25.naming import named_products
from v25.scoring import Expect
from v25.shelf import PhotoShelf, TrialError, open_photo
from v25.training.tables import results_table
from v25.trials import Trial

SPEAKS = pytest.mark.skipif(not trials.can_speak(), reason="no speech engines here")


@pytest.fixture(scope="module")
def archive(photo_file, tmp_path_factory):
    path = tmp_path_factory.mktemp("photos") / "photos.zip"
    with zipfile.ZipFile(path, "w") as out:
        for name in ("shoes/1.jpg", "shoes/2.jpg", "Kiwi/1.jpg", "apple/1.jpg", "junk/1.jpg"):
            out.write(photo_file, name)
        out.writestr("shoes/notes.txt", "no photo")
    return path


@pytest.fixture
def run(tiny_checkpoint, tmp_path, capsys):
    """Runs the command line on the tiny checkpoint: exit code, results, what was printed."""

    def call(*arguments):
        out = tmp_path / "results.json"
        fixed = ("--model", tiny_checkpoint, "--device", "cpu", "--max-length", 12, "--out", out)
        code = main([str(a) for a in (*fixed, *arguments)])
        text = out.read_text() if out.is_file() else ""
        return code, json.loads(text)["results"] if text else [], capsys.readouterr()

    return call


def test_photos_and_typed_briefs(run, archive, tmp_path):
    keep = tmp_path / "kept"
    code, results, printed = run(
        "--photos", archive, "--self-briefs", 6, "--seeds", 3, 4, "--keep", keep
    )
    assert code == 0, printed.err
    photos, briefs = results
    assert photos["rows"] == 4
    assert photos["results"]["all"]["all labels competing"]["rows"] == 3
    assert briefs["rows"] == 6
    assert briefs["seeds"] == [3, 4]
    assert {"photo", "named"} < set(briefs["results"])
    for result in results:
        assert {"checkpoint", "hardware", "torch", "precision", "seconds"} < set(result)
    assert "number of copies" in printed.out
    kept = trials.read_trials(keep / "self-briefs.jsonl")
    assert [t.image is not None for t in kept] == [False, True] * 3
    assert kept == trials.read_trials(keep / "self-briefs.jsonl")
    assert len((keep / "self-briefs.answers.jsonl").read_text().splitlines()) == 12


def test_three_seeds_of_a_row_are_one_observation(run, archive):
    code, results, printed = run("--photos", archive, "--self-briefs", 6, "--seeds", 0, 1, 2)
    assert code == 0, printed.err
    photos, briefs = results
    assert photos["results"]["all"]["sure of the product"]["rows"] == 4
    means = briefs["results"]["all"]
    assert means["ended"]["rows"] == means["everything"]["rows"] == 6
    assert means["no_other"]["rows"] == 3
    assert "no_other" not in briefs["results"]["named"]


def test_variety(run, tmp_path):
    keep = tmp_path / "kept"
    arguments = ("--variety", 3, "--corpus", 40, "--seeds", 5, "--temperature", 1.0)
    code, (result,), printed = run(*arguments, "--keep", keep)
    assert code == 0, printed.err
    assert (result["measurement"], result["rows"]) == ("variety", 3)
    assert (result["seeds"], result["notes"]["copies of each brief"]) == ([5], 10)
    assert set(result["results"]) == {"all", "zh", "en"}
    means = result["results"]["all"]
    assert set(means) == {
        "distinct sentences of ten copies",
        "distinct openings of ten copies",
        "sentences that the training text does not hold",
    }
    assert means["distinct openings of ten copies"]["rows"] == 3
    assert result["notes"]["training rows in the sample"] == 40
    fresh = result["notes"]["fresh copies of the training grammar"]
    assert 0 < fresh["sentences that the training text does not hold"] <= 1
    assert len(trials.read_trials(keep / "variety.jsonl")) == 3
    assert len((keep / "variety.answers.jsonl").read_text().splitlines()) == 30
    assert "distinct openings" in printed.out
    assert "distinct openings of ten copies | " in results_table([result])
    assert "variety (3 briefs, 10 copies each) | all | zh | en |" in results_table([result])


def test_cold_copies_of_a_brief_are_all_the_same(run):
    code, (result,), printed = run("--variety", 2, "--corpus", 5, "--temperature", 0)
    assert code == 0, printed.err
    for title in ("zh", "en"):
        assert result["results"][title]["distinct openings of ten copies"]["value"] <= 0.1


def test_a_result_says_who_listened(run, tiny_model, monkeypatch, tmp_path):
    about = describe(tiny_model, "tiny")
    assert about["listener"] == "embedded"
    assert about["cpu"]
    monkeypatch.setenv("V25_SPEECH_MODEL", "someone/listener")  # loaded with the first sound only
    (tmp_path / "one.jsonl").write_text('{"text": "hello"}')
    _, (result,), _ = run("--briefs", tmp_path / "one.jsonl")
    assert result["listener"] == "someone/listener"
    other = {**result, "listener": "embedded"}
    assert "one, heard by someone/listener (1)" in results_table([other, result])


def test_the_same_seed_draws_the_same(archive):
    shelf = PhotoShelf([archive])
    assert trials.draw_trials(8, 5, shelf) == trials.draw_trials(8, 5, shelf)
    assert trials.draw_trials(8, 5, shelf) != trials.draw_trials(8, 6, shelf)


def test_briefs_of_a_file(run, archive, tmp_path, sound):
    soundfile.write(tmp_path / "said.wav", sound[1], sound[0])
    lines = [
        {"text": "写一段", "expect": {"copies": 1, "points": ["透气"], "language": "zh"}},
        {"image": f"{archive}::shoes/1.jpg", "audio": "said.wav", "expect": {"transcript": "hey"}},
        {"text": "hello"},
    ]
    file = tmp_path / "some.jsonl"
    file.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    code, (result,), printed = run("--briefs", file, "--temperature", 0, "--heads", 8)
    assert code == 0, printed.err
    assert result["measurement"] == "some"
    assert result["head_budget"] == 8
    means = result["results"]["all"]
    assert means["copies"]["rows"] == means["cer"]["rows"] == 1
    assert means["ended"]["rows"] == 3


def test_gates(tiny_model, archive, tmp_path):
    shelf = PhotoShelf([archive])
    rows = trials.gate_trials(2, 0, tmp_path, shelf, spoken=False)
    assert len({kind for kind, _ in rows}) == 2 * 2 * 3 + 1
    result = to_json(measure_gates(tiny_model, rows), {})
    means = result["results"]["all layers"]
    assert set(means) == {
        "within one kind", "between kinds", "modality alone", "language alone", "task alone"
    }  # fmt: skip
    assert means["between kinds"]["value"] > means["within one kind"]["value"] >= 0
    assert len(result["results"]) == 1 + len(tiny_model.get_attention_map("a").layers)


@SPEAKS
def test_spoken_briefs(run, archive, tmp_path):
    code, (result, noisy), printed = run(
        "--spoken", 2, "--noise", 10, "--keep", tmp_path / "kept", "--max-length", 4
    )
    assert code == 0, printed.err
    assert [result["measurement"], noisy["measurement"]] == ["spoken", "spoken at 10 dB"]
    assert {"said zh", "said en"} < set(result["results"])
    assert result["results"]["said en"]["cer"]["rows"] == 1
    assert all(t.expect.transcript for t in trials.read_trials(tmp_path / "kept" / "spoken.jsonl"))


def test_every_photo_has_a_brief_that_leaves_the_product_to_it(archive):
    shelf = PhotoShelf([archive])
    rows = trials.photo_trials(shelf, 3)
    assert [row.image for row in rows] == [source for _, source in shelf.items]
    for row, (label, _) in zip(rows, shelf.items, strict=True):
        assert row.expect.product == LABEL_PRODUCTS.get(label, label)
        assert row.expect.product not in named_products(row.text)


@SPEAKS
def test_a_spoken_command_without_a_product_comes_with_its_photo(archive, tmp_path):
    shelf = PhotoShelf([archive])
    rows = trials.record_trials(4, 1, tmp_path, shelf)
    assert len(rows) == 4
    for row in rows:
        if row.image is not None:
            assert row.image in shelf.products[row.expect.product]


def test_noise_has_the_ratio_asked_for():
    wave = np.sin(np.arange(16_000) / 9).astype(np.float32) * 0.2
    noisy = trials.add_noise(wave, 10, np.random.default_rng(0))
    ratio = 10 * np.log10(np.var(wave) / np.var(noisy - wave))
    assert ratio == pytest.approx(10, abs=0.2)
    assert np.abs(trials.add_noise(wave * 5, 0, np.random.default_rng(0))).max() <= 1


def test_trials_survive_their_file(archive, tmp_path):
    made = [
        Trial("写", f"{archive}::Kiwi/1.jpg", None, Expect(copies=2, language="zh"), ("zh",)),
        Trial("a", None, None, Expect(points=("soft",), styles=("story",))),
    ]
    trials.write_trials(tmp_path / "deep" / "rows.jsonl", made)
    first, second = trials.read_trials(tmp_path / "deep" / "rows.jsonl")
    assert second == made[1]
    assert (first.text, first.expect, first.groups) == (made[0].text, made[0].expect, ("zh",))
    assert read_image(open_photo(first.image)).size == (200, 300)


def test_folders_are_shelves_too(photo_file, tmp_path):
    (tmp_path / "hat").mkdir()
    (tmp_path / "hat" / "1.jpg").write_bytes(photo_file.read_bytes())
    assert [label for label, _ in PhotoShelf([tmp_path]).items] == ["hat"]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("{", "line 1: this is no JSON"),
        ('{"text": "a"}\n[]', "line 2: this is no object"),
        ('{"expect": {}}', "neither text nor image nor audio"),
        ('{"text": "a", "image": "none.jpg"}', "there is no file"),
        ('{"text": "a", "expect": {"copies": 0}}', "expect.copies"),
        ("", "holds no line"),
    ],
)
def test_bad_lines_are_one_sentence(run, tmp_path, content, said):
    (tmp_path / "bad.jsonl").write_text(content)
    code, _, printed = run("--briefs", tmp_path / "bad.jsonl")
    assert code == 2
    assert said in printed.err
    assert printed.err.count("\n") == 1


def test_missing_files_are_one_sentence(run, tmp_path):
    for arguments in (
        ("--briefs", tmp_path / "none.jsonl"),
        ("--photos", tmp_path / "none.zip"),
        ("--photos", tmp_path),  # no photo in it
        ("--gates", "--heads", 99),
        ("--gates", "--model", tmp_path / "none"),
    ):
        code, _, printed = run(*arguments)
        assert code == 2
        assert printed.err.count("\n") == 1
    with pytest.raises(TrialError, match="no readable photo"):
        open_photo(f"{tmp_path / 'none.zip'}::a.jpg")
