"""Where files for couriers stand: which orders they hold, what became of each, who may do what now."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from uuid import UUID

from yaksok.database.roles import keeper
from yaksok.kernel import clock
from yaksok.kernel.actor import Actor, Role
from yaksok.kernel.errors import Refused
from yaksok.kernel.ids import OrderId
from yaksok.mall.orders import finding
from yaksok.mall.orders.finding import Order
from yaksok.mall.shipping import parcels, sheets
from yaksok.mall.shipping.sheets import Line, Sheet
from yaksok.privacy.disclosure.register import Entry, State, of_references

OPEN_FOR = timedelta(minutes=30)
"""How long after it was allowed a file can be taken."""
ASKED_FOR = timedelta(days=1)
"""How long a file waits for the second person."""
MAY_LOOK = frozenset({Role.AUDITOR, Role.CLERK, Role.OFFICER})
MAY_ALLOW = frozenset({Role.CLERK, Role.OFFICER})


class Outcome(StrEnum):
    """What became of one order when its file was taken."""

    GONE = "gone"
    """It is not paid any more, or was never."""
    HANDED = "handed"
    INCOMPLETE = "incomplete"
    """Name, address or phone is missing, or was erased."""
    NUMBER_AWAITED = "number_awaited"
    """Its safe number was not lent yet; it waits for the next file, or goes by wire."""
    OTHERWISE = "otherwise"
    """It is on its way to the courier already, by wire or in another file."""
    REFUSED = "refused"
    """The policy forbids it; ``promise`` says which sentence."""


class Stage(StrEnum):
    """Where a file stands."""

    ALLOWED = "allowed"
    ASKED = "asked"
    CLOSED = "closed"
    OVER = "over"
    """Its time ran out before it was taken, so it handed nothing over."""
    TAKEN = "taken"


@dataclass(frozen=True, slots=True)
class Row:
    """One order of a file. ``waits``: the courier's number was not brought back yet."""

    order: Order
    outcome: str
    promise: str
    parcel: str
    tracking_number: str
    waits: bool
    times: int
    """How often it left, by wire or in a file."""


@dataclass(frozen=True, slots=True)
class Detail:
    """One file with its orders, and what this person may do with it."""

    sheet: Sheet
    stage: Stage
    rows: tuple[Row, ...]
    mine: bool
    may_allow: bool
    may_take: bool
    may_repeat: bool


def stage(sheet: Sheet) -> Stage:
    """Where a file stands now."""
    at = clock.now()
    if sheet.taken_at is not None:
        return Stage.TAKEN
    if sheet.closed_at is not None:
        return Stage.CLOSED
    if sheet.allowed_at is not None:
        return Stage.ALLOWED if at < sheet.allowed_at + OPEN_FOR else Stage.OVER
    return Stage.ASKED if at < sheet.asked_at + ASKED_FOR else Stage.OVER


def recent(actor: Actor) -> tuple[tuple[Sheet, Stage], ...]:
    """The newest files. Refuses whoever is not staff of orders (P7.13)."""
    must_look(actor)
    with keeper():
        return tuple((one, stage(one)) for one in sheets.recent())


def detail(key: UUID, actor: Actor) -> Detail:
    """One file with its orders: numbers and states, nobody's name. Refuses like :func:`recent`."""
    must_look(actor)
    with keeper():
        sheet = sheets.one(key)
        found = rows(sheet)
    now, mine = stage(sheet), actor.subject == sheet.asked_by
    able = actor.trained and actor.role in MAY_ALLOW
    clerk = able and actor.role is Role.CLERK
    return Detail(
        sheet,
        now,
        found,
        mine,
        may_allow=able and not mine and now is Stage.ASKED,
        may_take=clerk and mine and now is Stage.ALLOWED,
        may_repeat=clerk and now is Stage.TAKEN and any(row.waits for row in found),
    )


def must_look(actor: Actor) -> None:
    """Nothing, for staff who work with orders or watch over it.

    Refuses:
        Refused: anybody else (P7.13).
    """
    if actor.role not in MAY_LOOK:
        msg = "refused to show the files for couriers: it is the work of staff"
        raise Refused(msg, promise="P7.13")


def rows(sheet: Sheet) -> tuple[Row, ...]:
    """The orders of a file, without anybody's name. In the caller's transaction."""
    lines = sheets.lines(sheet.id)
    orders = finding.by_ids([line.place[1] for line in lines])
    known = parcels.of_orders([line.place for line in lines])
    entries = of_references([one.recipient for one in orders.values()])
    return tuple(_row(line, orders, known, entries) for line in lines if line.place[1] in orders)


def _row(
    line: Line,
    orders: Mapping[OrderId, Order],
    known: Mapping[OrderId, parcels.Shipment],
    entries: Mapping[str, Entry],
) -> Row:
    order, shipment = orders[line.place[1]], known.get(line.place[1])
    entry = entries.get(shipment.number) if shipment else None
    handed = line.outcome == Outcome.HANDED
    return Row(
        order,
        line.outcome,
        line.promise,
        shipment.number if shipment and handed else "",
        shipment.tracking_number if shipment else "",
        waits=bool(handed and entry and entry.state is State.FILED),
        times=entry.attempts if handed and entry else 0,
    )
