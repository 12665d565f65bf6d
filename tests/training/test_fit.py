from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
import torch
from tokenizers import Tokenizer
from torch.utils.data import default_collate

from v25 import V25Model
from v25.config import TINY
from v25.model.network import V25Network
from v25.training import __main__, curriculum, drawings, fit, senses, starting, tokenizer
from v25.training.fit import Settings, Trainer
from v25.training.sampling import IGNORED, KINDS, Shape, Size
from v25.training.schedule import Clock, weights_of

ROWS = dict.fromkeys(KINDS, 4)
SHAPE = Shape(sizes=(Size(72, 224, 400, ROWS),))
SETTINGS = Settings(minutes=0.02, workers=0, compile=False, warmup=5, every=1)


pytestmark = pytest.mark.usefixtures("one_thread")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where a tokenizer lies that has read the corpus."""
    made = tmp_path_factory.mktemp("model")
    tokenizer.build(made, TINY.text.vocabulary, 150, 1)
    return made


def trainer(folder: Path, start: Path | None = None) -> Trainer:
    config = starting.prepare_config(TINY, ())
    return Trainer(config, folder, folder, SETTINGS, SHAPE, "cpu", start)


def test_one_batch_is_learnt_by_heart(folder: Path):
    learner = trainer(folder)
    batch = next(learner.loaders["text"])
    batch = default_collate([{k: v[i] for k, v in batch.items()} for i in range(2)])
    learner.loaders["text"] = iter(lambda: dict(batch), None)
    clock = Clock(1000)
    losses = [learner.update(clock)["text"].item() for _ in range(180)]
    assert losses[0] > 5
    assert losses[-1] < 0.35


def test_fit_writes_a_checkpoint_that_runs_and_a_run_goes_on(folder: Path):
    fit.fit(folder, folder, [], [], "tiny", SETTINGS, SHAPE, "cpu")
    curve = [json.loads(line) for line in (folder / "curve.jsonl").read_text().splitlines()]
    assert curve[-1]["saved"]
    steps = curve[-1]["step"]
    assert steps > 0
    answer = V25Model(folder, device="cpu").generate(text="三条文案", max_length=4, seed=1)
    assert answer.finish_reason
    fit.fit(folder, folder, [], [], "tiny", replace(SETTINGS, minutes=0.05), SHAPE, "cpu")
    again = [json.loads(line) for line in (folder / "curve.jsonl").read_text().splitlines()]
    assert again[-1]["step"] > steps


def test_a_start_takes_up_every_weight(folder: Path):
    fit.fit(folder, folder, [], [], "tiny", SETTINGS, SHAPE, "cpu")
    learner = trainer(folder, start=folder)
    saved = V25Model(folder, device="cpu").network.state_dict()
    for name, weight in learner.network.state_dict().items():
        assert torch.equal(weight, saved[name].to(weight.dtype)), name


def test_what_is_kept_of_the_start_lies_between(folder: Path, tmp_path: Path):
    fit.fit(folder, folder, [], [], "tiny", SETTINGS, SHAPE, "cpu")
    learner = trainer(folder, start=folder)
    learner.settings, learner.out = replace(SETTINGS, keep=0.25), tmp_path
    with torch.no_grad():
        learner.network.embedding.weight += 1
        learner.network.image.head.weight += 1
    learner.save()
    before, after = weights_of(folder), weights_of(tmp_path)
    moved = after["embedding.weight"] - before["embedding.weight"]
    assert moved.mean() == pytest.approx(0.75, abs=0.01)
    moved = after["image.head.weight"] - before["image.head.weight"]
    assert moved.mean() == pytest.approx(1, abs=0.01)


def test_with_the_same_eyes_photos_join_though_no_photo_stage_ran(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    fit.fit(folder, folder, [], [], "tiny", SETTINGS, SHAPE, "cpu")
    learner = trainer(folder, start=folder)
    learner.work = tmp_path  # empty
    shown = drawings.drawn_photos(1, 0, 64)
    monkeypatch.setattr(senses, "shown_in", lambda paths: shown)
    learner.sharpen_senses([tmp_path], [])
    assert learner.photos is None
    features = tmp_path / "features"
    learner.settings = replace(SETTINGS, same_eyes=True, photo_views=1, features=features)
    learner.sharpen_senses([tmp_path], [])
    assert len(learner.photos.logits) == len(shown)
    monkeypatch.setattr(senses, "shown_in", None)  # the twin takes them from the folder
    twin = trainer(folder, start=folder)
    twin.settings = learner.settings
    twin.sharpen_senses([tmp_path], [])
    assert torch.equal(twin.photos.features, learner.photos.features)
    kept = weights_of(folder)["image.head.weight"]
    assert torch.equal(learner.network.image.head.weight.detach(), kept)
    with pytest.raises(SystemExit):
        __main__.main(["fit", "--work", "w", "--out", "m", "--same-eyes"])


def test_without_sounds_the_start_s_alphabet_stays(tiny_checkpoint: Path):
    config = starting.prepare_config(TINY, (), tiny_checkpoint)
    assert config.speech.characters == "abcdefghijklmnopqrstuvwxyz' "


def test_a_start_of_another_size_is_refused(folder: Path, tiny_checkpoint: Path):
    with pytest.raises(ValueError, match="no checkpoint of this preset"):
        trainer(folder, start=tiny_checkpoint)


def test_the_gates_losses_reach_the_gates(folder: Path):
    learner = trainer(folder)
    batch = learner.batch("text")
    _, gates, *_ = learner._forward(batch)
    spread, level, told = learner._gate_losses(gates, [batch])
    assert level.item() == pytest.approx((gates.detach().mean(-1) - 10 / 16).square().mean().item())
    (spread + level + told).backward()
    for layer in (*learner.network.fusion.layers, *learner.network.decision.layers):
        assert layer.attention.gate.weight.grad.abs().max() > 0


def test_the_tokenizer_knows_both_languages(folder: Path):
    known = Tokenizer.from_file(str(folder / "tokenizer.json"))
    for text in ("限时半价，买一送一🔥", "Breathable café shoes, 20% off."):
        assert known.decode(known.encode(text).ids) == text


def test_a_static_twin_begins_as_its_start_runs_with_all_heads_open(folder: Path):
    """Gates folded into the outputs: exact where a head's gate is the same for every prompt."""
    fit.fit(folder, folder, [], [], "tiny", SETTINGS, SHAPE, "cpu")
    config = starting.prepare_config(TINY, ())
    gated = V25Network.from_sizes(config).eval()
    starting.take_up(gated, folder)
    with torch.no_grad():  # gates that look at nothing
        for layer in (*gated.fusion.layers, *gated.decision.layers):
            layer.attention.gate.weight.zero_()
            layer.attention.gate.bias.copy_(torch.linspace(-2, 2, config.heads))
    gated.save_pretrained(folder / "even")
    twin = V25Network.from_sizes(starting.static(config)).eval()
    batch = next(iter(trainer(folder).loaders["text"]))
    starting.take_up(twin, folder / "even")
    starting.become_static(twin, folder / "even", [batch])
    learner = trainer(folder)
    parts = learner._parts(batch)
    all_open = torch.full_like(batch["budget"], config.heads)
    with torch.no_grad():
        outputs = [
            n(parts, batch["own"], batch["target"] != IGNORED, all_open).logits
            for n in (gated, twin)
        ]
    torch.testing.assert_close(*outputs, atol=2e-4, rtol=1e-3)


def test_a_static_twin_goes_on_from_a_static_one_as_it_is(folder: Path, tmp_path: Path):
    config = starting.static(starting.prepare_config(TINY, ()))
    first = V25Network.from_sizes(config)
    first.save_pretrained(tmp_path)
    batch = next(iter(trainer(folder).loaders["text"]))
    twin = V25Network.from_sizes(config)
    starting.take_up(twin, tmp_path)
    starting.become_static(twin, tmp_path, [batch])
    for name, weight in first.state_dict().items():
        assert torch.equal(twin.state_dict()[name], weight), name


def test_catalogues_are_learnt_beside_the_rest(folder: Path, tmp_path: Path):
    for name in ("tokenizer.json", "tokenizer_config.json"):
        (tmp_path / name).write_bytes((folder / name).read_bytes())
    settings = replace(SETTINGS, long=((256, 2), (512, 1)), found=(256, 2))
    fit.fit(tmp_path, tmp_path, [], [], "tiny", settings, SHAPE, "cpu")
    first = json.loads((tmp_path / "curve.jsonl").read_text().splitlines()[0])
    assert first["long"] > 0
    assert 0 <= first["facts_long"] <= 1
    assert first["found"] > 0
    assert 0 <= first["facts_found"] <= 1
    assert "right_512" in first


def test_a_longer_stage_comes_when_the_one_before_is_learnt_or_its_time_is_over():
    course = curriculum.Curriculum(curriculum.STAGES)
    for _ in range(curriculum.LEAST):
        assert course.pick(0.0) == 0
        course.note(0, 1.0)
    assert course.pick(0.0) == 1
    late = curriculum.Curriculum(curriculum.STAGES)
    assert late.pick(0.0) == 0
    for stage, share in enumerate(curriculum.LATEST):
        late.pick(share)
        assert late.top == stage
    drawn = [late.pick(1.0) for _ in range(90)]
    assert set(drawn) == {0, 1, 2, 3}
    assert drawn.count(3) > drawn.count(0)


def test_known_lengths_come_in_turn_every_few_steps(folder: Path, monkeypatch):
    course = curriculum.Curriculum(curriculum.STAGES, known=True)
    assert [course.pick(0.0) for _ in range(8)] == [0, 1, 2, 3] * 2
    settings = replace(SETTINGS, long=((256, 2), (512, 1)), known=True, long_every=2)
    config = starting.prepare_config(TINY, ())
    learner = Trainer(config, folder, folder, settings, SHAPE, "cpu")
    clock = Clock(60)
    measured = [learner.update(clock) for _ in range(4)]
    assert ["long" in values for values in measured] == [True, False, True, False]
    assert learner.curriculum.drawn == [1, 1]
