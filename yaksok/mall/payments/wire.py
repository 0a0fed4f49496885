"""The door to the payment provider, which speaks the API shape of Toss Payments, version 1.

What goes out is an amount, a random reference, the names of goods and two addresses of ours: nothing
about a person. Calls are short, never inside a database transaction, and safe to repeat.

Source:
    P1.2; policy section on recipients: the provider is given no personal item.
"""

import re
from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime
from enum import StrEnum
from http import HTTPStatus
from threading import Lock
from typing import TYPE_CHECKING, Any
from uuid import UUID

import msgspec
from django.conf import settings

from yaksok.kernel.errors import Busy, YaksokError

if TYPE_CHECKING:
    import httpx  # 4 MB; a process that asks nothing of the provider goes without it

ANSWER_SECONDS = 5.0
"""The longest silence while an answer is awaited or read."""
CONNECT_SECONDS = 2.0
TRIES = 2
"""A connection that breaks is tried once more; an answer that is late is not waited for again."""
LONGEST_NAME = 100
PAYMENT_KEY = re.compile(r"[A-Za-z0-9_-]{1,200}")
LONGEST_CODE = 60
_NOT_CODE = re.compile(r"[^A-Z0-9_]")


class ProviderAway(Busy):
    """The provider gave no usable answer. Whether it acted is unknown until it is asked."""


class ProviderDeclined(YaksokError):
    """The provider understood and said no. ``code`` is its word for why."""

    def __init__(self, code: str) -> None:
        super().__init__(f"the payment provider declined: {code}")
        self.code = code


class Status(StrEnum):
    """States of a payment, in the provider's words."""

    ABORTED = "ABORTED"
    """Declined by the card company, or given up by the buyer."""
    CANCELED = "CANCELED"
    DONE = "DONE"
    """The money is taken."""
    EXPIRED = "EXPIRED"
    IN_PROGRESS = "IN_PROGRESS"
    """The buyer approved; nothing is taken until the shop confirms."""
    PARTIAL_CANCELED = "PARTIAL_CANCELED"
    READY = "READY"
    WAITING_FOR_DEPOSIT = "WAITING_FOR_DEPOSIT"


class Failure(msgspec.Struct, frozen=True):
    """Why nothing was paid."""

    code: str = ""


class Checkout(msgspec.Struct, frozen=True):
    """Where the buyer pays."""

    url: str = ""


class Answer(msgspec.Struct, frozen=True, rename="camel"):
    """A payment as the provider shows it. Fields of no use to the mall are not read."""

    payment_key: str
    order_id: str
    status: Status
    total_amount: int
    approved_at: datetime | None = None
    checkout: Checkout | None = None
    failure: Failure | None = None

    @property
    def code(self) -> str:
        """The provider's word for why it failed, "" if it did not; capital letters and digits only."""
        return plain_code(self.failure.code) if self.failure else ""


_answers = msgspec.json.Decoder(Answer)
_refusals = msgspec.json.Decoder(Failure)


def name_of(reference: UUID) -> str:
    """How the provider writes ``reference``."""
    return reference.hex


def reference_of(name: object) -> UUID | None:
    """The reference that the provider's ``name`` means, or None when it cannot be one of ours."""
    if not isinstance(name, str) or not re.fullmatch(r"[0-9a-f]{32}", name):
        return None
    return UUID(hex=name)


def plain_code(code: str) -> str:
    """A provider's code without anything that is no code."""
    return _NOT_CODE.sub("", code[:LONGEST_CODE])


def create(reference: UUID, amount: int, goods: str, *, success_url: str, fail_url: str) -> Answer:
    """A new payment, READY, with the address where the buyer pays. The same again when repeated.

    Raises:
        ProviderAway: no answer; ask again with the same reference.
        ProviderDeclined: the provider does not take it.
    """
    asked = {
        "amount": amount,
        "orderId": name_of(reference),
        "orderName": goods[:LONGEST_NAME],
        "successUrl": success_url,
        "failUrl": fail_url,
    }
    return _call("POST", "/v1/payments", asked, once=f"create-{name_of(reference)}")


def confirm(reference: UUID, payment_key: str, amount: int) -> Answer:
    """Take the money of an approved payment. The same call again gives the same answer.

    Raises:
        ProviderAway: no answer; the money may have been taken. Ask with :func:`of_reference`.
        ProviderDeclined: nothing was taken by this call.
    """
    asked = {"paymentKey": payment_key, "orderId": name_of(reference), "amount": amount}
    return _call("POST", "/v1/payments/confirm", asked, once=f"confirm-{name_of(reference)}")


def of_reference(reference: UUID) -> Answer | None:
    """What the provider knows under ``reference``, or None when it knows nothing.

    Raises:
        ProviderAway: no answer.
    """
    try:
        return _call("GET", f"/v1/payments/orders/{name_of(reference)}")
    except ProviderDeclined:
        return None


def cancel(reference: UUID, payment_key: str, reason: str) -> Answer:
    """Give all of the money back, or close an open payment unpaid. Safe to repeat.

    Arguments:
        reason: A fixed sentence of the mall's; nothing about a person.

    Raises:
        ProviderAway: no answer; call again.
        ProviderDeclined: there is nothing to cancel.
    """
    path = f"/v1/payments/{payment_key}/cancel"
    return _call("POST", path, {"cancelReason": reason}, once=f"cancel-{name_of(reference)}")


def _call(
    method: str, path: str, asked: Mapping[str, Any] | None = None, *, once: str = ""
) -> Answer:
    headers = {"Idempotency-Key": once} if once else {}
    answer = _sent(method, path, asked, headers)
    if answer.status_code in {HTTPStatus.UNAUTHORIZED, HTTPStatus.CONFLICT}:
        msg = "the payment provider does not know our key, or is still at the same request"
        raise ProviderAway(msg)
    if answer.is_client_error and answer.status_code != HTTPStatus.TOO_MANY_REQUESTS:
        raise ProviderDeclined(_code_of(answer.content))
    if not answer.is_success:
        msg = "the payment provider cannot answer now"
        raise ProviderAway(msg)
    try:
        return _answers.decode(answer.content)
    except msgspec.MsgspecError:
        msg = "the payment provider's answer cannot be read"
        raise ProviderAway(msg) from None


def _sent(
    method: str, path: str, asked: Mapping[str, Any] | None, headers: Mapping[str, str]
) -> "httpx.Response":
    url, secret = settings.YAKSOK_PAYMENT_URL, settings.YAKSOK_PAYMENT_SECRET
    if not url or not secret:
        msg = "no payment provider is set: YAKSOK_PAYMENT_URL and YAKSOK_PAYMENT_SECRET"
        raise ProviderAway(msg)
    import httpx

    client = _client(url, secret)
    for attempt in range(1, TRIES + 1):
        try:
            return client.request(method, path, json=asked, headers=headers)
        except httpx.TransportError as error:
            if attempt == TRIES or isinstance(error, httpx.TimeoutException):
                break
    msg = "the payment provider does not answer"
    raise ProviderAway(msg)


_clients: "dict[tuple[str, str], httpx.Client]" = {}
_making = Lock()


def _client(url: str, secret: str) -> "httpx.Client":
    """One client per process: connections are kept, nothing of the environment is obeyed."""
    import httpx

    with _making:
        if (url, secret) not in _clients:
            close()
            _clients[url, secret] = httpx.Client(
                base_url=url,
                auth=(secret, ""),
                timeout=httpx.Timeout(ANSWER_SECONDS, connect=CONNECT_SECONDS),
                trust_env=False,
                follow_redirects=False,
                limits=httpx.Limits(max_connections=16, keepalive_expiry=5.0),
            )
        return _clients[url, secret]


def close() -> None:
    """Hang up; the next call opens a connection again."""
    while _clients:
        _clients.popitem()[1].close()


def _code_of(body: bytes) -> str:
    code = ""
    with suppress(msgspec.MsgspecError):
        code = plain_code(_refusals.decode(body).code)
    return code or "UNKNOWN"
