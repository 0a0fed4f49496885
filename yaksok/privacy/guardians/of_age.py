"""When somebody of whom only the month of birth is known is surely of age, by the calendar in Seoul.

Whoever was born in a month, on its last day at the latest, has come to an age when the same month of a
later year is over. So it is asked on the first day of the month after; and the 29th of February needs
no rule of its own, whose age is reached when the February of a common year ends.
"""

from datetime import date, datetime

from yaksok.kernel.clock import SEOUL

_MONTHS = 12


def month_of(at: datetime) -> date:
    """The first day of the month in which ``at`` lies in Seoul."""
    return at.astimezone(SEOUL).date().replace(day=1)


def surely_from(birth_month: str, age: int) -> date:
    """The first day on which somebody born in ``birth_month`` (``2013-05``) is surely ``age`` years old."""
    year, month = (int(part) for part in birth_month.split("-"))
    return _after(year + age, month)


def is_surely(birth_month: str, age: int, at: datetime) -> bool:
    """Whether somebody born in ``birth_month`` is surely ``age`` years old at ``at``."""
    return at.astimezone(SEOUL).date() >= surely_from(birth_month, age)


def months_of_children(at: datetime, age: int) -> tuple[str, ...]:
    """Every month in which somebody was born who may be younger than ``age`` at ``at``; newest first."""
    today = at.astimezone(SEOUL).date()
    newest = today.year * _MONTHS + today.month - 1
    oldest = newest - age * _MONTHS
    return tuple(
        f"{number // _MONTHS:04d}-{number % _MONTHS + 1:02d}"
        for number in range(newest, oldest - 1, -1)
    )


def _after(year: int, month: int) -> date:
    return date(year + month // _MONTHS, month % _MONTHS + 1, 1)
