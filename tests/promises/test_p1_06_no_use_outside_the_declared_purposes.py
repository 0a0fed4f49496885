"""P1.6: data is used for the declared purposes and for nothing else."""

from tests.cast.policies import GROWN_UP, packaged_policy, permitted, questions
from yaksok.policy.decide import Refusal, decide
from yaksok.policy.vocabulary import Item


def test_no_role_opens_a_record_for_a_purpose_that_it_does_not_have():
    policy = packaged_policy()
    asked = 0
    for request in questions([frozenset({item}) for item in (Item.NAME, Item.EMAIL)]):
        if request.purpose not in policy.purposes[request.kind]:
            answer = decide(policy, request, GROWN_UP)
            assert isinstance(answer, Refusal), request
            assert answer.promise in {"P1.6", "P2.14", "P3.9", "P5.3", "P5.4"}
            asked += 1
    assert asked > 10_000


def test_what_is_permitted_is_declared():
    policy = packaged_policy()
    assert all(
        request.purpose in policy.purposes[request.kind]
        and request.items <= policy.items[request.kind]
        for request in permitted(policy)
    )
