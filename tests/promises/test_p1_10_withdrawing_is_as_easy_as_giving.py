"""P1.10: a consent is withdrawn as easily as it was given: the same page, one press of a button."""

import re

import pytest

from tests.cast import people
from tests.cast.requests import KO, called
from tests.surfaces.visits import browser_of
from yaksok.database.roles import keeper
from yaksok.journeys import rights_work
from yaksok.privacy.consent import ledger
from yaksok.privacy.rights.words import Kind

pytestmark = pytest.mark.django_db

PAGE = "/my/consents"
FORM = re.compile(
    r'<form method="post" action="([^"]+)">((?:<input type="hidden"[^>]*>)+)<button', re.DOTALL
)
HIDDEN = re.compile(r'name="([^"]+)" value="([^"]*)"')


def buttons(page: str, consent: str) -> list[tuple[str, dict[str, str]]]:
    """The buttons that change ``consent``: where they go, and what they send."""
    found = [(address, dict(HIDDEN.findall(inputs))) for address, inputs in FORM.findall(page)]
    return [(address, sent) for address, sent in found if sent.get("consent") == consent]


def stands(member: people.Member) -> bool:
    with keeper():
        return "prefill" in ledger.standing(member.subject).consents


def test_one_press_gives_and_one_press_on_the_same_page_withdraws() -> None:
    member = people.member()
    browser = browser_of(member)
    for agreed in (True, False, True, False):
        ((address, sent),) = buttons(browser.text(PAGE), "prefill")
        hidden = {"csrf", "consent"} | ({"mark"} if agreed else set())  # mark: the words as shown
        assert sent.keys() == hidden, "nothing to fill in, either way"
        sent.pop("csrf")
        assert browser.send(address, **sent).status_code in {200, 302}
        assert stands(member) is agreed


def test_neither_way_asks_for_the_password() -> None:
    member = people.member().agrees("prefill")
    ((address, sent),) = buttons(browser_of(member).text(PAGE), "prefill")
    assert browser_of(member).send(address, consent=sent["consent"]).status_code == 200
    assert not stands(member)


def test_the_page_is_one_press_from_every_page_of_the_member() -> None:
    browser = browser_of(people.member())
    for path in ("/my", "/my/orders", "/my/trail", "/my/leave"):
        assert f'href="{PAGE}"' in browser.text(path)


@pytest.mark.parametrize("way", ["phone", "mail"])
def test_a_call_or_a_mail_withdraws_it_too(way: str) -> None:
    clerk, member = people.clerk(), people.member().agrees("prefill")
    line = called(clerk, Kind.WITHDRAW, member, way=way)
    rights_work.do(clerk.actor, line.number, {"consent": "prefill"}, language=KO)
    assert not stands(member)
    with keeper():
        assert ledger.receipts(member.subject)[0].channel == way
