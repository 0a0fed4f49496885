"""A browser agrees to notifications for itself: after the click, in one click, and forgets it in one.

No push service of the world is reached from here. So ``PushManager.subscribe`` alone is replaced, by one
that asks the sandbox; permission, the worker, the form and the mall are the real ones.
"""

import re

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.cast.running import RunningMall
from tests.cast.walking import can_be_notified, tick_required

pytestmark = [pytest.mark.xdist_group("whole mall"), pytest.mark.timeout(300)]

PASSWORD = "a-long-password-6131"
KEPT = "navigator.serviceWorker.getRegistrations().then(found => found.map(one => one.scope))"


def enters(page: Page, mall: RunningMall, login: str) -> Page:
    """A new member, logged in, before the page of advertising."""
    page.goto(f"{mall.origin}/sign-up")
    page.fill("[name=login_id]", login)
    page.fill("[name=password]", PASSWORD)
    page.fill("[name=email]", f"{login}@mail.example")
    tick_required(page)
    page.get_by_role("button", name="가입하기").click()
    page.wait_for_url(re.compile("/log-in"))
    page.fill("[name=login_id]", login)
    page.fill("[name=password]", PASSWORD)
    page.locator("main [type=submit]").click()
    page.wait_for_url(f"{mall.origin}/")
    page.goto(f"{mall.origin}/my/advertising")
    return page


def test_one_click_agrees_and_one_click_forgets(
    open_mall: RunningMall, visit: BrowserContext
) -> None:
    page = visit.new_page()
    subscribed = can_be_notified(page, open_mall)
    enters(page, open_mall, "push_one")
    card = page.locator("[data-consent=ads_push]")
    card.get_by_role("button", name="동의하기").wait_for()
    assert page.evaluate(KEPT) == [], "nothing is kept before the click"
    with page.expect_navigation():
        card.get_by_role("button", name="동의하기").click()
    assert "동의하셨어요" in card.inner_text()
    assert f"127.0.0.1:{open_mall.ports['push']}/***" in card.inner_text()
    assert page.evaluate(KEPT) == [f"{open_mall.origin}/static/member/"]
    (here,) = subscribed
    assert here["endpoint"] not in page.content()
    with page.expect_navigation():
        card.get_by_role("button", name="동의 철회하기").click()
    assert "동의하지 않으셨어요" in card.inner_text()
    assert page.evaluate(KEPT) == []
    assert (
        page.evaluate("Object.keys(localStorage).length + Object.keys(sessionStorage).length") == 0
    )


def test_where_it_cannot_be_the_page_says_so_and_nothing_stays(
    open_mall: RunningMall, visit: BrowserContext, chromium: Browser
) -> None:
    visit.grant_permissions(["notifications"], origin=open_mall.origin)
    page = enters(visit.new_page(), open_mall, "push_two")
    card = page.locator("[data-consent=ads_push]")
    card.get_by_role("button", name="동의하기").click()
    # The browser's own subscribe, without a service.
    card.locator("[data-cannot=failed]").wait_for()
    assert "동의하지 않으셨어요" in card.inner_text()
    page.wait_for_function(f"{KEPT}.then(found => found.length === 0)")

    page.add_init_script(
        "Object.defineProperty(Notification, 'permission', { get: () => 'denied' });"
    )
    page.reload()
    card.locator("[data-cannot=denied]").wait_for()
    assert card.get_by_role("button").count() == 0

    without = chromium.new_context(
        java_script_enabled=False, storage_state=visit.storage_state(), locale="ko-KR"
    )
    plain = without.new_page()
    plain.goto(f"{open_mall.origin}/my/advertising")
    card = plain.locator("[data-consent=ads_push]")
    assert card.locator("[data-cannot=unable]").is_visible()
    assert card.get_by_role("button").count() == 0
    without.close()
