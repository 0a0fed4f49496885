"""The root of all keys: a provider that wraps, unwraps, and destroys for good."""

import os
import secrets
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from yaksok.kernel import clock, keyring
from yaksok.kernel.errors import Shredded
from yaksok.privacy.vault.cipher import cipher, unfit

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

NONCE_BYTES = 12
KEY_BYTES = 32
TENANT_BYTES = 16


@dataclass(frozen=True, slots=True)
class Destruction:
    """A provider's word that a root version is gone, and since when."""

    version: int
    at: datetime
    provider: str


class Root(Protocol):
    """What the vault needs of a key provider."""

    max_destroy_delay: timedelta
    """The longest time from asking for destruction to its being final."""

    @property
    def tenant(self) -> bytes:
        """Which mall this is; part of what authenticates every record."""

    def new_version(self) -> int:
        """Make a new root version and return its number."""

    def wrap(self, version: int, plain: bytes, label: bytes) -> bytes:
        """``plain`` under root ``version``, usable with ``label`` only."""

    def unwrap(self, version: int, wrapped: bytes, label: bytes) -> bytes:
        """What :meth:`wrap` was given. Shredded when the version is destroyed."""

    def destroy(self, version: int) -> Destruction:
        """Destroy a version. Doing it twice is no error."""


class KeyFile:
    """Root keys in files: the default provider.

    The directory belongs outside PostgreSQL's data and outside every backup of it. A file that
    others can read is refused.
    """

    max_destroy_delay = timedelta(0)

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self._tenant = keyring.read_private(directory / "tenant.id")

    @classmethod
    def create(cls, directory: Path) -> "KeyFile":
        """The key directory at ``directory``, made when it is not there."""
        keyring.make_private(directory)
        if not (directory / "tenant.id").exists():
            with suppress(FileExistsError):  # another process was first: its id is the id
                keyring.write_private(directory / "tenant.id", secrets.token_bytes(TENANT_BYTES))
        return cls(directory)

    @property
    def tenant(self) -> bytes:
        """16 random bytes, made with the directory."""
        return self._tenant

    def _path(self, version: int) -> Path:
        return self._directory / f"root-{version:06d}.key"

    def new_version(self) -> int:
        """A new version, durable on disk before its number is returned.

        A number is never given twice: the count of versions ever made is kept in a file name.
        """
        marks = self._directory.glob("root-*.*")
        last = max((int(path.stem.removeprefix("root-")) for path in marks), default=0)
        keyring.write_private(self._path(last + 1), secrets.token_bytes(KEY_BYTES))
        return last + 1

    def _cipher(self, version: int) -> "AESGCM":
        path = self._path(version)
        if not path.exists() and path.with_suffix(".destroyed").exists():
            msg = f"root version {version} was destroyed: what it wrapped is gone for good"
            raise Shredded(msg)
        return cipher(keyring.read_private(path))

    def wrap(self, version: int, plain: bytes, label: bytes) -> bytes:
        """AES-256-GCM under the file's key."""
        nonce = os.urandom(NONCE_BYTES)
        return nonce + self._cipher(version).encrypt(nonce, plain, label)

    def unwrap(self, version: int, wrapped: bytes, label: bytes) -> bytes:
        """What was wrapped.

        Raises:
            Shredded: the version was destroyed.
            UnsafeKey: the key file is missing, unsafe, or not the one that wrapped this.
        """
        wrapped = bytes(wrapped)
        try:
            return self._cipher(version).decrypt(
                wrapped[:NONCE_BYTES], wrapped[NONCE_BYTES:], label
            )
        except unfit():
            msg = (
                f"root key {version} in {self._directory} is not the one this database was sealed"
                " with: bring back the key directory that belongs to it"
            )
            raise keyring.UnsafeKey(msg) from None

    def destroy(self, version: int) -> Destruction:
        """Overwrite the key file, remove it, and leave a mark so that its number is not reused.

        On a copy-on-write or wear-levelled disk, overwriting may leave the old bytes behind; the
        providers that destroy inside hardware do not.
        """
        path = self._path(version)
        mark = path.with_suffix(".destroyed")
        if not mark.exists():
            keyring.write_private(mark, clock.now().isoformat().encode())
        if path.exists():
            with path.open("r+b") as stream:
                stream.write(secrets.token_bytes(KEY_BYTES))
                stream.flush()
                os.fsync(stream.fileno())
            path.unlink()
            keyring.sync_directory(self._directory)
        return Destruction(version, clock.now(), "key file")
