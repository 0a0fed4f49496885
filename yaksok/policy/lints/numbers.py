"""Documents that take a number which the state gave a person, as both laws see it."""

import re
from collections.abc import Iterator

from yaksok.policy.entries import Text
from yaksok.policy.lints.finding import Case, Fault
from yaksok.policy.places import Path
from yaksok.policy.vocabulary import Item

RESIDENT = (
    r"주\W?민\W?(?:등\W?록\W?)?(?:증\W?)?번\W?호|住民(?:登[錄録])?番[號号]"
    r"|resident[\W_]+registration|\bR\W?R\W?N\b"
)
"""The Korean number by its names, however the words are spaced or written."""

_REFUSED = re.compile(r"않|거절|never|not taken|refused", re.IGNORECASE)
_REQUIRED = re.compile(r"필수|required", re.IGNORECASE)


def taken(case: Case, named: re.Pattern[str], called: str, wording: Text) -> Iterator[Fault]:
    """A fault for each item, text and clause that takes a number which ``named`` finds.

    An item that names the statute which requires it may stand, with its words. A clause may name
    the number if it says that it is not taken, and does not call it required.
    """
    spoken_for: set[Path] = set()
    for kind, record in case.body.records.items():
        entry = record.items.get(Item.RRN)
        keys: Path = ("records", kind.value, "items", Item.RRN.value)
        if entry is not None:
            spoken_for.add(keys)
        if entry is not None and not entry.statute:
            cure = "remove the item, or name the law that requires the number as its statute"
            yield Fault(keys, f"asks for {called}", cure, wording)
    for said in case.said:
        if said.keys[:4] in spoken_for or said.names(named) is None:
            continue
        if said.promise is None or not said.names(_REFUSED) or said.names(_REQUIRED):
            cure = "remove it: consent is no basis; to know a person use phone or e-mail"
            yield Fault(said.keys, f"names {called}", cure, wording)
