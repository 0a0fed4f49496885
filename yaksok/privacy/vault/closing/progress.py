"""What a close tells while it runs: where it stands, and how much of it is done."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum


class Point(StrEnum):
    """The places a close passes, in their order. Cut off at any of them, it can be begun again."""

    KEYS_MADE = "keys made"
    """The next epoch's keys exist at the root provider and in memory; nothing is stored."""
    BEGINNING = "beginning"
    """The next epoch is written, and not yet committed."""
    BEGUN = "begun"
    """Everything is written under the next epoch; both are read."""
    COPYING = "copying"
    """A batch of survivors is written, and not yet committed."""
    COPIED = "copied"
    """A batch of survivors is committed. Passed once for each batch."""
    ALL_COPIED = "all copied"
    """Every survivor stands in the new table."""
    READY = "ready"
    """The new tables have their indices, and a sample of them was opened."""
    LOCKED = "locked"
    """The mall waits from here to the next point but one; nothing is changed."""
    SWAPPING = "swapping"
    """Under the lock: caught up, counted and swapped, and not yet committed."""
    SWAPPED = "swapped"
    """The old tables are gone; the old epoch is closed."""
    DROPPED = "dropped"
    """No process holds the old keys any more."""
    REHEARSED = "rehearsed"
    """What must pass before the destruction has passed."""
    DESTROYED = "destroyed"
    """The root provider has destroyed the old version; the receipt is not yet committed."""
    DONE = "done"
    """The receipt is written."""


POINTS = tuple(Point)


@dataclass(frozen=True, slots=True)
class Progress:
    """Where a close stands; ``copied`` of about ``total`` survivors are in the new table."""

    point: Point
    epoch: int
    copied: int = 0
    total: int = 0


Watch = Callable[[Progress], None]
"""Is told every point, in the closing process, before the close goes on."""


def unwatched(_: Progress) -> None:
    """Nobody looks."""
