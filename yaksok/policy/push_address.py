"""Where a browser is reached by push: what it said when its owner agreed, as one value of four parts.

The endpoint at the push service, the browser's public key, the secret that it shares with us (RFC 8291),
and our public key that it bound the endpoint to (RFC 8292); with a space between each.
"""

import re
from base64 import urlsafe_b64decode
from dataclasses import dataclass
from urllib.parse import urlsplit

_PARTS = 4
_POINT_BYTES, _SECRET_BYTES = 65, 16
_UNCOMPRESSED = 4
_B64 = re.compile(r"[A-Za-z0-9_-]+")
_ENDPOINT = re.compile(
    r"https?://(?:[a-z0-9.\-]+|\[[0-9a-f:.]+\])(?::[0-9]{1,5})?/[A-Za-z0-9_\-.~:/?=&%+]*"
)
_P = 2**256 - 2**224 + 2**192 + 2**96 - 1
_B = 0x5AC635D8AA3A93E7B3EBBD55769886BC651D06B0CC53B0F63BCE3C3E27D2604B
"""The curve P-256: y² = x³ - 3x + b over the integers modulo p (SP 800-186, section 3.2.1.3)."""


@dataclass(frozen=True, slots=True, repr=False)
class PushAddress:
    """One browser. ``origin`` is that of its push service."""

    endpoint: str
    point: bytes
    secret: bytes
    ours: str

    @property
    def origin(self) -> str:
        """Scheme, host and port of the service, as RFC 8292 wants it named."""
        parts = urlsplit(self.endpoint)
        return f"{parts.scheme}://{parts.netloc}"


def read(text: str) -> PushAddress | None:
    """The four parts of ``text``; None when it is no such value.

    The endpoint is an address of the web without a name, a password or a fragment in it, and the key
    of the browser is a point of the curve: one that is not could give ours away.
    """
    parts = text.split(" ")
    if len(parts) != _PARTS or not _is_endpoint(parts[0]):
        return None
    point, secret, ours = (_bytes(part) for part in parts[1:])
    if not (_is_point(point) and len(secret) == _SECRET_BYTES and _is_point(ours)):
        return None
    return PushAddress(parts[0], point, secret, parts[3])


def _is_endpoint(text: str) -> bool:
    """Whether ``text`` is an address of the web, whose host and port can be told."""
    if not _ENDPOINT.fullmatch(text):
        return False
    try:
        parts = urlsplit(text)
        return bool(parts.hostname) and parts.port != 0
    except ValueError:  # brackets around what is no number, a port that is none
        return False


def _bytes(text: str) -> bytes:
    if not _B64.fullmatch(text):
        return b""
    try:
        return urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except ValueError:
        return b""


def _is_point(raw: bytes) -> bool:
    """Whether ``raw`` is a point of P-256, written out in full."""
    if len(raw) != _POINT_BYTES or raw[0] != _UNCOMPRESSED:
        return False
    x, y = int.from_bytes(raw[1:33]), int.from_bytes(raw[33:])
    return x < _P and y < _P and (y * y - (x * x * x - 3 * x + _B)) % _P == 0
