"""As whom a transaction runs: chosen once, at its start.

A page about goods runs as the role that cannot read what is known about persons; a journey that
touches persons runs wholly as the role that can. PostgreSQL enforces it, whatever Python does.
"""

import functools
import random
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import ParamSpec, TypeVar

from django.db import DEFAULT_DB_ALIAS, Error, connection, connections, transaction

from yaksok.database.address import KEEPER, KEEPER_ALIAS, STOREFRONT

P = ParamSpec("P")
R = TypeVar("R")

ATTEMPTS = 3
"""How often more a transaction is tried that lost against another one."""

SERIALIZATION_FAILURE = "40001"
DEADLOCK_DETECTED = "40P01"
WAIT_SECONDS = 0.01

_start: tuple[Callable[[], str], Callable[[int], None]] | None = None

_role: ContextVar[str | None] = ContextVar("role", default=None)
_afterwards: ContextVar[list[Callable[[], object]] | None] = ContextVar("afterwards", default=None)


@contextmanager
def keeper() -> Iterator[None]:
    """One transaction as the role of journeys with personal data; commits at the end of the block.

    A call inside another ``keeper()`` joins it. What the block wrote is on disk when it ends.

    Raises:
        RuntimeError: a transaction of another kind is under way; a role is never changed in the
            middle of one, so begin with ``keeper()`` further out.
    """
    if _role.get() == KEEPER:
        yield
        return
    with _as(KEEPER, durable=True):
        yield


@contextmanager
def shop() -> Iterator[None]:
    """One transaction as the role of pages without personal data.

    A call inside ``keeper()`` or ``shop()`` joins it.
    """
    if _role.get() is not None:
        yield
        return
    with _as(STOREFRONT, durable=False):
        yield


def at_start(query: Callable[[], str], take: Callable[[int], None]) -> None:
    """Begin every transaction with ``query`` too, and give its one number to ``take``.

    ``query`` makes one statement without parameters that both roles may run. It travels with the
    statement that sets the role, so it costs no round trip of its own.
    """
    global _start  # noqa: PLW0603 - set once, while the process starts
    _start = (query, take)


def if_rolled_back(act: Callable[[], object]) -> None:
    """Do ``act`` in a transaction of its own, as the same role, should this one roll back.

    For what must outlive a refusal: the log entry that tells of it. Outside of a transaction of
    this module there is nothing to outlive, and nothing is done.
    """
    acts = _afterwards.get()
    if acts is not None:
        acts.append(act)


def current_role() -> str:
    """The role that PostgreSQL applies to the next statement."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        (name,) = cursor.fetchone()
    return str(name)


def retrying(act: Callable[P, R]) -> Callable[P, R]:
    """``act``, done again when its transaction lost against another (40001, 40P01).

    Three times more, after a short wait that differs each time; then the database's own error
    goes on. Inside a transaction nothing is retried: only the outermost act can start over. So
    ``act`` must be safe to begin again, which is so when all it does is in the database.
    """

    @functools.wraps(act)
    def retried(*args: P.args, **kwargs: P.kwargs) -> R:
        for attempt in range(1, ATTEMPTS + 1):
            try:
                return act(*args, **kwargs)
            except Error as error:
                if _role.get() is not None or not lost_the_race(error):
                    raise
                time.sleep(attempt * WAIT_SECONDS * (0.5 + random.random()))  # noqa: S311 - no secret
        return act(*args, **kwargs)

    return retried


def lost_the_race(error: BaseException) -> bool:
    """Whether ``error`` says that another transaction won and this one may simply try again."""
    state = getattr(error.__cause__, "sqlstate", None)
    return state in {SERIALIZATION_FAILURE, DEADLOCK_DETECTED}


@contextmanager
def _as(role: str, *, durable: bool) -> Iterator[None]:
    acts: list[Callable[[], object]] = []
    mark = _afterwards.set(acts)
    try:
        with _once_as(role, durable=durable):
            yield
    except BaseException:
        if acts:
            with _once_as(role, durable=durable):
                for act in acts:
                    act()
        raise
    finally:
        _afterwards.reset(mark)


@contextmanager
def _once_as(role: str, *, durable: bool) -> Iterator[None]:
    inside_a_test = connection.in_atomic_block
    with _entered(role), transaction.atomic(using=DEFAULT_DB_ALIAS, durable=durable):
        number = _begin(role)
        mark = _role.set(role)
        try:
            if _start is not None:
                _start[1](number)
            yield
        finally:
            _role.reset(mark)
        if inside_a_test:  # an error rolls the savepoint back, and the role with it
            _set(STOREFRONT)


@contextmanager
def _entered(role: str) -> Iterator[None]:
    """Have the connection of the login that may take ``role`` stand for Django's ``default``.

    A page's login cannot become the keeper, whatever statement somebody slips into a page. Inside a
    transaction nothing changes, and where there is one login for all.
    """
    page = connections[DEFAULT_DB_ALIAS]
    if role != KEEPER or KEEPER_ALIAS not in connections.settings or page.in_atomic_block:
        yield
        return
    connections[DEFAULT_DB_ALIAS] = connections[KEEPER_ALIAS]
    try:
        yield
    finally:
        connections[DEFAULT_DB_ALIAS] = page


def _begin(role: str) -> int:
    """Set the role, and ask what every transaction asks first."""
    if _start is None:
        _set(role)
        return 0
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL ROLE {role}; {_start[0]()}")
        cursor.nextset()
        return int(cursor.fetchone()[0])


def _set(role: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL ROLE {role}")
