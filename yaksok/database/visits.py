"""Commands that use a mall's embedded server for a moment, each without harm to the others.

Whoever comes first starts the server, and it stops when the last has gone. Two locks keep that so:
``door.lock`` is held by one at a time, while they come or go; ``visitors.lock`` is shared by all
who are inside. A process that dies leaves both.
"""

import fcntl
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import IO

from yaksok.database.embedded import Server, answers
from yaksok.database.layout import DataDirectory
from yaksok.database.private_files import open_lock

POLL_SECONDS = 0.1


@contextmanager
def visiting(data: DataDirectory) -> Iterator[None]:
    """The embedded server of ``data``, answering until the block ends.

    A server that answers is used as it is. Whoever had to start one waits, when their block ends,
    until nobody else is inside, and stops it.

    Raises:
        DatabaseUnusable: the server cannot be started.
    """
    data.create()
    with _door(data):
        server = None if _kept(data) else Server(data)
        if server is not None:
            server.start()
        inside = _locked(data, "visitors", fcntl.LOCK_SH)
    try:
        yield
    finally:
        inside.close()
        if server is not None:
            _stop_when_empty(data, server)


@contextmanager
def without_visitors(data: DataDirectory, wait: Callable[[], None]) -> Iterator[None]:
    """``data`` with nobody inside, and nobody coming in until the block ends.

    ``wait`` is called once, before the first pause, if there is anybody to wait for.
    """
    told = False
    while True:
        with _door(data):
            if _free(data, "visitors"):
                yield
                return
        if not told:
            wait()
            told = True
        time.sleep(POLL_SECONDS)


def _kept(data: DataDirectory) -> bool:
    """Whether a server answers and its starter lives: one that was left behind is about to end."""
    return answers(data) and not _free(data, "postgres")


def _stop_when_empty(data: DataDirectory, server: Server) -> None:
    try:
        with without_visitors(data, lambda: None):
            server.stop()
    finally:
        server.stop()  # whatever cut the waiting short: nobody else could stop it


def _free(data: DataDirectory, name: str) -> bool:
    try:
        _locked(data, name, fcntl.LOCK_EX | fcntl.LOCK_NB).close()
    except BlockingIOError:
        return False
    return True


@contextmanager
def _door(data: DataDirectory) -> Iterator[None]:
    with _locked(data, "door", fcntl.LOCK_EX):
        yield


def _locked(data: DataDirectory, name: str, how: int) -> IO[str]:
    lock = open_lock(data.root / f"{name}.lock")
    try:
        fcntl.flock(lock, how)
    except BaseException:
        lock.close()
        raise
    return lock
