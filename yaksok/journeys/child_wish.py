"""A child asks their guardian for goods. Nothing is ordered by it, and nothing personal is in it."""

from collections.abc import Sequence

from yaksok.database.roles import keeper, retrying
from yaksok.guard import throttle
from yaksok.journeys import basket as baskets
from yaksok.journeys import guardianship
from yaksok.journeys.basket import Basket
from yaksok.kernel.actor import Actor
from yaksok.kernel.errors import Invalid
from yaksok.kernel.ids import SubjectId
from yaksok.mall.wishes import book
from yaksok.policy.entries import Text
from yaksok.policy.vocabulary import AgeClass, Language
from yaksok.privacy.consent import ledger
from yaksok.privacy.guardians.age import GuardianNeeded
from yaksok.privacy.post.letters import Template

LIMIT, SECONDS = 3, 86_400
"""Wishes of one child in a day: a guardian is not to be written to without end."""

NOTHING = Text(ko="부탁할 상품이 없어요.", en="There is nothing to ask for.")


def is_child(actor: Actor) -> bool:
    """Whether who acts is a member below the age of own consent: they order nothing themself."""
    if actor.subject is None:
        return False
    with keeper():
        return ledger.standing(actor.subject).age is AgeClass.CHILD


def wish(actor: Actor, lines: Sequence[tuple[object, object]], *, language: Language) -> Basket:
    """Ask the guardian for ``lines``; they get a letter with a link to order them.

    Raises:
        Invalid: nothing was chosen, or some of it cannot be had.
        Throttled: three wishes in a day.

    Refuses:
        GuardianNeeded: nobody decides for whoever acts.
    """
    priced = baskets.price(lines, language)
    if priced.problems or not priced.lines:
        said = " ".join(problem.text for problem in priced.problems)
        raise Invalid({"": said or NOTHING.in_(language)})
    with keeper():
        guardian = guardianship.guardian_of(actor.subject) if actor.subject else None
    if actor.subject is None or guardian is None:
        raise GuardianNeeded
    throttle.spend("child:wish", actor.subject.bytes, limit=LIMIT, seconds=SECONDS)
    _wish(actor.subject, guardian, priced)
    return priced


@retrying
def _wish(child: SubjectId, guardian: SubjectId, priced: Basket) -> None:
    with keeper():
        asked = guardianship.known(guardian)
        book.make(child, [(line.variant_id, line.quantity) for line in priced.lines])
        guardianship.write(asked, Template.GUARDIAN_WISH, {"path": guardianship.WISH_PATH})
