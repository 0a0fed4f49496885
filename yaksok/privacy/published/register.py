"""Read and write the register of policy versions. Acts inside the caller's transaction."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, connection

from yaksok.database.selecting import rows
from yaksok.kernel import clock
from yaksok.kernel.errors import Busy
from yaksok.policy.compile import Policy
from yaksok.policy.lineage import to_json
from yaksok.policy.vocabulary import Language

PUBLISHING = 7_221_001
"""Name of the lock under which one version at a time is published, and nobody joins meanwhile."""

FOUNDING = 1
"""The number of a mall's first version."""

_COLUMNS = (
    "number, version, profile, hash, source, lineage, adverse, announced_at, effective_at,"
    " published_by"
)


@dataclass(frozen=True, slots=True)
class Version:
    """One published version. ``source`` is its TOML, ``lineage`` what it added, as JSON."""

    number: int
    version: str
    profile: str
    hash: str
    source: str
    lineage: str
    adverse: bool
    announced_at: datetime
    effective_at: datetime
    published_by: UUID | None


PageName = tuple[str, Language]
"""``policy``, ``children`` or ``terms``, and the language."""


def lock() -> None:
    """Let nobody publish or join until this transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [PUBLISHING])


def share() -> None:
    """Let nobody publish until this transaction ends; others may join at the same time."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock_shared(%s)", [PUBLISHING])


def number_in_force() -> int:
    """The version that is in force at this moment; 0 in a mall that has published none."""
    with connection.cursor() as cursor:
        cursor.execute(in_force_query())
        return int(cursor.fetchone()[0])


def in_force_query() -> str:
    """One statement whose only value is :func:`number_in_force`."""
    moment = clock.now().isoformat()
    return (
        "SELECT coalesce(max(number), 0) FROM published_version"  # noqa: S608 - a time of ours
        f" WHERE effective_at <= TIMESTAMPTZ '{moment}'"
    )


def version(number: int) -> Version | None:
    """The version with this number."""
    found = rows(f"SELECT {_COLUMNS} FROM published_version WHERE number = %s", [number])  # noqa: S608 - constants
    return Version(*found[0]) if found else None


def versions() -> tuple[Version, ...]:
    """Every version, newest first."""
    found = rows(f"SELECT {_COLUMNS} FROM published_version ORDER BY number DESC", [])  # noqa: S608 - constants
    return tuple(Version(*row) for row in found)


def is_published(name: str) -> bool:
    """Whether a version was called ``name`` already."""
    return bool(rows("SELECT 1 FROM published_version WHERE version = %s", [name]))


def latest() -> Version | None:
    """The version published last, in force or not yet."""
    found = rows(
        f"SELECT {_COLUMNS} FROM published_version ORDER BY number DESC LIMIT 1",  # noqa: S608 - constants
        [],
    )
    return Version(*found[0]) if found else None


def keep(
    policy: Policy,
    *,
    number: int,
    adverse: bool,
    effective_at: datetime,
    published_by: UUID | None,
    pages: Mapping[PageName, str],
) -> Version:
    """Write ``policy`` and its rendered ``pages`` as version ``number``.

    Raises:
        Busy: somebody else has published this number or this version meanwhile; look at theirs.
    """
    document = policy.document
    kept = Version(
        number,
        policy.version,
        policy.profile.value,
        policy.hash,
        document.source,
        to_json(policy.lineage),
        adverse,
        clock.now(),
        effective_at,
        published_by,
    )
    values = [getattr(kept, name) for name in Version.__slots__]
    with connection.cursor() as cursor:
        try:
            cursor.execute(
                f"INSERT INTO published_version ({_COLUMNS})"  # noqa: S608 - constants
                " VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s)",
                values,
            )
        except IntegrityError:
            raise Busy from None
        cursor.executemany(
            "INSERT INTO published_text (number, page, language, content) VALUES (%s, %s, %s, %s)",
            [(number, page, language.value, text) for (page, language), text in pages.items()],
        )
    return kept


def page(number: int, name: str, language: Language) -> str | None:
    """The page ``name`` of a version as it was rendered on the day of publication."""
    found = rows(
        "SELECT content FROM published_text WHERE number = %s AND page = %s AND language = %s",
        [number, name, language.value],
    )
    return str(found[0][0]) if found else None
