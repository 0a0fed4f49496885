"""P5.5: what a guest gives serves nothing but the order."""

from tests.cast.policies import packaged_policy, permitted, promises_against
from yaksok.kernel.actor import Role
from yaksok.policy.vocabulary import Action, Purpose, RecordKind

ORDERED_BY_LAW = {Purpose.LEGAL_DEMAND, Purpose.STATUTORY_RECORD}
GUEST_KINDS = {RecordKind.ORDER_EXTRA, RecordKind.ORDER_PAYER, RecordKind.ORDER_RECIPIENT}


def test_no_purpose_beyond_the_order_reaches_it():
    used = {
        request.purpose
        for request in permitted(packaged_policy())
        if request.kind in GUEST_KINDS and request.action is not Action.ERASE
    }
    assert used == {
        Purpose.DELIVERY,
        Purpose.LEGAL_DEMAND,
        Purpose.ORDER,
        Purpose.PAYMENT,
        Purpose.RIGHTS,
        Purpose.STATUTORY_RECORD,
    }


def test_a_purpose_that_exists_elsewhere_does_not_reach_it():
    serving = {Purpose.DELIVERY, Purpose.ORDER, Purpose.PAYMENT, Purpose.RIGHTS}
    for kind in sorted(GUEST_KINDS):
        for purpose in sorted(set(Purpose) - serving - ORDERED_BY_LAW):
            assert promises_against(kind, purpose) <= {"P2.14", "P5.3", "P5.4"}, (kind, purpose)


def test_a_guest_becomes_nothing_else():
    touched = {
        request.kind for request in permitted(packaged_policy()) if request.actor.role is Role.GUEST
    }
    assert touched == GUEST_KINDS
