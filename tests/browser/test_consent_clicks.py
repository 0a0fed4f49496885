"""Withdrawing takes no more clicks than giving, and no consent is hidden behind another page."""

import os
import re
import subprocess
import sys

import pytest
from playwright.sync_api import Browser, Locator, Page

from tests.cast.running import INHERITED, RunningMall
from tests.cast.walking import can_be_notified, tick_required
from yaksok.policy.in_force import policy

pytestmark = [pytest.mark.xdist_group("whole mall"), pytest.mark.timeout(600)]

PASSWORD = "a-long-password-6120"


class Counted:
    """A page on which every click is counted."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.clicks = 0

    def click(self, what: Locator) -> None:
        """Press ``what`` and wait for the page that follows."""
        with self.page.expect_navigation():
            what.click()
        self.clicks += 1

    def taken(self) -> int:
        """The clicks since the last time."""
        clicks, self.clicks = self.clicks, 0
        return clicks


@pytest.fixture
def member(mall: RunningMall, chromium: Browser) -> Page:
    """The page of a member whom a version of the policy asks two things."""
    context = chromium.new_context(
        locale="ko-KR", viewport={"width": 390, "height": 844}, reduced_motion="reduce"
    )
    page = context.new_page()
    page.set_default_timeout(15_000)
    can_be_notified(page, mall)
    page.goto(f"{mall.origin}/sign-up")
    page.fill("[name=login_id]", "clicks_61")
    page.fill("[name=password]", PASSWORD)
    page.fill("[name=email]", "clicks@mail.example")
    tick_required(page)
    page.get_by_role("button", name="가입하기").click()
    page.wait_for_url(re.compile("/log-in"))
    page.fill("[name=login_id]", "clicks_61")
    page.fill("[name=password]", PASSWORD)
    page.locator("main [type=submit]").click()
    page.wait_for_url(f"{mall.origin}/")
    return page


def publishes(mall: RunningMall) -> str:
    """The number of a version that asks every member two things."""
    done = subprocess.run(
        (sys.executable, "-m", "tools.sample_change", "--data", str(mall.root)),
        env={name: os.environ[name] for name in INHERITED if name in os.environ},
        capture_output=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout.decode().strip()


def test_no_consent_takes_more_clicks_to_withdraw_than_to_give(
    mall: RunningMall, member: Page
) -> None:
    counted = Counted(member)
    asked = {
        name
        for page in ("/my/consents", "/my/advertising")
        for name in _given_and_withdrawn(counted, f"{mall.origin}{page}")
    }
    assert asked == set(policy().document.body.consents), "each consent of the document"
    member.goto(f"{mall.origin}/my/refusals")
    for name in ("beyond_scope", "disclose"):
        card = member.locator(f"[data-refusal='{name}']")
        for button in ("거절해 두기", "거절 거두기"):
            counted.click(card.get_by_role("button", name=button))
            assert counted.taken() == 1

    number = publishes(mall)
    member.goto(f"{mall.origin}/my/changes/{number}")
    questions = member.locator("[id^=q-]")
    assert questions.count() == 2
    for place in range(2):
        three = questions.nth(place).get_by_role("button")
        assert len({_look(three.nth(which)) for which in range(3)}) == 1
        for answer, said in (
            ("동의해요", "동의하셨어요"),
            ("동의하지 않아요", "동의하지 않으셨어요"),
        ):
            counted.click(questions.nth(place).get_by_role("button", name=answer, exact=True))
            assert counted.taken() == 1
            assert said in questions.nth(place).inner_text()


def _given_and_withdrawn(counted: Counted, address: str) -> set[str]:
    """The consents of one page, each given and withdrawn there, and the clicks compared."""
    page = counted.page
    page.goto(address)
    names = page.eval_on_selector_all("[data-consent]", "all => all.map(e => e.dataset.consent)")
    for name in names:
        card = page.locator(f"[data-consent='{name}']")
        assert card.get_by_role("checkbox").count() == 0
        give, withdraw = (
            card.get_by_role("button", name=said) for said in ("동의하기", "동의 철회하기")
        )
        for field in card.locator("input[type=tel]").all():
            field.fill("010-2000-6120")
        look = _look(give)
        counted.click(give)
        given = counted.taken()
        assert _look(withdraw) == look
        counted.click(withdraw)
        assert counted.taken() <= given == 1, name
        assert give.is_visible()
    return set(names)


def _look(button: Locator) -> str:
    """All that could push: size, colour, weight, border; the mouse is elsewhere."""
    button.page.mouse.move(0, 0)
    return str(
        button.evaluate(
            "b => { const s = getComputedStyle(b), r = b.getBoundingClientRect();"
            " return [s.color, s.backgroundColor, s.borderColor, s.borderWidth, s.fontSize,"
            " s.fontWeight, s.opacity, Math.round(r.width), Math.round(r.height)].join(' ') }"
        )
    )
