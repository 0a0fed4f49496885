"""A browser without script buys, joins, corrects and leaves; only the basket says that it cannot."""

import re

import pytest
from playwright.sync_api import Browser, Page

from tests.cast.running import RunningMall
from tests.cast.walking import Person, choose_goods, fill_order, tick_required

pytestmark = [pytest.mark.xdist_group("whole mall"), pytest.mark.timeout(600)]

SECRET = "white-heron-1180"
PASSWORD = "a-long-password-3307"
PAYER = Person("왜가리", "010-2345-6789", "heron@mail.example", "서울 종로구 사직로 161, 3층")


def test_everything_but_the_basket_works(open_mall: RunningMall, chromium: Browser) -> None:
    context = chromium.new_context(java_script_enabled=False, locale="ko-KR")
    context.set_default_timeout(15_000)
    page = context.new_page()

    listing_is_sorted_and_paged(page, open_mall.origin)
    number = guest_buys(page, open_mall.origin)
    looks_up(page, open_mall.origin, number)
    the_basket_says_what_to_do(page, open_mall.origin)
    assert context.cookies() == []

    joins(page, open_mall.origin)
    sees_and_corrects(page, open_mall.origin)
    logs_out_and_leaves(page, open_mall.origin)
    assert context.cookies() == []
    context.close()


def listing_is_sorted_and_paged(page: Page, origin: str) -> None:
    """The form has a button, and the numbers are links."""
    page.goto(f"{origin}/category/tea")
    page.select_option("#sort", "price_up")
    page.locator("#listing form [type=submit]").first.click()
    page.wait_for_url(re.compile("sort=price_up"))
    prices = page.locator("#listing .price").all_inner_texts()
    figures = [int(re.sub(r"\D", "", price)) for price in prices]
    assert figures == sorted(figures)
    page.locator(".paging a[rel=next]").click()
    page.wait_for_url(re.compile("sort=price_up.*page=2"))


def guest_buys(page: Page, origin: str) -> str:
    """From the product to the order number; the way back shows the form again."""
    choose_goods(page, origin)
    assert not page.locator("[data-add]").is_visible(), "no button that does nothing"
    page.get_by_role("button", name="바로 구매하기").click()
    assert "/checkout?variant=" in page.url
    page.locator("form.checkout [type=submit]").click()
    page.locator("#problems a").first.click()
    fill_order(page, PAYER, PAYER)
    page.fill("[name=lookup_secret]", SECRET)
    page.locator("form.checkout [type=submit]").click()
    page.wait_for_url(re.compile("/window/"))
    page.locator("[name=choice][value=approve]").click()
    number = page.locator(".order-number").first
    number.wait_for()
    return number.inner_text().strip()


def looks_up(page: Page, origin: str, number: str) -> None:
    """Number and secret show the order."""
    page.goto(f"{origin}/lookup")
    page.fill("[name=number]", number)
    page.fill("[name=lookup_secret]", SECRET)
    page.get_by_role("button", name="주문 보기").click()
    page.get_by_text("왜*리").first.wait_for()


def the_basket_says_what_to_do(page: Page, origin: str) -> None:
    """In both languages, with a way on."""
    for path, words, way in (
        ("/basket", "바로 구매하기", "상품 보러 가기"),
        ("/en/basket", "Buy now", "See the goods"),
    ):
        page.goto(origin + path)
        assert words in page.inner_text("main")
        assert page.get_by_role("link", name=way).is_visible()


def joins(page: Page, origin: str) -> None:
    """Sign up and log in."""
    page.goto(f"{origin}/sign-up")
    page.fill("[name=login_id]", "no_script_33")
    page.fill("[name=password]", PASSWORD)
    page.fill("[name=email]", "no.script@mail.example")
    tick_required(page)
    page.get_by_role("button", name="가입하기").click()
    page.wait_for_url(re.compile("/log-in"))
    page.fill("[name=login_id]", "no_script_33")
    page.fill("[name=password]", PASSWORD)
    page.locator("main [type=submit]").click()
    page.wait_for_url(f"{origin}/")


def sees_and_corrects(page: Page, origin: str) -> None:
    """The password opens the values; a correction shows."""
    page.goto(f"{origin}/my")
    page.fill("#step-password", PASSWORD)
    page.get_by_role("button", name="값 열어 보기").click()
    page.get_by_text("no.script@mail.example").first.wait_for()
    page.get_by_role("link", name="내 정보 고치기").click()
    page.locator("main input[type=tel]").first.fill("010-8264-5197")
    page.locator("main form [type=submit]").first.click()
    page.goto(f"{origin}/my")
    page.get_by_text("010-8264-5197").first.wait_for()


def logs_out_and_leaves(page: Page, origin: str) -> None:
    """Log out, log in again, leave with a certificate."""
    page.locator("form[action='/log-out'] [type=submit]").first.click()
    page.wait_for_load_state()
    page.goto(f"{origin}/my/leave")
    page.fill("[name=login_id]", "no_script_33")
    page.fill("[name=password]", PASSWORD)
    page.locator("main [type=submit]").click()
    page.fill("#leave-password", PASSWORD)
    page.get_by_role("button", name="탈퇴하고 지우기").click()
    page.locator("textarea[name=certificate]").wait_for(state="attached")
