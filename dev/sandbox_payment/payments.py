"""Payments and their states. Knows an amount and the shop's order id; nothing about a person."""

import json
import os
import re
import sqlite3
import time
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from enum import StrEnum
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

from dev.serving import clock
from dev.serving.callbacks import TABLE as CALLBACKS
from dev.serving.callbacks import Callbacks
from dev.serving.exchange import Declined
from dev.serving.ledger import Ledger

TABLES = (
    """
CREATE TABLE IF NOT EXISTS payment (
    key TEXT PRIMARY KEY, order_id TEXT NOT NULL, order_name TEXT NOT NULL, amount INTEGER NOT NULL,
    success_url TEXT NOT NULL, fail_url TEXT NOT NULL, status TEXT NOT NULL, requested REAL NOT NULL,
    approved REAL, failure TEXT NOT NULL DEFAULT '', canceled INTEGER NOT NULL DEFAULT 0,
    copies INTEGER NOT NULL DEFAULT 1
);
CREATE INDEX IF NOT EXISTS payment_order ON payment (order_id, requested);
CREATE TABLE IF NOT EXISTS said (key TEXT PRIMARY KEY, payment TEXT NOT NULL);
"""
    + CALLBACKS
)
ORDER_ID = re.compile(r"[A-Za-z0-9_=-]{6,64}")
LONGEST_NAME = 100
LARGEST_AMOUNT = 1_000_000_000
SEOUL = timezone(timedelta(hours=9))


class Status(StrEnum):
    """States of a payment, in the provider's words."""

    ABORTED = "ABORTED"
    CANCELED = "CANCELED"
    DONE = "DONE"
    EXPIRED = "EXPIRED"
    IN_PROGRESS = "IN_PROGRESS"
    PARTIAL_CANCELED = "PARTIAL_CANCELED"
    READY = "READY"


OPEN = (Status.READY, Status.IN_PROGRESS)
PAID = (Status.DONE, Status.PARTIAL_CANCELED)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the shop asks for."""

    amount: int
    order_id: str
    order_name: str
    success_url: str
    fail_url: str

    @classmethod
    def read(cls, posted: dict[str, Any]) -> "Wanted":
        """The request's fields, checked.

        Raises:
            Declined: one is missing, unknown or malformed.
        """
        amount, order_id, name = (posted.get(k) for k in ("amount", "orderId", "orderName"))
        urls = [posted.get("successUrl"), posted.get("failUrl")]
        if (
            not isinstance(amount, int)
            or isinstance(amount, bool)
            or not 0 < amount <= LARGEST_AMOUNT
        ):
            raise malformed(field="amount")
        if not isinstance(order_id, str) or not ORDER_ID.fullmatch(order_id):
            raise malformed(field="orderId")
        if not isinstance(name, str) or not 0 < len(name) <= LONGEST_NAME:
            raise malformed(field="orderName")
        for field, url in zip(("successUrl", "failUrl"), urls, strict=True):
            if not isinstance(url, str) or urlsplit(url).scheme not in {"http", "https"}:
                raise malformed(field)
        return cls(amount, order_id, name, str(urls[0]), str(urls[1]))


def malformed(field: str) -> Declined:
    """What to say about a field that cannot be taken."""
    message = f"필수 파라미터를 확인하세요. / Check the parameter {field}."
    return Declined(HTTPStatus.BAD_REQUEST, "INVALID_REQUEST", message)


def unknown() -> Declined:
    """What to say about a payment that does not exist."""
    message = "존재하지 않는 결제 정보 입니다. / There is no such payment."
    return Declined(HTTPStatus.NOT_FOUND, "NOT_FOUND_PAYMENT", message)


def conflict(code: str, message: str) -> Declined:
    """What to say when the state does not allow it."""
    return Declined(HTTPStatus.BAD_REQUEST, code, message)


def moment(at: float | None) -> str | None:
    """A time as the provider writes it."""
    return datetime.fromtimestamp(at, SEOUL).isoformat(timespec="seconds") if at else None


class Payments:
    """All payments of the sandbox, on disk."""

    def __init__(self, ledger: Ledger, origin: str) -> None:
        self._ledger, self._origin = ledger, origin
        self.callbacks: Callbacks | None = None

    def create(self, wanted: Wanted, idempotency: str) -> sqlite3.Row:
        """A new payment, READY; the earlier one when the same idempotency key comes again."""
        with self._ledger.change() as rows:
            if idempotency and (before := self._said(rows, f"create:{idempotency}")):
                return self._row(rows, before)
            key = f"tsb{time.strftime('%Y%m%d%H%M%S')}{os.urandom(8).hex()}"
            rows.execute(
                "INSERT INTO payment (key, order_id, order_name, amount, success_url, fail_url,"
                " status, requested) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    key,
                    wanted.order_id,
                    wanted.order_name,
                    wanted.amount,
                    wanted.success_url,
                    wanted.fail_url,
                    Status.READY,
                    clock.now(),
                ),
            )
            if idempotency:
                rows.execute("INSERT INTO said VALUES (?, ?)", (f"create:{idempotency}", key))
            return self._row(rows, key)

    def get(self, key: str) -> sqlite3.Row:
        """One payment by its key. Raises Declined when there is none."""
        found = self._ledger.one("SELECT * FROM payment WHERE key = ?", key)
        if found is None:
            raise unknown()
        return found

    def of_order(self, order_id: str) -> sqlite3.Row:
        """The payment of an order: the one that was paid, else the newest. Raises Declined."""
        found = self._ledger.one(
            "SELECT * FROM payment WHERE order_id = ? ORDER BY approved IS NULL, requested DESC, rowid DESC",
            order_id,
        )
        if found is None:
            raise unknown()
        return found

    def all(self) -> list[sqlite3.Row]:
        """Every payment, the newest first, at most 200."""
        return self._ledger.all("SELECT * FROM payment ORDER BY requested DESC LIMIT 200")

    def choose(
        self, key: str, status: Status, *, failure: str = "", copies: int = 1
    ) -> sqlite3.Row:
        """What the buyer did in the window: only a READY payment changes; others stay as they are."""
        with self._ledger.change() as rows:
            if self._row(rows, key)["status"] == Status.READY:
                rows.execute(
                    "UPDATE payment SET failure = ?, copies = ? WHERE key = ?",
                    (failure, copies, key),
                )
                self._move(rows, key, status)
            return self._row(rows, key)

    def confirm(self, key: str, order_id: object, amount: object, idempotency: str) -> sqlite3.Row:
        """Take the money of an approved payment. The same call again gives the same answer.

        Raises:
            Declined: amount or order do not match, or the payment is not approved or has ended.
        """
        with self._ledger.change() as rows:
            payment = self._row(rows, key)
            if idempotency and self._said(rows, f"confirm:{idempotency}") == key:
                return payment
            if (
                payment["order_id"] != order_id
                or payment["amount"] != amount
                or isinstance(amount, bool)
            ):
                raise conflict(
                    code="INVALID_REQUEST",
                    message="금액 또는 주문번호가 다릅니다. / Amount or order differ.",
                )
            if payment["status"] not in (*PAID, Status.IN_PROGRESS):
                raise not_open()
            if payment["status"] == Status.IN_PROGRESS:
                rows.execute("UPDATE payment SET approved = ? WHERE key = ?", (clock.now(), key))
                self._move(rows, key, Status.DONE)
            if idempotency:
                rows.execute(
                    "INSERT OR REPLACE INTO said VALUES (?, ?)", (f"confirm:{idempotency}", key)
                )
            return self._row(rows, key)

    def cancel(self, key: str, amount: int | None, idempotency: str) -> sqlite3.Row:
        """Give back all of the money, or ``amount`` of it. An open payment is closed unpaid.

        Raises:
            Declined: more than is left, or there is nothing to give back.
        """
        with self._ledger.change() as rows:
            payment = self._row(rows, key)
            if idempotency and self._said(rows, f"cancel:{idempotency}") == key:
                return payment
            if payment["status"] == Status.CANCELED:
                raise conflict(
                    code="ALREADY_CANCELED_PAYMENT",
                    message="이미 취소된 결제 입니다. / Already cancelled.",
                )
            if payment["status"] not in (*PAID, *OPEN):
                raise conflict(
                    code="NOT_CANCELABLE_PAYMENT",
                    message="취소할 수 없는 결제 입니다. / Cannot be cancelled.",
                )
            left = payment["amount"] - payment["canceled"]
            back = left if amount is None else amount
            if not 0 < back <= left:
                raise malformed(field="cancelAmount")
            rows.execute("UPDATE payment SET canceled = canceled + ? WHERE key = ?", (back, key))
            self._move(rows, key, Status.CANCELED if back == left else Status.PARTIAL_CANCELED)
            if idempotency:
                rows.execute(
                    "INSERT OR REPLACE INTO said VALUES (?, ?)", (f"cancel:{idempotency}", key)
                )
            return self._row(rows, key)

    def expire(self, seconds: float) -> None:
        """End every payment that was asked for more than ``seconds`` ago and never confirmed."""
        late = self._ledger.all(
            "SELECT key FROM payment WHERE status IN (?, ?) AND requested <= ?",
            *OPEN,
            clock.now() - seconds,
        )
        for row in late:
            with self._ledger.change() as rows:
                if self._row(rows, row["key"])["status"] in OPEN:
                    self._move(rows, row["key"], Status.EXPIRED)

    def shown(self, payment: sqlite3.Row) -> dict[str, Any]:
        """A payment as the API and the call-backs show it."""
        paid = payment["status"] in (*PAID, Status.CANCELED) and payment["approved"]
        failure = {"code": payment["failure"], "message": payment["failure"]}
        return {
            "version": "2022-11-16",
            "mId": "sandbox",
            "paymentKey": payment["key"],
            "orderId": payment["order_id"],
            "orderName": payment["order_name"],
            "status": payment["status"],
            "type": "NORMAL",
            "method": "카드" if paid else None,
            "country": "KR",
            "currency": "KRW",
            "totalAmount": payment["amount"],
            "balanceAmount": payment["amount"] - payment["canceled"],
            "requestedAt": moment(payment["requested"]),
            "approvedAt": moment(payment["approved"]),
            "failure": failure if payment["failure"] else None,
            "checkout": {"url": f"{self._origin}/window/{payment['key']}"},
        }

    def _said(self, rows: sqlite3.Connection, key: str) -> str | None:
        found = rows.execute("SELECT payment FROM said WHERE key = ?", (key,)).fetchone()
        return str(found["payment"]) if found else None

    def _row(self, rows: sqlite3.Connection, key: str) -> sqlite3.Row:
        found = rows.execute("SELECT * FROM payment WHERE key = ?", (key,)).fetchone()
        if not isinstance(found, sqlite3.Row):
            raise unknown()
        return found

    def _move(self, rows: sqlite3.Connection, key: str, status: Status) -> None:
        rows.execute("UPDATE payment SET status = ? WHERE key = ?", (status, key))
        payment = self._row(rows, key)
        event = {
            "eventType": "PAYMENT_STATUS_CHANGED",
            "createdAt": moment(clock.now()),
            "data": self.shown(payment),
        }
        if self.callbacks:
            body = json.dumps(event, ensure_ascii=False).encode()
            self.callbacks.add(rows, os.urandom(16).hex(), body, copies=payment["copies"])


def not_open() -> Declined:
    """What to say when a payment was not approved, was declined, or its time is over."""
    message = "결제 시간이 만료되었거나 승인되지 않았습니다. / Not approved, or its time is over."
    return Declined(HTTPStatus.NOT_FOUND, "NOT_FOUND_PAYMENT_SESSION", message)
