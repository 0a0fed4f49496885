"""What the console shows of orders to be sent: masked, and only to those whose work it is."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from yaksok.database.roles import keeper
from yaksok.kernel import clock
from yaksok.kernel.actor import Actor, Role
from yaksok.kernel.errors import NotFound, Refused
from yaksok.kernel.ids import OrderId
from yaksok.mall.orders import finding
from yaksok.mall.orders.finding import Line, Order
from yaksok.mall.orders.states import OrderState
from yaksok.mall.shipping import parcels
from yaksok.mall.shipping.parcels import Shipment, Step
from yaksok.policy.vocabulary import Item, Purpose, RecordKind
from yaksok.privacy.disclosure import handover, register
from yaksok.privacy.disclosure.numbers import SAFE_NUMBERS
from yaksok.privacy.vault import gate

AT_WORK = (OrderState.PAID, OrderState.DISPATCHING, OrderState.SHIPPED)
PAGE = 50
MAY_LOOK = frozenset({Role.AUDITOR, Role.CLERK, Role.OFFICER})


@dataclass(frozen=True, slots=True)
class Filter:
    """What of the queue to show: states, orders paid at least ``older_than`` ago, from ``after`` on."""

    states: Collection[OrderState] = AT_WORK
    older_than: timedelta | None = None
    after: OrderId | None = None
    limit: int = PAGE


@dataclass(frozen=True, slots=True)
class Row:
    """One order. ``name`` is the recipient's mask, "" for those who may not see even that.

    ``safe_number``: the courier gets one instead of the telephone.
    """

    order_id: OrderId
    number: str
    state: OrderState
    placed_at: datetime
    age: timedelta
    lines: tuple[Line, ...]
    total: int
    name: str
    parcel: str
    tracking_number: str
    attempts: int
    next_try: datetime | None
    handover: str
    """Where the handover stands; "" before one was planned."""
    reason: str
    """Why it was not taken or was given up, a closed word."""
    safe_number: bool = False

    @property
    def dispatchable(self) -> bool:
        """Whether it can be handed over now."""
        return self.state is OrderState.PAID


@dataclass(frozen=True, slots=True)
class Queue:
    """The orders to be sent, oldest first. ``waiting`` counts what the courier did not take yet.

    ``without_number`` counts safe numbers that their provider did not lend yet; their parcels wait.
    """

    rows: tuple[Row, ...]
    more: bool
    waiting: int
    next_try: datetime | None
    without_number: int


@dataclass(frozen=True, slots=True)
class Detail:
    """One order with the courier's word for where it is."""

    row: Row
    steps: tuple[Step, ...]
    sent_at: datetime | None
    acknowledged_at: datetime | None


def queue(actor: Actor, chosen: Filter | None = None) -> Queue:
    """Orders to be sent, with masked recipients for a trained clerk and without for other staff.

    Refuses:
        Refused: the actor is not staff (P7.13).

    Records:
        Event.VAULT_MASKS_SHOWN for each recipient whose mask was shown.
    """
    _must_be_staff(actor)
    chosen = chosen or Filter()
    with keeper():
        orders = finding.in_states(chosen.states, limit=chosen.limit + 1, after=chosen.after)
        page = [order for order in orders[: chosen.limit] if _old_enough(order, chosen)]
        waiting, next_try = register.waiting(handover.COURIER)
        awaited, _ = register.waiting(SAFE_NUMBERS)
        more = len(orders) > chosen.limit
        return Queue(_rows(page, actor), more, waiting, next_try, awaited)


def detail(actor: Actor, order_id: OrderId) -> Detail:
    """One order. Refuses like :func:`queue`; raises NotFound when there is none."""
    _must_be_staff(actor)
    with keeper():
        found = finding.by_ids([order_id]).get(order_id)
        if found is None:
            msg = "no such order"
            raise NotFound(msg)
        (row,) = _rows([found], actor)
        entry = register.of_references([found.recipient]).get(row.parcel)
        steps = parcels.steps_of(found.subject, found.id)
    sent, acknowledged = (entry.sent_at, entry.acknowledged_at) if entry else (None, None)
    return Detail(row, steps, sent, acknowledged)


def _must_be_staff(actor: Actor) -> None:
    if actor.role not in MAY_LOOK:
        msg = "refused to show the orders to be sent: it is the work of staff"
        raise Refused(msg, promise="P7.13")


def _old_enough(one: Order, chosen: Filter) -> bool:
    since = one.paid_at or one.placed_at
    return chosen.older_than is None or clock.now() - since >= chosen.older_than


def _rows(orders: Sequence[Order], actor: Actor) -> tuple[Row, ...]:
    places = [(one.subject, one.id) for one in orders]
    lines, shipments = finding.lines_at(places), parcels.of_orders(places)
    entries = register.of_references([one.recipient for one in orders])
    names = _names(orders, actor)
    return tuple(
        _row(one, lines.get(one.id, ()), shipments.get(one.id), entries, names.get(one.id, ""))
        for one in orders
    )


def _names(orders: Sequence[Order], actor: Actor) -> Mapping[OrderId, str]:
    if actor.role is not Role.CLERK or not actor.trained:
        return {}
    masks = gate.show_masks(
        [(one.recipient, one.recipient_record) for one in orders],
        [Item.NAME],
        kind=RecordKind.ORDER_RECIPIENT,
        purpose=Purpose.DELIVERY,
        actor=actor,
    )
    return {
        one.id: masks.get((one.recipient, one.recipient_record), {}).get(Item.NAME, "")
        for one in orders
    }


def _row(
    one: Order,
    lines: tuple[Line, ...],
    shipment: Shipment | None,
    entries: Mapping[str, register.Entry],
    name: str,
) -> Row:
    entry = entries.get(shipment.number) if shipment else None
    return Row(
        order_id=one.id,
        number=one.number,
        state=one.state,
        placed_at=one.placed_at,
        age=clock.now() - (one.paid_at or one.placed_at),
        lines=lines,
        total=one.total,
        name=name,
        parcel=shipment.number if shipment else "",
        tracking_number=shipment.tracking_number if shipment else "",
        attempts=entry.attempts if entry else 0,
        next_try=entry.next_try if entry else None,
        handover=entry.state if entry else "",
        reason=entry.reason if entry else "",
        safe_number=one.safe_number,
    )
