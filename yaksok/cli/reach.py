"""How a command reaches the database: that of the open mall, or the embedded one for a moment."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from yaksok.cli.trouble import Trouble
from yaksok.database.embedded import Server, answers
from yaksok.database.errors import DatabaseUnusable
from yaksok.database.layout import DataDirectory


@contextmanager
def reached_database(root: Path) -> Iterator[DataDirectory]:
    """The data directory at ``root``, with a server that answers until the block ends.

    An open mall's server is used as it is; otherwise the embedded one runs for the block.

    Raises:
        Trouble: the server cannot be started.
    """
    data = DataDirectory(root)
    if os.environ.get("DATABASE_URL") or answers(data):
        yield data
        return
    server = Server(data)
    try:
        server.start()
        yield data
    except DatabaseUnusable as error:
        raise Trouble(error.problem, cure=error.cure) from None
    finally:
        server.stop()


@contextmanager
def open_books(root: Path) -> Iterator[DataDirectory]:
    """Like :func:`reached_database`, with the tables made and Django ready for journeys.

    Raises:
        Trouble: no mall was ever opened here. Whoever forgot to name their mall's directory must
            not fill another one.
    """
    if not os.environ.get("DATABASE_URL") and not DataDirectory(root).cluster.exists():
        problem = f"no mall was opened in {root} yet"
        raise Trouble(problem, cure="name your mall with --data DIR, or open it first: yaksok run")
    with reached_database(root) as data:
        from yaksok.database.prepare import prepare

        prepare(data)
        import django

        django.setup()
        try:
            yield data
        finally:
            from django.db import connections

            connections.close_all()
