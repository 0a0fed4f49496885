"""What every way to prove a guardian takes, and what it gives: evidence, or nothing."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from yaksok.kernel import clock
from yaksok.kernel.errors import Refused
from yaksok.policy.masks import card_end
from yaksok.privacy.guardians.methods.method import Method
from yaksok.privacy.guardians.methods.naming import same_name

LAST = 4
"""Digits of a card that may be kept."""


class Lack(StrEnum):
    """What was not shown."""

    CODE = "code"
    """The code is not the one of the letter."""
    NAME = "name"
    """The name is not the one that the child gave."""
    PHONE = "phone"
    """The telephone is not the one that the child gave."""
    UNFINISHED = "unfinished"
    """The provider was not done."""
    UNSIGNED = "unsigned"
    """Nobody answers for it: no paper, or not the provider's signature."""
    YOUNG = "young"
    """Nobody so young is a guardian."""


class NotProven(Refused):
    """Whoever answered was not shown to be the guardian. Nothing of the child is taken (P9.2)."""

    def __init__(self, why: Lack) -> None:
        super().__init__(
            f"refused to take an answer for a guardian's: {why}",
            promise="P9.2",
            advice="a guardian must act",
        )
        self.why = why


@dataclass(frozen=True, slots=True, repr=False)
class Known:
    """Who was named as the guardian, as the gate opened it for this one comparison."""

    name: str
    phone: str = ""


@dataclass(frozen=True, slots=True, repr=False)
class Claim:
    """What came as proof. Each way reads what is its own, and lets the rest be.

    ``code`` is what was typed, ``expected`` what stood in the letter; ``name`` what whoever answers
    calls themself. ``reference`` is the number of the paper, or what the provider's window was opened
    under. ``by_staff``: a member of staff holds the paper, or the receiver.
    """

    code: str = ""
    expected: str = ""
    name: str = ""
    reference: str = ""
    by_staff: bool = False


@dataclass(frozen=True, slots=True)
class Evidence:
    """How, when and by which token it was shown; of a card at most the last four digits."""

    method: Method
    at: datetime
    token: str
    last_four: str = ""

    def __post_init__(self) -> None:
        if len(self.last_four) > LAST:
            msg = f"more than {LAST} digits of a card are never kept"
            raise ValueError(msg)

    def written(self) -> str:
        """In one line, as it is sealed."""
        said = [self.method.value, self.at.isoformat(timespec="seconds"), self.token]
        return " ".join([*said, card_end(self.last_four)] if self.last_four else said)


class Verifier(Protocol):
    """One way to prove a guardian."""

    method: Method

    def window(self, reference: str, back: str) -> str:
        """Where the guardian goes to be proven, to come back to ``back``; "" when they stay here."""
        ...

    def prove(self, claim: Claim, known: Known) -> Evidence:
        """The evidence that ``claim`` is the guardian's.

        Refuses:
            NotProven: it is not shown.

        Raises:
            Away: a provider does not answer; nothing is decided, try again.
        """
        ...


def must_be_named(claim: Claim, known: Known) -> None:
    """Nothing, when whoever answers bears the name that the child gave.

    Refuses:
        NotProven: they do not, or said none.
    """
    if not same_name(claim.name, known.name):
        raise NotProven(Lack.NAME)


def evidence(method: Method, token: str, last_four: str = "") -> Evidence:
    """Evidence of this moment."""
    return Evidence(method, clock.now(), token, last_four)
