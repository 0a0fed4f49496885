"""A partner to whom members agree to give something: the document, the sandbox, and the way there."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

from tests.cast import people
from tests.cast.people import Member
from tests.cast.policies import changed, granting, obeying, policy_of, source
from tests.cast.sandboxes import Sandbox
from yaksok.database.roles import keeper
from yaksok.journeys import consents, correct, dispatch, programmes
from yaksok.kernel import clock
from yaksok.kernel.clock import FixedClock
from yaksok.policy.vocabulary import Language
from yaksok.privacy.disclosure import register
from yaksok.privacy.disclosure.register import Entry

KO = Language.KOREAN
PROGRAMME = "stationery"
CONSENT = "disclose:daon"

DAON = """
[recipients.daon]
company = { ko = "다온문구 (모의 서버)", en = "Daon Stationery (sandbox)" }
purpose = { ko = "회원이 고른 문구를 이름을 새겨 보내기", en = "sending stationery with the member's name on it" }
items = ["name", "email"]
keeps = { ko = "문구를 보낸 뒤 30일까지", en = "until 30 days after it was sent" }
entrusted = false

[programmes.stationery]
recipient = "daon"
benefit = { ko = "이름을 새긴 문구를 한 번 받음", en = "stationery with your name on it, once" }
notice = "programme:stationery"
starts = 2020-01-01
ends = 2099-12-31

[purposes.programme]
text = { ko = "공지한 회사에 제공", en = "giving to a company that was announced" }
achieved_when = { ko = "동의를 철회하거나 프로그램이 끝난 때", en = "the consent is withdrawn or the programme ends" }
"""
"""A named company, what it is given, and the programme that announces it."""

GRANT = (
    '  { roles = ["system"], actions = ["disclose"], purposes = ["programme"],'
    ' items = ["email", "name"], recipient = "daon" },\n'
)


def partnered(more: str = "") -> str:
    """The packaged document with a partner who may be given members' e-mail addresses and names."""
    text = changed(granting("membership", GRANT), more=DAON + more)
    head, found, rest = text.partition("[records.membership]\n")
    assert found, source()[:80]
    return head + found + re.sub(r"purposes = \[", 'purposes = ["programme", ', rest, count=1)


@contextmanager
def sharing(*, runs: bool = True) -> Iterator[None]:
    """The mall obeys :func:`partnered`; its programme is announced and runs, unless told otherwise."""
    with obeying(policy_of(partnered())):
        if runs:
            begin()
        yield


def begin() -> None:
    """An officer announces the programme and starts it."""
    officer = people.officer().actor
    programmes.announce(officer, PROGRAMME, language=KO)
    programmes.activate(officer, PROGRAMME)


def agreeing(*, name: bool = True) -> Member:
    """A member who gave their name, unless told otherwise, and agrees that Daon is given what was announced."""
    member = people.member()
    if name:
        member.agrees("prefill")
        correct.correct(member.actor, {"name": member.person.name}, stepped_up=True, language=KO)
    return member.agrees(CONSENT)


def withdraw(member: Member) -> consents.Withdrawal:
    """The member takes the consent back."""
    return consents.withdraw(member.actor, CONSENT, language=KO)


def deliver() -> dict[str, int]:
    """One round of the job; where what it touched stands."""
    return dict(dispatch.deliver_due().states)


def entries(member: Member) -> tuple[Entry, ...]:
    """The member's lines of the register."""
    with keeper():
        return register.for_subject(member.subject)


def last(member: Member) -> Entry:
    """The newest of them."""
    return entries(member)[-1]


def held_there(partner: Sandbox) -> list[dict[str, str]]:
    """The items of everybody whom the partner has not erased."""
    people_ = partner.call("GET", "/sandbox/people")[1]["people"]
    return [one["items"] for one in people_ if not one["erased"]]


def heard_there(partner: Sandbox) -> list[dict[str, Any]]:
    """Every request that the partner carried out."""
    requests: list[dict[str, Any]] = partner.call("GET", "/sandbox/requests")[1]["requests"]
    return requests


@contextmanager
def day_ago() -> Iterator[FixedClock]:
    """The mall's clock, standing a day in the past: the sandboxes, which live now, take no later stamp."""
    with clock.fixed(datetime.now(UTC) - timedelta(days=1)) as standing:
        yield standing
