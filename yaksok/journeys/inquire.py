"""Anybody asks, says what they think, or complains: member, guest, recipient, visitor (P10.1).

The words are sealed; the ticket knows that somebody asked and no word of what. A member finds the
answer in the member centre; everybody else by a number and a secret that are shown once. No e-mail
address has to be given for that.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from yaksok.database.roles import keeper, retrying
from yaksok.guard import throttle
from yaksok.journeys.desk_words import TOPICS, in_order
from yaksok.kernel import clock
from yaksok.kernel.actor import Actor, Role
from yaksok.kernel.errors import Invalid, NotFound
from yaksok.kernel.ids import OrderId, SubjectId, new_subject_id
from yaksok.mall.desk import book, proofs
from yaksok.mall.desk.book import Ticket, TicketId
from yaksok.mall.desk.words import State, Topic, Way
from yaksok.mall.orders import finding
from yaksok.policy import forms, working_days
from yaksok.policy.entries import Text
from yaksok.policy.in_force import policy
from yaksok.policy.notice import NOTICE_CHANGED, Notice, notice
from yaksok.policy.vocabulary import AgeClass, FormName, Item, Language, Purpose, RecordKind
from yaksok.privacy.audit import log
from yaksok.privacy.audit.events import Event
from yaksok.privacy.consent import ledger
from yaksok.privacy.guardians import age
from yaksok.privacy.retention import ends
from yaksok.privacy.vault import gate

ALSO = frozenset({"notice", "topic", "order"})
"""Names on the forms that carry nothing personal."""

ASKED_LIMIT = 10
ASKED_SECONDS = 3600
"""Inquiries that one address may send in an hour."""

ASKED_SCOPE = "inquire:address"

NO_TOPIC = Text(ko="무엇에 관한 일인지 골라 주세요.", en="Choose what it is about.")
NO_ORDER = Text(
    ko="고르신 주문을 찾지 못했어요. 다시 골라 주세요.",
    en="That order was not found. Choose again.",
)


@dataclass(frozen=True, slots=True)
class OwnOrder:
    """An order that a member may name: its id, and its number."""

    order: OrderId
    number: str


@dataclass(frozen=True, slots=True)
class Asking:
    """What the page shows: the form, the notice, topics, own orders, and until when it is answered."""

    form: forms.Form
    notice: Notice
    topics: tuple[tuple[Topic, str], ...]
    orders: tuple[OwnOrder, ...]
    due: datetime


@dataclass(frozen=True, slots=True)
class Received:
    """What the asker takes along. ``secret`` is shown once, and "" for a member."""

    ticket: TicketId
    number: str
    secret: str
    due: datetime


@dataclass(frozen=True, slots=True)
class Arriving:
    """One inquiry on its way in: whose, about what, how it came, and what is sealed of it."""

    subject: SubjectId
    member: bool
    topic: Topic
    way: Way
    language: Language
    items: Mapping[Item, str]
    boxes: Mapping[str, bool]
    age: AgeClass
    order: OrderId | None = None


def begin(actor: Actor, language: Language) -> Asking:
    """The form and the notice for whoever asks, both from the policy in force."""
    name = form_for(actor)
    with keeper():
        orders = _orders_of(actor)
        return Asking(
            forms.form(policy(), name),
            notice(policy(), name, language),
            tuple((topic, TOPICS[topic].in_(language)) for topic in in_order()),
            orders,
            working_days.told(working_days.answer_due(policy().document.body, clock.now())),
        )


def form_for(actor: Actor) -> FormName:
    """A member is known already, and is asked for no address."""
    return FormName.INQUIRY_MEMBER if actor.role is Role.MEMBER else FormName.INQUIRY


def ask(
    posted: Mapping[str, str],
    actor: Actor,
    *,
    language: Language,
    address_key: str = "",
) -> Received:
    """A new ticket. Nothing is kept unless everything is right.

    Somebody who does not attest to be of age is told so, and nothing of what they wrote is kept
    (P9.2). A member who had the use of their data stopped is heard like somebody without an account.

    Arguments:
        posted: The fields of the form, ``notice`` (the hash of the notice that was shown), ``topic``,
            and ``order``, the id of an own order, if a member named one.
        address_key: What tells clients apart for counting; only its keyed hash is stored.

    Raises:
        Undeclared: a field that the policy does not declare.
        Invalid: what the person can do, by field.
        Throttled: more than ten inquiries from this address in an hour.

    Refuses:
        GuardianNeeded: the person is not known to be of age.

    Records:
        Event.DESK_TICKET_RECEIVED and the vault's Event.VAULT_RECORD_SEALED.
    """
    shown = begin(actor, language)
    topic = topic_of(posted, shown.form, language)
    values = forms.read(shown.form, posted, language, also=ALSO)
    if posted.get("notice", "") != shown.notice.hash:
        raise Invalid({"": NOTICE_CHANGED.in_(language)})
    order = _named(posted.get("order", ""), shown.orders, language)
    if actor.role is not Role.MEMBER:
        age.must_be_adult(attested(shown.form, values))
    throttle.spend(ASKED_SCOPE, address_key, limit=ASKED_LIMIT, seconds=ASKED_SECONDS)
    return _taken(shown, values, actor, topic, order, language)


def topic_of(posted: Mapping[str, str], form: forms.Form, language: Language) -> Topic:
    """What it is about. Raises Invalid, with whatever else is wrong on the form, when it is not said."""
    try:
        return Topic(posted.get("topic", ""))
    except ValueError:
        problems = {"topic": NO_TOPIC.in_(language)}
    try:
        forms.read(form, posted, language, also=frozenset(posted) - form_names(form))
    except Invalid as invalid:
        problems |= invalid.problems
    raise Invalid(problems)


def form_names(form: forms.Form) -> frozenset[str]:
    """Every name that the policy declares on ``form``."""
    return frozenset(one.name for one in form.fields) | {one.name for one in form.boxes}


def attested(form: forms.Form, values: Mapping[str, str]) -> AgeClass:
    """Of age, when the box that attests it was ticked; otherwise unknown, which is a child."""
    box = next((one.name for one in form.boxes if one.attests is Item.AGE_CLASS), "")
    return age.attested(values, box)


@retrying
def _taken(
    shown: Asking,
    values: Mapping[str, str],
    actor: Actor,
    topic: Topic,
    order: OrderId | None,
    language: Language,
) -> Received:
    items = {
        item: values[n] for n, item in shown.form.of(RecordKind.INQUIRY).items() if n in values
    }
    with keeper():
        shown.notice.must_be_of(policy(), language)
        standing = ledger.standing(actor.subject) if actor.subject else ledger.UNKNOWN
        known = actor.role is Role.MEMBER and not standing.restricted
        subject = actor.subject if known and actor.subject else new_subject_id()
        arriving = Arriving(
            subject,
            known,
            topic,
            Way.WEB,
            language,
            items,
            {box.name: box.name in values for box in shown.form.boxes},
            standing.age if actor.role is Role.MEMBER else attested(shown.form, values),
            order if known else None,
        )
        return receive(arriving, actor if known else Actor.visitor(), shown.notice)


def receive(arriving: Arriving, actor: Actor, told: Notice) -> Received:
    """Seal the words, write the ticket down, and say what the asker takes along.

    Belongs to the open transaction of its caller.

    Arguments:
        actor: Who writes: the asker, or staff for somebody who called or wrote a letter.
        told: The notice that the asker was shown, or that was read to them (P3.6).

    Refuses:
        Refused: the policy does not let ``actor`` seal it.
    """
    now = clock.now()
    receipt = ledger.receive(
        arriving.subject,
        given=arriving.boxes,
        notice=told.hash,
        policy_version=told.version,
        language=arriving.language,
        age=arriving.age,
        channel=arriving.way.value,
    )
    record = gate.seal(
        arriving.subject,
        RecordKind.INQUIRY,
        arriving.items,
        purpose=Purpose.COMPLAINT,
        actor=actor,
        receipt=receipt,
    )
    ends.traded(arriving.subject, record, at=now)
    secret = None if arriving.member else proofs.new_secret()
    ticket = Ticket(
        arriving.subject,
        book.new_ticket_id(),
        proofs.new_number(),
        record,
        arriving.member,
        arriving.topic,
        State.OPEN,
        arriving.way,
        arriving.language,
        arriving.order,
        "",
        now,
        working_days.answer_due(policy().document.body, now),
    )
    book.add(ticket, secret=secret)
    log.record(
        Event.DESK_TICKET_RECEIVED,
        actor=actor,
        trail=gate.trail_of(arriving.subject),
        kinds=[RecordKind.INQUIRY],
        items=[*arriving.items],
        purpose=Purpose.COMPLAINT,
        promise="P10.1",
        reason=ticket.number,
    )
    return Received(ticket.id, ticket.number, secret or "", working_days.told(ticket.due_at))


def _orders_of(actor: Actor) -> tuple[OwnOrder, ...]:
    if actor.role is not Role.MEMBER or actor.subject is None:
        return ()
    return tuple(OwnOrder(one.id, one.number) for one in finding.of_subject(actor.subject))


def _named(typed: str, own: tuple[OwnOrder, ...], language: Language) -> OrderId | None:
    """The order that a member named, if it is one of theirs."""
    if not typed:
        return None
    try:
        wanted = UUID(typed[:36])
    except ValueError:
        raise Invalid({"order": NO_ORDER.in_(language)}) from None
    if wanted not in {one.order for one in own}:
        raise Invalid({"order": NO_ORDER.in_(language)})
    return OrderId(wanted)


def must_know(actor: Actor) -> SubjectId:
    """Who asks for what is theirs. Raises NotFound for somebody who is not known."""
    if actor.subject is None:
        msg = "nobody who is not known has inquiries"
        raise NotFound(msg)
    return actor.subject
