"""P4.12: the courier is told the least that delivery needs."""

from dataclasses import fields

import pytest

from tests.cast.policies import changed, packaged_policy, policy_of
from yaksok.policy.document import DocumentError
from yaksok.policy.vocabulary import Item
from yaksok.privacy.disclosure import layouts
from yaksok.privacy.disclosure.layouts import Consigned, Holds, LayoutError

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


def layout(*holds: str) -> dict[str, layouts.Layout]:
    columns = ", ".join(f'{{ title = "{one}", holds = "{one}" }}' for one in holds)
    text = f'[own]\nname = {{ ko = "a", en = "a" }}\ncolumns = [{columns}]\n'
    return layouts.parsed(text, "own.toml")


def test_no_file_can_tell_it_more():
    assert [field.name for field in fields(Consigned)] == ["parcel", "label", "postcode"]
    least = ("parcel", "name", "phone", "address")
    assert set(layout(*least)) == {"own"}
    for item in set(Item) - {item for item in Item if item.value in set(Holds)}:
        with pytest.raises(LayoutError):
            layout(*least, item.value)
    assert {item for item in Item if item.value in set(Holds)} == {
        Item.NAME,
        Item.PHONE,
        Item.ADDRESS,
        Item.POSTCODE,
    }


def test_no_file_can_tell_it_too_little():
    for missing in ("parcel", "name", "phone", "address"):
        with pytest.raises(LayoutError):
            layout(*({"parcel", "name", "phone", "address"} - {missing}))
