"""When the period of a record begins, and what it is counted from."""

from collections.abc import Iterable
from datetime import datetime

from django.db import connection

from yaksok.kernel.ids import RecordId, SubjectId
from yaksok.policy.in_force import policy
from yaksok.policy.vocabulary import RecordKind
from yaksok.privacy.consent import ledger
from yaksok.privacy.vault import gate

BEGAN = "retention_began"
"""The table that says when a record's period began; its rows end with their records."""


def happened(subject: SubjectId, record: RecordId, kind: RecordKind, *, at: datetime) -> datetime:
    """The event came that ends this kind of record: its period runs from ``at``.

    A law's period for a copy of it counts from there too.

    Returns:
        When the record is destroyed, by the rule for ``kind`` to which the person agreed (P1.9).
    """
    due = policy().due(kind, at, ledger.standing(subject))
    gate.set_end(subject, record, due)
    traded(subject, record, at=at)
    return due


def traded(subject: SubjectId, record: RecordId, *, at: datetime) -> None:
    """A trade came of this record at ``at``: what a law keeps of it counts from there.

    Of a record without a trade no law keeps anything, and no copy is made when it is destroyed.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO retention_began (subject_id, record_id, at) VALUES (%s, %s, %s)"
            " ON CONFLICT (subject_id, record_id) DO UPDATE SET at = excluded.at",
            [subject, record, at],
        )


def began(subject: SubjectId, records: Iterable[RecordId]) -> dict[RecordId, datetime]:
    """From when a law's period counts, for those of ``records`` of which a trade came."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT record_id, at FROM retention_began"
            " WHERE subject_id = %s AND record_id = ANY(%s)",
            [subject, list(records)],
        )
        return {RecordId(record): at for record, at in cursor.fetchall()}


def forget(subject: SubjectId, records: Iterable[RecordId]) -> None:
    """Remove what was noted about records that are no more."""
    gone = list(records)
    with connection.cursor() as cursor:
        for table in ("retention_began", "retention_copy", "retention_waiting"):
            cursor.execute(
                f"DELETE FROM {table} WHERE subject_id = %s AND record_id = ANY(%s)",  # noqa: S608 - a constant
                [subject, gone],
            )
