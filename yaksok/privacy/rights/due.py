"""By when a request must be answered, and how far that can be put off: by the law of the profile."""

from datetime import datetime

from yaksok.policy import deadlines
from yaksok.policy.in_force import policy
from yaksok.policy.law import tables as law
from yaksok.policy.law.tables import Country, Extension, Ground
from yaksok.policy.retention import Period
from yaksok.policy.vocabulary import Profile
from yaksok.privacy.rights.words import DEADLINE, Kind


def country() -> Country:
    """Whose law counts: the Union's in its profile, else Korea's."""
    return "eu" if policy().profile is Profile.LAWFUL_EU else "kr"


def due(kind: Kind, received_at: datetime, *, extensions: int = 0) -> datetime:
    """The first moment at which an answer is late: the last day, which works, has gone by whole.

    Arguments:
        extensions: How often it was put off; each runs on from where the one before it ended.
    """
    calendar = deadlines.calendar_of(policy().document.body)
    at = calendar.day_of(received_at)
    periods = [Period.parse(law.deadline(DEADLINE[kind], at, country()).period)]
    longer = extension(kind, received_at)
    periods += [Period.parse(longer.period)] * extensions if longer else []
    return deadlines.over(calendar, received_at, *periods)


def extension(kind: Kind, received_at: datetime) -> Extension | None:
    """How a request of ``kind`` can be put off; None when it cannot."""
    at = deadlines.calendar_of(policy().document.body).day_of(received_at)
    return law.extension(DEADLINE[kind], at, country())


def grounds(kind: Kind) -> dict[str, Ground]:
    """The reasons for which the law lets a request of ``kind`` be refused today, by name."""
    return law.grounds(kind.value, law.today(), country())


def days_left(due_at: datetime, now: datetime) -> int:
    """Calendar days to the last day: 0 on that day, below 0 when it is overdue."""
    return deadlines.days_left(deadlines.calendar_of(policy().document.body), due_at, now)
