"""The register of looks into what a law keeps: who asked, who allowed it, and when it was opened."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection

from yaksok.database.inserting import insert
from yaksok.kernel.errors import NotFound
from yaksok.kernel.ids import OrderId, SubjectId, new_id
from yaksok.privacy.retention.grounds import Ground

_COLUMNS = (
    "subject_id, id, order_id, ground, document, asked_by, asked_at, seconded_by, seconded_at,"
    " opened_at"
)


@dataclass(frozen=True, slots=True)
class Look:
    """One look, into what is kept of one order."""

    subject: SubjectId
    id: UUID
    order: OrderId
    ground: Ground
    document: str
    asked_by: SubjectId
    asked_at: datetime
    seconded_by: SubjectId | None
    seconded_at: datetime | None
    opened_at: datetime | None


def ask(
    subject: SubjectId,
    order: OrderId,
    *,
    ground: Ground,
    document: str,
    by: SubjectId,
    at: datetime,
) -> UUID:
    """Write down that ``by`` wants to look. Nothing is opened."""
    key = new_id()
    columns = ("subject_id", "id", "order_id", "ground", "document", "asked_by", "asked_at")
    row = (subject, key, order, ground.value, document, by, at)
    with connection.cursor() as cursor:
        insert(cursor, "retention_look", columns, [row])
    return key


def second(look: Look, *, by: SubjectId, at: datetime) -> None:
    """Somebody else allows the look."""
    _set(look, "seconded_by = %s, seconded_at = %s", [by, at])


def opened(look: Look, *, at: datetime) -> None:
    """Who asked has looked."""
    _set(look, "opened_at = %s", [at])


def locked(look: UUID) -> Look:
    """One look, until the end of the transaction nobody else's. Raises NotFound."""
    found = _read(f"SELECT {_COLUMNS} FROM retention_look WHERE id = %s FOR UPDATE", look)  # noqa: S608 - constants
    if not found:
        msg = "there is no such look"
        raise NotFound(msg)
    return found[0]


def every(*, limit: int = 100) -> tuple[Look, ...]:
    """All looks, the newest first."""
    return tuple(_read(f"SELECT {_COLUMNS} FROM retention_look ORDER BY id DESC LIMIT %s", limit))  # noqa: S608 - constants


def _set(look: Look, what: str, values: Sequence[UUID | datetime]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE retention_look SET {what} WHERE subject_id = %s AND id = %s",  # noqa: S608 - constants
            [*values, look.subject, look.id],
        )


def _read(statement: str, value: UUID | int) -> Sequence[Look]:
    with connection.cursor() as cursor:
        cursor.execute(statement, [value])
        return [
            Look(SubjectId(r[0]), r[1], OrderId(r[2]), Ground(r[3]), *r[4:])
            for r in cursor.fetchall()
        ]
