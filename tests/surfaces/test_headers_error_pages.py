"""Errors become pages that say what to do, need no database, and repeat no value."""

import errno
import io
import json
import os
from unittest.mock import patch

import pytest
from django.core.exceptions import RequestDataTooBig
from django.db import InterfaceError, OperationalError
from django.http import Http404
from django.test import Client, RequestFactory
from psycopg_pool import PoolTimeout

from tests.cast import people
from tests.surfaces.visits import Visitor, browser_of
from yaksok.kernel import errors
from yaksok.web.errors import Answers

CANARY = "canary-value-9f2"

CASES = [
    (errors.Refused(CANARY, promise="P4.11"), 403),
    (errors.Undeclared(frozenset({CANARY})), 400),
    (errors.Invalid({CANARY: CANARY}), 400),
    (errors.Throttled(7), 429),
    (errors.NotFound(CANARY), 404),
    (Http404(CANARY), 404),
    (errors.Shredded(CANARY), 410),
    (errors.Tampered(CANARY), 500),
    (errors.Busy(CANARY), 503),
    (errors.AuditUnavailable(CANARY), 503),
    (OperationalError(CANARY), 503),
    (InterfaceError(CANARY), 503),
    (PoolTimeout(CANARY), 503),
    (RequestDataTooBig(CANARY), 413),
    (KeyError(CANARY), 500),
]


def answered(error: Exception, path: str = "/x"):
    """The page of an error."""
    return Answers.process_exception(RequestFactory().get(path), error)


@pytest.mark.parametrize(("error", "status"), CASES, ids=lambda one: type(one).__name__)
def test_each_error_has_its_page_and_no_value(error, status, capsys):
    got = answered(error)
    assert got.status_code == status
    page = got.content.decode()
    assert "<h1>" in page
    assert CANARY not in page
    assert CANARY not in capsys.readouterr().err


def test_a_refusal_names_the_promise_and_what_to_do():
    error = errors.Refused("x", promise="P7.14", advice="take the training")
    page = answered(error).content.decode()
    assert "P7.14" in page
    assert "교육을 요청해 주세요" in page


def test_waiting_is_told_in_seconds():
    assert answered(errors.Throttled(7))["Retry-After"] == "7"
    assert int(answered(errors.Busy("x"))["Retry-After"]) > 0


def test_it_speaks_english_under_en_and_json_under_api():
    assert '<html lang="en"' in answered(errors.NotFound("x"), "/en/x").content.decode()
    said = json.loads(answered(errors.NotFound("x"), "/api/v1/x").content)
    assert said["status"] == 404


@pytest.mark.django_db
def test_the_database_being_away_is_503_also_for_somebody_with_a_session():
    key = browser_of(people.member()).key
    browser = Visitor(key)
    browser.raise_request_exception = False
    with patch("yaksok.journeys.log_in.session", side_effect=OperationalError(CANARY)):
        got = browser.get("/my")
    assert got.status_code == 503
    assert int(got["Retry-After"]) > 0
    assert CANARY not in got.content.decode()
    assert got["Content-Security-Policy"].startswith("default-src 'none'")


@pytest.mark.django_db
def test_no_log_holds_a_query_or_a_body(capsys):
    client = Client(raise_request_exception=False)
    client.get(f"/nothing?q={CANARY}")
    client.get(f"/my/orders/x?q={CANARY}")
    client.post("/log-in", {"login_id": CANARY, "password": CANARY})
    client.post("/log-in", {"login_id": CANARY}, headers={"origin": "https://evil.example"})
    client.get("/media/../../etc/passwd")
    logged = capsys.readouterr().err
    assert '"level"' in logged
    assert CANARY not in logged


@pytest.mark.django_db
def test_a_method_that_a_page_does_not_have_is_405_with_words():
    got = Client().get("/log-out")
    assert got.status_code == 405
    assert got["Allow"] == "POST"
    assert "단추를 다시 눌러" in got.content.decode()


class Full(io.StringIO):
    """A log on a disk without room."""

    def write(self, _: str) -> int:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


@pytest.mark.django_db
def test_a_log_without_room_breaks_no_page(monkeypatch):
    monkeypatch.setattr("sys.stderr", Full())
    assert answered(OperationalError(CANARY)).status_code == 503
    assert Client().get("/log-out").status_code == 405
