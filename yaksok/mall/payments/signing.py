"""Whether it is the provider that calls: a signature over the raw body and the time it left."""

import base64
import hmac
from collections.abc import Mapping
from datetime import datetime, timedelta
from uuid import UUID

import msgspec
from django.conf import settings

from yaksok.kernel import clock
from yaksok.kernel.errors import Refused
from yaksok.mall.payments.wire import reference_of

SIGNATURE = "tosspayments-webhook-signature"
TIME = "tosspayments-webhook-transmission-time"
VERSION = "v1:"
FRESH = timedelta(minutes=5)
"""How far the time of a call may lie from ours; a recorded one is of no use later."""
LONGEST_BODY = 64 * 1024
MOST_SIGNATURES = 4
PROMISE = "P1.2"


class _Data(msgspec.Struct, frozen=True, rename="camel"):
    order_id: str = ""


class _Event(msgspec.Struct, frozen=True, rename="camel"):
    event_type: str
    data: _Data


_events = msgspec.json.Decoder(_Event)


def told_of(body: bytes, headers: Mapping[str, str]) -> UUID | None:
    """Which payment the provider calls about; None when it is none of ours.

    The body only says where to look: what became of the payment is asked of the provider itself,
    so an old call that is repeated, or one that overtook another, changes nothing.

    Arguments:
        body: As it arrived, byte by byte.
        headers: Names in any case.

    Refuses:
        Refused: not signed with our secret, too old, or not a call of the provider's.
    """
    given = {name.lower(): value for name, value in headers.items()}
    _check(body, given.get(SIGNATURE, ""), given.get(TIME, ""))
    try:
        event = _events.decode(body)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        msg = "it is not an event"
        raise _refused(msg) from None
    return reference_of(event.data.order_id)


def _check(body: bytes, signatures: str, time: str) -> None:
    secret = settings.YAKSOK_PAYMENT_WEBHOOK_SECRET
    if not secret:
        msg = "no secret is set: YAKSOK_PAYMENT_WEBHOOK_SECRET"
        raise _refused(msg)
    if len(body) > LONGEST_BODY:
        msg = "it is too long"
        raise _refused(msg)
    digest = hmac.digest(secret.encode(), body + b":" + time.encode("utf-8", "replace"), "sha256")
    wanted = base64.b64encode(digest)
    parts = [part.strip() for part in signatures.split(",", MOST_SIGNATURES)]
    signed = [part.removeprefix(VERSION) for part in parts if part.startswith(VERSION)]
    if not any(hmac.compare_digest(one.encode("utf-8", "replace"), wanted) for one in signed):
        msg = "the signature is not the provider's"
        raise _refused(msg)
    if not _is_fresh(time):
        msg = "it left too long ago, or its time cannot be read"
        raise _refused(msg)


def _is_fresh(time: str) -> bool:
    try:
        left = datetime.fromisoformat(time)
    except ValueError:
        return False
    return left.tzinfo is not None and abs(clock.now() - left) <= FRESH


def _refused(why: str) -> Refused:
    return Refused(f"refused a call-back about a payment: {why}", promise=PROMISE)
