"""The loop: repeatable, stoppable between tokens, and its pieces add up to whole characters."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence

import numpy as np
import pytest
import torch
from torch import Tensor

from v25.api import V25Model
from v25.model.decoder import Cache
from v25.model.network import V25Network
from v25.processing import END, FIRST_STYLE, PAD, START
from v25.schema import Request

Script = Callable[[Sequence[int]], list[int]]
PREMIUM, PLAYFUL = FIRST_STYLE + 1, FIRST_STYLE + 4
STYLES = range(FIRST_STYLE, FIRST_STYLE + 8)


@pytest.fixture
def steps(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """One entry for each step that the network takes."""
    taken: list[int] = []
    step = V25Network.step

    def counted(self: V25Network, tokens: Tensor, cache: Cache) -> Tensor:
        taken.append(len(tokens))
        return step(self, tokens, cache)

    monkeypatch.setattr(V25Network, "step", counted)
    return taken


@pytest.fixture
def script(monkeypatch: pytest.MonkeyPatch) -> Script:
    """Makes the network write given tokens, and nothing else."""
    step = V25Network.step

    def write(ids: Sequence[int]) -> list[int]:
        waiting = iter([*ids, END])

        def scripted(self: V25Network, tokens: Tensor, cache: Cache) -> Tensor:
            logits = torch.full_like(step(self, tokens, cache), -50.0)
            logits[:, next(waiting)] = 50.0
            return logits

        monkeypatch.setattr(V25Network, "step", scripted)
        return list(ids)

    return write


def test_the_same_seed_writes_the_same_copy(tiny_model: V25Model) -> None:
    first, again, other = (
        tiny_model.generate("写文案 for shoes", max_length=30, seed=seed, temperature=1.0)
        for seed in (5, 5, 6)
    )
    assert (first.text, first.styles) == (again.text, again.styles)
    assert first.text != other.text


@torch.inference_mode()
def test_temperature_0_takes_the_likeliest_token(tiny_model: V25Model) -> None:
    stream = tiny_model.stream("apples", max_length=20, temperature=0)
    "".join(stream)
    row, network = stream._run.rows[0], tiny_model.network
    other = tiny_model.generate("apples", max_length=20, temperature=0, seed=9, top_p=0.1)
    assert other.text == stream.generation.text
    fresh = tiny_model.stream("apples", max_length=20)
    fresh._run.prepare()
    before = START
    for place, token in enumerate(row.ids):
        scores = network.step(torch.tensor([before]), fresh._run.state.cache)[0]
        scores[[PAD, START]] = -torch.inf
        if place == 0:
            assert token == STYLES[int(scores[STYLES.start : STYLES.stop].argmax())]
        else:
            assert token == int(scores.argmax())
        before = token


@pytest.mark.parametrize("temperature", [1e-300, 1e-40, 1e-7, 5.0])
def test_extreme_temperatures_work(tiny_model: V25Model, temperature: float) -> None:
    made = tiny_model.generate("apples", max_length=8, temperature=temperature, seed=1)
    if temperature < 1:
        assert made.text == tiny_model.generate("apples", max_length=8, temperature=0).text


def test_a_tiny_top_p_is_greedy_too(tiny_model: V25Model) -> None:
    greedy = tiny_model.generate("apples", max_length=12, temperature=0)
    assert tiny_model.generate("apples", max_length=12, top_p=1e-9).text == greedy.text


@pytest.mark.parametrize("seed", [0, -1, 2**70])
def test_any_whole_number_is_a_seed(tiny_model: V25Model, seed: int) -> None:
    texts = {tiny_model.generate("apples", max_length=8, seed=seed).text for _ in range(2)}
    assert len(texts) == 1


def test_a_copy_begins_with_a_style_and_ends_at_its_length(tiny_model: V25Model) -> None:
    for seed in range(5):
        stream = tiny_model.stream("dress", max_length=7, seed=seed, temperature=1.5)
        list(stream)
        ids = stream._run.rows[0].ids
        assert ids[0] in STYLES
        assert PAD not in ids
        assert START not in ids
        reason = stream.generation.finish_reason
        assert (reason, len(ids)) == ("length", 7) or (reason == "end" and len(ids) < 7)


@pytest.mark.parametrize("seed", range(4))
def test_pieces_add_up_to_the_copy(tiny_model: V25Model, script: Script, seed: int) -> None:
    generator = np.random.default_rng(seed)
    text = "新鲜苹果，香甜多汁 🎉 Aurora's 49元 crème — 龘靐齉\n好吃！"
    first, second = (tiny_model.processor.encode(t)[0] for t in (text, text[::-1]))
    script([PREMIUM, *first, PLAYFUL, *second])
    stream = tiny_model.stream("a", max_length=400, seed=int(generator.integers(99)))
    pieces = list(stream)
    assert "".join(pieces) == f"{text}\n\n{text[::-1]}"
    assert all(pieces)
    assert stream.generation.variants == (text, text[::-1])
    assert stream.generation.styles == ("premium", "playful")


def test_no_piece_holds_a_broken_character(tiny_model: V25Model, script: Script) -> None:
    """A character of several tokens comes whole, once its last token is there."""
    processor, text = tiny_model.processor, "龘🎉靐é齉"
    ids = script([PREMIUM, *processor.encode(text)[0]])
    assert len(ids) > 2 * len(text)
    pieces = list(tiny_model.stream("a", max_length=400))
    assert pieces == list(text)


@pytest.mark.parametrize("cut", [1, 2, 3])
def test_a_character_that_the_end_cuts_is_left_out(
    tiny_model: V25Model, script: Script, cut: int
) -> None:
    ids = tiny_model.processor.encode("ok🎉")[0]
    script([PREMIUM, *ids[: len(ids) - cut], PLAYFUL, *ids[: len(ids) - cut]])
    stream = tiny_model.stream("a", max_length=400)
    assert "".join(stream) == "ok\n\nok"
    assert stream.generation.variants == ("ok", "ok")


def test_a_stream_closed_early_stops_within_a_token(tiny_model: V25Model, steps: list[int]) -> None:
    stream = tiny_model.stream("write", max_length=500, seed=3)
    seen = [next(stream) for _ in range(5)]
    taken = len(steps)
    stream.close()
    assert list(stream) == []
    assert len(steps) == taken
    made = stream.generation
    assert made.finish_reason is None
    assert "".join(made.variants).replace("\n", "") in "".join(seen).replace("\n", "")
    assert made.text
    assert made.trace.row(made.trace.source.fusion, int(made.trace.open[-1].argmax()), 0).size
    stream.close()


def test_a_stream_that_another_thread_closes_stops_too(
    tiny_model: V25Model, steps: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Closed while the network is amid a step: that step is the last."""
    stream = tiny_model.stream("write", max_length=500, seed=3)
    counted, reached, closed = V25Network.step, threading.Event(), threading.Event()

    def slow(self: V25Network, tokens: Tensor, cache: Cache) -> Tensor:
        logits = counted(self, tokens, cache)
        if len(steps) == 4:
            reached.set()
            closed.wait(20)
        return logits

    monkeypatch.setattr(V25Network, "step", slow)
    reader = threading.Thread(target=lambda: list(stream))
    reader.start()
    assert reached.wait(20)
    stream.close()
    closed.set()
    reader.join(20)
    assert not reader.is_alive()
    assert len(steps) == 4


def test_a_stream_closed_before_it_began_does_no_work(
    tiny_model: V25Model, steps: list[int]
) -> None:
    stream = tiny_model.stream("write", max_length=500)
    stream.close()
    assert list(stream) == steps == []
    assert stream.generation.text == ""
    assert stream.generation.trace is None


def test_a_forgotten_stream_stops(tiny_model: V25Model, steps: list[int]) -> None:
    next(tiny_model.stream("write", max_length=500, seed=1))
    assert len(steps) < 10


def test_what_is_known_of_the_inputs_is_there_with_the_first_piece(
    tiny_model: V25Model, photo: np.ndarray, sound: tuple[int, np.ndarray]
) -> None:
    stream = tiny_model.stream(image=photo, audio=sound, max_length=50, seed=1)
    next(stream)
    made = stream.generation
    stream.close()
    assert made.transcript is not None
    assert [round(sum(x.probability for x in made.perception), 4)] == [1.0]
    probabilities = [label.probability for label in made.perception]
    assert probabilities == sorted(probabilities, reverse=True)
    assert made.trace.gates.shape == (4, 16)
    assert {"read", "image", "speech", "fusion", "gates", "prefill", "decode"} <= set(
        made.latency.stages
    )


def test_the_times_add_up(tiny_model: V25Model) -> None:
    made = tiny_model.generate("write", max_length=12, seed=1)
    latency = made.latency
    assert list(latency.stages) == ["read", "text", "fusion", "gates", "prefill", "decode"]
    assert all(ms >= 0 for ms in latency.stages.values())
    assert latency.total_ms == pytest.approx(sum(latency.stages.values()))
    assert latency.first_token_ms <= latency.total_ms
    assert sum(latency.token_ms) <= latency.stages["decode"] * 1.2 + 1
    assert 0 < len(latency.token_ms) <= 13
    assert latency.precision == "fp32"


def test_image_cells_tell_their_place_in_any_photo(tiny_model: V25Model) -> None:
    grid = tiny_model.network.sizes.image.grid
    for height, width in ((40, 200), (200, 40), (64, 64)):
        image = np.random.default_rng(0).integers(0, 255, (height, width, 3), np.uint8)
        tokens = tiny_model.get_attention_map(image=image).tokens[: grid * grid + 1]
        cells = [t.place for t in tokens[:-1]]
        assert cells == [
            (r / grid, c / grid, (r + 1) / grid, (c + 1) / grid)
            for r in range(grid)
            for c in range(grid)
        ]
        assert tokens[0].text == "r1c1"
        assert tokens[-1].place == (0.0, 0.0, 1.0, 1.0)


def test_sound_tokens_tell_their_time(tiny_model: V25Model, sound: tuple[int, np.ndarray]) -> None:
    tokens = [t for t in tiny_model.get_attention_map(audio=sound).tokens if t.modality == "speech"]
    starts = [t.place[0] for t in tokens]
    np.testing.assert_allclose(starts, 0.04 * np.arange(len(tokens)), atol=1e-9)
    assert tokens[12].text == "0.48s"
    assert 1.4 < tokens[-1].place[1] <= 1.54


def test_words_tell_their_characters(tiny_model: V25Model, script: Script) -> None:
    copy = "Fresh apples 新鲜"
    script([PREMIUM, *tiny_model.processor.encode(copy)[0]])
    made = tiny_model.generate("写文案 apples", max_length=60)
    for token in made.trace.tokens:
        start, stop = token.place
        if token.modality == "text":
            assert token.text == "写文案 apples"[start:stop]
        elif "\ufffd" not in token.text and token.text[0] not in "▸‹":
            assert token.text == copy[start:stop]
    own = [t for t in made.trace.tokens if t.modality == "own"]
    assert [t.text for t in own[:2]] == ["▸", "‹premium›"]


def test_requests_of_a_batch_end_on_their_own(tiny_model: V25Model, steps: list[int]) -> None:
    requests = [Request("a", max_length=n, seed=n) for n in (2, 9, 5)]
    made = tiny_model.generate_batch(requests)
    assert len(steps) <= 9
    for one, request in zip(made, requests, strict=True):
        own = len(one.trace.tokens) - one.trace.prompt_length
        assert own <= request.max_length + 1
        assert one.finish_reason in ("end", "length")
