"""Which items can be found by value, and how: a keyed digest, and nothing else."""

import unicodedata
from collections.abc import Mapping

from yaksok.kernel.ids import RecordId, SubjectId
from yaksok.policy.vocabulary import Item, RecordKind
from yaksok.privacy.vault.crypto import Place, digest
from yaksok.privacy.vault.epochs import Epoch
from yaksok.privacy.vault.store import Entry

FINDABLE = {
    RecordKind.MEMBERSHIP: (Item.EMAIL, Item.LOGIN_ID),
    RecordKind.STAFF_ACCOUNT: (Item.LOGIN_ID,),
}
"""Found by value, and unique. Nothing else is searchable: not a name, not an address, not a guest."""


ENTRY = "an entry of the index"


def label(kind: RecordKind | str, item: Item | str) -> str:
    """The index's name for one item of one kind, ``membership.email``."""
    return f"{kind}.{item}"


def normal(value: str) -> str:
    """A value as it is sought: NFC, without regard to case."""
    return unicodedata.normalize("NFC", value).strip().casefold()


def entry_digest(
    index_key: bytes, tenant: bytes, kind: RecordKind, item: Item, value: str
) -> bytes:
    """The digest by which ``value`` is found in one epoch."""
    return digest(index_key, tenant, label(kind, item), normal(value))


def digests(epoch: Epoch, tenant: bytes, kind: RecordKind, item: Item, value: str) -> list[bytes]:
    """Every digest by which ``value`` may be found now: one, or two while an epoch is closed."""
    keys = [epoch.index_key, *(one.index_key for one in epoch.closing)]
    return [entry_digest(key, tenant, kind, item, value) for key in keys]


def entries(epoch: Epoch, place: Place, items: Mapping[str, str]) -> list[Entry]:
    """The index entries of a record's content in ``epoch``, and in the one that is being closed.

    So each value stands under the old index key until the end, and is unique under it.
    """
    kind = RecordKind(place.kind)
    return [
        Entry(
            label(kind, item),
            entry_digest(one.index_key, place.tenant, kind, item, items[item]),
            one.number,
            SubjectId(place.subject),
            RecordId(place.record),
        )
        for one in (epoch, *epoch.closing)
        for item in FINDABLE.get(kind, ())
        if item in items
    ]
