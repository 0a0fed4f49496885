"""Leaving: a plan that adds up to 100 %, then a certificate that anybody can check."""

import json
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.cast import people
from tests.surfaces.visits import Visitor, browser_of
from yaksok.web.session import cookie

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("standing_clock")]


def leaves(one: people.Member):
    """The answer to a member who confirms with the password."""
    return browser_of(one).send("/my/leave", password=one.person.password)


def certificate_of(answer) -> str:
    """The certificate on the page, as its download sends it."""
    import html

    found = re.search(r"<textarea[^>]*>(.*?)</textarea>", answer.content.decode(), re.DOTALL)
    assert found
    return html.unescape(found[1])


def test_the_plan_adds_up_to_a_hundred():
    page = browser_of(people.member()).text("/my/leave")
    now, kept = (int(n) for n in re.findall(r"\((\d+)%\)", page))
    assert now + kept == 100
    rows = page.count("지워져요</span>") + page.count("잠가 둬요</span>")
    counted = re.findall(r"(?:지금 지워짐|남는 것) (\d+)개", page)
    assert sum(int(n) for n in counted) == rows > 0


def test_a_wrong_password_leaves_everything_as_it_is():
    one = people.member()
    browser = browser_of(one)
    answer = browser.send("/my/leave", password="not this one")
    assert answer.status_code == 422
    assert "비밀번호가 맞지 않아요" in answer.content.decode()
    assert browser.get("/my").status_code == 200


def test_leaving_ends_the_session_and_shows_the_certificate_once():
    one = people.member()
    browser = browser_of(one)
    answer = browser.send("/my/leave", password=one.person.password)
    assert answer.status_code == 200
    assert "파기 증서" in answer.content.decode()
    assert answer["Clear-Site-Data"] == '"cookies", "storage", "cache"'
    assert answer.cookies[cookie()]["max-age"] == 0
    assert answer["Cache-Control"] == "no-store"
    for value in one.person.canaries():
        assert value not in answer.content.decode()
    assert Visitor(browser.key).get("/my").status_code == 302


def test_the_certificate_can_be_downloaded_and_checked_without_an_account():
    text = certificate_of(leaves(people.member()))
    taken = Visitor().post("/certificate", {"certificate": text})
    assert taken["Content-Disposition"].startswith("attachment")
    assert json.loads(taken.content)["certificate"] == "yaksok:erasure:1"
    for given in (
        {"certificate": text},
        {"file": SimpleUploadedFile("certificate.json", taken.content)},
    ):
        page = Visitor().post("/certificate/verify", given).content.decode()
        assert "이 몰이 서명한 증서가 맞아요" in page


def test_one_changed_letter_is_seen():
    text = certificate_of(leaves(people.member()))
    changed = text.replace('"membership"', '"order_payer"', 1)
    assert changed != text
    page = Visitor().post("/certificate/verify", {"certificate": changed}).content.decode()
    assert "확인되지 않아요" in page


@pytest.mark.parametrize("text", ["", "{}", "[]", "null", "약속", "{" * 30_000, '{"a":1,"a":2}'])
def test_what_is_no_certificate_is_said_to_be_none(text):
    page = Visitor().post("/certificate/verify", {"certificate": text})
    assert page.status_code == 200
    assert "확인되지 않아요" in page.content.decode()


def test_only_a_signed_certificate_comes_back_out():
    answer = Visitor().post("/certificate", {"certificate": "<b>anything</b>"})
    assert answer.status_code == 400
    assert "anything" not in answer.content.decode()


def test_a_file_that_is_no_text_is_no_certificate():
    given = {"file": SimpleUploadedFile("certificate.json", bytes(range(256)))}
    answer = Visitor().post("/certificate/verify", given)
    assert answer.status_code == 200
    assert "확인되지 않아요" in answer.content.decode()
