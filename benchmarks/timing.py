"""Time one act and its floor in turn, so that both see the same machine."""

import time
from collections.abc import Callable
from dataclasses import dataclass

ROUNDS = 7


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table; ``micros`` and ``floor`` are CPU microseconds."""

    work: str
    micros: float
    beside: str
    floor: float
    budget: str


def _once(act: Callable[[], object], times: int) -> float:
    began = time.process_time()
    for _ in range(times):
        act()
    return (time.process_time() - began) / times * 1e6


def side_by_side(
    act: Callable[[], object], floor: Callable[[], object], *, times: int = 5_000
) -> tuple[float, float]:
    """The best CPU time of each, in microseconds, measured in turn."""
    pairs = [(_once(act, times), _once(floor, times)) for _ in range(ROUNDS)]
    return min(one for one, _ in pairs), min(other for _, other in pairs)
