"""The legal screen: what a law keeps of one order, opened once, for a stated reason, by two officers.

There is no other way to a law's copy (P3.10). The order is named by its exact number; nobody can
browse, and no part of a number, no name and no address finds anything.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from yaksok.database.roles import keeper, retrying
from yaksok.journeys.legal_doors import another, moved, named, names_of, officer, overseer
from yaksok.kernel import clock
from yaksok.kernel.actor import Actor
from yaksok.kernel.errors import Refused
from yaksok.kernel.ids import OrderId, RecordId, SubjectId
from yaksok.mall.orders import finding
from yaksok.mall.orders.finding import Order
from yaksok.policy.in_force import policy
from yaksok.policy.law.tables import law
from yaksok.policy.text import item_name, kind_name
from yaksok.policy.vocabulary import Item, Language, Purpose, RecordKind
from yaksok.privacy.audit.events import Event
from yaksok.privacy.retention import copies, grounds, looks
from yaksok.privacy.retention.copies import Kept
from yaksok.privacy.retention.grounds import Ground
from yaksok.privacy.retention.looks import Look
from yaksok.privacy.vault import gate

OPEN_FOR = timedelta(minutes=30)
"""How long after it was allowed a look can be taken."""

WITH_LOG_INS = frozenset({Ground.COURT_WARRANT})
"""Grounds on which the payer's log-in records are shown too."""


@dataclass(frozen=True, slots=True)
class Part:
    """One copy: of what, by which law, until when, and its values by the names of their items."""

    label: str
    law: str
    until: datetime | None
    values: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """What an officer sees, once: the facts of the order, what is kept, and what is not kept here."""

    look: Look
    order: Order
    parts: tuple[Part, ...]
    in_use: tuple[str, ...]


@retrying
def ask(number: str, ground: str, document: str, *, actor: Actor, language: Language) -> UUID:
    """Ask for a look into what is kept of the order ``number``. Nothing is opened.

    Arguments:
        ground: Why, one of :class:`.grounds.Ground`.
        document: The number of the paper that demands it: 1 to 60 letters and digits, no names.

    Raises:
        Invalid: no such order, ground or number of a document.

    Records:
        Event.RETENTION_LOOK_MOVED, ``asked``.
    """
    by = officer(actor)
    why, paper = grounds.checked(ground, document, language=language)
    with keeper():
        order = named(number, language).order
        key = looks.ask(order.subject, order.id, ground=why, document=paper, by=by, at=clock.now())
        moved(Event.RETENTION_LOOK_MOVED, actor, "asked")
    return key


@retrying
def allow(look_id: UUID, *, actor: Actor) -> None:
    """Another officer allows the look. Refuses the one who asked, and a look that is over."""
    with keeper():
        look = looks.locked(look_id)
        by = another(actor, look.asked_by)
        if look.seconded_at is not None:
            msg = "refused: this look was allowed before; ask for a new one"
            raise Refused(msg, promise="P3.10")
        looks.second(look, by=by, at=clock.now())
        moved(Event.RETENTION_LOOK_MOVED, actor, "allowed")


@retrying
def open_(look_id: UUID, *, actor: Actor, language: Language) -> Shown:
    """What is kept of the order, in plain, to the officer who asked, once.

    Refuses:
        Refused: nobody else allowed it, it was opened before, or half an hour is over.

    Records:
        Event.RETENTION_LOOK_MOVED and the vault's Event.VAULT_ITEMS_OPENED for each copy.
    """
    by = officer(actor)
    with keeper():
        look = looks.locked(look_id)
        if look.asked_by != by or not can_be_opened(look):
            msg = "refused to open what a law keeps: it was not allowed, or is used up"
            raise Refused(msg, promise="P3.10")
        looks.opened(look, at=clock.now())
        order = finding.of(look.subject, look.order)
        found = list(_kept(order))
        moved(Event.RETENTION_LOOK_MOVED, actor, "opened", [RecordKind.STATUTORY] if found else [])
        parts = [_part(one, actor, language) for one in found]
        if look.ground in WITH_LOG_INS:
            parts += _log_ins(order.subject, actor, language)
        return Shown(look, order, tuple(parts), _in_use(order, language))


def can_be_opened(look: Look) -> bool:
    """Whether it was allowed by another officer, was not used, and its time is not over."""
    if look.seconded_at is None or look.opened_at is not None:
        return False
    return look.seconded_at <= clock.now() < look.seconded_at + OPEN_FOR


def every(actor: Actor) -> tuple[tuple[Look, str], ...]:
    """The register of looks, the newest first, each with the number of its order; no values."""
    overseer(actor)
    with keeper():
        found = looks.every()
        orders = finding.by_ids({look.order for look in found})
        return tuple((look, _number(orders, look.order)) for look in found)


def _number(orders: dict[OrderId, Order], order: OrderId) -> str:
    return orders[order].number if order in orders else "-"


def _kept(order: Order) -> Iterator[Kept]:
    for subject, record in names_of(order).records:
        yield from copies.of(subject, [record])


def _part(one: Kept, actor: Actor, language: Language) -> Part:
    name = (one.subject, one.record)
    given = gate.given([name], kind=RecordKind.STATUTORY).get(name, frozenset())
    opened = gate.open_items(
        one.subject,
        given,
        kind=RecordKind.STATUTORY,
        purpose=Purpose.STATUTORY_RECORD,
        actor=actor,
        record=one.record,
    )
    values = tuple(
        (item_name(item, language), value.reveal()) for item, value in sorted(opened.items())
    )
    label = kind_name(policy(), one.kind, language)
    return Part(label, law(one.law).title.in_(language), one.until, values)


def _log_ins(subject: SubjectId, actor: Actor, language: Language) -> list[Part]:
    """Log-ins of the payer: of a member the records, of somebody who left the law's copies."""
    held = [one for one in gate.holdings(subject) if one.kind is RecordKind.ACCESS_RECORD]
    label = kind_name(policy(), RecordKind.ACCESS_RECORD, language)
    parts = []
    for one in held:
        opened = gate.open_items(
            subject,
            [Item.ACCESS_POINT],
            kind=RecordKind.ACCESS_RECORD,
            purpose=Purpose.SECURITY,
            actor=actor,
            record=one.record,
        )
        point = opened[Item.ACCESS_POINT].reveal()
        why = law("access_point").title.in_(language)
        parts.append(
            Part(label, why, one.destroy_after, ((item_name(Item.ACCESS_POINT, language), point),))
        )
    gone = copies.of(subject, [one.record for one in gate.holdings(subject)])
    parts += [_part(one, actor, language) for one in gone if one.kind is RecordKind.ACCESS_RECORD]
    return parts


def _in_use(order: Order, language: Language) -> tuple[str, ...]:
    """Records of the order that are not put aside yet: they are on the ordinary screens."""
    wanted: set[RecordId] = {record for _, record in names_of(order).records}
    people = {subject for subject, _ in names_of(order).records}
    held = [one for person in sorted(people) for one in gate.holdings(person)]
    return tuple(kind_name(policy(), one.kind, language) for one in held if one.record in wanted)
