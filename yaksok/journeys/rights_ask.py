"""A person asks something about their own data, watches how it stands, and objects to the answer.

Most rights are done in the moment they are asked (:mod:`.my_page`, :mod:`.correct`, :mod:`.port`,
:mod:`.leave`, :mod:`.rights_stop`). Here is the rest: what needs words, or somebody who looks at it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from yaksok.database import roles
from yaksok.database.roles import keeper, retrying
from yaksok.guard import throttle
from yaksok.journeys import child_wish, rights_letters
from yaksok.kernel import clock
from yaksok.kernel.actor import Actor, Role
from yaksok.kernel.errors import Invalid, NotFound, Refused
from yaksok.kernel.ids import OrderId, RecordId, SubjectId
from yaksok.policy import forms
from yaksok.policy.entries import Text
from yaksok.policy.in_force import policy
from yaksok.policy.notice import NOTICE_CHANGED, Notice, notice
from yaksok.policy.remedies import elsewhere
from yaksok.policy.vocabulary import FormName, Item, Language, Purpose, RecordKind
from yaksok.privacy.audit import log
from yaksok.privacy.audit.events import Event
from yaksok.privacy.consent import ledger
from yaksok.privacy.guardians.age import GuardianNeeded
from yaksok.privacy.rights import cases, due, register
from yaksok.privacy.rights.register import Request
from yaksok.privacy.rights.words import PROMISE, Asker, Check, Kind, State, Way
from yaksok.privacy.vault import gate

ALSO = frozenset({"notice", "kind", "proof", "act"})
"""Names on the form that carry nothing personal."""

ASKED_LIMIT = 10
ASKED_SECONDS = 24 * 3600
"""Requests in words that one person may open in a day. What is done at once is not counted."""

SCOPE = "rights:ask"
SHOWN_BY: Mapping[Role, Check] = {
    Role.GUEST: Check.ORDER_SECRET,
    Role.MEMBER: Check.LOGGED_IN,
    Role.RECIPIENT: Check.PARCEL,
}
"""How somebody of each role showed who they are before they came here."""

ASKABLE = (
    Kind.SEE,
    Kind.CORRECT,
    Kind.DELETE,
    Kind.STOP,
    Kind.PORT,
    Kind.EXPLAIN,
    Kind.WITHDRAW,
    Kind.OBJECT,
)
"""In the order in which a person is offered them."""

FINAL = frozenset({State.ANSWERED, State.REFUSED})

NO_KIND = Text(ko="무엇을 바라시는지 골라 주세요.", en="Choose what you want.")
NO_WORDS = Text(ko="무엇을 바라시는지 적어 주세요.", en="Say what you want.")


@dataclass(frozen=True, slots=True)
class Asking:
    """What the page shows: the form, the notice, and until when each kind is answered."""

    form: forms.Form
    notice: Notice
    due: Mapping[Kind, datetime]


@dataclass(frozen=True, slots=True)
class Mine:
    """One request of the person, with its countdown.

    ``days_left`` are calendar days to the last one, below 0 when it is late; None when nothing runs.
    ``body``, ``answer`` and ``objection`` are None until the person shows who they are. ``ground`` and
    ``article`` are why it was refused. ``elsewhere`` names the office outside the mall (P11.5).
    """

    line: Request
    days_left: int | None
    body: str | None
    answer: str | None
    objection: str | None
    ground: str
    article: str
    may_appeal: bool
    history: tuple[cases.Done, ...]
    elsewhere: str


def begin(language: Language) -> Asking:
    """The form and the notice, from the policy in force."""
    now = clock.now()
    return Asking(
        forms.form(policy(), FormName.RIGHTS_ASK),
        notice(policy(), FormName.RIGHTS_ASK, language),
        {kind: due.due(kind, now) for kind in ASKABLE},
    )


def ask(
    actor: Actor, posted: Mapping[str, str], *, language: Language, order: OrderId | None = None
) -> Request:
    """A new request, and a letter that it came. From now on its deadline runs.

    Arguments:
        posted: ``kind``, ``body`` (what the person wants, in their own words), ``notice`` (the hash of
            the notice that was shown).
        order: The order by which a guest or a recipient is known.

    Raises:
        Invalid: what the person can do, by field.
        Throttled: more than ten in a day.

    Refuses:
        Refused: the actor is no person whose data is held, but staff or the mall (P8.5).
        GuardianNeeded: a child writes nothing in words of their own (P9.1).

    Records:
        Event.RIGHTS_REQUEST_RECEIVED, Event.VAULT_RECORD_SEALED.
    """
    subject = must_be_a_person(actor)
    if child_wish.is_child(actor):
        raise GuardianNeeded  # no free words of a child; their guardian asks (P9.1)
    shown = begin(language)
    kind = kind_of(posted.get("kind", ""), language)
    values = forms.read(shown.form, posted, language, also=ALSO)
    if posted.get("notice", "") != shown.notice.hash:
        raise Invalid({"": NOTICE_CHANGED.in_(language)})
    if not values.get(Item.BODY):
        raise Invalid({Item.BODY: NO_WORDS.in_(language)})
    throttle.spend(SCOPE, subject.bytes, limit=ASKED_LIMIT, seconds=ASKED_SECONDS)
    return _taken(subject, actor, kind, values[Item.BODY], shown.notice, language, order)


@retrying
def _taken(
    subject: SubjectId,
    actor: Actor,
    kind: Kind,
    words: str,
    told: Notice,
    language: Language,
    order: OrderId | None,
) -> Request:
    with keeper():
        told.must_be_of(policy(), language)
        asked = cases.Asked(
            kind,
            Way.WEB,
            actor.role,
            language,
            Asker.SELF,
            sealed(subject, actor, words, told, language),
            order,
        )
        line = cases.take_in(subject, asked, actor=actor, checks=[SHOWN_BY[actor.role]])
        log.record(
            Event.RIGHTS_REQUEST_RECEIVED,
            actor=actor,
            trail=gate.trail_of(subject),
            kinds=[RecordKind.RIGHTS_CASE],
            purpose=Purpose.RIGHTS,
            promise=PROMISE.get(kind, "P8.1"),
            reason=line.number,
        )
        rights_letters.received(line)
    return line


def sealed(
    subject: SubjectId, actor: Actor, words: str, told: Notice, language: Language
) -> RecordId:
    """The record in which the person's own words lie. Belongs to the open transaction."""
    receipt = ledger.receive(
        subject, given={}, notice=told.hash, policy_version=told.version, language=language
    )
    return gate.seal(
        subject,
        RecordKind.RIGHTS_CASE,
        {Item.BODY: words},
        purpose=Purpose.RIGHTS,
        actor=actor,
        receipt=receipt,
    )


def mine(actor: Actor, *, stepped_up: bool, language: Language) -> tuple[Mine, ...]:
    """Everything the person asked for, newest first, each with where it stands and what is left of it.

    Records:
        Event.VAULT_ITEMS_OPENED for each request with words, once the person showed who they are.
    """
    subject = must_be_a_person(actor)
    with keeper():
        return tuple(
            shown(line, actor, stepped_up=stepped_up, language=language)
            for line in register.of(subject)
        )


def one(actor: Actor, request: UUID, *, stepped_up: bool, language: Language) -> Mine:
    """One request of the person.

    Raises:
        NotFound: it is not theirs, or there is none: the two look the same, and both are logged.
    """
    subject = must_be_a_person(actor)
    with keeper():
        line = own(subject, request, actor)
        return shown(line, actor, stepped_up=stepped_up, language=language)


@retrying
def appeal(
    actor: Actor, request: UUID, posted: Mapping[str, str], *, language: Language
) -> Request:
    """Object to an answer or a refusal. A deadline of its own runs, and somebody else decides.

    Arguments:
        posted: ``body``, what is wrong with the answer, and ``notice``; the words may be blank.

    Raises:
        NotFound: it is not theirs.

    Refuses:
        Refused: it is still open, or was objected to before.

    Records:
        Event.RIGHTS_REQUEST_APPEALED.

    Source:
        PIPA 38(5): a way to object to a refusal.
    """
    subject = must_be_a_person(actor)
    asking = begin(language)
    values = forms.read(asking.form, posted, language, also=ALSO)
    if posted.get("notice", "") != asking.notice.hash:
        raise Invalid({"": NOTICE_CHANGED.in_(language)})
    with keeper():
        line = own(subject, request, actor, lock=True)
        words = values.get(Item.BODY)
        record = sealed(subject, actor, words, asking.notice, language) if words else None
        line = cases.appeal(line, actor=actor, record=record)
        log.record(
            Event.RIGHTS_REQUEST_APPEALED,
            actor=actor,
            trail=gate.trail_of(subject),
            purpose=Purpose.RIGHTS,
            promise="P8.1",
            reason=line.number,
        )
    return line


def shown(line: Request, actor: Actor, *, stepped_up: bool, language: Language) -> Mine:
    """``line`` as the person may see it. Part of the caller's transaction."""
    words = _opened(line.subject, line.record, actor) if stepped_up else {}
    objection = _opened(line.subject, line.appeal, actor) if stepped_up else {}
    runs = line.answered_at is None
    ground = due.grounds(line.kind).get(line.ground)
    return Mine(
        line=line,
        days_left=due.days_left(line.due_at, clock.now()) if runs else None,
        body=words.get(Item.BODY),
        answer=words.get(Item.ANSWER),
        objection=objection.get(Item.BODY),
        ground=ground.text.in_(language) if ground else "",
        article=ground.article if ground else "",
        may_appeal=bool(line.number) and line.state in FINAL,
        history=cases.history(line) if line.number else (),
        elsewhere=elsewhere(policy().document.body, language),
    )


def _opened(subject: SubjectId, record: RecordId | None, actor: Actor) -> Mapping[Item, str]:
    there = {one.record for one in gate.holdings(subject)}
    if record is None or record not in there:
        return {}
    opened = gate.open_items(
        subject,
        [Item.BODY, Item.ANSWER],
        kind=RecordKind.RIGHTS_CASE,
        purpose=Purpose.RIGHTS,
        actor=actor,
        record=record,
    )
    return {item: value.reveal() for item, value in opened.items()}


def own(subject: SubjectId, request: UUID, actor: Actor, *, lock: bool = False) -> Request:
    """The request, if it is ``subject``'s. A try at somebody else's is written down, and told nothing.

    Raises:
        NotFound: there is no such request of theirs.
    """
    try:
        return register.one(subject, request, lock=lock)
    except NotFound:
        not_theirs(actor, subject)
        raise


def not_theirs(actor: Actor, subject: SubjectId | None) -> None:
    """Write down that somebody asked for what is not theirs; it outlives the refusal. Names nothing."""
    act = log.Act(
        Event.RIGHTS_IDENTITY_FAILED,
        actor,
        gate.trail_of(subject) if subject else None,
        purpose=Purpose.RIGHTS.value,
        promise="P8.5",
    )
    roles.if_rolled_back(lambda: log.record_all([act]))
    log.record_all([act])


def kind_of(typed: str, language: Language) -> Kind:
    """What is asked for.

    Raises:
        Invalid: it is none of what can be asked for.
    """
    if typed not in set(Kind):
        raise Invalid({"kind": NO_KIND.in_(language)})
    return Kind(typed)


def must_be_a_person(actor: Actor) -> SubjectId:
    """Whose request it is.

    Refuses:
        Refused: the actor is staff or the mall itself; a right is the person's own (P8.5).
    """
    if actor.role not in SHOWN_BY or actor.subject is None:
        msg = "refused to take a request: only the person can make it themself"
        raise Refused(msg, promise="P8.5", advice="log in as the person")
    return actor.subject
