"""Records of somebody who left, that an open order still needs (P3.10)."""

from collections.abc import Iterable
from datetime import datetime

from django.db import connection

from yaksok.database.inserting import insert
from yaksok.kernel.ids import RecordId, SubjectId

Name = tuple[SubjectId, RecordId]


def hold(
    subject: SubjectId, records: Iterable[RecordId], *, owner: SubjectId, since: datetime
) -> None:
    """Note that ``records`` about ``subject`` wait for an order of ``owner``, who left."""
    with connection.cursor() as cursor:
        insert(
            cursor,
            "retention_waiting",
            ("subject_id", "record_id", "owner_id", "since"),
            [(subject, record, owner, since) for record in records],
            tail="ON CONFLICT (subject_id, record_id) DO NOTHING",
        )


def owners(*, limit: int = 1000) -> list[SubjectId]:
    """Who left and has records waiting, the longest waiting first."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT owner_id FROM retention_waiting GROUP BY owner_id ORDER BY min(since) LIMIT %s",
            [limit],
        )
        return [SubjectId(owner) for (owner,) in cursor.fetchall()]


def of(owner: SubjectId) -> frozenset[Name]:
    """The records that wait for the orders of ``owner``."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT subject_id, record_id FROM retention_waiting WHERE owner_id = %s", [owner]
        )
        return frozenset((SubjectId(s), RecordId(r)) for s, r in cursor.fetchall())
