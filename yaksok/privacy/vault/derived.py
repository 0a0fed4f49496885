"""Copies of what lies in a record, wherever they are: they die in the transaction that ends it.

Whoever makes a table that holds a value of somebody, or what was made of one (a verifier, the body of
a letter, a label), registers it here when its app begins. The gate then deletes the rows together with
the record's key, and when one of the items they hold is changed or taken away.
"""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db import connection

from yaksok.kernel.ids import RecordId, SubjectId
from yaksok.policy.vocabulary import Item, RecordKind

NAME = re.compile(r"[a-z][a-z0-9_]*")

Of = Mapping[RecordKind, frozenset[Item]]


@dataclass(frozen=True, slots=True)
class Derived:
    """One table of copies: of which items of which records, or of any when ``of`` is None."""

    table: str
    subject: str
    record: str | None
    of: Of | None

    def holds(self, kind: str, items: Collection[Item] | None) -> bool:
        """Whether rows are made of a record of ``kind``, and of one of ``items`` (None: of any)."""
        if self.of is None:
            return True
        made_of = self.of.get(RecordKind(kind))
        return made_of is not None and (items is None or not made_of.isdisjoint(items))


_registered: dict[str, Derived] = {}


def register(
    table: str,
    subject: str = "subject_id",
    record: str | None = None,
    *,
    of: Mapping[RecordKind, Collection[Item]] | None = None,
) -> None:
    """Let rows of ``table`` die with what they were made of.

    Arguments:
        subject: The column that names whose they are.
        record: The column that names the record. Without one, all rows of the subject die with
            any record of a kind that they hold: for tables that know one row for each person.
        of: Which items of which records the rows hold; any of any when it is left out. Rows that
            hold none, and only stand for the record, name its kind with no item.

    Raises:
        ValueError: a name is no plain name of a table or a column.
    """
    for name in (table, subject, *([record] if record else ())):
        if not NAME.fullmatch(name):
            msg = f"{name!r} is no plain name of a table or a column"
            raise ValueError(msg)
    made_of = {kind: frozenset(items) for kind, items in of.items()} if of else None
    _registered[table] = Derived(table, subject, record, made_of)


def registered() -> tuple[Derived, ...]:
    """Every table of copies, in the order of its name."""
    return tuple(_registered[table] for table in sorted(_registered))


def forget(
    subject: SubjectId, records: Mapping[RecordId, str], items: Collection[Item] | None = None
) -> int:
    """Delete the copies of ``items`` (None: of everything) of ``records``; returns how many rows.

    Cost: one statement for all tables.
    """
    statements: list[str] = []
    values: list[UUID | list[RecordId]] = []
    for one in registered():
        ids = [record for record, kind in records.items() if one.holds(kind, items)]
        if not ids:
            continue
        statement = f"DELETE FROM {one.table} WHERE {one.subject} = %s"  # noqa: S608 - checked names
        values.append(subject)
        if one.record:
            statement += f" AND {one.record} = ANY(%s)"
            values.append(ids)
        statements.append(f"{statement} RETURNING 1")
    if not statements:
        return 0
    parts = ", ".join(f"d{n} AS ({statement})" for n, statement in enumerate(statements))
    counts = " + ".join(f"(SELECT count(*) FROM d{n})" for n in range(len(statements)))  # noqa: S608 - numbers
    with connection.cursor() as cursor:
        cursor.execute(f"WITH {parts} SELECT {counts}", values)
        (gone,) = cursor.fetchone()
    return int(gone)
