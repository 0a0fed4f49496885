"""Checks a request's signature: AWS Signature Version 4."""

import hashlib
import hmac
import re
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

from dev.sandbox_kms.refusals import Refusal, refused
from dev.serving.exchange import Exchange

ALGORITHM = "AWS4-HMAC-SHA256"
AUTHORIZATION = re.compile(
    rf"{ALGORITHM} Credential=([^/]+)/(\d{{8}})/([a-z0-9-]+)/kms/aws4_request,"
    r" ?SignedHeaders=([a-z0-9;-]+), ?Signature=([0-9a-f]{64})"
)
LONGEST_AGE = timedelta(minutes=5)
STAMP = "%Y%m%dT%H%M%SZ"


def check(exchange: Exchange, key_id: str, secret: str) -> None:
    """Raise unless the request was signed with ``secret`` in the last five minutes.

    Raises:
        Declined: no signature, a foreign key id, an old date, or a signature that does not fit.
    """
    found = AUTHORIZATION.fullmatch(exchange.headers.get("authorization", ""))
    if found is None:
        raise refused(Refusal.INCOMPLETE_SIGNATURE)
    named, day, region, signed, signature = found.groups()
    if named != key_id:
        raise refused(Refusal.UNRECOGNIZED_CLIENT)
    stamp = exchange.headers.get("x-amz-date", "")
    if not stamp.startswith(day) or abs(_time(stamp) - datetime.now(UTC)) > LONGEST_AGE:
        raise refused(Refusal.INVALID_SIGNATURE)
    if not {"host", "x-amz-date", "x-amz-target"} <= set(signed.split(";")):
        raise refused(Refusal.INVALID_SIGNATURE)
    wanted = _signature(exchange, secret, region, signed)
    if not hmac.compare_digest(wanted, signature):
        raise refused(Refusal.INVALID_SIGNATURE)


def _time(stamp: str) -> datetime:
    try:
        return datetime.strptime(stamp, STAMP).replace(tzinfo=UTC)
    except ValueError:
        raise refused(Refusal.INCOMPLETE_SIGNATURE) from None


def _signature(exchange: Exchange, secret: str, region: str, signed: str) -> str:
    headers = "".join(
        f"{name}:{' '.join(exchange.headers.get(name, '').split())}\n" for name in signed.split(";")
    )
    canonical = "\n".join(
        (
            exchange.method,
            exchange.path,
            urlsplit(exchange.target).query,
            headers,
            signed,
            hashlib.sha256(exchange.body).hexdigest(),
        )
    )
    stamp = exchange.headers["x-amz-date"]
    scope = f"{stamp[:8]}/{region}/kms/aws4_request"
    digest = hashlib.sha256(canonical.encode()).hexdigest()
    key = f"AWS4{secret}".encode()
    for part in scope.split("/"):
        key = hmac.digest(key, part.encode(), "sha256")
    return hmac.digest(key, f"{ALGORITHM}\n{stamp}\n{scope}\n{digest}".encode(), "sha256").hex()
