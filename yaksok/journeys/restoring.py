"""Bring a mall back from a backup, and rehearse that before it is needed.

The order matters. First everything is looked at that can be looked at without changing anything. Then a
mark forbids opening the mall, the old copy is loaded, the newest keys are laid over it with everything
that the ledger of erasures knows, every record is opened, and only then the mark goes. Cut short
anywhere, the mark is still there, and calling again starts over.
"""

import json
import os
import shutil
import tarfile
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from yaksok.database import backing_up, manifest
from yaksok.database.address import Address, address_of, make_passwords
from yaksok.database.embedded import Server
from yaksok.database.errors import DatabaseUnusable
from yaksok.database.layout import DataDirectory
from yaksok.database.manifest import Damaged, Folder
from yaksok.journeys import backups
from yaksok.journeys.backups import Shown, Silent
from yaksok.kernel import keyring
from yaksok.kernel.errors import Shredded
from yaksok.kernel.holdings import ROWS
from yaksok.privacy.retention import holdings
from yaksok.privacy.vault import intents, overlay
from yaksok.privacy.vault.intents import Intent

REPLACED = "postgres.replaced"


@dataclass(frozen=True, slots=True)
class Chosen:
    """What will be restored: a data part, and the keys to lay over it."""

    data: Folder
    keys: Folder


@dataclass(frozen=True, slots=True)
class Restored:
    """What came back. Numbers only."""

    data: str
    keys: str
    epoch: int
    records: int
    index_entries: int
    dropped: int
    newer: int
    replayed: int
    people: int


def choose(place: Path, keys: Path | None = None) -> Chosen:
    """The newest data part in ``place`` and the newest keys in ``keys``, or the folders named.

    Raises:
        Damaged: one of them is not there, is not whole, or they do not belong together.
        Shredded: the keys are of an epoch that was closed since; they open nothing any more.
    """
    if not overlay.has_root_keys():
        reason = f"the key directory {keyring.directory()} is not there, and no backup holds it"
        cure = "bring it back from where it is kept, or name it with YAKSOK_KEYS"
        raise Damaged(reason, cure=cure)
    newest_keys = backups.latest(keys or place, backups.KEYS)
    if newest_keys is None:
        reason = f"there are no keys in {keys or place}"
        raise Damaged(reason, cure="name the directory of the newest key backup: --keys DIR")
    data = backups.latest(place, backups.DATA, until=newest_keys.at)
    if data is None:
        reason = f"there is no data in {place} that is as old as its keys or older"
        raise Damaged(reason, cure="name the directory of a backup that holds data-…")
    if data.at > newest_keys.at:
        reason = f"{newest_keys.path.name} is older than {data.path.name}"
        raise Damaged(reason, cure="name newer keys (--keys DIR), or older data")
    mine = backups.tenant_mark()
    for folder in (data, newest_keys):
        if folder.facts["mall"] != mine:
            reason = f"{folder.path} is of another mall than the key directory"
            cure = "set YAKSOK_KEYS to the key directory of the mall that was backed up"
            raise Damaged(reason, cure=cure)
    return Chosen(data, newest_keys)


def check(chosen: Chosen, shown: Shown | None = None) -> None:
    """Read every byte of both parts, and try whether the root keys still open the keys.

    Raises:
        Damaged, Shredded: as :func:`choose`.
    """
    shown = shown or Silent()
    try:
        overlay.opens(
            [
                (number, version, bytes.fromhex(kek), bytes.fromhex(index_key))
                for number, version, kek, index_key in chosen.keys.facts["epochs"]
            ]
        )
    except Shredded:
        msg = (
            f"the keys in {chosen.keys.path} are {backups.age(chosen.keys)} old, and their epoch was"
            " closed since: nobody can open them any more"
        )
        raise Damaged(msg, cure="name the newest keys: --keys DIR") from None
    for folder in (chosen.keys, chosen.data):
        folder.verify(shown.step(f"checking {folder.path.name}", folder.size))


def is_empty(data: DataDirectory) -> bool:
    """Whether nothing would be replaced: no mall was here, or only half of one that was restored."""
    if data.unfinished_restore.exists():
        return True
    if not os.environ.get("DATABASE_URL"):
        return not data.cluster.exists()
    with address_of(data).connect_as_admin() as admin:
        row = admin.execute(
            "SELECT to_regclass('public.yaksok_prepared') IS NULL"
            " AND to_regclass('vault.vault_record') IS NULL"
        ).fetchone()
    return row == (True,)


def restore(data: DataDirectory, chosen: Chosen, *, shown: Shown | None = None) -> Restored:
    """Put ``chosen`` in the place of whatever database is in ``data``; the mall must be closed.

    What was there before lies beside it until all is done, and is deleted then.

    Raises:
        DatabaseUnusable: the database cannot be made or loaded.
        CannotRestore, Tampered, Shredded: what was loaded does not open. The mark stays.
    """
    shown = shown or Silent()
    _begin(data, chosen)
    server = None if os.environ.get("DATABASE_URL") else Server(data)
    try:
        _empty(data, server)
        if server is not None:
            server.start()
        _load(data, chosen.data, shown)
        overlaid = _lay_over(chosen, shown)
    finally:
        _let_go()
        if server is not None:
            server.stop()
    _unpack(chosen.data.path / backups.MEDIA, data.media)
    shutil.rmtree(data.root / REPLACED, ignore_errors=True)
    data.unfinished_restore.unlink()
    manifest.sync(data.root)
    newest = max((number for number, *_ in chosen.keys.facts["epochs"]), default=0)
    return Restored(
        chosen.data.path.name,
        chosen.keys.path.name,
        newest,
        **asdict(overlaid),
    )


def _begin(data: DataDirectory, chosen: Chosen) -> None:
    data.create()
    backing_up.room(data.root, 3 * chosen.data.size + 2 * chosen.keys.size)
    make_passwords(data)
    said = {"data": str(chosen.data.path), "keys": str(chosen.keys.path)}
    handle = os.open(data.unfinished_restore, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        json.dump(said, file)
        file.flush()
        os.fsync(file.fileno())
    manifest.sync(data.root)


def _empty(data: DataDirectory, server: Server | None) -> None:
    """Make room for the copy. What was there before the first attempt is kept until the last is done."""
    if server is None:
        from yaksok.database.emptying import empty

        empty(data)
        return
    before = data.root / REPLACED
    if data.cluster.exists():
        if before.exists():
            shutil.rmtree(data.cluster)
        else:
            data.cluster.rename(before)


def _load(data: DataDirectory, folder: Folder, shown: Shown) -> None:
    from yaksok.database.prepare import make_ready, prepare

    address: Address = address_of(data)
    make_ready(data, address)
    into = backing_up.books(data)
    dump = folder.path / backups.DUMP
    backing_up.load(into, folder.path / backups.EMPTY_TABLES)
    backing_up.load(into, dump, shown.step("loading", dump.stat().st_size))
    with into.connect() as line:
        counts = backups.counts_of(line)
    _compare(folder, counts)
    prepare(data)


def _compare(folder: Folder, counts: Mapping[str, int]) -> None:
    said: Mapping[str, int] = folder.facts["counts"]
    for table in sorted({*said, *counts}):
        if said.get(table, 0) != counts.get(table, 0):
            reason = (
                f"{table} has {counts.get(table, 0)} rows after loading, not {said.get(table, 0)}"
            )
            raise DatabaseUnusable(reason, cure="call again; if it stays so, take another backup")


def _lay_over(chosen: Chosen, shown: Shown) -> overlay.Overlaid:
    persons = {one.table: one.subject for one in holdings.about_persons() if one.by == ROWS}
    known = _known_intents(chosen.keys.path)
    total = int(chosen.keys.facts["counts"]["vault_record"])
    sources = overlay.Sources(chosen.keys.path, known, chosen.keys.at, persons)
    overlaid = overlay.lay_over(sources, shown.step("opening every record", total))
    _end_sessions()
    return overlaid


def _end_sessions() -> None:
    """Nobody is logged in after a restore: a session that was ended since would live again."""
    from yaksok.database.roles import keeper
    from yaksok.mall.accounts import sessions

    with keeper():
        sessions.end_every()


def _known_intents(keys: Path) -> tuple[Intent, ...]:
    """What the ledger of this machine knows, and what its copy among the keys knows besides.

    When the ledger itself is gone, its copy takes its place.
    """
    where = intents.directory()
    copied = intents.read(keys)
    if not intents.files(where) and copied:
        where.mkdir(mode=0o700, parents=True, exist_ok=True)
        for path in intents.files(keys):
            shutil.copy(path, where / path.name)
            (where / path.name).chmod(0o600)
        manifest.sync(where)
    found = {one.id: one for one in copied} | {one.id: one for one in intents.read(where)}
    return tuple(found.values())


def _unpack(archive: Path, target: Path) -> None:
    with tarfile.open(archive) as file:
        file.extractall(target, filter="data")


def _let_go() -> None:
    from django.db import connections

    connections.close_all()
