"""What a courier is given. There is no type that carries more, and no way to send another one."""

from collections.abc import Mapping
from dataclasses import dataclass, fields

from yaksok.kernel.personal import Personal
from yaksok.policy.vocabulary import Item

OPENED_FOR_A_LABEL = frozenset({Item.NAME, Item.POSTCODE, Item.ADDRESS, Item.PHONE})
"""Items that are opened for it. The postcode travels inside the address."""

OPENED_WITH_A_SAFE_NUMBER = OPENED_FOR_A_LABEL - {Item.PHONE} | {Item.SAFE_NUMBER}
"""The same of a parcel whose courier gets a safe number: the telephone is not opened at all."""


class Incomplete(ValueError):
    """A record lacks what a label needs, so nothing is sent."""


@dataclass(frozen=True, slots=True, repr=False)
class Label:
    """Name, address and telephone number of one recipient (P4.13). Three fields, no more (P4.12).

    In ``phone`` stands the safe number where one was wished for.
    """

    name: str
    address: str
    phone: str

    def __repr__(self) -> str:
        return "Label(***)"


ON_A_LABEL = tuple(field.name for field in fields(Label))


def label_of(opened: Mapping[Item, Personal]) -> Label:
    """The label made of what was just opened. Hand it to the wire and let it go.

    Raises:
        Incomplete: name, address or phone is missing; or a safe number stands beside the phone.
    """
    number = Item.SAFE_NUMBER if Item.SAFE_NUMBER in opened else Item.PHONE
    if {Item.PHONE, Item.SAFE_NUMBER} <= opened.keys():
        msg = "a label has one number: whoever has a safe number keeps the telephone"
        raise Incomplete(msg)
    try:
        name, address, phone = (opened[i].reveal() for i in (Item.NAME, Item.ADDRESS, number))
    except KeyError:
        msg = "the record holds no complete label"
        raise Incomplete(msg) from None
    postcode = postcode_of(opened)
    return Label(name, f"({postcode}) {address}" if postcode else address, phone)


def postcode_of(opened: Mapping[Item, Personal]) -> str:
    """The postcode of what was opened for a label, for whoever wants it in a column of its own."""
    return opened[Item.POSTCODE].reveal() if Item.POSTCODE in opened else ""
