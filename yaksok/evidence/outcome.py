"""What a probe found: kept, attested by a person, or not met at present."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.utils.functional import Promise as Lazy
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from yaksok.kernel import clock

Words = str | Lazy


def _with_number(words: Words, n: int) -> str:
    return str(words) % {"n": n}


with_number: Callable[[Words, int], Words] = lazy(_with_number, str)
"""Words with their number, put together in the language of whoever reads them."""


def _with_both(words: Words, n: int, of: int) -> str:
    return str(words) % {"n": n, "of": of}


_with_both_later: Callable[[Words, int, int], Words] = lazy(_with_both, str)


class State(StrEnum):
    """Whether a sentence is true of the running mall."""

    ATTESTED = "attested"
    """A person said so in a register, and the entry is current."""
    KEPT = "kept"
    """The machine looked and found it so."""
    NOTHING_YET = "nothing_yet"
    """Nothing has happened in this mall yet that could show it."""
    NOT_MET = "not_met"
    """It is not so at present, or nobody could look."""


MARKS = {State.KEPT: "●", State.ATTESTED: "◐", State.NOTHING_YET: "◌", State.NOT_MET: "○"}
"""Signs that are told apart without colour."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """One answer. The words are translated when they are shown; they name nobody.

    ``where`` says which book to open when the sentence is not met.
    """

    state: State
    figure: Words
    how: Words
    at: datetime
    where: Words = ""

    @property
    def broken(self) -> bool:
        """Whether somebody must look at it."""
        return self.state is State.NOT_MET

    @property
    def mark(self) -> str:
        """The sign beside the sentence."""
        return MARKS[self.state]


def kept_if(true: bool, figure: Words, how: Words) -> Outcome:  # noqa: FBT001 - the finding itself
    """Kept when what was looked for was found so, otherwise not met."""
    return Outcome(State.KEPT if true else State.NOT_MET, figure, how, clock.now())


def attested_if(true: bool, figure: Words, how: Words) -> Outcome:  # noqa: FBT001 - the finding itself
    """Attested when a current register entry says so, otherwise not met."""
    return Outcome(State.ATTESTED if true else State.NOT_MET, figure, how, clock.now())


def counted(wrong: int, of: int, how: Words, where: Words) -> Outcome:
    """Not met when ``wrong`` of ``of`` things that were looked at are not as promised, else kept.

    With nothing to look at there is nothing to say yet. How many were looked at is said as a power
    of ten that it reaches: how much a mall trades is nobody's business.
    """
    if not of and not wrong:
        return Outcome(State.NOTHING_YET, _("살펴본 것 0건"), how, clock.now(), where)
    reached = 10 ** (len(str(max(of, 1))) - 1)
    figure = _with_both_later(_("어긋난 것 %(n)d건, 살펴본 것 %(of)d건 이상"), wrong, reached)
    return Outcome(State.NOT_MET if wrong else State.KEPT, figure, how, clock.now(), where)
