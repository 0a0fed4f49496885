"""Wrap the survivors' keys anew and copy them into the new table, a batch at a time.

While one batch is computed, PostgreSQL reads the next and writes the last: three batches are in
memory at once, whatever the number of survivors.
"""

import os
from collections.abc import Generator, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, closing
from typing import Any

from yaksok.policy.vocabulary import Item, RecordKind
from yaksok.privacy.vault import crypto, epochs, indexing, records
from yaksok.privacy.vault.closing import tables
from yaksok.privacy.vault.closing.progress import Point, Progress, Watch
from yaksok.privacy.vault.closing.state import State, Step, own_line, own_session, owning, step_to
from yaksok.privacy.vault.epochs import Epoch

BATCH = 10_000
"""Survivors in one batch: about 8 MB."""

WORK_MEMORY = "32MB"
"""What PostgreSQL may use to join keys and records before it goes to the disk."""

SOURCE = (
    "SELECT uuid_send(k.subject_id), uuid_send(k.record_id), r.kind, k.epoch, k.wrapped,"
    " k.commitment, CASE WHEN r.kind = ANY(%s) THEN r.sealed END"
    " FROM vault_record_key k JOIN vault_record r"
    " ON r.subject_id = k.subject_id AND r.record_id = k.record_id"
    " WHERE k.epoch < %s"
)
REST = (
    " AND NOT EXISTS (SELECT 1 FROM vault.vault_record_key_next n"
    " WHERE n.subject_id = k.subject_id AND n.record_id = k.record_id)"
)
"""What a close that was cut off has not copied yet."""

KEYS = (
    "COPY vault.vault_record_key_next (subject_id, record_id, epoch, wrapped, commitment)"
    " FROM STDIN (FORMAT BINARY)"
)
INDEX = (
    "COPY vault.vault_blind_index_next (kind, digest, epoch, subject_id, record_id)"
    " FROM STDIN (FORMAT BINARY)"
)
HEADER = b"PGCOPY\n\xff\r\n\0" + bytes(8)
TRAILER = b"\xff\xff"

Line = tuple[bytes, bytes, str, int, bytes, bytes, bytes | None]
"""Subject, record, kind, epoch, wrapped key, commitment; and what is sealed, where it is indexed."""
Batch = list[Line]


def copy(state: State, watch: Watch) -> None:
    """Copy every survivor that is not in the new table yet; afterwards all of them are.

    Nobody writes under the old epoch any more, so nothing is added to what is to be copied; what is
    erased or amended meanwhile is taken out again before the swap. Each batch is a transaction.

    Raises:
        Fault: a survivor's key does not open. The copy goes on from here once it is mended or
            erased; until then nothing is destroyed. Call the officer.

    Cost:
        For each survivor an unwrap, a hash and a wrap; memory for three batches.
    """
    with own_session() as session, session.cursor() as cursor:
        tables.index_the_fresh(cursor, state.successor)
    total, copied = _count(state), state.copied
    moving = _Moving(state)
    with ExitStack() as stack:
        aside = stack.enter_context(ThreadPoolExecutor(2))
        writing = _Writing(state, stack.enter_context(own_line()), aside, total, watch)
        reading = batches(state, stack.enter_context(own_line()), aside)
        for batch in stack.enter_context(closing(reading)):
            rows = moving.moved(batch)
            copied += len(batch)
            writing.finish()
            writing.begin(*rows, copied)
        writing.finish()
    with owning() as cursor:
        step_to(cursor, state, Step.SWAP)
    watch(Progress(Point.ALL_COPIED, state.epoch, copied, total))


def batches(state: State, line: Any, aside: ThreadPoolExecutor) -> Generator[Batch, None, None]:  # noqa: ANN401 - psycopg's connection
    """The survivors that are not copied yet, as they are; the next batch is fetched meanwhile."""
    kinds = [kind.value for kind in indexing.FINDABLE]
    with line.transaction(), line.cursor("survivors", binary=True) as cursor:
        line.execute(f"SET LOCAL work_mem = '{WORK_MEMORY}'")
        cursor.execute(SOURCE + (REST if state.copied else ""), [kinds, state.successor])
        batch = cursor.fetchmany(BATCH)
        while batch:
            coming = aside.submit(cursor.fetchmany, BATCH)
            yield batch
            batch = coming.result()


def _count(state: State) -> int:
    with owning() as cursor:
        cursor.execute("SELECT count(*) FROM vault_record_key WHERE epoch < %s", [state.successor])
        (count,) = cursor.fetchone()
    return int(count)


class _Writing:
    """Writes a batch while the next one is computed; committed when it is finished."""

    def __init__(
        self,
        state: State,
        line: Any,  # noqa: ANN401 - psycopg's connection
        aside: ThreadPoolExecutor,
        total: int,
        watch: Watch,
    ) -> None:
        self._state, self._line, self._aside = state, line, aside
        self._total, self._watch = total, watch
        self._under_way: tuple[Future[None], int] | None = None

    def begin(self, keys: bytes, entries: bytes, copied: int) -> None:
        self._under_way = self._aside.submit(self._write, keys, entries, copied), copied

    def finish(self) -> None:
        if self._under_way is None:
            return
        written, copied = self._under_way
        written.result()
        progress = Progress(Point.COPYING, self._state.epoch, copied, self._total)
        self._watch(progress)
        self._line.execute("COMMIT")
        self._under_way = None
        self._watch(Progress(Point.COPIED, self._state.epoch, copied, self._total))

    def _write(self, keys: bytes, entries: bytes, copied: int) -> None:
        write(self._line, keys, entries)
        self._line.execute(
            "UPDATE vault_closing SET copied = %s WHERE epoch = %s", [copied, self._state.epoch]
        )


def write(line: Any, keys: bytes, entries: bytes) -> None:  # noqa: ANN401 - psycopg's connection
    """Begin a transaction and write rows of the two new tables."""
    line.execute("BEGIN")
    with line.cursor() as cursor:
        for statement, rows in ((KEYS, keys), (INDEX, entries)):
            with cursor.copy(statement) as target:
                target.write(rows)


def of_length(size: int) -> bytes:
    """How PostgreSQL's binary format says how long a field is."""
    return size.to_bytes(4)


FIRST, THEN, LAST = b"\0\5" + of_length(16), of_length(16), of_length(32)


def between(epoch: int) -> bytes:
    """What stands in a row of keys between the record's id and the wrapped key."""
    return of_length(4) + epoch.to_bytes(4) + of_length(crypto.WRAPPED_BYTES)


class _Moving:
    """Makes rows of the new tables from lines of the old, as PostgreSQL's binary format wants them."""

    def __init__(self, state: State) -> None:
        with owning() as cursor:
            cursor.execute(epochs.OPEN)
            known = {row[0]: epochs.load(row) for row in cursor.fetchall()}
        self._new: Epoch = known.pop(state.successor)
        self._rewraps = {
            number: crypto.Rewrap(old.kek, self._new.kek, (number, self._new.number))
            for number, old in known.items()
        }
        self._tenant = epochs.root().tenant
        self._around: dict[str, tuple[bytes, bytes]] = {}

    def moved(self, batch: Batch) -> tuple[bytes, bytes]:
        """The rows of a batch for the two new tables."""
        size, rewraps, around = crypto.NONCE_BYTES, self._rewraps, self._around
        number = between(self._new.number)
        for kind in {line[2] for line in batch} - around.keys():
            around[kind] = crypto.label_around(self._tenant, kind.encode())
        nonces = os.urandom(size * len(batch))
        at = 0
        keys, entries = [HEADER], [HEADER]
        for subject, record, kind, epoch, wrapped, commitment, sealed in batch:
            before, after = around[kind]
            label = before + subject + record + after
            key, moved = rewraps[epoch](wrapped, commitment, label, nonces[at : at + size])
            at += size
            keys += (FIRST, subject, THEN, record, number, moved, LAST, commitment)
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
                yield b"\0\5" + b"".join(of_length(len(one)) + one for one in fields)
