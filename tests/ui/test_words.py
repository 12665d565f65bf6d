"""Both languages say everything, and nothing that was typed becomes markup."""

from __future__ import annotations

import ast
import json
import string
from collections.abc import Iterator
from pathlib import Path

import pytest

import v25
from v25.lexicon import PRODUCTS
from v25.schema import SURE, Generation, Label, Media, is_sure
from v25.ui import gallery, panels
from v25.ui.words import (
    LANGUAGES,
    PROBLEMS,
    SENTENCES,
    from_header,
    label_name,
    layer_name,
    problem,
    say,
    style_name,
)


def raised() -> Iterator[tuple[str, str, set[str]]]:
    """Place, key and values of every `V25Error(...)` that the package makes."""
    package = Path(v25.__file__).parent
    for path in sorted(package.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "V25Error":
                place = f"{path.relative_to(package)}:{node.lineno}"
                key = ast.literal_eval(node.args[0])
                yield place, key, {keyword.arg for keyword in node.keywords}


def names(sentence: str) -> set[str]:
    return {field for _, field, _, _ in string.Formatter().parse(sentence) if field}


@pytest.mark.parametrize("key", SENTENCES)
def test_both_languages_say_it_with_the_same_values(key):
    english, chinese = SENTENCES[key]
    assert english
    assert chinese
    assert names(english) == names(chinese)


def test_every_error_of_the_package_has_a_sentence_that_its_values_fill():
    errors = list(raised())
    assert len(errors) > 15
    for place, key, values in errors:
        assert key in PROBLEMS, f"{place}: {key} has no sentence"
        assert names(SENTENCES[key][0]) <= values, place
        for language in LANGUAGES:
            told = problem(key, language, dict.fromkeys(values, 7))
            assert told != say("general", language), place
            assert told.endswith((".", "。")), place


def test_problems_name_their_values_and_unknown_ones_become_the_general_sentence():
    assert "31.5 s" in problem("audio_too_long", "en", {"seconds": 31.5, "limit": 30.0})
    assert "30 秒" in problem("audio_too_long", "zh", {"seconds": 31.5, "limit": 30.0})
    assert problem("something_new", "zh", {}) == say("general", "zh")
    assert problem("audio_too_long", "en", {}) == say("general", "en")


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("zh-CN,zh;q=0.9,en;q=0.8", "zh"),
        ("zh-Hans-CN", "zh"),
        ("zh-SG,en;q=0.5", "zh"),
        ("en-GB,en;q=0.9,zh;q=0.8", "en"),
        ("fr-FR,zh;q=0.4", "zh"),
        ("", "en"),
        (None, "en"),
    ],
)
def test_the_browser_decides_the_first_language(header, language):
    assert from_header(header) == language


def test_names_of_layers_styles_and_labels():
    assert layer_name("fusion 2", "zh") == "融合 2"
    assert layer_name("encoder 2", "zh") == "encoder 2"
    assert style_name("premium", "en", 1) == "Premium"
    assert style_name("unheard-of", "zh", 3) == "文案 3"
    assert label_name(Label("T-Shirt", "t-shirt", 0.5), "zh") == "T恤"
    assert label_name(Label("Thing", "thing", 0.5), "zh") == "Thing"


def test_kinds_of_one_product_count_together_when_the_page_says_that_it_is_not_sure():
    kinds = ("Granny-Smith", "Pink-Lady")
    apples = tuple(Label(kind, "apple", SURE / 2) for kind in kinds)
    beside = Label("Mango", "mango", SURE / 4)
    assert is_sure((*apples, beside))
    assert not is_sure((apples[0], beside))
    assert not is_sure(())
    doubt = say("saw_unsure", "zh")
    assert doubt in panels.senses_panel(Generation(perception=(apples[0], beside)), "zh")
    shown = panels.senses_panel(Generation(perception=apples), "zh")
    assert doubt not in shown
    assert "青苹果" in shown
    assert doubt not in panels.senses_panel(Generation(), "zh")


def test_text_of_people_and_model_is_inert():
    nasty = "<img src=x onerror=alert(1)> {{value}} ${value} `tick` \\"
    made = Generation(nasty, (nasty,), (nasty,), nasty, (Label(nasty, nasty, 0.5),), quote=nasty)
    shown = panels.copy_panel(made, "end", "en") + panels.senses_panel(made, "en")
    for part in ("<img", "{{", "${", "`", "\\"):
        assert part not in shown


def test_what_was_read_out_stands_above_the_copy_and_before_it():
    quote = "No. 7 | hat | 9 EUR"
    reading = panels.copy_panel(Generation(quote=quote), "writing", "zh")
    assert f"<span>在目录里找到</span><q>{quote}</q>" in reading
    made = panels.copy_panel(Generation("Hat!", ("Hat!",), ("playful",), quote=quote), "end", "en")
    assert made.index("Found in the catalogue") < made.index(quote) < made.index("Hat!")
    assert "v-found" not in panels.copy_panel(Generation("Hat!", ("Hat!",)), "end", "en")


def test_a_product_of_the_model_s_own_choice_is_said_to_be_so_with_what_it_knows():
    made = Generation("Hats!", ("Hats!",), media=Media(text="an ad for <mugs>"))
    shown = panels.copy_panel(made, "writing", "en")
    assert shown.index("so it chose one") < shown.index(f"{len(PRODUCTS)} products")
    assert shown.index("T-shirt, shoes, shorts") < shown.index("Hats!")
    assert "T恤、鞋子、短裤" in panels.copy_panel(made, "end", "zh")
    named = Generation("Hats!", ("Hats!",), media=Media(text="an ad for hats"))
    assert "v-untold" not in panels.copy_panel(named, "end", "en")


def test_a_catalogue_s_card_says_what_is_asked_of_it(tmp_path):
    rows = [{"text": "1. hats\n2. pears\n\nAn ad for 2", "language": "en"}]
    (tmp_path / "examples.json").write_text(json.dumps(rows), encoding="utf-8")
    shown = gallery.cards(gallery.read_examples(tmp_path), "en")
    assert "<span>An ad for 2</span>" in shown
    assert 'title="1. hats' in shown


def test_missing_or_broken_lists_of_examples_are_tolerated(tmp_path):
    assert gallery.read_examples(tmp_path) == ()
    (tmp_path / "examples.json").write_text("no list")
    assert gallery.read_examples(tmp_path) == ()
    (tmp_path / "examples.json").write_text(
        '[{"text": "gone", "image": "gone.jpg", "audio": null, "language": "en"},'
        ' {"text": "here", "image": null, "audio": null, "language": "en"}]'
    )
    assert [example.text for example in gallery.read_examples(tmp_path)] == ["here"]


def test_the_warm_up_reads_an_example_and_never_stops_the_page(tmp_path):
    asked = []

    class Broken:
        def stream(self, **request):
            asked.append(request)
            raise RuntimeError("no memory")

    gallery.warm_up(Broken(), tmp_path)
    (tmp_path / "a.flac").touch()
    (tmp_path / "examples.json").write_text('[{"audio": "a.flac", "language": "zh"}]')
    gallery.warm_up(Broken(), tmp_path)
    assert [request["audio"] for request in asked] == [None, str(tmp_path / "a.flac")]


def test_cards_of_both_languages_are_there_and_say_what_a_recording_says():
    made = (
        gallery.Example("写文案", None, None, "zh"),
        gallery.Example("", None, "a.flac", "en", said="three <takes>"),
        gallery.Example("", "a.jpg", None, "en"),
    )
    shown = gallery.cards(made, "en")
    assert 'data-shown="en"' in shown
    assert shown.index("three &lt;takes&gt;") < shown.index("写文案")
    assert say("photo_example", "en") in shown
    assert 'data-shown="en"' in gallery.cards(made[1:], "zh")
    assert gallery.cards((), "en") == ""
