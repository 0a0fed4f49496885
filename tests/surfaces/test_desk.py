"""The desk's pages: asked by anybody, opened by trained staff, answered and checked; masked before."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.cast import people
from tests.cast.asking import KOREAN, WORDS, answers, asks, note, posted, ticket_of
from tests.surfaces.visits import Visitor, browser_of
from yaksok.journeys import inquiries, rights_ask
from yaksok.kernel import clock
from yaksok.kernel.actor import Actor
from yaksok.kernel.clock import SEOUL
from yaksok.mall.desk.words import State, Topic

pytestmark = pytest.mark.django_db
ANSWER = "상자의 이름표를 줄였습니다."


def said(answer: object) -> str:
    return unescape(answer.content.decode())  # type: ignore[attr-defined]  # Django's answer in a test


def test_the_two_numbers_are_shown_once_and_open_the_inquiry() -> None:
    browser = Visitor()
    page = said(browser.send("/ask", **posted(Actor.visitor())))
    number, secret = re.findall(r'class="order-number">([^<]+)<', page)
    found = said(browser.send("/ask/look-up", number=number, secret=secret))
    assert WORDS in found
    assert secret not in found
    wrong = browser.send("/ask/look-up", number=number, secret="0000-0000-0000")
    assert wrong.status_code == 422
    assert number in said(wrong)


def test_what_was_typed_stays_when_something_is_wrong() -> None:
    sent = posted(Actor.visitor()) | {"topic": ""}
    answer = Visitor().send("/ask", **sent)
    assert answer.status_code == 422
    page = said(answer)
    assert WORDS in page
    assert 'href="#f-topic"' in page


def test_every_page_speaks_english_too() -> None:
    received = asks()
    answers(people.clerk().actor, received.ticket)
    desk = browser_of(people.officer())
    pages = [
        Visitor().text("/en/ask"),
        Visitor().text("/en/ask/look-up"),
        desk.text("/en/console/desk?state=answered"),
        desk.text("/en/console/desk/call"),
        desk.text("/en/console/roster"),
        desk.text(f"/en/console/desk/{received.ticket}"),
    ]
    for page in pages:
        main = re.sub(r"<[^>]+>", " ", page.split('<main id="content"')[1].split("</main>")[0])
        assert not re.findall(r"[가-힣]+", main.replace("한국어", "")), main[:200]


def test_words_are_hidden_until_they_are_opened() -> None:
    who, clerk = people.person(), people.clerk()
    received = asks(name=who.name, email=who.email)
    browser = browser_of(clerk)
    for path in ("/console/desk", f"/console/desk/{received.ticket}"):
        page = unescape(browser.text(path))
        assert received.number in page
        assert WORDS not in page
        assert who.name not in page
        assert who.email not in page
    opened = said(browser.send(f"/console/desk/{received.ticket}/open", begin="refusal"))
    assert WORDS in opened
    assert who.email in opened
    assert clerk.subject.hex[-4:] in opened  # who looks stands across the words
    assert "요청하신 일을 다음 까닭으로 해 드리지 못합니다." in opened


def test_the_composer_says_where_the_answer_goes_masked() -> None:
    one = people.member()
    received = asks(one.actor)
    page = unescape(browser_of(people.clerk()).text(f"/console/desk/{received.ticket}"))
    local, _, domain = one.person.email.partition("@")
    assert f"{local[:2]}***@{domain}" in page
    assert one.person.email not in page


def test_an_answer_leaves_from_the_page_and_a_second_person_sends_what_is_about_privacy() -> None:
    first, second = browser_of(people.clerk()), browser_of(people.officer())
    received = asks(topic=Topic.PRIVACY)
    path = f"/console/desk/{received.ticket}"
    assert "확인" in said(first.send(f"{path}/answer", answer=ANSWER))
    own = said(first.send(f"{path}/open"))
    assert 'name="good"' not in own
    assert first.send(f"{path}/check", drafts="1", good="yes").status_code == 403
    page = said(second.send(f"{path}/open"))
    assert ANSWER in page
    assert 'name="good"' in page
    assert second.send(f"{path}/check", drafts="1", good="yes").status_code == 200
    assert ticket_of(received).state is State.ANSWERED


def test_a_refused_answer_comes_back_with_what_was_typed() -> None:
    received = asks()
    answer = browser_of(people.clerk()).send(
        f"/console/desk/{received.ticket}/answer", answer="900101-1234568"
    )
    assert answer.status_code == 422
    assert ticket_of(received).state is State.OPEN


def test_who_may_not_answer_sees_the_queue_without_names_or_not_at_all() -> None:
    who = people.person()
    received = asks(email=who.email)
    auditor, newcomer = browser_of(people.auditor()), browser_of(people.newcomer())
    page = auditor.text("/console/desk")
    assert received.number in page
    assert "***@" not in page
    assert auditor.send(f"/console/desk/{received.ticket}/open").status_code == 403
    assert newcomer.get("/console/desk").status_code == 403
    assert Visitor().get("/console/desk").status_code == 302
    assert browser_of(people.member()).get("/console/desk").status_code == 302


def test_a_call_is_taken_and_its_numbers_are_read_out() -> None:
    clerk = people.clerk()
    browser = browser_of(clerk)
    page = said(browser.send("/console/desk/call", **note(clerk.actor)))
    number, secret = re.findall(r'class="order-number">([^<]+)<', page)
    assert inquiries.look_up(number, secret, address_key="a").body == WORDS
    wrong = note(clerk.actor, said_name="까마귀") | {"way": ""}
    answer = browser.send("/console/desk/call", **wrong)
    assert answer.status_code == 422
    assert "까마귀" not in said(answer)  # what a caller said of themself is not shown again


def test_a_shift_is_entered_and_taken_out_at_the_console() -> None:
    clerk = people.clerk()
    browser = browser_of(clerk)
    tomorrow = (clock.now().astimezone(SEOUL) + timedelta(days=1)).date().isoformat()
    shift = {"duty": "phone", "day": tomorrow, "hour": "9", "hours": "8"}
    assert browser.send("/console/roster", **shift | {"day": "x"}).status_code == 422
    assert browser.send("/console/roster", **shift).status_code == 302
    again = browser.send("/console/roster", **shift)
    assert again.status_code == 422
    page = browser.text("/console/roster")
    assert clerk.subject.hex[-4:] in page
    (cancel,) = re.findall(r'action="(/console/roster/[^"]+)"', page)
    assert browser.send(cancel, duty="phone").status_code == 302
    assert clerk.subject.hex[-4:] not in browser.text("/console/roster")


def test_a_score_needs_the_page_with_the_answer() -> None:
    received = asks()
    answers(people.clerk().actor, received.ticket)
    forged = Visitor().send("/ask/rate", ticket=str(received.ticket), token="0" * 64, score="5")
    assert forged.status_code == 404
    token = inquiries.look_up(received.number, received.secret, address_key="a").token
    done = Visitor().send("/ask/rate", ticket=str(received.ticket), token=token, score="5")
    assert done.status_code == 200
    assert ticket_of(received).score == 5


def test_a_ticket_says_which_request_came_of_it_and_moves_nothing() -> None:
    one, clerk = people.member(), people.clerk()
    received = asks(one.actor, topic=Topic.RIGHTS)
    told = rights_ask.begin(KOREAN).notice.hash
    wants = {"kind": "delete", "body": "주소록을 지워 주세요.", "notice": told}
    request = rights_ask.ask(one.actor, wants, language=KOREAN)
    browser, path = browser_of(clerk), f"/console/desk/{received.ticket}"
    assert browser.send(f"{path}/link", request="NOBODYS").status_code == 422
    linked = browser.send(f"{path}/link", request=request.number.lower())
    assert f"/console/rights/{request.number}" in said(linked)
    assert wants["body"] not in said(linked)
    assert ticket_of(received).state is State.OPEN


def test_no_file_is_taken_with_an_inquiry() -> None:
    sent = posted(Actor.visitor())
    file = SimpleUploadedFile("a.png", b"\x89PNG", content_type="image/png")
    answer = Visitor().post(
        "/ask", {**sent, "picture": file}, headers={"origin": "http://testserver"}
    )
    assert answer.status_code == 400
    assert Visitor().send("/ask", **sent, public="yes").status_code == 400
