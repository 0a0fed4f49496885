"""Who we are to a push service: a key pair of the mall, and a voucher signed by it (VAPID, RFC 8292).

A browser binds its endpoint to our public key when its owner agrees; nobody else can write to it. The
key is made at first use, beside the mall's other working keys. With another one every endpoint is dead.
"""

import json
from base64 import urlsafe_b64encode
from datetime import timedelta

from yaksok.kernel import clock
from yaksok.kernel.keyring import named_key
from yaksok.policy.in_force import policy

KEY = "push"
GOOD_FOR = timedelta(hours=1)
"""A service takes vouchers of up to a day."""

_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
"""The number of points of P-256 (SP 800-186, section 3.2.1.3)."""
_HALF = 32


def public_key() -> str:
    """Our public key, as browsers and push services want it: 65 bytes in Base64 for URLs."""
    from cryptography.hazmat.primitives.asymmetric import ec  # at rest a process goes without
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

    pair = ec.derive_private_key(_number(), ec.SECP256R1())
    return _b64(pair.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint))


def voucher(origin: str) -> str:
    """The header ``Authorization`` for the push service at ``origin``: good for it alone, for an hour.

    It says which mall writes and where its keeper is reached, and nothing about who is written to.
    """
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
    from cryptography.hazmat.primitives.hashes import SHA256

    said = {
        "aud": origin,
        "exp": int((clock.now() + GOOD_FOR).timestamp()),
        "sub": f"mailto:{policy().document.body.mall.email}",
    }
    signed = f"{_json({'typ': 'JWT', 'alg': 'ES256'})}.{_json(said)}"
    pair = ec.derive_private_key(_number(), ec.SECP256R1())
    r, s = decode_dss_signature(pair.sign(signed.encode(), ec.ECDSA(SHA256())))
    signature = _b64(r.to_bytes(_HALF) + s.to_bytes(_HALF))
    return f"vapid t={signed}.{signature}, k={public_key()}"


def _number() -> int:
    """The private key: the mall's 32 bytes as a number that the curve takes."""
    return int.from_bytes(named_key(KEY)) % (_ORDER - 1) + 1


def _json(said: dict[str, object]) -> str:
    return _b64(json.dumps(said, separators=(",", ":")).encode())


def _b64(raw: bytes) -> str:
    return urlsafe_b64encode(raw).rstrip(b"=").decode()
