"""P9.7: nothing of a child is used to advertise, whatever anybody consents to; unknown is a child."""

import pytest

from tests.cast.policies import PERSON, actors, advertising, policy_of
from yaksok.policy.decide import Facts, Permit, Refusal, Request, decide
from yaksok.policy.vocabulary import Action, AgeClass, Item, Purpose, RecordKind

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
