"""A partner's voice when it answers later: only what it signed, in the last five minutes, in its shape."""

import hmac
import json
from collections.abc import Mapping
from uuid import UUID

from django.conf import settings

from yaksok.kernel import clock
from yaksok.kernel.errors import Refused
from yaksok.privacy.disclosure.register import Answer
from yaksok.privacy.disclosure.wire import PARTNER_SIGNATURE, PARTNER_TIMESTAMP, signature

PATH = "/callbacks/partner/"
"""Where partners call, each behind its own key. Part of what they sign, so that no call can be turned elsewhere."""
PROMISE = "P4.5"
WINDOW_SECONDS = 300
LONGEST_BODY = 4096


def read(recipient: str, body: bytes, headers: Mapping[str, str]) -> tuple[UUID, Answer]:
    """About which message ``recipient`` speaks, and what it did.

    Refuses:
        Refused: the signature is missing, wrong or old, or the body has another shape.
    """
    given = {name.lower(): value for name, value in headers.items()}
    stamp = given.get(PARTNER_TIMESTAMP, "")
    _, secret = settings.YAKSOK_PARTNERS.get(recipient, ("", ""))
    wanted = signature(secret, stamp, "POST", f"{PATH}{recipient}", body)
    genuine = hmac.compare_digest(given.get(PARTNER_SIGNATURE, "").encode(), wanted.encode())
    if not secret or not genuine or len(body) > LONGEST_BODY:
        msg = "refused a call-back about a handover: it is not signed by the partner"
        raise Refused(msg, promise=PROMISE)
    if not stamp.isascii() or not stamp.isdigit() or _age(stamp) > WINDOW_SECONDS:
        msg = "refused a call-back about a handover: it left too long ago"
        raise Refused(msg, promise=PROMISE)
    try:
        said = json.loads(body)
        return UUID(said["request"]), Answer(said["result"])
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        msg = "refused a call-back about a handover: it cannot be read"
        raise Refused(msg, promise=PROMISE) from None


def _age(stamp: str) -> float:
    return abs(clock.now().timestamp() - int(stamp))
