"""How long a record lives: an event, then a period by the calendar in Seoul."""

import calendar
import datetime
import re
from collections.abc import Iterator
from typing import Self

import msgspec

from yaksok.kernel.clock import SEOUL
from yaksok.policy.entries import Record, Text
from yaksok.policy.law.tables import law
from yaksok.policy.vocabulary import EndEvent, Item, RecordKind

_PERIOD = re.compile(r"P(?:(\d{1,2})Y)?(?:(\d{1,2})M)?(?:(\d{1,3})D)?")
_MONTHS = 12
_DAY = datetime.timedelta(days=1)
_SLACK = 3
"""Days by which months of unequal length can move an end."""


def _midnight(day: datetime.date) -> datetime.datetime:
    return datetime.datetime.combine(day, datetime.time(), SEOUL)


class Period(msgspec.Struct, frozen=True):
    """A length of time by the calendar: years and months are not numbers of days."""

    years: int = 0
    months: int = 0
    days: int = 0

    @classmethod
    def parse(cls, text: str) -> Self:
        """The period written as ``P5Y``, ``P3M``, ``P10D`` or together.

        Raises:
            ValueError: ``text`` is not such a period.
        """
        found = _PERIOD.fullmatch(text)
        if found is None or not any(found.groups()):
            msg = f"{text} is not a period such as P5Y, P3M or P0D"
            raise ValueError(msg)
        return cls(*(int(part or 0) for part in found.groups()))

    def same_date(self, start: datetime.date) -> datetime.date:
        """The day of the same date when the period has gone by; the month's last if it has no such.

        For what returns "every two years to the date": 29 February comes back as 28 February in a
        year that has no 29th, never a day later.
        """
        months = start.year * _MONTHS + start.month - 1 + self.years * _MONTHS + self.months
        year, month = divmod(months, _MONTHS)
        last = calendar.monthrange(year, month + 1)[1]
        there = datetime.date(year, month + 1, min(start.day, last))
        return there + datetime.timedelta(days=self.days)

    def last_day(self, start: datetime.date) -> datetime.date:
        """The last day of the period that something on the day ``start`` set going.

        That day is not counted, and months run from the next one by the calendar: what begins on the
        last day of a month ends on the last day of one (Civil Act of Korea, articles 157 and 160).
        """
        if not (self.years or self.months):
            return start + datetime.timedelta(days=self.days)
        first = start + _DAY
        there = Period(self.years, self.months).same_date(first)
        clipped = there.day < first.day  # the month has no such date: it ends with its last day
        return (there if clipped else there - _DAY) + datetime.timedelta(days=self.days)

    def after(self, at: datetime.datetime) -> datetime.datetime:
        """When the period that begins at ``at`` is over, in UTC.

        No period: ``at`` itself. Else when its :meth:`last_day` in Seoul has gone by whole (Civil Act
        of Korea, article 159).
        """
        if not (self.years or self.months or self.days):
            return at.astimezone(datetime.UTC)
        last = self.last_day(at.astimezone(SEOUL).date())
        return _midnight(last + _DAY).astimezone(datetime.UTC)

    def over_before(self, now: datetime.datetime) -> datetime.datetime:
        """The moment before which whatever began is over at ``now``: :meth:`after` turned round."""
        if not any(self):
            return now.astimezone(datetime.UTC)
        back = Period(-self.years, -self.months, _SLACK - self.days)
        day = back.same_date(now.astimezone(SEOUL).date())
        while self.after(_midnight(day)) > now:
            day -= _DAY
        return _midnight(day + _DAY).astimezone(datetime.UTC)

    def words(self) -> Text:
        """The period as a person says it."""
        ko = [f"{n}{unit}" for n, unit in zip(self, ("년", "개월", "일"), strict=True) if n]
        units = ("year", "month", "day")
        en = [f"{n} {unit}{'s' * (n > 1)}" for n, unit in zip(self, units, strict=True) if n]
        return Text(ko=" ".join(ko) or "바로", en=" ".join(en) or "at once")

    def code(self) -> str:
        """The period as :meth:`parse` reads it."""
        parts = [f"{n}{unit}" for n, unit in zip(self, "YMD", strict=True) if n]
        return "P" + ("".join(parts) or "0D")

    def __iter__(self) -> Iterator[int]:
        return iter((self.years, self.months, self.days))


class StatutoryCopy(msgspec.Struct, frozen=True):
    """Items that a law keeps after the record has gone, and which law.

    ``year_end``: the law counts from the end of the year of the trade.
    """

    items: frozenset[Item]
    period: Period
    law: str
    title: Text
    year_end: bool = False

    def due(self, at: datetime.datetime) -> datetime.datetime:
        """When the copy is destroyed, if the trade was made at ``at``."""
        if not self.year_end:
            return self.period.after(at)
        last = datetime.date(at.astimezone(SEOUL).year, 12, 31)
        return self.period.after(datetime.datetime.combine(last, datetime.time(), SEOUL))


class RetentionRule(msgspec.Struct, frozen=True):
    """How a record kind ends."""

    kind: RecordKind
    event: EndEvent
    period: Period
    reason: Text
    statutory: tuple[StatutoryCopy, ...]

    def due(self, at: datetime.datetime) -> datetime.datetime:
        """When the record is destroyed, if its event came at ``at``."""
        return self.period.after(at)


def retention_rule(kind: RecordKind, record: Record, keepable: frozenset[Item]) -> RetentionRule:
    """The rule that ``record`` declares; a law keeps no item that is not in ``keepable``."""
    return RetentionRule(
        kind,
        record.end.event,
        Period.parse(record.end.period),
        record.end.reason,
        tuple(
            StatutoryCopy(
                frozenset(copy.items) & record.items.keys() & keepable,
                Period.parse(law(copy.law).period),
                copy.law,
                law(copy.law).title,
                law(copy.law).year_end,
            )
            for copy in record.statutory
        ),
    )
