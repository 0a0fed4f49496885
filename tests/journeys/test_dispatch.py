"""Handing parcels to the courier: once, three items, whatever goes wrong on the way."""

import json
import threading
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.conf import settings
from django.db import connection

from tests.cast import people
from tests.cast.orders import Ordered, ordered, turns_out
from tests.cast.sandboxes import Ear, Sandbox, wait_until
from yaksok.database.roles import keeper
from yaksok.journeys import dispatch
from yaksok.journeys.dispatch import Outcome
from yaksok.kernel import clock
from yaksok.kernel.actor import Actor
from yaksok.kernel.clock import FixedClock
from yaksok.kernel.errors import Refused
from yaksok.mall.orders.states import OrderState
from yaksok.mall.shipping import parcels, signing
from yaksok.policy.vocabulary import AgeClass, Item, Purpose, RecordKind
from yaksok.privacy.disclosure import handover, register
from yaksok.privacy.disclosure.register import State
from yaksok.privacy.disclosure.wire import signature
from yaksok.privacy.vault import gate

pytestmark = pytest.mark.django_db


def parcel_of(bought: Ordered) -> str:
    with keeper():
        return parcels.of_orders([bought.place])[bought.id].number


def entry_of(bought: Ordered) -> register.Entry:
    recipient = bought.now().recipient
    with keeper():
        (entry,) = register.for_subject(recipient)
    return entry


def taken(courier: Sandbox, parcel: str) -> int:
    """How many parcels with this number the courier has."""
    return str(courier.call("GET", "/")[1]).count(f"<span>{parcel}</span>")


def said(bought: Ordered, state: str, *, key: str = "", at: str = "2026-11-24T09:00:00+00:00"):
    """A call-back as the courier signs it."""
    body = json.dumps(
        {
            "event": key or uuid4().hex,
            "parcel": parcel_of(bought),
            "tracking_number": "123456789012",
            "state": state,
            "at": at,
        }
    ).encode()
    return body, signed(body)


def signed(body: bytes, *, secret: str = "sandbox-secret", age: int = 0) -> dict[str, str]:
    stamp = str(int(clock.now().timestamp()) - age)
    return {
        "Hangil-Timestamp": stamp,
        "Hangil-Signature": signature(secret, stamp, "POST", signing.PATH, body),
    }


def events(bought: Ordered) -> list[str]:
    recipient = bought.now().recipient
    with keeper(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT event FROM audit_entry WHERE trail = %s ORDER BY id", [gate.trail_of(recipient)]
        )
        return [row[0] for row in cursor.fetchall()]


def test_a_paid_order_goes_to_the_courier(courier_sandbox: Sandbox) -> None:
    bought = ordered()
    (result,) = dispatch.dispatch([bought.id], people.clerk().actor)
    assert result.outcome is Outcome.HANDED
    assert bought.now().state is OrderState.SHIPPED
    entry = entry_of(bought)
    assert (entry.state, entry.attempts, entry.promise) == (State.ACKNOWLEDGED, 1, "P4.13")
    assert entry.acknowledged_at is not None
    page = courier_sandbox.call("GET", "/")[1]
    who = bought.recipient
    assert all(value in page for value in (who.name, who.phone, who.address, who.postcode))
    assert bought.now().number not in page
    assert bought.payer.name not in page


def test_the_log_tells_of_the_handover_before_and_after(courier_sandbox: Sandbox) -> None:
    bought = ordered()
    dispatch.dispatch([bought.id], people.clerk().actor)
    told = events(bought)
    for one in ("planned", "sent", "acknowledged"):
        assert f"disclosure:handover:{one}" in told
    assert told.index("vault:items:opened") < told.index("disclosure:handover:acknowledged")


def test_what_is_not_paid_is_not_sent(courier_sandbox: Sandbox) -> None:
    bought = ordered(paid=False)
    unknown = uuid4()
    results = dispatch.dispatch([bought.id, unknown], people.clerk().actor)
    assert [one.outcome for one in results] == [Outcome.NOT_PAID, Outcome.UNKNOWN]
    assert bought.now().state is OrderState.AWAITING_PAYMENT


def test_a_second_dispatch_is_none(courier_sandbox: Sandbox) -> None:
    bought, clerk = ordered(), people.clerk().actor
    dispatch.dispatch([bought.id], clerk)
    (again,) = dispatch.dispatch([bought.id, bought.id], clerk)
    assert again.outcome is Outcome.ALREADY
    assert taken(courier_sandbox, parcel_of(bought)) == 1


@pytest.mark.parametrize(
    "who",
    [people.newcomer, people.officer, people.auditor, people.stranger],
    ids=lambda one: one.__name__,
)
def test_only_a_trained_clerk_may(courier_sandbox: Sandbox, who) -> None:
    bought = ordered()
    with pytest.raises(Refused):
        dispatch.dispatch([bought.id], who().actor)
    assert bought.now().state is OrderState.PAID
    assert bought.recipient.name not in courier_sandbox.call("GET", "/")[1]


def test_a_childs_parcel_goes_to_nobody(courier_sandbox: Sandbox) -> None:
    kid, other = ordered(age=AgeClass.CHILD), ordered()
    results = dispatch.dispatch([kid.id, other.id], people.clerk().actor)
    assert [(one.outcome, one.promise) for one in results] == [
        (Outcome.REFUSED, "P9.6"),
        (Outcome.HANDED, ""),
    ]
    assert kid.recipient.name not in courier_sandbox.call("GET", "/")[1]


def test_a_courier_that_is_down_gets_it_later_and_once(
    courier_sandbox: Sandbox, standing_clock: FixedClock
) -> None:
    standing_clock.move_to(datetime.now(UTC))
    bought = ordered()
    url, settings.YAKSOK_COURIER_URL = settings.YAKSOK_COURIER_URL, "http://127.0.0.1:9"
    (result,) = dispatch.dispatch([bought.id], people.clerk().actor)
    assert result.outcome is Outcome.WAITING
    assert bought.now().state is OrderState.DISPATCHING
    assert entry_of(bought).reason == register.UNREACHABLE
    assert dispatch.deliver_due().states == {}  # not yet
    standing_clock.move(timedelta(seconds=11))
    assert dispatch.deliver_due().states == {State.SENDING: 1}
    settings.YAKSOK_COURIER_URL = url
    standing_clock.move(timedelta(seconds=21))
    assert dispatch.deliver_due().states == {State.ACKNOWLEDGED: 1}
    assert entry_of(bought).attempts == 3
    assert bought.now().state is OrderState.SHIPPED
    assert dispatch.deliver_due().states == {}


def test_a_lost_answer_makes_no_second_parcel(courier_sandbox: Sandbox) -> None:
    with clock.fixed(datetime.now(UTC)) as standing:
        bought = ordered()
        courier_sandbox.faults(lost=1)
        (result,) = dispatch.dispatch([bought.id], people.clerk().actor)
        assert result.outcome is Outcome.WAITING
        assert taken(courier_sandbox, parcel_of(bought)) == 1
        standing.move(timedelta(seconds=11))
        assert dispatch.deliver_due().states == {State.ACKNOWLEDGED: 1}
        assert taken(courier_sandbox, parcel_of(bought)) == 1


def test_news_of_a_parcel_whose_answer_was_lost_settles_it(courier_sandbox: Sandbox) -> None:
    bought = ordered()
    courier_sandbox.faults(lost=1)
    dispatch.dispatch([bought.id], people.clerk().actor)
    dispatch.tracked(*said(bought, "picked_up"))
    assert bought.now().state is OrderState.SHIPPED
    assert entry_of(bought).state is State.ACKNOWLEDGED


def test_it_is_given_up_visibly_and_can_be_dispatched_again(courier_sandbox: Sandbox) -> None:
    with clock.fixed(datetime.now(UTC)) as standing:
        bought, clerk = ordered(), people.clerk().actor
        courier_sandbox.faults(down=True)
        dispatch.dispatch([bought.id], clerk)
        for _ in range(handover.MOST_ATTEMPTS):
            standing.move(timedelta(hours=1, seconds=1))
            dispatch.deliver_due()
        entry = entry_of(bought)
        assert (entry.state, entry.reason) == (State.GIVEN_UP, register.UNREACHABLE)
        assert entry.attempts == handover.MOST_ATTEMPTS
        assert bought.now().state is OrderState.PAID
        before = parcel_of(bought)
        courier_sandbox.healthy()
        standing.move_to(datetime.now(UTC))
        (result,) = dispatch.dispatch([bought.id], clerk)
        assert result.outcome is Outcome.HANDED
        assert parcel_of(bought) == before


def test_the_policy_is_asked_again_when_it_is_sent(courier_sandbox: Sandbox) -> None:
    with clock.fixed(datetime.now(UTC)) as standing:
        bought = ordered()
        courier_sandbox.faults(down=True)
        dispatch.dispatch([bought.id], people.clerk().actor)
        courier_sandbox.healthy()
        with keeper():
            turns_out(bought.now().recipient, AgeClass.CHILD)
        standing.move(timedelta(seconds=11))
        assert dispatch.deliver_due().states == {State.GIVEN_UP: 1}
        assert entry_of(bought).reason == "refused:P9.6"
        assert bought.recipient.name not in courier_sandbox.call("GET", "/")[1]


def test_tracking_moves_the_order_forwards_only(courier_sandbox: Sandbox) -> None:
    bought = ordered()
    dispatch.dispatch([bought.id], people.clerk().actor)
    delivered = said(bought, "delivered", at="2026-11-24T12:00:00+00:00")
    dispatch.tracked(*delivered)
    first = bought.now()
    assert first.state is OrderState.DELIVERED
    dispatch.tracked(*delivered)  # twice
    dispatch.tracked(*said(bought, "picked_up"))  # too late
    assert bought.now() == first
    with keeper():
        shipment = parcels.of_orders([bought.place])[bought.id]
        steps = parcels.steps_of(*bought.place)
    assert shipment.state is parcels.ParcelState.DELIVERED
    assert [step.state.value for step in steps] == ["picked_up", "delivered"]


def test_delivery_begins_the_end_of_the_records(courier_sandbox: Sandbox) -> None:
    bought = ordered()
    dispatch.dispatch([bought.id], people.clerk().actor)
    with keeper():
        assert gate.holdings(bought.now().recipient)[0].destroy_after is None
    dispatch.tracked(*said(bought, "delivered"))
    with keeper():
        assert gate.holdings(bought.now().recipient)[0].destroy_after is not None


def test_forged_old_and_unreadable_call_backs_change_nothing(courier_sandbox: Sandbox) -> None:
    bought = ordered()
    dispatch.dispatch([bought.id], people.clerk().actor)
    body, _ = said(bought, "delivered")
    wrong = body.replace(b"delivered", b"returned")
    for text, headers in (
        (body, {}),
        (body, signed(body, secret="another")),
        (body, signed(body, age=301)),
        (body + b" ", signed(body)),
        (wrong, signed(wrong)),
        (b"[]", signed(b"[]")),
        (b"\xff", signed(b"\xff")),
    ):
        with pytest.raises(Refused):
            dispatch.tracked(text, headers)
    assert bought.now().state is OrderState.SHIPPED


def test_a_parcel_that_is_not_ours_is_passed_over(courier_sandbox: Sandbox) -> None:
    bought = ordered()
    dispatch.dispatch([bought.id], people.clerk().actor)
    body = said(bought, "delivered")[0].replace(parcel_of(bought).encode(), b"00000000000000000000")
    dispatch.tracked(body, signed(body))
    assert bought.now().state is OrderState.SHIPPED


@pytest.mark.django_db(transaction=True)
def test_the_couriers_own_call_back_is_understood(
    courier_sandbox: Sandbox, courier_ear: Ear, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(signing, "PATH", "/callbacks")
    bought = ordered()
    dispatch.dispatch([bought.id], people.clerk().actor)
    for _ in range(3):
        courier_sandbox.call("POST", "/sandbox/advance", {"parcel": parcel_of(bought)})
    wait_until(lambda: len(courier_ear.heard) == 3)
    for one in reversed(courier_ear.heard):
        dispatch.tracked(one.body, one.headers)
    assert bought.now().state is OrderState.DELIVERED


@pytest.mark.django_db(transaction=True)
def test_two_clerks_and_two_workers_at_once_make_one_parcel(courier_sandbox: Sandbox) -> None:
    clerks = [people.clerk().actor for _ in range(2)]
    orders = [ordered() for _ in range(4)]
    outcomes: list[Outcome] = []

    def work(number: int) -> None:
        try:
            if number < len(clerks):
                results = dispatch.dispatch([one.id for one in orders], clerks[number])
                outcomes.extend(one.outcome for one in results)
            else:
                dispatch.deliver_due()
        finally:
            connection.close()

    threads = [threading.Thread(target=work, args=(n,)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert outcomes.count(Outcome.ALREADY) == len(orders)
    dispatch.deliver_due()
    for one in orders:
        assert one.now().state is OrderState.SHIPPED
        assert entry_of(one).attempts == 1
        assert taken(courier_sandbox, parcel_of(one)) == 1


def test_a_correction_reaches_the_courier(courier_sandbox: Sandbox) -> None:
    bought = ordered()
    dispatch.dispatch([bought.id], people.clerk().actor)
    order = bought.now()
    with keeper():
        gate.amend(
            order.recipient,
            RecordKind.ORDER_RECIPIENT,
            {Item.ADDRESS: "부산광역시 해운대구 고친길 7"},
            purpose=Purpose.RIGHTS,
            actor=Actor.guest(order.recipient),
        )
        told = handover.correct(
            order.recipient, order.recipient_record, actor=Actor.guest(order.recipient)
        )
    assert told == 1
    assert dispatch.deliver_due().states == {State.ACKNOWLEDGED: 1}
    assert "고친길 7" in courier_sandbox.call("GET", "/")[1]


def test_a_correction_after_delivery_is_told_as_too_late(courier_sandbox: Sandbox) -> None:
    bought = ordered()
    dispatch.dispatch([bought.id], people.clerk().actor)
    for _ in range(3):
        courier_sandbox.call("POST", "/sandbox/advance", {"parcel": parcel_of(bought)})
    order = bought.now()
    with keeper():
        handover.correct(order.recipient, order.recipient_record, actor=Actor.system("correct"))
    dispatch.deliver_due()
    with keeper():
        entry = register.for_subject(order.recipient)[-1]
    assert (entry.state, entry.reason) == (State.GIVEN_UP, "too_late")


def test_an_erased_recipient_is_not_sent(courier_sandbox: Sandbox) -> None:
    with clock.fixed(datetime.now(UTC)) as standing:
        bought = ordered()
        courier_sandbox.faults(down=True)
        dispatch.dispatch([bought.id], people.clerk().actor)
        courier_sandbox.healthy()
        with keeper():
            recipient = bought.now().recipient
            gate.erase(
                recipient, actor=Actor.guest(recipient), purpose=Purpose.RIGHTS, reason="left"
            )
        standing.move(timedelta(seconds=11))
        dispatch.deliver_due()
        assert entry_of(bought).reason == "erased"
        assert bought.recipient.name not in courier_sandbox.call("GET", "/")[1]
