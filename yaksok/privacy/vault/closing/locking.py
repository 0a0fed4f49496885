"""Take a lock that the whole mall waits for, without letting it wait long."""

import time
from collections.abc import Callable
from typing import TypeVar

from django.db import OperationalError

from yaksok.kernel.errors import Busy
from yaksok.privacy.vault.closing import fencing
from yaksok.privacy.vault.closing.state import LOCK_NOT_AVAILABLE, Cursor, owning

R = TypeVar("R")

TRY_SECONDS = 1.2
"""How long the mall may wait behind one attempt to get the lock. After one second PostgreSQL takes it
away from its own vacuum; the mall's transactions end sooner."""
PAUSE_SECONDS = 0.5
"""How long it may go on between two."""
FENCE_AFTER_SECONDS = 10.0
"""Whoever keeps the lock away for so long is cut off: their transaction rolls back."""
GIVE_UP_SECONDS = 300.0


def briefly(statement: str, act: Callable[[Cursor], R]) -> R:
    """Take the lock of ``statement`` and do ``act`` in the transaction that holds it.

    Raises:
        Busy: something that is not the mall (a dump) keeps the lock for minutes. Nothing was
            changed; the next run tries again.
    """
    began = time.monotonic()
    while True:
        try:
            with owning() as cursor:
                cursor.execute(f"SET LOCAL lock_timeout = {int(TRY_SECONDS * 1000)}; {statement}")
                cursor.execute("SET LOCAL lock_timeout = 0")
                return act(cursor)
        except OperationalError as error:
            if getattr(error.__cause__, "sqlstate", None) != LOCK_NOT_AVAILABLE:
                raise
        waited = time.monotonic() - began
        if waited > GIVE_UP_SECONDS:
            msg = "the vault's tables are held by another session, a dump perhaps; try again later"
            raise Busy(msg)
        if waited > FENCE_AFTER_SECONDS:
            fencing.end_holders(older_than=FENCE_AFTER_SECONDS)
        time.sleep(PAUSE_SECONDS)
