"""Counts over the whole database, as the role that may see every table. Nothing is changed."""

from collections.abc import Sequence
from datetime import datetime

from django.db import connection

from yaksok.database.roles import keeper

MOST = 5_000
"""So many rows does a probe look at in a table that grows with the mall: the newest, or the last by key."""

Value = Sequence[str] | datetime | int


def counts(sql: str, *values: Value) -> tuple[int, ...]:
    """The numbers of the one row that the constant statement ``sql`` yields for ``values``."""
    given = [one if isinstance(one, datetime | int) else [*one] for one in values]
    with keeper(), connection.cursor() as cursor:
        cursor.execute(sql, given or None)
        row = cursor.fetchone()
    return tuple(int(cell or 0) for cell in row or ())
