"""What becomes of each record of a member who leaves: gone now, or waiting for an open order."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from yaksok.kernel.ids import RecordId, SubjectId
from yaksok.mall.orders import finding
from yaksok.mall.orders.states import OVER, OrderState
from yaksok.policy.vocabulary import RecordKind
from yaksok.privacy.vault import gate

ALL = 1_000_000
"""Orders of one member: all of them."""

DONE = OVER | {OrderState.DELIVERED}
"""An order that stands so needs nobody's data any more."""


@dataclass(slots=True)
class Fate:
    """What leaving does to the records of one person: the member, or a recipient they named.

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


def fates(subject: SubjectId) -> Fates:
    """What leaving would do now to every record that the mall holds because of ``subject``."""
    orders = finding.of_subject(subject, limit=ALL)
    lines = finding.lines_at([(order.subject, order.id) for order in orders])
    by_record = {
        record: order for order in orders for record in _records_of(order, lines.get(order.id, ()))
    }
    people: dict[SubjectId, Fate] = {subject: Fate()}
    statutory = []
    for person in {subject, *(order.recipient for order in orders)}:
        fate = people.setdefault(person, Fate())
        for held in gate.holdings(person):
            if held.kind is RecordKind.STATUTORY:
                statutory.append(held)
            else:
                _decide(fate, held, by_record.get(held.record))
    open_orders = tuple(order.number for order in orders if order.state not in DONE)
    return Fates(people, open_orders, tuple(statutory))


def _records_of(order: finding.Order, lines: tuple[finding.Line, ...]) -> set[RecordId]:
    extra = {line.extra for line in lines if line.extra is not None}
    return {order.payer_record, order.recipient_record, *extra}


def _decide(fate: Fate, held: gate.Held, order: finding.Order | None) -> None:
    if order is None:
        fate.now[held.record] = held.kind
        return
    if order.state not in DONE:
        fate.waiting[held.record] = held.kind
        return
    fate.now[held.record] = held.kind
    if order.paid_at is None:
        return
    supplied = order.delivered_at if held.kind is RecordKind.ORDER_RECIPIENT else None
    fate.began[held.record] = supplied or order.placed_at
