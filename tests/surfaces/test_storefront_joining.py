"""The ways in and out: sign-up, the page for children, log-in, log-out."""

import re

import pytest

from tests.cast import people
from tests.surfaces.visits import Visitor, browser_of, cookie_of

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])


def joining(visitor, **changed):
    """The answer to a sign-up form, and who sent it."""
    who = people.person()
    told = re.search(r'name="notice" value="(\w+)"', visitor.text("/sign-up"))
    assert told
    fields = {
        "login_id": who.login_id,
        "password": who.password,
        "email": who.email,
        "age_attested": "yes",
        "terms": "yes",
        "notice": told[1],
    }
    fields = {name: value for name, value in (fields | changed).items() if value is not None}
    return who, visitor.send("/sign-up", **fields)


def test_a_person_joins_logs_in_and_out():
    visitor = Visitor()
    who, answer = joining(visitor)
    assert answer.status_code == 302
    assert not answer.cookies
    assert "가입했어요" in visitor.text(answer.headers["Location"])
    answer = visitor.send("/log-in", login_id=who.login_id, password=who.password)
    assert answer.status_code == 302
    cookie = cookie_of(answer)
    assert (cookie["expires"], cookie["max-age"]) == ("", "")
    browser = Visitor(cookie.value)
    assert "로그아웃" in browser.text("/")
    answer = browser.send("/log-out")
    assert answer.headers["Location"] == "/"
    assert answer.headers["Clear-Site-Data"] == '"cookies", "storage", "cache"'
    again = Visitor()
    again.cookies[cookie.key] = cookie.value
    assert "로그아웃" not in again.text("/")


def test_only_what_is_needed_is_asked(db):
    text = Visitor().text("/sign-up")
    asked = re.findall(r'name="(\w+)"', text[text.index("<main") : text.index("</main>")])
    needed = {"notice", "login_id", "password", "email", "age_attested", "terms"}
    assert set(asked) == needed | {"ads_email"}  # a box of its own, not ticked, that may stay so
    assert " checked" not in text


def test_mistakes_are_told_and_the_password_is_not_repeated():
    visitor = Visitor()
    who, answer = joining(visitor, terms=None, email="no address")
    text = answer.content.decode()
    assert answer.status_code == 422
    assert 'href="#f-email"' in text
    assert 'href="#f-terms"' in text
    assert who.login_id in text
    assert who.password not in text
    assert re.search(r'name="age_attested"[^>]* checked', text)


def test_a_notice_that_was_not_shown_is_not_taken():
    _, answer = joining(Visitor(), notice="0" * 64)
    assert answer.status_code == 422
    assert "그사이 안내가 바뀌었어요" in answer.content.decode()


def test_an_undeclared_field_is_refused():
    _, answer = joining(Visitor(), birthday="2001-01-01")
    assert answer.status_code == 400


def test_a_child_reads_plain_words_and_is_asked_nothing(db):
    text = Visitor().text("/sign-up/under-14")
    main = text[text.index("<main") : text.index("</main>")]
    assert "<input" not in main
    assert "<form" not in main
    assert "어른" in main


def test_agree_and_disagree_look_equal(db):
    text = Visitor().text("/sign-up")
    choices = re.findall(r'<a class="([^"]*)"[^>]*>만 14세', text)
    assert len(choices) == 2
    assert len(set(choices)) == 1


def test_an_unknown_id_and_a_wrong_password_get_the_same_answer():
    who = people.member().person
    wrong = [
        Visitor().send("/log-in", login_id=name, password="not the password")
        for name in (who.login_id, "nobody_here")
    ]
    assert [answer.status_code for answer in wrong] == [422, 422]
    said = [re.sub(r'name="login_id"[^>]*', "", answer.content.decode()) for answer in wrong]
    assert said[0] == said[1]
    assert not wrong[0].cookies


def test_log_in_leads_only_into_this_mall():
    who, _ = joining(Visitor())
    for wanted, led in (("/my", "/my"), ("//evil.example/", "/"), ("https://evil.example", "/")):
        answer = Visitor().send(
            "/log-in", login_id=who.login_id, password=who.password, next=wanted
        )
        assert answer.headers["Location"] == led


def test_log_out_is_on_every_page_of_a_member():
    browser = browser_of(people.member())
    for path in ("/", "/policy", "/basket", "/my"):
        text = browser.text(path)
        assert 'action="/log-out"' in text
        assert "로그아웃해 주세요" in text
