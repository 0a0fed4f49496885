"""Time an act and what stands beside it in turn, so that all see the same machine."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

ROUNDS = 21


@dataclass(frozen=True, slots=True)
class Took:
    """Microseconds for one act: of this process's CPU, and on the wall."""

    cpu: float
    wall: float


def once(act: Callable[[], object], times: int) -> Took:
    """What one act took, on average of ``times``."""
    cpu, wall = time.process_time(), time.perf_counter()
    for _ in range(times):
        act()
    return Took(
        (time.process_time() - cpu) / times * 1e6, (time.perf_counter() - wall) / times * 1e6
    )


def in_turn(
    acts: Mapping[str, Callable[[], object]], *, times: int = 2_000, rounds: int = ROUNDS
) -> dict[str, Took]:
    """The best of each act's rounds, CPU and wall apart. The acts take turns, round by round."""
    found: dict[str, list[Took]] = {name: [] for name in acts}
    for _ in range(rounds):
        for name, act in acts.items():
            found[name].append(once(act, times))
    return {
        name: Took(min(t.cpu for t in took), min(t.wall for t in took))
        for name, took in found.items()
    }
