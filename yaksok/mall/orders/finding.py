"""Orders as they are read: by their number, by the attempt that made them, by who pays, by state.

Every read is part of its caller's transaction, as the role of journeys with personal data.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from yaksok.database.selecting import rows
from yaksok.kernel.errors import NotFound
from yaksok.kernel.ids import OrderId, RecordId, SubjectId
from yaksok.mall.orders.states import OrderState
from yaksok.policy.vocabulary import Language

MOST = 200
"""Orders that one list holds."""


@dataclass(frozen=True, slots=True)
class Order:
    """One order. ``subject`` pays, ``recipient`` receives; money is in won.

    ``total`` is goods and fee without the ``discount`` that ``coupon`` gave. ``safe_number``: the courier
    gets one instead of the recipient's telephone.
    """

    subject: SubjectId
    id: OrderId
    number: str
    recipient: SubjectId
    payer_record: RecordId
    recipient_record: RecordId
    member: bool
    language: Language
    state: OrderState
    goods_total: int
    shipping_fee: int
    discount: int
    coupon: UUID | None
    safe_number: bool
    total: int
    placed_at: datetime
    expires_at: datetime
    changed_at: datetime
    paid_at: datetime | None
    delivered_at: datetime | None


@dataclass(frozen=True, slots=True)
class Line:
    """One line of an order. ``extra`` names the sealed answer to ``question``, if one was given."""

    order: OrderId
    variant: UUID
    product_slug: str
    name: Mapping[Language, str]
    option: Mapping[Language, str]
    unit_price: int
    quantity: int
    weight_g: int
    question: Mapping[Language, str]
    extra: RecordId | None

    @property
    def subtotal(self) -> int:
        """What the line costs."""
        return self.unit_price * self.quantity


Place = tuple[SubjectId, OrderId]
"""Where an order lies: whose it is, and its id."""

COLUMNS = (
    "subject_id, id, number, recipient_subject_id, payer_record, recipient_record, member, language,"
    " state, goods_total, shipping_fee, discount, coupon_id, safe_number, total, placed_at, expires_at,"
    " changed_at, paid_at, delivered_at"
)
_LINE = (
    "order_id, variant_id, product_slug, name_ko, name_en, option_ko, option_en, unit_price, quantity,"
    " weight_g, question_ko, question_en, extra_record"
)


def order_of(row: Sequence[Any]) -> Order:
    """The order that a row of :data:`COLUMNS` tells of."""
    cells = list(row)
    cells[7:9] = Language(row[7]), OrderState(row[8])
    return Order(*cells)


def of(subject: SubjectId, order: OrderId) -> Order:
    """One order of ``subject``.

    Raises:
        NotFound: ``subject`` has no such order.
    """
    found = _orders("subject_id = %s AND id = %s", [subject, order])
    if not found:
        msg = "no such order"
        raise NotFound(msg)
    return found[0]


def by_number(number: str) -> Place | None:
    """Where the order ``number`` lies, or None."""
    return _place("orders_number", "number", number)


def by_attempt(attempt: UUID) -> Place | None:
    """Where the order lies that ``attempt`` made, or None."""
    return _place("orders_attempt", "id", attempt)


def by_ids(orders: Collection[OrderId]) -> dict[OrderId, Order]:
    """The orders with these ids, whoever pays them; for the console. One statement, by the queue's index."""
    found = _orders("state = ANY (%s) AND id = ANY (%s)", [[*OrderState], [*orders]])
    return {order.id: order for order in found}


def of_subject(subject: SubjectId, *, limit: int = MOST) -> list[Order]:
    """Orders that ``subject`` pays, newest first."""
    return _orders("subject_id = %s ORDER BY id DESC LIMIT %s", [subject, limit])


def in_states(
    states: Collection[OrderState], *, limit: int = MOST, after: OrderId | None = None
) -> list[Order]:
    """Orders that stand in one of ``states``, oldest first, from behind ``after`` on."""
    return _orders(
        "state = ANY (%s) AND (%s::uuid IS NULL OR id > %s) ORDER BY id LIMIT %s",
        [[state.value for state in states], after, after, limit],
    )


def unpaid(before: datetime, *, limit: int = MOST) -> list[Place]:
    """Where those orders lie that could be paid until some time before ``before`` and were not."""
    found = rows(
        "SELECT subject_id, id FROM orders_order WHERE state = 'awaiting_payment'"
        " AND expires_at <= %s ORDER BY expires_at LIMIT %s",
        [before, limit],
    )
    return [(SubjectId(subject), OrderId(order)) for subject, order in found]


def lines_of(subject: SubjectId, order: OrderId) -> tuple[Line, ...]:
    """The lines of one order, in the order of the basket."""
    return lines_at([(subject, order)]).get(order, ())


def lines_at(places: Collection[Place]) -> dict[OrderId, tuple[Line, ...]]:
    """The lines of several orders. One statement."""
    lines: dict[OrderId, list[Line]] = {}
    for row in rows(
        f"SELECT {_LINE} FROM orders_line WHERE subject_id = ANY (%s) AND order_id = ANY (%s)"  # noqa: S608 - constants of this module
        " ORDER BY order_id, position",
        [[subject for subject, _ in places], [order for _, order in places]],
    ):
        cells = [
            *row[:3],
            _both(*row[3:5]),
            _both(*row[5:7]),
            *row[7:10],
            _both(*row[10:12]),
            row[12],
        ]
        lines.setdefault(row[0], []).append(Line(*cells))
    return {order: tuple(found) for order, found in lines.items()}


def verifier_of(place: Place | None) -> str | None:
    """What checks the secret of a guest's order, or None. Asking for nothing takes the same query."""
    subject, order = place or (uuid4(), uuid4())
    found = rows(
        "SELECT verifier FROM orders_secret WHERE subject_id = %s AND order_id = %s",
        [subject, order],
    )
    return str(found[0][0]) if found else None


def _both(ko: str, en: str) -> dict[Language, str]:
    return {Language.KOREAN: ko, Language.ENGLISH: en}


def _place(table: str, column: str, value: object) -> Place | None:
    found = rows(f"SELECT subject_id, order_id FROM {table} WHERE {column} = %s", [value])  # noqa: S608 - constants of this module
    return (SubjectId(found[0][0]), OrderId(found[0][1])) if found else None


def _orders(where: str, values: Sequence[Any]) -> list[Order]:
    statement = f"SELECT {COLUMNS} FROM orders_order WHERE {where}"  # noqa: S608 - constants of this module
    return [order_of(row) for row in rows(statement, values)]
