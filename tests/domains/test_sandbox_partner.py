"""The sandbox partner speaks its wire: signed both ways, once for each key, nothing kept after an erasure."""

import json
import time
from uuid import uuid4

import pytest

from dev.sandbox_partner.signing import acknowledgement, signature
from tests.cast.sandboxes import SECRET, Sandbox

REFERENCE = "r" * 20


def said(partner: Sandbox, method: str, path: str, body: str = "", key: str = "", **other: str):
    """One request as the mall signs it."""
    key, stamp = key or str(uuid4()), other.get("stamp", str(int(time.time())))
    signed = signature(other.get("secret", SECRET), stamp, method, f"{path}\n{key}", body.encode())
    headers = {"yaksok_timestamp": stamp, "yaksok_signature": signed, "idempotency_key": key}
    return partner.call(method, path, body.encode(), **headers)


def given(partner: Sandbox, reference: str, key: str = ""):
    body = json.dumps({"reference": reference, "items": {"email": "somebody@mail.example"}})
    return said(partner, "POST", "/v1/people", body, key)


def test_an_answer_is_signed_for_the_request_it_answers(partner: Sandbox) -> None:
    key = str(uuid4())
    status, answer, headers = given(partner, REFERENCE, key)
    assert (status, answer["result"], answer["request"]) == (201, "done", key)
    body = json.dumps({"request": key, "result": "done"}).encode()
    assert headers["yaksok-acknowledgement"] == acknowledgement(SECRET, key, 201, body)


def test_the_same_key_is_one_request(partner: Sandbox) -> None:
    key = str(uuid4())
    assert given(partner, REFERENCE, key)[:2] == given(partner, REFERENCE, key)[:2]
    assert len(partner.call("GET", "/sandbox/people")[1]["people"]) == 1


def test_a_used_key_serves_nothing_else(partner: Sandbox) -> None:
    key = str(uuid4())
    given(partner, REFERENCE, key)
    assert given(partner, "s" * 20, key)[0] == 422


@pytest.mark.parametrize("other", [{"secret": "guessed"}, {"stamp": "1700000000"}, {"stamp": "x"}])
def test_what_is_not_signed_now_is_not_taken(partner: Sandbox, other: dict[str, str]) -> None:
    status, answer, _ = said(partner, "DELETE", f"/v1/people/{REFERENCE}", **other)
    assert (status, answer["code"]) == (401, "UNSIGNED")


def test_what_was_erased_does_not_come_back(partner: Sandbox) -> None:
    given(partner, REFERENCE)
    assert said(partner, "DELETE", f"/v1/people/{REFERENCE}")[1]["result"] == "done"
    assert said(partner, "DELETE", f"/v1/people/{REFERENCE}")[1]["result"] == "not_held"
    assert given(partner, REFERENCE)[0] == 422
    (one,) = partner.call("GET", "/sandbox/people")[1]["people"]
    assert (one["items"], one["erased"]) == ({}, 1)


def test_more_than_reference_and_items_is_not_taken(partner: Sandbox) -> None:
    body = json.dumps({"reference": REFERENCE, "items": {}, "purpose": "x"})
    assert said(partner, "POST", "/v1/people", body)[0] == 400


def test_its_page_shows_what_it_has(partner: Sandbox) -> None:
    given(partner, REFERENCE)
    assert "somebody@mail.example" in partner.call("GET", "/")[1]
