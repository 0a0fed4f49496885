"""A programme from its notice to the partner: announced, started, agreed to, given, taken back."""

import json
from datetime import timedelta

import pytest

from tests.cast import people
from tests.cast.partners import (
    CONSENT,
    KO,
    PROGRAMME,
    agreeing,
    begin,
    day_ago,
    deliver,
    entries,
    heard_there,
    held_there,
    last,
    partnered,
    sharing,
    withdraw,
)
from tests.cast.policies import obeying, policy_of
from tests.cast.sandboxes import Ear, Sandbox, wait_until
from yaksok.database.roles import keeper
from yaksok.journeys import consents, programmes
from yaksok.kernel.errors import Invalid, NotFound, Refused
from yaksok.mall.board import posting, reading
from yaksok.mall.board.kinds import NoticeKind
from yaksok.policy.entries import Text
from yaksok.privacy.disclosure import register, wire
from yaksok.privacy.disclosure.models import Handover
from yaksok.privacy.disclosure.portion import Portion
from yaksok.privacy.disclosure.register import Message, State

pytestmark = pytest.mark.django_db


def test_the_notice_has_the_five_points(partner: Sandbox) -> None:
    with sharing(runs=False):
        key = programmes.announce(people.officer().actor, PROGRAMME, language=KO)
        shown = reading.notice(key, KO)
        assert shown.kind is NoticeKind.SHARING
        for said in ("다온문구", "이름을 새겨", "이름, 이메일", "30일까지", "철회", "2099-12-31"):
            assert said in shown.body
        again = programmes.announce(people.officer().actor, PROGRAMME, language=KO)
        assert again == key


def test_what_reaches_the_partner_is_exactly_its_items(partner: Sandbox) -> None:
    with sharing():
        member = agreeing()
        assert deliver() == {State.ACKNOWLEDGED: 1}
    person = member.person
    assert held_there(partner) == [{"name": person.name, "email": person.email}]
    (request,) = heard_there(partner)
    body = json.loads(request["body"])
    assert set(body) == {"reference", "items"}
    for hidden in (member.subject, person.phone):
        assert str(hidden) not in request["body"]


def test_an_item_that_was_never_given_does_not_travel(partner: Sandbox) -> None:
    with sharing():
        member = agreeing(name=False)
        deliver()
    assert held_there(partner) == [{"email": member.person.email}]


def test_who_does_not_agree_is_not_given(partner: Sandbox) -> None:
    with sharing():
        people.member()
        agreeing()
        deliver()
    assert len(held_there(partner)) == 1


def test_nothing_is_given_twice(partner: Sandbox) -> None:
    with sharing():
        member = agreeing()
        deliver()
        consents.give(member.actor, CONSENT, language=KO)
        programmes.plan_due()
        assert deliver() == {}
        assert len(entries(member)) == 1


def test_a_consent_is_asked_only_while_the_programme_runs(partner: Sandbox) -> None:
    with sharing(runs=False):
        member = people.member()
        assert CONSENT not in [one.name for one in consents.view(member.actor, KO).consents]
        with pytest.raises(NotFound):
            member.agrees(CONSENT)
        begin()
        assert CONSENT in [one.name for one in consents.view(member.actor, KO).consents]
        member.agrees(CONSENT)
        programmes.stop(people.officer().actor, PROGRAMME)
        assert deliver() == {State.GIVEN_UP: 1}
        assert last(member).reason == "refused:P4.2"
        assert CONSENT in [one.name for one in consents.view(member.actor, KO).consents]
    assert held_there(partner) == []


def test_those_who_agreed_before_are_given_when_it_starts_again(partner: Sandbox) -> None:
    with sharing():
        member = agreeing()
        programmes.stop(people.officer().actor, PROGRAMME)
        assert deliver() == {State.GIVEN_UP: 1}
        begin()
        assert programmes.plan_due() == 1
        assert programmes.plan_due() == 0
        assert deliver() == {State.ACKNOWLEDGED: 1}
        assert len(entries(member)) == 1
    assert len(held_there(partner)) == 1


def test_who_agreed_and_was_never_planned_is_found(partner: Sandbox) -> None:
    with sharing():
        member = agreeing()
        with keeper():
            Handover.objects.filter(subject_id=member.subject).delete()
        assert programmes.plan_due() == 1
        deliver()
    assert held_there(partner) == [{"name": member.person.name, "email": member.person.email}]


def test_other_terms_need_another_notice(partner: Sandbox) -> None:
    with sharing():
        member = agreeing()
    other = partnered().replace("문구를 보낸 뒤 30일까지", "문구를 보낸 뒤 3년까지")
    with obeying(policy_of(other)):
        assert deliver() == {State.GIVEN_UP: 1}
        assert last(member).reason == "refused:P4.2"
        officer = people.officer().actor
        (shown,) = programmes.view(officer, KO).programmes
        assert shown.stale
        assert shown.announced is None
        with pytest.raises(Refused) as refused:
            programmes.activate(officer, PROGRAMME)
        assert refused.value.promise == "P4.2"
        with pytest.raises(Invalid):
            programmes.announce(officer, PROGRAMME, language=KO)
    assert held_there(partner) == []


def test_a_notice_of_another_kind_announces_nothing() -> None:
    with sharing(runs=False), keeper():
        words = Text(ko="소식입니다", en="News")
        posting.post(NoticeKind.NEWS, "programme:stationery", words, words)
    with sharing(runs=False), pytest.raises(Refused):
        programmes.activate(people.officer().actor, PROGRAMME)


def test_only_the_officer_starts_and_an_auditor_looks() -> None:
    with sharing(runs=False):
        for other in (people.clerk().actor, people.auditor().actor, people.member().actor):
            with pytest.raises(Refused):
                programmes.announce(other, PROGRAMME, language=KO)
            with pytest.raises(Refused):
                programmes.activate(other, PROGRAMME)
            with pytest.raises(Refused):
                programmes.stop(other, PROGRAMME)
        assert programmes.view(people.auditor().actor, KO).programmes
        with pytest.raises(Refused):
            programmes.view(people.clerk().actor, KO)


def test_an_officer_sees_counts(partner: Sandbox) -> None:
    with sharing():
        agreeing()
        withdraw(agreeing())
        deliver()
        (shown,) = programmes.view(people.officer().actor, KO).programmes
    assert shown.agreed == 1
    assert shown.counts["given"] == 1


@pytest.mark.parametrize("how", ["wrong", "unsigned"])
def test_an_answer_that_is_not_the_partners_is_none(partner: Sandbox, how: str) -> None:
    with day_ago() as standing, sharing():
        member = agreeing()
        standing.move(timedelta(days=1))
        partner.manner(**{how: True})
        assert deliver() == {State.SENDING: 1}
        assert last(member).reason == register.UNREACHABLE
        partner.manner()
        standing.move(timedelta(seconds=11))
        assert deliver() == {State.ACKNOWLEDGED: 1}
    (request,) = heard_there(partner)
    assert request["calls"] == 2
    assert len(held_there(partner)) == 1


def test_a_lost_answer_is_asked_for_again_and_nothing_is_doubled(partner: Sandbox) -> None:
    with day_ago() as standing, sharing():
        agreeing()
        standing.move(timedelta(days=1))
        partner.faults(lost=1)
        assert deliver() == {State.SENDING: 1}
        standing.move(timedelta(seconds=11))
        assert deliver() == {State.ACKNOWLEDGED: 1}
    assert len(held_there(partner)) == 1


def test_a_partner_that_is_down_for_a_day_gets_everything_once(partner: Sandbox) -> None:
    with day_ago() as standing, sharing():
        members = [agreeing(name=False) for _ in range(3)]
        partner.faults(down=True)
        for _ in range(23):
            standing.move(timedelta(hours=1))
            assert set(deliver()) <= {State.SENDING}
        partner.healthy()
        standing.move(timedelta(hours=1))
        assert deliver() == {State.ACKNOWLEDGED: 3}
        assert {one.person.email for one in members} == {
            one["email"] for one in held_there(partner)
        }
    assert [one["calls"] for one in heard_there(partner)] == [1, 1, 1]


def test_a_partner_that_is_silent_does_not_hold_up_others(
    partner: Sandbox, settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tests.cast.orders import ordered
    from yaksok.journeys import dispatch

    settings.YAKSOK_COURIER_URL = ""  # nobody answers there
    with sharing():
        dispatch.dispatch([ordered().id], people.clerk().actor)
        agreeing()
        assert deliver() == {State.ACKNOWLEDGED: 1}


def test_it_answers_later_and_its_call_is_taken_once(partner: Sandbox, partner_ear: Ear) -> None:
    with sharing():
        member = agreeing()
        partner.manner(later=True)
        partner.faults(duplicate=True)
        assert deliver() == {State.TAKEN: 1}
        calls = wait_until(lambda: len(partner_ear.heard) >= 2 and partner_ear.heard)
        for call in calls:
            headers = {k: v for k, v in call.headers.items() if k.startswith("yaksok")}
            assert programmes.hear("daon", call.body, headers) is None
        assert last(member).state is State.ACKNOWLEDGED
        assert last(member).answer == "done"
        with pytest.raises(Refused):
            programmes.hear("daon", calls[0].body, {**headers, "yaksok-signature": "v1=0"})


def test_without_a_call_it_is_asked_again(partner: Sandbox) -> None:
    with day_ago() as standing, sharing():
        member = agreeing()
        standing.move(timedelta(days=1))
        partner.manner(later=True)
        partner.faults(silent=True)
        assert deliver() == {State.TAKEN: 1}
        standing.move(timedelta(minutes=4))
        assert deliver() == {}
        standing.move(timedelta(hours=1))
        partner.manner()
        # the sandbox lives now: an hour from now is a stamp it does not take
        assert deliver() == {State.SENDING: 1}
        assert last(member).state is State.SENDING


def test_a_withdrawal_reaches_whoever_was_given(partner: Sandbox) -> None:
    with sharing():
        member = agreeing()
        deliver()
        assert withdraw(member).told == 1
        assert last(member).message is Message.ERASURE
        assert deliver() == {State.ACKNOWLEDGED: 1}
        assert last(member).answer == "done"
        member.agrees(CONSENT)
        assert deliver() == {State.ACKNOWLEDGED: 1}
        references = {one.reference for one in entries(member)}
    assert len(references) == 2
    assert len(held_there(partner)) == 1


def test_what_comes_late_at_the_partner_is_not_kept(partner: Sandbox) -> None:
    with sharing():
        member = agreeing()
        with keeper():
            Handover.objects.filter(subject_id=member.subject).update(
                sent_at=last(member).planned_at
            )
        withdraw(member)
        states = deliver()
        assert states == {State.GIVEN_UP: 1, State.ACKNOWLEDGED: 1}
        assert last(member).answer == "not_held"
        late = last(member)
        with pytest.raises(wire.Rejected):
            wire.give("daon", late.reference, Portion({"name": "x"}), key=late.subject)
    assert held_there(partner) == []
