"""Read rows with one statement."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import connection

Row = tuple[Any, ...]  # whatever the driver makes of the columns


def rows(statement: str, values: Sequence[Any] | Mapping[str, Any] | None = None) -> list[Row]:
    """All rows of ``statement``, a constant of the code; what a person typed is in ``values`` alone."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        found: list[Row] = cursor.fetchall()
    return found
