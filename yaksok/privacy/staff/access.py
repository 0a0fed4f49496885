"""Who a staff session may act as, asked anew at every request."""

from collections.abc import Sequence
from datetime import timedelta

from django.db import connection

from yaksok.kernel import clock
from yaksok.kernel.actor import Actor, Role
from yaksok.kernel.ids import SubjectId
from yaksok.policy.in_force import policy
from yaksok.policy.retention import Period
from yaksok.privacy.staff.register import State, suspend

UNUSED_CLOSES_AFTER = timedelta(days=90)
"""An account nobody used for this long gives no access (P7.13)."""

SYSTEM = Actor.system("staff_access")


def roles_of(subject: SubjectId) -> tuple[Role, ...]:
    """The roles that ``subject`` may act in now; none when suspended, unused too long, or gone."""
    now = clock.now()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT g.role FROM staff_account a JOIN staff_grant g"
            " ON g.subject_id = a.subject_id"
            " WHERE a.subject_id = %s AND a.state = %s AND a.used_at > %s"
            " AND g.revoked_at IS NULL AND g.expires_at > %s ORDER BY g.role",
            [subject, State.ACTIVE.value, now - UNUSED_CLOSES_AFTER, now],
        )
        return tuple(Role(role) for (role,) in cursor.fetchall())


def actor_for(subject: SubjectId, role: Role) -> Actor | None:
    """``subject`` acting as ``role``, with their training; None when they may not (any more).

    An actor without current training may enter, and opens nothing (P7.14).
    """
    if role not in roles_of(subject):
        return None
    return Actor(role, subject, trained=is_trained(subject))


def is_trained(subject: SubjectId) -> bool:
    """Whether ``subject`` was trained on the policy in force, and that still counts (P7.14).

    A training counts until the document wants the next one: ``upkeep.training_every`` after it.
    """
    now = clock.now()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT max(completed_at) FROM staff_training WHERE subject_id = %s AND policy = %s"
            " AND completed_at <= %s",
            [subject, policy().hash, now],
        )
        (latest,) = cursor.fetchone()
    lasts = Period.parse(policy().document.body.upkeep.training_every)
    return latest is not None and now < lasts.after(latest)


def used(subject: SubjectId) -> None:
    """Note that the account was used now."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE staff_account SET used_at = %s WHERE subject_id = %s", [clock.now(), subject]
        )


def take_step(subject: SubjectId, step: int) -> bool:
    """Whether the one-time code of time step ``step`` may be taken; afterwards it may not.

    A code is never taken twice, and none older than the last one.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE staff_account SET code_step = %s WHERE subject_id = %s AND code_step < %s",
            [step, subject, step],
        )
        return bool(cursor.rowcount)


def suspend_unused() -> Sequence[SubjectId]:
    """Suspend every account that was not used for 90 days; returns whose. For the clock's jobs."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT subject_id FROM staff_account WHERE state = %s AND used_at <= %s",
            [State.ACTIVE.value, clock.now() - UNUSED_CLOSES_AFTER],
        )
        unused = [SubjectId(subject) for (subject,) in cursor.fetchall()]
    for subject in unused:
        suspend(subject, actor=SYSTEM, reason="idle")
    return unused
