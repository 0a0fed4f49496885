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

from yaksok.kernel.holdings import (
    GATE,
    OWN,
    ROWS,
    About,
    After,
    AfterPerson,
    EndedBy,
    Holding,
    Impersonal,
    WithRow,
    kept,
)
from yaksok.kernel.ids import SubjectId

_WITH_RECORD = EndedBy("yaksok.privacy.retention.ends.forget")

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
        ends=(_WITH_RECORD,),
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
        ends=(_WITH_RECORD,),
    ),
    Holding(
        "retention_copy",
        "subject_id",
        "법정 보존 기록의 목록",
        "list of what a law keeps",
        kept(
            ids=("subject_id", "record_id", "of_record"),
            facts=("of_kind", "law", "until"),
            reason="어느 법이 무엇을 언제까지 보존하게 했는지"
            " / which law keeps what, and until when",
            until="그 기록이 파기될 때까지 / until the record is destroyed",
        ),
        OWN,
        about=(About.MEMBER, About.GUEST),
        promises=("P3.10",),
        ends=(_WITH_RECORD,),
    ),
    Holding(
        "retention_gone",
        "subject_id",
        "정보가 모두 파기된 날",
        "day on which all was destroyed",
        kept(
            ids=("subject_id",),
            facts=("at",),
            reason="그날부터 세는 기간이 끝나면 나머지도 지우려고"
            " / what outlives the person is counted from that day",
            until="그날부터 3년 / three years from that day",
        ),
        OWN,
        about=(About.MEMBER, About.GUEST, About.STAFF),
        promises=("P3.5",),
        ends=(EndedBy("yaksok.privacy.retention.rows.sweep"),),
    ),
    Holding(
        "retention_hold",
        "subject_id",
        "법에 따른 보존 명령",
        "legal holds",
        kept(
            ids=(
                "subject_id",
                "id",
                "order_id",
                "asked_by",
                "seconded_by",
                "release_by",
                "released_by",
            ),
            facts=(
                "ground",
                "document",
                "review_on",
                "asked_at",
                "seconded_at",
                "release_at",
                "released_at",
            ),
            reason="무엇을 왜 파기하지 않았는지의 증빙 / proof of what was not destroyed, and why",
            until="풀린 뒤 3년, 세워지지 않았으면 요청한 뒤 3년"
            " / three years after it was lifted, or was asked for in vain",
        ),
        OWN,
        about=(About.MEMBER, About.GUEST),
        promises=("P3.10",),
        of_another=("order_id", "asked_by", "seconded_by", "release_by", "released_by"),
        ends=(
            After("P3Y", "released_at"),
            After("P3Y", "asked_at", where="seconded_at IS NULL"),
        ),
    ),
    Holding(
        "retention_held",
        "subject_id",
        "파기하지 않는 기록의 번호",
        "numbers of records that are held",
        kept(
            ids=("subject_id", "record_id", "hold_id"),
            reason="법에 따른 보존 명령 / a legal hold",
            until="명령이 풀릴 때까지 / until the hold is lifted",
        ),
        OWN,
        about=(About.MEMBER, About.GUEST),
        promises=("P3.10",),
        of_another=("hold_id",),
        ends=(
            EndedBy("yaksok.privacy.retention.holds.release"),
            WithRow("retention_hold", {"hold_id": "id"}),
        ),
    ),
    Holding(
        "retention_look",
        "subject_id",
        "법정 보존 기록을 본 기록",
        "register of looks into what a law keeps",
        kept(
            ids=("subject_id", "id", "order_id", "asked_by", "seconded_by"),
            facts=("ground", "document", "asked_at", "seconded_at", "opened_at"),
            reason="누가 왜 보았는지의 증빙 / proof of who looked, and why",
            until="요청한 날부터 3년 / three years from the request",
        ),
        OWN,
        about=(About.MEMBER, About.GUEST),
        promises=("P3.10",),
        of_another=("order_id", "asked_by", "seconded_by"),
        ends=(After("P3Y", "asked_at"),),
    ),
    Holding(
        "retention_case",
        "subject_id",
        "회원 자격에 관한 절차",
        "cases about a membership",
        kept(
            ids=("subject_id", "id", "opened_by", "explanation", "proposed_by", "decided_by"),
            facts=(
                "ground",
                "stage",
                "opened_at",
                "repeats",
                "cure_until",
                "noticed_at",
                "explain_until",
                "explained_at",
                "proposal",
                "proposed_at",
                "closed_at",
            ),
            reason="약관대로 알리고 듣고 정했다는 증빙(분쟁 기록)"
            " / proof that the member was told and heard (a record of a dispute)",
            until="절차가 끝난 뒤 3년 / three years after the case was closed",
        ),
        OWN,
        about=(About.MEMBER,),
        promises=("P3.4",),
        of_another=("opened_by", "proposed_by", "decided_by"),
        ends=(After("P3Y", "closed_at"),),
    ),
    Holding(
        "retention_confirmed",
        "confirmed_by",
        "파기대장의 확인",
        "confirmations of the destruction register",
        kept(
            ids=("confirmed_by",),
            nothing=("line_id", "at"),
            reason="책임자가 파기를 확인했다는 증빙 / proof that the officer confirmed a destruction",
            until="누가 했는지는 그만둔 뒤 3년, 확인한 사실은 쇼핑몰이 있는 동안"
            " / who did it for three years after they left, that it was done as long as the mall exists",
        ),
        OWN,
        about=(About.STAFF,),
        promises=("P3.7",),
        ends=(AfterPerson("P3Y", empties=("confirmed_by",)),),
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
