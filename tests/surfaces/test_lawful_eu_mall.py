"""The mall under European law: sign-up, a guest's order, and no word of Korean law on its pages."""

import re
from collections.abc import Iterator
from urllib.parse import urlencode

import pytest

from tests.cast import people
from tests.cast.policies import obeying
from tests.cast.sandboxes import Sandbox
from tests.cast.shoppers import ANSWERS, choose, rows
from tests.surfaces.visits import Visitor, browser_of
from yaksok.policy import in_force
from yaksok.policy.vocabulary import Profile

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])

PAGES = ("/", "/sign-up", "/sign-up/under-14", "/policy", "/policy/children", "/terms", "/log-in")


@pytest.fixture(autouse=True)
def _european() -> Iterator[None]:
    with obeying(in_force.read(in_force.named(Profile.LAWFUL_EU))):
        yield


def test_a_person_joins_and_sees_their_age_by_the_law_of_the_state():
    one = people.member()
    page = browser_of(one, stepped_up=True).text("/my")
    assert "16+" in page
    assert not re.search(r"(?<![:\d])14\+", page)  # but for a moment such as 22:03:14+00:00
    assert "주민등록번호" not in Visitor().text("/sign-up")


def test_a_guest_orders(shelves, payment_sandbox: Sandbox):
    visitor = Visitor()
    text = visitor.send("/checkout", variant=str(shelves["TEA-G"]), quantity="1").content.decode()
    assert "만 16세 이상" in text
    form = text[text.index('class="till checkout"') :]
    fields = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form))
    placed = visitor.send("/checkout/place", **fields, **ANSWERS)
    back = choose(payment_sandbox, placed.headers["Location"], "approve")
    answer = visitor.get(f"/pay/return?{urlencode(back)}")
    complete = visitor.text(answer.headers["Location"])
    assert "주문을 받았어요" in complete
    assert "받으신 뒤 14일 안에는 반품할 수 있어요" in complete
    assert rows("SELECT state FROM orders_order") == [("paid",)]


def test_no_page_speaks_of_fourteen_or_of_korean_law(shelves):
    for prefix in ("", "/en"):
        for path in PAGES:
            answer = Visitor().get(f"{prefix}{path}")
            assert answer.status_code == 200, path
            page = answer.content.decode()
            words = re.sub(r"<[^>]+>", " ", page)
            for wrong in ("만 14", "14 or older", "Under 14", "under 14", "통신판매업", "PIPA"):
                assert wrong not in words, (path, wrong)


def test_the_goods_can_be_taken_back_for_fourteen_days(shelves):
    assert "받은 날부터 14일 안에" in Visitor().text("/product/green-tea")
    with obeying(in_force.read(in_force.packaged())):
        assert "받은 날부터 7일 안에" in Visitor().text("/product/green-tea")


def test_the_footer_says_whose_it_is_and_nothing_that_only_korea_has():
    page = Visitor().text("/en/")
    footer = page[page.index("<footer") :]
    assert "Yaksok Store GmbH" in footer
    assert "HRB 000000 B" in footer
    assert "None" not in footer
