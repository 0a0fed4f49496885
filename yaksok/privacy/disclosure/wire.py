"""The one door through which personal data leaves the mall to a third party.

Every request is signed, has a time limit, follows no redirect, and names the parcel it is about, so
that the courier can tell a repetition from a second parcel.
"""

import hashlib
import hmac
import json
import re
from dataclasses import asdict, dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING

from django.conf import settings

from yaksok.kernel import clock
from yaksok.kernel.errors import YaksokError
from yaksok.privacy.disclosure.label import Label

if TYPE_CHECKING:
    import httpx  # 4 MB; a process that hands nothing over goes without it

TIMESTAMP = "hangil-timestamp"
SIGNATURE = "hangil-signature"
PARCELS = "/v1/parcels"
CONNECT_SECONDS = 3.0
ANSWER_SECONDS = 10.0
TRACKING = re.compile(r"[A-Za-z0-9-]{1,64}")
"""What can be a courier's number. It is kept and shown in plain, so it must not be able to name anybody."""


class NotTaken(YaksokError):
    """The courier gave no usable answer; whether it took the parcel is not known. Send it again."""


class Rejected(YaksokError):
    """The courier will not take this, however often it is sent. ``reason`` is a closed word."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"the courier does not take it: {reason}")
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Receipt:
    """The courier has it. ``tracking_number`` is the courier's own."""

    tracking_number: str


def send(parcel: str, label: Label) -> Receipt:
    """Hand a parcel's label to the courier: three fields and the parcel number, nothing else.

    Sending the same parcel again is safe: the courier answers as the first time.

    Raises:
        NotTaken: no answer, or one that says "later".
        Rejected: the courier refuses this parcel for good.
    """
    return _ask("POST", PARCELS, {"parcel": parcel, **asdict(label)})


def correct(parcel: str, label: Label) -> Receipt:
    """Replace the label of a parcel that was handed over and not delivered. Raises like :func:`send`."""
    return _ask("PUT", f"{PARCELS}/{parcel}", asdict(label))


def signature(secret: str, stamp: str, method: str, path: str, body: bytes) -> str:
    """``v1=`` and 64 hex digits: HMAC-SHA256 over time, method, path and body."""
    signed = f"{stamp}\n{method}\n{path}\n".encode() + body
    return f"v1={hmac.digest(secret.encode(), signed, hashlib.sha256).hex()}"


def _ask(method: str, path: str, content: dict[str, str]) -> Receipt:
    if not settings.YAKSOK_COURIER_URL:
        msg = "no courier is set: YAKSOK_COURIER_URL"
        raise NotTaken(msg)
    import httpx

    body = json.dumps(content, ensure_ascii=False).encode()
    stamp = str(int(clock.now().timestamp()))
    headers = {
        "Content-Type": "application/json",
        TIMESTAMP: stamp,
        SIGNATURE: signature(settings.YAKSOK_COURIER_SECRET, stamp, method, path, body),
    }
    patience = httpx.Timeout(ANSWER_SECONDS, connect=CONNECT_SECONDS)
    try:
        with httpx.Client(timeout=patience, trust_env=False, follow_redirects=False) as line:
            answer = line.request(
                method, settings.YAKSOK_COURIER_URL + path, content=body, headers=headers
            )
    except (httpx.HTTPError, httpx.InvalidURL):
        msg = "the courier does not answer"
        raise NotTaken(msg) from None
    return _read(answer)


def _read(answer: "httpx.Response") -> Receipt:
    if answer.status_code == HTTPStatus.CONFLICT:
        word = "too_late"
        raise Rejected(word)
    if answer.status_code in {HTTPStatus.BAD_REQUEST, HTTPStatus.UNPROCESSABLE_ENTITY}:
        word = "not_acceptable"
        raise Rejected(word)
    if answer.status_code not in {HTTPStatus.OK, HTTPStatus.CREATED}:
        msg = f"the courier answers {answer.status_code}"
        raise NotTaken(msg)
    try:
        number = answer.json()["tracking_number"]
    except (ValueError, KeyError, TypeError):
        number = None
    if not isinstance(number, str) or not TRACKING.fullmatch(number):
        msg = "the courier's answer cannot be read"
        raise NotTaken(msg)
    return Receipt(number)
