"""The destruction register (파기대장): what was destroyed, when and why, and nothing about whom."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection

from yaksok.database.inserting import insert
from yaksok.kernel.ids import new_id
from yaksok.policy.vocabulary import RecordKind

COLUMNS = ("id", "at", "kind", "records", "reason", "certificate")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the register."""

    at: datetime
    kind: str
    records: int
    reason: str
    certificate: UUID | None


def enter(
    kinds: Iterable[RecordKind], *, at: datetime, reason: str, certificate: UUID | None = None
) -> None:
    """Enter the destruction of records of ``kinds``, one line for each kind with its count.

    Arguments:
        reason: A closed word: ``"left"``, ``"period_over"``, ``"order_done"``.
    """
    entered = [
        (new_id(), at, kind.value, count, reason, certificate)
        for kind, count in sorted(Counter(kinds).items())
    ]
    with connection.cursor() as cursor:
        insert(cursor, "retention_destruction", COLUMNS, entered)


def lines(*, limit: int = 200) -> tuple[Line, ...]:
    """The newest lines of the register."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT at, kind, records, reason, certificate FROM retention_destruction"
            " ORDER BY at DESC, id DESC LIMIT %s",
            [limit],
        )
        return tuple(Line(*row) for row in cursor.fetchall())
