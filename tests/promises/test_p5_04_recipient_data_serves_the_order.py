"""P5.4: the recipient's data is used for delivery of the order only."""

from tests.cast.policies import GROWN_UP, packaged_policy, permitted, questions
from yaksok.kernel.actor import Role
from yaksok.policy.decide import Refusal, decide
from yaksok.policy.vocabulary import Action, Item, Purpose, RecordKind

OF_THE_PERSON_OR_THE_LAW = {Purpose.RIGHTS, Purpose.STATUTORY_RECORD}


def test_it_is_used_for_the_order_and_for_nothing_else():
    used = {
        request.purpose
        for request in permitted(packaged_policy())
        if request.kind is RecordKind.ORDER_RECIPIENT and request.action is not Action.ERASE
    }
    assert used - OF_THE_PERSON_OR_THE_LAW == {Purpose.ORDER, Purpose.DELIVERY}


def test_nobody_but_the_person_uses_it_under_their_rights():
    who = {
        request.actor.role
        for request in permitted(packaged_policy())
        if request.kind is RecordKind.ORDER_RECIPIENT
        and request.purpose is Purpose.RIGHTS
        and request.action is not Action.ERASE
    }
    assert who == {Role.GUEST, Role.MEMBER}


def test_a_service_for_members_cannot_use_it():
    asked = [
        request
        for request in questions([frozenset({Item.NAME})])
        if request.kind is RecordKind.ORDER_RECIPIENT and request.purpose is Purpose.MEMBER_SERVICE
    ]
    policy = packaged_policy()
    answers = [decide(policy, request, GROWN_UP) for request in asked]
    assert answers
    assert all(isinstance(got, Refusal) and got.promise == "P5.4" for got in answers)
