"""Take copies as a backup, a thief or an examiner does, and search what was copied."""

import hashlib
import os
import re
import shutil
import subprocess
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID

import psycopg

from tests.cast import canaries
from tests.cast.running import RunningMall
from yaksok.database import binaries
from yaksok.database.address import address_of
from yaksok.database.embedded import ADMIN, ADMIN_CREDENTIAL, PORT
from yaksok.database.layout import DataDirectory

KEY_ROW = re.compile(rb"(?s)\x8d([\x01\x02].{68})\x43(.{32})")
"""Two short byte strings after their length (69 and 32 bytes, and one for the length), as the key table
has them in heap and WAL; before them lie subject, record and epoch."""
BEFORE = 16 + 16 + 4
KEY_LINE = re.compile(
    rb"([0-9a-f-]{36})\t([0-9a-f-]{36})\t(\d+)\t\\\\x(0[12][0-9a-f]{136})\t\\\\x([0-9a-f]{64})"
)
"""The same row in a dump."""
EPOCH_LINE = re.compile(rb"^(\d+)\t\d+\t\\\\x([0-9a-f]+)\t\\\\x([0-9a-f]+)\t", re.MULTILINE)
LATEST_EPOCH = 1000
"""Bytes whose epoch would be later are no row of keys."""

DUMP = ".sql"
Found = tuple[str, str, int, str, str]


@dataclass(slots=True)
class Evidence:
    """What was found in all places together."""

    keys: set[Found] = field(default_factory=set)
    epochs: set[tuple[int, str, str]] = field(default_factory=set)


def take(mall: RunningMall, to: Path, *, disk: bool) -> list[Path]:
    """Take a base backup and a dump while the mall is open; with ``disk`` copy its files, too.

    Without the keys' directory, which no backup may hold, and without what the sandboxes of the outside
    world were told.
    """
    data = DataDirectory(mall.root)
    with address_of(data).connect_as_admin("yaksok") as admin:
        admin.execute("CHECKPOINT")
        folder = binaries.find(admin.info.server_version // 10_000).folder
    to.mkdir(mode=0o711, parents=True)
    if disk:
        _copy_disk(mall.root, to / "disk")
    entry = (f"--host={data.socket}", f"--port={PORT}", f"--username={ADMIN}")
    told = {**os.environ, "PGPASSWORD": data.known_credential(ADMIN_CREDENTIAL)}
    backup = (
        str(folder / "pg_basebackup"),
        *entry,
        f"--pgdata={to / 'base'}",
        "--wal-method=fetch",
    )
    subprocess.run((*backup, "--checkpoint=fast"), env=told, check=True, capture_output=True)
    if (folder / "pg_dump").exists():
        dump = (str(folder / "pg_dump"), *entry, f"--file={to / 'dump.sql'}", "yaksok")
        subprocess.run(dump, env=told, check=True, capture_output=True)
    else:
        _dump(data, to / "dump.sql")
    return [to / "disk", to / "base", to / "dump.sql"]


def _copy_disk(source: Path, target: Path) -> None:
    for path in sorted(source.rglob("*")):
        if path.is_relative_to(source / "keys") or path.is_relative_to(source / "sandbox"):
            continue
        place = target / path.relative_to(source)
        try:
            if path.is_file():
                place.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(path, place)
        except FileNotFoundError:
            continue  # a file of the open mall that has just gone


def _dump(data: DataDirectory, to: Path) -> None:
    """A dump by COPY, where the server comes without its tool."""
    with address_of(data).connect_as_admin("yaksok") as admin, to.open("wb") as file:
        tables = admin.execute(
            "SELECT format('%I.%I', schemaname, tablename) FROM pg_tables"
            " WHERE schemaname NOT IN ('pg_catalog', 'information_schema') ORDER BY 1"
        ).fetchall()
        for (table,) in tables:
            file.write(f"COPY {table}\n".encode())
            with admin.cursor().copy(f"COPY {table} TO STDOUT".encode()) as rows:
                for row in rows:
                    file.write(bytes(row))


def distinct(places: Iterable[Path]) -> tuple[list[Path], int, int]:
    """The files that differ, and how many files and bytes there were: copies share most of theirs."""
    known: set[bytes] = set()
    found, files, size = [], 0, 0
    for path in canaries.files_below(places):
        try:
            content = path.read_bytes()
        except FileNotFoundError:
            continue
        files, size = files + 1, size + len(content)
        digest = hashlib.blake2b(content).digest()
        if content and digest not in known:
            known.add(digest)
            found.append(path)
    return found, files, size


def evidence(paths: Iterable[Path]) -> Evidence:
    """Every row of keys, and every epoch, in any of the files."""
    result = Evidence()
    for path in paths:
        for content in _opened(path):
            result.keys.update(_rows(content))
            if path.suffix == DUMP:
                result.keys.update(_lines(content))
                lines = re.split(rb"\nCOPY ", content)
                for part in lines:
                    if b"vault_epoch" in part.split(b"\n", 1)[0]:
                        for number, kek, index in EPOCH_LINE.findall(part):
                            result.epochs.add((int(number), kek.decode(), index.decode()))
    return result


def _rows(content: bytes) -> Iterator[Found]:
    for row in KEY_ROW.finditer(content):
        before = content[max(0, row.start() - BEFORE) : row.start()]
        epoch = int.from_bytes(before[32:], "little")
        if len(before) == BEFORE and 0 < epoch < LATEST_EPOCH:
            yield (
                str(UUID(bytes=before[:16])),
                str(UUID(bytes=before[16:32])),
                epoch,
                row[1].hex(),
                row[2].hex(),
            )


def _lines(content: bytes) -> Iterator[Found]:
    for line in KEY_LINE.findall(content):
        subject, record, epoch, wrapped, commitment = (part.decode() for part in line)
        yield subject, record, int(epoch), wrapped, commitment


def with_bytes(paths: Iterable[Path], secrets: Iterable[str]) -> list[tuple[str, Path]]:
    """Where any of ``secrets`` (in hex) stands: as bytes, as hex in either case, as Base64."""
    wanted = [
        (secret, pattern)
        for secret in secrets
        for pattern in (
            bytes.fromhex(secret),
            secret.encode(),
            secret.upper().encode(),
            *canaries.base64_inner(bytes.fromhex(secret)),
        )
    ]
    return [
        (secret, path)
        for path in paths
        for content in _opened(path)
        for secret, pattern in wanted
        if pattern in content
    ]


def _opened(path: Path) -> Iterator[bytes]:
    try:
        yield path.read_bytes()
    except FileNotFoundError:
        return  # gone since it was listed


def live_epochs(mall: RunningMall) -> set[tuple[int, str, str]]:
    """The wrapped keys of every epoch, as an administrator of the database reads them."""
    try:
        with address_of(DataDirectory(mall.root)).connect_as_admin("yaksok") as admin:
            rows = admin.execute("SELECT number, kek, index_key FROM vault.vault_epoch").fetchall()
    except psycopg.OperationalError:
        return set()
    return {(number, bytes(kek).hex(), bytes(index).hex()) for number, kek, index in rows}
