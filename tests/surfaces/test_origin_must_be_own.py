"""A form of another site cannot act here; a form of a person's own page can."""

from typing import cast
from uuid import uuid4

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from yaksok.journeys.log_in import SessionFacts
from yaksok.kernel.actor import Actor
from yaksok.kernel.ids import SubjectId
from yaksok.web.origin import OwnOrigin
from yaksok.web.session import PersonRequest

TOKEN = "t" * 43
door = OwnOrigin(lambda _: HttpResponse("in"))


def post(data=None, *, person=None, path="/x", **headers):
    """The door's answer to a posted form."""
    request = cast("PersonRequest", RequestFactory().post(path, data or {}, headers=headers))
    request.person = person
    return door(request)


def a_person():
    """Somebody with a session."""
    someone = SubjectId(uuid4())
    return SessionFacts(
        someone,
        "member",
        TOKEN,
        Actor.member(someone),
        stepped_up=False,
        stepped_up_until=None,
    )


def test_a_form_of_our_own_page_is_let_in():
    assert post(origin="http://testserver").status_code == 200
    assert post(**{"sec-fetch-site": "same-origin"}).status_code == 200


def test_a_client_that_is_no_browser_is_let_in():
    assert post().status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"origin": "https://testserver"},
        {"origin": "http://testserver.evil.example"},
        {"origin": "http://testserver:81"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"sec-fetch-site": "cross-site", "origin": "http://testserver"},
    ],
)
def test_a_form_of_another_site_gets_403_and_is_told_what_to_do(headers):
    got = post(**headers)
    assert got.status_code == 403
    assert "이 몰의 화면에서 다시" in got.content.decode()


def test_a_person_must_send_the_token_of_the_session():
    assert post({"csrf": TOKEN}, person=a_person()).status_code == 200
    assert post(person=a_person(), **{"x-yaksok-csrf": TOKEN}).status_code == 200


@pytest.mark.parametrize("token", ["", "t" * 42, "u" * 43, "가" * 43])
def test_a_person_with_another_token_gets_403(token):
    got = post({"csrf": token}, person=a_person())
    assert got.status_code == 403
    assert "화면을 새로 열고" in got.content.decode()


def test_a_signed_callback_is_not_asked():
    assert post(path="/callbacks/payment", origin="https://pay.example").status_code == 200


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE"])
def test_every_unsafe_method_is_asked(method):
    evil = {"origin": "https://evil.example"}
    request = cast("PersonRequest", RequestFactory().generic(method, "/x", headers=evil))
    request.person = None
    assert door(request).status_code == 403


def test_reading_is_not_asked():
    there = {"sec-fetch-site": "cross-site"}
    request = cast("PersonRequest", RequestFactory().get("/x", headers=there))
    request.person = a_person()
    assert door(request).status_code == 200
