"""When the personal records of an order end: after its delivery, or soon when it came to nothing.

An order that came to nothing uses no coupon either: whoever ends it here gives that back.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from yaksok.journeys import safe_numbers
from yaksok.kernel import clock
from yaksok.kernel.ids import RecordId, SubjectId
from yaksok.mall.orders import finding
from yaksok.mall.orders.finding import Order
from yaksok.mall.promotions import book as coupons
from yaksok.policy.vocabulary import RecordKind
from yaksok.privacy.retention import ends
from yaksok.privacy.vault import gate

LATE_ANSWERS = timedelta(days=1)
"""How long an expired order waits for an approval that is under way; then nothing needs the records."""

Named = tuple[SubjectId, RecordId, RecordKind]


def records(order: Order) -> Sequence[Named]:
    """Every sealed record that belongs to ``order``."""
    named = [
        (order.subject, order.payer_record, RecordKind.ORDER_PAYER),
        (order.recipient, order.recipient_record, RecordKind.ORDER_RECIPIENT),
    ]
    return named + [
        (order.subject, line.extra, RecordKind.ORDER_EXTRA)
        for line in finding.lines_of(order.subject, order.id)
        if line.extra is not None
    ]


def after_delivery(order: Order) -> None:
    """The order was delivered at ``order.delivered_at``: its records end as the policy says."""
    at = order.delivered_at or clock.now()
    for subject, record, kind in records(order):
        ends.happened(subject, record, kind, at=at)
    safe_numbers.after_delivery(order)


def after_expiry(order: Order) -> None:
    """Nobody paid: a day later the purpose is gone, and the records with it (P3.5)."""
    coupons.give_back(order.subject, order.id)
    _set_all(order, clock.now() + LATE_ANSWERS)


def at_once(order: Order) -> None:
    """The order came to nothing for good: its records end now. Of a paid one a law keeps a copy."""
    if order.paid_at is not None:
        for subject, record, _ in records(order):
            ends.traded(subject, record, at=order.paid_at)
    coupons.give_back(order.subject, order.id)
    safe_numbers.at_once(order)
    _set_all(order, clock.now())


def not_yet(order: Order) -> None:
    """The order goes on after all: its end is not known yet."""
    _set_all(order, None)


def _set_all(order: Order, end: datetime | None) -> None:
    for subject, record, _ in records(order):
        gate.set_end(subject, record, end)
