"""A child is old enough: the guardian's say ends, and the person is asked for their own consent.

It is looked for on the first day of each month: whoever was born in a month is surely of age when that
month is over. Until they answer nothing of theirs is used; who does not answer in time is forgotten.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import structlog

from yaksok.database.roles import keeper, retrying
from yaksok.journeys import guardianship, log_in, membership_end, tell
from yaksok.journeys import password as passwords
from yaksok.journeys.sign_up import CANNOT_JOIN
from yaksok.journeys.speaking import last_day
from yaksok.kernel import clock
from yaksok.kernel.actor import Actor
from yaksok.kernel.errors import Invalid, NotFound, YaksokError
from yaksok.kernel.ids import SubjectId
from yaksok.mall.accounts import credentials, sessions
from yaksok.policy import forms
from yaksok.policy.in_force import policy
from yaksok.policy.notice import NOTICE_CHANGED, Notice, notice
from yaksok.policy.retention import Period
from yaksok.policy.vocabulary import AgeClass, FormName, Item, Language, Purpose, RecordKind
from yaksok.privacy.audit import log
from yaksok.privacy.audit.events import Event
from yaksok.privacy.consent import campaigns, ledger
from yaksok.privacy.consent import wards as standing
from yaksok.privacy.guardians import of_age, wards
from yaksok.privacy.guardians.wards import Ward
from yaksok.privacy.post import outbox
from yaksok.privacy.post.letters import Template
from yaksok.privacy.retention import destroying
from yaksok.privacy.retention.certificate import Certificate
from yaksok.privacy.vault import gate

MALL = Actor.system("coming_of_age")
FORM = FormName.COMING_OF_AGE
ALSO = frozenset({"login_id", "notice", "password"})
CAME, SILENT, NO = "came_of_age", "own_consent_silent", "own_consent_refused"
LOG_IN_PATH = "/log-in"
AT_ONCE = 200

notes = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Looked:
    """Figures of one round: how many came of age, and how many were forgotten who did not answer."""

    grown: int
    forgotten: int


@dataclass(frozen=True, slots=True)
class OwnConsent:
    """What the page shows: the form, and the notice whose hash comes back with it."""

    form: forms.Form
    notice: Notice


def look() -> Looked:
    """Hand over to whoever is surely of age, and forget whoever did not answer in time. A job.

    Safe at any time, by several workers at once; of each child the month of birth is opened once a
    month, and by nobody but the mall. Whose use is stopped is looked at again in the next month.

    Records:
        Event.GUARDIAN_CHILD_GREW, Event.RETENTION_RECORD_DESTROYED.
    """
    month = of_age.month_of(clock.now())
    grown = forgotten = 0
    while True:
        with keeper():
            some = wards.unlooked(month, AT_ONCE)
        if not some:
            break
        for ward in some:
            try:
                came, letter = _look_at(ward.child)
            except YaksokError as error:  # one damaged record holds up nobody else
                notes.warning("coming_of_age.failed", exception=type(error).__name__)
                with keeper():
                    wards.looked(ward.child, month)
                continue
            grown += came
            guardianship.send_last(letter)
    with keeper():
        silent = wards.silent(AT_ONCE)
    for child in silent:
        forgotten += _forget(child)
    return Looked(grown, forgotten)


def begin(language: Language) -> OwnConsent:
    """The form by which somebody who is now of age stays, and its notice."""
    return OwnConsent(forms.form(policy(), FORM), notice(policy(), FORM, language))


def agree(
    posted: Mapping[str, str], *, notice: str, language: Language, address_key: str = ""
) -> SubjectId:
    """The person, who is of age now, agrees for themself and stays a member.

    ``posted`` holds ``login_id`` and ``password`` beside the form: no session begins before this.

    Raises:
        Undeclared: a field that the policy does not declare.
        Invalid: what to do, by field; ID or password wrong, or nothing to agree to.
        Throttled: too many wrong passwords.

    Records:
        Event.CONSENT_NOTICE_RECEIVED, Event.VAULT_RECORD_AMENDED.

    Source:
        P9.2: a guardian decides for a child, and for nobody else.
    """
    shown = begin(language)
    values = forms.read(shown.form, posted, language, also=ALSO)
    if notice != shown.notice.hash:
        raise Invalid({"": NOTICE_CHANGED.in_(language)})
    subject = _who(posted, language, address_key)
    try:
        _stay(subject, shown, values, language)
    except gate.AlreadyHeld:
        raise Invalid({Item.EMAIL.value: CANNOT_JOIN.in_(language)}) from None
    return subject


def decline(posted: Mapping[str, str], *, language: Language, address_key: str = "") -> Certificate:
    """The person, who is of age now, does not agree: everything of theirs is destroyed.

    Raises:
        Invalid: ID or password wrong, or nothing to answer.
        Throttled: too many wrong passwords.
    """
    subject = _who(posted, language, address_key)
    with keeper():
        credentials.lock(subject)
        _waiting(subject)
        return membership_end.end(subject, actor=Actor.member(subject), reason=NO)


def must_answer(subject: SubjectId) -> bool:
    """Whether ``subject`` is of age now and has not answered; then no session begins."""
    ward = wards.of(subject)
    return ward is not None and ward.must_answer


def _who(posted: Mapping[str, str], language: Language, address_key: str) -> SubjectId:
    name = log_in.normal(posted.get("login_id", ""))
    log_in.count(log_in.ID_SCOPE, log_in.ADDRESS_SCOPE, name, address_key)
    subject = log_in.found(name)
    proven = passwords.proven(subject, posted.get("password", ""))
    with keeper():
        waits = subject is not None and proven is not None and must_answer(subject)
    if subject is None or not waits:
        raise Invalid({"": log_in.WRONG.in_(language)})
    log_in.rightful(log_in.ID_SCOPE, log_in.ADDRESS_SCOPE, name, address_key)
    return subject


@retrying
def _stay(
    subject: SubjectId, shown: OwnConsent, values: Mapping[str, str], language: Language
) -> None:
    with keeper():
        shown.notice.must_be_of(policy(), language)
        if not credentials.lock(subject):
            raise NotFound(guardianship.GONE)
        _waiting(subject)
        ledger.receive(
            subject,
            given={box.name: box.name in values for box in shown.form.boxes},
            notice=shown.notice.hash,
            policy_version=shown.notice.version,
            language=language,
        )
        standing.come_of_age(subject)
        record = next(o.record for o in gate.holdings(subject) if o.kind is RecordKind.MEMBERSHIP)
        given = shown.form.of(RecordKind.MEMBERSHIP).items()
        put = {item: values[name] for name, item in given if name in values}
        gate.amend(
            subject,
            RecordKind.MEMBERSHIP,
            {**put, Item.AGE_CLASS: AgeClass.ADULT.value},
            purpose=Purpose.RIGHTS,
            actor=Actor.member(subject),
            record=record,
        )
        gate.set_end(subject, record, None)
        wards.forget(subject)
        campaigns.ask_newcomer(subject)
        log.record(
            Event.CONSENT_NOTICE_RECEIVED,
            actor=Actor.member(subject),
            trail=gate.trail_of(subject),
            kinds=[RecordKind.MEMBERSHIP],
            promise="P9.2",
        )
        tell.email_changed(subject, language=language)


def _waiting(subject: SubjectId) -> Ward:
    ward = wards.of(subject, lock=True)
    if ward is None or not ward.must_answer:
        raise NotFound(guardianship.GONE)
    return ward


@retrying
def _look_at(child: SubjectId) -> tuple[bool, outbox.Sealed | None]:
    """Whether the child came of age just now, and the last letter to the guardian."""
    with keeper():
        ward = wards.of(child, lock=True)
        if ward is None or ward.guardian is None:
            return False, None
        if ledger.standing(child).restricted or not _is_of_age(child):
            wards.looked(child, of_age.month_of(clock.now()))
            return False, None
        return True, _hand_over(child, ward.guardian)


def _is_of_age(child: SubjectId) -> bool:
    held = [one.record for one in gate.holdings(child) if one.kind is RecordKind.CHILDHOOD]
    if not held:
        msg = "no month of birth is held of this child"
        raise NotFound(msg)
    opened = gate.open_items(
        child,
        [Item.BIRTH_MONTH],
        kind=RecordKind.CHILDHOOD,
        purpose=Purpose.GUARDIAN_CONSENT,
        actor=MALL,
        record=held[0],
    )
    old_enough = policy().document.body.children.age
    return of_age.is_surely(opened[Item.BIRTH_MONTH].reveal(), old_enough, clock.now())


def _hand_over(child: SubjectId, guardian: SubjectId) -> outbox.Sealed | None:
    asked = guardianship.known(guardian)
    until = Period.parse(policy().document.body.children.own_consent).after(clock.now())
    letter = guardianship.last_letter(
        asked,
        Template.GUARDIAN_OVER,
        {"path": LOG_IN_PATH, "day": last_day(until, asked.language)},
    )
    guardianship.destroy(asked, actor=MALL, purpose=Purpose.GUARDIAN_CONSENT, reason=CAME)
    standing.release(child)
    wards.of_age(child, until=until)
    sessions.end_all(child)
    held = gate.holdings(child)
    destroying.destroy(
        child,
        {one.record: one.kind for one in held if one.kind is RecordKind.CHILDHOOD},
        actor=MALL,
        purpose=Purpose.GUARDIAN_CONSENT,
        reason=CAME,
    )
    for one in held:
        if one.kind is RecordKind.MEMBERSHIP:
            gate.set_end(child, one.record, until)
    log.record(
        Event.GUARDIAN_CHILD_GREW,
        actor=MALL,
        trail=gate.trail_of(child),
        purpose=Purpose.GUARDIAN_CONSENT,
        promise="P9.2",
    )
    return letter


@retrying
def _forget(child: SubjectId) -> int:
    with keeper():
        credentials.lock(child)
        ward = wards.of(child, lock=True)
        if ward is None or ward.answer_until is None or ward.answer_until > clock.now():
            return 0
        membership_end.end(child, actor=MALL, reason=SILENT)
    return 1
