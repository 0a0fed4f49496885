"""The rows of payments: what was asked of the provider, and what it answered."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID, uuid4

from django.db import connection

from yaksok.database.inserting import insert
from yaksok.database.selecting import rows
from yaksok.kernel import clock
from yaksok.kernel.ids import OrderId, SubjectId, new_id

MOST = 200


class PaymentState(StrEnum):
    """Where a payment stands, as far as the mall knows."""

    CANCELLED = "cancelled"
    """Closed unpaid, or its money went back."""
    CANCELLING = "cancelling"
    """The provider was or is being asked to cancel it."""
    CONFIRMING = "confirming"
    """The provider was or is being asked to take the money."""
    DONE = "done"
    FAILED = "failed"
    """Declined, given up, or timed out. Nothing was taken."""
    NEW = "new"
    """The provider was not told yet, or its answer did not arrive."""
    READY = "ready"
    """The buyer can pay."""


OPEN = frozenset({PaymentState.NEW, PaymentState.READY})


@dataclass(frozen=True, slots=True)
class Payment:
    """One try to pay one order; ``amount`` in won."""

    subject: SubjectId
    id: UUID
    order: OrderId
    reference: UUID
    amount: int
    state: PaymentState
    payment_key: str
    checkout_url: str
    failure: str


@dataclass(frozen=True, slots=True)
class Found:
    """Whose payment a reference means, and for which order."""

    subject: SubjectId
    order: OrderId
    payment: UUID


_COLUMNS = "subject_id, id, order_id, reference, amount, state, payment_key, checkout_url, failure"


def add(subject: SubjectId, order: OrderId, amount: int) -> UUID:
    """Write a new payment of an order and return its reference, which is random."""
    payment, reference, at = new_id(), uuid4(), clock.now()
    row = {
        "subject_id": subject,
        "id": payment,
        "order_id": order,
        "reference": reference,
        "amount": amount,
        "state": PaymentState.NEW.value,
        "payment_key": "",
        "checkout_url": "",
        "failure": "",
        "created_at": at,
        "changed_at": at,
    }
    names = ("reference", "subject_id", "order_id", "payment_id")
    with connection.cursor() as cursor:
        insert(cursor, "payments_payment", tuple(row), [tuple(row.values())])
        insert(cursor, "payments_reference", names, [(reference, subject, order, payment)])
    return reference


def found(reference: UUID) -> Found | None:
    """Whose payment ``reference`` means, or None."""
    known = rows(
        "SELECT subject_id, order_id, payment_id FROM payments_reference WHERE reference = %s",
        [reference],
    )
    return Found(*known[0]) if known else None


def of_order(subject: SubjectId, order: OrderId) -> list[Payment]:
    """Every payment of one order, newest first. The order's lock guards them."""
    statement = (
        f"SELECT {_COLUMNS} FROM payments_payment WHERE subject_id = %s AND order_id = %s"  # noqa: S608 - constants of this module
        " ORDER BY id DESC"
    )
    return [_payment(row) for row in rows(statement, [subject, order])]


def change(
    payment: Payment,
    state: PaymentState,
    *,
    payment_key: str = "",
    checkout_url: str = "",
    failure: str = "",
    approved_at: datetime | None = None,
) -> Payment:
    """``payment`` as it stands now, at ``state``; what is not given stays as it was."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE payments_payment SET state = %s, changed_at = %s, failure = %s,"
            " payment_key = coalesce(nullif(%s, ''), payment_key),"
            " checkout_url = coalesce(nullif(%s, ''), checkout_url),"
            " approved_at = coalesce(%s::timestamptz, approved_at)"
            " WHERE subject_id = %s AND id = %s",
            [
                state.value,
                clock.now(),
                failure,
                payment_key,
                checkout_url,
                approved_at,
                payment.subject,
                payment.id,
            ],
        )
    return replace(
        payment,
        state=state,
        failure=failure,
        payment_key=payment_key or payment.payment_key,
        checkout_url=checkout_url or payment.checkout_url,
    )


def opened(
    subject: SubjectId, order: OrderId, reference: UUID, *, payment_key: str, checkout_url: str
) -> None:
    """The buyer can pay the new payment ``reference``; one that went on already stays as it is."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE payments_payment SET state = 'ready', changed_at = %s, payment_key = %s,"
            " checkout_url = %s"
            " WHERE subject_id = %s AND order_id = %s AND reference = %s AND state = 'new'",
            [clock.now(), payment_key, checkout_url, subject, order, reference],
        )


def under_way(before: datetime, *, limit: int = MOST) -> list[UUID]:
    """References of payments that wait for the provider's answer since ``before``, oldest first."""
    waiting = rows(
        "SELECT reference FROM payments_payment WHERE state IN ('confirming', 'cancelling')"
        " AND changed_at <= %s ORDER BY changed_at LIMIT %s",
        [before, limit],
    )
    return [reference for (reference,) in waiting]


def _payment(row: Sequence[Any]) -> Payment:
    cells = list(row)
    cells[5] = PaymentState(row[5])
    return Payment(*cells)
