"""Write a backup: the mall as it is now, and apart from it what is needed to open it.

A folder ``data-…`` may be old: it holds everything but the tables of keys. A folder ``keys-…`` must be
of the epoch that is open: it holds those tables, the sealed records that they open, and the ledger of
erasures. Neither holds the root keys, without which both are noise.
"""

import hashlib
import tarfile
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any, BinaryIO, Protocol

import psycopg
from psycopg import sql

from yaksok.database import backing_up, manifest
from yaksok.database.backing_up import Books
from yaksok.database.layout import DataDirectory
from yaksok.database.manifest import Draft, Folder
from yaksok.kernel import clock
from yaksok.privacy.vault import epochs, intents, overlay, rehearsed

KEYS, DATA = "keys", "data"
DUMP, EMPTY_TABLES, MEDIA = "mall.dump", "tables-of-keys.dump", "media.tar"
COUNTED = ("mall", "privacy", "consent", "audit", "guard", "vault")

Told = Callable[[int], None]


class Shown(Protocol):
    """Shows how far a step is. ``total`` is what its parts add up to."""

    def step(self, label: str, total: int) -> Told:
        """What hears of each part that is done."""


class Silent:
    """Shows nothing."""

    def step(self, label: str, total: int) -> Told:  # noqa: ARG002 - as the protocol says
        """Nothing hears of it."""
        return manifest.nothing


def write(
    data: DataDirectory, place: Path, *, keys_only: bool = False, shown: Shown | None = None
) -> tuple[Folder, ...]:
    """Write a backup into ``place`` while the mall is open or closed; the keys alone if asked.

    Both parts are of one moment. Cut short anywhere, what is in ``place`` under its own name is
    whole; the next call removes the rest.

    Raises:
        DatabaseUnusable: there is no room, a program is missing, or the server does not answer.
        Damaged: ``place`` cannot be written, or another backup is being written into it.
    """
    shown = shown or Silent()
    of = backing_up.books(data)
    with of.connect() as line:
        sizes = backing_up.sizes(line)
    media = sum(one.stat().st_size for one in data.media.rglob("*") if one.is_file())
    needed = sizes["vault"] + (0 if keys_only else sizes["database"] + media)
    backing_up.room(place, needed)
    at = clock.now()
    with backing_up.moment(of, overlay.LOCKED) as moment:
        with manifest.drafting(place, KEYS, at) as draft:
            _write_keys(draft, moment.keys, shown.step("keys", sizes["vault"]))
            moment.let_keys_go()
        if not keys_only:
            with manifest.drafting(place, DATA, at) as draft:
                told = shown.step("data", sizes["database"])
                _write_data(draft, of, moment.snapshot, told)
                _write_media(draft, data.media, shown.step("pictures", media))
    rehearsed.remember_place(place)
    kinds = (KEYS,) if keys_only else (KEYS, DATA)
    return tuple(manifest.found(place, kind)[-1] for kind in kinds)


def tenant_mark() -> str:
    """Tells the backups of one mall from those of another, and tells nothing else."""
    return hashlib.sha256(b"backup" + epochs.root().tenant).hexdigest()[:16]


def _facts() -> dict[str, Any]:
    return {"mall": tenant_mark(), "yaksok": version("yaksok")}


def _write_keys(draft: Draft, line: psycopg.Connection, told: Told) -> None:
    draft.facts |= _facts()
    counts = {}
    for table in overlay.PARTS:
        counts[table] = _count(line, table)
        with draft.create(f"{table}.copy") as file:
            backing_up.copy_out(line, overlay.copy_statement(table), file, told)
    draft.facts["counts"] = counts
    rows = line.execute(
        "SELECT number, root_version, kek, index_key FROM vault_epoch"
        " WHERE closed_at IS NULL ORDER BY number"
    ).fetchall()
    draft.facts["epochs"] = [
        [number, root_version, bytes(kek).hex(), bytes(index_key).hex()]
        for number, root_version, kek, index_key in rows
    ]
    for path in intents.files(intents.directory()):
        draft.copy(path, path.name)


def _write_data(draft: Draft, of: Books, snapshot: str, told: Told) -> None:
    draft.facts |= _facts()
    with of.connect() as line:
        line.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        line.execute(sql.SQL("SET TRANSACTION SNAPSHOT {}").format(sql.Literal(snapshot)))
        draft.facts["counts"] = counts_of(line)
        draft.facts["postgresql"] = line.info.server_version // 10_000
    with draft.create(EMPTY_TABLES) as file:
        backing_up.dump_key_tables(of, file)
    with draft.create(DUMP) as file:
        backing_up.dump(of, snapshot, file, told)


def _write_media(draft: Draft, media: Path, told: Told) -> None:
    with draft.create(MEDIA) as file:
        packed(media, file, told)


def packed(media: Path, file: BinaryIO, told: Told) -> None:
    """The pictures of goods, in one archive."""
    with tarfile.open(fileobj=file, mode="w") as archive:
        for path in sorted(one for one in media.rglob("*") if one.is_file()):
            archive.add(path, arcname=str(path.relative_to(media)))
            told(path.stat().st_size)


def counts_of(line: psycopg.Connection) -> Mapping[str, int]:
    """Rows of every table of the mall that a data part has rows of."""
    keys = [table.partition(".")[2].rstrip("*") for table in backing_up.KEY_TABLES]
    names: Sequence[tuple[str, str]] = line.execute(
        "SELECT schemaname, tablename FROM pg_tables WHERE schemaname = ANY(%s) ORDER BY 1, 2",
        [list(COUNTED)],
    ).fetchall()
    return {
        f"{schema}.{table}": _count(line, f"{schema}.{table}")
        for schema, table in names
        if not table.startswith(tuple(keys))
    }


def _count(line: psycopg.Connection, table: str) -> int:
    name = sql.Identifier(*table.split("."))
    row = line.execute(sql.SQL("SELECT count(*) FROM {}").format(name)).fetchone()
    return int(row[0]) if row else 0


def age(folder: Folder) -> str:
    """How long ago a folder was begun, in words."""
    return _in_words((clock.now() - folder.at).total_seconds())


def _in_words(seconds: float) -> str:
    for size, name in ((86_400, "days"), (3_600, "hours"), (60, "minutes")):
        if seconds >= size:
            return f"{int(seconds // size)} {name}"
    return f"{int(max(seconds, 0))} seconds"


def latest(place: Path, kind: str, *, until: datetime | None = None) -> Folder | None:
    """The newest folder of ``kind``: ``place`` itself if it is one, else of those in it."""
    if (place / manifest.NAME).exists():
        own = manifest.opened(place)
        if own.kind == kind:
            return own
        place = place.parent
    known = [one for one in manifest.found(place, kind) if until is None or one.at <= until]
    return known[-1] if known else None
