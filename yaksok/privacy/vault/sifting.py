"""Sift a batch: who of many the policy permits something about, before anything of theirs is opened."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from yaksok.kernel.actor import Actor
from yaksok.kernel.ids import RecordId, SubjectId
from yaksok.policy.decide import (
    ADVICE_GUARDIAN,
    NOT_OF_AGE,
    Facts,
    Permit,
    Refusal,
    Request,
    decide,
)
from yaksok.policy.in_force import policy
from yaksok.policy.vocabulary import Action, AgeClass, Item, Purpose, RecordKind
from yaksok.privacy.audit import log
from yaksok.privacy.audit.events import Event
from yaksok.privacy.consent import ledger
from yaksok.privacy.vault import store
from yaksok.privacy.vault.asking import request_for

MOST_AT_ONCE = 200
"""How many subjects one call sifts."""

SIFTED = "sifted"


@dataclass(frozen=True, slots=True)
class Sifted:
    """Who is permitted, with their newest record; and how many are not, by the promise that says so.

    ``reasons`` are the same, by the reason. A subject without a record of the kind is in none of them.
    """

    permitted: Mapping[SubjectId, RecordId]
    refused: Mapping[str, int]
    reasons: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Weighed:
    """How many the policy would permit, and how many not, by the reason."""

    permitted: int
    reasons: Mapping[str, int]


def sift(
    subjects: Collection[SubjectId],
    items: Collection[Item],
    *,
    kind: RecordKind,
    purpose: Purpose,
    actor: Actor,
    also: frozenset[str] = frozenset(),
) -> Sifted:
    """Which of ``subjects`` may have ``items`` opened for ``purpose``; the others are passed over.

    Nothing is opened and no key is unwrapped: who is permitted is opened later, when it is needed,
    by a call of its own that asks again. So a refusal stops one person and not the batch, and what
    is newer than somebody's consent does not touch their data (P1.9). A record that only adults
    give is left alone when its subject is not known to be one (P9.2).

    Arguments:
        subjects: At most 200.
        also: Consents that this moment wants beside those of the items: the night's.

    Raises:
        ValueError: more than 200; ask page by page.

    Records:
        Event.VAULT_ACCESS_REFUSED once for each promise with the number of subjects, none of whom
        it names. Nothing for who is permitted: their data was not touched yet.

    Cost:
        Two queries and a decision of microseconds for each subject; one log statement at most.
    """
    if len(subjects) > MOST_AT_ONCE:
        msg = f"{len(subjects)} subjects at once, the limit is {MOST_AT_ONCE}: sift page by page"
        raise ValueError(msg)
    standings = store.standings(subjects)
    permitted: dict[SubjectId, RecordId] = {}
    refused: Counter[str] = Counter()
    reasons: Counter[str] = Counter()
    for subject, record in store.newest_of_each(subjects, kind).items():
        asked = _request(subject, items, kind=kind, purpose=purpose, actor=actor, also=also)
        answer = _answer(asked, standings.get(subject, ledger.UNKNOWN))
        if isinstance(answer, Refusal):
            refused[answer.promise] += 1
            reasons[answer.reason] += 1
        else:
            permitted[subject] = record
    log.record_all(
        [
            log.Act(
                Event.VAULT_ACCESS_REFUSED,
                actor,
                kinds=[kind],
                items=[*items],
                purpose=purpose,
                promise=promise,
                reason=SIFTED,
                subjects=number,
            )
            for promise, number in sorted(refused.items())
        ]
    )
    return Sifted(permitted, dict(refused), dict(reasons))


def weigh(
    alike: Iterable[tuple[Facts, int]],
    items: Collection[Item],
    *,
    kind: RecordKind,
    purpose: Purpose,
    actor: Actor,
    also: frozenset[str] = frozenset(),
) -> Weighed:
    """How many :func:`sift` would permit now, of people counted by what stands for them.

    For a page that shows numbers: whoever reads it learns of nobody, and nothing is written.
    """
    permitted, reasons = 0, Counter[str]()
    asked = _request(None, items, kind=kind, purpose=purpose, actor=actor, also=also)
    for facts, number in alike:
        answer = _answer(asked, facts)
        if isinstance(answer, Refusal):
            reasons[answer.reason] += number
        else:
            permitted += number
    return Weighed(permitted, dict(reasons))


def foresee(
    subject: SubjectId,
    items: Collection[Item],
    *,
    kind: RecordKind,
    purpose: Purpose,
    actor: Actor,
) -> Permit | Refusal:
    """What :func:`sift` would say of ``subject`` now. For a page that offers something; writes nothing."""
    asked = _request(subject, items, kind=kind, purpose=purpose, actor=actor)
    return _answer(asked, ledger.standing(subject))


def _request(
    subject: SubjectId | None,
    items: Collection[Item],
    *,
    kind: RecordKind,
    purpose: Purpose,
    actor: Actor,
    also: frozenset[str] = frozenset(),
) -> Request:
    return request_for(
        Action.OPEN, kind, items, purpose=purpose, actor=actor, subject=subject, also=also
    )


def _answer(request: Request, facts: Facts) -> Permit | Refusal:
    answer = decide(policy(), request, facts)
    if isinstance(answer, Refusal) or facts.age is AgeClass.ADULT:
        return answer
    if policy().document.body.records[request.kind].adults_only:
        return Refusal(NOT_OF_AGE, "P9.2", ADVICE_GUARDIAN)
    return answer
