"""Wrap the survivors' keys anew and copy them into the new table, a batch at a time."""

from collections.abc import Iterator
from itertools import islice

from yaksok.policy.vocabulary import Item, RecordKind
from yaksok.privacy.vault import crypto, epochs, indexing, records
from yaksok.privacy.vault.closing.progress import Point, Progress, Watch
from yaksok.privacy.vault.closing.state import State, Step, own_session, owning, step_to
from yaksok.privacy.vault.epochs import Epoch

BATCH = 20_000
"""Survivors in memory at once: about 15 MB."""

SOURCE = (
    "COPY (SELECT k.subject_id, k.record_id, r.kind, k.epoch, k.wrapped, k.commitment,"
    " CASE WHEN r.kind = ANY({kinds}) THEN r.sealed END"
    " FROM vault_record_key k JOIN vault_record r"
    " ON r.subject_id = k.subject_id AND r.record_id = k.record_id"
    " WHERE k.epoch < {successor} {rest}) TO STDOUT (FORMAT BINARY)"
)
REST = (
    "AND NOT EXISTS (SELECT 1 FROM vault.vault_record_key_next n"
    " WHERE n.subject_id = k.subject_id AND n.record_id = k.record_id)"
)
"""What a close that was cut off has not copied yet."""

KEYS = "COPY vault.vault_record_key_next (subject_id, record_id, epoch, wrapped, commitment) FROM STDIN (FORMAT BINARY)"
INDEX = "COPY vault.vault_blind_index_next (kind, digest, epoch, subject_id, record_id) FROM STDIN (FORMAT BINARY)"

HEADER = b"PGCOPY\n\xff\r\n\0" + bytes(8)
TRAILER = b"\xff\xff"

Line = tuple[bytes, bytes, str, int, bytes, bytes, bytes | None]
"""Subject, record, kind, epoch, wrapped key, commitment; and what is sealed, where it is indexed."""


def copy(state: State, watch: Watch) -> None:
    """Copy every survivor that is not in the new table yet; afterwards all of them are.

    Nobody writes under the old epoch any more, so nothing is added to what is to be copied; what is
    erased or amended meanwhile is taken out again before the swap. Each batch is a transaction.

    Raises:
        Fault: a survivor's key does not open. The copy goes on from here once it is mended or
            erased; until then nothing is destroyed. Call the officer.

    Cost:
        For each survivor an unwrap, a hash and a wrap; memory for one batch.
    """
    total = _count(state)
    copied = state.copied
    moving = _Moving(state)
    with (
        own_session() as session,
        session.cursor() as reader,
        reader.copy(_source(state)) as source,
    ):
        source.set_types(("bytea", "bytea", "text", "int4", "bytea", "bytea", "bytea"))
        lines: Iterator[Line] = source.rows()
        while batch := list(islice(lines, BATCH)):
            keys, entries = moving.moved(batch)
            copied += len(batch)
            _write(state, keys, entries, Progress(Point.COPYING, state.epoch, copied, total), watch)
            watch(Progress(Point.COPIED, state.epoch, copied, total))
    with owning() as cursor:
        step_to(cursor, state, Step.SWAP)
    watch(Progress(Point.ALL_COPIED, state.epoch, copied, total))


def _count(state: State) -> int:
    with owning() as cursor:
        cursor.execute("SELECT count(*) FROM vault_record_key WHERE epoch < %s", [state.successor])
        (count,) = cursor.fetchone()
    return int(count)


def _source(state: State) -> str:
    kinds = ", ".join(f"'{kind.value}'" for kind in indexing.FINDABLE)
    rest = REST if state.copied else ""
    return SOURCE.format(kinds=f"ARRAY[{kinds}]", successor=state.successor, rest=rest)


def _write(state: State, keys: bytes, entries: bytes, progress: Progress, watch: Watch) -> None:
    with owning() as cursor:
        for statement, rows in ((KEYS, keys), (INDEX, entries)):
            with cursor.copy(statement) as target:
                target.write(rows)
        cursor.execute(
            "UPDATE vault_closing SET copied = %s WHERE epoch = %s",
            [progress.copied, state.epoch],
        )
        watch(progress)


def _of_length(size: int) -> bytes:
    return size.to_bytes(4)


class _Moving:
    """Makes rows of the new tables from lines of the old, as PostgreSQL's binary format wants them."""

    def __init__(self, state: State) -> None:
        with owning() as cursor:
            cursor.execute(epochs.OPEN)
            known = {row[0]: epochs.load(row) for row in cursor.fetchall()}
        self._new: Epoch = known.pop(state.successor)
        self._old = known
        self._tenant = epochs.root().tenant
        self._kinds: dict[str, tuple[bytes, RecordKind | None]] = {}

    def moved(self, batch: list[Line]) -> tuple[bytes, bytes]:
        """The rows of a batch for the two new tables."""
        new, tenant = self._new, self._tenant
        first, then, last = b"\0\5" + _of_length(16), _of_length(16), _of_length(32)
        number = _of_length(4) + new.number.to_bytes(4) + _of_length(crypto.WRAPPED_BYTES)
        keys, entries = [HEADER], [HEADER]
        for subject, record, kind, epoch, wrapped, commitment, sealed in batch:
            old = self._old[epoch]
            label = crypto.label_of(tenant, subject, record, kind.encode())
            key, moved = crypto.rewrap(
                old.kek,
                new.kek,
                crypto.SealedKey(wrapped, commitment),
                label,
                (epoch, new.number),
            )
            keys += (first, subject, then, record, number, moved, last, commitment)
            if sealed is not None:
                items = records.content(key, sealed, label).items
                entries += self._entries(subject, record, RecordKind(kind), items)
        keys.append(TRAILER)
        entries.append(TRAILER)
        return b"".join(keys), b"".join(entries)

    def _entries(
        self, subject: bytes, record: bytes, kind: RecordKind, items: dict[str, str]
    ) -> Iterator[bytes]:
        new = self._new
        for item in indexing.FINDABLE[kind]:
            if item in items:
                name = indexing.label(kind, item).encode()
                digest = indexing.entry_digest(
                    new.index_key, self._tenant, kind, Item(item), items[item]
                )
                fields = (name, digest, new.number.to_bytes(4), subject, record)
                yield b"\0\5" + b"".join(_of_length(len(one)) + one for one in fields)
