"""Identifiers: time-ordered for rows, unguessable for people."""

import secrets
from typing import NewType
from uuid import UUID

import uuid_utils.compat

SubjectId = NewType("SubjectId", UUID)
"""A natural person the mall knows. Says nothing about them."""

RecordId = NewType("RecordId", UUID)
"""What one subject gave for one declared reason."""

OrderId = NewType("OrderId", UUID)

CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
ORDER_NUMBER_SYMBOLS = 14


def new_id() -> UUID:
    """A fresh UUIDv7: rows made later sort later, on any machine."""
    return uuid_utils.compat.uuid7()


def new_subject_id() -> SubjectId:
    """A random subject id (UUIDv4): it tells nobody when the person came."""
    return SubjectId(UUID(bytes=secrets.token_bytes(16), version=4))


def new_trail_id() -> UUID:
    """A random trail id (UUIDv4). One with a time in it would lead from the log to an order's row."""
    return UUID(bytes=secrets.token_bytes(16), version=4)


def new_order_number() -> str:
    """An order number that cannot be guessed: 14 Crockford symbols, 70 bits, ``7K3M-9QW-TXH2-BC5``.

    Guests find their order by it, so it must not be countable (law table: 60 bits or more).
    """
    symbols = "".join(secrets.choice(CROCKFORD) for _ in range(ORDER_NUMBER_SYMBOLS))
    return f"{symbols[:4]}-{symbols[4:7]}-{symbols[7:11]}-{symbols[11:]}"


def normal_order_number(typed: str) -> str | None:
    """The order number a person meant: any case, with or without hyphens, O for 0 and I or L for 1.

    Returns None when it cannot be one.
    """
    table = str.maketrans({"O": "0", "I": "1", "L": "1", "-": None, " ": None})
    symbols = typed.strip().upper().translate(table)
    if len(symbols) != ORDER_NUMBER_SYMBOLS or any(s not in CROCKFORD for s in symbols):
        return None
    return f"{symbols[:4]}-{symbols[4:7]}-{symbols[7:11]}-{symbols[11:]}"
