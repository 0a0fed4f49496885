"""The passwords of members and staff, each kept as a verifier only (P2.9)."""

from django.db import connection

from yaksok.kernel import clock
from yaksok.kernel.ids import SubjectId
from yaksok.mall.accounts.verifiers import is_outdated, matches, verifier_of


def keep(subject: SubjectId, password: str) -> None:
    """From now on ``password`` proves ``subject``; a former one does not."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO accounts_credential (subject_id, verifier, changed_at) VALUES (%s, %s, %s)"
            " ON CONFLICT (subject_id) DO UPDATE"
            " SET verifier = excluded.verifier, changed_at = excluded.changed_at",
            [subject, verifier_of(password), clock.now()],
        )


def proves(subject: SubjectId | None, password: str) -> bool:
    """Whether ``password`` is that of ``subject``.

    For somebody unknown (None), or without a password, it takes as long as for a wrong password.
    A right password whose verifier is of older parameters gets a new verifier on the way.
    """
    verifier = _verifier(subject) if subject else None
    right = matches(verifier, password)
    if right and subject and verifier and is_outdated(verifier):
        keep(subject, password)
    return right


def forget(subject: SubjectId) -> None:
    """No password proves ``subject`` any more."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM accounts_credential WHERE subject_id = %s", [subject])


def _verifier(subject: SubjectId) -> str | None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT verifier FROM accounts_credential WHERE subject_id = %s", [subject])
        row = cursor.fetchone()
    return str(row[0]) if row else None
