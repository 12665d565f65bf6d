from __future__ import annotations

import random

from v25.training.misheard import mishear


def test_a_misheard_text_stays_close():
    rng = random.Random(4)
    text = "write three captions for these running shoes"
    heard = [mishear(text, rng) for _ in range(300)]
    assert 0.15 < sum(h == text for h in heard) / 300 < 0.6
    assert all(0.7 * len(text) < len(h) < 1.3 * len(text) for h in heard)
