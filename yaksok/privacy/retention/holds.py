"""Legal holds: what must not be destroyed while a court or an authority has it kept.

A held record dies on its day like any other, so that nobody uses it any longer; what a law keeps of it
stays under its own key, closed to every screen but the legal one, until two officers lift the hold.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import connection

from yaksok.database.inserting import insert
from yaksok.kernel.errors import NotFound
from yaksok.kernel.ids import OrderId, RecordId, SubjectId, new_id
from yaksok.privacy.retention.grounds import Ground

Name = tuple[SubjectId, RecordId]

_COLUMNS = (
    "subject_id, id, order_id, ground, document, review_on, asked_by, asked_at, seconded_by,"
    " seconded_at, release_by, release_at, released_by, released_at"
)


@dataclass(frozen=True, slots=True)
class Hold:
    """One hold. It stands from ``seconded_at`` until ``released_at``."""

    subject: SubjectId
    id: UUID
    order: OrderId
    ground: Ground
    document: str
    review_on: date
    asked_by: SubjectId
    asked_at: datetime
    seconded_by: SubjectId | None
    seconded_at: datetime | None
    release_by: SubjectId | None
    release_at: datetime | None
    released_by: SubjectId | None
    released_at: datetime | None

    @property
    def stands(self) -> bool:
        """Whether it keeps anything now."""
        return self.seconded_at is not None and self.released_at is None


def ask(
    subject: SubjectId,
    order: OrderId,
    *,
    ground: Ground,
    document: str,
    review_on: date,
    by: SubjectId,
    at: datetime,
) -> UUID:
    """Write down that ``by`` wants the records of an order held. Nothing is held yet."""
    key = new_id()
    columns = ("subject_id", "id", "order_id", "ground", "document", "review_on", "asked_by")
    row = (subject, key, order, ground.value, document, review_on, by, at)
    with connection.cursor() as cursor:
        insert(cursor, "retention_hold", (*columns, "asked_at"), [row])
    return key


def second(hold: Hold, names: Collection[Name], *, by: SubjectId, at: datetime) -> None:
    """The hold stands from now on, over the records ``names``."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE retention_hold SET seconded_by = %s, seconded_at = %s"
            " WHERE subject_id = %s AND id = %s",
            [by, at, hold.subject, hold.id],
        )
        rows = [(subject, record, hold.id) for subject, record in names]
        insert(cursor, "retention_held", ("subject_id", "record_id", "hold_id"), rows)


def ask_release(hold: Hold, *, by: SubjectId, at: datetime) -> None:
    """Write down that ``by`` wants the hold lifted. It stands until somebody else agrees."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE retention_hold SET release_by = %s, release_at = %s"
            " WHERE subject_id = %s AND id = %s",
            [by, at, hold.subject, hold.id],
        )


def release(hold: Hold, *, by: SubjectId, at: datetime) -> tuple[Name, ...]:
    """Lift the hold; returns the records that nothing else holds any more."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE retention_hold SET released_by = %s, released_at = %s"
            " WHERE subject_id = %s AND id = %s",
            [by, at, hold.subject, hold.id],
        )
        cursor.execute(
            "DELETE FROM retention_held WHERE hold_id = %s RETURNING subject_id, record_id",
            [hold.id],
        )
        names = [(SubjectId(subject), RecordId(record)) for subject, record in cursor.fetchall()]
    return tuple((s, r) for s, r in names if r not in held(s, [r]))


def locked(hold: UUID) -> Hold:
    """One hold, until the end of the transaction nobody else's. Raises NotFound."""
    found = _read(f"SELECT {_COLUMNS} FROM retention_hold WHERE id = %s FOR UPDATE", hold)  # noqa: S608 - constants
    if not found:
        msg = "there is no such hold"
        raise NotFound(msg)
    return found[0]


def every(*, limit: int = 200) -> tuple[Hold, ...]:
    """All holds, the newest first."""
    return tuple(_read(f"SELECT {_COLUMNS} FROM retention_hold ORDER BY id DESC LIMIT %s", limit))  # noqa: S608 - constants


def held(subject: SubjectId, records: Collection[RecordId]) -> frozenset[RecordId]:
    """Those of ``records`` that a hold keeps."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT record_id FROM retention_held WHERE subject_id = %s AND record_id = ANY(%s)",
            [subject, list(records)],
        )
        return frozenset(RecordId(record) for (record,) in cursor.fetchall())


def _read(statement: str, value: UUID | int) -> Sequence[Hold]:
    with connection.cursor() as cursor:
        cursor.execute(statement, [value])
        return [
            Hold(SubjectId(r[0]), r[1], OrderId(r[2]), Ground(r[3]), *r[4:])
            for r in cursor.fetchall()
        ]
