"""Requests that come by phone, fax, post or mail, with the same rights as those from the web (PIPA 38(4)).

A person is found by an exact key alone, and nothing about them is read out or shown: they say, the mall
compares. As long as it was not shown who asks, the page does not tell whether anything is held either.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from yaksok.database.roles import keeper, retrying
from yaksok.guard import throttle
from yaksok.journeys import at_work, phone_desk, rights_ask, rights_letters
from yaksok.kernel import clock
from yaksok.kernel.actor import Actor, Role
from yaksok.kernel.errors import Invalid, NotFound, Refused
from yaksok.kernel.ids import OrderId, SubjectId, new_subject_id, normal_order_number
from yaksok.mall.orders import finding
from yaksok.policy import fields, forms
from yaksok.policy.entries import Text
from yaksok.policy.in_force import policy
from yaksok.policy.notice import NOTICE_CHANGED, Notice, notice
from yaksok.policy.vocabulary import FormName, Item, Language, Purpose, RecordKind
from yaksok.privacy.audit import log
from yaksok.privacy.audit.events import Event
from yaksok.privacy.consent import ledger
from yaksok.privacy.rights import cases, due, register, sightings
from yaksok.privacy.rights.register import Request
from yaksok.privacy.rights.words import DESK_WAYS, PROMISE, Asker, Check, Kind, State, Way
from yaksok.privacy.vault import gate

DESK = Actor.system("rights_desk")
LOOKING = frozenset({Role.AUDITOR, Role.CLERK, Role.OFFICER})
CHOSEN = frozenset({"notice", "kind", "way", "language", "asker", "paper", "key"})
SAID = frozenset({*phone_desk.SAID, "order_number"})
LINK_PATH = "/rights/link"

KEYS = 20
KEY_SECONDS = 3600
KEY_SCOPE = "rights_desk:key"
"""Exact keys that one clerk may try in an hour: nobody browses for people."""

LONGEST_KEY = 254

NO_WAY = Text(ko="어떻게 들어왔는지 고르십시오.", en="Choose how it came.")
NO_ADDRESS = Text(
    ko="종이로 답하려면 받을 이름과 주소를 적으십시오.",
    en="For an answer on paper, fill in the name and address it goes to.",
)


@dataclass(frozen=True, slots=True)
class Intake:
    """What the page shows: the form, the notice that is read out, and until when each is answered."""

    form: forms.Form
    notice: Notice
    due: Mapping[Kind, datetime]


@dataclass(frozen=True, slots=True)
class Found:
    """Whose request it is, as far as the desk may know it: by which order, and in which role."""

    subject: SubjectId
    who: Role | None
    order: OrderId | None


@dataclass(frozen=True, slots=True)
class Row:
    """One request in the queue. ``days_left`` below 0 is overdue; ``age`` is in days since it came."""

    line: Request
    age: int
    days_left: int

    @property
    def overdue(self) -> bool:
        """Whether its last day has gone by."""
        return self.days_left < 0


def begin(actor: Actor, language: Language) -> Intake:
    """The form and the notice of the policy in force.

    Refuses:
        Refused: the actor does not work at this desk, or has no current training (P7.13, P7.14).
    """
    must_work(actor)
    now = clock.now()
    return Intake(
        forms.form(policy(), FormName.RIGHTS_INTAKE),
        notice(policy(), FormName.RIGHTS_INTAKE, language),
        {kind: due.due(kind, now) for kind in rights_ask.ASKABLE},
    )


def take(actor: Actor, posted: Mapping[str, str], *, language: Language) -> Request:
    """Write down what somebody asked by phone, fax, post or mail; from now on its deadline runs.

    Who they are may be shown at once by what they say (:func:`.phone_desk.caller_of`), or later.

    Arguments:
        posted: The form's fields; ``notice``, ``kind``, ``way``, ``asker``, ``language`` of the answer,
            ``paper`` if it goes by post; what the caller says of themself; or ``key`` alone, an order
            number, a member's ID or e-mail, to be shown later.

    Raises:
        Invalid: what to do, by field.
        Throttled: too many keys, or callers who could not show who they are.

    Refuses:
        Refused: the actor does not work at this desk, or has no current training.

    Records:
        Event.RIGHTS_REQUEST_RECEIVED, Event.VAULT_RECORD_SEALED; Event.VAULT_VALUE_SOUGHT for a key.
    """
    shown = begin(actor, language)
    asked = {name: value for name, value in posted.items() if name not in SAID}
    values = forms.read(shown.form, asked, language, also=CHOSEN)
    kind = rights_ask.kind_of(posted.get("kind", ""), language)
    way = _way(posted.get("way", ""), language)
    paper = bool(posted.get("paper"))
    if paper and not (values.get(Item.NAME) and values.get(Item.ADDRESS)):
        raise Invalid({Item.ADDRESS: NO_ADDRESS.in_(language)})
    if posted.get("notice", "") != shown.notice.hash:
        raise Invalid({"": NOTICE_CHANGED.in_(language)})
    caller = phone_desk.caller_of(actor, posted, language, purpose=Purpose.RIGHTS)
    found = _known(caller) if caller else _sought(actor, posted.get("key", ""))
    spoken = Language.ENGLISH if posted.get("language") == Language.ENGLISH else Language.KOREAN
    asked_for = cases.Asked(
        kind,
        way,
        found.who,
        spoken,
        _asker(posted.get("asker", "")),
        order=found.order,
        paper=paper,
    )
    return _written(actor, found, asked_for, values, shown.notice, shown=caller is not None)


@retrying
def _written(
    actor: Actor,
    found: Found,
    asked: cases.Asked,
    values: Mapping[str, str],
    told: Notice,
    *,
    shown: bool,
) -> Request:
    items = {Item(name): value for name, value in values.items()}
    with keeper():
        told.must_be_of(policy(), asked.language)
        line = cases.take_in(
            found.subject, asked, actor=actor, checks=[Check.VALUES] if shown else []
        )
        if items:
            receipt = ledger.receive(
                found.subject,
                given={},
                notice=told.hash,
                policy_version=told.version,
                language=asked.language,
                channel=asked.way,
            )
            record = gate.seal(
                found.subject,
                RecordKind.RIGHTS_CASE,
                items,
                purpose=Purpose.RIGHTS,
                actor=actor,
                receipt=receipt,
            )
            line = cases.keep_words(line, record)
        log.record(
            Event.RIGHTS_REQUEST_RECEIVED,
            actor=actor,
            trail=gate.trail_of(found.subject),
            kinds=[RecordKind.RIGHTS_CASE],
            items=[*items],
            purpose=Purpose.RIGHTS,
            promise=PROMISE.get(line.kind, "P8.1"),
            reason=line.number,
        )
        if line.state is State.IDENTIFIED:
            rights_letters.received(line)
        elif line.who:
            rights_letters.link(line, LINK_PATH)
    return line


def _known(caller: phone_desk.Caller) -> Found:
    return Found(caller.subject, Role.MEMBER if caller.member else Role.GUEST, caller.order)


def _sought(actor: Actor, typed: str) -> Found:
    """Whom exactly this key leads to; somebody new when it leads to nobody. The clerk is told neither."""
    key = typed.strip()[:LONGEST_KEY]
    if not key:
        return Found(new_subject_id(), None, None)
    throttle.spend(KEY_SCOPE, str(actor.subject), limit=KEYS, seconds=KEY_SECONDS)
    with keeper():
        number = normal_order_number(key)
        place = finding.by_number(number) if number else None
        if place is not None:
            order = finding.of(*place)
            return Found(order.subject, Role.MEMBER if order.member else Role.GUEST, order.id)
        item = Item.EMAIL if "@" in key else Item.LOGIN_ID
        try:
            value = fields.clean(item, key.casefold() if item is Item.LOGIN_ID else key)
        except fields.Unfit:
            value = ""
        name = _member(item, value) if value else None
    return Found(name, Role.MEMBER, None) if name else Found(new_subject_id(), None, None)


def _member(item: Item, value: str) -> SubjectId | None:
    if not policy().having(RecordKind.MEMBERSHIP, (item,)):
        return None
    name = gate.find(RecordKind.MEMBERSHIP, item, value, purpose=Purpose.MEMBER_SERVICE, actor=DESK)
    return name[0] if name else None


def queue(actor: Actor, *, late_only: bool = False) -> tuple[Row, ...]:
    """Requests that wait for the mall, the most urgent first. Nothing personal is opened for it.

    Refuses:
        Refused: the actor is not staff.
    """
    must_look(actor)
    now = clock.now()
    with keeper():
        rows = [_row(line, now) for line in cases.queue()]
    return tuple(row for row in rows if row.overdue or not late_only)


def book(actor: Actor, *, since: datetime, kind: Kind | None = None) -> tuple[Request, ...]:
    """The register (열람등요구 처리대장): whatever came since, by whatever way; for officer and audit.

    Refuses:
        Refused: the actor is neither.
    """
    if actor.role not in {Role.AUDITOR, Role.OFFICER}:
        msg = f"refused to show the register of requests to {actor.role}"
        raise Refused(msg, promise="P7.13")
    with keeper():
        return cases.book(since=since, kind=kind)


def case(actor: Actor, number: str) -> tuple[Row, tuple[cases.Done, ...]]:
    """One request and its history. Opens nothing.

    Raises:
        NotFound: no request has this number.
    """
    must_look(actor)
    with keeper():
        line = register.one(*_place(number))
        return _row(line, clock.now()), cases.history(line)


def seen_once(actor: Actor, number: str) -> Mapping[Check, bool]:
    """What one person at the desk saw and a second one must see; and whether that one was the actor.

    Raises:
        NotFound: no request has this number.
    """
    must_look(actor)
    with keeper():
        found = sightings.waiting(register.one(*_place(number)))
    return {check: first == actor.subject for check, first in found.items()}


@retrying
def words(actor: Actor, number: str) -> Mapping[Item, str]:
    """What was asked and answered, in plain: a deliberate act of somebody who works on it.

    Records:
        Event.VAULT_ITEMS_OPENED.
    """
    must_work(actor)
    with keeper():
        line = register.one(*_place(number))
        found: dict[Item, str] = {}
        for record, items in (
            (line.record, (Item.BODY, Item.ANSWER, Item.NAME, Item.POSTCODE, Item.ADDRESS)),
            (line.appeal, (Item.BODY,)),
        ):
            if record is None:
                continue
            opened = gate.open_items(
                line.subject,
                items,
                kind=RecordKind.RIGHTS_CASE,
                purpose=Purpose.RIGHTS,
                actor=actor,
                record=record,
            )
            found |= {
                item: "\n\n".join(filter(None, [found.get(item, ""), value.reveal()]))
                for item, value in opened.items()
            }
        return found


def locked(actor: Actor, number: str) -> Request:
    """The request, for somebody who may work on it; nobody else works on it meanwhile.

    Raises:
        NotFound: no request has this number.
    """
    must_work(actor)
    return register.one(*_place(number), lock=True)


def must_work(actor: Actor) -> None:
    """Nothing, when the actor works at this desk and is trained.

    Refuses:
        Refused: they do not (P7.13), or their training is not current (P7.14).
    """
    at_work.trained(actor, cases.STAFF, "work on a person's request")


def must_look(actor: Actor) -> None:
    """Nothing, when the actor may see that requests wait.

    Refuses:
        Refused: they are not staff (P7.13).
    """
    if actor.role not in LOOKING:
        msg = f"refused to show the requests of people to {actor.role}"
        raise Refused(msg, promise="P7.13", advice="ask the privacy officer")


def _place(number: str) -> tuple[SubjectId, UUID]:
    found = cases.by_number(number)
    if found is None:
        msg = "no request has this number"
        raise NotFound(msg)
    return found


def _row(line: Request, now: datetime) -> Row:
    return Row(line, (now - line.received_at).days, due.days_left(line.due_at, now))


def _way(typed: str, language: Language) -> Way:
    if typed not in {way.value for way in DESK_WAYS}:
        raise Invalid({"way": NO_WAY.in_(language)})
    return Way(typed)


def _asker(typed: str) -> Asker:
    return Asker(typed) if typed in set(Asker) else Asker.SELF
