"""What lies inside a sealed record: the subject's trail id and the items, padded to a bucket."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

import msgspec

from yaksok.policy.vocabulary import Item
from yaksok.privacy.vault import crypto, padding
from yaksok.privacy.vault.cipher import Kek
from yaksok.privacy.vault.faults import NotARecord


class Content(msgspec.Struct, array_like=True, frozen=True, gc=False):
    """The plain content of one record."""

    trail: UUID
    items: dict[str, str]


_encoder = msgspec.msgpack.Encoder(uuid_format="bytes")
_decoder = msgspec.msgpack.Decoder(Content)


@dataclass(frozen=True, slots=True)
class Sealed:
    """One record as it is stored."""

    place: crypto.Place
    epoch: int
    key: crypto.SealedKey
    sealed: bytes


def normal(values: Mapping[Item, str]) -> dict[str, str]:
    """Items by name in NFC, so that a value typed in two ways is stored in one."""
    return {item.value: unicodedata.normalize("NFC", value) for item, value in values.items()}


def seal(place: crypto.Place, trail: UUID, items: dict[str, str], kek: Kek, epoch: int) -> Sealed:
    """A new sealed record under a new key."""
    key, label = crypto.new_key(), place.label()
    content = padding.pad(_encoder.encode(Content(trail, items)))
    return Sealed(
        place, epoch, crypto.wrap(kek, key, label, epoch), crypto.seal(key, content, label)
    )


def unseal(record: Sealed, kek: Kek) -> Content:
    """The content of a stored record. Raises a kind of Tampered when anything is wrong."""
    label = record.place.label()
    return content(crypto.unwrap(kek, record.key, label, record.epoch), record.sealed, label)


def content(key: bytes, sealed: bytes, label: bytes) -> Content:
    """What was sealed under a data key. Raises like :func:`unseal`."""
    plain = crypto.unseal(key, sealed, label)
    try:
        return _decoder.decode(padding.unpad(plain))
    except (ValueError, msgspec.MsgspecError):
        raise NotARecord(crypto.RECORD) from None
