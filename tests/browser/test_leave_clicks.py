"""Leaving is no harder than joining: counted from the front page, in clicks, fields and pages (P3.3)."""

import re
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Browser, Locator, Page

from tests.cast.running import RunningMall

pytestmark = [pytest.mark.xdist_group("whole mall"), pytest.mark.timeout(600)]

PASSWORD = "a-long-password-6121"
NAME = "leaves_61"


@dataclass
class Effort:
    """What somebody has to do: clicks, things to type, pages to pass."""

    page: Page
    clicks: int = 0
    typed: int = 0
    pages: set[str] = field(default_factory=set)

    def click(self, what: Locator) -> None:
        """Press ``what``; a box that is ticked is a click too."""
        what.click()
        self.clicks += 1
        self.page.wait_for_load_state()
        self.pages.add(self.page.url.partition("?")[0])

    def type(self, name: str, value: str) -> None:
        """Fill one field."""
        self.page.fill(f"[name={name}]", value)
        self.typed += 1


def test_leaving_takes_no_more_than_joining(mall: RunningMall, chromium: Browser) -> None:
    context = chromium.new_context(
        locale="ko-KR", viewport={"width": 1280, "height": 900}, reduced_motion="reduce"
    )
    page = context.new_page()
    page.set_default_timeout(15_000)

    page.goto(mall.origin)
    joining = Effort(page)
    joining.click(page.locator("a[href$='/sign-up']:visible").first)
    for name, value in (
        ("login_id", NAME),
        ("password", PASSWORD),
        ("email", "leaves@mail.example"),
    ):
        joining.type(name, value)
    for box in page.locator("main form input[type=checkbox][required]").all():
        joining.click(box)
    joining.click(page.get_by_role("button", name="가입하기"))
    page.wait_for_url(re.compile("/log-in"))
    page.fill("[name=login_id]", NAME)
    page.fill("[name=password]", PASSWORD)
    page.locator("main [type=submit]").click()
    page.wait_for_url(f"{mall.origin}/")

    leaving = Effort(page)
    leaving.click(page.locator("a[href$='/my']:visible").first)
    leaving.click(page.locator("a[href$='/my/leave']:visible").first)
    assert "100%" in page.inner_text("main")
    leaving.type("password", PASSWORD)
    leaving.click(page.get_by_role("button", name="탈퇴하고 지우기"))
    assert page.locator("main").get_by_text(re.compile("[0-9a-f]{8}-[0-9a-f]{4}")).count()

    assert (leaving.clicks, leaving.typed) == (3, 1)
    assert leaving.clicks <= joining.clicks
    assert leaving.typed <= joining.typed
    print(
        f"joining: {joining.clicks} clicks, {joining.typed} fields, {len(joining.pages)} pages;"
        f" leaving: {leaving.clicks} clicks, {leaving.typed} field, {len(leaving.pages)} pages"
    )
