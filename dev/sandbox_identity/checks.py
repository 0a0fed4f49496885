"""What became of each identification and of each small payment. Kept for an hour, then forgotten."""

import os
import re
import sqlite3
from dataclasses import dataclass
from enum import StrEnum
from http import HTTPStatus
from typing import Any

from dev.serving import clock
from dev.serving.exchange import Declined
from dev.serving.ledger import Ledger

TABLES = """
CREATE TABLE IF NOT EXISTS found (
    id TEXT PRIMARY KEY, kind TEXT NOT NULL, channel TEXT NOT NULL, status TEXT NOT NULL,
    name TEXT NOT NULL, birth TEXT NOT NULL, phone TEXT NOT NULL, card TEXT NOT NULL,
    receipt TEXT NOT NULL, at REAL NOT NULL
);
"""
REFERENCE = re.compile(r"[A-Za-z0-9_-]{6,64}")
SECONDS = 3600.0
AMOUNT = 100
SHOWN = 4


class Status(StrEnum):
    """States, in the provider's words."""

    CANCELLED = "CANCELLED"
    FAILED = "FAILED"
    PAID = "PAID"
    VERIFIED = "VERIFIED"


@dataclass(frozen=True, slots=True)
class Person:
    """What somebody typed into the window."""

    name: str = ""
    birth: str = ""
    phone: str = ""
    card: str = ""


def unknown(what: str) -> Declined:
    """What to say about something that does not exist."""
    message = "존재하지 않습니다. / There is no such thing."
    return Declined(HTTPStatus.NOT_FOUND, f"{what}_NOT_FOUND", message)


class Checks:
    """All that the sandbox knows, on disk."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def settle(
        self, reference: str, kind: str, channel: str, person: Person, *, done: bool
    ) -> None:
        """Keep the outcome of one window; the first outcome of a reference stands."""
        good = Status.PAID if kind == "payment" else Status.VERIFIED
        with self._ledger.change() as rows:
            rows.execute("DELETE FROM found WHERE at < ?", (clock.now() - SECONDS,))
            rows.execute(
                "INSERT OR IGNORE INTO found VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    reference,
                    kind,
                    channel,
                    good if done else Status.FAILED,
                    person.name,
                    person.birth,
                    person.phone,
                    person.card,
                    f"tx_{os.urandom(12).hex()}",
                    clock.now(),
                ),
            )

    def identity(self, reference: str) -> dict[str, Any]:
        """An identification as the API shows it. Raises Declined."""
        row = self._row(reference, "identity")
        shown: dict[str, Any] = {
            "status": row["status"],
            "id": row["id"],
            "channel": {"key": row["channel"], "type": "TEST"},
            "pgTxId": row["receipt"],
        }
        if row["status"] == Status.VERIFIED:
            shown["verifiedCustomer"] = {
                "name": row["name"],
                "birthDate": row["birth"],
                "phoneNumber": row["phone"],
                "isForeigner": False,
            }
        return shown

    def payment(self, reference: str) -> dict[str, Any]:
        """A payment as the API shows it: of the card the first six and the last four digits."""
        row = self._row(reference, "payment")
        digits = "".join(sign for sign in row["card"] if sign.isdigit())
        masked = f"{digits[:6]}{'*' * max(0, len(digits) - 10)}{digits[-SHOWN:]}"
        return {
            "status": row["status"],
            "id": row["id"],
            "pgTxId": row["receipt"],
            "amount": {"total": AMOUNT, "currency": "KRW"},
            "method": {"type": "PaymentMethodCard", "card": {"number": masked}},
            "customer": {"name": row["name"]},
        }

    def cancel(self, reference: str) -> dict[str, Any]:
        """Give the amount back; again is no harm. Raises Declined."""
        row = self._row(reference, "payment")
        if row["status"] not in {Status.PAID, Status.CANCELLED}:
            message = "결제가 완료되지 않았습니다. / It was not paid."
            raise Declined(HTTPStatus.CONFLICT, "PAYMENT_NOT_PAID", message)
        with self._ledger.change() as rows:
            rows.execute("UPDATE found SET status = ? WHERE id = ?", (Status.CANCELLED, reference))
        return {"cancellation": {"status": "SUCCEEDED", "totalAmount": AMOUNT}}

    def all(self) -> list[sqlite3.Row]:
        """Everything, the newest first, without what was typed."""
        return self._ledger.all("SELECT id, kind, status FROM found ORDER BY at DESC LIMIT 200")

    def _row(self, reference: str, kind: str) -> sqlite3.Row:
        found = self._ledger.one("SELECT * FROM found WHERE id = ? AND kind = ?", reference, kind)
        if found is None:
            raise unknown("PAYMENT" if kind == "payment" else "IDENTITY_VERIFICATION")
        return found
