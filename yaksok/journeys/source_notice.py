"""Tell a recipient, when they ask, where the mall has their data from (PIPA 20(1), Decree 15-2).

A recipient gave the mall nothing: somebody who ordered did. They are told at once from whom and when it
came, for what it serves, and that they may have its use stopped or take it back. That they were told,
when and by which way, stands in the register of requests as long as the data does (Decree 15-2(4)).
"""

from dataclasses import dataclass
from datetime import datetime

from yaksok.database.roles import keeper, retrying
from yaksok.journeys import recipient_page
from yaksok.kernel.actor import Actor, Role
from yaksok.kernel.clock import SEOUL
from yaksok.kernel.errors import NotFound, Refused
from yaksok.kernel.ids import SubjectId
from yaksok.mall.orders import finding
from yaksok.mall.orders.finding import Order, Place
from yaksok.policy.entries import Text
from yaksok.policy.in_force import policy
from yaksok.policy.text import item_name
from yaksok.policy.vocabulary import Item, Language, Purpose, RecordKind
from yaksok.privacy.audit import log
from yaksok.privacy.audit.events import Event
from yaksok.privacy.rights import register
from yaksok.privacy.rights.words import Kind, Outcome
from yaksok.privacy.vault import gate

MALL = Actor.system("source_notice")
KIND = RecordKind.ORDER_RECIPIENT
NEVER_SAID = frozenset({Purpose.RIGHTS, Purpose.STATUTORY_RECORD})
"""Purposes that are no use of the mall's own."""

SOURCE = Text(
    ko="주문하신 분({giver})이 {day}에 이 쇼핑몰에서 주문하며 적어 주셨습니다.",
    en="Whoever ordered ({giver}) gave it on {day}, with an order in this mall.",
)
SOURCE_GONE = Text(
    ko="주문하신 분이 {day}에 이 쇼핑몰에서 주문하며 적어 주셨습니다. 주문하신 분의 정보는 이미 파기했습니다.",
    en="Whoever ordered gave it on {day}, with an order in this mall. What we held of them is destroyed.",
)
OWN = Text(
    ko="{day}에 이 쇼핑몰에서 주문하며 직접 적어 주셨습니다.",
    en="You gave it yourself on {day}, with an order in this mall.",
)
RIGHTS = Text(
    ko="이 정보의 처리를 멈추라고 요구하시거나, 동의를 철회하실 수 있습니다.",
    en="You may demand that its use be stopped, or take a consent back.",
)


@dataclass(frozen=True, slots=True)
class SourceNotice:
    """The answer. No value is in it but the mask of who gave the data; ``items`` are names."""

    source: str
    given_at: datetime
    items: tuple[str, ...]
    purposes: tuple[str, ...]
    rights: str
    told_at: datetime


@retrying
def tell(
    subject: SubjectId,
    actor: Actor,
    place: Place,
    *,
    language: Language,
    channel: str = register.WEB,
) -> SourceNotice:
    """Where the mall has the data of ``subject`` from, told to them now and written down as told.

    Arguments:
        place: The order by which they are known, as their proof names it.
        channel: By which way they asked and are told: ``web``, ``phone`` …

    Refuses:
        Refused: somebody else asks than the recipient themself (P8.5).

    Raises:
        NotFound: the order is not one of theirs, or nothing of it is held any more.

    Records:
        Event.RIGHTS_SOURCE_TOLD, Event.RIGHTS_REQUEST_ANSWERED, Event.VAULT_MASKS_SHOWN.
    """
    if actor.subject != subject or actor.role not in {Role.RECIPIENT, Role.GUEST, Role.MEMBER}:
        reason = "only the person is told where their data came from"
        raise Refused(reason, promise="P8.5", advice="show that you are it")
    with keeper():
        order = finding.of(*place)
        given = _held(order, subject)
        line = register.answered_at_once(
            subject,
            Kind.EXPLAIN,
            items=given,
            outcome=Outcome.DONE,
            actor=actor,
            trail=gate.trail_of(subject),
            channel=channel,
        )
        log.record(
            Event.RIGHTS_SOURCE_TOLD,
            actor=actor,
            trail=gate.trail_of(subject),
            kinds=[KIND],
            items=given,
            purpose=Purpose.RIGHTS,
            promise="P8.1",
            reason=channel,
        )
        return SourceNotice(
            source=_source(order, subject, language),
            given_at=order.placed_at,
            items=tuple(item_name(item, language) for item in sorted(given)),
            purposes=_purposes(language),
            rights=RIGHTS.in_(language),
            told_at=line.received_at,
        )


def _held(order: Order, subject: SubjectId) -> frozenset[Item]:
    """Which items the order's recipient has with the mall."""
    name = (subject, order.recipient_record)
    found = gate.given([name], kind=KIND).get(name) if order.recipient == subject else None
    if not found:
        msg = "nothing of this person is held by that order"
        raise NotFound(msg)
    return found


def _source(order: Order, subject: SubjectId, language: Language) -> str:
    day = f"{order.placed_at.astimezone(SEOUL):%Y-%m-%d}"
    if order.subject == subject:
        return OWN.in_(language).format(day=day)
    giver = recipient_page.giver(order)
    said = SOURCE if giver else SOURCE_GONE
    return said.in_(language).format(day=day, giver=giver)


def _purposes(language: Language) -> tuple[str, ...]:
    body = policy().document.body
    purposes = (one for one in body.records[KIND].purposes if one not in NEVER_SAID)
    return tuple(body.purposes[one].text.in_(language) for one in purposes)
