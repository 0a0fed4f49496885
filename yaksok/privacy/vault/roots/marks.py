"""What this machine remembers of root versions: small private files in the key directory.

``NAME-000007.made`` takes the number 7, so that nobody else gets it. ``.destroyed`` condemns it:
from then on nothing unwraps with it here. ``.receipt`` is the provider's word that it is gone.
"""

import fcntl
import json
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

from yaksok.database.private_files import open_lock
from yaksok.kernel import clock, keyring
from yaksok.privacy.vault.roots.port import Receipt

TENANT = "tenant.id"
TENANT_BYTES = 16


def make_tenant(directory: Path) -> None:
    """Make the key directory and the mall's random id in it, when they are not there."""
    keyring.make_private(directory)
    if not (directory / TENANT).exists():
        with suppress(FileExistsError):  # another process was first: its id is the id
            keyring.write_private(directory / TENANT, secrets.token_bytes(TENANT_BYTES))


class Marks:
    """The marks of one provider."""

    def __init__(self, directory: Path, prefix: str) -> None:
        self.directory = directory
        self._prefix = prefix

    def tenant(self) -> bytes:
        """16 random bytes, made with the directory."""
        return keyring.read_private(self.directory / TENANT)

    def path(self, version: int, ending: str) -> Path:
        """The file of a version."""
        return self.directory / f"{self._prefix}-{version:06d}.{ending}"

    def numbers(self, ending: str = "*") -> tuple[int, ...]:
        """Every version that has a mark with this ending, ascending."""
        found = self.directory.glob(f"{self._prefix}-*.{ending}")
        return tuple(sorted({int(path.stem.rpartition("-")[2]) for path in found}))

    def take(self, version: int) -> bool:
        """Take a number; False when somebody else was first."""
        try:
            keyring.write_private(self.path(version, "made"), b"")
        except FileExistsError:
            return False
        return True

    def condemned(self, version: int) -> bool:
        """Whether the version was given up."""
        return self.path(version, "destroyed").exists()

    def condemn(self, version: int) -> None:
        """Give the version up, durably, before anything of it is touched."""
        with suppress(FileExistsError):
            keyring.write_private(self.path(version, "destroyed"), clock.now().isoformat().encode())

    @contextmanager
    def one_at_a_time(self, what: str) -> Iterator[None]:
        """No other process of this mall on this machine does ``what`` meanwhile."""
        if not self.directory.is_dir():
            yield  # no mall yet, and nobody to wait for
            return
        with open_lock(self.directory / f"{what}.lock") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def receipt(self, version: int) -> Receipt | None:
        """The receipt that was kept."""
        path = self.path(version, "receipt")
        if not path.exists():
            return None
        kept = json.loads(keyring.read_private(path))
        return Receipt(
            version,
            datetime.fromisoformat(kept["at"]),
            kept["provider"],
            kept["evidence"],
            datetime.fromisoformat(kept["effective_at"]),
        )

    def keep(self, receipt: Receipt) -> Receipt:
        """Keep a receipt; of two processes that destroyed at once, the first one's counts for both."""
        content = {
            "version": receipt.version,
            "at": receipt.at.isoformat(),
            "provider": receipt.provider,
            "evidence": receipt.evidence,
            "effective_at": receipt.effective_at.isoformat(),
        }
        with suppress(FileExistsError):
            keyring.write_private(
                self.path(receipt.version, "receipt"), json.dumps(content).encode()
            )
        return self.receipt(receipt.version) or receipt
