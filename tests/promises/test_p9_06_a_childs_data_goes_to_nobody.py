"""P9.6: a child's data goes to nobody; unknown age counts as under 14."""

from tests.cast.policies import (
    CHILD,
    GROWN_UP,
    NOT_KNOWN,
    packaged_policy,
    permitted,
    with_advertiser,
)
from yaksok.policy.decide import Facts
from yaksok.policy.vocabulary import Action, AgeClass


def handed(facts: Facts) -> int:
    return sum(
        request.action is Action.DISCLOSE
        for policy in (packaged_policy(), with_advertiser())
        for request in permitted(policy, facts, actions=[Action.DISCLOSE])
    )


def test_a_grown_up_is_handed_to_the_courier():
    assert handed(GROWN_UP) > 0


def test_a_child_is_handed_to_nobody():
    assert handed(CHILD) == 0
    assert handed(NOT_KNOWN) == 0


def test_no_consent_changes_that():
    agreed = frozenset({"disclose", "disclose:courier", "disclose:advertiser", "guardian"})
    for age in (AgeClass.CHILD, AgeClass.UNKNOWN):
        assert handed(Facts(age, agreed, frozenset())) == 0
