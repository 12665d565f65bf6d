from __future__ import annotations

import json
import math

import pytest

from v25.comparison import compare, comparison_json, worst
from v25.evaluation import main
from v25.shelf import TrialError


def mean(value, half_width=0.03):
    return {"value": value, "half_width": half_width, "rows": 100}


@pytest.fixture
def files(tmp_path):
    """Two evaluations: some scores better, some worse, some that only one has."""
    dynamic = [
        ("self-briefs", {"brand": mean(0.98), "price": mean(0.95), "cer": mean(0.04)}),
        ("variety", {"distinct": mean(0.9)}),
        ("gates", {"within one kind": mean(0.1)}),
        ("spoken", {"brand": mean(0.0), "price": mean(0.0)}),
    ]
    static = [
        ("self-briefs", {"brand": mean(0.97), "price": mean(1.0, 0.04), "cer": mean(0.05)}),
        ("self-briefs", {"brand": mean(0.96), "price": mean(1.0, 0.04), "cer": mean(0.05)}),
        ("gates", {"within one kind": mean(0.2)}),
        ("spoken", {"brand": mean(0.0), "price": mean(0.0), "copies": mean(1.0)}),
        ("photos", {"top 5": mean(0.9)}),
    ]
    paths = []
    for name, results in (("a", dynamic), ("b", static)):
        content = {"results": [{"measurement": m, "results": {"all": r}} for m, r in results]}
        content["budgets"] = [{"heads": 8, "results": {"self-briefs": {"brand": mean(0.5)}}}]
        paths.append(tmp_path / f"{name}.json")
        paths[-1].write_text(json.dumps(content))
    return paths


def test_every_score_of_both_is_a_share_of_the_second(files):
    rows = {(r.measurement, r.score): r for r in compare(files[:1], files[1])}
    assert set(rows) == {
        ("self-briefs", "brand"), ("self-briefs", "price"), ("self-briefs", "cer"),
        ("spoken", "brand"), ("spoken", "price"), ("self-briefs, 8 heads", "brand"),
    }  # fmt: skip
    brand = rows["self-briefs", "brand"]
    assert (brand.first, brand.second) == (0.98, 0.96)  # the later of two counts
    assert brand.percent == pytest.approx(98 / 0.96)
    assert rows["self-briefs", "price"].percent == pytest.approx(95)
    assert rows["self-briefs", "price"].half_width == pytest.approx(0.05)
    assert rows["spoken", "brand"].percent == 100


def test_of_an_evaluation_in_several_files_the_later_measurement_counts(files, tmp_path):
    later = tmp_path / "later.json"
    result = {"measurement": "photos", "results": {"all": {"top 5": mean(0.8)}}}
    spoken = {"measurement": "spoken", "results": {"all": {"copies": mean(0.5)}}}
    later.write_text(json.dumps({"results": [result, spoken]}))
    rows = {(r.measurement, r.score): r for r in compare([files[0], later], files[1])}
    assert rows["self-briefs", "brand"].first == 0.98
    assert rows["photos", "top 5"].first == 0.8
    assert ("spoken", "brand") not in rows
    out = tmp_path / "compared.json"
    command = ["--compare", *map(str, (files[0], later, files[1])), "--out", str(out)]
    assert main(command) == 0
    assert json.loads(out.read_text())["compared"] == [
        comparison_json([row])["compared"][0] for row in rows.values()
    ]


def test_one_file_has_nothing_to_be_compared_with(files, capsys):
    with pytest.raises(SystemExit):
        main(["--compare", str(files[0])])
    assert "two files or more" in capsys.readouterr().err


def test_catalogues_are_compared_by_length_and_all_together(tmp_path):
    paths = []
    for name, shares in (("a", (0.9, 1.0)), ("b", (1.0, 0.95))):
        results = [
            {
                "measurement": f"catalogue of {size} tokens",
                "results": {"all": {"brand": {"value": v, "half_width": 0.03, "rows": rows}}},
            }
            for size, v, rows in zip((128, 256), shares, (100, 300), strict=True)
        ]
        paths.append(tmp_path / f"{name}.json")
        paths[-1].write_text(json.dumps({"results": results}))
    rows = {row.measurement: row for row in compare(paths[:1], paths[1])}
    assert set(rows) == {
        "catalogue of 128 tokens", "catalogue of 256 tokens", "catalogues of all lengths"
    }  # fmt: skip
    together = rows["catalogues of all lengths"]
    assert (together.first, together.second) == pytest.approx((0.975, 0.9625))
    of_each = 0.03 * math.hypot(0.25, 0.75)
    assert together.half_width == pytest.approx(of_each * math.sqrt(2))


def test_of_errors_fewer_are_better(files):
    cer = next(r for r in compare(files[:1], files[1]) if r.score == "cer")
    assert cer.percent == pytest.approx(125)


def test_the_worst_is_named(files, capsys, tmp_path):
    least = worst(compare(files[:1], files[1]))
    assert (least.measurement, least.score) == ("self-briefs", "price")
    out = tmp_path / "compared.json"
    assert main(["--compare", *map(str, files), "--out", str(out)]) == 0
    printed = capsys.readouterr().out
    assert printed.splitlines()[-1] == "worst: self-briefs, price exact: 95.0 %"
    written = json.loads(out.read_text())
    assert written["worst"]["score"] == "price"
    assert len(written["compared"]) == 6


def test_what_divides_by_nothing_is_not_told(files, tmp_path):
    content = json.loads(files[1].read_text())
    content["results"][3]["results"]["all"]["brand"] = mean(0.5)
    half = tmp_path / "half.json"
    half.write_text(json.dumps(content))
    row = next(r for r in compare([half], files[0]) if r.measurement == "spoken")
    assert math.isnan(row.percent)
    assert worst([row]) is None
    assert comparison_json([row]) == {
        "compared": [{**comparison_json([row])["compared"][0], "percent": None}],
        "worst": None,
    }


@pytest.mark.parametrize("content", ["", "[]", '{"suites": {}}', '{"results": []}'])
def test_a_file_that_is_no_evaluation_is_one_sentence(files, tmp_path, capsys, content):
    (tmp_path / "c.json").write_text(content)
    assert main(["--compare", str(files[0]), str(tmp_path / "c.json")]) == 2
    assert capsys.readouterr().err.count("\n") == 1
    with pytest.raises(TrialError):
        compare(files[:1], tmp_path / "none.json")
