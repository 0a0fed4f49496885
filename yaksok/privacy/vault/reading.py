"""Read a stored record: its content, its trail, and what to say when it is gone."""

from collections.abc import Collection, Mapping
from uuid import UUID

from yaksok.kernel.errors import NotFound, Shredded
from yaksok.kernel.ids import RecordId, SubjectId
from yaksok.policy.vocabulary import Item, RecordKind
from yaksok.privacy.vault import crypto, epochs, records, store
from yaksok.privacy.vault.cipher import Kek
from yaksok.privacy.vault.faults import WrongEpoch


def content_of(record: records.Sealed) -> records.Content:
    """What lies inside. Shredded when its epoch's keys are destroyed, Tampered when altered."""
    try:
        return records.unseal(record, _kek(record.epoch))
    except WrongEpoch:
        # The key in memory may be of an epoch that was rolled back before it was stored; what the
        # database says now decides.
        epochs.forget_keys()
        return records.unseal(record, _kek(record.epoch))


def _kek(number: int) -> Kek:
    try:
        return epochs.numbered(number).kek
    except Shredded:
        if store.epoch_is_known(number):
            raise
        raise WrongEpoch(f"{crypto.KEY} in epoch {number}") from None


def trail_in(record: records.Sealed) -> UUID:
    """The trail id of the subject that the record is about."""
    return content_of(record).trail


def trails(subjects: Collection[SubjectId]) -> dict[SubjectId, UUID]:
    """The trail id of each subject that the vault holds anything of."""
    tenant = epochs.root().tenant
    return {subject: trail_in(one) for subject, one in store.one_of_each(tenant, subjects).items()}


def newest(subject: SubjectId, kind: RecordKind, record: RecordId | None) -> store.Row | None:
    """The named record of this kind, or without a name the newest; None when there is none."""
    rows = store.of_subject(epochs.root().tenant, subject, kind)
    if record is None:
        return rows[-1] if rows else None
    for row in rows:
        if row.record.place.record == record:
            return row
    return None


def given(
    names: Collection[tuple[SubjectId, RecordId]], *, kind: RecordKind
) -> Mapping[tuple[SubjectId, RecordId], frozenset[Item]]:
    """Which items each record of ``kind`` holds. No value and no mask leaves the vault."""
    wanted = set(names)
    found = {}
    for row in store.by_ids(epochs.root().tenant, wanted, kind):
        name = (SubjectId(row.record.place.subject), RecordId(row.record.place.record))
        if name in wanted:
            found[name] = frozenset(Item(item) for item in content_of(row.record).items)
    return found


def gone(subject: SubjectId, record: RecordId | None) -> Shredded | NotFound:
    """The error for a record that is not there: erased for good, or never known."""
    if store.was_erased(subject, record):
        return Shredded("what was asked for was erased; its key does not exist any more (P3.9)")
    return NotFound("there is no such record")
