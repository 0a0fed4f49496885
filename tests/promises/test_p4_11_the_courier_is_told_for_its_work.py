"""P4.11: the courier is told of parcels it is to bring, and of nothing and nobody else."""

import json
from dataclasses import FrozenInstanceError, fields

import pytest
from django.conf import settings

from tests.cast import people
from tests.cast.orders import ordered
from tests.cast.sandboxes import Ear, Sandbox
from yaksok.database.roles import keeper
from yaksok.journeys import courier_sheets, dispatch
from yaksok.kernel.errors import Refused
from yaksok.mall.orders.states import OrderState
from yaksok.mall.shipping import parcels
from yaksok.policy.vocabulary import Item, Language, Purpose, RecordKind
from yaksok.privacy.disclosure import handover, register
from yaksok.privacy.disclosure.label import Label

pytestmark = pytest.mark.django_db


def test_only_orders_that_are_sent_appear_at_the_courier(courier_sandbox: Sandbox) -> None:
    sent, paid, unpaid = ordered(), ordered(), ordered(paid=False)
    dispatch.dispatch([sent.id, unpaid.id], people.clerk().actor)
    page = courier_sandbox.call("GET", "/")[1]
    assert sent.recipient.name in page
    for one in (sent.payer, paid.payer, paid.recipient, unpaid.payer, unpaid.recipient):
        assert one.name not in page
        assert one.phone not in page


def test_the_bytes_that_leave_are_three_items_and_a_number(
    courier_ear: Ear, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "YAKSOK_COURIER_URL", f"http://127.0.0.1:{courier_ear.port}")
    monkeypatch.setattr(settings, "YAKSOK_COURIER_SECRET", "secret")
    courier_ear.heard.clear()
    bought = ordered()
    dispatch.dispatch([bought.id], people.clerk().actor)
    (said,) = courier_ear.heard
    with keeper():
        number = parcels.of_orders([bought.place])[bought.id].number
    who = bought.recipient
    assert said.json() == {
        "parcel": number,
        "name": who.name,
        "address": f"({who.postcode}) {who.address}",
        "phone": who.phone,
    }
    whole = (json.dumps(said.headers) + said.body.decode()).lower()
    order = bought.now()
    for hidden in (order.number, order.id, order.subject, order.recipient, bought.payer.email):
        assert str(hidden).lower() not in whole


def test_a_label_has_three_fields_and_cannot_take_a_fourth() -> None:
    assert [field.name for field in fields(Label)] == ["name", "address", "phone"]
    label = Label("a", "b", "c")
    with pytest.raises((FrozenInstanceError, AttributeError, TypeError)):
        label.email = "d"  # type: ignore[attr-defined]  # the fault that is planted
    assert repr(label) == "Label(***)"


def test_no_other_item_can_be_planned() -> None:
    bought, clerk = ordered(), people.clerk().actor
    order = bought.now()
    for more in set(Item) - {Item.NAME, Item.ADDRESS, Item.POSTCODE, Item.PHONE}:
        with keeper(), pytest.raises(Refused):
            handover.plan(
                order.recipient,
                order.recipient_record,
                "number",
                kind=RecordKind.ORDER_RECIPIENT,
                purpose=Purpose.DELIVERY,
                actor=clerk,
                items=frozenset({Item.NAME, Item.ADDRESS, Item.PHONE, more}),
            )


def test_the_handover_stands_in_the_register(courier_sandbox: Sandbox) -> None:
    bought = ordered()
    dispatch.dispatch([bought.id], people.clerk().actor)
    with keeper():
        (entry,) = register.for_subject(bought.now().recipient)
    assert entry.recipient == "courier"
    assert set(entry.items) == {Item.NAME, Item.ADDRESS, Item.POSTCODE, Item.PHONE}
    assert entry.purpose is Purpose.DELIVERY
    assert entry.acknowledged_at is not None
    assert bought.recipient.name not in repr(entry)


def test_a_file_tells_of_orders_that_are_sent_and_counts_as_sending() -> None:
    sent, paid, unpaid = ordered(), ordered(), ordered(paid=False)
    clerk, korean = people.clerk().actor, Language.KOREAN
    ids = [sent.id, unpaid.id]
    key = courier_sheets.ask(ids, "json", "by_contract", clerk, language=korean)
    assert sent.now().state is OrderState.PAID
    courier_sheets.allow(key, people.officer().actor)
    told = courier_sheets.take(key, clerk, language=korean).content.decode()
    assert [one["name"] for one in json.loads(told)] == [sent.recipient.name]
    order = sent.now()
    for hidden in (order.number, order.id, order.subject, order.recipient):
        assert str(hidden) not in told
    for one in (sent.payer, paid.payer, paid.recipient, unpaid.payer, unpaid.recipient):
        assert one.name not in told
        assert one.phone not in told
    assert order.state is OrderState.DISPATCHING
    with keeper():
        (entry,) = register.for_subject(order.recipient)
    assert (entry.recipient, entry.way) == ("courier", register.Way.FILE)
    assert set(entry.items) == {Item.NAME, Item.ADDRESS, Item.POSTCODE, Item.PHONE}
    assert entry.purpose is Purpose.DELIVERY
    assert entry.sent_at is not None
