"""P2.11: ID and password are for members only."""

from tests.cast.policies import packaged_policy
from yaksok.policy.forms import form
from yaksok.policy.vocabulary import FormName, Item, RecordKind


def test_a_guest_gives_nothing_of_a_membership():
    for name in (FormName.CHECKOUT_GUEST, FormName.LOOKUP):
        fields = form(packaged_policy(), name).fields
        assert fields
        assert all(field.kind is not RecordKind.MEMBERSHIP for field in fields)
        assert all(field.item is not Item.LOGIN_ID for field in fields)


def test_the_only_secret_of_a_guest_is_that_of_the_order():
    fields = form(packaged_policy(), FormName.CHECKOUT_GUEST).fields
    secrets = [field for field in fields if field.item is Item.PASSWORD]
    assert [(field.name, field.kind) for field in secrets] == [
        ("lookup_secret", RecordKind.ORDER_PAYER)
    ]


def test_a_member_who_orders_sets_no_secret():
    fields = form(packaged_policy(), FormName.CHECKOUT_MEMBER).fields
    assert fields
    assert all(field.item is not Item.PASSWORD for field in fields)
