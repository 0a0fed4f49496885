"""The one door through which text messages leave to the person: the API of Solapi, version 4.

A message is put into a group of its own, and a group is sent once. The group's number is kept beside
the letter, so that after a crash or a lost answer the same group is asked about and not a second
message sent. Every request is signed, has a time limit, and follows no redirect.
"""

import hashlib
import hmac
import json
import re
import secrets
from datetime import UTC
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from django.conf import settings

from yaksok.kernel import clock
from yaksok.kernel.personal import Personal
from yaksok.policy.in_force import policy
from yaksok.privacy.post.answers import NoSuchAddress, NotTaken
from yaksok.privacy.post.short import Kind, heading, kind_of
from yaksok.privacy.post.templates import Written

if TYPE_CHECKING:
    import httpx  # 4 MB; a process that sends nothing goes without it

GROUPS = "/messages/v4/groups"
CONNECT_SECONDS = 3.0
ANSWER_SECONDS = 8.0
SENT = frozenset({"SENDING", "COMPLETE"})
"""What a group's status is once its message was given to the carriers."""

GROUP = re.compile(r"[A-Za-z0-9]{1,64}")
"""What can be a group's number. It is kept in plain, so it must not be able to name anybody."""

MOBILE = re.compile(r"01[016789]\d{7,8}")
"""Numbers that carriers deliver text messages to."""


def begin() -> str:
    """The number of a new group at the provider, empty yet. It says nothing about anybody.

    Raises:
        NotTaken: no provider, no answer, or one that says "later".
    """
    found = _ask("POST", GROUPS, {"allowDuplicates": False}).get("groupId")
    if not isinstance(found, str) or not GROUP.fullmatch(found):
        msg = "the provider's answer cannot be read"
        raise NotTaken(msg)
    return found


def post(letter: Written, to: Personal, *, group: str, again: bool) -> None:
    """Hand one text message to the carriers, once however often it is called with the same group.

    Arguments:
        group: From :func:`begin`.
        again: Whether it was tried before, so that the provider is asked how far that went.

    Raises:
        NotTaken: no answer, or "later".
        NoSuchAddress: not a mobile telephone of Korea, or words that no telephone shows.
    """
    message = _message(letter, to)
    known = _ask("GET", f"{GROUPS}/{group}") if again else {}
    if known.get("status") in SENT:
        return
    if not _registered(known):
        done = _ask("PUT", f"{GROUPS}/{group}/messages", {"messages": [message]})
        if done.get("errorCount") != 0:
            msg = "the provider does not register the message"
            raise NotTaken(msg)
    if _ask("POST", f"{GROUPS}/{group}/send").get("status") not in SENT:
        msg = "the provider does not send the message"
        raise NotTaken(msg)


def _message(letter: Written, to: Personal) -> dict[str, str]:
    number = re.sub(r"[ -]", "", to.reveal())
    kind = kind_of(letter.text)
    if not MOBILE.fullmatch(number):
        msg = "not a mobile telephone of Korea"
        raise NoSuchAddress(msg)
    if kind is None:
        msg = "no telephone shows these words, or so many"
        raise NoSuchAddress(msg)
    message = {"to": number, "from": _sender(), "text": letter.text, "type": kind.value}
    return message | ({"subject": heading(letter.subject)} if kind is Kind.LONG else {})


def _sender() -> str:
    """The number that was registered with the provider beforehand, as Korean carriers want it."""
    said: str = settings.YAKSOK_SMS_SENDER or policy().document.body.mall.phone
    return re.sub(r"[ -]", "", said)


def _registered(group: dict[str, Any]) -> bool:
    counted = group.get("count")
    return isinstance(counted, dict) and counted.get("registeredSuccess", 0) > 0


def signature(secret: str, date: str, salt: str) -> str:
    """64 hex digits: HMAC-SHA256 over date and salt."""
    return hmac.digest(secret.encode(), (date + salt).encode(), hashlib.sha256).hex()


def _authorization() -> str:
    date = clock.now().astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    salt = secrets.token_hex(16)
    signed = signature(settings.YAKSOK_SMS_SECRET, date, salt)
    return f"HMAC-SHA256 apiKey={settings.YAKSOK_SMS_KEY}, date={date}, salt={salt}, signature={signed}"


def _ask(method: str, path: str, content: dict[str, object] | None = None) -> dict[str, Any]:
    if not settings.YAKSOK_SMS:
        msg = "no provider of text messages is set: YAKSOK_SMS"
        raise NotTaken(msg)
    import httpx

    headers = {"Authorization": _authorization(), "Content-Type": "application/json"}
    patience = httpx.Timeout(ANSWER_SECONDS, connect=CONNECT_SECONDS)
    body = json.dumps(content or {}, ensure_ascii=False).encode() if method != "GET" else None
    try:
        with httpx.Client(timeout=patience, trust_env=False, follow_redirects=False) as line:
            answer = line.request(method, settings.YAKSOK_SMS + path, content=body, headers=headers)
    except (httpx.HTTPError, httpx.InvalidURL):
        msg = "the provider of text messages does not answer"
        raise NotTaken(msg) from None
    return _read(answer)


def _read(answer: "httpx.Response") -> dict[str, Any]:
    if answer.status_code != HTTPStatus.OK:
        msg = f"the provider of text messages answers {answer.status_code}"
        raise NotTaken(msg, forgotten=answer.status_code == HTTPStatus.NOT_FOUND)
    try:
        read = answer.json()
    except ValueError:
        read = None
    if not isinstance(read, dict):
        msg = "the provider's answer cannot be read"
        raise NotTaken(msg)
    return read
