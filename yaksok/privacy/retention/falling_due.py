"""How many records and rows end in which month, in Seoul. Counts alone."""

from dataclasses import dataclass
from datetime import date

from django.db import connection

from yaksok.kernel.holdings import After
from yaksok.policy.vocabulary import RecordKind
from yaksok.privacy.retention import holdings
from yaksok.privacy.vault import gate


@dataclass(frozen=True, slots=True)
class Due:
    """So many of ``what`` (a record kind, or a table) end in the month that begins on ``month``."""

    what: str
    month: date
    count: int
    is_table: bool = False


def records() -> tuple[Due, ...]:
    """Sealed records by kind and month."""
    return tuple(Due(kind.value, month, count) for kind, month, count in gate.ends_by_month())


def waiting() -> tuple[tuple[RecordKind, int], ...]:
    """Records by kind whose end is not known yet: its event has not come, or a hold keeps them."""
    return tuple((kind, count) for kind, count in gate.endless())


def rows() -> tuple[Due, ...]:
    """Rows by table and month, of tables whose rows end some time after a moment of their own."""
    found = []
    for holding in holdings.about_persons():
        for end in holding.ends:
            if not isinstance(end, After):
                continue
            with connection.cursor() as cursor:
                cursor.execute(
                    f"SELECT date_trunc('month', (({end.column}) AT TIME ZONE 'Asia/Seoul')"  # noqa: S608 - declared names
                    f" + interval '{end.period}' + interval '1 day')::date AS month, count(*)"
                    f" FROM {holding.table} WHERE ({end.column}) IS NOT NULL AND ({end.where})"
                    " GROUP BY month ORDER BY month"
                )
                found += [
                    Due(holding.table, month, int(count), is_table=True)
                    for month, count in cursor.fetchall()
                ]
    return tuple(found)
