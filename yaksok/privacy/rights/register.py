"""What people asked for about their own data: received, due, answered, and with what outcome."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from django.db import connection

from yaksok.kernel import clock
from yaksok.kernel.actor import Actor
from yaksok.kernel.ids import SubjectId, new_id
from yaksok.policy.law.tables import tables
from yaksok.policy.retention import Period
from yaksok.policy.vocabulary import Item
from yaksok.privacy.audit import log
from yaksok.privacy.audit.events import Event

WEB = "web"
KEPT_FOR = Period.parse("P3Y")
"""How long a line of the register is kept after its answer; it names a random id and no person."""


class Kind(StrEnum):
    """What can be asked for."""

    CORRECT = "correct"
    DELETE = "delete"
    SEE = "see"


class Outcome(StrEnum):
    """What came of it."""

    DONE = "done"
    NOTHING_TO_CHANGE = "nothing_to_change"


DEADLINE = {Kind.CORRECT: "correction", Kind.DELETE: "correction", Kind.SEE: "access"}
"""Which row of the law's deadlines counts for what is asked."""


@dataclass(frozen=True, slots=True)
class Request:
    """One line of the register."""

    id: UUID
    kind: Kind
    channel: str
    items: tuple[Item, ...]
    received_at: datetime
    due_at: datetime
    answered_at: datetime | None
    outcome: str


def due(kind: Kind, received_at: datetime) -> datetime:
    """Until when a request must be answered: days by the calendar, the first one not counted."""
    return Period.parse(tables().deadline[DEADLINE[kind]].period).after(received_at)


def answered_at_once(
    subject: SubjectId,
    kind: Kind,
    *,
    items: Collection[Item],
    outcome: Outcome,
    actor: Actor,
    trail: UUID | None,
    channel: str = WEB,
) -> Request:
    """Enter a request that was answered in the moment it came, as self-service does.

    Records:
        Event.RIGHTS_REQUEST_ANSWERED, with item names.
    """
    now = clock.now()
    line = Request(
        new_id(), kind, channel, tuple(sorted(items)), now, due(kind, now), now, outcome.value
    )
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO rights_request (subject_id, id, kind, channel, items, received_at,"
            " due_at, answered_at, outcome) VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s)",
            [
                subject,
                line.id,
                kind.value,
                channel,
                [item.value for item in line.items],
                now,
                line.due_at,
                now,
                line.outcome,
            ],
        )
    log.record(
        Event.RIGHTS_REQUEST_ANSWERED,
        actor=actor,
        trail=trail,
        items=line.items,
        purpose="rights",
        promise="P8.3" if kind is Kind.DELETE else "P8.2" if kind is Kind.CORRECT else "P8.1",
        reason=kind.value,
    )
    return line


def of(subject: SubjectId, *, limit: int = 200) -> tuple[Request, ...]:
    """What ``subject`` asked for, newest first."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, kind, channel, items, received_at, due_at, answered_at, outcome"
            " FROM rights_request WHERE subject_id = %s ORDER BY id DESC LIMIT %s",
            [subject, limit],
        )
        return tuple(
            Request(row[0], Kind(row[1]), row[2], tuple(map(Item, row[3])), *row[4:])
            for row in cursor.fetchall()
        )


def sweep() -> int:
    """Delete lines that were answered more than three years ago. For the clock's jobs."""
    now = clock.now()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT subject_id, id, answered_at FROM rights_request"
            " WHERE received_at <= %s AND answered_at IS NOT NULL ORDER BY received_at LIMIT 1000",
            [now - timedelta(days=3 * 365)],
        )
        over = [row for row in cursor.fetchall() if KEPT_FOR.after(row[2]) <= now]
        for subject, line, _ in over:
            cursor.execute(
                "DELETE FROM rights_request WHERE subject_id = %s AND id = %s", [subject, line]
            )
    return len(over)
