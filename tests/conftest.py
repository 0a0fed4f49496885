"""What every test stands on: a real PostgreSQL of its own run, keys of its own, no way out.

The cluster is made once per run and shared by all workers; each worker has a database copied from
one migrated template. A test that uses ``db`` runs in a transaction that is rolled back, as the
storefront's role unless it says ``with keeper():``.
"""

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import hypothesis
import psycopg
import pytest
from argon2 import PasswordHasher
from pytest_django import DjangoDbBlocker

from tests.cast.shelves import shelves as shelves
from tools import messages
from yaksok.database.address import (
    OWNER,
    Address,
    address_of,
    make_passwords,
    one_login,
    password_of,
)
from yaksok.database.embedded import Server
from yaksok.database.layout import DataDirectory
from yaksok.database.service_user import ServiceUser
from yaksok.kernel import clock
from yaksok.privacy.vault.roots.key_file import KeyFile

hypothesis.settings.register_profile(
    "busy machine", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("busy machine")  # no test is a stopwatch

pytest_plugins = ["tests.cast.sandboxes", "tests.cast.roots"]

NOON = datetime(2026, 3, 2, 3, 0, tzinfo=UTC)
"""Noon in Seoul on an ordinary Monday; where the fixture ``standing_clock`` begins."""

TEMPLATE = "yaksok"
"""The database that :func:`prepare` makes in the run's cluster; workers copy it."""

_running: list[tuple[Server, Path]] = []


def pytest_configure(config: pytest.Config) -> None:
    """Settle where the run keeps its data before Django's settings are read."""
    if os.environ.get("DATABASE_URL"):
        del os.environ["DATABASE_URL"]  # tests never touch a database that is not theirs
    if not hasattr(config, "workerinput"):
        messages.compile_all()  # English pages speak English however the tests are started
    if not hasattr(config, "workerinput") and "YAKSOK_TEST_RUN" not in os.environ:
        place = Path(tempfile.mkdtemp(prefix="yaksok-test-"))
        ServiceUser.choose().let_through(place)
        os.environ["YAKSOK_TEST_RUN"] = str(place)
        server = Server(DataDirectory(place / "mall"), fsync="off", full_page_writes="off")
        _running.append((server, place))
    run = Path(os.environ["YAKSOK_TEST_RUN"])
    os.environ["YAKSOK_DATA"] = str(run / "mall")
    for name in [name for name in os.environ if name.startswith("YAKSOK_") and name not in _KEPT]:
        del os.environ[name]
    os.environ["YAKSOK_KEYS"] = str(run / f"keys-{_worker()}")
    KeyFile.create(Path(os.environ["YAKSOK_KEYS"]))
    make_passwords(DataDirectory.from_environment())
    os.environ["DJANGO_SETTINGS_MODULE"] = "yaksok.settings.main"
    import django
    from django.conf import settings

    one_login(settings.DATABASES)  # a test that is rolled back has one transaction, so one login
    django.setup()
    _hash_lightly()


def _hash_lightly() -> None:
    """Argon2id as ever, with a pass over a page: thousands of people join and log in here.

    What a mall really takes is tested in a process of its own, and whole malls are left alone.
    """
    from yaksok.mall.accounts import verifiers

    verifiers.PASSES, verifiers.MEMORY_KIB = 1, 64
    verifiers._hasher = PasswordHasher(
        time_cost=verifiers.PASSES, memory_cost=verifiers.MEMORY_KIB, parallelism=verifiers.LANES
    )


_KEPT = ("YAKSOK_TEST_RUN", "YAKSOK_DATA", "YAKSOK_FULL", "YAKSOK_KEEP", "YAKSOK_SEED")


def pytest_unconfigure(config: pytest.Config) -> None:
    """Stop the run's server and remove what it wrote."""
    if hasattr(config, "workerinput"):
        return
    while _running:
        server, place = _running.pop()
        server.stop()
        shutil.rmtree(place, ignore_errors=True)
        os.environ.pop("YAKSOK_TEST_RUN", None)


def pytest_sessionstart(session: pytest.Session) -> None:
    """Start the server in the main thread of the first process: it ends with that thread."""
    if not hasattr(session.config, "workerinput") and not session.config.option.collectonly:
        for server, _ in _running:
            server.start()


@pytest.fixture(scope="session")
def database_address() -> Address:
    """The run's server and its administrator."""
    return address_of(DataDirectory.from_environment())


@pytest.fixture(scope="session")
def django_db_setup(
    django_db_blocker: DjangoDbBlocker, database_address: Address
) -> Iterator[None]:
    """This worker's database, copied from the migrated template."""
    from django.db import connections

    name = f"yaksok_{_worker()}"
    data = DataDirectory.from_environment()
    with django_db_blocker.unblock():
        _template(data)
    with database_address.connect_as_admin("postgres") as admin:
        admin.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        admin.execute(f"CREATE DATABASE {name} TEMPLATE {TEMPLATE}")
        admin.execute(f"REVOKE ALL ON DATABASE {name} FROM PUBLIC")
        for role in ("yaksok_app", "yaksok_storefront", "yaksok_keeper"):
            admin.execute(f"GRANT CONNECT ON DATABASE {name} TO {role}")
        admin.execute(f"GRANT ALL ON DATABASE {name} TO yaksok_owner")
    for alias in connections:
        connections[alias].settings_dict["NAME"] = name
        connections[alias].settings_dict["OPTIONS"].pop("pool", None)
    yield
    connections.close_all()


@pytest.fixture(autouse=True)
def _flush_as_owner(monkeypatch: pytest.MonkeyPatch) -> None:
    """After a test with real commits the tables are emptied by their owner; no other role may."""
    from django.test import TransactionTestCase

    monkeypatch.setattr(TransactionTestCase, "_fixture_teardown", lambda _: _empty_every_table())


@pytest.fixture(autouse=True)
def _no_keys_from_before() -> None:
    """A test that rolls back takes its epoch with it; the next one must not remember its keys."""
    from yaksok.privacy.vault import epochs

    epochs.forget_keys()


@pytest.fixture(autouse=True)
def _no_mall_from_before() -> Iterator[None]:
    """A test that calls a command in this process takes the directory it named with it."""
    before = {name: value for name, value in os.environ.items() if name.startswith("YAKSOK_")}
    yield
    for name in [name for name in os.environ if name.startswith("YAKSOK_")]:
        if name not in before:
            del os.environ[name]
    os.environ.update(before)


@pytest.fixture(autouse=True)
def _no_version_from_before() -> None:
    """A test that rolls back takes the policy it published with it."""
    from yaksok.policy import in_force
    from yaksok.privacy.published import obeying

    obeying.compiled.cache_clear()
    if in_force.number():
        in_force.configure_from(None)


@pytest.fixture
def alone_with_the_roles() -> Iterator[None]:
    """One server serves the whole run: nobody else may dig holes into its roles meanwhile."""
    with (Path(os.environ["YAKSOK_TEST_RUN"]) / "roles.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


@pytest.fixture
def standing_clock() -> Iterator[clock.FixedClock]:
    """The mall's clock, standing at :data:`NOON` until the test moves it."""
    with clock.fixed(NOON) as standing:
        yield standing


def _worker() -> str:
    return os.environ.get("PYTEST_XDIST_WORKER", "only")


def _template(data: DataDirectory) -> None:
    """Migrate the template once, whichever worker comes first."""
    from yaksok.database.prepare import prepare

    with (data.root / "template.lock").open("w", encoding="ascii") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (data.root / "template.made").exists():
            prepare(data)
            from django.db import connections

            connections.close_all()
            (data.root / "template.made").touch()


KEPT_TABLES = ("django_migrations", "yaksok_prepared")


def _empty_every_table() -> None:
    from django.db import connection

    data = DataDirectory.from_environment()
    entry = address_of(data).entry(
        OWNER, password_of(data, OWNER), str(connection.settings_dict["NAME"])
    )
    connection.close()
    with psycopg.connect(**entry) as owner:
        rows = owner.execute(
            "SELECT format('%%I.%%I', schemaname, tablename) FROM pg_tables"
            " WHERE tableowner = %s AND NOT tablename = ANY (%s)",
            [OWNER, list(KEPT_TABLES)],
        ).fetchall()
        asked = (f"SELECT '{name}' WHERE EXISTS (SELECT FROM {name})" for (name,) in rows)
        filled = owner.execute(" UNION ALL ".join(asked).encode()).fetchall()
        if filled:  # to empty a hundred tables that are empty costs more than most tests
            tables = ", ".join(str(name) for (name,) in filled)
            owner.execute(f"TRUNCATE {tables} RESTART IDENTITY CASCADE".encode())
