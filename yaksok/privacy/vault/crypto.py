"""Seal and open one record under a key of its own.

AES-256-GCM with a random 96-bit nonce (NIST SP 800-38D), or AES-256-GCM-SIV (RFC 8452). Each record
has a random key that seals only this record, so nonces cannot meet. Neither cipher commits to its
key, so a hash of the data key and its place is stored and checked before anything is decrypted.

A wrapped key is: algorithm, mark of the key that wraps, seat, nonce, key with tag. A sealed record is:
format, algorithm, seat, nonce, content with tag. All that stands before the nonce is authenticated.
"""

import hashlib
import hmac
import os
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from uuid import UUID

from yaksok.privacy.vault import cipher, padding
from yaksok.privacy.vault.cipher import MARK_BYTES, Kek
from yaksok.privacy.vault.faults import (
    Altered,
    Fault,
    Misplaced,
    OldFormat,
    Truncated,
    UnknownAlgorithm,
    UnknownFormat,
    WrongEpoch,
    WrongKey,
)

FORMAT = 2
FORMAT_BYTE = bytes([FORMAT])
OLD_FORMAT = 1
OLD_WRAPPED_BYTES = 60
KEY_BYTES = 32
NONCE_BYTES = 12
TAG_BYTES = 16
INDEX_BYTES = 16
SEAT_BYTES = 4

_WRAP_HEAD = 1 + MARK_BYTES + SEAT_BYTES
_WRAP_BODY = _WRAP_HEAD + NONCE_BYTES
WRAPPED_BYTES = _WRAP_BODY + KEY_BYTES + TAG_BYTES
_SEAL_HEAD = 2 + SEAT_BYTES
_SEAL_BODY = _SEAL_HEAD + NONCE_BYTES

KEY = "a data key"
RECORD = "a sealed record"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a record belongs. A record moved to another place does not open."""

    tenant: bytes
    subject: UUID
    record: UUID
    kind: str

    def label(self) -> bytes:
        """What authenticates everything of this record: length-prefixed place and format version."""
        subject, record = self.subject.int.to_bytes(16), self.record.int.to_bytes(16)
        before, after = _around(self.tenant, self.kind)
        return before + subject + record + after


@lru_cache(64)
def _around(tenant: bytes, kind: str) -> tuple[bytes, bytes]:
    return label_around(tenant, kind.encode())


def label_around(tenant: bytes, kind: bytes) -> tuple[bytes, bytes]:
    """What stands in a label before the ids and after them."""
    return FORMAT_BYTE + len(tenant).to_bytes(2) + tenant, len(kind).to_bytes(2) + kind


@dataclass(frozen=True, slots=True)
class SealedKey:
    """A wrapped data key (69 bytes) and the commitment to it (32 bytes)."""

    wrapped: bytes
    commitment: bytes


def new_key() -> bytes:
    """32 random bytes."""
    return os.urandom(KEY_BYTES)


def commitment(key: bytes, label: bytes) -> bytes:
    """What binds a record to exactly one key: SHA-256 of its place and the key.

    The key is random and comes last, so the hash neither tells it nor can be carried further.
    """
    return hashlib.sha256(b"commitment" + label + key).digest()


def _seat(label: bytes) -> bytes:
    """32 bits by which a moved row is told from an altered one."""
    return hashlib.sha256(b"seat" + label).digest()[:SEAT_BYTES]


def wrap(kek: Kek, key: bytes, label: bytes, epoch: int) -> SealedKey:
    """``key`` under ``kek``, for the place of ``label`` in this epoch only.

    The epoch stands here alone: closing one rewrites no data.
    """
    algorithm = cipher.chosen()
    head = bytes((algorithm,)) + kek.mark(epoch) + _seat(label)
    nonce = os.urandom(NONCE_BYTES)
    body = kek.aead(algorithm).encrypt(nonce, key, b"wrap" + epoch.to_bytes(8) + head + label)
    return SealedKey(head + nonce + body, commitment(key, label))


def unwrap(kek: Kek, sealed: SealedKey, label: bytes, epoch: int) -> bytes:
    """The data key of one record.

    Raises:
        Fault: one of its kinds says why the key is not believed.
    """
    wrapped = sealed.wrapped
    if len(wrapped) != WRAPPED_BYTES:
        raise _wrong_size(len(wrapped))
    bound = b"wrap" + epoch.to_bytes(8) + wrapped[:_WRAP_HEAD] + label
    try:
        key = kek.aead(wrapped[0]).decrypt(
            wrapped[_WRAP_HEAD:_WRAP_BODY], wrapped[_WRAP_BODY:], bound
        )
    except KeyError:
        raise UnknownAlgorithm(KEY) from None
    except cipher.unfit():
        raise _unfit_key(kek, wrapped, label, epoch) from None
    if commitment(key, label) != sealed.commitment:  # both are no secrets
        raise WrongKey(KEY)
    return key


class Rewrap:
    """Wraps many data keys anew, from one epoch's key to the next one's.

    The commitment stays, and so does the seat, which was authenticated.

    Cost: 4 µs a key, half of it the cipher; whatever does not fit goes through :func:`unwrap`.
    """

    def __init__(self, old: Kek, new: Kek, epochs: tuple[int, int]) -> None:
        self._old, self._epoch = old, epochs[0]
        self._algorithm = cipher.chosen()
        self._was, self._is = (b"wrap" + epoch.to_bytes(8) for epoch in epochs)
        self._decrypt = old.aead(self._algorithm).decrypt
        self._encrypt = new.aead(self._algorithm).encrypt
        self._head = bytes((self._algorithm,)) + new.mark(epochs[1])

    def __call__(
        self, wrapped: bytes, committed: bytes, label: bytes, nonce: bytes
    ) -> tuple[bytes, bytes]:
        """The data key, and what is stored of it now; ``nonce`` is random and used once.

        Raises:
            Fault: like :func:`unwrap`.
        """
        head = wrapped[:_WRAP_HEAD]
        key = b""
        if len(wrapped) == WRAPPED_BYTES and wrapped[0] == self._algorithm:
            with suppress(cipher.unfit()):
                bound = self._was + head + label
                key = self._decrypt(wrapped[_WRAP_HEAD:_WRAP_BODY], wrapped[_WRAP_BODY:], bound)
        if not key or commitment(key, label) != committed:
            key = unwrap(self._old, SealedKey(wrapped, committed), label, self._epoch)
        head = self._head + head[1 + MARK_BYTES :]
        return key, head + nonce + self._encrypt(nonce, key, self._is + head + label)


def _wrong_size(size: int) -> Fault:
    if size == OLD_WRAPPED_BYTES:
        return OldFormat(KEY)
    return Truncated(KEY) if size < WRAPPED_BYTES else UnknownFormat(KEY)


def _unfit_key(kek: Kek, wrapped: bytes, label: bytes, epoch: int) -> Fault:
    mark, seat = wrapped[1 : 1 + MARK_BYTES], wrapped[1 + MARK_BYTES : _WRAP_HEAD]
    if seat != _seat(label):
        return Misplaced(KEY)
    if mark != kek.mark(epoch):
        return WrongEpoch(f"{KEY} in epoch {epoch}")
    return Altered(KEY)


def seal(key: bytes, content: bytes, label: bytes) -> bytes:
    """``content`` under ``key``."""
    algorithm = cipher.chosen()
    head = bytes((FORMAT, algorithm)) + _seat(label)
    nonce = os.urandom(NONCE_BYTES)
    body = cipher.aead(algorithm)(key).encrypt(nonce, content, b"record" + head + label)
    return head + nonce + body


def unseal(key: bytes, sealed: bytes, label: bytes) -> bytes:
    """The content that :func:`seal` was given.

    Raises:
        Fault: one of its kinds says why the record is not believed.
    """
    if len(sealed) <= _SEAL_BODY or sealed[0] != FORMAT:
        raise _unreadable(sealed)
    try:
        return cipher.aead(sealed[1])(key).decrypt(
            sealed[_SEAL_HEAD:_SEAL_BODY],
            sealed[_SEAL_BODY:],
            b"record" + sealed[:_SEAL_HEAD] + label,
        )
    except KeyError:
        raise UnknownAlgorithm(RECORD) from None
    except cipher.unfit():
        raise _unfit_record(sealed, label) from None


def _unreadable(sealed: bytes) -> Fault:
    if sealed and sealed[0] != FORMAT:
        return OldFormat(RECORD) if sealed[0] == OLD_FORMAT else UnknownFormat(RECORD)
    return Truncated(RECORD)


def _unfit_record(sealed: bytes, label: bytes) -> Fault:
    size = len(sealed) - _SEAL_BODY - TAG_BYTES
    if size < padding.SMALLEST or padding.bucket(size) != size:
        return Truncated(RECORD)
    if sealed[2:_SEAL_HEAD] != _seat(label):
        return Misplaced(RECORD)
    return Altered(RECORD)


def digest(index_key: bytes, tenant: bytes, kind: str, value: str) -> bytes:
    """128 bits that find ``value`` under this epoch's index key, and tell nothing without it."""
    label = kind.encode()
    message = len(tenant).to_bytes(2) + tenant + len(label).to_bytes(2) + label + value.encode()
    return hmac.digest(index_key, message, "sha256")[:INDEX_BYTES]
