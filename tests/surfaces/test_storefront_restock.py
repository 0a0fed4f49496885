"""The button that waits for goods: for members, beside what is sold out, while the policy offers it."""

import pytest

from tests.cast import people
from tests.cast.policies import obeying, policy_of, without_table
from tests.surfaces.visits import Visitor, browser_of

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])

PAGE = "/product/oak-stool"
BUTTON = {"": "들어오면 알려 주세요", "/en": "Tell me by e-mail when it is back"}
UNDO = {"": "그만 기다리기", "/en": "Stop waiting"}


@pytest.mark.parametrize("language", ["", "/en"])
def test_a_member_waits_and_stops_waiting(shelves, language):
    browser = browser_of(people.member())
    stool = str(shelves["STOOL-O"])
    assert BUTTON[language] in browser.text(language + PAGE)
    answer = browser.send(f"{language}/my/waits", variant=stool)
    assert (answer.status_code, answer["Location"]) == (302, f"{language}{PAGE}#restock")
    text = browser.text(language + PAGE)
    assert BUTTON[language] not in text
    assert UNDO[language] in text
    assert 'id="waits"' in browser.text(f"{language}/my")
    answer = browser.send(f"{language}/my/waits/stop", variant=stool, then="mypage")
    assert answer["Location"] == f"{language}/my#waits"
    assert 'id="waits"' not in browser.text(f"{language}/my")
    assert BUTTON[language] in browser.text(language + PAGE)
    browser.send(f"{language}/my/waits", variant=stool)
    answer = browser.send(f"{language}/my/waits/stop", variant=stool)
    assert answer["Location"] == f"{language}{PAGE}#restock"


def test_the_button_stands_beside_what_is_sold_out_alone(shelves):
    assert 'id="restock"' not in browser_of(people.member()).text("/product/white-cup")


def test_a_visitor_sees_no_button_and_is_sent_to_the_door(shelves):
    visitor = Visitor()
    assert 'id="restock"' not in visitor.text(PAGE)
    answer = visitor.send("/my/waits", variant=str(shelves["STOOL-O"]))
    assert (answer.status_code, answer["Location"]) == (302, "/log-in")


def test_a_policy_without_the_service_has_no_button_and_no_address(shelves):
    browser = browser_of(people.member())
    stool = str(shelves["STOOL-O"])
    browser.send("/my/waits", variant=stool)
    with obeying(policy_of(without_table("services.restock_notice"))):
        assert 'id="restock"' not in browser.text(PAGE)
        assert 'id="waits"' not in browser.text("/my")
        for path in ("/my/waits", "/my/waits/stop"):
            assert browser.send(path, variant=stool).status_code == 404


def test_strange_articles_are_not_found_and_strange_fields_refused(shelves):
    browser = browser_of(people.member())
    assert browser.send("/my/waits", variant="x" * 50).status_code == 404
    assert browser.send("/my/waits", variant="", email="a@b.example").status_code == 400
    assert browser.get("/my/waits").status_code == 405
