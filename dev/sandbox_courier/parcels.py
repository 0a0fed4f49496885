"""Parcels, what the shop gave for each, and where they are."""

import json
import os
import sqlite3
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Any

from dev.serving import clock
from dev.serving.callbacks import TABLE as CALLBACKS
from dev.serving.callbacks import Callbacks
from dev.serving.exchange import Declined
from dev.serving.ledger import Ledger

TABLES = (
    """
CREATE TABLE IF NOT EXISTS parcel (
    parcel TEXT PRIMARY KEY, name TEXT NOT NULL, address TEXT NOT NULL, phone TEXT NOT NULL,
    tracking_number TEXT NOT NULL, state TEXT NOT NULL, received REAL NOT NULL, moved REAL NOT NULL,
    calls INTEGER NOT NULL DEFAULT 1, body TEXT NOT NULL DEFAULT ''
);
CREATE TABLE IF NOT EXISTS erasing (parcel TEXT PRIMARY KEY);
"""
    + CALLBACKS
)
ON_A_LABEL = ("name", "address", "phone")
"""What a courier needs; nothing else is taken."""

_FORGET = "UPDATE parcel SET name = '-', address = '-', phone = '-', body = '' WHERE parcel = ?"
STATES = ("accepted", "picked_up", "in_transit", "delivered")
LONGEST = 512


class Parcels:
    """All parcels of the sandbox, on disk."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self.callbacks: Callbacks | None = None

    def accept(self, posted: dict[str, Any], body: str = "") -> dict[str, str]:
        """Take a parcel and answer with its tracking number; the same one when it comes again.

        What came first stays: a repeated call is a repeated call, not a correction. ``body`` is
        the request as it came over the wire, kept to be shown.

        Raises:
            Declined: a field is missing, empty, too long, or one that no courier needs.
        """
        label = checked(posted, ("parcel", *ON_A_LABEL))
        number = f"{int.from_bytes(os.urandom(8)) % 10**12:012d}"
        with self._ledger.change() as rows:
            now = clock.now()
            rows.execute(
                "INSERT INTO parcel (parcel, name, address, phone, tracking_number, state, received,"
                " moved, body) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
                " ON CONFLICT (parcel) DO UPDATE SET calls = calls + 1",
                (*(label[k] for k in ("parcel", *ON_A_LABEL)), number, STATES[0], now, now, body),
            )
            return shown(self._row(rows, label["parcel"]))

    def correct(self, parcel: str, posted: dict[str, Any]) -> dict[str, str]:
        """Put another label on a parcel that was not delivered yet.

        Raises:
            Declined: there is no such parcel, it was delivered, or a field is not a label's.
        """
        label = checked(posted, ON_A_LABEL)
        with self._ledger.change() as rows:
            if self._row(rows, parcel)["state"] == STATES[-1]:
                message = "it was delivered; its label cannot change any more"
                raise Declined(HTTPStatus.CONFLICT, "DELIVERED", message)
            rows.execute(
                "UPDATE parcel SET name = ?, address = ?, phone = ? WHERE parcel = ?",
                (*(label[k] for k in ON_A_LABEL), parcel),
            )
            return shown(self._row(rows, parcel))

    def erase(self, parcel: str) -> bool:
        """Forget a label, now or, while it is needed to deliver, with the delivery; whether it is gone.

        Raises Declined when there is no such parcel.
        """
        with self._ledger.change() as rows:
            if self._row(rows, parcel)["state"] != STATES[-1]:
                rows.execute("INSERT OR IGNORE INTO erasing (parcel) VALUES (?)", (parcel,))
                return False
            rows.execute(_FORGET, (parcel,))
            return True

    def get(self, parcel: str) -> dict[str, str]:
        """Where one parcel is. Raises Declined when there is none."""
        with self._ledger.change() as rows:
            return shown(self._row(rows, parcel))

    def advance(self, parcel: str) -> dict[str, str]:
        """Move a parcel one step on and tell the shop. A delivered one stays delivered."""
        with self._ledger.change() as rows:
            before = self._row(rows, parcel)["state"]
            if before != STATES[-1]:
                after = STATES[STATES.index(before) + 1]
                rows.execute(
                    "UPDATE parcel SET state = ?, moved = ? WHERE parcel = ?",
                    (after, clock.now(), parcel),
                )
                self._tell(rows, self._row(rows, parcel))
                if after == STATES[-1]:
                    wanted = rows.execute("DELETE FROM erasing WHERE parcel = ?", (parcel,))
                    if wanted.rowcount:
                        rows.execute(_FORGET, (parcel,))
            return shown(self._row(rows, parcel))

    def advance_older(self, seconds: float) -> None:
        """Move every parcel on that has not moved for ``seconds``."""
        still = self._ledger.all(
            "SELECT parcel FROM parcel WHERE state <> ? AND moved <= ?",
            STATES[-1],
            clock.now() - seconds,
        )
        for row in still:
            self.advance(row["parcel"])

    def all(self) -> list[sqlite3.Row]:
        """Every parcel, the newest first, at most 200."""
        return self._ledger.all("SELECT * FROM parcel ORDER BY received DESC LIMIT 200")

    def _row(self, rows: sqlite3.Connection, parcel: str) -> sqlite3.Row:
        found = rows.execute("SELECT * FROM parcel WHERE parcel = ?", (parcel,)).fetchone()
        if not isinstance(found, sqlite3.Row):
            message = "there is no such parcel"
            raise Declined(HTTPStatus.NOT_FOUND, "UNKNOWN_PARCEL", message)
        return found

    def _tell(self, rows: sqlite3.Connection, parcel: sqlite3.Row) -> None:
        event = {
            "event": os.urandom(16).hex(),
            **shown(parcel),
            "at": datetime.fromtimestamp(parcel["moved"], UTC).isoformat(),
        }
        if self.callbacks:
            self.callbacks.add(rows, event["event"], json.dumps(event).encode())


def shown(parcel: sqlite3.Row) -> dict[str, str]:
    """A parcel as the API shows it: nothing of the label."""
    return {key: str(parcel[key]) for key in ("parcel", "tracking_number", "state")}


def checked(posted: dict[str, Any], names: tuple[str, ...]) -> dict[str, str]:
    """Exactly the fields ``names``, each a text of 1 to 512 characters.

    Raises:
        Declined: there are more, fewer or others.
    """
    if set(posted) != set(names):
        message = f"send exactly {', '.join(names)}"
        raise Declined(HTTPStatus.BAD_REQUEST, "WRONG_FIELDS", message)
    if not all(isinstance(value, str) and 0 < len(value) <= LONGEST for value in posted.values()):
        message = f"each field is a text of 1 to {LONGEST} characters"
        raise Declined(HTTPStatus.BAD_REQUEST, "WRONG_VALUE", message)
    return {name: posted[name] for name in names}
