"""The ledger of erasures outside the database: what a restored backup must not bring back.

Every erasure is written here *before* its transaction commits, and forced to the disk: random ids
only, chained by hashes, in a directory that no backup of the database brings back to an older state.
A mark follows when the transaction is over: done, or void when it rolled back. Cut short between the
two, an intent is settled by asking the database (:func:`settle`); where that cannot be asked any more,
it counts as done, because whoever asked to be forgotten asked for good.
"""

import fcntl
import hashlib
import json
import os
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO
from uuid import UUID

import structlog
from django.db import connection, transaction

from yaksok.database.private_files import open_lock
from yaksok.database.roles import if_rolled_back
from yaksok.kernel import clock, keyring
from yaksok.kernel.errors import Busy, Tampered
from yaksok.kernel.ids import RecordId, SubjectId, new_id

CHOOSES = "YAKSOK_INTENTS"
BEGINS = "0" * 64
MOST_RECORDS = 100
"""Ids in one line, so that a line stays short."""
TAIL_BYTES = 65_536
UNSETTLED = timedelta(minutes=2)
"""Younger intents may belong to a transaction that is still open."""

DONE, VOID = "done", "void"
OUTCOMES = {"committed": DONE, "aborted": VOID}
"""What the database says of a transaction that is over, and the mark for it."""

log = structlog.get_logger(__name__)


class LedgerUnavailable(Busy):
    """The ledger cannot be written, so nothing was erased. The message says how to cure it."""


class LedgerBroken(Tampered):
    """A line of the ledger does not follow the one before it: nothing after it is believed."""


@dataclass(frozen=True, slots=True)
class Intent:
    """One erasure: whole records, or ``items`` of them. ``outcome`` is "" when nobody marked it."""

    id: UUID
    at: datetime
    subject: SubjectId
    records: Mapping[RecordId, str]
    items: tuple[str, ...]
    reason: str
    outcome: str = ""

    @property
    def stands(self) -> bool:
        """Whether a restored backup must erase this again."""
        return self.outcome != VOID


def directory() -> Path:
    """Where the ledger lies: ``YAKSOK_INTENTS``, else beside the data directory, never inside it."""
    if chosen := os.environ.get(CHOOSES):
        return Path(chosen).absolute()
    data = os.environ.get("YAKSOK_DATA")
    if not data:
        msg = f"no ledger of erasures: set YAKSOK_DATA or {CHOOSES}"
        raise LedgerUnavailable(msg)
    root = Path(data).absolute()
    return root.with_name(f"{root.name}-intents")


def intend(
    subject: SubjectId,
    records: Mapping[RecordId, str],
    *,
    at: datetime,
    reason: str,
    items: Collection[str] = (),
) -> None:
    """Write down that ``records`` of ``subject`` are about to be erased; durable when it returns.

    Belongs to the transaction that erases them, and comes before its first statement. When that
    transaction is over, the mark follows by itself.

    Raises:
        LedgerUnavailable: it cannot be written. Nothing may be erased.

    Cost:
        One fsync, whatever the number of records.
    """
    names = sorted(records)
    lines, ids = [], []
    for start in range(0, len(names), MOST_RECORDS):
        ids.append(str(new_id()))
        some = {str(record): records[record] for record in names[start : start + MOST_RECORDS]}
        line: dict[str, object] = {"id": ids[-1], "at": at.isoformat(), "subject": str(subject)}
        line |= {"records": some, "reason": reason}
        lines.append(line | ({"items": sorted(items)} if items else {}))
    where = directory()
    _append(where, lines, durable=True)
    transaction.on_commit(partial(_append_mark, where, ids, DONE), robust=True)
    if_rolled_back(_voiding(where, ids, _own_number()))


def _append_mark(where: Path, ids: Sequence[str], outcome: str) -> None:
    """Lost with a power cut; :func:`settle` finds the same answer."""
    _append(where, [{outcome: one} for one in ids], durable=False)


def _voiding(where: Path, ids: Sequence[str], number: str) -> Callable[[], None]:
    """What marks an intent when its transaction failed, by what the database says became of it.

    A server that goes away while it commits leaves an error behind and an erasure that is done. What
    it does not tell yet, or what the full disk does not take, is left to :func:`settle`.
    """

    def mark() -> None:
        outcome = OUTCOMES.get(_state_of(number))
        if outcome is None:
            return
        try:
            _append_mark(where, ids, outcome)
        except LedgerUnavailable:
            log.warning("vault.intents.unmarked", count=len(ids))

    return mark


def _own_number() -> str:
    """By which the database knows this transaction, also when it is over."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_current_xact_id()::text")
        return str(cursor.fetchone()[0])


def _state_of(number: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_xact_status(%s::text::xid8)", [number])
        return str(cursor.fetchone()[0])


def read(where: Path) -> tuple[Intent, ...]:
    """Every intent in the ledger at ``where``, oldest first, each with its outcome.

    Files that were removed from the front, because no backup is as old as they are, leave no gap.
    A last line that was cut off while it was written counts as never written: what it would have
    told of had not begun.

    Raises:
        LedgerBroken: a line was changed, removed or put in.
    """
    intents: dict[str, Intent] = {}
    for line in _lines(where):
        if "id" in line:
            intents[line["id"]] = _intent(line)
        for outcome in (DONE, VOID):
            known = intents.get(line.get(outcome, ""))
            if known is not None:
                intents[str(known.id)] = replace(known, outcome=outcome)
    return tuple(intents.values())


def settle() -> int:
    """Mark what a crash left open: done when the database knows the erasure, else void.

    Returns how many. An intent younger than :data:`UNSETTLED` is left alone.
    """
    where = directory()
    before = clock.now() - UNSETTLED
    left = [one for one in read(where) if not one.outcome and one.at < before]
    marks = [{DONE if _happened(one) else VOID: str(one.id)} for one in left]
    if marks:
        _append(where, marks, durable=True)
    return len(marks)


def _happened(intent: Intent) -> bool:
    """Whether the database says so. Of single items it does not tell: then the intent stands."""
    if intent.items:
        return True
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT 1 FROM vault_erasure WHERE subject_id = %s AND record_id = ANY(%s))",
            [intent.subject, list(intent.records)],
        )
        (found,) = cursor.fetchone()
    return bool(found)


def files(where: Path) -> tuple[Path, ...]:
    """The ledger's files, oldest first."""
    return tuple(sorted(where.glob("intents-*.jsonl")))


def _append(where: Path, lines: Sequence[Mapping[str, object]], *, durable: bool) -> None:
    try:
        new = not where.is_dir()
        keyring.make_private(where)
        if new:
            keyring.sync_directory(where.parent)
        with open_lock(where / "intents.lock") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            _append_locked(where, lines, durable=durable)
    except OSError as error:
        msg = (
            f"the ledger of erasures in {where} cannot be written ({error.strerror}):"
            f" free space there, or name another place with {CHOOSES}"
        )
        raise LedgerUnavailable(msg) from None


def _append_locked(where: Path, lines: Sequence[Mapping[str, object]], *, durable: bool) -> None:
    path = where / f"intents-{clock.now():%Y-%m}.jsonl"
    known = files(where)
    if known and known[-1] > path:
        path = known[-1]  # the clock went back: the ledger never does
    head = ""
    for file in reversed(known):
        head = _last_hash(file)
        if head:
            break
    fresh = path not in known or not path.stat().st_size
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, keyring.PRIVATE_FILE)
    with os.fdopen(handle, "ab") as stream:
        if fresh:
            lines = [{"follows": head or BEGINS}, *lines]
            head = head or BEGINS
        for line in lines:
            text, head = _chained(line, head)
            stream.write(text)
        stream.flush()
        if durable:
            os.fsync(stream.fileno())
    if fresh:
        keyring.sync_directory(where)


def _chained(line: Mapping[str, object], head: str) -> tuple[bytes, str]:
    body = json.dumps(line, separators=(",", ":"))
    own = hashlib.sha256(f"{head}\n{body}".encode()).hexdigest()
    return f"{own} {body}\n".encode(), own


def _last_hash(path: Path) -> str:
    """The hash of the last whole line; what a power cut left of another one is cut off."""
    with path.open("r+b") as file:
        size = file.seek(0, os.SEEK_END)
        whole = _end_of_last_line(file, size)
        if whole != size:
            file.truncate(whole)
            file.flush()
            os.fsync(file.fileno())
        if not whole:
            return ""
        start = _end_of_last_line(file, whole - 1)
        file.seek(start)
        return file.read(64).decode("ascii")


def _end_of_last_line(file: BinaryIO, size: int) -> int:
    """Where the last line break before ``size`` ends; 0 when there is none."""
    while size > 0:
        start = max(0, size - TAIL_BYTES)
        file.seek(start)
        found = file.read(size - start).rfind(b"\n")
        if found >= 0:
            return start + found + 1
        size = start
    return 0


def _lines(where: Path) -> Iterator[dict[str, Any]]:  # what JSON can be
    head = ""
    known = files(where)
    for path in known:
        for number, raw in enumerate(path.read_bytes().splitlines(keepends=True), 1):
            if not raw.endswith(b"\n") and path == known[-1]:
                return
            own, _, body = raw.decode("utf-8", errors="replace").rstrip("\n").partition(" ")
            try:
                line = json.loads(body)
            except ValueError:
                line = {}
            if number == 1:
                follows = str(line.get("follows", ""))
                if head not in ("", follows):
                    raise _broken(path, number)
                head = follows
            if _chained(line, head)[1] != own:
                raise _broken(path, number)
            head = own
            yield line


def _broken(path: Path, number: int) -> LedgerBroken:
    return LedgerBroken(f"line {number} of {path} does not follow the one before it")


def _intent(line: Mapping[str, Any]) -> Intent:
    return Intent(
        UUID(line["id"]),
        datetime.fromisoformat(line["at"]),
        SubjectId(UUID(line["subject"])),
        {RecordId(UUID(record)): kind for record, kind in line["records"].items()},
        tuple(line.get("items", ())),
        line["reason"],
    )
