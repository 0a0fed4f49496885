"""What waits for a person after a handing-over: told on the page where staff begin, and to the doctor."""

from dataclasses import dataclass
from datetime import timedelta

from yaksok.database.roles import keeper
from yaksok.journeys.courier_files import must_look
from yaksok.kernel import clock
from yaksok.kernel.actor import Actor, Role
from yaksok.privacy.disclosure import undone
from yaksok.privacy.disclosure.undone import Undone

__all__ = ["AT_PARTNERS", "IN_FILES", "SEES_PARTNERS", "Left", "Undone", "left"]

IN_FILES = frozenset({Undone.NOT_CONFIRMED, Undone.TO_TELEPHONE})
AT_PARTNERS = frozenset({Undone.BROKEN, Undone.NOT_GIVEN})
SEES_PARTNERS = frozenset({Role.AUDITOR, Role.OFFICER})
"""Whose page it is that tells of programmes; a clerk is told to tell them."""


@dataclass(frozen=True, slots=True)
class Left:
    """So much of one kind waits for somebody; the oldest of it since so long. ``here``: they can see to it."""

    what: Undone
    count: int
    age: timedelta
    here: bool


def left(actor: Actor) -> tuple[Left, ...]:
    """What waits, the longest first; empty when nothing does. Opens nothing, names nobody.

    Refuses:
        Refused: who asks is not staff of orders (P7.13).

    Cost:
        One statement over the handovers that are open or were given up.
    """
    must_look(actor)
    now = clock.now()
    with keeper():
        found = undone.piles()
    return tuple(
        Left(
            pile.what,
            pile.count,
            now - pile.oldest,
            pile.what not in AT_PARTNERS or actor.role in SEES_PARTNERS,
        )
        for pile in found
    )
