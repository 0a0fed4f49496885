"""The list of orders to be sent: masked, and for staff alone."""

from datetime import timedelta

import pytest

from tests.cast import people
from tests.cast.orders import ordered
from tests.cast.sandboxes import Sandbox
from yaksok.journeys import dispatch
from yaksok.journeys.dispatch_queue import Filter, detail, queue
from yaksok.kernel.errors import NotFound, Refused
from yaksok.kernel.ids import OrderId, new_id
from yaksok.mall.orders.states import OrderState

pytestmark = pytest.mark.django_db


def test_a_clerk_sees_masks() -> None:
    bought = ordered()
    (row,) = queue(people.clerk().actor).rows
    assert (row.number, row.state, row.dispatchable) == (
        bought.now().number,
        OrderState.PAID,
        True,
    )
    assert row.name
    assert row.name != bought.recipient.name
    assert "*" in row.name
    assert len(row.lines) == 1
    assert bought.recipient.address not in repr(row)


@pytest.mark.parametrize(
    "who", [people.newcomer, people.officer, people.auditor], ids=lambda one: one.__name__
)
def test_other_staff_see_no_name(who) -> None:
    ordered()
    (row,) = queue(who().actor).rows
    assert row.name == ""


def test_a_stranger_sees_nothing() -> None:
    ordered()
    for one in (people.stranger().actor, people.guest()[1]):
        with pytest.raises(Refused) as caught:
            queue(one)
        assert caught.value.promise == "P7.13"


def test_it_is_filtered_and_paged() -> None:
    clerk, orders = people.clerk().actor, [ordered() for _ in range(3)]
    ordered(paid=False)
    first = queue(clerk, Filter(limit=2))
    assert [row.order_id for row in first.rows] == [one.id for one in orders[:2]]
    assert first.more
    rest = queue(clerk, Filter(after=first.rows[-1].order_id))
    assert [row.order_id for row in rest.rows] == [orders[2].id]
    assert queue(clerk, Filter(older_than=timedelta(hours=1))).rows == ()
    assert queue(clerk, Filter(states=[OrderState.SHIPPED])).rows == ()


def test_it_says_that_the_courier_is_down(courier_sandbox: Sandbox) -> None:
    bought, clerk = ordered(), people.clerk().actor
    courier_sandbox.faults(down=True)
    dispatch.dispatch([bought.id], clerk)
    shown = queue(clerk)
    assert (shown.waiting, shown.rows[0].attempts, shown.rows[0].reason) == (1, 1, "unreachable")
    assert shown.next_try == shown.rows[0].next_try


def test_one_order_is_shown_with_its_way(courier_sandbox: Sandbox) -> None:
    bought, clerk = ordered(), people.clerk().actor
    dispatch.dispatch([bought.id], clerk)
    shown = detail(clerk, bought.id)
    assert shown.row.tracking_number
    assert shown.acknowledged_at
    assert shown.steps == ()
    with pytest.raises(NotFound):
        detail(clerk, OrderId(new_id()))
