"""Retention at the console and in the member centre: calendar, register, legal screen, holds, cases."""

import re
from datetime import timedelta

import pytest

from tests.cast import people, trades
from tests.surfaces.visits import Visitor, browser_of
from yaksok.journeys import leave
from yaksok.kernel import clock
from yaksok.mall.orders.finding import Order
from yaksok.mall.orders.states import OrderState
from yaksok.policy.vocabulary import Language

pytestmark = pytest.mark.django_db

PAGES = (
    "/console/retention",
    "/console/retention/register",
    "/console/legal",
    "/console/holds",
    "/console/terms-cases",
)
PAPER = "서울중앙지방법원 2026카단1234"


@pytest.fixture
def gone() -> tuple[people.Member, Order]:
    """Somebody who bought and left."""
    member = people.member()
    order = trades.order_of(member, OrderState.DELIVERED)
    leave.confirm(member.actor, member.person.password, language=Language.KOREAN)
    return member, order


def action(page: str, pattern: str) -> str:
    found = re.search(f'action="({pattern})"', page)
    assert found, pattern
    return found[1]


def page_of(answer: object) -> str:
    return bytes(getattr(answer, "content")).decode()  # noqa: B009 - Django's answers are untyped here


def officers() -> tuple[Visitor, Visitor]:
    return browser_of(people.officer()), browser_of(people.officer())


@pytest.mark.parametrize("path", PAGES)
def test_officer_and_auditor_read_and_nobody_else(path: str) -> None:
    for who in (people.officer(), people.auditor()):
        browser = browser_of(who)
        page = browser.text(path)
        assert "<h1>" in page
        assert "<h1>" in browser.text(f"/en{path}")
    assert browser_of(people.clerk()).get(path).status_code == 403
    assert Visitor().get(path).status_code == 302
    assert browser_of(people.member()).get(path).status_code == 302


def test_the_calendar_counts_by_kind_and_month(gone: tuple[people.Member, Order]) -> None:
    page = browser_of(people.officer()).text("/console/retention")
    assert re.search(r"법정 보존 기록</th>.*?<b>2</b>", page, re.DOTALL)
    assert f"{clock.now():%Y-%m}" in page
    assert "date-of-birth" not in page


def test_the_officer_confirms_and_the_auditor_cannot(gone: tuple[people.Member, Order]) -> None:
    path = "/console/retention/register"
    reader = browser_of(people.auditor())
    assert "이 쪽의" not in reader.text(path)
    browser = browser_of(people.officer())
    page = browser.text(path)
    lines = re.findall(r'name="line" value="([0-9a-f-]{36})"', page)
    assert len(lines) >= 3
    assert reader.send(path, line=lines[0]).status_code == 403
    answer = browser.send(path, line=lines[0])
    assert answer["Location"].endswith("?done=1")
    after = browser.text(answer["Location"])
    assert "1줄을 확인했습니다." in after
    assert lines[0] not in after
    assert browser.send(path, line=lines[0])["Location"].endswith("?done=0")


def test_the_register_and_the_list_of_looks_hold_no_value(
    gone: tuple[people.Member, Order],
) -> None:
    member, order = gone
    first, _ = officers()
    first.send("/console/legal", number=order.number, ground="court_order", document=PAPER)
    for path in PAGES:
        page = first.text(path)
        assert not any(value in page for value in member.person.canaries()), path
        assert str(member.subject) not in page


def test_a_look_takes_two_and_opens_once(gone: tuple[people.Member, Order]) -> None:
    member, order = gone
    first, second = officers()
    wrong = first.send("/console/legal", number="1234", ground="", document="")
    assert wrong.status_code == 422
    assert 'href="#f-document"' in page_of(wrong)
    asked = first.send("/console/legal", number=order.number, ground="court_order", document=PAPER)
    assert asked.status_code == 302
    assert "/allow" not in first.text("/console/legal"), "who asked does not allow"
    allow = action(second.text("/console/legal"), "/console/legal/[0-9a-f-]+/allow")
    assert first.send(allow).status_code == 403
    assert second.send(allow).status_code == 302
    look = action(first.text("/console/legal"), "/console/legal/[0-9a-f-]+/look")
    seen = first.send(look)
    assert member.person.name in page_of(seen)
    assert "no-store" in seen["Cache-Control"]
    assert first.send(look).status_code == 403
    assert "열어 봄" in first.text("/console/legal")


def test_a_hold_is_set_and_lifted_by_two(gone: tuple[people.Member, Order]) -> None:
    order = gone[1]
    first, second = officers()
    day = (clock.now() + timedelta(days=30)).date().isoformat()
    asked = first.send(
        "/console/holds",
        number=order.number,
        ground="own_lawsuit",
        document=PAPER,
        review_on=day,
    )
    assert asked.status_code == 302
    second.send(action(second.text("/console/holds"), "/console/holds/[0-9a-f-]+/set"))
    assert "보존 중" in first.text("/console/holds")
    first.send(action(first.text("/console/holds"), "/console/holds/[0-9a-f-]+/ask-release"))
    release = action(second.text("/console/holds"), "/console/holds/[0-9a-f-]+/release")
    assert first.send(release).status_code == 403
    assert second.send(release).status_code == 302
    assert "풀림" in first.text("/console/holds")
    assert second.send(release.replace("release", "other")).status_code == 404


def test_a_case_goes_step_by_step_and_the_member_answers(
    standing_clock: clock.FixedClock,
) -> None:
    member = people.member()
    first, second = officers()
    path = "/console/terms-cases"
    unknown = first.send(path, login_id="nobody", ground="unpaid_debt")
    assert unknown.status_code == 422
    case = first.send(path, login_id=member.person.login_id, ground="unpaid_debt")["Location"]
    assert 'value="notice"' not in first.text(case)
    for _ in range(2):
        first.send(case, act="repeated")
    first.send(case, act="notice")
    assert 'value="propose_lost"' not in first.text(case)
    theirs = browser_of(member)
    assert "/my/terms-case" in theirs.text("/my/trail")
    page = theirs.text("/my/terms-case")
    notice = re.search(r'name="notice" value="([0-9a-f]{64})"', page)
    assert notice
    assert theirs.send("/my/terms-case", notice=notice[1], body="").status_code == 422
    said = theirs.send("/my/terms-case", notice=notice[1], body="어제 보냈어요.")
    assert said.status_code == 302
    assert "어제 보냈어요." in theirs.text("/my/terms-case")
    assert "어제 보냈어요." not in first.text(case), "it is opened by an act of its own"
    assert "어제 보냈어요." in page_of(first.send(case, act="read"))
    standing_clock.move(timedelta(days=31))
    first, second = officers()
    first.send(case, act="propose_lost")
    assert 'value="agree"' not in first.text(case)
    assert second.send(case, act="agree").status_code == 302
    assert "자격을 잃음" in second.text(case)


def test_a_member_sees_own_log_ins_whole_after_the_password() -> None:
    member = people.member()
    masked = browser_of(member).text("/my/log-ins")
    assert "198.51.***.***" in masked
    assert people.ADDRESS_KEY not in masked
    assert people.ADDRESS_KEY in browser_of(member, stepped_up=True).text("/my/log-ins")
    assert people.ADDRESS_KEY in browser_of(member, stepped_up=True).text("/en/my/log-ins")
