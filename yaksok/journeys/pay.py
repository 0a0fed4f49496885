"""What happens around the payment window: the buyer comes back, the provider calls, time runs out.

Whatever comes first, comes twice or never comes, one order has one outcome.
"""

import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from uuid import UUID

import structlog

from yaksok.database.roles import keeper, retrying
from yaksok.journeys import payment_window, settling
from yaksok.journeys.settling import Turn
from yaksok.journeys.speaking import spoken
from yaksok.kernel import clock
from yaksok.kernel.errors import Busy, Invalid, NotFound
from yaksok.mall.orders import finding, moving
from yaksok.mall.orders.finding import Order, Place
from yaksok.mall.orders.states import BOUGHT, OrderState
from yaksok.mall.payments import book, signing, wire
from yaksok.mall.payments.book import Found, Payment, PaymentState
from yaksok.policy.entries import Text

log = structlog.get_logger(__name__)

WAIT = timedelta(seconds=30)
"""How long a request may be at work on a payment before :func:`reconcile` asks about it."""


class Result(StrEnum):
    """What became of an order at the payment window."""

    CANCELLED = "cancelled"
    DECLINED = "declined"
    """Not paid; the order can be paid until it expires."""
    EXPIRED = "expired"
    MISMATCH = "mismatch"
    """What the browser brought does not fit the payment. Nothing was taken."""
    OPEN = "open"
    """Not paid yet."""
    PAID = "paid"
    PENDING = "pending"
    """The provider does not answer. It is asked again by itself."""
    SOLD_OUT = "sold_out"
    """Approved after the time to pay, when the goods were gone; no money was kept."""


WORDS: Mapping[Result, Text] = {
    Result.CANCELLED: Text(
        ko="취소된 주문이에요. 돈은 받지 않았거나 돌려 드려요. 필요하면 다시 주문해 주세요.",
        en="This order was cancelled. No money was kept. Order again if you like.",
    ),
    Result.DECLINED: Text(
        ko="결제되지 않았어요. 돈은 빠져나가지 않았어요. 아래에서 다시 결제하거나 다른 카드를 써 보세요.",
        en="The payment did not go through and no money was taken. Pay again below, or use another card.",
    ),
    Result.EXPIRED: Text(
        ko="결제할 시간이 지나 주문이 끝났어요. 장바구니에서 다시 주문해 주세요.",
        en="The time to pay is over, and the order has ended. Order again from the basket.",
    ),
    Result.MISMATCH: Text(
        ko="결제 정보가 주문과 달라 결제하지 않았어요. 장바구니에서 다시 주문해 주세요.",
        en="The payment does not fit the order, so nothing was taken. Order again from the basket.",
    ),
    Result.OPEN: Text(
        ko="아직 결제하지 않았어요. 아래에서 결제할 수 있어요.",
        en="It is not paid yet. You can pay below.",
    ),
    Result.PAID: Text(
        ko="결제를 마치고 주문을 받았어요.", en="The payment is done and we have your order."
    ),
    Result.PENDING: Text(
        ko="결제사의 답을 기다리고 있어요. 다시 결제하지 말고, 잠시 뒤 이 화면을 새로 열어 주세요.",
        en="We wait for the payment provider's answer. Do not pay again; reload this page in a moment.",
    ),
    Result.SOLD_OUT: Text(
        ko="결제할 시간이 지난 사이에 상품이 다 팔렸어요. 돈은 받지 않았거나 바로 돌려 드려요.",
        en="The goods were sold after the time to pay was over. No money was kept.",
    ),
}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of an order. ``payment_url`` is where it can still be paid, if it can.

    ``by_secret``: it can be looked up by number and secret, as guests do.
    """

    result: Result
    order_number: str
    state: OrderState
    total: int
    payment_url: str | None = None
    by_secret: bool = True

    @property
    def paid(self) -> bool:
        """Whether the order is paid."""
        return self.result is Result.PAID

    @property
    def message(self) -> str:
        """What happened and what the person can do, in the language of the page."""
        return spoken(WORDS[self.result])


@dataclass(frozen=True, slots=True)
class Reconciled:
    """What asking again found: payments settled, and those that still wait for an answer."""

    settled: int
    waiting: int


def returned(reference: str, payment_key: str, amount: str | int) -> Outcome:
    """What became of the order whose buyer the window sent back with an approval.

    The money is taken only if the provider itself says that this payment, over this amount, was
    approved. Reloading, going back, or coming twice gives the same outcome.

    Arguments:
        reference: The provider's ``orderId``.
        payment_key, amount: As the browser brought them; they are not believed.

    Raises:
        NotFound: no payment of ours has this reference.
    """
    known, order, payment = _found(reference)
    if payment.state is PaymentState.DONE:
        return _outcome(order, payment)
    if str(amount) != str(payment.amount) or not _fits(payment, payment_key):
        return Outcome(Result.MISMATCH, order.number, order.state, order.total)
    try:
        told: wire.Answer | None
        if payment.payment_key:
            told = wire.Answer(
                payment_key, wire.name_of(known), wire.Status.IN_PROGRESS, payment.amount
            )
        else:  # the window opened, but its opening was not written down
            told = wire.of_reference(known)
        return _told(settling.settle(known, told, _place(payment)))
    except wire.ProviderAway:
        return _unanswered(reference)


def failed(reference: str) -> Outcome:
    """What became of the order whose buyer the window sent back without an approval.

    The browser's word for why is not believed, so it is not asked for. While there is time the
    outcome carries a window to pay again.

    Raises:
        NotFound: no payment of ours has this reference.
    """
    known, order, payment = _found(reference)
    if payment.state is PaymentState.DONE:
        return _outcome(order, payment)
    try:
        return _told(settling.settle(known, wire.of_reference(known), _place(payment)))
    except wire.ProviderAway:
        return _unanswered(reference)


def outcome(reference: str) -> Outcome:
    """What is known of the order of a payment, for a page that is opened again. Asks nobody.

    Raises:
        NotFound: no payment of ours has this reference.
    """
    _, order, payment = _found(reference)
    return Outcome(_result(order, payment), order.number, order.state, order.total)


def webhook(body: bytes, headers: Mapping[str, str]) -> None:
    """Take in that the provider calls about a payment. Repeated and late calls change nothing.

    Refuses:
        Refused: it is not the provider that calls.

    Raises:
        Busy: the provider could not be asked; it calls again.
    """
    reference = signing.told_of(body, headers)
    if reference is None:
        log.warning("the provider called about a payment that is not ours")
        return
    try:
        settling.settle(reference, wire.of_reference(reference))
    except LookupError:
        log.warning("the provider called about a payment that is not ours")


def reconcile(older_than: timedelta = WAIT) -> Reconciled:
    """Ask the provider about every payment that was under way when something ended in the middle.

    Run once with ``timedelta(0)`` when the jobs begin, and by the clock after that.
    """
    with keeper():
        references = book.under_way(clock.now() - older_than)
    settled = 0
    for reference in references:
        try:
            settling.settle(reference, wire.of_reference(reference))
        except Busy:
            break  # the provider is away: the others would not be answered either
        settled += 1
    return Reconciled(settled, len(references) - settled)


def expire() -> int:
    """End every order whose time to pay is over, free its goods, and say how many.

    An order that is being confirmed is left alone: only the provider's answer ends that.
    """
    with keeper():
        places = finding.unpaid(clock.now())
    return sum(_expire(place) for place in places)


@retrying
def _expire(place: Place) -> bool:
    with keeper():
        order = moving.lock_if_free(*place)
        if order is None or order.state is not OrderState.AWAITING_PAYMENT:
            return False
        settling.expired(order)
        return True


def _found(name: str) -> tuple[UUID, Order, Payment]:
    reference = wire.reference_of(name)
    with keeper():
        found = book.found(reference) if reference else None
        if reference is None or found is None:
            msg = "no such payment"
            raise NotFound(msg)
        order = finding.of(found.subject, found.order)
        payments = book.of_order(found.subject, found.order)
    return reference, order, next(one for one in payments if one.id == found.payment)


def _place(payment: Payment) -> Found:
    return Found(payment.subject, payment.order, payment.id)


def _fits(payment: Payment, payment_key: str) -> bool:
    if not wire.PAYMENT_KEY.fullmatch(payment_key):
        return False
    known = payment.payment_key or payment_key
    return hmac.compare_digest(known.encode(), payment_key.encode())


def _told(turn: Turn) -> Outcome:
    return _outcome(turn.order, turn.payment)


def _unanswered(reference: str) -> Outcome:
    """What is known while the provider does not answer."""
    _, order, payment = _found(reference)
    result = _result(order, payment)
    if result in {Result.DECLINED, Result.OPEN}:
        result = Result.PENDING
    return Outcome(result, order.number, order.state, order.total)


def _outcome(order: Order, payment: Payment) -> Outcome:
    result = _result(order, payment)
    url = None
    if result in {Result.DECLINED, Result.OPEN}:
        try:
            url = payment_window.address(order)
        except (Busy, Invalid):
            url = None  # the order page offers it again
    # Two subjects pay and receive, unless it is a member or a child's guardian.
    by_secret = not order.member and order.subject != order.recipient
    return Outcome(result, order.number, order.state, order.total, url, by_secret)


def _result(order: Order, payment: Payment) -> Result:
    if order.state in BOUGHT:
        return Result.PAID
    if order.state is OrderState.AWAITING_PAYMENT:
        over = payment.state in {PaymentState.FAILED, PaymentState.CANCELLED}
        return Result.DECLINED if over else Result.OPEN
    return {
        OrderState.CONFIRMING: Result.PENDING,
        OrderState.EXPIRED: Result.EXPIRED,
        OrderState.REFUSED: Result.SOLD_OUT,
    }.get(order.state, Result.CANCELLED)
