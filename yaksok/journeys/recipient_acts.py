"""A recipient objects to any further use of their address, or has it erased (P4.8, PIPA 36 and 37)."""

from dataclasses import dataclass
from datetime import datetime

from yaksok.database.roles import keeper, retrying
from yaksok.journeys import rights_stop
from yaksok.journeys.consent_words import hash_of
from yaksok.journeys.recipient_page import DONE, ITEMS, order_of
from yaksok.journeys.rights_proof import Proof
from yaksok.kernel import clock
from yaksok.kernel.actor import Actor
from yaksok.kernel.errors import NotFound, Refused, Shredded
from yaksok.kernel.ids import RecordId, SubjectId
from yaksok.mall.orders.finding import Order
from yaksok.policy.entries import Text
from yaksok.policy.facts import USE
from yaksok.policy.in_force import policy
from yaksok.policy.vocabulary import Item, Language, Purpose, RecordKind
from yaksok.privacy.audit import log
from yaksok.privacy.audit.events import Event
from yaksok.privacy.consent import ledger
from yaksok.privacy.disclosure import handover
from yaksok.privacy.retention import destroying, waiting
from yaksok.privacy.rights import register
from yaksok.privacy.rights.words import Kind, Outcome
from yaksok.privacy.vault import gate

MALL = Actor.system("recipient_acts")

OBJECTS = Text(
    ko="내 주소와 연락처를 이 배송 말고는 쓰지 말고, 주문한 사람의 주소록에서도 지워 주세요.",
    en="Use my address and phone for nothing but this delivery, and delete them from the address book"
    " of whoever ordered.",
)


@dataclass(frozen=True, slots=True)
class Objection:
    """What came of an objection. ``books`` is how many address books forgot the person.

    ``unreadable_by`` is when no backup can bring that back.
    """

    books: int
    unreadable_by: datetime


@dataclass(frozen=True, slots=True)
class Erasure:
    """What came of asking for erasure: at once, or when the parcel has come."""

    now: bool
    unreadable_by: datetime


@retrying
def object_to_use(proof: Proof, *, language: Language) -> Objection:
    """The recipient's data serves this one delivery, and nothing after it.

    A parcel that is under way still comes. After it nothing is sent to the address by this order
    again, and the copy in the address book of whoever ordered is erased: they must ask anew.

    Records:
        Event.CONSENT_ANSWER_GIVEN, Event.VAULT_RECORD_ERASED for each address book,
        Event.RIGHTS_REQUEST_ANSWERED.
    """
    with keeper():
        order = _may_act(proof)
        books = _forget_in_books(order)
        stops = order.state in DONE
        if stops:
            _refuse_use(proof, language)
        log.record(
            Event.CONSENT_ANSWER_GIVEN,
            actor=proof.actor,
            trail=gate.trail_of(proof.subject),
            promise="P4.8",
            reason="object",
        )
        register.answered_at_once(
            proof.subject,
            Kind.OBJECT,
            items=policy().having(RecordKind.ADDRESS_BOOK, ITEMS) if books else (),
            outcome=Outcome.DONE,
            actor=proof.actor,
            trail=gate.trail_of(proof.subject),
        )
        return Objection(books, gate.unreadable_by())


def let_go_on(proof: Proof, *, language: Language) -> None:
    """The recipient takes their objection back: what is still held serves the order again.

    What was erased from address books stays erased.

    Refuses:
        Refused: they ordered it themself (P8.5).

    Records:
        Event.CONSENT_ANSWER_GIVEN.
    """
    with keeper():
        _may_act(proof)
    rights_stop.resume(proof.actor, stepped_up=True, language=language)


@retrying
def erase(proof: Proof) -> Erasure:
    """Erase the recipient's record: at once, or when the parcel that is under way has come.

    What a law keeps is put aside under a key of its own, as for everybody (P3.10).

    Raises:
        NotFound: nothing is held any more.

    Records:
        Event.VAULT_RECORD_ERASED, Event.RETENTION_RECORD_DESTROYED, Event.RIGHTS_REQUEST_ANSWERED.
    """
    with keeper():
        order = _may_act(proof)
        held = {one.record: one.kind for one in gate.holdings(proof.subject)}
        if order.recipient_record not in held:
            msg = "nothing is held about the recipient of this parcel any more"
            raise NotFound(msg)
        given = gate.given(
            [(proof.subject, order.recipient_record)], kind=RecordKind.ORDER_RECIPIENT
        )
        trail = gate.trail_of(proof.subject)
        register.answered_at_once(
            proof.subject,
            Kind.DELETE,
            items=given.get((proof.subject, order.recipient_record), frozenset()),
            outcome=Outcome.DONE,
            actor=proof.actor,
            trail=trail,
        )
        _forget_in_books(order)
        if order.state not in DONE:
            waiting.hold(
                proof.subject, [order.recipient_record], owner=order.subject, since=clock.now()
            )
            return Erasure(now=False, unreadable_by=gate.unreadable_by())
        _destroy(proof, order)
        return Erasure(now=True, unreadable_by=gate.unreadable_by())


def _destroy(proof: Proof, order: Order) -> None:
    began = {}
    if order.paid_at is not None:
        began[order.recipient_record] = order.delivered_at or order.placed_at
    handover.recall(proof.subject, [order.recipient_record], actor=proof.actor)
    destroying.destroy(
        proof.subject,
        {order.recipient_record: RecordKind.ORDER_RECIPIENT},
        actor=proof.actor,
        purpose=Purpose.RIGHTS,
        reason="asked",
        began=began,
    )


def _refuse_use(proof: Proof, language: Language) -> None:
    ledger.decide(
        proof.subject,
        {USE: False},
        notice=hash_of(policy().version, OBJECTS.in_(language)),
        policy_version=policy().version,
        language=language,
    )


def _forget_in_books(order: Order) -> int:
    """Erase the person's copy in the address book of whoever ordered; how many there were.

    Only a book that holds the same name, phone and address is theirs.
    """
    own = _plain(order.recipient, order.recipient_record, RecordKind.ORDER_RECIPIENT, Purpose.ORDER)
    gone = 0
    for held in gate.holdings(order.subject) if own else ():
        if held.kind is not RecordKind.ADDRESS_BOOK:
            continue
        copy = _plain(order.subject, held.record, RecordKind.ADDRESS_BOOK, Purpose.DELIVERY)
        if all(copy.get(item) == own.get(item) for item in (Item.NAME, Item.PHONE, Item.ADDRESS)):
            destroying.destroy(
                order.subject,
                {held.record: RecordKind.ADDRESS_BOOK},
                actor=MALL,
                purpose=Purpose.RIGHTS,
                reason="recipient_objected",
            )
            gone += 1
    return gone


def _plain(
    subject: SubjectId, record: RecordId, kind: RecordKind, purpose: Purpose
) -> dict[Item, str]:
    try:
        opened = gate.open_items(
            subject,
            policy().having(kind, ITEMS),
            kind=kind,
            purpose=purpose,
            actor=MALL,
            record=record,
        )
    except (NotFound, Refused, Shredded):
        return {}
    return {item: value.reveal() for item, value in opened.items()}


def _may_act(proof: Proof) -> Order:
    """The order, if somebody else made it.

    Refuses:
        Refused: they ordered it themself. A parcel does not show enough to touch what is theirs as a
            member or a guest (P8.5).
    """
    order = order_of(proof)
    if order.recipient == order.subject:
        msg = "refused to act on an own order by its parcel alone"
        raise Refused(msg, promise="P8.5", advice="log in as the person")
    return order
