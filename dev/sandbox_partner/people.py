"""What the shop gave of each person, and which of its requests were carried out."""

import json
import sqlite3
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from dev.serving import clock
from dev.serving.callbacks import TABLE as CALLBACKS
from dev.serving.callbacks import Callbacks
from dev.serving.exchange import Declined
from dev.serving.ledger import Ledger

TABLES = (
    """
CREATE TABLE IF NOT EXISTS person (
    reference TEXT PRIMARY KEY, items TEXT NOT NULL, erased INTEGER NOT NULL DEFAULT 0,
    received REAL NOT NULL, changed REAL NOT NULL, changes INTEGER NOT NULL DEFAULT 1
);
CREATE TABLE IF NOT EXISTS request (
    key TEXT PRIMARY KEY, method TEXT NOT NULL, reference TEXT NOT NULL, status INTEGER NOT NULL,
    result TEXT NOT NULL, calls INTEGER NOT NULL DEFAULT 1, body TEXT NOT NULL, first REAL NOT NULL
);
"""
    + CALLBACKS
)
LONGEST = 512
MOST_ITEMS = 12
DONE, LATER, NOT_HELD = "done", "later", "not_held"


@dataclass(frozen=True, slots=True)
class Done:
    """What was answered to one request."""

    key: str
    status: int
    result: str

    def body(self) -> bytes:
        """As it goes over the wire."""
        return json.dumps({"request": self.key, "result": self.result}).encode()


class People:
    """All persons of the sandbox, on disk."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self.callbacks: Callbacks | None = None
        self.later = False
        """Whether requests are said to be carried out later; a call-back tells of it then."""

    def carry_out(
        self, key: str, method: str, reference: str, items: dict[str, str] | None, body: str
    ) -> Done:
        """Do what is asked once, however often it is asked under the same key.

        Raises:
            Declined: it is to be given again what was erased, or the key was used for something else.
        """
        with self._ledger.change() as rows:
            known = rows.execute("SELECT * FROM request WHERE key = ?", (key,)).fetchone()
            if known is not None:
                if (known["method"], known["reference"]) != (method, reference):
                    message = "this key was used for another request"
                    raise Declined(HTTPStatus.UNPROCESSABLE_ENTITY, "KEY_USED", message)
                rows.execute("UPDATE request SET calls = calls + 1 WHERE key = ?", (key,))
                return Done(key, known["status"], known["result"])
            done = Done(key, *self._do(rows, method, reference, items))
            rows.execute(
                "INSERT INTO request (key, method, reference, status, result, body, first)"
                " VALUES (?, ?, ?, ?, ?, ?, ?)",
                (key, method, reference, done.status, done.result, body, clock.now()),
            )
            if not self.later:
                return done
            if self.callbacks:
                self.callbacks.add(rows, key, done.body())
            return Done(key, HTTPStatus.ACCEPTED, LATER)

    def _do(
        self,
        rows: sqlite3.Connection,
        method: str,
        reference: str,
        items: dict[str, str] | None,
    ) -> tuple[int, str]:
        found = rows.execute("SELECT * FROM person WHERE reference = ?", (reference,)).fetchone()
        now = clock.now()
        if method == "POST":
            if found is not None:
                message = "what was erased, or given under another key, is not taken again"
                raise Declined(HTTPStatus.UNPROCESSABLE_ENTITY, "NOT_AGAIN", message)
            rows.execute(
                "INSERT INTO person (reference, items, received, changed) VALUES (?, ?, ?, ?)",
                (reference, json.dumps(items, ensure_ascii=False), now, now),
            )
            return HTTPStatus.CREATED, DONE
        if found is None or found["erased"]:
            if found is None and method == "DELETE":  # so that nothing that comes late is kept
                rows.execute(
                    "INSERT INTO person (reference, items, erased, received, changed)"
                    " VALUES (?, '{}', 1, ?, ?)",
                    (reference, now, now),
                )
            return HTTPStatus.NOT_FOUND, NOT_HELD
        rows.execute(
            "UPDATE person SET items = ?, erased = ?, changed = ?, changes = changes + 1"
            " WHERE reference = ?",
            (
                json.dumps(items or {}, ensure_ascii=False),
                int(method == "DELETE"),
                now,
                reference,
            ),
        )
        return HTTPStatus.OK, DONE

    def empty(self) -> None:
        """Forget everything."""
        with self._ledger.change() as rows:
            for table in ("person", "request", "callback"):
                rows.execute(f"DELETE FROM {table}")  # noqa: S608 - constants of this module

    def all(self) -> list[dict[str, Any]]:
        """Every person, the newest first, at most 200."""
        rows = self._ledger.all("SELECT * FROM person ORDER BY received DESC LIMIT 200")
        return [{**dict(row), "items": json.loads(row["items"])} for row in rows]

    def requests(self) -> list[dict[str, Any]]:
        """Every request that was carried out, the oldest first, at most 1 000."""
        rows = self._ledger.all("SELECT * FROM request ORDER BY first LIMIT 1000")
        return [dict(row) for row in rows]


def checked(posted: object) -> dict[str, str]:
    """Items by name: at most twelve texts of 1 to 512 characters.

    Raises:
        Declined: it is anything else.
    """
    fit = (
        isinstance(posted, dict)
        and len(posted) <= MOST_ITEMS
        and all(isinstance(one, str) and 0 < len(one) <= LONGEST for one in posted.values())
    )
    if not fit or not isinstance(posted, dict):
        message = f"items are at most {MOST_ITEMS} texts of 1 to {LONGEST} characters"
        raise Declined(HTTPStatus.BAD_REQUEST, "WRONG_ITEMS", message)
    return posted
