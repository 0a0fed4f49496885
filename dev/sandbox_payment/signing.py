"""Who may call the provider, and how the shop knows that the provider calls."""

import base64
from collections.abc import Mapping
from datetime import UTC, datetime
from http import HTTPStatus

from dev.serving.exchange import Declined, Exchange

PREFIX = "tosspayments-webhook-"


def check_secret(exchange: Exchange, secret: str) -> None:
    """Let only the shop in: HTTP Basic, the secret key as user name, no password.

    Raises:
        Declined: the key is wrong or missing.
    """
    import hmac  # brings OpenSSL, which a sandbox at rest goes without

    wanted = b"Basic " + base64.b64encode(f"{secret}:".encode())
    given = exchange.headers.get("authorization", "").encode("utf-8", "replace")
    if not hmac.compare_digest(given, wanted):
        message = "인증되지 않은 시크릿 키 입니다. / The secret key is not known."
        raise Declined(HTTPStatus.UNAUTHORIZED, "UNAUTHORIZED_KEY", message)


def signed(secret: str, key: str, body: bytes) -> Mapping[str, str]:
    """Headers of a call-back: its id, the time it leaves, and an HMAC-SHA256 over body and time."""
    import hmac  # as above

    time = datetime.now(UTC).isoformat()
    digest = hmac.digest(secret.encode(), body + b":" + time.encode(), "sha256")
    return {
        f"{PREFIX}signature": f"v1:{base64.b64encode(digest).decode()}",
        f"{PREFIX}transmission-time": time,
        f"{PREFIX}id": key,
    }
