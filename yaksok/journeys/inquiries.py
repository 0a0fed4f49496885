"""What the asker sees of their inquiries, and says of the answers. Nobody else sees them (P10.3)."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from yaksok.database.roles import keeper, retrying
from yaksok.guard import throttle
from yaksok.journeys.desk_words import STATES, TOPICS
from yaksok.journeys.inquire import must_know
from yaksok.journeys.speaking import spoken
from yaksok.kernel.actor import Actor
from yaksok.kernel.errors import Invalid, NotFound
from yaksok.mall.desk import book, proofs
from yaksok.mall.desk.book import BEST_SCORE, Ticket, TicketId
from yaksok.mall.desk.words import State
from yaksok.policy import working_days
from yaksok.policy.entries import Text
from yaksok.policy.in_force import policy
from yaksok.policy.vocabulary import Item, Purpose, RecordKind
from yaksok.privacy.vault import gate

FAILURES = 5
WINDOW_SECONDS = 15 * 60
"""Five failures in a quarter of an hour, for one ticket and for one address."""

NUMBER_SCOPE = "inquiries:number"
ADDRESS_SCOPE = "inquiries:address"
LONGEST = 64
NOBODYS = "Q-0000-0000"
"""Sought when what was typed cannot be a number, so that it takes the same work."""

WRONG = Text(
    ko="접수번호나 확인번호가 맞지 않아요. 접수할 때 받은 두 번호를 그대로 적어 주세요.",
    en="The ticket number or the check code is not right. Type both as you were given them.",
)
NO_SCORE = Text(ko="1에서 5까지 하나를 골라 주세요.", en="Choose one of 1 to 5.")


@dataclass(frozen=True, slots=True)
class Summary:
    """One line of the member's list."""

    ticket: TicketId
    number: str
    topic: str
    state: State
    state_label: str
    received_at: datetime
    due_at: datetime


@dataclass(frozen=True, slots=True)
class Inquiry:
    """One inquiry as its asker reads it. ``answer`` is "" until there is one that may leave.

    ``token`` lets this very reader say how the answer was; "" when there is nothing to say.
    """

    summary: Summary
    body: str
    answer: str
    answered_at: datetime | None
    score: int | None
    token: str


def look_up(number: str, secret: str, *, address_key: str) -> Inquiry:
    """The inquiry with this number and secret, for somebody without an account.

    A wrong number and a wrong secret get the same sentence after the same work. A member's inquiry
    has no secret, and is not found this way.

    Raises:
        Invalid: not right; one sentence for the form as a whole.
        Throttled: five failures in 15 minutes, for this number or from this address.

    Records:
        Event.VAULT_ITEMS_OPENED when it is right.
    """
    asked = proofs.normal_number(number[:LONGEST]) or NOBODYS
    counted = number[:LONGEST] if asked == NOBODYS else asked
    target, guesser = (NUMBER_SCOPE, counted), (ADDRESS_SCOPE, address_key)
    with throttle.guessing(target, guesser, limit=FAILURES, seconds=WINDOW_SECONDS):
        with keeper():
            found = book.by_proof(asked, secret[:LONGEST])
        if found is None:
            raise Invalid({"": spoken(WRONG)})
    with keeper():
        return _read(found, Actor.guest(found.subject))


def mine(actor: Actor) -> list[Summary]:
    """The member's inquiries, newest first, 200 at most. Opens nothing."""
    subject = must_know(actor)
    with keeper():
        return [_summary(one) for one in book.of_subject(subject)]


def one(actor: Actor, ticket: TicketId) -> Inquiry:
    """One of the member's inquiries.

    Raises:
        NotFound: the member has no such inquiry; somebody else's looks the same.

    Records:
        Event.VAULT_ITEMS_OPENED.
    """
    subject = must_know(actor)
    with keeper():
        return _read(book.of(subject, ticket), actor)


@retrying
def rate(actor: Actor, ticket: UUID, token: str, score: str) -> None:
    """The asker says how the answer was: 1 to 5, once, and no word more (P10.4).

    Arguments:
        token: What the page with the answer carried.

    Raises:
        Invalid: no such score.
        NotFound: there is no such inquiry, no answer, or the asker is somebody else.
    """
    with keeper():
        found = book.lock(book.by_id(TicketId(ticket)))
        own = not found.member or found.subject == actor.subject
        if not own or found.state is not State.ANSWERED or not proofs.may_score(found.id, token):
            msg = "no such inquiry"
            raise NotFound(msg)
        if score not in {str(n) for n in range(1, BEST_SCORE + 1)}:
            raise Invalid({"score": spoken(NO_SCORE)})
        book.scored(found, int(score))


def _read(ticket: Ticket, actor: Actor) -> Inquiry:
    opened = gate.open_items(
        ticket.subject,
        policy().having(RecordKind.INQUIRY, (Item.BODY, Item.ANSWER)),
        kind=RecordKind.INQUIRY,
        purpose=Purpose.COMPLAINT,
        actor=actor,
        record=ticket.record,
    )
    sent = ticket.state is State.ANSWERED
    return Inquiry(
        _summary(ticket),
        opened[Item.BODY].reveal(),
        opened[Item.ANSWER].reveal() if sent and Item.ANSWER in opened else "",
        ticket.answered_at if sent else None,
        ticket.score,
        proofs.scoring(ticket.id) if sent and ticket.score is None else "",
    )


def _summary(ticket: Ticket) -> Summary:
    return Summary(
        ticket.id,
        ticket.number,
        spoken(TOPICS[ticket.topic]),
        ticket.state,
        spoken(STATES[ticket.state]),
        ticket.received_at,
        working_days.told(ticket.due_at),
    )
