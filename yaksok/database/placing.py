"""How a migration puts a new table where it belongs and says who may do what with it."""

import re

from django.db import migrations

from yaksok.database.address import KEEPER, STOREFRONT
from yaksok.database.prepare import SCHEMAS

CLOSED_TO_STOREFRONT = frozenset({"vault", "consent", "audit"})
Parameters = tuple[str, dict[str, object] | list[object] | tuple[object, ...] | None]

RIGHTS = frozenset({"SELECT", "INSERT", "UPDATE", "DELETE"})
ALL = "SELECT, INSERT, UPDATE, DELETE"
APPEND = "SELECT, INSERT"


def place(
    table: str, schema: str, *, storefront: str = "", keeper: str | None = None
) -> migrations.RunSQL:
    """A migration step that moves ``table`` from ``public`` to ``schema`` and grants its rights.

    Whoever is not named gets nothing. Indices and identity columns move with their table. There
    is no way back; the reverse step does nothing.

    Arguments:
        table: The table's whole name, ``orders_order``.
        schema: One of :data:`SCHEMAS`.
        storefront: Rights of pages without personal data, comma-separated; "" for none.
        keeper: Rights of journeys with personal data; by default all four, in ``audit`` only
            SELECT and INSERT, because a log that can be changed proves nothing (P7.10).

    Raises:
        ValueError: the rights contradict the schema; the migration must be rewritten.
    """
    if schema not in SCHEMAS:
        msg = f"{table}: there is no schema {schema}; choose one of {', '.join(SCHEMAS)}"
        raise ValueError(msg)
    if not re.fullmatch(r"[a-z][a-z0-9_]{0,62}", table):
        msg = f"{table}: a table's name is lower case letters, digits and underscores"
        raise ValueError(msg)
    keeper = (APPEND if schema == "audit" else ALL) if keeper is None else keeper
    for role, rights in ((STOREFRONT, storefront), (KEEPER, keeper)):
        _refuse_wrong(table, schema, role, _split(rights))
    statements: list[str | Parameters] = [f"ALTER TABLE {table} SET SCHEMA {schema}"]
    statements += [
        f"GRANT {', '.join(sorted(_split(rights)))} ON {schema}.{table} TO {role}"
        for role, rights in ((STOREFRONT, storefront), (KEEPER, keeper))
        if rights
    ]
    return migrations.RunSQL(statements, migrations.RunSQL.noop)


def _split(rights: str) -> frozenset[str]:
    return frozenset(word for part in rights.split(",") if (word := part.strip().upper()))


def _refuse_wrong(table: str, schema: str, role: str, rights: frozenset[str]) -> None:
    if unknown := rights - RIGHTS:
        msg = f"{table}: {', '.join(sorted(unknown))} is not a right; use {ALL}"
        raise ValueError(msg)
    if role == STOREFRONT and rights and schema in CLOSED_TO_STOREFRONT:
        msg = f"{table}: pages without personal data have no business in schema {schema}"
        raise ValueError(msg)
    if schema == "audit" and rights & {"UPDATE", "DELETE"}:
        msg = f"{table}: the audit schema grants insert, never update or delete"
        raise ValueError(msg)
