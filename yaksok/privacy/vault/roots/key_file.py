"""Root keys in files: the default provider, which needs nothing and promises least."""

import os
import secrets
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from yaksok.kernel import keyring
from yaksok.privacy.vault.cipher import cipher, unfit
from yaksok.privacy.vault.roots.marks import TENANT, make_tenant
from yaksok.privacy.vault.roots.port import Unfit
from yaksok.privacy.vault.roots.provider import FILE, Provider

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

NONCE_BYTES = 12
KEY_BYTES = 32


class KeyFile(Provider):
    """Root keys in files, one a version, AES-256-GCM.

    The directory belongs outside PostgreSQL's data and outside every backup of it. A file that
    others can read is refused. Destroying overwrites and removes the file; on a disk that copies on
    write, keeps snapshots or levels wear, the old bytes may stay behind. Say how long snapshots live
    with ``YAKSOK_ROOT_KEPT_DAYS``; the providers that destroy inside hardware have no such remnant.
    """

    name = FILE
    prefix = "root"

    @classmethod
    def create(cls, directory: Path) -> "KeyFile":
        """The key directory at ``directory``, made when it is not there."""
        make_tenant(directory)
        return cls(directory)

    def _claim(self, version: int) -> bool:
        if version in self._marks.numbers():
            return False
        try:
            self._make(version)
        except FileExistsError:
            return False
        return True

    def _make(self, version: int) -> None:
        keyring.write_private(self._marks.path(version, "key"), secrets.token_bytes(KEY_BYTES))

    def _living(self) -> tuple[int, ...]:
        return self._marks.numbers("key")

    def _cipher(self, version: int) -> "AESGCM":
        key = keyring.read_private(self._marks.path(version, "key"))
        if len(key) != KEY_BYTES:
            msg = f"root key {version} has {len(key)} bytes, needs {KEY_BYTES}"
            raise Unfit(msg, cure="bring back the right file")
        return cipher(key)

    def _seal(self, version: int, plain: bytes, label: bytes) -> bytes:
        nonce = os.urandom(NONCE_BYTES)
        return nonce + self._cipher(version).encrypt(nonce, plain, label)

    def _open(self, version: int, sealed: bytes, label: bytes) -> bytes:
        chosen = self._cipher(version)
        try:
            return chosen.decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], label)
        except (unfit(), ValueError):
            raise self._foreign(version) from None

    def _never_here(self, version: int, living: tuple[int, ...]) -> None:
        """A missing file may lie elsewhere, where it would live on: it is asked for."""
        keyring.read_private(self._marks.path(version, "key"))
        super()._never_here(version, living)

    def _end(self, version: int) -> tuple[str, datetime | None]:
        path = self._marks.path(version, "key")
        try:
            with path.open("r+b") as stream:
                stream.write(secrets.token_bytes(KEY_BYTES))
                stream.flush()
                os.fsync(stream.fileno())
            path.unlink()
        except FileNotFoundError:
            return "the file is not there any more", None
        keyring.sync_directory(self._marks.directory)
        return "overwritten, removed, and the directory written to disk", None

    def _look(self) -> str:
        folder = self._marks.directory
        if not (folder / TENANT).exists():
            return f"none yet; made in {folder} at the first start"
        for version in self.versions():
            self._cipher(version)
        return f"{len(self.versions())} in {folder}"
