"""Files for a courier that were asked for: who asked, who allowed it, which orders, whether it was taken."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from yaksok.kernel import clock
from yaksok.kernel.errors import NotFound
from yaksok.kernel.ids import OrderId, SubjectId, new_id
from yaksok.mall.shipping.models import Sheet as SheetRow
from yaksok.mall.shipping.models import SheetLine

Place = tuple[SubjectId, OrderId]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One file as it stands. ``layout`` and ``reason`` are closed words."""

    id: UUID
    layout: str
    reason: str
    again_of: UUID | None
    asked_by: SubjectId
    asked_at: datetime
    allowed_by: SubjectId | None
    allowed_at: datetime | None
    closed_at: datetime | None
    taken_at: datetime | None


@dataclass(frozen=True, slots=True)
class Line:
    """One order of a file. ``outcome`` is "" until the file is taken."""

    place: Place
    outcome: str
    promise: str


def ask(
    places: Collection[Place], *, layout: str, reason: str, by: SubjectId, again_of: UUID | None
) -> UUID:
    """A new file is asked for. Nothing happens to its orders."""
    row = SheetRow.objects.create(
        id=new_id(),
        layout=layout,
        reason=reason,
        again_of=again_of,
        asked_by=by,
        asked_at=clock.now(),
    )
    SheetLine.objects.bulk_create(
        SheetLine(subject_id=subject, sheet_id=row.id, order_id=order) for subject, order in places
    )
    return row.id


def one(key: UUID) -> Sheet:
    """One file. Raises NotFound when there is none."""
    return _sheet(SheetRow.objects.filter(id=key).first())


def locked(key: UUID) -> Sheet:
    """The same, and nobody else changes it until the transaction ends."""
    return _sheet(SheetRow.objects.filter(id=key).select_for_update().first())


def recent(limit: int = 50) -> tuple[Sheet, ...]:
    """Files, newest first."""
    return tuple(_sheet(row) for row in SheetRow.objects.order_by("-id")[:limit])


def lines(key: UUID) -> tuple[Line, ...]:
    """The orders of a file, in the order of their ids: in which they are locked and written."""
    rows = SheetLine.objects.filter(sheet_id=key).order_by("order_id")
    return tuple(
        Line((SubjectId(row.subject_id), OrderId(row.order_id)), row.outcome, row.promise)
        for row in rows
    )


def allowed(key: UUID, *, by: SubjectId) -> None:
    """Another person allows it."""
    SheetRow.objects.filter(id=key).update(allowed_by=by, allowed_at=clock.now())


def closed(key: UUID) -> None:
    """It will not be taken any more."""
    SheetRow.objects.filter(id=key).update(closed_at=clock.now())


def taken(key: UUID, outcomes: Sequence[Line]) -> None:
    """It was taken, and this is what became of its orders."""
    SheetRow.objects.filter(id=key).update(taken_at=clock.now())
    for line in outcomes:
        SheetLine.objects.filter(
            subject_id=line.place[0], sheet_id=key, order_id=line.place[1]
        ).update(outcome=line.outcome, promise=line.promise)


def _sheet(row: SheetRow | None) -> Sheet:
    if row is None:
        msg = "there is no such file"
        raise NotFound(msg)
    return Sheet(
        row.id,
        row.layout,
        row.reason,
        row.again_of,
        SubjectId(row.asked_by),
        row.asked_at,
        SubjectId(row.allowed_by) if row.allowed_by else None,
        row.allowed_at,
        row.closed_at,
        row.taken_at,
    )
