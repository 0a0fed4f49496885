"""Several acts at the same moment, each in a thread with a database connection of its own."""

import threading
from collections.abc import Callable, Sequence
from typing import TypeVar

from django.db import connections

T = TypeVar("T")


def at_once(acts: Sequence[Callable[[], T]]) -> list[T]:
    """What each of ``acts`` returned, in the order in which they ended.

    None begins before all are ready. One that raises is missing from the list.
    """
    start, outcomes = threading.Barrier(len(acts)), []

    def run(act: Callable[[], T]) -> None:
        start.wait()
        try:
            outcomes.append(act())
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes
