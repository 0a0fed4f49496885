"""P2.10: members, and whoever orders, give an e-mail address."""

import pytest

from tests.cast.policies import packaged_policy
from yaksok.kernel.errors import Invalid
from yaksok.policy.forms import form, read
from yaksok.policy.vocabulary import FormName, Item, Language


def test_it_must_be_given_at_sign_up_and_by_the_payer_only():
    where = {
        (name, field.name)
        for name in FormName
        for field in form(packaged_policy(), name).fields
        if field.item is Item.EMAIL and field.required
    }
    assert where == {
        (FormName.SIGN_UP, "email"),
        (FormName.CHECKOUT_GUARDIAN, "payer_email"),
        (FormName.CHECKOUT_GUEST, "payer_email"),
        (FormName.CHECKOUT_MEMBER, "payer_email"),
        (FormName.COMING_OF_AGE, "email"),
        (FormName.CORRECT, "email"),
        (FormName.CORRECT_GUEST, "payer_email"),
    }


def test_what_is_no_address_is_not_taken():
    for typed in ("nobody", "a@b", "a b@yaksok.example", "x" * 250 + "@yaksok.example"):
        with pytest.raises(Invalid) as refused:
            read(form(packaged_policy(), FormName.CORRECT), {"email": typed}, Language.KOREAN)
        assert set(refused.value.problems) == {"email"}
