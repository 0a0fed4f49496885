"""Hand parcels to the courier, and hear from the courier where they are.

An order is handed over only when it is paid, and once: its row is locked while it moves from paid to
dispatching, its parcel has one number for good, and the courier knows that number. So two clerks,
two workers, a lost answer or a kill in between end in one parcel.
"""

import time
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from yaksok.database.roles import keeper, retrying
from yaksok.journeys import ending, safe_numbers, tell
from yaksok.kernel.actor import Actor, Role
from yaksok.kernel.errors import Refused
from yaksok.kernel.ids import OrderId
from yaksok.mall.orders import finding, moving
from yaksok.mall.orders.finding import Order
from yaksok.mall.orders.states import OrderState
from yaksok.mall.shipping import parcels, signing
from yaksok.mall.shipping.parcels import ParcelState, Shipment
from yaksok.policy.vocabulary import Purpose, RecordKind
from yaksok.privacy.disclosure import handover, register, wire
from yaksok.privacy.disclosure.numbers import SAFE_NUMBERS
from yaksok.privacy.disclosure.register import Message

AT_ONCE = 50
"""Handovers that one round of the job takes on."""
PATIENCE_SECONDS = 8.0
"""How long a clerk waits for the courier; what is left then goes by itself."""

ABOUT_THE_ACTOR = frozenset({"P1.6", "P7.13", "P7.14", "P8.5"})
"""Refusals that would be the same for every order."""

BEYOND = frozenset({OrderState.DISPATCHING, OrderState.SHIPPED, OrderState.DELIVERED})


class Outcome(StrEnum):
    """What became of one order that was to be handed over."""

    ALREADY = "already"
    """It was handed over before, by whomever."""
    HANDED = "handed"
    """The courier has it."""
    NOT_PAID = "not_paid"
    NUMBER_AWAITED = "number_awaited"
    """Its safe number was not lent yet. The parcel waits for it and then goes by itself."""
    REFUSED = "refused"
    """The policy forbids it; ``promise`` says which sentence."""
    UNKNOWN = "unknown"
    WAITING = "waiting"
    """The courier did not take it yet. It is sent again by itself."""


@dataclass(frozen=True, slots=True)
class Result:
    """One order's outcome."""

    order_id: UUID
    number: str
    outcome: Outcome
    promise: str = ""


@dataclass(frozen=True, slots=True)
class Delivered:
    """Figures of one round of the job, by where each handover stands now."""

    states: Mapping[str, int]


def dispatch(order_ids: Collection[UUID], actor: Actor) -> tuple[Result, ...]:
    """Hand paid orders to the courier: name, address and phone of each recipient, nothing else.

    Refuses:
        Refused: the actor is no trained clerk (P7.13, P7.14); nothing was handed over.

    Records:
        Event.DISCLOSURE_HANDOVER_PLANNED under the clerk's id, then what sending records.
    """
    with keeper():
        orders = finding.by_ids([OrderId(one) for one in order_ids])
    results: dict[UUID, Result] = {
        one: Result(one, "", Outcome.UNKNOWN) for one in order_ids if OrderId(one) not in orders
    }
    planned: dict[UUID, Sequence[tuple[str, handover.Name]]] = {}
    for order in orders.values():
        outcome = _plan(order, actor)
        if isinstance(outcome, Result):
            results[order.id] = outcome
        else:
            planned[order.id] = outcome
    until = time.monotonic() + PATIENCE_SECONDS
    silent: set[str] = set()  # who does not answer: the others would only wait as long
    for key, messages in planned.items():
        for recipient, name in messages:
            tried = recipient not in silent and time.monotonic() < until
            state = _deliver(name) if tried else None
            if state is register.State.SENDING:
                silent.add(recipient)
            results[key] = _result(orders[OrderId(key)], recipient, state)
            if state is not register.State.ACKNOWLEDGED:
                break
    return tuple(results[one] for one in dict.fromkeys(order_ids))


def deliver_due(limit: int = AT_ONCE) -> Delivered:
    """Send what waits for couriers and partners and is due. A job; safe at any time, by several.

    Whoever does not answer is left alone for this round: the others would only wait as long. What
    is for somebody else goes on.
    """
    silent: set[str] = set()
    states: Counter[str] = Counter()
    left, skipped = limit, True
    while skipped and left > 0:
        with keeper():
            names = handover.due(left, without=silent)
        skipped = False
        for recipient, name in names:
            if recipient in silent:
                skipped = True
                continue
            left -= 1
            state = _deliver(name)
            if state is not None:
                states[state] += 1
            if state is register.State.SENDING:
                silent.add(recipient)
    return Delivered(dict(states))


def tracked(body: bytes, headers: Mapping[str, str]) -> None:
    """The courier says where a parcel is. Repetitions and late news change nothing.

    Refuses:
        Refused: the courier did not sign it, it is old, or it cannot be read (P1.3).
    """
    news = signing.read(body, headers)
    with keeper():
        place = parcels.place_of(news.number)
    if place is not None:
        _hear(place, news)


@retrying
def _hear(place: finding.Place, news: parcels.News) -> None:
    with keeper():
        order = moving.lock(*place)
        shipment = parcels.heard(*place, news)
        if shipment is None:
            return
        handover.came_through(order.recipient, news.number)
        order = shipped(order, shipment)
        if shipment.state is ParcelState.DELIVERED and order.state is OrderState.SHIPPED:
            ending.after_delivery(moving.move(order, OrderState.DELIVERED))


@retrying
def _plan(order: Order, actor: Actor) -> Result | Sequence[tuple[str, handover.Name]]:
    """What is to be sent for the order, in this order: to the provider of its safe number, to the courier."""
    try:
        with keeper():
            order = moving.lock(order.subject, order.id)
            if order.state is not OrderState.PAID:
                known = Outcome.ALREADY if order.state in BEYOND else Outcome.NOT_PAID
                return Result(order.id, order.number, known)
            parcel = parcels.open_for(order.subject, order.id)
            number = safe_numbers.plan(order, actor)
            key = handover.plan(
                order.recipient,
                order.recipient_record,
                parcel.number,
                kind=RecordKind.ORDER_RECIPIENT,
                purpose=Purpose.DELIVERY,
                actor=actor,
                items=safe_numbers.items_of(order),
            )
            moving.move(order, OrderState.DISPATCHING)
            courier = (handover.COURIER, (order.recipient, key))
            return (courier,) if number is None else ((SAFE_NUMBERS, number), courier)
    except Refused as refusal:
        if actor.role is not Role.CLERK or refusal.promise in ABOUT_THE_ACTOR:
            raise
        return Result(order.id, order.number, Outcome.REFUSED, refusal.promise)


def _deliver(name: handover.Name) -> register.State | None:
    return handover.deliver(name, then=_settled)


def _settled(entry: register.Entry, receipt: wire.Receipt | None) -> None:
    """The order follows what became of its handover, in the same transaction."""
    if entry.recipient == SAFE_NUMBERS:
        safe_numbers.settled(entry, receipt)
        return
    place = parcels.place_of(entry.reference)
    if place is None or entry.message is not Message.HANDOVER:
        return
    order = moving.lock(*place)
    if receipt is not None:
        shipped(order, parcels.handed(*place, receipt.tracking_number))
    elif order.state is OrderState.DISPATCHING:
        moving.move(order, OrderState.PAID)


def shipped(order: Order, shipment: Shipment) -> Order:
    """The order, shipped now if it was not: the courier has the parcel."""
    if order.state is OrderState.PAID:  # given up, and the courier had it all the same
        order = moving.move(order, OrderState.DISPATCHING)
    if order.state is OrderState.DISPATCHING:
        order = moving.move(order, OrderState.SHIPPED)
        tell.order_shipped(order, shipment.tracking_number)
    return order


def _result(order: Order, recipient: str, state: register.State | None) -> Result:
    match state:
        case register.State.ACKNOWLEDGED:
            return Result(order.id, order.number, Outcome.HANDED)
        case register.State.GIVEN_UP:
            promise = _refused_by(order)
            return Result(order.id, order.number, Outcome.REFUSED, promise)
        case _:
            lending = recipient == SAFE_NUMBERS
            outcome = Outcome.NUMBER_AWAITED if lending else Outcome.WAITING
            return Result(order.id, order.number, outcome)


def _refused_by(order: Order) -> str:
    with keeper():
        entries: Sequence[register.Entry] = register.for_subject(order.recipient)
    return next(
        (e.reason.partition(":")[2] for e in entries if e.record == order.recipient_record), ""
    )
