"""The periods of keys: which one is open, and the two keys of each."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache

from django.db import connection
from django.db.backends.utils import CursorWrapper

from yaksok.kernel import clock, keyring
from yaksok.kernel.errors import Shredded
from yaksok.privacy.vault import crypto
from yaksok.privacy.vault.cipher import Kek
from yaksok.privacy.vault.roots import choosing
from yaksok.privacy.vault.roots.marks import make_tenant
from yaksok.privacy.vault.roots.port import Root, label

LENGTH = timedelta(days=1)
"""How long an epoch lasts. What was erased in it is unreadable in every backup after that."""

LOCK = "LOCK TABLE vault_record_key IN ROW EXCLUSIVE MODE"
"""Taken before the open epoch is read, so that it cannot close until the transaction ends."""

SELECT = "SELECT number, root_version, kek, index_key, opened_at FROM vault_epoch"


@dataclass(frozen=True, slots=True)
class Epoch:
    """One period, its keys ready to use. Lives in memory only."""

    number: int
    root_version: int
    kek: Kek
    index_key: bytes
    opened_at: datetime


_known: dict[int, Epoch] = {}


@cache
def root() -> Root:
    """The provider of root keys that the environment chooses. One per process."""
    make_tenant(keyring.directory())
    return choosing.chosen()


def load(row: tuple[int, int, bytes, bytes, datetime]) -> Epoch:
    """The epoch of a row that :data:`SELECT` gave, its keys unwrapped once per process."""
    number, version, kek, index_key, opened_at = row
    known = _known.get(number)
    if known is None or known.root_version != version:
        _known[number] = Epoch(
            number,
            version,
            Kek(root().unwrap(version, kek, label("kek", number))),
            root().unwrap(version, index_key, label("index", number)),
            opened_at,
        )
    return _known[number]


def current() -> Epoch:
    """The open epoch, held open until the transaction ends: it cannot close in between.

    The first call on an empty database opens epoch 1. Keys of older epochs are dropped from
    this process's memory on the way.
    """
    with connection.cursor() as cursor:
        cursor.execute(f"{LOCK}; {SELECT} WHERE closed_at IS NULL")
        cursor.nextset()
        row = cursor.fetchone()
    if row is None:
        return _open_first()
    for old in [number for number in _known if number < row[0]]:
        del _known[old]
    return load(row)


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
    return load(row)


def _open_first() -> Epoch:
    with connection.cursor() as cursor:
        cursor.execute(
            f"LOCK TABLE vault_epoch IN SHARE ROW EXCLUSIVE MODE; {SELECT} WHERE closed_at IS NULL"
        )
        cursor.nextset()
        row = cursor.fetchone()
        if row:
            return load(row)
        cursor.execute("SELECT coalesce(max(number), 0) + 1 FROM vault_epoch")
        (number,) = cursor.fetchone()
        return create(cursor, number)


def create(cursor: CursorWrapper, number: int) -> Epoch:
    """Make and store epoch ``number`` with fresh keys under a fresh root version."""
    version = root().new_version()
    kek, index_key = crypto.new_key(), crypto.new_key()
    opened_at = clock.now()
    cursor.execute(
        "INSERT INTO vault_epoch (number, root_version, kek, index_key, opened_at)"
        " VALUES (%s, %s, %s, %s, %s)",
        [
            number,
            version,
            root().wrap(version, kek, label("kek", number)),
            root().wrap(version, index_key, label("index", number)),
            opened_at,
        ],
    )
    return Epoch(number, version, Kek(kek), index_key, opened_at)


def unreadable_by() -> datetime:
    """When what is erased now will be unreadable in every backup (P3.7, P3.8).

    The open epoch's end, plus the time that the root provider takes to destroy a key.
    """
    ends = current().opened_at + LENGTH
    return max(ends, clock.now()) + root().max_destroy_delay


def forget_keys() -> None:
    """Drop every unwrapped key from this process's memory; the next use unwraps anew."""
    _known.clear()
    root.cache_clear()
