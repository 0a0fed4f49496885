"""Makes a database fit for the mall: roles, schemas, search, tables. Safe to run at every start.

``python -m yaksok.database.prepare`` does it for the data directory of ``YAKSOK_DATA``.
"""

import hashlib
import os
import sys
from importlib.metadata import version
from pathlib import Path

import psycopg
from psycopg import sql

import yaksok
from yaksok.database import walls
from yaksok.database.address import (
    APP,
    KEEPER,
    OWNER,
    STOREFRONT,
    Address,
    address_of,
    make_passwords,
    password_of,
)
from yaksok.database.embedded import ADMIN
from yaksok.database.errors import DatabaseUnusable
from yaksok.database.layout import DataDirectory

SCHEMAS = ("mall", "privacy", "consent", "audit", "guard", "vault")
OWNER_PATH = ("public", *SCHEMAS)
"""New tables begin in public; their migration places them."""
APP_PATH = (*SCHEMAS, "public")

OPEN_TO_STOREFRONT = ("mall", "privacy", "guard", "public")
OPEN_TO_KEEPER = (*SCHEMAS, "public")

QUEUE = "procrastinate\\_%"


def prepare(data: DataDirectory) -> bool:
    """Bring the database of ``data`` to what this version of the mall needs.

    Returns:
        Whether there was anything to do. When there was not, it cost one connection (10 ms).

    Raises:
        DatabaseUnusable: the server does not answer, or its user may not create roles.
    """
    make_passwords(data)
    address = address_of(data)
    wanted = fingerprint()
    if _prepared(data, address) == wanted:
        return _keep_no_samples(data, address)
    make_ready(data, address)
    from yaksok.database.migrating import migrate

    migrate()
    finish(data, address, wanted)
    return True


def make_ready(data: DataDirectory, address: Address) -> None:
    """Roles with their passwords, the database, its schemas and the extension for search."""
    try:
        if address.admin == ADMIN:
            _create_database(address)
        with address.connect_as_admin() as admin:
            _create_roles(admin, data, address)
            walls.quieten(admin)
        _create_schemas(data, address)
    except psycopg.errors.InsufficientPrivilege as error:
        reason = (
            f'the database user "{address.admin}" may not do this: {error.diag.message_primary}'
        )
        cure = f'ALTER ROLE "{address.admin}" CREATEROLE; ALTER DATABASE "{address.database}" OWNER TO "{address.admin}"'
        raise DatabaseUnusable(reason, cure=cure) from None
    except psycopg.OperationalError as error:
        reason = f"the database does not answer: {str(error).strip().splitlines()[-1]}"
        raise DatabaseUnusable(reason, cure="start it, or correct DATABASE_URL") from None


def finish(data: DataDirectory, address: Address, mark: str) -> None:
    """Grant what migrations of other packages could not, and write down that all is done."""
    with psycopg.connect(
        **address.entry(OWNER, password_of(data, OWNER)), autocommit=True
    ) as owner:
        for role in (STOREFRONT, KEEPER):
            _grant_queue(owner, role)
        walls.keep_no_samples(owner)
        owner.execute(
            "CREATE TABLE IF NOT EXISTS public.yaksok_prepared (fingerprint text NOT NULL)"
        )
        with owner.transaction():
            owner.execute("DELETE FROM public.yaksok_prepared")
            owner.execute("INSERT INTO public.yaksok_prepared VALUES (%s)", [mark])


def _keep_no_samples(data: DataDirectory, address: Address) -> bool:
    """A table that was made anew since then knows nothing of what ``ANALYZE`` may keep."""
    with psycopg.connect(
        **address.entry(OWNER, password_of(data, OWNER)), autocommit=True
    ) as owner:
        return walls.keep_no_samples(owner) > 0


def is_prepared(data: DataDirectory) -> bool:
    """Whether the database is what this version needs. Changes nothing."""
    return _prepared(data, address_of(data)) == fingerprint()


def fingerprint() -> str:
    """Changes when there may be a migration to run: our files, Django and the job queue."""
    digest = hashlib.sha256()
    for package in ("django", "procrastinate"):
        digest.update(f"{package} {version(package)}\n".encode())
    root = Path(yaksok.__file__).parent
    for file in [*sorted(root.glob("**/migrations/*.py")), Path(__file__)]:
        digest.update(f"{file.relative_to(root)}\n".encode())
        digest.update(file.read_bytes())
    return digest.hexdigest()


def _prepared(data: DataDirectory, address: Address) -> str | None:
    try:
        with psycopg.connect(**address.entry(OWNER, password_of(data, OWNER))) as owner:
            row = owner.execute("SELECT fingerprint FROM public.yaksok_prepared").fetchone()
    except (psycopg.OperationalError, psycopg.errors.UndefinedTable):
        return None
    return str(row[0]) if row else None


def _create_database(address: Address) -> None:
    with address.connect_as_admin("postgres") as admin:
        found = admin.execute(
            "SELECT 1 FROM pg_database WHERE datname = %s", [address.database]
        ).fetchone()
        if not found:
            admin.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(address.database)))


def _create_roles(admin: psycopg.Connection, data: DataDirectory, address: Address) -> None:
    found = {str(name) for (name,) in admin.execute("SELECT rolname FROM pg_roles").fetchall()}
    for role in (OWNER, APP):
        if role in found:
            _check_password(data, address, role)
            continue
        admin.execute(
            sql.SQL("CREATE ROLE {} LOGIN NOINHERIT PASSWORD {}").format(
                sql.Identifier(role), sql.Literal(password_of(data, role))
            )
        )
    for role in (STOREFRONT, KEEPER):
        if role not in found:  # the keeper may log in (clusters need that), but has no password
            admin.execute(sql.SQL("CREATE ROLE {} LOGIN").format(sql.Identifier(role)))
    admin.execute(  # the roles above are this mall's own, so this one is too
        sql.SQL("ALTER ROLE {} PASSWORD {}").format(
            sql.Identifier(STOREFRONT), sql.Literal(password_of(data, STOREFRONT))
        )
    )
    app, owner = sql.Identifier(APP), sql.Identifier(OWNER)
    database = sql.Identifier(address.database)
    for role in (STOREFRONT, KEEPER):
        admin.execute(sql.SQL("GRANT {} TO {}").format(sql.Identifier(role), app))
        admin.execute(
            sql.SQL("GRANT CONNECT ON DATABASE {} TO {}").format(database, sql.Identifier(role))
        )
    for statement in (
        "ALTER ROLE {app} SET role = 'yaksok_storefront'",
        "ALTER ROLE {app} SET idle_in_transaction_session_timeout = '60s'",
        "ALTER ROLE {app} SET search_path = {app_path}",
        "ALTER ROLE {pages} SET idle_in_transaction_session_timeout = '60s'",
        "ALTER ROLE {pages} SET search_path = {app_path}",
        "ALTER ROLE {owner} SET search_path = {owner_path}",
        "REVOKE ALL ON DATABASE {database} FROM PUBLIC",
        "GRANT CONNECT ON DATABASE {database} TO {app}",
        "GRANT CONNECT, CREATE, TEMPORARY ON DATABASE {database} TO {owner}",
        "GRANT USAGE, CREATE ON SCHEMA public TO {owner}",
        "CREATE EXTENSION IF NOT EXISTS pg_trgm SCHEMA public",
    ):
        admin.execute(
            sql.SQL(statement).format(
                app=app,
                pages=sql.Identifier(STOREFRONT),
                owner=owner,
                database=database,
                app_path=sql.SQL(", ").join(map(sql.Identifier, APP_PATH)),
                owner_path=sql.SQL(", ").join(map(sql.Identifier, OWNER_PATH)),
            )
        )


def _check_password(data: DataDirectory, address: Address, role: str) -> None:
    try:
        psycopg.connect(**address.entry(role, password_of(data, role))).close()
    except psycopg.OperationalError as error:
        if "password" not in str(error):
            return  # it may not enter this database yet; the grants come next
        reason = f'the server knows a role "{role}", but not with the password in {data.secrets}'
        cure = f"copy secrets/ from the machine that made the role, or as administrator: DROP ROLE {role}"
        raise DatabaseUnusable(reason, cure=cure) from None


def _create_schemas(data: DataDirectory, address: Address) -> None:
    with psycopg.connect(
        **address.entry(OWNER, password_of(data, OWNER)), autocommit=True
    ) as owner:
        for schema in SCHEMAS:
            owner.execute(sql.SQL("CREATE SCHEMA IF NOT EXISTS {}").format(sql.Identifier(schema)))
        for role, schemas in ((STOREFRONT, OPEN_TO_STOREFRONT), (KEEPER, OPEN_TO_KEEPER)):
            for schema in schemas:
                if schema == "public":
                    continue  # everybody may use it; nobody but the owner creates there
                owner.execute(
                    sql.SQL("GRANT USAGE ON SCHEMA {} TO {}").format(
                        sql.Identifier(schema), sql.Identifier(role)
                    )
                )


def _grant_queue(owner: psycopg.Connection, role: str) -> None:
    """Rights to the job queue, whose arguments are ids only."""
    rows = owner.execute(
        "SELECT c.oid::regclass::text, c.relkind FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
        " WHERE n.nspname = 'public' AND c.relname LIKE %s AND c.relkind IN ('r', 'S')",
        [QUEUE],
    ).fetchall()
    for name, kind in rows:
        rights = "USAGE, SELECT" if kind in ("S", b"S") else "SELECT, INSERT, UPDATE, DELETE"
        target = sql.SQL("SEQUENCE" if kind in ("S", b"S") else "TABLE")
        owner.execute(
            sql.SQL("GRANT {} ON {} {} TO {}").format(
                sql.SQL(rights), target, sql.Identifier(*str(name).split(".")), sql.Identifier(role)
            )
        )


def main() -> int:
    """Entry of the child process that ``yaksok run`` starts; the status says whether it went well."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yaksok.settings.main")
    data = DataDirectory.from_environment()
    try:
        prepare(data)
        walls.refuse(data, address_of(data))
    except DatabaseUnusable as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
