"""What the console shows of inquiries: the first to be due first, masked, and no word of them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from yaksok.database.roles import keeper
from yaksok.journeys import desk_letters
from yaksok.kernel import clock
from yaksok.kernel.actor import Actor, Role
from yaksok.kernel.errors import Refused
from yaksok.kernel.ids import SubjectId
from yaksok.mall.desk import book
from yaksok.mall.desk.book import Figures, Ticket, TicketId
from yaksok.mall.desk.words import CHECKED, WAITING, State, Topic
from yaksok.mall.orders import finding
from yaksok.policy.in_force import policy
from yaksok.policy.vocabulary import Item, Purpose, RecordKind
from yaksok.privacy.vault import gate

PAGE = 50
MAY_LOOK = frozenset({Role.AUDITOR, Role.CLERK, Role.OFFICER})
MAY_ANSWER = frozenset({Role.CLERK, Role.OFFICER})
LATELY = timedelta(days=90)
"""How far back the desk's figures reach."""


@dataclass(frozen=True, slots=True)
class Row:
    """One ticket. ``asker`` is the mask of a name or an address, "" for who may not see even that."""

    ticket: Ticket
    asker: str
    age: timedelta
    overdue: bool
    own_draft: bool
    """Whether the answer that waits for a second person is the reader's own."""


@dataclass(frozen=True, slots=True)
class Queue:
    """The inquiries in a row, and the desk in figures. ``after`` begins the next page."""

    rows: tuple[Row, ...]
    after: tuple[datetime, UUID] | None
    figures: Figures


@dataclass(frozen=True, slots=True)
class Detail:
    """One ticket. ``goes_to`` is the mask of where word of the answer goes; ``order`` its number."""

    row: Row
    goes_to: str
    order: str
    order_state: str
    checked: bool
    """Whether a second person reads the answer first."""


def queue(
    actor: Actor,
    *,
    states: Collection[State] = tuple(WAITING),
    topics: Collection[Topic] = tuple(Topic),
    after: tuple[datetime, UUID] | None = None,
) -> Queue:
    """Inquiries, with masked askers for trained staff of the desk and without for an auditor.

    Refuses:
        Refused: the actor is not staff (P7.13).

    Records:
        Event.VAULT_MASKS_SHOWN for each asker whose mask was shown.
    """
    must_look(actor)
    now = clock.now()
    with keeper():
        found = book.queue(states, topics, limit=PAGE + 1, after=after)
        page = found[:PAGE]
        further = (page[-1].due_at, page[-1].id) if len(found) > PAGE else None
        return Queue(_rows(page, actor, now), further, book.figures(now, now - LATELY))


def detail(actor: Actor, ticket: TicketId) -> Detail:
    """One inquiry without its words. Refuses like :func:`queue`; raises NotFound when there is none."""
    must_look(actor)
    now = clock.now()
    with keeper():
        found = book.by_id(ticket)
        (row,) = _rows([found], actor, now)
        order = finding.by_ids([found.order]).get(found.order) if found.order else None
        shown = _may_mask(actor)
        return Detail(
            row,
            desk_letters.goes_to(found) if shown else "",
            order.number if order else "",
            order.state.value if order else "",
            found.topic in CHECKED,
        )


def figures() -> Figures:
    """The desk in figures, over the last 90 days."""
    now = clock.now()
    with keeper():
        return book.figures(now, now - LATELY)


def must_look(actor: Actor) -> None:
    """Nothing, for staff.

    Refuses:
        Refused: the desk is the work of staff (P7.13).
    """
    if actor.role not in MAY_LOOK:
        msg = "refused to show the desk: it is the work of staff"
        raise Refused(msg, promise="P7.13")


def _may_mask(actor: Actor) -> bool:
    return actor.role in MAY_ANSWER and actor.trained


def _rows(tickets: Sequence[Ticket], actor: Actor, now: datetime) -> tuple[Row, ...]:
    masks = _masks(tickets, actor)
    return tuple(
        Row(
            one,
            masks.get((one.subject, one.record), ""),
            (one.answered_at or now) - one.received_at,
            one.overdue(now),
            one.drafted_by is not None and one.drafted_by == actor.subject,
        )
        for one in tickets
    )


def _masks(tickets: Sequence[Ticket], actor: Actor) -> Mapping[gate.Name, str]:
    if not _may_mask(actor) or not tickets:
        return {}
    names: list[tuple[SubjectId, UUID]] = [(one.subject, one.record) for one in tickets]
    shown = gate.show_masks(
        [(subject, one.record) for (subject, _), one in zip(names, tickets, strict=True)],
        policy().having(RecordKind.INQUIRY, (Item.NAME, Item.EMAIL)),
        kind=RecordKind.INQUIRY,
        purpose=Purpose.COMPLAINT,
        actor=actor,
    )
    return {
        name: items.get(Item.NAME) or items.get(Item.EMAIL, "") for name, items in shown.items()
    }
