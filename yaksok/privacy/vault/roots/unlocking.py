"""No key, no start: whether the keys of every living epoch open. Needs no Django."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

import psycopg

from yaksok.database.address import OWNER, address_of, password_of
from yaksok.database.layout import DataDirectory
from yaksok.kernel import keyring
from yaksok.privacy.vault.roots import choosing, journal
from yaksok.privacy.vault.roots.port import label

QUERY = (
    "SELECT number, root_version, kek, index_key FROM vault_epoch"
    " WHERE closed_at IS NULL AND destroyed_at IS NULL ORDER BY number"
)


OLDEST = (
    "SELECT number, opened_at FROM vault_epoch WHERE destroyed_at IS NULL ORDER BY number LIMIT 1"
)


def oldest(data: DataDirectory) -> tuple[int, datetime] | None:
    """The oldest epoch whose keys exist, and when it began; None before anything was sealed."""
    entry = address_of(data).entry(OWNER, password_of(data, OWNER))
    with psycopg.connect(**entry) as books:
        row = books.execute(OLDEST).fetchone()
    return (int(row[0]), row[1]) if row else None


def unlock(
    data: DataDirectory, directory: Path | None = None, environ: Mapping[str, str] | None = None
) -> int:
    """How many epochs' keys open with the chosen provider. What they hold is not looked at.

    Raises:
        Unreachable: the provider does not answer.
        Unfit: it is set up wrongly, or is not the one that these keys lie with; or a move to it was
            not finished.
        Shredded: the keys of an epoch that is in use were destroyed.
    """
    entry = address_of(data).entry(OWNER, password_of(data, OWNER))
    with psycopg.connect(**entry) as books:
        rows = books.execute(QUERY).fetchall()
    journal.refuse_half_moved(directory or keyring.directory(), (row[2] for row in rows))
    root = choosing.chosen(directory, environ)
    if not rows:
        root.check()
    for number, version, kek, index_key in rows:
        root.unwrap(version, kek, label("kek", number))
        root.unwrap(version, index_key, label("index", number))
    return len(rows)
