"""The courier's voice: only what it signed, in the last five minutes, in the shape it uses."""

import hmac
import json
import re
from collections.abc import Mapping
from datetime import datetime

from django.conf import settings

from yaksok.kernel import clock
from yaksok.kernel.errors import Refused
from yaksok.mall.shipping.parcels import TOLD, News, ParcelState
from yaksok.privacy.disclosure.wire import SIGNATURE, TIMESTAMP, signature

PATH = "/callbacks/courier"
"""Where the courier calls. Part of what it signs, so that a call cannot be turned elsewhere."""
PROMISE = "P1.3"
WINDOW_SECONDS = 300
LONGEST_BODY = 4096
KEY = re.compile(r"[A-Za-z0-9_-]{8,64}")
TRACKING = re.compile(r"[A-Za-z0-9-]{1,64}")


def read(body: bytes, headers: Mapping[str, str]) -> News:
    """What the courier says.

    Refuses:
        Refused: the signature is missing, wrong or old, or the body has another shape.
    """
    given = {name.lower(): value for name, value in headers.items()}
    stamp = given.get(TIMESTAMP, "")
    wanted = signature(settings.YAKSOK_COURIER_SECRET, stamp, "POST", PATH, body)
    genuine = hmac.compare_digest(given.get(SIGNATURE, "").encode(), wanted.encode())
    if not settings.YAKSOK_COURIER_SECRET or not genuine or len(body) > LONGEST_BODY:
        msg = "refused a call-back about a parcel: it is not signed by the courier"
        raise Refused(msg, promise=PROMISE)
    if not stamp.isascii() or not stamp.isdigit() or _age(stamp) > WINDOW_SECONDS:
        msg = "refused a call-back about a parcel: it left too long ago"
        raise Refused(msg, promise=PROMISE)
    return _news(body)


def _age(stamp: str) -> float:
    return abs(clock.now().timestamp() - int(stamp))


def _news(body: bytes) -> News:
    try:
        said = json.loads(body)
        key, number, tracking = (said[name] for name in ("event", "parcel", "tracking_number"))
        state, at = ParcelState(said["state"]), datetime.fromisoformat(said["at"])
        known = state in TOLD and at.tzinfo and KEY.fullmatch(key) and TRACKING.fullmatch(tracking)
    except (ValueError, KeyError, TypeError, RecursionError):
        known = None
    if not known or not isinstance(number, str):
        msg = "refused a call-back about a parcel: it cannot be read"
        raise Refused(msg, promise=PROMISE)
    return News(key, number, state, tracking, at)
