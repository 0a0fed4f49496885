"""What staff see at the console, for :mod:`tools.shots`: a clerk's orders and news, an officer's studio."""

import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pyotp
from playwright.sync_api import Browser, BrowserContext, Page

if TYPE_CHECKING:
    from tools.shots import Camera

NEWS = {
    "title_ko": "설 연휴 배송 안내",
    "body_ko": "설 연휴에는 택배회사가 쉬어요. 그동안에도 주문은 받아요.\n\n- 2월 5일까지 결제한 주문은 연휴 전에 보내요.\n- 2월 10일부터 차례로 다시 보내요.\n\n기다리시는 동안 주문은 그대로 있고, 언제든 취소할 수 있어요.",
    "title_en": "Deliveries over the New Year holidays",
    "body_en": "Our courier rests over the New Year holidays. We take orders all the same.\n\n- Orders paid by 5 February leave before the holidays.\n- From 10 February we send the others, first come first.\n\nYour order stays as it is meanwhile, and you can cancel it at any time.",
}
"""A notice that a clerk writes."""


def work_at_console(camera: "Camera", page: Page) -> None:
    """The order list and one order to send; needs the clerk's session."""
    camera.go(page, "/console")
    page.locator("table[data-list]").wait_for()
    camera.take(page, "console")
    page.locator("table[data-list] .order-number").first.click()
    camera.take(page, "console-dispatch")

    camera.go(page, "/console/notices")
    camera.take(page, "console-notices")
    write_news(camera, page)
    camera.take(page, "console-notice-write")
    page.locator("[name=act][value=look]").click()
    page.locator("[name=act][value=post]").wait_for()
    camera.take(page, "console-notice-preview")


def write_news(camera: "Camera", page: Page) -> None:
    """Fill in the form for a notice."""
    camera.go(page, "/console/notices/new")
    for name, value in NEWS.items():
        page.fill(f"[name={name}]", value)


def post_news(camera: "Camera", page: Page) -> None:
    """A notice for everybody, so that the board has one to show."""
    write_news(camera, page)
    page.locator("[name=act][value=look]").click()
    page.locator("[name=act][value=post]").click()
    page.locator("table.board tbody a").first.wait_for()


def clerk_session(camera: "Camera", browser: Browser, data: Path) -> BrowserContext:
    """A browser in which the demo's clerk is logged in. A code works once, so this is done once."""
    command = (sys.executable, "-m", "yaksok.cli.main", "staff", "demo", "--data", str(data))
    said = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60).stdout
    clerk = dict(re.findall(r"^(ID|password|code) +(\S+)", said, re.MULTILINE))
    context = camera.person(browser)
    page = context.new_page()
    page.goto(f"{camera.base}/console")
    page.fill("[name=login_id]", clerk["ID"])
    page.fill("[name=password]", clerk["password"])
    page.fill("[name=totp]", clerk["code"])
    page.locator("main [type=submit]").click()
    page.locator("table[data-list]").wait_for()
    return context


def staff_session(camera: "Camera", browser: Browser, data: Path, role: str) -> BrowserContext:
    """A browser in which somebody of ``role`` is logged in, enrolled for the occasion."""
    name = f"pictures_{role}"
    words = ("staff", "add", name, "--role", role, "--reason", "pictures", "--trained")
    command = (sys.executable, "-m", "yaksok.cli.main", *words, "--data", str(data))
    said = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60).stdout
    known = dict(re.findall(r"(password|secret)[ =]+([^\s&]+)", said))
    context = camera.person(browser)
    page = context.new_page()
    page.goto(f"{camera.base}/console")
    page.fill("[name=login_id]", name)
    page.fill("[name=password]", known["password"])
    page.fill("[name=totp]", pyotp.TOTP(known["secret"]).now())
    page.locator("main [type=submit]").click()
    page.wait_for_load_state()
    return context


def begin_a_draft(camera: "Camera", page: Page) -> None:
    """A draft that lets clerks open members' phones for delivery, so that there is something to weigh."""
    camera.go(page, "/console/policy")
    page.locator(".head [type=submit]").click()
    page.locator(".tables").wait_for()
    page.goto(f"{page.url}/tables/records.membership")
    page.locator(".as-text summary").click()
    text = page.locator("[name=text]")
    grant = (
        '  { roles = ["clerk"], actions = ["open"], purposes = ["delivery"], items = ["phone"] },'
    )
    now = text.input_value().replace("grants = [\n", f"grants = [\n{grant}\n", 1)
    text.fill(now.replace('purposes = ["', 'purposes = ["delivery", "', 1))
    page.locator("[name=act][value=text]").click()
    page.locator(".is-changed").first.wait_for()


def work_at_studio(camera: "Camera", page: Page) -> None:
    """The studio's pages, with the draft of :func:`begin_a_draft`."""
    camera.go(page, "/console/policy")
    camera.take(page, "studio")
    page.locator(".plain-table a").first.click()
    page.locator(".tables").wait_for()
    draft = page.url
    camera.take(page, "studio-draft")
    for path, name in (
        ("/tables/records.membership", "studio-table"),
        ("/whole", "studio-whole"),
        ("/check", "studio-check"),
    ):
        page.goto(draft + path)
        page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
        camera.take(page, name)
