"""How shop and partner know each other: HMAC-SHA256 over time, method, path, key and body; both ways."""

from collections.abc import Mapping
from http import HTTPStatus

from dev.serving import clock
from dev.serving.exchange import Declined, Exchange

TIMESTAMP = "yaksok-timestamp"
SIGNATURE = "yaksok-signature"
KEY = "idempotency-key"
ACKNOWLEDGEMENT = "yaksok-acknowledgement"
WINDOW_SECONDS = 300
"""How old or how far ahead a signed request may be."""


def signature(secret: str, stamp: str, method: str, path: str, body: bytes) -> str:
    """``v1=`` and 64 hex digits. ``path`` has the key of the request on a second line, if it has one."""
    return _digest(secret, f"{stamp}\n{method}\n{path}\n".encode() + body)


def acknowledgement(secret: str, key: str, status: int, body: bytes) -> str:
    """What shows that an answer is the partner's own, and to which request."""
    return _digest(secret, f"{key}\n{status}\n".encode() + body)


def key_of(exchange: Exchange, secret: str) -> str:
    """The key of a request that the shop signed within the last five minutes.

    Raises:
        Declined: the signature is wrong, missing or old, or no key came with it.
    """
    import hmac  # brings OpenSSL, which a sandbox at rest goes without

    stamp, key = (exchange.headers.get(name, "") for name in (TIMESTAMP, KEY))
    fresh = stamp.isdigit() and abs(clock.now() - int(stamp)) <= WINDOW_SECONDS
    wanted = signature(secret, stamp, exchange.method, f"{exchange.path}\n{key}", exchange.body)
    given = exchange.headers.get(SIGNATURE, "")
    if not key or not fresh or not hmac.compare_digest(given.encode(), wanted.encode()):
        message = "the signature is wrong or old"
        raise Declined(HTTPStatus.UNAUTHORIZED, "UNSIGNED", message)
    return key


def signed(secret: str, path: str, _: str, body: bytes) -> Mapping[str, str]:
    """Headers of a call-back to ``path`` of the shop."""
    stamp = str(int(clock.now()))
    return {TIMESTAMP: stamp, SIGNATURE: signature(secret, stamp, "POST", path, body)}


def _digest(secret: str, said: bytes) -> str:
    import hmac  # as above

    return f"v1={hmac.digest(secret.encode(), said, 'sha256').hex()}"
