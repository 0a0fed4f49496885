"""What becomes of each record of a member who leaves: gone now, or waiting for an open order."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from yaksok.kernel.ids import RecordId, SubjectId
from yaksok.mall.orders import finding
from yaksok.mall.orders.states import OVER, OrderState
from yaksok.mall.payments import book
from yaksok.policy.vocabulary import RecordKind
from yaksok.privacy.guardians import wards
from yaksok.privacy.retention import ends
from yaksok.privacy.vault import gate

ALL = 1_000_000
"""Orders of one member: all of them."""

DONE = OVER | {OrderState.DELIVERED}
"""An order that stands so needs nobody's data any more, once no money of it is under way."""


@dataclass(slots=True)
class Fate:
    """What leaving does to the records of one person: the member, or somebody known because of them.

    ``now`` are destroyed at once and ``waiting`` when their order is done. ``began`` says from when
    a law's period counts; of a record that is not in it no trade came, and no law keeps anything.
    """

    now: dict[RecordId, RecordKind] = field(default_factory=dict)
    waiting: dict[RecordId, RecordKind] = field(default_factory=dict)
    began: dict[RecordId, datetime] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Fates:
    """By person; and the numbers of the orders that are still open."""

    people: Mapping[SubjectId, Fate]
    open_orders: tuple[str, ...]
    statutory: tuple[gate.Held, ...]


def recipients(subject: SubjectId) -> Iterable[SubjectId]:
    """To whom ``subject`` had parcels sent."""
    return (order.recipient for order in finding.of_subject(subject, limit=ALL))


def guardian(subject: SubjectId) -> Iterable[SubjectId]:
    """Who decides for ``subject``, if that is a child."""
    ward = wards.of(subject)
    return (ward.guardian,) if ward and ward.guardian else ()


BECAUSE_OF: tuple[Callable[[SubjectId], Iterable[SubjectId]], ...] = (recipients, guardian)
"""Who else the mall knows because of a member; their records end with the membership."""


def fates(subject: SubjectId) -> Fates:
    """What leaving would do now to every record that the mall holds because of ``subject``."""
    orders = finding.of_subject(subject, limit=ALL)
    lines = finding.lines_at([(order.subject, order.id) for order in orders])
    open_ = {order.id for order in orders if _is_open(order)}
    by_record = {
        record: order for order in orders for record in _records_of(order, lines.get(order.id, ()))
    }
    people: dict[SubjectId, Fate] = {subject: Fate()}
    statutory = []
    others = {one for because in BECAUSE_OF for one in because(subject)}
    guardians = set(guardian(subject))
    for person in sorted({subject, *others}):
        fate = people.setdefault(person, Fate())
        for held in gate.holdings(person):
            if (person in guardians) is not (held.kind is RecordKind.GUARDIAN):
                continue  # what a guardian ordered is theirs; that they are one ends with the child
            if held.kind is RecordKind.STATUTORY:
                statutory.append(held)
                continue
            order = by_record.get(held.record)
            if order is not None and order.id in open_:
                fate.waiting[held.record] = held.kind
                continue
            fate.now[held.record] = held.kind
            if order is not None and order.paid_at is not None:
                fate.began[held.record] = _traded(order, held.kind)
        fate.began |= ends.began(person, fate.now)
    numbers = tuple(order.number for order in orders if order.id in open_)
    return Fates(people, numbers, tuple(statutory))


def _records_of(order: finding.Order, lines: tuple[finding.Line, ...]) -> set[RecordId]:
    extra = {line.extra for line in lines if line.extra is not None}
    return {order.payer_record, order.recipient_record, *extra}


def _is_open(order: finding.Order) -> bool:
    """Whether somebody must still act for the order: bring the parcel, or give the money back."""
    if order.state not in DONE:
        return True
    payments = book.of_order(order.subject, order.id)
    return any(one.state is book.PaymentState.CANCELLING for one in payments)


def _traded(order: finding.Order, kind: RecordKind) -> datetime:
    supplied = order.delivered_at if kind is RecordKind.ORDER_RECIPIENT else None
    return supplied or order.placed_at
