"""The periods of keys: which one is open, and the two keys of each.

While one is being closed two are open. Everything is written under the newer one, the older one's
records are read until they have moved, and what is found by value is found under both index keys.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cache

from django.db import connection
from django.db.backends.utils import CursorWrapper

from yaksok.kernel import clock, keyring
from yaksok.kernel.errors import Shredded
from yaksok.privacy.vault import crypto
from yaksok.privacy.vault.cipher import Kek
from yaksok.privacy.vault.presence import Presence
from yaksok.privacy.vault.roots import choosing
from yaksok.privacy.vault.roots.marks import make_tenant
from yaksok.privacy.vault.roots.port import Root, label

LENGTH = timedelta(days=1)
LAWFUL = timedelta(days=5)
"""What was erased must be unreadable everywhere by then (P3.7), whatever became of the backups."""
"""How long an epoch lasts. What was erased in it is unreadable in every backup after that."""

LOCK = "LOCK TABLE vault_record_key IN ROW EXCLUSIVE MODE"
"""Taken before the open epoch is read, so that no other one is begun until the transaction ends."""

SELECT = "SELECT number, root_version, kek, index_key, opened_at FROM vault_epoch"

OPEN = f"{SELECT} WHERE closed_at IS NULL ORDER BY number DESC"
"""The epoch that is written under first; after it the one that is being closed, if any."""

Row = tuple[int, int, bytes, bytes, datetime]
"""What :data:`SELECT` gives."""


@dataclass(frozen=True, slots=True)
class Epoch:
    """One period, its keys ready to use. Lives in memory only."""

    number: int
    root_version: int
    kek: Kek
    index_key: bytes
    opened_at: datetime
    closing: tuple["Epoch", ...] = ()
    """The epoch that is being closed: its index key still finds, and still says what is unique."""


_known: dict[int, Epoch] = {}


def held() -> list[int]:
    """The epochs whose keys are in this process's memory."""
    return sorted(_known)


def keep_only(numbers: frozenset[int]) -> None:
    """Drop the keys of every epoch but ``numbers`` from this process's memory."""
    for number in held():
        if number not in numbers:
            _known.pop(number, None)


presence = Presence(held, keep_only)
"""What this process says of the keys that it holds."""


@cache
def root() -> Root:
    """The provider of root keys that the environment chooses. One per process."""
    make_tenant(keyring.directory())
    return choosing.chosen()


def load(row: Row) -> Epoch:
    """The epoch of a row that :data:`SELECT` gave, its keys unwrapped once per process.

    The process says that it holds them before it does.
    """
    number, version, kek, index_key, opened_at = row
    known = _known.get(number)
    if known is None or known.root_version != version:
        with presence.taking(number):
            known = _known[number] = Epoch(
                number,
                version,
                Kek(root().unwrap(version, kek, label("kek", number))),
                root().unwrap(version, index_key, label("index", number)),
                opened_at,
            )
    presence.touch()
    return known


def current() -> Epoch:
    """The epoch to write under, held until the transaction ends: no other one begins in between.

    The first call on an empty database opens epoch 1. Keys of closed epochs are dropped from this
    process's memory on the way.
    """
    with connection.cursor() as cursor:
        cursor.execute(f"{LOCK}; {OPEN}")
        cursor.nextset()
        rows = cursor.fetchall()
    return in_use(rows) if rows else _open_first()


def in_use(rows: Sequence[Row]) -> Epoch:
    """The epoch to write under, of the rows that :data:`OPEN` gave."""
    for old in held():
        if old < rows[-1][0]:
            _known.pop(old, None)
    newest, *closing = [load(row) for row in rows]
    return replace(newest, closing=tuple(closing)) if closing else newest


def numbered(number: int) -> Epoch:
    """An open epoch by its number.

    Raises:
        Shredded: it was closed. Its keys are destroyed, or will be in a moment.
    """
    known = _known.get(number)
    if known is not None:
        presence.touch()
        return known
    with connection.cursor() as cursor:
        cursor.execute(f"{SELECT} WHERE number = %s AND closed_at IS NULL", [number])
        row = cursor.fetchone()
    if row is None:
        msg = f"epoch {number} is not open here: its keys do not exist"
        raise Shredded(msg)
    return load(row)


def _open_first() -> Epoch:
    with connection.cursor() as cursor:
        cursor.execute(f"LOCK TABLE vault_epoch IN SHARE ROW EXCLUSIVE MODE; {OPEN}")
        cursor.nextset()
        rows = cursor.fetchall()
        if rows:
            return in_use(rows)
        cursor.execute("SELECT coalesce(max(number), 0) + 1 FROM vault_epoch")
        (number,) = cursor.fetchone()
        made = make(number)
        store(cursor, made)
    return made.epoch


@dataclass(frozen=True, slots=True)
class Made:
    """An epoch with fresh keys, and the row that it will be."""

    epoch: Epoch
    row: tuple[int, int, bytes, bytes, datetime]


def make(number: int) -> Made:
    """Fresh keys for epoch ``number`` under a fresh root version. Nothing is stored yet."""
    version = root().new_version()
    kek, index_key = crypto.new_key(), crypto.new_key()
    opened_at = clock.now()
    row = (
        number,
        version,
        root().wrap(version, kek, label("kek", number)),
        root().wrap(version, index_key, label("index", number)),
        opened_at,
    )
    return Made(Epoch(number, version, Kek(kek), index_key, opened_at), row)


def store(cursor: CursorWrapper, made: Made) -> None:
    """Write the row of a new epoch."""
    cursor.execute(
        "INSERT INTO vault_epoch (number, root_version, kek, index_key, opened_at)"
        " VALUES (%s, %s, %s, %s, %s)",
        made.row,
    )


def unreadable_by() -> datetime:
    """When what is erased now will be unreadable in every backup (P3.7, P3.8).

    An epoch is closed when its day is over, but a machine may be off then, and a rehearsal of a
    backup may fail and be tried again. So what is told is the latest day, five days after the newest
    epoch began, plus the time that the root provider takes to destroy a key. While an epoch is being
    closed, what is erased may have moved to the newer one already.
    """
    ends = current().opened_at + LAWFUL
    return max(ends, clock.now()) + root().max_destroy_delay


def forget_keys() -> None:
    """Drop every unwrapped key from this process's memory; the next use unwraps anew."""
    _known.clear()
    root.cache_clear()
