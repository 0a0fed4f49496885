"""A round of letters: batch after batch, each a transaction of its own, until nobody is left to be told."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Told:
    """Figures of one round: letters noted, and persons who are not written to for now."""

    noted: int = 0
    passed_over: int = 0


def until_nobody(some: Callable[[], Told | None]) -> Told:
    """What all batches of ``some`` come to. It notes one, and returns None when nobody is left."""
    noted = passed_over = 0
    while (done := some()) is not None:
        noted, passed_over = noted + done.noted, passed_over + done.passed_over
    return Told(noted, passed_over)


def together(rounds: Iterable[Told]) -> Told:
    """What several rounds come to."""
    noted = passed_over = 0
    for one in rounds:
        noted, passed_over = noted + one.noted, passed_over + one.passed_over
    return Told(noted, passed_over)
