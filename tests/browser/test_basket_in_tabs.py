"""The basket in a real browser: shared by open tabs, gone with the last, and nothing else is kept."""

import json
import re

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.cast.running import RunningMall

pytestmark = [pytest.mark.xdist_group("whole mall"), pytest.mark.timeout(300)]

KEPT = """async () => ({
  local: localStorage.length,
  session: Object.fromEntries(Object.entries(sessionStorage)),
  databases: (await indexedDB.databases()).length,
  caches: (await caches.keys()).length,
})"""


def add_first_loved(page: Page, origin: str) -> None:
    """Put the first loved product that has a buy button into the basket."""
    page.goto(f"{origin}/")
    for address in page.eval_on_selector_all("#loved-goods a", "all => all.map(one => one.href)"):
        page.goto(address)
        if not page.locator("[data-add]:visible").count():
            continue
        if page.locator(".option").count():
            page.locator(".option:has(input:not([disabled]))").first.click()
        page.locator("[data-add]").click()
        page.locator("[data-added]").wait_for()
        return
    pytest.fail("nothing can be put into the basket")


def count_in(page: Page) -> str:
    """The number beside the basket in the header."""
    mark = page.locator("[data-basket-count]")
    return mark.inner_text() if mark.is_visible() else ""


def test_the_basket_is_shared_and_then_gone_and_listings_keep_nothing(
    mall: RunningMall, visit: BrowserContext
) -> None:
    first = visit.new_page()
    faults: list[str] = []
    first.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
    add_first_loved(first, mall.origin)
    kept = first.evaluate(KEPT)
    assert set(kept["session"]) == {"yaksok.basket"}
    ((variant, quantity),) = json.loads(kept["session"]["yaksok.basket"])
    assert re.fullmatch(r"[0-9a-f-]{36}", variant)
    assert quantity == 1

    second = visit.new_page()
    second.goto(f"{mall.origin}/basket")
    second.locator(f"[data-line='{variant}']").wait_for()
    assert count_in(second) == "1"
    second.locator(f"[data-line='{variant}']").fill("2")
    second.keyboard.press("Tab")
    first.wait_for_function("sessionStorage.getItem('yaksok.basket').endsWith(',2]]')")
    second.locator(f"[data-drop='{variant}']").click()
    second.get_by_text("장바구니가 비어 있어요").wait_for()
    assert count_in(first) == ""

    add_first_loved(first, mall.origin)
    first.close()
    second.close()
    third = visit.new_page()
    third.goto(f"{mall.origin}/basket")
    third.get_by_text("장바구니가 비어 있어요").wait_for()

    sorts_without_reload(third, mall.origin)
    assert third.evaluate(KEPT) == {"local": 0, "session": {}, "databases": 0, "caches": 0}
    assert visit.cookies() == []
    assert faults == []


def sorts_without_reload(page: Page, origin: str) -> None:
    """A listing follows its form and its numbers, and the way back works."""
    page.goto(f"{origin}/category/tea")
    page.evaluate("window.stayed = true")
    page.select_option("#sort", "price_up")
    page.wait_for_url(re.compile("sort=price_up"))
    prices = page.locator("#listing .price").all_inner_texts()
    figures = [int(re.sub(r"\D", "", price)) for price in prices]
    assert figures == sorted(figures)
    page.locator(".paging a[rel=next]").click()
    page.wait_for_url(re.compile("sort=price_up.*page=2"))
    assert page.evaluate("window.stayed")
    page.go_back()
    page.wait_for_function("!window.stayed")
    assert page.locator("#sort").input_value() == "price_up"


def test_without_script_one_can_still_buy(mall: RunningMall, chromium: Browser) -> None:
    context = chromium.new_context(java_script_enabled=False, locale="ko-KR")
    page = context.new_page()
    page.goto(f"{mall.origin}/basket")
    assert "바로 구매하기" in page.inner_text("main")
    page.goto(f"{mall.origin}/")
    page.locator("#loved-goods a").first.click()
    if page.locator(".option").count():
        page.locator(".option:has(input:not([disabled]))").first.click()
    page.get_by_role("button", name="바로 구매하기").click()
    assert page.locator("form.checkout").count() == 1
    page.locator("form.checkout [type=submit]").click()
    assert page.locator("#problems").is_visible()
    assert context.cookies() == []
    context.close()
