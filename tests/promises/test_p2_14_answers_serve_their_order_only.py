"""P2.14: answers to a product serve that order and go with it."""

from tests.cast.policies import packaged_policy, permitted
from yaksok.policy.retention import Period
from yaksok.policy.vocabulary import Action, EndEvent, Purpose, RecordKind


def test_they_are_used_for_the_order_alone():
    used = {
        request.purpose
        for request in permitted(packaged_policy())
        if request.kind is RecordKind.ORDER_EXTRA and request.action is not Action.ERASE
    }
    assert used == {Purpose.ORDER, Purpose.RIGHTS}


def test_they_go_to_no_third_party():
    handed = [
        request
        for request in permitted(packaged_policy())
        if request.kind is RecordKind.ORDER_EXTRA and request.action is Action.DISCLOSE
    ]
    assert handed == []


def test_they_end_with_the_delivery_and_no_law_keeps_them():
    rule = packaged_policy().retention[RecordKind.ORDER_EXTRA]
    assert rule.event is EndEvent.DELIVERED
    assert rule.period == Period()
    assert rule.statutory == ()
