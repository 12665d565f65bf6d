"""The English half of the training corpus: commands, and the copy that answers them.

Every sentence is composed here, from this project's own patterns: `english_requests` holds how
people go on and `english_heads` how they begin, `english_loud`, `english_social`, `english_tales`,
`english_expert`, `english_premium` and `english_minimal` how each style speaks, `english_points`
what each selling point is worth.
"""

from __future__ import annotations

import random

from v25.training.brief import Brief
from v25.training.english_commands import order
from v25.training.english_copy import write


def command(brief: Brief, rng: random.Random, spoken: bool = False) -> str:
    """A command that asks for exactly this brief, as a person would type or say it.

    Args:
        brief: what to ask for; its `command_language` is "en".
        rng: source of chance.
        spoken: lower-case words only, at most 22; such a brief has no brand and no price.
    """
    return order(brief, rng, spoken)


def copy(brief: Brief, style: str, rng: random.Random) -> str:
    """One piece of marketing copy.

    Args:
        brief: what the copy must say; its `language` is "en".
        style: id of `v25.lexicon.STYLES`.
        rng: source of chance.
    """
    return write(brief, style, rng)
