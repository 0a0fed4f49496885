"""What a partner is given: exactly the items that it was announced to receive, and no others."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from yaksok.kernel.personal import Personal
from yaksok.policy.compile import PART_OF
from yaksok.policy.masks import HIDDEN
from yaksok.policy.vocabulary import Item


@dataclass(frozen=True, slots=True, repr=False)
class Portion:
    """Values by the names of items, ready for one wire call. Says nothing when it is printed."""

    values: Mapping[str, str]

    def __repr__(self) -> str:
        return f"Portion({HIDDEN})"


def portion_of(opened: Mapping[Item, Personal], announced: Collection[Item]) -> Portion:
    """The values of ``announced`` among what was just opened. Hand it to the wire and let it go.

    An item that the person never gave is absent. A postcode travels inside the address, as on a label.
    """
    values = {}
    for item in announced:
        if item not in opened or item in PART_OF:
            continue
        inside = [
            opened[part].reveal()
            for part, whole in PART_OF.items()
            if whole is item and part in opened
        ]
        values[item.value] = " ".join([*(f"({one})" for one in inside), opened[item].reveal()])
    return Portion(values)
