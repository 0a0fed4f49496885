"""What becomes of an order when the payment provider has something to say.

What is about to be asked is committed before the provider is asked, and no transaction is open while
it thinks. So whatever ends in the middle, an order is never paid and lost, and never shipped unpaid:
what the provider says is the truth, and it can be asked again at any time.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from uuid import UUID

import msgspec
import structlog

from yaksok.database.roles import keeper, retrying
from yaksok.journeys import coupons, ending, tell
from yaksok.kernel import clock
from yaksok.mall.catalogue import stock
from yaksok.mall.orders import finding, moving
from yaksok.mall.orders.finding import Order
from yaksok.mall.orders.states import BOUGHT, OVER, OrderState
from yaksok.mall.payments import book, wire
from yaksok.mall.payments.book import Found, Payment, PaymentState
from yaksok.mall.payments.wire import Answer, Status

log = structlog.get_logger(__name__)

MOST_TURNS = 5
REASON = "주문을 처리할 수 없어 취소합니다. / The order cannot be filled."


class Act(StrEnum):
    """What is asked of the provider next."""

    CANCEL = "cancel"
    CONFIRM = "confirm"
    NOTHING = "nothing"


HELD_BACK: Mapping[Act, frozenset[Status]] = MappingProxyType(
    {
        Act.CANCEL: frozenset({Status.IN_PROGRESS, Status.READY, Status.WAITING_FOR_DEPOSIT}),
        Act.CONFIRM: frozenset({Status.IN_PROGRESS}),
        Act.NOTHING: frozenset(),
    }
)
"""States in which no money was taken, and in which a payment ends for us after a refusal of the act."""


@dataclass(frozen=True, slots=True)
class Turn:
    """An order and its payment after they took in what the provider said, and what comes next."""

    order: Order
    payment: Payment
    act: Act = Act.NOTHING


@dataclass(frozen=True, slots=True)
class _Case:
    """What a turn decides about. ``others``: another payment of the order is under way or done."""

    order: Order
    payment: Payment
    told: Answer
    others: bool


def settle(reference: UUID, told: Answer | None, found: Found | None = None) -> Turn:
    """Bring order and payment to where they must be after the provider ``told`` us this.

    Asks the provider to take the money of an approved payment, or to give it back when there is
    nothing to sell any more, and settles its answer too.

    Arguments:
        told: What it says of ``reference``; None when it knows no such payment.
        found: Where the payment lies, if the caller knows.

    Raises:
        ProviderAway: it did not answer. What was under way stays so until it is asked again.
        LookupError: there is no such payment.
    """
    if found is None:
        with keeper():
            found = book.found(reference)
    if found is None:
        msg = "no such payment"
        raise LookupError(msg)
    for _ in range(MOST_TURNS):
        turn = take_in(found, told)
        if turn.act is Act.NOTHING:
            return turn
        told = ask(turn, told)
    msg = "the payment provider contradicts itself"
    raise wire.ProviderAway(msg)


@retrying
def take_in(found: Found, told: Answer | None) -> Turn:
    """Write down what the provider told, and decide what is to be asked of it next."""
    with keeper():
        order = moving.lock(found.subject, found.order)
        payments = book.of_order(found.subject, found.order)
        payment = next(one for one in payments if one.id == found.payment)
        if told is not None and not _is_about(payment, told):
            log.error("the provider's answer does not fit the payment")
            return Turn(order, payment)
        others = any(
            one.state in {PaymentState.CONFIRMING, PaymentState.DONE}
            for one in payments
            if one is not payment
        )
        if told is None:
            return _unknown(order, payment)
        return _TURNS[told.status](_Case(order, payment, told, others))


def ask(turn: Turn, told: Answer | None) -> Answer | None:
    """Ask the provider for what ``turn`` wants; its answer, or what it says after it declined."""
    payment = turn.payment
    key = payment.payment_key or (told.payment_key if told else "")
    try:
        if turn.act is Act.CONFIRM:
            return wire.confirm(payment.reference, key, payment.amount)
        return wire.cancel(payment.reference, key, REASON)
    except wire.ProviderDeclined as declined:
        now = wire.of_reference(payment.reference)
        if now is None or now.status not in HELD_BACK[turn.act]:
            return now
        # It does not do it and does not say that it is over: for the order it is.
        failure = wire.Failure(declined.code)
        return msgspec.structs.replace(now, status=Status.ABORTED, failure=failure)


def _is_about(payment: Payment, told: Answer) -> bool:
    key = payment.payment_key
    return (
        told.order_id == wire.name_of(payment.reference)
        and told.total_amount == payment.amount
        and (not key or key == told.payment_key)
    )


def _taken(case: _Case) -> Turn:
    """The money is with the provider: the goods are sold, or the money goes back."""
    order, payment, told = case.order, case.payment, case.told
    if payment.state is PaymentState.DONE:
        return Turn(order, payment)
    if not _wanted(case):
        return _give_back(order, payment, told)
    confirming = _confirming(order)
    if confirming is None or not stock.take(order.id):
        return _refuse(order, payment, told)
    paid = moving.move(confirming, OrderState.PAID)
    payment = book.change(
        payment, PaymentState.DONE, payment_key=told.payment_key, approved_at=told.approved_at
    )
    tell.order_paid(paid)
    return Turn(paid, payment)


def _approved(case: _Case) -> Turn:
    """The buyer said yes: take the money, if the goods are there."""
    order, payment, told = case.order, case.payment, case.told
    if payment.state is PaymentState.DONE:
        return Turn(order, payment)  # this was said before the money was taken
    if not _wanted(case):
        return _give_back(order, payment, told)
    confirming = _confirming(order)
    if confirming is None:
        return _refuse(order, payment, told)
    payment = book.change(payment, PaymentState.CONFIRMING, payment_key=told.payment_key)
    return Turn(confirming, payment, Act.CONFIRM)


def _waiting(case: _Case) -> Turn:
    """The buyer has not decided."""
    order, payment = case.order, case.payment
    if payment.state is PaymentState.CANCELLING:
        return Turn(order, payment, Act.CANCEL)
    if payment.state is PaymentState.CONFIRMING:
        payment = book.change(payment, PaymentState.READY)
        return Turn(_reverted(order), payment)
    return Turn(order, payment)


def _closed(case: _Case) -> Turn:
    """Nothing was taken, or what was taken went back."""
    order, payment, told = case.order, case.payment, case.told
    if payment.state in {PaymentState.CANCELLING, PaymentState.CANCELLED}:
        payment = book.change(payment, PaymentState.CANCELLED, payment_key=told.payment_key)
        return Turn(order, payment)
    if payment.state is PaymentState.DONE:
        payment = book.change(payment, PaymentState.CANCELLED, failure=told.code)
        return Turn(_money_went_back(order), payment)
    reverts = payment.state is PaymentState.CONFIRMING
    payment = book.change(
        payment, PaymentState.FAILED, payment_key=told.payment_key, failure=told.code
    )
    return Turn(_reverted(order) if reverts else order, payment)


def _unknown(order: Order, payment: Payment) -> Turn:
    """The provider knows nothing of it, so nothing was taken."""
    if payment.state is PaymentState.CANCELLING:
        payment = book.change(payment, PaymentState.CANCELLED)
    elif payment.state is PaymentState.CONFIRMING:
        payment = book.change(payment, PaymentState.FAILED)
        order = _reverted(order)
    return Turn(order, payment)


_TURNS: Mapping[Status, Callable[[_Case], Turn]] = MappingProxyType(
    {
        Status.ABORTED: _closed,
        Status.CANCELED: _closed,
        Status.DONE: _taken,
        Status.EXPIRED: _closed,
        Status.IN_PROGRESS: _approved,
        Status.PARTIAL_CANCELED: _taken,
        Status.READY: _waiting,
        Status.WAITING_FOR_DEPOSIT: _waiting,
    }
)


def _wanted(case: _Case) -> bool:
    """Whether this payment is the one that should pay this order."""
    order, payment = case.order, case.payment
    over = order.state in BOUGHT or order.state in OVER - {OrderState.EXPIRED}
    given_up = payment.state in {PaymentState.CANCELLING, PaymentState.CANCELLED}
    return not (case.others or over or given_up)


def _give_back(order: Order, payment: Payment, told: Answer) -> Turn:
    payment = book.change(payment, PaymentState.CANCELLING, payment_key=told.payment_key)
    return Turn(order, payment, Act.CANCEL)


def _refuse(order: Order, payment: Payment, told: Answer) -> Turn:
    """The goods are gone: the order ends, and no money stays."""
    now = moving.lock(order.subject, order.id)
    stock.release(order.id)
    ended = moving.move(now, OrderState.REFUSED)
    ending.at_once(ended)
    return _give_back(ended, payment, told)


def _confirming(order: Order) -> Order | None:
    """The order on its way to be paid, its goods set aside; None when they or its coupon are gone."""
    if order.state is OrderState.CONFIRMING:
        return order
    if order.state is OrderState.EXPIRED:
        lines = finding.lines_of(order.subject, order.id)
        if not coupons.spend_again(order):
            return None
        try:
            stock.reserve([(line.variant, line.quantity) for line in lines], order.id)
        except stock.SoldOut:
            return None
        ending.not_yet(order)
    return moving.move(order, OrderState.CONFIRMING)


def _reverted(order: Order) -> Order:
    """A confirming order that was not paid: payable again, or over when its time is."""
    if order.state is not OrderState.CONFIRMING:
        return order
    if clock.now() < order.expires_at:
        return moving.move(order, OrderState.AWAITING_PAYMENT)
    return expired(order)


def expired(order: Order) -> Order:
    """The locked ``order`` after its time ran out: its goods are for others, its records end soon."""
    stock.release(order.id)
    ended = moving.move(order, OrderState.EXPIRED)
    ending.after_expiry(ended)
    return ended


def _money_went_back(order: Order) -> Order:
    """The provider cancelled what was paid: what was not handed over yet stays here."""
    if order.state is not OrderState.PAID:
        log.error("a paid order's money went back after it was handed over")
        return order
    lines = finding.lines_of(order.subject, order.id)
    stock.give_back([(line.variant, line.quantity) for line in lines])
    ended = moving.move(order, OrderState.CANCELLED)
    ending.at_once(ended)
    return ended
