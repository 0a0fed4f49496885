"""P3.1: as long as somebody is a member their data is kept; no clock takes it away."""

from datetime import timedelta

import pytest

from tests.cast import people
from yaksok.database.roles import keeper
from yaksok.journeys import my_page, sweep
from yaksok.kernel.clock import FixedClock
from yaksok.policy.vocabulary import Item, Language
from yaksok.privacy.vault import gate

pytestmark = pytest.mark.django_db


def test_ten_years_later_it_is_all_there(standing_clock: FixedClock) -> None:
    member = people.member()
    with keeper():
        before = gate.holdings(member.subject)
    for _ in range(10):
        standing_clock.move(timedelta(days=365))
        assert sweep.sweep().destroyed == 0
    with keeper():
        assert gate.holdings(member.subject) == before
    (record,) = my_page.view(member.actor, stepped_up=True, language=Language.KOREAN).records
    assert {item.item: item.value for item in record.items}[Item.EMAIL] == member.person.email
    assert member.logs_in()
