"""What the page remembers: which result is A, which is B, and what a request costs them."""

from __future__ import annotations

import copy
from dataclasses import replace

import pytest

from v25.schema import Generation, Latency, V25Error
from v25.ui import requests
from v25.ui.session import RUNS, Asked, Session

REQUEST = Asked("a shirt", None, None, 10, "fp32", 0.7, 200, seed=7)


def wrote(text: str, reason: str | None = "end") -> Generation:
    return Generation(text, latency=Latency(token_ms=(1.0, 2.0)), finish_reason=reason)


def session_with(text: str | None = None) -> Session:
    session = Session(key="k")
    if text is not None:
        answer(session, text)
    return session


def answer(session: Session, text: str, wanted: Asked = REQUEST, **how) -> None:
    session.begin(wanted, **how)
    session.receive(wrote(text))
    requests.conclude(session)


def test_a_request_run_again_makes_the_result_before_it_a():
    session = session_with("first")
    answer(session, "second", replace(REQUEST, heads=6), promote=True)
    assert (session.pinned.text, session.generation.text) == ("first", "second")
    assert (session.pinned_asked.heads, session.asked.heads) == (10, 6)


def test_a_row_of_changes_is_measured_against_one_baseline():
    session = session_with("first")
    answer(session, "second", replace(REQUEST, gates={(0, 1): 0.0}), promote=True)
    answer(session, "third", replace(REQUEST, gates={(0, 2): 0.0}), promote=True)
    assert (session.pinned.text, session.generation.text) == ("first", "third")
    other = replace(REQUEST, text="a hat")
    answer(session, "fourth", other)
    answer(session, "fifth", replace(other, heads=6), promote=True)
    assert (session.pinned.text, session.generation.text) == ("fourth", "fifth")


def test_a_request_that_gives_nothing_costs_neither_a_nor_b():
    session = session_with("first")
    session.begin(replace(REQUEST, heads=6), promote=True)
    assert session.shown is None
    session.stopping = True
    requests.conclude(session)
    assert session.generation.text == "first"
    assert session.pinned is None
    assert session.asked == REQUEST
    assert session.status == "end"
    assert session.problem == ("stopped_empty", {})


def test_beside_a_kept_result_its_seed_is_used_again():
    session = session_with("first")
    assert len({session.new_seed() for _ in range(20)}) > 1
    session.pin()
    assert {session.new_seed() for _ in range(20)} == {7}
    session.unpin()
    assert session.pinned is None
    assert len({session.new_seed() for _ in range(20)}) > 1


def test_only_finished_runs_count_and_no_more_than_fifty_are_remembered():
    session = session_with()
    for number in range(RUNS + 5):
        answer(session, str(number))
    assert len(session.runs) == RUNS == 50
    session.begin(REQUEST)
    session.receive(wrote("half", None))
    session.stopping = True
    before = list(session.runs)
    requests.conclude(session)
    assert session.status == "stopped"
    assert list(session.runs) == before


def test_what_was_refused_while_a_request_ran_does_not_make_it_fail():
    session = session_with()
    session.begin(REQUEST)
    session.receive(wrote("done"))
    session.problem = ("still_busy", {})
    requests.conclude(session)
    assert session.status == "end"
    assert session.problem is None


def test_an_answer_without_a_word_is_said_to_be_one():
    session = session_with()
    answer(session, "")
    assert session.problem == ("nothing_written", {})


def test_a_closed_page_keeps_nothing_and_takes_nothing_more():
    session = session_with("first")
    session.pin()
    session.begin(REQUEST)
    session.forget()
    session.receive(wrote("late"))
    assert session.generation is session.pinned is session.asked is None
    assert session.key == ""
    assert not session.busy


def test_copies_of_the_first_session_share_nothing():
    first = Session()
    one, two = copy.deepcopy(first), copy.deepcopy(first)
    one.key = "one"
    answer(one, "mine")
    assert two.generation is None
    assert len(two.runs) == 0
    assert two.key == ""


def test_gates_from_the_browser_are_read_or_refused():
    assert requests.forced([[0, 3, 0], [5, 1, 0.5]]) == {(0, 3): 0.0, (5, 1): 0.5}
    for nonsense in ([[1, 2]], [["a", 0, 1]], [[0, 0, "nan"]], 7, [[0, 0, None]]):
        with pytest.raises(V25Error) as caught:
            requests.forced(nonsense)
        assert caught.value.key == "gates_unreadable"


def test_a_request_is_sent_with_its_seed_dials_and_gates():
    sent = {}

    class Model:
        def with_precision(self, name):
            sent["precision"] = name
            return self

        def stream(self, **request):
            sent.update(request)
            raise V25Error("heads_out_of_range", "No.", value=99, most=16)

    session = session_with("first")
    session.begin(replace(REQUEST, gates={(1, 2): 0.0}, precision="int8"))
    assert list(requests.answer(Model(), session)) == ["reading"]
    requests.conclude(session)
    assert (sent["seed"], sent["gates"], sent["precision"]) == (7, {(1, 2): 0.0}, "int8")
    assert (sent["attention_heads"], sent["max_length"]) == (10, 200)
    assert session.problem == ("heads_out_of_range", {"value": 99, "most": 16})
    assert session.generation.text == "first"
