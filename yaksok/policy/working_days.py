"""Periods that are counted in working days alone: how soon the mall says that it answers (P10.4)."""

from datetime import datetime, timedelta

from yaksok.policy.deadlines import DAY, Calendar, calendar_of
from yaksok.policy.entries import Body
from yaksok.policy.how_long import Desk
from yaksok.policy.retention import Period

UNSAID = Desk()
"""What holds of a document that says nothing of its desk."""


def after(calendar: Calendar, at: datetime, days: int) -> datetime:
    """The first moment, in UTC, at which it is too late: ``days`` working days after ``at`` are over.

    The day of ``at`` is not counted, whether it works or not.

    Arguments:
        days: 1 or more.
    """
    day = calendar.day_of(at)
    for _ in range(days):
        day = calendar.next_working(day + DAY)
    return calendar.end_of(day)


def told(end: datetime) -> datetime:
    """The last moment that is still in time for ``end``: what a person is told, whose day is the last."""
    return end - timedelta(seconds=1)


def answer_due(body: Body, at: datetime) -> datetime:
    """Until when an inquiry that came at ``at`` is answered, as the document says (``[desk]``)."""
    period = Period.parse((body.desk or UNSAID).first_answer)
    return after(calendar_of(body), at, period.days)
