"""What was said on the telephone counts, however late the caller notes it."""

from datetime import timedelta
from uuid import UUID

import pytest

from tests.cast.subscribers import CALL, MARKETER, SMS, wants
from tests.journeys.test_call_desk import (
    called,
    caller,
    calling,
    is_reachable,
    numbers,
    shown,
    told,
)
from yaksok.database.roles import keeper
from yaksok.journeys import advertise, call_desk, consents, marketing_consent
from yaksok.journeys.call_desk import Nobody
from yaksok.kernel.clock import FixedClock
from yaksok.kernel.errors import NotFound
from yaksok.mall.campaigns.calls import HOLD, Outcome
from yaksok.policy.vocabulary import Item, Language
from yaksok.privacy.consent import channels, ledger

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("standing_clock")]
KO = Language.KOREAN


@pytest.mark.parametrize("noted", [None, Outcome.REACHED, Outcome.NOT_REACHED, Outcome.NO_MORE])
def test_no_more_counts_after_the_number_went_to_another_caller(
    standing_clock: FixedClock, noted: Outcome | None
) -> None:
    member, one, other = wants(CALL, SMS), caller(), caller()
    campaign = calling()
    first = shown(campaign, one)
    standing_clock.move(HOLD)
    second = shown(campaign, other)
    if noted is not None:
        call_desk.conclude(second.showing, noted, actor=other)
    if noted is Outcome.NO_MORE:
        with pytest.raises(NotFound):
            call_desk.conclude(first.showing, Outcome.NO_MORE, actor=one, secret=first.secret)
    else:
        call_desk.conclude(first.showing, Outcome.NO_MORE, actor=one, secret=first.secret)
    with keeper():
        assert ledger.standing(member.subject).consents & {CALL, SMS} == {SMS}
    assert numbers(member) == 0
    assert called(campaign) == ({noted.value: 1} if noted else {})
    marketing_consent.tell_results()
    assert told(member) >= {"동의 철회"}
    assert call_desk.next_number(calling(), actor=one) is Nobody.THROUGH


def test_a_wrong_number_counts_after_it_went_back(standing_clock: FixedClock) -> None:
    member, one, campaign = wants(CALL), caller(), calling()
    found = shown(campaign, one)
    standing_clock.move(HOLD + timedelta(hours=1))
    advertise.stop(campaign, actor=MARKETER)
    advertise.forget_old()
    call_desk.conclude(found.showing, Outcome.WRONG_NUMBER, actor=one, secret=found.secret)
    assert not is_reachable(member)
    with pytest.raises(NotFound):
        call_desk.conclude(found.showing, Outcome.WRONG_NUMBER, actor=one, secret=found.secret)


def test_an_old_page_stops_what_was_given_anew_and_the_person_is_told() -> None:
    member, one = wants(CALL), caller()
    found = shown(calling(), one)
    consents.withdraw(member.actor, CALL, language=KO)
    consents.give(member.actor, CALL, language=KO, given={Item.CALL_PHONE: member.person.phone})
    with keeper():
        assert CALL in ledger.standing(member.subject).consents
    marketing_consent.tell_results()
    assert "동의 철회" not in told(member)
    call_desk.conclude(found.showing, Outcome.NO_MORE, actor=one, secret=found.secret)
    marketing_consent.tell_results()
    assert numbers(member) == 0
    assert "동의 철회" in told(member)


@pytest.mark.parametrize("secret", ["", "x", "A" * 43, "가" * 43])
def test_a_secret_that_is_none_stops_nothing(secret: str) -> None:
    member = wants(CALL)
    with pytest.raises(NotFound):
        call_desk.conclude(UUID(int=1), Outcome.NO_MORE, actor=caller(), secret=secret)
    assert numbers(member) == 1


def test_the_secret_of_another_consent_stops_nothing_here() -> None:
    member = wants(CALL, SMS)
    with keeper():
        secret = channels.token_for(member.subject, SMS)
    assert secret
    with pytest.raises(NotFound):
        call_desk.conclude(UUID(int=1), Outcome.NO_MORE, actor=caller(), secret=secret)
    with keeper():
        assert {CALL, SMS} <= ledger.standing(member.subject).consents
