"""Letters about a consent to advertising: noted in batches, each once, for whom the policy permits it."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

from yaksok.database.roles import keeper, retrying
from yaksok.journeys.rounds import Told, until_nobody
from yaksok.kernel import clock
from yaksok.kernel.actor import Actor
from yaksok.policy.in_force import policy
from yaksok.policy.vocabulary import Item, Language, RecordKind
from yaksok.privacy.consent import reminding, telling
from yaksok.privacy.consent.reminding import Due
from yaksok.privacy.post import outbox
from yaksok.privacy.post.letters import Template
from yaksok.privacy.post.purposes import purpose_of
from yaksok.privacy.vault import gate

KIND, ITEMS = RecordKind.MEMBERSHIP, frozenset({Item.EMAIL})
AT_ONCE = 200
"""Consents of one transaction."""

AGAIN = timedelta(days=1)
"""After that somebody is looked at again whom the policy did not permit to be written to."""


@dataclass(frozen=True, slots=True)
class Round:
    """One kind of letter: who is due, how one is marked as done, and what a letter says."""

    template: Template
    due: Callable[[int], list[Due]]
    mark: Callable[[Collection[Due]], list[Due]]
    words: Callable[[Due, Language], Mapping[str, str]]


def send(one: Round, actor: Actor) -> Told:
    """Note every letter of ``one`` that is due. Safe at any time, by several workers at once.

    That a letter is noted is written down in the transaction that notes it, so each goes out once
    whatever is cut off.

    Records:
        Event.VAULT_ACCESS_REFUSED with the number of those passed over, for each promise.
    """
    return until_nobody(partial(_some, one, actor))


@retrying
def _some(one: Round, actor: Actor) -> Told | None:
    """One batch; None when nobody is left to be told."""
    with keeper():
        due = one.due(AT_ONCE)
        if not due:
            return None
        subjects = {each.subject for each in due}
        purpose = purpose_of(one.template, KIND)
        found = gate.sift(subjects, ITEMS, kind=KIND, purpose=purpose, actor=actor)
        marked = one.mark([each for each in due if each.subject in found.permitted])
        spoken = telling.languages(subjects)
        outbox.note_all(
            [
                outbox.Note(
                    each.subject,
                    one.template,
                    KIND,
                    found.permitted[each.subject],
                    language := spoken.get(each.subject, Language.KOREAN),
                    one.words(each, language),
                )
                for each in marked
            ]
        )
        others = [each for each in due if each.subject not in found.permitted]
        reminding.postpone(others, clock.now() + AGAIN)
        return Told(len(marked), len(others))


def text_of(name: str, language: Language) -> str:
    """The words of the consent ``name``; empty when the policy in force asks it no more."""
    entry = policy().document.body.consents.get(name)
    return entry.text.in_(language) if entry else ""
