"""P4.7: from the moment of a withdrawal nothing more of that person is given."""

import json

import pytest

from tests.cast.orders import turns_out
from tests.cast.partners import (
    CONSENT,
    agreeing,
    deliver,
    entries,
    heard_there,
    held_there,
    last,
    sharing,
    withdraw,
)
from tests.cast.sandboxes import Sandbox
from yaksok.database.roles import keeper
from yaksok.policy.vocabulary import AgeClass
from yaksok.privacy.disclosure.register import Message, State

pytestmark = pytest.mark.django_db


def test_a_withdrawal_between_queue_and_send_stops_it(partner: Sandbox) -> None:
    with sharing():
        member, other = agreeing(), agreeing()
        withdraw(member)
        states = deliver()
        assert states == {State.GIVEN_UP: 1, State.ACKNOWLEDGED: 1}
        assert last(member).reason == "recalled"
        assert last(member).message is Message.HANDOVER, "nothing was given, so nothing is recalled"
    assert [one["email"] for one in held_there(partner)] == [other.person.email]
    assert member.person.email not in json.dumps(heard_there(partner))


def test_what_turns_out_meanwhile_counts_too(partner: Sandbox) -> None:
    with sharing():
        members = [agreeing(name=False) for _ in range(2)]
        with keeper():
            turns_out(members[0].subject, AgeClass.CHILD)
            turns_out(members[1].subject, AgeClass.UNKNOWN)
        assert deliver() == {State.GIVEN_UP: 2}
        assert {last(one).reason for one in members} == {"refused:P9.6"}
    assert heard_there(partner) == []


def test_what_was_given_is_erased_there_by_a_message_without_any_value(partner: Sandbox) -> None:
    with sharing():
        member = agreeing()
        deliver()
        withdraw(member)
        deliver()
        assert last(member).message is Message.ERASURE
        assert last(member).answer == "done"
    assert held_there(partner) == []
    (erasure,) = [one for one in heard_there(partner) if one["method"] == "DELETE"]
    assert erasure["body"] == ""


def test_agreeing_anew_does_not_wake_what_was_recalled(partner: Sandbox) -> None:
    with sharing():
        member = agreeing()
        withdraw(member)
        member.agrees(CONSENT)
        deliver()
        states = [one.state for one in entries(member)]
    assert states == [State.GIVEN_UP, State.ACKNOWLEDGED]
    assert len(held_there(partner)) == 1
