"""Around the payment window: whatever comes first, twice or never, one order has one outcome."""

import base64
import hmac
import json
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import connections

from tests.cast.sandboxes import WEBHOOK_SECRET, Ear, Sandbox, wait_until
from tests.cast.shelves import Shop
from tests.cast.shoppers import (
    choose,
    given,
    order,
    payments_of,
    provider_says,
    reference_of,
    rows,
    state_of,
)
from yaksok.journeys import pay, settling
from yaksok.journeys.pay import Result
from yaksok.kernel import clock
from yaksok.kernel.errors import Busy, NotFound, Refused
from yaksok.mall.payments import book, wire

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])

LATE = timedelta(minutes=16)


@pytest.fixture
def later() -> Iterator[clock.FixedClock]:
    """The mall's clock, a quarter of an hour and a minute from now."""
    with clock.fixed(datetime.now(UTC) + LATE) as standing:
        yield standing


def signed(
    body: bytes, *, at: datetime | None = None, secret: str = WEBHOOK_SECRET
) -> dict[str, str]:
    time = (at or datetime.now(UTC)).isoformat()
    digest = hmac.digest(secret.encode(), body + b":" + time.encode(), "sha256")
    return {
        "Tosspayments-Webhook-Signature": f"v1:{base64.b64encode(digest).decode()}",
        "Tosspayments-Webhook-Transmission-Time": time,
    }


def event(reference: str) -> bytes:
    return json.dumps(
        {"eventType": "PAYMENT_STATUS_CHANGED", "data": {"orderId": reference, "status": "DONE"}}
    ).encode()


def tea(shelves: Shop) -> list[tuple[object, object]]:
    return [(shelves["TEA-G"], 1)]


def last_cup(shelves: Shop) -> list[tuple[object, object]]:
    return [(shelves["CUP-W-L"], 1)]


def test_an_approval_pays_the_order(shelves: Shop, payment_sandbox: Sandbox) -> None:
    placed = order(last_cup(shelves))
    outcome = pay.returned(*given(choose(payment_sandbox, placed.payment_url, "approve")))
    assert (outcome.result, outcome.order_number) == (Result.PAID, placed.order_number)
    assert (state_of(placed.order_number), payments_of(placed.order_number)) == ("paid", ["done"])
    assert provider_says(payment_sandbox, reference_of(placed.order_number)) == "DONE"
    assert shelves.stock("CUP-W-L") == (0, 0)


def test_reloading_going_back_and_coming_twice_change_nothing(
    shelves: Shop, payment_sandbox: Sandbox
) -> None:
    placed = order(tea(shelves))
    back = choose(payment_sandbox, placed.payment_url, "approve")
    first = pay.returned(*given(back))
    assert [pay.returned(*given(back)) for _ in range(3)] == [first] * 3
    assert pay.failed(back["orderId"]) == first
    assert pay.outcome(back["orderId"]) == first
    assert choose(payment_sandbox, placed.payment_url, "approve") == back
    assert shelves.stock("TEA-G") == (99, 0)


def test_several_returns_at_once_pay_once(shelves: Shop, payment_sandbox: Sandbox) -> None:
    placed = order(tea(shelves))
    back = choose(payment_sandbox, placed.payment_url, "approve")
    outcomes: list[pay.Outcome] = []
    body = event(back["orderId"])

    def come() -> None:
        outcomes.append(pay.returned(*given(back)))
        connections.close_all()

    def call() -> None:
        pay.webhook(body, signed(body))
        connections.close_all()

    threads = [threading.Thread(target=act) for act in (come, call, come, call)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [one.result for one in outcomes] == [Result.PAID] * 2
    assert shelves.stock("TEA-G") == (99, 0)
    assert payments_of(placed.order_number) == ["done"]
    letters = rows("SELECT count(*) FROM post_letter")
    assert letters == [(1,)]


def test_a_call_before_the_return_pays_the_order(
    shelves: Shop, payment_sandbox: Sandbox, payment_ear: Ear
) -> None:
    placed = order(tea(shelves))
    back = choose(payment_sandbox, placed.payment_url, "twice")
    heard = wait_until(lambda: len(payment_ear.heard) >= 2 and payment_ear.heard)
    for call in list(heard):
        pay.webhook(call.body, call.headers)
    assert state_of(placed.order_number) == "paid"
    assert pay.returned(*given(back)).paid
    assert shelves.stock("TEA-G") == (99, 0)


def test_a_return_before_the_call_pays_the_order_once(
    shelves: Shop, payment_sandbox: Sandbox, payment_ear: Ear
) -> None:
    placed = order(tea(shelves))
    assert pay.returned(*given(choose(payment_sandbox, placed.payment_url, "approve"))).paid
    for call in list(wait_until(lambda: len(payment_ear.heard) >= 2 and payment_ear.heard)):
        pay.webhook(call.body, call.headers)
    assert (state_of(placed.order_number), payments_of(placed.order_number)) == ("paid", ["done"])
    assert shelves.stock("TEA-G") == (99, 0)


@pytest.mark.parametrize("choice", ["decline", "reject"])
def test_a_declined_order_can_be_paid_again(
    shelves: Shop, payment_sandbox: Sandbox, choice: str
) -> None:
    placed = order(last_cup(shelves))
    back = choose(payment_sandbox, placed.payment_url, choice)
    outcome = pay.failed(back["orderId"])
    assert outcome.result is Result.DECLINED
    assert outcome.payment_url not in {None, placed.payment_url}
    assert pay.failed(back["orderId"]) == outcome
    assert (state_of(placed.order_number), shelves.stock("CUP-W-L")) == ("awaiting_payment", (1, 1))
    again = pay.returned(*given(choose(payment_sandbox, outcome.payment_url, "approve")))
    assert again.paid
    assert payments_of(placed.order_number) == ["failed", "done"]
    assert pay.failed(back["orderId"]).paid


def test_a_failure_that_only_the_browser_tells_is_not_believed(
    shelves: Shop, payment_sandbox: Sandbox
) -> None:
    placed = order(tea(shelves))
    outcome = pay.failed(reference_of(placed.order_number))
    assert (outcome.result, outcome.payment_url) == (Result.OPEN, placed.payment_url)


def test_an_approval_that_only_the_browser_tells_takes_nothing(
    shelves: Shop, payment_sandbox: Sandbox
) -> None:
    placed = order(tea(shelves))
    reference = reference_of(placed.order_number)
    key = str(placed.payment_url).rsplit("/", 1)[-1]
    outcome = pay.returned(reference, key, placed.total)
    assert (outcome.result, outcome.paid) == (Result.OPEN, False)
    assert state_of(placed.order_number) == "awaiting_payment"
    assert provider_says(payment_sandbox, reference) == "READY"


@pytest.mark.parametrize("amount", ["1", "-35000", "35000.0", "", "9" * 400, "٣٥٠٠٠"])
def test_another_amount_takes_nothing(shelves: Shop, payment_sandbox: Sandbox, amount: str) -> None:
    placed = order(tea(shelves))
    back = choose(payment_sandbox, placed.payment_url, "approve")
    outcome = pay.returned(back["orderId"], back["paymentKey"], amount)
    assert outcome.result is Result.MISMATCH
    assert provider_says(payment_sandbox, back["orderId"]) == "IN_PROGRESS"
    assert pay.returned(*given(back)).paid


def test_a_key_of_another_payment_takes_nothing(shelves: Shop, payment_sandbox: Sandbox) -> None:
    cheap, other = order(tea(shelves)), order(tea(shelves))
    approved = choose(payment_sandbox, cheap.payment_url, "approve")
    reference = reference_of(other.order_number)
    for key in (approved["paymentKey"], "", "../confirm", "x" * 5000, "\ud800"):
        outcome = pay.returned(reference, key, other.total)
        assert outcome.result is Result.MISMATCH
    assert state_of(other.order_number) == "awaiting_payment"


@pytest.mark.parametrize(
    "reference", ["", "x", "0123456789abcdef" * 2, "f" * 5000, "\x00" * 32, "%", "é" * 32]
)
def test_a_reference_that_is_not_ours_is_not_found(shelves: Shop, reference: str) -> None:
    with pytest.raises(NotFound):
        pay.returned(reference, "key", "1000")
    with pytest.raises(NotFound):
        pay.failed(reference)


def test_an_order_expires_and_its_goods_are_free(
    shelves: Shop, payment_sandbox: Sandbox, later: clock.FixedClock
) -> None:
    later.move(-LATE)
    placed = order(last_cup(shelves))
    assert pay.expire() == 0
    later.move(LATE)
    assert pay.expire() == 1
    assert pay.expire() == 0
    assert (state_of(placed.order_number), shelves.stock("CUP-W-L")) == ("expired", (1, 0))
    ends = rows("SELECT destroy_after FROM vault_record")
    assert {row[0] for row in ends} == {clock.now() + timedelta(days=1)}


def test_a_late_approval_is_taken_while_the_goods_are_there(
    shelves: Shop, payment_sandbox: Sandbox, later: clock.FixedClock
) -> None:
    later.move(-LATE)
    placed = order(last_cup(shelves))
    later.move(LATE)
    pay.expire()
    outcome = pay.returned(*given(choose(payment_sandbox, placed.payment_url, "approve")))
    assert outcome.paid
    assert shelves.stock("CUP-W-L") == (0, 0)
    assert rows("SELECT DISTINCT destroy_after FROM vault_record") == [(None,)]


def test_a_late_approval_keeps_no_money_when_the_goods_are_gone(
    shelves: Shop, payment_sandbox: Sandbox, later: clock.FixedClock
) -> None:
    later.move(-LATE)
    late = order(last_cup(shelves))
    later.move(LATE)
    pay.expire()
    early = order(last_cup(shelves))
    assert pay.returned(*given(choose(payment_sandbox, early.payment_url, "approve"))).paid
    back = choose(payment_sandbox, late.payment_url, "approve")
    outcome = pay.returned(*given(back))
    assert outcome.result is Result.SOLD_OUT
    assert "돈" in outcome.message
    assert provider_says(payment_sandbox, back["orderId"]) == "CANCELED"
    assert (state_of(late.order_number), payments_of(late.order_number)) == (
        "refused",
        ["cancelled"],
    )
    assert pay.returned(*given(back)) == outcome
    assert shelves.stock("CUP-W-L") == (0, 0)


def test_a_provider_that_does_not_answer_leaves_the_order_confirming(
    shelves: Shop, payment_sandbox: Sandbox
) -> None:
    placed = order(last_cup(shelves))
    back = choose(payment_sandbox, placed.payment_url, "approve")
    payment_sandbox.faults(down=True)
    outcome = pay.returned(*given(back))
    assert (outcome.result, state_of(placed.order_number)) == (Result.PENDING, "confirming")
    assert pay.reconcile(timedelta(0)) == pay.Reconciled(0, 1)
    payment_sandbox.healthy()
    assert pay.reconcile(timedelta(0)) == pay.Reconciled(1, 0)
    assert state_of(placed.order_number) == "paid"
    assert pay.reconcile(timedelta(0)) == pay.Reconciled(0, 0)


def test_money_that_was_taken_while_the_answer_was_lost_pays_the_order(
    shelves: Shop, payment_sandbox: Sandbox
) -> None:
    placed = order(last_cup(shelves))
    back = choose(payment_sandbox, placed.payment_url, "approve")
    payment_sandbox.faults(lost=2)
    assert pay.returned(*given(back)).result is Result.PENDING
    assert provider_says(payment_sandbox, back["orderId"]) == "DONE"
    assert pay.reconcile(timedelta(0)).settled == 1
    assert (state_of(placed.order_number), shelves.stock("CUP-W-L")) == ("paid", (0, 0))


@pytest.mark.parametrize("end", ["before asking", "after asking"])
def test_an_end_between_asking_and_writing_down_loses_nothing(
    shelves: Shop, payment_sandbox: Sandbox, later: clock.FixedClock, end: str
) -> None:
    later.move(-LATE)
    placed = order(last_cup(shelves))
    back = choose(payment_sandbox, placed.payment_url, "approve")
    reference = wire.reference_of(back["orderId"])
    assert reference is not None
    turn = settling.take_in(found(reference), wire.of_reference(reference))
    assert turn.act is settling.Act.CONFIRM
    if end == "after asking":
        settling.ask(turn, None)  # and here the process ends
    later.move(LATE)
    assert pay.expire() == 0
    assert (state_of(placed.order_number), shelves.stock("CUP-W-L")) == ("confirming", (1, 1))
    assert pay.reconcile().settled == 1
    assert (state_of(placed.order_number), shelves.stock("CUP-W-L")) == ("paid", (0, 0))


def test_an_end_before_the_money_went_back_is_made_good(
    shelves: Shop, payment_sandbox: Sandbox, later: clock.FixedClock
) -> None:
    later.move(-LATE)
    late = order(last_cup(shelves))
    later.move(LATE)
    pay.expire()
    order(last_cup(shelves))
    back = choose(payment_sandbox, late.payment_url, "approve")
    payment_sandbox.faults(down=True)
    assert pay.returned(*given(back)).result is Result.SOLD_OUT
    assert payments_of(late.order_number) == ["cancelling"]
    payment_sandbox.healthy()
    reference = wire.reference_of(back["orderId"])
    assert reference is not None
    pay.reconcile(timedelta(0))
    assert payments_of(late.order_number) == ["cancelled"]
    assert provider_says(payment_sandbox, back["orderId"]) == "CANCELED"


def test_a_payment_that_died_at_the_provider_reverts_the_order(
    shelves: Shop, payment_sandbox: Sandbox
) -> None:
    placed = order(last_cup(shelves))
    back = choose(payment_sandbox, placed.payment_url, "approve")
    reference = wire.reference_of(back["orderId"])
    assert reference is not None
    settling.take_in(found(reference), wire.of_reference(reference))
    wire.cancel(reference, back["paymentKey"], "test")
    outcome = pay.returned(*given(back))
    assert outcome.result is Result.DECLINED
    assert (state_of(placed.order_number), shelves.stock("CUP-W-L")) == ("awaiting_payment", (1, 1))


def test_a_second_window_never_takes_money_twice(shelves: Shop, payment_sandbox: Sandbox) -> None:
    placed = order(tea(shelves))
    first = choose(payment_sandbox, placed.payment_url, "approve")
    reference = wire.reference_of(first["orderId"])
    assert reference is not None
    answer = wire.of_reference(reference)
    assert answer is not None
    declined = wire.Answer(
        answer.payment_key, answer.order_id, wire.Status.ABORTED, answer.total_amount
    )
    assert settling.settle(reference, declined).payment.state == "failed"
    second = pay.returned(
        *given(choose(payment_sandbox, order_again(placed.order_number), "approve"))
    )
    assert second.paid
    assert pay.returned(*given(first)).paid
    assert provider_says(payment_sandbox, first["orderId"]) == "CANCELED"
    assert payments_of(placed.order_number) == ["cancelled", "done"]
    assert shelves.stock("TEA-G") == (99, 0)


def test_money_that_goes_back_at_the_provider_stops_the_parcel(
    shelves: Shop, payment_sandbox: Sandbox
) -> None:
    placed = order(last_cup(shelves))
    back = choose(payment_sandbox, placed.payment_url, "approve")
    pay.returned(*given(back))
    reference = wire.reference_of(back["orderId"])
    assert reference is not None
    wire.cancel(reference, back["paymentKey"], "test")
    body = event(back["orderId"])
    pay.webhook(body, signed(body))
    assert (state_of(placed.order_number), shelves.stock("CUP-W-L")) == ("cancelled", (1, 0))
    pay.webhook(body, signed(body))
    assert shelves.stock("CUP-W-L") == (1, 0)
    ends = rows("SELECT count(*) FROM vault_record WHERE destroy_after <= now()")
    assert ends == [(2,)]
    assert pay.outcome(back["orderId"]).result is Result.CANCELLED


def test_a_forged_call_is_refused(shelves: Shop, payment_sandbox: Sandbox) -> None:
    placed = order(tea(shelves))
    back = choose(payment_sandbox, placed.payment_url, "approve")
    body = event(back["orderId"])
    right = signed(body)
    name, time = right
    old, early = datetime.now(UTC) - timedelta(minutes=6), datetime.now(UTC) + timedelta(minutes=6)
    forgeries = [
        (body, {}),
        (body, signed(body, secret="another")),
        (body + b" ", right),
        (body, signed(body, at=old)),
        (body, signed(body, at=early)),
        (body, {**right, time: datetime.now(UTC).isoformat()}),
        (body, {name: right[name].removeprefix("v1:"), time: right[time]}),
        (body, {name: "v1:", time: right[time]}),
        (body, {name: "v1:é\ud800", time: right[time]}),
        (body, {name: right[name], time: "yesterday"}),
        (b"x" * 70_000, signed(b"x" * 70_000)),
        (b"\xff\xfe", signed(b"\xff\xfe")),
        (b"[]", signed(b"[]")),
        (b"", signed(b"")),
    ]
    for forged, headers in forgeries:
        with pytest.raises(Refused):
            pay.webhook(forged, headers)
    assert state_of(placed.order_number) == "awaiting_payment"
    pay.webhook(body, right)
    assert state_of(placed.order_number) == "paid"


def test_a_call_about_somebody_elses_payment_changes_nothing(
    shelves: Shop, payment_sandbox: Sandbox
) -> None:
    placed = order(tea(shelves))
    for name in ("another-shop-1", uuid4().hex, ""):
        body = event(name)
        pay.webhook(body, signed(body))
    assert state_of(placed.order_number) == "awaiting_payment"
    assert payments_of(placed.order_number) == ["ready"]


def test_a_call_is_asked_for_again_while_the_provider_cannot_be_asked(
    shelves: Shop, payment_sandbox: Sandbox
) -> None:
    placed = order(tea(shelves))
    back = choose(payment_sandbox, placed.payment_url, "approve")
    body = event(back["orderId"])
    payment_sandbox.faults(down=True)
    with pytest.raises(Busy):
        pay.webhook(body, signed(body))
    payment_sandbox.healthy()
    pay.webhook(body, signed(body))
    assert state_of(placed.order_number) == "paid"


def found(reference: object) -> book.Found:
    from uuid import UUID

    from yaksok.database.roles import keeper

    assert isinstance(reference, UUID)
    with keeper():
        known = book.found(reference)
    assert known is not None
    return known


def order_again(number: str) -> str | None:
    from yaksok.database.roles import keeper
    from yaksok.journeys import payment_window
    from yaksok.mall.orders import finding

    with keeper():
        place = finding.by_number(number)
        assert place is not None
        known = finding.of(*place)
    return payment_window.address(known)
