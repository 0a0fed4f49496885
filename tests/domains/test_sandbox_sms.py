"""The provider of text messages: who is let in, and that a group is sent once."""

import secrets
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.cast.sandboxes import SECRET, SMS_KEY, Sandbox
from yaksok.privacy.post.wire_sms import signature

GROUPS = "/messages/v4/groups"


def signed(*, key: str = SMS_KEY, secret: str = SECRET, ago: timedelta = timedelta(0)) -> str:
    date = (datetime.now(UTC) - ago).strftime("%Y-%m-%dT%H:%M:%SZ")
    salt = secrets.token_hex(16)
    said = signature(secret, date, salt)
    return f"HMAC-SHA256 apiKey={key}, date={date}, salt={salt}, signature={said}"


def ask(sandbox: Sandbox, method: str, path: str, body: Any = None) -> tuple[int, Any]:
    return sandbox.call(method, path, body, Authorization=signed())[:2]


def begun(sandbox: Sandbox) -> str:
    return str(ask(sandbox, "POST", GROUPS, {})[1]["groupId"])


def message(**other: str) -> dict[str, Any]:
    one = {"to": "01020000001", "from": "020000000", "text": "안녕", "type": "SMS", **other}
    return {"messages": [one]}


@pytest.mark.parametrize(
    ("header", "code"),
    [
        (lambda: "", "InvalidApiKey"),
        (lambda: "HMAC-SHA256 apiKey=x", "InvalidApiKey"),
        (lambda: signed(key="OTHER"), "InvalidApiKey"),
        (lambda: signed(secret="other"), "SignatureDoesNotMatch"),
        (lambda: signed(ago=timedelta(days=1)), "RequestTimeTooSkewed"),
        (lambda: signed(ago=timedelta(days=-1)), "RequestTimeTooSkewed"),
    ],
)
def test_only_who_signed_is_let_in(
    sms_process: Sandbox, header: Callable[[], str], code: str
) -> None:
    status, said, _ = sms_process.call("POST", GROUPS, {}, Authorization=header())
    assert (status, said["errorCode"]) == (403, code)


def test_a_signature_is_good_once(sms_process: Sandbox) -> None:
    header = signed()
    assert sms_process.call("POST", GROUPS, {}, Authorization=header)[0] == 200
    status, said, _ = sms_process.call("POST", GROUPS, {}, Authorization=header)
    assert (status, said["errorCode"]) == (403, "DuplicatedSignature")


def test_a_group_is_sent_once(sms_process: Sandbox) -> None:
    group = begun(sms_process)
    assert ask(sms_process, "POST", f"{GROUPS}/{group}/send")[0] == 400
    assert ask(sms_process, "PUT", f"{GROUPS}/{group}/messages", message())[1]["errorCount"] == 0
    twice = ask(sms_process, "PUT", f"{GROUPS}/{group}/messages", message())[1]
    assert (twice["errorCount"], twice["resultList"][0]["statusCode"]) == (1, "1065")
    assert ask(sms_process, "GET", f"{GROUPS}/{group}")[1]["status"] == "PENDING"
    assert ask(sms_process, "POST", f"{GROUPS}/{group}/send")[1]["status"] == "SENDING"
    for path in (f"{GROUPS}/{group}/send",):
        assert ask(sms_process, "POST", path)[1]["errorCode"] == "GroupNotPending"
    assert ask(sms_process, "PUT", f"{GROUPS}/{group}/messages", message())[0] == 400
    assert ask(sms_process, "GET", f"{GROUPS}/G4VNONE")[0] == 404


@pytest.mark.parametrize(
    "other",
    [
        {"to": "010-2000-0001"},
        {"from": ""},
        {"text": ""},
        {"type": "MMS"},
        {"subject": "제목"},
        {"type": "LMS", "subject": "가" * 21},
        {"name": "x"},
    ],
)
def test_a_message_of_another_shape_is_declined(
    sms_process: Sandbox, other: dict[str, str]
) -> None:
    group = begun(sms_process)
    status, said = ask(sms_process, "PUT", f"{GROUPS}/{group}/messages", message(**other))
    assert (status, said["errorCode"]) == (400, "ValidationError")


def test_a_short_message_has_at_most_90_bytes(sms_process: Sandbox) -> None:
    group = begun(sms_process)
    path = f"{GROUPS}/{group}/messages"
    assert ask(sms_process, "PUT", path, message(text="가" * 46))[1]["errorCount"] == 1
    assert ask(sms_process, "PUT", path, message(text="가" * 45))[1]["errorCount"] == 0


@pytest.mark.parametrize(("language", "words"), [("ko", "보낸 문자"), ("en", "Text messages")])
def test_people_can_read_what_was_sent(sms_process: Sandbox, language: str, words: str) -> None:
    group = begun(sms_process)
    text = f"<b>{language} http://mall.example/a"
    ask(sms_process, "PUT", f"{GROUPS}/{group}/messages", message(text=text))
    ask(sms_process, "POST", f"{GROUPS}/{group}/send")
    page = sms_process.call("GET", f"/?lang={language}")[1]
    assert words in page
    assert f"&lt;b&gt;{language}" in page
    assert '<a href="http://mall.example/a"' in page
    assert "01020000001" not in page
    assert "010******01" in page


def test_it_goes_without_an_answer_when_told_to(sms_sandbox: Sandbox) -> None:
    sms_sandbox.faults(down=True)
    with pytest.raises(OSError, match=r".*"):
        ask(sms_sandbox, "POST", GROUPS, {})
