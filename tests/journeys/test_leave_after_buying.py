"""Leaving after orders that were placed at the till: whatever became of them, nothing is forgotten."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.cast import people
from tests.cast.sandboxes import Sandbox
from tests.cast.shelves import Shop
from tests.cast.shoppers import choose, given, order
from yaksok.database.roles import keeper
from yaksok.journeys import correct, ending, leave, pay, sweep
from yaksok.kernel import clock
from yaksok.kernel.errors import NotFound
from yaksok.kernel.ids import SubjectId
from yaksok.mall.orders import finding, moving
from yaksok.mall.orders.finding import Order
from yaksok.mall.orders.states import OrderState
from yaksok.policy.vocabulary import Language, RecordKind
from yaksok.privacy.vault import gate

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])

DELIVERY = (OrderState.DISPATCHING, OrderState.SHIPPED, OrderState.DELIVERED)


def buys(member: people.Member, shop: Shop, sandbox: Sandbox, *, pays: bool) -> Order:
    placed = order(
        [(shop["CUP-W-S"], 1), (shop["BOX-O"], 1)],
        actor=member.actor,
        also={"extra_oak-box": "두루미에게"},
        save_address="on",
    )
    if pays:
        pay.returned(*given(choose(sandbox, placed.payment_url, "approve")))
    with keeper():
        (bought,) = finding.of_subject(member.subject)
    return bought


def delivers(bought: Order) -> None:
    with keeper():
        now = moving.lock(bought.subject, bought.id)
        for state in DELIVERY:
            now = moving.move(now, state)
        ending.after_delivery(now)


def kinds(subject: SubjectId) -> set[RecordKind]:
    with keeper():
        return {held.kind for held in gate.holdings(subject)}


def leaves(member: people.Member) -> leave.LeavingPlan:
    plan = leave.plan(member.actor, language=Language.KOREAN)
    leave.confirm(member.actor, member.person.password, language=Language.KOREAN)
    return plan


def test_what_was_under_way_when_they_left_keeps_nothing_anew(
    shelves: Shop, payment_sandbox: Sandbox
) -> None:
    member = people.member()
    leaves(member)
    with pytest.raises(NotFound):
        order([(shelves["CUP-W-S"], 1)], actor=member.actor, save_address="on")
    with pytest.raises(NotFound):
        correct.correct(
            member.actor,
            {"email": member.person.email},
            stepped_up=True,
            language=Language.KOREAN,
        )
    assert kinds(member.subject) == set()


def test_with_a_parcel_on_its_way(shelves: Shop, payment_sandbox: Sandbox) -> None:
    member = people.member()
    bought = buys(member, shelves, payment_sandbox, pays=True)
    assert bought.state is OrderState.PAID
    assert kinds(member.subject) >= {RecordKind.ADDRESS_BOOK, RecordKind.ORDER_EXTRA}
    plan = leaves(member)
    assert plan.open_orders == (bought.number,)
    assert kinds(member.subject) == {RecordKind.ORDER_PAYER, RecordKind.ORDER_EXTRA}
    assert kinds(bought.recipient) == {RecordKind.ORDER_RECIPIENT}
    delivers(bought)
    sweep.sweep()
    assert kinds(member.subject) == {RecordKind.STATUTORY}
    assert kinds(bought.recipient) == {RecordKind.STATUTORY}


def test_with_everything_delivered(shelves: Shop, payment_sandbox: Sandbox) -> None:
    member = people.member()
    bought = buys(member, shelves, payment_sandbox, pays=True)
    delivers(bought)
    assert leaves(member).open_orders == ()
    assert kinds(member.subject) == {RecordKind.STATUTORY}
    assert kinds(bought.recipient) == {RecordKind.STATUTORY}


def test_with_an_order_that_nobody_paid(shelves: Shop, payment_sandbox: Sandbox) -> None:
    member = people.member()
    bought = buys(member, shelves, payment_sandbox, pays=False)
    assert leaves(member).open_orders == (bought.number,)
    with clock.fixed(datetime.now(UTC) + timedelta(minutes=16)) as later:
        pay.expire()
        later.move(timedelta(days=1, minutes=1))
        sweep.sweep()
    assert kinds(member.subject) == set()
    assert kinds(bought.recipient) == set()
