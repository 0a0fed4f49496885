"""P6.3: the cookie of a log-in has no date, and no page leaves anything else behind."""

import re

import pytest

from tests.cast import people
from tests.surfaces.visits import Visitor, browser_of, cookie_of

pytestmark = pytest.mark.django_db


def logs_in() -> Visitor:
    """A browser after somebody filled in the log-in form."""
    one, browser = people.member().person, Visitor()
    answer = browser.send("/log-in", login_id=one.login_id, password=one.password)
    morsel = cookie_of(answer)
    assert morsel.value
    assert not morsel["expires"]
    assert not morsel["max-age"]
    return browser


def test_a_log_in_sets_a_cookie_without_a_date() -> None:
    logs_in()


def test_it_is_never_set_again_with_one() -> None:
    browser = logs_in()
    for path in ("/my", "/my/orders", "/policy"):
        assert not browser.get(path).cookies


def test_nothing_else_can_tell_a_browser_from_another() -> None:
    for browser in (Visitor(), browser_of(people.member())):
        for path in ("/policy", "/log-in", "/certificate/verify"):
            answer = browser.get(path)
            assert "ETag" not in answer
            assert "Last-Modified" not in answer
            assert not re.search(r"localStorage|indexedDB", answer.content.decode())
