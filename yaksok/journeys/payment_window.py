"""Get the address of the provider's window, where the buyer of an order pays."""

from collections.abc import Sequence
from uuid import UUID

from django.conf import settings

from yaksok.database.roles import keeper, retrying
from yaksok.kernel.errors import Invalid
from yaksok.mall.orders import finding, moving
from yaksok.mall.orders.finding import Order
from yaksok.mall.orders.states import OrderState
from yaksok.mall.payments import book, wire
from yaksok.mall.payments.book import Payment, PaymentState
from yaksok.policy.entries import Text
from yaksok.policy.vocabulary import Language

NOT_TAKEN = Text(
    ko="결제사가 이 결제를 받지 않았어요. 금액을 줄여 다시 주문하거나 고객센터에 알려 주세요.",
    en="The payment provider does not take this payment. Order for a smaller amount, or tell us.",
)
MORE = Text(ko="{first} 외 {others}건", en="{first} and {others} more")
PREFIX = {Language.KOREAN: "", Language.ENGLISH: "/en"}
FIRST_LONGEST = 70
"""Characters of the first product's name; the rest says how many more there are."""


def address(order: Order) -> str | None:
    """Where ``order`` is paid: the open window if there is one, else a new one. None if it cannot be.

    Raises:
        Busy: the provider does not answer. The order can be paid until it expires; ask again.
        Invalid: the provider does not take it.
    """
    now, payment = _payable(order)
    if payment is None:
        return None
    if payment.state is PaymentState.READY:
        return payment.checkout_url
    with keeper():
        names = [line.name[now.language] for line in finding.lines_of(now.subject, now.id)]
    return open_window(now, payment.reference, names)


def open_window(order: Order, reference: UUID, names: Sequence[str]) -> str | None:
    """Ask the provider for the window of a new payment, and write down its answer.

    Raises like :func:`address`.
    """
    place = f"{settings.YAKSOK_ORIGIN}{PREFIX[order.language]}"
    try:
        answer = wire.create(
            reference,
            order.total,
            goods(names, order.language),
            success_url=f"{place}/pay/return",
            fail_url=f"{place}/pay/fail",
        )
    except wire.ProviderDeclined:
        raise Invalid({"": NOT_TAKEN.in_(order.language)}) from None
    url = answer.checkout.url if answer.checkout else ""
    ours = (answer.order_id, answer.total_amount) == (wire.name_of(reference), order.total)
    if not ours or not url.startswith(("https://", "http://")):
        msg = "the payment provider answered about another payment"
        raise wire.ProviderAway(msg)
    with keeper():
        book.opened(
            order.subject,
            order.id,
            reference,
            payment_key=answer.payment_key,
            checkout_url=url,
        )
    return url


def goods(names: Sequence[str], language: Language) -> str:
    """What the window calls the order: its first product and how many more there are."""
    first = names[0]
    first = first if len(first) <= FIRST_LONGEST else f"{first[: FIRST_LONGEST - 1]}…"
    if len(names) == 1:
        return first
    return MORE.in_(language).format(first=first, others=len(names) - 1)


@retrying
def _payable(order: Order) -> tuple[Order, Payment | None]:
    """The order as it stands, and the payment by which it can be paid now; None when it cannot."""
    with keeper():
        now = moving.lock(order.subject, order.id)
        if now.state is not OrderState.AWAITING_PAYMENT:
            return now, None
        payments = book.of_order(now.subject, now.id)
        if payments[0].state not in book.OPEN:
            book.add(now.subject, now.id, now.total)
            payments = book.of_order(now.subject, now.id)
        return now, payments[0]
