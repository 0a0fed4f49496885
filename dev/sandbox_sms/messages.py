"""Groups of text messages, and what was sent. Numbers are kept masked once a group was sent."""

import os
import re
import sqlite3
import time
from http import HTTPStatus
from typing import Any

from dev.serving import clock
from dev.serving.exchange import Declined
from dev.serving.ledger import Ledger

TABLES = """
CREATE TABLE IF NOT EXISTS bundle (
    id TEXT PRIMARY KEY, status TEXT NOT NULL, made REAL NOT NULL, sends INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE IF NOT EXISTS message (
    number INTEGER PRIMARY KEY AUTOINCREMENT, bundle TEXT NOT NULL, recipient TEXT NOT NULL,
    sender TEXT NOT NULL, kind TEXT NOT NULL, subject TEXT NOT NULL, text TEXT NOT NULL,
    bytes INTEGER NOT NULL, sent REAL
);
"""
KEPT = 500
TAKEN = "2000"
PENDING, SENDING = "PENDING", "SENDING"
MOST_BYTES = {"SMS": 90, "LMS": 2_000}
SUBJECT_BYTES = 40
NUMBER = re.compile(r"\d{8,12}")


def masked(number: str) -> str:
    """``number`` with all but its first three and last two digits covered."""
    return number[:3] + "*" * (len(number) - 5) + number[-2:]


class Messages:
    """All groups and messages of the sandbox, on disk."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def begin(self) -> dict[str, Any]:
        """A new group, empty."""
        group = f"G4V{time.strftime('%Y%m%d%H%M%S')}{os.urandom(8).hex().upper()[:15]}"
        with self._ledger.change() as rows:
            rows.execute("INSERT INTO bundle VALUES (?, ?, ?, 0)", (group, PENDING, clock.now()))
            return self._shown(rows, group)

    def get(self, group: str) -> dict[str, Any]:
        """How a group stands. Raises Declined when there is none."""
        with self._ledger.change() as rows:
            return self._shown(rows, group)

    def add(self, group: str, posted: dict[str, Any]) -> dict[str, Any]:
        """Put messages into a group that was not sent yet; a number that is in it already is refused.

        Raises:
            Declined: there is no such group, it was sent, or the list is none.
        """
        messages = posted.get("messages")
        if not isinstance(messages, list) or not messages:
            raise Declined(HTTPStatus.BAD_REQUEST, "ValidationError", "messages is a list")
        with self._ledger.change() as rows:
            self._must_wait(rows, group)
            results = [self._put(rows, group, one) for one in messages]
        failed = sum(one["statusCode"] != TAKEN for one in results)
        return {"errorCount": failed, "resultList": results}

    def send(self, group: str) -> dict[str, Any]:
        """Send a group, once. Raises Declined when it is empty or was sent."""
        with self._ledger.change() as rows:
            self._must_wait(rows, group)
            if not self._count(rows, group):
                raise Declined(HTTPStatus.BAD_REQUEST, "MessagesNotFound", "the group is empty")
            now = clock.now()
            rows.execute(
                "UPDATE bundle SET status = ?, sends = sends + 1 WHERE id = ?", (SENDING, group)
            )
            rows.execute("UPDATE message SET sent = ? WHERE bundle = ?", (now, group))
            for row in self._of(rows, group):
                rows.execute(
                    "UPDATE message SET recipient = ? WHERE number = ?",
                    (masked(row["recipient"]), row["number"]),
                )
            rows.execute(
                "DELETE FROM message WHERE number <= (SELECT MAX(number) FROM message) - ?", (KEPT,)
            )
            return self._shown(rows, group)

    def sent(self) -> list[sqlite3.Row]:
        """Every message that was sent, the newest first."""
        return self._ledger.all("SELECT * FROM message WHERE sent IS NOT NULL ORDER BY number DESC")

    def _put(self, rows: sqlite3.Connection, group: str, one: object) -> dict[str, str]:
        message = checked(one)
        if any(row["recipient"] == message["to"] for row in self._of(rows, group)):
            return _result(message, "1065", "this number is in the group already")
        size = len(message["text"].encode("cp949", "replace"))
        if size > MOST_BYTES[message["type"]]:
            return _result(message, "1068", "longer than this kind of message may be")
        rows.execute(
            "INSERT INTO message (bundle, recipient, sender, kind, subject, text, bytes)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            (group, *(message[k] for k in ("to", "from", "type", "subject", "text")), size),
        )
        return _result(message, TAKEN, "taken")

    def _must_wait(self, rows: sqlite3.Connection, group: str) -> None:
        if self._row(rows, group)["status"] != PENDING:
            message = "the group was sent already"
            raise Declined(HTTPStatus.BAD_REQUEST, "GroupNotPending", message)

    def _shown(self, rows: sqlite3.Connection, group: str) -> dict[str, Any]:
        row, count = self._row(rows, group), self._count(rows, group)
        return {
            "groupId": group,
            "status": row["status"],
            "count": {"total": count, "registeredSuccess": count, "registeredFailed": 0},
        }

    def _row(self, rows: sqlite3.Connection, group: str) -> sqlite3.Row:
        found = rows.execute("SELECT * FROM bundle WHERE id = ?", (group,)).fetchone()
        if not isinstance(found, sqlite3.Row):
            raise Declined(HTTPStatus.NOT_FOUND, "ResourceNotFound", "there is no such group")
        return found

    def _of(self, rows: sqlite3.Connection, group: str) -> list[sqlite3.Row]:
        return rows.execute("SELECT * FROM message WHERE bundle = ?", (group,)).fetchall()

    def _count(self, rows: sqlite3.Connection, group: str) -> int:
        return len(self._of(rows, group))


def checked(one: object) -> dict[str, str]:
    """A message with all its fields.

    Raises:
        Declined: a field is missing, unknown or of another shape.
    """
    known = {"to", "from", "text", "type", "subject"}
    fine = (
        isinstance(one, dict)
        and set(one) <= known
        and {"to", "from", "text", "type"} <= set(one)
        and all(isinstance(value, str) for value in one.values())
        and all(NUMBER.fullmatch(one[name]) for name in ("to", "from"))
        and one["type"] in MOST_BYTES
        and len(one.get("subject", "").encode("cp949", "replace")) <= SUBJECT_BYTES
        and (one["type"] == "LMS" or "subject" not in one)
        and one["text"]
    )
    if not fine or not isinstance(one, dict):
        raise Declined(HTTPStatus.BAD_REQUEST, "ValidationError", "a field is wrong or missing")
    return {"subject": "", **one}


def _result(message: dict[str, str], code: str, words: str) -> dict[str, str]:
    return {
        **{name: message[name] for name in ("to", "from", "type")},
        "country": "82",
        "messageId": f"M4V{os.urandom(12).hex().upper()}",
        "statusCode": code,
        "statusMessage": words,
    }
