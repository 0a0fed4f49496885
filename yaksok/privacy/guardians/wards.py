"""Whose child somebody is, and what became of it when the child was of age."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet

from yaksok.kernel import clock
from yaksok.kernel.ids import SubjectId
from yaksok.privacy.guardians.models import Ward as Row


@dataclass(frozen=True, slots=True)
class Ward:
    """A child. ``guardian`` is None once they were of age; then they have until ``answer_until``."""

    child: SubjectId
    guardian: SubjectId | None
    of_age_at: datetime | None
    answer_until: datetime | None

    @property
    def must_answer(self) -> bool:
        """Whether they are of age now, and have not answered for themself."""
        return self.of_age_at is not None


def add(child: SubjectId, guardian: SubjectId, *, looked_in: date) -> None:
    """``guardian`` decides for ``child`` from now on."""
    Row.objects.create(
        subject_id=child, guardian_id=guardian, since=clock.now(), looked_in=looked_in
    )


def of(child: SubjectId, *, lock: bool = False) -> Ward | None:
    """``child`` as a ward; None for everybody who is none."""
    rows = Row.objects.select_for_update() if lock else Row.objects.all()
    row = rows.filter(subject_id=child).first()
    return _ward(row) if row else None


def of_guardian(guardian: SubjectId) -> Ward | None:
    """The child for whom ``guardian`` decides; None before there is an account, and after the end."""
    row = Row.objects.filter(guardian_id=guardian).first()
    return _ward(row) if row else None


def unlooked(month: date, limit: int) -> list[Ward]:
    """Children of whom it was not asked in ``month`` (its first day) whether they are of age."""
    rows = _children().filter(looked_in__lt=month).order_by("looked_in", "subject_id")[:limit]
    return [_ward(row) for row in rows]


def looked(child: SubjectId, month: date) -> None:
    """It was asked, and ``child`` is not of age in ``month``."""
    Row.objects.filter(subject_id=child).update(looked_in=month)


def of_age(child: SubjectId, *, until: datetime) -> None:
    """``child`` is of age: nobody decides for them, and they have until ``until`` to answer."""
    Row.objects.filter(subject_id=child).update(
        guardian_id=None, of_age_at=clock.now(), answer_until=until
    )


def silent(limit: int) -> list[SubjectId]:
    """Who was of age and did not answer in time."""
    rows = Row.objects.filter(answer_until__lte=clock.now()).order_by("answer_until")[:limit]
    return [SubjectId(row.subject_id) for row in rows]


def forget(child: SubjectId) -> None:
    """``child`` is nobody's ward: they answered for themself, or are gone."""
    Row.objects.filter(subject_id=child).delete()


def _children() -> QuerySet[Row]:
    return Row.objects.filter(of_age_at=None)


def _ward(row: Row) -> Ward:
    guardian = SubjectId(row.guardian_id) if row.guardian_id else None
    return Ward(SubjectId(row.subject_id), guardian, row.of_age_at, row.answer_until)
