"""Who works here, in which roles and for how long: enrol, grant, revoke, train, suspend, let go."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from django.db import connection

from yaksok.kernel import clock
from yaksok.kernel.actor import Actor, Role
from yaksok.kernel.errors import NotFound, Refused
from yaksok.kernel.ids import SubjectId, new_id
from yaksok.policy.in_force import policy
from yaksok.privacy.audit import log
from yaksok.privacy.audit.events import Event

ROLES = frozenset({Role.AUDITOR, Role.CLERK, Role.MARKETER, Role.OFFICER})
"""Roles that can be granted."""

LONGEST_GRANT = timedelta(days=92)
"""A role is looked at anew every quarter (P7.13)."""

LONGEST_REASON = 200


class State(StrEnum):
    """Whether an account may be used."""

    ACTIVE = "active"
    LEFT = "left"
    SUSPENDED = "suspended"


@dataclass(frozen=True, slots=True)
class Standing:
    """One line of the register: who, as a random id, whether they may come in, and as what."""

    subject: SubjectId
    state: State
    roles: tuple[Role, ...]


def enrol(subject: SubjectId, *, actor: Actor) -> None:
    """An account for ``subject``, active and without a role.

    Records:
        Event.STAFF_ACCOUNT_ENROLLED.
    """
    now = clock.now()
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO staff_account (subject_id, state, enrolled_at, used_at, code_step)"
            " VALUES (%s, %s, %s, %s, 0)",
            [subject, State.ACTIVE.value, now, now],
        )
    log.record(Event.STAFF_ACCOUNT_ENROLLED, actor=actor, promise="P7.13", reason=str(subject))


def grant(subject: SubjectId, role: Role, *, reason: str, until: datetime, actor: Actor) -> None:
    """Give ``role`` to ``subject`` until a moment at most 92 days away.

    Arguments:
        reason: Why they need it, for the register of rights: 1 to 200 characters, no personal data.

    Refuses:
        Refused: no reason, too long a time, or a role that is not one of staff (P7.13).

    Records:
        Event.STAFF_GRANT_GIVEN, with the role; the reason stands in the register.
    """
    now = clock.now()
    if role not in ROLES:
        msg = f"refused to grant {role}: it is not a role of staff"
        raise Refused(msg, promise="P7.13")
    if not reason.strip() or len(reason) > LONGEST_REASON:
        msg = f"refused to grant {role}: a reason of 1 to {LONGEST_REASON} characters is needed"
        raise Refused(msg, promise="P7.13")
    if not now < until <= now + LONGEST_GRANT:
        msg = f"refused to grant {role}: it must end within {LONGEST_GRANT.days} days"
        raise Refused(msg, promise="P7.13")
    _must_exist(subject)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO staff_grant"
            " (subject_id, id, role, reason, granted_by, granted_at, expires_at)"
            " VALUES (%s, %s, %s, %s, %s, %s, %s)",
            [subject, new_id(), role.value, reason.strip(), actor.subject, now, until],
        )
    log.record(Event.STAFF_GRANT_GIVEN, actor=actor, promise="P7.13", reason=role.value)


def revoke(subject: SubjectId, role: Role) -> int:
    """Take ``role`` back; returns how many grants that ended. The rows stay for the register."""
    now = clock.now()
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE staff_grant SET revoked_at = %s WHERE subject_id = %s AND role = %s"
            " AND revoked_at IS NULL AND expires_at > %s",
            [now, subject, role.value, now],
        )
        return int(cursor.rowcount)


def record_training(
    subject: SubjectId, *, actor: Actor, at: datetime | None = None, policy_hash: str | None = None
) -> None:
    """Note that ``subject`` was trained, now or ``at``, on the policy in force (P7.14, P7.15).

    Records:
        Event.STAFF_TRAINING_RECORDED.
    """
    _must_exist(subject)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO staff_training (subject_id, id, policy, completed_at)"
            " VALUES (%s, %s, %s, %s)",
            [subject, new_id(), policy_hash or policy().hash, at or clock.now()],
        )
    log.record(Event.STAFF_TRAINING_RECORDED, actor=actor, promise="P7.14", reason=str(subject))


def suspend(subject: SubjectId, *, actor: Actor, reason: str) -> None:
    """Close the account for now. ``reason`` is a closed word: ``"idle"``, ``"asked"``.

    Records:
        Event.STAFF_ACCOUNT_SUSPENDED.
    """
    _set_state(subject, State.SUSPENDED)
    log.record(Event.STAFF_ACCOUNT_SUSPENDED, actor=actor, promise="P7.13", reason=reason)


def reopen(subject: SubjectId) -> None:
    """Open a suspended account again. Its unused time begins anew."""
    _set_state(subject, State.ACTIVE, used=True)


def leave(subject: SubjectId, *, actor: Actor) -> None:
    """Somebody stops working here: the account and every grant end at once and for good."""
    now = clock.now()
    _set_state(subject, State.LEFT)
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE staff_grant SET revoked_at = %s WHERE subject_id = %s AND revoked_at IS NULL",
            [now, subject],
        )
    log.record(Event.STAFF_ACCOUNT_SUSPENDED, actor=actor, promise="P7.13", reason="left")


def everybody() -> tuple[Standing, ...]:
    """All accounts that have not left, with the roles that stand now."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT a.subject_id, a.state,"
            " ARRAY(SELECT DISTINCT g.role FROM staff_grant g WHERE g.subject_id = a.subject_id"
            "  AND g.revoked_at IS NULL AND g.expires_at > %s ORDER BY g.role)"
            " FROM staff_account a WHERE a.state <> %s ORDER BY a.enrolled_at",
            [clock.now(), State.LEFT.value],
        )
        return tuple(
            Standing(SubjectId(subject), State(state), tuple(map(Role, roles)))
            for subject, state, roles in cursor.fetchall()
        )


def _set_state(subject: SubjectId, state: State, *, used: bool = False) -> None:
    now = clock.now()
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE staff_account SET state = %s, used_at = CASE WHEN %s THEN %s ELSE used_at END"
            " WHERE subject_id = %s AND state <> %s",
            [state.value, used, now, subject, State.LEFT.value],
        )
        if not cursor.rowcount:
            msg = "there is no such staff account, or its owner has left"
            raise NotFound(msg)


def _must_exist(subject: SubjectId) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT 1 FROM staff_account WHERE subject_id = %s AND state <> %s FOR UPDATE",
            [subject, State.LEFT.value],
        )
        if not cursor.fetchone():
            msg = "there is no such staff account, or its owner has left"
            raise NotFound(msg)
