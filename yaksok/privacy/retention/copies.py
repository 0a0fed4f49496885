"""What a law keeps of a record that is gone: of which record it is, by which law, until when."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection

from yaksok.database.inserting import insert
from yaksok.kernel.ids import RecordId, SubjectId
from yaksok.policy.vocabulary import RecordKind


@dataclass(frozen=True, slots=True)
class Kept:
    """One copy: its own record, the record that it is ``of``, and what that was."""

    subject: SubjectId
    record: RecordId
    of: RecordId
    kind: RecordKind
    law: str
    until: datetime


def note(copies: Sequence[Kept]) -> None:
    """Write down of what each copy is."""
    with connection.cursor() as cursor:
        insert(
            cursor,
            "retention_copy",
            ("subject_id", "record_id", "of_record", "of_kind", "law", "until"),
            [(c.subject, c.record, c.of, c.kind.value, c.law, c.until) for c in copies],
        )


def of(subject: SubjectId, records: Collection[UUID]) -> tuple[Kept, ...]:
    """The copies that are kept of ``records``, or that are among them."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT subject_id, record_id, of_record, of_kind, law, until FROM retention_copy"
            " WHERE subject_id = %s AND (of_record = ANY(%s) OR record_id = ANY(%s))"
            " ORDER BY record_id",
            [subject, list(records), list(records)],
        )
        return tuple(
            Kept(SubjectId(s), RecordId(r), RecordId(o), RecordKind(kind), law, until)
            for s, r, o, kind, law, until in cursor.fetchall()
        )


def laws(subject: SubjectId, records: Collection[RecordId]) -> Mapping[RecordId, str]:
    """By which law each of ``records`` was kept, of those that are copies."""
    wanted = set(records)
    return {one.record: one.law for one in of(subject, records) if one.record in wanted}
