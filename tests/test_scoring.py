from __future__ import annotations

import random
from dataclasses import replace

import numpy as np
import pytest

from v25 import lexicon
from v25.measures import (
    Kind,
    Mean,
    calibration_error,
    half_width,
    head_distances,
    jaccard,
    photo_scores,
    table,
)
from v25.schema import Generation, Label
from v25.scoring import (
    Expect,
    edit_distance,
    holds,
    names_point,
    repeats,
    score,
    spoken_form,
    summarise,
    told_share,
)
from v25.training import corpus
from v25.trials import expected, style_judge


def answer(*variants: str, styles=(), transcript=None, finish="end") -> Generation:
    text = "\n\n".join(variants)
    return Generation(text, variants, styles, transcript, finish_reason=finish)


def values(expect: Expect, given: Generation) -> dict[str, float]:
    return {name: value for name, (value, _) in score(expect, given).items()}


@pytest.mark.parametrize(
    ("text", "value", "stands"),
    [
        ("只要199元带走", "199元", True),
        ("只要1199元带走", "199元", False),
        ("now $49.99!", "$49.9", False),
        ("now $49.9.", "$49.9", True),
        ("今日8.5折", "5折", False),
        ("今日5折", "5折", True),
        ("Zork's best", "Zork", True),
        ("Zorks", "Zork", False),
        ("zork", "Zork", False),
        ("来自Zork的", "Zork", True),
        ("costs 1,299 today", "299", False),
    ],
)
def test_brand_and_price_stand_exactly(text, value, stands):
    assert holds(text, value) is stands


def test_points_go_by_id_by_either_language_or_literally():
    copy = "这双鞋透气，带反光条。"
    assert all(
        names_point(copy, point) for point in ("breathable", "透气", "Breathability", "反光条")
    )
    assert not names_point(copy, "waterproof")
    assert not names_point(copy, "防水")


def test_a_right_answer_is_right_in_everything():
    brief_expect = Expect.from_json(
        {
            "copies": 2,
            "points": ["透气", "durable"],
            "brand": "Zork",
            "price": "$49.99",
            "language": "en",
            "styles": ["Instagram", "故事"],
            "product": "shoes",
            "transcript": "Write two, please!",
        }
    )
    assert brief_expect.styles == ("social", "story")
    right = answer(
        "Breathable Zork sneakers for $49.99. Durable, too. #鞋子 #好物推荐",
        "He laced up his shoes and ran.",
        styles=("social", "story"),
        transcript="write two please",
    )
    found = values(brief_expect, right)
    assert found.pop("cer") == 0
    assert set(found.values()) == {1.0}


@pytest.mark.parametrize(
    ("expect", "given", "name"),
    [
        (Expect(copies=2), answer("one"), "copies"),
        (Expect(points=("warm", "soft")), answer("so warm"), "points_all"),
        (Expect(language="zh"), answer("很好的鞋子", "a good shoe"), "language"),
        (Expect(language="zh"), answer(), "language"),
        (
            Expect(styles=("story", "minimal")),
            answer("a", "b", styles=("minimal", "story")),
            "styles",
        ),
        (Expect(product="shoes", language="en"), answer("Try this 鞋子 today"), "product"),
        (Expect(), answer("坏\ufffd了"), "unbroken"),
        (Expect(), answer("真的很好穿。真的很好穿。"), "unrepeated"),
        (Expect(), answer("cut off in the", finish="length"), "ended"),
    ],
)
def test_each_fault_is_found_alone(expect, given, name):
    found = values(expect, given)
    faults = {k for k, v in found.items() if v == 0}
    assert faults == {name, "everything"}


def test_points_are_shares_too():
    found = values(Expect(points=("warm", "soft")), answer("so warm"))
    assert found["points"] == 0.5


def test_language_leaves_out_brand_and_price():
    copy = answer("只要buy one get one free，选Grand Old Trail House")
    expect = Expect(language="zh", brand="Grand Old Trail House", price="buy one get one free")
    assert values(expect, copy)["language"] == 1
    assert values(Expect(language="zh"), copy)["language"] == 0


def test_the_photos_fine_label_counts_as_its_product():
    expect = Expect(product="Granny-Smith", language="en")
    assert values(expect, answer("crisp apples"))["product"] == 1


def seen(*labels: tuple[str, str, float]) -> tuple[Label, ...]:
    return tuple(Label(*label) for label in labels)


APPLE = seen(("Kiwi", "kiwi", 0.3), ("Pink-Lady", "apple", 0.25), ("Royal-Gala", "apple", 0.25))
UNSURE = seen(("Kiwi", "kiwi", 0.25), ("Lime", "lime", 0.2))


def shown(expect: Expect, copy: str, perception=APPLE, command="", transcript=None):
    """The two scores of a photo; None where one does not apply."""
    given = replace(answer(copy, transcript=transcript), perception=perception)
    found = {name: value for name, (value, _) in score(expect, given, command).items()}
    return found.get("as_seen"), found.get("no_other"), found["everything"]


def test_a_photo_is_recognised_by_its_likeliest_product_whatever_the_copy_says():
    given = replace(answer("Nice."), perception=APPLE)
    found = {p: values(Expect(product=p), given).get("seen") for p in ("apple", "kiwi")}
    assert found == {"apple": 1, "kiwi": 0}
    named = score(Expect(product="kiwi"), given, "Sell my kiwi")
    assert "seen" not in named


def test_a_decoder_that_follows_a_wrong_label_did_as_it_saw():
    kiwi = Expect(product="kiwi", language="en")
    assert shown(kiwi, "Crisp apples for you.") == (1, 0, 0)
    assert shown(kiwi, "Green kiwis for you.") == (0, 1, 1)
    assert shown(kiwi, "A find for you.", UNSURE) == (None, 1, 0)
    assert shown(Expect(), "Crisp apples for you.") == (1, None, 1)


def test_a_command_that_names_the_product_tells_nothing_of_the_photo():
    kiwi = Expect(product="kiwi", language="en")
    assert shown(kiwi, "Kiwis and milk.", command="Sell my kiwi, please") == (None, 0, 1)
    assert shown(kiwi, "Kiwis.", command="sell this to runners")[0] == 0
    assert shown(kiwi, "Kiwis.", transcript="write about kiwis")[0] is None
    assert shown(Expect(), "Kiwis.", command="写苹果的文案")[0] is None


def test_brands_and_colours_are_no_other_product():
    expect = Expect(product="blouse", brand="Lemon Tree", language="en")
    assert shown(expect, "An orange Lemon Tree blouse.")[1] == 1
    assert shown(expect, "An orange Lemon Tree blouse, oranges apart.")[1] == 0


def test_without_a_photo_nothing_is_said_of_it():
    assert shown(Expect(product="kiwi"), "Apples.", ())[:2] == (None, None)


def test_the_corpus_names_no_other_product():
    rng = random.Random(6)
    for _ in range(60):
        brief = corpus.draw_brief(rng, named=False)
        copies = "\n".join(copy for _, copy in corpus.copies(brief, rng))
        assert shown(expected(brief), copies)[1] == 1, copies


def test_short_exclamations_may_repeat():
    assert not repeats("好吃！好吃！")
    assert repeats("We love it here. Great! We love it here.")


def test_character_errors_go_by_what_can_be_heard():
    assert spoken_form("Two copies, PLEASE!") == "two copies please"
    assert spoken_form("写 三条，透气。") == "写三条透气"
    assert edit_distance("kitten", "sitting") == 3
    one = [score(Expect(transcript="abcd"), answer(transcript="abcx"))]
    other = [score(Expect(transcript="abcdefgh"), answer(transcript="abcdefgh"))]
    assert summarise([one, other])["cer"].value == pytest.approx(1 / 12)


def test_only_rows_that_expect_a_field_count():
    rows = [
        [score(Expect(copies=1), answer("a"))],
        [score(Expect(copies=2), answer("a"))],
        [score(Expect(), answer("a"))],
    ]
    means = summarise(rows)
    assert (means["copies"].value, means["copies"].rows) == (0.5, 2)
    assert means["ended"].rows == 3
    assert "brand" not in means


def test_seeds_of_a_row_are_one_observation():
    good, bad = score(Expect(copies=1), answer("a")), score(Expect(copies=1), answer("a", "b"))
    mean = summarise([[good, bad], [good, good]])["copies"]
    assert (mean.value, mean.rows) == (0.75, 2)


def test_bad_expectations_are_told():
    for wrong in ({"copies": "two"}, {"points": [1]}, {"language": "fr"}, {"styles": ["baroque"]}):
        with pytest.raises(ValueError, match="expect"):
            Expect.from_json(wrong)
    assert Expect.from_json({"points": [], "brand": None, "mood": "sunny"}) == Expect()


def test_the_corpus_own_copy_is_right():
    rng = random.Random(3)
    rows = []
    for _ in range(60):
        brief = corpus.draw_brief(rng, reserved=True)
        styles, copies = zip(*corpus.copies(brief, rng), strict=True)
        rows.append([score(expected(brief), answer(*copies, styles=styles))])
    assert summarise(rows)["everything"].value > 0.97


def test_styles_are_told_from_the_text():
    rng = random.Random(4)
    right = []
    for style in tuple(lexicon.STYLES) * 20:  # half are Chinese; fewer would leave it to chance
        brief = corpus.draw_brief(rng)
        if brief.language == "zh":
            copy = corpus.GRAMMARS["zh"].copy(brief, style, rng)
            right.append(told_share(style_judge("zh"), (style,), (copy,)))
    assert np.mean(right) > 0.8
    assert told_share(style_judge("zh"), ("story", "minimal"), ()) == 0


def test_half_widths_are_wilsons():
    assert half_width(0.5, 100) == pytest.approx(0.0962, abs=1e-3)
    assert 0 < half_width(1.0, 50) < 0.04


LABELS = (("shoes", "shoes"), ("hat", "hat"), ("Granny-Smith", "apple"), ("Pink-Lady", "apple"))


def test_photo_scores_know_groups_and_products():
    shares = np.array(
        [[0.3, 0.1, 0.6, 0.0], [0.1, 0.8, 0.1, 0.0], [0.0, 0.1, 0.3, 0.6], [0.4, 0.0, 0.3, 0.3]]
    )
    truth = ["shoes", "hat", "Granny-Smith", "apple"]  # the last is known by its product alone
    means = photo_scores(shares, LABELS, truth)
    assert means["clothing, 17 labels"].value == 1
    assert means["groceries, fine labels"].value == 0
    assert means["groceries, 43 products"] == Mean(1.0, half_width(1.0, 2), 2)
    assert means["all labels competing"].value == pytest.approx(1 / 3)
    assert means["all labels, top 5"].rows == 3
    assert means["all labels, right product"].value == pytest.approx(3 / 4)


def test_an_unsure_photo_does_not_count_among_the_sure():
    shares = np.array(
        [[0.3, 0.3, 0.16, 0.16, 0.08], [0.29, 0.25, 0.23, 0.0, 0.23], [0.9, 0.1, 0.0, 0.0, 0.0]]
    )
    labels = (*LABELS, ("Kiwi", "kiwi"))
    means = photo_scores(shares, labels, ["apple", "shoes", "hat"])
    assert means["sure of the product"] == Mean(2 / 3, half_width(2 / 3, 3), 3)  # 2 x 0.16 is sure
    assert means["right when sure"] == Mean(0.5, half_width(0.5, 2), 2)
    assert "right when sure" not in photo_scores(shares[1:2], labels, ["shoes"])


def test_a_label_that_the_checkpoint_lacks_is_wrong():
    means = photo_scores(np.full((1, 4), 0.25), LABELS, ["Kiwi"])
    assert means["all labels competing"].value == 0
    assert means["groceries, 43 products"].value == 0


def test_calibration_error():
    sure = np.full(1000, 0.8)
    assert calibration_error(sure, np.arange(1000) < 800).value == pytest.approx(0, abs=1e-6)
    assert calibration_error(sure, np.arange(1000) < 300).value == pytest.approx(0.5)
    assert calibration_error(np.ones(4), np.ones(4, bool)).value == 0


def test_distances_of_open_heads():
    opened = np.zeros((4, 1, 4), bool)
    opened[:2, 0, :2] = opened[2, 0, 1:3] = opened[3, 0, 2:] = True
    distance = jaccard(opened)
    assert distance[0, 0].tolist() == pytest.approx([0, 0, 2 / 3, 1])
    kinds = [Kind("text", "zh", "1")] * 2 + [Kind("text", "en", "1"), Kind("photo", None, None)]
    means = head_distances(opened, kinds)
    assert means["within one kind"].value == 0
    assert means["language alone"].value == pytest.approx(2 / 3)
    assert "task alone" not in means
    assert "modality alone" not in means  # a photo alone differs in more than its modality
    assert means["between kinds"].value == pytest.approx((2 * 2 / 3 + 2 * 1 + 2 / 3) / 5)


def test_tables_are_aligned():
    text = table(
        {"all": {"a": Mean(0.5, 0.1, 9), "bcd": Mean(1, 0, 10)}, "zh": {"a": Mean(0, 0, 1)}}
    )
    lines = text.splitlines()
    assert len({len(line) for line in lines}) == 1
    assert lines[1].split() == ["a", "50.0", "±", "10.0", "%", "(9)", "0.0", "±", "0.0", "%", "(1)"]
    assert lines[2].endswith("-")
