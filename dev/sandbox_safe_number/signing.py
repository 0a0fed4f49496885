"""How shop and provider know each other: HMAC-SHA256 over time, method, path and body."""

from http import HTTPStatus

from dev.serving import clock
from dev.serving.exchange import Declined, Exchange

TIMESTAMP = "ansim-timestamp"
SIGNATURE = "ansim-signature"
WINDOW_SECONDS = 300
"""How old or how far ahead a signed request may be."""


def signature(secret: str, stamp: str, method: str, path: str, body: bytes) -> str:
    """``v1=`` and 64 hex digits."""
    import hmac  # brings OpenSSL, which a sandbox at rest goes without

    signed = f"{stamp}\n{method}\n{path}\n".encode() + body
    return f"v1={hmac.digest(secret.encode(), signed, 'sha256').hex()}"


def check(exchange: Exchange, secret: str) -> None:
    """Let in only what the shop signed within the last five minutes.

    Raises:
        Declined: the signature is wrong, missing or old.
    """
    import hmac  # as above

    stamp = exchange.headers.get(TIMESTAMP, "")
    fresh = stamp.isdigit() and abs(clock.now() - int(stamp)) <= WINDOW_SECONDS
    wanted = signature(secret, stamp, exchange.method, exchange.path, exchange.body)
    given = exchange.headers.get(SIGNATURE, "")
    if not fresh or not hmac.compare_digest(given.encode(), wanted.encode()):
        message = "the signature is wrong or old"
        raise Declined(HTTPStatus.UNAUTHORIZED, "UNSIGNED", message)
