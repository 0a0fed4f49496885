"""Which consents to advertising want a letter: with the result of an answer, or with the question again."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from yaksok.database.selecting import rows
from yaksok.kernel import clock
from yaksok.kernel.ids import SubjectId

_PAIRS = "unnest(%s::uuid[], %s::text[]) AS named (subject_id, name)"
_NAMED = "c.subject_id = named.subject_id AND c.name = named.name"


@dataclass(frozen=True, slots=True)
class Due:
    """One letter that is due: to whom, about which consent, and the days that it names.

    ``at`` is when the person answered; ``lapses_at`` until when the consent holds.
    """

    subject: SubjectId
    name: str
    stands: bool
    since: datetime
    at: datetime
    lapses_at: datetime | None


_DUE = "SELECT subject_id, name, stands, since, changed_at, lapses_at FROM consent_channel"


def untold(limit: int) -> list[Due]:
    """Answers whose result nobody was told yet, the oldest first; nothing is locked."""
    found = rows(
        f"{_DUE} WHERE told_at IS NULL AND look_at <= %s ORDER BY look_at, subject_id LIMIT %s",
        [clock.now(), limit],
    )
    return [Due(SubjectId(row[0]), *row[1:]) for row in found]


def lapsing(before: datetime, limit: int) -> list[Due]:
    """Consents that lapse by ``before``, or have lapsed, and that nobody asked about again."""
    found = rows(
        f"{_DUE} WHERE stands AND asked_at IS NULL AND lapses_at <= %s AND look_at <= %s"
        " ORDER BY lapses_at, subject_id LIMIT %s",
        [before, clock.now(), limit],
    )
    return [Due(SubjectId(row[0]), *row[1:]) for row in found]


def told(due: Collection[Due]) -> list[Due]:
    """Write down that the results of ``due`` were told; those that somebody else told are left out."""
    return _mark(due, "told_at = %s", "c.told_at IS NULL")


def asked(due: Collection[Due]) -> list[Due]:
    """Write down that ``due`` were asked again; those that somebody else asked are left out."""
    return _mark(due, "asked_at = %s", "c.asked_at IS NULL AND c.stands")


def postpone(due: Collection[Due], until: datetime) -> None:
    """Look at ``due`` again at ``until``."""
    rows(
        f"UPDATE consent_channel c SET look_at = %s FROM {_PAIRS} WHERE {_NAMED}"  # noqa: S608 - constants of this module
        " RETURNING c.name",
        [until, *_arrays(due)],
    )


def _mark(due: Collection[Due], change: str, still: str) -> list[Due]:
    found = rows(
        f"UPDATE consent_channel c SET {change} FROM {_PAIRS} WHERE {_NAMED} AND {still}"  # noqa: S608 - as above
        " RETURNING c.subject_id, c.name",
        [clock.now(), *_arrays(due)],
    )
    done = {(subject, name) for subject, name in found}
    return [one for one in due if (one.subject, one.name) in done]


def _arrays(due: Collection[Due]) -> list[list[UUID] | list[str]]:
    # In the order of ids, so that two at once do not wait for each other.
    ordered = sorted((one.subject, one.name) for one in due)
    subjects: list[UUID] = [subject for subject, _ in ordered]
    return [subjects, [name for _, name in ordered]]
