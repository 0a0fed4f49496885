"""Stock that is never sold twice: set aside, then taken or released, under one order of locks.

Each call is part of its caller's transaction, as the role of journeys with personal data, and is
exact and safe to repeat: a key holds what it holds once, whatever happens on the way.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from django.db import connection

from yaksok.kernel.errors import YaksokError


class SoldOut(YaksokError):
    """Some of what was asked for is not there. ``left`` says, for each such variant, how many are.

    Nothing was set aside. The buyer may take fewer, or leave it out.
    """

    def __init__(self, left: Mapping[UUID, int]) -> None:
        super().__init__(f"{len(left)} variants have too little stock")
        self.left = dict(left)

    @property
    def variants(self) -> frozenset[UUID]:
        """The variants that were too few."""
        return frozenset(self.left)


def reserve(lines: Iterable[tuple[UUID, int]], key: UUID) -> None:
    """Set aside every line of ``lines``, or nothing, for whoever holds ``key``.

    A key that holds something already changes nothing, so a repeated request is harmless.

    Arguments:
        lines: Variants and quantities of 1 or more; a variant named twice counts twice.
        key: Of the attempt to buy. The same is given to :func:`take` or :func:`release`.

    Raises:
        SoldOut: too few of some variants, or no such variant.
        ValueError: a quantity is below 1, or there are no lines.

    Cost:
        Three statements; the rows stay locked until the caller's transaction ends.
    """
    wanted = Counter[UUID]()
    for variant, quantity in lines:
        if quantity < 1:
            msg = f"cannot set aside {quantity} of a variant: 1 is the least"
            raise ValueError(msg)
        wanted[variant] += quantity
    if not wanted:
        msg = "cannot set aside nothing: give at least one line"
        raise ValueError(msg)
    free = _lock(list(wanted))
    if _held(key):
        return
    too_few = {
        variant: max(free.get(variant, 0), 0)
        for variant in wanted
        if free.get(variant, 0) < wanted[variant]
    }
    if too_few:
        raise SoldOut(too_few)
    _change(wanted, on_hand=0, reserved=1)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO catalogue_hold (key, variant_id, quantity)"
            " SELECT %s, variant, quantity FROM unnest(%s::uuid[], %s::int[]) AS wanted (variant, quantity)",
            [key, list(wanted), list(wanted.values())],
        )


def take(key: UUID) -> bool:
    """What ``key`` holds is sold and leaves the stock. False when it holds nothing (any more)."""
    return _settle(key, on_hand=-1)


def release(key: UUID) -> bool:
    """What ``key`` holds may be bought by others again. False when it holds nothing (any more)."""
    return _settle(key, on_hand=0)


def give_back(lines: Iterable[tuple[UUID, int]]) -> None:
    """Sold goods come back to the shelf, because their order was cancelled or returned.

    Not safe to repeat: call it in the transaction that makes the order cancelled.
    """
    returned = Counter[UUID]()
    for variant, quantity in lines:
        returned[variant] += quantity
    _lock(list(returned))
    _change(returned, on_hand=1, reserved=0)


def _settle(key: UUID, *, on_hand: int) -> bool:
    # Stock rows first, the hold after: the same order as in reserve, so that no two calls can wait
    # for each other.
    held = _held(key)
    if not held:
        return False
    _lock(list(held))
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM catalogue_hold WHERE key = %s RETURNING variant_id, quantity", [key]
        )
        gone = Counter(dict(cursor.fetchall()))
    if not gone:
        return False  # another call settled it while this one waited for the lock
    _change(gone, on_hand=on_hand, reserved=-1)
    return True


def _held(key: UUID) -> dict[UUID, int]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT variant_id, quantity FROM catalogue_hold WHERE key = %s", [key])
        return dict(cursor.fetchall())


def _lock(variants: Sequence[UUID]) -> dict[UUID, int]:
    """Lock the rows of ``variants`` in the order of their ids; what is free of each."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT variant_id, on_hand - reserved FROM catalogue_stock"
            " WHERE variant_id = ANY (%s) ORDER BY variant_id FOR UPDATE",
            [list(variants)],
        )
        return dict(cursor.fetchall())


def _change(quantities: Mapping[UUID, int], *, on_hand: int, reserved: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE catalogue_stock AS stock SET on_hand = on_hand + %s * wanted.quantity,"
            " reserved = reserved + %s * wanted.quantity"
            " FROM unnest(%s::uuid[], %s::int[]) AS wanted (variant, quantity)"
            " WHERE stock.variant_id = wanted.variant",
            [on_hand, reserved, list(quantities), list(quantities.values())],
        )
