"""Put the new tables in the place of the old ones: a lock for a moment, and nobody's record is lost."""

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
    owning,
    step_to,
)

EVERYBODY = "LOCK TABLE vault_record_key; LOCK TABLE vault_blind_index"
"""Whoever writes anything locked the keys first, so this shuts the whole vault. More locks than these
two could be waited for by somebody who holds one of them."""

SAMPLE = 200
ERASED_SINCE = timedelta(days=1)
"""How far before the begin the ledger is read: more than the clocks of two machines may differ."""

TOUCHED = (
    "CREATE TEMPORARY TABLE touched ON COMMIT DROP AS"
    " SELECT subject_id, record_id, true AS lives FROM vault_record_key WHERE epoch = %s"
    " UNION ALL SELECT subject_id, record_id, false FROM vault_erasure WHERE at >= %s"
)
"""What was sealed, amended or erased since the copy began."""

MISSING = (
    "CREATE TEMPORARY TABLE missing ON COMMIT DROP AS SELECT subject_id, record_id, false AS lives"
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
        tables.count_for_the_planner(cursor)
    with owning() as cursor:
        _open_a_sample(cursor, state)
    watch(Progress(Point.READY, state.epoch))

    def act(cursor: Cursor) -> None:
        late = _catch_up(cursor, state)
        survivors, entries = _compared(cursor, state, late)
        tables.swap(cursor)
        at = clock.now()
        cursor.execute(
            "UPDATE vault_closing SET survivors = %s, index_entries = %s, late = %s,"
            " swapped_at = %s WHERE epoch = %s",
            [survivors, entries, late, at, state.epoch],
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


def _catch_up(cursor: Cursor, state: State) -> int:
    """Take out what was erased or amended after it was copied, and put in what is new.

    Returns:
        How many were taken out: their keys were wrapped for the new epoch, and die with that one.
    """
    cursor.execute(TOUCHED, [state.successor, state.begun_at - ERASED_SINCE])
    late = _take_out(cursor, "touched")
    cursor.execute(
        "INSERT INTO vault.vault_record_key_next (subject_id, record_id, epoch, wrapped, commitment)"
        " SELECT subject_id, record_id, epoch, wrapped, commitment FROM vault_record_key"
        " WHERE epoch = %s",
        [state.successor],
    )
    cursor.execute(
        "INSERT INTO vault.vault_blind_index_next (kind, digest, epoch, subject_id, record_id)"
        " SELECT kind, digest, epoch, subject_id, record_id FROM vault_blind_index"
        " WHERE epoch = %s",
        [state.successor],
    )
    return late


def _take_out(cursor: Cursor, listed: str) -> int:
    taken = 0
    for table in (tables.INDEX, tables.KEYS):
        cursor.execute(
            f"DELETE FROM vault.{table}_next n USING {listed} t"  # noqa: S608 - names of this package
            " WHERE n.subject_id = t.subject_id AND n.record_id = t.record_id"
        )
        taken = cursor.rowcount
    return int(taken)


def _compared(cursor: Cursor, state: State, late: int) -> tuple[int, int]:
    """How many keys and index entries there are, when both tables have as many as the old ones.

    A value's entry under the old index key stands for one under the new: each has both.
    """
    found = _counts(cursor, state)
    if found[0] > found[1]:
        cursor.execute(MISSING)
        _take_out(cursor, "missing")
        found = _counts(cursor, state)
    keys, expected_keys, entries, expected_entries = found
    if (keys, entries) != (expected_keys, expected_entries):
        msg = (
            f"closing epoch {state.epoch} found {keys} records of {expected_keys} and {entries}"
            f" index entries of {expected_entries} ({late} taken out): nothing was changed"
        )
        raise NothingLost(msg)
    return keys, entries


def _counts(cursor: Cursor, state: State) -> tuple[int, int, int, int]:
    cursor.execute(
        "SELECT (SELECT count(*) FROM vault.vault_record_key_next),"
        " (SELECT count(*) FROM vault_record_key),"
        " (SELECT count(*) FROM vault.vault_blind_index_next),"
        " (SELECT count(*) FROM vault_blind_index WHERE epoch < %s)",
        [state.successor],
    )
    keys, expected_keys, entries, expected_entries = cursor.fetchone()
    return keys, expected_keys, entries, expected_entries


def _open_a_sample(cursor: Cursor, state: State) -> None:
    """Open some records by their new keys, from the ciphertext that is really there.

    One that was amended after it was copied has another key now, and is not among them.
    """
    cursor.execute(f"{epochs.SELECT} WHERE number = %s", [state.successor])
    new = epochs.load(cursor.fetchone())
    tenant = epochs.root().tenant
    cursor.execute("SELECT count(*) FROM vault.vault_record_key_next")
    (count,) = cursor.fetchone()
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
