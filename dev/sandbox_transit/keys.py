"""Transit keys: they encrypt and decrypt for real, have versions, and can be trimmed and deleted."""

import binascii
import os
import sqlite3
from base64 import b64decode, b64encode
from enum import StrEnum
from http import HTTPStatus
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from dev.serving.exchange import Declined
from dev.serving.ledger import Ledger

TABLES = """
CREATE TABLE IF NOT EXISTS key (
    name TEXT PRIMARY KEY, exportable INTEGER NOT NULL, allow_plaintext_backup INTEGER NOT NULL,
    deletion_allowed INTEGER NOT NULL, min_decryption_version INTEGER NOT NULL,
    latest_version INTEGER NOT NULL
);
CREATE TABLE IF NOT EXISTS material (
    name TEXT NOT NULL, version INTEGER NOT NULL, key BLOB NOT NULL, PRIMARY KEY (name, version)
);
"""
KEY_TYPE = "aes256-gcm96"
KEY_BYTES = 32
NONCE_BYTES = 12
FLAGS = ("exportable", "allow_plaintext_backup")


class Refusal(StrEnum):
    """What the API answers to a request that it cannot serve."""

    BEYOND = "cannot set min decryption version beyond the latest version"
    DENIED = "permission denied"
    FORGED = "cipher: message authentication failed"
    NOT_ALLOWED = "deletion is not allowed for this key"
    NOT_BASE64 = "not base64"
    NO_KEY = "encryption key not found"
    NO_PREFIX = "invalid ciphertext: no prefix"
    NO_VERSION = "no key found for this version"
    OTHER_TYPE = "this sandbox knows aes256-gcm96 alone"
    STILL_NEEDED = "cannot trim versions that may still decrypt"
    TOO_OLD = "ciphertext or signature version is disallowed by policy (too old)"


def refused(why: Refusal, status: HTTPStatus = HTTPStatus.BAD_REQUEST) -> Declined:
    """The answer, to be raised."""
    return Declined(status, why.name, why)


class Keys:
    """All keys of one mount."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def create(self, name: str, wish: dict[str, Any]) -> None:
        """Make a key; one that is there already stays as it is."""
        if wish.get("type", KEY_TYPE) != KEY_TYPE:
            raise refused(Refusal.OTHER_TYPE)
        with self._ledger.change() as rows:
            if rows.execute("SELECT 1 FROM key WHERE name = ?", [name]).fetchone():
                return
            flags = [int(wish.get(flag) is True) for flag in FLAGS]
            rows.execute("INSERT INTO key VALUES (?, ?, ?, 0, 1, 0)", [name, *flags])
            self._add_version(rows, name)

    def _add_version(self, rows: sqlite3.Connection, name: str) -> None:
        rows.execute("UPDATE key SET latest_version = latest_version + 1 WHERE name = ?", [name])
        rows.execute(
            "INSERT INTO material SELECT name, latest_version, ? FROM key WHERE name = ?",
            [os.urandom(KEY_BYTES), name],
        )

    def _row(self, name: str) -> sqlite3.Row:
        row = self._ledger.one("SELECT * FROM key WHERE name = ?", name)
        if row is None:
            raise refused(Refusal.NO_KEY)
        return row

    def names(self) -> list[str]:
        """Every key."""
        return [row["name"] for row in self._ledger.all("SELECT name FROM key ORDER BY name")]

    def read(self, name: str) -> dict[str, Any] | None:
        """What is known of a key; never its material."""
        row = self._ledger.one("SELECT * FROM key WHERE name = ?", name)
        if row is None:
            return None
        versions = self._ledger.all("SELECT version FROM material WHERE name = ?", name)
        flags = {flag: bool(row[flag]) for flag in (*FLAGS, "deletion_allowed")}
        numbers = {key: row[key] for key in ("latest_version", "min_decryption_version")}
        kept = {str(version["version"]): 0 for version in versions}
        return {"name": name, "type": KEY_TYPE, **flags, **numbers, "keys": kept}

    def configure(self, name: str, wish: dict[str, Any]) -> None:
        """Allow deletion, or give up decrypting what older versions encrypted."""
        row = self._row(name)
        allowed = int(wish.get("deletion_allowed", bool(row["deletion_allowed"])) is True)
        least = int(wish.get("min_decryption_version", row["min_decryption_version"]))
        if not 1 <= least <= row["latest_version"]:
            raise refused(Refusal.BEYOND)
        with self._ledger.change() as rows:
            rows.execute(
                "UPDATE key SET deletion_allowed = ?, min_decryption_version = ? WHERE name = ?",
                [allowed, least, name],
            )

    def rotate(self, name: str) -> None:
        """A new version; from now on it encrypts."""
        self._row(name)
        with self._ledger.change() as rows:
            self._add_version(rows, name)

    def trim(self, name: str, least: int) -> None:
        """Forget the material of versions before ``least``, for good."""
        if least > self._row(name)["min_decryption_version"]:
            raise refused(Refusal.STILL_NEEDED)
        with self._ledger.change() as rows:
            rows.execute("DELETE FROM material WHERE name = ? AND version < ?", [name, least])

    def delete(self, name: str) -> None:
        """Forget a key with all its versions, if that was allowed before."""
        if not self._row(name)["deletion_allowed"]:
            raise refused(Refusal.NOT_ALLOWED)
        with self._ledger.change() as rows:
            rows.execute("DELETE FROM material WHERE name = ?", [name])
            rows.execute("DELETE FROM key WHERE name = ?", [name])

    def encrypt(self, name: str, asked: dict[str, Any]) -> dict[str, Any]:
        """Ciphertext under the latest version. As the API does, it makes a key that is not there."""
        self.create(name, {})
        version = self._row(name)["latest_version"]
        nonce = os.urandom(NONCE_BYTES)
        plain, bound = _decoded(asked, "plaintext"), _decoded(asked, "associated_data")
        body = nonce + self._cipher(name, version).encrypt(nonce, plain, bound)
        ciphertext = f"vault:v{version}:{b64encode(body).decode()}"
        return {"ciphertext": ciphertext, "key_version": version}

    def decrypt(self, name: str, asked: dict[str, Any]) -> dict[str, Any]:
        """What was encrypted, if its version may still decrypt."""
        row = self._row(name)
        begin, _, rest = str(asked.get("ciphertext", "")).partition(":v")
        number, _, text = rest.partition(":")
        if begin != "vault" or not number.isdecimal():
            raise refused(Refusal.NO_PREFIX)
        if int(number) < row["min_decryption_version"]:
            raise refused(Refusal.TOO_OLD)
        body = _decoded({"ciphertext": text}, "ciphertext")
        try:
            plain = self._cipher(name, int(number)).decrypt(
                body[:NONCE_BYTES], body[NONCE_BYTES:], _decoded(asked, "associated_data")
            )
        except (InvalidTag, ValueError):
            raise refused(Refusal.FORGED) from None
        return {"plaintext": b64encode(plain).decode()}

    def _cipher(self, name: str, version: int) -> AESGCM:
        query = "SELECT key FROM material WHERE name = ? AND version = ?"
        row = self._ledger.one(query, name, version)
        if row is None:
            raise refused(Refusal.NO_VERSION)
        return AESGCM(row["key"])


def _decoded(asked: dict[str, Any], name: str) -> bytes:
    try:
        return b64decode(str(asked.get(name) or ""), validate=True)
    except binascii.Error:
        raise refused(Refusal.NOT_BASE64) from None
