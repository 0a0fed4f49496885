"""Destroy records, after putting aside what a law keeps; and the sweep that does it by the clock."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from uuid import UUID

import structlog

from yaksok.database.roles import keeper, retrying
from yaksok.kernel import clock
from yaksok.kernel.actor import Actor, Role
from yaksok.kernel.errors import YaksokError
from yaksok.kernel.ids import RecordId, SubjectId
from yaksok.policy.in_force import policy
from yaksok.policy.vocabulary import Action, Item, Purpose, RecordKind
from yaksok.privacy.audit import log
from yaksok.privacy.audit.events import Event
from yaksok.privacy.consent import ledger
from yaksok.privacy.retention import copies, ends, holdings, holds, register, rows
from yaksok.privacy.vault import gate

LAW = Actor.system("statutory_copy")
SWEEP = Actor.system("retention_sweep")

PAGE = 200
"""Records that are opened, or looked for, at once."""

NOTHING: Mapping[RecordId, datetime] = MappingProxyType({})

Before = Callable[[SubjectId, Collection[RecordId]], None]
"""What else must be told of records that are about to end."""

notes = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Copy:
    """What a law keeps of one record, in a record of its own: items, law, until when."""

    kind: RecordKind
    items: frozenset[Item]
    law: str
    until: datetime


@dataclass(frozen=True, slots=True)
class _Made:
    """A copy that is ready to be sealed, and the record that it is ``of``."""

    of: RecordId
    copy: Copy
    sealing: gate.Sealing


@dataclass(frozen=True, slots=True)
class Destroyed:
    """What was destroyed, and what a law made us put aside before."""

    records: Mapping[RecordId, RecordKind]
    copies: tuple[Copy, ...]
    at: datetime


@dataclass(frozen=True, slots=True)
class Swept:
    """How many records the sweep destroyed, and how many it could not."""

    destroyed: int
    failed: int


def end_purpose(kind: RecordKind) -> Purpose:
    """By which purpose the mall itself destroys a record of ``kind``: the first that the policy grants it.

    Raises:
        LookupError: the policy lets the mall destroy no such record; the document must be mended.
    """
    rules = policy().rules
    for purpose in policy().document.body.records[kind].purposes:
        if (Role.SYSTEM, Action.ERASE, kind, purpose, None) in rules:
            return purpose
    msg = f"the policy lets nobody destroy a record {kind} when its day comes"
    raise LookupError(msg)


def destroy(
    subject: SubjectId,
    records: Mapping[RecordId, RecordKind],
    *,
    actor: Actor,
    purpose: Purpose,
    reason: str,
    certificate: UUID | None = None,
    began: Mapping[RecordId, datetime] = NOTHING,
) -> Destroyed:
    """Destroy ``records`` of ``subject``; what a law keeps of them is sealed anew before it is too late.

    The copy is a new record under a new key, with none of what ties a person to the log, opened by
    nobody but on the legal screen and destroyed on its date (P3.10). While a hold stands its date
    waits. With the last record that is not such a copy the person is gone, and so is every row that
    ends with them. Belongs to the transaction that is open.

    Arguments:
        reason: A closed word for the register: ``"left"``, ``"membership_lost"``, ``"order_done"``,
            ``"period_over"``.
        certificate: The number of the certificate that tells of it, if one does.
        began: From when a law's period counts, for records whose trade the caller knows of and
            :func:`.ends.traded` was not told.

    Refuses:
        Refused: the policy does not let ``actor`` erase one of them; nothing is destroyed.

    Records:
        Event.RETENTION_RECORD_DESTROYED once, beside the vault's own entries.
    """
    records = _unless_held(subject, records)
    held = holds.held(subject, records)
    laws = copies.laws(subject, records)
    traded = {**dict.fromkeys(held, clock.now()), **began, **ends.began(subject, records)}
    made = _copies(subject, records, traded, held)
    gone = gate.erase(subject, actor=actor, purpose=purpose, reason=reason, only=set(records))
    # Whoever came second to the same records erased none of them, and copies none either.
    made = [one for one in made if one.of in gone.records]
    _seal(subject, made)
    if all(one.kind is RecordKind.STATUTORY for one in gate.holdings(subject)):
        ledger.forget(subject)
        if any(kind is not RecordKind.STATUTORY for kind in gone.records.values()):
            holdings.erase_rows(subject)
            rows.note_gone(subject, at=gone.at)
    ends.forget(subject, records)
    executor = register.executor_of(actor)
    register.enter_by_law(
        gone.records, laws, at=gone.at, reason=reason, executor=executor, certificate=certificate
    )
    if gone.records:
        log.record(
            Event.RETENTION_RECORD_DESTROYED,
            actor=actor,
            kinds=sorted(set(gone.records.values())),
            purpose=purpose,
            promise="P3.7",
            reason=reason,
        )
    return Destroyed(gone.records, tuple(one.copy for one in made), gone.at)


def _unless_held(
    subject: SubjectId, records: Mapping[RecordId, RecordKind]
) -> Mapping[RecordId, RecordKind]:
    """``records`` without copies that a hold keeps: of them nothing may be destroyed."""
    known = {one.record: one.of for one in copies.of(subject, records) if one.record in records}
    kept = holds.held(subject, known.values())
    return {one: kind for one, kind in records.items() if known.get(one) not in kept}


def _seal(subject: SubjectId, made: Sequence[_Made]) -> None:
    if not made:
        return
    sealings = [one.sealing for one in made]
    sealed = gate.seal_all(sealings, purpose=Purpose.STATUTORY_RECORD, actor=LAW)
    copies.note(
        [
            copies.Kept(subject, record, one.of, one.copy.kind, one.copy.law, one.copy.until)
            for record, one in zip(sealed, made, strict=True)
        ]
    )


def _copies(
    subject: SubjectId,
    records: Mapping[RecordId, RecordKind],
    began: Mapping[RecordId, datetime],
    held: Collection[RecordId],
) -> list[_Made]:
    made = []
    for kind in sorted(set(records.values())):
        for copy in policy().retention[kind].statutory:
            names = [
                (subject, record)
                for record, its in records.items()
                if its is kind and record in began
            ]
            for (_, record), opened in _opened(names, copy.items, kind).items():
                values = {item: value.reveal() for item, value in opened.items()}
                until, waits = copy.due(began[record]), record in held
                if not values or (until <= clock.now() and not waits):
                    continue
                told = Copy(kind, frozenset(values), copy.law, until)
                end = None if waits else until
                sealing = gate.Sealing(subject, RecordKind.STATUTORY, values, destroy_after=end)
                made.append(_Made(record, told, sealing))
    return made


def _opened(
    names: Sequence[gate.Name], items: Collection[Item], kind: RecordKind
) -> dict[gate.Name, gate.Opened]:
    opened: dict[gate.Name, gate.Opened] = {}
    for start in range(0, len(names), PAGE):
        opened |= gate.open_many(
            names[start : start + PAGE],
            items,
            kind=kind,
            purpose=Purpose.STATUTORY_RECORD,
            actor=LAW,
            reason="statutory_copy",
        )
    return opened


def sweep(before: Before = lambda _subject, _records: None) -> Swept:
    """Destroy every record whose day has passed (P3.5).

    Each person's records go in a transaction of their own: one that fails stops none of the others,
    is written to the log without anything personal, and is tried again at the next sweep.

    Arguments:
        before: Done in the transaction of each person, before their records go.
    """
    destroyed = failed = 0
    while True:
        with keeper():
            due = gate.due(clock.now())
        by_subject: dict[SubjectId, dict[RecordId, RecordKind]] = {}
        for subject, record, kind in due:
            by_subject.setdefault(subject, {})[record] = RecordKind(kind)
        done = 0
        failed = 0
        for subject, records in by_subject.items():
            try:
                done += _end(subject, records, before)
            except (YaksokError, LookupError) as error:
                failed += len(records)
                notes.warning("retention.sweep.failed", exception=type(error).__name__)
        destroyed += done
        if not done:
            return Swept(destroyed, failed)


@retrying
def _end(subject: SubjectId, records: Mapping[RecordId, RecordKind], before: Before) -> int:
    gone = 0
    with keeper():
        before(subject, records)
        for purpose in sorted({end_purpose(kind) for kind in records.values()}):
            some = {record: k for record, k in records.items() if end_purpose(k) is purpose}
            done = destroy(subject, some, actor=SWEEP, purpose=purpose, reason=register.PERIOD_OVER)
            gone += len(done.records)
    return gone
