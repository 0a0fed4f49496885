"""Count attempts, and stop who attempts too often. When it cannot count, it lets nobody through.

What is counted is stored as a keyed hash only. The counters are in PostgreSQL, so that all workers
share them and a restart forgets nothing.
"""

import hmac
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from django.db import Error, connection

from yaksok.database import roles
from yaksok.kernel import clock
from yaksok.kernel.errors import Busy, Throttled
from yaksok.kernel.keyring import named_key

KEY = "throttle"
DEAD_AT_ONCE = 8
"""Rows past their window that each attempt clears away, so that none outlives it for long."""

COUNT = (
    "INSERT INTO guard_tally AS tally (digest, spent, ends_at) VALUES (%s, 1, %s)"
    " ON CONFLICT (digest) DO UPDATE SET"
    " spent = CASE WHEN tally.ends_at <= %s THEN 1 ELSE tally.spent + 1 END,"
    " ends_at = CASE WHEN tally.ends_at <= %s THEN excluded.ends_at ELSE tally.ends_at END"
    " RETURNING spent, ends_at"
)
CLEAR_DEAD = (
    "DELETE FROM guard_tally WHERE digest IN (SELECT digest FROM guard_tally"
    " WHERE ends_at <= %s ORDER BY ends_at LIMIT %s FOR UPDATE SKIP LOCKED)"
)


def spend(scope: str, key: bytes | str, *, limit: int, seconds: int) -> None:
    """Count one attempt at ``scope`` by ``key``; the first ``limit`` in ``seconds`` pass.

    Best called before a journey's transaction begins: then it is on disk when it returns. Inside of
    one it is part of that transaction, other attempts by the same key wait for its end, and it is
    counted again should the transaction roll back. Either way a failing journey counts.

    Arguments:
        scope: What is attempted, ``"log_in:id"``. Different scopes never share a counter.
        key: Who attempts, or on whom: a log-in id, an address. Only its keyed hash is stored.
        limit: How many attempts pass, 1 or more.
        seconds: The window. It begins with the first attempt, and a later one does not extend it.

    Raises:
        Throttled: this attempt is one too many. ``retry_after`` counts to the end of the window.
        Busy: it could not be counted, so it does not pass.

    Cost:
        One row written; two statements.
    """
    digest = _digest(scope, key)
    ends_at = clock.now() + timedelta(seconds=seconds)
    spent, ends_at = _counted(digest, ends_at)
    if spent > limit:
        raise Throttled(max(1, round((ends_at - clock.now()).total_seconds())))


def clear(scope: str, key: bytes | str) -> None:
    """Forget the attempts at ``scope`` by ``key``: the last one was rightful."""
    with roles.shop(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM guard_tally WHERE digest = %s", [_digest(scope, key)])


def refund(scope: str, key: bytes | str) -> None:
    """Take one attempt back: it was rightful, but says nothing about the others by ``key``."""
    with roles.shop(), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE guard_tally SET spent = spent - 1 WHERE digest = %s AND spent > 0",
            [_digest(scope, key)],
        )


@contextmanager
def guessing(
    target: tuple[str, bytes | str], guesser: tuple[str, bytes | str], *, limit: int, seconds: int
) -> Iterator[None]:
    """The block in which a guess at ``target`` by ``guesser`` is looked at; both are counted before.

    A block that ends is a right guess: the failures at the target are forgotten, and the guesser gets
    this one back, and only this one, or the owner of one secret could go on guessing at others. A block
    that raises was a wrong guess, and stays counted.

    Arguments:
        target, guesser: A scope and a key each, as :func:`spend` takes them.

    Raises like :func:`spend`, before the block begins.
    """
    spend(*guesser, limit=limit, seconds=seconds)
    spend(*target, limit=limit, seconds=seconds)
    yield
    clear(*target)
    refund(*guesser)


def sweep() -> int:
    """Delete every counter whose window is over, and say how many. For the clock's jobs."""
    with roles.shop(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM guard_tally WHERE ends_at <= %s", [clock.now()])
        return int(cursor.rowcount)


def _digest(scope: str, key: bytes | str) -> bytes:
    label = scope.encode()
    plain = key.encode("utf-8", "surrogatepass") if isinstance(key, str) else key
    return hmac.digest(named_key(KEY), len(label).to_bytes(2) + label + plain, "sha256")


@roles.retrying
def _counted(digest: bytes, ends_at: datetime) -> tuple[int, datetime]:
    try:
        with roles.shop():
            roles.if_rolled_back(lambda: _count(digest, ends_at))
            return _count(digest, ends_at)
    except Error as error:
        if roles.lost_the_race(error):
            raise
        msg = "attempts cannot be counted now, so none passes; try again in a moment"
        raise Busy(msg) from None


def _count(digest: bytes, ends_at: datetime) -> tuple[int, datetime]:
    now = clock.now()
    with connection.cursor() as cursor:
        cursor.execute(CLEAR_DEAD, [now, DEAD_AT_ONCE])
        cursor.execute(COUNT, [digest, ends_at, now, now])
        spent, until = cursor.fetchone()
    return int(spent), until
