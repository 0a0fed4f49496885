"""Seal and open one record under a key of its own.

AES-256-GCM with a random 96-bit nonce (NIST SP 800-38D). Each record has a random key that seals
only this record, so nonces cannot meet. GCM does not commit to its key, so an HMAC-SHA256 under the
data key is stored and checked before anything is decrypted.
"""

import hmac
import os
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from yaksok.kernel.errors import Tampered
from yaksok.privacy.vault.cipher import cipher, unfit

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

VERSION = 1
VERSION_BYTE = bytes([VERSION])
KEY_BYTES = 32
NONCE_BYTES = 12
TAG_BYTES = 16
INDEX_BYTES = 16
WRAPPED_BYTES = NONCE_BYTES + KEY_BYTES + TAG_BYTES


class UnknownFormat(Tampered):
    """Stored bytes are of a format this version does not know. A newer Yaksok wrote them."""


class WrongEpoch(Tampered):
    """A data key is not of the epoch its row names."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a record belongs. A record moved to another place does not open."""

    tenant: bytes
    subject: UUID
    record: UUID
    kind: str

    def label(self) -> bytes:
        """What authenticates everything of this record: length-prefixed place and format version."""
        kind = self.kind.encode()
        return b"".join(
            (
                VERSION_BYTE,
                len(self.tenant).to_bytes(2),
                self.tenant,
                self.subject.bytes,
                self.record.bytes,
                len(kind).to_bytes(2),
                kind,
            )
        )


@dataclass(frozen=True, slots=True)
class SealedKey:
    """A wrapped data key (60 bytes) and the commitment to it (32 bytes)."""

    wrapped: bytes
    commitment: bytes


def new_key() -> bytes:
    """32 random bytes."""
    return os.urandom(KEY_BYTES)


def commitment(key: bytes, label: bytes) -> bytes:
    """What binds a record to exactly one key."""
    return hmac.digest(key, b"commitment" + label, "sha256")


def _of_wrap(label: bytes, epoch: int) -> bytes:
    """The epoch stands here alone: closing one rewrites no data."""
    return b"wrap" + epoch.to_bytes(8) + label


def wrap(kek: "AESGCM", key: bytes, label: bytes, epoch: int) -> SealedKey:
    """``key`` under ``kek``, for the place of ``label`` in this epoch only."""
    nonce = os.urandom(NONCE_BYTES)
    wrapped = nonce + kek.encrypt(nonce, key, _of_wrap(label, epoch))
    return SealedKey(wrapped, commitment(key, label))


def unwrap(kek: "AESGCM", sealed: SealedKey, label: bytes, epoch: int) -> bytes:
    """The data key of one record.

    Raises:
        WrongEpoch: the key was not wrapped for this place in this epoch under this KEK.
        Tampered: the key is not the one that the record was sealed under.
    """
    wrapped = sealed.wrapped
    if len(wrapped) != WRAPPED_BYTES:
        msg = f"a wrapped key has {len(wrapped)} bytes, needs {WRAPPED_BYTES}"
        raise UnknownFormat(msg)
    try:
        key = kek.decrypt(wrapped[:NONCE_BYTES], wrapped[NONCE_BYTES:], _of_wrap(label, epoch))
    except unfit():
        msg = f"a data key does not open in epoch {epoch}: altered, moved, or of another epoch"
        raise WrongEpoch(msg) from None
    if not hmac.compare_digest(commitment(key, label), sealed.commitment):
        msg = "a data key does not match its commitment"
        raise Tampered(msg)
    return key


def seal(key: bytes, content: bytes, label: bytes) -> bytes:
    """``content`` under ``key``: version byte, nonce, ciphertext with tag."""
    nonce = os.urandom(NONCE_BYTES)
    return VERSION_BYTE + nonce + cipher(key).encrypt(nonce, content, b"record" + label)


def unseal(key: bytes, sealed: bytes, label: bytes) -> bytes:
    """The content that :func:`seal` was given.

    Raises:
        UnknownFormat: another format version, or too short to be a record.
        Tampered: not sealed under this key, for this place, or altered since.
    """
    if sealed[:1] != VERSION_BYTE or len(sealed) < 1 + NONCE_BYTES + TAG_BYTES:
        msg = f"a sealed record is not of format {VERSION}"
        raise UnknownFormat(msg)
    nonce, body = sealed[1 : 1 + NONCE_BYTES], sealed[1 + NONCE_BYTES :]
    try:
        return cipher(key).decrypt(nonce, body, b"record" + label)
    except unfit():
        msg = "a sealed record failed authentication"
        raise Tampered(msg) from None


def digest(index_key: bytes, tenant: bytes, kind: str, value: str) -> bytes:
    """128 bits that find ``value`` under this epoch's index key, and tell nothing without it."""
    label = kind.encode()
    message = len(tenant).to_bytes(2) + tenant + len(label).to_bytes(2) + label + value.encode()
    return hmac.digest(index_key, message, "sha256")[:INDEX_BYTES]
