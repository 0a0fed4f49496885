"""P2.8: an ID is asked of members."""

import pytest

from tests.cast.policies import packaged_policy
from yaksok.kernel.errors import Undeclared
from yaksok.policy.forms import form, read
from yaksok.policy.vocabulary import FormName, Item, Language, RecordKind


def test_sign_up_asks_for_an_id():
    fields = {field.item: field for field in form(packaged_policy(), FormName.SIGN_UP).fields}
    assert fields[Item.LOGIN_ID].required
    assert fields[Item.LOGIN_ID].kind is RecordKind.MEMBERSHIP


def test_no_guest_can_give_one():
    shown = form(packaged_policy(), FormName.CHECKOUT_GUEST)
    with pytest.raises(Undeclared):
        read(shown, {"login_id": "yaksok_01"}, Language.KOREAN)
