"""Lines of a basket on their way through a form: ``id:quantity,id:quantity``. Goods only."""

from collections.abc import Mapping

from yaksok.journeys.basket import MOST_LINES

LONGEST = (36 + 1 + 6 + 1) * (MOST_LINES + 1)
"""Characters that are read; one line more than allowed, so that too many can be told."""

ASKED = frozenset({"lines", "quantity", "variant"})
"""What a page of goods sends: a whole basket, or one product."""

Lines = list[tuple[object, object]]


def read(posted: Mapping[str, str]) -> Lines:
    """The lines that a form carries: a whole basket, or one product bought at once."""
    if variant := posted.get("variant"):
        return [(variant, posted.get("quantity") or "1")]
    parts = (part.partition(":") for part in posted.get("lines", "")[:LONGEST].split(","))
    return [(variant, quantity) for variant, colon, quantity in parts if colon]


def written(lines: Lines) -> str:
    """``lines`` as a form carries them."""
    return ",".join(f"{variant}:{quantity}" for variant, quantity in lines)
