"""People and their rights, for :mod:`tools.shots`: a family, a trail, a request, an advertisement."""

import json
import re
import time
from http.client import HTTPConnection
from typing import TYPE_CHECKING

from playwright.sync_api import BrowserContext, Page

if TYPE_CHECKING:
    from tools.shots import Camera

GUARDIAN = {"ko": "한보라", "en": "Han Bora"}
WISH = {
    "ko": "지난달부터 보이는 추천 상품이 무엇을 보고 고른 것인지 알려 주세요.",
    "en": "Please tell me how the goods that you suggest to me are chosen.",
}
BORN = "2016-05"
"""The month of birth of the child of the pictures."""
ADVERTISEMENT = {
    "title_ko": "가을 그릇",
    "title_en": "Autumn bowls",
    "body_ko": "가을 그릇이 나왔어요.\n\n천천히 둘러보세요.",
    "body_en": "Bowls for autumn.\n\nHave a look.",
    "at": "2030-10-01T10:00",
}
SECONDS = 60
"""How long a letter may take from the outbox to the mailbox."""


class Mailbox:
    """The letters that reach the mail sandbox at ``address`` from now on."""

    def __init__(self, address: str) -> None:
        self.address = address
        self._read = max(self._letters(), default=0)

    def opened(self, words: str) -> str:
        """What ``words``, a pattern with one group, find in the next letter that has them."""
        ends = time.monotonic() + SECONDS
        while time.monotonic() < ends:
            for number, text in self._letters().items():
                found = re.search(words, text)
                if number > self._read and found:
                    return str(found[1])
            time.sleep(0.5)
        msg = f"no letter with {words} came to the mailbox at {self.address}"
        raise SystemExit(msg)

    def _letters(self) -> dict[int, str]:
        """Texts by number, the newest first."""
        asked = HTTPConnection(self.address.removeprefix("http://"), timeout=10)
        asked.request("GET", "/sandbox/letters")
        letters = json.loads(asked.getresponse().read())
        asked.close()
        return {letter["id"]: letter["text"] for letter in letters}


def family(camera: "Camera", child: Page, guardian: Page, mailbox: str) -> None:
    """A child names a guardian, who agrees by the letter, and looks at all that is held."""
    letters = Mailbox(mailbox)
    camera.go(child, "/policy/children")
    camera.take(child, "policy-children")
    camera.go(child, "/child")
    camera.take(child, "child")
    child.fill("[name=guardian_name]", GUARDIAN[camera.language])
    child.fill("[name=guardian_email]", f"bora-{camera.name}@mail.example")
    _send(child)
    camera.take(child, "child-waiting")
    _agrees(camera, guardian, letters)
    _send(child)
    camera.take(child, "child-account")
    _makes_an_account(child)
    camera.take(child, "child-joined")
    camera.go(guardian, "/guardian")
    guardian.fill("[name=number]", letters.opened(r"(?:보호자 번호|guardian number): (\S+)"))
    _send(guardian)
    guardian.goto(letters.opened(r"(https?://\S+/guardian/open\?token=\S+)"))
    _send(guardian)
    camera.take(guardian, "guardian-portal")


def _agrees(camera: "Camera", page: Page, letters: Mailbox) -> None:
    page.goto(letters.opened(r"(https?://\S+/guardian/answer\?token=\S+)"))
    if not page.locator("#a-yes").count():
        _send(page)
    camera.take(page, "guardian-answer")
    page.check("#a-yes")
    page.check("#w-email_reply")
    page.fill("[name=name]", GUARDIAN[camera.language])
    page.fill("[name=code]", letters.opened(r"(?:확인 코드|Code): (\S+)"))
    _send(page)
    camera.take(page, "guardian-agreed")


def _makes_an_account(page: Page) -> None:
    name = f"gom_{time.monotonic_ns() % 10**9}"
    page.fill("[name=login_id]", name)
    page.fill("[name=password]", f"long walk home {name}")
    page.select_option("[name=birth_month]", BORN)
    _send(page)


def rights(camera: "Camera", page: Page) -> None:
    """What a member asks for, how many days are left, what is refused for good, and who got what."""
    camera.go(page, "/my/refusals")
    _send(page)
    camera.take(page, "refusals")
    for path, name in (
        ("/my/received", "received"),
        ("/my/trail", "trail"),
        ("/my/advertising", "advertising"),
        ("/my/requests/stop", "request-stop"),
        ("/my/requests", "requests"),
    ):
        camera.go(page, path)
        camera.take(page, name)
    page.locator("#ask input[type=radio]").first.check()
    page.fill("#ask textarea", WISH[camera.language])
    _send(page, "#ask")
    camera.take(page, "request")
    camera.go(page, "/my/requests")
    camera.take(page, "requests-asked")


def dispatch(camera: "Camera", clerk: BrowserContext, number: str) -> None:
    """The clerk hands the order ``number`` to the courier, so that its payer has a trail to look at."""
    page = clerk.new_page()
    camera.go(page, "/console")
    page.get_by_text(number).first.click()
    page.wait_for_load_state()
    page.locator("main form .button[type=submit]").first.click()
    page.wait_for_load_state()
    page.close()


def advertise(camera: "Camera", page: Page) -> None:
    """The advertisement of a marketer: written, and who would get it."""
    camera.go(page, "/console/advertising/new")
    for name, value in ADVERTISEMENT.items():
        page.fill(f"[name={name}]", value)
    page.check("[name=channel][value=email]")
    camera.take(page, "campaign-write")
    page.locator("main form [type=submit]").first.click()
    page.wait_for_load_state()
    camera.take(page, "campaign")
    camera.go(page, "/console/advertising")
    camera.take(page, "campaigns")


def _send(page: Page, within: str = "main") -> None:
    page.locator(f"{within} form [type=submit]").first.click()
    page.wait_for_load_state()
