"""Agreeing to advertising, way by way; what the person is told of it; what is asked again and when."""

from datetime import datetime, timedelta

import pytest
from django.db import connection

from tests.cast import people
from tests.cast.browsers import PUSH
from tests.cast.orders import turns_out
from tests.cast.people import Member
from tests.cast.sandboxes import Sandbox
from tests.cast.subscribers import (
    CALL,
    EMAIL,
    MARKETER,
    NIGHT,
    SMS,
    advertised,
    posted,
    proves,
    sends,
    stands,
    wants,
    words,
)
from yaksok.database.roles import keeper
from yaksok.journeys import ad_addresses, consents, marketing_consent, reconfirm, refusals
from yaksok.journeys import marketing_register as register
from yaksok.journeys.rounds import Told
from yaksok.kernel.actor import Actor, Role
from yaksok.kernel.clock import SEOUL, FixedClock
from yaksok.kernel.errors import Invalid, NotFound, Refused, Throttled, Undeclared
from yaksok.policy.facts import BEYOND_SCOPE
from yaksok.policy.vocabulary import AgeClass, Channel, Item, Language, Purpose, RecordKind
from yaksok.privacy.consent import ledger
from yaksok.privacy.vault import gate

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("standing_clock"),
]
KO = Language.KOREAN


def page(member: Member) -> dict[str, marketing_consent.Wanted]:
    return {one.name: one for one in marketing_consent.view(member.actor, KO).wanted}


def held(member: Member) -> list[set[Item]]:
    """What each address for advertising holds."""
    with keeper():
        found = [(member.subject, one.record) for one in gate.holdings(member.subject)
                 if one.kind is RecordKind.MARKETING_CONTACT]  # fmt: skip
        given = gate.given(found, kind=RecordKind.MARKETING_CONTACT)
    return [set(given[one]) for one in found]


def letters(template: str) -> list[tuple[object, dict[str, str]]]:
    with keeper(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT subject_id, context FROM post_letter WHERE template = %s ORDER BY id",
            [template],
        )
        import json

        return [(s, c if isinstance(c, dict) else json.loads(c)) for s, c in cursor.fetchall()]


def test_nothing_is_agreed_before_somebody_agrees() -> None:
    member = people.member()
    assert {name: one.stands for name, one in page(member).items()} == {
        EMAIL: False,
        SMS: False,
        CALL: False,
        PUSH: False,
        NIGHT: False,
    }
    assert held(member) == []
    assert letters("advertising_result") == []


def test_each_way_has_an_address_of_its_own_that_goes_with_it() -> None:
    member = wants(EMAIL, SMS)
    assert sorted(map(sorted, held(member))) == [[Item.EMAIL], [Item.PHONE]]
    gone = consents.withdraw(member.actor, SMS, language=KO)
    assert gone.items == (Item.PHONE,)
    assert held(member) == [{Item.EMAIL}]
    assert page(member)[EMAIL].stands
    assert not page(member)[SMS].stands
    consents.withdraw(member.actor, EMAIL, language=KO)
    assert held(member) == []


def test_the_address_at_sign_up_is_used_once_it_is_proved() -> None:
    who = people.person()
    member = Member(who, people.signs_up(who, ads_email="on"))
    assert page(member)[EMAIL].waits
    assert page(member)[EMAIL].to
    assert page(member)[EMAIL].to != who.email
    sends()
    assert advertised() == []
    proves(member)
    assert not page(member)[EMAIL].waits
    sends()
    assert advertised() == [member.subject]


def test_a_number_is_used_only_after_its_owner_said_so() -> None:
    member = people.member()
    posted_ = {"consent": SMS, "mark": page(member)[SMS].mark, "phone": member.person.phone}
    marketing_consent.agree(member.actor, posted_, language=KO)
    assert page(member)[SMS].waits
    sends(words(Channel.SMS))
    assert advertised() == []
    assert not ad_addresses.confirm_number("A" * 43)
    assert len(letters("advertising_confirm")) == 1


def test_without_a_number_there_are_no_text_messages() -> None:
    member = people.member()
    posted_ = {"consent": SMS, "mark": page(member)[SMS].mark}
    with pytest.raises(Invalid) as refused:
        marketing_consent.agree(member.actor, posted_, language=KO)
    assert set(refused.value.problems) == {"phone"}
    assert not page(member)[SMS].stands
    with pytest.raises(Undeclared):
        marketing_consent.agree(member.actor, posted_ | {"name": "x"}, language=KO)
    with pytest.raises(NotFound):
        marketing_consent.agree(member.actor, {"consent": "prefill"}, language=KO)


def test_who_read_other_words_is_asked_anew() -> None:
    member = people.member()
    with pytest.raises(Invalid):
        marketing_consent.agree(member.actor, {"consent": EMAIL, "mark": "0" * 64}, language=KO)


def test_nobody_under_age_agrees_and_a_standing_refusal_comes_first() -> None:
    child, refuser = people.member(), people.member()
    with keeper():
        turns_out(child.subject, AgeClass.CHILD)
    with pytest.raises(Refused) as refused:
        consents.give(child.actor, EMAIL, language=KO)
    assert refused.value.promise == "P9.2"
    with keeper():
        receipt = ledger.receive(
            child.subject,
            given={EMAIL: True},
            notice="0" * 64,
            policy_version="2026-11-24",
            language=KO,
        )
        with pytest.raises(Refused) as refused:
            ad_addresses.take(child.subject, EMAIL, actor=child.actor, receipt=receipt, language=KO)
    assert refused.value.promise == "P9.7"
    refusals.refuse(refuser.actor, BEYOND_SCOPE, stands=True, language=KO)
    with pytest.raises((Refused, Invalid)):
        consents.give(refuser.actor, EMAIL, language=KO)
    assert held(child) == held(refuser) == []


def test_nobody_else_opens_the_address() -> None:
    member = wants(EMAIL)
    for actor in (*people.everybody_but_the_person(), MARKETER):
        with keeper(), pytest.raises(Refused):
            gate.open_items(
                member.subject,
                [Item.EMAIL],
                kind=RecordKind.MARKETING_CONTACT,
                purpose=Purpose.ADVERTISING,
                actor=actor,
            )


def test_every_answer_has_its_result_told_at_once(mail_sandbox: Sandbox) -> None:
    member = wants(EMAIL)
    assert marketing_consent.tell_results() == Told(1, 0)
    assert marketing_consent.tell_results() == Told(0, 0)
    consents.withdraw(member.actor, EMAIL, language=KO)
    assert marketing_consent.tell_results() == Told(1, 0)
    given, withdrawn = (context for _, context in letters("advertising_result"))
    assert given["fact"] == "동의"
    assert given["day"] == "2026년 3월 2일"
    assert "2028년 3월 2일" in given["result"]
    assert withdrawn["fact"] == "동의 철회"
    assert "파기" in withdrawn["result"]
    assert page(member)[EMAIL].told_at is not None
    posted()
    found = mail_sandbox.call("GET", "/sandbox/letters")[1]
    (letter,) = [one for one in found if "동의 철회" in one["subject"]]
    assert "약속상점 주식회사" in letter["text"]
    assert "(광고)" not in letter["subject"]


def test_a_result_that_cannot_be_told_now_is_told_later(standing_clock: FixedClock) -> None:
    member = wants(EMAIL)
    with keeper(), connection.cursor() as cursor:
        cursor.execute("UPDATE consent_standing SET age = 'unknown'")
    assert marketing_consent.tell_results() == Told(0, 1)
    assert marketing_consent.tell_results() == Told(0, 0)
    with keeper(), connection.cursor() as cursor:
        cursor.execute("UPDATE consent_standing SET age = '14+'")
    standing_clock.move(timedelta(days=1))
    assert marketing_consent.tell_results() == Told(1, 0)
    assert [who for who, _ in letters("advertising_result")] == [member.subject]


def test_it_is_asked_again_two_years_later_and_silence_pauses(standing_clock: FixedClock) -> None:
    member = wants(EMAIL)
    standing_clock.move_to(datetime(2028, 1, 31, 23, 59, tzinfo=SEOUL))
    assert reconfirm.ask() == Told(0, 0)
    standing_clock.move_to(datetime(2028, 2, 1, 0, 0, tzinfo=SEOUL))
    assert reconfirm.ask() == Told(1, 0)
    assert reconfirm.ask() == Told(0, 0)
    ((who, said),) = letters("advertising_again")
    assert who == member.subject
    assert said["day"] == "2026년 3월 2일"
    assert said["until"] == "2028년 3월 2일"
    standing_clock.move_to(datetime(2028, 3, 1, 23, 59, tzinfo=SEOUL))
    sends()
    assert len(advertised()) == 1
    standing_clock.move_to(datetime(2028, 3, 2, 0, 0, tzinfo=SEOUL))
    campaign = sends()
    assert len(advertised()) == 1
    assert stands(campaign) == ("done", 0, {"not_confirmed": 1})
    assert page(member)[EMAIL].paused
    assert held(member) == [{Item.EMAIL}]  # paused, not deleted


def test_what_waits_when_it_lapses_is_not_sent(
    standing_clock: FixedClock, mail_sandbox: Sandbox
) -> None:
    wants(EMAIL)
    posted()
    standing_clock.move_to(datetime(2028, 3, 1, 23, 59, tzinfo=SEOUL))
    sends()
    standing_clock.move_to(datetime(2028, 3, 2, 0, 0, tzinfo=SEOUL))
    before = len(mail_sandbox.call("GET", "/sandbox/letters")[1])
    posted()
    assert len(mail_sandbox.call("GET", "/sandbox/letters")[1]) == before
    assert advertised() == []


def test_a_late_yes_sets_it_going_again_and_counts_from_the_first(
    standing_clock: FixedClock,
) -> None:
    member = wants(EMAIL)
    standing_clock.move_to(datetime(2028, 2, 10, 9, 0, tzinfo=SEOUL))
    reconfirm.ask()
    consents.give(member.actor, EMAIL, language=KO)
    until = page(member)[EMAIL].until
    assert until == datetime(2030, 3, 2, tzinfo=SEOUL)
    assert len(letters("advertising_result")) == 0  # nothing changed, so there is no result
    standing_clock.move_to(datetime(2030, 5, 1, 9, 0, tzinfo=SEOUL))
    assert page(member)[EMAIL].paused
    consents.give(member.actor, EMAIL, language=KO)
    assert page(member)[EMAIL].until == datetime(2032, 3, 2, tzinfo=SEOUL)
    sends()
    assert advertised() == [member.subject]


def test_an_early_yes_does_not_put_the_question_off(standing_clock: FixedClock) -> None:
    member = wants(EMAIL)
    standing_clock.move_to(datetime(2027, 3, 2, 9, 0, tzinfo=SEOUL))
    consents.give(member.actor, EMAIL, language=KO)
    assert page(member)[EMAIL].until == datetime(2028, 3, 2, tzinfo=SEOUL)


def test_taken_back_and_given_again_it_counts_anew(standing_clock: FixedClock) -> None:
    member = wants(EMAIL)
    consents.withdraw(member.actor, EMAIL, language=KO)
    standing_clock.move_to(datetime(2027, 7, 7, 9, 0, tzinfo=SEOUL))
    consents.give(member.actor, EMAIL, language=KO)
    assert page(member)[EMAIL].until == datetime(2029, 7, 7, tzinfo=SEOUL)


def test_the_night_lapses_by_itself(standing_clock: FixedClock) -> None:
    member = wants(SMS)
    standing_clock.move_to(datetime(2027, 3, 2, 12, 0, tzinfo=SEOUL))
    consents.give(member.actor, NIGHT, language=KO)
    standing_clock.move_to(datetime(2028, 2, 20, 12, 0, tzinfo=SEOUL))
    reconfirm.ask()
    consents.give(member.actor, SMS, language=KO)
    standing_clock.move_to(datetime(2029, 3, 2, 22, 0, tzinfo=SEOUL))
    campaign = sends(words(Channel.SMS))
    assert stands(campaign) == ("done", 0, {"night": 1})


def test_the_receipt_says_what_when_and_how() -> None:
    member = wants(EMAIL)
    with keeper():
        (last, *_) = ledger.receipts(member.subject)
    assert last.given == (EMAIL,)
    assert last.channel == "web"
    assert len(last.notice) == 64


def test_the_register_has_numbers_and_receipts_and_nobody() -> None:
    member = wants(EMAIL)
    consents.withdraw(member.actor, EMAIL, language=KO)
    found = register.view(people.officer().actor)
    (row,) = found.figures
    assert (row.numbers["stands"], row.numbers["withdrawn"]) == (0, 1)
    assert [bool(one.given) for one in found.lines] == [False, True]
    assert str(member.subject) not in repr(found)
    for actor in (people.clerk().actor, MARKETER, member.actor, Actor(Role.VISITOR)):
        with pytest.raises(Refused):
            register.view(actor)


def test_nobody_writes_to_many_strangers_in_the_malls_name() -> None:
    member = people.member()
    mark = page(member)[SMS].mark
    for last in range(ad_addresses.NUMBER_LIMIT):
        posted_ = {"consent": SMS, "mark": mark, "phone": f"010-1234-567{last}"}
        marketing_consent.agree(member.actor, posted_, language=KO)
    with pytest.raises(Throttled):
        marketing_consent.agree(
            member.actor,
            {"consent": SMS, "mark": mark, "phone": "010-1234-5679"},
            language=KO,
        )
    assert len(held(member)) == 1
