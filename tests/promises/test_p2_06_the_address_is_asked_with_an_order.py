"""P2.6: the address is asked with an order, not at sign-up."""

from tests.cast.policies import packaged_policy
from yaksok.policy.forms import form
from yaksok.policy.vocabulary import FormName, Item


def asked(name: FormName) -> set[str]:
    fields = form(packaged_policy(), name).fields
    return {field.name for field in fields if field.item is Item.ADDRESS}


def test_every_order_asks_it():
    for name in (FormName.CHECKOUT_GUEST, FormName.CHECKOUT_MEMBER):
        assert "recipient_address" in asked(name)


def test_sign_up_does_not():
    assert form(packaged_policy(), FormName.SIGN_UP).fields
    assert asked(FormName.SIGN_UP) == set()
