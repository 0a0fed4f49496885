"""The destruction register (파기대장): what was destroyed, when and why, and nothing about whom."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection

from yaksok.database.inserting import insert
from yaksok.kernel.actor import Actor
from yaksok.kernel.ids import RecordId, SubjectId, new_id
from yaksok.policy.vocabulary import RecordKind

COLUMNS = ("id", "at", "kind", "records", "reason", "certificate", "law", "method", "executor")
PERIOD_OVER = "period_over"
KEY_DESTROYED = "key_destroyed"
"""The record's own key is gone, and its rows; what copies hold cannot be read (P3.7)."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the register.

    ``kind`` is a record kind, or the name of a table whose rows came to their end. ``law`` names the
    row of the law table whose period was over, if one kept it until then. ``confirmed_at`` is when
    the officer confirmed the line.
    """

    id: UUID
    at: datetime
    kind: str
    records: int
    reason: str
    certificate: UUID | None
    law: str
    method: str
    executor: str
    confirmed_at: datetime | None = None


def enter(
    kinds: Iterable[RecordKind],
    *,
    at: datetime,
    reason: str,
    executor: str,
    certificate: UUID | None = None,
    law: str = "",
) -> None:
    """Enter the destruction of records of ``kinds``, one line for each kind with its count.

    Arguments:
        reason: A closed word: ``"left"``, ``"membership_lost"``, ``"order_done"``, ``"period_over"``.
        executor: See :func:`executor_of`.
        law: The law whose period was over, by its key in the law table; "" when none had kept it.
    """
    entered = [
        (new_id(), at, kind.value, count, reason, certificate, law, KEY_DESTROYED, executor)
        for kind, count in sorted(Counter(kinds).items())
    ]
    with connection.cursor() as cursor:
        insert(cursor, "retention_destruction", COLUMNS, entered)


def enter_by_law(
    records: Mapping[RecordId, RecordKind],
    laws: Mapping[RecordId, str],
    *,
    at: datetime,
    reason: str,
    executor: str,
    certificate: UUID | None = None,
) -> None:
    """Enter the destruction of ``records``, apart by the law that had kept them until now."""
    for law in sorted({laws.get(record, "") for record in records}):
        kinds = [kind for record, kind in records.items() if laws.get(record, "") == law]
        enter(kinds, at=at, reason=reason, executor=executor, certificate=certificate, law=law)


def enter_rows(table: str, rows: int, *, at: datetime, method: str, executor: str) -> None:
    """Enter that ``rows`` of ``table`` came to the end that the table declares."""
    line = (new_id(), at, table, rows, PERIOD_OVER, None, "", method, executor)
    with connection.cursor() as cursor:
        insert(cursor, "retention_destruction", COLUMNS, [line])


def executor_of(actor: Actor) -> str:
    """Who did it, in a word that names nobody: the role, or the job of the mall itself."""
    return actor.job or actor.role.value


def lines(*, limit: int = 200, before: UUID | None = None) -> tuple[Line, ...]:
    """The newest lines of the register, or those older than the line ``before``."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT d.id, d.at, d.kind, d.records, d.reason, d.certificate, d.law, d.method,"
            " d.executor, c.at FROM retention_destruction d"
            " LEFT JOIN retention_confirmed c ON c.line_id = d.id"
            " WHERE %s::uuid IS NULL OR d.id < %s ORDER BY d.id DESC LIMIT %s",
            [before, before, limit],
        )
        return tuple(Line(*row) for row in cursor.fetchall())


def confirm(shown: Collection[UUID], *, by: SubjectId, at: datetime) -> int:
    """Note that somebody looked at these lines and confirms them; how many were not confirmed yet."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO retention_confirmed (line_id, confirmed_by, at)"
            " SELECT id, %s, %s FROM retention_destruction WHERE id = ANY(%s)"
            " ON CONFLICT (line_id) DO NOTHING",
            [by, at, list(shown)],
        )
        return int(cursor.rowcount)


def unconfirmed() -> int:
    """How many lines nobody has confirmed."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM retention_destruction d WHERE NOT EXISTS"
            " (SELECT 1 FROM retention_confirmed c WHERE c.line_id = d.id)"
        )
        (count,) = cursor.fetchone()
        return int(count)
