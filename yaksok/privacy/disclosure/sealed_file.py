"""A file that only a password opens, with a program that every office has.

The layout is that of ``openssl enc``: AES-256-CBC under a key of PBKDF2-HMAC-SHA256. CBC does not tell
whether a byte was changed on the way, so the register keeps the fingerprint of the file, and the
officer tells it to the receiver by another way.
Open it with ``openssl enc -d -aes-256-cbc -pbkdf2 -iter 600000 -in FILE``.
"""

import hashlib
import os

ITERATIONS = 600_000
LEAST = 12
"""The shortest password, in characters."""
_KEY, _IV, _SALT, _BLOCK_BITS = 32, 16, 8, 128


def sealed(content: bytes, password: str) -> bytes:
    """``content`` under ``password``: at least 12 characters, agreed with the receiver and not kept.

    Raises:
        ValueError: the password is too short.
    """
    if len(password) < LEAST:
        msg = f"a password of at least {LEAST} characters is needed"
        raise ValueError(msg)
    from cryptography.hazmat.primitives import hashes, padding  # only who seals a file needs it
    from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
    from cryptography.hazmat.primitives.kdf.pbkdf2 import PBKDF2HMAC

    salt = os.urandom(_SALT)
    derived = PBKDF2HMAC(hashes.SHA256(), _KEY + _IV, salt, ITERATIONS).derive(password.encode())
    padder = padding.PKCS7(_BLOCK_BITS).padder()
    padded = padder.update(content) + padder.finalize()
    cipher = Cipher(algorithms.AES(derived[:_KEY]), modes.CBC(derived[_KEY:])).encryptor()
    return b"Salted__" + salt + cipher.update(padded) + cipher.finalize()


def fingerprint(sealed_content: bytes) -> str:
    """What tells this file from every other: its SHA-256, as ``sha256sum`` writes it."""
    return hashlib.sha256(sealed_content).hexdigest()
