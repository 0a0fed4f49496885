"""29 February through every door: buying, leaving, keeping for years, and the pages that say so."""

import re
from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode

import pytest
from django.db import connections

from tests.cast import people
from tests.cast.sandboxes import Sandbox
from tests.cast.shelves import Shop
from tests.cast.shoppers import ANSWERS, SECRET, choose, rows
from tests.surfaces.visits import Visitor, browser_of
from yaksok.kernel import clock
from yaksok.kernel.clock import FixedClock

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])

JUST_BEFORE_MIDNIGHT = datetime(2028, 2, 29, 14, 59, tzinfo=UTC)
"""23:59 in Seoul."""


def buys(browser: Visitor, shelves: Shop, sandbox: Sandbox, **also: str) -> str:
    """An order, paid; its number."""
    asked = urlencode({"variant": str(shelves["TEA-G"]), "quantity": "1"})
    page = browser.text(f"/checkout?{asked}")
    form = page[page.index('class="till checkout"') :]
    hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form))
    hidden.pop("csrf", None)
    answers = {name: value for name, value in ANSWERS.items() if name != "lookup_secret"}
    placed = browser.send("/checkout/place", **hidden, **answers, **also)
    assert placed.status_code == 302
    back = choose(sandbox, placed["Location"], "approve")
    done = browser.get(f"/pay/return?{urlencode(back)}", follow=True).content.decode()
    number = re.search(r'class="order-number">([^<]+)<', done)
    assert number
    return number[1]


def test_everything_goes_on_over_the_night(shelves: Shop, payment_sandbox: Sandbox):
    with clock.fixed(JUST_BEFORE_MIDNIGHT) as standing:
        number = buys(Visitor(), shelves, payment_sandbox, lookup_secret=SECRET)
        who = people.member()
        browser = browser_of(who)
        buys(browser, shelves, payment_sandbox)
        assert "2028" in browser.text("/my/orders")
        leap_day_stands_on_the_page(number, "2028년 2월 29일 (화) 23:59", "")
        leap_day_stands_on_the_page(number, "29 Feb 2028 (Tue) 23:59", "/en")
        the_parcels_arrive()
        the_years_end_on_a_day_that_exists(browser)
        left = browser.send("/my/leave", password=who.person.password)
        assert left.status_code == 200
        assert "2028" in left.content.decode()
        over_the_night(standing, browser, number)


def leap_day_stands_on_the_page(number: str, words: str, prefix: str) -> None:
    """The look-up shows the day of the order as it was in Seoul."""
    page = Visitor().send(f"{prefix}/lookup", number=number, lookup_secret=SECRET)
    text = page.content.decode()

    assert words in text


def the_parcels_arrive() -> None:
    """The courier brings everything within the minute."""
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "UPDATE orders_order SET state = 'delivered', delivered_at = %s WHERE state = 'paid'",
            [clock.now()],
        )


def the_years_end_on_a_day_that_exists(browser: Visitor) -> None:
    """Five years from a leap day is the first of March; nobody reads of a 29th that there is not."""
    for page in (browser.text("/my/leave"), browser.text("/en/my/leave")):
        assert re.search("2033", page)
        assert not re.search(r"2033[^0-9]+0?2[^0-9]+29", page)


def over_the_night(standing: FixedClock, browser: Visitor, number: str) -> None:
    """A minute later it is March; nothing is destroyed early, nothing is kept longer."""
    standing.move(timedelta(minutes=2))
    leap_day_stands_on_the_page(number, "2028년 2월 29일 (화) 23:59", "")
    assert browser.get("/my").status_code == 302
    ends = {
        str(at.astimezone(clock.SEOUL).date())
        for (at,) in rows("SELECT destroy_after FROM vault_record WHERE kind = 'statutory'")
    }
    assert ends
    assert ends <= {"2028-06-01", "2031-03-01", "2033-03-01"}  # log-ins: three months
