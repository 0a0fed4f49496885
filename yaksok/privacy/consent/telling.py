"""Who of those that a version asks has not been written to about it yet, and who has."""

from collections.abc import Collection, Iterable
from datetime import datetime
from uuid import UUID

from yaksok.database.selecting import rows
from yaksok.kernel import clock
from yaksok.kernel.ids import SubjectId
from yaksok.policy.vocabulary import Language

Pair = tuple[SubjectId, int]
"""A person, and the number of the version that asks them."""

_PAIRS = "unnest(%s::uuid[], %s::int[]) AS named (subject_id, number)"
_NAMED = "asked.subject_id = named.subject_id AND asked.number = named.number"


def due(limit: int) -> list[Pair]:
    """Persons to be told now, version by version; nothing is locked, so :func:`told` decides."""
    found = rows(
        "SELECT subject_id, number FROM consent_asked"
        " WHERE told_at IS NULL AND (tell_after IS NULL OR tell_after <= %s)"
        " GROUP BY number, subject_id ORDER BY number, subject_id LIMIT %s",
        [clock.now(), limit],
    )
    return [(SubjectId(subject), number) for subject, number in found]


def told(pairs: Collection[Pair]) -> list[Pair]:
    """Write down that ``pairs`` are told. Those that somebody else told meanwhile are not returned."""
    found = rows(
        f"UPDATE consent_asked asked SET told_at = %s FROM {_PAIRS}"  # noqa: S608 - constants of this module
        f" WHERE {_NAMED} AND asked.told_at IS NULL RETURNING asked.subject_id, asked.number",
        [clock.now(), *_arrays(pairs)],
    )
    done = {(subject, number) for subject, number in found}
    return [pair for pair in pairs if pair in done]


def postpone(pairs: Collection[Pair], until: datetime) -> None:
    """Look at ``pairs`` again at ``until``."""
    rows(
        f"UPDATE consent_asked asked SET tell_after = %s FROM {_PAIRS}"  # noqa: S608 - as above
        f" WHERE {_NAMED} AND asked.told_at IS NULL RETURNING asked.number",
        [until, *_arrays(pairs)],
    )


def languages(subjects: Collection[SubjectId]) -> dict[SubjectId, Language]:
    """The language in which each of ``subjects`` was last told something."""
    found = rows(
        "SELECT DISTINCT ON (subject_id) subject_id, language FROM consent_event"
        " WHERE subject_id = ANY (%s) ORDER BY subject_id, id DESC",
        [[*subjects]],
    )
    return {SubjectId(subject): Language(said) for subject, said in found}


def _arrays(pairs: Iterable[Pair]) -> list[list[UUID] | list[int]]:
    # In the order of ids, so that two at once do not wait for each other.
    ordered = sorted(pairs)
    subjects: list[UUID] = [subject for subject, _ in ordered]
    return [subjects, [number for _, number in ordered]]
