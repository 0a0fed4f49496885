"""Write down who waits for what, and take a wait out once."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from yaksok.database.selecting import rows
from yaksok.kernel import clock
from yaksok.kernel.ids import SubjectId
from yaksok.policy.vocabulary import Language

_PAIRS = "unnest(%s::uuid[], %s::uuid[]) AS named (subject_id, variant_id)"
_NAMED = "wait.subject_id = named.subject_id AND wait.variant_id = named.variant_id"


@dataclass(frozen=True, slots=True)
class Wait:
    """One member waits for one article, and wants the word in ``language``."""

    subject: SubjectId
    variant: UUID
    language: Language


def add(wait: Wait) -> None:
    """Write ``wait`` down; one that stands already stays as it is."""
    at = clock.now()
    rows(
        "INSERT INTO waiting_wait (subject_id, variant_id, language, at, again_at)"
        " VALUES (%s, %s, %s, %s, %s) ON CONFLICT (subject_id, variant_id) DO NOTHING"
        " RETURNING at",
        [wait.subject, wait.variant, wait.language.value, at, at],
    )


def remove(subject: SubjectId, variant: UUID) -> None:
    """``subject`` waits for ``variant`` no more, if they did."""
    rows(
        "DELETE FROM waiting_wait WHERE subject_id = %s AND variant_id = %s RETURNING at",
        [subject, variant],
    )


def forget(subject: SubjectId) -> None:
    """``subject`` waits for nothing any more."""
    rows("DELETE FROM waiting_wait WHERE subject_id = %s RETURNING at", [subject])


def of(subject: SubjectId) -> dict[UUID, datetime]:
    """The articles that ``subject`` waits for and since when, the newest first."""
    found = rows(
        "SELECT variant_id, at FROM waiting_wait WHERE subject_id = %s ORDER BY at DESC, variant_id",
        [subject],
    )
    return dict(found)


def articles() -> list[UUID]:
    """Every article that somebody waits for whose time to be looked at has come."""
    statement = "SELECT DISTINCT variant_id FROM waiting_wait WHERE again_at <= %s"
    return [variant for (variant,) in rows(statement, [clock.now()])]


def due(variants: Collection[UUID], limit: int) -> list[Wait]:
    """Waits for ``variants``, the longest first; nothing is locked, so :func:`use` decides."""
    found = rows(
        "SELECT subject_id, variant_id, language FROM waiting_wait"
        " WHERE variant_id = ANY (%s) AND again_at <= %s ORDER BY at, subject_id LIMIT %s",
        [list(variants), clock.now(), limit],
    )
    return [Wait(SubjectId(subject), variant, Language(said)) for subject, variant, said in found]


def use(waits: Sequence[Wait]) -> list[Wait]:
    """Take ``waits`` out, for good. Those that somebody else took meanwhile are not returned."""
    gone = rows(
        f"DELETE FROM waiting_wait wait USING {_PAIRS} WHERE {_NAMED}"  # noqa: S608 - constants of this module
        " RETURNING wait.subject_id, wait.variant_id",
        _arrays(waits),
    )
    taken = {(subject, variant) for subject, variant in gone}
    return [wait for wait in waits if (wait.subject, wait.variant) in taken]


def postpone(waits: Sequence[Wait], until: datetime) -> None:
    """Look at ``waits`` again at ``until``."""
    rows(
        f"UPDATE waiting_wait wait SET again_at = %s FROM {_PAIRS} WHERE {_NAMED} RETURNING at",  # noqa: S608 - as above
        [until, *_arrays(waits)],
    )


def _arrays(waits: Sequence[Wait]) -> list[list[UUID]]:
    # In the order of ids, so that two at once do not wait for each other.
    pairs = sorted((wait.subject, wait.variant) for wait in waits)
    return [[subject for subject, _ in pairs], [variant for _, variant in pairs]]
