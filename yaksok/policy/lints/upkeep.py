"""How long ago something was done, and how often it must be."""

import datetime
from typing import Literal

from yaksok.kernel.clock import SEOUL
from yaksok.policy.retention import Period

Done = datetime.date | Literal["never"] | None
"""A day, never, or not known here."""


def too_seldom(every: str, least: str) -> bool:
    """Whether a cycle of ``every`` is longer than one of ``least``."""
    start = datetime.datetime(2026, 1, 1, tzinfo=SEOUL)
    return Period.parse(every).after(start) > Period.parse(least).after(start)


def overdue(done: Done, every: str, today: datetime.date) -> bool:
    """Whether what is due ``every`` so often, and was done last on ``done``, is late by ``today``."""
    if done is None:
        return False
    if done == "never":
        return True
    last = datetime.datetime.combine(done, datetime.time(), SEOUL)
    return Period.parse(every).after(last).astimezone(SEOUL).date() <= today
