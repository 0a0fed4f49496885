"""P9.7: nothing of a child is used to advertise, whatever anybody consents to; unknown is a child."""

import pytest

from tests.cast.callers import notes
from tests.cast.orders import turns_out
from tests.cast.policies import PERSON, actors, advertising, policy_of
from tests.cast.subscribers import (
    CALL,
    EMAIL,
    SMS,
    advertised,
    posted,
    received,
    sends,
    stands,
    wants,
    words,
)
from yaksok.database.roles import keeper
from yaksok.journeys import call_desk
from yaksok.journeys.call_desk import Nobody, Shown
from yaksok.kernel.actor import Actor, Role
from yaksok.kernel.ids import new_subject_id
from yaksok.mall.campaigns.calls import Outcome
from yaksok.policy.decide import Facts, Permit, Refusal, Request, decide
from yaksok.policy.vocabulary import Action, AgeClass, Channel, Item, Purpose, RecordKind
from yaksok.privacy.consent import wards

AGREED = frozenset({"advertising", "advertising_email", "disclose", "terms"})


def asked(actor, action, item):
    items = frozenset({item})
    return Request(action, RecordKind.MEMBERSHIP, items, Purpose.ADVERTISING, actor, PERSON)


def test_no_role_may_use_anything_of_a_child_for_it():
    policy = policy_of(advertising())
    for age in (AgeClass.CHILD, AgeClass.UNKNOWN):
        facts = Facts(age, AGREED, frozenset(), guardian=PERSON)
        for actor in actors():
            for action in set(Action) - {Action.ERASE}:
                for item in Item:
                    answer = decide(policy, asked(actor, action, item), facts)
                    assert isinstance(answer, Refusal), (actor, action, item)


@pytest.mark.parametrize("age", [AgeClass.CHILD, AgeClass.UNKNOWN])
def test_the_refusal_says_which_promise(age):
    policy = policy_of(advertising())
    (mall,) = (actor for actor in actors() if actor.role.value == "system")
    answer = decide(policy, asked(mall, Action.OPEN, Item.EMAIL), Facts(age, AGREED, frozenset()))
    assert isinstance(answer, Refusal)
    assert answer.promise == "P9.7"


def test_a_grown_up_gets_it():
    policy = policy_of(advertising())
    (mall,) = (actor for actor in actors() if actor.role.value == "system")
    facts = Facts(AgeClass.ADULT, AGREED, frozenset())
    assert isinstance(decide(policy, asked(mall, Action.OPEN, Item.EMAIL), facts), Permit)


@pytest.mark.django_db
@pytest.mark.parametrize("age", [AgeClass.CHILD, AgeClass.UNKNOWN])
def test_an_advertisement_to_a_mixed_list_passes_the_child_over(age, standing_clock):
    grown_up, child, ward = (wants(EMAIL, SMS) for _ in range(3))
    with keeper():
        turns_out(child.subject, age)
        wards.entrust(ward.subject, new_subject_id())  # and the guardian allows everything
    for channel in (Channel.EMAIL, Channel.SMS):
        campaign = sends(words(channel))
        assert stands(campaign) == ("done", 1, {"age": 2})
    assert advertised() == [grown_up.subject] * 2


@pytest.mark.django_db
def test_who_turns_out_to_be_a_child_gets_not_even_what_waits(mail_sandbox, standing_clock):
    child = wants(EMAIL)
    posted()
    sends()
    assert advertised() == [child.subject]
    with keeper():
        turns_out(child.subject, AgeClass.CHILD)
    posted()
    assert received(mail_sandbox, child) == []
    assert advertised() == []


@pytest.mark.django_db
@pytest.mark.parametrize("age", [AgeClass.CHILD, AgeClass.UNKNOWN])
def test_no_child_is_called_and_not_even_one_who_was_listed(age, standing_clock):
    grown_up, child, listed = (wants(CALL) for _ in range(3))
    caller = Actor(Role.CLERK, new_subject_id(), trained=True)
    with keeper():
        turns_out(child.subject, age)
    campaign = sends(words(Channel.PHONE))
    first = call_desk.next_number(campaign, actor=caller)
    assert isinstance(first, Shown)
    waits = {grown_up.person.phone: listed, listed.person.phone: grown_up}[first.number]
    with keeper():
        turns_out(waits.subject, age)
    notes(first, Outcome.REACHED, caller)
    assert call_desk.next_number(campaign, actor=caller) is Nobody.THROUGH
    assert stands(campaign)[2]["age"] == 2
