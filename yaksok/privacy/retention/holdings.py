"""Every table of the mall, and how what it holds about a person ends; read from the apps.

Each app declares its tables in ``holdings.py`` (:mod:`yaksok.kernel.holdings`). A table or column
that nobody declares fails the build (``tests/house/test_holdings.py``), so a new column cannot
outlive a person by oversight.
"""

from functools import cache
from importlib import import_module
from importlib.util import find_spec

from django.apps import apps
from django.db import connection

from yaksok.kernel.holdings import GATE, OWN, ROWS, About, Holding, Impersonal, kept
from yaksok.kernel.ids import SubjectId

HOLDINGS: tuple[Holding | Impersonal, ...] = (
    Impersonal(
        "retention_destruction",
        "종류와 수, 날짜와 이유 / kinds, counts, dates and reasons; no subject",
    ),
    Holding(
        "retention_began",
        "subject_id",
        "보관 기간의 시작일",
        "start of a record's period",
        kept(
            ids=("subject_id", "record_id"),
            facts=("at",),
            reason="보관 기간 계산 / counting the period",
            until="그 기록이 파기될 때까지 / until the record is destroyed",
        ),
        OWN,
        about=(About.MEMBER, About.GUEST),
        promises=("P3.5",),
    ),
    Holding(
        "retention_waiting",
        "subject_id",
        "주문이 끝나기를 기다리는 기록",
        "records that wait for an order",
        kept(
            ids=("subject_id", "record_id", "owner_id"),
            facts=("since",),
            reason="주문이 끝나면 파기하려고 / destroying the record when the order is done",
            until="주문이 끝날 때까지 / until the order is done",
        ),
        OWN,
        about=(About.MEMBER, About.GUEST),
        promises=("P3.10",),
        of_another=("owner_id",),
    ),
)

_QUEUE = (
    "할 일의 이름과 때, 사람을 가리키는 인자는 없음"
    " / names of jobs and the moment each is due; no argument leads to a person"
)
_BOOKKEEPING = "테이블을 만든 단계의 이름 / names of the steps that made the tables"

OF_OTHERS: tuple[Impersonal, ...] = (
    Impersonal("django_migrations", _BOOKKEEPING),
    Impersonal("procrastinate_events", _QUEUE),
    Impersonal("procrastinate_jobs", _QUEUE),
    Impersonal("procrastinate_periodic_defers", _QUEUE),
    Impersonal("procrastinate_workers", _QUEUE),
    Impersonal("yaksok_prepared", _BOOKKEEPING),
)
"""Tables in the mall's database that no app of ours makes."""


@cache
def declared() -> tuple[Holding | Impersonal, ...]:
    """What every installed app of the mall declares, app by app, and then the tables of others."""
    ours = (
        holding
        for config in apps.get_app_configs()
        if config.name.startswith("yaksok.") and find_spec(f"{config.name}.holdings")
        for holding in import_module(f"{config.name}.holdings").HOLDINGS
    )
    return (*ours, *OF_OTHERS)


def about_persons() -> tuple[Holding, ...]:
    """The declared tables that hold something about persons."""
    return tuple(holding for holding in declared() if isinstance(holding, Holding))


def rows_of(subject: SubjectId) -> list[tuple[Holding, int]]:
    """How many rows each table outside of the vault holds about ``subject``; none are left out."""
    found = []
    for holding in about_persons():
        if holding.by == GATE:
            continue
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT count(*) FROM {holding.table} WHERE {holding.subject} = %s",  # noqa: S608 - declared names
                [subject],
            )
            (count,) = cursor.fetchone()
        if count:
            found.append((holding, int(count)))
    return found


def erase_rows(subject: SubjectId) -> dict[str, int]:
    """Delete the rows of ``subject`` in every table that ends with the person; table to count."""
    deleted = {}
    for holding in about_persons():
        if holding.by != ROWS:
            continue
        with connection.cursor() as cursor:
            cursor.execute(
                f"DELETE FROM {holding.table} WHERE {holding.subject} = %s",  # noqa: S608 - declared names
                [subject],
            )
            deleted[holding.table] = int(cursor.rowcount)
    return deleted


def undeclared() -> dict[str, set[str]]:
    """Columns of the database that nobody declares, and declared ones that do not exist."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.relname, a.attname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
            " JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped"
            " WHERE c.relkind IN ('r', 'p')"
            " AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'"
        )
        columns: dict[str, set[str]] = {}
        for table, column in cursor.fetchall():
            columns.setdefault(table, set()).add(column)
    for holding in declared():
        if isinstance(holding, Impersonal):
            columns.pop(holding.table, None)
        else:
            columns[holding.table] = columns.get(holding.table, set()) ^ set(holding.columns)
    return {table: rest for table, rest in columns.items() if rest}
