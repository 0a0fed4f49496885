"""The one door through which personal data leaves the mall to a third party.

Every request is signed, has a time limit, follows no redirect, and names what it is about, so that
whoever receives it can tell a repetition from a second one. A courier speaks of parcels; a partner
speaks of people by a random reference, is told a key for each request, and signs what it answers; a
provider of safe numbers lends one for a reference, and the same one when it is asked again.
"""

import hashlib
import hmac
import json
import re
from dataclasses import asdict, dataclass
from enum import StrEnum
from http import HTTPStatus
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.conf import settings

from yaksok.kernel import clock
from yaksok.kernel.errors import YaksokError
from yaksok.kernel.personal import Personal
from yaksok.policy import masks
from yaksok.policy.vocabulary import Item
from yaksok.privacy.disclosure.label import Label
from yaksok.privacy.disclosure.portion import Portion

if TYPE_CHECKING:
    import httpx  # 4 MB; a process that hands nothing over goes without it

TIMESTAMP = "hangil-timestamp"
SIGNATURE = "hangil-signature"
PARCELS = "/v1/parcels"
PEOPLE = "/v1/people"
NUMBERS = "/v1/numbers"
NUMBERS_TIMESTAMP = "ansim-timestamp"
NUMBERS_SIGNATURE = "ansim-signature"
PARTNER_TIMESTAMP = "yaksok-timestamp"
PARTNER_SIGNATURE = "yaksok-signature"
KEY = "idempotency-key"
ACKNOWLEDGEMENT = "yaksok-acknowledgement"
CONNECT_SECONDS = 3.0
ANSWER_SECONDS = 10.0
TRACKING = re.compile(r"[A-Za-z0-9-]{1,64}")
"""What can be a courier's number. It is kept and shown in plain, so it must not be able to name anybody."""
UNKNOWN = frozenset({"UNKNOWN_PARCEL", "UNKNOWN_REFERENCE"})
"""How a courier says that it has no such parcel, a provider no such number; any other 404 says nothing."""
SAFE_NUMBER = re.compile(r"050[0-9]{8,9}")
"""What can be a safe number. Nothing else is taken for one, so that no real telephone passes as one."""

_FOR_GOOD = {HTTPStatus.BAD_REQUEST, HTTPStatus.UNPROCESSABLE_ENTITY}
_TAKEN = {HTTPStatus.OK, HTTPStatus.CREATED, HTTPStatus.ACCEPTED}


class NotTaken(YaksokError):
    """No usable answer came; whether the message was taken is not known. Send it again."""


class Rejected(YaksokError):
    """The recipient will not take this, however often it is sent. ``reason`` is a closed word."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"the recipient does not take it: {reason}")
        self.reason = reason


class Result(StrEnum):
    """What a recipient says that it did."""

    DONE = "done"
    LATER = "later"
    """It has the message and will do it; ask again."""
    NOT_HELD = "not_held"
    """It has nothing of this to correct or to erase."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """The recipient has it. ``tracking_number`` is a courier's own; "" of everything else.

    ``number`` is a safe number that was lent; None of everything else.
    """

    tracking_number: str = ""
    result: Result = Result.DONE
    number: Personal | None = None


def send(parcel: str, label: Label) -> Receipt:
    """Hand a parcel's label to the courier: three fields and the parcel number, nothing else.

    Sending the same parcel again is safe: the courier answers as the first time.

    Raises:
        NotTaken: no answer, or one that says "later".
        Rejected: the courier refuses this parcel for good.
    """
    return _number(_parcel("POST", PARCELS, {"parcel": parcel, **asdict(label)}))


def correct(parcel: str, label: Label) -> Receipt:
    """Replace the label of a parcel that was handed over and not delivered. Raises like :func:`send`."""
    answer = _parcel("PUT", f"{PARCELS}/{parcel}", asdict(label))
    return Receipt(result=Result.NOT_HELD) if _is_unknown(answer) else _number(answer)


def erase(parcel: str) -> Receipt:
    """Have the courier erase a label. One that is still needed to deliver goes with the delivery: LATER.

    Raises like :func:`send`.
    """
    answer = _parcel("DELETE", f"{PARCELS}/{parcel}", None)
    if _is_unknown(answer):
        return Receipt(result=Result.NOT_HELD)
    _must_be_taken(answer)
    later = answer.status_code == HTTPStatus.ACCEPTED
    return Receipt(result=Result.LATER if later else Result.DONE)


def give(recipient: str, reference: str, portion: Portion, *, key: UUID) -> Receipt:
    """Hand a partner exactly its items of one person, known to it by ``reference``.

    Sending the same ``key`` again is safe: the partner answers as the first time.

    Raises:
        NotTaken: no answer, one that is not signed, or one about something else.
        Rejected: the partner refuses this for good.
    """
    content = {"reference": reference, "items": dict(portion.values)}
    receipt = _person(recipient, "POST", PEOPLE, content, key)
    if receipt.result is Result.NOT_HELD:
        msg = "the partner says that it does not hold what it was just given"
        raise NotTaken(msg)
    return receipt


def amend(recipient: str, reference: str, portion: Portion, *, key: UUID) -> Receipt:
    """Replace all that a partner was given of one person. Raises like :func:`give`."""
    content = {"items": dict(portion.values)}
    return _person(recipient, "PUT", f"{PEOPLE}/{reference}", content, key)


def recall(recipient: str, reference: str, *, key: UUID) -> Receipt:
    """Have a partner erase all that it was given of one person. Raises like :func:`give`."""
    return _person(recipient, "DELETE", f"{PEOPLE}/{reference}", None, key)


def lend(reference: str, portion: Portion, *, days: int) -> Receipt:
    """Have a safe number lead to a recipient's telephone, for ``days`` at most; it is in the receipt.

    Asking for the same reference again is safe: the provider lends the same number.

    Raises:
        NotTaken: no answer, one about another reference, or one that holds no safe number.
        Rejected: the provider refuses this telephone for good.
    """
    content = {"reference": reference, "number": _dialled(portion), "days": days}
    number = _of_provider(_ask_provider("POST", NUMBERS, content), reference).get("safe_number")
    if not isinstance(number, str) or not SAFE_NUMBER.fullmatch(number):
        msg = "the provider's answer holds no safe number"
        raise NotTaken(msg)
    return Receipt(number=Personal(number, masks.rule(Item.SAFE_NUMBER)))


def lead(reference: str, portion: Portion) -> Receipt:
    """Have a lent number lead to another telephone; the number stays. Raises like :func:`lend`."""
    content = {"number": _dialled(portion)}
    answer = _ask_provider("PUT", f"{NUMBERS}/{reference}", content)
    if _is_unknown(answer):
        return Receipt(result=Result.NOT_HELD)
    _of_provider(answer, reference)
    return Receipt()


def give_back(reference: str) -> Receipt:
    """Give a lent number back; the provider forgets where it led. Raises like :func:`lend`."""
    answer = _ask_provider("DELETE", f"{NUMBERS}/{reference}", None)
    if _is_unknown(answer):
        return Receipt(result=Result.NOT_HELD)
    _of_provider(answer, reference)
    return Receipt()


def signature(secret: str, stamp: str, method: str, path: str, body: bytes) -> str:
    """``v1=`` and 64 hex digits: HMAC-SHA256 over time, method, path and body."""
    signed = f"{stamp}\n{method}\n{path}\n".encode() + body
    return f"v1={hmac.digest(secret.encode(), signed, hashlib.sha256).hex()}"


def acknowledgement(secret: str, key: str, status: int, body: bytes) -> str:
    """How a partner signs an answer: over the key of the request, the status and the body."""
    signed = f"{key}\n{status}\n".encode() + body
    return f"v1={hmac.digest(secret.encode(), signed, hashlib.sha256).hex()}"


def _parcel(method: str, path: str, content: dict[str, Any] | None) -> "httpx.Response":
    if not settings.YAKSOK_COURIER_URL:
        msg = "no courier is set: YAKSOK_COURIER_URL"
        raise NotTaken(msg)
    body = b"" if content is None else _json(content)
    stamp = _stamp()
    headers = {
        TIMESTAMP: stamp,
        SIGNATURE: signature(settings.YAKSOK_COURIER_SECRET, stamp, method, path, body),
    }
    return _ask(method, settings.YAKSOK_COURIER_URL + path, body, headers)


def _ask_provider(method: str, path: str, content: dict[str, Any] | None) -> "httpx.Response":
    url, secret = settings.YAKSOK_SAFE_NUMBER_URL, settings.YAKSOK_SAFE_NUMBER_SECRET
    if not url or not secret:
        msg = "no provider of safe numbers is set: YAKSOK_SAFE_NUMBER_URL"
        raise NotTaken(msg)
    body = b"" if content is None else _json(content)
    stamp = _stamp()
    signed = signature(secret, stamp, method, path, body)
    return _ask(method, url + path, body, {NUMBERS_TIMESTAMP: stamp, NUMBERS_SIGNATURE: signed})


def _of_provider(answer: "httpx.Response", reference: str) -> dict[str, Any]:
    """What the provider says of ``reference``."""
    _must_be_taken(answer)
    try:
        said = answer.json()
    except ValueError:
        said = None
    if not isinstance(said, dict) or said.get("reference") != reference:
        msg = "the provider's answer is not about what it was asked"
        raise NotTaken(msg)
    return said


def _dialled(portion: Portion) -> str:
    return re.sub(r"[^0-9+]", "", portion.values[Item.PHONE])


def _person(
    recipient: str, method: str, path: str, content: dict[str, Any] | None, key: UUID
) -> Receipt:
    url, secret = settings.YAKSOK_PARTNERS.get(recipient, ("", ""))
    if not url or not secret:
        msg = f"no address and secret are set for the partner {recipient}"
        raise NotTaken(msg)
    body = b"" if content is None else _json(content)
    stamp, name = _stamp(), str(key)
    signed = signature(secret, stamp, method, f"{path}\n{name}", body)
    headers = {PARTNER_TIMESTAMP: stamp, PARTNER_SIGNATURE: signed, KEY: name}
    answer = _ask(method, url + path, body, headers)
    wanted = acknowledgement(secret, name, answer.status_code, answer.content)
    given = answer.headers.get(ACKNOWLEDGEMENT, "")
    if not hmac.compare_digest(given.encode(), wanted.encode()):
        msg = f"the partner answers {answer.status_code} without its signature"
        raise NotTaken(msg)
    return _said(answer, name)


def _said(answer: "httpx.Response", key: str) -> Receipt:
    """What a partner's genuine answer says."""
    if answer.status_code in _FOR_GOOD:
        word = "not_acceptable"
        raise Rejected(word)
    try:
        said = answer.json()
        result = Result(said["result"]) if said["request"] == key else None
    except (ValueError, KeyError, TypeError):
        result = None
    known = answer.status_code in _TAKEN or answer.status_code == HTTPStatus.NOT_FOUND
    if result is None or not known:
        msg = f"the partner's answer cannot be read ({answer.status_code})"
        raise NotTaken(msg)
    return Receipt(result=result)


def _ask(method: str, url: str, body: bytes, headers: dict[str, str]) -> "httpx.Response":
    import httpx

    patience = httpx.Timeout(ANSWER_SECONDS, connect=CONNECT_SECONDS)
    headers = {"Content-Type": "application/json", **headers}
    try:
        with httpx.Client(timeout=patience, trust_env=False, follow_redirects=False) as line:
            return line.request(method, url, content=body, headers=headers)
    except (httpx.HTTPError, httpx.InvalidURL):
        msg = "the recipient does not answer"
        raise NotTaken(msg) from None


def _must_be_taken(answer: "httpx.Response") -> None:
    if answer.status_code == HTTPStatus.CONFLICT:
        word = "too_late"
        raise Rejected(word)
    if answer.status_code in _FOR_GOOD:
        word = "not_acceptable"
        raise Rejected(word)
    if answer.status_code not in _TAKEN:
        msg = f"the recipient answers {answer.status_code}"
        raise NotTaken(msg)


def _is_unknown(answer: "httpx.Response") -> bool:
    if answer.status_code != HTTPStatus.NOT_FOUND:
        return False
    try:
        return answer.json()["code"] in UNKNOWN
    except (ValueError, KeyError, TypeError):
        return False


def _number(answer: "httpx.Response") -> Receipt:
    _must_be_taken(answer)
    try:
        number = answer.json()["tracking_number"]
    except (ValueError, KeyError, TypeError):
        number = None
    if not isinstance(number, str) or not TRACKING.fullmatch(number):
        msg = "the courier's answer cannot be read"
        raise NotTaken(msg)
    return Receipt(number)


def _json(content: dict[str, Any]) -> bytes:
    return json.dumps(content, ensure_ascii=False).encode()


def _stamp() -> str:
    return str(int(clock.now().timestamp()))
