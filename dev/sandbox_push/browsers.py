"""Browsers that subscribed, messages that wait for those who are away, and what each one shows."""

import json
import os
import re
import sqlite3
from http import HTTPStatus

from dev.sandbox_push import opening
from dev.serving import clock
from dev.serving.exchange import Declined, Exchange
from dev.serving.ledger import Ledger

TABLES = """
CREATE TABLE IF NOT EXISTS browser (
    id TEXT PRIMARY KEY, shop TEXT NOT NULL, number TEXT NOT NULL, secret TEXT NOT NULL,
    origin TEXT NOT NULL, away INTEGER NOT NULL DEFAULT 0, ended INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE IF NOT EXISTS message (
    id TEXT PRIMARY KEY, browser TEXT NOT NULL, topic TEXT NOT NULL, body BLOB NOT NULL,
    until REAL NOT NULL, ttl INTEGER NOT NULL
);
CREATE TABLE IF NOT EXISTS notification (
    number INTEGER PRIMARY KEY AUTOINCREMENT, browser TEXT NOT NULL, tag TEXT NOT NULL,
    title TEXT NOT NULL, text TEXT NOT NULL, link TEXT NOT NULL, stop TEXT NOT NULL,
    language TEXT NOT NULL, readable INTEGER NOT NULL, bytes INTEGER NOT NULL, ttl INTEGER NOT NULL,
    at REAL NOT NULL
);
"""
KEPT = 500
MOST_BYTES = 4096
URGENCIES = frozenset({"very-low", "low", "normal", "high"})
TOPIC = re.compile(r"[A-Za-z0-9_-]{1,32}")
SAID = ("tag", "title", "text", "link", "stop", "language")


class Browsers:
    """All browsers of the sandbox, on disk."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def subscribe(self, origin: str, shop: str) -> dict[str, str]:
        """A new browser that agreed to be written to by who has the private key of ``shop``."""
        browser, number = os.urandom(12).hex(), opening.new_number()
        secret = os.urandom(16)
        with self._ledger.change() as rows:
            rows.execute(
                "INSERT INTO browser (id, shop, number, secret, origin) VALUES (?, ?, ?, ?, ?)",
                (browser, shop, f"{number:x}", secret.hex(), origin),
            )
        return {
            "id": browser,
            "endpoint": f"{origin}/push/{browser}",
            "p256dh": opening.b64(opening.point_of(number)),
            "auth": opening.b64(secret),
        }

    def unsubscribe(self, browser: str) -> None:
        """It is written to no more."""
        with self._ledger.change() as rows:
            rows.execute("UPDATE browser SET ended = 1 WHERE id = ?", (browser,))
            rows.execute("DELETE FROM message WHERE browser = ?", (browser,))

    def move(self, browser: str, *, away: bool) -> None:
        """It goes off the net, or comes back and shows what is still good."""
        with self._ledger.change() as rows:
            rows.execute("UPDATE browser SET away = ? WHERE id = ?", (int(away), browser))
            if not away:
                self._catch_up(rows, browser, clock.now())

    def push(self, browser: str, exchange: Exchange) -> tuple[str, int]:
        """Take a message of the shop: its number, and for how many seconds it is kept.

        Raises:
            Declined: no such browser, or not any more; a header or the voucher is wrong.
        """
        ttl, topic = _checked(exchange)
        with self._ledger.change() as rows:
            found = _known(rows, browser)
            opening.check_voucher(
                exchange.headers.get("authorization", ""), found["shop"], found["origin"]
            )
            message, at = os.urandom(12).hex(), clock.now()
            if topic:
                rows.execute(
                    "DELETE FROM message WHERE browser = ? AND topic = ?", (browser, topic)
                )
            rows.execute(
                "INSERT INTO message VALUES (?, ?, ?, ?, ?, ?)",
                (message, browser, topic, exchange.body, at + ttl, ttl),
            )
            if not found["away"]:
                self._catch_up(rows, browser, at)
        return message, ttl

    def shown(self) -> list[sqlite3.Row]:
        """Every notification that a browser shows, the newest first."""
        return self._ledger.all("SELECT * FROM notification ORDER BY number DESC")

    @staticmethod
    def _catch_up(rows: sqlite3.Connection, browser: str, at: float) -> None:
        """Show what waits and is still good; one of the same tag takes the place of the one before."""
        found = _known(rows, browser)
        number, secret = int(found["number"], 16), bytes.fromhex(found["secret"])
        # What has no time to wait is for whoever is there this very moment.
        for row in rows.execute(
            "SELECT * FROM message WHERE browser = ? AND until >= ?", (browser, at)
        ).fetchall():
            said = _said(row["body"], number, secret)
            rows.execute(
                "DELETE FROM notification WHERE browser = ? AND tag = ? AND tag <> ''",
                (browser, said["tag"]),
            )
            rows.execute(
                "INSERT INTO notification (browser, tag, title, text, link, stop, language,"
                " readable, bytes, ttl, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    browser,
                    *(said[name] for name in SAID),
                    int(bool(said["title"])),
                    len(row["body"]),
                    row["ttl"],
                    at,
                ),
            )
        rows.execute("DELETE FROM message WHERE browser = ?", (browser,))
        rows.execute(
            "DELETE FROM notification WHERE number <= (SELECT MAX(number) FROM notification) - ?",
            (KEPT,),
        )


def _known(rows: sqlite3.Connection, browser: str) -> sqlite3.Row:
    found = rows.execute("SELECT * FROM browser WHERE id = ?", (browser,)).fetchone()
    if not isinstance(found, sqlite3.Row):
        raise Declined(HTTPStatus.NOT_FOUND, "NOT_FOUND", "there is no such endpoint")
    if found["ended"]:
        raise Declined(HTTPStatus.GONE, "GONE", "the browser unsubscribed")
    return found


def _checked(exchange: Exchange) -> tuple[int, str]:
    """TTL and topic of a message whose headers are as the standards want them."""
    ttl, topic = exchange.headers.get("ttl", ""), exchange.headers.get("topic", "")
    fine = (
        ttl.isdecimal()
        and exchange.headers.get("content-encoding") == "aes128gcm"
        and exchange.headers.get("urgency", "normal") in URGENCIES
        and (not topic or TOPIC.fullmatch(topic))
    )
    if not fine:
        raise Declined(HTTPStatus.BAD_REQUEST, "BAD_REQUEST", "a header is wrong or missing")
    if len(exchange.body) > MOST_BYTES:
        raise Declined(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "TOO_LARGE", "at most 4096 bytes")
    return int(ttl), topic


def _said(body: bytes, number: int, secret: bytes) -> dict[str, str]:
    """What the page's script reads; all empty when the browser cannot open it, as it would show nothing."""
    try:
        read = json.loads(opening.open_message(body, number, secret))
    except (opening.NotForUs, ValueError):
        read = {}
    return {name: str(read.get(name, "")) for name in SAID}
