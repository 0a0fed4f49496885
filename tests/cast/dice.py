"""Dice for walks that can be walked again: every test that throws them prints what they began with."""

import os
import random

FULL = bool(os.environ.get("YAKSOK_FULL"))
"""Whether proofs run at their full size, as in ``make proof``."""


def dice(seed: int) -> random.Random:
    """Dice that fall the same way for the same ``seed``."""
    return random.Random(seed)  # noqa: S311 - a repeatable walk, not a secret


def seed(usual: int) -> int:
    """What to begin with: ``YAKSOK_SEED``; else ``usual``, or a new number in a full proof."""
    asked = os.environ.get("YAKSOK_SEED")
    return int(asked) if asked else int.from_bytes(os.urandom(4)) if FULL else usual
