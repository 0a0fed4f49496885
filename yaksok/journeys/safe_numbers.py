"""A number of a provider that the courier gets instead of the recipient's telephone, parcel by parcel.

Whoever orders may wish for it, where the document names a provider and one is set. It is lent when the
parcel is handed over; until then the parcel waits, and the telephone never goes in its place. It is
given back some days after the delivery, when the order comes to nothing, or when its days are over.
"""

import secrets
from collections.abc import Iterable
from dataclasses import replace

from django.conf import settings

from yaksok.database.roles import keeper, retrying
from yaksok.kernel import clock
from yaksok.kernel.actor import Actor
from yaksok.kernel.errors import NotFound, Refused, Shredded
from yaksok.mall.orders import moving
from yaksok.mall.orders.finding import Order
from yaksok.mall.orders.states import OrderState
from yaksok.mall.shipping import parcels
from yaksok.policy.forms import Form
from yaksok.policy.in_force import policy
from yaksok.policy.retention import Period
from yaksok.policy.safe_number import PROVIDER
from yaksok.policy.vocabulary import Item, Purpose, RecordKind
from yaksok.privacy.disclosure import handover, numbers, wire
from yaksok.privacy.disclosure.label import OPENED_WITH_A_SAFE_NUMBER
from yaksok.privacy.disclosure.register import Entry, Message, State
from yaksok.privacy.vault import gate

MALL = Actor.system("safe_numbers")
REFERENCE_BYTES = 16
"""The provider knows a number's telephone by so many random bytes, and not by the parcel."""
AT_ONCE = 100
"""Numbers that one round of the job gives back."""


def asked(form: Form) -> Form:
    """``form`` with the wish for a safe number, if one can be fulfilled; without the box if not."""
    if policy().document.body.safe_number is not None and settings.YAKSOK_SAFE_NUMBER_URL:
        return form
    return replace(form, boxes=tuple(box for box in form.boxes if box.name != PROVIDER))


def items_of(order: Order) -> frozenset[Item] | None:
    """What the courier of ``order`` is given; None for what every label has."""
    if not order.safe_number:
        return None
    kind = RecordKind.ORDER_RECIPIENT
    return frozenset(policy().having(kind, OPENED_WITH_A_SAFE_NUMBER)) | {Item.SAFE_NUMBER}


def missing(order: Order) -> bool:
    """Whether the courier of ``order`` is to get a number that was not lent yet."""
    return order.safe_number and not numbers.ready((order.recipient, order.recipient_record))


def plan(order: Order, actor: Actor) -> handover.Name | None:
    """Plan that the provider lends the number of ``order``; None if it has one, or needs none.

    Belongs to the transaction that has the order locked. A line that was given up is made ready to
    be tried again.

    Refuses and records like :func:`handover.plan`.
    """
    if not missing(order):
        return None
    name = (order.recipient, order.recipient_record)
    known = numbers.lent(name)
    key = handover.plan(
        *name,
        known.reference if known else secrets.token_hex(REFERENCE_BYTES),
        kind=RecordKind.ORDER_RECIPIENT,
        purpose=Purpose.DELIVERY,
        actor=actor,
        items=frozenset({Item.PHONE}),
        recipient=numbers.SAFE_NUMBERS,
    )
    return order.recipient, key


def fetch(names: Iterable[handover.Name]) -> None:
    """Have these numbers lent now, until the provider does not answer. Not inside a transaction."""
    for name in names:
        if handover.deliver(name, then=settled) is State.SENDING:
            return


def settled(entry: Entry, receipt: wire.Receipt | None) -> None:
    """What the provider answered, in its transaction: the number is sealed beside the telephone.

    The courier's line goes on with it. Without a number it is given up, and its order is as it was.
    """
    if entry.message is not Message.HANDOVER:
        return
    name = (entry.subject, entry.record)
    if receipt is None or receipt.number is None:
        _give_up(name)
        return
    try:
        gate.amend(
            entry.subject,
            entry.kind,
            {Item.SAFE_NUMBER: receipt.number.reveal()},
            purpose=Purpose.DELIVERY,
            actor=MALL,
            record=entry.record,
        )
    except (NotFound, Refused, Shredded):  # it may not be kept, or there is nothing to keep it in
        _return(name)
        _give_up(name)
        return
    terms = policy().document.body.safe_number
    days = terms.days if terms else 0
    numbers.lend_until(name, Period(days=days).after(clock.now()))
    numbers.wake(name)


def _give_up(name: numbers.Name) -> None:
    for parcel in numbers.abandon(name, actor=MALL):
        _back_to_paid(parcel)


def _back_to_paid(parcel: str) -> None:
    place = parcels.place_of(parcel)
    order = moving.lock(*place) if place else None
    if order is not None and order.state is OrderState.DISPATCHING:
        moving.move(order, OrderState.PAID)


def after_delivery(order: Order) -> None:
    """The parcel arrived: its number is given back after the days that the document says."""
    terms = policy().document.body.safe_number
    if order.safe_number:
        after = Period.parse(terms.after_delivery) if terms else Period()
        at = after.after(order.delivered_at or clock.now())
        numbers.ends_by((order.recipient, order.recipient_record), at)


def at_once(order: Order) -> None:
    """The order came to nothing, so that no parcel leaves: its number is given back now."""
    if order.safe_number:
        _return((order.recipient, order.recipient_record))


@retrying
def give_back(limit: int = AT_ONCE) -> int:
    """Give back the numbers whose time is over; how many. A job; safe at any time, by several.

    Nobody is written to about it: it was said when they wished for it. Each recipient sees the
    provider's answer on their page.

    Records:
        Event.DISCLOSURE_HANDOVER_PLANNED for each.
    """
    with keeper():
        over = numbers.over(limit)
        return sum(_return(name) for name in over)


def _return(name: numbers.Name) -> int:
    return handover.recall(
        name[0], [name[1]], actor=MALL, recipient=numbers.SAFE_NUMBERS, quietly=True
    )
