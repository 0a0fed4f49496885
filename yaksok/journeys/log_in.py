"""Log in, be recognised, step up, log out."""

import unicodedata
from dataclasses import dataclass
from datetime import datetime

from yaksok.database.roles import keeper, retrying
from yaksok.guard import throttle
from yaksok.journeys import access_points
from yaksok.journeys import password as passwords
from yaksok.kernel.actor import Actor, Role
from yaksok.kernel.errors import Invalid, Refused
from yaksok.kernel.ids import SubjectId
from yaksok.mall.accounts import credentials, sessions
from yaksok.mall.accounts.sessions import Audience
from yaksok.policy.entries import Text
from yaksok.policy.vocabulary import Item, Language, Purpose, RecordKind
from yaksok.privacy.audit import log
from yaksok.privacy.audit.events import Event
from yaksok.privacy.guardians import wards
from yaksok.privacy.staff import access
from yaksok.privacy.vault import gate

ID_SCOPE = "log_in:id"
ADDRESS_SCOPE = "log_in:address"

WRONG = Text(
    ko="아이디나 비밀번호가 맞지 않아요. 다시 적어 주세요.",
    en="The ID or the password is not right. Type them again.",
)


class MustAnswer(Refused):
    """Somebody who is of age now has not agreed for themself yet: no session begins (P9.2)."""

    def __init__(self) -> None:
        super().__init__("refused to begin a session: own consent is not given yet", promise="P9.2")


@dataclass(frozen=True, slots=True)
class Session:
    """A log-in that succeeded. ``key`` is for the cookie and for nothing else."""

    key: str
    subject: SubjectId


@dataclass(frozen=True, slots=True)
class SessionFacts:
    """Who a request comes from. Nothing personal; ``csrf`` belongs into the forms of the session."""

    subject: SubjectId
    audience: str
    csrf: str
    actor: Actor
    stepped_up: bool
    stepped_up_until: datetime | None


def log_in(login_id: str, password: str, *, language: Language, address_key: str) -> Session:
    """A new session for the member with this ID and password.

    An unknown ID and a wrong password get the same answer after the same work.

    Arguments:
        address_key: The network address. Of attempts a keyed hash of it is stored, for 15 minutes;
            of a log-in that succeeds it is sealed with its minute, for as long as a law wants it.

    Raises:
        Invalid: not right; one sentence for the form as a whole.
        Throttled: five failures in 15 minutes for this ID, or from this address.

    Refuses:
        MustAnswer: ID and password are right, and a child who is of age now must agree first.

    Records:
        Event.VAULT_VALUE_SOUGHT, and when it is right Event.MEMBER_SESSION_OPENED and
        Event.VAULT_RECORD_SEALED.
    """
    name = normal(login_id)
    count(ID_SCOPE, ADDRESS_SCOPE, name, address_key)
    subject = found(name)
    verifier = passwords.proven(subject, password)
    begun = _begin(subject, verifier, address_key) if subject and verifier else None
    if begun is None:
        raise Invalid({"": WRONG.in_(language)})
    rightful(ID_SCOPE, ADDRESS_SCOPE, name, address_key)
    return begun


def session(key: str) -> SessionFacts | None:
    """Whose request this is; None when the session is over, or its owner may not come in any more."""
    with keeper():
        facts = sessions.of(key)
        if facts is None:
            return None
        actor = _actor(facts)
        if actor is None:
            sessions.end(key)
            return None
    return SessionFacts(
        facts.subject,
        facts.audience.value,
        facts.csrf,
        actor,
        facts.stepped_up,
        facts.stepped_up_until if facts.stepped_up else None,
    )


def step_up(key: str, password: str, *, language: Language) -> datetime:
    """Let the session see and change personal data for five minutes; returns until when (P8.5).

    Raises:
        Invalid: the password is wrong.
        Throttled: five wrong ones in 15 minutes.

    Records:
        Event.MEMBER_SESSION_STEPPED_UP.
    """
    with keeper():
        facts = sessions.of(key)
    if facts is None:
        raise Invalid({"": WRONG.in_(language)})
    passwords.must_prove(facts.subject, password, language=language)
    with keeper():
        until = sessions.step_up(key)
        log.record(
            Event.MEMBER_SESSION_STEPPED_UP,
            actor=Actor.member(facts.subject),
            trail=gate.trail_of(facts.subject),
            purpose="rights",
            promise="P8.5",
        )
    return until


def log_out(key: str) -> None:
    """End the session: its row is gone, and the key proves nothing any more (P6.4)."""
    with keeper():
        facts = sessions.of(key)
        sessions.end(key)
        if facts is not None:
            _closed(facts)


def log_out_everywhere(subject: SubjectId) -> int:
    """End every session of ``subject``, on every device; returns how many (P6.5)."""
    with keeper():
        ended = sessions.end_all(subject)
        log.record(
            Event.MEMBER_SESSION_CLOSED,
            actor=Actor.member(subject),
            trail=gate.trail_of(subject),
            promise="P6.4",
            reason="everywhere",
        )
    return ended


def normal(login_id: str) -> str:
    """An ID as it is sought: NFC, without spaces around, without regard to case."""
    return unicodedata.normalize("NFC", login_id).strip().casefold()


def count(id_scope: str, address_scope: str, name: str, address_key: str) -> None:
    """Count an attempt, for the ID and for the address, before anything is looked at."""
    limit, seconds = passwords.FAILURES, passwords.WINDOW_SECONDS
    throttle.spend(address_scope, address_key, limit=limit, seconds=seconds)
    throttle.spend(id_scope, name, limit=limit, seconds=seconds)


def rightful(id_scope: str, address_scope: str, name: str, address_key: str) -> None:
    """The attempt was right: the ID's failures are forgotten, the address gets this one back.

    Only this one, or its owner could go on guessing at others between log-ins of their own.
    """
    throttle.clear(id_scope, name)
    throttle.refund(address_scope, address_key)


def found(name: str) -> SubjectId | None:
    """Whose ID ``name`` is; None when it is nobody's."""
    with keeper():
        found = gate.find(
            RecordKind.MEMBERSHIP,
            Item.LOGIN_ID,
            name,
            purpose=Purpose.MEMBER_SERVICE,
            actor=Actor.visitor(),
        )
    return found[0] if found else None


@retrying
def _begin(subject: SubjectId, verifier: str, address: str) -> Session | None:
    """A session; None when the member left, or changed the password, while it was being checked."""
    with keeper():
        if not credentials.stands(subject, verifier):
            return None
        ward = wards.of(subject)
        if ward is not None and ward.must_answer:
            raise MustAnswer
        key = sessions.begin(subject, Audience.MEMBER)
        log.record(
            Event.MEMBER_SESSION_OPENED,
            actor=Actor.member(subject),
            trail=gate.trail_of(subject),
            purpose="member_service",
            promise="P6.2",
        )
        access_points.note(subject, address)
    return Session(key, subject)


def _actor(facts: sessions.Facts) -> Actor | None:
    if facts.audience is Audience.MEMBER:
        return Actor.member(facts.subject)
    return access.actor_for(facts.subject, Role(facts.role))


def _closed(facts: sessions.Facts) -> None:
    if facts.audience is Audience.STAFF:
        actor = Actor(Role(facts.role), facts.subject)
        log.record(Event.STAFF_SESSION_CLOSED, actor=actor, promise="P6.4")
        return
    log.record(
        Event.MEMBER_SESSION_CLOSED,
        actor=Actor.member(facts.subject),
        trail=gate.trail_of(facts.subject),
        promise="P6.4",
    )
