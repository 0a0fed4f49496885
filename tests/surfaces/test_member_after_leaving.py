"""After leaving, no address shows anything of the person, whoever asks (P3.9)."""

import pytest

from tests.cast import people
from tests.cast.trades import order_of
from tests.surfaces.test_headers_and_the_stranger import all_addresses
from tests.surfaces.visits import Visitor, browser_of
from yaksok.mall.orders.states import OrderState

pytestmark = [
    pytest.mark.django_db(transaction=True, databases=["default", "owner"]),
    pytest.mark.usefixtures("shelves"),
]


def test_every_role_at_every_address_finds_nothing():
    one, receiver = people.member(), people.recipient()
    order = order_of(one, OrderState.DELIVERED, to=receiver)
    browser = browser_of(one, stepped_up=True)
    assert one.person.email in browser.text("/my")  # what is sought below can be found
    assert browser.send("/my/leave", password=one.person.password).status_code == 200
    sought = (*one.person.canaries(), one.person.phone, *receiver.canaries(), receiver.phone)
    everybody = (
        Visitor(),
        Visitor(browser.key),
        browser_of(people.stranger(), stepped_up=True),
        browser_of(people.clerk()),
        browser_of(people.officer()),
        browser_of(people.auditor()),
    )
    for path, name in all_addresses(str(order.id)):
        for who in everybody:
            answer = who.get(path)
            text = b"" if answer.streaming else answer.content
            assert not any(value.encode() in text for value in sought), (path, name)


def test_the_account_is_one_that_never_was():
    one = people.member()
    browser_of(one).send("/my/leave", password=one.person.password)
    gone = (
        Visitor()
        .send("/log-in", login_id=one.person.login_id, password=one.person.password)
        .content.decode()
    )
    never = (
        Visitor()
        .send("/log-in", login_id="neverwas", password=one.person.password)
        .content.decode()
    )
    assert gone.replace(one.person.login_id, "x") == never.replace("neverwas", "x")


def test_the_id_and_the_address_are_free_again():
    one = people.member()
    browser_of(one).send("/my/leave", password=one.person.password)
    assert people.signs_up(one.person)
