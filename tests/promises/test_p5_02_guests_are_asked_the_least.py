"""P5.2: a guest order asks what payment and delivery cannot do without."""

from tests.cast.policies import packaged_policy
from yaksok.policy.forms import form
from yaksok.policy.vocabulary import FormName, Item, RecordKind


def test_payer_recipient_and_nothing_else():
    fields = form(packaged_policy(), FormName.CHECKOUT_GUEST).fields
    asked = {(field.kind, field.item) for field in fields}
    payer = {Item.NAME, Item.PHONE, Item.EMAIL, Item.PASSWORD}
    recipient = {Item.NAME, Item.PHONE, Item.POSTCODE, Item.ADDRESS}
    assert asked == {(RecordKind.ORDER_PAYER, item) for item in payer} | {
        (RecordKind.ORDER_RECIPIENT, item) for item in recipient
    }


def test_a_guest_is_offered_nothing_optional():
    shown = form(packaged_policy(), FormName.CHECKOUT_GUEST)
    assert all(field.required for field in shown.fields)
    assert {box.name for box in shown.boxes} == {"same_as_payer", "age_attested"}
