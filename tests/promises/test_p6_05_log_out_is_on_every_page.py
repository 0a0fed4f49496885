"""P6.5: every page of a logged-in person has the log-out and the reminder, and idling logs out."""

from datetime import timedelta

import pytest

from tests.cast import people
from tests.surfaces.visits import browser_of
from yaksok.kernel.clock import FixedClock
from yaksok.mall.accounts.sessions import IDLE, Audience

pytestmark = pytest.mark.django_db

PAGES = ("/my", "/my/orders", "/my/trail", "/my/leave", "/policy", "/certificate/verify", "/lookup")


@pytest.mark.parametrize("path", PAGES)
def test_a_members_page_has_log_out_and_says_so(path: str) -> None:
    page = browser_of(people.member()).text(path)
    assert 'action="/log-out"' in page
    assert "꼭 로그아웃해 주세요" in page


def test_a_page_of_the_console_has_it() -> None:
    assert 'action="/console/log-out"' in browser_of(people.clerk()).text("/console")


def test_all_devices_can_be_logged_out_from_one() -> None:
    assert 'action="/my/log-out-everywhere"' in browser_of(people.member()).text("/my")


def test_somebody_who_forgets_is_logged_out(standing_clock: FixedClock) -> None:
    browser = browser_of(people.member())
    assert browser.get("/my").status_code == 200
    standing_clock.move(IDLE[Audience.MEMBER] + timedelta(seconds=1))
    assert browser.get("/my").status_code == 302
