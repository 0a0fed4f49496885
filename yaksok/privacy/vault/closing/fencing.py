"""See who holds keys or locks, and cut off who does not answer: their sessions end in the database."""

import time
from dataclasses import dataclass
from typing import Any

import structlog

from yaksok.privacy.vault import epochs, presence
from yaksok.privacy.vault.closing.state import State, owning

SILENT_SECONDS = 10.0
"""A process that was not heard for so long is cut off. It beats every two seconds."""

POLL_SECONDS = 0.05
LOCKED = ("vault_record_key", "vault_blind_index")

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Worker:
    """A process that says it holds keys."""

    name: str
    backend: int
    holds: tuple[int, ...]
    silent: float
    """Seconds since it was heard."""


def workers(cursor: Any) -> list[Worker]:  # noqa: ANN401 - any cursor that may read the vault
    """Every process that says it holds keys."""
    cursor.execute(
        "SELECT name, backend, holds,"
        " extract(epoch FROM clock_timestamp() - seen_at)::float8 FROM vault_worker ORDER BY name"
    )
    return [Worker(name, pid, tuple(holds), ago) for name, pid, holds, ago in cursor.fetchall()]


def let_all_drop(state: State) -> int:
    """Wait until no process holds the keys of ``state.epoch``; cut off those that are silent.

    Returns:
        How many were cut off. Whatever they had not committed is rolled back, and nothing that
        they write under the old epoch can be committed: they learn the open one when they come back.
    """
    fenced = 0
    with owning() as cursor:
        cursor.execute(f"NOTIFY {presence.CHANNEL}")
    while True:
        epochs.presence.beat()
        with owning() as cursor:
            holders = [
                one
                for one in workers(cursor)
                if min(one.holds, default=state.successor) <= state.epoch
            ]
        if not holders:
            return fenced
        for worker in holders:
            if worker.silent > SILENT_SECONDS or not _lives(worker):
                fenced += 1
                _fence(worker)
        time.sleep(POLL_SECONDS)


def _fence(worker: Worker) -> None:
    with presence.session_of_its_own() as session:
        sessions = session.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE application_name = %s AND usename = session_user AND pid <> pg_backend_pid()",
            [worker.name],
        ).rowcount
    with owning() as cursor:
        cursor.execute(
            "DELETE FROM vault_worker WHERE name = %s AND backend = %s",
            [worker.name, worker.backend],
        )
    log.warning("vault.worker.fenced", pid=worker.backend, count=sessions)


def _lives(worker: Worker) -> bool:
    """Whether the session that the worker beats through is there: it ends with its process."""
    with presence.session_of_its_own() as session:
        found = session.execute(
            "SELECT 1 FROM pg_stat_activity WHERE pid = %s AND application_name = %s",
            [worker.backend, worker.name],
        )
        return found.fetchone() is not None


def end_holders(*, older_than: float) -> int:
    """End the mall's sessions whose transaction has held the vault's tables for so many seconds."""
    with owning() as cursor:
        cursor.execute(
            "SELECT pid FROM pg_locks WHERE granted AND relation = ANY(%s::regclass[])"
            " AND pid <> pg_backend_pid()",
            [list(LOCKED)],
        )
        pids = [pid for (pid,) in cursor.fetchall()]
    with presence.session_of_its_own() as session:
        ended = session.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid = ANY(%s)"
            " AND usename = session_user AND xact_start < clock_timestamp() - %s * interval '1 s'",
            [pids, older_than],
        ).rowcount
    if ended:
        log.warning("vault.lock.holders.ended", count=ended)
    return ended
