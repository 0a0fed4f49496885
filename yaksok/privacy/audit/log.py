"""Write and read the log. An entry is part of the transaction it tells of."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, DatabaseError, connection, connections

from yaksok.database.inserting import insert
from yaksok.kernel import clock
from yaksok.kernel.actor import Actor, Role
from yaksok.kernel.errors import AuditUnavailable
from yaksok.kernel.ids import new_id
from yaksok.privacy.audit.events import Event

ACT_UNDER_THEIR_TRAIL = frozenset(
    {Role.GUARDIAN, Role.MEMBER, Role.GUEST, Role.RECIPIENT, Role.VISITOR, Role.SYSTEM}
)
"""Roles whose subject id is never written: it would outlive the person."""

COLUMNS = (
    "id",
    "at",
    "event",
    "actor_role",
    "actor_id",
    "job",
    "trail",
    "kinds",
    "items",
    "purpose",
    "promise",
    "recipient",
    "reason",
    "subjects",
)


@dataclass(frozen=True, slots=True)
class Act:
    """What an entry tells. ``reason`` is a closed word or a ticket's number, never free text."""

    event: Event
    actor: Actor
    trail: UUID | None = None
    kinds: Collection[str] = ()
    items: Collection[str] = ()
    purpose: str = ""
    promise: str = ""
    recipient: str = ""
    reason: str = ""
    subjects: int = 1
    id: UUID = field(default_factory=new_id)


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a person's own trail."""

    id: UUID
    at: datetime
    event: str
    actor_role: str
    kinds: tuple[str, ...]
    items: tuple[str, ...]
    purpose: str
    promise: str
    recipient: str
    reason: str


def _row(act: Act, at: datetime) -> tuple[object, ...]:
    known = act.actor.subject if act.actor.role not in ACT_UNDER_THEIR_TRAIL else None
    return (
        act.id,
        at,
        act.event.value,
        act.actor.role.value,
        known,
        act.actor.job,
        act.trail,
        sorted(act.kinds),
        sorted(act.items),
        act.purpose,
        act.promise,
        act.recipient,
        act.reason,
        act.subjects,
    )


def record_all(acts: Iterable[Act], *, using: str = DEFAULT_DB_ALIAS) -> None:
    """Write the entries of ``acts``, in one statement, in the transaction that is open.

    Raises:
        AuditUnavailable: the log did not take them. What they tell of must not happen; the
            transaction is to be rolled back. Safe to retry.
    """
    at = clock.now()
    rows = [_row(act, at) for act in acts]
    if not rows:
        return
    if not connections[using].in_atomic_block:
        msg = "an audit entry belongs to the transaction it tells of: open one first"
        raise AuditUnavailable(msg)
    try:
        with connections[using].cursor() as cursor:
            insert(cursor, "audit_entry", COLUMNS, rows)
    except DatabaseError:
        msg = "the log did not accept the entry; nothing was opened. Try again"
        raise AuditUnavailable(msg) from None


def record(
    event: Event,
    *,
    actor: Actor,
    trail: UUID | None = None,
    kinds: Collection[str] = (),
    items: Collection[str] = (),
    purpose: str = "",
    promise: str = "",
    recipient: str = "",
    reason: str = "",
) -> UUID:
    """Write one entry and return its id. Raises like :func:`record_all`."""
    act = Act(event, actor, trail, kinds, items, purpose, promise, recipient, reason)
    record_all([act])
    return act.id


def of_trail(trail: UUID, *, limit: int = 200) -> tuple[Entry, ...]:
    """The newest ``limit`` entries of one person, newest first."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, at, event, actor_role, kinds, items, purpose, promise, recipient, reason"
            " FROM audit_entry WHERE trail = %s ORDER BY id DESC LIMIT %s",
            [trail, limit],
        )
        return tuple(
            Entry(row[0], row[1], row[2], row[3], tuple(row[4]), tuple(row[5]), *row[6:])
            for row in cursor.fetchall()
        )
