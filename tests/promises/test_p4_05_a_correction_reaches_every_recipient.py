"""P4.5: whoever received data is told of its correction, and says that it heard."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.cast import people
from tests.cast.dice import FULL
from tests.cast.orders import ordered
from tests.cast.partners import agreeing, deliver, entries, held_there, last, sharing
from tests.cast.sandboxes import Sandbox
from yaksok.database.roles import keeper
from yaksok.journeys import correct, dispatch
from yaksok.kernel import clock
from yaksok.kernel.actor import Actor
from yaksok.policy.vocabulary import Item, Language, Purpose, RecordKind
from yaksok.privacy.disclosure import handover, register
from yaksok.privacy.disclosure.register import Message, State
from yaksok.privacy.vault import gate

pytestmark = pytest.mark.django_db


def test_each_past_recipient_has_the_new_value_and_a_receipt_stands_here(
    partner: Sandbox,
) -> None:
    with sharing():
        member = agreeing()
        deliver()
        told = correct.correct(
            member.actor, {"name": "고친이름"}, stepped_up=True, language=Language.KOREAN
        ).told
        assert told == 1
        assert deliver() == {State.ACKNOWLEDGED: 1}
        entry = last(member)
    assert (entry.message, entry.answer) == (Message.CORRECTION, "done")
    assert entry.acknowledged_at is not None
    assert [one["name"] for one in held_there(partner)] == ["고친이름"]


def test_the_courier_is_told_too(courier_sandbox: Sandbox) -> None:
    bought = ordered()
    dispatch.dispatch([bought.id], people.clerk().actor)
    order = bought.now()
    guest = Actor.guest(order.recipient)
    with keeper():
        gate.amend(
            order.recipient,
            RecordKind.ORDER_RECIPIENT,
            {Item.PHONE: "010-9999-0000"},
            purpose=Purpose.RIGHTS,
            actor=guest,
        )
        assert handover.correct(order.recipient, order.recipient_record, actor=guest) == 1
    deliver()
    with keeper():
        assert register.for_subject(order.recipient)[-1].state is State.ACKNOWLEDGED
    assert "010-9999-0000" in courier_sandbox.call("GET", "/")[1]


def test_who_does_not_answer_is_told_again_until_a_person_must_look(
    partner: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert timedelta(days=6) < handover.MOST_AFTERWARDS * handover.LONGEST_WAIT < timedelta(days=9)
    if not FULL:
        monkeypatch.setattr(handover, "MOST_AFTERWARDS", 14)
    with clock.fixed(datetime.now(UTC)) as standing, sharing():
        member = agreeing()
        deliver()
        partner.faults(down=True)
        correct.correct(
            member.actor, {"name": "고친이름"}, stepped_up=True, language=Language.KOREAN
        )
        for _ in range(handover.MOST_AFTERWARDS):
            standing.move(timedelta(hours=1, seconds=1))
            deliver()
        entry = last(member)
        assert (entry.state, entry.reason) == (State.GIVEN_UP, register.UNREACHABLE)
        with keeper():
            assert register.alarms().given_up == 1
            assert [one.id for one in register.to_look_at()] == [entry.id]
        assert entry.due_at is not None
        assert clock.now() < entry.due_at, "given up while there is still time to telephone"


def test_what_was_not_sent_yet_leaves_with_the_new_value_alone(partner: Sandbox) -> None:
    with sharing():
        member = agreeing()
        correct.correct(
            member.actor, {"name": "고친이름"}, stepped_up=True, language=Language.KOREAN
        )
        deliver()
        assert len(entries(member)) == 1
    assert [one["name"] for one in held_there(partner)] == ["고친이름"]
