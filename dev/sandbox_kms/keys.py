"""KMS keys and aliases: they encrypt for real, and are deleted after a waiting time."""

import binascii
import json
import os
import sqlite3
from base64 import b64decode, b64encode
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from dev.sandbox_kms.refusals import Refusal, refused
from dev.serving.ledger import Ledger

TABLES = """
CREATE TABLE IF NOT EXISTS key (
    id TEXT PRIMARY KEY, material BLOB NOT NULL, state TEXT NOT NULL, made REAL NOT NULL,
    deletion REAL
);
CREATE TABLE IF NOT EXISTS alias (name TEXT PRIMARY KEY, key TEXT NOT NULL);
"""
KEY_BYTES = 32
NONCE_BYTES = 12
ID_BYTES = 16
LARGEST = 4096
WINDOW = range(7, 31)
PAGE = 3
"""Aliases in one answer: few, so that whoever forgets the other pages is found out."""
Asked = dict[str, Any]


class Keys:
    """All keys of one account in one region. ``ahead`` moves its clock, for tests."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self.ahead = timedelta(0)

    def _now(self) -> float:
        return (datetime.now(UTC) + self.ahead).timestamp()

    def forget_due(self) -> None:
        """Delete the keys whose waiting time is over, with their aliases."""
        with self._ledger.change() as rows:
            rows.execute("DELETE FROM key WHERE deletion <= ?", [self._now()])
            rows.execute("DELETE FROM alias WHERE key NOT IN (SELECT id FROM key)")

    def create(self, asked: Asked) -> Asked:
        """``CreateKey``."""
        if asked.get("KeySpec", "SYMMETRIC_DEFAULT") != "SYMMETRIC_DEFAULT":
            raise refused(Refusal.UNSUPPORTED_OPERATION)
        name = str(uuid4())
        with self._ledger.change() as rows:
            rows.execute(
                "INSERT INTO key VALUES (?, ?, 'Enabled', ?, NULL)",
                [name, os.urandom(KEY_BYTES), self._now()],
            )
        return self.describe({"KeyId": name})

    def alias(self, asked: Asked) -> Asked:
        """``CreateAlias``."""
        name, key = str(asked.get("AliasName")), self._row(asked.get("TargetKeyId"))["id"]
        if not name.startswith("alias/"):
            raise refused(Refusal.INVALID_ALIAS_NAME)
        try:
            with self._ledger.change() as rows:
                rows.execute("INSERT INTO alias VALUES (?, ?)", [name, key])
        except sqlite3.IntegrityError:
            raise refused(Refusal.ALREADY_EXISTS) from None
        return {}

    def aliases(self, asked: Asked) -> Asked:
        """``ListAliases``, a page at a time."""
        rows = self._ledger.all(
            "SELECT * FROM alias WHERE name > ? ORDER BY name", str(asked.get("Marker") or "")
        )
        size = min(int(asked.get("Limit") or PAGE), PAGE)
        page = [{"AliasName": row["name"], "TargetKeyId": row["key"]} for row in rows[:size]]
        more = {"Truncated": True, "NextMarker": page[-1]["AliasName"]} if rows[size:] else {}
        return {"Aliases": page, "Truncated": False, **more}

    def describe(self, asked: Asked) -> Asked:
        """``DescribeKey``."""
        row = self._row(asked.get("KeyId"))
        told: Asked = {
            "KeyId": row["id"],
            "KeyState": row["state"],
            "Enabled": row["state"] == "Enabled",
            "CreationDate": row["made"],
        }
        return {
            "KeyMetadata": told | ({"DeletionDate": row["deletion"]} if row["deletion"] else {})
        }

    def encrypt(self, asked: Asked) -> Asked:
        """``Encrypt``, bound to the encryption context."""
        row = self._usable(asked.get("KeyId"))
        plain = _decoded(asked, "Plaintext")
        if not 1 <= len(plain) <= LARGEST:
            raise refused(Refusal.VALIDATION)
        nonce = os.urandom(NONCE_BYTES)
        body = AESGCM(row["material"]).encrypt(nonce, plain, _context(asked))
        blob = UUID(row["id"]).bytes + nonce + body
        return {"CiphertextBlob": b64encode(blob).decode(), "KeyId": row["id"]}

    def decrypt(self, asked: Asked) -> Asked:
        """``Decrypt``; the blob says which key made it."""
        blob = _decoded(asked, "CiphertextBlob")
        if len(blob) <= ID_BYTES + NONCE_BYTES:
            raise refused(Refusal.INVALID_CIPHERTEXT)
        maker = str(UUID(bytes=blob[:ID_BYTES]))
        named = self._row(asked["KeyId"])["id"] if asked.get("KeyId") else maker
        if named != maker:
            raise refused(Refusal.INCORRECT_KEY)
        row = self._usable(maker)
        nonce, body = blob[ID_BYTES : ID_BYTES + NONCE_BYTES], blob[ID_BYTES + NONCE_BYTES :]
        try:
            plain = AESGCM(row["material"]).decrypt(nonce, body, _context(asked))
        except (InvalidTag, ValueError):
            raise refused(Refusal.INVALID_CIPHERTEXT) from None
        return {"Plaintext": b64encode(plain).decode(), "KeyId": row["id"]}

    def schedule(self, asked: Asked) -> Asked:
        """``ScheduleKeyDeletion``: from now on the key is of no use, after the window it is gone."""
        row, days = self._row(asked.get("KeyId")), int(asked.get("PendingWindowInDays") or 30)
        if days not in WINDOW:
            raise refused(Refusal.VALIDATION)
        if row["state"] == "PendingDeletion":
            raise refused(Refusal.KMS_INVALID_STATE)
        date = self._now() + timedelta(days=days).total_seconds()
        self._set(row["id"], "PendingDeletion", date)
        return {"KeyId": row["id"], "KeyState": "PendingDeletion", "DeletionDate": date}

    def cancel(self, asked: Asked) -> Asked:
        """``CancelKeyDeletion``: what an administrator can do until the window is over."""
        row = self._row(asked.get("KeyId"))
        if row["state"] != "PendingDeletion":
            raise refused(Refusal.KMS_INVALID_STATE)
        self._set(row["id"], "Disabled", None)
        return {"KeyId": row["id"]}

    def disable(self, asked: Asked) -> Asked:
        """``DisableKey``."""
        self._set(self._row(asked.get("KeyId"))["id"], "Disabled", None)
        return {}

    def enable(self, asked: Asked) -> Asked:
        """``EnableKey``."""
        self._set(self._row(asked.get("KeyId"))["id"], "Enabled", None)
        return {}

    def _set(self, key: str, state: str, deletion: float | None) -> None:
        with self._ledger.change() as rows:
            rows.execute(
                "UPDATE key SET state = ?, deletion = ? WHERE id = ?", [state, deletion, key]
            )

    def _row(self, named: object) -> sqlite3.Row:
        query = "SELECT * FROM key WHERE id = ? OR id = (SELECT key FROM alias WHERE name = ?)"
        row = self._ledger.one(query, str(named), str(named))
        if row is None:
            raise refused(Refusal.NOT_FOUND)
        return row

    def _usable(self, named: object) -> sqlite3.Row:
        row = self._row(named)
        if row["state"] == "Disabled":
            raise refused(Refusal.DISABLED)
        if row["state"] != "Enabled":
            raise refused(Refusal.KMS_INVALID_STATE)
        return row


def _context(asked: Asked) -> bytes:
    return json.dumps(asked.get("EncryptionContext") or {}, sort_keys=True).encode()


def _decoded(asked: Asked, name: str) -> bytes:
    try:
        return b64decode(str(asked.get(name) or ""), validate=True)
    except binascii.Error:
        raise refused(Refusal.VALIDATION) from None
