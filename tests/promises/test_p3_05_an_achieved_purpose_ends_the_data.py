"""P3.5: when the purpose is achieved, the data for it goes, without anybody asking."""

from datetime import timedelta

import pytest

from tests.cast import people, trades
from yaksok.database.roles import keeper
from yaksok.journeys import sweep
from yaksok.kernel.clock import FixedClock
from yaksok.mall.orders.states import OrderState
from yaksok.policy.in_force import policy
from yaksok.policy.vocabulary import RecordKind
from yaksok.privacy.vault import gate

pytestmark = pytest.mark.django_db


def test_an_orders_data_goes_three_months_after_its_delivery(standing_clock: FixedClock) -> None:
    member = people.member()
    order = trades.order_of(member, OrderState.DELIVERED)
    ends = policy().retention[RecordKind.ORDER_RECIPIENT].due(standing_clock())
    assert ends - standing_clock() > timedelta(days=89)
    standing_clock.move_to(ends - timedelta(seconds=1))
    assert sweep.sweep().destroyed == 0
    standing_clock.move_to(ends)
    assert sweep.sweep().destroyed == 2
    with keeper():
        assert [held.kind for held in gate.holdings(order.recipient)] == [RecordKind.STATUTORY]
        kinds = {held.kind for held in gate.holdings(member.subject)}
    assert kinds == {RecordKind.MEMBERSHIP, RecordKind.STATUTORY}


def test_of_an_order_nobody_paid_nothing_is_left_after_a_day(standing_clock: FixedClock) -> None:
    member = people.member()
    order = trades.order_of(member, OrderState.EXPIRED)
    standing_clock.move(timedelta(days=1))
    assert sweep.sweep().destroyed == 2
    with keeper():
        assert gate.holdings(order.recipient) == ()
        assert {held.kind for held in gate.holdings(member.subject)} == {RecordKind.MEMBERSHIP}
