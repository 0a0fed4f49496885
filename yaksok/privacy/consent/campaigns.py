"""Asks every member about what a new version of the policy adds (P1.8). Silence is no yes (P1.9)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from yaksok.database.selecting import rows
from yaksok.kernel import clock
from yaksok.kernel.errors import NotFound
from yaksok.kernel.ids import SubjectId
from yaksok.policy.facts import disclosure_to
from yaksok.policy.in_force import number
from yaksok.policy.lineage import CHANGE
from yaksok.policy.vocabulary import Language
from yaksok.privacy.consent import ledger
from yaksok.privacy.published import register

RECIPIENT = "/recipient:"


@dataclass(frozen=True, slots=True)
class Question:
    """One point put to one member. ``agreed`` is None as long as they have not answered."""

    number: int
    point: str
    asked_at: datetime
    answered_at: datetime | None
    agreed: bool | None


@dataclass(frozen=True, slots=True)
class Tally:
    """How a campaign stands. Numbers of members."""

    point: str
    asked: int
    agreed: int
    refused: int

    @property
    def silent(self) -> int:
        """Who has not answered yet."""
        return self.asked - self.agreed - self.refused


def open_for_all(version: int, points: frozenset[str], members: str) -> int:
    """Put every point to every member, in the transaction that publishes ``version``.

    Arguments:
        members: A statement of the code, without parameters, whose one column is the subject id
            of each member. It runs inside the database, so memory stays flat.

    Returns:
        How many questions were put: members times points.
    """
    at = clock.now()
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO consent_campaign (number, opened_at, points) VALUES (%s, %s, %s)",
            [version, at, sorted(points)],
        )
        cursor.execute(
            "INSERT INTO consent_asked (subject_id, number, point, asked_at)"  # noqa: S608 - constants
            f" SELECT member.subject_id, %s, point, %s FROM ({members}) AS member (subject_id)"
            " CROSS JOIN unnest(%s::text[]) AS point",
            [version, at, sorted(points)],
        )
        return int(cursor.rowcount)


def ask_newcomer(subject: SubjectId) -> int:
    """Put to a new member what is published and not yet in force: they joined under the old text.

    Whoever joins later was told all of it before they gave anything, and is asked nothing.
    """
    register.share()
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO consent_asked (subject_id, number, point, asked_at)"
            " SELECT %s, number, unnest(points), %s FROM consent_campaign WHERE number > %s",
            [subject, clock.now(), number()],
        )
        return int(cursor.rowcount)


def points(version: int) -> tuple[str, ...]:
    """What ``version`` asks; nothing when it asks nobody."""
    found = rows("SELECT points FROM consent_campaign WHERE number = %s", [version])
    return tuple(found[0][0]) if found else ()


def questions(subject: SubjectId) -> tuple[Question, ...]:
    """Everything that was put to ``subject``, newest first, with their answers."""
    found = rows(
        "SELECT number, point, asked_at, answered_at, agreed FROM consent_asked"
        " WHERE subject_id = %s ORDER BY number DESC, point",
        [subject],
    )
    return tuple(Question(*row) for row in found)


def pending(subject: SubjectId) -> int:
    """How many questions ``subject`` has not answered."""
    found = rows(
        "SELECT count(*) FROM consent_asked WHERE subject_id = %s AND agreed IS NULL", [subject]
    )
    return int(found[0][0])


def tallies(version: int) -> tuple[Tally, ...]:
    """How the campaign of ``version`` stands, point by point."""
    found = rows(
        "SELECT point, count(*), count(*) FILTER (WHERE agreed), count(*) FILTER (WHERE NOT agreed)"
        " FROM consent_asked WHERE number = %s GROUP BY point ORDER BY point",
        [version],
    )
    return tuple(Tally(*row) for row in found)


def answer(
    subject: SubjectId,
    version: int,
    agreed: Mapping[str, bool],
    *,
    notice: str,
    policy_version: str,
    language: Language,
    channel: str = ledger.WEB,
) -> ledger.Receipt:
    """Write what ``subject`` answers to the points of ``version``. Either answer can be changed.

    Arguments:
        agreed: Yes or no for each point that was answered; who decides later leaves it out.
        notice: SHA-256, 64 hex digits, of what was shown: the difference and the questions.

    Raises:
        NotFound: a point was never put to this person.
    """
    with connection.cursor() as cursor:
        for point, yes in agreed.items():
            cursor.execute(
                "UPDATE consent_asked SET agreed = %s, answered_at = %s"
                " WHERE subject_id = %s AND number = %s AND point = %s",
                [yes, clock.now(), subject, version, point],
            )
            if not cursor.rowcount:
                msg = "this was never put to the person"
                raise NotFound(msg)
    named = {name: yes for point, yes in agreed.items() for name in _names(point)}
    return ledger.decide(
        subject,
        named,
        notice=notice,
        policy_version=policy_version,
        language=language,
        channel=channel,
    )


def _names(point: str) -> tuple[str, ...]:
    """The consents that a yes to ``point`` gives: to the point, and to the recipient it names."""
    _, found, recipient = point.partition(RECIPIENT)
    return (point, disclosure_to(recipient)) if found and point.startswith(CHANGE) else (point,)
