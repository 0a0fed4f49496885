"""A child names their guardian, and waits. Nothing else of the child is asked, and nothing is kept."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from yaksok.database.roles import keeper, retrying
from yaksok.guard import throttle
from yaksok.journeys import guardianship
from yaksok.journeys.speaking import last_day
from yaksok.kernel.actor import Actor
from yaksok.kernel.errors import Invalid
from yaksok.kernel.ids import new_subject_id
from yaksok.policy import forms
from yaksok.policy.in_force import policy
from yaksok.policy.notice import NOTICE_CHANGED, Notice, notice
from yaksok.policy.vocabulary import FormName, Language, Purpose, RecordKind
from yaksok.privacy.audit import log
from yaksok.privacy.audit.events import Event
from yaksok.privacy.consent import ledger
from yaksok.privacy.guardians import asking, keys, wards
from yaksok.privacy.guardians.methods.by_letter import normal_code
from yaksok.privacy.guardians.notice import asking_first
from yaksok.privacy.post import tokens
from yaksok.privacy.post.letters import Template
from yaksok.privacy.vault import gate

VISITOR = Actor.visitor()
ALSO = frozenset({"notice"})
FORM = FormName.CHILD_GUARDIAN

FROM_ONE_ADDRESS, TO_ONE_CONTACT = 10, 3
HOUR, DAY = 3600, 86_400
"""How often one address may name a guardian in an hour, and one contact be named in a day."""


class State(StrEnum):
    """Where a child who waits stands."""

    AGREED = "agreed"
    """The guardian agreed: the account can be made."""
    GONE = "gone"
    """There is nothing to wait for: no answer in time, a no, or an account already."""
    WAITING = "waiting"


@dataclass(frozen=True, slots=True)
class Asked:
    """What the page shows before: the form, its notice, and what a child is told first."""

    form: forms.Form
    notice: Notice
    told: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Waiting:
    """The key that the child holds, shown once and kept as a hash; and until when they wait."""

    key: str
    until: datetime


def begin(language: Language) -> Asked:
    """The form for the guardian's name and contact.

    Refuses:
        GuardianNeeded: this mall takes nothing of children.
    """
    guardianship.must_be_asked()
    return Asked(
        forms.form(policy(), FORM), notice(policy(), FORM, language), asking_first(language)
    )


def ask(
    posted: Mapping[str, str], *, notice: str, language: Language, address_key: str = ""
) -> Waiting:
    """Ask the guardian whom a child named; the letter goes into the outbox of the same transaction.

    Of the child nothing is kept, not even that there is one. What is kept of the guardian destroys
    itself after five days, by the calendar, unless they agree (P9.2).

    Raises:
        Undeclared: a field that the policy does not declare.
        Invalid: what to do, by field.
        Throttled: too many named from one address, or one contact named too often.

    Refuses:
        GuardianNeeded: this mall takes nothing of children.

    Records:
        Event.CONSENT_NOTICE_RECEIVED and the vault's Event.VAULT_RECORD_SEALED.

    Source:
        PIPA 22-2, Decree 17-2(2), Standard Guideline 13.
    """
    shown = begin(language)
    values = forms.read(shown.form, posted, language, also=ALSO)
    if notice != shown.notice.hash:
        raise Invalid({"": NOTICE_CHANGED.in_(language)})
    throttle.spend("guardian:asked", address_key, limit=FROM_ONE_ADDRESS, seconds=HOUR)
    for name in ("guardian_email", "guardian_phone"):
        if name in values:
            contact = hashlib.sha256(values[name].casefold().encode()).digest()
            throttle.spend("guardian:named", contact, limit=TO_ONE_CONTACT, seconds=DAY)
    return _ask(shown, values, language)


@retrying
def _ask(shown: Asked, values: Mapping[str, str], language: Language) -> Waiting:
    fields = shown.form.of(RecordKind.GUARDIAN)
    guardian, until = new_subject_id(), guardianship.silence_ends()
    with keeper():
        shown.notice.must_be_of(policy(), language)
        receipt = ledger.receive(
            guardian,
            given={},
            notice=shown.notice.hash,
            policy_version=shown.notice.version,
            language=language,
        )
        record = gate.seal(
            guardian,
            RecordKind.GUARDIAN,
            {item: values[name] for name, item in fields.items() if name in values},
            purpose=Purpose.GUARDIAN_CONSENT,
            actor=VISITOR,
            receipt=receipt,
            destroy_after=until,
        )
        asked, key = asking.begin(guardian, record, language=language, until=until)
        letter = guardianship.write(
            asked,
            Template.GUARDIAN_ASKED,
            {
                "path": guardianship.ANSWER_PATH,
                "number": asked.number,
                "day": last_day(until, language),
            },
        )
        code = tokens.code_of(tokens.token_of(guardian, letter, tokens.GUARDIAN_ASKED))
        keys.keep(keys.Use.CODE, guardian, normal_code(code))
        log.record(
            Event.CONSENT_NOTICE_RECEIVED,
            actor=VISITOR,
            trail=gate.trail_of(guardian),
            kinds=[RecordKind.GUARDIAN],
            promise="P9.2",
        )
    return Waiting(key, until)


def state(key: str) -> State:
    """Where the child stands who holds ``key``. Opens nothing, and says nothing about anybody."""
    with keeper():
        guardian = keys.owner(keys.Use.CHILD, key)
        found = asking.of(guardian) if guardian else None
        if found is None or guardian is None or wards.of_guardian(guardian) is not None:
            return State.GONE
        if found.confirmed:
            return State.AGREED
        return State.WAITING if found.open else State.GONE
