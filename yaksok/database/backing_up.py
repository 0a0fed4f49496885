"""Copy a database out and in: by PostgreSQL's own programs, and by COPY for the rows of keys.

The data part and the key part are of one and the same moment, whatever is sold meanwhile: both read
under one exported snapshot. The lock on the tables of keys is held only while they are copied, so a
long data part lets an epoch close.
"""

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import psycopg
from psycopg import sql

from yaksok.database.address import OWNER, Address, address_of, password_of
from yaksok.database.binaries import Binaries, find
from yaksok.database.errors import DatabaseUnusable
from yaksok.database.layout import DataDirectory
from yaksok.database.manifest import CHUNK, nothing
from yaksok.database.service_user import ServiceUser, end_with_parent

KEY_TABLES = ("vault.vault_record_key*", "vault.vault_blind_index*", "vault.vault_epoch*")
"""What the data part has without a row: whoever has it alone can open nothing."""

NOT_OURS = ("SCHEMA ", "EXTENSION ", "COMMENT ", "ACL - SCHEMA ", "SHELL TYPE ")
"""Entries of a dump that exist before it is loaded."""

MARGIN = 64 * 1024 * 1024
"""Bytes that must stay free where a backup is written."""
POLL_SECONDS = 0.1

Told = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Books:
    """One database as its owner, and the programs that fit its server."""

    data: DataDirectory
    address: Address
    binaries: Binaries
    user: ServiceUser

    def connect(self) -> psycopg.Connection:
        """A connection as the owner of the tables."""
        return psycopg.connect(**self.address.entry(OWNER, password_of(self.data, OWNER)))

    def environment(self, role: str = OWNER) -> dict[str, str]:
        """How PostgreSQL's programs reach the database: nothing of it stands in a command line."""
        admin = role != OWNER
        entry = self.address.entry(
            self.address.admin if admin else OWNER,
            self.address.admin_password if admin else password_of(self.data, OWNER),
        )
        names = {
            "dbname": "PGDATABASE",
            "application_name": "PGAPPNAME",
            "connect_timeout": "PGCONNECT_TIMEOUT",
        }
        told = {names.get(name, f"PG{name.upper()}"): str(value) for name, value in entry.items()}
        return {"PATH": os.environ.get("PATH", "/usr/bin:/bin"), "LC_ALL": "C.UTF-8", **told}

    def program(self, name: str) -> Path:
        """One of PostgreSQL's programs.

        Raises:
            DatabaseUnusable: this machine does not have it.
        """
        path = self.binaries.folder / name
        if not os.access(path, os.X_OK):
            reason = f"{path} is missing"
            cure = f"install the client programs of PostgreSQL {self.binaries.major}"
            raise DatabaseUnusable(reason, cure=cure)
        return path


def books(data: DataDirectory) -> Books:
    """The running database of ``data`` with programs of its server's version.

    Raises:
        DatabaseUnusable: no such programs are here, or the server's user cannot reach them.
    """
    address = address_of(data)
    with psycopg.connect(**address.entry(OWNER, password_of(data, OWNER))) as line:
        major = line.info.server_version // 10_000
    binaries, user = find(major), _who()
    if binaries.bundled and user.barrier(binaries.folder) is not None:
        binaries = binaries.copied_below(data.root)
    return Books(data, address, binaries, user)


def _who() -> ServiceUser:
    """The embedded server's user; for another server there is no reason to be somebody else."""
    if os.environ.get("DATABASE_URL"):
        return ServiceUser("", os.geteuid(), os.getegid(), dropped=False)
    return ServiceUser.choose()


@dataclass(frozen=True, slots=True)
class Moment:
    """A snapshot that others can read under, while it is held."""

    snapshot: str
    keys: psycopg.Connection
    """Reads under it, and holds the tables of keys until :meth:`let_keys_go`."""

    def let_keys_go(self) -> None:
        """End the lock on the tables of keys; the snapshot stays."""
        self.keys.commit()


@contextmanager
def moment(of: Books, locked: Sequence[str]) -> Iterator[Moment]:
    """One moment of the database, held until the block ends.

    The tables in ``locked`` are locked against being emptied or replaced *before* the moment is
    chosen: a snapshot does not protect from TRUNCATE.
    """
    with of.connect() as keys, of.connect() as holder:
        for line in (keys, holder):
            line.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
            line.read_only = True
        names = sql.SQL(", ").join(map(sql.Identifier, locked))
        keys.execute(sql.SQL("LOCK TABLE {} IN ACCESS SHARE MODE").format(names))
        first = _exported(keys)
        holder.execute(sql.SQL("SET TRANSACTION SNAPSHOT {}").format(sql.Literal(first)))
        yield Moment(_exported(holder), keys)


def _exported(line: psycopg.Connection) -> str:
    row = line.execute("SELECT pg_export_snapshot()").fetchone()
    return str(row[0]) if row else ""


def copy_out(
    line: psycopg.Connection, statement: str, target: BinaryIO, told: Told = nothing
) -> None:
    """The rows of ``statement``, a constant of the code, in COPY's binary form."""
    with (
        line.cursor() as cursor,
        cursor.copy(f"COPY ({statement}) TO STDOUT (FORMAT binary)".encode()) as copy,
    ):
        for piece in copy:
            target.write(piece)
            told(len(piece))


def copy_in(
    line: psycopg.Connection, table: str, columns: Sequence[str], source: Path, told: Told = nothing
) -> None:
    """Rows that :func:`copy_out` wrote, into ``table``."""
    statement = sql.SQL("COPY {} ({}) FROM STDIN (FORMAT binary)").format(
        sql.Identifier(table), sql.SQL(", ").join(map(sql.Identifier, columns))
    )
    with line.cursor() as cursor, cursor.copy(statement) as copy, source.open("rb") as file:
        while piece := file.read(CHUNK):
            copy.write(piece)
            told(len(piece))


def dump(of: Books, snapshot: str, target: BinaryIO, told: Told = nothing) -> None:
    """Everything but the tables of keys, as of ``snapshot``."""
    without = [f"--exclude-table={table}" for table in KEY_TABLES]
    _run(of, "pg_dump", [*_PLAIN, f"--snapshot={snapshot}", *without], stdout=target, told=told)


def dump_key_tables(of: Books, target: BinaryIO) -> None:
    """The empty tables of keys: how they are made, without a row. Locks them for a moment."""
    only = [f"--table={table}" for table in KEY_TABLES]
    _run(of, "pg_dump", [*_PLAIN, "--schema-only", *only], stdout=target)


_PLAIN = ("--format=custom", "--compress=1", "--no-comments", "--no-owner")


def load(into: Books, source: Path, told: Told = nothing) -> None:
    """What :func:`dump` wrote, into a database that has roles and schemas and no tables.

    Raises:
        DatabaseUnusable: an entry cannot be made; everything before it stays.
    """
    entries = subprocess.run(
        [into.program("pg_restore"), "--list", source], capture_output=True, text=True, check=True
    ).stdout
    kept = [
        line
        for line in entries.splitlines()
        if line and not line.startswith(";") and not _is_there(line)
    ]
    listed = into.data.postgres / "restore.list"
    handle = os.open(listed, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write("\n".join(kept) + "\n")
    into.user.own(listed)
    arguments = ["--exit-on-error", "--no-owner", f"--use-list={listed}"]
    try:
        with source.open("rb") as file:
            _run(
                into,
                "pg_restore",
                [*arguments, f"--dbname={into.address.database}"],
                stdin=file,
                told=told,
            )
    finally:
        listed.unlink(missing_ok=True)


def _is_there(line: str) -> bool:
    """Whether an entry ``12; 2615 16388 SCHEMA - vault owner`` names what exists already."""
    said = line.partition(";")[2].split(maxsplit=2)
    return len(said) > 2 and said[2].startswith(NOT_OURS)  # noqa: PLR2004 - after two numbers


def base_copy(of: Books, target: BinaryIO, told: Told = nothing) -> None:
    """A copy of the server's files, with the WAL it needs: where recovery to a moment begins.

    Carries wrapped keys, as the server's own files do; they are worthless after their epoch.
    """
    way = ("--pgdata=-", "--format=tar", "--wal-method=fetch", "--checkpoint=fast", "--no-password")
    _run(of, "pg_basebackup", way, stdout=target, role=of.address.admin, told=told)


def give(place: Path) -> None:
    """Make everything at ``place`` the server's user's own, private."""
    user = ServiceUser.choose()
    for folder, _, names in os.walk(place):
        user.own(Path(folder))
        for name in names:
            user.own(Path(folder) / name)


def room(place: Path, needed: int) -> None:
    """Nothing, when ``needed`` bytes fit where ``place`` is.

    Raises:
        DatabaseUnusable: they do not.
    """
    near = next(one for one in (place, *place.parents) if one.exists())
    free = shutil.disk_usage(near).free
    if free < needed + MARGIN:
        reason = f"{(needed + MARGIN) >> 20} MB are needed in {place}, and {free >> 20} MB are free"
        raise DatabaseUnusable(reason, cure="free space there, or name another directory")


def sizes(line: psycopg.Connection) -> Mapping[str, int]:
    """Bytes on disk of the whole database and of the vault's tables."""
    row = line.execute(
        "SELECT pg_database_size(current_database()), coalesce(sum(pg_table_size(c.oid)), 0)"
        " FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
        " WHERE n.nspname = 'vault' AND c.relkind = 'r'"
    ).fetchone()
    return {"database": int(row[0]), "vault": int(row[1])} if row else {"database": 0, "vault": 0}


def _run(
    of: Books,
    name: str,
    arguments: Sequence[str],
    *,
    stdin: BinaryIO | None = None,
    stdout: BinaryIO | None = None,
    role: str = OWNER,
    told: Told = nothing,
) -> None:
    """Run one of PostgreSQL's programs as the server's user; it ends with this process."""
    process = subprocess.Popen(
        [of.program(name), *arguments],
        **of.user.popen,  # type: ignore[call-overload]  # typeshed knows no dict of these
        cwd="/",
        env=of.environment(role),
        stdin=stdin or subprocess.DEVNULL,
        stdout=stdout or subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        preexec_fn=end_with_parent(signal.SIGTERM),  # noqa: PLW1509 - made before any thread
    )
    watched = stdin or stdout
    seen = 0
    while process.poll() is None:
        time.sleep(POLL_SECONDS)
        if watched is not None:
            now = os.lseek(watched.fileno(), 0, os.SEEK_CUR)
            told(now - seen)
            seen = now
    said = process.stderr.read().decode(errors="replace") if process.stderr else ""
    if process.returncode != 0:
        last = "\n".join(f"  | {line}" for line in said.strip().splitlines()[-4:])
        reason = f"{name} failed:\n{last}"
        raise DatabaseUnusable(reason, cure="read the lines above, then call again")
