"""Seal and amend records."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from yaksok.kernel import clock
from yaksok.kernel.actor import Actor
from yaksok.kernel.errors import Refused
from yaksok.kernel.ids import RecordId, SubjectId, new_id, new_trail_id
from yaksok.policy.decide import Facts
from yaksok.policy.in_force import policy
from yaksok.policy.vocabulary import Action, Item, Purpose, RecordKind
from yaksok.privacy.audit import log
from yaksok.privacy.audit.events import Event
from yaksok.privacy.consent import ledger
from yaksok.privacy.consent.ledger import Receipt
from yaksok.privacy.vault import crypto, epochs, indexing, intents, records, store
from yaksok.privacy.vault.asking import permitted, refused, request_for
from yaksok.privacy.vault.reading import content_of, gone, newest, trails

WITHOUT_RECEIPT = frozenset(
    {RecordKind.LEGAL_DEMAND, RecordKind.STATUTORY, RecordKind.STAFF_ACCOUNT}
)
"""Kinds that no form collects: the law's copy, and a colleague's account."""


@dataclass(frozen=True, slots=True)
class Sealing:
    """One record to be sealed. ``receipt`` proves that the person was told before (P3.6)."""

    subject: SubjectId
    kind: RecordKind
    values: Mapping[Item, str]
    receipt: Receipt | None = None
    destroy_after: datetime | None = None


def seal_all(
    sealings: Sequence[Sealing], *, purpose: Purpose, actor: Actor
) -> tuple[RecordId, ...]:
    """Seal records, each under a key of its own, and return their ids in the same order.

    Refuses:
        Refused: the person was not told before (P3.6), or the policy does not declare these
            items for this kind, purpose and actor.

    Raises:
        AlreadyHeld: an item that must be unique (log-in id, a member's e-mail) is held already.

    Records:
        Event.VAULT_RECORD_SEALED for each record.

    Cost:
        Seven statements at most, whatever the number of records.
    """
    epoch = epochs.current()
    subjects = {sealing.subject for sealing in sealings}
    facts = store.standings(subjects)
    known = trails(subjects)
    news, index, acts = [], [], []
    for sealing in sealings:
        trail = new_trail_id()
        if sealing.kind is not RecordKind.STATUTORY:  # a law's copy leads to no entry of the log
            trail = known.setdefault(sealing.subject, trail)
        promise = _may_seal(sealing, purpose, actor, facts.get(sealing.subject), trail)
        place = crypto.Place(epochs.root().tenant, sealing.subject, new_id(), sealing.kind)
        items = records.normal(sealing.values)
        sealed = records.seal(place, trail, items, epoch.kek, epoch.number)
        version = sealing.receipt.policy_version if sealing.receipt else policy().version
        news.append(store.New(sealed, version, sealing.destroy_after))
        index += indexing.entries(epoch, place, items)
        acts.append(
            log.Act(
                Event.VAULT_RECORD_SEALED,
                actor,
                trail,
                [sealing.kind],
                [*sealing.values],
                purpose,
                promise,
            )
        )
    store.add(news, index)
    log.record_all(acts)
    return tuple(RecordId(new.record.place.record) for new in news)


def seal(
    subject: SubjectId,
    kind: RecordKind,
    values: Mapping[Item, str],
    *,
    purpose: Purpose,
    actor: Actor,
    receipt: Receipt | None = None,
    destroy_after: datetime | None = None,
) -> RecordId:
    """Seal one record; see :func:`seal_all`."""
    sealing = Sealing(subject, kind, values, receipt, destroy_after)
    return seal_all([sealing], purpose=purpose, actor=actor)[0]


def was_told(sealing: Sealing) -> bool:
    """Whether the person was told what it is for before (P3.6), or it is of a kind no form collects."""
    own = sealing.receipt is not None and sealing.receipt.subject == sealing.subject
    return own or sealing.kind in WITHOUT_RECEIPT


def _may_seal(
    sealing: Sealing, purpose: Purpose, actor: Actor, facts: Facts | None, trail: UUID
) -> str:
    request = request_for(
        Action.SEAL,
        sealing.kind,
        sealing.values,
        purpose=purpose,
        actor=actor,
        subject=sealing.subject,
    )
    promise = permitted(request, facts or ledger.UNKNOWN, trail)
    if was_told(sealing):
        return promise
    reason = f"refused to seal {sealing.kind}: the person was not told the purpose before"
    raise refused(request, Refused(reason, promise="P3.6"), trail)


def amend(
    subject: SubjectId,
    kind: RecordKind,
    values: Mapping[Item, str],
    *,
    purpose: Purpose,
    actor: Actor,
    record: RecordId | None = None,
    without: Collection[Item] = (),
) -> RecordId:
    """Change items of a record, take those in ``without`` away, and re-seal it under a new key.

    The former key is gone with this transaction, and so is every registered copy of an item that is
    changed or taken away. What copies of the former row can still be read with goes with the epoch.

    Refuses and raises like :func:`open_items`, and AlreadyHeld like :func:`seal_all`;
    LedgerUnavailable like :func:`yaksok.privacy.vault.erasing.erase` when items are taken away.
    """
    epoch = epochs.current()
    store.lock(subject)
    touched = {*values, *without}
    request = request_for(
        Action.AMEND, kind, touched, purpose=purpose, actor=actor, subject=subject
    )
    row = newest(subject, kind, record)
    if row is None:
        permitted(request, ledger.standing(subject), None)
        raise gone(subject, record)
    content = content_of(row.record)
    trail = content.trail
    promise = permitted(request, row.facts, trail)
    items = {**content.items, **records.normal(values)}
    place = row.record.place
    if taken := [item for item in without if items.pop(item, None) is not None]:
        named = {RecordId(place.record): place.kind}
        intents.intend(subject, named, at=clock.now(), reason="withdrawn", items=taken)
    store.replace(
        records.seal(place, trail, items, epoch.kek, epoch.number),
        indexing.entries(epoch, place, items),
        touched,
    )
    log.record(
        Event.VAULT_RECORD_AMENDED,
        actor=actor,
        trail=trail,
        kinds=[kind],
        items=[*touched],
        purpose=purpose,
        promise=promise,
    )
    return RecordId(place.record)
