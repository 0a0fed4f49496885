"""Numbers that are lent, and where they lead."""

import sqlite3
from http import HTTPStatus
from typing import Any

from dev.serving import clock
from dev.serving.exchange import Declined
from dev.serving.ledger import Ledger

TABLES = """
CREATE TABLE IF NOT EXISTS lending (
    reference TEXT PRIMARY KEY, safe_number TEXT NOT NULL UNIQUE, number TEXT NOT NULL,
    days INTEGER NOT NULL, released INTEGER NOT NULL DEFAULT 0, lent REAL NOT NULL,
    calls INTEGER NOT NULL DEFAULT 1, body TEXT NOT NULL
);
"""
FIRST = 5_012_000_000
"""The first number that is lent, behind its 0."""
LONGEST = 16
DAYS = range(1, 366)


class Numbers:
    """All numbers of the sandbox, on disk. One that was lent once is not lent again."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def lend(self, posted: dict[str, Any], body: str) -> dict[str, Any]:
        """Lend a number for a reference; the same one when it is asked for again.

        What came first stays: a repeated call is a repeated call, not a change.

        Raises:
            Declined: a field is missing, strange or out of range, or the reference was given back.
        """
        if set(posted) != {"reference", "number", "days"}:
            raise Declined(HTTPStatus.BAD_REQUEST, "WRONG_FIELDS", "send reference, number, days")
        reference, days = posted["reference"], posted["days"]
        if not isinstance(reference, str) or not isinstance(days, int) or days not in DAYS:
            raise Declined(HTTPStatus.BAD_REQUEST, "WRONG_VALUE", "a field cannot be read")
        number = dialled(posted["number"])
        with self._ledger.change() as rows:
            count = rows.execute("SELECT count(*) FROM lending").fetchone()[0]
            rows.execute(
                "INSERT INTO lending (reference, safe_number, number, days, lent, body)"
                " VALUES (?, ?, ?, ?, ?, ?)"
                " ON CONFLICT (reference) DO UPDATE SET calls = calls + 1",
                (reference, f"0{FIRST + count:010d}", number, days, clock.now(), body),
            )
            row = self._row(rows, reference)
            return {"reference": reference, "safe_number": row["safe_number"], "days": row["days"]}

    def lead(self, reference: str, posted: dict[str, Any]) -> dict[str, Any]:
        """Have a number lead elsewhere. Raises Declined when it is not lent, or for other fields."""
        if set(posted) != {"number"}:
            raise Declined(HTTPStatus.BAD_REQUEST, "WRONG_FIELDS", "send number")
        number = dialled(posted["number"])
        with self._ledger.change() as rows:
            row = self._row(rows, reference)
            rows.execute("UPDATE lending SET number = ? WHERE reference = ?", (number, reference))
            return {"reference": reference, "safe_number": row["safe_number"]}

    def release(self, reference: str) -> dict[str, Any]:
        """Take a number back and forget where it led. Raises Declined when it is not lent."""
        with self._ledger.change() as rows:
            self._row(rows, reference)
            rows.execute(
                "UPDATE lending SET released = 1, number = '-', body = '' WHERE reference = ?",
                (reference,),
            )
            return {"reference": reference, "released": True}

    def all(self) -> list[dict[str, Any]]:
        """Every lending, the newest first, at most 200."""
        rows = self._ledger.all("SELECT * FROM lending ORDER BY safe_number DESC LIMIT 200")
        return [dict(row) for row in rows]

    def _row(self, rows: sqlite3.Connection, reference: str) -> sqlite3.Row:
        found = rows.execute(
            "SELECT * FROM lending WHERE reference = ? AND NOT released", (reference,)
        ).fetchone()
        if not isinstance(found, sqlite3.Row):
            message = "no number is lent for this reference"
            raise Declined(HTTPStatus.NOT_FOUND, "UNKNOWN_REFERENCE", message)
        return found


def dialled(number: object) -> str:
    """A telephone number as it is dialled. Raises Declined for anything else."""
    if not isinstance(number, str) or not number.isdigit() or not 8 <= len(number) <= LONGEST:
        raise Declined(HTTPStatus.BAD_REQUEST, "WRONG_VALUE", "number is 8 to 16 digits")
    return number
