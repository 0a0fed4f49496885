"""Until when something must be done: periods by the calendar of a law, and the days that do not work.

One calendar for everything that runs against the mall: Korea's (Civil Act, articles 155 to 161), or
that of the Union with the public holidays of one member state (Regulation 1182/71, articles 2 and 3).
How long a record lives is counted by :class:`yaksok.policy.retention.Period` alone, whose last day
never moves on.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from types import MappingProxyType
from zoneinfo import ZoneInfo

from yaksok.kernel.clock import SEOUL
from yaksok.policy.entries import Body
from yaksok.policy.retention import Period

DAY = timedelta(days=1)
FRIDAY = 4
LEAST_WORKING_DAYS = 2
"""Working days that a period of two days or more holds at least (Regulation 1182/71, article 3(5))."""

_ZONES: Mapping[str, str] = MappingProxyType(
    {
        "AT": "Europe/Vienna",
        "BE": "Europe/Brussels",
        "BG": "Europe/Sofia",
        "CY": "Asia/Nicosia",
        "CZ": "Europe/Prague",
        "DE": "Europe/Berlin",
        "DK": "Europe/Copenhagen",
        "EE": "Europe/Tallinn",
        "ES": "Europe/Madrid",
        "FI": "Europe/Helsinki",
        "FR": "Europe/Paris",
        "GR": "Europe/Athens",
        "HR": "Europe/Zagreb",
        "HU": "Europe/Budapest",
        "IE": "Europe/Dublin",
        "IS": "Atlantic/Reykjavik",
        "IT": "Europe/Rome",
        "LI": "Europe/Vaduz",
        "LT": "Europe/Vilnius",
        "LU": "Europe/Luxembourg",
        "LV": "Europe/Riga",
        "MT": "Europe/Malta",
        "NL": "Europe/Amsterdam",
        "NO": "Europe/Oslo",
        "PL": "Europe/Warsaw",
        "PT": "Europe/Lisbon",
        "RO": "Europe/Bucharest",
        "SE": "Europe/Stockholm",
        "SI": "Europe/Ljubljana",
        "SK": "Europe/Bratislava",
    }
)
"""Whose clock a day is read from, in each state of the European Economic Area."""


@dataclass(frozen=True, slots=True)
class Calendar:
    """Where days are counted: the clock of the place, its public holidays, and whose law counts.

    ``country`` is two capital letters (ISO 3166-1). Holidays are those of the whole country; one of a
    region alone does not make a deadline later.
    """

    country: str
    zone: ZoneInfo
    european: bool = False

    def day_of(self, at: datetime) -> date:
        """The calendar day of the moment ``at``, in this place."""
        return at.astimezone(self.zone).date()

    def end_of(self, day: date) -> datetime:
        """The moment, in UTC, at which ``day`` is over here. It may have had 23 or 25 hours."""
        midnight = datetime.combine(day + DAY, time(), self.zone)
        return midnight.astimezone(UTC)

    def works(self, day: date) -> bool:
        """Whether ``day`` is neither a Saturday, a Sunday nor a public holiday."""
        return day.weekday() <= FRIDAY and day not in _holidays(self.country, day.year)

    def next_working(self, day: date) -> date:
        """``day`` if it works, else the first day after it that does."""
        while not self.works(day):
            day += DAY
        return day


KOREA = Calendar("KR", SEOUL)
"""Korea: Saturdays, Sundays, the public holidays and their substitutes do not work."""


def europe(state: str) -> Calendar:
    """The calendar of a state of the European Economic Area, by its two capital letters.

    Raises:
        ValueError: there is no such state.
    """
    if state not in _ZONES:
        msg = f"{state} is no state of the European Economic Area"
        raise ValueError(msg)
    return Calendar(state, ZoneInfo(_ZONES[state]), european=True)


def calendar_of(body: Body) -> Calendar:
    """The calendar by which the document's mall answers: its member state's, or Korea's."""
    return KOREA if body.european is None else europe(body.european.state)


def last_day(
    calendar: Calendar, start: date, period: Period, *further: Period, moves: bool = True
) -> date:
    """The last day of ``period`` that something on the day ``start`` set going, itself not counted.

    ``further`` periods follow one on the other: each runs on from where the one before it would end
    if it did not move, so an extension never gains the days of a holiday.

    Arguments:
        moves: Whether a last day that does not work moves on to the next one that does. It does so
            where the mall owes an act; a period that protects somebody's silence does not move.

    Source:
        Korea: Civil Act 157 (the first day is not counted), 160 (by the calendar), 161 (a Saturday or
        a public holiday moves on). Union: Regulation 1182/71, 3(1), 3(2)(c), 3(4), 3(5).
    """
    end = start
    for one in (period, *further):
        end = _ends(calendar, end, one)
    return _moved(calendar, start, end) if moves and end > start else end


def over(
    calendar: Calendar, at: datetime, period: Period, *further: Period, moves: bool = True
) -> datetime:
    """The first moment, in UTC, at which it is too late: the last day has gone by whole.

    See :func:`last_day`. ``at`` is when it began, with a zone.
    """
    return calendar.end_of(last_day(calendar, calendar.day_of(at), period, *further, moves=moves))


def days_left(calendar: Calendar, end: datetime, now: datetime) -> int:
    """Calendar days from ``now`` to the last day before ``end``: 0 on that day, below 0 after it."""
    last = calendar.day_of(end - timedelta(microseconds=1))
    return (last - calendar.day_of(now)).days


def _ends(calendar: Calendar, start: date, period: Period) -> date:
    """Where ``period`` ends if nothing moves it.

    In Korea months are counted from the day after ``start``, so that what begins on the last day of a
    month ends on the last day of one; in the Union from ``start`` itself.
    """
    return period.same_date(start) if calendar.european else period.last_day(start)


def _moved(calendar: Calendar, start: date, end: date) -> date:
    two_days_or_more = (end - start).days >= LEAST_WORKING_DAYS
    end = calendar.next_working(end)
    if not (calendar.european and two_days_or_more):
        return end
    while _working_days(calendar, start, end) < LEAST_WORKING_DAYS:
        end = calendar.next_working(end + DAY)
    return end


def _working_days(calendar: Calendar, start: date, end: date) -> int:
    """How many working days lie after ``start`` and up to ``end``; counts no further than two."""
    found, day = 0, end
    while day > start and found < LEAST_WORKING_DAYS:
        found += calendar.works(day)
        day -= DAY
    return found


@lru_cache(maxsize=64)
def _holidays(country: str, year: int) -> frozenset[date]:
    """The public holidays of ``country`` in ``year``, with those that stand in for one on a weekend.

    A holiday that a government proclaims later is not known yet; it would only make a deadline later.
    """
    import holidays  # eight megabytes that only a counting process needs

    return frozenset(holidays.country_holidays(country, years=year))
