"""How a table that holds something about a person says, column by column, how it ends.

Each app lists its tables in ``holdings.py`` as ``HOLDINGS``. What ends with the person is
:data:`ERASE`; what stays has a reason and an end. A column that says nothing fails the build.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Erase:
    """The column's value goes when the person goes."""


@dataclass(frozen=True, slots=True)
class Keep:
    """The column's value stays: why, and until when, in words fit to be shown.

    Both are written in Korean and in English, with `` / `` between: they stand in the plan of
    whoever leaves.
    """

    reason: str
    until: str

    def why(self, *, korean: bool) -> str:
        """The reason in one language."""
        return _half(self.reason, korean=korean)

    def how_long(self, *, korean: bool) -> str:
        """The end in one language."""
        return _half(self.until, korean=korean)


def _half(words: str, *, korean: bool) -> str:
    ko, _, en = words.partition(" / ")
    return ko if korean or not en else en


ERASE = Erase()

Ending = Erase | Keep

GATE = "gate"
"""The vault erases it, and nobody else."""
ROWS = "rows"
"""The rows of the person are deleted when they leave."""
OWN = "own"
"""The app's own journey or sweep ends it; the columns say how."""


@dataclass(frozen=True, slots=True)
class Holding:
    """One table. ``subject`` names the column that says about whom a row is.

    ``by`` says who ends it: :data:`GATE`, :data:`ROWS` or :data:`OWN`. Deleting rows is allowed
    only where every column is :data:`ERASE`.
    """

    table: str
    subject: str
    ko: str
    en: str
    columns: Mapping[str, Ending] = field(default_factory=dict)
    by: str = ROWS

    def __post_init__(self) -> None:
        if self.by == ROWS and any(isinstance(end, Keep) for end in self.columns.values()):
            msg = (
                f"{self.table}: rows that are deleted keep nothing; name another way for it to end"
            )
            raise ValueError(msg)


@dataclass(frozen=True, slots=True)
class Impersonal:
    """A table that holds nothing about any person, and why that is so."""

    table: str
    why: str


def erased(*columns: str) -> dict[str, Ending]:
    """Every column of ``columns`` goes with the person."""
    return dict.fromkeys(columns, ERASE)


def kept(*columns: str, reason: str, until: str) -> dict[str, Ending]:
    """Every column of ``columns`` stays, for one reason and until one moment."""
    return dict.fromkeys(columns, Keep(reason, until))
