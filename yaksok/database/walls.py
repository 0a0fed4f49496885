"""The second wall: what a database must not do with values, and what its roles must not be able to.

The first wall is that no plain value reaches the database at all. This one holds when the first has a
hole: no log, no statistic and no role gives away what came through. The embedded server is started
like that; on the server of ``DATABASE_URL`` it is asked for, set where the mall may, and a mall whose
database lacks any of it does not open.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import psycopg
from psycopg import sql

from yaksok.database.address import APP, KEEPER, OWNER, STOREFRONT, Address, password_of
from yaksok.database.errors import DatabaseUnusable
from yaksok.database.layout import DataDirectory

CLOSED = ("audit", "consent", "vault")
"""Schemas that pages without personal data have no business in."""
APPEND_ONLY = "audit"
LOGINS = (OWNER, APP, STOREFRONT)
ROLES = (*LOGINS, KEEPER)

QUIET = {
    "log_parameter_max_length": ("0",),
    "log_parameter_max_length_on_error": ("0",),
    "log_statement": ("none",),
    "log_min_duration_statement": ("-1",),
    "log_min_duration_sample": ("-1",),
    "log_transaction_sample_rate": ("0",),
    "log_min_error_statement": ("panic", "fatal", "log"),
    "log_error_verbosity": ("terse",),
    "debug_print_parse": ("off",),
    "debug_print_rewritten": ("off",),
    "debug_print_plan": ("off",),
    "auto_explain.log_min_duration": ("-1",),
}
"""Settings by which a server would write statements, their values or details of errors to its log;
the first value of each is the one to set. One that the server does not know is no fault."""

RIGHTS = ("SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE", "REFERENCES", "TRIGGER")

SAMPLED = """
SELECT c.oid::regclass::text, a.attname FROM pg_attribute a
  JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
 WHERE n.nspname IN ('audit', 'consent', 'guard', 'mall', 'privacy', 'vault') AND c.relkind IN ('r', 'p')
   AND a.attnum > 0 AND NOT a.attisdropped AND coalesce(a.attstattarget, -1) <> 0
   AND (a.atttypid = 'bytea'::regtype OR a.attname = 'verifier')
 ORDER BY 1, 2"""
"""Columns of ciphertext, keys, digests and verifiers of which ``ANALYZE`` would keep samples."""


@dataclass(frozen=True, slots=True)
class Gap:
    """One thing that is missing: its id, what was seen, and what to do."""

    id: str
    seen: str
    cure: str


def quieten(admin: psycopg.Connection) -> None:
    """Set what may be set of :data:`QUIET` for the mall's logins; what may not is left to the check."""
    for login in LOGINS:
        for name, values in QUIET.items():
            if "." in name:
                continue  # a module's setting is known only where the module is loaded
            try:
                with admin.transaction():
                    admin.execute(
                        sql.SQL("ALTER ROLE {} SET {} = {}").format(
                            sql.Identifier(login), sql.Identifier(name), sql.Literal(values[0])
                        )
                    )
            except (psycopg.errors.InsufficientPrivilege, psycopg.errors.UndefinedObject):
                continue


def keep_no_samples(owner: psycopg.Connection) -> int:
    """Have ``ANALYZE`` keep no sample of ciphertext, keys, digests and verifiers; how many were new."""
    found = owner.execute(SAMPLED).fetchall()
    for table, column in found:
        owner.execute(
            sql.SQL("ALTER TABLE {} ALTER COLUMN {} SET STATISTICS 0").format(
                sql.Identifier(*str(table).split(".")), sql.Identifier(str(column))
            )
        )
    return len(found)


def gaps(data: DataDirectory, address: Address) -> list[Gap]:
    """Everything that is missing of the second wall. Changes nothing.

    Raises:
        psycopg.OperationalError: the database does not answer.
    """
    found: list[Gap] = []
    for login in LOGINS:
        with psycopg.connect(**address.entry(login, password_of(data, login))) as line:
            found += _loud(line, login)
            if login == OWNER:
                found += _powerful(line)
                found += _open(line)
                found += _sampled(line, data)
    return list(dict.fromkeys(found))


def refuse(data: DataDirectory, address: Address) -> None:
    """Nothing, when the wall stands.

    Raises:
        DatabaseUnusable: it does not; every gap is named by its id, with its cure.
    """
    found = gaps(data, address)
    if found:
        reason = "\n".join(f"{gap.seen} ({gap.id})" for gap in found)
        cures = "; ".join(dict.fromkeys(gap.cure for gap in found))
        raise DatabaseUnusable(f"the database would give values away:\n{reason}", cure=cures)


def _loud(line: psycopg.Connection, login: str) -> Iterator[Gap]:
    """E010: settings under which the server's log would hold statements or their values."""
    for name, quiet in QUIET.items():
        row = line.execute("SELECT current_setting(%s, true)", [name]).fetchone()
        value = row[0] if row else None
        if value is not None and value not in quiet:
            yield Gap(
                "yaksok.E010",
                f"{name} is {value} for {login}: the server's log would tell what was asked of it",
                f"as its administrator: ALTER ROLE {login} SET {name} = '{quiet[0]}'",
            )


def _powerful(line: psycopg.Connection) -> Iterator[Gap]:
    """E011: roles that may do what no grant of the mall allows."""
    rows = line.execute(
        "SELECT rolname FROM pg_roles WHERE rolname = ANY(%s) AND"
        " (rolsuper OR rolcreaterole OR rolcreatedb OR rolreplication OR rolbypassrls) ORDER BY 1",
        [list(ROLES)],
    )
    for (role,) in rows.fetchall():
        yield Gap(
            "yaksok.E011",
            f"{role} has rights over the whole server",
            f"ALTER ROLE {role} NOSUPERUSER NOCREATEROLE NOCREATEDB NOREPLICATION NOBYPASSRLS",
        )
    members = line.execute(
        "SELECT m.rolname, g.rolname FROM pg_roles m CROSS JOIN pg_roles g"
        " WHERE m.rolname = ANY(%s) AND NOT m.rolsuper AND pg_has_role(m.oid, g.oid, 'MEMBER')"
        " AND (g.rolname LIKE 'pg\\_%%' OR (m.rolname = %s AND g.rolname <> %s)) ORDER BY 1, 2",
        [list(ROLES), STOREFRONT, STOREFRONT],
    )
    for role, granted in members.fetchall():
        yield Gap(
            "yaksok.E011",
            f"{role} may act as {granted}",
            f"REVOKE {granted} FROM {role}",
        )


def _open(line: psycopg.Connection) -> Iterator[Gap]:
    """E012: ways of the storefront into closed schemas, and of anybody to change the log."""
    for (schema,) in line.execute(
        "SELECT nspname FROM pg_namespace WHERE nspname = ANY(%s)"
        " AND has_schema_privilege(%s, oid, 'USAGE, CREATE') ORDER BY 1",
        [list(CLOSED), STOREFRONT],
    ).fetchall():
        yield Gap(
            "yaksok.E012",
            f"{STOREFRONT} may enter schema {schema}",
            f"REVOKE ALL ON SCHEMA {schema} FROM {STOREFRONT}, PUBLIC",
        )
    tables = line.execute(
        "SELECT c.oid::regclass::text, n.nspname FROM pg_class c"
        " JOIN pg_namespace n ON n.oid = c.relnamespace"
        " WHERE n.nspname = ANY(%s) AND c.relkind IN ('r', 'p', 'v', 'm', 'S')"
        " AND (c.relkind <> 'S' AND has_table_privilege(%s, c.oid, %s)"
        " OR n.nspname = %s AND c.relkind <> 'S'"
        " AND has_table_privilege(%s, c.oid, 'UPDATE, DELETE, TRUNCATE')) ORDER BY 1",
        [list(CLOSED), STOREFRONT, ", ".join(RIGHTS), APPEND_ONLY, KEEPER],
    )
    for table, schema in tables.fetchall():
        who = STOREFRONT if schema != APPEND_ONLY else f"{STOREFRONT}, {KEEPER}"
        yield Gap(
            "yaksok.E012",
            f"rights on {table} go further than its schema allows",
            f"REVOKE {', '.join(RIGHTS[2:]) if schema == APPEND_ONLY else 'ALL'} ON {table}"
            f" FROM {who}, PUBLIC",
        )
    yield from _detours(line)


def _detours(line: psycopg.Connection) -> Iterator[Gap]:
    """E013: functions and views that lend their owner's rights, and room to make more of them."""
    functions = line.execute(
        "SELECT p.oid::regprocedure::text FROM pg_proc p WHERE p.prosecdef"
        " AND p.pronamespace NOT IN ('pg_catalog'::regnamespace, 'information_schema'::regnamespace)"
        " AND has_function_privilege(%s, p.oid, 'EXECUTE') ORDER BY 1",
        [STOREFRONT],
    )
    for (name,) in functions.fetchall():
        yield Gap(
            "yaksok.E013",
            f"function {name} lends {STOREFRONT} the rights of its owner",
            f"REVOKE EXECUTE ON FUNCTION {name} FROM PUBLIC, {STOREFRONT}",
        )
    views = line.execute(
        "SELECT DISTINCT v.oid::regclass::text FROM pg_class v JOIN pg_rewrite w ON w.ev_class = v.oid"
        " JOIN pg_depend d ON d.objid = w.oid AND d.classid = 'pg_rewrite'::regclass"
        " JOIN pg_class t ON t.oid = d.refobjid AND d.refclassid = 'pg_class'::regclass"
        " JOIN pg_namespace n ON n.oid = t.relnamespace"
        " WHERE v.relkind IN ('v', 'm') AND n.nspname = ANY(%s) AND t.oid <> v.oid"
        " AND has_table_privilege(%s, v.oid, 'SELECT') ORDER BY 1",
        [list(CLOSED), STOREFRONT],
    )
    for (name,) in views.fetchall():
        yield Gap(
            "yaksok.E013",
            f"view {name} shows {STOREFRONT} a closed schema",
            f"REVOKE ALL ON {name} FROM PUBLIC, {STOREFRONT}",
        )
    row = line.execute("SELECT has_schema_privilege(%s, 'public', 'CREATE')", [STOREFRONT])
    if row.fetchone() == (True,):
        yield Gap(
            "yaksok.E013",
            f"{STOREFRONT} may put things of its own into schema public",
            "REVOKE CREATE ON SCHEMA public FROM PUBLIC",
        )


def _sampled(line: psycopg.Connection, data: DataDirectory) -> Iterator[Gap]:
    """E014: columns whose samples would lie in the statistics."""
    for table, column in line.execute(SAMPLED).fetchall():
        yield Gap(
            "yaksok.E014",
            f"ANALYZE would keep samples of {table}.{column}",
            f"yaksok migrate --data {data.root}",
        )
