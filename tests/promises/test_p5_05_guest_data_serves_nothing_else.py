"""P5.5: what a guest gives serves nothing but the order."""

from tests.cast.policies import packaged_policy, permitted
from yaksok.kernel.actor import Role
from yaksok.policy.vocabulary import Action, Purpose, RecordKind

GUEST_KINDS = {RecordKind.ORDER_EXTRA, RecordKind.ORDER_PAYER, RecordKind.ORDER_RECIPIENT}


def test_no_purpose_beyond_the_order_reaches_it():
    used = {
        request.purpose
        for request in permitted(packaged_policy())
        if request.kind in GUEST_KINDS and request.action is not Action.ERASE
    }
    assert used == {
        Purpose.DELIVERY,
        Purpose.ORDER,
        Purpose.PAYMENT,
        Purpose.RIGHTS,
        Purpose.STATUTORY_RECORD,
    }


def test_there_is_no_purpose_for_advertising_at_all():
    assert not [purpose for purpose in Purpose if "adverti" in purpose or "market" in purpose]


def test_a_guest_becomes_nothing_else():
    touched = {
        request.kind for request in permitted(packaged_policy()) if request.actor.role is Role.GUEST
    }
    assert touched == GUEST_KINDS
