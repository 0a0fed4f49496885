"""The tables that survivors move to, and how they take the place of the old ones."""

from contextlib import suppress
from dataclasses import dataclass

from django.db import OperationalError

from yaksok.database.address import STOREFRONT
from yaksok.privacy.vault.closing.state import Cursor, NothingLost

INDEX_SECONDS = 30

KEYS = "vault_record_key"
INDEX = "vault_blind_index"


@dataclass(frozen=True, slots=True)
class Shape:
    """What a table needs besides its columns: each index by its name, and how it is made."""

    table: str
    primary: str
    indices: tuple[tuple[str, str], ...] = ()

    @property
    def next(self) -> str:
        """The table that takes its place."""
        return f"{self.table}_next"


SHAPES = (
    Shape(KEYS, "subject_id, record_id"),
    Shape(INDEX, "kind, digest", (("vault_blind_index_owner", "subject_id, record_id"),)),
)
COUNTED = {KEYS: "subject_id, record_id", INDEX: "kind, subject_id, record_id"}
"""What is counted for the planner: ids only, no sample of keys or digests in its statistics."""


def make(cursor: Cursor) -> None:
    """Make the new tables, empty, without indices. Nobody but the owner may touch them."""
    cursor.execute(f"DROP INDEX IF EXISTS vault.{KEYS}_fresh")
    for shape in SHAPES:
        cursor.execute(
            f"DROP TABLE IF EXISTS vault.{shape.next};"
            f" CREATE TABLE vault.{shape.next} (LIKE vault.{shape.table} INCLUDING DEFAULTS)"
        )
        cursor.execute(
            "SELECT attname, attstattarget FROM pg_attribute"
            " WHERE attrelid = %s::regclass AND attnum > 0 AND attstattarget >= 0",
            [f"vault.{shape.table}"],
        )
        for column, target in cursor.fetchall():
            cursor.execute(
                f"ALTER TABLE vault.{shape.next} ALTER COLUMN {column} SET STATISTICS {target}"
            )


def index_the_fresh(cursor: Cursor, successor: int) -> None:
    """Let what is written under the new epoch be found without reading the old table through.

    Not within a transaction. Where it cannot be had within a while, because somebody's transaction
    lasts, the mall waits a little longer at the swap.
    """
    with suppress(OperationalError):
        cursor.execute(f"SET statement_timeout = {INDEX_SECONDS * 1000}")
        cursor.execute(
            f"CREATE INDEX CONCURRENTLY IF NOT EXISTS {KEYS}_fresh ON vault.{KEYS} (epoch)"
            f" WHERE epoch = {successor}"
        )


def index(cursor: Cursor) -> None:
    """Give the new tables their indices, once. Under other names: the old ones are still in use."""
    for shape in SHAPES:
        cursor.execute(
            "SELECT 1 FROM pg_index WHERE indrelid = %s::regclass AND indisprimary",
            [f"vault.{shape.next}"],
        )
        if cursor.fetchone():
            continue
        cursor.execute(
            f"ALTER TABLE vault.{shape.next} ADD CONSTRAINT {shape.next}_pkey"
            f" PRIMARY KEY ({shape.primary})"
        )
        for name, columns in shape.indices:
            cursor.execute(f"CREATE INDEX {name}_next ON vault.{shape.next} ({columns})")


def make_known(cursor: Cursor) -> None:
    """Let PostgreSQL know the new tables before anybody uses them: they are counted by their index.

    Not within a transaction.
    """
    for shape in SHAPES:
        cursor.execute(f"VACUUM (ANALYZE) vault.{shape.next} ({COUNTED[shape.table]})")


def swap(cursor: Cursor) -> None:
    """Put the new tables in the place of the old ones, with the same names and the same rights.

    Raises:
        NothingLost: the storefront's role could read a new table; nothing is swapped.
    """
    for shape in SHAPES:
        cursor.execute(
            "SELECT g.rolname, a.privilege_type FROM pg_class c, aclexplode(c.relacl) a"
            " JOIN pg_roles g ON g.oid = a.grantee"
            " WHERE c.oid = %s::regclass AND a.grantee <> c.relowner",
            [f"vault.{shape.table}"],
        )
        rights = cursor.fetchall()
        cursor.execute(f"DROP TABLE vault.{shape.table}")
        cursor.execute(f"ALTER TABLE vault.{shape.next} RENAME TO {shape.table}")
        cursor.execute(f"ALTER INDEX vault.{shape.next}_pkey RENAME TO {shape.table}_pkey")
        for name, _ in shape.indices:
            cursor.execute(f"ALTER INDEX vault.{name}_next RENAME TO {name}")
        for role, right in rights:
            cursor.execute(f"GRANT {right} ON vault.{shape.table} TO {role}")
        cursor.execute(
            "SELECT has_table_privilege(%s, %s, 'SELECT, INSERT, UPDATE, DELETE')",
            [STOREFRONT, f"vault.{shape.table}"],
        )
        if cursor.fetchone() != (False,):
            msg = f"pages without personal data could read the new {shape.table}: not swapped"
            raise NothingLost(msg)
