"""P3.10: what a law keeps goes apart under its own key, opens for nobody, and dies on its date."""

from datetime import timedelta

import pytest

from tests.cast import people, trades
from yaksok.database.roles import keeper
from yaksok.journeys import leave, sweep
from yaksok.kernel.actor import Actor, Role
from yaksok.kernel.clock import FixedClock
from yaksok.kernel.errors import Refused, Shredded
from yaksok.mall.orders.states import OrderState
from yaksok.policy.in_force import policy
from yaksok.policy.vocabulary import Item, Language, Purpose, RecordKind
from yaksok.privacy.vault import gate
from yaksok.privacy.vault.reading import content_of, newest

pytestmark = pytest.mark.django_db


def test_exactly_the_laws_items_are_kept(standing_clock: FixedClock) -> None:
    member = people.member()
    order = trades.order_of(member, OrderState.DELIVERED)
    leave.confirm(member.actor, member.person.password, language=Language.KOREAN)
    for subject, kind in (
        (member.subject, RecordKind.ORDER_PAYER),
        (order.recipient, RecordKind.ORDER_RECIPIENT),
    ):
        (copy,) = policy().retention[kind].statutory
        with keeper():
            row = newest(subject, RecordKind.STATUTORY, None)
            assert row
            assert content_of(row.record).items.keys() == copy.items
            assert row.destroy_after == copy.due(standing_clock())


def test_nobody_opens_it_but_the_officer_for_the_law(standing_clock: FixedClock) -> None:
    member = people.member()
    trades.order_of(member, OrderState.DELIVERED)
    leave.confirm(member.actor, member.person.password, language=Language.KOREAN)
    for role in Role:
        for purpose in Purpose:
            if (role, purpose) == (Role.OFFICER, Purpose.STATUTORY_RECORD):
                continue  # on the legal screen, with a second person: see test_legal_screen.py
            with pytest.raises(Refused), keeper():
                gate.open_items(
                    member.subject,
                    [Item.NAME],
                    kind=RecordKind.STATUTORY,
                    purpose=purpose,
                    actor=Actor(role, member.subject, trained=True),
                )


def test_the_plan_adds_up_and_says_which_law(standing_clock: FixedClock) -> None:
    member = people.member()
    trades.order_of(member, OrderState.DELIVERED)
    trades.order_of(member, OrderState.PAID)
    plan = leave.plan(member.actor, language=Language.KOREAN)
    assert plan.now_count + plan.kept_count == len(plan.rows)
    for row in plan.rows:
        assert row.goes_now or (row.law and (row.kept_until or row.until))


def test_an_open_purpose_holds_the_data_and_its_end_destroys_it(
    standing_clock: FixedClock,
) -> None:
    member = people.member()
    order = trades.order_of(member, OrderState.PAID)
    leave.confirm(member.actor, member.person.password, language=Language.KOREAN)
    with keeper():
        assert [held.kind for held in gate.holdings(order.recipient)] == [
            RecordKind.ORDER_RECIPIENT
        ]
    trades.stands_at(member.subject, order.id, OrderState.DELIVERED)
    sweep.sweep()
    with keeper():
        (copy,) = gate.holdings(order.recipient)
    assert copy.kind is RecordKind.STATUTORY
    assert copy.destroy_after
    standing_clock.move_to(copy.destroy_after + timedelta(seconds=1))
    sweep.sweep()
    with keeper():
        assert gate.holdings(order.recipient) == ()
        assert gate.holdings(member.subject) == ()


def test_a_copy_leads_to_no_entry_about_somebody_who_is_still_here(
    standing_clock: FixedClock,
) -> None:
    member = people.member()
    trades.order_of(member, OrderState.DELIVERED)
    with keeper():
        trail = gate.trail_of(member.subject)
    standing_clock.move(timedelta(days=100))
    sweep.sweep()
    with keeper():
        copy = newest(member.subject, RecordKind.STATUTORY, None)
        assert copy
        assert content_of(copy.record).trail != trail
        assert gate.trail_of(member.subject) == trail


def test_what_was_destroyed_does_not_come_back(standing_clock: FixedClock) -> None:
    member = people.member()
    with keeper():
        (held,) = gate.holdings(member.subject)
    leave.confirm(member.actor, member.person.password, language=Language.KOREAN)
    again = people.signs_up(member.person)
    with keeper():
        (new,) = gate.holdings(again)
        assert again != member.subject
        assert new.record != held.record
        assert gate.holdings(member.subject) == ()
    with pytest.raises(Shredded), keeper():
        gate.open_items(
            member.subject,
            [Item.EMAIL],
            kind=RecordKind.MEMBERSHIP,
            purpose=Purpose.MEMBER_SERVICE,
            actor=Actor.system("any"),
            record=held.record,
        )
