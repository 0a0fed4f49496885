"""The board at the console: written, looked at, posted once, corrected by the officer."""

import re
from typing import Any

import pytest

from tests.cast import people
from tests.surfaces.visits import Visitor, browser_of
from yaksok.journeys import board
from yaksok.kernel.ids import new_id
from yaksok.mall.board.reading import Shown
from yaksok.policy.vocabulary import Language

pytestmark = pytest.mark.django_db

NEW = "/console/notices/new"
WORDS = {
    "title_ko": "설 배송",
    "title_en": "New Year deliveries",
    "body_ko": "쉬어요.\r\n\r\n- 첫날\r\n- 둘째 날",
    "body_en": "We rest.\r\n\r\n- first day",
}


def hidden(page: str, name: str) -> str:
    found = re.search(rf'type="hidden" name="{name}" value="([^"]*)"', page)
    assert found, name
    return found[1]


def looked_at(browser: Visitor, path: str = NEW, **other: str) -> dict[str, str]:
    """What the form below the preview holds."""
    draft = hidden(browser.text(path), "draft")
    answer = browser.send(path, draft=draft, act="look", **{**WORDS, **other})
    page = answer.content.decode()
    assert answer.status_code == 200, page
    return {name: hidden(page, name) for name in ("draft", *WORDS)}


def page_of(answer: Any) -> str:
    return str(answer.content.decode())


def newest() -> Shown:
    line = board.latest(Language.KOREAN)
    assert line is not None
    return board.notice(line.id, Language.KOREAN)


def test_a_clerk_writes_looks_and_posts():
    browser = browser_of(people.clerk())
    assert f'href="{NEW}"' in browser.text("/console/notices")
    draft = hidden(browser.text(NEW), "draft")
    look = page_of(browser.send(NEW, draft=draft, act="look", **WORDS))
    assert "<ul><li>첫날</li><li>둘째 날</li></ul>" in look
    assert "<ul><li>first day</li></ul>" in look
    assert board.latest(Language.KOREAN) is None
    held = {name: hidden(look, name) for name in WORDS}
    answer = browser.send(NEW, draft=draft, act="post", **held)
    assert answer["Location"] == "/console/notices"
    shown = newest()
    assert (shown.title, shown.body) == ("설 배송", "쉬어요.\n\n- 첫날\n- 둘째 날")
    assert "설 배송" in browser.text("/console/notices")


def test_posting_twice_hangs_one_notice():
    browser = browser_of(people.officer())
    held = looked_at(browser)
    for _ in range(2):
        assert browser.send(NEW, act="post", **held).status_code == 302
    assert board.notices(Language.KOREAN, 1).total == 1


def test_going_back_keeps_what_was_written():
    browser = browser_of(people.clerk())
    page = page_of(browser.send(NEW, act="edit", **looked_at(browser)))
    assert 'value="설 배송"' in page
    assert "\n쉬어요.\n\n- 첫날" in page
    assert board.latest(Language.KOREAN) is None


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"title_en": ""}, "이 칸을 채워 주세요."),
        ({"body_en": " \r\n"}, "이 칸을 채워 주세요."),
        ({"title_ko": "가" * 121}, "120자까지 적을 수 있어요."),
        ({"body_ko": "가" * 10_000}, "8000자까지 적을 수 있어요."),
        ({"body_ko": "당첨 990101-1234567"}, "주민등록번호로 보이는 숫자가 있어요."),
    ],
)
@pytest.mark.parametrize("act", ["look", "post"])
def test_what_does_not_fit_is_said_beside_its_field_and_nothing_hangs(wrong, said, act):
    browser = browser_of(people.clerk())
    fields = {"draft": str(new_id()), "act": act, **WORDS, **wrong}
    answer = browser.send(NEW, **fields)
    page = page_of(answer)
    assert answer.status_code == 422
    (name,) = wrong
    assert f'href="#f-{name}"' in page
    assert said in page
    assert "New Year deliveries" in page or "title_en" in wrong
    assert board.latest(Language.KOREAN) is None


def test_signs_that_cannot_be_seen_are_gone():
    browser = browser_of(people.clerk())
    held = looked_at(browser, title_ko="설\u202e \x07배송\u200b")
    assert held["title_ko"] == "설 배송"


def test_markup_stays_text_in_the_preview():
    browser = browser_of(people.clerk())
    draft = str(new_id())
    words = {**WORDS, "body_ko": "<script>alert(1)</script>", "title_en": '"><img src=x>'}
    page = page_of(browser.send(NEW, draft=draft, act="look", **words))
    assert "<script>alert" not in page
    assert "<img" not in page


def test_the_officer_corrects_and_the_clerk_cannot():
    clerk, officer = browser_of(people.clerk()), browser_of(people.officer())
    clerk.send(NEW, act="post", **looked_at(clerk))
    former = newest()
    path = f"/console/notices/{former.id}/correct"
    assert path not in clerk.text("/console/notices")
    assert clerk.get(path).status_code == 403
    assert clerk.send(path, act="post", draft=str(new_id()), **WORDS).status_code == 403
    assert path in officer.text("/console/notices")
    assert 'value="설 배송"' in officer.text(path)
    held = looked_at(officer, path, title_ko="설 배송을 바로잡아요")
    assert officer.send(path, act="post", **held).status_code == 302
    assert newest().corrects is not None
    assert board.notice(former.id, Language.KOREAN).title == "설 배송"


def test_the_auditor_reads_and_writes_nothing():
    browser = browser_of(people.auditor())
    page = browser.text("/console/notices")
    assert NEW not in page
    assert browser.get(NEW).status_code == 403
    answer = browser.send(NEW, act="post", draft=str(new_id()), **WORDS)
    assert answer.status_code == 403
    assert "P7.13" in page_of(answer)
    assert board.latest(Language.KOREAN) is None


def test_members_and_visitors_are_shown_to_the_door():
    paths = ("/console/notices", NEW, f"/console/notices/{new_id()}/correct")
    for browser in (Visitor(), browser_of(people.member())):
        for path in paths:
            assert browser.get(path)["Location"].startswith("/console/log-in")
        browser.send(NEW, act="post", draft=str(new_id()), **WORDS)
    assert board.latest(Language.KOREAN) is None


def test_a_form_of_another_site_or_session_posts_nothing():
    browser = browser_of(people.clerk())
    fields = {"draft": str(new_id()), "act": "post", **WORDS}
    other = {**fields, "csrf": browser.csrf}
    assert browser.post(NEW, other, headers={"origin": "https://other.example"}).status_code == 403
    assert browser.post(NEW, fields).status_code == 403
    assert board.latest(Language.KOREAN) is None


def test_a_field_that_was_not_asked_is_refused():
    browser = browser_of(people.clerk())
    fields = {"draft": str(new_id()), "act": "post", **WORDS, "kind": "policy"}
    assert browser.send(NEW, **fields).status_code == 400
    assert board.latest(Language.KOREAN) is None


@pytest.mark.parametrize("draft", ["", "x", "policy:2027-01-01"])
def test_a_draft_without_its_mark_is_a_new_one(draft):
    browser = browser_of(people.clerk())
    assert browser.send(NEW, draft=draft, act="post", **WORDS).status_code == 302
    assert newest().title == "설 배송"


def test_it_speaks_english_under_en():
    page = browser_of(people.clerk()).text("/en/console/notices/new")
    assert "Title (Korean)" in page
    assert "Preview" in page
