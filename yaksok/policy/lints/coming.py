"""What the calendar will change: rules and law rows with a day to come, and what breaks then."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from yaksok.policy.document import Document
from yaksok.policy.entries import Text
from yaksok.policy.law.tables import Change, Country, Mark, Row, rows
from yaksok.policy.lints.finding import COUNTRY, Finding
from yaksok.policy.lints.run import RULES, lint
from yaksok.policy.places import Path
from yaksok.policy.vocabulary import Profile

Kind = Literal["begins", "ends", "pending", "runs out"]
"""What happens on the day: a rule or row becomes law, stops being law, is looked at again because
its day is not known yet, or something that the document itself dates runs out."""


@dataclass(frozen=True, slots=True)
class Coming:
    """One thing that happens on ``day``, and the findings that the document has from then on.

    ``name`` is a rule's id, ``table.name`` of a law row, or a key of the document; ``mark`` is how
    far the day was checked, None for a day that stands in the document.
    """

    day: datetime.date
    kind: Kind
    name: str
    citation: str
    mark: Mark | None
    bearing: Text | None
    breaks: tuple[Finding, ...]


def coming(
    document: Document,
    profile: Profile | None = None,
    *,
    today: datetime.date,
    until: datetime.date | None = None,
) -> tuple[Coming, ...]:
    """What happens after ``today`` and up to ``until`` (for ever if None), soonest first.

    A document of no law is shown the days of Korea's.
    """
    held = profile or document.body.profile
    held = held if held in COUNTRY else Profile.LAWFUL_KR
    dated = [*_of_rules(held), *_of_rows(COUNTRY[held]), *_of_document(document)]
    wanted = [one for one in dated if today < one.day and (until is None or one.day <= until)]
    fresh = _breaking(document, held, today, sorted({one.day for one in wanted}))
    return tuple(
        Coming(one.day, one.kind, one.name, one.citation, one.mark, one.bearing, fresh[one.day])
        for one in sorted(wanted, key=lambda one: (one.day, one.name))
    )


@dataclass(frozen=True, slots=True)
class _Dated:
    day: datetime.date
    kind: Kind
    name: str
    citation: str
    mark: Mark | None
    bearing: Text | None = None


def _of_rules(profile: Profile) -> Iterator[_Dated]:
    for rule in RULES:
        if law := rule.laws.get(profile):
            yield _Dated(law.effective, "begins", rule.id, law.citation, law.mark)
            if law.ended is not None:
                yield _Dated(law.ended, "ends", rule.id, law.citation, law.mark)


def _of_rows(country: Country) -> Iterator[_Dated]:
    for name, row in rows(country).items():
        bearing = row.bearing if isinstance(row, Change) else getattr(row, "title", None)
        begins: Kind = "pending" if isinstance(row, Change) and row.pending else "begins"
        yield _Dated(row.effective, begins, name, _article(row), row.mark, bearing)
        if row.ended is not None:
            yield _Dated(row.ended, "ends", name, _article(row), row.mark, bearing)


def _article(row: Row) -> str:
    article: str = getattr(row, "article", "")
    return article


def _of_document(document: Document) -> Iterator[_Dated]:
    """The days that the document itself names, after which something in it no longer holds."""
    after = datetime.timedelta(days=1)
    for name, processor in document.body.processors.items():
        if processor.contract_until is not None:
            key = f"processors.{name}.contract_until"
            yield _Dated(processor.contract_until + after, "runs out", key, "", None)
    for name, programme in document.body.programmes.items():
        yield _Dated(programme.ends + after, "runs out", f"programmes.{name}.ends", "", None)


def _breaking(
    document: Document, profile: Profile, today: datetime.date, days: list[datetime.date]
) -> dict[datetime.date, tuple[Finding, ...]]:
    """By day, what is found from that day on and was not found before it."""
    found: dict[datetime.date, tuple[Finding, ...]] = {}
    known = {_told(finding) for finding in lint(document, profile, today)}
    for day in days:
        now = lint(document, profile, day)
        found[day] = tuple(finding for finding in now if _told(finding) not in known)
        known = {_told(finding) for finding in now}
    return found


def _told(finding: Finding) -> tuple[str, Path, str]:
    return finding.rule, finding.keys, finding.fault
