"""What this process says of itself while it holds keys, and how it lets go of them.

A process writes that it holds an epoch's keys before it has them, and beats while it does. It
listens: when an epoch has been closed, its keys are dropped at once. A process that cannot reach the
database drops all of them, for nobody can tell it any more what is destroyed. One that has not used
any for a while does so too, so a mall at rest has no key in memory and no connection open for this.
"""

import atexit
import select
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

import psycopg
from django.db import DEFAULT_DB_ALIAS, connections

from yaksok.database.address import KEEPER

CHANNEL = "vault_epoch"
"""What is notified when an epoch was closed."""

BEAT_SECONDS = 2.0
IDLE_SECONDS = 60.0
"""After this long without any use, keys leave the memory."""

OPEN = "SELECT number FROM vault.vault_epoch WHERE closed_at IS NULL"
SAY = (
    "INSERT INTO vault.vault_worker (name, backend, began_at, seen_at, holds)"
    " VALUES (%s, pg_backend_pid(), clock_timestamp(), clock_timestamp(), %s)"
    " ON CONFLICT (name) DO UPDATE SET backend = EXCLUDED.backend, seen_at = EXCLUDED.seen_at,"
    " holds = EXCLUDED.holds"
)
LEAVE = "DELETE FROM vault.vault_worker WHERE name = %s"


KEEPERS = "keeper"
"""The alias whose login may become the keeper, where pages have a login of their own."""


def _settings() -> dict[str, Any]:
    alias = KEEPERS if KEEPERS in connections.settings else DEFAULT_DB_ALIAS
    return connections[alias].settings_dict


def own_name() -> str:
    """What this process's sessions are called in the database, and its row among the workers."""
    return str(_settings()["OPTIONS"]["application_name"])


def session_of_its_own() -> psycopg.Connection[Any]:
    """A session under the mall's own login beside Django's, in autocommit, as nobody in particular."""
    chosen = _settings()
    options = {name: value for name, value in chosen["OPTIONS"].items() if name != "pool"}
    place = {"host": chosen["HOST"], "port": chosen["PORT"], "dbname": chosen["NAME"]}
    given = {name: value for name, value in place.items() if value}
    session = psycopg.connect(
        **given, **options, user=chosen["USER"], password=chosen["PASSWORD"], autocommit=True
    )
    session.execute("SET ROLE NONE")
    return session


def _connect() -> psycopg.Connection[Any]:
    """As the keeper: what a process says of itself must not depend on anybody's transaction."""
    session = session_of_its_own()
    session.execute(f"SET ROLE {KEEPER}")
    session.execute(f"LISTEN {CHANNEL}")
    return session


class Presence:
    """One process among those that may hold keys.

    Arguments:
        held: The epochs whose keys are in memory now.
        keep_only: Drops the keys of every epoch but these.
    """

    def __init__(
        self, held: Callable[[], list[int]], keep_only: Callable[[frozenset[int]], None]
    ) -> None:
        self._held = held
        self._keep_only = keep_only
        self._lock = threading.RLock()
        self._session: psycopg.Connection[Any] | None = None
        self._used = 0.0
        self._leaves = False

    def touch(self) -> None:
        """Keys were used just now."""
        self._used = time.monotonic()

    @contextmanager
    def taking(self, number: int) -> Iterator[None]:
        """Say that the keys of ``number`` are held, then let the block take them.

        Raises:
            psycopg.Error: it cannot be said, so nothing may be taken. Safe to retry.
        """
        with self._lock:
            self.touch()
            if self._session is None:
                self._begin(number)
            else:
                self._say({*self._held(), number})
            yield

    def beat(self) -> None:
        """Drop what is closed and say what is left, now. Does nothing without a key in memory."""
        with self._lock:
            if self._session is None:
                return
            try:
                self._beat(self._session)
            except psycopg.Error:
                self._end()

    def leave(self) -> None:
        """Drop every key, and say so."""
        with self._lock:
            self._keep_only(frozenset())
            if self._session is None:
                return
            with suppress(psycopg.Error):
                self._session.execute(LEAVE, [own_name()])
            self._end()

    def _begin(self, number: int) -> None:
        self._session = _connect()
        try:
            self._say({number})
        except psycopg.Error:
            self._end()
            raise
        if not self._leaves:
            atexit.register(self.leave)
            self._leaves = True
        threading.Thread(target=self._stay, name="vault presence", daemon=True).start()

    def _say(self, numbers: set[int]) -> None:
        assert self._session is not None  # noqa: S101 - the callers hold the lock and looked
        self._session.execute(SAY, [own_name(), sorted(numbers)])

    def _beat(self, session: psycopg.Connection[Any]) -> None:
        open_now = {number for (number,) in session.execute(OPEN).fetchall()}
        self._keep_only(frozenset(open_now))
        self._say(set(self._held()))

    def _end(self) -> None:
        self._keep_only(frozenset())
        if self._session is not None:
            self._session.close()
        self._session = None

    def _stay(self) -> None:
        """Beat until there is nothing to say any more."""
        session = self._session
        while session is not None and session is self._session:
            with suppress(OSError, ValueError):  # closed meanwhile: the next look sees it
                select.select([session.fileno()], [], [], BEAT_SECONDS)
            with self._lock:
                if session is not self._session:
                    return
                if time.monotonic() - self._used > IDLE_SECONDS:
                    self.leave()
                else:
                    self.beat()
