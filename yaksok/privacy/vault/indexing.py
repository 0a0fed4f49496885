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


def entries(epoch: Epoch, place: Place, items: Mapping[str, str]) -> list[Entry]:
    """The index entries of a record's content in ``epoch``."""
    kind = RecordKind(place.kind)
    return [
        Entry(
            label(kind, item),
            entry_digest(epoch.index_key, place.tenant, kind, item, items[item]),
            SubjectId(place.subject),
            RecordId(place.record),
        )
        for item in FINDABLE.get(kind, ())
        if item in items
    ]
