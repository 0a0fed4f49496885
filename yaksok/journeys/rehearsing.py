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

from yaksok.database.errors import DatabaseUnusable
from yaksok.database.layout import DataDirectory
from yaksok.database.manifest import Damaged
from yaksok.database.private_files import open_lock
from yaksok.journeys.restoring import Restored
from yaksok.kernel import clock, keyring
from yaksok.privacy.vault import intents, rehearsed
from yaksok.privacy.vault.rehearsed import Rehearsal

SCRATCH = "rehearsal"
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
        try:
            restored = _restored(data, scratch, place, keys)
        finally:
            shutil.rmtree(scratch, ignore_errors=True)
    rehearsed.remember(Rehearsal(restored.keys, restored.epoch, restored.records, clock.now()))
    return restored


def _restored(data: DataDirectory, scratch: Path, place: Path, keys: Path | None) -> Restored:
    told = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
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
        check=False,
    )
    if done.returncode != 0:
        problem, _, cure = done.stderr.partition("\n  cure: ")
        reason = f"the rehearsal did not pass: {problem.removeprefix('yaksok: ').strip()}"
        raise DatabaseUnusable(reason, cure=cure.strip() or f"look at {data.logs}")
    return Restored(**json.loads(done.stdout))
