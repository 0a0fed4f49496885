"""Letters as they are kept: addresses masked, the last 500."""

import re
import sqlite3

from dev.serving import clock
from dev.serving.ledger import Ledger

TABLES = """
CREATE TABLE IF NOT EXISTS letter (
    id INTEGER PRIMARY KEY AUTOINCREMENT, received REAL NOT NULL, sender TEXT NOT NULL,
    recipient TEXT NOT NULL, subject TEXT NOT NULL, language TEXT NOT NULL, text TEXT NOT NULL
);
"""
KEPT = 500
ADDRESS = re.compile(r"([^\s<>@\"',;:()=]+)@([^\s<>@\"',;:()]+)")


def masked(text: str) -> str:
    """``text`` with every e-mail address reduced to its first letter and its last label."""
    return ADDRESS.sub(lambda found: f"{found[1][0]}***@***.{found[2].rsplit('.', 1)[-1]}", text)


class Letters:
    """All letters of the sandbox, on disk."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def keep(self, sender: str, recipients: list[str], raw: bytes) -> None:
        """Write a letter down, masked; the oldest goes when there are more than 500."""
        import email.policy  # a megabyte that a mailbox at rest goes without
        from email.message import EmailMessage

        letter = email.message_from_bytes(raw, _class=EmailMessage, policy=email.policy.default)
        body = letter.get_body(("plain", "html")) if letter.is_multipart() else letter
        content = body.get_content() if body else ""
        text = content if isinstance(content, str) else ""
        values = (
            clock.now(),
            masked(sender),
            masked(", ".join(recipients)),
            masked(str(letter.get("Subject", ""))),
            str(letter.get("Content-Language", "ko"))[:2],
            masked(text),
        )
        with self._ledger.change() as rows:
            rows.execute(
                "INSERT INTO letter (received, sender, recipient, subject, language, text)"
                " VALUES (?, ?, ?, ?, ?, ?)",
                values,
            )
            rows.execute("DELETE FROM letter WHERE id <= (SELECT MAX(id) FROM letter) - ?", (KEPT,))

    def all(self) -> list[sqlite3.Row]:
        """Every letter, the newest first."""
        return self._ledger.all("SELECT * FROM letter ORDER BY id DESC")

    def get(self, number: int) -> sqlite3.Row | None:
        """One letter, or None."""
        return self._ledger.one("SELECT * FROM letter WHERE id = ?", number)
