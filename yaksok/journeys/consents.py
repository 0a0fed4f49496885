"""What a person allowed, and changing that: at once, and as easily as it was given.

Names of consents are those of the document; ``disclose:<recipient>`` is handing over to a third party;
the points of a published change are answered through :func:`answer`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from yaksok.database.roles import keeper, retrying
from yaksok.journeys import ad_addresses, programmes
from yaksok.journeys import consent_words as words
from yaksok.kernel.actor import Actor
from yaksok.kernel.errors import Invalid, NotFound
from yaksok.kernel.ids import SubjectId
from yaksok.mall.accounts import credentials
from yaksok.policy import in_force
from yaksok.policy.compile import Policy
from yaksok.policy.entries import Text
from yaksok.policy.facts import Facts
from yaksok.policy.impact import question
from yaksok.policy.notice import NOTICE_CHANGED
from yaksok.policy.vocabulary import AgeClass, Item, Language, Purpose
from yaksok.privacy.audit import log
from yaksok.privacy.audit.events import Event
from yaksok.privacy.consent import campaigns, ledger
from yaksok.privacy.disclosure import handover
from yaksok.privacy.guardians.age import GuardianNeeded
from yaksok.privacy.published import obeying, register
from yaksok.privacy.retention import destroying
from yaksok.privacy.rights import register as requests
from yaksok.privacy.vault import gate


@dataclass(frozen=True, slots=True)
class Consent:
    """One consent that can be given and withdrawn. The rest is None while it was never answered.

    ``mark`` is the hash of its words as they are shown, and comes back with the form.
    """

    name: str
    text: str
    refusing: str
    items: tuple[str, ...]
    mark: str
    stands: bool
    at: datetime | None
    policy_version: str | None
    channel: str | None
    receipt: UUID | None


@dataclass(frozen=True, slots=True)
class Question:
    """One thing that a published change asks. ``agreed`` is None as long as it is not answered."""

    number: int
    version: str
    point: str
    text: str
    asked_at: datetime
    answered_at: datetime | None
    agreed: bool | None
    effective_at: datetime


@dataclass(frozen=True, slots=True)
class Consents:
    """The whole page."""

    consents: tuple[Consent, ...]
    questions: tuple[Question, ...]

    @property
    def pending(self) -> int:
        """How many questions wait for an answer."""
        return sum(question.agreed is None for question in self.questions)


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """What went with a consent: the items that only it justified, gone here now.

    ``unreadable_by`` is when no backup can bring them back (P3.8); None when nothing was held.
    """

    items: tuple[Item, ...]
    told: int
    unreadable_by: datetime | None


def view(actor: Actor, language: Language) -> Consents:
    """Everything that the person allowed and was asked; what they refused is in the refusal centre."""
    subject = _who(actor)
    with keeper():
        facts, receipts = ledger.standing(subject), ledger.receipts(subject)
        policy = in_force.policy()
        return Consents(
            consents=tuple(
                _consent(policy, name, text, facts, receipts, language)
                for name, text in words.offered(policy).items()
                if name in facts.consents or programmes.open_to_consent(name)
            ),
            questions=tuple(_question(one, language) for one in campaigns.questions(subject)),
        )


def pending(actor: Actor) -> int:
    """How many questions about a change wait for the person's answer."""
    with keeper():
        return campaigns.pending(_who(actor))


@retrying
def give(
    actor: Actor,
    name: str,
    *,
    language: Language,
    mark: str = "",
    given: Mapping[Item, str] = ad_addresses.NOTHING,
) -> None:
    """Agree to the consent ``name``. It can be withdrawn in one act.

    Arguments:
        mark: That of the words which the person read; "" when no page showed them.
        given: Items that go with it: where advertising may be sent that needs an address of its own.

    Raises:
        NotFound: the policy in force asks no such consent, or the member left meanwhile.
        GuardianNeeded: a child agrees to nothing alone (P9.1, P9.7).
        Invalid: it says something else by now than what was read, or a refusal of the person
            stands against it and must be lifted first (P4.8, P4.9); nothing is given.

    Records:
        Event.CONSENT_ANSWER_GIVEN.
    """
    subject = _who(actor)
    with keeper():
        credentials.must_lock(subject)
        if ledger.standing(subject).age is AgeClass.CHILD:
            raise GuardianNeeded
        _must_be_offered(name)
        if not programmes.open_to_consent(name):
            msg = "nothing is given to this company now, so nobody is asked"
            raise NotFound(msg)
        if mark and mark != words.mark(in_force.policy(), name, language):
            raise Invalid({"": NOTICE_CHANGED.in_(language)})
        refusal = words.in_the_way(in_force.policy(), name, ledger.standing(subject))
        if refusal:
            raise Invalid({"": words.LIFT_FIRST[refusal].in_(language)})
        receipt = _settle(subject, actor, {name: True}, language)
        programmes.agreed(subject, name)
        ad_addresses.take(
            subject, name, actor=actor, receipt=receipt, language=language, given=given
        )


@retrying
def withdraw(
    actor: Actor, name: str, *, language: Language, channel: str = ledger.WEB
) -> Withdrawal:
    """Take the consent ``name`` back: nothing more is collected by it, and what it justified goes.

    All in one transaction: the items are taken out of their records and those re-sealed under new
    keys, whoever received them is told, and the consent no longer stands (P1.10-P1.12, P4.7).

    Arguments:
        channel: By which way the person asked: ``web``, ``phone``, ``mail`` …

    Raises:
        NotFound: the policy in force asks no such consent, or the member left meanwhile.

    Records:
        Event.VAULT_RECORD_AMENDED or VAULT_RECORD_ERASED, Event.CONSENT_ANSWER_GIVEN,
        Event.RIGHTS_REQUEST_ANSWERED.
    """
    subject = _who(actor)
    with keeper():
        _must_be_offered(name)
        credentials.must_lock(subject)
        told = programmes.taken_back(subject, (name,), actor=actor)
        items, also_told = _delete(subject, actor, name)
        told += also_told
        _settle(subject, actor, {name: False}, language, channel)
        if items:
            requests.answered_at_once(
                subject,
                requests.Kind.DELETE,
                items=items,
                outcome=requests.Outcome.DONE,
                actor=actor,
                trail=gate.trail_of(subject),
            )
        return Withdrawal(tuple(sorted(items)), told, gate.unreadable_by() if items else None)


@retrying
def answer(actor: Actor, number: int, agreed: Mapping[str, bool], *, language: Language) -> None:
    """Answer what version ``number`` asks. What is left out is decided later.

    Raises:
        NotFound: this was never put to the person, or the member left meanwhile.

    Records:
        Event.CONSENT_ANSWER_GIVEN.
    """
    subject = _who(actor)
    with keeper():
        credentials.must_lock(subject)
        put = {one.point for one in campaigns.questions(subject) if one.number == number}
        version = register.version(number)
        if version is None or not agreed.keys() <= put:
            msg = "this was never put to the person"
            raise NotFound(msg)
        texts = sorted(_question_text(number, point, language) for point in agreed)
        campaigns.answer(
            subject,
            number,
            agreed,
            notice=words.hash_of(version.version, *texts),
            policy_version=version.version,
            language=language,
        )
        _record(subject, actor)


def _who(actor: Actor) -> SubjectId:
    if actor.subject is None:
        msg = "there is nothing to allow for somebody who is not known"
        raise NotFound(msg)
    return actor.subject


def _must_be_offered(name: str) -> None:
    if name not in words.offered(in_force.policy()):
        msg = "the policy asks no such consent"
        raise NotFound(msg)


def _consent(
    policy: Policy,
    name: str,
    text: Text,
    facts: Facts,
    receipts: tuple[ledger.Receipt, ...],
    language: Language,
) -> Consent:
    last = next((one for one in receipts if name in one.given or name in one.withheld), None)
    return Consent(
        name=name,
        text=text.in_(language),
        refusing=words.refusing(policy, name).in_(language),
        items=words.items(policy, name, language),
        mark=words.mark(policy, name, language),
        stands=name in facts.consents,
        at=last.at if last else None,
        policy_version=last.policy_version if last else None,
        channel=last.channel if last else None,
        receipt=last.id if last else None,
    )


def _question(one: campaigns.Question, language: Language) -> Question:
    version = register.version(one.number)
    if version is None:
        raise NotFound
    return Question(
        number=one.number,
        version=version.version,
        point=one.point,
        text=_question_text(one.number, one.point, language),
        asked_at=one.asked_at,
        answered_at=one.answered_at,
        agreed=one.agreed,
        effective_at=version.effective_at,
    )


def _question_text(number: int, point: str, language: Language) -> str:
    """The words of ``point`` as version ``number`` has them."""
    return question(obeying.compiled(number), point).in_(language)


def _delete(subject: SubjectId, actor: Actor, name: str) -> tuple[set[Item], int]:
    """Erase what only ``name`` justified. Returns the items, and how many recipients are told."""
    gone: set[Item] = set()
    told = 0
    records = in_force.policy().document.body.records
    for held in gate.holdings(subject):
        declared = records.get(held.kind)
        if declared is None:
            continue
        if declared.consent == name:
            told += handover.recall(subject, [held.record], actor=actor)
            destroying.destroy(
                subject,
                {held.record: held.kind},
                actor=actor,
                purpose=Purpose.RIGHTS,
                reason="withdrawn",
            )
            gone |= set(declared.items)
            continue
        wanted = {item for item, entry in declared.items.items() if entry.consent == name}
        one = (subject, held.record)
        whole = gate.given([one], kind=held.kind).get(one, frozenset()) if wanted else frozenset()
        given = wanted & whole
        if given and given == whole:
            told += handover.recall(subject, [held.record], actor=actor)
            destroying.destroy(
                subject,
                {held.record: held.kind},
                actor=actor,
                purpose=Purpose.RIGHTS,
                reason="withdrawn",
            )
            gone |= given
        elif given:
            gate.amend(
                subject,
                held.kind,
                {},
                purpose=Purpose.RIGHTS,
                actor=actor,
                record=held.record,
                without=given,
            )
            told += handover.correct(subject, held.record, actor=actor)
            gone |= given
    return gone, told


def _settle(
    subject: SubjectId,
    actor: Actor,
    answers: Mapping[str, bool],
    language: Language,
    channel: str = ledger.WEB,
) -> ledger.Receipt:
    """Write the answers with a receipt over the text that was shown."""
    policy = in_force.policy()
    texts = words.offered(policy)
    receipt = ledger.decide(
        subject,
        answers,
        notice=words.hash_of(policy.version, *(texts[n].in_(language) for n in sorted(answers))),
        policy_version=policy.version,
        language=language,
        channel=channel,
    )
    _record(subject, actor)
    return receipt


def _record(subject: SubjectId, actor: Actor) -> None:
    log.record(
        Event.CONSENT_ANSWER_GIVEN, actor=actor, trail=gate.trail_of(subject), promise="P1.10"
    )
