"""P6.1: one cookie, declared in the policy by name, is what knows a member; there is no other."""

import pytest

from tests.cast import people
from tests.surfaces.visits import Visitor, browser_of
from yaksok.policy.in_force import policy
from yaksok.web.session import COOKIE

pytestmark = pytest.mark.django_db


def test_it_is_the_cookie_that_the_policy_declares() -> None:
    assert policy().document.body.cookie.name == COOKIE


def test_with_it_a_member_is_known_and_without_it_nobody_is() -> None:
    browser = browser_of(people.member())
    assert list(browser.cookies) == [COOKIE]
    assert browser.get("/my").status_code == 200
    assert Visitor().get("/my").status_code == 302


def test_no_page_adds_another_one() -> None:
    browser = browser_of(people.member())
    for path in ("/my", "/my/orders", "/my/trail", "/my/leave", "/policy"):
        assert not browser.get(path).cookies
    assert list(browser.cookies) == [COOKIE]
