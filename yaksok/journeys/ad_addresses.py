"""Where advertising reaches a person: an address sealed apart from everything else they gave.

It is there while the consent of its channel stands, and is used once they showed that it is theirs.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from yaksok.database.roles import keeper
from yaksok.guard import throttle
from yaksok.journeys import ad_browsers
from yaksok.kernel.actor import Actor
from yaksok.kernel.errors import Invalid, NotFound, Refused, Shredded
from yaksok.kernel.ids import RecordId, SubjectId
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
NUMBER_LIMIT = 5
NUMBER_SECONDS = 86_400
"""How many numbers a member may give in a day. More would be writing to strangers in the mall's name."""
NOTHING: Mapping[Item, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Proof:
    """How a number is shown to be the person's: by a link in a text message to it.

    ``need`` is what somebody is told who gives no number.
    """

    template: Template
    proves: str
    need: Text


PROOFS: Mapping[Channel, Proof] = MappingProxyType(
    {
        Channel.PHONE: Proof(
            Template.ADVERTISING_CALL_CONFIRM,
            tokens.ADVERTISING_CALL,
            Text(
                ko="광고 전화를 받을 휴대전화 번호를 적어 주세요.",
                en="Give the mobile number at which you want to be called with advertising.",
            ),
        ),
        Channel.SMS: Proof(
            Template.ADVERTISING_CONFIRM,
            tokens.ADVERTISING_PHONE,
            Text(
                ko="광고 문자를 받을 휴대전화 번호를 적어 주세요.",
                en="Give the mobile number to which text messages with advertising may go.",
            ),
        ),
    }
)
"""The channels that want a number. Each number is proved by itself, unless it is the same one."""


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

    By e-mail advertising goes to the member's own address, by text message and by telephone to the
    number that they give here. The person is asked by a letter whether it is theirs, unless they showed
    that before; nothing else goes there until then. Inside the caller's transaction.

    Arguments:
        given: Where to, as the person typed it now; else by e-mail to the member's own address.
        asked: Another letter asks already whether the address is theirs.

    Raises:
        Invalid: there is no number to send text messages to, or to call; or no browser to notify.
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
        need = PROOFS[channel].need if channel in PROOFS else ad_browsers.NEED
        raise Invalid({ADDRESS[channel].value: need.in_(language)})
    if channel is Channel.PUSH:
        ad_browsers.must_be_reachable(value, language)
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
    proved = _is_proved(subject, channel, value, actor)
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
    wire, proof = Channel.EMAIL, PROOFS.get(channel)
    if proof is not None:
        throttle.spend("ads:number", subject.bytes, limit=NUMBER_LIMIT, seconds=NUMBER_SECONDS)
        kind, template, path, wire = KIND, proof.template, CONFIRM_PATH, Channel.SMS
        tokens.forget(subject, proof.proves)
    held = [one.record for one in gate.holdings(subject) if one.kind is kind]
    outbox.note(
        subject,
        template,
        kind=kind,
        record=held[-1],
        language=language,
        context={"path": path},
        channel=wire,
    )


def _is_proved(subject: SubjectId, channel: Channel, value: str, actor: Actor) -> bool:
    """Whether the person showed before that ``value`` is theirs: by its own letter, or by another's.

    Of a browser they show it by what it says itself, while they are logged in there.
    """
    if channel is Channel.PUSH:
        return True
    if channel is Channel.EMAIL:
        return tokens.proved(subject, tokens.EMAIL)
    for other, record in _numbers(subject, besides=channel, proved=True):
        item = ADDRESS[other]
        opened = gate.open_items(
            subject, [item], kind=KIND, purpose=Purpose.RIGHTS, actor=actor, record=record
        )
        if item in opened and opened[item].reveal() == value:
            return True
    return False


def _numbers(
    subject: SubjectId, *, besides: Channel, proved: bool = False
) -> Iterator[tuple[Channel, RecordId]]:
    """The person's numbers for advertising, and where each lies; but for that of ``besides``."""
    offer = offered(policy().document.body)
    for one in channels.of(subject):
        channel = offer.get(one.name)
        wanted = channel in PROOFS and channel is not besides and (one.reachable or not proved)
        if wanted and channel is not None and one.record is not None:
            yield channel, one.record


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


def proved(subject: SubjectId, channel: Channel, *, is_theirs: bool = True) -> None:
    """The person showed that the address of ``channel`` is theirs; or it turned out not to be."""
    for name, one in offered(policy().document.body).items():
        if one is channel:
            channels.reachable(subject, name, proved=is_theirs)


def confirm_number(token: str) -> bool:
    """Whether ``token`` came from the text message to a number; then its reader's number is proved."""
    with keeper():
        for channel, proof in PROOFS.items():
            subject = tokens.prove(token, proof.proves)
            if subject is not None:
                proved(subject, channel)
                return True
        return False


def not_theirs(subject: SubjectId, record: RecordId) -> None:
    """Somebody else answered at the number in ``record``: it is not the person's until they show it anew.

    That holds for each channel at which they gave the same number; for one that cannot be compared, too.
    """
    said = _number(subject, Channel.PHONE, record)
    found = [(Channel.PHONE, record), *_numbers(subject, besides=Channel.PHONE)]
    for channel, place in found:
        other = _number(subject, channel, place)
        if said is None or other is None or said == other:
            proved(subject, channel, is_theirs=False)
            tokens.forget(subject, PROOFS[channel].proves)


def _number(subject: SubjectId, channel: Channel, record: RecordId) -> str | None:
    """The number that ``record`` holds for advertising; None when it may not be opened for it."""
    item = ADDRESS[channel]
    try:
        opened = gate.open_items(
            subject, [item], kind=KIND, purpose=Purpose.ADVERTISING, actor=MALL, record=record
        )
    except (NotFound, Refused, Shredded):
        return None
    return opened[item].reveal() if item in opened else None


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
