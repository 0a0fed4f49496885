"""P6.4: log-out ends the session here, takes the cookie back and has the browser forget."""

import pytest

from tests.cast import people
from tests.surfaces.visits import Visitor, browser_of, cookie_of
from yaksok.journeys import log_in

pytestmark = pytest.mark.django_db

FOUND, SIGNED_IN = 302, 200


def test_the_cookie_is_taken_back_and_the_browser_forgets() -> None:
    browser = browser_of(people.member())
    answer = browser.send("/log-out")
    morsel = cookie_of(answer)
    assert not morsel.value
    assert morsel["max-age"] == 0
    assert answer["Clear-Site-Data"] == '"cookies", "storage", "cache"'


def test_a_replayed_cookie_proves_nothing() -> None:
    browser = browser_of(people.member())
    assert browser.get("/my").status_code == SIGNED_IN
    assert browser.get("/my")["Cache-Control"] == "no-store"
    browser.send("/log-out")
    assert log_in.session(browser.key) is None
    replayed = Visitor(browser.key).get("/my")
    assert replayed.status_code == FOUND
    assert "/log-in" in replayed["Location"]
