"""What two persons of the desk look at with their own eyes, one after the other (P10.4).

A document that somebody shows, the authority of a proxy, a copy that goes out by post: no machine can
compare them with anything, so what one person saw counts when another one saw it too. The database holds
it as well: no row can name the same person twice.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.db import connection

from yaksok.database.selecting import rows
from yaksok.kernel import clock
from yaksok.kernel.actor import Actor
from yaksok.kernel.errors import Refused
from yaksok.kernel.ids import SubjectId
from yaksok.privacy.rights import cases
from yaksok.privacy.rights.register import Request
from yaksok.privacy.rights.words import Check, Step

COPY = "copy"
"""A copy on paper: looked at by who made it and by who lets it go."""


def see(line: Request, found: Check, *, actor: Actor) -> Request:
    """Note that ``actor`` saw ``found``; when another person did before, it shows who asks.

    Refuses:
        Refused: the same person saw it before, or nobody is named (P10.4).
    """
    first = waiting(line).get(found)
    if actor.subject is None or first == actor.subject:
        msg = f"refused to take {found} as seen by one person alone: a second one must look at it"
        raise Refused(msg, promise="P10.4", advice="ask the privacy officer")
    if first is None:
        cases.note(line, Step.SEEN, actor=actor, reason=found.value)
        _write(
            "INSERT INTO rights_sighting (subject_id, request_id, what, first, first_at)"
            " VALUES (%s, %s, %s, %s, %s) ON CONFLICT DO NOTHING",
            [line.subject, line.id, found.value, actor.subject, clock.now()],
        )
        return line
    _write(
        "UPDATE rights_sighting SET second = %s, second_at = %s"
        " WHERE subject_id = %s AND request_id = %s AND what = %s",
        [actor.subject, clock.now(), line.subject, line.id, found.value],
    )
    return cases.check(line, found, actor=actor)


def both(line: Request, what: str, *, first: SubjectId, second: SubjectId) -> None:
    """Note that two persons looked at ``what``; the database refuses it of one person twice."""
    now = clock.now()
    _write(
        "INSERT INTO rights_sighting"
        " (subject_id, request_id, what, first, first_at, second, second_at)"
        " VALUES (%s, %s, %s, %s, %s, %s, %s)"
        " ON CONFLICT (subject_id, request_id, what) DO UPDATE SET first = excluded.first,"
        " first_at = excluded.first_at, second = excluded.second, second_at = excluded.second_at",
        [line.subject, line.id, what, first, now, second, now],
    )


def waiting(line: Request) -> Mapping[Check, SubjectId]:
    """What one person saw and no second one did yet, and who that was."""
    found = rows(
        "SELECT what, first FROM rights_sighting"
        " WHERE subject_id = %s AND request_id = %s AND second IS NULL ORDER BY what",
        [line.subject, line.id],
    )
    return {Check(what): SubjectId(first) for what, first in found}


def _write(statement: str, values: Sequence[str | UUID | datetime | None]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
