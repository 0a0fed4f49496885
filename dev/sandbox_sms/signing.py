"""How provider and shop know each other: HMAC-SHA256 over date and salt, each salt once."""

import re
import threading
import time
from datetime import datetime
from http import HTTPStatus

from dev.serving import clock
from dev.serving.exchange import Declined, Exchange

WINDOW_SECONDS = 900
"""How old or how far ahead a signed request may be."""

WORDS = {
    "DuplicatedSignature": "this signature was used before",
    "InvalidApiKey": "no such key, or no signature",
    "RequestTimeTooSkewed": "the date is more than 15 minutes away",
    "SignatureDoesNotMatch": "the signature is wrong",
}
SHAPE = re.compile(
    r"HMAC-SHA256 apiKey=(?P<key>[\w-]+), ?date=(?P<date>[0-9T:.Z+-]+),"
    r" ?salt=(?P<salt>\w{12,64}), ?signature=(?P<signature>[0-9a-f]{64})"
)


def signature(secret: str, date: str, salt: str) -> str:
    """64 hex digits."""
    import hmac  # brings OpenSSL, which a sandbox at rest goes without

    return hmac.digest(secret.encode(), (date + salt).encode(), "sha256").hex()


class Signatures:
    """Which requests are the shop's. A salt that was used is remembered as long as it could serve."""

    def __init__(self, key: str, secret: str, window: float = WINDOW_SECONDS) -> None:
        self._key, self._secret, self._window = key, secret, window
        self._seen: dict[str, float] = {}
        self._lock = threading.Lock()

    def check(self, exchange: Exchange) -> None:
        """Let in only what the shop signed lately, once.

        Raises:
            Declined: the header is missing or of another shape, the key unknown, the signature
                wrong, old, or used before.
        """
        code = self._wrong(exchange.headers.get("authorization", ""))
        if code:
            raise Declined(HTTPStatus.FORBIDDEN, code, WORDS[code])

    def _wrong(self, header: str) -> str:
        """What is wrong with the header; "" when it is the shop's."""
        import hmac  # as above

        found = SHAPE.fullmatch(header)
        if found is None or found["key"] != self._key:
            return "InvalidApiKey"
        if not _fresh(found["date"], self._window):
            return "RequestTimeTooSkewed"
        wanted = signature(self._secret, found["date"], found["salt"])
        if not hmac.compare_digest(found["signature"], wanted):
            return "SignatureDoesNotMatch"
        return "" if self._first(found["salt"]) else "DuplicatedSignature"

    def _first(self, salt: str) -> bool:
        now = time.monotonic()
        with self._lock:
            self._seen = {one: at for one, at in self._seen.items() if now - at < self._window}
            return self._seen.setdefault(salt, now) == now


def _fresh(date: str, window: float) -> bool:
    try:
        at = datetime.fromisoformat(date)
    except ValueError:
        return False
    return at.tzinfo is not None and abs(clock.now() - at.timestamp()) <= window
