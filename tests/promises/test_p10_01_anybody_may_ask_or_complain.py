"""P10.1: anyone may send opinions and complaints about privacy: member, guest, recipient, visitor."""

import pytest

from tests.cast import people
from tests.cast.asking import WORDS, asks, posted, ticket_of
from tests.surfaces.visits import Visitor, browser_of
from yaksok.journeys import answer_inquiry, inquiries
from yaksok.kernel.actor import Actor
from yaksok.mall.desk.words import State, Topic

pytestmark = pytest.mark.django_db


def test_a_stranger_complains_without_an_account_a_name_or_an_address() -> None:
    received = asks(topic=Topic.PRIVACY)
    assert ticket_of(received).topic is Topic.PRIVACY
    seen = inquiries.look_up(received.number, received.secret, address_key="a")
    assert seen.body == WORDS


def test_a_member_complains_with_one() -> None:
    one = people.member()
    received = asks(one.actor, topic=Topic.PRIVACY)
    assert ticket_of(received).subject == one.subject


def test_the_page_is_open_to_a_visitor_and_leaves_no_cookie() -> None:
    browser = Visitor()
    page = browser.get("/ask")
    assert page.status_code == 200
    sent = browser.send("/ask", **posted(Actor.visitor(), topic=Topic.PRIVACY))
    assert sent.status_code == 200
    assert "Q-" in sent.content.decode()
    assert not browser.cookies


def test_the_same_page_leads_a_member_to_theirs() -> None:
    one = people.member()
    browser = browser_of(one)
    assert browser.get("/ask").headers["Location"] == "/my/inquiries/new"
    sent = browser.send("/my/inquiries/new", **posted(one.actor, topic=Topic.PRIVACY))
    assert sent.status_code == 302
    assert WORDS in browser.text(sent.headers["Location"])


def test_what_was_complained_of_reaches_staff() -> None:
    received = asks(topic=Topic.PRIVACY)
    assert ticket_of(received).state is State.OPEN
    assert answer_inquiry.read(people.clerk().actor, received.ticket).body == WORDS
