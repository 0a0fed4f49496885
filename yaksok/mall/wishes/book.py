"""Write down what a child asked for: one wish at a time, the last one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from yaksok.kernel import clock
from yaksok.kernel.ids import OrderId, SubjectId, new_id
from yaksok.mall.wishes.models import Wish as Row


@dataclass(frozen=True, slots=True)
class Wish:
    """Goods that a child asked for; ``order`` once somebody bought them."""

    child: SubjectId
    id: UUID
    lines: tuple[tuple[UUID, int], ...]
    at: datetime
    order: OrderId | None


def make(child: SubjectId, lines: Sequence[tuple[UUID, int]]) -> Wish:
    """The wish of ``child`` for ``lines``; it takes the place of the one before."""
    Row.objects.filter(subject_id=child).delete()
    row = Row.objects.create(
        subject_id=child,
        id=new_id(),
        lines=[[str(variant), quantity] for variant, quantity in lines],
        at=clock.now(),
    )
    return _wish(row)


def of(child: SubjectId) -> Wish | None:
    """What ``child`` asked for last; None when that is nothing."""
    row = Row.objects.filter(subject_id=child).first()
    return _wish(row) if row else None


def fulfilled(wish: Wish, order: OrderId) -> None:
    """Somebody bought it."""
    Row.objects.filter(subject_id=wish.child, id=wish.id).update(order_id=order)


def _wish(row: Row) -> Wish:
    lines = tuple((UUID(variant), int(quantity)) for variant, quantity in row.lines)
    order = OrderId(row.order_id) if row.order_id else None
    return Wish(SubjectId(row.subject_id), row.id, lines, row.at, order)
