"""Rows outside of the vault come to the end that their table declares (:class:`.Holding.ends`)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection

from yaksok.database.roles import keeper, retrying
from yaksok.kernel import clock
from yaksok.kernel.holdings import After, AfterPerson, Holding, Keep, WithRow
from yaksok.policy.retention import Period
from yaksok.privacy.retention import holdings, register

EMPTY = UUID(int=0)
"""What stands in a column that was emptied: an id that leads to nobody."""

PAGE = 500
"""Rows of one table, or persons, that go in one transaction."""

DELETED, EMPTIED = "rows_deleted", "rows_emptied"
SWEEP = "row_sweep"


@dataclass(frozen=True, slots=True)
class Outlived:
    """How many rows of one table are past their end and still there."""

    table: str
    rows: int


def sweep() -> int:
    """Delete, or empty, every row whose day has passed; how many. A job.

    A row that ends with another one goes in the same transaction, so none is left behind. The
    register gets a line for each table, without anything about whom.
    """
    done = 0
    for holding in holdings.about_persons():
        for end in holding.ends:
            if isinstance(end, After):
                done += _repeated(holding, end)
            elif isinstance(end, AfterPerson):
                done += _after_person(holding, end)
    _forget_gone()
    return done


def note_gone(subject: UUID, *, at: datetime) -> None:
    """Note that nothing is held about ``subject`` any more: rows that outlive them count from here."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO retention_gone (subject_id, at) VALUES (%s, %s)"
            " ON CONFLICT (subject_id) DO UPDATE SET at = excluded.at",
            [subject, at],
        )


def outlived(at: datetime) -> tuple[Outlived, ...]:
    """Tables that hold rows whose end had come by ``at``. Empty, unless the sweep failed; reads only."""
    found = []
    for holding in holdings.about_persons():
        for end in holding.ends:
            if not isinstance(end, After):
                continue
            before = Period.parse(end.period).over_before(at)
            with connection.cursor() as cursor:
                cursor.execute(
                    f"SELECT count(*) FROM {holding.table} WHERE {end.column} < %s AND ({end.where})",  # noqa: S608 - declared names
                    [before],
                )
                (count,) = cursor.fetchone()
            if count:
                found.append(Outlived(holding.table, int(count)))
    return tuple(found)


def unended() -> tuple[str, ...]:
    """Tables that keep something about a person and do not say what carries out its end."""
    return tuple(
        one.table
        for one in holdings.about_persons()
        if any(isinstance(end, Keep) for end in one.columns.values()) and not one.ends
    )


def _repeated(holding: Holding, end: After) -> int:
    in_pages = any(_children(holding.table)) and not end.through
    done = gone = _after(holding, end)
    while gone and in_pages:
        gone = _after(holding, end)
        done += gone
    return done


@retrying
def _after(holding: Holding, end: After) -> int:
    before = Period.parse(end.period).over_before(clock.now())
    with keeper(), connection.cursor() as cursor:
        if end.through:
            cursor.execute(f"SELECT {end.through}(%s)", [before])
            (count,) = cursor.fetchone()
            return _entered(holding, int(count), DELETED)
        condition = f"{end.column} < %s AND ({end.where})"
        children = tuple(_children(holding.table))
        if not children:
            cursor.execute(f"DELETE FROM {holding.table} WHERE {condition}", [before])  # noqa: S608 - declared names
            return _entered(holding, int(cursor.rowcount), DELETED)
        return _with_children(holding, f"{condition} LIMIT {PAGE} FOR UPDATE", [before])


def _with_children(
    holding: Holding, condition: str, values: Sequence[datetime | list[UUID]]
) -> int:
    """Delete the rows of ``condition`` and, before them, all that end with them."""
    children = tuple(_children(holding.table))
    keys = sorted({theirs for _, link in children for theirs in link.on.values()})
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {', '.join(keys)} FROM {holding.table} WHERE {condition}",  # noqa: S608 - declared names
            [*values],
        )
        rows = cursor.fetchall()
        if not rows:
            return 0
        columns = {key: [row[place] for row in rows] for place, key in enumerate(keys)}
        for child, link in children:
            _end(child, [*link.on], [columns[theirs] for theirs in link.on.values()])
        return _end(holding, keys, [columns[key] for key in keys], alone=True)


def _end(
    holding: Holding, columns: list[str], values: list[list[UUID]], *, alone: bool = False
) -> int:
    """Delete the rows of ``holding`` whose ``columns`` are one of ``values``, which stand in rows."""
    cells = ", ".join(["%s::uuid[]"] * len(columns))
    condition = f"({', '.join(columns)}) IN (SELECT * FROM unnest({cells}))"  # noqa: S608 - declared names
    if not alone and any(_children(holding.table)):
        return _with_children(holding, f"{condition} FOR UPDATE", values)
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {holding.table} WHERE {condition}", [*values])  # noqa: S608 - declared names
        return _entered(holding, int(cursor.rowcount), DELETED)


def _children(table: str) -> Iterator[tuple[Holding, WithRow]]:
    for holding in holdings.about_persons():
        for end in holding.ends:
            if isinstance(end, WithRow) and end.table == table:
                yield holding, end


def _after_person(holding: Holding, end: AfterPerson) -> int:
    before = Period.parse(end.period).over_before(clock.now())
    done, last = 0, EMPTY
    while True:
        with keeper():
            subjects = _gone(before, last)
        if not subjects:
            return done
        done += _of_persons(holding, end, subjects)
        last = subjects[-1]


def _gone(before: datetime, last: UUID) -> list[UUID]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT subject_id FROM retention_gone WHERE at < %s AND subject_id > %s"
            " ORDER BY subject_id LIMIT %s",
            [before, last, PAGE],
        )
        return [subject for (subject,) in cursor.fetchall()]


@retrying
def _of_persons(holding: Holding, end: AfterPerson, subjects: list[UUID]) -> int:
    with keeper(), connection.cursor() as cursor:
        if end.through:
            cursor.execute(f"SELECT {end.through}(%s)", [subjects])
            (count,) = cursor.fetchone()
            return _entered(holding, int(count), DELETED)
        if not end.empties:
            return _end(holding, [holding.subject], [subjects])
        done = 0
        for column in end.empties:
            cursor.execute(
                f"UPDATE {holding.table} SET {column} = %s WHERE {column} = ANY(%s)",  # noqa: S608 - declared names
                [EMPTY, subjects],
            )
            done += int(cursor.rowcount)
        return _entered(holding, done, EMPTIED)


def _entered(holding: Holding, count: int, method: str) -> int:
    if count:
        register.enter_rows(holding.table, count, at=clock.now(), method=method, executor=SWEEP)
    return count


@retrying
def _forget_gone() -> None:
    """What was noted about persons serves nothing after the longest period that counts from it."""
    ends = [end for one in holdings.about_persons() for end in one.ends]
    cuts = [
        Period.parse(end.period).over_before(clock.now())
        for end in ends
        if isinstance(end, AfterPerson)
    ]
    if not cuts:
        return
    with keeper(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM retention_gone WHERE at < %s", [min(cuts)])
