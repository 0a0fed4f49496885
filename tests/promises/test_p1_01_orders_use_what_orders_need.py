"""P1.1: data is collected to take and process orders, and each record says what it is for."""

import pytest

from tests.cast.policies import changed, packaged_policy, permitted, policy_of
from yaksok.policy.document import DocumentError
from yaksok.policy.vocabulary import Action, Item, Purpose, RecordKind


def test_taking_an_order_opens_only_what_an_order_is_made_of():
    opened = {
        request.kind
        for request in permitted(packaged_policy())
        if request.purpose is Purpose.ORDER and request.action is Action.OPEN
    }
    assert opened == {
        RecordKind.ADDRESS_BOOK,
        RecordKind.MEMBERSHIP,
        RecordKind.ORDER_EXTRA,
        RecordKind.ORDER_PAYER,
        RecordKind.ORDER_RECIPIENT,
    }


def test_no_secret_is_opened_for_an_order():
    opened = {
        item
        for request in permitted(packaged_policy())
        if request.purpose is Purpose.ORDER and request.action is Action.OPEN
        for item in request.items
    }
    assert opened.isdisjoint({Item.PASSWORD, Item.TOTP_SECRET, Item.LOGIN_ID})


def test_a_record_without_a_purpose_is_not_taken():
    text = changed(('purposes = ["staff_authentication"]', "purposes = []"))
    with pytest.raises(DocumentError, match=r"records\.staff_account\.purposes"):
        policy_of(text)
