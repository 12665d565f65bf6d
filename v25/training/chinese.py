"""The Chinese half of the training corpus: what people ask for, and the copy they get."""

from __future__ import annotations

from v25.training.chinese_commands import command
from v25.training.chinese_copy import copy

__all__ = ["command", "copy"]
