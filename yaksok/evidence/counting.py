"""Counts over the whole database, as the role that may see every table. Nothing is changed."""

from collections.abc import Sequence

from django.db import connection

from yaksok.database.roles import keeper


def counts(sql: str, *values: Sequence[str]) -> tuple[int, ...]:
    """The numbers of the one row that the constant statement ``sql`` yields for ``values``."""
    with keeper(), connection.cursor() as cursor:
        cursor.execute(sql, [[*names] for names in values] or None)
        row = cursor.fetchone()
    return tuple(int(cell or 0) for cell in row or ())
