"""Pictures of the main pages into ``build/shots``: two languages, two widths, by a walk like a shopper's.

``python -m tools.shots`` opens a mall of its own in a directory that is removed again;
``python -m tools.shots --data DIR --base URL`` takes them of a demo mall that is already open.
``--dark`` takes the dark theme, ``--only NAME`` one language and width (``ko-390``).
"""

import argparse
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from secrets import token_hex

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tools.shots_of_consents import announce, consents
from tools.shots_of_console import (
    begin_a_draft,
    clerk_session,
    post_news,
    staff_session,
    work_at_console,
    work_at_studio,
)
from tools.shots_of_policy import promise
from tools.shots_of_rights import advertise, dispatch, family, rights
from yaksok.cli.doctor import BROWSERS
from yaksok.database.service_user import ServiceUser

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "build" / "shots"
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--hide-scrollbars",
)
WIDTHS = {1440: 900, 390: 844}
LANGUAGES = {"ko": "", "en": "/en"}
START_SECONDS = 180
PORTS = (20000, 32000)
PASSWORD = "quiet-paper-lantern"  # noqa: S105 - of a person who lives for one walk
SECRET = "two-knotted-cords"  # noqa: S105 - the same
PEOPLE = {
    "ko": {"name": "한소담", "address": "서울 종로구 새문안로 1, 3층"},
    "en": {"name": "Han Sodam", "address": "3F, 1 Saemunan-ro, Jongno-gu, Seoul"},
}


@dataclass(frozen=True, slots=True)
class Camera:
    """One language at one width. ``prefix`` stands before every path of the language."""

    base: str
    language: str
    width: int
    dark: bool

    @property
    def prefix(self) -> str:
        """What the paths of the language begin with."""
        return LANGUAGES[self.language]

    @property
    def name(self) -> str:
        """How its pictures are called."""
        return f"{self.language}-{self.width}" + ("-dark" if self.dark else "")

    def person(self, browser: Browser) -> BrowserContext:
        """Somebody with a browser of their own."""
        context = browser.new_context(
            viewport={"width": self.width, "height": WIDTHS[self.width]},
            color_scheme="dark" if self.dark else "light",
            locale="ko-KR" if self.language == "ko" else "en-GB",
            timezone_id="Asia/Seoul",
        )
        context.set_default_timeout(20_000)
        return context

    def go(self, page: Page, path: str) -> None:
        """Open a page of the mall and wait for its letters and pictures."""
        page.goto(self.base + self.prefix + path, wait_until="networkidle")

    def take(self, page: Page, name: str) -> None:
        """A picture of the whole page; a page wider than the screen is a fault and ends the walk."""
        page.wait_for_load_state("networkidle")
        page.evaluate(
            "() => document.querySelectorAll('img[loading=lazy]').forEach(i => i.loading = 'eager')"
        )
        page.wait_for_load_state("networkidle")
        wide = page.evaluate("document.documentElement.scrollWidth")
        if wide > self.width:
            msg = f"{name} ({self.name}) is {wide} px wide on a screen of {self.width}"
            raise SystemExit(msg)
        TARGET.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=TARGET / f"{name}-{self.name}.png", full_page=True)


def look_around(camera: Camera, page: Page) -> None:
    """Home, a category, search, a product, the policy: what anybody sees."""
    camera.go(page, "/")
    camera.take(page, "home")
    category = page.locator(".shelf-grid .shelf").first.get_attribute("href") or "/"
    page.goto(camera.base + category)
    camera.take(page, "category")
    camera.go(page, "/search?q=" + ("잔" if camera.language == "ko" else "cup"))
    camera.take(page, "search")
    camera.go(page, "/search?q=zzzz")
    camera.take(page, "search-empty")
    for name in ("policy", "terms", "lookup", "log-in", "sign-up"):
        camera.go(page, f"/{name}")
        camera.take(page, name)
    promise(camera, page)
    camera.go(page, "/notices")
    camera.take(page, "notices")
    if page.locator(".board-list a").count():
        page.locator(".board-list a").first.click()
        camera.take(page, "notice")
    camera.go(page, "/sign-up/under-14")
    camera.take(page, "under-14")
    camera.go(page, "/basket")
    camera.take(page, "basket-empty")
    camera.go(page, "/nowhere")
    camera.take(page, "error")


def choose(camera: Camera, page: Page) -> None:
    """Stand on a product that can be bought, with an option chosen."""
    camera.go(page, "/")
    links = page.eval_on_selector_all("#loved-goods a", "all => all.map(one => one.href)")
    for link in links:
        page.goto(link)
        if not page.locator("[data-buy] [type=submit]").count():
            continue
        if page.locator(".option").count():
            page.locator(".option:has(input:not([disabled]))").first.click()
        return
    msg = "the first page shows nothing that can be bought"
    raise SystemExit(msg)


def write_order(camera: Camera, page: Page) -> None:
    """Fill the order form as somebody who orders for themself."""
    person = PEOPLE[camera.language]
    values = {
        "payer_name": person["name"],
        "payer_phone": "010-0000-1234",
        "payer_email": "sodam@mail.example",
        "recipient_postcode": "03186",
        "recipient_address": person["address"],
    }
    for name, value in values.items():
        page.fill(f"[name={name}]", value)
    if page.locator("[name=lookup_secret]").count():
        page.fill("[name=lookup_secret]", SECRET)
    page.check("[name=same_as_payer]")
    for question in page.locator("textarea").all():
        question.fill(person["name"])
    for box in page.locator("form.checkout input[type=checkbox][required]").all():
        box.check()


def pay(camera: Camera, page: Page, name: str) -> str:
    """Send the form, pay in the provider's window; the order number."""
    page.locator("form.checkout [type=submit]").click()
    page.wait_for_url(re.compile("/window/"))
    if name:
        camera.take(page, name)
    page.locator("[name=choice][value=approve]").click()
    number = page.locator(".order-number").first
    number.wait_for()
    return number.inner_text().strip()


def buy_as_guest(camera: Camera, page: Page) -> None:
    """Product, basket, order form with and without mistakes, payment, done, look-up."""
    choose(camera, page)
    camera.take(page, "product")
    page.locator("[data-add]").click()
    camera.go(page, "/basket")
    page.locator("[data-line]").first.wait_for()
    camera.take(page, "basket")
    page.locator(".till-sum [type=submit]").click()
    page.locator("form.checkout").wait_for()
    camera.take(page, "checkout")
    page.locator("form.checkout [type=submit]").click()
    page.locator("#problems").wait_for()
    camera.take(page, "checkout-problems")
    write_order(camera, page)
    number = pay(camera, page, "payment")
    camera.take(page, "complete")
    camera.go(page, "/lookup")
    page.fill("[name=number]", number)
    page.fill("[name=lookup_secret]", SECRET)
    page.locator("main form [type=submit]").click()
    page.locator(".order-number").wait_for()
    camera.take(page, "lookup-order")


def join(camera: Camera, page: Page) -> None:
    """Become a member, and log in."""
    login_id = f"walk_{token_hex(4)}"
    camera.go(page, "/sign-up")
    page.fill("[name=login_id]", login_id)
    page.fill("[name=password]", PASSWORD)
    page.fill("[name=email]", f"{login_id}@mail.example")
    for box in page.locator("main input[type=checkbox][required]").all():
        box.check()
    page.locator("main form [type=submit]").click()
    page.wait_for_load_state()
    page.fill("[name=login_id]", login_id)
    page.fill("[name=password]", PASSWORD)
    page.locator("main form [type=submit]").click()
    page.wait_for_load_state()


def be_a_member(camera: Camera, page: Page) -> None:
    """Join, order, see everything, look at leaving, leave."""
    join(camera, page)
    choose(camera, page)
    page.locator("[data-buy] [type=submit]").click()
    write_order(camera, page)
    pay(camera, page, "")
    for path, name in (("/my", "my-page"), ("/my/orders", "my-orders")):
        camera.go(page, path)
        camera.take(page, name)
    page.locator(".orders a").first.click()
    camera.take(page, "my-order")
    camera.go(page, "/my/leave")
    camera.take(page, "leave")
    page.fill("#leave-password", PASSWORD)
    page.locator("main form [type=submit]").first.click()
    page.locator(".sheet").wait_for()
    camera.take(page, "certificate")


def allow_and_refuse(camera: Camera, page: Page) -> None:
    """Join, then see and change what is allowed."""
    join(camera, page)
    consents(camera, page, PASSWORD)


def ask_for_rights(camera: Camera, browser: Browser, clerk: BrowserContext) -> None:
    """Join and order; once the parcel is on its way, see who got what, and ask for more."""
    context = camera.person(browser)
    page = context.new_page()
    join(camera, page)
    choose(camera, page)
    page.locator("[data-buy] [type=submit]").click()
    write_order(camera, page)
    dispatch(camera, clerk, pay(camera, page, ""))
    rights(camera, page)
    context.close()


def be_a_family(camera: Camera, browser: Browser, mailbox: str) -> None:
    """A child and a guardian, each with a browser of their own."""
    child, guardian = camera.person(browser), camera.person(browser)
    family(camera, child.new_page(), guardian.new_page(), mailbox)
    child.close()
    guardian.close()


def walk(base: str, data: Path | None, mailbox: str, *, dark: bool, only: str) -> None:
    """Take every picture; those of the console need ``data``, those of a family ``mailbox``."""
    path = next((found for name in BROWSERS if (found := shutil.which(name))), None)
    if path is None:
        msg = "Chromium is missing; cure: apt install chromium fonts-noto-cjk"
        raise SystemExit(msg)
    cameras = [Camera(base, language, width, dark) for language in LANGUAGES for width in WIDTHS]
    cameras = [one for one in cameras if not only or one.name.startswith(only)]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(QUIET))
        clerk = clerk_session(cameras[0], browser, data) if data else None
        if clerk:
            post_news(cameras[0], clerk.new_page())
        if data:
            announce(data)
        for camera in cameras:
            for act in (look_around, buy_as_guest, be_a_member, allow_and_refuse):
                _alone(camera, browser, act)
            if mailbox:
                be_a_family(camera, browser, mailbox)
        if clerk and data:
            for camera in cameras:
                ask_for_rights(camera, browser, clerk)
            officer = staff_session(cameras[0], browser, data, "officer")
            begin_a_draft(cameras[0], officer.new_page())
            marketer = staff_session(cameras[0], browser, data, "marketer")
            for camera in cameras:
                work_at_console(camera, _desk(camera, clerk))
                work_at_studio(camera, _desk(camera, officer))
                advertise(camera, _desk(camera, marketer))
        browser.close()


def _desk(camera: Camera, session: BrowserContext) -> Page:
    """A page of a session that lasts longer than one camera, as wide as the camera."""
    page = session.new_page()
    page.set_viewport_size({"width": camera.width, "height": WIDTHS[camera.width]})
    return page


def _alone(camera: Camera, browser: Browser, act: Callable[[Camera, Page], None]) -> None:
    context = camera.person(browser)
    try:
        act(camera, context.new_page())
    finally:
        context.close()
    sys.stdout.write(f"{camera.name}: {act.__name__.replace('_', ' ')}\n")
    sys.stdout.flush()


@contextmanager
def open_mall() -> Iterator[tuple[str, Path, str]]:
    """A demo mall in a directory of its own: its address, its data, and its mailbox's address."""
    place = Path(tempfile.mkdtemp(prefix="yaksok-shots-"))
    ServiceUser.choose().let_through(place)
    data, log, port = place / "mall", place / "out", _free_port()
    command = (sys.executable, "-m", "yaksok.cli.main", "run")
    with log.open("wb") as out:
        process = subprocess.Popen(
            (*command, "--data", str(data), "--port", str(port)),
            env={k: v for k, v in os.environ.items() if not k.startswith(("YAKSOK_", "DATABASE_"))},
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=out,
            start_new_session=True,
        )
    try:
        _wait_until_open(process, log)
        mailbox = re.search(r"^  mail +(\S+?)/ ", log.read_text("utf-8"), re.MULTILINE)
        yield f"http://127.0.0.1:{port}", data, mailbox[1] if mailbox else ""
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(60)
        shutil.rmtree(place, ignore_errors=True)


def _wait_until_open(process: "subprocess.Popen[bytes]", log: Path) -> None:
    ends = time.monotonic() + START_SECONDS
    while b"closes the mall" not in log.read_bytes():
        if process.poll() is not None or time.monotonic() > ends:
            raise SystemExit("the mall did not open:\n" + log.read_text("utf-8"))
        time.sleep(0.2)


def _free_port() -> int:
    for port in range(*PORTS, 10):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)):
                return port
    msg = "no port is free"
    raise SystemExit(msg)


def main() -> int:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--base", help="a demo mall that is already open")
    parser.add_argument("--data", type=Path, help="its data directory, for the console's pictures")
    parser.add_argument("--mail", default="", help="its mail sandbox, for a family's pictures")
    parser.add_argument("--dark", action="store_true", help="the dark theme")
    parser.add_argument("--only", default="", help="one language and width, such as ko-390")
    asked = parser.parse_args()
    if asked.base:
        walk(asked.base, asked.data, asked.mail, dark=asked.dark, only=asked.only)
    else:
        with open_mall() as (base, data, mailbox):
            walk(base, data, mailbox, dark=asked.dark, only=asked.only)
    sys.stdout.write(f"pictures in {TARGET.relative_to(ROOT)}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
