"""What a courier is given. There is no type that carries more, and no way to send another one."""

from collections.abc import Mapping
from dataclasses import dataclass, fields

from yaksok.kernel.personal import Personal
from yaksok.policy.vocabulary import Item

OPENED_FOR_A_LABEL = frozenset({Item.NAME, Item.POSTCODE, Item.ADDRESS, Item.PHONE})
"""Items that are opened for it. The postcode travels inside the address."""


class Incomplete(ValueError):
    """A record lacks what a label needs, so nothing is sent."""


@dataclass(frozen=True, slots=True, repr=False)
class Label:
    """Name, address and telephone number of one recipient (P4.13). Three fields, no more (P4.12)."""

    name: str
    address: str
    phone: str

    def __repr__(self) -> str:
        return "Label(***)"


ON_A_LABEL = tuple(field.name for field in fields(Label))


def label_of(opened: Mapping[Item, Personal]) -> Label:
    """The label made of what was just opened. Hand it to the wire and let it go.

    Raises:
        Incomplete: name, address or phone is missing.
    """
    try:
        name, address, phone = (opened[i].reveal() for i in (Item.NAME, Item.ADDRESS, Item.PHONE))
    except KeyError:
        msg = "the record holds no complete label"
        raise Incomplete(msg) from None
    postcode = postcode_of(opened)
    return Label(name, f"({postcode}) {address}" if postcode else address, phone)


def postcode_of(opened: Mapping[Item, Personal]) -> str:
    """The postcode of what was opened for a label, for whoever wants it in a column of its own."""
    return opened[Item.POSTCODE].reveal() if Item.POSTCODE in opened else ""
