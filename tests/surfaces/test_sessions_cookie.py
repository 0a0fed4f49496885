"""The one cookie: set by a log-in alone, without a date, taken back when it proves nothing."""

from dataclasses import dataclass, field
from typing import cast
from uuid import uuid4

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from yaksok.journeys import log_in
from yaksok.journeys.log_in import SessionFacts
from yaksok.kernel.actor import Actor
from yaksok.kernel.ids import SubjectId
from yaksok.web import session
from yaksok.web.session import PersonRequest, Sessions, cookie

KEY = "k" * 43
SOMEONE = SubjectId(uuid4())


@dataclass(frozen=True)
class Table:
    """A table of sessions that knows one key; ``asked`` lists every key it was asked for."""

    facts: SessionFacts
    asked: list[str] = field(default_factory=list)

    def find(self, key: str) -> SessionFacts | None:
        """The one session it knows."""
        self.asked.append(key)
        return self.facts if key == KEY else None


@pytest.fixture
def known(monkeypatch):
    """A table that knows one session, in the place of the real one."""
    facts = SessionFacts(
        SOMEONE, "member", "c", Actor.member(SOMEONE), stepped_up=False, stepped_up_until=None
    )
    table = Table(facts)
    monkeypatch.setattr(log_in, "session", table.find)
    return table


def visit(value=None, path="/", view=None):
    """A request and its answer through the door."""
    sent = {"cookie": f"{cookie()}={value}"} if value is not None else {}
    request = cast("PersonRequest", RequestFactory().get(path, headers=sent))
    return request, Sessions(view or (lambda _: HttpResponse("in")))(request)


def test_the_cookie_of_a_log_in_has_no_date_and_every_guard():
    response = session.hand_over(HttpResponse(), log_in.Session(KEY, SOMEONE))
    morsel = response.cookies[cookie()]
    assert morsel.value == KEY
    assert (morsel["expires"], morsel["max-age"], morsel["domain"]) == ("", "", "")
    assert (morsel["secure"], morsel["httponly"]) == (True, True)
    assert (morsel["samesite"], morsel["path"]) == ("Lax", "/")


def test_a_visitor_costs_no_question_and_gets_no_cookie(known):
    request, response = visit()
    assert request.person is None
    assert known.asked == []
    assert not response.cookies


def test_a_known_cookie_is_a_person_and_is_not_set_again(known):
    request, response = visit(KEY)
    assert request.person is known.facts
    assert not response.cookies


def test_an_unknown_cookie_is_a_visitor_and_is_taken_back(known):
    request, response = visit("u" * 43)
    assert request.person is None
    assert response.cookies[cookie()]["max-age"] == 0
    assert response.cookies[cookie()].value == ""


@pytest.mark.parametrize("junk", ["", "short", "k" * 44, "가" * 43, "k" * 42 + "'", "k" * 5000])
def test_a_cookie_of_another_shape_is_never_looked_up(known, junk):
    request, _ = visit(junk.encode().decode("latin-1"))
    assert request.person is None
    assert known.asked == []


@pytest.mark.parametrize(
    "path", ["/callbacks/payment", "/static/a.css", "/media/a.webp", "/healthz", "/api/v1/x"]
)
def test_machines_paths_do_not_read_the_cookie(known, path):
    request, response = visit(KEY, path)
    assert request.person is None
    assert known.asked == []
    assert not response.cookies


def test_a_log_in_over_a_stale_cookie_keeps_the_new_one(known):
    fresh = log_in.Session("n" * 43, SOMEONE)
    _, response = visit("u" * 43, view=lambda _: session.hand_over(HttpResponse(), fresh))
    assert response.cookies[cookie()].value == "n" * 43
    assert response.cookies[cookie()]["max-age"] == ""


def test_log_out_ends_the_row_the_cookie_and_what_the_browser_kept(known, monkeypatch):
    ended: list[str] = []
    monkeypatch.setattr(log_in, "log_out", ended.append)
    _, response = visit(KEY, view=lambda r: session.end(r, HttpResponse()))
    assert ended == [KEY]
    assert response.headers["Clear-Site-Data"] == '"cookies", "storage", "cache"'
    assert response.cookies[cookie()]["max-age"] == 0
