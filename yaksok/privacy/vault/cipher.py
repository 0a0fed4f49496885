"""AES-256-GCM and AES-256-GCM-SIV, brought in when the first key is used.

The library has an OpenSSL of its own, 7 MB of each process; one that only shows goods goes without.

A host that is put back to a snapshot may draw the same random nonce twice. Under GCM that gives both
texts away; under GCM-SIV (RFC 8452) it tells only whether they are equal. ``YAKSOK_CIPHER`` chooses
what new records are sealed with; both can be read at any time.
"""

import hashlib
import hmac
import os
from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING, Protocol

from yaksok.kernel.errors import YaksokError

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

GCM = 1
GCM_SIV = 2
ALGORITHMS = {"gcm": GCM, "gcm-siv": GCM_SIV}
"""What ``YAKSOK_CIPHER`` can be, and the byte by which a sealed row names it."""

CHOOSES = "YAKSOK_CIPHER"
MARK_BYTES = 4


class Aead(Protocol):
    """Seals and opens under one key."""

    def encrypt(self, nonce: bytes, data: bytes, associated_data: bytes | None) -> bytes:
        """``data`` and its tag."""

    def decrypt(self, nonce: bytes, data: bytes, associated_data: bytes | None) -> bytes:
        """What :meth:`encrypt` was given; raises :func:`unfit` when the tag does not fit."""


class CipherUnavailable(YaksokError):
    """The cipher that was chosen does not exist here. Carries its cure."""


@cache
def chosen() -> int:
    """The algorithm that new records are sealed with.

    Raises:
        CipherUnavailable: ``YAKSOK_CIPHER`` names none, or this machine's library lacks it.
    """
    name = os.environ.get(CHOOSES, "gcm")
    if name not in ALGORITHMS:
        msg = f"{CHOOSES} names no cipher; cure: set it to {' or '.join(ALGORITHMS)}, or unset it"
        raise CipherUnavailable(msg)
    from cryptography.exceptions import UnsupportedAlgorithm

    try:
        aead(ALGORITHMS[name])(bytes(32))
    except UnsupportedAlgorithm:
        msg = f"no {name} here; cure: a cryptography package with OpenSSL 3.2, or {CHOOSES}=gcm"
        raise CipherUnavailable(msg) from None
    return ALGORITHMS[name]


@cache
def aead(algorithm: int) -> Callable[[bytes], Aead]:
    """What makes a cipher of a key. KeyError for an algorithm that is not known here."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM, AESGCMSIV

    makers: dict[int, Callable[[bytes], Aead]] = {GCM: AESGCM, GCM_SIV: AESGCMSIV}
    return makers[algorithm]


def cipher(key: bytes) -> "AESGCM":
    """AES-256-GCM under ``key``. Cost: 30 ns more than the library's own constructor."""
    return _aesgcm()(key)


@cache
def unfit() -> type[Exception]:
    """What a cipher raises when a tag does not fit, for an ``except`` clause."""
    from cryptography.exceptions import InvalidTag

    return InvalidTag


@cache
def _aesgcm() -> "type[AESGCM]":
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    return AESGCM


class Kek:
    """A key that wraps data keys, ready for either algorithm. Never shown, never pickled.

    GCM-SIV works under a key derived from it, so that no key serves two algorithms.
    """

    __slots__ = ("_key", "_marks", "_ready")

    def __init__(self, key: bytes) -> None:
        self._key = key
        self._ready: dict[int, Aead] = {}
        self._marks: dict[int, bytes] = {}

    def aead(self, algorithm: int) -> Aead:
        """The cipher for ``algorithm``. KeyError when it is not known here."""
        ready = self._ready.get(algorithm)
        if ready is None:
            key = self._key
            if algorithm == GCM_SIV:
                key = hmac.digest(key, b"AES-256-GCM-SIV", "sha256")
            ready = self._ready[algorithm] = aead(algorithm)(key)
        return ready

    def mark(self, epoch: int) -> bytes:
        """32 bits that tell what was wrapped by this key in ``epoch`` from what was not."""
        mark = self._marks.get(epoch)
        if mark is None:
            mark = hashlib.sha256(b"mark" + self._key + epoch.to_bytes(8)).digest()[:MARK_BYTES]
            self._marks = {epoch: mark}
        return mark
