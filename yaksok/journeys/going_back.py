"""Go back to a moment: a copy of the server's files, the WAL since, and nobody who was erased.

Inside an epoch the copy's own keys still open. Across one that was destroyed they do not, and the
newest keys are laid over: everybody who lives comes back, with what they had corrected by then.
"""

import os
import shutil
import tarfile
from datetime import datetime
from pathlib import Path

from yaksok.database import archiving, backing_up, manifest
from yaksok.database.embedded import Server
from yaksok.database.errors import DatabaseUnusable
from yaksok.database.layout import DataDirectory
from yaksok.database.manifest import Damaged, Folder
from yaksok.database.prepare import prepare
from yaksok.journeys import backups, restoring
from yaksok.journeys.backups import Shown, Silent
from yaksok.journeys.restoring import Restored
from yaksok.kernel import clock
from yaksok.kernel.errors import Shredded
from yaksok.privacy.vault import overlay

BASE, FILES = "base", "server.tar"
SECRETS = ("database-admin", "yaksok-owner", "yaksok-app", "yaksok-storefront", "django-key")
"""Passwords that the copy knows, of a server that nobody reaches but through a private socket."""
REPLAY_SECONDS = 24 * 3_600.0
SIGNAL = "recovery.signal"


def write_base(data: DataDirectory, place: Path, *, shown: Shown | None = None) -> Folder:
    """Write a copy of the embedded server's files into ``place``; the mall may be open.

    Raises:
        DatabaseUnusable: the database is not the embedded one, there is no room, or it fails.
        Damaged: ``place`` cannot be written.
    """
    shown = shown or Silent()
    if os.environ.get("DATABASE_URL"):
        reason = "the server of DATABASE_URL is not the mall's own"
        raise DatabaseUnusable(reason, cure="use its own tools: pg_basebackup and archive_command")
    of = backing_up.books(data)
    with of.connect() as line:
        size = backing_up.sizes(line)["database"]
    backing_up.room(place, 2 * size)
    with manifest.drafting(place, BASE, clock.now()) as draft:
        draft.facts |= {"mall": backups.tenant_mark(), "postgresql": of.binaries.major}
        with draft.create(FILES) as file:
            backing_up.base_copy(of, file, shown.step("server", size))
        for name in SECRETS:
            with draft.create(name) as file:
                file.write(data.known_credential(name).encode("ascii"))
        with draft.create(backups.MEDIA) as file:
            backups.packed(data.media, file, manifest.nothing)
    return manifest.found(place, BASE)[-1]


def choose(place: Path, until: datetime) -> Folder:
    """The newest copy of the server's files that was made before ``until``.

    Raises:
        Damaged: there is none, or it is of another mall.
    """
    if not overlay.has_root_keys():
        reason = "there are no root keys here"
        raise Damaged(reason, cure="name them with YAKSOK_KEYS")
    base = backups.latest(place, BASE, until=until)
    if base is None:
        reason = f"{place} holds no copy of the server's files from before {until:%Y-%m-%d %H:%M}"
        raise Damaged(reason, cure="make them at times: yaksok backup DIR --base")
    if base.facts["mall"] != backups.tenant_mark():
        reason = f"{base.path} is of another mall than the key directory"
        raise Damaged(reason, cure="set YAKSOK_KEYS to the key directory of that mall")
    archiving.kept()
    return base


def go_back(
    data: DataDirectory,
    base: Folder,
    until: datetime,
    keys: Path,
    *,
    shown: Shown | None = None,
) -> Restored:
    """Bring the mall in ``data`` to where it stood at ``until``; it must be closed.

    Arguments:
        keys: Where backups of keys are kept, for when the epoch of that moment was destroyed.

    Raises:
        DatabaseUnusable: the WAL does not reach to that moment, or the server does not start.
        Damaged: the epoch was destroyed, and there are no newer keys.
    """
    shown = shown or Silent()
    base.verify(shown.step(f"checking {base.path.name}", base.size))
    restoring.begin(data, (base,))
    restoring.make_room(data)
    _unpack(data, base)
    options = archiving.recovering(data.cluster, until.isoformat())
    server = Server(data, start_seconds=REPLAY_SECONDS, **options)
    try:
        server.start()
        newest, epoch = _newest_keys(data, keys)
        prepare(data)
        overlaid = restoring.lay_over(newest, newest.at if newest else until, shown)
    finally:
        restoring.let_go()
        server.stop()
    restoring.finish(data, base)
    return restoring.told(base, newest or base, epoch, overlaid)


def _unpack(data: DataDirectory, base: Folder) -> None:
    for name in SECRETS:
        secret = data.secrets / name
        shutil.copy(base.path / name, secret)
        secret.chmod(0o600)
    data.cluster.mkdir(mode=0o700)
    with tarfile.open(base.path / FILES) as archive:
        archive.extractall(data.cluster, filter="tar")
    (data.cluster / SIGNAL).touch()
    backing_up.give(data.cluster)


def _newest_keys(data: DataDirectory, keys: Path) -> tuple[Folder | None, int]:
    """The keys to lay over, None when those of that moment still open; and the epoch they are of."""
    with backing_up.books(data).connect() as line:
        rows = line.execute(
            "SELECT number, root_version, kek, index_key FROM vault_epoch"
            " WHERE closed_at IS NULL ORDER BY number"
        ).fetchall()
    try:
        overlay.opens(rows)
    except Shredded:
        newest = backups.latest(keys, backups.KEYS)
        if newest is None:
            reason = f"the epoch of that moment was destroyed, and there are no keys in {keys}"
            raise Damaged(reason, cure="name the newest keys: --keys DIR") from None
        restoring.must_open(newest)
        newest.verify()
        return newest, max((number for number, *_ in newest.facts["epochs"]), default=0)
    return None, max((row[0] for row in rows), default=0)
