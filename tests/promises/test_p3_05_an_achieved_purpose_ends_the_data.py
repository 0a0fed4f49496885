"""P3.5: when the purpose is achieved, the data for it goes, without anybody asking."""

from datetime import timedelta

import pytest

from tests.cast import people, trades
from yaksok.database.roles import keeper
from yaksok.journeys import access_points, sweep
from yaksok.kernel.clock import FixedClock
from yaksok.mall.orders.states import OrderState
from yaksok.policy.in_force import policy
from yaksok.policy.vocabulary import RecordKind
from yaksok.privacy.retention import destroying, rows
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


def test_a_log_in_is_known_for_three_months_and_no_day_longer(standing_clock: FixedClock) -> None:
    member = people.member()
    member.logs_in()
    (seen,) = access_points.mine(member.actor, stepped_up=True)
    assert seen.point == f"2026-03-02 12:00 {people.ADDRESS_KEY}"
    (masked,) = access_points.mine(member.actor, stepped_up=False)
    assert masked.point == "2026-03-02 12:00 198.51.***.***"
    until = policy().retention[RecordKind.ACCESS_RECORD].due(standing_clock())
    assert seen.kept_until == until
    standing_clock.move_to(until - timedelta(seconds=1))
    assert sweep.sweep().destroyed == 0
    standing_clock.move_to(until)
    assert sweep.sweep().destroyed == 1
    assert access_points.mine(member.actor, stepped_up=True) == ()


def test_every_kind_of_record_has_an_event_a_period_and_somebody_who_ends_it() -> None:
    for kind, rule in policy().retention.items():
        assert rule.reason.ko, kind
        assert destroying.end_purpose(kind) in policy().purposes[kind]
    assert rows.unended() == (), "and so has every table"
