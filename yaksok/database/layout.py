"""Where the mall keeps what, below its one data directory."""

import contextlib
import os
import stat
from dataclasses import dataclass
from pathlib import Path

SOCKET_PATH_LIMIT = 100
"""Bytes of a unix socket's path that every platform takes (Linux 107, others less)."""

SECRET_BYTES = 32


def default_root() -> Path:
    """The data directory when nobody names one: ``/var/lib/yaksok`` for root, else the XDG place."""
    if os.geteuid() == 0:
        return Path("/var/lib/yaksok")
    share = os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share"
    return Path(share) / "yaksok"


@dataclass(frozen=True, slots=True)
class DataDirectory:
    """Paths below one data directory. Making this object touches nothing on disk.

    Everything below ``root`` is private to its owner (0700, files 0600); a server that runs as
    another user may pass through ``root`` but not list it.
    """

    root: Path

    @classmethod
    def from_environment(cls) -> "DataDirectory":
        """The directory that ``YAKSOK_DATA`` names, else the default one."""
        named = os.environ.get("YAKSOK_DATA")
        return cls(Path(named).absolute() if named else default_root())

    @property
    def postgres(self) -> Path:
        """All that belongs to the embedded server."""
        return self.root / "postgres"

    @property
    def cluster(self) -> Path:
        """PostgreSQL's own data directory."""
        return self.postgres / "data"

    @property
    def socket(self) -> Path:
        """Directory of the embedded server's socket; the only way to reach that server.

        Below the data directory, or, when that path is too long for a socket, in a private
        directory of the machine's temporary space that is named after the data directory.
        """
        near = self.postgres / "socket"
        if len(os.fsencode(near)) + len("/.s.PGSQL.5432.lock") <= SOCKET_PATH_LIMIT:
            return near
        import hashlib  # brings OpenSSL, 4 MB, which the supervisor would keep for good
        import tempfile

        digest = hashlib.sha256(os.fsencode(self.root)).hexdigest()[:16]
        return Path(tempfile.gettempdir()) / f"yaksok-{digest}"

    @property
    def secrets(self) -> Path:
        """Passwords of the database roles and the like; one file each."""
        return self.root / "secrets"

    @property
    def keys(self) -> Path:
        """The vault's key file, unless ``YAKSOK_KEYS`` names a better place."""
        named = os.environ.get("YAKSOK_KEYS")
        return Path(named).absolute() if named else self.root / "keys"

    @property
    def unfinished_restore(self) -> Path:
        """While this file is there, what is below is half restored and must not be opened."""
        return self.root / "restore.unfinished"

    @property
    def logs(self) -> Path:
        """Logs of the mall's processes. No personal data stands in them."""
        return self.root / "logs"

    @property
    def media(self) -> Path:
        """Pictures of goods, named by their hash."""
        return self.root / "media"

    @property
    def sandbox(self) -> Path:
        """What the demo's sandbox servers keep."""
        return self.root / "sandbox"

    def create(self) -> None:
        """Make the directory and its private parts; a second call changes nothing.

        One that was there already is closed: nobody else may put a key or a secret into it.

        Raises:
            OSError: the place cannot be written. Choose another, or give the user rights to it.
        """
        self.root.mkdir(mode=0o700, parents=True, exist_ok=True)
        _take_away(0o022, self.root)
        for part in (self.postgres, self.secrets, self.logs, self.media, self.sandbox):
            part.mkdir(mode=0o700, exist_ok=True)
            _take_away(0o077, part)

    def known_credential(self, name: str) -> str:
        """The secret called ``name``, or "" when none was made yet."""
        try:
            return (self.secrets / name).read_text(encoding="ascii")
        except FileNotFoundError:
            return ""

    def credential(self, name: str) -> str:
        """The secret called ``name``: 256 random bits, made at the first call and kept in a file.

        Two processes that ask at the same moment get the same secret.
        """
        path = self.secrets / name
        if known := self.known_credential(name):
            return known
        self.secrets.mkdir(mode=0o700, parents=True, exist_ok=True)
        draft = self.secrets / f".{name}.{os.urandom(4).hex()}"
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(os.urandom(SECRET_BYTES).hex())
            file.flush()
            os.fsync(file.fileno())
        with contextlib.suppress(FileExistsError):
            os.link(draft, path)
        draft.unlink()
        return path.read_text(encoding="ascii")


def _take_away(rights: int, path: Path) -> None:
    """Take ``rights`` away from ``path`` if it is ours to close."""
    facts = path.stat()
    if facts.st_uid == os.geteuid() and facts.st_mode & rights:
        path.chmod(stat.S_IMODE(facts.st_mode) & ~rights)
