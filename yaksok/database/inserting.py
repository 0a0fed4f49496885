"""Insert many rows with one statement."""

from collections.abc import Sequence
from typing import Any

from django.db.backends.utils import CursorWrapper


def insert(
    cursor: CursorWrapper,
    table: str,
    columns: Sequence[str],
    rows: Sequence[Sequence[Any]],  # whatever the driver can adapt
    *,
    tail: str = "",
) -> int:
    """Insert ``rows`` into ``table`` and return how many were written.

    Arguments:
        table, columns, tail: Constants of the code, never a person's input; ``tail`` is what
            follows the values (``ON CONFLICT …``).

    Cost:
        One round trip, whatever the number of rows; none without rows.
    """
    if not rows:
        return 0
    row = f"({', '.join(['%s'] * len(columns))})"
    values = ", ".join([row] * len(rows))
    statement = f"INSERT INTO {table} ({', '.join(columns)}) VALUES {values} {tail}"  # noqa: S608 - constants of the code
    cursor.execute(statement, [cell for cells in rows for cell in cells])
    return int(cursor.rowcount)
