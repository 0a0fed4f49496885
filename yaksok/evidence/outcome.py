"""What a probe found: kept, attested by a person, or not met at present."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.utils.functional import Promise as Lazy
from django.utils.functional import lazy

from yaksok.kernel import clock

Words = str | Lazy


def _with_number(words: Words, n: int) -> str:
    return str(words) % {"n": n}


with_number: Callable[[Words, int], Words] = lazy(_with_number, str)
"""Words with their number, put together in the language of whoever reads them."""


class State(StrEnum):
    """Whether a sentence is true of the running mall."""

    ATTESTED = "attested"
    """A person said so in a register, and the entry is current."""
    KEPT = "kept"
    """The machine looked and found it so."""
    NOT_MET = "not_met"
    """It is not so at present, or nobody could look."""


MARKS = {State.KEPT: "●", State.ATTESTED: "◐", State.NOT_MET: "○"}
"""Signs that are told apart without colour."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """One answer. ``figure`` and ``how`` are translated when they are shown; neither names anyone."""

    state: State
    figure: Words
    how: Words
    at: datetime

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
