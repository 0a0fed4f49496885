"""P4.13: the courier is told name, address and phone, nothing else."""

import io
import json

import openpyxl

from tests.cast.policies import GROWN_UP, PERSON, packaged_policy, permitted
from yaksok.kernel.actor import Actor
from yaksok.policy.decide import Permit, Refusal, Request, decide
from yaksok.policy.vocabulary import Action, Item, Purpose, RecordKind
from yaksok.privacy.disclosure import layouts
from yaksok.privacy.disclosure.label import Label
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
