"""Named secret keys in files that only the mall can read.

These are the mall's working keys (throttle, letters, certificates). The vault's root keys lie in the
same directory, but only the vault reads those.
"""

import os
import secrets
import stat
from contextlib import suppress
from functools import cache
from pathlib import Path

from yaksok.kernel.errors import YaksokError

KEY_BYTES = 32
PRIVATE_FILE = 0o600
PRIVATE_DIRECTORY = 0o700


class UnsafeKey(YaksokError):
    """A key is missing, damaged, or others can read it. The message says how to cure it."""


def directory() -> Path:
    """Where the keys lie: ``YAKSOK_KEYS``, else ``keys`` below ``YAKSOK_DATA``."""
    if chosen := os.environ.get("YAKSOK_KEYS"):
        return Path(chosen)
    data = os.environ.get("YAKSOK_DATA")
    if not data:
        msg = "no key directory: set YAKSOK_DATA or YAKSOK_KEYS"
        raise UnsafeKey(msg)
    return Path(data) / "keys"


def make_private(path: Path) -> None:
    """Make the directory ``path`` if it is not there, open to its owner only."""
    path.mkdir(mode=PRIVATE_DIRECTORY, parents=True, exist_ok=True)


def read_private(path: Path) -> bytes:
    """The bytes of a key file that nobody else can read.

    Raises:
        UnsafeKey: the file is missing, it belongs to somebody else, or its group or others may
            read it.
    """
    try:
        facts = path.stat()
    except FileNotFoundError:
        msg = (
            f"key {path.name} is missing from {path.parent}: bring it back from where keys are kept"
        )
        raise UnsafeKey(msg) from None
    if facts.st_uid not in {os.geteuid(), 0}:
        msg = f"key {path.name} belongs to somebody else, who can read it: chown {os.geteuid()} {path}"
        raise UnsafeKey(msg)
    if facts.st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        msg = f"key {path.name} can be read by others: chmod 600 {path}"
        raise UnsafeKey(msg)
    return path.read_bytes()


def write_private(path: Path, content: bytes) -> None:
    """Write a key file once, durably. An existing file is never replaced (FileExistsError)."""
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, PRIVATE_FILE)
    with os.fdopen(handle, "wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())
    try:
        os.link(draft, path)
    finally:
        draft.unlink()
    sync_directory(path.parent)


def sync_directory(path: Path) -> None:
    """Make what was created or removed in ``path`` survive a power cut."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@cache
def _named(folder: Path, name: str) -> bytes:
    path = folder / f"{name}.key"
    if not path.exists():
        make_private(folder)
        with suppress(FileExistsError):  # another worker was first: its key is the key
            write_private(path, secrets.token_bytes(KEY_BYTES))
    key = read_private(path)
    if len(key) != KEY_BYTES:
        msg = f"key {path.name} has {len(key)} bytes, needs {KEY_BYTES}: bring back the right file"
        raise UnsafeKey(msg)
    return key


def named_key(name: str) -> bytes:
    """The 32-byte key called ``name``, made at first use and kept for good."""
    return _named(directory(), name)
