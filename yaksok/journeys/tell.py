"""Write to the person: about an order, at the beginning, at the end. And hear that a letter arrived.

A letter is put into the outbox in the transaction of what it tells of, so that it is sent if and only
if that happened. The address is opened when the letter leaves.
"""

from dataclasses import dataclass

from yaksok.database.roles import keeper, retrying
from yaksok.journeys import ad_addresses, ad_browsers
from yaksok.kernel import money
from yaksok.kernel.errors import Refused
from yaksok.kernel.ids import SubjectId
from yaksok.mall.orders.finding import Order
from yaksok.policy.entries import Text
from yaksok.policy.in_force import policy
from yaksok.policy.vocabulary import Channel, Item, Language, RecordKind
from yaksok.privacy.guardians import asking
from yaksok.privacy.post import outbox, shelf, tokens
from yaksok.privacy.post.letters import Template
from yaksok.privacy.vault import gate

GUARDIAN_PATH, GUEST_PATH, MEMBER_PATH = "/guardian", "/lookup", "/my/orders"
PROOF_PATH = "/email"
CERTIFICATE_PATH = "/certificate/verify"
AT_ONCE = 50
DISCOUNTED = Text(ko="{total} (쿠폰 할인 {off})", en="{total} (coupon: {off} off)")
CHANNELS = (Channel.EMAIL, Channel.PUSH, Channel.SMS)
"""The wires that letters leave by."""


@dataclass(frozen=True, slots=True)
class Posted:
    """Figures of one round: letters that were taken, and letters that were tried."""

    sent: int
    tried: int


def order_paid(order: Order) -> None:
    """Tell who pays that the money arrived."""
    total = money.shown(order.total, order.language)
    if order.discount:
        off = money.shown(order.discount, order.language)
        total = DISCOUNTED.in_(order.language).format(total=total, off=off)
    _about(order, Template.ORDER_PAID, total=total)


def order_shipped(order: Order, tracking_number: str) -> None:
    """Tell who pays that the courier has the parcel, and what the courier was told."""
    courier = policy().document.body.recipients["courier"].company.in_(order.language)
    _about(order, Template.ORDER_SHIPPED, tracking=tracking_number, courier=courier)


def welcome(subject: SubjectId, *, language: Language) -> None:
    """Welcome a new member, with a link by which they show that the address is theirs."""
    _to_member(subject, Template.WELCOME, language, PROOF_PATH)


def email_changed(subject: SubjectId, *, language: Language) -> None:
    """Ask for proof of a member's new address. What the old one proved does not hold any more."""
    tokens.forget(subject, tokens.EMAIL)
    _to_member(subject, Template.EMAIL_PROOF, language, PROOF_PATH)


def verify_email(token: str) -> bool:
    """Whether ``token`` came from a letter of the mall; then its reader's address is proved.

    Opening it twice is no harm, and a wrong one says nothing about anybody.
    """
    with keeper():
        subject = tokens.prove(token, tokens.EMAIL)
        if subject is not None:
            ad_addresses.proved(subject, Channel.EMAIL)
        return subject is not None


def email_is_proved(subject: SubjectId) -> bool:
    """Whether the member showed that the address is theirs."""
    with keeper():
        return tokens.proved(subject, tokens.EMAIL)


def goodbye(subject: SubjectId, *, language: Language) -> outbox.Sealed | None:
    """The last letter, held in memory alone; None without a membership, or without addresses.

    To be called in the transaction that erases, before it erases. After the commit hand it to
    :func:`farewell`. A policy that lets nobody be written to about their rights stops the letter, and
    never what it would tell of.
    """
    held = [one for one in gate.holdings(subject) if one.kind is RecordKind.MEMBERSHIP]
    if not held or not policy().having(RecordKind.MEMBERSHIP, [Item.EMAIL]):
        return None
    name = (subject, held[-1].record)
    if Item.EMAIL not in gate.given([name], kind=RecordKind.MEMBERSHIP)[name]:
        return None  # a child's membership has no address
    try:
        return outbox.seal_now(
            subject,
            Template.GOODBYE,
            kind=RecordKind.MEMBERSHIP,
            record=held[-1].record,
            language=language,
            context={"path": CERTIFICATE_PATH},
        )
    except Refused:
        return None


def farewell(letter: outbox.Sealed | None) -> bool:
    """Whether the last letter was taken. It is tried once: no address is kept to try again with."""
    return letter is not None and outbox.send_sealed(letter)


def send_due(limit: int = AT_ONCE) -> Posted:
    """Send the letters whose time has come. A job; safe at any time, by several workers at once.

    When a wire does not take a letter its round ends: the others would only wait as long. Each wire
    has a round of its own.
    """
    rounds = [_round(channel, limit) for channel in CHANNELS]
    return Posted(sum(one.sent for one in rounds), sum(one.tried for one in rounds))


def _round(channel: Channel, limit: int) -> Posted:
    with keeper():
        names = outbox.due(limit, channel)
    sent = tried = 0
    for name in names:
        taken = _send(name)
        tried += taken is not None
        sent += taken is True
        if taken is False:
            break
    return Posted(sent, tried)


def forget_expired() -> int:
    """Remove secrets of letters that can prove nothing any more, and letters that nobody can send.

    Returns how many. A job.
    """
    with keeper():
        return tokens.forget_expired() + shelf.forget_given_up()


@retrying
def _send(name: outbox.Name) -> bool | None:
    return outbox.send(name, ad_browsers.gone)


def _about(order: Order, template: Template, **context: str) -> None:
    outbox.note(
        order.subject,
        template,
        kind=RecordKind.ORDER_PAYER,
        record=order.payer_record,
        language=order.language,
        context={
            "number": order.number,
            "path": _path(order),
            **context,
        },
    )


def _path(order: Order) -> str:
    """Where the order can be seen: with the member, with a child's guardian, or by number and secret."""
    if order.member:
        return MEMBER_PATH
    return GUARDIAN_PATH if asking.of(order.subject) else GUEST_PATH


def _to_member(subject: SubjectId, template: Template, language: Language, path: str) -> None:
    record = next(one.record for one in gate.holdings(subject) if one.kind is RecordKind.MEMBERSHIP)
    outbox.note(
        subject,
        template,
        kind=RecordKind.MEMBERSHIP,
        record=record,
        language=language,
        context={"path": path},
    )
