"""Have the use of one's data stopped, and let it go on again (PIPA 37, GDPR 18 and 21).

While it is stopped the data stays sealed and serves nothing: no order, no letter, no list, no handover.
What remains are the person's own rights, and what a law orders. The gate keeps it, not the pages: the
refusal of every use stands beside the person's consents, and is read with each record. It outlives
campaigns and changes of the basis, and only the person lifts it.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from yaksok.database.roles import keeper, retrying
from yaksok.journeys.consent_words import hash_of
from yaksok.journeys.rights_ask import must_be_a_person
from yaksok.kernel.actor import Actor, Role
from yaksok.kernel.errors import Refused
from yaksok.kernel.ids import SubjectId
from yaksok.mall.accounts import credentials
from yaksok.mall.orders import finding
from yaksok.mall.orders.states import OVER, OrderState
from yaksok.policy.entries import Text
from yaksok.policy.facts import USE
from yaksok.policy.in_force import policy
from yaksok.policy.vocabulary import Language
from yaksok.privacy.audit import log
from yaksok.privacy.audit.events import Event
from yaksok.privacy.consent import ledger
from yaksok.privacy.rights import register
from yaksok.privacy.rights.words import Kind, Outcome
from yaksok.privacy.vault import gate

WORDS = Text(
    ko="내 개인정보의 처리를 모두 멈춰 주세요. 다시 시작해 달라고 할 때까지 봉인만 해 두고 쓰지 마세요.",
    en="Stop every use of my data. Keep it sealed and do not use it until I say that you may again.",
)
"""What the person says. Its hash stands on the receipt."""

STILL_DONE = frozenset({OrderState.DELIVERED}) | OVER
"""Orders on which nothing is done any more."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Whether the use is stopped, and the orders that are still under way.

    ``waiting`` are numbers of orders that cannot go on while it is: they are neither sent nor told of.
    """

    stopped: bool
    waiting: tuple[str, ...]


def standing(actor: Actor) -> Standing:
    """How it is now, and what stopping means for orders that are under way."""
    subject = _whose(actor)
    with keeper():
        orders = finding.of_subject(subject) if actor.role is not Role.RECIPIENT else []
        return Standing(ledger.standing(subject).restricted, tuple(_open(orders)))


@retrying
def stop(
    actor: Actor, *, stepped_up: bool, language: Language, channel: str = register.WEB
) -> None:
    """Stop every use of the person's data, from this moment on.

    Refuses:
        Refused: somebody else asks, or they did not show who they are a moment ago (P8.5).

    Raises:
        NotFound: nothing stands for this person any more; they left.

    Records:
        Event.CONSENT_ANSWER_GIVEN, Event.RIGHTS_REQUEST_ANSWERED.
    """
    _must_be_shown(stepped_up=stepped_up)
    _decide(actor, language, channel, stops=True)


@retrying
def resume(
    actor: Actor, *, stepped_up: bool, language: Language, channel: str = register.WEB
) -> None:
    """Let the use go on. Refuses, raises and records like :func:`stop`."""
    _must_be_shown(stepped_up=stepped_up)
    _decide(actor, language, channel, stops=False)


def _decide(actor: Actor, language: Language, channel: str, *, stops: bool) -> None:
    subject = _whose(actor)
    with keeper():
        credentials.must_stay(actor, subject)
        ledger.decide(
            subject,
            {USE: False} if stops else {},
            lifted=() if stops else (USE,),
            notice=hash_of(policy().version, WORDS.in_(language)),
            policy_version=policy().version,
            language=language,
            channel=channel,
        )
        trail = gate.trail_of(subject)
        log.record(
            Event.CONSENT_ANSWER_GIVEN,
            actor=actor,
            trail=trail,
            promise="P1.10",
            reason="stop" if stops else "resume",
        )
        if stops:
            register.answered_at_once(
                subject,
                Kind.STOP,
                items=(),
                outcome=Outcome.DONE,
                actor=actor,
                trail=trail,
                channel=channel,
            )


def _whose(actor: Actor) -> SubjectId:
    """Whose data it is. A child's guardian speaks here for what is held of themself."""
    if actor.role is Role.GUARDIAN and actor.subject is not None:
        return actor.subject
    return must_be_a_person(actor)


def _open(orders: Iterable[finding.Order]) -> Iterable[str]:
    return (order.number for order in orders if order.state not in STILL_DONE)


def _must_be_shown(*, stepped_up: bool) -> None:
    if not stepped_up:
        msg = "refused to stop or resume a use: the person did not show who they are"
        raise Refused(msg, promise="P8.5", advice="log in as the person")
