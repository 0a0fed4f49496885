"""Destroy records, after putting aside what a law keeps; and the sweep that does it by the clock."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from uuid import UUID

import structlog

from yaksok.database.roles import keeper, retrying
from yaksok.kernel import clock
from yaksok.kernel.actor import Actor
from yaksok.kernel.errors import YaksokError
from yaksok.kernel.ids import RecordId, SubjectId
from yaksok.policy.in_force import policy
from yaksok.policy.vocabulary import Item, Purpose, RecordKind
from yaksok.privacy.audit import log
from yaksok.privacy.audit.events import Event
from yaksok.privacy.consent import ledger
from yaksok.privacy.retention import ends, register
from yaksok.privacy.vault import gate

LAW = Actor.system("statutory_copy")
SWEEP = Actor.system("retention_sweep")

END_PURPOSE = {
    RecordKind.ADDRESS_BOOK: Purpose.ORDER,
    RecordKind.INQUIRY: Purpose.COMPLAINT,
    RecordKind.LEGAL_DEMAND: Purpose.LEGAL_DEMAND,
    RecordKind.CHILDHOOD: Purpose.GUARDIAN_CONSENT,
    RecordKind.GUARDIAN: Purpose.GUARDIAN_CONSENT,
    RecordKind.MEMBERSHIP: Purpose.MEMBER_SERVICE,
    RecordKind.ORDER_EXTRA: Purpose.ORDER,
    RecordKind.ORDER_PAYER: Purpose.ORDER,
    RecordKind.ORDER_RECIPIENT: Purpose.ORDER,
    RecordKind.RIGHTS_CASE: Purpose.RIGHTS,
    RecordKind.STAFF_ACCOUNT: Purpose.STAFF_AUTHENTICATION,
    RecordKind.STATUTORY: Purpose.STATUTORY_RECORD,
}
"""By which purpose the mall itself destroys a record whose end has come."""

PAGE = 200
"""Records that are opened, or looked for, at once."""

NOTHING: Mapping[RecordId, datetime] = MappingProxyType({})

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
    nobody and destroyed on its date (P3.10). Belongs to the transaction that is open.

    Arguments:
        reason: A closed word for the register: ``"left"``, ``"period_over"``, ``"order_done"``.
        certificate: The number of the certificate that tells of it, if one does.
        began: From when a law's period counts, for records whose trade the caller knows of and
            :func:`.ends.traded` was not told.

    Refuses:
        Refused: the policy does not let ``actor`` erase one of them; nothing is destroyed.

    Records:
        Event.RETENTION_RECORD_DESTROYED once, beside the vault's own entries.
    """
    traded = {**began, **ends.began(subject, records)}
    copies = _copies(subject, records, traded)
    gone = gate.erase(subject, actor=actor, purpose=purpose, reason=reason, only=set(records))
    # Whoever came second to the same records erased none of them, and copies none either.
    copies = [one for one in copies if one.of in gone.records]
    if copies:
        gate.seal_all([one.sealing for one in copies], purpose=Purpose.STATUTORY_RECORD, actor=LAW)
    if all(one.kind is RecordKind.STATUTORY for one in gate.holdings(subject)):
        ledger.forget(subject)
    ends.forget(subject, records)
    register.enter(gone.records.values(), at=gone.at, reason=reason, certificate=certificate)
    if gone.records:
        log.record(
            Event.RETENTION_RECORD_DESTROYED,
            actor=actor,
            kinds=sorted(set(gone.records.values())),
            purpose=purpose,
            promise="P3.7",
            reason=reason,
        )
    return Destroyed(gone.records, tuple(one.copy for one in copies), gone.at)


def _copies(
    subject: SubjectId,
    records: Mapping[RecordId, RecordKind],
    began: Mapping[RecordId, datetime],
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
                until = copy.due(began[record])
                if not values or until <= clock.now():
                    continue
                told = Copy(kind, frozenset(values), copy.law, until)
                sealing = gate.Sealing(subject, RecordKind.STATUTORY, values, destroy_after=until)
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


def sweep() -> Swept:
    """Destroy every record whose day has passed (P3.5).

    Each person's records go in a transaction of their own: one that fails stops none of the others,
    is written to the log without anything personal, and is tried again at the next sweep.
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
                done += _end(subject, records)
            except YaksokError as error:
                failed += len(records)
                notes.warning("retention.sweep.failed", exception=type(error).__name__)
        destroyed += done
        if not done:
            return Swept(destroyed, failed)


@retrying
def _end(subject: SubjectId, records: Mapping[RecordId, RecordKind]) -> int:
    gone = 0
    with keeper():
        for purpose in sorted({END_PURPOSE[kind] for kind in records.values()}):
            some = {record: k for record, k in records.items() if END_PURPOSE[k] is purpose}
            reason = "period_over"
            gone += len(destroy(subject, some, actor=SWEEP, purpose=purpose, reason=reason).records)
    return gone
