"""The SQL of the vault. Nothing here decides, and nothing here decrypts."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection

from yaksok.database.inserting import insert
from yaksok.kernel.errors import YaksokError
from yaksok.kernel.ids import RecordId, SubjectId
from yaksok.policy.decide import Facts
from yaksok.policy.vocabulary import Item, RecordKind
from yaksok.privacy.consent import ledger
from yaksok.privacy.vault import derived, intents
from yaksok.privacy.vault.crypto import Place, SealedKey
from yaksok.privacy.vault.records import Sealed


class AlreadyHeld(YaksokError):
    """The vault holds this value for somebody already. Says nothing about whom, or which value."""


@dataclass(frozen=True, slots=True)
class Row:
    """A stored record with what the policy says stands for its subject."""

    record: Sealed
    policy_version: str
    destroy_after: datetime | None
    facts: Facts


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the blind index: ``kind`` names record kind and item."""

    kind: str
    digest: bytes
    epoch: int
    subject: SubjectId
    record: RecordId


COLUMNS = (
    "r.subject_id, r.record_id, r.kind, k.epoch, k.wrapped, k.commitment, r.sealed,"
    " r.policy_version, r.destroy_after"
)
KEY_COLUMNS = ("subject_id", "record_id", "epoch", "wrapped", "commitment")
RECORD_COLUMNS = ("subject_id", "record_id", "kind", "policy_version", "destroy_after", "sealed")
JOINED = (
    "vault_record r JOIN vault_record_key k"
    " ON k.subject_id = r.subject_id AND k.record_id = r.record_id"
)


def _sealed(tenant: bytes, cells: Sequence[object]) -> Sealed:
    subject, record, kind, epoch, wrapped, commitment, sealed = cells[:7]
    assert isinstance(subject, UUID)  # noqa: S101 - narrows what the driver returns
    assert isinstance(record, UUID)  # noqa: S101 - as above
    assert isinstance(epoch, int)  # noqa: S101 - as above
    assert isinstance(wrapped, bytes | memoryview)  # noqa: S101 - as above
    assert isinstance(commitment, bytes | memoryview)  # noqa: S101 - as above
    assert isinstance(sealed, bytes | memoryview)  # noqa: S101 - as above
    key = SealedKey(bytes(wrapped), bytes(commitment))
    return Sealed(Place(tenant, subject, record, str(kind)), epoch, key, bytes(sealed))


def of_subject(tenant: bytes, subject: SubjectId, kind: RecordKind | None) -> list[Row]:
    """Every record of one subject (of one kind), oldest first, with the subject's standing."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {COLUMNS}, s.age, s.consents, s.refusals, s.guardian_id, s.lapses FROM {JOINED}"  # noqa: S608 - constants of this module
            " LEFT JOIN consent_standing s ON s.subject_id = r.subject_id"
            " WHERE r.subject_id = %s AND (%s::text IS NULL OR r.kind = %s) ORDER BY r.record_id",
            [subject, kind, kind],
        )
        rows = cursor.fetchall()
    return [Row(_sealed(tenant, r), r[7], r[8], ledger.facts_of(*r[9:])) for r in rows]


def by_ids(
    tenant: bytes, wanted: Collection[tuple[SubjectId, RecordId]], kind: RecordKind
) -> list[Row]:
    """The records named by ``wanted`` that are of ``kind``, with each subject's standing."""
    subjects = [subject for subject, _ in wanted]
    records = [record for _, record in wanted]
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {COLUMNS}, s.age, s.consents, s.refusals, s.guardian_id, s.lapses FROM {JOINED}"  # noqa: S608 - constants of this module
            " LEFT JOIN consent_standing s ON s.subject_id = r.subject_id"
            " WHERE r.subject_id = ANY(%s) AND r.record_id = ANY(%s) AND r.kind = %s",
            [subjects, records, kind],
        )
        rows = cursor.fetchall()
    return [Row(_sealed(tenant, r), r[7], r[8], ledger.facts_of(*r[9:])) for r in rows]


def one_of_each(tenant: bytes, subjects: Collection[SubjectId]) -> dict[SubjectId, Sealed]:
    """One record of each subject that has any: it tells the subject's trail. A law's copy comes last."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT DISTINCT ON (r.subject_id) {COLUMNS} FROM {JOINED}"  # noqa: S608 - constants of this module
            " WHERE r.subject_id = ANY(%s) ORDER BY r.subject_id, r.kind = 'statutory', r.record_id",
            [list(subjects)],
        )
        return {SubjectId(r[0]): _sealed(tenant, r) for r in cursor.fetchall()}


def standings(subjects: Collection[SubjectId]) -> dict[SubjectId, Facts]:
    """What stands for each subject that has a standing."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT subject_id, age, consents, refusals, guardian_id, lapses FROM consent_standing"
            " WHERE subject_id = ANY(%s)",
            [list(subjects)],
        )
        return {SubjectId(r[0]): ledger.facts_of(*r[1:]) for r in cursor.fetchall()}


def newest_of_each(subjects: Collection[SubjectId], kind: RecordKind) -> dict[SubjectId, RecordId]:
    """The newest record of ``kind`` of each subject that has one. Only the id; nothing sealed."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT ON (subject_id) subject_id, record_id FROM vault_record"
            " WHERE subject_id = ANY(%s) AND kind = %s ORDER BY subject_id, record_id DESC",
            [list(subjects), kind],
        )
        return {SubjectId(subject): RecordId(record) for subject, record in cursor.fetchall()}


@dataclass(frozen=True, slots=True)
class New:
    """A sealed record to be stored, with the plain facts about it."""

    record: Sealed
    policy_version: str
    destroy_after: datetime | None


def add(news: Sequence[New], index: Sequence[Entry]) -> None:
    """Store records, their keys and their index entries: three statements at most.

    Raises:
        AlreadyHeld: a unique value is held for somebody already.
    """
    _insert_index(index)
    keys = [
        (
            new.record.place.subject,
            new.record.place.record,
            new.record.epoch,
            new.record.key.wrapped,
            new.record.key.commitment,
        )
        for new in news
    ]
    rows = [
        (
            new.record.place.subject,
            new.record.place.record,
            new.record.place.kind,
            new.policy_version,
            new.destroy_after,
            new.record.sealed,
        )
        for new in news
    ]
    with connection.cursor() as cursor:
        insert(cursor, "vault_record_key", KEY_COLUMNS, keys)
        insert(cursor, "vault_record", RECORD_COLUMNS, rows)


def _insert_index(index: Sequence[Entry]) -> None:
    lines = [
        (entry.kind, entry.digest, entry.epoch, entry.subject, entry.record) for entry in index
    ]
    with connection.cursor() as cursor:
        written = insert(
            cursor,
            "vault_blind_index",
            ("kind", "digest", "epoch", "subject_id", "record_id"),
            lines,
            tail="ON CONFLICT (kind, digest) DO NOTHING",
        )
    if written != len(index):
        msg = "a value that must be unique is held already"
        raise AlreadyHeld(msg)


def replace(record: Sealed, index: Sequence[Entry], touched: Collection[Item]) -> None:
    """Put a re-sealed record in the place of its former self, with its new key and index.

    Copies of the ``touched`` items die with the key that they were read under.
    """
    place = record.place
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM vault_blind_index WHERE subject_id = %s AND record_id = %s",
            [place.subject, place.record],
        )
        _insert_index(index)
        cursor.execute(
            "UPDATE vault_record_key SET epoch = %s, wrapped = %s, commitment = %s"
            " WHERE subject_id = %s AND record_id = %s",
            [record.epoch, record.key.wrapped, record.key.commitment, place.subject, place.record],
        )
        cursor.execute(
            "UPDATE vault_record SET sealed = %s WHERE subject_id = %s AND record_id = %s",
            [record.sealed, place.subject, place.record],
        )
    derived.forget(SubjectId(place.subject), {RecordId(place.record): place.kind}, touched)


def lock(subject: SubjectId) -> None:
    """Let nobody else amend or erase this subject until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT 1 FROM vault_record WHERE subject_id = %s ORDER BY record_id FOR UPDATE",
            [subject],
        )


def sought(tenant: bytes, kind: str, digests: Sequence[bytes]) -> Sealed | None:
    """The record that the index names for these digests of one value."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {COLUMNS} FROM {JOINED} JOIN vault_blind_index i"  # noqa: S608 - constants of this module
            " ON i.subject_id = r.subject_id AND i.record_id = r.record_id"
            " WHERE i.kind = %s AND i.digest = ANY(%s) LIMIT 1",
            [kind, list(digests)],
        )
        row = cursor.fetchone()
    return _sealed(tenant, row) if row else None


def delete(
    subject: SubjectId, records: Mapping[RecordId, str], *, at: datetime, reason: str
) -> None:
    """Erase records for good: the intent first, then keys, index, sealed rows and copies.

    Raises:
        LedgerUnavailable: the ledger outside the database cannot be written; nothing was erased.
    """
    ids = list(records)
    intents.intend(subject, records, at=at, reason=reason)
    with connection.cursor() as cursor:
        insert(
            cursor,
            "vault_erasure",
            ("subject_id", "record_id", "kind", "at", "reason"),
            [(subject, record, records[record], at, reason) for record in ids],
            tail="ON CONFLICT (subject_id, record_id) DO NOTHING",
        )
        for table in ("vault_record_key", "vault_blind_index", "vault_record"):
            cursor.execute(
                f"DELETE FROM {table} WHERE subject_id = %s AND record_id = ANY(%s)",  # noqa: S608 - constants of this module
                [subject, ids],
            )
    derived.forget(subject, records)


def was_erased(subject: SubjectId, record: RecordId | None) -> bool:
    """Whether something of this subject (this record) was erased."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT 1 FROM vault_erasure WHERE subject_id = %s"
            " AND (%s::uuid IS NULL OR record_id = %s))",
            [subject, record, record],
        )
        (erased,) = cursor.fetchone()
    return bool(erased)


def epoch_is_known(number: int) -> bool:
    """Whether there is, or was, an epoch of this number."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT 1 FROM vault_epoch WHERE number = %s)", [number])
        (known,) = cursor.fetchone()
    return bool(known)


def due(before: datetime, limit: int) -> list[tuple[SubjectId, RecordId, str]]:
    """Records whose last day has passed."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT subject_id, record_id, kind FROM vault_record"
            " WHERE destroy_after IS NOT NULL AND destroy_after <= %s"
            " ORDER BY destroy_after LIMIT %s",
            [before, limit],
        )
        return [(SubjectId(r[0]), RecordId(r[1]), r[2]) for r in cursor.fetchall()]


def set_end(subject: SubjectId, record: RecordId, destroy_after: datetime | None) -> None:
    """Set the last day of a record."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE vault_record SET destroy_after = %s WHERE subject_id = %s AND record_id = %s",
            [destroy_after, subject, record],
        )
