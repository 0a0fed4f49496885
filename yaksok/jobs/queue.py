"""The job queue on the mall's own PostgreSQL."""

from typing import Any

import procrastinate
from django.db import DEFAULT_DB_ALIAS, connections

MOST_CONNECTIONS = 1
WAIT_SECONDS = 10.0
IDLE_SECONDS = 4.0
"""How long a connection beyond the first is kept for nothing; each is a process of 17 MB."""


def connector() -> procrastinate.PsycopgConnector:
    """A way to the queue's tables, as the mall's ordinary role."""
    return procrastinate.PsycopgConnector(
        kwargs=_entry(),
        min_size=1,
        max_size=MOST_CONNECTIONS,
        max_idle=IDLE_SECONDS,
        timeout=WAIT_SECONDS,
    )


def _entry() -> dict[str, Any]:
    chosen = connections[DEFAULT_DB_ALIAS].settings_dict
    options = {name: value for name, value in chosen["OPTIONS"].items() if name != "pool"}
    place = {"host": chosen["HOST"], "port": chosen["PORT"], "dbname": chosen["NAME"]}
    who = {"user": chosen["USER"], "password": chosen["PASSWORD"]}
    return {**{name: value for name, value in place.items() if value}, **who, **options}
