"""How far a close has come: one row in the database, and the lock that lets only one process close."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.db import OperationalError, connections, transaction

from yaksok.database.router import OWNER_ALIAS
from yaksok.kernel.errors import Busy, Tampered

ONE_CLOSER = "LOCK TABLE vault.vault_closing IN SHARE UPDATE EXCLUSIVE MODE"
"""What the closing process holds. Nobody but the owner can take it: an advisory lock could be taken by
whoever can slip a statement into a page, and nothing would ever be destroyed. Readers and writers pass."""
WAIT_MILLISECONDS = 1_200
"""PostgreSQL takes the table away from its own vacuum after a second."""

LOCK_NOT_AVAILABLE = "55P03"

Cursor = Any
"""Django's wrapper of a cursor; it has no type for COPY."""


class NothingLost(Tampered):
    """What was copied is not what was there. Nothing was swapped and no key was destroyed."""


class Step(StrEnum):
    """What is to be done next."""

    COPY = "copy"
    SWAP = "swap"
    DROP = "drop"
    DESTROY = "destroy"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class State:
    """A close that is under way."""

    epoch: int
    successor: int
    step: Step
    begun_at: datetime
    copied: int


@dataclass(frozen=True, slots=True)
class Closed:
    """The receipt of a close.

    ``late`` is how many records were erased or amended after their keys had moved: what is left of
    those dies with the next epoch. ``fenced`` is how many processes were cut off. At ``final_at``
    the root provider itself cannot bring the keys back.
    """

    epoch: int
    survivors: int
    index_entries: int
    at: datetime
    late: int = 0
    fenced: int = 0
    provider: str = ""
    evidence: str = ""
    final_at: datetime | None = None


RECEIPT = (
    "SELECT epoch, survivors, index_entries, destroyed_at, late, fenced, provider, evidence,"
    " effective_at FROM vault_closing"
)
"""The columns of :class:`Closed`."""


@contextmanager
def owning() -> Iterator[Cursor]:
    """One transaction as the owner of the tables."""
    with transaction.atomic(using=OWNER_ALIAS), connections[OWNER_ALIAS].cursor() as cursor:
        yield cursor


@contextmanager
def own_session() -> Iterator[Any]:
    """A further session as the owner, beside Django's, in autocommit."""
    session = connections[OWNER_ALIAS].copy()
    try:
        session.ensure_connection()
        yield session
    finally:
        session.close()


@contextmanager
def own_line() -> Iterator[Any]:
    """The driver's own connection of a further session as the owner: any thread may use it."""
    with own_session() as session:
        line = session.connection
        try:
            yield line
        finally:
            line.close()


@contextmanager
def only_one() -> Iterator[None]:
    """Be the only process that closes.

    Raises:
        Busy: another one is closing. It goes on; nothing is to be done.
    """
    with own_session() as session, session.cursor() as cursor:
        cursor.execute(
            "SET idle_in_transaction_session_timeout = 0;"
            f" SET lock_timeout = {WAIT_MILLISECONDS}; BEGIN"
        )
        try:
            cursor.execute(ONE_CLOSER)
        except OperationalError as error:
            if getattr(error.__cause__, "sqlstate", None) != LOCK_NOT_AVAILABLE:
                raise
            msg = "the epoch is being closed by another process"
            raise Busy(msg) from None
        yield


def under_way() -> State | None:
    """The close that is not done, if there is one."""
    with owning() as cursor:
        cursor.execute(
            "SELECT epoch, successor, step, begun_at, copied FROM vault_closing"
            " WHERE step <> %s ORDER BY epoch LIMIT 1",
            [Step.DONE],
        )
        row = cursor.fetchone()
    return State(row[0], row[1], Step(row[2]), row[3], row[4]) if row else None


def open_epochs(cursor: Cursor) -> list[int]:
    """The numbers of the epochs that are not closed, oldest first."""
    cursor.execute("SELECT number FROM vault_epoch WHERE closed_at IS NULL ORDER BY number")
    return [number for (number,) in cursor.fetchall()]


def step_to(cursor: Cursor, state: State, step: Step) -> None:
    """Write down what is next."""
    cursor.execute("UPDATE vault_closing SET step = %s WHERE epoch = %s", [step, state.epoch])
