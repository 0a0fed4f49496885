"""Put the new tables in the place of the old ones: a lock for a moment, and nobody's record is lost."""

from dataclasses import dataclass
from datetime import timedelta

from yaksok.kernel import clock
from yaksok.privacy.vault import crypto, epochs, presence, records
from yaksok.privacy.vault.closing import locking, tables
from yaksok.privacy.vault.closing.progress import Point, Progress, Watch
from yaksok.privacy.vault.closing.state import (
    Cursor,
    NothingLost,
    State,
    Step,
    own_session,
    owning,
    step_to,
)

EVERYBODY = "LOCK TABLE vault_record_key; LOCK TABLE vault_blind_index"
"""Whoever writes anything locked the keys first, so this shuts the whole vault. More locks than these
two could be waited for by somebody who holds one of them."""

SAMPLE = 200
ERASED_SINCE = timedelta(days=1)
"""How far before the begin the ledger is read: more than the clocks of two machines may differ."""

COLUMNS = {
    tables.KEYS: "subject_id, record_id, epoch, wrapped, commitment",
    tables.INDEX: "kind, digest, epoch, subject_id, record_id",
}

FRESH = "CREATE TEMPORARY TABLE fresh_{0} ON COMMIT DROP AS SELECT {1} FROM {0} WHERE epoch = %s"
"""What was sealed or amended since the copy began; read once, for a table is long."""

TOUCHED = (
    "CREATE TEMPORARY TABLE touched ON COMMIT DROP AS"
    " SELECT subject_id, record_id FROM fresh_vault_record_key"
    " UNION ALL SELECT subject_id, record_id FROM vault_erasure WHERE at >= %s"
)
"""That, and what was erased."""

MISSING = (
    "CREATE TEMPORARY TABLE missing ON COMMIT DROP AS SELECT subject_id, record_id"
    " FROM vault.vault_record_key_next n WHERE NOT EXISTS (SELECT 1 FROM vault_record_key k"
    " WHERE k.subject_id = n.subject_id AND k.record_id = n.record_id)"
)
"""What is gone without having been written down as erased."""


def swap(state: State, watch: Watch) -> None:
    """Make the new tables ready, catch up under a short lock, compare, and swap.

    One transaction: it ends either with the old tables and the old epoch open, or without both.

    Raises:
        NothingLost: the counts differ, or a sampled record does not open. Nothing was swapped.
    """
    with owning() as cursor:
        tables.index(cursor)
    with own_session() as session, session.cursor() as cursor:
        tables.make_known(cursor)
    with owning() as cursor:
        copied = _copied(cursor)
        _open_a_sample(cursor, state, copied.keys)
    watch(Progress(Point.READY, state.epoch))

    def act(cursor: Cursor) -> None:
        watch(Progress(Point.LOCKED, state.epoch))
        late, now = _catch_up(cursor, state, copied)
        now = _compared(cursor, state, now)
        tables.swap(cursor)
        at = clock.now()
        cursor.execute(
            "UPDATE vault_closing SET survivors = %s, index_entries = %s, late = %s,"
            " swapped_at = %s WHERE epoch = %s",
            [now.keys, now.entries, late, at, state.epoch],
        )
        cursor.execute(
            "UPDATE vault_epoch SET closed_at = %s WHERE closed_at IS NULL AND number < %s",
            [at, state.successor],
        )
        step_to(cursor, state, Step.DROP)
        cursor.execute(f"NOTIFY {presence.CHANNEL}")
        watch(Progress(Point.SWAPPING, state.epoch))

    locking.briefly(EVERYBODY, act)
    watch(Progress(Point.SWAPPED, state.epoch))


@dataclass(frozen=True, slots=True)
class Counts:
    """How many rows there are of each."""

    keys: int
    entries: int


def _copied(cursor: Cursor) -> Counts:
    """What stands in the new tables. Before the lock: nobody but this process writes them."""
    cursor.execute(
        "SELECT (SELECT count(*) FROM vault.vault_record_key_next),"
        " (SELECT count(*) FROM vault.vault_blind_index_next)"
    )
    return Counts(*cursor.fetchone())


def _catch_up(cursor: Cursor, state: State, copied: Counts) -> tuple[int, Counts]:
    """Take out what was erased or amended after it was copied, and put in what is new.

    Returns:
        How many were taken out (their keys were wrapped for the new epoch, and die with that one),
        and what the new tables hold now.
    """
    for table, columns in COLUMNS.items():
        cursor.execute(FRESH.format(table, columns), [state.successor])
    cursor.execute(TOUCHED, [state.begun_at - ERASED_SINCE])
    cursor.execute("ANALYZE touched")
    out = _take_out(cursor, "touched")
    put_in = []
    for table, columns in COLUMNS.items():
        cursor.execute(
            f"INSERT INTO vault.{table}_next ({columns}) SELECT {columns} FROM fresh_{table}"  # noqa: S608 - names of this module
        )
        put_in.append(cursor.rowcount)
    now = Counts(copied.keys - out.keys + put_in[0], copied.entries - out.entries + put_in[1])
    return out.keys, now


def _take_out(cursor: Cursor, listed: str) -> Counts:
    """Delete what is listed from both new tables; how many rows that were."""
    taken = []
    for table in COLUMNS:
        cursor.execute(
            f"DELETE FROM vault.{table}_next n USING {listed} t"  # noqa: S608 - names of this module
            " WHERE n.subject_id = t.subject_id AND n.record_id = t.record_id"
        )
        taken.append(cursor.rowcount)
    return Counts(*taken)


def _compared(cursor: Cursor, state: State, now: Counts) -> Counts:
    """What the new tables hold, when it is as much as the old ones do.

    A value's entry under the old index key stands for one under the new: each has both.
    """
    cursor.execute(
        "SELECT (SELECT count(*) FROM vault_record_key),"
        " (SELECT count(*) FROM vault_blind_index WHERE epoch < %s)",
        [state.successor],
    )
    expected = Counts(*cursor.fetchone())
    if now.keys > expected.keys:
        cursor.execute(MISSING)
        _take_out(cursor, "missing")
        now = _copied(cursor)
    if now != expected:
        msg = (
            f"closing epoch {state.epoch} found {now.keys} records of {expected.keys} and"
            f" {now.entries} index entries of {expected.entries}: nothing was changed"
        )
        raise NothingLost(msg)
    return now


def _open_a_sample(cursor: Cursor, state: State, count: int) -> None:
    """Open some records by their new keys, from the ciphertext that is really there.

    One that was amended after it was copied has another key now, and is not among them.
    """
    cursor.execute(f"{epochs.SELECT} WHERE number = %s", [state.successor])
    new = epochs.load(cursor.fetchone())
    tenant = epochs.root().tenant
    percent = min(100.0, 200.0 * SAMPLE / max(count, 1))
    cursor.execute(
        "SELECT subject_id, record_id, r.kind, n.epoch, n.wrapped, n.commitment, r.sealed"
        " FROM vault.vault_record_key_next n TABLESAMPLE BERNOULLI (%s)"
        " JOIN vault_record r USING (subject_id, record_id)"
        " JOIN vault_record_key k USING (subject_id, record_id) WHERE k.epoch < %s LIMIT %s",
        [percent, state.successor, SAMPLE],
    )
    for row in cursor.fetchall():
        place = crypto.Place(tenant, row[0], row[1], row[2])
        key = crypto.SealedKey(bytes(row[4]), bytes(row[5]))
        records.unseal(records.Sealed(place, row[3], key, bytes(row[6])), new.kek)
