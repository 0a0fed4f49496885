"""When the period of a record begins, and what it is counted from."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime

from django.db import connection

from yaksok.kernel.ids import RecordId, SubjectId
from yaksok.policy.in_force import policy
from yaksok.policy.vocabulary import RecordKind
from yaksok.privacy.vault import gate

MILLISECONDS_SHIFT = 80
"""A UUIDv7 begins with 48 bits of milliseconds since 1970."""


def happened(subject: SubjectId, record: RecordId, kind: RecordKind, *, at: datetime) -> datetime:
    """The event came that ends this kind of record: its period runs from ``at``.

    Returns:
        When the record is destroyed, by the policy's rule for ``kind``.
    """
    due = policy().retention[kind].due(at)
    gate.set_end(subject, record, due)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO retention_began (subject_id, record_id, at) VALUES (%s, %s, %s)"
            " ON CONFLICT (subject_id, record_id) DO UPDATE SET at = excluded.at",
            [subject, record, at],
        )
    return due


def began(subject: SubjectId, records: Iterable[RecordId]) -> Mapping[RecordId, datetime]:
    """From when each record's legal period counts: its event, else the moment it was sealed."""
    wanted = list(records)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT record_id, at FROM retention_began"
            " WHERE subject_id = %s AND record_id = ANY(%s)",
            [subject, wanted],
        )
        known = {RecordId(record): at for record, at in cursor.fetchall()}
    return {record: known.get(record) or sealed_at(record) for record in wanted}


def sealed_at(record: RecordId) -> datetime:
    """When the record with this id was sealed: its id says so."""
    return datetime.fromtimestamp((record.int >> MILLISECONDS_SHIFT) / 1000, tz=UTC)


def forget(subject: SubjectId, records: Iterable[RecordId]) -> None:
    """Remove what was noted about records that are no more."""
    gone = list(records)
    with connection.cursor() as cursor:
        for table in ("retention_began", "retention_waiting"):
            cursor.execute(
                f"DELETE FROM {table} WHERE subject_id = %s AND record_id = ANY(%s)",  # noqa: S608 - a constant
                [subject, gone],
            )
