"""A person before a real browser: choose goods, fill the form, pay in the provider's window."""

import json
import re
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.cast.running import RunningMall


@dataclass(frozen=True)
class Person:
    """Values that stand nowhere else in the world."""

    name: str
    phone: str
    email: str
    address: str
    login_id: str = ""

    @property
    def values(self) -> tuple[str, ...]:
        """Everything that must stand nowhere in plain text."""
        written = (self.name, self.phone, self.phone.replace("-", ""), self.email, self.address)
        return tuple(value for value in (*written, self.login_id) if value)


def choose_goods(page: Page, origin: str) -> None:
    """Open the first product of the home page that can be bought without an answer of its own."""
    page.goto(f"{origin}/")
    addresses = page.eval_on_selector_all(
        "a[href*='/product/']", "links => [...new Set(links.map(link => link.href))]"
    )
    for address in addresses:
        page.goto(address)
        buyable = page.get_by_role("button", name="바로 구매하기").count()
        if not buyable or page.get_by_text("주문할 때 하나를 더 여쭤봐요").count():
            continue
        if page.locator("input[type=radio][name=variant]").count():
            page.locator("label.option:has(input:not([disabled]))").first.click()
        return
    pytest.fail("the home page shows nothing that can be bought")


def fill_order(page: Page, payer: Person, recipient: Person) -> None:
    """Write payer and recipient into the order form and tick what must be ticked."""
    page.fill("[name=payer_name]", payer.name)
    page.fill("[name=payer_phone]", payer.phone)
    page.fill("[name=payer_email]", payer.email)
    page.fill("[name=recipient_name]", recipient.name)
    page.fill("[name=recipient_phone]", recipient.phone)
    page.fill("[name=recipient_postcode]", "03186")
    page.fill("[name=recipient_address]", recipient.address)
    tick_required(page)


def tick_required(page: Page) -> None:
    """Tick the boxes that are required, and see that none was ticked before."""
    boxes = page.locator("main input[type=checkbox]")
    for number in range(boxes.count()):
        assert not boxes.nth(number).is_checked(), "no box is ticked beforehand"
    required = page.locator("main input[type=checkbox][required]")
    for number in range(required.count()):
        required.nth(number).check()


def pay(page: Page) -> str:
    """Send the form, approve in the provider's window, and read the order number."""
    page.locator("form.checkout [type=submit]").click()
    page.wait_for_url(re.compile("/window/"))
    page.locator("[name=choice][value=approve]").click()
    number = page.locator(".order-number").first
    number.wait_for()
    return number.inner_text().strip()


SUBSCRIBE = """
PushManager.prototype.subscribe = async function ({ applicationServerKey, userVisibleOnly }) {
  if (!userVisibleOnly || Notification.permission !== "granted") throw new Error("not allowed");
  const text = (raw) => btoa(String.fromCharCode(...new Uint8Array(raw)))
    .replace(/\\+/g, "-").replace(/\\//g, "_").replace(/=+$/, "");
  const bytes = (text) =>
    Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0)).buffer;
  const said = await window.subscribes(text(applicationServerKey));
  return { endpoint: said.endpoint, getKey: (name) => bytes(said[name]) };
};
"""
"""In place of what no browser of the tests reaches, a push service of the world: the sandbox."""


def can_be_notified(page: Page, mall: RunningMall) -> list[dict[str, Any]]:
    """From now on pages may subscribe at the sandbox; the list grows with each that did."""
    subscribed: list[dict[str, Any]] = []

    def subscribes(key: str) -> dict[str, Any]:
        subscribed.append(json.loads(mall.tell("push", "/sandbox/browsers", {"key": key})))
        return subscribed[-1]

    page.context.grant_permissions(["notifications"], origin=mall.origin)
    page.expose_function("subscribes", subscribes)
    page.add_init_script(SUBSCRIBE)
    return subscribed
