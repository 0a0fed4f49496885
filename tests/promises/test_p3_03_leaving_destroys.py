"""P3.3: whoever leaves is forgotten: in one step, by themself, with nothing but the password."""

import pytest

from tests.cast import people, trades
from yaksok.database.roles import keeper
from yaksok.journeys import leave
from yaksok.kernel.clock import FixedClock
from yaksok.kernel.errors import Invalid
from yaksok.mall.accounts import credentials
from yaksok.mall.orders.states import OrderState
from yaksok.policy.vocabulary import Language, RecordKind
from yaksok.privacy.vault import gate

pytestmark = pytest.mark.django_db


def test_one_confirmation_destroys_what_the_plan_said(standing_clock: FixedClock) -> None:
    member = people.member()
    trades.order_of(member, OrderState.DELIVERED)
    plan = leave.plan(member.actor, language=Language.KOREAN)
    with keeper():
        before = {held.kind for held in gate.holdings(member.subject)}
    assert before == {RecordKind.MEMBERSHIP, RecordKind.ORDER_PAYER}
    leave.confirm(member.actor, member.person.password, language=Language.KOREAN)
    with keeper():
        after = {held.kind for held in gate.holdings(member.subject)}
        assert credentials.of(member.subject) is None
    assert after == {RecordKind.STATUTORY}
    assert plan.now_count + plan.kept_count == len(plan.rows)
    with pytest.raises(Invalid):
        member.logs_in()
