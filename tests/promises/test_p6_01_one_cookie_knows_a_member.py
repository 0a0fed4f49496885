"""P6.1: one cookie, declared in the policy by name, is what knows a member; there is no other."""

import pytest

from tests.cast import people
from tests.cast.policies import changed, obeying, policy_of
from tests.surfaces.visits import Visitor, browser_of
from yaksok.policy.document import DocumentError
from yaksok.policy.in_force import policy
from yaksok.web.session import cookie

pytestmark = pytest.mark.django_db


def test_it_is_the_cookie_that_the_policy_declares() -> None:
    declared = policy().document.body.cookie.name
    assert list(browser_of(people.member()).cookies) == [declared]


def test_another_name_in_the_document_is_another_cookie() -> None:
    renamed = changed(('name = "__Host-yaksok"', 'name = "__Host-promise"'))
    with obeying(policy_of(renamed)):
        assert list(browser_of(people.member()).cookies) == ["__Host-promise"]
    with pytest.raises(DocumentError, match=r"cookie\.name"):
        policy_of(changed(('name = "__Host-yaksok"', 'name = "yaksok"')))


def test_with_it_a_member_is_known_and_without_it_nobody_is() -> None:
    browser = browser_of(people.member())
    assert list(browser.cookies) == [cookie()]
    assert browser.get("/my").status_code == 200
    assert Visitor().get("/my").status_code == 302


def test_no_page_adds_another_one() -> None:
    browser = browser_of(people.member())
    for path in ("/my", "/my/orders", "/my/trail", "/my/leave", "/policy"):
        assert not browser.get(path).cookies
    assert list(browser.cookies) == [cookie()]
