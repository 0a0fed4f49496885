"""P8.4: '회원가입/변경' is the name of the page, and every page leads there with one click."""

import pytest

from tests.cast import people
from tests.surfaces.visits import Visitor, browser_of

pytestmark = pytest.mark.django_db

NAME = "회원가입/변경"
LINK = f'<a href="/my">{NAME}</a>'
PAGES = (
    "/my",
    "/my/orders",
    "/my/trail",
    "/my/leave",
    "/my/requests",
    "/my/requests/stop",
    "/my/password",
    "/policy",
    "/lookup",
    "/rights",
    "/rights/order",
    "/rights/parcel",
    "/certificate/verify",
)


@pytest.mark.parametrize("path", PAGES)
def test_each_page_of_a_member_links_to_it_by_its_name(path: str) -> None:
    assert LINK in browser_of(people.member()).text(path)


def test_the_page_itself_bears_the_name() -> None:
    assert f"<h1>{NAME}</h1>" in browser_of(people.member()).text("/my")


def test_a_visitor_finds_it_too_and_is_led_through_the_log_in() -> None:
    assert LINK in Visitor().text("/policy")
    assert Visitor().get("/my")["Location"] == "/log-in?next=%2Fmy"


def test_from_there_every_right_is_one_click_away() -> None:
    browser = browser_of(people.member())
    assert 'href="/my/requests"' in browser.text("/my")
    page = browser.text("/my/requests")
    for way in ("/my", "/my/correct", "/my/consents", "/my/leave", "/my/requests/stop"):
        assert f'href="{way}"' in page, way
    for act in ("/my/requests/download", "/my/requests/explain"):
        assert f'action="{act}"' in page, act
