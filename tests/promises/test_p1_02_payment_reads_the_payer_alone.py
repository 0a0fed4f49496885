"""P1.2: payment uses only what payment needs."""

from tests.cast.policies import packaged_policy, permitted
from yaksok.policy.vocabulary import Action, Item, Purpose, RecordKind


def test_payment_opens_the_payer_and_nothing_else():
    opened = {
        (request.kind, item)
        for request in permitted(packaged_policy())
        if request.purpose is Purpose.PAYMENT and request.action is not Action.ERASE
        for item in request.items
    }
    assert opened == {
        (RecordKind.ORDER_PAYER, Item.NAME),
        (RecordKind.ORDER_PAYER, Item.PHONE),
        (RecordKind.ORDER_PAYER, Item.EMAIL),
    }


def test_the_payment_provider_is_given_no_item():
    assert packaged_policy().recipients["payment_provider"] == frozenset()
    handed = [
        request
        for request in permitted(packaged_policy())
        if request.recipient == "payment_provider"
    ]
    assert handed == []
