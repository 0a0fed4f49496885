"""What a push service carries: content that one browser opens and nobody between (RFC 8291, RFC 8188).

Each message has a key pair and a salt of its own. It is filled up to a step of a kilobyte, so that its
length does not tell what it says.
"""

import secrets
import struct

MOST = 4096
"""Bytes of a sealed message that every push service takes (RFC 8291, section 4)."""

END = b"\x02"
"""Ends the content of the last record; what follows is filling (RFC 8188, section 2)."""

_SALT, _TAG, _POINT = 16, 16, 65
_ROOM = MOST - (_SALT + 4 + 1 + _POINT) - _TAG
LONGEST = _ROOM - len(END)
"""Bytes of content that fit."""

STEP = 1024


class TooLong(ValueError):
    """More than a push service carries."""


def seal(content: bytes, point: bytes, secret: bytes) -> bytes:
    """``content`` in one record of the encoding ``aes128gcm``, for whoever has the private key of ``point``.

    Arguments:
        point: The public key of the browser, 65 bytes, known to lie on the curve.
        secret: What the browser shares with us, 16 bytes.

    Raises:
        TooLong: it would not fit into 4096 bytes.
    """
    from cryptography.hazmat.primitives.asymmetric import ec  # at rest a process goes without

    if len(content) > LONGEST:
        raise TooLong
    filled = min(-(-(len(content) + len(END)) // STEP) * STEP, _ROOM)
    record = (content + END).ljust(filled, b"\x00")
    return seal_record(
        record,
        point,
        secret,
        once=ec.generate_private_key(ec.SECP256R1()).private_numbers().private_value,
        salt=secrets.token_bytes(_SALT),
    )


def seal_record(record: bytes, point: bytes, secret: bytes, *, once: int, salt: bytes) -> bytes:
    """A record that has its end and its filling, sealed by a private key and a salt for this one time."""
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

    pair = ec.derive_private_key(once, ec.SECP256R1())
    own = pair.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    theirs = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point)
    shared = pair.exchange(ec.ECDH(), theirs)
    material = _derived(shared, secret, b"WebPush: info\x00" + point + own, 32)
    key = _derived(material, salt, b"Content-Encoding: aes128gcm\x00", 16)
    nonce = _derived(material, salt, b"Content-Encoding: nonce\x00", 12)
    sealed = AESGCM(key).encrypt(nonce, record, None)
    return salt + struct.pack("!IB", MOST, len(own)) + own + sealed


def _derived(material: bytes, salt: bytes, info: bytes, length: int) -> bytes:
    """HKDF with SHA-256 (RFC 5869)."""
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    return HKDF(SHA256(), length, salt, info).derive(material)
