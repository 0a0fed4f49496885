"""Rehearse a restore: the real thing, in a process, a directory and a server of its own.

The root keys are the mall's, because there are no others. Nothing of the mall is touched.
"""

import fcntl
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import psycopg
import structlog

from yaksok.database import archiving
from yaksok.database.errors import DatabaseUnusable
from yaksok.database.layout import DataDirectory
from yaksok.database.manifest import Damaged, Folder
from yaksok.database.private_files import open_lock
from yaksok.database.roles import keeper
from yaksok.database.service_user import ServiceUser
from yaksok.journeys import backups
from yaksok.journeys.restoring import Restored
from yaksok.kernel import clock, keyring
from yaksok.kernel.errors import Busy, YaksokError
from yaksok.privacy.vault import intents, rehearsed
from yaksok.privacy.vault.rehearsed import Rehearsal

SCRATCH = "rehearsal"
log = structlog.get_logger(__name__)

FAILURES = (Damaged, DatabaseUnusable, YaksokError, OSError, psycopg.Error)
"""What a backup or a rehearsal may end with."""

NOT_TOLD = ("DATABASE_URL", archiving.CHOOSES)
"""What of the mall's environment is about its own database alone."""

COMMAND = (sys.executable, "-m", "yaksok.cli.main", "restore")


def rehearse(data: DataDirectory, place: Path, keys: Path | None = None) -> Restored:
    """Restore ``place`` into a scratch directory below ``data``, open every record, tear it down.

    Passed, it is remembered: the epoch before the one that was rehearsed may be destroyed.

    Raises:
        DatabaseUnusable: it did not pass; the sentence is the restore's own.
        Damaged: another rehearsal is under way.
    """
    scratch = data.root / SCRATCH
    with open_lock(data.root / "rehearsal.lock") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            reason = f"another rehearsal runs in {scratch}"
            raise Damaged(reason, cure="wait until it is done") from None
        shutil.rmtree(scratch, ignore_errors=True)
        ServiceUser.choose().let_through(data.root)
        try:
            restored = _restored(scratch, place, keys, lock.fileno(), data.logs)
        finally:
            shutil.rmtree(scratch, ignore_errors=True)
    rehearsed.remember(Rehearsal(restored.keys, restored.epoch, restored.records, clock.now()))
    return restored


def _restored(scratch: Path, place: Path, keys: Path | None, lock: int, logs: Path) -> Restored:
    """What the restore says. It has the lock, too, and keeps it should this process be killed."""
    told = {name: value for name, value in os.environ.items() if name not in NOT_TOLD}
    told |= {
        "YAKSOK_DATA": str(scratch),
        "YAKSOK_KEYS": str(keyring.directory()),
        intents.CHOOSES: str(intents.directory()),
    }
    named = ["--keys", str(keys)] if keys else []
    done = subprocess.run(
        [*COMMAND, str(place), *named, "--data", str(scratch), "--json"],
        env=told,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        pass_fds=(lock,),
        check=False,
    )
    if done.returncode != 0:
        problem, _, cure = done.stderr.partition("\n  cure: ")
        reason = f"the rehearsal did not pass: {problem.removeprefix('yaksok: ').strip()}"
        raise DatabaseUnusable(reason, cure=cure.strip() or f"look at {logs}")
    return Restored(**json.loads(done.stdout))


class NotRehearsed(Busy):
    """The keys in use have no backup that was tried, so the old ones are not destroyed yet."""


def before_destroying(epoch: int) -> None:
    """Nothing, when the old keys of ``epoch`` may go: a backup of the new ones was just tried.

    The survivors have moved by now, and the mall sells. The backup is written where backups are kept
    and restored with the newest data that is there. What fails postpones the destruction; the next
    run tries again. When the law's days are over the erased come first: their keys go, and the log
    says that no tried backup exists. The survivors live in the database all the while.

    Raises:
        NotRehearsed: it did not pass, and there is time to mend it.
    """
    place = rehearsed.place()
    if place is None or rehearsed.passed(epoch + 1):
        return
    try:
        back_up_and_rehearse(place)
    except FAILURES as error:
        with keeper():
            overdue = rehearsed.overdue(epoch)
        if overdue:
            log.critical("vault.destroyed_without_rehearsal", exception=type(error).__name__)
            return
        log.warning("vault.rehearsal.failed", exception=type(error).__name__)
        msg = f"epoch {epoch} is not destroyed yet: {problem_of(error)}"
        raise NotRehearsed(msg) from None
    log.info("vault.rehearsal.passed")


def back_up_and_rehearse(place: Path) -> None:
    """Write the keys in use where backups are kept, and restore them with the newest data there.

    What a try before this one wrote in vain makes room, so that tries do not fill the disk.

    Raises:
        One of FAILURES: it did not pass.
    """
    data = DataDirectory.from_environment()
    before = rehearsed.tried()
    written = _backed_up(data, place)
    rehearsed.remember_try(written.path.name)
    if before:
        shutil.rmtree(place / before, ignore_errors=True)
    rehearse(data, place)
    rehearsed.remember_try("")


def _backed_up(data: DataDirectory, place: Path) -> Folder:
    if backups.latest(place, backups.DATA) is None:
        reason = f"no data is kept in {place}, where the last backup was written"
        cure = "write one: yaksok backup DIR, or name the place with YAKSOK_BACKUPS"
        raise Damaged(reason, cure=cure)
    return backups.write(data, place, keys_only=True)[0]


def problem_of(error: Exception) -> str:
    """What a rehearsal failed of, without a value."""
    return str(getattr(error, "problem", "") or type(error).__name__)
