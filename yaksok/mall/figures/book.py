"""Keep a table of figures for good, and write down for what it was given out."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from yaksok.kernel import clock
from yaksok.kernel.ids import new_id
from yaksok.mall.figures.models import Release, Table


@dataclass(frozen=True, slots=True)
class Kept:
    """One table of one month: labels of rows and columns, sums included, and a cell for each pair.

    A cell is None where it is hidden.
    """

    id: UUID
    subject: str
    month: date
    smallest: int
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    cells: tuple[tuple[int | None, ...], ...]
    made_at: datetime
    releases: tuple[tuple[str, datetime], ...] = ()


def keep(
    subject: str,
    month: date,
    rows: tuple[str, ...],
    columns: tuple[str, ...],
    cells: tuple[tuple[int | None, ...], ...],
    *,
    smallest: int,
) -> Kept:
    """The table of ``subject`` and ``month``: this one, or the one that is kept already.

    A table that exists is never counted anew: two versions of it could be subtracted.
    """
    row, _fresh = Table.objects.get_or_create(
        subject=subject,
        month=month,
        defaults={
            "id": new_id(),
            "smallest": smallest,
            "rows": rows,
            "columns": columns,
            "cells": cells,
            "made_at": clock.now(),
        },
    )
    return _kept(row)


def find(subject: str, month: date) -> Kept | None:
    """The table of ``subject`` and ``month``, if it was ever counted."""
    row = Table.objects.filter(subject=subject, month=month).first()
    return None if row is None else _kept(row)


def release(table: Kept, use: str) -> None:
    """Write down that ``table`` was given out for ``use``."""
    Release.objects.create(id=new_id(), table_id=table.id, use=use, at=clock.now())


def every(*, limit: int = 200) -> list[Kept]:
    """All tables that were counted, the newest first, with their releases."""
    tables = list(Table.objects.order_by("-made_at", "-id")[:limit])
    given: dict[UUID, list[tuple[str, datetime]]] = {}
    for out in Release.objects.filter(table_id__in=[t.id for t in tables]).order_by("at", "id"):
        given.setdefault(out.table_id, []).append((out.use, out.at))
    return [_kept(row, tuple(given.get(row.id, ()))) for row in tables]


def _kept(row: Table, releases: tuple[tuple[str, datetime], ...] = ()) -> Kept:
    return Kept(
        row.id,
        row.subject,
        row.month,
        row.smallest,
        tuple(row.rows),
        tuple(row.columns),
        tuple(tuple(line) for line in row.cells),
        row.made_at,
        releases,
    )
