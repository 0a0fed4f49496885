"""Where a table lies and who may touch it is said in its first migration, and is so."""

import re
from typing import Any

import pytest
from django.db import connections

from yaksok.database.placing import place
from yaksok.database.prepare import SCHEMAS

RIGHTS = """
SELECT n.nspname, c.relname, r.rolname, a.privilege_type
FROM pg_class c
JOIN pg_namespace n ON n.oid = c.relnamespace
CROSS JOIN LATERAL aclexplode(c.relacl) a
LEFT JOIN pg_roles r ON r.oid = a.grantee
WHERE c.relkind IN ('r', 'p', 'v') AND n.nspname = ANY (%s)
"""
TABLES = """
SELECT n.nspname, c.relname, r.rolname
FROM pg_class c
JOIN pg_namespace n ON n.oid = c.relnamespace
JOIN pg_roles r ON r.oid = c.relowner
WHERE c.relkind IN ('r', 'p') AND n.nspname = ANY (%s)
"""
COUNTED = {("guard", "guard_tally")}
"""Attempts under a keyed hash: a page without personal data counts them before it goes on."""

PERSONAL = re.compile(r"subject_id|sealed|wrapped|digest|verifier")


@pytest.fixture
def catalogue(django_db_setup, django_db_blocker):
    def ask(question: str, *arguments: str | list[str]) -> list[tuple[Any, ...]]:
        with django_db_blocker.unblock(), connections["owner"].cursor() as cursor:
            cursor.execute(question, arguments)
            rows = list(cursor.fetchall())
        connections["owner"].close()
        return rows

    return ask


def test_a_statement_for_each_right() -> None:
    step = place("goods_thing", "mall", storefront="select", keeper="SELECT, INSERT")
    assert step.sql == [
        "ALTER TABLE goods_thing SET SCHEMA mall",
        "GRANT SELECT ON mall.goods_thing TO yaksok_storefront",
        "GRANT INSERT, SELECT ON mall.goods_thing TO yaksok_keeper",
    ]


@pytest.mark.parametrize(
    ("table", "schema", "rights", "reason"),
    [
        ("a_b", "attic", {}, "there is no schema attic"),
        ("A; DROP", "mall", {}, "lower case"),
        ("a_b", "vault", {"storefront": "SELECT"}, "no business in schema vault"),
        ("a_b", "consent", {"storefront": "SELECT"}, "no business in schema consent"),
        ("a_b", "audit", {"keeper": "SELECT, UPDATE"}, "never update or delete"),
        ("a_b", "mall", {"keeper": "TRUNCATE"}, "is not a right"),
    ],
)
def test_rights_that_contradict_the_schema_are_refused(
    table: str, schema: str, rights: dict[str, str], reason: str
) -> None:
    with pytest.raises(ValueError, match=reason):
        place(table, schema, **rights)


def test_no_table_of_ours_was_forgotten_in_public(catalogue) -> None:
    names = {name for _, name, _ in catalogue(TABLES, ["public"])}
    allowed = {"django_migrations", "yaksok_prepared"}
    assert {name for name in names - allowed if not name.startswith("procrastinate_")} == set()


def test_every_table_belongs_to_the_owner(catalogue) -> None:
    owners = {owner for _, _, owner in catalogue(TABLES, [*SCHEMAS, "public"])}
    assert owners == {"yaksok_owner"}


def test_nobody_but_the_three_roles_may_touch_a_table(catalogue) -> None:
    grantees = {who for _, _, who, _ in catalogue(RIGHTS, list(SCHEMAS))}
    assert grantees <= {"yaksok_owner", "yaksok_keeper", "yaksok_storefront"}


def test_the_storefront_touches_no_table_about_persons(catalogue) -> None:
    readable = {
        (schema, table)
        for schema, table, who, _ in catalogue(RIGHTS, list(SCHEMAS))
        if who == "yaksok_storefront"
    }
    columns = catalogue(
        "SELECT table_schema, table_name, column_name FROM information_schema.columns"
        " WHERE table_schema = ANY (%s)",
        list(SCHEMAS),
    )
    personal = {(schema, table) for schema, table, column in columns if PERSONAL.search(column)}
    assert personal  # the pattern finds something
    assert readable & personal == COUNTED


def test_the_audit_schema_only_grows(catalogue) -> None:
    rights = {
        right for schema, _, who, right in catalogue(RIGHTS, ["audit"]) if who != "yaksok_owner"
    }
    assert rights == {"SELECT", "INSERT"}


def test_the_mall_enters_as_one_that_owns_and_inherits_nothing(catalogue) -> None:
    ((superuser, inherits, creates),) = catalogue(
        "SELECT rolsuper, rolinherit, rolcreaterole OR rolcreatedb FROM pg_roles WHERE rolname = %s",
        "yaksok_app",
    )
    assert (superuser, inherits, creates) == (False, False, False)


def test_primary_keys_about_a_person_begin_with_the_person(catalogue) -> None:
    keys = catalogue(
        "SELECT n.nspname || '.' || c.relname, a.attname"
        " FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid"
        " JOIN pg_namespace n ON n.oid = c.relnamespace"
        " JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = i.indkey[0]"
        " WHERE i.indisprimary AND n.nspname = ANY (%s)"
        " AND EXISTS (SELECT 1 FROM pg_attribute s WHERE s.attrelid = c.oid"
        "   AND s.attname = 'subject_id' AND s.attnum = ANY (i.indkey))",
        list(SCHEMAS),
    )
    assert keys
    assert {table for table, first in keys if first != "subject_id"} == set()
