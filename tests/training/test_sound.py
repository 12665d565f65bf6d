from __future__ import annotations

import math

import pytest
import torch

from v25.training import sound

SECOND = sound.RATE


def _tones(batch: int, seconds: float = 1.5) -> tuple[torch.Tensor, torch.Tensor]:
    total = int(seconds * SECOND)
    time = torch.arange(total) / SECOND
    pitch = torch.linspace(110, 220, batch)[:, None]
    waves = sum(torch.sin(2 * math.pi * pitch * n * time) / n for n in range(1, 12)) * 0.2
    lengths = torch.linspace(0.5 * total, total, batch).long()
    return waves * (torch.arange(total) < lengths[:, None]), lengths


def _seeded(seed: int) -> torch.Generator:
    return torch.Generator().manual_seed(seed)


def test_shapes_lengths_and_the_end_of_the_row():
    waves, lengths = _tones(16)
    out, after = sound.augment(waves, lengths, _seeded(0))
    assert out.shape == waves.shape
    assert out.dtype == waves.dtype
    assert after.dtype == torch.long
    assert torch.isfinite(out).all()
    assert (after >= (lengths / 1.19).long()).all()
    assert (after <= waves.shape[1]).all()
    beyond = torch.arange(waves.shape[1]) >= after[:, None]
    assert (out[beyond] == 0).all()


def test_a_seed_repeats_and_samples_differ():
    waves, lengths = _tones(4)
    first, _ = sound.augment(waves, lengths, _seeded(5))
    again, _ = sound.augment(waves, lengths, _seeded(5))
    other, _ = sound.augment(waves, lengths, _seeded(6))
    assert torch.equal(first, again)
    assert not torch.equal(first, other)
    same = waves[:1].expand(4, -1)
    varied, _ = sound.augment(same, lengths[:1].expand(4), _seeded(7))
    assert (varied[1:] - varied[:1]).abs().amax(1).min() > 1e-3


def test_without_strength_nothing_changes():
    waves, lengths = _tones(3)
    out, after = sound.augment(waves, lengths, _seeded(0), strength=0.0)
    assert torch.equal(after, lengths)
    assert (out - waves).abs().max() < 2e-3


def test_silence_and_single_samples_stay_finite():
    waves = torch.zeros(6, 9000)
    lengths = torch.tensor([9000, 1, 0, 300, 5000, 8999])
    out, after = sound.augment(waves, lengths, _seeded(2))
    assert torch.isfinite(out).all()
    assert out.abs().max() < 1e-3
    assert (after >= 1).all()
    one, _ = sound.augment(torch.randn(1, 700), torch.tensor([700]), _seeded(2))
    assert torch.isfinite(one).all()


def test_speed_moves_the_pitch_and_keeps_the_end():
    time = torch.arange(2 * SECOND) / SECOND
    waves = (torch.sin(2 * math.pi * 440 * time) * (time < 1)).expand(32, -1)
    lengths = torch.full((32,), SECOND)
    dice = sound._Dice(32, waves.device, _seeded(1))
    moved, after = sound._resample(waves, lengths, dice, 1.0)
    played = (moved.abs() > 1e-4).sum(1) / SECOND
    peaks = torch.fft.rfft(moved).abs().argmax(1) / 2.0
    assert peaks.min() < 400
    assert peaks.max() > 480
    # what is played at twice the pitch lasts half as long
    assert torch.allclose(peaks * played, torch.tensor(440.0), rtol=0.03)
    assert (after.float() / SECOND >= played - 0.01).all()


def test_a_full_row_is_never_cut():
    waves, _ = _tones(24)
    lengths = torch.full((24,), waves.shape[1])
    dice = sound._Dice(24, waves.device, _seeded(3))
    moved, after = sound._resample(waves, lengths, dice, 1.0)
    speed = lengths / after
    assert (speed >= 1 - 1e-3).all()
    assert torch.isfinite(moved).all()


@pytest.mark.parametrize("snr", [5.0, 20.0])
def test_noise_is_as_loud_as_asked(monkeypatch: pytest.MonkeyPatch, snr: float):
    monkeypatch.setattr(sound, "SNR_DB", (snr, snr))
    monkeypatch.setitem(sound.CHANCE, "noise", 1.1)
    waves, _ = _tones(8)
    waves = waves + 0.01 * torch.randn(waves.shape, generator=_seeded(9))
    lengths = torch.full((8,), waves.shape[1])
    dice = sound._Dice(8, waves.device, _seeded(4))
    added = sound._noise(waves, lengths, dice, 1.0) - waves
    measured = 20 * (waves.norm(dim=1) / added.norm(dim=1)).log10()
    assert torch.allclose(measured, torch.tensor(snr), atol=0.2)


def test_formants_move_while_the_pitch_stays():
    waves, _ = _tones(16, 1.0)
    waves = waves[8:9].expand(16, -1)
    dice = sound._Dice(16, waves.device, _seeded(8))
    moved = sound._vocal_tract(waves, dice, 1.0)
    before = torch.fft.rfft(waves).abs()[:, 100:260].argmax(1)
    after = torch.fft.rfft(moved).abs()[:, 100:260].argmax(1)
    assert (before - after).abs().float().median() <= 1
    assert (moved - waves).abs().amax(1).min() > 1e-3


def test_rooms_decay_and_start_with_the_direct_sound():
    dice = sound._Dice(64, torch.device("cpu"), _seeded(11))
    room = sound._room(int(sound.ROOM_S * SECOND), dice, 1.0)
    assert torch.allclose(room[:, 0], torch.ones(64))
    early = room[:, 1 : SECOND // 10].square().sum(1)
    late = room[:, SECOND // 4 :].square().sum(1)
    assert (late <= early + 1e-9).all()
