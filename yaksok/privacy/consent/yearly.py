"""Who is told once a year what is used of theirs and who received it (PIPA 20-2, Decree 15-3).

For each member one row: from when on nothing was told yet, and when a notice was noted last. A year
is a year by the calendar in Seoul, and the next one begins where the last one ended, so that letters
that are late never move the day.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection

from yaksok.database.selecting import rows
from yaksok.kernel import clock
from yaksok.kernel.ids import SubjectId
from yaksok.policy.retention import Period

EVERY = Period(years=1)
LAST_MOMENT = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Standing:
    """How it stands with one member. ``told_at`` is None before the first notice."""

    since: datetime
    told_at: datetime | None
    told: int

    @property
    def next_at(self) -> datetime:
        """When the next notice is due."""
        return EVERY.after(self.since)


def enrol(members: str) -> int:
    """Begin to count for every member who has no row yet; how many.

    Arguments:
        members: A statement of the code, without parameters, whose one column is the subject id
            of each member. Their year begins when they were first told what is kept.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO consent_yearly (subject_id, since, told)"  # noqa: S608 - constants
            " SELECT member.subject_id, min(event.at), 0"
            f" FROM ({members}) AS member (subject_id) JOIN consent_event event USING (subject_id)"
            " WHERE NOT EXISTS (SELECT 1 FROM consent_yearly known"
            "  WHERE known.subject_id = member.subject_id)"
            " GROUP BY member.subject_id ON CONFLICT DO NOTHING"
        )
        return int(cursor.rowcount)


def due(limit: int) -> dict[SubjectId, datetime]:
    """Members whose year is over and since when they were told nothing, the longest waiting first."""
    now = clock.now()
    found = rows(
        "SELECT subject_id, since FROM consent_yearly"
        " WHERE since < %s AND (tell_after IS NULL OR tell_after <= %s)"
        " ORDER BY since LIMIT %s FOR UPDATE SKIP LOCKED",
        [EVERY.over_before(now), now, limit],
    )
    return {SubjectId(subject): since for subject, since in found}


def told(since: Mapping[SubjectId, datetime]) -> None:
    """Write down that a notice was noted for each; their next year begins where this one ended.

    Whoever was not reached for more than a year is told once about all of it.
    """
    now = clock.now()
    with connection.cursor() as cursor:
        cursor.executemany(
            "UPDATE consent_yearly SET since = %s, told_at = %s, told = told + 1, tell_after = NULL"
            " WHERE subject_id = %s",
            [(_next(begun, now), now, subject) for subject, begun in sorted(since.items())],
        )


def postpone(subjects: Collection[SubjectId], until: datetime) -> None:
    """Look at ``subjects`` again at ``until``."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE consent_yearly SET tell_after = %s WHERE subject_id = ANY (%s)",
            [until, sorted(subjects)],
        )


def of(subject: SubjectId) -> Standing | None:
    """How it stands with ``subject``; None before the job has seen them."""
    found = rows("SELECT since, told_at, told FROM consent_yearly WHERE subject_id = %s", [subject])
    return Standing(*found[0]) if found else None


def beginning(subject: SubjectId) -> Standing:
    """How it stands with a member whom the job has not seen yet; a stranger's year begins now."""
    found = rows("SELECT min(at) FROM consent_event WHERE subject_id = %s", [subject])
    return Standing(found[0][0] or clock.now(), None, 0)


def _next(since: datetime, now: datetime) -> datetime:
    """Where the year that runs now began: the last moment of the day that ended the one before."""
    while (end := EVERY.after(since)) <= now:
        since = end - LAST_MOMENT
    return since
