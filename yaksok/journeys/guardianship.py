"""What every journey of children and guardians shares: who was asked, letters to them, and the end of it."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from yaksok.kernel import clock
from yaksok.kernel.actor import Actor
from yaksok.kernel.errors import NotFound, Refused
from yaksok.kernel.ids import SubjectId
from yaksok.policy.in_force import policy
from yaksok.policy.law.tables import deadline
from yaksok.policy.retention import Period
from yaksok.policy.vocabulary import Channel, Item, Minors, Purpose, RecordKind
from yaksok.privacy.guardians import age, asking, wards
from yaksok.privacy.guardians.asking import Asking
from yaksok.privacy.post import outbox, tokens
from yaksok.privacy.post.letters import Template
from yaksok.privacy.retention import destroying
from yaksok.privacy.vault import gate

MALL = Actor.system("guardianship")
KIND, PURPOSE = RecordKind.GUARDIAN, Purpose.GUARDIAN_CONSENT
PORTAL_PATH, ANSWER_PATH, WISH_PATH = "/guardian", "/guardian/answer", "/guardian/wish"
SECRETS = (tokens.GUARDIAN_ASKED, tokens.GUARDIAN_PORTAL, tokens.GUARDIAN_WISH)

UNUSED = Period(days=30)
"""How long a confirmed consent waits for the child to make the account; then it is destroyed."""


def must_be_asked() -> None:
    """Nothing, in a mall that meets children by their guardian.

    Refuses:
        GuardianNeeded: this mall takes nothing of children.
    """
    if policy().document.body.children.minors is not Minors.GUARDIAN:
        raise age.GuardianNeeded


def silence_ends() -> datetime:
    """When a guardian who is asked now has not answered in time, by the calendar in Seoul."""
    now = clock.now()
    rule = deadline("guardian_silence", clock.today())
    return Period.parse(rule.period).after(now)


def channel_of(asked: Asking) -> Channel:
    """How the guardian is reached: by e-mail when the child gave an address, else by text message."""
    name = (asked.guardian, asked.record)
    given = gate.given([name], kind=KIND).get(name, frozenset())
    return Channel.EMAIL if Item.EMAIL in given else Channel.SMS


def write(asked: Asking, template: Template, context: Mapping[str, str]) -> UUID:
    """A letter to the guardian, in the caller's transaction."""
    return outbox.note(
        asked.guardian,
        template,
        kind=KIND,
        record=asked.record,
        language=asked.language,
        context=context,
        channel=channel_of(asked),
    )


def last_letter(
    asked: Asking, template: Template, context: Mapping[str, str]
) -> outbox.Sealed | None:
    """The last letter, held in memory alone; hand it to :func:`send_last` after the commit.

    None for a guardian who had every use of their data stopped: no letter, and what it would tell of
    happens all the same.
    """
    try:
        return outbox.seal_now(
            asked.guardian,
            template,
            kind=KIND,
            record=asked.record,
            language=asked.language,
            context=context,
            channel=channel_of(asked),
        )
    except Refused:
        return None


def send_last(letter: outbox.Sealed | None) -> None:
    """Send what :func:`last_letter` made, once."""
    if letter is not None:
        outbox.send_sealed(letter)


def known(guardian: SubjectId) -> Asking:
    """Who was asked, locked until the transaction ends. Raises NotFound when it ended."""
    found = asking.of(guardian, lock=True)
    if found is None:
        raise NotFound(GONE)
    return found


def destroy(asked: Asking, *, actor: Actor, purpose: Purpose, reason: str) -> None:
    """Destroy what is held of a guardian as a guardian. What they ordered has an end of its own."""
    forget(asked.guardian)
    destroying.destroy(
        asked.guardian, {asked.record: KIND}, actor=actor, purpose=purpose, reason=reason
    )


def forget(guardian: SubjectId) -> None:
    """No link, no number and no key leads to ``guardian`` any more."""
    asking.forget(guardian)
    for secret in SECRETS:
        tokens.forget(guardian, secret)


def guardian_of(child: SubjectId) -> SubjectId | None:
    """Who decides for ``child``; None for everybody who is no child."""
    ward = wards.of(child)
    return ward.guardian if ward else None


GONE = "there is no such link, or it was used, or its time is over"
