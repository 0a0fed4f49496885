"""The refusal centre: what a person refuses for good, and takes back; nobody else can do either.

A refusal of any use beyond what was told at first, or of third parties altogether or one by one,
stands until the person lifts it. It outlives every later question and every change of the legal
basis, and a consent given meanwhile does not undo it (P4.8, P4.9).
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from yaksok.database.roles import keeper, retrying
from yaksok.journeys import consent_words as words
from yaksok.journeys import consents, look_up, programmes
from yaksok.kernel.actor import Actor, Role
from yaksok.kernel.errors import NotFound, Refused
from yaksok.kernel.ids import SubjectId
from yaksok.mall.accounts import credentials
from yaksok.policy import in_force
from yaksok.policy.facts import BEYOND_SCOPE, DISCLOSE
from yaksok.policy.vocabulary import Item, Language
from yaksok.privacy.audit import log
from yaksok.privacy.audit.events import Event
from yaksok.privacy.consent import ledger
from yaksok.privacy.vault import gate

PERSONS = frozenset({Role.GUEST, Role.MEMBER, Role.RECIPIENT})
"""Who can refuse: the person, however they show that they are it. Staff and the mall cannot."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """A standing refusal. ``since`` is when it was last made; None while it does not stand."""

    name: str
    text: str
    means: str
    stands: bool
    since: datetime | None
    channel: str | None


@dataclass(frozen=True, slots=True)
class Change:
    """What a refusal took with it: consents that stood against it, what they justified, who is told."""

    withdrawn: tuple[str, ...] = ()
    items: tuple[Item, ...] = ()
    told: int = 0
    unreadable_by: datetime | None = None


def view(actor: Actor, language: Language) -> tuple[Refusal, ...]:
    """Everything that can be refused under the policy in force, and what the person refused before."""
    subject = _person(actor, BEYOND_SCOPE)
    with keeper():
        facts, receipts = ledger.standing(subject), ledger.receipts(subject)
        policy = in_force.policy()
        texts = words.refusable(policy)
        gone = {
            name: words.GONE for name in facts.refusals if words.is_of_somebody_gone(policy, name)
        }
        return tuple(
            _refusal(
                name,
                text.in_(language),
                stands=name in facts.refusals,
                receipts=receipts,
                language=language,
            )
            for name, text in (texts | gone).items()
        )


@retrying
def refuse(
    actor: Actor, name: str, *, stands: bool, language: Language, channel: str = ledger.WEB
) -> Change:
    """Refuse ``name`` for good, or lift the refusal. Only the person can do either.

    A refusal withdraws every consent that cannot stand beside it, each with all that follows; and
    refusing all third parties refuses each of them by name, so that it holds whatever the basis of
    giving to one becomes. Lifting brings no consent back, and leaves the other refusals.

    Arguments:
        name: ``beyond_scope``, ``disclose``, or ``disclose:<recipient>``.

    Refuses:
        Refused: somebody else than the person asks (P4.8, P4.9).

    Raises:
        NotFound: this cannot be refused because it is never done, or the person is not known or left
            meanwhile.

    Records:
        Event.CONSENT_ANSWER_GIVEN, and what withdrawing records.
    """
    subject = _person(actor, name)
    with keeper():
        credentials.must_stay(actor, subject)
        policy = in_force.policy()
        facts = ledger.standing(subject)
        texts = words.refusable(policy)
        left = not stands and name in facts.refusals and words.is_of_somebody_gone(policy, name)
        if name not in texts and not left:
            msg = "there is no such thing to refuse"
            raise NotFound(msg)
        undone = words.undone_by(policy, name) if stands else ()
        change = _withdrawn(actor, [one for one in undone if one in facts.consents], language)
        named = dict.fromkeys([name, *(undone if name == DISCLOSE else ())])
        if stands:
            told = programmes.taken_back(subject, named, actor=actor)
            change = replace(change, told=change.told + told)
        ledger.decide(
            subject,
            dict.fromkeys(named, False) if stands else {},
            lifted=() if stands else (name,),
            notice=words.hash_of(
                policy.version, *(texts.get(one, words.GONE).in_(language) for one in sorted(named))
            ),
            policy_version=policy.version,
            language=language,
            channel=channel,
        )
        log.record(
            Event.CONSENT_ANSWER_GIVEN,
            actor=actor,
            trail=gate.trail_of(subject),
            promise=_promise(name),
        )
    return change


def of_order(number: str, secret: str, *, address_key: str) -> Actor:
    """The guest whose order this is, so that they can refuse as members can.

    Raises like :func:`yaksok.journeys.look_up.prove`.
    """
    return look_up.prove(number, secret, address_key=address_key)


def _person(actor: Actor, name: str) -> SubjectId:
    if actor.role not in PERSONS:
        reason = f"a refusal is the person's own; {actor.role} can neither make nor lift it"
        raise Refused(reason, promise=_promise(name), advice="log in as the person")
    if actor.subject is None:
        msg = "there is nothing to refuse for somebody who is not known"
        raise NotFound(msg)
    return actor.subject


def _withdrawn(actor: Actor, names: Iterable[str], language: Language) -> Change:
    """Take back each consent of ``names``, as if the person had pressed its button."""
    done = {name: consents.withdraw(actor, name, language=language) for name in names}
    items = {item for one in done.values() for item in one.items}
    ends = [one.unreadable_by for one in done.values() if one.unreadable_by]
    return Change(
        tuple(done),
        tuple(sorted(items)),
        sum(one.told for one in done.values()),
        max(ends, default=None),
    )


def _refusal(
    name: str, text: str, *, stands: bool, receipts: tuple[ledger.Receipt, ...], language: Language
) -> Refusal:
    made = next((one for one in receipts if name in one.withheld), None) if stands else None
    return Refusal(
        name=name,
        text=text,
        means=words.meaning(name).in_(language),
        stands=stands,
        since=made.at if made else None,
        channel=made.channel if made else None,
    )


def _promise(name: str) -> str:
    return "P4.8" if name == BEYOND_SCOPE else "P4.9"
