"""Who may work on the legal screen, and which order they mean."""

from collections.abc import Iterable
from dataclasses import dataclass

from yaksok.journeys import at_work
from yaksok.kernel.actor import Actor, Role
from yaksok.kernel.errors import Invalid, Refused
from yaksok.kernel.ids import RecordId, SubjectId, normal_order_number
from yaksok.mall.orders import finding
from yaksok.mall.orders.finding import Order
from yaksok.policy.entries import Text
from yaksok.policy.vocabulary import Language
from yaksok.privacy.audit import log
from yaksok.privacy.audit.events import Event

NO_ORDER = Text(ko="그런 주문번호가 없습니다.", en="There is no order with this number.")


@dataclass(frozen=True, slots=True)
class Names:
    """The order that is meant and the sealed records that were made for it."""

    order: Order
    records: tuple[tuple[SubjectId, RecordId], ...]


def officer(actor: Actor) -> SubjectId:
    """By which id the officer is known.

    Refuses:
        Refused: somebody else, or an officer without current training (P7.13, P7.14).
    """
    return at_work.trained(actor, {Role.OFFICER}, "handle what a law keeps")


def overseer(actor: Actor) -> None:
    """Nothing, for an officer or the audit committee, who see that something was done and no value."""
    if actor.role not in {Role.OFFICER, Role.AUDITOR}:
        msg = f"refused: the registers of retention are not for {actor.role}"
        raise Refused(msg, promise="P7.13")


def another(actor: Actor, first: SubjectId) -> SubjectId:
    """By which id the second officer is known.

    Refuses:
        Refused: it is the one who asked (P3.10).
    """
    second = officer(actor)
    if second == first:
        msg = "refused to act alone: another officer must agree"
        raise Refused(msg, promise="P3.10")
    return second


def named(number: str, language: Language) -> Names:
    """The order with exactly this number.

    Raises:
        Invalid: there is none. There is no list to choose from, and no part of a number finds any.
    """
    known = normal_order_number(number)
    place = finding.by_number(known) if known else None
    if place is None:
        raise Invalid({"number": NO_ORDER.in_(language)})
    return names_of(finding.of(*place))


def names_of(order: Order) -> Names:
    """``order`` and its records. A law keeps nothing of answers that goods asked for."""
    records = (
        (order.subject, order.payer_record),
        (order.recipient, order.recipient_record),
    )
    return Names(order, records)


def moved(event: Event, actor: Actor, how: str, kinds: Iterable[str] = ()) -> None:
    """Write into the log what an officer did, under nobody's trail: a law's copy has none."""
    log.record(event, actor=actor, kinds=[*kinds], promise="P3.10", reason=how)
