"""Read and write the documents that officers are working on. Acts inside the caller's transaction."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection

from yaksok.database.selecting import rows
from yaksok.kernel import clock
from yaksok.kernel.ids import SubjectId, new_id

_COLUMNS = "id, base, source, revision, edited_by, edited_at"


@dataclass(frozen=True, slots=True)
class Draft:
    """One document in the making. ``base`` is the version it began from, ``revision`` counts saves."""

    id: UUID
    base: int
    source: str
    revision: int
    edited_by: UUID
    edited_at: datetime


def begin(source: str, *, base: int, by: SubjectId) -> Draft:
    """A new draft with its first revision."""
    draft = Draft(new_id(), base, source, 1, by, clock.now())
    values = [getattr(draft, name) for name in Draft.__slots__]
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO published_draft ({_COLUMNS}) VALUES (%s, %s, %s, %s, %s, %s)",  # noqa: S608 - constants
            values,
        )
    return draft


def every() -> tuple[Draft, ...]:
    """All drafts, the one saved last first."""
    found = rows(f"SELECT {_COLUMNS} FROM published_draft ORDER BY edited_at DESC", [])  # noqa: S608 - constants
    return tuple(Draft(*row) for row in found)


def read(id_: UUID, *, lock: bool = False) -> Draft | None:
    """The draft, if it is still there; with ``lock`` nobody else saves it until the transaction ends."""
    tail = " FOR UPDATE" if lock else ""
    found = rows(f"SELECT {_COLUMNS} FROM published_draft WHERE id = %s{tail}", [id_])  # noqa: S608 - constants
    return Draft(*found[0]) if found else None


def save(draft: Draft, source: str, *, base: int, by: SubjectId) -> Draft:
    """The next revision of ``draft``, which must be locked."""
    saved = Draft(draft.id, base, source, draft.revision + 1, by, clock.now())
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE published_draft SET base = %s, source = %s, revision = %s, edited_by = %s,"
            " edited_at = %s WHERE id = %s",
            [saved.base, saved.source, saved.revision, saved.edited_by, saved.edited_at, saved.id],
        )
    return saved


def remove(id_: UUID) -> None:
    """The draft is no more."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM published_draft WHERE id = %s", [id_])
