"""Of whom there is a record of a kind, and when records end. Ids and counts; nothing is opened."""

from datetime import date

from yaksok.database.selecting import rows
from yaksok.policy.vocabulary import RecordKind


def holders(kind: RecordKind) -> str:
    """A statement whose one column is the subject id of each who has a record of ``kind``.

    For another statement to be built on, so that a long list never leaves the database.
    """
    return f"SELECT DISTINCT subject_id FROM vault_record WHERE kind = '{kind.value}'"  # noqa: S608 - a closed word


def newest_records(kind: RecordKind) -> str:
    """A statement with the subject id of each who has a record of ``kind``, and the newest one's id.

    For another statement to be built on, like :func:`holders`.
    """
    return (
        "SELECT DISTINCT ON (subject_id) subject_id, record_id FROM vault_record"  # noqa: S608 - a closed word
        f" WHERE kind = '{kind.value}' ORDER BY subject_id, record_id DESC"
    )


def count(kind: RecordKind) -> int:
    """How many have a record of ``kind``."""
    found = rows(
        "SELECT count(DISTINCT subject_id) FROM vault_record WHERE kind = %s", [kind.value]
    )
    return int(found[0][0])


def ends_by_month() -> list[tuple[RecordKind, date, int]]:
    """How many records of each kind end in the month, in Seoul, that begins on the date."""
    found = rows(
        "SELECT kind, date_trunc('month', destroy_after AT TIME ZONE 'Asia/Seoul')::date AS month,"
        " count(*) FROM vault_record WHERE destroy_after IS NOT NULL"
        " GROUP BY kind, month ORDER BY month, kind",
        [],
    )
    return [(RecordKind(kind), month, int(some)) for kind, month, some in found]


def endless() -> list[tuple[RecordKind, int]]:
    """How many records of each kind have no end yet."""
    found = rows(
        "SELECT kind, count(*) FROM vault_record WHERE destroy_after IS NULL"
        " GROUP BY kind ORDER BY kind",
        [],
    )
    return [(RecordKind(kind), int(some)) for kind, some in found]
