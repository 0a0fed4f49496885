"""Where advertising reaches a person: an address sealed apart from everything else they gave.

It is there while the consent of its channel stands, and is used once they showed that it is theirs.
"""

from collections.abc import Mapping
from types import MappingProxyType

from yaksok.database.roles import keeper
from yaksok.guard import throttle
from yaksok.kernel.actor import Actor
from yaksok.kernel.errors import Invalid, NotFound
from yaksok.kernel.ids import SubjectId
from yaksok.policy.advertising import ADDRESS
from yaksok.policy.advertising import channels as offered
from yaksok.policy.entries import Text
from yaksok.policy.in_force import policy
from yaksok.policy.vocabulary import Channel, Item, Language, Purpose, RecordKind
from yaksok.privacy.consent import channels
from yaksok.privacy.consent.ledger import Receipt
from yaksok.privacy.post import outbox, tokens
from yaksok.privacy.post.letters import Template
from yaksok.privacy.retention import destroying
from yaksok.privacy.vault import gate

KIND = RecordKind.MARKETING_CONTACT
MALL = Actor.system("ad_addresses")
CONFIRM_PATH = "/ads/number"
PROOF_PATH = "/email"
FIELD = "phone"
NUMBER_LIMIT = 5
NUMBER_SECONDS = 86_400
"""How many numbers a member may give in a day. More would be writing to strangers in the mall's name."""
NOTHING: Mapping[Item, str] = MappingProxyType({})

NEED_NUMBER = Text(
    ko="광고 문자를 받을 휴대전화 번호를 적어 주세요.",
    en="Give the mobile number to which text messages with advertising may go.",
)


def take(
    subject: SubjectId,
    name: str,
    *,
    actor: Actor,
    receipt: Receipt,
    language: Language,
    given: Mapping[Item, str] = NOTHING,
    asked: bool = False,
) -> None:
    """Seal the address for the consent ``name``, given just now; nothing for any other consent.

    By e-mail advertising goes to the member's own address, by text message to the number that they
    give here. The person is asked by a letter whether it is theirs, unless they showed that before;
    nothing else is sent there until then. Inside the caller's transaction.

    Arguments:
        given: Where to, as the person typed it now; else by e-mail to the member's own address.
        asked: Another letter asks already whether the address is theirs.

    Raises:
        Invalid: there is no number to send text messages to.
        Throttled: too many numbers.

    Refuses:
        Refused: the person is not known to be of age (P9.7), or refused such use (P4.8).
    """
    channel = offered(policy().document.body).get(name)
    if channel is None:
        return
    known = next((one.record for one in channels.of(subject) if one.name == name), None)
    typed = given.get(ADDRESS[channel], "")
    if known is not None and not typed:
        return
    value = typed or _own(subject, channel, actor)
    if not value:
        raise Invalid({FIELD: NEED_NUMBER.in_(language)})
    if known is not None:
        destroying.destroy(
            subject, {known: KIND}, actor=MALL, purpose=Purpose.ADVERTISING, reason="withdrawn"
        )
    record = gate.seal(
        subject,
        KIND,
        {ADDRESS[channel]: value},
        purpose=Purpose.ADVERTISING,
        actor=actor,
        receipt=receipt,
    )
    proved = channel is Channel.EMAIL and tokens.proved(subject, tokens.EMAIL)
    channels.reach(subject, name, record, proved=proved)
    if not proved and not asked:
        _ask_for_proof(subject, channel, language)


def take_at_sign_up(receipt: Receipt, given: Mapping[Item, str], *, actor: Actor) -> None:
    """Seal the address for each way of advertising that a new member agreed to; see :func:`take`.

    The letter of welcome asks whether the address is theirs.
    """
    for name in receipt.given:
        take(
            receipt.subject,
            name,
            actor=actor,
            receipt=receipt,
            language=receipt.language,
            given=given,
            asked=True,
        )


def _own(subject: SubjectId, channel: Channel, actor: Actor) -> str:
    """The member's own address for letters, which they may use as they wish (P8.1)."""
    if channel is not Channel.EMAIL:
        return ""
    opened = gate.open_items(
        subject, [Item.EMAIL], kind=RecordKind.MEMBERSHIP, purpose=Purpose.RIGHTS, actor=actor
    )
    return opened[Item.EMAIL].reveal() if Item.EMAIL in opened else ""


def _ask_for_proof(subject: SubjectId, channel: Channel, language: Language) -> None:
    """A letter to the address; the link in it shows that the address is the person's."""
    kind, template, path = RecordKind.MEMBERSHIP, Template.EMAIL_PROOF, PROOF_PATH
    if channel is Channel.SMS:
        throttle.spend("ads:number", subject.bytes, limit=NUMBER_LIMIT, seconds=NUMBER_SECONDS)
        kind, template, path = KIND, Template.ADVERTISING_CONFIRM, CONFIRM_PATH
        tokens.forget(subject, tokens.ADVERTISING_PHONE)
    held = [one.record for one in gate.holdings(subject) if one.kind is kind]
    outbox.note(
        subject,
        template,
        kind=kind,
        record=held[-1],
        language=language,
        context={"path": path},
        channel=channel,
    )


def moved(subject: SubjectId, email: str, *, actor: Actor) -> None:
    """The member's e-mail address is ``email`` by now, not proved yet: advertising goes nowhere else."""
    body = policy().document.body
    for one in channels.of(subject):
        if one.record is not None and offered(body).get(one.name) is Channel.EMAIL:
            gate.amend(
                subject,
                KIND,
                {Item.EMAIL: email},
                purpose=Purpose.RIGHTS,
                actor=actor,
                record=one.record,
            )
            channels.reachable(subject, one.name, proved=False)


def proved(subject: SubjectId, channel: Channel) -> None:
    """The person showed that the address of ``channel`` is theirs."""
    for name, one in offered(policy().document.body).items():
        if one is channel:
            channels.reachable(subject, name, proved=True)


def confirm_number(token: str) -> bool:
    """Whether ``token`` came from the text message to a number; then its reader's number is proved."""
    with keeper():
        subject = tokens.prove(token, tokens.ADVERTISING_PHONE)
        if subject is not None:
            proved(subject, Channel.SMS)
        return subject is not None


def erase(subject: SubjectId, name: str) -> frozenset[Item]:
    """Destroy the address of the consent ``name``, by the mall itself; the items that are gone.

    Raises:
        NotFound: the person never agreed to it.
    """
    known = next((one for one in channels.of(subject) if one.name == name), None)
    if known is None:
        msg = "the person never agreed to this"
        raise NotFound(msg)
    if known.record is None:
        return frozenset()
    destroying.destroy(
        subject, {known.record: KIND}, actor=MALL, purpose=Purpose.ADVERTISING, reason="withdrawn"
    )
    return frozenset({ADDRESS[offered(policy().document.body)[name]]})
