"""Move the root keys from one provider to another, while the mall is closed.

The keys of the living epochs are wrapped anew, looked at through a fresh client, and stored in one
transaction; then every version of the old provider is destroyed. A file in the key directory says
from where and to where, so that a move that was cut short goes on where it ended.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connections, transaction

from yaksok.database.address import APP, STOREFRONT
from yaksok.database.router import OWNER_ALIAS
from yaksok.kernel import keyring
from yaksok.kernel.actor import Actor
from yaksok.kernel.errors import YaksokError
from yaksok.privacy.audit import log
from yaksok.privacy.audit.events import Event
from yaksok.privacy.vault import closing, epochs, presence
from yaksok.privacy.vault.roots import choosing, journal
from yaksok.privacy.vault.roots.journal import Way
from yaksok.privacy.vault.roots.marks import make_tenant
from yaksok.privacy.vault.roots.port import Foreign, Receipt, Root, label
from yaksok.privacy.vault.roots.provider import holder_of

ACTOR = Actor.system("move_root")
LIVING = (
    "SELECT number, root_version, kek, index_key, opened_at FROM vault_epoch"
    " WHERE destroyed_at IS NULL ORDER BY number"
)


class CannotMove(YaksokError):
    """Nothing was moved. ``cure`` says what to do first."""

    def __init__(self, problem: str, *, cure: str) -> None:
        super().__init__(f"{problem}: {cure}")
        self.problem = problem
        self.cure = cure


@dataclass(frozen=True, slots=True)
class Moved:
    """A finished move: how many epochs' keys lie with ``to`` now, and what was destroyed for it."""

    source: str
    to: str
    epochs: int
    receipts: tuple[Receipt, ...]


@dataclass(frozen=True, slots=True)
class InUse:
    """An epoch whose keys still exist, and the root version that wraps them."""

    epoch: int
    version: int
    opened_at: datetime


def held_by() -> str:
    """The provider that the open epoch's keys lie with; the chosen one when there is none yet."""
    rows = _living()
    return holder_of(rows[-1][2]) if rows else choosing.chosen_name()


def in_use() -> tuple[InUse, ...]:
    """Every epoch whose keys still exist, oldest first."""
    return tuple(InUse(row[0], row[1], row[4]) for row in _living())


def unfinished() -> tuple[str, str] | None:
    """From where and to where a move was begun and not finished."""
    way = journal.read(keyring.directory())
    return (way.source, way.to) if way else None


def others() -> int:
    """How many sessions of a running mall the database sees, beside those of this process."""
    with connections[OWNER_ALIAS].cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE usename = ANY (%s)"
            " AND datname = current_database() AND application_name <> %s",
            [[APP, STOREFRONT], presence.own_name()],
        )
        (found,) = cursor.fetchone()
    return int(found)


def move(to: str, before_destroying: Callable[[], None] = lambda: None) -> Moved:
    """Move the root keys to the provider ``to``, or finish a move there that was cut short.

    The mall must be closed: a process that runs keeps the provider it began with. When the new
    provider takes longer to destroy a key, the epoch is closed first, so that whoever was told a
    date for what they erased before keeps that date.

    Arguments:
        before_destroying: Is called when all keys lie with the new provider and the old one still
            opens them; what it raises leaves the move unfinished.

    Raises:
        CannotMove: another move is unfinished, or the keys lie there already.
        Unreachable, Unfit: a provider cannot be used. What was done stays; call again.

    Records:
        Event.VAULT_ROOT_MOVED, and what closing an epoch records.
    """
    make_tenant(keyring.directory())
    way = _begun(to)
    source, target = choosing.named(way.source), choosing.named(way.to)
    source.check()
    target.check()
    journal.write(keyring.directory(), way)
    if any(holder_of(row[2]) == way.source for row in _living()):
        with _chosen(way.source):
            closing.finish()
            if target.max_destroy_delay > source.max_destroy_delay:
                closing.close()
        _wrap_anew(way, source, target)
    with _chosen(way.to):
        before_destroying()
    receipts = tuple(source.destroy(version) for version in source.versions())
    rows = _living()
    for orphan in set(target.versions()) - {row[1] for row in rows}:
        target.destroy(orphan)  # made by an attempt that was cut short; it wraps nothing
    epochs.forget_keys()
    journal.done(keyring.directory())
    return Moved(way.source, way.to, len(rows), receipts)


def _begun(to: str) -> Way:
    way = journal.read(keyring.directory())
    if way is not None:
        if way.to != to:
            msg = f'a move from "{way.source}" to "{way.to}" is unfinished'
            raise CannotMove(msg, cure=f"finish it first: yaksok root move --to {way.to}")
        return way
    source = held_by()
    if source == to:
        msg = f'the root keys lie with "{to}" already'
        raise CannotMove(msg, cure="name another provider; yaksok root status shows what is where")
    return Way(source, to)


def _wrap_anew(way: Way, source: Root, target: Root) -> None:
    fresh = choosing.named(way.to)
    with transaction.atomic(using=OWNER_ALIAS), connections[OWNER_ALIAS].cursor() as cursor:
        cursor.execute("LOCK TABLE vault_epoch IN ACCESS EXCLUSIVE MODE")
        cursor.execute("SELECT max(root_version) FROM vault_epoch")
        (last,) = cursor.fetchone()
        cursor.execute(LIVING)
        rows = [row for row in cursor.fetchall() if holder_of(row[2]) == way.source]
        for number, version, kek, index_key, _ in rows:
            last = target.new_version(after=last)
            moved = [
                _moved(source, target, fresh, (version, last), old, label(name, number))
                for name, old in (("kek", kek), ("index", index_key))
            ]
            cursor.execute(
                "UPDATE vault_epoch SET root_version = %s, kek = %s, index_key = %s"
                " WHERE number = %s",
                [last, *moved, number],
            )
        act = log.Act(
            Event.VAULT_ROOT_MOVED, ACTOR, promise="P3.8", reason=f"{way.source}>{way.to}"
        )
        log.record_all([act], using=OWNER_ALIAS)


def _moved(
    source: Root, target: Root, fresh: Root, versions: tuple[int, int], old: bytes, name: bytes
) -> bytes:
    plain = source.unwrap(versions[0], old, name)
    new = target.wrap(versions[1], plain, name)
    if fresh.unwrap(versions[1], new, name) != plain:
        msg = f'what "{target.name}" wrapped does not come back as it was'
        raise Foreign(msg, cure="keep the old provider; nothing was changed")
    return new


def _living() -> list[Any]:
    with connections[OWNER_ALIAS].cursor() as cursor:
        cursor.execute(LIVING)
        return list(cursor.fetchall())


@contextmanager
def _chosen(name: str) -> Iterator[None]:
    """The process as if the environment chose ``name``: closing belongs to the old provider."""
    before = os.environ.get("YAKSOK_ROOT")
    os.environ["YAKSOK_ROOT"] = name
    epochs.forget_keys()
    try:
        yield
    finally:
        del os.environ["YAKSOK_ROOT"]
        if before is not None:
            os.environ["YAKSOK_ROOT"] = before
        epochs.forget_keys()
