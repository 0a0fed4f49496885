"""Stop advertising by the link of a letter: one click, free of charge, without a log-in.

Whoever holds the link can stop one kind of letter to one person, and nothing else: they are not told
to whom, and nothing of the person is shown. So a link that was forwarded does no harm, and used twice
it does nothing the second time.
"""

from dataclasses import dataclass

from yaksok.database.roles import keeper, retrying
from yaksok.journeys import ad_addresses, consent_words
from yaksok.kernel.actor import Actor
from yaksok.kernel.ids import SubjectId
from yaksok.mall.accounts import credentials
from yaksok.policy.in_force import policy
from yaksok.policy.vocabulary import Language
from yaksok.privacy.audit import log
from yaksok.privacy.audit.events import Event
from yaksok.privacy.consent import channels, ledger
from yaksok.privacy.rights import register as requests
from yaksok.privacy.vault import gate

MALL = Actor.system("opt_out")
LINK = "link"
"""How the person answered, for the receipt."""


@dataclass(frozen=True, slots=True)
class Stopping:
    """What a link stops, in the words of the consent; ``stands`` is False once that was done."""

    what: str
    stands: bool


def look(token: str, language: Language) -> Stopping | None:
    """What the link stops; None when it is no link of ours. Changes nothing."""
    with keeper():
        found = channels.whose(token)
        return _stopping(*found, language) if found else None


@retrying
def stop(token: str, *, language: Language) -> Stopping | None:
    """Take the consent of this link back, and destroy the address that only it justified.

    In one transaction, like :func:`yaksok.journeys.consents.withdraw`. A letter that waits in the
    outbox is not sent any more: the gate is asked again when it leaves.

    Returns:
        What was stopped, which does not stand any more; None when it is no link of ours.

    Records:
        Event.VAULT_RECORD_ERASED, Event.CONSENT_ANSWER_GIVEN, Event.RIGHTS_REQUEST_ANSWERED.
    """
    with keeper():
        found = channels.whose(token)
        if found is None:
            return None
        take_back(*found, language=language, channel=LINK, actor=MALL)
        return _stopping(*found, language)


def take_back(
    subject: SubjectId, name: str, *, language: Language, channel: str, actor: Actor
) -> bool:
    """Whether the consent stood; then it does not any more, and the address that only it justified is gone.

    Inside the caller's transaction.

    Arguments:
        channel: How the person said so, for the receipt: ``link``, ``phone``.
        actor: Who did it for them.
    """
    if not credentials.lock(subject) or not _stands(subject, name):
        return False
    items = ad_addresses.erase(subject, name)
    ledger.decide(
        subject,
        {name: False},
        notice=consent_words.hash_of(policy().version, _words(name, language)),
        policy_version=policy().version,
        language=language,
        channel=channel,
    )
    trail = gate.trail_of(subject)
    log.record(Event.CONSENT_ANSWER_GIVEN, actor=actor, trail=trail, promise="P1.10")
    if items:
        requests.answered_at_once(
            subject,
            requests.Kind.DELETE,
            items=items,
            outcome=requests.Outcome.DONE,
            actor=actor,
            trail=trail,
        )
    return True


def _stands(subject: SubjectId, name: str) -> bool:
    return name in ledger.standing(subject).consents


def _stopping(subject: SubjectId, name: str, language: Language) -> Stopping:
    return Stopping(_words(name, language), _stands(subject, name))


def _words(name: str, language: Language) -> str:
    entry = policy().document.body.consents.get(name)
    return entry.text.in_(language) if entry else ""
