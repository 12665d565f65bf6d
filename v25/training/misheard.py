"""Transcripts as a recogniser would have written them, of commands that nobody has spoken."""

from __future__ import annotations

import random


def mishear(text: str, rng: random.Random) -> str:
    """A transcript with the slips of a recogniser on voices that it does not know."""
    rate = rng.choice((0.0, 0.0, 0.0, 0.03, 0.06, 0.1, 0.15, 0.25))
    if rate == 0.0:
        return text
    out = []
    for letter in text:
        slip = rng.random()
        if slip < rate * 0.35:
            continue
        if slip < rate * 0.8:
            out.append(rng.choice(text))
        elif slip < rate:
            out.append(letter + rng.choice(text))
        else:
            out.append(letter)
    return "".join(out)
