"""An order as whoever proved it may see it: goods, money, where it stands, and masks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from yaksok.journeys.payment_window import goods
from yaksok.journeys.speaking import language, spoken
from yaksok.kernel.actor import Actor
from yaksok.kernel.errors import Refused
from yaksok.kernel.ids import OrderId, RecordId, SubjectId
from yaksok.mall.orders import finding
from yaksok.mall.orders.finding import Line, Order
from yaksok.mall.orders.states import OrderState
from yaksok.mall.shipping import parcels
from yaksok.mall.shipping.parcels import ParcelState
from yaksok.policy.entries import Text
from yaksok.policy.in_force import policy
from yaksok.policy.vocabulary import Item, Language, Purpose, RecordKind
from yaksok.privacy.vault import gate

LABELS: Mapping[OrderState, Text] = {
    OrderState.AWAITING_PAYMENT: Text(ko="결제 기다림", en="Waiting for payment"),
    OrderState.CANCELLED: Text(ko="취소됨", en="Cancelled"),
    OrderState.CONFIRMING: Text(ko="결제 확인 중", en="Checking the payment"),
    OrderState.DELIVERED: Text(ko="배송 완료", en="Delivered"),
    OrderState.DISPATCHING: Text(ko="보내는 중", en="Handing over to the courier"),
    OrderState.EXPIRED: Text(ko="결제 시간 지남", en="Not paid in time"),
    OrderState.PAID: Text(ko="결제 완료", en="Paid"),
    OrderState.REFUSED: Text(ko="품절로 취소됨", en="Cancelled: sold out"),
    OrderState.SHIPPED: Text(ko="배송 중", en="On the way"),
}

WAY: Mapping[ParcelState, Text] = {
    ParcelState.WAITING: Text(ko="택배회사에 넘기는 중", en="Handing over to the courier"),
    ParcelState.HANDED: Text(ko="택배회사에 알림", en="The courier was told"),
    ParcelState.PICKED_UP: Text(ko="택배회사가 가져감", en="The courier picked it up"),
    ParcelState.IN_TRANSIT: Text(ko="이동 중", en="On the way"),
    ParcelState.DELIVERED: Text(ko="배송 완료", en="Delivered"),
}
ON_THE_WAY = frozenset({OrderState.DISPATCHING, OrderState.SHIPPED, OrderState.DELIVERED})

OF_PAYER = (Item.NAME, Item.PHONE, Item.EMAIL)
OF_RECIPIENT = (Item.NAME, Item.PHONE, Item.POSTCODE, Item.ADDRESS)


@dataclass(frozen=True, slots=True)
class LineView:
    """One line of an order. Prices are won; ``answered`` says that its question was answered."""

    product_slug: str
    name: str
    option: str
    unit_price: int
    quantity: int
    subtotal: int
    question: str
    answered: bool


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a parcel on its way."""

    at: datetime
    label: str


@dataclass(frozen=True, slots=True)
class Summary:
    """An order in a list. ``what`` is its first product and how many more there are."""

    order_id: OrderId
    order_number: str
    state: OrderState
    state_label: str
    placed_at: datetime
    what: str
    total: int


@dataclass(frozen=True, slots=True)
class OrderView:
    """An order. Every personal value is masked; after its erasure there is none at all.

    ``payer_masked`` and ``recipient_masked`` go from an item's name to its mask.
    """

    order_id: OrderId
    order_number: str
    state: OrderState
    state_label: str
    placed_at: datetime
    expires_at: datetime
    lines: tuple[LineView, ...]
    goods_total: int
    shipping_fee: int
    discount: int
    total: int
    payer_masked: Mapping[str, str]
    recipient_masked: Mapping[str, str]
    tracking: tuple[Step, ...]


def summary(order: Order, lines: Sequence[Line]) -> Summary:
    """``order`` for a list; opens nothing."""
    shown = language()
    return Summary(
        order.id,
        order.number,
        order.state,
        spoken(LABELS[order.state]),
        order.placed_at,
        goods([line.name[shown] for line in lines], shown),
        order.total,
    )


def view(order: Order, *, actor: Actor, journey: str) -> OrderView:
    """``order`` for ``actor``, who proved that it is theirs. Part of the caller's transaction.

    The recipient is a person of their own, so the mall itself makes their masks, for the order; of one who
    had every use of their data stopped there are none. What is the actor's own they see all the same.

    Records:
        Event.VAULT_MASKS_SHOWN for payer and recipient.

    Cost:
        One statement for the lines; two for each of the two records; two for a parcel under way.
    """
    shown = language()
    lines = finding.lines_of(order.subject, order.id)
    payer = _masks(
        RecordKind.ORDER_PAYER, (order.subject, order.payer_record), OF_PAYER, actor, journey
    )
    recipient = _masks(
        RecordKind.ORDER_RECIPIENT,
        (order.recipient, order.recipient_record),
        OF_RECIPIENT,
        actor,
        journey,
    )
    return OrderView(
        order.id,
        order.number,
        order.state,
        spoken(LABELS[order.state]),
        order.placed_at,
        order.expires_at,
        tuple(_line(line, shown) for line in lines),
        order.goods_total,
        order.shipping_fee,
        order.discount,
        order.total,
        payer,
        recipient,
        _steps(order),
    )


def _steps(order: Order) -> tuple[Step, ...]:
    if order.state not in ON_THE_WAY:
        return ()
    steps = parcels.steps_of(order.subject, order.id)
    return tuple(Step(step.at, spoken(WAY[step.state])) for step in steps)


def _line(line: Line, shown: Language) -> LineView:
    return LineView(
        line.product_slug,
        line.name[shown],
        line.option[shown],
        line.unit_price,
        line.quantity,
        line.subtotal,
        line.question[shown],
        line.extra is not None,
    )


def _masks(
    kind: RecordKind,
    name: tuple[SubjectId, RecordId],
    items: Sequence[Item],
    actor: Actor,
    journey: str,
) -> dict[str, str]:
    """Masks of one record, by the name of the item: one's own by right, another person's for the order."""
    own = name[0] == actor.subject
    try:
        shown = gate.show_masks(
            [name],
            policy().having(kind, items),
            kind=kind,
            purpose=Purpose.RIGHTS if own else Purpose.ORDER,
            actor=actor if own else Actor.system(journey),
        )
    except Refused:
        return {}
    return {item.value: mask for item, mask in shown.get(name, {}).items()}
