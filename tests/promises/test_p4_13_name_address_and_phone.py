"""P4.13: the courier is told name, address and phone, nothing else."""

import io
import json
from dataclasses import asdict

import openpyxl
import pytest

from tests.cast.lender import lending
from tests.cast.policies import GROWN_UP, PERSON, packaged_policy, permitted, policy_of
from yaksok.kernel.actor import Actor, Role
from yaksok.kernel.personal import Personal
from yaksok.policy import masks
from yaksok.policy.decide import Permit, Refusal, Request, decide
from yaksok.policy.vocabulary import Action, Item, Purpose, RecordKind
from yaksok.privacy.disclosure import layouts
from yaksok.privacy.disclosure.label import (
    OPENED_WITH_A_SAFE_NUMBER,
    Incomplete,
    Label,
    label_of,
)
from yaksok.privacy.disclosure.layouts import Consigned

THREE = frozenset({Item.NAME, Item.ADDRESS, Item.PHONE})


def ask(items: frozenset[Item], kind: RecordKind = RecordKind.ORDER_RECIPIENT) -> Permit | Refusal:
    request = Request(
        Action.DISCLOSE, kind, items, Purpose.DELIVERY, Actor.system("dispatch"), PERSON, "courier"
    )
    return decide(packaged_policy(), request, GROWN_UP)


def test_the_three_go_in_one_call():
    assert ask(THREE) == Permit("P4.13")
    assert ask(THREE | {Item.POSTCODE}) == Permit("P4.13")  # a part of the address


def test_a_fourth_item_stops_them_all():
    for item in set(Item) - THREE - {Item.POSTCODE}:
        assert isinstance(ask(THREE | {item}), Refusal)


def test_a_safe_number_stands_for_the_phone_where_a_provider_is_named():
    policy = policy_of(lending())
    clerk = Actor(Role.CLERK, PERSON, trained=True)

    def asked(recipient: str, *items: Item) -> Permit | Refusal:
        delivery, kind = Purpose.DELIVERY, RecordKind.ORDER_RECIPIENT
        of = Request(Action.DISCLOSE, kind, frozenset(items), delivery, clerk, PERSON, recipient)
        return decide(policy, of, GROWN_UP)

    assert frozenset(OPENED_WITH_A_SAFE_NUMBER) == (
        THREE - {Item.PHONE} | {Item.POSTCODE, Item.SAFE_NUMBER}
    )
    assert asked("courier", *OPENED_WITH_A_SAFE_NUMBER) == Permit("P4.13")
    assert asked("safe_number", Item.PHONE) == Permit("P4.13")
    for more in set(Item) - {Item.PHONE}:
        assert isinstance(asked("safe_number", Item.PHONE, more), Refusal)
    assert isinstance(ask(OPENED_WITH_A_SAFE_NUMBER), Refusal)  # no provider is named here


def test_a_label_has_one_number_and_it_is_the_safe_one():
    said = {
        Item.NAME: "이름",
        Item.ADDRESS: "주소",
        Item.POSTCODE: "03154",
        Item.SAFE_NUMBER: "05012345678",
    }
    opened = {item: Personal(value, masks.rule(item)) for item, value in said.items()}
    assert asdict(label_of(opened)) == {
        "name": "이름",
        "address": "(03154) 주소",
        "phone": "05012345678",
    }
    opened[Item.PHONE] = Personal("010-2000-0001", masks.rule(Item.PHONE))
    with pytest.raises(Incomplete):
        label_of(opened)


def test_only_recipients_of_orders_are_told():
    told = {
        (request.kind, item)
        for request in permitted(packaged_policy())
        if request.recipient == "courier"
        for item in request.items
    }
    assert told == {(RecordKind.ORDER_RECIPIENT, item) for item in THREE | {Item.POSTCODE}}


def test_a_file_holds_the_three_and_the_parcels_number():
    one = Consigned("0" * 20, Label("이름", "(03154) 주소", "전화"), "03154")
    assert json.loads(layouts.file_of(None, [one])) == [
        {"parcel": "0" * 20, "name": "이름", "address": "(03154) 주소", "phone": "전화"}
    ]
    mall = packaged_policy().document.body.mall
    ours = {mall.company.ko, mall.address.ko, mall.phone}
    assert set(layouts.layouts()) == {"cj", "hanjin", "lotte"}
    for layout in layouts.layouts().values():
        book = openpyxl.load_workbook(io.BytesIO(layouts.file_of(layout, [one])))
        (_, row) = book.worksheets[0].iter_rows(values_only=True)
        said = {column.says for column in layout.columns if column.says}
        assert said <= {"상품", "1"}
        assert set(row) - ours - said - {None} == {"이름", "주소", "03154", "전화", "0" * 20}
