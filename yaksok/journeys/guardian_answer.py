"""A guardian reads what their child would give, and answers; who they are is made sure of by law."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings

from yaksok.database.roles import keeper, retrying
from yaksok.guard import throttle
from yaksok.journeys import guardianship
from yaksok.kernel import clock
from yaksok.kernel.actor import Actor
from yaksok.kernel.errors import Invalid, NotFound
from yaksok.kernel.ids import SubjectId
from yaksok.policy.entries import Text
from yaksok.policy.in_force import policy
from yaksok.policy.law.tables import guardian_methods
from yaksok.policy.notice import NOTICE_CHANGED, Notice, notice
from yaksok.policy.vocabulary import AgeClass, FormName, Item, Language, Purpose, RecordKind
from yaksok.privacy.audit import log
from yaksok.privacy.audit.events import Event
from yaksok.privacy.consent import ledger
from yaksok.privacy.guardians import asking, keys
from yaksok.privacy.guardians.asking import Asking
from yaksok.privacy.guardians.methods.choice import AT_A_PROVIDER, BY_STAFF, VERIFIERS, offered
from yaksok.privacy.guardians.methods.method import LAW, Method
from yaksok.privacy.guardians.methods.port import Claim, Evidence, Known, Lack, NotProven
from yaksok.privacy.post import tokens
from yaksok.privacy.post.letters import Template
from yaksok.privacy.vault import gate

CONSENT = "guardian_consent"
"""How a guardian's yes is called in their receipt, and in the child's."""

BACK_PATH = "/guardian/back"
TRIES, SECONDS = 5, 15 * 60
"""Wrong answers to one letter in a quarter of an hour."""

YES, NO, STRANGER = "yes", "no", "stranger"

SAY_YES = Text(ko="동의하려면 동의한다고 표시해 주세요.", en="To agree, tick that you do.")
UNKNOWN_WAY = Text(ko="확인할 방법을 골라 주세요.", en="Choose how to show who you are.")
LACKS: Mapping[Lack, Text] = {
    Lack.CODE: Text(
        ko="코드가 맞지 않아요. 받으신 편지에 있는 코드를 그대로 적어 주세요.",
        en="The code is not right. Type the one that stands in your letter.",
    ),
    Lack.NAME: Text(
        ko="이름이 자녀가 적은 보호자 이름과 달라요. 자녀가 적은 이름이 틀렸다면, 자녀가 다시 신청하게 해 주세요.",
        en="The name is not the one your child gave. If your child wrote it wrongly, let them ask again.",
    ),
    Lack.PHONE: Text(
        ko="확인한 전화번호가 자녀가 적은 번호와 달라요.",
        en="The telephone that was identified is not the one your child gave.",
    ),
    Lack.UNFINISHED: Text(
        ko="본인확인이 끝나지 않았어요. 다시 하거나 다른 방법을 골라 주세요.",
        en="The check was not finished. Do it again, or choose another way.",
    ),
    Lack.UNSIGNED: Text(
        ko="확인 결과를 믿을 수 없어서 받지 않았어요. 다른 방법을 골라 주세요.",
        en="The result could not be trusted and was not taken. Choose another way.",
    ),
    Lack.YOUNG: Text(
        ko="성년인 분만 보호자로서 동의할 수 있어요.",
        en="Only somebody of full age can agree as a guardian.",
    ),
}


WAYS: Mapping[Method, tuple[Text, Text]] = {
    Method.EMAIL_REPLY: (
        Text(ko="이메일로 답하기", en="Answer by e-mail"),
        Text(ko="편지에 있는 코드를 적어요.", en="Type the code of the letter."),
    ),
    Method.SMS: (
        Text(ko="문자로 답하기", en="Answer by text message"),
        Text(ko="문자에 있는 코드를 적어요.", en="Type the code of the message."),
    ),
    Method.PHONE_IDENTITY: (
        Text(ko="휴대전화 본인확인", en="Identity check by phone"),
        Text(ko="본인확인 회사의 창에서 확인해요.", en="In the window of an identity provider."),
    ),
    Method.CARD: (
        Text(ko="카드로 확인", en="Check by card"),
        Text(
            ko="100원을 승인하고 바로 취소해요. 번호 끝 네 자리까지만 남겨요.",
            en="100 won are approved and cancelled. At most the last four digits are kept.",
        ),
    ),
    Method.EQUIVALENT: (
        Text(ko="전자 인증서", en="Electronic certificate"),
        Text(ko="본인확인 회사의 창에서 확인해요.", en="In the window of an identity provider."),
    ),
    Method.SIGNED: (
        Text(ko="서명한 종이", en="Signed paper"),
        Text(ko="방문, 우편, 팩스로 보내요.", en="By hand, by post or by fax."),
    ),
    Method.CALL_BACK: (
        Text(ko="전화", en="A call"),
        Text(
            ko="담당자가 전화하면 코드를 읽어 주세요.",
            en="Staff call you, and you read the code out.",
        ),
    ),
}
"""What each way is called, and what the guardian does."""


@dataclass(frozen=True, slots=True)
class Way:
    """One way to be proven, with the article that allows it and that article's own words."""

    method: Method
    name: str
    title: str
    said: str
    article: str


@dataclass(frozen=True, slots=True)
class Question:
    """What a guardian is asked: what would be taken of the child and why, and how to answer."""

    notice: Notice
    ways: tuple[Way, ...]
    number: str
    until: datetime


def question(token: str, language: Language) -> Question:
    """What the guardian reads whose letter carried ``token``. Uses nothing up: programs open links too.

    Raises:
        NotFound: the link was guessed, used, or its time is over; which of them is not told.
    """
    with keeper():
        asked = _open(tokens.holder(token, tokens.GUARDIAN_ASKED))
        ways = _ways(asked)
    return Question(
        words(language),
        tuple(_way(method, language) for method in ways),
        asked.number,
        asked.expires_at or clock.now(),
    )


def words(language: Language) -> Notice:
    """To what a guardian agrees: what the child's account keeps, why, and until when."""
    return notice(policy(), FormName.CHILD_ACCOUNT, language)


def agree(
    token: str, posted: Mapping[str, str], *, language: Language, address_key: str = ""
) -> str:
    """The guardian agrees by ``posted``: ``method``, ``name``, ``code``, ``agree``, ``notice``.

    Returns:
        The window of a provider to go to; "" when the consent is confirmed, or waits for staff.

    Raises:
        Invalid: what to do, by field. Nothing was kept.
        NotFound: the link does not work (any more).
        Throttled: five wrong answers to this letter in 15 minutes.

    Records:
        Event.GUARDIAN_CONSENT_CONFIRMED when it is, Event.GUARDIAN_ANSWER_REFUSED when whoever
        answers was not shown to be the guardian.
    """
    with keeper():
        asked = _open(tokens.holder(token, tokens.GUARDIAN_ASKED))
        ways = _ways(asked)
    method = _answered(posted, language)
    if method not in ways:
        raise Invalid({"method": UNKNOWN_WAY.in_(language)})
    for scope, key in (("guardian:answer", token), ("guardian:answer:address", address_key)):
        throttle.spend(scope, key, limit=TRIES, seconds=SECONDS)
    if method in AT_A_PROVIDER:
        return _sent_away(asked.guardian, method)
    if method in BY_STAFF:
        with keeper():
            asking.said_yes(asked.guardian, words(language).hash)
        return ""
    claim = Claim(
        code=posted.get("code", ""),
        expected=tokens.code_of(token),
        name=posted.get("name", ""),
    )
    _proven(asked.guardian, method, claim, language, token=token)
    throttle.refund("guardian:answer:address", address_key)
    return ""


def came_back(reference: str, *, language: Language) -> None:
    """The guardian comes back from the provider's window that was opened under ``reference``.

    The provider itself is asked what became of it. A reference is used once, right or wrong.

    Raises:
        Invalid: the provider did not show that it is the guardian.
        Busy: the provider does not answer; the same reference can be tried again.
        NotFound: the reference was guessed, used, or its time is over.

    Records:
        Like :func:`agree`.
    """
    named, _, _ = reference.partition("-")
    if named not in {method.value for method in AT_A_PROVIDER}:
        raise NotFound(guardianship.GONE)
    with keeper():
        guardian = keys.owner(keys.Use.WINDOW, reference)
        asked = _open(guardian)
    _proven(asked.guardian, Method(named), Claim(reference=reference), language)


def refuse(token: str, *, stranger: bool = False) -> None:
    """The guardian says no, or whoever got the letter is none: all that was kept is destroyed at once.

    Raises:
        NotFound: the link does not work (any more).
    """
    with keeper():
        guardian = tokens.use(token, tokens.GUARDIAN_ASKED)
        asked = _open(guardian)
        guardianship.destroy(
            asked,
            actor=guardianship.MALL,
            purpose=Purpose.GUARDIAN_CONSENT,
            reason="guardian_unknown" if stranger else "guardian_refused",
        )


def prove(guardian: SubjectId, method: Method, claim: Claim, *, token: str = "") -> Asking:
    """Confirm the guardian's consent when ``claim`` shows that it is theirs.

    A provider is asked outside of every transaction. ``token`` is that of the letter, and is used up.

    Refuses:
        NotProven: it does not.
    """
    with keeper():
        asked = _open(guardian)
        opened = gate.open_items(
            guardian,
            policy().having(RecordKind.GUARDIAN, [Item.NAME, Item.PHONE]),
            kind=RecordKind.GUARDIAN,
            purpose=Purpose.GUARDIAN_CONSENT,
            actor=guardianship.MALL,
            record=asked.record,
        )
        known = Known(
            opened[Item.NAME].reveal(),
            opened[Item.PHONE].reveal() if Item.PHONE in opened else "",
        )
    try:
        shown = VERIFIERS[method].prove(claim, known)
    except NotProven as lack:
        _note_refusal(guardian, lack.why)
        raise
    return _confirm(guardian, shown, claim.reference, token)


@retrying
def _confirm(guardian: SubjectId, shown: Evidence, reference: str, token: str) -> Asking:
    with keeper():
        asked = _open(guardianship.known(guardian).guardian)
        if token and tokens.use(token, tokens.GUARDIAN_ASKED) != guardian:
            raise NotFound(guardianship.GONE)
        if shown.method in AT_A_PROVIDER and keys.spend(keys.Use.WINDOW, reference) != guardian:
            raise NotFound(guardianship.GONE)
        said = words(asked.language)
        ledger.receive(
            guardian,
            given={CONSENT: True},
            notice=said.hash,
            policy_version=said.version,
            language=asked.language,
            age=AgeClass.ADULT,
        )
        gate.amend(
            guardian,
            RecordKind.GUARDIAN,
            {Item.GUARDIAN_EVIDENCE: shown.written()},
            purpose=Purpose.GUARDIAN_CONSENT,
            actor=guardianship.MALL,
            record=asked.record,
        )
        until = guardianship.UNUSED.after(clock.now())
        gate.set_end(guardian, asked.record, until)
        asking.confirm(guardian, shown.method, until=until)
        tokens.forget(guardian, tokens.GUARDIAN_ASKED)
        keys.forget(guardian, keys.Use.CODE, keys.Use.WINDOW)
        guardianship.write(
            asked,
            Template.GUARDIAN_CONFIRMED,
            {
                "path": guardianship.PORTAL_PATH,
                "number": asked.number,
                "method": _way(shown.method, asked.language).name,
            },
        )
        log.record(
            Event.GUARDIAN_CONSENT_CONFIRMED,
            actor=Actor.guardian(guardian),
            trail=gate.trail_of(guardian),
            kinds=[RecordKind.GUARDIAN],
            purpose=Purpose.GUARDIAN_CONSENT,
            promise="P9.2",
            reason=shown.method.value,
        )
    return asked


def _proven(
    guardian: SubjectId, method: Method, claim: Claim, language: Language, *, token: str = ""
) -> None:
    try:
        prove(guardian, method, claim, token=token)
    except NotProven as lack:
        if method in AT_A_PROVIDER:
            with keeper():
                keys.spend(keys.Use.WINDOW, claim.reference)
        field = {Lack.CODE: "code", Lack.NAME: "name"}.get(lack.why, "")
        field = "" if method in AT_A_PROVIDER else field
        raise Invalid({field: LACKS[lack.why].in_(language)}) from None


def _ways(asked: Asking) -> tuple[Method, ...]:
    name = (asked.guardian, asked.record)
    given = gate.given([name], kind=RecordKind.GUARDIAN)[name]
    return offered(email=Item.EMAIL in given, phone=Item.PHONE in given)


def _answered(posted: Mapping[str, str], language: Language) -> Method:
    """Which way was chosen by somebody who was told, and said yes."""
    if posted.get("notice", "") != words(language).hash:
        raise Invalid({"": NOTICE_CHANGED.in_(language)})
    if posted.get("agree", "") != YES:
        raise Invalid({"agree": SAY_YES.in_(language)})
    try:
        return Method(posted.get("method", ""))
    except ValueError:
        raise Invalid({"method": UNKNOWN_WAY.in_(language)}) from None


def _sent_away(guardian: SubjectId, method: Method) -> str:
    with keeper():
        keys.forget(guardian, keys.Use.WINDOW)
        reference = keys.make(keys.Use.WINDOW, guardian, prefix=f"{method.value}-")
    return VERIFIERS[method].window(reference, f"{settings.YAKSOK_ORIGIN}{BACK_PATH}")


def _open(guardian: SubjectId | None) -> Asking:
    asked = asking.of(guardian) if guardian else None
    if asked is None or not asked.open:
        raise NotFound(guardianship.GONE)
    return asked


def _note_refusal(guardian: SubjectId, why: Lack) -> None:
    with keeper():
        log.record(
            Event.GUARDIAN_ANSWER_REFUSED,
            actor=Actor.visitor(),
            trail=gate.trail_of(guardian),
            kinds=[RecordKind.GUARDIAN],
            purpose=Purpose.GUARDIAN_CONSENT,
            promise="P9.2",
            reason=why.value,
        )


def _way(method: Method, language: Language) -> Way:
    law = guardian_methods(clock.today())[LAW[method]]
    name, said = WAYS[method]
    return Way(method, name.in_(language), law.title.in_(language), said.in_(language), law.article)
