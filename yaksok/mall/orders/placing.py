"""Write a new order, whole, in its caller's transaction."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.db import connection

from yaksok.database.inserting import insert
from yaksok.kernel import clock
from yaksok.kernel.ids import OrderId, RecordId, SubjectId, new_id
from yaksok.mall.orders.finding import Order, order_of
from yaksok.mall.orders.states import OrderState
from yaksok.policy.vocabulary import Language

TIME_TO_PAY = timedelta(minutes=15)
"""How long goods are set aside for an order that is not paid."""

KO, EN = Language.KOREAN, Language.ENGLISH


@dataclass(frozen=True, slots=True)
class NewLine:
    """One line to be written, as it is offered now. ``extra`` names the sealed answer to ``question``."""

    variant: UUID
    product_slug: str
    name: Mapping[Language, str]
    option: Mapping[Language, str]
    unit_price: int
    quantity: int
    weight_g: int
    question: Mapping[Language, str] | None = None
    extra: RecordId | None = None


@dataclass(frozen=True, slots=True)
class NewOrder:
    """An order to be written. ``verifier`` checks a guest's secret; members have none.

    ``discount`` is what ``coupon`` takes off, in won. ``safe_number``: the courier gets one instead of
    the recipient's telephone.
    """

    subject: SubjectId
    id: OrderId
    number: str
    recipient: SubjectId
    payer_record: RecordId
    recipient_record: RecordId
    member: bool
    language: Language
    goods_total: int
    shipping_fee: int
    lines: Sequence[NewLine]
    verifier: str | None
    discount: int = 0
    coupon: UUID | None = None
    safe_number: bool = False


def claim(attempt: UUID, subject: SubjectId, order: OrderId) -> bool:
    """Whether ``attempt`` makes ``order``; False when it made another one before.

    Two clicks at once: the second waits for the first to end, and then loses.
    """
    with connection.cursor() as cursor:
        return bool(
            insert(
                cursor,
                "orders_attempt",
                ("id", "subject_id", "order_id"),
                [(attempt, subject, order)],
                tail="ON CONFLICT (id) DO NOTHING",
            )
        )


def disclaim(attempt: UUID) -> None:
    """``attempt`` may make another order: the one it made was cancelled."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM orders_attempt WHERE id = %s", [attempt])


def write(order: NewOrder) -> Order:
    """The order as it stands after it, its lines, its number and its secret were written.

    It awaits payment for 15 minutes.

    Cost:
        Four statements, whatever the number of lines.
    """
    at = clock.now()
    total = order.goods_total + order.shipping_fee - order.discount
    row = {
        "subject_id": order.subject,
        "id": order.id,
        "number": order.number,
        "recipient_subject_id": order.recipient,
        "payer_record": order.payer_record,
        "recipient_record": order.recipient_record,
        "member": order.member,
        "language": order.language.value,
        "state": OrderState.AWAITING_PAYMENT.value,
        "goods_total": order.goods_total,
        "shipping_fee": order.shipping_fee,
        "discount": order.discount,
        "coupon_id": order.coupon,
        "safe_number": order.safe_number,
        "total": total,
        "placed_at": at,
        "expires_at": at + TIME_TO_PAY,
        "changed_at": at,
    }
    lines = [_line(order, position, line) for position, line in enumerate(order.lines)]
    with connection.cursor() as cursor:
        insert(cursor, "orders_order", tuple(row), [tuple(row.values())])
        insert(cursor, "orders_line", tuple(lines[0]), [tuple(line.values()) for line in lines])
        number = (order.number, order.subject, order.id)
        insert(cursor, "orders_number", ("number", "subject_id", "order_id"), [number])
        if order.verifier is not None:
            secret = (order.subject, order.id, order.verifier)
            insert(cursor, "orders_secret", ("subject_id", "order_id", "verifier"), [secret])
    return order_of([*row.values(), None, None])


def _line(order: NewOrder, position: int, line: NewLine) -> dict[str, object]:
    question = line.question or {KO: "", EN: ""}
    return {
        "subject_id": order.subject,
        "id": new_id(),
        "order_id": order.id,
        "position": position,
        "variant_id": line.variant,
        "product_slug": line.product_slug,
        "name_ko": line.name[KO],
        "name_en": line.name[EN],
        "option_ko": line.option[KO],
        "option_en": line.option[EN],
        "unit_price": line.unit_price,
        "quantity": line.quantity,
        "weight_g": line.weight_g,
        "question_ko": question[KO],
        "question_en": question[EN],
        "extra_record": line.extra,
    }
