"""Sound at another rate, in one go or piece by piece: torchaudio's windowed sinc."""

from __future__ import annotations

import math
from fractions import Fraction

import numpy as np
import torch

FILTER_WIDTH, ROLLOFF = 6, 0.99
"""Zero crossings of the filter on each side; its cut-off, as a share of the lower rate's half."""


def rate_ratio(rate: int, target: int) -> Fraction:
    """Samples at the rate `target` for each at `rate`, as `resample` makes them.

    Every usual rate is exact; an odd one (44,101 Hz) would cost a filter of its own for each of
    its samples, minutes of work, so it goes by the nearest short ratio: under 0.1 % off in pitch.
    """
    return max(Fraction(target, rate).limit_denominator(1000), Fraction(1, 1000))


def resample(samples: np.ndarray, rate: int, target: int) -> np.ndarray:
    """Samples `(S,)` at `rate` to float32 ones at `target`."""
    if rate == target:
        return samples.astype(np.float32)
    import torchaudio.functional as audio

    ratio = rate_ratio(rate, target)
    sound = torch.from_numpy(samples.astype(np.float32))
    return audio.resample(
        sound,
        ratio.denominator,
        ratio.numerator,
        lowpass_filter_width=FILTER_WIDTH,
        rolloff=ROLLOFF,
    ).numpy()


class Resampler:
    """`resample` piece by piece: the pieces that come out, joined, are what it makes."""

    def __init__(self, rate: int, target: int) -> None:
        self.rate, self.target = rate, target
        ratio = rate_ratio(rate, target)
        self._step, self._made = ratio.denominator, ratio.numerator
        # samples that the filter sees on each side, in whole steps
        width = FILTER_WIDTH * self._step / (min(self._step, self._made) * ROLLOFF)
        self._margin = math.ceil(width / self._step) * self._step
        self._waiting, self._before = np.zeros(0, np.float32), 0
        flat = self.push(np.ones(4 * self._margin + 8 * self._step, np.float32))
        edge = 2 * self._made * (self._margin // self._step)
        self.ripple = float(np.abs(flat[edge:] - 1).max(initial=0.0))
        """How far from 1 a constant of 1 comes out, away from its ends."""
        self._waiting, self._before = np.zeros(0, np.float32), 0
        """Of the waiting samples, those that have come out and only the filter still sees."""

    def push(self, samples: np.ndarray) -> np.ndarray:
        """Takes `(S,)` more; gives what no later sample can change."""
        if self.rate == self.target:
            return samples.astype(np.float32)
        self._waiting = np.concatenate((self._waiting, samples))
        steps = (len(self._waiting) - self._before - self._margin) // self._step
        if steps <= 0:
            return np.zeros(0, np.float32)
        start, stop = self._before // self._step, self._before + steps * self._step
        made = resample(self._waiting[: stop + self._margin], self.rate, self.target)
        made = made[start * self._made : (start + steps) * self._made]
        left = max(0, stop - self._margin)
        self._waiting, self._before = self._waiting[left:], stop - left
        return made
