"""Who received what of a person, and what each answered: the page of the person, and the letter to them.

A correction or an erasure goes to everybody who received the data before (P4.5). When all have
answered, or when the law's day is near, the person is written to, once for each outcome (P4.6).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from yaksok.database.roles import keeper, retrying
from yaksok.kernel import clock
from yaksok.kernel.actor import Actor
from yaksok.kernel.errors import NotFound
from yaksok.kernel.ids import RecordId, SubjectId
from yaksok.mall.orders import finding
from yaksok.mall.orders.finding import Order
from yaksok.mall.shipping import parcels
from yaksok.policy.entries import Text
from yaksok.policy.in_force import policy
from yaksok.policy.vocabulary import Item, Language, Purpose, RecordKind
from yaksok.privacy.consent import ledger
from yaksok.privacy.disclosure import following, register
from yaksok.privacy.disclosure.handover import COURIER
from yaksok.privacy.disclosure.register import (
    FOLLOWING,
    OPEN,
    SETTLED,
    Answer,
    Entry,
    Message,
    State,
)
from yaksok.privacy.post import outbox
from yaksok.privacy.post.letters import Template
from yaksok.privacy.vault import gate

BEFORE_THE_DAY = timedelta(days=2)
"""So long before the law's day the person is told even if somebody has not answered yet."""
AT_ONCE = 50
PATH = "/my/received"
ALL = 1_000_000
"""Orders of one member: all of them."""


class Outcome(StrEnum):
    """What became of a correction or an erasure at one recipient, in the words of a person."""

    DONE = "done"
    FAILED = "failed"
    """It did not reach them; the mall's own people see to it."""
    NOT_HELD = "not_held"
    NOT_SENT = "not_sent"
    """There was nothing to send any more, or it must not be sent."""
    REFUSED = "refused"
    """They answered that they will not."""
    WAITING = "waiting"


_SAID = {
    (Message.CORRECTION, Outcome.DONE): Text(
        ko="고쳤다고 답했어요", en="says that it was corrected"
    ),
    (Message.ERASURE, Outcome.DONE): Text(ko="지웠다고 답했어요", en="says that it was erased"),
    (Message.CORRECTION, Outcome.NOT_HELD): Text(
        ko="갖고 있지 않아 고칠 것이 없다고 답했어요", en="says that it holds nothing to correct"
    ),
    (Message.ERASURE, Outcome.NOT_HELD): Text(
        ko="갖고 있지 않다고 답했어요", en="says that it holds nothing"
    ),
    (Message.CORRECTION, Outcome.REFUSED): Text(
        ko="고치지 않는다고 답했어요. 저희가 까닭을 확인하고 있어요",
        en="says that it does not correct it; we are asking why",
    ),
    (Message.ERASURE, Outcome.REFUSED): Text(
        ko="지우지 않는다고 답했어요. 저희가 까닭을 확인하고 있어요",
        en="says that it does not erase it; we are asking why",
    ),
    (Message.CORRECTION, Outcome.FAILED): Text(
        ko="끝내 답하지 않았어요. 저희가 직접 연락해 고치게 할게요",
        en="never answered; we are calling it to have it corrected",
    ),
    (Message.ERASURE, Outcome.FAILED): Text(
        ko="끝내 답하지 않았어요. 저희가 직접 연락해 지우게 할게요",
        en="never answered; we are calling it to have it erased",
    ),
    (Message.CORRECTION, Outcome.WAITING): Text(
        ko="아직 답하지 않았어요. 계속 알리고 있어요", en="has not answered yet; we go on asking"
    ),
    (Message.ERASURE, Outcome.WAITING): Text(
        ko="아직 답하지 않았어요. 계속 알리고 있어요", en="has not answered yet; we go on asking"
    ),
}


@dataclass(frozen=True, slots=True)
class Followed:
    """A correction or an erasure that went after a handover, and what they answered.

    ``due_at`` lies in the last day on which the person is told what came of it.
    """

    message: Message
    planned_at: datetime
    outcome: Outcome
    answered_at: datetime | None
    due_at: datetime | None


@dataclass(frozen=True, slots=True)
class Given:
    """One handover: what, for what, when, and everything that followed. ``sent_at`` is None before it left."""

    items: tuple[Item, ...]
    kind: RecordKind
    purpose: Purpose
    state: State
    planned_at: datetime
    sent_at: datetime | None
    followed: tuple[Followed, ...]


@dataclass(frozen=True, slots=True)
class Recipient:
    """Somebody who received something, by the name that the policy gives them, newest handover first.

    ``purpose`` is what they use it for.     ``consent`` is the name of the consent by which they received it, "" where none was needed.
    """

    name: str
    company: str
    purpose: str
    keeps: str
    consent: str
    stands: bool
    given: tuple[Given, ...]


def view(actor: Actor, language: Language) -> tuple[Recipient, ...]:
    """Everybody who received something of the member, or of those whom their orders name."""
    if actor.subject is None:
        msg = "there is no page for somebody who is not known"
        raise NotFound(msg)
    with keeper():
        about = {actor.subject} | {
            order.recipient for order in finding.of_subject(actor.subject, limit=ALL)
        }
        entries = register.for_subjects(about)
        consents = ledger.standing(actor.subject).consents
    by_recipient: dict[str, list[Entry]] = {}
    for entry in entries:
        by_recipient.setdefault(entry.recipient, []).append(entry)
    return tuple(_recipient(name, some, consents, language) for name, some in by_recipient.items())


def outcome_of(entry: Entry) -> Outcome:
    """What became of a correction or an erasure."""
    if entry.state in OPEN:
        return Outcome.WAITING
    if entry.state is State.ACKNOWLEDGED:
        return Outcome.NOT_HELD if entry.answer == Answer.NOT_HELD else Outcome.DONE
    if not entry.broken:
        return Outcome.NOT_SENT
    return Outcome.FAILED if entry.reason == register.UNREACHABLE else Outcome.REFUSED


def tell_results(limit: int = AT_ONCE) -> int:
    """Write to the persons who wait to hear what became of a correction or an erasure (P4.6). A job.

    One letter for all of a person's messages that are settled. While one of them is open the others
    wait for it, but not beyond two days before the law's day: then the letter says who has not
    answered, and another one follows when they do.

    Returns:
        How many letters were put into the outbox.
    """
    with keeper():
        waiting = register.untold(clock.now() + BEFORE_THE_DAY, limit)
    return sum(_tell(subject) for subject in waiting)


@retrying
def _tell(subject: SubjectId) -> int:
    with keeper():
        followed = following.locked(subject)
        near = clock.now() + BEFORE_THE_DAY
        late = [one for one in followed if one.state in OPEN and _is_near(one, near)]
        if any(one.state in OPEN for one in followed) and not late:
            return 0  # the last answer is worth waiting for
        news = [one for one in followed if one.state in SETTLED and one.told != one.state]
        news += [one for one in late if not one.told]
        following.told(subject, [(one.id, one.state) for one in news])
        worth = [one for one in news if outcome_of(one) is not Outcome.NOT_SENT]
        address = _letterbox(subject, followed)
        if not worth or address is None:  # whoever left was told on leaving whom we tell
            return 0
        person, kind, record, language = address
        outbox.note(
            person,
            Template.RECIPIENTS_ANSWERED,
            kind=kind,
            record=record,
            language=language,
            context={"what": _words(worth, language), "path": PATH},
        )
    return 1


def _is_near(entry: Entry, near: datetime) -> bool:
    return entry.due_at is not None and entry.due_at <= near


def _words(entries: Iterable[Entry], language: Language) -> str:
    companies = policy().document.body.recipients
    lines = []
    for entry in entries:
        third = companies.get(entry.recipient)
        company = third.company.in_(language) if third else entry.recipient
        said = _SAID[entry.message, outcome_of(entry)].in_(language)
        lines.append(f"- {company}: {said}")
    return "\n".join(dict.fromkeys(lines))


def _letterbox(
    subject: SubjectId, entries: Iterable[Entry]
) -> tuple[SubjectId, RecordKind, RecordId, Language] | None:
    """Where a letter about ``subject`` goes: their own, or that of whoever ordered for them."""
    order = _order(entries)
    person = order.subject if order is not None else subject
    held = {one.kind: one.record for one in gate.holdings(person)}
    language = _language(person, order)
    if RecordKind.MEMBERSHIP in held:
        return person, RecordKind.MEMBERSHIP, held[RecordKind.MEMBERSHIP], language
    if RecordKind.ORDER_PAYER in held:
        return person, RecordKind.ORDER_PAYER, held[RecordKind.ORDER_PAYER], language
    return None


def _order(entries: Iterable[Entry]) -> Order | None:
    """The order by which somebody's data came to the courier, if that is how it came."""
    for entry in entries:
        place = parcels.place_of(entry.reference) if entry.recipient == COURIER else None
        if place is not None:
            return finding.of(*place)
    return None


def _language(person: SubjectId, order: Order | None) -> Language:
    """The language in which they were told something last."""
    if order is not None:
        return order.language
    receipts = ledger.receipts(person)
    return receipts[0].language if receipts else Language.KOREAN


def _recipient(
    name: str, entries: list[Entry], consents: frozenset[str], language: Language
) -> Recipient:
    third = policy().document.body.recipients.get(name)
    asked = third is None or third.without_consent is None
    consent = f"disclose:{name}" if asked else ""
    handed = [one for one in entries if one.message is Message.HANDOVER]
    return Recipient(
        name=name,
        company=third.company.in_(language) if third else name,
        purpose=third.purpose.in_(language) if third else "",
        keeps=third.keeps.in_(language) if third else "",
        consent=consent,
        stands=consent in consents,
        given=tuple(_given(one, entries) for one in reversed(handed)),
    )


def _given(handed: Entry, entries: list[Entry]) -> Given:
    return Given(
        items=handed.items,
        kind=handed.kind,
        purpose=handed.purpose,
        state=handed.state,
        planned_at=handed.planned_at,
        sent_at=handed.sent_at,
        followed=tuple(
            Followed(
                one.message, one.planned_at, outcome_of(one), one.acknowledged_at, one.last_moment
            )
            for one in entries
            if one.message in FOLLOWING and one.reference == handed.reference
        ),
    )
