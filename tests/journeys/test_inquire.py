"""Anybody asks; what they wrote is sealed, and nothing is kept of somebody who is not of age."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.cast import people
from tests.cast.asking import KOREAN, WORDS, answers, asks, posted, ticket_of
from tests.cast.orders import ordered
from tests.cast.shoppers import rows
from tests.cast.trades import order_of
from yaksok.database.roles import keeper
from yaksok.journeys import inquire, inquiries, leave, sweep
from yaksok.kernel import clock
from yaksok.kernel.actor import Actor
from yaksok.kernel.errors import Invalid, NotFound, Refused, Throttled, Undeclared
from yaksok.mall.desk.words import State, Topic
from yaksok.mall.orders.states import OrderState
from yaksok.policy.facts import USE
from yaksok.policy.in_force import policy
from yaksok.policy.vocabulary import RecordKind
from yaksok.privacy.consent import ledger
from yaksok.privacy.guardians.age import GuardianNeeded
from yaksok.privacy.vault import gate

pytestmark = pytest.mark.django_db


def count(table: str) -> int:
    with keeper():
        ((number,),) = rows(f"SELECT count(*) FROM {table}")
    return int(number)


def test_a_visitor_needs_no_address_and_gets_number_and_secret() -> None:
    received = asks()
    found = inquiries.look_up(
        received.number.lower(), received.secret.replace("-", " "), address_key="a"
    )
    assert (found.body, found.answer) == (WORDS, "")
    assert ticket_of(received).state is State.OPEN


def test_the_ticket_holds_no_word_of_it() -> None:
    who = people.person()
    asks(name=who.name, email=who.email)
    with keeper():
        ((held,),) = rows("SELECT string_agg(t::text, ' ') FROM desk_ticket t")
        logged = rows("SELECT e::text FROM audit_entry e WHERE event = 'desk:ticket:received'")
    everything = f"{held} {logged}"
    assert "desk:ticket:received" in everything
    assert not [value for value in (WORDS, who.name, who.email) if value in everything]


def test_who_does_not_say_that_they_are_of_age_is_told_so_and_nothing_stays() -> None:
    sent = posted(Actor.visitor())
    del sent["age_attested"]
    before = count("vault_record"), count("desk_ticket"), count("consent_event")
    with pytest.raises((Invalid, GuardianNeeded)):
        inquire.ask(sent, Actor.visitor(), language=KOREAN)
    assert (count("vault_record"), count("desk_ticket"), count("consent_event")) == before


def test_a_resident_number_is_refused_and_named_nowhere() -> None:
    with pytest.raises(Invalid) as refused:
        asks(body="제 번호는 900101-1234568 이에요.")
    assert set(refused.value.problems) == {"body"}
    assert "900101" not in repr(refused.value)
    assert count("desk_ticket") == 0


def test_what_is_not_asked_is_not_taken() -> None:
    with pytest.raises(Undeclared):
        asks(phone="010-1234-5678")
    with pytest.raises(Undeclared):
        asks(people.member().actor, email="x@mail.example")


def test_it_says_what_it_is_about_and_everything_else_that_is_wrong() -> None:
    with pytest.raises(Invalid) as refused:
        inquire.ask({"body": "", "topic": "gossip"}, Actor.visitor(), language=KOREAN)
    assert {"topic", "body", "age_attested"} <= set(refused.value.problems)


def test_the_notice_must_be_the_one_that_was_shown() -> None:
    sent = posted(Actor.visitor()) | {"notice": "0" * 64}
    with pytest.raises(Invalid):
        inquire.ask(sent, Actor.visitor(), language=KOREAN)


def test_one_address_asks_ten_times_in_an_hour() -> None:
    for _ in range(10):
        asks(address_key="198.51.100.9")
    with pytest.raises(Throttled):
        asks(address_key="198.51.100.9")


def test_a_member_sees_theirs_and_nobody_elses() -> None:
    one, other = people.member(), people.stranger()
    received = asks(one.actor)
    assert received.secret == ""
    assert inquiries.one(one.actor, received.ticket).body == WORDS
    assert [line.number for line in inquiries.mine(one.actor)] == [received.number]
    assert inquiries.mine(other.actor) == []
    with pytest.raises(NotFound):
        inquiries.one(other.actor, received.ticket)
    with pytest.raises(Invalid):
        inquiries.look_up(received.number, "0000-0000-0000", address_key="a")


def test_a_member_may_name_an_order_of_their_own_only() -> None:
    one = people.member()
    own, others = order_of(one, OrderState.PAID), ordered()
    assert ticket_of(asks(one.actor, order=str(own.id))).order == own.id
    for wrong in (str(others.id), "x"):
        with pytest.raises(Invalid) as refused:
            asks(one.actor, order=wrong)
        assert set(refused.value.problems) == {"order"}


def test_a_member_whose_data_is_stopped_is_heard_without_their_account() -> None:
    one = people.member()
    with keeper():
        ledger.decide(
            one.subject,
            {USE: False},
            notice="0" * 64,
            policy_version=policy().version,
            language=KOREAN,
        )
    received = asks(one.actor)
    assert received.secret
    assert ticket_of(received).subject != one.subject


def test_a_wrong_pair_sounds_the_same_whichever_is_wrong() -> None:
    received, other = asks(), asks()
    said: list[str] = []
    for number, secret in (
        (received.number, other.secret),
        ("Q-ZZZZ-ZZZZ", received.secret),
        ("nonsense", ""),
    ):
        with pytest.raises(Invalid) as refused:
            inquiries.look_up(number, secret, address_key=f"192.0.2.{len(said)}")
        said.append(str(refused.value.problems))
    assert len(set(said)) == 1


def test_guessing_is_stopped() -> None:
    received = asks()
    for guess in range(5):
        with pytest.raises(Invalid):
            inquiries.look_up(received.number, f"{guess}", address_key=f"192.0.2.{guess}")
    with pytest.raises(Throttled):
        inquiries.look_up(received.number, received.secret, address_key="192.0.2.200")


def test_it_is_destroyed_three_years_after_the_answer_with_its_ticket() -> None:
    clerk = people.clerk()
    with clock.fixed(datetime(2026, 3, 2, 3, 0, tzinfo=UTC)) as standing:
        received = asks()
        answered = answers(clerk.actor, received.ticket)
        standing.move_to(datetime(2029, 3, 2, 2, 0, tzinfo=UTC))
        sweep.sweep()
        assert ticket_of(received) == answered
        standing.move_to(datetime(2029, 3, 3, 16, 0, tzinfo=UTC))
        sweep.sweep()
        with pytest.raises(NotFound):
            ticket_of(received)
        with keeper():
            assert not gate.holdings(answered.subject)
        assert count("desk_number") == 0


def test_who_leaves_leaves_a_laws_copy_of_an_inquiry_and_no_ticket() -> None:
    one = people.member()
    received = asks(one.actor)
    answers(people.clerk().actor, received.ticket)
    leave.confirm(one.actor, one.person.password, language=KOREAN)
    with keeper():
        (copy,) = gate.holdings(one.subject)
    assert copy.kind is RecordKind.STATUTORY
    assert copy.destroy_after is not None
    assert timedelta(days=3 * 365) - timedelta(days=2) < copy.destroy_after - clock.now()
    assert count("desk_ticket") == count("desk_number") == 0


def test_it_is_not_answered_by_a_member_or_an_auditor() -> None:
    received = asks(topic=Topic.PRIVACY)
    for actor in (people.member().actor, people.auditor().actor, Actor.visitor()):
        with pytest.raises(Refused) as refused:
            answers(actor, received.ticket)
        assert refused.value.promise == "P7.13"


def test_who_leaves_with_an_open_inquiry_is_told_that_a_law_keeps_it() -> None:
    one = people.member()
    asks(one.actor)
    label = policy().document.body.records[RecordKind.INQUIRY].label.ko
    rows_of_it = [row for row in leave.plan(one.actor, language=KOREAN).rows if row.kind == label]
    assert rows_of_it
    assert not any(row.goes_now for row in rows_of_it)
    leave.confirm(one.actor, one.person.password, language=KOREAN)
    with keeper():
        (copy,) = gate.holdings(one.subject)
    assert copy.kind is RecordKind.STATUTORY
