"""Put the newest keys over an old copy of the mall: every survivor comes back, and nobody else.

What lies in a backup of keys is the vault's own tables as they are at that moment: the wrapped keys,
the epoch's keys (wrapped by the root, which is in no backup), the sealed records that they open, and
what was erased. Sealed records are in it because whoever corrects an item gets a new key with it: the
old copy of that record opens with nothing any more.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import connections, transaction

from yaksok.database import backing_up
from yaksok.database.router import OWNER_ALIAS
from yaksok.kernel import keyring
from yaksok.kernel.actor import Actor
from yaksok.kernel.errors import Shredded, Tampered
from yaksok.policy.vocabulary import RecordKind
from yaksok.privacy.audit import log
from yaksok.privacy.audit.events import Event
from yaksok.privacy.vault import crypto, derived, epochs, indexing, records
from yaksok.privacy.vault.closing import tables
from yaksok.privacy.vault.closing.state import Step
from yaksok.privacy.vault.epochs import Epoch
from yaksok.privacy.vault.intents import Intent
from yaksok.privacy.vault.roots.marks import TENANT
from yaksok.privacy.vault.roots.port import label

ACTOR = Actor.system("restore")
BATCH = 5_000
"""Records in memory at once."""

PARTS: Mapping[str, tuple[str, ...]] = {
    "vault_epoch": (
        *("number", "root_version", "kek", "index_key"),
        *("opened_at", "closed_at", "destroyed_at"),
    ),
    "vault_closing": (
        *("epoch", "successor", "step", "begun_at", "copied", "survivors", "index_entries"),
        *("late", "fenced", "swapped_at", "destroyed_at", "effective_at", "provider", "evidence"),
    ),
    "vault_record_key": ("subject_id", "record_id", "epoch", "wrapped", "commitment"),
    "vault_record": (
        *("subject_id", "record_id", "kind", "policy_version", "destroy_after", "sealed"),
    ),
    "vault_erasure": ("subject_id", "record_id", "kind", "at", "reason"),
}
"""The tables of a backup of keys, and their columns."""
LOCKED = ("vault_record_key",)
"""Which of them an epoch's close replaces."""
REPLACED = ("vault_epoch", "vault_closing")
"""Which of them are as the newest keys have them, whatever the old copy says."""

IDENTITIES = (RecordKind.MEMBERSHIP.value, RecordKind.STAFF_ACCOUNT.value)
KEPT_BY_LAW = RecordKind.STATUTORY.value

Told = Callable[[int], None]


class CannotRestore(Tampered):
    """What was restored is not whole, so nothing of it is kept. The message says what is wrong."""


@dataclass(frozen=True, slots=True)
class Overlaid:
    """What came of it. ``records`` live and were opened, all of them; the others are gone."""

    records: int
    index_entries: int
    dropped: int
    """Records of the old copy that have no key any more: erased since, or asked to be."""
    newer: int
    """Records that were sealed after the old copy was made; what they belong to is not there."""
    replayed: int
    """Erasures that only the ledger outside the database knew."""
    people: int
    """Persons of the old copy who are gone."""


@dataclass(slots=True)
class Sources:
    """What is laid over the copy: a folder of keys (None keeps those in place), and the ledger.

    ``since`` is when those keys were copied: single items that were taken out before are out of
    them already, and may have been given anew.
    """

    keys: Path | None
    intents: Sequence[Intent]
    since: datetime
    rows_of_persons: Mapping[str, str] = field(default_factory=dict)
    """Tables whose rows end with the person, and their column of the subject."""


def copy_statement(table: str) -> str:
    """What reads one part of the keys, in the order of :data:`PARTS`."""
    return f"SELECT {', '.join(PARTS[table])} FROM {table}"  # noqa: S608 - constants of this module


def has_root_keys() -> bool:
    """Whether the key directory is the one of a mall. Makes nothing."""
    return (keyring.directory() / TENANT).exists()


def opens(epoch_rows: Sequence[tuple[int, int, bytes, bytes]]) -> None:
    """Nothing, when the root provider still opens the epochs of these rows.

    Raises:
        Shredded: its root version was destroyed; no key that is wrapped in it opens ever again.
    """
    for number, version, kek, _ in epoch_rows:
        epochs.root().unwrap(version, kek, label("kek", number))


def lay_over(sources: Sources, told: Told = lambda _: None) -> Overlaid:
    """Make the database in place what the newest keys and the ledger say, and open every record.

    One transaction as the owner: cut short anywhere, nothing of it is there.

    Arguments:
        told: Hears of each batch of records that was opened, by their number.

    Raises:
        Shredded: the keys are of an epoch that was destroyed.
        CannotRestore: a record does not open, or belongs to nobody.

    Records:
        Event.VAULT_BACKUP_RESTORED.
    """
    epochs.forget_keys()
    with transaction.atomic(using=OWNER_ALIAS), connections[OWNER_ALIAS].cursor() as cursor:
        _take_in(cursor, sources)
        _begin_the_copy_again(cursor)
        replayed = _replay(cursor, sources.intents)
        newer = _lay(cursor)
        people = _forget(cursor, sources.rows_of_persons)
        living = _living(cursor)
        opened, entries = _open_all(cursor, living, told)
        _take_items_out(cursor, living, sources)
        cursor.execute("SELECT count(*) FROM vault_record")
        (expected,) = cursor.fetchone()
        if opened != expected:
            msg = f"{opened} records were opened of {expected}: some have no key"
            raise CannotRestore(msg)
        cursor.execute("SELECT count(*) FROM dropped_now")
        (dropped,) = cursor.fetchone()
        log.record_all(
            [log.Act(Event.VAULT_BACKUP_RESTORED, ACTOR, promise="P3.8")], using=OWNER_ALIAS
        )
    epochs.forget_keys()
    return Overlaid(opened, entries, dropped, newer, replayed, people)


def _take_in(cursor: Any, sources: Sources) -> None:  # noqa: ANN401 - Django's wrapper has no type for COPY
    """The parts into tables of this transaction; without a folder of keys, from the tables in place."""
    for table, columns in PARTS.items():
        cursor.execute(
            f"CREATE TEMPORARY TABLE {table}_in (LIKE {table} INCLUDING DEFAULTS) ON COMMIT DROP"
        )
        if sources.keys is None:
            cursor.execute(f"INSERT INTO {table}_in SELECT * FROM {table}")  # noqa: S608 - constants of this module
        else:
            line = cursor.connection
            backing_up.copy_in(line, f"{table}_in", columns, sources.keys / f"{table}.copy")
    cursor.execute(
        "CREATE INDEX ON vault_record_key_in (subject_id, record_id);"
        " CREATE INDEX ON vault_record_in (subject_id, record_id);"
        " ANALYZE vault_record_key_in; ANALYZE vault_record_in; DELETE FROM vault_worker"
    )
    for table in REPLACED:
        names = ", ".join(PARTS[table])
        cursor.execute(
            f"DELETE FROM {table}; INSERT INTO {table} ({names}) SELECT {names} FROM {table}_in"  # noqa: S608 - constants of this module
        )


def _begin_the_copy_again(cursor: Any) -> None:  # noqa: ANN401 - as above
    """A close that was moving survivors when the keys were copied has moved none of them here."""
    cursor.execute(
        "UPDATE vault_closing SET step = %s, copied = 0 WHERE step = ANY(%s)",
        [Step.COPY, [Step.COPY, Step.SWAP]],
    )
    if cursor.rowcount:
        tables.make(cursor)
        return
    for shape in tables.SHAPES:
        cursor.execute(f"DROP TABLE IF EXISTS vault.{shape.next}")


def _replay(cursor: Any, intents: Sequence[Intent]) -> int:  # noqa: ANN401 - as above
    """Know every erasure that anybody knows of, and take its key away; how many only the ledger knew."""
    cursor.execute(
        "CREATE TEMPORARY TABLE intended (LIKE vault_erasure) ON COMMIT DROP;"
        " INSERT INTO vault_erasure SELECT * FROM vault_erasure_in ON CONFLICT DO NOTHING"
    )
    columns = ", ".join(PARTS["vault_erasure"])
    with cursor.copy(f"COPY intended ({columns}) FROM STDIN") as copy:
        for intent in intents:
            if intent.stands and not intent.items:
                for record, kind in intent.records.items():
                    copy.write_row((intent.subject, record, kind, intent.at, intent.reason))
    cursor.execute(
        "INSERT INTO vault_erasure SELECT DISTINCT ON (subject_id, record_id) * FROM intended"
        " ORDER BY subject_id, record_id, at ON CONFLICT DO NOTHING"
    )
    replayed = int(cursor.rowcount)
    cursor.execute(
        "DELETE FROM vault_record_key_in k USING vault_erasure e"
        " WHERE k.subject_id = e.subject_id AND k.record_id = e.record_id"
    )
    return replayed


def _lay(cursor: Any) -> int:  # noqa: ANN401 - as above
    """Records and keys as the newest keys have them; how many of those belong to nothing here.

    A law's copy comes back whether or not the old copy of the mall knew it: nothing but its date
    leads to it, and the law keeps it.
    """
    columns = ", ".join(PARTS["vault_record"])
    cursor.execute(
        "CREATE TEMPORARY TABLE was_here ON COMMIT DROP AS SELECT DISTINCT subject_id FROM vault_record;"
        " CREATE TEMPORARY TABLE dropped_now (subject_id uuid, record_id uuid, kind text) ON COMMIT DROP"
    )
    cursor.execute(
        "WITH gone AS (DELETE FROM vault_record r WHERE NOT EXISTS (SELECT 1 FROM vault_record_key_in k"  # noqa: S608 - constants of this module
        "  WHERE k.subject_id = r.subject_id AND k.record_id = r.record_id)"
        "  RETURNING subject_id, record_id, kind)"
        " INSERT INTO dropped_now SELECT * FROM gone;"
        " UPDATE vault_record r SET kind = n.kind, policy_version = n.policy_version,"
        "  destroy_after = n.destroy_after, sealed = n.sealed FROM vault_record_in n"
        "  WHERE n.subject_id = r.subject_id AND n.record_id = r.record_id"
        "  AND (n.sealed <> r.sealed OR n.destroy_after IS DISTINCT FROM r.destroy_after"
        "   OR n.policy_version <> r.policy_version);"
        f" INSERT INTO vault_record ({columns}) SELECT {columns} FROM vault_record_in n"
        f"  WHERE n.kind = '{KEPT_BY_LAW}' AND EXISTS (SELECT 1 FROM vault_record_key_in k"
        "   WHERE k.subject_id = n.subject_id AND k.record_id = n.record_id)"
        "  ON CONFLICT DO NOTHING"
    )
    columns = ", ".join(PARTS["vault_record_key"])
    named = ", ".join(f"k.{column}" for column in PARTS["vault_record_key"])
    cursor.execute(
        "TRUNCATE vault_record_key, vault_blind_index;"  # noqa: S608 - constants of this module
        f" INSERT INTO vault_record_key ({columns}) SELECT {named} FROM vault_record_key_in k"
        "  JOIN vault_record r ON r.subject_id = k.subject_id AND r.record_id = k.record_id"
    )
    cursor.execute(
        "SELECT (SELECT count(*) FROM vault_record_key_in) - (SELECT count(*) FROM vault_record_key)"
    )
    (newer,) = cursor.fetchone()
    return int(newer)


def _forget(cursor: Any, rows_of_persons: Mapping[str, str]) -> int:  # noqa: ANN401 - as above
    """Delete what the old copy still has of those who are gone; how many persons they are."""
    for one in derived.registered():
        kinds = [kind.value for kind in RecordKind if one.holds(kind.value, None)]
        same = f" AND t.{one.record} = d.record_id" if one.record else ""
        cursor.execute(
            f"DELETE FROM {one.table} t USING dropped_now d"  # noqa: S608 - checked names
            f" WHERE t.{one.subject} = d.subject_id AND d.kind = ANY(%s){same}",
            [kinds],
        )
    cursor.execute(
        "CREATE TEMPORARY TABLE nobody ON COMMIT DROP AS SELECT subject_id FROM was_here w"
        " WHERE NOT EXISTS (SELECT 1 FROM vault_record r WHERE r.subject_id = w.subject_id"
        "  AND r.kind <> %s)",
        [KEPT_BY_LAW],
    )
    people = int(cursor.rowcount)
    cursor.execute(
        "DELETE FROM consent_standing s USING nobody n WHERE s.subject_id = n.subject_id;"
        " DELETE FROM consent_channel c USING nobody n WHERE c.subject_id = n.subject_id;"
        " CREATE TEMPORARY TABLE left_us ON COMMIT DROP AS SELECT subject_id FROM nobody"
        " UNION SELECT subject_id FROM dropped_now d WHERE kind = ANY(%s) AND NOT EXISTS"
        " (SELECT 1 FROM vault_record r WHERE r.subject_id = d.subject_id AND r.kind = d.kind)",
        [list(IDENTITIES)],
    )
    for table, subject in rows_of_persons.items():
        cursor.execute(
            f"DELETE FROM {table} t USING left_us n WHERE t.{subject} = n.subject_id"  # noqa: S608 - declared names
        )
    return people


def _living(cursor: Any) -> Mapping[int, Epoch]:  # noqa: ANN401 - as above
    """The open epochs by number, newest first; the newest knows the one that is being closed."""
    cursor.execute(epochs.OPEN)
    rows = cursor.fetchall()
    if not rows:
        return {}
    newest = epochs.in_use(rows)
    return {one.number: one for one in (newest, *newest.closing)}


def _open_all(cursor: Any, living: Mapping[int, Epoch], told: Told) -> tuple[int, int]:  # noqa: ANN401 - as above
    """Open every record under its epoch, and write the index anew under the open epoch's key."""
    opened = entries = 0
    for batch in _stored(cursor):
        found = []
        for record in batch:
            items = _content(record, living).items
            found += indexing.entries(next(iter(living.values())), record.place, items)
        with cursor.copy(
            "COPY vault_blind_index (kind, digest, epoch, subject_id, record_id) FROM STDIN"
        ) as copy:
            for one in found:
                copy.write_row((one.kind, one.digest, one.epoch, one.subject, one.record))
        opened, entries = opened + len(batch), entries + len(found)
        told(len(batch))
    return opened, entries


def _content(record: records.Sealed, living: Mapping[int, Epoch]) -> records.Content:
    epoch = living.get(record.epoch)
    if epoch is None:
        msg = f"a key is of epoch {record.epoch}, whose keys do not exist any more"
        raise Shredded(msg)
    return records.unseal(record, epoch.kek)


def _stored(cursor: Any) -> Iterator[list[records.Sealed]]:  # noqa: ANN401 - as above
    tenant = epochs.root().tenant
    cursor.execute(
        "DECLARE restored NO SCROLL CURSOR FOR"
        " SELECT subject_id, record_id, kind, epoch, wrapped, commitment, sealed"
        " FROM vault_record_key JOIN vault_record USING (subject_id, record_id)"
    )
    while True:
        cursor.execute(f"FETCH {BATCH} FROM restored")
        rows = cursor.fetchall()
        if not rows:
            break
        yield [_sealed(tenant, row) for row in rows]
    cursor.execute("CLOSE restored")


def _sealed(tenant: bytes, row: Sequence[Any]) -> records.Sealed:
    subject, record, kind, epoch, wrapped, commitment, sealed = row
    key = crypto.SealedKey(bytes(wrapped), bytes(commitment))
    return records.Sealed(crypto.Place(tenant, subject, record, kind), epoch, key, bytes(sealed))


def _take_items_out(cursor: Any, living: Mapping[int, Epoch], sources: Sources) -> None:  # noqa: ANN401 - as above
    """Take single items out again that were taken out after the keys were copied."""
    out: dict[tuple[UUID, UUID], set[str]] = {}
    for intent in sources.intents:
        if intent.stands and intent.items and intent.at >= sources.since:
            for record in intent.records:
                out.setdefault((intent.subject, record), set()).update(intent.items)
    tenant = epochs.root().tenant
    newest = next(iter(living.values()), None)
    if newest is None:
        return
    for (subject, held_in), names in out.items():
        cursor.execute(
            "SELECT subject_id, record_id, kind, epoch, wrapped, commitment, sealed"
            " FROM vault_record_key JOIN vault_record USING (subject_id, record_id)"
            " WHERE subject_id = %s AND record_id = %s",
            [subject, held_in],
        )
        row = cursor.fetchone()
        if row is None:
            continue
        held = _sealed(tenant, row)
        content = _content(held, living)
        items = {name: value for name, value in content.items.items() if name not in names}
        fresh = records.seal(held.place, content.trail, items, newest.kek, newest.number)
        _put_back(cursor, fresh, newest, items)


def _put_back(cursor: Any, fresh: records.Sealed, newest: Epoch, items: Mapping[str, str]) -> None:  # noqa: ANN401 - as above
    place = fresh.place
    where = "WHERE subject_id = %s AND record_id = %s"
    ids = [place.subject, place.record]
    cursor.execute(
        f"UPDATE vault_record_key SET epoch = %s, wrapped = %s, commitment = %s {where}",  # noqa: S608 - constants
        [fresh.epoch, fresh.key.wrapped, fresh.key.commitment, *ids],
    )
    cursor.execute(f"UPDATE vault_record SET sealed = %s {where}", [fresh.sealed, *ids])  # noqa: S608 - constants
    cursor.execute(f"DELETE FROM vault_blind_index {where}", ids)  # noqa: S608 - constants
    for entry in indexing.entries(newest, place, items):
        cursor.execute(
            "INSERT INTO vault_blind_index (kind, digest, epoch, subject_id, record_id)"
            " VALUES (%s, %s, %s, %s, %s)",
            [entry.kind, entry.digest, entry.epoch, entry.subject, entry.record],
        )
