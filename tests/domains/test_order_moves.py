"""An order moves only where it may, one at a time."""

from datetime import timedelta
from itertools import product
from uuid import uuid4

import pytest

from yaksok.database.roles import keeper
from yaksok.kernel.clock import FixedClock
from yaksok.kernel.errors import NotFound
from yaksok.kernel.ids import OrderId, RecordId, new_id, new_order_number, new_subject_id
from yaksok.mall.orders import finding, moving, placing
from yaksok.mall.orders.finding import Order
from yaksok.mall.orders.holdings import HOLDINGS
from yaksok.mall.orders.states import BOUGHT, LEGAL, OVER, OrderState
from yaksok.mall.payments.holdings import HOLDINGS as PAYMENTS
from yaksok.policy.vocabulary import Language

pytestmark = pytest.mark.django_db

KO, EN = Language.KOREAN, Language.ENGLISH


def placed(attempt: object = None) -> Order:
    subject, order = new_subject_id(), OrderId(new_id())
    placing.write(
        placing.NewOrder(
            subject=subject,
            id=order,
            number=new_order_number(),
            recipient=new_subject_id(),
            payer_record=RecordId(uuid4()),
            recipient_record=RecordId(uuid4()),
            member=False,
            language=KO,
            goods_total=18_000,
            shipping_fee=3_000,
            lines=[
                placing.NewLine(
                    uuid4(), "cup", {KO: "잔", EN: "Cup"}, {KO: "", EN: ""}, 9_000, 2, 300
                )
            ],
            verifier="a verifier",
        )
    )
    return finding.of(subject, order)


def put(order: Order, state: OrderState) -> Order:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("UPDATE orders_order SET state = %s WHERE id = %s", [state.value, order.id])
    return moving.lock(order.subject, order.id)


def test_it_moves_where_it_may_and_nowhere_else() -> None:
    with keeper():
        order = placed()
        for before, after in product(OrderState, OrderState):
            now = put(order, before)
            if after in LEGAL[before]:
                assert moving.move(now, after).state is after
                continue
            with pytest.raises(moving.IllegalMove):
                moving.move(now, after)
            assert moving.lock(order.subject, order.id).state is before


def test_no_way_leads_to_the_parcel_but_over_the_payment() -> None:
    assert {state for state in OrderState if OrderState.DISPATCHING in LEGAL[state]} == {
        OrderState.PAID
    }
    assert {state for state in OrderState if OrderState.PAID in LEGAL[state]} == {
        OrderState.CONFIRMING,
        OrderState.DISPATCHING,
    }
    assert not BOUGHT & OVER


def test_what_moved_meanwhile_is_not_moved_again() -> None:
    with keeper():
        order = placed()
        moving.move(order, OrderState.CONFIRMING)
        with pytest.raises(moving.IllegalMove):
            moving.move(order, OrderState.EXPIRED)


def test_it_remembers_when_it_was_paid_and_delivered(standing_clock: FixedClock) -> None:
    with keeper():
        paid = moving.move(put(placed(), OrderState.CONFIRMING), OrderState.PAID)
        assert paid.paid_at == standing_clock()
        standing_clock.move(timedelta(hours=1))
        again = moving.move(moving.move(paid, OrderState.DISPATCHING), OrderState.PAID)
        assert again.paid_at == paid.paid_at
        arrived = moving.move(put(again, OrderState.SHIPPED), OrderState.DELIVERED)
        assert arrived.delivered_at == standing_clock()


def test_an_order_is_found_by_number_attempt_and_subject() -> None:
    with keeper():
        order, attempt = placed(), uuid4()
        assert finding.by_number(order.number) == (order.subject, order.id)
        assert finding.by_number(new_order_number()) is None
        assert finding.of(order.subject, order.id) == order
        assert placing.claim(attempt, order.subject, order.id)
        assert not placing.claim(attempt, new_subject_id(), OrderId(new_id()))
        assert finding.by_attempt(attempt) == (order.subject, order.id)
        placing.disclaim(attempt)
        assert finding.by_attempt(attempt) is None
        assert finding.of_subject(order.subject) == [order]
        assert finding.in_states([OrderState.AWAITING_PAYMENT], after=order.id) == []
        assert finding.verifier_of((order.subject, order.id)) == "a verifier"
        assert finding.verifier_of(None) is None


def test_an_order_of_somebody_else_is_not_found() -> None:
    with keeper():
        order = placed()
        with pytest.raises(NotFound):
            finding.of(new_subject_id(), order.id)
        with pytest.raises(NotFound):
            moving.lock(new_subject_id(), order.id)
        assert moving.lock_if_free(new_subject_id(), order.id) is None


def test_it_can_be_paid_for_a_quarter_of_an_hour(standing_clock: FixedClock) -> None:
    with keeper():
        order = placed()
        standing_clock.move(timedelta(minutes=15) - timedelta(seconds=1))
        assert finding.unpaid(standing_clock()) == []
        standing_clock.move(timedelta(seconds=1))
        assert finding.unpaid(standing_clock()) == [(order.subject, order.id)]


@pytest.mark.parametrize("holding", [*HOLDINGS, *PAYMENTS], ids=lambda one: one.table)
def test_every_column_says_how_it_ends(holding: object) -> None:
    from django.db import connection

    from yaksok.kernel.holdings import Holding

    assert isinstance(holding, Holding)
    with keeper(), connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {holding.table} LIMIT 0")
        assert {column.name for column in cursor.description} == set(holding.columns)


@pytest.mark.parametrize("holding", [*HOLDINGS, *PAYMENTS], ids=lambda one: one.table)
def test_a_page_without_personal_data_cannot_read_it(holding: object) -> None:
    from django.db import ProgrammingError, connection

    from yaksok.database.roles import shop
    from yaksok.kernel.holdings import Holding

    assert isinstance(holding, Holding)
    with pytest.raises(ProgrammingError), shop(), connection.cursor() as cursor:
        cursor.execute(f"SELECT 1 FROM {holding.table} LIMIT 1")
