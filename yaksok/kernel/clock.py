"""The one source of time. Nothing else asks the machine what time it is.

A process installs its clock once; a test runs inside :func:`fixed` and moves it by hand,
so no test ever sleeps.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

SEOUL = ZoneInfo("Asia/Seoul")
"""Calendar days of the law are counted here."""


class FixedClock:
    """A clock that stands still until it is moved."""

    def __init__(self, at: datetime) -> None:
        if at.tzinfo is None:
            msg = "a clock needs a time with a zone; add tzinfo"
            raise ValueError(msg)
        self._at = at.astimezone(UTC)

    def __call__(self) -> datetime:
        """Where the clock stands, in UTC."""
        return self._at

    def move(self, by: timedelta) -> None:
        """Go forward (or back) by ``by``."""
        self._at += by

    def move_to(self, at: datetime) -> None:
        """Jump to ``at``, which carries a zone."""
        self._at = at.astimezone(UTC)


def _machine_time() -> datetime:
    return datetime.now(UTC)


_reading: Callable[[], datetime] = _machine_time


def now() -> datetime:
    """This moment, in UTC, with a zone."""
    return _reading()


def today() -> date:
    """The day on which this moment lies in Seoul."""
    return now().astimezone(SEOUL).date()


def midnight(day: date) -> datetime:
    """The moment at which ``day`` begins in Seoul."""
    return datetime.combine(day, time(), SEOUL)


@contextmanager
def fixed(at: datetime) -> Iterator[FixedClock]:
    """Every reading in this process is ``at`` until the block ends, or until the clock is moved."""
    global _reading  # noqa: PLW0603 - the clock is the one thing a process replaces as a whole
    before, clock = _reading, FixedClock(at)
    _reading = clock
    try:
        yield clock
    finally:
        _reading = before
