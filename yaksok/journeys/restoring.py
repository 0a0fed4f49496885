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
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Restored(overlay.Overlaid):
    """What came back: of which folders, from which epoch's keys on, and in numbers."""

    data: str
    keys: str
    epoch: int


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
    must_open(chosen.keys)
    for folder in (chosen.keys, chosen.data):
        folder.verify(shown.step(f"checking {folder.path.name}", folder.size))


def must_open(keys: Folder) -> None:
    """Nothing, when the root keys still open a folder of keys.

    Raises:
        Damaged: their epoch was closed since; the sentence says what to do.
    """
    try:
        overlay.opens(
            [
                (number, version, bytes.fromhex(kek), bytes.fromhex(index_key))
                for number, version, kek, index_key in keys.facts["epochs"]
            ]
        )
    except Shredded:
        msg = (
            f"the keys in {keys.path} are {backups.age(keys)} old, and their epoch was closed since:"
            " nobody can open them any more"
        )
        raise Damaged(msg, cure="name the newest keys: --keys DIR") from None


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
    begin(data, (chosen.data, chosen.keys))
    # Nothing is forced to the disk while it is loaded, for after a crash it is loaded again; all of
    # it is forced before the mark goes. Nobody goes back to a moment in between.
    server = (
        None
        if os.environ.get("DATABASE_URL")
        else Server(data, fsync="off", full_page_writes="off", archive_mode="off")
    )
    try:
        make_room(data)
        if server is not None:
            server.start()
        _load(data, chosen.data, shown)
        overlaid = lay_over(chosen.keys, chosen.keys.at, shown)
    finally:
        let_go()
        if server is not None:
            server.stop()
    os.sync()
    finish(data, chosen.data)
    return told(chosen.data, chosen.keys, needed(chosen.keys), overlaid)


def needed(keys: Folder) -> int:
    """The oldest epoch whose keys a folder needs: the folder is worth nothing once those are destroyed."""
    return min((number for number, *_ in keys.facts["epochs"]), default=0)


def told(data: Folder, keys: Folder, epoch: int, overlaid: overlay.Overlaid) -> Restored:
    """What came back, in numbers."""
    return Restored(data=data.path.name, keys=keys.path.name, epoch=epoch, **asdict(overlaid))


def begin(data: DataDirectory, folders: Sequence[Folder]) -> None:
    """Forbid opening the mall until :func:`finish`.

    Raises:
        DatabaseUnusable: there is no room for what is in ``folders``.
    """
    data.create()
    backing_up.room(data.root, 3 * sum(folder.size for folder in folders))
    make_passwords(data)
    said = [str(folder.path) for folder in folders]
    handle = os.open(data.unfinished_restore, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        json.dump(said, file)
        file.flush()
        os.fsync(file.fileno())
    manifest.sync(data.root)


def finish(data: DataDirectory, folder: Folder) -> None:
    """The pictures of ``folder``, and the mall may be opened."""
    with tarfile.open(folder.path / backups.MEDIA) as file:
        file.extractall(data.media, filter="data")
    shutil.rmtree(data.root / REPLACED, ignore_errors=True)
    data.unfinished_restore.unlink()
    manifest.sync(data.root)


def make_room(data: DataDirectory) -> None:
    """Make room for the copy. What was there before the first attempt is kept until the last is done."""
    if os.environ.get("DATABASE_URL"):
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


def lay_over(keys: Folder | None, since: datetime, shown: Shown) -> overlay.Overlaid:
    """Lay ``keys`` (None: those in place), as they were at ``since``, over what was loaded."""
    persons = {one.table: one.subject for one in holdings.about_persons() if one.by == ROWS}
    known = _known_intents(keys.path if keys else None)
    total = int(keys.facts["counts"]["vault_record"]) if keys else 0
    sources = overlay.Sources(keys.path if keys else None, known, since, persons)
    overlaid = overlay.lay_over(sources, shown.step("opening every record", total))
    _end_sessions()
    return overlaid


def _end_sessions() -> None:
    """Nobody is logged in after a restore: a session that was ended since would live again."""
    from yaksok.database.roles import keeper
    from yaksok.mall.accounts import sessions

    with keeper():
        sessions.end_every()


def _known_intents(keys: Path | None) -> tuple[Intent, ...]:
    """What the ledger of this machine knows, and what its copy among the keys knows besides.

    When the ledger itself is gone, its copy takes its place.
    """
    where = intents.directory()
    copied = intents.read(keys) if keys else ()
    if keys and copied and not intents.files(where):
        where.mkdir(mode=0o700, parents=True, exist_ok=True)
        for path in intents.files(keys):
            shutil.copy(path, where / path.name)
            (where / path.name).chmod(0o600)
        manifest.sync(where)
    found = {one.id: one for one in copied} | {one.id: one for one in intents.read(where)}
    return tuple(found.values())


def let_go() -> None:
    """Close every connection of this process."""
    from django.db import connections

    connections.close_all()
