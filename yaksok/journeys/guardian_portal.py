"""A guardian sees, corrects and ends everything held of their child, without an account and without a cookie.

A link that works once goes to the contact that was proven. Opened, it becomes a pass of a quarter of an
hour that travels from form to form and is in no address.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from yaksok.database.roles import keeper, retrying
from yaksok.guard import throttle
from yaksok.journeys import guardianship, membership_end, my_page, order_view, rights_stop
from yaksok.journeys.my_page import HeldRecord
from yaksok.journeys.order_view import OrderView, Summary
from yaksok.journeys.sign_up import ID_TAKEN
from yaksok.kernel import clock
from yaksok.kernel.actor import Actor
from yaksok.kernel.errors import Invalid, NotFound
from yaksok.kernel.ids import OrderId, RecordId, SubjectId
from yaksok.mall.accounts import credentials
from yaksok.mall.orders import finding
from yaksok.policy import fields, forms
from yaksok.policy.in_force import policy
from yaksok.policy.vocabulary import FormName, Item, Language, Purpose, RecordKind
from yaksok.privacy.audit import log
from yaksok.privacy.audit.events import Event
from yaksok.privacy.consent import ledger
from yaksok.privacy.guardians import asking, keys, of_age, wards
from yaksok.privacy.guardians.asking import Asking
from yaksok.privacy.post import outbox, tokens
from yaksok.privacy.post.letters import Template
from yaksok.privacy.retention import certificate, destroying
from yaksok.privacy.retention.certificate import Certificate, Gone
from yaksok.privacy.rights import register
from yaksok.privacy.vault import gate

FORM = FormName.GUARDIAN_CORRECT
ALSO = frozenset({"pass"})
LIMIT, SECONDS = 5, 3600
"""Links that one number, or one address, may ask for in an hour."""

WITHDREW = "guardian_withdrew"
CERTIFICATE_PATH = "/certificate/verify"
ORDERS = 50


@dataclass(frozen=True, slots=True)
class Portal:
    """Everything: of the child, of the guardian, and what the guardian ordered for the child.

    ``child`` is empty while the child has made no account yet. ``stopped``: the guardian had every use of
    their own data stopped.
    """

    key: str
    child: tuple[HeldRecord, ...]
    guardian: tuple[HeldRecord, ...]
    orders: tuple[Summary, ...]
    until: datetime
    stopped: bool


def send_link(number: str, *, address_key: str) -> None:
    """Send a link to the guardian with this number. The answer is the same whoever it is, and if nobody.

    Raises:
        Throttled: too many, for this number or from this address.
    """
    throttle.spend("guardian:link:address", address_key, limit=LIMIT, seconds=SECONDS)
    throttle.spend("guardian:link", number[: keys.LONGEST], limit=LIMIT, seconds=SECONDS)
    with keeper():
        asked = asking.numbered(number)
        if asked is not None and asked.confirmed:
            guardianship.write(
                asked, Template.GUARDIAN_PORTAL, {"path": f"{guardianship.PORTAL_PATH}/open"}
            )


def enter(token: str) -> str:
    """The pass for the guardian whose letter carried ``token``, which is used up by this.

    Raises:
        NotFound: the link was guessed, used, or its time is over.
    """
    with keeper():
        guardian = tokens.use(token, tokens.GUARDIAN_PORTAL)
        if guardian is None:
            raise NotFound(guardianship.GONE)
        return keys.make(keys.Use.PASS, guardian)


def view(key: str, language: Language) -> Portal:
    """All that is held, in plain values: it is the guardian's right to see it (P9.3).

    Raises:
        NotFound: the pass is over, or the guardian's say is.

    Records:
        Event.VAULT_ITEMS_OPENED for each record.
    """
    with keeper():
        asked = _of(key)
        actor = Actor.guardian(asked.guardian)
        child = _child(asked)
        orders = finding.of_subject(asked.guardian, limit=ORDERS)
        lines = finding.lines_at([(order.subject, order.id) for order in orders])
        held = my_page.records(child, actor, language, plain=True) if child else ()
        own = my_page.records(asked.guardian, actor, language, plain=True)
        return Portal(
            key,
            held,
            tuple(one for one in own if one.kind is RecordKind.GUARDIAN),
            tuple(order_view.summary(order, lines.get(order.id, ())) for order in orders),
            clock.now() + keys.LIVES[keys.Use.PASS],
            ledger.standing(asked.guardian).restricted,
        )


def order(key: str, order_id: OrderId) -> OrderView:
    """One order that the guardian placed for the child, masked.

    Raises:
        NotFound: the pass is over, or it is not theirs.
    """
    with keeper():
        asked = _of(key)
        found = finding.of(asked.guardian, order_id)
        return order_view.view(found, actor=Actor.guest(asked.guardian), journey="guardian_portal")


def asked_to_correct(language: Language) -> tuple[forms.Form, tuple[str, ...]]:  # noqa: ARG001 - a form speaks both
    """The form by which a guardian corrects, and the months of birth to choose from."""
    months = of_age.months_of_children(clock.now(), policy().document.body.children.age)
    return forms.form(policy(), FORM), months


def correct(key: str, posted: Mapping[str, str], *, language: Language) -> int:
    """Put what was posted in the place of what is held (P9.4); returns how many items changed.

    Raises:
        Undeclared: a field that the form does not have.
        Invalid: a value that cannot be taken, by field; an ID of somebody else.
        NotFound: the pass is over.

    Records:
        Event.VAULT_RECORD_AMENDED for each record, Event.RIGHTS_REQUEST_ANSWERED.
    """
    form, months = asked_to_correct(language)
    values = forms.read(form, posted, language, also=ALSO)
    month = values.get(Item.BIRTH_MONTH.value)
    if month is not None and month not in months:
        raise Invalid({Item.BIRTH_MONTH.value: fields.BIRTH_MONTH.in_(language)})
    try:
        return _correct(key, form, values, language)
    except gate.AlreadyHeld:
        raise Invalid({Item.LOGIN_ID.value: ID_TAKEN.in_(language)}) from None


@retrying
def _correct(key: str, form: forms.Form, values: Mapping[str, str], language: Language) -> int:
    changed: set[Item] = set()
    with keeper():
        asked = _of(key)
        actor, child = Actor.guardian(asked.guardian), _child(asked)
        for kind in dict.fromkeys(field.kind for field in form.fields):
            whose = asked.guardian if kind is RecordKind.GUARDIAN else child
            record = _newest(whose, kind) if whose else None
            if whose is None or record is None:
                continue
            posted = {i: values[name] for name, i in form.of(kind).items() if name in values}
            changed |= _amend(whose, kind, record, posted, actor, language)
        if child is not None:
            _answered(child, register.Kind.CORRECT, changed, actor)
    return len(changed)


def stop(key: str, *, language: Language, stops: bool = True) -> None:
    """Have every use of the guardian's own data stopped, or let it go on again (``stops`` is False).

    While it is stopped no wish of the child and no news of an order comes; every right goes on, and the
    link to these pages with it.

    Raises:
        NotFound: the pass is over.

    Records:
        Event.CONSENT_ANSWER_GIVEN, Event.RIGHTS_REQUEST_ANSWERED.
    """
    with keeper():
        actor = Actor.guardian(_of(key).guardian)
    act = rights_stop.stop if stops else rights_stop.resume
    act(actor, stepped_up=True, language=language)


def withdraw(key: str, *, language: Language) -> Certificate:
    """The guardian withdraws: all that is held of the child and of them is destroyed now (P9.5).

    There is no condition, no question and no way to say no: whoever holds the pass is the guardian. The
    certificate is shown once. What a law keeps of an order is sealed anew, as for everybody (P3.10).

    Raises:
        NotFound: the pass is over; ask for another link.

    Records:
        Event.GUARDIAN_CONSENT_WITHDRAWN, Event.VAULT_RECORD_ERASED for each record,
        Event.RETENTION_RECORD_DESTROYED.
    """
    done, letter = _withdraw(key, language)
    guardianship.send_last(letter)
    return done


@retrying
def _withdraw(key: str, language: Language) -> tuple[Certificate, outbox.Sealed | None]:  # noqa: ARG001 - as every journey
    with keeper():
        asked = guardianship.known(_of(key).guardian)
        actor, child = Actor.guardian(asked.guardian), _child(asked)
        letter = guardianship.last_letter(
            asked, Template.GUARDIAN_WITHDRAWN, {"path": CERTIFICATE_PATH}
        )
        log.record(
            Event.GUARDIAN_CONSENT_WITHDRAWN,
            actor=actor,
            trail=gate.trail_of(child or asked.guardian),
            purpose=Purpose.RIGHTS,
            promise="P9.5",
        )
        if child is None:
            return _end_alone(asked, actor), letter
        credentials.lock(child)
        held = {one.record: one.kind for one in gate.holdings(child)}
        items = {i for kind in held.values() for i in policy().items.get(kind, frozenset())}
        _answered(child, register.Kind.DELETE, items, actor)
        return membership_end.end(child, actor=actor, reason=WITHDREW), letter


def _end_alone(asked: Asking, actor: Actor) -> Certificate:
    """The guardian agreed and there is no account: only what is held of them is destroyed."""
    number = certificate.new_number()
    name = (asked.guardian, asked.record)
    given = gate.given([name], kind=RecordKind.GUARDIAN)[name]
    guardianship.forget(asked.guardian)
    destroying.destroy(
        asked.guardian,
        {asked.record: RecordKind.GUARDIAN},
        actor=actor,
        purpose=Purpose.RIGHTS,
        reason=WITHDREW,
        certificate=number,
    )
    return certificate.issue(
        number,
        erased_at=clock.now(),
        unreadable_by=gate.unreadable_by(),
        gone=[Gone(RecordKind.GUARDIAN, tuple(sorted(given)))],
        kept=[],
    )


def held_values(key: str) -> dict[str, str]:
    """What is held now, by the field names of the form, in plain text. Raises NotFound."""
    form, _ = asked_to_correct(Language.KOREAN)
    with keeper():
        asked = _of(key)
        actor, child = Actor.guardian(asked.guardian), _child(asked)
        found: dict[str, str] = {}
        for kind in dict.fromkeys(field.kind for field in form.fields):
            whose = asked.guardian if kind is RecordKind.GUARDIAN else child
            record = _newest(whose, kind) if whose else None
            if whose is None or record is None:
                continue
            opened = _opened(whose, kind, record, set(form.of(kind).values()), actor)
            found |= {n: opened[i] for n, i in form.of(kind).items() if i in opened}
        return found


def _amend(
    whose: SubjectId,
    kind: RecordKind,
    record: RecordId,
    posted: Mapping[Item, str],
    actor: Actor,
    language: Language,
) -> set[Item]:
    if not posted:
        return set()
    contacts = {*policy().having(RecordKind.GUARDIAN, [Item.EMAIL, Item.PHONE])}
    asked = set(posted) | (contacts if kind is RecordKind.GUARDIAN else set())
    now = _opened(whose, kind, record, asked, actor)
    put = {item: value for item, value in posted.items() if value and value != now.get(item)}
    taken = [item for item, value in posted.items() if not value and item in now]
    left = (now.keys() | put.keys()) - set(taken)
    if kind is RecordKind.GUARDIAN and not left & contacts:
        raise Invalid({"guardian_email": fields.ONE_OF_TWO.in_(language)})
    if put or taken:
        gate.amend(
            whose, kind, put, purpose=Purpose.RIGHTS, actor=actor, record=record, without=taken
        )
    return {*put, *taken}


def _opened(
    whose: SubjectId, kind: RecordKind, record: RecordId, items: set[Item], actor: Actor
) -> dict[Item, str]:
    opened = gate.open_items(
        whose, items, kind=kind, purpose=Purpose.RIGHTS, actor=actor, record=record
    )
    return {item: value.reveal() for item, value in opened.items()}


def _answered(child: SubjectId, kind: register.Kind, items: set[Item], actor: Actor) -> None:
    register.answered_at_once(
        child,
        kind,
        items=items,
        outcome=register.Outcome.DONE if items else register.Outcome.NOTHING_TO_CHANGE,
        actor=actor,
        trail=gate.trail_of(child),
    )


def _newest(whose: SubjectId, kind: RecordKind) -> RecordId | None:
    return next((one.record for one in reversed(gate.holdings(whose)) if one.kind is kind), None)


def _of(key: str) -> Asking:
    guardian = keys.owner(keys.Use.PASS, key)
    asked = asking.of(guardian) if guardian else None
    if asked is None or not asked.confirmed:
        raise NotFound(guardianship.GONE)
    return asked


def _child(asked: Asking) -> SubjectId | None:
    ward = wards.of_guardian(asked.guardian)
    return ward.child if ward else None
