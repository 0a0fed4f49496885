"""Statistics: sums in which nobody can be recognised, counted once a month and given out by name of use.

What can be asked is closed: whole months that are over, and the tables of :class:`Subject`, no two of
which share a row or a column. So there is no second question whose answer could be subtracted from the
first one's. Guests are in no sum (P5.5). No record is opened for this: orders tell it without a name.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from yaksok.database.roles import keeper
from yaksok.kernel import clock
from yaksok.kernel.actor import Actor, Role
from yaksok.kernel.clock import SEOUL
from yaksok.kernel.csv_text import csv_text
from yaksok.kernel.errors import Invalid, Refused
from yaksok.mall.catalogue import grouping, shelf
from yaksok.mall.figures import book
from yaksok.mall.figures.book import Kept
from yaksok.mall.orders import counting
from yaksok.mall.orders.counting import By
from yaksok.policy import cells
from yaksok.policy.cells import ALL, Tally, Use
from yaksok.policy.entries import Text
from yaksok.policy.in_force import policy
from yaksok.policy.vocabulary import Language
from yaksok.privacy.audit import log
from yaksok.privacy.audit.events import Event

READERS = frozenset({Role.AUDITOR, Role.OFFICER})
GIVERS = frozenset({Role.OFFICER})

WEEKDAYS = tuple(str(day) for day in range(1, 8))
HOURS = ("00", "06", "12", "18")

NOT_OVER = Text(
    ko="끝난 달만 셀 수 있어요. 연-월(예: 2026-10)로 적어 주세요.",
    en="Only a month that is over can be counted. Write year and month, like 2026-10.",
)
SUM = Text(ko="모두", en="all")
HIDDEN = Text(ko="숨김", en="hidden")


class Subject(StrEnum):
    """What is counted: pieces that members bought."""

    LANGUAGES = "language_by_hours"
    SHELVES = "shelf_by_weekday"


SIDES = {
    Subject.LANGUAGES: (By.LANGUAGE, By.HOURS),
    Subject.SHELVES: (By.GROUP, By.WEEKDAY),
}
"""What the rows and the columns of each table are. A side belongs to one table only."""


@dataclass(frozen=True, slots=True)
class Figures:
    """A table as it is shown: labels of columns, and rows of a label and its cells; None is hidden."""

    kept: Kept
    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[int | None, ...]], ...]


def every(actor: Actor, language: Language) -> list[Figures]:
    """All tables that were counted, the newest first, each with the uses it was given out for.

    Refuses:
        Refused: the role has no business with figures (P7.13).
    """
    _refuse_unless(actor, READERS)
    with keeper():
        names = _names(language)
        return [_figures(kept, names) for kept in book.every()]


def release(actor: Actor, subject: str, month: str, use: str, *, language: Language) -> Figures:
    """Give the table ``subject`` of ``month`` out for ``use``: counted now, or as it was counted before.

    Raises:
        Invalid: no such table, or the month is malformed or not over yet.

    Refuses:
        Refused: not one of the three uses (P4.14), the document names no smallest cell (P4.15), or
            the role gives no figures out (P7.13).

    Records:
        Event.STATISTICS_TABLE_RELEASED.

    Source:
        P4.14, P4.15.
    """
    _refuse_unless(actor, GIVERS)
    chosen, first, named = _subject(subject, language), _month(month, language), cells.use_of(use)
    with keeper():
        kept = book.find(chosen, first) or _count(chosen, first)
        book.release(kept, named)
        log.record(
            Event.STATISTICS_TABLE_RELEASED,
            actor=actor,
            purpose="statistics",
            promise="P4.15",
            reason=named,
        )
        return _figures(kept, _names(language))


def sheet(figures: Figures, language: Language) -> str:
    """The table as CSV. A hidden cell says so."""
    lines = [["", *(label or SUM.in_(language) for label in figures.columns)]]
    for label, values in figures.rows:
        said = [HIDDEN.in_(language) if value is None else str(value) for value in values]
        lines.append([label or SUM.in_(language), *said])
    return csv_text(lines)


def uses() -> tuple[Use, ...]:
    """For what figures may be given out."""
    return tuple(Use)


def _count(subject: Subject, first: date) -> Kept:
    rule = policy().document.body.statistics
    if rule is None:
        msg = "refused to count: the document names no smallest cell ([statistics])"
        raise Refused(msg, promise="P4.15", advice="add [statistics] to the policy")
    row, column = SIDES[subject]
    groups = grouping.tops()
    found = counting.pieces(
        row, column, since=clock.midnight(first), before=clock.midnight(_next(first)), groups=groups
    )
    tallies = {
        place: Tally(persons, pieces, most) for place, (persons, pieces, most) in found.items()
    }
    rows, columns = _labels(row, groups), _labels(column, groups)
    shown = cells.shown(tallies, rows, columns, smallest=rule.smallest_cell)
    return book.keep(
        subject,
        first,
        (*rows, ALL),
        (*columns, ALL),
        tuple(tuple(shown[r, c] for c in (*columns, ALL)) for r in (*rows, ALL)),
        smallest=rule.smallest_cell,
    )


def _labels(side: By, groups: dict[str, str]) -> tuple[str, ...]:
    """Every label of a side, also of those of which nothing was bought."""
    if side is By.GROUP:
        return tuple(sorted(set(groups.values())))
    if side is By.LANGUAGE:
        return tuple(Language)
    return WEEKDAYS if side is By.WEEKDAY else HOURS


def _names(language: Language) -> dict[str, str]:
    """The slugs of the first shelves in words."""
    return {category.slug: category.name for category in shelf.categories(language)}


def _figures(kept: Kept, names: dict[str, str]) -> Figures:
    rows = zip(kept.rows, kept.cells, strict=True)
    return Figures(
        kept, kept.columns, tuple((names.get(label, label), line) for label, line in rows)
    )


def _subject(word: str, language: Language) -> Subject:
    try:
        return Subject(word)
    except ValueError:
        raise Invalid({"subject": NO_TABLE.in_(language)}) from None


NO_TABLE = Text(
    ko="그런 표는 없어요. 하나를 골라 주세요.", en="There is no such table. Choose one."
)


def _month(word: str, language: Language) -> date:
    try:
        first = datetime.strptime(word, "%Y-%m").replace(tzinfo=SEOUL).date()
    except ValueError:
        raise Invalid({"month": NOT_OVER.in_(language)}) from None
    if clock.now() < clock.midnight(_next(first)):
        raise Invalid({"month": NOT_OVER.in_(language)})
    return first


def _next(first: date) -> date:
    return date(first.year + first.month // 12, first.month % 12 + 1, 1)


def _refuse_unless(actor: Actor, roles: frozenset[Role]) -> None:
    if actor.role not in roles:
        msg = f"refused to handle figures as {actor.role}: it is not their work"
        raise Refused(msg, promise="P7.13", advice="ask the privacy officer")
