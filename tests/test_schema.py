"""The records that cross borders are plain and frozen."""

from __future__ import annotations

from dataclasses import FrozenInstanceError

import pytest

from v25.schema import Generation, Latency, Request, V25Error


def test_a_generation_reads_as_its_copy() -> None:
    assert str(Generation(text="新鲜苹果")) == "新鲜苹果"


def test_rates_leave_the_first_token_out() -> None:
    latency = Latency(token_ms=(100.0, 10.0, 30.0))
    assert latency.ms_per_token == 20.0
    assert latency.tokens_per_second == 50.0


@pytest.mark.parametrize("tokens", [(), (5.0,)])
def test_a_rate_needs_two_tokens(tokens: tuple[float, ...]) -> None:
    assert Latency(token_ms=tokens).ms_per_token is None
    assert Latency(token_ms=tokens).tokens_per_second is None


def test_an_error_is_a_value_error_with_a_key_and_what_it_mentions() -> None:
    error = V25Error("text_too_long", "Too long.", limit=3)
    assert isinstance(error, ValueError)
    assert (str(error), error.key, error.values) == ("Too long.", "text_too_long", {"limit": 3})


def test_requests_do_not_change() -> None:
    with pytest.raises(FrozenInstanceError):
        Request("a").text = "b"  # type: ignore[misc]
