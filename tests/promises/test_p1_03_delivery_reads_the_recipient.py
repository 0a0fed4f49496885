"""P1.3: delivery uses only what bringing the goods needs."""

from tests.cast.policies import packaged_policy, permitted
from yaksok.policy.vocabulary import Action, Item, Purpose, RecordKind


def test_delivery_opens_and_hands_over_only_where_goods_go():
    used = {
        (request.kind, item)
        for request in permitted(packaged_policy())
        if request.purpose is Purpose.DELIVERY and request.action in {Action.OPEN, Action.DISCLOSE}
        for item in request.items
    }
    where = {Item.NAME, Item.PHONE, Item.POSTCODE, Item.ADDRESS}
    kinds = {RecordKind.ADDRESS_BOOK, RecordKind.ORDER_RECIPIENT}
    assert used == {(kind, item) for kind in kinds for item in where}
