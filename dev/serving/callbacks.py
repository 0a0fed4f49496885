"""Signed call-backs to the shop, repeated until it says yes; those not yet sent survive a restart."""

import http.client
import sqlite3
import threading
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from http import HTTPStatus
from urllib.parse import urlsplit

from dev.serving.faults import Faults
from dev.serving.ledger import Ledger

TABLE = """
CREATE TABLE IF NOT EXISTS callback (
    id TEXT PRIMARY KEY, sort INTEGER NOT NULL, body BLOB NOT NULL, copies INTEGER NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0, next_try REAL NOT NULL DEFAULT 0
);
"""
LONGEST_WAIT = 30.0
PATIENCE = 10.0
POLL = 0.5

Sign = Callable[[str, bytes], Mapping[str, str]]
"""Headers for the call-back with this id and body, made anew at each attempt."""


class Callbacks:
    """The outbox of one sandbox, and the thread that empties it."""

    def __init__(self, ledger: Ledger, url: str, sign: Sign, faults: Faults) -> None:
        self._ledger, self._url, self._sign, self._faults = ledger, url, sign, faults
        self._ended = threading.Event()
        self._news = threading.Event()
        self._thread = threading.Thread(target=self._run, name="callbacks", daemon=True)

    def start(self) -> None:
        """Begin to send, what is left from the last run first."""
        if self._url:
            self._thread.start()

    def stop(self) -> None:
        """Send nothing more."""
        self._ended.set()
        self._news.set()

    def add(self, rows: sqlite3.Connection, key: str, body: bytes, *, copies: int = 1) -> None:
        """Put a call-back into the transaction of ``rows``. Without a shop's address: nothing."""
        if not self._url:
            return
        wanted = max(copies, 2 if self._faults.duplicate else 1)
        rows.execute(
            "INSERT OR IGNORE INTO callback (id, sort, body, copies) VALUES (?, ?, ?, ?)",
            (key, time.time_ns(), body, wanted),
        )
        self._news.set()

    def _run(self) -> None:
        while not self._ended.is_set():
            self._news.wait(POLL)
            self._news.clear()
            if not self._faults.silent:
                with suppress(sqlite3.OperationalError):  # no room on the disk: it is sent again
                    self._send_due()

    def _send_due(self) -> None:
        due = self._ledger.all(
            "SELECT * FROM callback WHERE next_try <= ? ORDER BY sort LIMIT 20", time.time()
        )
        for row in due:
            if self._ended.is_set():
                return
            accepted = self._send_copies(row)
            with self._ledger.change() as rows:
                if accepted:
                    rows.execute("DELETE FROM callback WHERE id = ?", (row["id"],))
                else:
                    wait = min(LONGEST_WAIT, 0.5 * 2 ** row["attempts"])
                    rows.execute(
                        "UPDATE callback SET attempts = attempts + 1, next_try = ? WHERE id = ?",
                        (time.time() + wait, row["id"]),
                    )

    def _send_copies(self, row: sqlite3.Row) -> bool:
        answers = [self._send(row["id"], row["body"]) for _ in range(row["copies"])]
        return all(answers)

    def _send(self, key: str, body: bytes) -> bool:
        target = urlsplit(self._url)
        line = http.client.HTTPConnection(target.hostname or "", target.port, timeout=PATIENCE)
        headers = {"Content-Type": "application/json", **self._sign(key, body)}
        try:
            line.request("POST", target.path or "/", body, headers)
            answer = line.getresponse()
            answer.read()
        except (OSError, http.client.HTTPException):
            return False
        finally:
            line.close()
        return HTTPStatus.OK <= answer.status < HTTPStatus.MULTIPLE_CHOICES
