"""The back button, a double click on pay, two tabs at the till, and a session after its log-out."""

import re
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.cast.running import RunningMall
from tests.cast.shopper import Shopper, hidden
from tests.cast.walking import Person, choose_goods, fill_order
from yaksok.database.address import address_of
from yaksok.database.layout import DataDirectory

pytestmark = [pytest.mark.xdist_group("whole mall"), pytest.mark.timeout(600)]

SECRET = "gray-crane-7712"
PASSWORD = "a-long-password-5521"
PAYER = Person("두루미", "010-2345-6789", "durumi@mail.example", "서울 종로구 사직로 161, 3층")
WINDOW = re.compile("/window/")


def orders(mall: RunningMall) -> dict[str, int]:
    """How many orders there are in each state."""
    with address_of(DataDirectory(mall.root)).connect_as_admin("yaksok") as admin:
        found = admin.execute("SELECT state, count(*) FROM mall.orders_order GROUP BY 1").fetchall()
    return {str(state): int(count) for state, count in found}


def new_orders(mall: RunningMall, before: dict[str, int]) -> dict[str, int]:
    """What came to ``before`` since."""
    now = orders(mall)
    grown = {state: now.get(state, 0) - before.get(state, 0) for state in {*now, *before}}
    return {state: count for state, count in grown.items() if count}


def to_the_till(page: Page, mall: RunningMall) -> None:
    """Buy one product at once and fill the order form."""
    choose_goods(page, mall.origin)
    page.get_by_role("button", name="바로 구매하기").click()
    fill(page)


def fill(page: Page) -> None:
    """Fill the order form."""
    fill_order(page, PAYER, PAYER)
    page.fill("[name=lookup_secret]", SECRET)


def fill_again(page: Page) -> None:
    """The same, where the browser may have kept what its owner typed a moment ago."""
    for box in page.locator("main input[type=checkbox]").all():
        box.uncheck()
    fill(page)


def test_a_double_click_on_pay_orders_and_pays_once(
    open_mall: RunningMall, visit: BrowserContext
) -> None:
    before = orders(open_mall)
    page = visit.new_page()
    to_the_till(page, open_mall)
    page.locator("form.checkout [type=submit]").dblclick()
    page.wait_for_url(WINDOW)
    assert new_orders(open_mall, before) == {"awaiting_payment": 1}
    page.locator("[name=choice][value=approve]").dblclick()
    page.locator(".order-number").first.wait_for()
    assert new_orders(open_mall, before) == {"paid": 1}
    page.reload()
    page.locator(".order-number").first.wait_for()
    assert new_orders(open_mall, before) == {"paid": 1}


def test_the_same_form_sent_four_times_at_once_is_one_order(open_mall: RunningMall) -> None:
    before = orders(open_mall)
    shopper = Shopper(open_mall.origin, "four.hands")
    home = shopper.browser.get(f"{open_mall.origin}/category/tea").text
    address = re.findall(r'href="(/product/[^"]+)"', home)[0]
    variant = re.findall(
        r'name="variant" value="([0-9a-f-]{36})"',
        shopper.browser.get(open_mall.origin + address).text,
    )[0]
    form = shopper.browser.get(
        f"{open_mall.origin}/checkout", params={"variant": variant, "quantity": "1"}
    )
    values = shopper.filled(form.text, hidden(form.text, "attempt"))
    assert values

    def press(_: int) -> httpx.Response:
        return httpx.post(f"{open_mall.origin}/checkout/place", data=values, timeout=30)

    with ThreadPoolExecutor(4) as hands:
        answers = list(hands.map(press, range(4)))
    shopper.browser.close()
    assert {answer.status_code for answer in answers} == {302}
    assert len({answer.headers["location"] for answer in answers}) == 1
    assert new_orders(open_mall, before) == {"awaiting_payment": 1}


def test_back_from_the_window_leads_to_the_form_and_changes_the_one_order(
    open_mall: RunningMall, visit: BrowserContext
) -> None:
    before = orders(open_mall)
    page = visit.new_page()
    to_the_till(page, open_mall)
    page.fill("[name=recipient_postcode]", "x")  # once more round, over the form with its mistakes
    page.locator("form.checkout [type=submit]").click()
    page.locator("#problems").wait_for()
    page.fill("[name=recipient_postcode]", "03186")
    page.fill("[name=lookup_secret]", SECRET)
    page.locator("form.checkout [type=submit]").click()
    page.wait_for_url(WINDOW)
    page.go_back()
    page.locator("form.checkout").wait_for()
    assert "/checkout?variant=" in page.url
    assert "payer" not in page.url
    fill_again(page)
    page.fill("[name=recipient_name]", "왜가리")
    page.locator("form.checkout [type=submit]").click()
    page.wait_for_url(WINDOW)
    assert new_orders(open_mall, before) == {"awaiting_payment": 1, "cancelled": 1}
    page.locator("[name=choice][value=approve]").click()
    page.locator(".order-number").first.wait_for()
    assert new_orders(open_mall, before) == {"paid": 1, "cancelled": 1}
    page.go_back()
    assert "이 결제는 끝났습니다" in page.inner_text("main")
    page.go_back()
    page.locator("form.checkout").wait_for()
    expect(page.locator("[name=payer_name]")).to_have_value("")  # nothing that was typed is kept
    assert new_orders(open_mall, before) == {"paid": 1, "cancelled": 1}
    assert visit.cookies() == []


def test_two_tabs_at_the_till_of_one_basket_make_no_order_unasked(
    open_mall: RunningMall, visit: BrowserContext
) -> None:
    before = orders(open_mall)
    first = visit.new_page()
    choose_goods(first, open_mall.origin)
    first.get_by_role("button", name="장바구니에 담기").click()
    first.goto(f"{open_mall.origin}/basket")
    first.locator("form [type=submit]", has_text="주문").first.click()
    second = visit.new_page()
    second.goto(f"{open_mall.origin}/basket")
    second.locator("form [type=submit]", has_text="주문").first.click()
    for page in (first, second):
        fill(page)
        page.locator("form.checkout [type=submit]").click()
        page.wait_for_url(WINDOW)
    second.go_back()  # with a basket the way back leads to the basket
    second.locator("[data-line]").wait_for()
    first.locator("[name=choice][value=approve]").click()
    first.locator(".order-number").first.wait_for()
    second.get_by_text("장바구니가 비어 있어요").wait_for()
    assert new_orders(open_mall, before) == {"paid": 1, "awaiting_payment": 1}
    first.close()
    second.close()


def test_a_session_is_worth_nothing_after_its_log_out(
    open_mall: RunningMall, chromium: Browser
) -> None:
    context = chromium.new_context(locale="ko-KR")
    context.set_default_timeout(15_000)
    page = context.new_page()
    page.goto(f"{open_mall.origin}/sign-up")
    page.fill("[name=login_id]", "replayed_77")
    page.fill("[name=password]", PASSWORD)
    page.fill("[name=email]", "replayed@mail.example")
    for box in page.locator("main input[type=checkbox][required]").all():
        box.check()
    page.get_by_role("button", name="가입하기").click()
    page.wait_for_url(re.compile("/log-in"))
    page.fill("[name=login_id]", "replayed_77")
    page.fill("[name=password]", PASSWORD)
    page.locator("main [type=submit]").click()
    page.wait_for_load_state()
    page.goto(f"{open_mall.origin}/my")
    (cookie,) = context.cookies()
    stolen = {"Cookie": f"{cookie['name']}={cookie['value']}"}
    assert httpx.get(f"{open_mall.origin}/my", headers=stolen).status_code == 200, "it is the key"
    page.locator("form[action='/log-out'] [type=submit]").first.click()
    page.wait_for_load_state()
    assert context.cookies() == []

    for path in ("/my", "/my/orders", "/my/leave", "/en/my"):
        answer = httpx.get(open_mall.origin + path, headers=stolen)
        assert answer.status_code == 302, path
        assert "/log-in" in answer.headers["location"]
        assert "max-age=0" in answer.headers["set-cookie"].lower(), "the dead cookie is taken back"
    asked = httpx.post(
        f"{open_mall.origin}/my/step-up", headers=stolen, data={"password": PASSWORD}
    )
    assert asked.status_code in {302, 403, 404}
    page.go_back()
    page.wait_for_load_state()
    assert "/log-in" in page.url
    assert "회원가입/변경" in page.content()
    context.close()
