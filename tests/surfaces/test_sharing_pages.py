"""Sharing on pages: the officer's programmes, the two books, demands by law, the member's recipients."""

import csv
import io
import re
from typing import Any

import pytest

from tests.cast import people
from tests.cast.partners import CONSENT, PROGRAMME, agreeing, deliver, sharing, withdraw
from tests.cast.sandboxes import Sandbox
from tests.surfaces.visits import Visitor, browser_of
from yaksok.database.roles import keeper
from yaksok.journeys import dispatch
from yaksok.privacy.disclosure import register
from yaksok.privacy.disclosure.models import Handover
from yaksok.privacy.disclosure.register import State

pytestmark = pytest.mark.django_db

PAGES = ("/console/sharing", "/console/provisions", "/console/entrustments", "/console/demands")
ALSO = ("/console/provisions.csv", "/console/entrustments.csv")


def page_of(answer: Any) -> str:
    return str(answer.content.decode())


def test_only_officers_and_auditors_see_the_books() -> None:
    for browser, status in (
        (browser_of(people.officer()), 200),
        (browser_of(people.auditor()), 200),
        (browser_of(people.clerk()), 403),
        (browser_of(people.member()), 302),
        (Visitor(), 302),
    ):
        assert {browser.get(path).status_code for path in (*PAGES, *ALSO)} == {status}


def test_an_officer_announces_and_starts_a_programme() -> None:
    with sharing(runs=False):
        browser = browser_of(people.officer())
        assert 'value="activate"' not in browser.text("/console/sharing")
        wrong = browser.send("/console/sharing", act="activate", name=PROGRAMME)
        assert wrong.status_code == 422
        assert browser.send("/console/sharing", act="announce", name=PROGRAMME).status_code == 302
        assert "개인정보를 제공합니다" in browser.text("/notices")
        assert browser.send("/console/sharing", act="activate", name=PROGRAMME).status_code == 302
        assert 'value="stop"' in browser.text("/console/sharing")
        assert browser.send("/console/sharing", act="stop", name=PROGRAMME).status_code == 302
        assert 'value="activate"' in browser.text("/console/sharing")


def test_an_auditor_changes_nothing() -> None:
    with sharing(runs=False):
        browser = browser_of(people.auditor())
        assert "<button" not in browser.text("/console/sharing").split("<main", 1)[1]
        assert browser.send("/console/sharing", act="announce", name=PROGRAMME).status_code == 403


def test_the_page_shows_counts_and_nobody(partner: Sandbox) -> None:
    with sharing():
        member = agreeing()
        deliver()
        page = browser_of(people.officer()).text("/console/sharing")
    assert str(member.subject) not in page
    assert member.person.name not in page
    assert re.search(r'<b class="number">1</b> 제공함', page)


def test_what_was_given_up_is_an_alarm_that_is_sent_again(partner: Sandbox) -> None:
    with sharing():
        member = agreeing()
        deliver()
        withdraw(member)
        with keeper():
            rows = Handover.objects.filter(subject_id=member.subject, message="erasure")
            rows.update(state=State.GIVEN_UP, reason=register.UNREACHABLE)
        browser = browser_of(people.officer())
        page = browser.text("/console/sharing")
        assert 'role="alert"' in page
        (address,) = re.findall(r'action="(/console/sharing/[^"]+/retry)"', page)
        assert browser.send(address).status_code == 302
        assert dict(dispatch.deliver_due().states) == {State.ACKNOWLEDGED: 1}
        assert 'role="alert"' not in browser.text("/console/sharing")


def test_the_register_comes_as_a_file_without_anybody(partner: Sandbox) -> None:
    with sharing():
        member = agreeing()
        deliver()
        answer = browser_of(people.auditor()).get("/console/provisions.csv?recipient=daon")
        assert answer.headers["Content-Type"].startswith("text/csv")
        text = page_of(answer)
    heads, line = list(csv.reader(io.StringIO(text.lstrip("\ufeff"))))
    assert heads[1] == "받는 곳"
    assert line[1] == "다온문구 (모의 서버)"
    assert line[4] == "이메일, 이름"
    for hidden in (member.person.name, member.person.email, str(member.subject)):
        assert hidden not in text


def test_an_officer_enters_what_was_done_with_a_processor() -> None:
    browser = browser_of(people.officer())
    entry = {"name": "courier", "kind": "training", "day": "2026-11-20", "note": "온라인 2시간"}
    assert "교육 때가 됨" in browser.text("/console/entrustments")
    assert browser.send("/console/entrustments", **entry).status_code == 302
    page = browser.text("/console/entrustments")
    assert "온라인 2시간" in page
    assert page.count("교육 때가 됨") == 0
    for wrong in ({"day": "2099-01-01"}, {"kind": "gift"}, {"note": "900101-1234567"}):
        answer = browser.send("/console/entrustments", **{**entry, **wrong})
        assert answer.status_code == 422, wrong
    assert browser.send("/console/entrustments", **{**entry, "name": "x"}).status_code == 404
    assert browser_of(people.auditor()).send("/console/entrustments", **entry).status_code == 403


def test_a_demand_goes_from_paper_to_a_file_by_two_officers() -> None:
    member = people.member()
    first, second = browser_of(people.officer()), browser_of(people.officer())
    wrong = first.send("/console/demands/new", kind="membership")
    assert wrong.status_code == 422
    assert "문서가 요구하는 항목을 고르세요." in page_of(wrong)
    entered = first.send(
        "/console/demands/new",
        kind="membership",
        who=member.person.login_id,
        document="서울중앙지방법원 2026-777",
        office="court",
        statute="형사소송법 제215조",
        item_email="on",
    )
    place = entered.headers["Location"].split("?")[0]
    again = first.send(f"{place}/act", act="approve")
    assert again.status_code == 422
    assert second.send(f"{place}/act", act="approve").status_code == 302
    assert second.send(f"{place}/file", file_password="short").status_code == 422
    file = second.send(f"{place}/file", file_password="agreed by telephone")
    assert file.headers["Content-Disposition"].startswith("attachment")
    assert file.content.startswith(b"Salted__")
    assert second.send(f"{place}/file", file_password="agreed by telephone").status_code == 404
    listed = browser_of(people.auditor()).text("/console/demands")
    assert "제공함" in listed
    assert "2026-777" not in listed
    assert browser_of(people.clerk()).get(place).status_code == 403


def test_a_member_sees_who_received_what_and_each_answer(partner: Sandbox) -> None:
    with sharing():
        member = agreeing()
        browser = browser_of(member)
        assert "아무도 받아 가지 않았어요" not in browser.text("/my/received")
        deliver()
        browser.send("/my/consents", consent=CONSENT)
        assert "답을 기다리는 중" in browser.text("/my/received")
        deliver()
        page = browser.text("/my/received")
    assert "다온문구 (모의 서버)" in page
    assert "지우라고 알림" in page
    assert "했다고 답함" in page
    assert member.person.name not in page.split("<main", 1)[-1]
    assert Visitor().get("/my/received").status_code == 302
    assert "아무도 받아 가지 않았어요" in browser_of(people.stranger()).text("/my/received")


def test_a_consent_is_asked_with_its_five_points(partner: Sandbox) -> None:
    with sharing():
        page = browser_of(people.member()).text("/my/consents")
        card = page.split(f'data-consent="{CONSENT}"', 1)[1].split("</article>", 1)[0]
    for said in ("다온문구", "이름을 새겨 보내기", "이름, 이메일", "30일까지", "동의하지 않으면"):
        assert said in card


def test_a_call_back_that_no_partner_signed_is_refused(partner: Sandbox) -> None:
    answer = Visitor().post("/callbacks/partner/daon", b"{}", content_type="application/json")
    assert answer.status_code == 403
    assert Visitor().get("/callbacks/partner/daon").status_code == 405
