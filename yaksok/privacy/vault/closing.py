"""Close an epoch: what was erased in it becomes unreadable everywhere, whatever was copied.

Erasing removes rows, but copies of a wrapped key stay in dead tuples, in the WAL and in every
backup. They are worth nothing once the key that wraps them is destroyed. So the survivors' keys are
wrapped anew under the next epoch's key, the index is rebuilt under its index key, and then the old
root version is destroyed (P3.7, P3.8).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connections, transaction

from yaksok.database.router import OWNER_ALIAS
from yaksok.kernel import clock
from yaksok.kernel.actor import Actor
from yaksok.kernel.errors import Tampered
from yaksok.kernel.ids import RecordId, SubjectId
from yaksok.policy.vocabulary import RecordKind
from yaksok.privacy.audit import log
from yaksok.privacy.audit.events import Event
from yaksok.privacy.vault import crypto, epochs, indexing, records
from yaksok.privacy.vault.epochs import Epoch

BATCH = 5_000
"""Survivors in memory at once: about 5 MB."""

ACTOR = Actor.system("close_epoch")


@dataclass(frozen=True, slots=True)
class Closed:
    """The receipt of a close."""

    epoch: int
    survivors: int
    index_entries: int
    at: datetime


def close_if_due() -> Closed | None:
    """Close the open epoch when its day is over, and finish a close that was cut short.

    Returns:
        The receipt, or None when there was nothing to close.
    """
    destroy_retired()
    with transaction.atomic(using=OWNER_ALIAS), connections[OWNER_ALIAS].cursor() as cursor:
        cursor.execute(
            f"{epochs.SELECT} WHERE closed_at IS NULL AND opened_at <= %s",
            [clock.now() - epochs.LENGTH],
        )
        due = cursor.fetchone() is not None
    return close() if due else None


def close() -> Closed:
    """Close the open epoch now. Sealing, finding and opening wait while it runs.

    Atomic: it ends either with the old epoch whole, or with the new one and every survivor in it.
    Cut short after that, the destruction of the old key is finished at the next start.

    Raises:
        Tampered: a survivor's key does not open. Nothing was changed; call the officer.

    Cost:
        One read and one COPY of every wrapped key, and one HMAC for each index entry.
    """
    with transaction.atomic(using=OWNER_ALIAS), connections[OWNER_ALIAS].cursor() as cursor:
        # Whoever writes anything here locked the keys first, so this lock shuts the whole vault.
        # More locks than these two could be waited for by somebody who holds one of them.
        cursor.execute("LOCK TABLE vault_record_key; LOCK TABLE vault_blind_index")
        cursor.execute(f"{epochs.SELECT} WHERE closed_at IS NULL")
        row = cursor.fetchone()
        if row is None:
            return Closed(0, 0, 0, clock.now())
        old = epochs.load(row)
        new = epochs.create(cursor, old.number + 1)
        keys, entries = _rewrap(cursor, old, new)
        at = clock.now()
        cursor.execute("UPDATE vault_epoch SET closed_at = %s WHERE number = %s", [at, old.number])
    destroy_retired()
    return Closed(old.number, keys, entries, at)


def _rewrap(cursor: Any, old: Epoch, new: Epoch) -> tuple[int, int]:  # noqa: ANN401 - Django's wrapper has no type for COPY
    cursor.execute(
        "CREATE TEMPORARY TABLE key_next (LIKE vault_record_key) ON COMMIT DROP;"
        " CREATE TEMPORARY TABLE index_next (LIKE vault_blind_index) ON COMMIT DROP"
    )
    cursor.execute("SELECT count(*) FROM vault_record_key")
    (expected,) = cursor.fetchone()
    keys = entries = 0
    for batch in _survivors(cursor):
        rewrapped = [(record, _moved(record, old, new)) for record in batch]
        keys += _copy_keys(cursor, rewrapped, new)
        entries += _copy_index(cursor, batch, old, new)
    cursor.execute("SELECT count(*) FROM vault_blind_index")
    (expected_entries,) = cursor.fetchone()
    if (keys, entries) != (expected, expected_entries):
        msg = (
            f"closing epoch {old.number} found {keys} records of {expected} and {entries} index"
            f" entries of {expected_entries}: nothing was changed"
        )
        raise Tampered(msg)
    cursor.execute(
        "TRUNCATE vault_record_key, vault_blind_index;"
        " INSERT INTO vault_record_key SELECT * FROM key_next;"
        " INSERT INTO vault_blind_index SELECT * FROM index_next"
    )
    return keys, entries


def _survivors(cursor: Any) -> Iterator[list[records.Sealed]]:  # noqa: ANN401 - as above
    tenant = epochs.root().tenant
    cursor.execute(
        "DECLARE survivors NO SCROLL CURSOR FOR"
        " SELECT subject_id, record_id, kind, epoch, wrapped, commitment, sealed"
        " FROM vault_record_key JOIN vault_record USING (subject_id, record_id)"
    )
    while True:
        cursor.execute(f"FETCH {BATCH} FROM survivors")
        rows = cursor.fetchall()
        if not rows:
            break
        yield [
            records.Sealed(
                crypto.Place(tenant, row[0], row[1], row[2]),
                row[3],
                crypto.SealedKey(bytes(row[4]), bytes(row[5])),
                bytes(row[6]),
            )
            for row in rows
        ]
    cursor.execute("CLOSE survivors")


def _moved(record: records.Sealed, old: Epoch, new: Epoch) -> crypto.SealedKey:
    label = record.place.label()
    key = crypto.unwrap(old.kek, record.key, label, record.epoch)
    return crypto.wrap(new.kek, key, label, new.number)


def _copy_keys(
    cursor: Any,  # noqa: ANN401 - as above
    rewrapped: list[tuple[records.Sealed, crypto.SealedKey]],
    new: Epoch,
) -> int:
    with cursor.copy(
        "COPY key_next (subject_id, record_id, epoch, wrapped, commitment) FROM STDIN"
    ) as copy:
        for record, key in rewrapped:
            place = record.place
            copy.write_row((place.subject, place.record, new.number, key.wrapped, key.commitment))
    return len(rewrapped)


def _copy_index(cursor: Any, batch: list[records.Sealed], old: Epoch, new: Epoch) -> int:  # noqa: ANN401 - as above
    entries = [
        entry
        for record in batch
        if RecordKind(record.place.kind) in indexing.FINDABLE
        for entry in indexing.entries(new, record.place, records.unseal(record, old.kek).items)
    ]
    with cursor.copy("COPY index_next (kind, digest, subject_id, record_id) FROM STDIN") as copy:
        for entry in entries:
            subject: SubjectId = entry.subject
            owner: RecordId = entry.record
            copy.write_row((entry.kind, entry.digest, subject, owner))
    return len(entries)


def destroy_retired() -> tuple[int, ...]:
    """Destroy the root versions of closed epochs; finishes what a crash interrupted.

    Records:
        Event.VAULT_EPOCH_CLOSED for each.
    """
    with transaction.atomic(using=OWNER_ALIAS), connections[OWNER_ALIAS].cursor() as cursor:
        cursor.execute(
            "SELECT number, root_version FROM vault_epoch"
            " WHERE closed_at IS NOT NULL AND destroyed_at IS NULL ORDER BY number FOR UPDATE"
        )
        retired = cursor.fetchall()
        for number, version in retired:
            receipt = epochs.root().destroy(version)
            cursor.execute(
                "UPDATE vault_epoch SET destroyed_at = %s, kek = '', index_key = ''"
                " WHERE number = %s",
                [receipt.at, number],
            )
            log.record_all(
                [log.Act(Event.VAULT_EPOCH_CLOSED, ACTOR, promise="P3.8")], using=OWNER_ALIAS
            )
    return tuple(number for number, _ in retired)
