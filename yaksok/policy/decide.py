"""The one decision: may this actor do this, with these items, for this purpose?"""

from typing import Final

import msgspec

from yaksok.kernel.actor import Actor, Role
from yaksok.kernel.errors import Refused
from yaksok.kernel.ids import SubjectId
from yaksok.policy.compile import GUEST_PROMISE, STAFF_ROLES, Permit, Policy, Rule
from yaksok.policy.facts import Facts
from yaksok.policy.vocabulary import Action, AgeClass, Item, Purpose, RecordKind

__all__ = ["Facts", "Permit", "Refusal", "Request", "decide"]

ADVICE_ASK: Final = "ask the privacy officer"
ADVICE_GUARDIAN: Final = "a guardian must act"
ADVICE_LOG_IN: Final = "log in as the person"
ADVICE_NONE: Final = "it cannot be done"
ADVICE_TRAIN: Final = "take the training"

NOT_AT_THIS_HOUR: Final = "the person has not agreed to this hour"
NOT_GIVEN: Final = "the person has not agreed to give this"
NOT_GIVEN_AGAIN: Final = "the person was asked again and has not answered"
NOT_OF_AGE: Final = "the person is not known to be of age to consent"
REFUSED_BEYOND: Final = "the person refused every use beyond what they were told"
STOPPED: Final = "the person had the use of their data stopped"
"""Why somebody of many is left out: the reasons that a batch counts."""


class Request(msgspec.Struct, frozen=True):
    """What is asked of the gate. ``also`` are consents that the moment itself wants: the night's."""

    action: Action
    kind: RecordKind
    items: frozenset[Item]
    purpose: Purpose
    actor: Actor
    subject: SubjectId | None = None
    recipient: str | None = None
    also: frozenset[str] = frozenset()


class Refusal(msgspec.Struct, frozen=True):
    """The policy says no: why, by which promise, and what the person can do.

    ``advice`` is a plain key; the surface puts it into the person's language.
    """

    reason: str
    promise: str
    advice: str

    def as_error(self) -> Refused:
        """The error that the gate raises."""
        return Refused(self.reason, promise=self.promise, advice=self.advice)


def decide(policy: Policy, request: Request, facts: Facts) -> Permit | Refusal:
    """Yes or no, with the promise that decided. Pure, total, and no when in doubt.

    A request is permitted only when the document grants *all* its items, for its purpose, to its
    actor's role; a partial answer would hide a refusal. It never raises.

    Cost:
        One look-up in a table and a few comparisons; below 2 µs.

    Source:
        P1.6 (only the declared purposes), P1.9 and P4.8 (no new use without a yes), P4.1 (no third
        party), P7.13 and P7.14 (who may handle), P8.5 (only the person), P9.2, P9.3, P9.6 and
        P9.7 (children).
    """
    actor = request.actor
    rule = policy.rules.get(
        (actor.role, request.action, request.kind, request.purpose, request.recipient)
    )
    if rule is None:
        return _nothing_granted(policy, request)
    if rule.trained and not actor.trained:
        return Refusal("the actor has no current training", "P7.14", ADVICE_TRAIN)
    if not request.items <= rule.items:
        return _too_much(policy, request)
    if not request.items and not rule.whole:
        return Refusal("no item is named", "P1.5", ADVICE_NONE)
    if rule.own and (request.subject is None or request.subject != actor.subject):
        return Refusal("only the person may do this", "P8.5", ADVICE_LOG_IN)
    if rule.ward and (actor.subject is None or actor.subject != facts.guardian):
        return Refusal("only the child's guardian may do this", "P9.3", ADVICE_GUARDIAN)
    return _by_facts(rule, request, facts) or rule.permit


def _by_facts(rule: Rule, request: Request, facts: Facts) -> Refusal | None:
    promise = None if facts.age is AgeClass.ADULT else rule.child_promise
    if promise is not None and not _is_allowed(rule, facts):
        return Refusal(NOT_OF_AGE, promise, ADVICE_GUARDIAN)
    if facts.restricted and rule.stoppable:
        return Refusal(STOPPED, "P1.10", ADVICE_NONE)
    if facts.refusals and not rule.refusals.isdisjoint(facts.refusals):
        if request.action is not Action.DISCLOSE:
            return Refusal(REFUSED_BEYOND, "P4.8", ADVICE_NONE)
        return Refusal("the person refused this recipient", "P4.9", ADVICE_NONE)
    if rule.consent is not None and rule.consent not in facts.consents:
        promise = "P4.3" if request.action is Action.DISCLOSE else "P1.9"
        return Refusal("the person has not agreed", promise, ADVICE_LOG_IN)
    if rule.needs and (refusal := _by_item(rule, request, facts)) is not None:
        return refusal
    if request.also and not rule.whole and not request.also <= facts.consents - facts.lapsed:
        return Refusal(NOT_AT_THIS_HOUR, "P1.9", ADVICE_LOG_IN)
    return _by_change(rule, request, facts) if rule.agreed else None


def _by_item(rule: Rule, request: Request, facts: Facts) -> Refusal | None:
    """No item is used whose own consent does not stand, or was not given again in time."""
    for item in request.items:
        need = rule.needs.get(item)
        if need is not None and need not in facts.consents:
            return Refusal(NOT_GIVEN, "P2.12", ADVICE_LOG_IN)
        if need in facts.lapsed and rule.stoppable:
            return Refusal(NOT_GIVEN_AGAIN, "P1.9", ADVICE_LOG_IN)
    return None


def _is_allowed(rule: Rule, facts: Facts) -> bool:
    """Whether a proven guardian allowed it. Nobody can allow what is not the guardian's to allow."""
    return rule.guarded and facts.age is AgeClass.CHILD and facts.guardian is not None


def _by_change(rule: Rule, request: Request, facts: Facts) -> Refusal | None:
    """No new use touches the data of somebody who refused it, or was silent."""
    for item in request.items:
        point = rule.agreed.get(item)
        if point is None:
            continue
        if facts.refuses(point):
            return Refusal("the person refused this change", "P4.8", ADVICE_NONE)
        if point not in facts.consents:
            return Refusal("the person has not agreed to this change", "P1.9", ADVICE_LOG_IN)
    return None


def _nothing_granted(policy: Policy, request: Request) -> Refusal:
    """Why no row of the table answers ``request``, from the most general reason to the nearest."""
    role, kind = request.actor.role, request.kind
    if kind not in policy.items:
        return Refusal(f"no record {kind} is declared", "P1.5", ADVICE_NONE)
    if request.purpose not in policy.purposes[kind]:
        promise = GUEST_PROMISE.get(kind, "P1.6")
        return Refusal(f"{kind} is not kept for {request.purpose}", promise, ADVICE_ASK)
    if (request.action is Action.DISCLOSE) is not (request.recipient is not None):
        return Refusal("items leave the mall only to a named recipient", "P4.1", ADVICE_ASK)
    if request.recipient is not None:
        known = request.recipient in policy.recipients
        reason = "is not given this record" if known else "is not declared"
        return Refusal(f"the recipient {reason}", "P4.1", ADVICE_ASK)
    if kind is RecordKind.STATUTORY:
        return Refusal("what a law keeps is closed to everybody", "P3.9", ADVICE_ASK)
    if role is Role.AUDITOR:
        return Refusal("the audit committee opens nothing", "P7.16", ADVICE_NONE)
    if role in STAFF_ROLES or role is Role.STAFF:
        return Refusal(f"{role} may not {request.action} {kind}", "P7.13", ADVICE_ASK)
    return Refusal(
        f"{role} may not {request.action} {kind} for {request.purpose}", "P1.6", ADVICE_ASK
    )


def _too_much(policy: Policy, request: Request) -> Refusal:
    """Why some of the items are not granted, though others are."""
    if not request.items <= policy.items[request.kind]:
        return Refusal(f"{request.kind} has no such item", "P1.5", ADVICE_NONE)
    if request.recipient is not None:
        return Refusal("more items than the recipient needs", "P4.12", ADVICE_NONE)
    if request.actor.role in STAFF_ROLES:
        return Refusal("more items than the work needs", "P7.13", ADVICE_ASK)
    return Refusal("an item is not granted for this purpose", "P1.6", ADVICE_ASK)
