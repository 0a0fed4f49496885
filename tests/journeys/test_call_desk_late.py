"""What was said on the telephone counts, however late the caller notes it."""

from datetime import timedelta
from uuid import UUID

import pytest

from tests.cast.callers import called, caller, calling, is_reachable, notes, numbers, shown, told
from tests.cast.subscribers import CALL, MARKETER, SMS, wants
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


@pytest.mark.parametrize("noted", [Outcome.REACHED, Outcome.NOT_REACHED])
def test_no_more_counts_after_another_caller_noted_something_else(
    standing_clock: FixedClock, noted: Outcome
) -> None:
    member, one, other = wants(CALL, SMS), caller(), caller()
    campaign = calling()
    first = shown(campaign, one)
    standing_clock.move(HOLD)
    notes(shown(campaign, other), noted, other)
    notes(first, Outcome.NO_MORE, one)
    with keeper():
        assert ledger.standing(member.subject).consents & {CALL, SMS} == {SMS}
    assert numbers(member) == 0
    assert called(campaign) == {noted.value: 1}
    marketing_consent.tell_results()
    assert told(member) >= {"동의 철회"}
    assert call_desk.next_number(calling(), actor=one) is Nobody.THROUGH


def test_the_other_caller_has_nobody_to_call_then(standing_clock: FixedClock) -> None:
    member, one, other, campaign = wants(CALL), caller(), caller(), calling()
    first = shown(campaign, one)
    standing_clock.move(HOLD)
    second = shown(campaign, other)
    notes(first, Outcome.NO_MORE, one)
    assert numbers(member) == 0
    assert call_desk.next_number(campaign, actor=other) is Nobody.THROUGH
    with pytest.raises(NotFound):
        notes(second, Outcome.NO_MORE, other)


def test_a_wrong_number_counts_after_it_went_back(standing_clock: FixedClock) -> None:
    member, one, campaign = wants(CALL), caller(), calling()
    found = shown(campaign, one)
    standing_clock.move(HOLD + timedelta(hours=1))
    advertise.stop(campaign, actor=MARKETER)
    advertise.forget_old()
    notes(found, Outcome.WRONG_NUMBER, one)
    assert not is_reachable(member)
    with pytest.raises(NotFound):
        notes(found, Outcome.WRONG_NUMBER, one)


def test_an_old_page_stops_what_was_given_anew_and_the_person_is_told() -> None:
    member, one = wants(CALL), caller()
    found = shown(calling(), one)
    consents.withdraw(member.actor, CALL, language=KO)
    consents.give(member.actor, CALL, language=KO, given={Item.CALL_PHONE: member.person.phone})
    with keeper():
        assert CALL in ledger.standing(member.subject).consents
    marketing_consent.tell_results()
    assert "동의 철회" not in told(member)
    notes(found, Outcome.NO_MORE, one)
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
