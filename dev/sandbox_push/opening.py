"""What a browser does with a message (RFC 8291), and what a push service asks of a voucher (RFC 8292).

Written from the standards and not from the shop's code, so that both would have to be wrong alike.
"""

import base64
import binascii
import json
import re
import struct
from http import HTTPStatus
from typing import Any

from dev.serving import clock
from dev.serving.exchange import Declined

DAY = 86_400
VOUCHER = re.compile(r"vapid t=([\w.-]+), ?k=([\w-]+)")
POINT_BYTES, HALF = 65, 32


class NotForUs(Exception):
    """The message does not open with this browser's keys."""


def b64(raw: bytes) -> str:
    """Base64 for URLs without padding."""
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def unb64(text: str) -> bytes:
    """The bytes of ``text``; ValueError when it is no Base64."""
    try:
        return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except binascii.Error as error:
        raise ValueError from error


def new_number() -> int:
    """A new private key."""
    from cryptography.hazmat.primitives.asymmetric import ec  # a sandbox at rest goes without

    return ec.generate_private_key(ec.SECP256R1()).private_numbers().private_value


def point_of(number: int) -> bytes:
    """The public key of the private key ``number``."""
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

    public = ec.derive_private_key(number, ec.SECP256R1()).public_key()
    return public.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def open_message(body: bytes, number: int, secret: bytes) -> bytes:
    """The content of a message that consists of one record.

    Raises:
        NotForUs: it was sealed for somebody else, or changed on its way.
    """
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    if len(body) < 21 or len(body) < 21 + body[20]:
        raise NotForUs
    salt, (size, length) = body[:16], struct.unpack("!IB", body[16:21])
    sender, record = body[21 : 21 + length], body[21 + length :]
    if length != POINT_BYTES or len(record) > size:
        raise NotForUs
    own = ec.derive_private_key(number, ec.SECP256R1())
    try:
        other = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), sender)
        shared = own.exchange(ec.ECDH(), other)
        first = _expand(secret, shared, b"WebPush: info\0" + point_of(number) + sender, 32)
        key = _expand(salt, first, b"Content-Encoding: aes128gcm\0", 16)
        nonce = _expand(salt, first, b"Content-Encoding: nonce\0", 12)
        plain = AESGCM(key).decrypt(nonce, record, None).rstrip(b"\0")
    except (InvalidTag, ValueError):
        raise NotForUs from None
    if not plain.endswith(b"\x02"):
        raise NotForUs
    return plain[:-1]


def check_voucher(header: str, shop: str, origin: str) -> None:
    """Nothing, when the shop that the browser agreed to signed ``header`` for this service lately.

    Raises:
        Declined: no voucher; or one of somebody else, for another service, or of another time.
    """
    found = VOUCHER.fullmatch(header)
    if found is None:
        raise Declined(HTTPStatus.UNAUTHORIZED, "UNAUTHORIZED", "a voucher is missing")
    token, key = found.groups()
    said = _signed(token, key)
    good = (
        key == shop
        and said.get("aud") == origin
        and isinstance(said.get("exp"), int)
        and clock.now() < said["exp"] <= clock.now() + DAY
        and str(said.get("sub", "")).startswith(("mailto:", "https:"))
    )
    if not good:
        raise Declined(HTTPStatus.FORBIDDEN, "FORBIDDEN", "the voucher is not good here")


def _signed(token: str, key: str) -> dict[str, Any]:
    """What ``token`` says, if ``key`` signed it with ES256; else nothing."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
    from cryptography.hazmat.primitives.hashes import SHA256

    try:
        head, said, signature = token.split(".")
        raw = unb64(signature)
        r, s = int.from_bytes(raw[:HALF]), int.from_bytes(raw[HALF:])
        public = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), unb64(key))
        public.verify(encode_dss_signature(r, s), f"{head}.{said}".encode(), ec.ECDSA(SHA256()))
        read = json.loads(unb64(said))
        right = json.loads(unb64(head)).get("alg") == "ES256"
    except (ValueError, InvalidSignature):
        return {}
    return read if right and isinstance(read, dict) else {}


def _expand(salt: bytes, material: bytes, info: bytes, length: int) -> bytes:
    """HKDF of RFC 5869 for at most one block, by hand."""
    import hmac

    extracted = hmac.digest(salt, material, "sha256")
    return hmac.digest(extracted, info + b"\x01", "sha256")[:length]
