"""What the API takes and shows, kept apart from it: the list of collection points needs this, not ninja."""

from collections.abc import Mapping
from types import MappingProxyType

from yaksok.policy.collecting import Declaration, takes
from yaksok.policy.entries import Text
from yaksok.policy.vocabulary import Item, RecordKind

LOOK_UP = takes(
    Text(ko="주문 조회 (API)", en="Order look-up (API)"),
    compared={"secret": (RecordKind.ORDER_PAYER, Item.PASSWORD)},
    fields=frozenset({"number"}),
)

OPERATIONS: Mapping[str, tuple[str, Declaration]] = MappingProxyType(
    {"look_up": ("orders/look-up", LOOK_UP)}
)
"""By the name of the address: its route below the API, and what may be sent there."""


def _goods(names: str) -> dict[str, RecordKind | None]:
    """Fields that say nothing about a person."""
    return dict.fromkeys(names.split())


_CARD = _goods("slug name summary maker price price_varies supply picture")

ANSWERS: Mapping[str, Mapping[str, RecordKind | None]] = MappingProxyType(
    {
        "CardOut": _CARD,
        "LineOut": _goods("name option quantity subtotal"),
        "OrderOut": _goods("number state state_label placed_at total lines")
        | {"recipient": RecordKind.ORDER_RECIPIENT},
        "PageOut": _goods("goods total page pages"),
        "PictureOut": _goods("url width height alt"),
        "ProductOut": _CARD | _goods("description origin pictures variants"),
        "PromiseOut": _goods("id text state rule proof evidence mark figure how where at"),
        "TroubleOut": _goods("status title advice problems"),
        "VariantOut": _goods("id sku label price supply"),
    }
)
"""Every field of every answer: the record whose masked values it carries, or None for nobody's."""
