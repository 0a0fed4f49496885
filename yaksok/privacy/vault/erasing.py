"""Erase records, and say what is held."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import structlog

from yaksok.kernel import clock
from yaksok.kernel.actor import Actor
from yaksok.kernel.errors import Refused, Shredded, Tampered
from yaksok.kernel.ids import RecordId, SubjectId
from yaksok.policy.vocabulary import Action, Purpose, RecordKind
from yaksok.privacy.audit import log
from yaksok.privacy.audit.events import Event
from yaksok.privacy.consent import ledger
from yaksok.privacy.vault import epochs, store
from yaksok.privacy.vault.asking import permitted, request_for
from yaksok.privacy.vault.reading import trail_in, trails

MOST_DUE = 200

logger = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Held:
    """That a record exists, without opening it."""

    record: RecordId
    kind: RecordKind
    policy_version: str
    destroy_after: datetime | None


@dataclass(frozen=True, slots=True)
class Erased:
    """What was erased, by record id, and when."""

    records: Mapping[RecordId, RecordKind]
    at: datetime


def erase(
    subject: SubjectId,
    *,
    actor: Actor,
    purpose: Purpose,
    reason: str,
    only: Collection[RecordId] | None = None,
) -> Erased:
    """Destroy the keys and every row of a subject's records, or of those in ``only``.

    A record that does not open any more can be erased like any other. Live at once, when the
    transaction commits. In backups, the WAL and dead rows what is left
    cannot be read from the moment the epoch's keys are destroyed
    (:func:`yaksok.privacy.vault.closing.close`). With the last record the subject's standing goes too.

    Arguments:
        reason: A closed word for the register (``"left"``, ``"period_over"``).

    Refuses:
        Refused: the policy does not let this actor erase one of the records; nothing is erased.

    Records:
        Event.VAULT_RECORD_ERASED for each record. Nothing leads from the entry back to the person.
    """
    epochs.current()
    store.lock(subject)
    rows = store.of_subject(epochs.root().tenant, subject, None)
    chosen = [row for row in rows if only is None or row.record.place.record in only]
    trail = _trail_of_any(rows)
    acts = []
    for row in chosen:
        kind = RecordKind(row.record.place.kind)
        request = request_for(Action.ERASE, kind, (), purpose=purpose, actor=actor, subject=subject)
        promise = permitted(request, row.facts, trail)
        acts.append(
            log.Act(
                Event.VAULT_RECORD_ERASED, actor, trail, [kind], (), purpose, promise, "", reason
            )
        )
    at = clock.now()
    gone = {RecordId(row.record.place.record): RecordKind(row.record.place.kind) for row in chosen}
    if gone:
        store.delete(subject, gone, at=at, reason=reason)
    if len(gone) == len(rows):
        ledger.forget(subject)
    log.record_all(acts)
    return Erased(gone, at)


def _trail_of_any(rows: Sequence[store.Row]) -> UUID | None:
    """The subject's trail, which all their records tell; None when not one of them opens."""
    damaged = 0
    try:
        for row in rows:
            try:
                return trail_in(row.record)
            except (Tampered, Shredded):
                damaged += 1
        return None
    finally:
        if damaged:
            logger.warning("vault.erasing.unreadable", count=damaged)


def holdings(subject: SubjectId) -> tuple[Held, ...]:
    """Which records of ``subject`` exist, oldest first. Opens nothing."""
    return tuple(
        Held(
            RecordId(row.record.place.record),
            RecordKind(row.record.place.kind),
            row.policy_version,
            row.destroy_after,
        )
        for row in store.of_subject(epochs.root().tenant, subject, None)
    )


def history(subject: SubjectId, *, actor: Actor, limit: int = 200) -> tuple[log.Entry, ...]:
    """What the log says about ``subject``, newest first: who opened, sent, changed what, and why.

    Only the person themself may read it.

    Refuses:
        Refused: somebody else asks (P8.5).
    """
    if actor.subject != subject:
        msg = "refused to show a trail: it belongs to somebody else"
        raise Refused(msg, promise="P8.5")
    trail = trails([subject]).get(subject)
    return log.of_trail(trail, limit=limit) if trail else ()


def due(before: datetime, *, limit: int = MOST_DUE) -> list[tuple[SubjectId, RecordId, str]]:
    """Records whose period ended before ``before``: subject, record, kind."""
    return store.due(before, limit)


def set_end(subject: SubjectId, record: RecordId, destroy_after: datetime | None) -> None:
    """Set the moment after which a record must not exist any more."""
    store.set_end(subject, record, destroy_after)


def trail_of(subject: SubjectId) -> UUID | None:
    """The trail id under which acts about ``subject`` are logged; None when nothing is held.

    For entries that journeys write about a person (a handover, a session).
    """
    return trails([subject]).get(subject)
