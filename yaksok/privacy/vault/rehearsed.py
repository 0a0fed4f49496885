"""Whether the backup of the keys in use was tried: an epoch's old key is not destroyed before.

A small file beside the data says where backups are kept and which rehearsals passed. A mall that never
made a backup has nothing to rehearse, and nothing waits for it.
"""

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.db import connection

from yaksok.database.layout import DataDirectory
from yaksok.kernel import clock, keyring
from yaksok.privacy.vault import epochs

CHOOSES = "YAKSOK_BACKUPS"
MARGIN = timedelta(hours=12)


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """One that passed: which folder of keys, the oldest epoch it needs, how many records opened, when."""

    keys: str
    epoch: int
    records: int
    at: datetime


def _file(data: DataDirectory) -> Path:
    return data.root / "rehearsals.json"


def place() -> Path | None:
    """Where backups are kept: ``YAKSOK_BACKUPS``, else where the last one was written; None without."""
    if chosen := os.environ.get(CHOOSES):
        return Path(chosen).absolute()
    known = _read(DataDirectory.from_environment()).get("place")
    return Path(known) if known else None


def last() -> Rehearsal | None:
    """The last rehearsal that passed."""
    known = _read(DataDirectory.from_environment()).get("passed")
    if not known:
        return None
    at = datetime.fromisoformat(known["at"])
    return Rehearsal(known["keys"], known["epoch"], known["records"], at)


def passed(epoch: int) -> bool:
    """Whether a backup of the keys of ``epoch`` was restored and every record in it opened."""
    known = last()
    return known is not None and known.epoch >= epoch


def overdue(epoch: int) -> bool:
    """Whether what was erased in ``epoch`` may wait no longer, whatever became of the backups.

    Five days after the epoch began, less half a day in which somebody may still act. Where the clock
    was ahead when it began, the begin of its close counts.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT least(e.opened_at, c.begun_at) FROM vault_epoch e"
            " LEFT JOIN vault_closing c ON c.epoch = e.number WHERE e.number = %s",
            [epoch],
        )
        row = cursor.fetchone()
    return row is not None and clock.now() >= row[0] + epochs.LAWFUL - MARGIN


def remember_place(chosen: Path) -> None:
    """Backups are kept in ``chosen`` from now on."""
    data = DataDirectory.from_environment()
    _write(data, {**_read(data), "place": str(chosen)})


def remember(rehearsal: Rehearsal) -> None:
    """A rehearsal passed."""
    data = DataDirectory.from_environment()
    said = {
        "keys": rehearsal.keys,
        "epoch": rehearsal.epoch,
        "records": rehearsal.records,
        "at": rehearsal.at.isoformat(),
    }
    _write(data, {**_read(data), "passed": said})


def tried() -> str:
    """The folder of keys that the last try wrote, when it did not pass; "" otherwise."""
    return str(_read(DataDirectory.from_environment()).get("tried", ""))


def remember_try(folder: str) -> None:
    """A try wrote ``folder`` and did not pass; "" when none is left."""
    data = DataDirectory.from_environment()
    _write(data, {**_read(data), "tried": folder})


def _read(data: DataDirectory) -> Mapping[str, Any]:
    try:
        known = json.loads(_file(data).read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return known if isinstance(known, dict) else {}


def _write(data: DataDirectory, said: Mapping[str, Any]) -> None:
    path = _file(data)
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    draft.unlink(missing_ok=True)
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, keyring.PRIVATE_FILE)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        json.dump(said, file)
        file.flush()
        os.fsync(file.fileno())
    draft.rename(path)
    keyring.sync_directory(path.parent)
