"""State that survives a kill -9: one SQLite file with a write-ahead log.

A power cut may take the last moments; a sandbox needs no more than that.
"""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PRIVATE_DIRECTORY = 0o700
PRIVATE_FILE = 0o600


class Ledger:
    """A file of tables, used by one writer at a time."""

    def __init__(self, folder: Path, name: str, tables: str) -> None:
        folder.mkdir(mode=PRIVATE_DIRECTORY, parents=True, exist_ok=True)
        path = folder / name
        path.touch(mode=PRIVATE_FILE, exist_ok=True)
        self._lock = threading.RLock()
        self._rows = sqlite3.connect(path, check_same_thread=False, isolation_level=None)
        self._rows.row_factory = sqlite3.Row
        self._rows.execute("PRAGMA journal_mode = WAL")
        self._rows.execute("PRAGMA synchronous = NORMAL")
        self._rows.execute("PRAGMA secure_delete = ON")
        self._rows.executescript(tables)

    @contextmanager
    def change(self) -> Iterator[sqlite3.Connection]:
        """A transaction: everything in the block outlives the process when it ends, or nothing does."""
        with self._lock:
            self._rows.execute("BEGIN IMMEDIATE")
            try:
                yield self._rows
            except BaseException:
                self._rows.execute("ROLLBACK")
                raise
            self._rows.execute("COMMIT")

    def all(self, query: str, *values: object) -> list[sqlite3.Row]:
        """Every row of a query."""
        with self._lock:
            return self._rows.execute(query, values).fetchall()

    def one(self, query: str, *values: object) -> sqlite3.Row | None:
        """The first row of a query."""
        rows = self.all(query, *values)
        return rows[0] if rows else None

    def close(self) -> None:
        """Write everything into the main file and let it go."""
        with self._lock:
            self._rows.close()
