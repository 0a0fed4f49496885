"""Whether the mall can serve now: the database answers, and the worker of the clock is alive."""

import time
from dataclasses import dataclass
from datetime import datetime

from django.db import DatabaseError, InterfaceError, connection
from psycopg_pool import PoolTimeout

from yaksok.database.roles import shop
from yaksok.kernel import clock

WORKER_SILENT_AFTER = 60
"""Seconds without a sign of life after which the worker counts as away."""


@dataclass(frozen=True, slots=True)
class Running:
    """What answers. Ages and times are in seconds; None is "never seen"."""

    database: bool
    database_ms: int
    worker_seen: int | None

    @property
    def worker(self) -> bool:
        """Whether the worker gave a sign of life lately."""
        return self.worker_seen is not None and self.worker_seen <= WORKER_SILENT_AFTER

    @property
    def well(self) -> bool:
        """Whether a shopper can be served. Without the worker orders come in, parcels wait."""
        return self.database

    def as_dict(self) -> dict[str, object]:
        """For the health page."""
        return {
            "well": self.well,
            "database": {"answers": self.database, "milliseconds": self.database_ms},
            "worker": {"alive": self.worker, "seen_seconds_ago": self.worker_seen},
        }


def look() -> Running:
    """The state of this moment."""
    began = time.monotonic()
    try:
        with shop(), connection.cursor() as cursor:
            cursor.execute("SELECT max(last_heartbeat) FROM procrastinate_workers")
            (seen,) = cursor.fetchone()
    except (DatabaseError, InterfaceError, PoolTimeout):
        return Running(database=False, database_ms=_since(began), worker_seen=None)
    return Running(database=True, database_ms=_since(began), worker_seen=_age(seen))


def _age(seen: datetime | None) -> int | None:
    return None if seen is None else max(0, int((clock.now() - seen).total_seconds()))


def _since(began: float) -> int:
    return int((time.monotonic() - began) * 1000)
