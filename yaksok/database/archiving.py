"""Keep every piece of the WAL, so that the embedded server can go back to a moment.

Pieces of two databases have the same names. So each database keeps its own in a folder that is called
after it; one that was restored anew neither meets nor spoils what the one before it kept.
"""

import os
import re
import sys
from pathlib import Path

from yaksok.database.errors import DatabaseUnusable
from yaksok.database.service_user import ServiceUser

CHOOSES = "YAKSOK_WAL"
PLAIN = re.compile(r"[A-Za-z0-9/._-]+")
"""What a path may be made of that stands in the server's own commands."""
NUMBER_BYTES = 8
SECONDS = "60"
"""After this long a piece is kept though it is not full: what a crash of the disk may cost."""


def place() -> Path | None:
    """Where the WAL is kept: what ``YAKSOK_WAL`` names; None when it is not kept.

    Raises:
        DatabaseUnusable: the path has characters that a command could take for something else.
    """
    chosen = os.environ.get(CHOOSES)
    if not chosen:
        return None
    if not PLAIN.fullmatch(chosen) or not chosen.startswith("/"):
        reason = f"{CHOOSES} names a path that the server's commands cannot carry"
        raise DatabaseUnusable(
            reason, cure="name a whole path of letters, digits, dots and hyphens"
        )
    return Path(chosen)


def kept() -> Path:
    """Where the WAL is kept.

    Raises:
        DatabaseUnusable: it is not.
    """
    folder = place()
    if folder is None:
        reason = "the WAL of this mall is not kept, so there is no way to a moment"
        raise DatabaseUnusable(reason, cure=f"restore a backup, or name where it is: {CHOOSES}=DIR")
    return folder


def folder_of(cluster: Path) -> Path:
    """Where the WAL of the database in ``cluster`` is kept: called after PostgreSQL's number of it.

    A copy of a database's files has the same number; one that is made anew never has.
    """
    with (cluster / "global" / "pg_control").open("rb") as file:
        number = int.from_bytes(file.read(NUMBER_BYTES), sys.byteorder)
    return kept() / str(number)


def archiving(cluster: Path) -> dict[str, str]:
    """Options with which the server of ``cluster`` keeps its WAL; none when it is not kept.

    A piece gets its name when it is whole; one that is there already is never replaced.
    """
    if place() is None:
        return {}
    folder = folder_of(cluster)
    user = ServiceUser.choose()
    for one in (folder.parent, folder):
        one.mkdir(mode=0o700, parents=True, exist_ok=True)
        user.own(one)
    barrier = user.barrier(folder)
    if barrier is not None:
        reason = f'the server runs as user "{user.name}", who may not pass {barrier}'
        raise DatabaseUnusable(
            reason, cure=f"{CHOOSES}=/var/lib/yaksok-wal, or chmod o+x {barrier}"
        )
    part, whole = f"{folder}/.%f.part", f"{folder}/%f"
    return {
        "archive_mode": "on",
        "archive_timeout": SECONDS,
        "archive_command": f"if test -f {whole}; then cmp -s %p {whole};"
        f" else cp %p {part} && sync {part} && mv {part} {whole}; fi",
    }


def recovering(cluster: Path, until: str) -> dict[str, str]:
    """Options with which a copy of the server's files goes on to the moment ``until`` and no further.

    Raises:
        DatabaseUnusable: no WAL is kept.
    """
    return {
        "restore_command": f"cp {folder_of(cluster)}/%f %p",
        "recovery_target_time": until,
        "recovery_target_action": "promote",
        "recovery_target_timeline": "current",
        "hot_standby": "off",
    }
