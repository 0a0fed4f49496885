"""What lies in the outbox, for whoever keeps the mall: counts by kind of letter, and trying again.

Staff see how many letters wait or were given up and since when; to whom they go and what they say
stays closed. When the mail server or the provider is mended, what was given up can begin anew.
"""

from dataclasses import dataclass

from yaksok.database.roles import keeper, retrying
from yaksok.kernel.actor import Actor, Role
from yaksok.kernel.errors import Refused
from yaksok.policy.vocabulary import Channel, Language
from yaksok.privacy.audit import log
from yaksok.privacy.audit.events import Event
from yaksok.privacy.post import shelf
from yaksok.privacy.post.letters import DRAFTS
from yaksok.privacy.post.outbox import State
from yaksok.privacy.post.shelf import Alarms, Pile

LOOKING = frozenset({Role.AUDITOR, Role.CLERK, Role.OFFICER})
ACTING = frozenset({Role.CLERK, Role.OFFICER})


@dataclass(frozen=True, slots=True)
class Line:
    """One pile, and what its letters are called: their subject without its numbers."""

    pile: Pile
    label: str

    @property
    def given_up(self) -> bool:
        """Whether a person must do something."""
        return self.pile.state is State.UNDELIVERABLE


def view(actor: Actor, language: Language) -> tuple[Line, ...]:
    """Everything that lies in the outbox, counted; what was given up first.

    Refuses:
        Refused: the role has no business there (P7.13).
    """
    _must(actor, LOOKING)
    with keeper():
        piles = shelf.piles()
    return tuple(Line(pile, _label(pile, language)) for pile in piles)


def alarms() -> Alarms:
    """What a person must look at, in two counts. For the console and the doctor."""
    with keeper():
        return shelf.alarms()


@retrying
def again(actor: Actor, channel: Channel) -> int:
    """Let what was given up on ``channel`` begin anew, after the wire was mended; how many letters.

    Refuses:
        Refused: the role has no business there (P7.13).

    Records:
        Event.POST_LETTERS_TRIED_AGAIN, with the number.
    """
    _must(actor, ACTING)
    with keeper():
        number = shelf.try_again(channel)
        if number:
            log.record(
                Event.POST_LETTERS_TRIED_AGAIN,
                actor=actor,
                trail=None,
                reason=f"{channel}:{number}",
            )
        return number


def _must(actor: Actor, roles: frozenset[Role]) -> None:
    if actor.role not in roles:
        reason = f"{actor.role} has no business with the outbox"
        raise Refused(reason, promise="P7.13", advice="ask the privacy officer")


def _label(pile: Pile, language: Language) -> str:
    draft = DRAFTS[pile.template]
    blanks = dict.fromkeys({*draft.context, "mall", "link", "stop"}, "…")
    return draft.subject.in_(language).format_map(blanks)
