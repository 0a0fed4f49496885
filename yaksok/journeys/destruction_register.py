"""The destruction register as the officer reads and confirms it, and what falls due in which month."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from yaksok.database.roles import keeper, retrying
from yaksok.journeys.legal_doors import officer, overseer
from yaksok.kernel import clock
from yaksok.kernel.actor import Actor
from yaksok.policy.vocabulary import RecordKind
from yaksok.privacy.audit import log
from yaksok.privacy.audit.events import Event
from yaksok.privacy.retention import falling_due, register
from yaksok.privacy.retention.falling_due import Due
from yaksok.privacy.retention.register import Line

PAGE = 100


@dataclass(frozen=True, slots=True)
class Page:
    """Lines of the register, how many are not confirmed, and where the next page begins."""

    lines: tuple[Line, ...]
    unconfirmed: int
    after: UUID | None


@dataclass(frozen=True, slots=True)
class Calendar:
    """What is destroyed in which month: records by kind, and rows of tables.

    ``waiting`` are records whose event has not come yet, by kind; their period has not begun.
    """

    months: tuple[date, ...]
    dues: tuple[Due, ...]
    waiting: tuple[tuple[RecordKind, int], ...]


def lines(actor: Actor, *, before: UUID | None = None) -> Page:
    """One page of the register, the newest lines first. It names nobody."""
    overseer(actor)
    with keeper():
        found = register.lines(limit=PAGE + 1, before=before)
        after = found[PAGE - 1].id if len(found) > PAGE else None
        return Page(found[:PAGE], register.unconfirmed(), after)


@retrying
def confirm(shown: Collection[UUID], *, actor: Actor) -> int:
    """The officer confirms these lines; how many were not confirmed before.

    Refuses:
        Refused: somebody else, or without current training.

    Records:
        Event.RETENTION_REGISTER_CONFIRMED.
    """
    by = officer(actor)
    with keeper():
        done = register.confirm(shown, by=by, at=clock.now())
        if done:
            log.record(
                Event.RETENTION_REGISTER_CONFIRMED,
                actor=actor,
                promise="P3.7",
                reason=f"lines:{done}",
            )
    return done


def calendar(actor: Actor) -> Calendar:
    """What falls due when. Counts alone; opens nothing."""
    overseer(actor)
    with keeper():
        dues = falling_due.records() + falling_due.rows()
        months = tuple(sorted({due.month for due in dues}))
        return Calendar(months, dues, falling_due.waiting())
