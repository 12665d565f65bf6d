"""Random speakers, rooms and microphones for recordings: a batch at a time, on any device.

What tells voices apart is varied independently: resampling moves pitch and tempo, `_vocal_tract`
moves the formants without the pitch, `_channel` stands for the room and the microphone. Nothing
loops over samples, and every draw comes from the caller's generator.
"""

from __future__ import annotations

import math

import torch
import torch.nn.functional as F
from torch import Generator, Tensor

RATE = 16_000
SPEED = (0.85, 1.18)
FORMANTS = 0.17
"""Largest shift of the formants, in log frequency: a child's to a tall man's vocal tract."""
FFT, HOP = 512, 128
ENVELOPE_BINS = 13
"""400 Hz: wide enough to smooth over the harmonics of a high voice."""
GAIN_LIMIT = 2.3
"""Largest change of a bin by the formants' shift, in nepers (20 dB)."""
EQ_POINTS, EQ_DB = 9, 5.0
RT60_S = (0.1, 0.6)
ROOM_S = 0.5
SNR_DB = (2.0, 30.0)
MOST_SILENCE_S = 0.3
CHANCE = {"rough": 0.15, "room": 0.5, "noise": 0.8, "babble": 0.35, "band": 0.15, "clip": 0.05}


class _Dice:
    """Draws of one call: uniform numbers of the batch's size, on its device."""

    def __init__(self, batch: int, device: torch.device, generator: Generator) -> None:
        self.batch, self.device, self.generator = batch, device, generator

    def uniform(self, low: float, high: float, *shape: int) -> Tensor:
        """`(B, *shape)` between `low` and `high`; one column when no shape is given."""
        size = (self.batch, *(shape or (1,)))
        drawn = torch.rand(size, device=self.device, generator=self.generator)
        return low + (high - low) * drawn

    def normal(self, *shape: int) -> Tensor:
        """`(B, *shape)` from the normal distribution."""
        size = (self.batch, *shape)
        return torch.randn(size, device=self.device, generator=self.generator)

    def chance(self, kind: str, strength: float) -> Tensor:
        """`(B, 1)` float: one for the samples that get `kind`."""
        return (self.uniform(0.0, 1.0) < CHANCE[kind] * strength).float()

    def order(self) -> Tensor:
        """A permutation of the batch."""
        return torch.randperm(self.batch, device=self.device, generator=self.generator)


@torch.no_grad()
def augment(
    waveforms: Tensor, lengths: Tensor, generator: Generator, strength: float = 1.0
) -> tuple[Tensor, Tensor]:
    """Vary every recording: speed, pitch, formants, room, microphone, noise, level, place.

    Args:
        waveforms: `(B, T)` float at 16 kHz, zeros after each recording's end.
        lengths: `(B,)` samples of each recording.
        generator: source of chance, on the waveforms' device.
        strength: 0 leaves the recordings as they are, 1 is meant for training.

    Returns:
        Waveforms of the same shape and their lengths. No recording loses its end: one that fills
        its row is not slowed down.
    """
    waves = waveforms.float()
    dice = _Dice(len(waves), waves.device, generator)
    waves, lengths = _resample(waves, lengths.to(waves.device), dice, strength)
    waves = _vocal_tract(waves, dice, strength)
    waves = _channel(waves, dice, strength)
    waves = _noise(waves, lengths, dice, strength)
    waves = _level(waves, dice, strength)
    inside = torch.arange(waves.shape[1], device=waves.device) < lengths[:, None]
    return (waves * inside).to(waveforms.dtype), lengths


def _resample(
    waves: Tensor, lengths: Tensor, dice: _Dice, strength: float
) -> tuple[Tensor, Tensor]:
    """Play faster or slower (pitch and formants move along), after and before some silence."""
    total = waves.shape[1]
    lengths = lengths.clamp(1, total)[:, None]
    low, high = (math.log(speed) * strength for speed in SPEED)
    speed = torch.maximum(dice.uniform(low, high).exp(), lengths / total)
    played = (lengths / speed).floor().clamp(1, total)
    room = (total - played).clamp_max(MOST_SILENCE_S * RATE) * strength
    lead = (dice.uniform(0.0, 0.6) * room).floor()
    trail = (dice.uniform(0.0, 0.4) * room).floor()
    at = (torch.arange(total, device=waves.device) - lead) * speed
    moved = _interpolate(waves, at) * ((at > -1) & (at < lengths))
    return moved, (lead + played + trail).squeeze(1).long()


def _interpolate(waves: Tensor, at: Tensor) -> Tensor:
    """Values between the samples, by Catmull-Rom's cubic through the four nearest."""
    whole = at.floor()
    t = at - whole
    index = whole.long()

    def near(step: int) -> Tensor:
        return waves.gather(1, (index + step).clamp(0, waves.shape[1] - 1))

    before, here, after, beyond = near(-1), near(0), near(1), near(2)
    slope, ahead = (after - before) / 2, (beyond - here) / 2
    rise = here - after
    return ((2 * rise + slope + ahead) * t + (-3 * rise - 2 * slope - ahead)) * t**2 + (
        slope * t + here
    )


def _vocal_tract(waves: Tensor, dice: _Dice, strength: float) -> Tensor:
    """Move the formants while the harmonics stay; make some voices rough or whispering."""
    window = torch.hann_window(FFT, device=waves.device)
    spectrum = torch.stft(waves, FFT, HOP, window=window, pad_mode="constant", return_complex=True)
    bins = spectrum.shape[1]
    envelope = _smooth(spectrum.abs().clamp_min(1e-6).log())
    # Low and high formants move apart too: tongues differ as well as throats.
    ends = dice.uniform(-FORMANTS, FORMANTS) + dice.uniform(-0.06, 0.06, 2)
    shift = _curve(ends * strength, bins)
    source = (torch.arange(bins, device=waves.device) * shift.exp()).clamp_max(bins - 1)
    low = source.floor().clamp_max(bins - 2)
    share = (source - low).unsqueeze(-1)
    index = low.long().unsqueeze(-1).expand_as(envelope)
    warped = envelope.gather(1, index) * (1 - share) + envelope.gather(1, index + 1) * share
    change = (warped - envelope).clamp(-GAIN_LIMIT, GAIN_LIMIT)
    jitter = dice.uniform(0.0, math.pi) * dice.chance("rough", strength)
    phase = dice.uniform(-1.0, 1.0, *spectrum.shape[1:]) * jitter.unsqueeze(-1)
    spectrum = spectrum * torch.polar(change.exp(), phase)
    return torch.istft(spectrum, FFT, HOP, window=window, length=waves.shape[1])


def _smooth(log_magnitude: Tensor) -> Tensor:
    """Log magnitudes `(B, F, N)` averaged over neighbouring frequencies."""
    half = ENVELOPE_BINS // 2
    rows = log_magnitude.transpose(1, 2)
    padded = F.pad(rows, (half, half), mode="replicate")
    return F.avg_pool1d(padded, ENVELOPE_BINS, 1).transpose(1, 2)


def _channel(waves: Tensor, dice: _Dice, strength: float) -> Tensor:
    """One long filter a recording: a room's echo, a random equaliser, sometimes a telephone."""
    total, taps = waves.shape[1], int(ROOM_S * RATE)
    size = _fast_size(total + taps)
    response = torch.fft.rfft(_room(taps, dice, strength), size)
    gain = _equaliser(response.shape[1], dice, strength)
    spectrum = torch.fft.rfft(waves, size) * response * gain
    return torch.fft.irfft(spectrum, size)[:, :total]


def _room(taps: int, dice: _Dice, strength: float) -> Tensor:
    """`(B, taps)` impulse responses: the direct sound, then decaying noise."""
    time = torch.arange(taps, device=dice.device) / RATE
    rt60 = dice.uniform(*RT60_S)
    tail = dice.normal(taps) * (-math.log(1000.0) * time / rt60).exp()
    tail = tail * (time > dice.uniform(0.001, 0.008))
    # Echo against direct sound: from -22 dB (a close microphone) to 0 dB (across the room).
    wet = 10 ** (dice.uniform(-22.0, 0.0) / 20) * dice.chance("room", strength)
    tail = tail / tail.norm(dim=1, keepdim=True).clamp_min(1e-6) * wet
    return tail + (time == 0)


def _equaliser(bins: int, dice: _Dice, strength: float) -> Tensor:
    """`(B, bins)` gains: smooth random bands and tilt, sometimes the band of a telephone."""
    tilt = torch.linspace(-1, 1, EQ_POINTS, device=dice.device) * dice.uniform(-8.0, 8.0)
    decibels = (dice.normal(EQ_POINTS) * EQ_DB + tilt) * strength
    frequency = torch.linspace(0, RATE / 2, bins, device=dice.device)
    # Bands as wide as the ear's: evenly spaced on the mel scale.
    mel = (1 + frequency / 700).log() / math.log(1 + RATE / 2 / 700)
    gain = 10 ** (_curve(decibels, 512)[:, (mel * 511).long()] / 20)
    bass = torch.sigmoid((frequency - dice.uniform(150, 350)) / 30)
    treble = torch.sigmoid((dice.uniform(3000, 4200) - frequency) / 60)
    band = dice.chance("band", strength)
    return gain * (1 - band + band * bass * treble)


def _noise(waves: Tensor, lengths: Tensor, dice: _Dice, strength: float) -> Tensor:
    """Add noise between white and brown, and other people's talk."""
    total = waves.shape[1]
    size = _fast_size(total)
    bins = size // 2 + 1
    colour = dice.uniform(0.0, 1.0)
    frequency = torch.linspace(1e-3, 1, bins, device=waves.device).clamp_min(30 / (RATE / 2))
    white = torch.complex(dice.normal(bins), dice.normal(bins))
    noise = torch.fft.irfft(white * frequency ** (-colour), size)[:, :total]
    talk = sum(waves[dice.order()].roll(step * 4001, 1) for step in range(3))
    noise = noise / _rms(noise)
    babble = dice.uniform(0.5, 1.0) * dice.chance("babble", strength)
    noise = noise * (1 - babble) + talk / _rms(talk) * babble
    quietest = SNR_DB[1] - (SNR_DB[1] - SNR_DB[0]) * strength
    snr = dice.uniform(quietest, SNR_DB[1])
    wanted = _rms(waves, lengths) * 10 ** (-snr / 20) * dice.chance("noise", strength)
    return waves + noise / _rms(noise) * wanted


def _level(waves: Tensor, dice: _Dice, strength: float) -> Tensor:
    """Overdrive a few recordings, then turn each up or down."""
    peak = waves.abs().amax(1, keepdim=True)
    limit = 1 - dice.uniform(0.2, 0.75) * dice.chance("clip", strength)
    clipped = torch.minimum(torch.maximum(waves, -peak * limit), peak * limit)
    return clipped * 10 ** (dice.uniform(-18.0, 4.0) * strength / 20)


def _rms(waves: Tensor, lengths: Tensor | None = None) -> Tensor:
    """`(B, 1)` root mean squares over `lengths` samples (all, without)."""
    count = waves.shape[1] if lengths is None else lengths[:, None].clamp_min(1)
    return (waves.square().sum(1, keepdim=True) / count).sqrt().clamp_min(1e-7)


def _curve(points: Tensor, size: int) -> Tensor:
    """`(B, P)` points as `(B, size)` values on straight lines between them."""
    return F.interpolate(points[:, None], size, mode="linear", align_corners=True)[:, 0]


def _fast_size(least: int) -> int:
    """The next multiple of 1024: no large prime slows the Fourier transform."""
    return -(-least // 1024) * 1024
