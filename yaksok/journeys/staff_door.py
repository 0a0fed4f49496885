"""Staff: enrolled by the operator, proven by password and one-time code, shown out at once.

Names, IDs and TOTP secrets are in the vault like everybody's; a reason and an end go with each role.
"""

import hmac
import secrets
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlsplit

import pyotp
from django.conf import settings

from yaksok.database.layout import DataDirectory
from yaksok.database.roles import keeper, retrying
from yaksok.journeys import log_in as member_door
from yaksok.journeys import password as passwords
from yaksok.journeys.log_in import Session
from yaksok.kernel import clock
from yaksok.kernel.actor import Actor, Role
from yaksok.kernel.errors import Invalid, NotFound, Refused
from yaksok.kernel.ids import SubjectId, new_subject_id
from yaksok.kernel.loopback import is_here
from yaksok.mall.accounts import credentials, sessions
from yaksok.mall.accounts.sessions import Audience
from yaksok.mall.accounts.verifiers import verifier_of
from yaksok.policy import fields
from yaksok.policy.entries import Text
from yaksok.policy.in_force import policy
from yaksok.policy.vocabulary import Item, Language, Purpose, RecordKind
from yaksok.privacy.audit import log
from yaksok.privacy.audit.events import Event
from yaksok.privacy.retention import destroying
from yaksok.privacy.staff import access, register
from yaksok.privacy.vault import gate

OPERATOR = Actor.system("staff_door")
AT_THE_DOOR = Actor(Role.STAFF)

STEP_SECONDS = 30
STEPS_AROUND = (0, -1, 1)
"""A clock may be half a minute off, either way."""

ROLE_DAYS = 90
"""How long a role lasts when the operator says nothing; 92 days at most."""

ID_SCOPE = "staff_door:id"
ADDRESS_SCOPE = "staff_door:address"

WRONG = Text(
    ko="아이디, 비밀번호, 숫자 가운데 맞지 않는 것이 있어요.",
    en="The ID, the password or the code is not right.",
)

DEMO_LOGIN = "clerk"
DEMO_PASSWORD_LENGTH = 16


@dataclass(frozen=True, slots=True)
class Enrolled:
    """A new staff account. The secret and a generated password are shown once, and never again."""

    subject: SubjectId
    login_id: str
    password: str
    secret: str
    uri: str


@dataclass(frozen=True, slots=True)
class DemoStaff:
    """What the demo prints, so that its console can be tried at once."""

    login_id: str
    password: str
    secret: str
    uri: str


def enrol(
    login_id: str,
    roles: tuple[Role, ...],
    *,
    reason: str,
    password: str | None = None,
    name: str = "",
    days: int = ROLE_DAYS,
    trained: bool = False,
) -> Enrolled:
    """Open an account for somebody who works here.

    Arguments:
        roles: What they may act as: clerk, officer, auditor.
        reason: Why, for the register of rights: 1 to 200 characters, nothing personal.
        password: 10 to 200 characters; None makes one of 120 random bits.
        days: After how many days the roles end, 1 to 92 (P7.13).
        trained: Whether they were trained on the policy in force today (P7.14). Without training
            they may come in and open nothing.

    Raises:
        Invalid: the ID or the password cannot be taken, or the ID is taken.

    Refuses:
        Refused: a role without a reason, without an end, or that is not one of staff.

    Records:
        Event.STAFF_ACCOUNT_ENROLLED, Event.STAFF_GRANT_GIVEN, Event.STAFF_TRAINING_RECORDED.
    """
    chosen = password or secrets.token_urlsafe(15)
    try:
        name_at_door = fields.clean(Item.LOGIN_ID, member_door.normal(login_id))
        shown_name = fields.clean(Item.NAME, name)
        fields.check_new_secret(fields.clean(Item.PASSWORD, chosen), fields.PASSWORD_MIN)
    except fields.Unfit as unfit:
        raise Invalid({"": unfit.text.in_(Language.ENGLISH)}) from None
    if not name_at_door:
        raise Invalid({"login_id": fields.LOGIN_ID.en})
    secret = pyotp.random_base32()
    values = {Item.LOGIN_ID: name_at_door, Item.TOTP_SECRET: secret}
    if shown_name:
        values[Item.NAME] = shown_name
    verifier = verifier_of(chosen)
    try:
        subject = _enrolled(values, verifier, roles, reason, days, trained=trained)
    except gate.AlreadyHeld:
        raise Invalid({"login_id": "this staff ID is taken: choose another one"}) from None
    return Enrolled(subject, name_at_door, chosen, secret, _uri(name_at_door, secret))


@retrying
def _enrolled(
    values: dict[Item, str],
    verifier: str,
    roles: tuple[Role, ...],
    reason: str,
    days: int,
    *,
    trained: bool,
) -> SubjectId:
    with keeper():
        subject = new_subject_id()
        gate.seal(
            subject,
            RecordKind.STAFF_ACCOUNT,
            values,
            purpose=Purpose.STAFF_AUTHENTICATION,
            actor=OPERATOR,
        )
        credentials.keep(subject, verifier)
        register.enrol(subject, actor=OPERATOR)
        until = clock.now() + timedelta(days=days)
        for role in roles:
            register.grant(subject, role, reason=reason, until=until, actor=OPERATOR)
        if trained:
            register.record_training(subject, actor=OPERATOR)
    return subject


def log_in(
    login_id: str,
    password: str,
    code: str,
    *,
    language: Language,
    address_key: str,
    role: Role | None = None,
) -> Session:
    """A new session for the staff member with this ID, password and one-time code.

    Whatever is wrong, the answer is the same. A code (RFC 6238, 30 s, one step either way) is
    never taken twice. The session acts in one role: ``role``, or the first that stands.

    Raises:
        Invalid: not right, or nobody who may come in (any more).
        Throttled: five failures in 15 minutes for this ID, or from this address.

    Records:
        Event.STAFF_SESSION_OPENED or Event.STAFF_SESSION_REFUSED.
    """
    name = member_door.normal(login_id)
    member_door.count(ID_SCOPE, ADDRESS_SCOPE, name, address_key)
    subject = _found(name)
    session = None
    if passwords.is_right(subject, password) and subject is not None:
        session = _begin(subject, code, role)
    if session is None:
        with keeper():
            log.record(Event.STAFF_SESSION_REFUSED, actor=AT_THE_DOOR, promise="P7.13")
        raise Invalid({"": WRONG.in_(language)})
    member_door.rightful(ID_SCOPE, ADDRESS_SCOPE, name, address_key)
    return session


def confirm(actor: Actor, code: str) -> bool:
    """Whether ``code`` is a one-time code of this moment of who acts; it is used up by that.

    Belongs to the transaction of the act that it confirms: if that rolls back, the code is as new.
    Counts no failures: the caller does.
    """
    return actor.subject is not None and _code_taken(actor.subject, code)


def let_go(login_id: str) -> None:
    """Somebody stops working here: sessions, password, roles and their record end at once.

    Raises:
        NotFound: nobody has this staff ID.
    """
    subject = known(login_id)
    with keeper():
        credentials.lock(subject)
        register.leave(subject, actor=OPERATOR)
        credentials.forget(subject)
        sessions.end_all(subject)
        held = {one.record: one.kind for one in gate.holdings(subject)}
        destroying.destroy(
            subject,
            held,
            actor=OPERATOR,
            purpose=Purpose.STAFF_AUTHENTICATION,
            reason="employment_ended",
        )


def suspend(login_id: str) -> None:
    """Close an account for now: no session of it lives on. Raises NotFound for an unknown ID."""
    subject = known(login_id)
    with keeper():
        register.suspend(subject, actor=OPERATOR, reason="asked")
        sessions.end_all(subject)


def reopen(login_id: str) -> None:
    """Open a suspended account again. Raises NotFound for an unknown ID."""
    subject = known(login_id)
    with keeper():
        register.reopen(subject)


def train(login_id: str) -> None:
    """Note that somebody was trained today on the policy in force (P7.14)."""
    subject = known(login_id)
    with keeper():
        register.record_training(subject, actor=OPERATOR)


def grant(login_id: str, role: Role, *, reason: str, days: int = ROLE_DAYS) -> None:
    """Give (or give again) a role to somebody who works here. Refuses like :func:`enrol`."""
    subject = known(login_id)
    with keeper():
        until = clock.now() + timedelta(days=days)
        register.grant(subject, role, reason=reason, until=until, actor=OPERATOR)


def demo() -> DemoStaff:
    """The clerk of the demo, enrolled at the first call; the same one at every later call.

    Refuses:
        Refused: this mall answers on more than this machine; its staff are real people.
    """
    if not is_here(urlsplit(settings.YAKSOK_ORIGIN).hostname):
        msg = "refused to make demo staff: this mall answers beyond this machine"
        raise Refused(msg, promise="P7.13")
    password = DataDirectory.from_environment().credential("demo-clerk")[:DEMO_PASSWORD_LENGTH]
    if subject := _found(DEMO_LOGIN):
        with keeper():
            secret = _secret(subject)
            _keep_fit(subject)
    else:
        secret = enrol(
            DEMO_LOGIN, (Role.CLERK,), reason="demo", password=password, trained=True
        ).secret
    return DemoStaff(DEMO_LOGIN, password, secret, _uri(DEMO_LOGIN, secret))


def _keep_fit(subject: SubjectId) -> None:
    """The demo's clerk stays able to work, however long the demo's data lies unused."""
    if Role.CLERK not in access.roles_of(subject):
        register.reopen(subject)
        until = clock.now() + timedelta(days=ROLE_DAYS)
        register.grant(subject, Role.CLERK, reason="demo", until=until, actor=OPERATOR)
    if not access.is_trained(subject):
        register.record_training(subject, actor=OPERATOR)


@retrying
def _begin(subject: SubjectId, code: str, role: Role | None) -> Session | None:
    with keeper():
        roles = access.roles_of(subject)
        acting = role if role in roles else roles[0] if roles and role is None else None
        if acting is None or not _code_taken(subject, code):
            return None
        access.used(subject)
        key = sessions.begin(subject, Audience.STAFF, role=acting.value)
        log.record(
            Event.STAFF_SESSION_OPENED,
            actor=Actor(acting, subject),
            purpose=Purpose.STAFF_AUTHENTICATION,
            promise="P7.13",
        )
    return Session(key, subject)


def _code_taken(subject: SubjectId, code: str) -> bool:
    """Whether ``code`` is one of the codes of now; it is used up by that."""
    typed = "".join(code.split())
    totp = pyotp.TOTP(_secret(subject), interval=STEP_SECONDS)
    now = int(clock.now().timestamp()) // STEP_SECONDS
    fitting = [
        now + around
        for around in STEPS_AROUND
        if hmac.compare_digest(totp.generate_otp(now + around).encode(), typed.encode())
    ]
    return bool(fitting) and access.take_step(subject, fitting[0])


def _secret(subject: SubjectId) -> str:
    opened = gate.open_items(
        subject,
        [Item.TOTP_SECRET],
        kind=RecordKind.STAFF_ACCOUNT,
        purpose=Purpose.STAFF_AUTHENTICATION,
        actor=AT_THE_DOOR,
    )
    return opened[Item.TOTP_SECRET].reveal()


def _found(name: str) -> SubjectId | None:
    with keeper():
        found = gate.find(
            RecordKind.STAFF_ACCOUNT,
            Item.LOGIN_ID,
            name,
            purpose=Purpose.STAFF_AUTHENTICATION,
            actor=AT_THE_DOOR,
        )
    return found[0] if found else None


def known(login_id: str) -> SubjectId:
    """Who has this staff ID, typed exactly. Raises NotFound when nobody has."""
    subject = _found(member_door.normal(login_id))
    if subject is None:
        msg = "nobody has this staff ID"
        raise NotFound(msg)
    return subject


def _uri(login_id: str, secret: str) -> str:
    mall = policy().document.body.mall.name.en
    return pyotp.TOTP(secret, interval=STEP_SECONDS).provisioning_uri(
        name=login_id, issuer_name=mall
    )
