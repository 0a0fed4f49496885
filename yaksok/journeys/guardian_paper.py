"""Staff take in a guardian's answer that came on paper, by fax or in a call; the picture of it is kept nowhere."""

from dataclasses import dataclass
from datetime import datetime

from yaksok.database.roles import keeper
from yaksok.guard import throttle
from yaksok.journeys import guardian_answer, guardianship
from yaksok.journeys.guardian_answer import LACKS
from yaksok.kernel.actor import Actor
from yaksok.kernel.errors import Invalid
from yaksok.policy.entries import Text
from yaksok.policy.in_force import policy
from yaksok.policy.vocabulary import Item, Language, Purpose, RecordKind
from yaksok.privacy.guardians import asking, keys
from yaksok.privacy.guardians.asking import Asking
from yaksok.privacy.guardians.methods.by_letter import normal_code
from yaksok.privacy.guardians.methods.choice import BY_STAFF
from yaksok.privacy.guardians.methods.method import Method
from yaksok.privacy.guardians.methods.port import Claim, Lack, NotProven
from yaksok.privacy.vault import gate

TRIES, SECONDS = 20, 3600
"""Numbers that one member of staff may try in an hour: the page is no way to look for people."""

NO_NUMBER = Text(
    ko="이 번호로 기다리는 동의가 없습니다. 번호를 다시 보거나, 닷새가 지났는지 확인하십시오.",
    en="No consent waits under this number. Read it again, or see whether five days have passed.",
)
NO_WAY = Text(ko="받은 방법을 고르십시오.", en="Choose how it came.")


@dataclass(frozen=True, slots=True)
class Caller:
    """Whom to call, for one call: the name to ask for, and the telephone; "" when none was given."""

    number: str
    name: str
    phone: str
    until: datetime


def whom_to_call(number: str, *, actor: Actor, language: Language) -> Caller:
    """Name and telephone of the guardian who waits under ``number``, for an officer who calls them.

    Raises:
        Invalid: nobody waits under it.
        Throttled: twenty numbers in an hour.

    Refuses:
        Refused: who asks is no officer, or has no current training (P7.13, P7.14).

    Records:
        Event.VAULT_ITEMS_OPENED, with the officer.
    """
    with keeper():
        asked = _waiting(number, actor, language)
        opened = gate.open_items(
            asked.guardian,
            policy().having(RecordKind.GUARDIAN, [Item.NAME, Item.PHONE]),
            kind=RecordKind.GUARDIAN,
            purpose=Purpose.GUARDIAN_CONSENT,
            actor=actor,
            record=asked.record,
        )
        phone = opened[Item.PHONE].reveal() if Item.PHONE in opened else ""
        until = asked.expires_at or asked.asked_at
        return Caller(asked.number, opened[Item.NAME].reveal(), phone, until)


def take_in(
    number: str, name: str, *, method: str, actor: Actor, language: Language, code: str = ""
) -> None:
    """Confirm the consent that came under ``number``, in the name that was signed or said.

    Arguments:
        method: ``signed`` for a paper or a fax, ``call_back`` for a call.
        code: Of a call: what the guardian read out from their letter.

    Raises:
        Invalid: what does not fit, by field; nothing was confirmed.
        Throttled: twenty numbers in an hour.

    Refuses:
        Refused: who acts is no officer, or has no current training (P7.13, P7.14).

    Records:
        Event.GUARDIAN_CONSENT_CONFIRMED, or Event.GUARDIAN_ANSWER_REFUSED.
    """
    if method not in {one.value for one in BY_STAFF}:
        raise Invalid({"method": NO_WAY.in_(language)})
    with keeper():
        asked = _waiting(number, actor, language)
        gate.open_items(
            asked.guardian,
            [Item.NAME],
            kind=RecordKind.GUARDIAN,
            purpose=Purpose.GUARDIAN_CONSENT,
            actor=actor,
            record=asked.record,
        )
        typed = normal_code(code[: keys.LONGEST])
        known = keys.owner(keys.Use.CODE, typed) == asked.guardian
    claim = Claim(
        code=typed,
        expected=typed if known else "",
        name=name,
        reference=asked.number,
        by_staff=True,
    )
    try:
        guardian_answer.prove(asked.guardian, Method(method), claim)
    except NotProven as lack:
        field = {Lack.CODE: "code", Lack.NAME: "name"}.get(lack.why, "")
        raise Invalid({field: LACKS[lack.why].in_(language)}) from None


def _waiting(number: str, actor: Actor, language: Language) -> Asking:
    who = actor.subject.bytes if actor.subject else b""
    throttle.spend("guardian:paper", who, limit=TRIES, seconds=SECONDS)
    asked = asking.numbered(number)
    if asked is None or not asked.open:
        raise Invalid({"number": NO_NUMBER.in_(language)})
    guardianship.known(asked.guardian)
    return asked
