"""Guardians who were asked: until when they can answer, and that they did."""

from dataclasses import dataclass
from datetime import datetime

from yaksok.kernel import clock
from yaksok.kernel.ids import RecordId, SubjectId, new_order_number, normal_order_number
from yaksok.policy.vocabulary import Language
from yaksok.privacy.guardians import keys
from yaksok.privacy.guardians.methods.method import Method
from yaksok.privacy.guardians.models import Asking as Row


@dataclass(frozen=True, slots=True)
class Asking:
    """A guardian who was asked. ``method`` says how they were proven; None until then."""

    guardian: SubjectId
    record: RecordId
    number: str
    language: Language
    asked_at: datetime
    expires_at: datetime | None
    method: Method | None
    notice: str

    @property
    def confirmed(self) -> bool:
        """Whether the guardian agreed, and was proven to be the one who was named."""
        return self.method is not None

    @property
    def open(self) -> bool:
        """Whether there is still time to answer, and no answer yet."""
        return not self.confirmed and self.expires_at is not None and self.expires_at > clock.now()


def begin(
    guardian: SubjectId, record: RecordId, *, language: Language, until: datetime
) -> tuple[Asking, str]:
    """A guardian is asked, and has until ``until``; returns that, and the key of the child who waits."""
    number = new_order_number()
    row = Row.objects.create(
        subject_id=guardian,
        record_id=record,
        number=number,
        language=language,
        asked_at=clock.now(),
        expires_at=until,
    )
    keys.keep(keys.Use.NUMBER, guardian, number)
    return _asking(row), keys.make(keys.Use.CHILD, guardian)


def of(guardian: SubjectId, *, lock: bool = False) -> Asking | None:
    """What stands of ``guardian``; None when they were not asked, or it ended.

    ``lock``: nobody else changes it until the transaction ends.
    """
    rows = Row.objects.select_for_update() if lock else Row.objects.all()
    row = rows.filter(subject_id=guardian).first()
    return _asking(row) if row else None


def numbered(typed: str, *, lock: bool = False) -> Asking | None:
    """Whom the number on a letter or a paper form means, as somebody typed it."""
    number = normal_order_number(typed[: keys.LONGEST])
    guardian = keys.owner(keys.Use.NUMBER, number) if number else None
    return of(guardian, lock=lock) if guardian else None


def said_yes(guardian: SubjectId, notice: str) -> None:
    """The guardian agreed to the words with the hash ``notice``, and is yet to be proven."""
    Row.objects.filter(subject_id=guardian).update(notice=notice)


def confirm(guardian: SubjectId, method: Method, *, until: datetime) -> None:
    """The guardian agreed and was proven by ``method``; the child has until ``until`` to use it."""
    Row.objects.filter(subject_id=guardian).update(
        method=method, confirmed_at=clock.now(), expires_at=until, notice=""
    )


def settle(guardian: SubjectId) -> None:
    """The child made the account: from now on nothing of this runs out, and the child's key is spent."""
    keys.forget(guardian, keys.Use.CHILD)
    Row.objects.filter(subject_id=guardian).update(expires_at=None)


def forget(guardian: SubjectId) -> None:
    """Nobody was asked: the row goes, and every key that leads to ``guardian``."""
    keys.forget(guardian)
    Row.objects.filter(subject_id=guardian).delete()


def forget_silent() -> int:
    """Remove what was noted about guardians who did not answer in time; how many."""
    silent = [SubjectId(row.subject_id) for row in Row.objects.filter(expires_at__lte=clock.now())]
    for guardian in silent:
        forget(guardian)
    return len(silent) + keys.forget_expired()


def _asking(row: Row) -> Asking:
    return Asking(
        SubjectId(row.subject_id),
        RecordId(row.record_id),
        row.number,
        Language(row.language),
        row.asked_at,
        row.expires_at,
        Method(row.method) if row.method else None,
        row.notice,
    )
