"""Somebody who ordered without an account uses the same rights as a member (P5.6, P8.1-P8.3).

They show who they are by the order's number and its secret, or by a link sent to the address that the
order holds; from then on a note goes with each form (:mod:`.rights_proof`). A guest is a person of one
order alone: nothing leads from it to another.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from yaksok.database.roles import keeper, retrying
from yaksok.guard import throttle
from yaksok.journeys import held, look_up, membership_end, rights_ask, rights_proof, rights_stop
from yaksok.journeys.held import Holding
from yaksok.journeys.rights_ask import Mine
from yaksok.journeys.rights_proof import Proof
from yaksok.journeys.speaking import spoken
from yaksok.kernel.actor import Actor, Role
from yaksok.kernel.errors import Invalid, NotFound
from yaksok.kernel.ids import normal_order_number
from yaksok.mall.orders import finding
from yaksok.mall.orders.finding import Order
from yaksok.policy import forms
from yaksok.policy.entries import Text
from yaksok.policy.in_force import policy
from yaksok.policy.vocabulary import FormName, Item, Language, Purpose, RecordKind
from yaksok.privacy.audit import log
from yaksok.privacy.audit.events import Event
from yaksok.privacy.disclosure import handover
from yaksok.privacy.disclosure import register as handovers
from yaksok.privacy.post import outbox, tokens
from yaksok.privacy.post.letters_rights import RIGHTS
from yaksok.privacy.post.templates import Template
from yaksok.privacy.retention.certificate import Certificate
from yaksok.privacy.rights import cases, register
from yaksok.privacy.rights.words import Kind, Outcome
from yaksok.privacy.vault import gate

LINK_PATH = "/rights/link"
OPEN_FOR = timedelta(minutes=30)
"""How long a link opens something, from when it is first shown."""

LINKS = 3
LINK_SECONDS = 3600
"""Letters with a link, for one order and for one address, in an hour."""

NUMBER_SCOPE, ADDRESS_SCOPE = "rights_link:number", "rights_link:address"
ALSO = frozenset({"proof", "act"})
STAYS = frozenset({RecordKind.GUARDIAN, RecordKind.STATUTORY})
"""Kinds that a guest's erasure leaves: what a law keeps, and that somebody decides for a child."""

DEAD_LINK = Text(
    ko="이 링크는 쓸 수 없어요. 처음 연 때부터 30분이 지났거나 이틀이 지났어요. 링크를 다시 받아 주세요.",
    en="This link does not work any more: half an hour has passed since it was opened, or two days since"
    " it was sent. Please ask for a new one.",
)


@dataclass(frozen=True, slots=True)
class GuestPage:
    """All that is held about a guest, plain, because they have just shown who they are.

    ``values`` are those of the correction form, by field. ``proof`` goes along with each form.
    """

    proof: str
    until: str
    number: str
    holding: Holding
    handed: tuple[handovers.Entry, ...]
    requests: tuple[Mine, ...]
    stopped: bool
    values: Mapping[str, str]
    form: forms.Form
    erased: bool


@dataclass(frozen=True, slots=True)
class Correction:
    """What was changed, and how many recipients hear of it (P4.5)."""

    changed: tuple[Item, ...]
    told: int


def by_secret(number: str, secret: str, *, address_key: str) -> str:
    """The note of the guest whose order this is. Raises like :func:`yaksok.journeys.look_up.look_up`.

    Records:
        Event.ORDER_SECRET_PROVED.
    """
    actor = look_up.prove(number, secret, address_key=address_key)
    return _note(actor)


def send_link(number: str, *, address_key: str, language: Language) -> None:
    """Write a link to the address that the order ``number`` holds, if there is such an order.

    The answer is the same whether there is one, whether it is a member's, and whether anything is
    still held of it.

    Raises:
        Throttled: three for this number or from this address in an hour.
    """
    asked = normal_order_number(number[: look_up.LONGEST_NUMBER]) or look_up.NOBODYS
    throttle.spend(ADDRESS_SCOPE, address_key, limit=LINKS, seconds=LINK_SECONDS)
    throttle.spend(NUMBER_SCOPE, asked, limit=LINKS, seconds=LINK_SECONDS)
    with keeper():
        place = finding.by_number(asked)
        order = finding.of(*place) if place else None
        if order is not None and not order.member and _has_address(order):
            outbox.note(
                order.subject,
                Template.RIGHTS_LINK,
                kind=RecordKind.ORDER_PAYER,
                record=order.payer_record,
                language=language,
                context={"path": LINK_PATH},
            )


@retrying
def by_link(token: str, language: Language) -> str:
    """The note of whoever opened a link. It works for half an hour from when it is first opened.

    "" for a member: it shows that the address is theirs, and they see their data where they log in.

    Raises:
        Invalid: no letter carried it, or its time is over: the same sentence.

    Records:
        Event.RIGHTS_IDENTITY_SHOWN.
    """
    with keeper():
        subject = tokens.within(token, RIGHTS, OPEN_FOR)
        orders = finding.of_subject(subject, limit=1) if subject else []
        if subject is None:
            raise Invalid({"": DEAD_LINK.in_(language)})
        guest = bool(orders) and not orders[0].member
        actor = Actor.guest(subject) if guest else Actor.member(subject)
        cases.shown_by_link(subject, actor=actor)
        log.record(
            Event.RIGHTS_IDENTITY_SHOWN,
            actor=actor,
            trail=gate.trail_of(subject),
            purpose=Purpose.RIGHTS,
            promise="P5.6",
        )
    return _note(actor) if guest else ""


def view(note: str, language: Language) -> GuestPage:
    """Everything that is held about whoever ``note`` shows to be who they are.

    Raises:
        Invalid: the note ran out, or nobody wrote it.

    Records:
        Event.VAULT_ITEMS_OPENED for each record.
    """
    proof = _guest(note, language)
    found = held.held(proof.actor, stepped_up=True)
    form = forms.form(policy(), FormName.CORRECT_GUEST)
    with keeper():
        order = finding.of(proof.payer, proof.order)
        values = {
            item.about.item: item.value
            for record in found.records
            if record.record == order.payer_record
            for item in record.items
            if item.value is not None
        }
        return GuestPage(
            proof=note,
            until=proof.until.isoformat(),
            number=order.number,
            holding=found,
            handed=tuple(_handed(order)),
            requests=rights_ask.mine(proof.actor, stepped_up=True, language=language),
            stopped=rights_stop.standing(proof.actor).stopped,
            values={
                field.name: values[field.item] for field in form.fields if field.item in values
            },
            form=form,
            erased=all(one.about.kind is RecordKind.STATUTORY for one in found.records),
        )


def correct(note: str, posted: Mapping[str, str], *, language: Language) -> Correction:
    """Put what was posted in the place of what the order holds of the guest, at once (P8.2).

    Raises:
        Invalid: the note ran out, or a value cannot be taken, by field.
        NotFound: nothing is held any more.

    Records:
        Event.VAULT_RECORD_AMENDED, Event.RIGHTS_REQUEST_ANSWERED.
    """
    proof = _guest(note, language)
    form = forms.form(policy(), FormName.CORRECT_GUEST)
    values = forms.read(form, posted, language, also=ALSO)
    return _corrected(proof, form, values)


@retrying
def _corrected(proof: Proof, form: forms.Form, values: Mapping[str, str]) -> Correction:
    with keeper():
        order = finding.of(proof.payer, proof.order)
        opened = gate.open_items(
            proof.subject,
            list(form.of(RecordKind.ORDER_PAYER).values()),
            kind=RecordKind.ORDER_PAYER,
            purpose=Purpose.RIGHTS,
            actor=proof.actor,
            record=order.payer_record,
        )
        now = {item: value.reveal() for item, value in opened.items()}
        put = {
            item: values[name]
            for name, item in form.of(RecordKind.ORDER_PAYER).items()
            if values.get(name) and values[name] != now.get(item)
        }
        told = 0
        if put:
            gate.amend(
                proof.subject,
                RecordKind.ORDER_PAYER,
                put,
                purpose=Purpose.RIGHTS,
                actor=proof.actor,
                record=order.payer_record,
            )
            told = handover.correct(proof.subject, order.payer_record, actor=proof.actor)
        register.answered_at_once(
            proof.subject,
            Kind.CORRECT,
            items=put,
            outcome=Outcome.DONE if put else Outcome.NOTHING_TO_CHANGE,
            actor=proof.actor,
            trail=gate.trail_of(proof.subject),
        )
    return Correction(tuple(sorted(put)), told)


@retrying
def erase(note: str, *, language: Language) -> Certificate:
    """Erase everything about the guest and their recipient; what an open order needs waits for it.

    What a law keeps is put aside under keys of its own. The certificate cannot be made a second time.
    Who ordered as a child's guardian stays the guardian; that ends at the guardian's own page (P9.5).

    Raises:
        Invalid: the note ran out.
        NotFound: nothing is held any more.

    Records:
        Event.VAULT_RECORD_ERASED for each record, Event.RETENTION_RECORD_DESTROYED,
        Event.RIGHTS_REQUEST_ANSWERED.
    """
    proof = _guest(note, language)
    with keeper():
        here = [one for one in gate.holdings(proof.subject) if one.kind not in STAYS]
        if not here:
            msg = "nothing is held about this guest any more"
            raise NotFound(msg)
        given = {
            item
            for kind in {one.kind for one in here}
            for items in gate.given(
                [(proof.subject, one.record) for one in here if one.kind is kind], kind=kind
            ).values()
            for item in items
        }
        register.answered_at_once(
            proof.subject,
            Kind.DELETE,
            items=given,
            outcome=Outcome.DONE,
            actor=proof.actor,
            trail=gate.trail_of(proof.subject),
        )
        return membership_end.end(proof.subject, actor=proof.actor, reason="asked")


def _guest(note: str, language: Language) -> Proof:
    proof = rights_proof.read(note, language)
    if proof.actor.role is not Role.GUEST:
        raise Invalid({"": rights_proof.OVER.in_(language)})
    return proof


def _note(actor: Actor) -> str:
    """What goes with each form of a guest: their order is the only one that they have."""
    if actor.subject is None:
        raise Invalid({"": spoken(rights_proof.OVER)})
    with keeper():
        orders = finding.of_subject(actor.subject, limit=1)
    return rights_proof.make(actor, actor.subject, orders[0].id)


def _has_address(order: Order) -> bool:
    name = (order.subject, order.payer_record)
    held = gate.given([name], kind=RecordKind.ORDER_PAYER)
    return Item.EMAIL in held.get(name, ())


def _handed(order: Order) -> list[handovers.Entry]:
    return [
        entry
        for person in dict.fromkeys((order.subject, order.recipient))
        for entry in handovers.for_subject(person)
    ]
