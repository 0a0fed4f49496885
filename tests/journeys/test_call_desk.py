"""Calls with advertising: one number at a time, for whom the policy permits it at the moment of the call."""

from datetime import datetime, timedelta
from uuid import UUID

import pytest
from django.db import connection

from tests.cast import people
from tests.cast.at_once import at_once
from tests.cast.callers import called, caller, calling, is_reachable, notes, numbers, shown, told
from tests.cast.subscribers import (
    CALL,
    MARKETER,
    NIGHT,
    SMS,
    proves,
    stands,
    token_of,
    wants,
)
from yaksok.database.roles import keeper
from yaksok.journeys import (
    ad_addresses,
    advertise,
    call_desk,
    consents,
    leave,
    marketing_consent,
    refusals,
    rights_stop,
)
from yaksok.journeys.call_desk import Nobody, Shown
from yaksok.kernel.actor import Actor, Role
from yaksok.kernel.clock import SEOUL, FixedClock
from yaksok.kernel.errors import Invalid, NotFound, Refused, Throttled
from yaksok.kernel.ids import SubjectId, new_subject_id
from yaksok.mall.campaigns.calls import HOLD, Outcome
from yaksok.policy.facts import BEYOND_SCOPE
from yaksok.policy.vocabulary import Item, Language
from yaksok.privacy.consent import ledger
from yaksok.privacy.post import tokens
from yaksok.privacy.vault import gate

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("standing_clock")]
KO = Language.KOREAN


def listed() -> list[tuple[SubjectId, UUID | None]]:
    with keeper(), connection.cursor() as cursor:
        cursor.execute("SELECT subject_id, caller FROM campaigns_call ORDER BY subject_id")
        return [(SubjectId(subject), caller) for subject, caller in cursor.fetchall()]


def opened_by(actor: Actor) -> list[tuple[str, object]]:
    """What the log says that the caller opened: the items, and whose trail it is in."""
    with keeper(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT items, trail FROM audit_entry WHERE actor_id = %s AND event = 'vault:items:opened'"
            " ORDER BY id",
            [actor.subject],
        )
        return [(",".join(items), trail) for items, trail in cursor.fetchall()]


def test_one_number_and_the_script_are_shown_and_nothing_goes_to_the_outbox() -> None:
    member, actor = wants(CALL), caller()
    before = letters()
    campaign = calling()
    found = shown(campaign, actor)
    assert found.number == member.person.phone
    assert found.script.startswith("(광고) 안녕하세요. 약속상점 주식회사")
    assert found.script.index("080-000-0001") < found.script.index("가을 그릇")
    assert letters() == before
    notes(found, Outcome.REACHED, actor)
    assert listed() == []
    assert called(campaign) == {"reached": 1}
    assert call_desk.next_number(campaign, actor=actor) is Nobody.THROUGH
    assert stands(campaign)[:2] == ("done", 1)


def letters() -> int:
    with keeper(), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM post_letter")
        (number,) = cursor.fetchone()
    return int(number)


def test_it_stands_in_the_trail_of_the_person_who_called() -> None:
    member, actor = wants(CALL), caller()
    found = shown(calling(), actor)
    with keeper():
        trail = gate.trail_of(member.subject)
        assert opened_by(actor) == [("call_phone", trail)]
    notes(found, Outcome.NOT_REACHED, actor)
    with keeper(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT reason FROM audit_entry WHERE event = 'campaign:call:concluded' AND trail = %s",
            [trail],
        )
        assert cursor.fetchall() == [("not_reached",)]


def test_the_same_number_stays_until_it_is_noted() -> None:
    wants(CALL), wants(CALL)
    actor, campaign = caller(), calling()
    first, again = shown(campaign, actor), shown(campaign, actor)
    assert first.number == again.number
    with pytest.raises(NotFound):
        notes(first, Outcome.REACHED, actor)
    notes(again, Outcome.REACHED, actor)
    assert shown(campaign, actor).number != again.number


def test_nobody_is_called_twice_for_one_advertisement() -> None:
    members = [wants(CALL) for _ in range(3)]
    actor, campaign, seen = caller(), calling(), []
    while isinstance(found := call_desk.next_number(campaign, actor=actor), Shown):
        seen.append(found.number)
        notes(found, Outcome.NOT_REACHED, actor)
    assert sorted(seen) == sorted(member.person.phone for member in members)
    first = members[0]
    consents.withdraw(first.actor, CALL, language=KO)
    wants(CALL, member=first)
    with pytest.raises(NotFound):
        call_desk.next_number(campaign, actor=actor)


@pytest.mark.parametrize("act", ["withdraw", "refuse", "stop", "leave"])
def test_who_changed_their_mind_between_listing_and_calling_is_not_shown(act: str) -> None:
    members = sorted([wants(CALL), wants(CALL)], key=lambda one: one.subject)
    actor, campaign = caller(), calling()
    notes(shown(campaign, actor), Outcome.REACHED, actor)
    assert [subject for subject, _ in listed()] == [members[1].subject]
    {
        "withdraw": lambda one: consents.withdraw(one.actor, CALL, language=KO),
        "refuse": lambda one: refusals.refuse(one.actor, BEYOND_SCOPE, stands=True, language=KO),
        "stop": lambda one: rights_stop.stop(one.actor, stepped_up=True, language=KO),
        "leave": lambda one: leave.confirm(one.actor, one.person.password, language=KO),
    }[act](members[1])
    assert call_desk.next_number(campaign, actor=actor) is Nobody.THROUGH
    assert listed() == []
    assert len(opened_by(actor)) == 1


def test_who_was_shown_and_withdraws_is_not_shown_again() -> None:
    member, actor, campaign = wants(CALL), caller(), calling()
    found = shown(campaign, actor)
    consents.withdraw(member.actor, CALL, language=KO)
    assert call_desk.next_number(campaign, actor=actor) is Nobody.THROUGH
    with pytest.raises(NotFound):
        notes(found, Outcome.REACHED, actor)


def test_a_number_that_is_not_proved_is_not_called() -> None:
    member = proves(people.member())
    consents.give(member.actor, CALL, language=KO, given={Item.CALL_PHONE: member.person.phone})
    assert call_desk.next_number(calling(), actor=caller()) is Nobody.THROUGH


def test_there_is_no_agreeing_without_a_number() -> None:
    member = proves(people.member())
    with pytest.raises(Invalid) as wrong:
        consents.give(member.actor, CALL, language=KO)
    assert set(wrong.value.problems) == {"call_phone"}
    assert not is_reachable(member)


def test_the_proof_of_text_messages_holds_for_the_same_number_alone() -> None:
    same, other = wants(SMS), wants(SMS)
    consents.give(same.actor, CALL, language=KO, given={Item.CALL_PHONE: same.person.phone})
    consents.give(other.actor, CALL, language=KO, given={Item.CALL_PHONE: "010-9999-1234"})
    assert is_reachable(same)
    assert not is_reachable(other)


def test_a_link_of_text_messages_does_not_prove_another_number() -> None:
    member = proves(people.member())
    consents.give(member.actor, SMS, language=KO, given={Item.PHONE: member.person.phone})
    consents.give(member.actor, CALL, language=KO, given={Item.CALL_PHONE: "010-9999-1234"})
    assert ad_addresses.confirm_number(
        token_of(member, tokens.ADVERTISING_PHONE, "advertising_confirm")
    )
    assert is_reachable(member, SMS)
    assert not is_reachable(member)
    assert ad_addresses.confirm_number(
        token_of(member, tokens.ADVERTISING_CALL, "advertising_call_confirm")
    )
    assert is_reachable(member)


def test_at_night_nobody_is_called_for_an_advertisement_of_the_day(
    standing_clock: FixedClock,
) -> None:
    wants(CALL, NIGHT)
    actor, campaign = caller(), calling()
    standing_clock.move_to(datetime(2026, 3, 2, 21, 0, tzinfo=SEOUL))
    assert call_desk.next_number(campaign, actor=actor) is Nobody.ASLEEP
    standing_clock.move_to(datetime(2026, 3, 3, 7, 59, tzinfo=SEOUL))
    assert call_desk.next_number(campaign, actor=actor) is Nobody.ASLEEP
    standing_clock.move_to(datetime(2026, 3, 3, 8, 0, tzinfo=SEOUL))
    shown(campaign, actor)


def test_nobody_is_shown_whose_telephone_would_ring_in_their_night(
    standing_clock: FixedClock,
) -> None:
    """A number seen at a minute to nine rings after nine."""
    wants(CALL)
    actor, campaign = caller(), calling()
    for minute in (56, 59):
        standing_clock.move_to(datetime(2026, 3, 2, 20, minute, tzinfo=SEOUL))
        assert call_desk.next_number(campaign, actor=actor) is Nobody.ASLEEP
        assert call_desk.view(actor).lines[0].asleep
    standing_clock.move_to(datetime(2026, 3, 2, 20, 54, tzinfo=SEOUL))
    shown(campaign, actor)


def test_at_night_only_who_agreed_to_the_night_is_called(standing_clock: FixedClock) -> None:
    _, owl = wants(CALL), wants(CALL, NIGHT)
    standing_clock.move_to(datetime(2026, 3, 2, 21, 30, tzinfo=SEOUL))
    actor, campaign = caller(), calling(datetime(2026, 3, 2, 21, 15, tzinfo=SEOUL))
    found = shown(campaign, actor)
    assert found.number == owl.person.phone
    notes(found, Outcome.REACHED, actor)
    assert call_desk.next_number(campaign, actor=actor) is Nobody.THROUGH
    assert stands(campaign)[2]["night"] == 1


def test_the_night_that_is_taken_back_after_the_listing_counts(standing_clock: FixedClock) -> None:
    owls = sorted([wants(CALL, NIGHT), wants(CALL, NIGHT)], key=lambda one: one.subject)
    standing_clock.move_to(datetime(2026, 3, 2, 21, 30, tzinfo=SEOUL))
    actor, campaign = caller(), calling(datetime(2026, 3, 2, 21, 15, tzinfo=SEOUL))
    notes(shown(campaign, actor), Outcome.REACHED, actor)
    consents.withdraw(owls[1].actor, NIGHT, language=KO)
    assert call_desk.next_number(campaign, actor=actor) is Nobody.THROUGH


def test_two_callers_never_get_the_same_number() -> None:
    members = {wants(CALL).person.phone for _ in range(2)}
    campaign, one, other, third = calling(), caller(), caller(), caller()
    found = {shown(campaign, one).number, shown(campaign, other).number}
    assert found == members
    assert call_desk.next_number(campaign, actor=third) is Nobody.BUSY


def test_a_number_that_was_not_noted_returns_after_a_while(standing_clock: FixedClock) -> None:
    wants(CALL)
    campaign, one, other = calling(), caller(), caller()
    first = shown(campaign, one)
    standing_clock.move(HOLD - timedelta(seconds=1))
    assert call_desk.next_number(campaign, actor=other) is Nobody.BUSY
    standing_clock.move(timedelta(seconds=1))
    second = shown(campaign, other)
    assert second.number == first.number
    with pytest.raises(NotFound):
        notes(first, Outcome.REACHED, one)
    notes(second, Outcome.REACHED, other)
    assert stands(campaign)[1] == 1


def test_looking_again_does_not_keep_a_number_longer(standing_clock: FixedClock) -> None:
    wants(CALL)
    campaign, one, other = calling(), caller(), caller()
    shown(campaign, one)
    standing_clock.move(HOLD - timedelta(minutes=1))
    shown(campaign, one)
    standing_clock.move(timedelta(minutes=1))
    shown(campaign, other)


def test_a_caller_cannot_leaf_through_the_list(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(call_desk, "SHOWN_LIMIT", 3)
    for _ in range(4):
        wants(CALL)
    campaign, actor = calling(), caller()
    for _ in range(3):
        notes(shown(campaign, actor), Outcome.NOT_REACHED, actor)
    with pytest.raises(Throttled):
        call_desk.next_number(campaign, actor=actor)
    assert len(opened_by(actor)) == 3
    shown(campaign, caller())


def test_who_wants_no_more_is_believed_at_once() -> None:
    member, actor = wants(CALL, SMS), caller()
    campaign = calling()
    notes(shown(campaign, actor), Outcome.NO_MORE, actor)
    with keeper():
        assert ledger.standing(member.subject).consents & {CALL, SMS} == {SMS}
        receipt = ledger.receipts(member.subject)[0]
    assert (receipt.withheld, receipt.channel) == ((CALL,), "phone")
    assert numbers(member) == 0
    assert called(campaign) == {"no_more": 1}
    marketing_consent.tell_results()
    assert told(member) >= {"동의 철회"}
    assert call_desk.next_number(calling(), actor=actor) is Nobody.THROUGH


def test_a_wrong_number_is_used_by_nobody_until_it_is_shown_anew() -> None:
    member, actor = wants(CALL, SMS), caller()
    other = wants(CALL)
    campaign = calling()
    by_number = {}
    for _ in range(2):
        found = shown(campaign, actor)
        by_number[found.number] = found
        outcome = (
            Outcome.WRONG_NUMBER if found.number == member.person.phone else Outcome.NOT_REACHED
        )
        notes(found, outcome, actor)
    assert set(by_number) == {member.person.phone, other.person.phone}
    assert (is_reachable(member), is_reachable(member, SMS)) == (False, False)
    assert is_reachable(other)
    page = marketing_consent.view(member.actor, KO)
    assert {one.name for one in page.wanted if one.waits} == {CALL, SMS}
    again, somebody = calling(), caller()
    found = shown(again, somebody)
    assert found.number == other.person.phone
    notes(found, Outcome.REACHED, somebody)
    assert call_desk.next_number(again, actor=somebody) is Nobody.THROUGH


def test_only_a_trained_caller_calls() -> None:
    wants(CALL)
    campaign = calling()
    with pytest.raises(Refused, match=r"P7\.14"):
        call_desk.next_number(campaign, actor=caller(trained=False))
    for role in (Role.MARKETER, Role.AUDITOR, Role.OFFICER):
        with pytest.raises(Refused, match=r"P7\.13"):
            call_desk.next_number(campaign, actor=Actor(role, new_subject_id(), trained=True))


def test_nobody_concludes_the_call_of_another() -> None:
    member, campaign = wants(CALL), calling()
    found = shown(campaign, caller())
    with pytest.raises(NotFound):
        call_desk.conclude(found.showing, Outcome.NO_MORE, actor=caller(), secret="")
    assert numbers(member) == 1


def test_what_is_stopped_shows_no_more_and_keeps_no_list(standing_clock: FixedClock) -> None:
    wants(CALL), wants(CALL)
    campaign, actor = calling(), caller()
    found = shown(campaign, actor)
    advertise.stop(campaign, actor=MARKETER)
    assert len(listed()) == 1
    with pytest.raises(NotFound):
        call_desk.next_number(campaign, actor=caller())
    notes(found, Outcome.REACHED, actor)
    assert listed() == []
    other = calling()
    shown(other, actor)
    advertise.stop(other, actor=MARKETER)
    standing_clock.move(HOLD)
    advertise.forget_old()
    assert listed() == []


def test_one_that_has_not_begun_is_not_called_about() -> None:
    wants(CALL)
    with pytest.raises(NotFound):
        call_desk.next_number(calling(datetime(2026, 3, 9, 12, 0, tzinfo=SEOUL)), actor=caller())


def test_the_desk_shows_numbers_of_tens_alone() -> None:
    wants(CALL)
    actor, campaign = caller(), calling()
    (line,) = call_desk.view(actor).lines
    assert (line.reachable.tens, line.shown.tens) == (None, None)
    assert line.due
    assert not line.asleep
    shown(campaign, actor)
    desk = call_desk.view(actor)
    assert desk.holds
    assert line.campaign.id == campaign


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_two_who_press_at_once_get_two_numbers() -> None:
    members = {wants(CALL).person.phone for _ in range(2)}
    campaign = calling()
    found = at_once([lambda: shown(campaign, caller()).number for _ in range(2)])
    assert set(found) == members
