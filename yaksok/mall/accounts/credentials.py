"""The passwords of members and staff, each kept as a verifier only (P2.9).

Making and checking a verifier takes a tenth of a second of work (:mod:`.verifiers`); journeys do
that outside of their transactions.
"""

from uuid import uuid4

from django.db import connection

from yaksok.kernel import clock
from yaksok.kernel.actor import Actor, Role
from yaksok.kernel.errors import NotFound
from yaksok.kernel.ids import SubjectId


def keep(subject: SubjectId, verifier: str) -> None:
    """From now on ``verifier`` checks the password of ``subject``; a former one is gone."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO accounts_credential (subject_id, verifier, changed_at) VALUES (%s, %s, %s)"
            " ON CONFLICT (subject_id) DO UPDATE"
            " SET verifier = excluded.verifier, changed_at = excluded.changed_at",
            [subject, verifier, clock.now()],
        )


def of(subject: SubjectId | None) -> str | None:
    """The verifier of ``subject``, or None. Asking for nobody (None) takes the same query."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT verifier FROM accounts_credential WHERE subject_id = %s", [subject or uuid4()]
        )
        row = cursor.fetchone()
    return str(row[0]) if row else None


def lock(subject: SubjectId) -> bool:
    """Whether there is a password of ``subject``; nobody else changes it until the transaction ends.

    Two who want to end the same account at once: the second waits, and then finds nobody.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT 1 FROM accounts_credential WHERE subject_id = %s FOR UPDATE", [subject]
        )
        return cursor.fetchone() is not None


def must_lock(subject: SubjectId) -> None:
    """Nothing, when there is a member ``subject``, who stays one until the transaction ends.

    Raises:
        NotFound: there is no such member, or they have left meanwhile.
    """
    if not lock(subject):
        msg = "there is no such member, or they have left already"
        raise NotFound(msg)


def must_stay(actor: Actor, subject: SubjectId) -> None:
    """Nothing, when ``subject``, who acts as ``actor`` says, may go on; a member stays one meanwhile.

    Guests and recipients have no account that could end, so nothing is looked at.

    Raises:
        NotFound: the member has left meanwhile.
    """
    if actor.role is Role.MEMBER:
        must_lock(subject)


def stands(subject: SubjectId, verifier: str) -> bool:
    """Whether ``verifier`` still checks the password of ``subject``, and will until the transaction ends.

    Checking takes a while, and meanwhile the person may leave or change the password elsewhere.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT 1 FROM accounts_credential WHERE subject_id = %s AND verifier = %s FOR SHARE",
            [subject, verifier],
        )
        return cursor.fetchone() is not None


def renew(subject: SubjectId, old: str, new: str) -> bool:
    """Whether ``new`` took the place of ``old``; not when that is not the verifier any more."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE accounts_credential SET verifier = %s, changed_at = %s"
            " WHERE subject_id = %s AND verifier = %s",
            [new, clock.now(), subject, old],
        )
        return bool(cursor.rowcount)


def forget(subject: SubjectId) -> None:
    """No password proves ``subject`` any more."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM accounts_credential WHERE subject_id = %s", [subject])
