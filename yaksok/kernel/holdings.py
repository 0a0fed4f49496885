"""How a table that holds something about a person says, column by column, what it is and how it ends.

Each app lists its tables in ``holdings.py`` as ``HOLDINGS``. What ends with the person is
:class:`Erase`; what stays has a reason and an end. A column that says nothing fails the build.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

Words = str
"""The same words in Korean and in English, with `` / `` between."""


class About(StrEnum):
    """Whom the rows of a table tell of."""

    GUEST = "guest"
    """Who pays or receives without an account."""
    GUARDIAN = "guardian"
    """Who decides for a child."""
    MEMBER = "member"
    """Who has an account, and whom they order for."""
    STAFF = "staff"
    """Who works here."""


class Nature(StrEnum):
    """What one column holds."""

    FACT = "fact"
    """Something about the person that names nobody: a state, a time, an amount."""
    ID = "id"
    """A random number that leads to the person, or to somebody or something of theirs."""
    NOTHING = "nothing"
    """Nothing about any person: wrapped keys, places in a queue."""
    VALUE = "value"
    """An item's value, sealed or turned into what cannot be turned back."""


@dataclass(frozen=True, slots=True)
class Erase:
    """The column's value goes when the person goes."""

    nature: Nature | None = None


@dataclass(frozen=True, slots=True)
class Keep:
    """The column's value stays: why, and until when, in words fit to be shown.

    Both are written in Korean and in English, with `` / `` between: they stand in the plan of
    whoever leaves.
    """

    reason: Words
    until: Words
    nature: Nature | None = None

    def why(self, *, korean: bool) -> str:
        """The reason in one language."""
        return half(self.reason, korean=korean)

    def how_long(self, *, korean: bool) -> str:
        """The end in one language."""
        return half(self.until, korean=korean)


def half(words: Words, *, korean: bool) -> str:
    """One language of ``words``; all of them where they are in one language only."""
    ko, _, en = words.partition(" / ")
    return ko if korean or not en else en


Ending = Erase | Keep


@dataclass(frozen=True, slots=True)
class After:
    """A row ends when ``period`` after the moment in ``column`` is over; never while that is NULL.

    ``column`` is a column or an expression of columns, ``where`` which rows it is about; both are
    constants of the code. ``through`` names a function of the database that deletes in our place,
    where the role of journeys may only add.
    """

    period: str
    column: str
    where: str = "true"
    through: str = ""


@dataclass(frozen=True, slots=True)
class WithRow:
    """A row ends in the moment in which its row in ``table`` does. ``on``: own column to that one's."""

    table: str
    on: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class AfterPerson:
    """A row ends when ``period`` is over since nothing is held about its person any more.

    What a law keeps does not count as held. ``empties`` names columns that are overwritten with
    zeros while the row stays.
    """

    period: str
    empties: tuple[str, ...] = ()
    through: str = ""


@dataclass(frozen=True, slots=True)
class EndedBy:
    """Code ends it: the dotted name of what does."""

    carrier: str


@dataclass(frozen=True, slots=True)
class NoEnd:
    """It stays, because ``why``, in both languages."""

    why: Words


RowEnd = After | WithRow | AfterPerson | EndedBy | NoEnd
"""How the rows of a table that keeps something come to their end."""

GATE = "gate"
"""The vault erases it, and nobody else."""
ROWS = "rows"
"""The rows of the person are deleted when they leave."""
OWN = "own"
"""The app's own journey or sweep ends it; the columns say how."""

SEALED = "sealed"
"""A column carries every item that is kept in records of the vault."""
FINDABLE = "findable"
"""A column carries what finds a record by an item's value."""


@dataclass(frozen=True, slots=True)
class Holding:
    """One table. ``subject`` names the column that says about whom a row is.

    ``by`` says who ends it: :data:`GATE`, :data:`ROWS` or :data:`OWN`. Deleting rows is allowed
    only where every column is :class:`Erase`. ``about`` says what such a person is to the mall,
    ``promises`` by which sentences it is held and ends. ``of_another`` names columns that lead to
    somebody else than ``subject``. ``carries`` says of a column which items it holds in any form:
    :data:`SEALED`, :data:`FINDABLE`, or ``membership.password`` by record kind and item. ``ends``
    carries out what :class:`Keep` says: a table that keeps something and names none fails the build.
    """

    table: str
    subject: str
    ko: str
    en: str
    columns: Mapping[str, Ending] = field(default_factory=dict)
    by: str = ROWS
    about: tuple[About, ...] = ()
    promises: tuple[str, ...] = ()
    of_another: tuple[str, ...] = ()
    carries: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    ends: tuple[RowEnd, ...] = ()

    def __post_init__(self) -> None:
        if self.by == ROWS and any(isinstance(end, Keep) for end in self.columns.values()):
            msg = (
                f"{self.table}: rows that are deleted keep nothing; name another way for it to end"
            )
            raise ValueError(msg)


@dataclass(frozen=True, slots=True)
class Impersonal:
    """A table that holds nothing about any person, and why that is so, in both languages."""

    table: str
    why: Words


def erased(
    *unsaid: str,
    ids: tuple[str, ...] = (),
    facts: tuple[str, ...] = (),
    values: tuple[str, ...] = (),
    nothing: tuple[str, ...] = (),
) -> dict[str, Ending]:
    """Every column that is named goes with the person; the keyword says what it holds."""
    natures = _natures(unsaid, ids, facts, values, nothing)
    return {column: Erase(nature) for column, nature in natures.items()}


def kept(
    *unsaid: str,
    reason: Words,
    until: Words,
    ids: tuple[str, ...] = (),
    facts: tuple[str, ...] = (),
    values: tuple[str, ...] = (),
    nothing: tuple[str, ...] = (),
) -> dict[str, Ending]:
    """Every column that is named stays, for one reason and until one moment."""
    natures = _natures(unsaid, ids, facts, values, nothing)
    return {column: Keep(reason, until, nature) for column, nature in natures.items()}


def _natures(
    unsaid: tuple[str, ...],
    ids: tuple[str, ...],
    facts: tuple[str, ...],
    values: tuple[str, ...],
    nothing: tuple[str, ...],
) -> dict[str, Nature | None]:
    return {
        **dict.fromkeys(unsaid),
        **dict.fromkeys(ids, Nature.ID),
        **dict.fromkeys(facts, Nature.FACT),
        **dict.fromkeys(values, Nature.VALUE),
        **dict.fromkeys(nothing, Nature.NOTHING),
    }
