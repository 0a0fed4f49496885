"""Several at the same moment: attempts, codes and addresses are each given once."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connections

from tests.cast import people, trades
from tests.cast.people import ADDRESS_KEY
from yaksok.database.roles import keeper
from yaksok.guard import throttle
from yaksok.journeys import leave, staff_door, sweep
from yaksok.journeys.log_in import Session
from yaksok.kernel import clock
from yaksok.kernel.errors import Invalid, NotFound, Throttled, YaksokError
from yaksok.mall.orders.states import OrderState
from yaksok.policy.vocabulary import Language, RecordKind
from yaksok.privacy.retention.certificate import Certificate
from yaksok.privacy.vault import gate

pytestmark = pytest.mark.django_db(transaction=True)

KOREAN = Language.KOREAN
AT_ONCE = 6


def all_at_once(act: Callable[[], object]) -> list[object]:
    """What each of several threads got: a value or an error of ours."""

    def once(_: int) -> object:
        try:
            return act()
        except YaksokError as error:
            return error
        finally:
            connections.close_all()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(once, range(AT_ONCE)))


def errors(results: list[object], kind: type[YaksokError]) -> int:
    return sum(isinstance(result, kind) for result in results)


def test_no_attempt_slips_through_uncounted() -> None:
    results = all_at_once(lambda: throttle.spend("test", "key", limit=4, seconds=900))
    assert errors(results, Throttled) == AT_ONCE - 4


def test_one_code_opens_one_session() -> None:
    clerk = people.clerk()
    account, code = clerk.account, clerk.code()
    results = all_at_once(
        lambda: staff_door.log_in(
            account.login_id,
            account.password,
            code,
            language=KOREAN,
            address_key=ADDRESS_KEY,
        )
    )
    sessions = [one for one in results if isinstance(one, Session)]
    assert len(sessions) == 1


def test_one_address_joins_once() -> None:
    who = people.person()
    results = all_at_once(lambda: people.signs_up(who))
    assert errors(results, Invalid) == AT_ONCE - 1


def test_one_person_leaves_once() -> None:
    member = people.member()
    results = all_at_once(
        lambda: leave.confirm(member.actor, member.person.password, language=KOREAN)
    )
    done = [one for one in results if isinstance(one, Certificate)]
    assert len(done) == 1
    assert leave.verify(done[0].text)
    assert errors(results, Invalid) + errors(results, NotFound) + errors(results, Throttled) == (
        AT_ONCE - 1
    )


def test_two_sweeps_put_one_copy_aside() -> None:
    member = people.member()
    with clock.fixed(clock.now()) as standing:
        order = trades.order_of(member, OrderState.DELIVERED)
        standing.move(timedelta(days=100))
        swept = all_at_once(sweep.sweep)
    assert sum(one.destroyed for one in swept if isinstance(one, sweep.Swept)) == 2
    with keeper():
        assert [held.kind for held in gate.holdings(order.recipient)] == [RecordKind.STATUTORY]
