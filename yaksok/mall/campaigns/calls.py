"""Who is to be called for an advertisement: listed, shown to one caller, and gone once it is noted how it went.

No row is left of a call that is over: that nobody is called twice is said by how far the list was gone
through. What remains of it is a number for each outcome.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from uuid import UUID

from django.db import connection

from yaksok.database.inserting import insert
from yaksok.database.selecting import rows
from yaksok.kernel import clock
from yaksok.kernel.ids import SubjectId, new_trail_id
from yaksok.mall.campaigns.book import GOING

HOLD = timedelta(minutes=30)
"""How long a number that was shown stays with its caller who does not note how it went."""


class Outcome(StrEnum):
    """How a call went. There is no other, and no free words."""

    NO_MORE = "no_more"
    """The person wants no such call any more."""
    NOT_REACHED = "not_reached"
    REACHED = "reached"
    WRONG_NUMBER = "wrong_number"
    """Somebody else answered."""


@dataclass(frozen=True, slots=True)
class Call:
    """One person who is to be called for one advertisement."""

    subject: SubjectId
    campaign: UUID


def add(campaign: UUID, subjects: Collection[SubjectId]) -> None:
    """List ``subjects``, who are called one by one."""
    at = clock.now()
    with connection.cursor() as cursor:
        insert(
            cursor,
            "campaigns_call",
            ("subject_id", "campaign_id", "listed_at"),
            [(subject, campaign, at) for subject in sorted(subjects)],
            tail="ON CONFLICT (subject_id, campaign_id) DO NOTHING",
        )


def held(caller: SubjectId) -> Call | None:
    """Whom ``caller`` was shown and has not noted anything of; None when they are free."""
    found = rows(
        "SELECT subject_id, campaign_id FROM campaigns_call WHERE caller = %s"
        " ORDER BY shown_at DESC LIMIT 1",
        [caller],
    )
    return Call(SubjectId(found[0][0]), found[0][1]) if found else None


def free(campaign: UUID) -> Call | None:
    """The next one whom no caller has now; None when there is none in the list."""
    found = rows(
        "SELECT subject_id FROM campaigns_call WHERE campaign_id = %s"
        " AND (shown_at IS NULL OR shown_at <= %s) ORDER BY listed_at, subject_id LIMIT 1",
        [campaign, clock.now() - HOLD],
    )
    return Call(SubjectId(found[0][0]), campaign) if found else None


def is_first(call: Call) -> bool:
    """Whether the person was shown to nobody yet for this advertisement."""
    found = rows(
        "SELECT shown_at FROM campaigns_call WHERE subject_id = %s AND campaign_id = %s",
        [call.subject, call.campaign],
    )
    return bool(found) and found[0][0] is None


def show(call: Call, caller: SubjectId) -> UUID | None:
    """The person is with ``caller`` from now on: the random name of this showing. None: another was faster.

    The caller who has them already keeps them no longer than before.
    """
    at = clock.now()
    found = rows(
        "UPDATE campaigns_call SET showing = %s, caller = %s,"
        " shown_at = CASE WHEN caller = %s THEN shown_at ELSE %s END"
        " WHERE subject_id = %s AND campaign_id = %s"
        " AND (shown_at IS NULL OR shown_at <= %s OR caller = %s) RETURNING showing",
        [new_trail_id(), caller, caller, at, call.subject, call.campaign, at - HOLD, caller],
    )
    return found[0][0] if found else None


def of(showing: UUID, caller: SubjectId) -> Call | None:
    """What ``showing`` showed to ``caller``; None when it is over, or somebody else has it by now."""
    found = rows(
        "SELECT subject_id, campaign_id FROM campaigns_call WHERE caller = %s AND showing = %s",
        [caller, showing],
    )
    return Call(SubjectId(found[0][0]), found[0][1]) if found else None


def end(call: Call, showing: UUID | None = None) -> bool:
    """Take the person out of the list, for good; whether they stood there, shown by ``showing`` if that is said."""
    found = rows(
        "DELETE FROM campaigns_call WHERE subject_id = %s AND campaign_id = %s"
        " AND (%s::uuid IS NULL OR showing = %s) RETURNING listed_at",
        [call.subject, call.campaign, showing, showing],
    )
    return bool(found)


def is_through(campaign: UUID) -> bool:
    """Whether nobody stands in the list any more."""
    found = rows("SELECT 1 FROM campaigns_call WHERE campaign_id = %s LIMIT 1", [campaign])
    return not found


def drop(campaign: UUID) -> None:
    """Take everybody out whom no caller has now."""
    rows(
        "DELETE FROM campaigns_call WHERE campaign_id = %s"
        " AND (shown_at IS NULL OR shown_at <= %s) RETURNING listed_at",
        [campaign, clock.now() - HOLD],
    )


def forget_ended() -> None:
    """Take everybody out of the lists of advertisements that are not under way any more."""
    listed = [id_ for (id_,) in rows("SELECT DISTINCT campaign_id FROM campaigns_call")]
    going = rows(
        "SELECT id FROM campaigns_campaign WHERE id = ANY(%s) AND state = ANY(%s)",
        [listed, list(GOING)],
    )
    for campaign in {*listed} - {id_ for (id_,) in going}:
        drop(campaign)
