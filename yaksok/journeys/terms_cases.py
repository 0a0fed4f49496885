"""Ending a membership under article 7 of the terms: warned, told, heard, decided by two (P3.4).

No step can be left out. A case begins with a warning, in which the membership is limited; only if the
same happens twice more, or is not put right in 30 days, the member is told that the membership may
end; only 30 days after that, and what they say in them, two officers decide together.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from uuid import UUID

from yaksok.database.roles import keeper, retrying
from yaksok.journeys import log_in, membership_end, terms_letters
from yaksok.journeys.terms_words import GROUNDS
from yaksok.kernel import clock
from yaksok.kernel.actor import Actor, Role
from yaksok.kernel.errors import Invalid, NotFound, Refused
from yaksok.kernel.ids import SubjectId
from yaksok.mall.accounts import credentials
from yaksok.policy import forms
from yaksok.policy.entries import Text
from yaksok.policy.in_force import policy
from yaksok.policy.law.tables import tables
from yaksok.policy.notice import NOTICE_CHANGED, Notice, notice
from yaksok.policy.retention import Period
from yaksok.policy.vocabulary import FormName, Item, Language, Purpose, RecordKind
from yaksok.privacy.audit import log
from yaksok.privacy.audit.events import Event
from yaksok.privacy.consent import ledger
from yaksok.privacy.post import outbox
from yaksok.privacy.retention import cases, ends
from yaksok.privacy.retention.cases import Case, Ground, Stage
from yaksok.privacy.retention.certificate import Certificate
from yaksok.privacy.vault import gate

MALL = Actor.system("terms_cases")
LOST = "membership_lost"
CURE = Period.parse("P30D")
"""How long a member has to put right what is wrong (terms, article 7, paragraph 3)."""
REPEATS = 2
"""How often the same must happen again before the membership may be ended (as above)."""

NO_MEMBER = Text(ko="그런 아이디의 회원이 없습니다.", en="There is no member with this ID.")
OPEN_ALREADY = Text(
    ko="이 회원에게는 끝나지 않은 절차가 이미 있습니다.",
    en="There is a case about this member that is not closed.",
)
WRONG_GROUND = Text(ko="사유를 하나 고릅니다.", en="Choose one of the grounds.")
OVER = Text(
    ko="이 절차는 끝났거나 아직 설명을 받을 때가 아니에요.",
    en="This case is closed, or it is not yet the time to explain.",
)


@dataclass(frozen=True, slots=True)
class Mine:
    """What the member's page shows of their case: the case, the form and its notice."""

    case: Case
    why: str
    form: forms.Form
    notice: Notice
    explained: str


def hearing() -> Period:
    """How long a member has to explain, by the law table: 30 days at least."""
    return Period.parse(tables().deadline["dispute_explanation"].period)


def may_notice(case: Case) -> bool:
    """Whether the warning came to nothing, so that the member can be told what may follow."""
    uncured = clock.now() >= case.cure_until
    return case.stage is Stage.WARNED and (case.repeats >= REPEATS or uncured)


def may_decide(case: Case) -> bool:
    """Whether the time to explain is over."""
    return case.explain_until is not None and clock.now() >= case.explain_until


def every(actor: Actor) -> tuple[Case, ...]:
    """All cases, the newest first. For officers, and for the audit committee."""
    if actor.role not in {Role.OFFICER, Role.AUDITOR}:
        msg = f"refused to show the cases to {actor.role}: they are the officer's"
        raise Refused(msg, promise="P7.13")
    with keeper():
        return tuple(cases.every())


@retrying
def warn(login_id: str, ground: str, *, actor: Actor, language: Language) -> UUID:
    """Open a case: the membership is limited from now on, and the member is told why.

    Arguments:
        login_id: Of the member, exactly; there is no list to choose from.
        ground: One of the reasons that the terms name.

    Raises:
        Invalid: no such member or ground, or a case about the member is open.

    Records:
        Event.VAULT_VALUE_SOUGHT, Event.RETENTION_CASE_MOVED.
    """
    _officer(actor)
    if ground not in set(Ground):
        raise Invalid({"ground": WRONG_GROUND.in_(language)})
    with keeper():
        found = gate.find(
            RecordKind.MEMBERSHIP,
            Item.LOGIN_ID,
            log_in.normal(login_id),
            purpose=Purpose.MEMBER_SERVICE,
            actor=MALL,
        )
        if found is None or not credentials.lock(found[0]):
            raise Invalid({"login_id": NO_MEMBER.in_(language)})
        subject = found[0]
        if any(one.is_open for one in cases.of(subject)):
            raise Invalid({"login_id": OPEN_ALREADY.in_(language)})
        at = clock.now()
        key = cases.add(subject, Ground(ground), by=_by(actor), at=at, cure_until=CURE.after(at))
        case = cases.locked(key)
        terms_letters.warned(case)
        _moved(case, actor)
    return key


@retrying
def repeated(case_id: UUID, *, actor: Actor) -> None:
    """The same happened once more since the warning."""
    _officer(actor)
    with keeper():
        case = cases.locked(case_id)
        _must_stand(case, Stage.WARNED)
        cases.repeated(case)
        _moved(case, actor, "repeated")


@retrying
def cured(case_id: UUID, *, actor: Actor) -> None:
    """What was wrong is put right: the limit is lifted, and the member is told."""
    _officer(actor)
    with keeper():
        case = cases.locked(case_id)
        _must_stand(case, *cases.OPEN)
        _close(case, Stage.CURED, actor)


@retrying
def give_notice(case_id: UUID, *, actor: Actor) -> None:
    """Tell the member that the membership may end, why, and until when they can explain.

    Refuses:
        Refused: it has happened again less than twice, and there is time to put it right (P3.4).
    """
    _officer(actor)
    with keeper():
        case = cases.locked(case_id)
        _must_stand(case, Stage.WARNED)
        if not may_notice(case):
            msg = "refused to begin ending a membership: there is still time to put it right"
            raise Refused(msg, promise="P3.4")
        at = clock.now()
        cases.notice(case, at=at, explain_until=hearing().after(at))
        case = cases.locked(case_id)
        terms_letters.noticed(case)
        _moved(case, actor)


def mine(actor: Actor, language: Language) -> Mine | None:
    """The case about the member who asks that is open, or was closed last; None without one.

    Records:
        Event.VAULT_ITEMS_OPENED when the member explained before.
    """
    subject = _by(actor)
    with keeper():
        found = cases.of(subject)
        if not found:
            return None
        case = found[0]
        return Mine(
            case,
            GROUNDS[case.ground].in_(language),
            forms.form(policy(), FormName.TERMS_CASE),
            notice(policy(), FormName.TERMS_CASE, language),
            _read(case, actor, Purpose.RIGHTS) if _is_held(case) else "",
        )


@retrying
def explain(posted: Mapping[str, str], *, actor: Actor, language: Language) -> None:
    """What the member says for themself, sealed. A decision that was only proposed waits anew.

    Raises:
        Undeclared, Invalid: as at every form; or there is nothing to explain now.

    Records:
        Event.VAULT_RECORD_SEALED, Event.RETENTION_CASE_MOVED.
    """
    shown = forms.form(policy(), FormName.TERMS_CASE)
    values = forms.read(shown, posted, language, also=frozenset({"notice"}))
    told = notice(policy(), FormName.TERMS_CASE, language)
    if posted.get("notice", "") != told.hash:
        raise Invalid({"": NOTICE_CHANGED.in_(language)})
    subject = _by(actor)
    with keeper():
        open_ = [one for one in cases.of(subject) if one.is_open and one.noticed_at]
        if not open_:
            raise Invalid({"": OVER.in_(language)})
        case = cases.locked(open_[0].id)
        at = clock.now()
        record = gate.seal(
            subject,
            RecordKind.TERMS_CASE,
            {Item.BODY: values[Item.BODY]},
            purpose=Purpose.RIGHTS,
            actor=actor,
            receipt=ledger.receive(
                subject,
                given={},
                notice=told.hash,
                policy_version=policy().version,
                language=language,
            ),
        )
        ends.traded(subject, record, at=at)
        if case.explanation is not None and _is_held(case):
            ends.happened(subject, case.explanation, RecordKind.TERMS_CASE, at=at)
        cases.explain(case, record, at=at)
        if case.stage is Stage.PROPOSED:
            cases.send_back(case)
        _moved(case, actor, "explained")


def read(case_id: UUID, *, actor: Actor) -> str:
    """What the member said, for an officer who decides; "" when they said nothing.

    Records:
        Event.VAULT_ITEMS_OPENED.
    """
    _officer(actor)
    with keeper():
        case = cases.locked(case_id)
        return _read(case, actor, Purpose.MEMBER_SERVICE) if _is_held(case) else ""


@retrying
def propose(case_id: UUID, outcome: Stage, *, actor: Actor) -> None:
    """One officer's word: lost or kept. Nothing happens until another one agrees.

    Refuses:
        Refused: the time to explain is not over (P3.4).
    """
    _officer(actor)
    with keeper():
        case = cases.locked(case_id)
        _must_stand(case, Stage.NOTICED)
        _must_be_heard(case)
        if outcome not in {Stage.KEPT, Stage.LOST}:
            msg = "a membership is kept or lost; there is nothing else to decide"
            raise Refused(msg, promise="P3.4")
        cases.propose(case, outcome, by=_by(actor), at=clock.now())
        _moved(replace(case, stage=Stage.PROPOSED), actor, f"proposed_{outcome.value}")


def decide(case_id: UUID, *, agrees: bool, actor: Actor) -> Certificate | None:
    """The second officer's word. If both say that it is lost, the membership ends in this moment.

    Then all that was held is destroyed as by leaving, and the last letter carries the certificate.
    If the second one does not agree, the case is where it was before the proposal.

    Returns:
        The certificate, when the membership was ended.

    Refuses:
        Refused: the same person proposed it, nobody did, or the member was not heard (P3.4).

    Records:
        Event.RETENTION_CASE_MOVED, and all that leaving records.
    """
    done, letter = _decide(case_id, agrees=agrees, actor=actor)
    if letter is not None:
        outbox.send_sealed(letter)
    return done


@retrying
def _decide(
    case_id: UUID, *, agrees: bool, actor: Actor
) -> tuple[Certificate | None, outbox.Sealed | None]:
    _officer(actor)
    with keeper():
        case = cases.locked(case_id)
        _must_stand(case, Stage.PROPOSED)
        _must_be_heard(case)
        if case.proposed_by == actor.subject:
            msg = "refused to decide alone: a second person must agree or disagree"
            raise Refused(msg, promise="P3.4")
        if not agrees:
            cases.send_back(case)
            _moved(replace(case, stage=Stage.NOTICED), actor, "sent_back")
            return None, None
        if case.proposal == Stage.KEPT:
            _close(case, Stage.KEPT, actor)
            return None, None
        return _lose(case, actor)


def _lose(case: Case, actor: Actor) -> tuple[Certificate, outbox.Sealed | None]:
    credentials.must_lock(case.subject)
    letter = terms_letters.lost(case)
    cases.close(case, Stage.LOST, by=actor.subject, at=clock.now())
    _moved(replace(case, stage=Stage.LOST), actor)
    done = membership_end.end(case.subject, actor=MALL, reason=LOST)
    return done, terms_letters.with_certificate(case, letter, done)


def _close(case: Case, stage: Stage, actor: Actor) -> None:
    at = clock.now()
    cases.close(case, stage, by=_by(actor), at=at)
    if case.explanation is not None and _is_held(case):
        ends.happened(case.subject, case.explanation, RecordKind.TERMS_CASE, at=at)
        ends.traded(case.subject, case.explanation, at=case.explained_at or at)
    terms_letters.kept(case)
    _moved(replace(case, stage=stage), actor)


def _is_held(case: Case) -> bool:
    held = {one.record for one in gate.holdings(case.subject)}
    return case.explanation in held


def _read(case: Case, actor: Actor, purpose: Purpose) -> str:
    opened = gate.open_items(
        case.subject,
        [Item.BODY],
        kind=RecordKind.TERMS_CASE,
        purpose=purpose,
        actor=actor,
        record=case.explanation,
    )
    return opened[Item.BODY].reveal()


def _must_stand(case: Case, *stages: Stage) -> None:
    if case.stage not in stages:
        msg = f"refused: the case is {case.stage}, and no step of it can be left out"
        raise Refused(msg, promise="P3.4")


def _must_be_heard(case: Case) -> None:
    if not may_decide(case):
        msg = "refused to decide: the member still has time to explain"
        raise Refused(msg, promise="P3.4")


def _officer(actor: Actor) -> None:
    if actor.role is not Role.OFFICER or not actor.trained:
        msg = f"refused: cases about a membership are for trained officers, not for {actor.role}"
        raise Refused(msg, promise="P7.13")


def _by(actor: Actor) -> SubjectId:
    if actor.subject is None:
        msg = "nobody acts in a case without being known"
        raise NotFound(msg)
    return actor.subject


def _moved(case: Case, actor: Actor, how: str = "") -> None:
    log.record(
        Event.RETENTION_CASE_MOVED,
        actor=actor,
        trail=gate.trail_of(case.subject),
        purpose=Purpose.MEMBER_SERVICE,
        promise="P3.4",
        reason=how or case.stage.value,
    )
