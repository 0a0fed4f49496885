"""P4.12: the courier is told the least that delivery needs."""

import pytest

from tests.cast.policies import changed, packaged_policy, policy_of
from yaksok.policy.document import DocumentError
from yaksok.policy.vocabulary import Item

COURIER = 'items = ["name", "address", "phone"]'


def test_no_document_can_tell_the_courier_more():
    for item in Item:
        if item.value not in COURIER:
            more = COURIER.replace("]", f', "{item}"]')
            with pytest.raises(DocumentError, match=r"recipients\.courier\.items"):
                policy_of(changed((COURIER, more)))


def test_a_document_can_tell_it_less():
    policy = policy_of(changed((COURIER, 'items = ["name", "address"]'), (PHONED, UNPHONED)))
    assert policy.recipients["courier"] == {Item.NAME, Item.ADDRESS, Item.POSTCODE}
    assert Item.PHONE in packaged_policy().recipients["courier"]


PHONED = 'items = ["name", "phone", "postcode", "address"], recipient = "courier"'
UNPHONED = 'items = ["name", "postcode", "address"], recipient = "courier"'
