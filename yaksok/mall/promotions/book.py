"""Make and end coupons, let members take them, and let an order use one: each once.

Every call is part of its caller's transaction, as the role of journeys with personal data.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, NewType
from uuid import UUID

from yaksok.database.selecting import rows
from yaksok.kernel import clock
from yaksok.kernel.ids import OrderId, SubjectId, new_id
from yaksok.mall.promotions.worth import Worth
from yaksok.policy.vocabulary import Language

CouponId = NewType("CouponId", UUID)

MOST = 200
"""Coupons that one list holds."""

_COUPON = (
    "c.id, c.code, c.name_ko, c.name_en, c.amount, c.percent, c.cap, c.least, c.starts_at,"
    " c.until_at, c.number, c.taken, c.ended_at"
)


class Taking(StrEnum):
    """What became of a wish for a coupon."""

    ALREADY = "already"
    """The member has it, or had it."""
    ENDED = "ended"
    """Its time is over, or staff ended it."""
    NONE_LEFT = "none_left"
    NOT_YET = "not_yet"
    TAKEN = "taken"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Coupon:
    """A coupon as staff made it. It holds from ``starts_at`` and before ``until_at``."""

    id: CouponId
    code: str
    name: Mapping[Language, str]
    worth: Worth
    least: int
    starts_at: datetime
    until_at: datetime
    number: int
    taken: int
    ended_at: datetime | None

    def holds(self, at: datetime) -> bool:
        """Whether who has it can use it at ``at``. Ending it takes it from nobody."""
        return self.starts_at <= at < self.until_at


@dataclass(frozen=True, slots=True)
class Held:
    """A coupon in somebody's box. ``order`` is the order that uses it."""

    coupon: Coupon
    taken_at: datetime
    order: OrderId | None
    used_at: datetime | None


@dataclass(frozen=True, slots=True)
class Counted:
    """A coupon with how many of those who are members now have used it."""

    coupon: Coupon
    used: int


def add(coupon: Coupon, *, at: datetime) -> bool:
    """Write a new coupon down; False when there is one with its code."""
    found = rows(
        "INSERT INTO promotions_coupon (id, code, name_ko, name_en, amount, percent, cap, least,"
        " starts_at, until_at, number, taken, made_at)"
        " VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, 0, %s)"
        " ON CONFLICT (code) DO NOTHING RETURNING id",
        [
            coupon.id,
            coupon.code,
            coupon.name[Language.KOREAN],
            coupon.name[Language.ENGLISH],
            coupon.worth.amount,
            coupon.worth.percent,
            coupon.worth.cap,
            coupon.least,
            coupon.starts_at,
            coupon.until_at,
            coupon.number,
            at,
        ],
    )
    return bool(found)


def new_coupon_id() -> CouponId:
    """An id that nothing has."""
    return CouponId(new_id())


def end(coupon: CouponId, *, at: datetime) -> bool:
    """Let nobody take ``coupon`` any more; False when there is none, or it was ended before."""
    return bool(
        rows(
            "UPDATE promotions_coupon SET ended_at = %s WHERE id = %s AND ended_at IS NULL"
            " RETURNING id",
            [at, coupon],
        )
    )


def every(limit: int = MOST) -> list[Counted]:
    """All coupons, the newest first. One statement."""
    found = rows(
        f"SELECT {_COUPON}, (SELECT count(order_id) FROM promotions_held h WHERE h.coupon_id = c.id)"  # noqa: S608 - constants of this module
        " FROM promotions_coupon c ORDER BY c.id DESC LIMIT %s",
        [limit],
    )
    return [Counted(_coupon(row), row[-1]) for row in found]


def take(subject: SubjectId, code: str) -> Taking:
    """Put the coupon with ``code`` into the box of ``subject``, if there is one for them.

    Two who want the last one: the second waits for the first, and finds none.
    """
    found = rows(f"SELECT {_COUPON} FROM promotions_coupon c WHERE code = %s FOR UPDATE", [code])  # noqa: S608 - constants of this module
    if not found:
        return Taking.UNKNOWN
    coupon, at = _coupon(found[0]), clock.now()
    if coupon.ended_at is not None or at >= coupon.until_at:
        return Taking.ENDED
    if at < coupon.starts_at:
        return Taking.NOT_YET
    mine = [subject, coupon.id]
    if rows("SELECT 1 FROM promotions_held WHERE subject_id = %s AND coupon_id = %s", mine):
        return Taking.ALREADY
    if coupon.taken >= coupon.number:
        return Taking.NONE_LEFT
    rows("UPDATE promotions_coupon SET taken = taken + 1 WHERE id = %s RETURNING id", [coupon.id])
    rows(
        "INSERT INTO promotions_held (subject_id, coupon_id, taken_at) VALUES (%s, %s, %s)"
        " RETURNING taken_at",
        [*mine, at],
    )
    return Taking.TAKEN


def of(subject: SubjectId, *, limit: int = MOST) -> list[Held]:
    """The box of ``subject``, what was taken last first."""
    found = rows(
        f"SELECT {_COUPON}, h.taken_at, h.order_id, h.used_at FROM promotions_held h"  # noqa: S608 - constants of this module
        " JOIN promotions_coupon c ON c.id = h.coupon_id WHERE h.subject_id = %s"
        " ORDER BY h.taken_at DESC, h.coupon_id LIMIT %s",
        [subject, limit],
    )
    return [_held(row) for row in found]


def lock(subject: SubjectId, coupon: UUID) -> Held | None:
    """One coupon of the box, which nobody else uses until the transaction ends; None if not there."""
    found = rows(
        f"SELECT {_COUPON}, h.taken_at, h.order_id, h.used_at FROM promotions_held h"  # noqa: S608 - constants of this module
        " JOIN promotions_coupon c ON c.id = h.coupon_id"
        " WHERE h.subject_id = %s AND h.coupon_id = %s FOR UPDATE OF h",
        [subject, coupon],
    )
    return _held(found[0]) if found else None


def use(subject: SubjectId, coupon: CouponId, order: OrderId) -> None:
    """``order`` uses ``coupon``, which is locked and which no order uses."""
    rows(
        "UPDATE promotions_held SET order_id = %s, used_at = %s"
        " WHERE subject_id = %s AND coupon_id = %s AND order_id IS NULL RETURNING used_at",
        [order, clock.now(), subject, coupon],
    )


def give_back(subject: SubjectId, order: OrderId) -> bool:
    """The coupon that ``order`` used can be used again; False when it used none."""
    return bool(
        rows(
            "UPDATE promotions_held SET order_id = NULL, used_at = NULL"
            " WHERE subject_id = %s AND order_id = %s RETURNING coupon_id",
            [subject, order],
        )
    )


def _coupon(row: Sequence[Any]) -> Coupon:
    id_, code, ko, en, amount, percent, cap, least, starts, until, number, taken, ended = row[:13]
    name = {Language.KOREAN: ko, Language.ENGLISH: en}
    worth = Worth(amount, percent, cap)
    return Coupon(CouponId(id_), code, name, worth, least, starts, until, number, taken, ended)


def _held(row: Sequence[Any]) -> Held:
    taken_at, order, used_at = row[-3:]
    return Held(_coupon(row), taken_at, OrderId(order) if order else None, used_at)
