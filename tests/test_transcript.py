"""Claims about transcripts: what CTC means, and what a list of commands adds."""

import itertools
import math
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from v25 import transcript
from v25.schema import V25Error
from v25.transcript import CommandModel, Search, beam_search, collapse

LETTERS = "abc "
COMMANDS = ["ab ab", "ab ca", "ab ab", "cab"]


@pytest.fixture(scope="module")
def model() -> CommandModel:
    return CommandModel(COMMANDS, order=4)


def frames(*rows: dict[str, float]) -> np.ndarray:
    """Log probabilities of frames: letters and "_" for the blank; the rest shares a thousandth."""
    table = np.full((len(rows), len(LETTERS) + 1), 0.001)
    for line, row in zip(table, rows, strict=True):
        for letter, share in row.items():
            line[0 if letter == "_" else LETTERS.index(letter) + 1] = share
    return np.log(table / table.sum(1, keepdims=True))


def test_repeats_collapse_and_blanks_go() -> None:
    assert collapse([0, 3, 3, 0, 3, 1, 1, 4, 0, 4, 2], "abc ") == "cca b"
    assert collapse([4, 4, 1, 4], "abc ") == "a"
    assert collapse([], "abc") == ""


def test_chances_of_the_next_letter_sum_to_one(model: CommandModel) -> None:
    for before in ("", "a", "ab", "ab c", "ca"):
        known = [*"abc ", transcript.EDGE]
        total = sum(math.exp(model.log_probability(before, letter)) for letter in known)
        assert 0.8 < total <= 1.0  # the rest is for letters that no command holds


def test_what_follows_often_is_likelier(model: CommandModel) -> None:
    assert model.log_probability("a", "b") > model.log_probability("a", "c")
    assert model.log_probability("", "a") > model.log_probability("", "b")
    assert model.log_probability("ab ab", transcript.EDGE) > model.log_probability("ab a", "\n")
    assert math.isfinite(model.log_probability("zz", "z"))


def test_the_search_sums_over_all_paths(model: CommandModel) -> None:
    rng = np.random.default_rng(4)
    heard = np.log(rng.dirichlet(np.ones(len(LETTERS) + 1), 5))
    wide = Search(4096, 99, floor=-99.0, margin=99.0, weight=0.0, bonus=0.0, trust=9.0)
    chance: dict[str, float] = {}
    for path in itertools.product(range(len(LETTERS) + 1), repeat=5):
        # the search never begins a text with a space nor writes two of them
        text, before = "", 0
        for index in path:
            letter = LETTERS[index - 1] if index else ""
            if index not in (0, before):
                if letter == " " and text[-1:] in ("", " "):
                    break
                text += letter
            before = index
        else:
            share = sum(heard[t, index] for t, index in enumerate(path))
            chance[text] = chance.get(text, 0.0) + math.exp(share)
    assert beam_search(heard, LETTERS, model, wide) == max(chance, key=chance.__getitem__).strip()


def test_the_same_letter_twice_needs_a_blank_between(model: CommandModel) -> None:
    plain = Search(weight=0.0, bonus=0.0, trust=9.0)
    once = frames({"b": 0.9}, {"b": 0.9}, {"_": 0.9})
    twice = frames({"b": 0.9}, {"_": 0.9}, {"b": 0.9})
    assert beam_search(once, LETTERS, model, plain) == "b"
    assert beam_search(twice, LETTERS, model, plain) == "bb"


def test_a_spelling_that_commands_hold_wins_when_the_ear_is_unsure(model: CommandModel) -> None:
    unsure = frames({"a": 0.9}, {"b": 0.44, "c": 0.5}, {" ": 0.9}, {"a": 0.9}, {"b": 0.9})
    assert collapse(unsure.argmax(-1).tolist(), LETTERS) == "ac ab"
    assert beam_search(unsure, LETTERS, model) == "ab ab"


@pytest.mark.parametrize(
    ("doubt", "doubted", "found"),
    [
        (2.0, {"ab"}, "ac"),
        (0.1, {"ab"}, "ab"),
        (2.0, {"ac"}, "ab"),
        (2.0, {"ab", "ac"}, "ab"),
        (99.0, {"ab", "ac", "a", "aa", "b", "c"}, "ab"),
    ],
)
def test_of_what_is_nearly_as_likely_a_text_without_doubt_is_taken(
    model: CommandModel, doubt: float, doubted: set[str], found: str
) -> None:
    unsure = frames({"a": 0.99}, {"b": 0.6, "c": 0.39})
    search = Search(weight=0.0, bonus=0.0, trust=9.0, margin=6.0, doubt=doubt)
    assert beam_search(unsure, LETTERS, model, search, doubted.__contains__) == found


def test_a_word_that_no_command_holds_is_still_heard(model: CommandModel) -> None:
    clear = frames({"c": 0.99}, {"_": 0.99}, {"c": 0.99}, {"b": 0.99}, {" ": 0.99}, {"c": 0.99})
    assert beam_search(clear, LETTERS, model) == "ccb c"


def test_a_command_that_nobody_gave_is_not_made_of_noise(model: CommandModel) -> None:
    faint = frames(*({"_": 0.9, "a": 0.04, "b": 0.04, " ": 0.02},) * 12)
    bold = Search(weight=0.5, bonus=4.0, trust=1.0)
    assert beam_search(faint, LETTERS, model, bold) != ""
    assert beam_search(faint, LETTERS, model, replace(bold, trust=0.6)) == ""


def test_nothing_heard_is_nothing_written(model: CommandModel) -> None:
    assert beam_search(frames({"_": 1.0}, {"_": 1.0}), LETTERS, model) == ""
    assert beam_search(np.zeros((0, 5)), LETTERS, model) == ""


def test_a_list_reads_back_and_a_damaged_one_says_so(tmp_path: Path) -> None:
    path = tmp_path / transcript.COMMANDS
    transcript.write_commands(path, ["three copies", "三条文案"])
    assert transcript.read_commands(path) == ["three copies", "三条文案"]
    path.write_bytes(path.read_bytes()[:-9])
    with pytest.raises(V25Error, match="damaged"):
        transcript.read_commands(path)


@pytest.mark.parametrize("bad", [{"beam": 0}, {"letters": 0}])
def test_a_search_that_keeps_nothing_is_refused(bad: dict[str, int]) -> None:
    with pytest.raises(ValueError, match="at least 1"):
        Search(**bad)
