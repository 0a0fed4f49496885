"""The one place where an order changes where it stands: legal moves only, under the row's lock."""

from django.db import connection

from yaksok.kernel import clock
from yaksok.kernel.errors import NotFound, YaksokError
from yaksok.kernel.ids import OrderId, SubjectId
from yaksok.mall.orders.finding import COLUMNS, Order, order_of
from yaksok.mall.orders.states import LEGAL, OrderState

MOVE = (
    "UPDATE orders_order SET state = %(to)s, changed_at = %(at)s,"  # noqa: S608 - constants of this project
    " paid_at = CASE WHEN %(paid)s THEN coalesce(paid_at, %(at)s) ELSE paid_at END,"
    " delivered_at = CASE WHEN %(delivered)s THEN %(at)s ELSE delivered_at END"
    " WHERE subject_id = %(subject)s AND id = %(id)s AND state = %(from)s"
    f" RETURNING {COLUMNS}"
)


class IllegalMove(YaksokError):
    """An order cannot go there from where it stands. A fault of the code, never of the person."""


def lock(subject: SubjectId, order: OrderId) -> Order:
    """The order as it stands now, and nobody else moves it until the transaction ends.

    Raises:
        NotFound: ``subject`` has no such order.
    """
    found = _locked(subject, order, "")
    if found is None:
        msg = "no such order"
        raise NotFound(msg)
    return found


def lock_if_free(subject: SubjectId, order: OrderId) -> Order | None:
    """Like :func:`lock`, but None when somebody else is moving the order, or there is none."""
    return _locked(subject, order, " SKIP LOCKED")


def move(order: Order, to: OrderState) -> Order:
    """The order after it moved to ``to``. It must be locked by this transaction.

    Raises:
        IllegalMove: there is no way from where it stands to ``to``; nothing is changed.
    """
    if to not in LEGAL[order.state]:
        msg = f"an order that is {order.state} cannot become {to}"
        raise IllegalMove(msg)
    at = clock.now()
    with connection.cursor() as cursor:
        cursor.execute(
            MOVE,
            {
                "to": to.value,
                "at": at,
                "paid": to is OrderState.PAID,
                "delivered": to is OrderState.DELIVERED,
                "subject": order.subject,
                "id": order.id,
                "from": order.state.value,
            },
        )
        row = cursor.fetchone()
    if row is None:
        msg = f"the order is not {order.state} any more: lock it before it moves"
        raise IllegalMove(msg)
    return order_of(row)


def _locked(subject: SubjectId, order: OrderId, tail: str) -> Order | None:
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {COLUMNS} FROM orders_order WHERE subject_id = %s AND id = %s FOR UPDATE{tail}",  # noqa: S608 - constants of this project
            [subject, order],
        )
        row = cursor.fetchone()
    return order_of(row) if row else None
