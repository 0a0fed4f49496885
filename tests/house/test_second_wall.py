"""What holds when the first wall has a hole: no log, no statistic, no role, no memory gives values away."""

import itertools
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from django.db import connections

from yaksok.database import walls
from yaksok.database.address import STOREFRONT, Address, password_of
from yaksok.database.embedded import ADMIN, ADMIN_CREDENTIAL, PORT, Server
from yaksok.database.errors import DatabaseUnusable
from yaksok.database.layout import DataDirectory
from yaksok.database.service_user import ServiceUser

pytestmark = [
    pytest.mark.django_db(transaction=True, databases=["default", "owner"]),
    pytest.mark.xdist_group("roles of the server"),
    pytest.mark.usefixtures("alone_with_the_roles"),
]


ROOT = Path(__file__).resolve().parents[2]
CANARY = "canary-wall-5183"
CLOSED_TABLES = {"vault": 5, "consent": 3, "audit": 1}
"""At least so many tables each closed schema has."""


def name() -> str:
    """This worker's database."""
    return str(connections["default"].settings_dict["NAME"])


@pytest.fixture
def admin(database_address: Address) -> Iterator[psycopg.Connection]:
    with database_address.connect_as_admin(name()) as line:
        yield line


@pytest.fixture
def here(database_address: Address) -> Address:
    """The worker's database as the mall would reach it."""
    return Address(
        database_address.place, name(), database_address.admin, database_address.admin_password
    )


def gaps(here: Address) -> set[tuple[str, str]]:
    """What is missing: id and the first word of what was seen."""
    found = walls.gaps(DataDirectory.from_environment(), here)
    assert all(gap.cure for gap in found)
    return {(gap.id, gap.seen) for gap in found}


# Roles


def closed_tables(admin: psycopg.Connection) -> list[str]:
    rows = admin.execute(
        "SELECT c.oid::regclass::text FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
        " WHERE n.nspname = ANY(%s) AND c.relkind IN ('r', 'p', 'v', 'm') ORDER BY 1",
        [list(CLOSED_TABLES)],
    ).fetchall()
    return [str(table) for (table,) in rows]


ATTEMPTS = (
    "SELECT * FROM {table}",
    "SELECT count(*) FROM {table}",
    "SELECT 1 FROM {table} FOR UPDATE",
    "INSERT INTO {table} SELECT * FROM {table}",
    "INSERT INTO {table} DEFAULT VALUES",
    "UPDATE {table} SET {column} = {column}",
    "DELETE FROM {table}",
    "TRUNCATE {table}",
    "COPY {table} TO STDOUT",
    "COPY {table} FROM STDIN",
    "LOCK TABLE {table} IN ACCESS SHARE MODE",
    "ALTER TABLE {table} ADD COLUMN more text",
    "DROP TABLE {table}",
    "CREATE VIEW public.through AS SELECT * FROM {table}",
    "CREATE TEMPORARY VIEW through AS SELECT * FROM {table}",
    "SELECT query_to_xml('SELECT * FROM {table}', true, true, '')",
    "SELECT table_to_xml('{table}', true, true, '')",
    "ANALYZE {table}",
    "SELECT pg_relation_filepath('{table}'), pg_read_binary_file(pg_relation_filepath('{table}'))",
    "COMMENT ON TABLE {table} IS 'mine'",
    "CREATE TRIGGER mine BEFORE INSERT ON {table} EXECUTE FUNCTION suppress_redundant_updates_trigger()",
)
"""ANALYZE of a table that is not yours is a warning, and does nothing; so it is tried for its effect."""


def test_the_storefront_is_refused_every_closed_table_for_everything(
    admin: psycopg.Connection,
) -> None:
    tables = closed_tables(admin)
    for schema, least in CLOSED_TABLES.items():
        assert sum(table.startswith(f"{schema}.") for table in tables) >= least
    opened = []
    tried = 0
    admin.execute("SET SESSION AUTHORIZATION yaksok_storefront")
    for table, attempt in itertools.product(tables, ATTEMPTS):
        tried += 1
        try:
            with admin.transaction(force_rollback=True):
                admin.execute(attempt.format(table=table, column="ctid").encode())
        except psycopg.errors.InsufficientPrivilege:
            continue
        except psycopg.Error as error:
            opened.append((attempt, table, type(error).__name__))
        else:
            opened.append((attempt, table, "done"))
    admin.execute("RESET SESSION AUTHORIZATION")
    print(f"\n{tried} attempts on {len(tables)} tables of closed schemas")
    assert opened == []


def test_the_same_attempts_succeed_where_they_may(admin: psycopg.Connection) -> None:
    with admin.transaction(force_rollback=True):
        admin.execute("SET LOCAL ROLE yaksok_keeper")
        for attempt in ATTEMPTS[:3]:
            admin.execute(attempt.format(table="vault.vault_record").encode())


@pytest.mark.parametrize("target", ["yaksok_keeper", "yaksok_owner", "yaksok_app", "yaksok_admin"])
def test_the_login_of_pages_can_become_nobody_else(here: Address, target: str) -> None:
    password = password_of(DataDirectory.from_environment(), STOREFRONT)
    with psycopg.connect(**here.entry(STOREFRONT, password), autocommit=True) as line:
        for statement in (
            f"SET ROLE {target}",
            f"SELECT 1; SET ROLE {target}",
            f"SET SESSION AUTHORIZATION {target}",
            f"SELECT set_config('role', '{target}', false)",
            f"SELECT set_config('session_authorization', '{target}', false)",
        ):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                line.execute(statement.encode())
        for reset in ("RESET ROLE", "RESET SESSION AUTHORIZATION", "DISCARD ALL"):
            line.execute(reset.encode())
            assert line.execute("SELECT current_user").fetchone() == (STOREFRONT,)


STACKED = "SELECT 1; SET ROLE yaksok_keeper; SELECT count(*) FROM vault.vault_record"
"""What somebody could slip into a statement that is put together from words."""

AS_THE_MALL = """
import django, json
django.setup()
from django.conf import settings
from django.db import DatabaseError, connection, connections
from yaksok.database.roles import keeper, shop
for one in settings.DATABASES.values():
    one["NAME"] = {name!r}
    one["OPTIONS"].pop("pool", None)
told = {{}}
def ask(place, statement):
    try:
        with connection.cursor() as cursor:
            cursor.execute(statement)
            while cursor.nextset():
                pass
            told[place] = "done"
            cursor.execute("SELECT session_user")
            told[place] = cursor.fetchone()[0]
    except DatabaseError as error:
        told[place] = type(error).__name__
def in_a(role, place, statement):
    try:
        with role():
            ask(place, statement)
    except DatabaseError:
        pass
ask("bare", {stacked!r})
in_a(shop, "page", {stacked!r})
in_a(keeper, "journey", "SELECT count(*) FROM vault.vault_record")
ask("bare, after a journey", {stacked!r})
ask("bare, who", "SELECT 1")
try:
    with shop(), keeper():
        pass
except RuntimeError:
    told["in the middle"] = "RuntimeError"
print(json.dumps(told))
"""


def test_a_page_cannot_become_the_keeper_however_statements_are_strung_together() -> None:
    connections["default"].close()
    told = json.loads(
        subprocess.run(
            [sys.executable, "-c", AS_THE_MALL.format(name=name(), stacked=STACKED)],
            env={**os.environ, "DJANGO_SETTINGS_MODULE": "yaksok.settings.main"},
            capture_output=True,
            check=True,
            text=True,
        ).stdout
    )
    assert told == {
        "bare": "ProgrammingError",
        "page": "ProgrammingError",
        "journey": "yaksok_app",
        "bare, after a journey": "ProgrammingError",
        "bare, who": "yaksok_storefront",
        "in the middle": "RuntimeError",
    }


def test_with_one_login_it_could() -> None:
    with connections["default"].cursor() as cursor:
        cursor.execute(STACKED)
    connections["default"].close()


@pytest.mark.parametrize("role", ["yaksok_storefront", "yaksok_keeper"])
@pytest.mark.parametrize(
    "statement",
    [
        "SELECT pg_read_file('PG_VERSION')",
        "SELECT pg_ls_dir('.')",
        "SELECT lo_import('/etc/passwd')",
        "COPY (SELECT 1) TO PROGRAM 'cat'",
        "COPY (SELECT 1) TO '/tmp/out'",
        "SET log_statement = 'all'",
        "ALTER ROLE yaksok_keeper SUPERUSER",
        "CREATE ROLE mine",
        "GRANT yaksok_keeper TO yaksok_storefront",
        "CREATE EXTENSION dblink",
        "CREATE TABLE public.mine (one int)",
        "CREATE SCHEMA mine",
        "CREATE TEMPORARY TABLE mine (one int)",
        "SELECT pg_stat_reset()",
        "SELECT rolpassword FROM pg_authid",
        "SELECT * FROM pg_statistic",
    ],
)
def test_no_role_of_the_mall_reaches_the_server_behind_it(
    admin: psycopg.Connection, role: str, statement: str
) -> None:
    admin.execute(f"SET SESSION AUTHORIZATION {role}".encode())
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        admin.execute(statement.encode())


# The check


def test_the_wall_of_the_embedded_server_stands(here: Address) -> None:
    assert gaps(here) == set()
    walls.refuse(DataDirectory.from_environment(), here)


HOLES = {
    "a log of slow statements": (
        "ALTER ROLE yaksok_app SET log_min_duration_statement = 0",
        "ALTER ROLE yaksok_app SET log_min_duration_statement = -1",
        "yaksok.E010",
    ),
    "a log of every statement": (
        "ALTER ROLE yaksok_app SET log_statement = 'all'",
        "ALTER ROLE yaksok_app SET log_statement = 'none'",
        "yaksok.E010",
    ),
    "details of errors": (
        "ALTER ROLE yaksok_owner SET log_error_verbosity = 'default'",
        "ALTER ROLE yaksok_owner SET log_error_verbosity = 'terse'",
        "yaksok.E010",
    ),
    "parameters": (
        "ALTER ROLE yaksok_app SET log_parameter_max_length_on_error = -1",
        "ALTER ROLE yaksok_app SET log_parameter_max_length_on_error = 0",
        "yaksok.E010",
    ),
    "a login over everything": (
        "ALTER ROLE yaksok_app BYPASSRLS",
        "ALTER ROLE yaksok_app NOBYPASSRLS",
        "yaksok.E011",
    ),
    "a keeper that reads the server's files": (
        "GRANT pg_read_server_files TO yaksok_keeper",
        "REVOKE pg_read_server_files FROM yaksok_keeper",
        "yaksok.E011",
    ),
    "a storefront that may become the keeper": (
        "GRANT yaksok_keeper TO yaksok_storefront",
        "REVOKE yaksok_keeper FROM yaksok_storefront",
        "yaksok.E011",
    ),
    "a way into the vault": (
        "GRANT USAGE ON SCHEMA vault TO yaksok_storefront",
        "REVOKE USAGE ON SCHEMA vault FROM yaksok_storefront",
        "yaksok.E012",
    ),
    "a right that waits for a way": (
        "GRANT SELECT ON consent.consent_event TO PUBLIC",
        "REVOKE SELECT ON consent.consent_event FROM PUBLIC",
        "yaksok.E012",
    ),
    "a log that can be changed": (
        "GRANT DELETE ON audit.audit_entry TO yaksok_keeper",
        "REVOKE DELETE ON audit.audit_entry FROM yaksok_keeper",
        "yaksok.E012",
    ),
    "a view": (
        "CREATE VIEW public.through AS TABLE vault.vault_record; GRANT SELECT ON public.through TO PUBLIC",
        "DROP VIEW public.through",
        "yaksok.E013",
    ),
    "a function": (
        "CREATE FUNCTION public.through() RETURNS int LANGUAGE sql SECURITY DEFINER AS 'SELECT 1'",
        "DROP FUNCTION public.through()",
        "yaksok.E013",
    ),
    "room for more": (
        "GRANT CREATE ON SCHEMA public TO PUBLIC",
        "REVOKE CREATE ON SCHEMA public FROM PUBLIC",
        "yaksok.E013",
    ),
    "samples": (
        "ALTER TABLE vault.vault_record ALTER COLUMN sealed SET STATISTICS -1",
        "ALTER TABLE vault.vault_record ALTER COLUMN sealed SET STATISTICS 0",
        "yaksok.E014",
    ),
}


@pytest.mark.parametrize("hole", HOLES.values(), ids=HOLES.keys())
def test_a_hole_is_named_and_keeps_the_mall_closed(
    admin: psycopg.Connection, here: Address, hole: tuple[str, str, str]
) -> None:
    opened, mended, expected = hole
    admin.execute(opened.encode())
    try:
        assert expected in {found for found, _ in gaps(here)}
        with pytest.raises(DatabaseUnusable, match=expected) as refused:
            walls.refuse(DataDirectory.from_environment(), here)
        assert refused.value.cure
    finally:
        admin.execute(mended.encode())
    assert gaps(here) == set()


@pytest.fixture
def talkative() -> Iterator[DataDirectory]:
    """A server as it comes, that writes each failed statement with its details to its log."""
    place = Path(tempfile.mkdtemp(prefix="yaksok-talkative-"))
    ServiceUser.choose().let_through(place)
    data = DataDirectory(place / "server")
    server = Server(
        data, fsync="off", log_error_verbosity="default", log_min_error_statement="error"
    )
    server.start()
    yield data
    server.stop()
    shutil.rmtree(place)


def prepared(talkative: DataDirectory, user: str, tmp_path: Path) -> str:
    """What a start says on the database ``shop``; "" when it is content."""
    password = talkative.credential(ADMIN_CREDENTIAL) if user == ADMIN else user
    url = f"postgresql://{user}:{password}@/shop?host={talkative.socket}&port={PORT}"
    done = subprocess.run(
        [sys.executable, "-m", "yaksok.database.prepare"],
        env={**os.environ, "DATABASE_URL": url, "YAKSOK_DATA": str(tmp_path)},
        capture_output=True,
        check=False,
        text=True,
    )
    assert (done.returncode == 0) is (done.stderr == "")
    return done.stderr


def test_a_talkative_server_is_quietened_or_the_mall_stays_closed(
    talkative: DataDirectory, tmp_path: Path
) -> None:
    place = {"host": str(talkative.socket), "port": str(PORT)}
    address = Address(place, "shop", ADMIN, talkative.credential(ADMIN_CREDENTIAL))
    with address.connect_as_admin("postgres") as admin:
        admin.execute("CREATE ROLE strong LOGIN CREATEROLE PASSWORD 'strong'")
        admin.execute("CREATE DATABASE shop OWNER strong")
    refused = prepared(talkative, "strong", tmp_path)
    assert "log_error_verbosity is default for yaksok_storefront" in refused
    assert "(yaksok.E010)" in refused
    assert "cure: as its administrator: ALTER ROLE yaksok_" in refused
    cures = re.findall(r"ALTER ROLE \w+ SET \w+ = '\w+'", refused)
    with address.connect_as_admin("postgres") as admin:
        for cure in cures:
            admin.execute(cure.encode())
    assert prepared(talkative, "strong", tmp_path) == ""
    with address.connect_as_admin("postgres") as admin:
        admin.execute("ALTER ROLE yaksok_app RESET ALL")
    assert "E010" in prepared(talkative, "strong", tmp_path)
    with address.connect_as_admin("shop") as admin:
        admin.execute("DROP TABLE public.yaksok_prepared")
    assert prepared(talkative, ADMIN, tmp_path) == ""
