"""P7.14: who has no training on the policy in force that still counts opens nothing."""

from datetime import timedelta

import pytest

from tests.cast import people, trades
from tests.cast.people import Colleague
from tests.cast.policies import changed, obeying, policy_of
from yaksok.database.roles import keeper
from yaksok.journeys import log_in, staff_door
from yaksok.kernel import clock
from yaksok.kernel.clock import FixedClock
from yaksok.kernel.errors import Refused
from yaksok.mall.orders.finding import Order
from yaksok.mall.orders.states import OrderState
from yaksok.policy.retention import Period
from yaksok.policy.vocabulary import Item, Purpose, RecordKind
from yaksok.privacy.staff import access, register
from yaksok.privacy.vault import gate

pytestmark = pytest.mark.django_db


def opens(who: Colleague, order: Order) -> bool:
    """Whether a colleague who logs in now opens the recipient's name."""
    facts = log_in.session(who.logs_in())
    assert facts
    try:
        with keeper():
            return bool(
                gate.open_items(
                    order.recipient,
                    [Item.NAME],
                    kind=RecordKind.ORDER_RECIPIENT,
                    purpose=Purpose.ORDER,
                    actor=facts.actor,
                )
            )
    except Refused as refused:
        return refused.promise != "P7.14"


def test_the_newcomer_opens_nothing_until_trained(standing_clock: FixedClock) -> None:
    order = trades.order_of(people.member(), OrderState.PAID)
    clerk, newcomer = people.clerk(), people.newcomer()
    assert opens(clerk, order)
    assert not opens(newcomer, order)
    staff_door.train(newcomer.account.login_id)
    standing_clock.move(timedelta(seconds=30))
    assert opens(newcomer, order)


@pytest.mark.parametrize("every", ["P6M", "P1Y"])
def test_training_counts_until_the_document_wants_the_next(
    standing_clock: FixedClock, every: str
) -> None:
    with obeying(policy_of(changed(('training_every = "P6M"', f'training_every = "{every}"')))):
        clerk = people.clerk()
        over = Period.parse(every).after(clock.now())
        with keeper():
            standing_clock.move(over - clock.now() - timedelta(seconds=1))
            assert access.is_trained(clerk.subject)
            standing_clock.move(timedelta(seconds=1))
            assert not access.is_trained(clerk.subject)


def test_training_on_another_policy_does_not_count() -> None:
    newcomer = people.newcomer()
    with keeper():
        register.record_training(newcomer.subject, actor=staff_door.OPERATOR, policy_hash="0" * 64)
        assert not access.is_trained(newcomer.subject)
