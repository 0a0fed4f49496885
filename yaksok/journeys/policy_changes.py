"""What published versions ask one member, version by version, beside the words that change."""

from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from yaksok.database.roles import keeper
from yaksok.journeys import consents, policy_versions
from yaksok.journeys.consents import Question
from yaksok.kernel.actor import Actor
from yaksok.kernel.errors import NotFound
from yaksok.policy.vocabulary import Language
from yaksok.policy.wording_diff import Change, Kind
from yaksok.privacy.published import obeying


@dataclass(frozen=True, slots=True)
class PolicyChange:
    """One version that asks the member something. ``words`` is the operator's summary, or ``""``."""

    number: int
    version: str
    effective_at: datetime
    words: str
    questions: tuple[Question, ...]

    @property
    def pending(self) -> int:
        """How many of its questions wait for an answer."""
        return sum(one.agreed is None for one in self.questions)

    def place_of(self, point: str) -> int:
        """Where the question about ``point`` stands on the page, from 1.

        Raises:
            NotFound: it was never put to this member.
        """
        names = [one.point for one in self.questions]
        if point not in names:
            msg = "this was never put to the person"
            raise NotFound(msg)
        return names.index(point) + 1


def mine(actor: Actor, language: Language) -> tuple[PolicyChange, ...]:
    """Every version that asked the member something, newest first."""
    with keeper():
        asked = consents.view(actor, language).questions
        return tuple(
            _change(number, tuple(questions), language)
            for number, questions in groupby(asked, key=lambda one: one.number)
        )


def one(actor: Actor, number: int, language: Language) -> PolicyChange:
    """What version ``number`` asks the member.

    Raises:
        NotFound: it asks them nothing; they joined when it was in force, or there is none.
    """
    for change in mine(actor, language):
        if change.number == number:
            return change
    msg = "this version asks the person nothing"
    raise NotFound(msg)


def excerpt(number: int, language: Language) -> tuple[int, tuple[Change, ...]]:
    """The version before ``number``, and every paragraph of the policy that is not the same since.

    Raises:
        NotFound: there is no such version, or none before it.
    """
    before = policy_versions.row(number).before
    if before is None:
        raise NotFound
    found = policy_versions.compare(before, number, language, "policy")
    return before, tuple(change for change in found.changes if change.kind is not Kind.SAME)


def _change(number: int, questions: tuple[Question, ...], language: Language) -> PolicyChange:
    said = obeying.compiled(number).document.body.changes
    return PolicyChange(
        number=number,
        version=questions[0].version,
        effective_at=questions[0].effective_at,
        words=said.in_(language) if said else "",
        questions=questions,
    )
