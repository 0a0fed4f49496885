"""P1.5: the forms are the document; what is not declared is not accepted."""

import pytest

from tests.cast.policies import packaged_policy, policy_of, without_item
from yaksok.kernel.errors import Undeclared
from yaksok.policy.forms import form, read
from yaksok.policy.vocabulary import FormName, Language

SIGN_UP = {
    "login_id": "yaksok_01",
    "password": "a long enough secret",
    "email": "member@yaksok.example",
    "age_attested": "on",
    "terms": "on",
}


def test_what_is_declared_is_taken():
    taken = read(form(packaged_policy(), FormName.SIGN_UP), SIGN_UP, Language.KOREAN)
    assert taken == {**SIGN_UP, "age_attested": "yes", "terms": "yes"}


def test_what_is_not_declared_is_refused_and_its_value_is_not_repeated():
    posted = {**SIGN_UP, "birthday": "1990-01-01-canary"}
    with pytest.raises(Undeclared) as refused:
        read(form(packaged_policy(), FormName.SIGN_UP), posted, Language.KOREAN)
    assert refused.value.names == {"birthday"}
    assert "canary" not in repr(refused.value)


def test_a_field_of_another_form_is_refused_too():
    with pytest.raises(Undeclared):
        read(form(packaged_policy(), FormName.LOOKUP), {"payer_name": "x"}, Language.KOREAN)


def test_an_item_taken_from_the_document_leaves_the_form():
    policy = policy_of(without_item("order_payer", "phone"))
    names = {field.name for field in form(policy, FormName.CHECKOUT_GUEST).fields}
    assert "payer_name" in names
    assert "payer_phone" not in names
    with pytest.raises(Undeclared):
        read(
            form(policy, FormName.CHECKOUT_GUEST), {"payer_phone": "010-0000-0000"}, Language.KOREAN
        )
