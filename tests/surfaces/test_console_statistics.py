"""Figures at the console: the officer gets a file, others look, a wrong month says what to do."""

import pytest

from tests.cast import bought, people
from tests.cast.shelves import Shop
from tests.surfaces.visits import browser_of
from yaksok.kernel.clock import FixedClock

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])

PAGE = "/console/statistics"
ASKED = {"subject": "shelf_by_weekday", "month": "2026-10", "use": "research"}


def november(clock: FixedClock) -> None:
    clock.move_to(bought.on_weekday(2026, 11, 1))


def test_the_officer_gets_a_table_as_csv(shelves: Shop, standing_clock: FixedClock):
    standing_clock.move_to(bought.on_weekday(2026, 10, 5))
    for _ in range(12):
        bought.one_piece("green-tea")
    november(standing_clock)
    browser = browser_of(people.officer())
    answer = browser.send(PAGE, **ASKED)
    assert answer["Content-Type"].startswith("text/csv")
    assert ",월,화,수,목,금,토,일,모두" in answer.content.decode("utf-8-sig")
    assert "차와 다구,0,0,0,0,12,0,0,12" in answer.content.decode("utf-8-sig")
    page = browser.text(PAGE)
    assert "학술 연구" in page
    assert "2026-10" in page


def test_a_month_that_is_not_over_comes_back_with_what_to_do(standing_clock: FixedClock):
    november(standing_clock)
    for month in ("2026-11", "2026-13", "", "10"):
        answer = browser_of(people.officer()).send(PAGE, **{**ASKED, "month": month})
        assert answer.status_code == 422
        assert "끝난 달만 셀 수 있어요" in answer.content.decode()


def test_another_use_is_refused(shelves: Shop, standing_clock: FixedClock):
    november(standing_clock)
    answer = browser_of(people.officer()).send(PAGE, **{**ASKED, "use": "advertising"})
    assert answer.status_code == 403
    assert "P4.14" in answer.content.decode()


def test_a_clerk_is_shown_neither_the_page_nor_its_entry():
    browser = browser_of(people.clerk())
    assert browser.get(PAGE).status_code == 403
    assert PAGE not in browser.text("/console/notices")
