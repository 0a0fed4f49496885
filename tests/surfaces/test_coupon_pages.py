"""Coupons on pages: the member's box, the order form, the console."""

import re
from datetime import timedelta

import pytest

from tests.cast import people
from tests.cast.policies import obeying, policy_of, without_table
from tests.cast.shoppers import ANSWERS, rows
from tests.surfaces.visits import Visitor, browser_of
from yaksok.kernel import clock

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])


def filled(**other: str) -> dict[str, str]:
    today = clock.now().astimezone(clock.SEOUL).date()
    return {
        "code": "SPRING-3",
        "name_ko": "봄맞이 쿠폰",
        "name_en": "Spring coupon",
        "worth": "amount",
        "amount": "3,000",
        "least": "20000",
        "starts_on": today.isoformat(),
        "ends_on": (today + timedelta(days=30)).isoformat(),
        "number": "50",
    } | other


def made(officer: Visitor | None = None, **other: str) -> Visitor:
    officer = officer or browser_of(people.officer())
    answer = officer.send("/console/coupons", **filled(**other))
    assert (answer.status_code, answer["Location"]) == (302, "/console/coupons")
    return officer


@pytest.mark.parametrize(
    ("language", "words"),
    [("", ("봄맞이 쿠폰", "3,000원", "상품 금액 20,000원부터", "쿠폰을 받았어요")), ("/en", ("Spring coupon", "₩3,000", "for goods from ₩20,000", "You have the coupon"))],
)  # fmt: skip
def test_a_member_takes_one_and_sees_it(language, words):
    made()
    browser = browser_of(people.member())
    assert f'href="{language}/my/coupons"' in browser.text(f"{language}/my")
    answer = browser.send(f"{language}/my/coupons", code="spring-3")
    assert answer["Location"] == f"{language}/my/coupons?done=taken"
    text = browser.text(answer["Location"])
    assert [word for word in words if word not in text] == []
    answer = browser.send(f"{language}/my/coupons", code="spring-3")
    assert answer.status_code == 422
    assert 'value="spring-3"' in answer.content.decode()


def test_the_order_form_offers_it_and_the_order_shows_it(shelves, payment_sandbox):
    made()
    member = people.member()
    browser = browser_of(member)
    tea = str(shelves["TEA-G"])
    start = f"/checkout?variant={tea}&quantity=1"
    assert "data-coupons" not in browser.text(start)
    browser.send("/my/coupons", code="SPRING-3")
    page = browser.text(start)
    (option,) = re.findall(
        r'<option value="([^"]+)" data-off="3000" data-total="32000">([^<]+)<', page
    )
    assert "3,000원 할인, 결제할 금액 32,000원" in option[1]
    hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', page))
    told = {name: value for name, value in ANSWERS.items() if name != "lookup_secret"}
    sent = {name: hidden[name] for name in ("attempt", "lines", "total", "notice")} | told
    wrong = browser.send("/checkout/place", **sent | {"payer_phone": "1"}, coupon=option[0])
    assert wrong.status_code == 422
    text = wrong.content.decode()
    assert f'<option value="{option[0]}" data-off="3000" data-total="32000" selected>' in text
    assert "−<span data-off-sum>" in text
    assert browser.send("/checkout/place", **sent, coupon=option[0]).status_code == 302
    ((order,),) = rows("SELECT id FROM orders_order WHERE discount = 3000 AND total = 32000")
    assert "쿠폰 할인" in browser.text(f"/my/orders/{order}")
    other = browser.send("/checkout/place", **sent | {"attempt": "0" * 8 + "-0000-7000-8000-" + "0" * 12}, coupon=option[0])  # fmt: skip
    assert other.status_code == 422
    assert "다른 주문에 쓰고 있어요" in other.content.decode()


def test_a_guest_sees_none(shelves):
    made()
    assert "data-coupons" not in Visitor().text(f"/checkout?variant={shelves['TEA-G']}&quantity=1")
    answer = Visitor().get("/my/coupons")
    assert (answer.status_code, answer["Location"]) == (302, "/log-in?next=%2Fmy%2Fcoupons")


def test_staff_make_end_and_count():
    officer = made()
    text = officer.text("/console/coupons")
    assert "SPRING-3" in text
    assert text.count("10 미만") == 2
    wrong = officer.send("/console/coupons", **filled(amount="0", code="x"))
    assert wrong.status_code == 422
    assert wrong.content.decode().count('aria-invalid="true"') == 2
    ((coupon,),) = rows("SELECT id FROM promotions_coupon")
    officer.send(f"/console/coupons/{coupon}/end")
    assert "발급 끝남" in officer.text("/console/coupons")
    assert browser_of(people.member()).send("/my/coupons", code="SPRING-3").status_code == 422
    auditor = browser_of(people.auditor())
    assert "쿠폰 만들기" not in auditor.text("/console/coupons")
    assert auditor.send("/console/coupons", **filled(code="OTHER")).status_code == 403
    assert browser_of(people.clerk()).get("/console/coupons").status_code == 403
    assert rows("SELECT count(*) FROM promotions_coupon") == [(1,)]


def test_a_policy_without_the_service_has_no_page():
    browser = browser_of(people.member())
    with obeying(policy_of(without_table("services.coupons"))):
        assert "/my/coupons" not in browser.text("/my")
        assert browser.get("/my/coupons").status_code == 404
        assert browser.send("/my/coupons", code="SPRING-3").status_code == 404
