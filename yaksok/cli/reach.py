"""How a command reaches the database: that of the open mall, or the embedded one for a moment."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from yaksok.cli.trouble import ALREADY_RUNNING, Trouble
from yaksok.database.errors import DatabaseUnusable
from yaksok.database.layout import DataDirectory
from yaksok.database.private_files import open_lock
from yaksok.database.visits import visiting


@contextmanager
def reached_database(root: Path) -> Iterator[DataDirectory]:
    """The data directory at ``root``, with a server that answers until the block ends.

    An open mall's server is used as it is; otherwise the embedded one runs for the block, and
    other commands use it with this one.

    Raises:
        Trouble: the server cannot be started.
    """
    data = DataDirectory(root)
    with ExitStack() as stack:
        if not os.environ.get("DATABASE_URL"):
            try:
                stack.enter_context(visiting(data))
            except DatabaseUnusable as error:
                raise Trouble(error.problem, cure=error.cure) from None
        yield data


def refuse_half_restored(data: DataDirectory) -> None:
    """Nothing, unless a restore into ``data`` was begun and not finished.

    Raises:
        Trouble: it was; whoever was erased may be in there.
    """
    if data.unfinished_restore.exists():
        problem = f"a restore into {data.root} is not finished: erased persons may still be in it"
        raise Trouble(problem, cure=f"finish it: yaksok restore DIR --data {data.root}")


@contextmanager
def closed_mall(root: Path) -> Iterator[None]:
    """The mall in ``root`` closed, and kept from opening until the block ends.

    Raises:
        Trouble: it is open.
    """
    DataDirectory(root).create()
    with open_lock(root / "mall.lock") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            problem = f"the mall in {root} is open"
            raise Trouble(problem, cure="close it first (Ctrl-C)", status=ALREADY_RUNNING) from None
        yield


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
    refuse_half_restored(DataDirectory(root))
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
