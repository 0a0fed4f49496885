"""The whole path in a real browser, and after it a search of everything that is on disk."""

import json
import re
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypedDict
from uuid import UUID

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.cast import canaries
from tests.cast.running import RunningMall
from tests.cast.sandboxes import wait_until
from tests.cast.walking import Person, choose_goods, fill_order, pay, tick_required
from yaksok.database.address import address_of
from yaksok.database.layout import DataDirectory
from yaksok.policy.in_force import policy
from yaksok.policy.vocabulary import RecordKind

pytestmark = [pytest.mark.xdist_group("whole mall"), pytest.mark.timeout(600)]

SECRET = "hidden-door-4471"
PASSWORD = "a-long-password-9213"
NEW_PHONE = "010-8264-5197"
THE_LAWS_DOOR = ["officer", "statutory", "statutory_record", None]
"""Role, kind, purpose and recipient of the one door to what a law keeps of a person who left."""


GUEST = Person(
    "황보나리", "010-7315-2846", "canary.guest.5512@mail.example", "서울 종로구 카나리길 77, 301호"
)
FRIEND = Person("남궁고은", "010-6402-9185", "", "부산 해운대구 둥지로 913, 7층")
MEMBER = Person(
    "제갈푸름",
    "010-9058-3617",
    "canary.member.8843@mail.example",
    "대구 중구 깃털로 415, 2호",
    "canary_m8843",
)
EVERYBODY = (*GUEST.values, *FRIEND.values, *MEMBER.values, NEW_PHONE)


class Doors(TypedDict):
    """What :mod:`tests.cast.every_door` found."""

    asked: int
    opened: list[list[str | None]]
    held: list[str]


@dataclass
class Walk:
    """The mall, a browser, and what was seen on the way."""

    mall: RunningMall
    chromium: Browser
    hosts: set[str] = field(default_factory=set)
    searches: list[canaries.Search] = field(default_factory=list)
    seen: canaries.Seen = field(default_factory=dict)

    def person(self) -> BrowserContext:
        """A new browser whose every request is noted."""
        context = self.chromium.new_context(locale="ko-KR", timezone_id="Asia/Seoul")
        context.set_default_timeout(15_000)
        context.on("request", lambda asked: self.hosts.add("/".join(asked.url.split("/")[:3])))
        return context

    def search(self) -> canaries.Search:
        """Look for the values of everybody in all that is on disk, but where they may be."""
        courier = self.mall.root / "sandbox" / "courier"
        places = [
            place
            for place in canaries.files_below([self.mall.root, self.mall.output])
            if not place.is_relative_to(courier)
        ]
        found = canaries.search(EVERYBODY, places, self.seen)
        self.searches.append(found)
        return found


def test_a_guest_and_a_member_buy_a_clerk_sends_and_the_member_leaves(
    mall: RunningMall, chromium: Browser
) -> None:
    walk = Walk(mall, chromium)

    guests_order = guest_buys(walk)
    assert walk.search().hits == []
    guest_looks_up(walk, guests_order)

    member = walk.person()
    join_and_log_in(walk, member)
    subject = only_member(mall)
    members_order = member_buys(walk, member.new_page())
    see_and_correct(walk, member.new_page())
    assert walk.search().hits == []

    clerk = walk.person().new_page()
    clerk_sends(walk, clerk, [guests_order, members_order])
    the_courier_has_exactly_three_items(mall)
    assert walk.search().hits == []
    the_parcels_arrive(walk, clerk)

    before = every_door(mall, subject)
    assert before["opened"], "the doors must open before, or their staying shut proves nothing"
    certificate = leave(walk, member)
    after = every_door(mall, subject)
    doors = [one for one in after["opened"] if one[:3] + one[4:] != THE_LAWS_DOOR]
    assert doors == [], "but for the officer, and what a law keeps, no door opens any more"
    assert {one[3] for one in after["opened"]} <= kept_by_law()
    assert set(after["held"]) <= {"statutory"}
    assert after["asked"] == before["asked"]
    nobody_is_left_to_log_in(walk, member)
    the_certificate_holds_without_an_account(walk, certificate)

    assert walk.search().hits == []
    the_search_can_find(walk)
    assert walk.hosts <= {mall.origin, f"http://127.0.0.1:{mall.ports['payment']}"}
    report(walk, after)


def kept_by_law() -> set[str]:
    """The items of which a law keeps a copy when the member who logged in and bought leaves."""
    records = policy().document.body.records
    kinds = (RecordKind.ACCESS_RECORD, RecordKind.ORDER_PAYER)
    return {item.value for kind in kinds for one in records[kind].statutory for item in one.items}


def guest_buys(walk: Walk) -> str:
    """Home, a product, buy now, the form, the window, the order number; no cookie on the way."""
    context = walk.person()
    page = context.new_page()
    page.goto(f"{walk.mall.origin}/")
    assert page.get_attribute("html", "lang") == "ko"
    choose_goods(page, walk.mall.origin)
    page.get_by_role("button", name="바로 구매하기").click()
    fill_order(page, GUEST, FRIEND)
    page.fill("[name=lookup_secret]", SECRET)
    number = pay(page)
    assert context.cookies() == []
    assert page.evaluate("localStorage.length") == 0
    stored = page.evaluate("Object.values(sessionStorage)")
    assert all(re.fullmatch(r'[][",:0-9a-f-]*', one) for one in stored), "ids and quantities alone"
    context.close()
    return number


def guest_looks_up(walk: Walk, number: str) -> None:
    """Number and secret show the order, masked; a wrong secret shows nothing."""
    context = walk.person()
    page = context.new_page()
    for secret, shown in (("not the secret", False), (SECRET, True)):
        page.goto(f"{walk.mall.origin}/lookup")
        page.fill("[name=number]", number)
        page.fill("[name=lookup_secret]", secret)
        page.get_by_role("button", name="주문 보기").click()
        page.wait_for_load_state()
        text = page.inner_text("main")
        assert (number in text) is shown
        assert not [value for value in EVERYBODY if value in page.content()]
    assert "남**은" in text
    assert context.cookies() == []
    context.close()


def join_and_log_in(walk: Walk, context: BrowserContext) -> None:
    """Sign up, log in, and look at the one cookie."""
    page = context.new_page()
    page.goto(f"{walk.mall.origin}/sign-up")
    page.fill("[name=login_id]", MEMBER.login_id)
    page.fill("[name=password]", PASSWORD)
    page.fill("[name=email]", MEMBER.email)
    tick_required(page)
    page.get_by_role("button", name="가입하기").click()
    page.wait_for_load_state()
    assert [cookie["name"] for cookie in context.cookies()] in ([], ["__Host-yaksok"])
    if not context.cookies():
        log_in(page, walk.mall.origin)
    (cookie,) = context.cookies()
    assert cookie["name"] == "__Host-yaksok"
    assert cookie["expires"] == -1
    assert cookie["httpOnly"]
    assert cookie["secure"]
    page.close()


def log_in(page: Page, origin: str) -> None:
    """Log in as the member."""
    page.goto(f"{origin}/log-in")
    page.fill("[name=login_id]", MEMBER.login_id)
    page.fill("[name=password]", PASSWORD)
    page.locator("main [type=submit]").click()
    page.wait_for_load_state()


def member_buys(walk: Walk, page: Page) -> str:
    """The member's way goes through the basket."""
    choose_goods(page, walk.mall.origin)
    page.get_by_role("button", name="장바구니에 담기").click()
    page.goto(f"{walk.mall.origin}/basket")
    page.locator("form [type=submit]", has_text="주문").first.click()
    fill_order(page, MEMBER, MEMBER)
    number = pay(page)
    page.goto(f"{walk.mall.origin}/my/orders")
    assert number in page.inner_text("main")
    page.close()
    return number


def see_and_correct(walk: Walk, page: Page) -> None:
    """Masked before the password, open after it; a correction shows at once."""
    page.goto(f"{walk.mall.origin}/")
    page.get_by_role("link", name="회원가입/변경").first.click()
    page.wait_for_url(re.compile("/my$"))
    assert not [value for value in MEMBER.values if value in page.content()]
    page.fill("#step-password", PASSWORD)
    page.get_by_role("button", name="값 열어 보기").click()
    page.wait_for_load_state()
    shown = page.inner_text("main")
    for value in (MEMBER.login_id, MEMBER.email, MEMBER.name, MEMBER.phone, MEMBER.address):
        assert value in shown
    page.get_by_role("link", name="내 정보 고치기").click()
    page.locator("main input[type=tel]").first.fill(NEW_PHONE)
    page.locator("main form [type=submit]").first.click()
    page.wait_for_load_state()
    page.goto(f"{walk.mall.origin}/my")
    assert NEW_PHONE in page.inner_text("main")
    page.close()


def staff_login(mall: RunningMall) -> dict[str, str]:
    """What ``yaksok staff demo`` prints."""
    said = mall.run("staff", "demo", "--data", str(mall.root))
    return dict(re.findall(r"^(ID|password|code) +(\S+)", said, re.MULTILINE))


def clerk_sends(walk: Walk, page: Page, numbers: list[str]) -> None:
    """Log in with a code, see masked names, and hand both parcels over."""
    clerk = staff_login(walk.mall)
    page.goto(f"{walk.mall.origin}/console")
    page.fill("[name=login_id]", clerk["ID"])
    page.fill("[name=password]", clerk["password"])
    page.fill("[name=totp]", clerk["code"])
    page.locator("main [type=submit]").click()
    page.locator("table[data-list]").wait_for()
    text = page.inner_text("main")
    assert all(number in text for number in numbers)
    assert not [value for value in EVERYBODY if value in page.content()]
    assert "남**은" in text
    for number in numbers:
        page.locator(f"tr[data-order='{number}'] input[name=order]").check()
    page.get_by_role("button", name="택배회사에 넘기기").click()
    page.wait_for_load_state()
    wait_until(lambda: len(received(walk.mall)) == len(numbers), 30)


def received(mall: RunningMall) -> list[dict[str, object]]:
    """The bodies that the courier received."""
    bodies = json.loads(mall.ask("courier", "/sandbox/parcels"))["bodies"]
    return [json.loads(body) for body in bodies]


def the_courier_has_exactly_three_items(mall: RunningMall) -> None:
    """Name, address, phone; and an opaque parcel number."""
    bodies = received(mall)
    assert all(set(body) == {"parcel", "name", "address", "phone"} for body in bodies)
    assert {body["name"] for body in bodies} == {FRIEND.name, MEMBER.name}
    assert {body["phone"] for body in bodies} == {FRIEND.phone, MEMBER.phone}
    for body in bodies:
        assert any(person.address in str(body["address"]) for person in (FRIEND, MEMBER))
        assert not re.search("황보|canary", json.dumps(body, ensure_ascii=False))


def the_parcels_arrive(walk: Walk, page: Page) -> None:
    """Tracking events come back and the order's state follows."""

    def delivered() -> bool:
        for body in received(walk.mall):
            walk.mall.tell("courier", "/sandbox/advance", {"parcel": body["parcel"]})
        page.goto(f"{walk.mall.origin}/console?state=delivered")
        return page.locator("[data-state=delivered]").count() == len(received(walk.mall))

    wait_until(delivered, 60)


def only_member(mall: RunningMall) -> UUID:
    """The subject id of the one member there is."""
    with address_of(DataDirectory(mall.root)).connect_as_admin("yaksok") as admin:
        rows = admin.execute(
            "SELECT c.subject_id FROM mall.accounts_credential c JOIN vault.vault_record r"
            " ON r.subject_id = c.subject_id WHERE r.kind = 'membership'"
        ).fetchall()
    ((subject,),) = rows
    return UUID(str(subject))


def every_door(mall: RunningMall, subject: UUID) -> Doors:
    """What the gate opens of the subject to anybody, for anything."""
    done = subprocess.run(
        (sys.executable, "-m", "tests.cast.every_door", str(subject)),
        env={"YAKSOK_DATA": str(mall.root), "PATH": "/usr/bin:/bin"},
        cwd=Path(__file__).parents[2],
        capture_output=True,
        check=True,
        timeout=300,
    )
    answer: Doors = json.loads(done.stdout)
    return answer


def leave(walk: Walk, context: BrowserContext) -> str:
    """The plan, the password, the certificate."""
    page = context.new_page()
    page.goto(f"{walk.mall.origin}/my/leave")
    plan = page.inner_text("main")
    assert "100%" in plan
    assert "5년" in plan or "전자상거래" in plan
    page.fill("#leave-password", PASSWORD)
    page.get_by_role("button", name="탈퇴하고 지우기").click()
    page.locator("textarea[name=certificate]").wait_for(state="attached")
    certificate = page.locator("textarea[name=certificate]").input_value()
    assert not [value for value in MEMBER.values if value in page.content()]
    assert context.cookies() == []
    page.close()
    return certificate


def nobody_is_left_to_log_in(walk: Walk, context: BrowserContext) -> None:
    """Neither the old session nor the old password leads anywhere."""
    page = context.new_page()
    for path in ("/my", "/my/orders", "/my/leave"):
        page.goto(f"{walk.mall.origin}{path}")
        assert "/log-in" in page.url
    log_in(page, walk.mall.origin)
    assert "/log-in" in page.url
    assert context.cookies() == []
    context.close()


def the_certificate_holds_without_an_account(walk: Walk, certificate: str) -> None:
    """On the page and on the command line; one changed letter and it does not."""
    context = walk.person()
    page = context.new_page()
    for text, word in ((certificate, "맞"), (certificate.replace("T", "S", 1), "않")):
        page.goto(f"{walk.mall.origin}/certificate/verify")
        page.locator("main textarea").fill(text)
        page.locator("main form [type=submit]").first.click()
        page.wait_for_load_state()
        assert word in page.inner_text("main")
    context.close()
    file = walk.mall.root.parent / "certificate.json"
    file.write_text(certificate)
    walk.mall.run("certificate", "verify", str(file), "--data", str(walk.mall.root))


def the_search_can_find(walk: Walk) -> None:
    """A value planted in a log and in a table is found; and the courier's store holds its three."""
    planted = walk.mall.root / "logs" / "planted.log"
    planted.write_text(f"error: {MEMBER.email}")
    with address_of(DataDirectory(walk.mall.root)).connect_as_admin("yaksok") as admin:
        admin.autocommit = True
        admin.execute("CREATE TABLE public.planted (value text)")
        admin.execute("INSERT INTO public.planted VALUES (%s)", [GUEST.address])
        admin.execute("DROP TABLE public.planted")
        admin.execute("CHECKPOINT")
    found = walk.search()
    walk.searches.pop()
    assert found.of(MEMBER.email)
    assert found.of(GUEST.address), "even a dropped table stays in the write-ahead log"
    courier = canaries.search([FRIEND.name, FRIEND.phone], [walk.mall.root / "sandbox" / "courier"])
    assert {hit.canary for hit in courier.hits} == {FRIEND.name, FRIEND.phone}


def report(walk: Walk, doors: Doors) -> None:
    """The figures of the proof, for whoever runs it with ``-s``."""
    last = walk.searches[-1]
    print(
        f"\n{len(walk.searches)} searches; the last: {last.patterns} patterns, {last.files} files,"
        f" {last.bytes / 1e6:.0f} MB, {len(last.hits)} hits; {doors['asked']} requests at the gate"
    )
