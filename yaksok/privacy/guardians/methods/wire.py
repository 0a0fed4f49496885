"""The one door to the identity provider. What leaves by it is a random reference, never anything of a person.

The guardian types what the provider asks for into the provider's own window; what the provider found
is asked for here, compared and let go. The wire is that of PortOne's API of version 2: identity
verifications and payments are named by an id of ours, the secret goes into ``Authorization: PortOne``.
Every answer is signed as its call-backs are (Standard Webhooks: id, time, HMAC-SHA256).
"""

import base64
import hmac
from datetime import datetime, timedelta
from http import HTTPStatus
from threading import Lock
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import urlencode

import msgspec
from django.conf import settings

from yaksok.kernel import clock
from yaksok.kernel.errors import Busy
from yaksok.privacy.guardians.methods.port import Lack, NotProven

if TYPE_CHECKING:
    import httpx

ANSWER_SECONDS, CONNECT_SECONDS = 10.0, 3.0
LONGEST = 64 * 1024
FRESH = timedelta(minutes=5)
"""How far the time of an answer may lie from ours."""


class Away(Busy):
    """The identity provider does not answer. Nothing was decided; try again in a moment."""


class Customer(msgspec.Struct, frozen=True, rename="camel"):
    """Whom the provider identified. Compared and let go: no field of it is kept."""

    name: str
    birth_date: str = ""
    phone_number: str = ""


class Verification(msgspec.Struct, frozen=True, rename="camel"):
    """What became of an identification. ``pg_tx_id`` is the provider's receipt for it."""

    status: str
    id: str
    verified_customer: Customer | None = None
    pg_tx_id: str = ""


class _Card(msgspec.Struct, frozen=True):
    number: str = ""


class _Method(msgspec.Struct, frozen=True):
    type: str = ""
    card: _Card = _Card()


class _Amount(msgspec.Struct, frozen=True):
    total: int = 0


class _Buyer(msgspec.Struct, frozen=True):
    name: str = ""


class Payment(msgspec.Struct, frozen=True, rename="camel"):
    """A payment of a small amount by which a card was shown to be the guardian's."""

    status: str
    id: str
    amount: _Amount = _Amount()
    method: _Method = _Method()
    customer: _Buyer = _Buyer()
    pg_tx_id: str = ""


_verifications = msgspec.json.Decoder(Verification)
_payments = msgspec.json.Decoder(Payment)


def is_set() -> bool:
    """Whether this mall has an identity provider."""
    return bool(settings.YAKSOK_IDENTITY_URL and settings.YAKSOK_IDENTITY_SECRET)


def window(kind: str, reference: str, channel: str, back: str) -> str:
    """The provider's window for ``reference``; ``kind`` is what it does: identity or payment."""
    asked = {"storeId": settings.YAKSOK_IDENTITY_STORE, "channelKey": channel, "redirectUrl": back}
    name = "paymentId" if kind == "payment" else "identityVerificationId"
    return f"{settings.YAKSOK_IDENTITY_URL}/window/{kind}?{urlencode({name: reference, **asked})}"


def verification(reference: str) -> Verification:
    """What became of the identification ``reference``.

    Refuses:
        NotProven: there is none, or the answer is not the provider's.

    Raises:
        Away: no answer.
    """
    return _decoded(_verifications, _call("GET", f"/identity-verifications/{reference}"), reference)


def payment(reference: str) -> Payment:
    """What became of the payment ``reference``. Refuses and raises like :func:`verification`."""
    return _decoded(_payments, _call("GET", f"/payments/{reference}"), reference)


def give_back(reference: str) -> None:
    """Cancel the payment ``reference``: it only showed whose card it is. Raises Away."""
    _call("POST", f"/payments/{reference}/cancel", {"reason": "identity check"})


_Read = TypeVar("_Read", Verification, Payment)


def _decoded(decoder: "msgspec.json.Decoder[_Read]", body: bytes, reference: str) -> _Read:
    try:
        read = decoder.decode(body)
    except msgspec.MsgspecError:
        msg = "the identity provider's answer cannot be read"
        raise Away(msg) from None
    if read.id != reference:
        raise NotProven(Lack.UNSIGNED)
    return read


def _call(method: str, path: str, asked: dict[str, str] | None = None) -> bytes:
    answer = _sent(method, path, asked)
    if answer.status_code == HTTPStatus.NOT_FOUND:
        raise NotProven(Lack.UNFINISHED)
    if not answer.is_success or len(answer.content) > LONGEST:
        msg = "the identity provider cannot answer now"
        raise Away(msg)
    _must_be_signed(answer)
    return answer.content


def _must_be_signed(answer: "httpx.Response") -> None:
    """Nothing, when the provider signed this answer a moment ago (Standard Webhooks)."""
    given = answer.headers
    said = f"{given.get('webhook-id', '')}.{given.get('webhook-timestamp', '')}.".encode()
    secret = settings.YAKSOK_IDENTITY_SECRET.encode()
    wanted = base64.b64encode(hmac.digest(secret, said + answer.content, "sha256"))
    signatures = given.get("webhook-signature", "").split(" ")
    signed = any(
        hmac.compare_digest(one.removeprefix("v1,").encode("utf-8", "replace"), wanted)
        for one in signatures
        if one.startswith("v1,")
    )
    if not signed or not _is_fresh(given.get("webhook-timestamp", "")):
        raise NotProven(Lack.UNSIGNED)


def _is_fresh(stamp: str) -> bool:
    if not (stamp.isascii() and stamp.isdigit()):
        return False
    at = datetime.fromtimestamp(int(stamp), tz=clock.now().tzinfo)
    return abs(clock.now() - at) <= FRESH


def _sent(method: str, path: str, asked: dict[str, str] | None) -> "httpx.Response":
    import httpx

    if not is_set():
        msg = "no identity provider is set: YAKSOK_IDENTITY_URL and YAKSOK_IDENTITY_SECRET"
        raise Away(msg)
    try:
        return _client().request(method, path, json=asked)
    except httpx.TransportError:
        msg = "the identity provider does not answer"
        raise Away(msg) from None


_clients: "dict[tuple[str, str], httpx.Client]" = {}
_making = Lock()


def _client() -> "httpx.Client":
    """One client per process; nothing of the environment is obeyed."""
    import httpx

    key = (settings.YAKSOK_IDENTITY_URL, settings.YAKSOK_IDENTITY_SECRET)
    with _making:
        if key not in _clients:
            while _clients:
                _clients.popitem()[1].close()
            _clients[key] = httpx.Client(
                base_url=key[0],
                headers={"Authorization": f"PortOne {key[1]}"},
                timeout=httpx.Timeout(ANSWER_SECONDS, connect=CONNECT_SECONDS),
                trust_env=False,
                follow_redirects=False,
            )
        return _clients[key]
