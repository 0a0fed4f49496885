"""Staff write down what somebody said on the phone, or wrote by fax, post or e-mail (P10.2).

Such a ticket is the same as one from the web. Nothing about a caller is read out or shown before they
have shown who they are: the caller says, the clerk types, the mall compares and answers yes or no.
There is no list to look through and nothing to search by: a person is found by an exact key alone.
"""

import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from yaksok.database.roles import keeper, retrying
from yaksok.guard import throttle
from yaksok.journeys.answer_inquiry import must_answer
from yaksok.journeys.desk_words import TOPICS, WAYS, in_order
from yaksok.journeys.inquire import Arriving, Received, attested, receive, topic_of
from yaksok.kernel import clock
from yaksok.kernel.actor import Actor
from yaksok.kernel.errors import Invalid, NotFound, Refused, Shredded
from yaksok.kernel.ids import OrderId, SubjectId, new_subject_id, normal_order_number
from yaksok.mall.desk.words import Topic, Way
from yaksok.mall.orders import finding
from yaksok.policy import fields, forms, working_days
from yaksok.policy.entries import Text
from yaksok.policy.in_force import policy
from yaksok.policy.notice import NOTICE_CHANGED, Notice, notice
from yaksok.policy.vocabulary import FormName, Item, Language, Purpose, RecordKind
from yaksok.privacy.audit import log
from yaksok.privacy.audit.events import Event
from yaksok.privacy.consent import ledger
from yaksok.privacy.guardians import age
from yaksok.privacy.vault import gate

DESK = Actor.system("phone_desk")
ALSO = frozenset({"notice", "topic", "way", "language", "order_number"})
SAID_FOR_ORDER = {
    "said_name": (RecordKind.ORDER_PAYER, Item.NAME),
    "said_phone": (RecordKind.ORDER_PAYER, Item.PHONE),
}
SAID_FOR_MEMBER = {
    "said_login_id": (RecordKind.MEMBERSHIP, Item.LOGIN_ID),
    "said_email": (RecordKind.MEMBERSHIP, Item.EMAIL),
}
SAID = SAID_FOR_ORDER | SAID_FOR_MEMBER
"""What a caller says to show who they are; compared and forgotten."""

FAILURES = 5
WINDOW_SECONDS = 15 * 60
STAFF_SCOPE, KEY_SCOPE = "phone_desk:staff", "phone_desk:key"

NOT_SHOWN = Text(
    ko="말씀하신 것이 맞지 않아 본인으로 확인하지 못했습니다. 어느 것이 다른지는 알리지 않습니다. 확인하지 않고"
    " 받으려면 이 칸들을 모두 비우십시오.",
    en="What the caller said does not fit, so they are not verified. Which of it was wrong is not told."
    " To take the note without that, leave all these fields empty.",
)
INCOMPLETE = Text(
    ko="주문번호, 이름, 전화번호 셋을 모두 적거나, 아이디와 이메일 둘을 모두 적으십시오.",
    en="Fill in all three of order number, name and phone, or both of ID and e-mail.",
)
NO_WAY = Text(ko="어떻게 들어왔는지 고르십시오.", en="Choose how it came.")


@dataclass(frozen=True, slots=True)
class Intake:
    """What the page shows: the form, the notice that is read out, and what can be chosen."""

    form: forms.Form
    notice: Notice
    topics: tuple[tuple[Topic, str], ...]
    ways: tuple[tuple[Way, str], ...]
    due: datetime


@dataclass(frozen=True, slots=True)
class Taken:
    """A ticket with what is told to the caller, and whether they showed who they are."""

    received: Received
    verified: bool


@dataclass(frozen=True, slots=True)
class Caller:
    """Somebody who showed who they are: whose data it is, and the order by which they showed it."""

    subject: SubjectId
    member: bool
    order: OrderId | None


def begin(actor: Actor, language: Language) -> Intake:
    """The form and the notice of the policy in force.

    Refuses:
        Refused: the actor is not staff of the desk (P7.13).
    """
    must_answer(actor)
    with keeper():
        return Intake(
            forms.form(policy(), FormName.CALL_NOTE),
            notice(policy(), FormName.CALL_NOTE, language),
            tuple((topic, TOPICS[topic].in_(language)) for topic in in_order()),
            tuple((way, words.in_(language)) for way, words in WAYS.items() if way is not Way.WEB),
            working_days.told(working_days.answer_due(policy().document.body, clock.now())),
        )


def take(actor: Actor, posted: Mapping[str, str], *, language: Language) -> Taken:
    """A ticket for somebody who called, or wrote by fax, post or e-mail.

    Somebody who is not of age is told so, and nothing of what they said is kept (P9.2). When the
    caller showed who they are the ticket is theirs, and stands where their own inquiries stand;
    otherwise it belongs to nobody known, and is read by number and secret.

    Arguments:
        posted: The fields of the form; ``notice``, ``topic``, ``way``, the ``language`` of the answer;
            and what the caller said of themself: an ``order_number`` with name and phone, or the ID
            and e-mail of a member.

    Raises:
        Invalid: what to do, by field.
        Throttled: five callers in 15 minutes who did not show who they are.

    Refuses:
        GuardianNeeded: the caller does not say that they are of age.
        Refused: the actor is not staff of the desk, or has no current training.

    Records:
        Event.DESK_TICKET_RECEIVED; Event.DESK_CALLER_VERIFIED for who showed it.
    """
    shown = begin(actor, language)
    topic = topic_of(
        {name: value for name, value in posted.items() if name not in SAID}, shown.form, language
    )
    asked = {name: value for name, value in posted.items() if name not in SAID}
    values = forms.read(shown.form, asked, language, also=ALSO)
    way = _way(posted.get("way", ""), language)
    if posted.get("notice", "") != shown.notice.hash:
        raise Invalid({"": NOTICE_CHANGED.in_(language)})
    age.must_be_adult(attested(shown.form, values))
    caller = caller_of(actor, posted, language)
    spoken = Language.ENGLISH if posted.get("language") == Language.ENGLISH else Language.KOREAN
    return _written(shown, values, actor, caller, (topic, way, spoken))


def caller_of(
    actor: Actor,
    posted: Mapping[str, str],
    language: Language,
    *,
    purpose: Purpose = Purpose.ORDER,
) -> Caller | None:
    """Who called, if they showed it; None when nothing was said to show it.

    Yes or no is all that comes back: neither what is held nor which of the answers was wrong.

    Arguments:
        purpose: Why what is held is opened to compare it. For a right it is opened even of somebody who
            had every other use stopped; for an order such a caller does not show who they are.

    Raises:
        Invalid: it does not fit, or some of it is missing.
        Throttled: five that did not fit in 15 minutes, by this clerk or for this key.
    """
    said = {name: posted.get(name, "").strip() for name in (*SAID, "order_number")}
    if not any(said.values()):
        return None
    by_order = ("order_number", *SAID_FOR_ORDER)
    key = "order_number" if all(said[name] for name in by_order) else "said_login_id"
    if key == "said_login_id" and not all(said[name] for name in SAID_FOR_MEMBER):
        raise Invalid({"order_number": INCOMPLETE.in_(language)})
    staff = str(must_answer(actor))
    target, guesser = (KEY_SCOPE, said[key][:64]), (STAFF_SCOPE, staff)
    counted = throttle.guessing(target, guesser, limit=FAILURES, seconds=WINDOW_SECONDS)
    with counted, keeper():
        caller = _by_order(said, purpose) if key == "order_number" else _by_membership(said)
        if caller is None:
            raise Invalid({"order_number": NOT_SHOWN.in_(language)})
        log.record(
            Event.DESK_CALLER_VERIFIED,
            actor=actor,
            trail=gate.trail_of(caller.subject),
            purpose=Purpose.COMPLAINT,
            promise="P10.2",
        )
    return caller


def _by_order(said: Mapping[str, str], purpose: Purpose) -> Caller | None:
    place = finding.by_number(normal_order_number(said["order_number"][:64]) or "")
    if place is None:
        return None
    order = finding.of(*place)
    items = policy().having(RecordKind.ORDER_PAYER, (Item.NAME, Item.PHONE))
    try:
        held = gate.open_items(
            order.subject,
            items,
            kind=RecordKind.ORDER_PAYER,
            purpose=purpose,
            actor=DESK,
            record=order.payer_record,
        )
    except (NotFound, Refused, Shredded):
        return None
    fits = all(
        item in held and _same(item, said[name], held[item].reveal())
        for name, (_, item) in SAID_FOR_ORDER.items()
    )
    return Caller(order.subject, order.member, order.id) if fits else None


def _by_membership(said: Mapping[str, str]) -> Caller | None:
    """The one member whom both the ID and the address lead to; each is sought exactly as it was said."""
    found = set()
    for name, (kind, item) in SAID_FOR_MEMBER.items():
        value = _clean(item, said[name].casefold())
        if value is None or not policy().having(kind, (item,)):
            return None
        found.add(
            gate.find(
                RecordKind.MEMBERSHIP,
                item,
                value,
                purpose=Purpose.MEMBER_SERVICE,
                actor=DESK,
            )
        )
    (only,) = found if len(found) == 1 else (None,)
    return Caller(only[0], member=True, order=None) if only else None


def _same(item: Item, said: str, held: str) -> bool:
    value = _clean(item, said)
    return value is not None and hmac.compare_digest(
        value.casefold().encode(), held.casefold().encode()
    )


def _clean(item: Item, said: str) -> str | None:
    try:
        return fields.clean(item, said)
    except fields.Unfit:
        return None


def _way(typed: str, language: Language) -> Way:
    if typed not in {way.value for way in Way if way is not Way.WEB}:
        raise Invalid({"way": NO_WAY.in_(language)})
    return Way(typed)


@retrying
def _written(
    shown: Intake,
    values: Mapping[str, str],
    actor: Actor,
    caller: Caller | None,
    about: tuple[Topic, Way, Language],
) -> Taken:
    topic, way, language = about
    items = {
        item: values[n] for n, item in shown.form.of(RecordKind.INQUIRY).items() if n in values
    }
    with keeper():
        shown.notice.must_be_of(policy(), language)
        stopped = caller is not None and ledger.standing(caller.subject).restricted
        known = None if stopped else caller
        arriving = Arriving(
            known.subject if known else new_subject_id(),
            known.member if known else False,
            topic,
            way,
            language,
            items,
            {box.name: box.name in values for box in shown.form.boxes},
            attested(shown.form, values),
            known.order if known else None,
        )
        return Taken(receive(arriving, actor, shown.notice), known is not None)
