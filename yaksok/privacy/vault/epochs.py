"""The periods of keys: which one is open, and the two keys of each."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.db import connection

from yaksok.kernel import clock, keyring
from yaksok.kernel.errors import Shredded
from yaksok.privacy.vault import crypto
from yaksok.privacy.vault.keys import KeyFile, Root

LOCK = 0x59414B53
"""PostgreSQL advisory lock: shared by all who seal or find, alone for the one who closes."""

SELECT = "SELECT number, root_version, kek, index_key, opened_at FROM vault_epoch"


@dataclass(frozen=True, slots=True)
class Epoch:
    """One period, its keys ready to use. Lives in memory only."""

    number: int
    root_version: int
    kek: AESGCM
    index_key: bytes
    opened_at: datetime


_known: dict[int, Epoch] = {}


@cache
def root() -> Root:
    """The provider of root keys. One per process."""
    return KeyFile.create(keyring.directory())


def _label(name: str, number: int) -> bytes:
    return f"{name}:{number}".encode()


def _load(row: tuple[int, int, bytes, bytes, datetime]) -> Epoch:
    number, version, kek, index_key, opened_at = row
    if number not in _known:
        _known[number] = Epoch(
            number,
            version,
            AESGCM(root().unwrap(version, kek, _label("kek", number))),
            root().unwrap(version, index_key, _label("index", number)),
            opened_at,
        )
    return _known[number]


def current() -> Epoch:
    """The open epoch, held open until the transaction ends: it cannot close in between.

    The first call on an empty database opens epoch 1. Keys of older epochs are dropped from
    this process's memory on the way.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT pg_advisory_xact_lock_shared({LOCK}); {SELECT} WHERE closed_at IS NULL"
        )
        cursor.nextset()
        row = cursor.fetchone()
    if row is None:
        return _open_first()
    for old in [number for number in _known if number < row[0]]:
        del _known[old]
    return _load(row)


def numbered(number: int) -> Epoch:
    """An epoch by its number.

    Raises:
        Shredded: its keys were destroyed.
    """
    if number in _known:
        return _known[number]
    with connection.cursor() as cursor:
        cursor.execute(f"{SELECT} WHERE number = %s", [number])
        row = cursor.fetchone()
    if row is None:
        msg = f"epoch {number} is not known here: its keys do not exist"
        raise Shredded(msg)
    return _load(row)


def _open_first() -> Epoch:
    with connection.cursor() as cursor:
        # The shared lock is ours already; whoever else waits here does so for a moment only.
        cursor.execute(
            f"LOCK TABLE vault_epoch IN SHARE ROW EXCLUSIVE MODE; {SELECT} WHERE closed_at IS NULL"
        )
        cursor.nextset()
        row = cursor.fetchone()
        if row:
            return _load(row)
        cursor.execute("SELECT coalesce(max(number), 0) + 1 FROM vault_epoch")
        (number,) = cursor.fetchone()
    return create(number)


def create(number: int) -> Epoch:
    """Make and store epoch ``number`` with fresh keys under a fresh root version."""
    version = root().new_version()
    kek, index_key = crypto.new_key(), crypto.new_key()
    opened_at = clock.now()
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO vault_epoch (number, root_version, kek, index_key, opened_at)"
            " VALUES (%s, %s, %s, %s, %s)",
            [
                number,
                version,
                root().wrap(version, kek, _label("kek", number)),
                root().wrap(version, index_key, _label("index", number)),
                opened_at,
            ],
        )
    return Epoch(number, version, AESGCM(kek), index_key, opened_at)


@contextmanager
def forgotten() -> Iterator[None]:
    """Run a block with no keys in memory, and leave none behind. For tests and for shutdown."""
    _known.clear()
    root.cache_clear()
    try:
        yield
    finally:
        _known.clear()
        root.cache_clear()
