"""The pages of advertising: a marketer writes and sees numbers, the officer reads, nobody else comes in."""

import re

import pytest
from django.test import Client

from tests.cast import people
from tests.cast.people import Colleague
from tests.cast.subscribers import EMAIL, advertised, sends, wants
from yaksok.journeys import advertise, staff_door
from yaksok.kernel.actor import Actor, Role

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("standing_clock"),
]
COOKIE = "__Host-yaksok"


def marketer(*, trained: bool = True) -> Colleague:
    account = staff_door.enrol(people.mark(), (Role.MARKETER,), reason="cast", trained=trained)
    return Colleague(account, Actor(Role.MARKETER, account.subject, trained=trained))


def at_work(who: Colleague) -> Client:
    browser = Client()
    browser.cookies[COOKIE] = who.logs_in()
    return browser


def csrf(browser: Client, path: str) -> str:
    found = re.search(r'name="csrf" value="([^"]+)"', browser.get(path).content.decode())
    assert found
    return found[1]


def typed(browser: Client, **other: str) -> dict[str, str]:
    return {
        "csrf": csrf(browser, "/console/advertising/new"),
        "title_ko": "가을 그릇",
        "title_en": "Autumn bowls",
        "body_ko": "새로 나왔어요.",
        "body_en": "New here.",
        "goods": "",
        "channel": "email",
        "at": "2026-03-02T11:00",
        **other,
    }


def test_from_the_first_word_to_the_outbox() -> None:
    member, browser = wants(EMAIL), at_work(marketer())
    assert browser.get("/console").headers["Location"] == "/console/advertising"
    saved = browser.post("/console/advertising/new", typed(browser))
    assert saved.status_code == 302
    page = browser.get(saved["Location"]).content.decode()
    assert "(광고) 가을 그릇" in page
    assert "10명 미만" in page
    assert not [value for value in member.person.canaries() if value in page]
    assert str(member.subject) not in page
    sent = browser.post(
        f"{saved['Location']}/act",
        {"csrf": csrf(browser, saved["Location"]), "act": "schedule"},
    )
    assert sent.status_code == 302
    advertise.send_due()
    assert advertised() == [member.subject]
    page = browser.get(saved["Location"]).content.decode()
    assert "다 보냄" in page
    assert "이 시각에 보내기" not in page


def test_what_is_wrong_is_said_by_field_and_what_was_typed_stays() -> None:
    browser = at_work(marketer())
    answer = browser.post(
        "/console/advertising/new", typed(browser, title_ko="(광고) 그릇", body_en="")
    )
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "저절로 붙어요" in text
    assert 'href="#f-title_ko"' in text
    assert 'href="#f-body_en"' in text
    assert "새로 나왔어요." in text


def test_a_draft_is_changed_until_it_is_sent() -> None:
    browser = at_work(marketer())
    place = browser.post("/console/advertising/new", typed(browser))["Location"]
    assert "가을 그릇" in browser.get(f"{place}/edit").content.decode()
    browser.post(f"{place}/edit", typed(browser, title_ko="겨울 그릇"))
    assert "겨울 그릇" in browser.get(place).content.decode()
    browser.post(f"{place}/act", {"csrf": csrf(browser, place), "act": "schedule"})
    assert browser.post(f"{place}/edit", typed(browser)).status_code == 404
    browser.post(f"{place}/act", {"csrf": csrf(browser, place), "act": "stop"})
    assert "멈춤" in browser.get(place).content.decode()


def test_who_has_no_business_here_is_kept_out() -> None:
    campaign = sends()
    path = f"/console/advertising/{campaign}"
    clerk, officer = at_work(people.clerk()), at_work(people.officer())
    assert clerk.get("/console/advertising").status_code == 403
    assert clerk.get(path).status_code == 403
    assert officer.get(path).status_code == 200
    assert "이 시각에 보내기" not in officer.get(path).content.decode()
    assert officer.get("/console/advertising/new").status_code == 403
    token = csrf(officer, "/console/advertising")
    assert officer.post(f"{path}/act", {"csrf": token, "act": "stop"}).status_code == 403
    assert Client().get(path).status_code == 302
    newcomer = at_work(marketer(trained=False))
    assert "P7.14" in newcomer.get("/console/advertising/new").content.decode()


def test_the_register_is_the_officers_and_names_nobody() -> None:
    member = wants(EMAIL)
    page = at_work(people.officer()).get("/console/advertising/consents").content.decode()
    assert "광고를 이메일로 받기" in page
    assert str(member.subject) not in page
    assert not [value for value in member.person.canaries() if value in page]
    assert at_work(marketer()).get("/console/advertising/consents").status_code == 403


def test_the_console_speaks_english_too() -> None:
    browser = at_work(marketer())
    text = browser.get("/en/console/advertising/new").content.decode()
    body = text[text.index("<main") : text.index("</main>")]
    assert "Write an advertisement" in body
    assert not re.search("[가-힣]", body)
