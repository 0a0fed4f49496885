"""Who speaks for a child, in the standing that the gate reads; and that a child grows up once.

Nothing else makes a child of somebody, or somebody of age of a child: no box of a form does.
"""

from django.db import connection

from yaksok.kernel.errors import NotFound
from yaksok.kernel.ids import SubjectId
from yaksok.policy.vocabulary import AgeClass


def entrust(child: SubjectId, guardian: SubjectId) -> None:
    """``child`` is a child from now on, and ``guardian``, who was proven, speaks for them (P9.2).

    Raises:
        NotFound: nothing stands for ``child``; their answer must be received before.
    """
    _set(child, AgeClass.CHILD, guardian)


def release(child: SubjectId) -> None:
    """Nobody speaks for ``child`` any more, who stays a child: nothing new is taken of them.

    Raises:
        NotFound: nothing stands for ``child``.
    """
    _set(child, AgeClass.CHILD, None)


def come_of_age(person: SubjectId) -> None:
    """``person``, who was a child, speaks for themself from now on.

    Raises:
        NotFound: nothing stands for ``person``.
    """
    _set(person, AgeClass.ADULT, None)


def _set(subject: SubjectId, age: AgeClass, guardian: SubjectId | None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE consent_standing SET age = %s, guardian_id = %s WHERE subject_id = %s",
            [age.value, guardian, subject],
        )
        if not cursor.rowcount:
            msg = "nothing stands for this person"
            raise NotFound(msg)
