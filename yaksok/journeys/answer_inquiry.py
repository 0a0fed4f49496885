"""Staff open an inquiry, answer it, and let a second person read what is about privacy (P10.3, P10.4).

The answer goes to the asker and to nobody else. Where else to turn stands below each of them,
whatever was written (P11.5).
"""

from collections.abc import Mapping
from dataclasses import dataclass

from yaksok.database.roles import keeper, retrying
from yaksok.journeys import at_work, desk_letters
from yaksok.journeys.desk_words import ANSWERS
from yaksok.kernel import clock
from yaksok.kernel.actor import Actor, Role
from yaksok.kernel.errors import Invalid, Refused
from yaksok.kernel.ids import SubjectId
from yaksok.mall.desk import book
from yaksok.mall.desk.book import Ticket, TicketId
from yaksok.mall.desk.words import CHECKED, Closing, State
from yaksok.policy import forms
from yaksok.policy.entries import Text
from yaksok.policy.in_force import policy
from yaksok.policy.remedies import elsewhere
from yaksok.policy.vocabulary import FormName, Item, Language, Purpose, RecordKind
from yaksok.privacy.audit import log
from yaksok.privacy.audit.events import Event
from yaksok.privacy.retention import ends
from yaksok.privacy.vault import gate

MAY_ANSWER = frozenset({Role.CLERK, Role.OFFICER})
ALSO = frozenset({"drafts"})
READ = (Item.BODY, Item.ANSWER, Item.NAME, Item.PHONE, Item.EMAIL)

NOT_OPEN = Text(
    ko="그사이 다른 직원이 이 문의를 처리했습니다. 지금 상태를 확인하십시오.",
    en="Somebody else has dealt with this inquiry meanwhile. Look at where it stands now.",
)
OTHER_DRAFT = Text(
    ko="그사이 답이 바뀌었습니다. 바뀐 답을 읽고 다시 확인하십시오.",
    en="The answer has changed meanwhile. Read the new one and check it again.",
)


@dataclass(frozen=True, slots=True)
class Words:
    """An inquiry as staff read it. Absent items were not given; ``draft`` waits for a second person."""

    body: str
    draft: str
    name: str
    phone: str
    email: str


def read(actor: Actor, ticket: TicketId) -> Words:
    """The words of one inquiry, opened because of its ticket.

    Refuses:
        Refused: the actor is not staff of the desk, or has no current training (P7.14).

    Raises:
        NotFound: there is no such ticket.

    Records:
        Event.DESK_TICKET_OPENED with the ticket's number, and Event.VAULT_ITEMS_OPENED.
    """
    staff = must_answer(actor)
    with keeper():
        found = book.by_id(ticket)
        items = policy().having(RecordKind.INQUIRY, READ)
        opened = gate.open_items(
            found.subject,
            items,
            kind=RecordKind.INQUIRY,
            purpose=Purpose.COMPLAINT,
            actor=actor,
            record=found.record,
        )
        _write(Event.DESK_TICKET_OPENED, actor, found)
        book.take(book.lock(found), staff)
        given = {item: value.reveal() for item, value in opened.items()}
    return Words(
        given.get(Item.BODY, ""),
        given.get(Item.ANSWER, ""),
        given.get(Item.NAME, ""),
        given.get(Item.PHONE, ""),
        given.get(Item.EMAIL, ""),
    )


@retrying
def answer(
    actor: Actor, ticket: TicketId, posted: Mapping[str, str], *, language: Language
) -> Ticket:
    """Answer an inquiry; what is about privacy or rights waits for a second person first.

    Raises:
        Invalid: the answer cannot be taken, or the ticket is not open any more.

    Refuses:
        Refused: the actor is not staff of the desk, or has no current training.

    Records:
        Event.VAULT_RECORD_AMENDED, and Event.DESK_TICKET_ANSWERED when it leaves.
    """
    staff = must_answer(actor)
    with keeper():
        found = book.lock(book.by_id(ticket))
        if found.state is not State.OPEN:
            raise Invalid({"": NOT_OPEN.in_(language)})
        asked = forms.form(policy(), FormName.ANSWER)
        values = forms.read(asked, posted, language, also=ALSO)
        said = next(v for n, v in values.items() if asked.of(RecordKind.INQUIRY)[n] is Item.ANSWER)
        gate.amend(
            found.subject,
            RecordKind.INQUIRY,
            {Item.ANSWER: complete(said, found.language)},
            purpose=Purpose.COMPLAINT,
            actor=actor,
            record=found.record,
        )
        if found.topic in CHECKED:
            return book.drafted(found, staff)
        return _send(found, actor, by=staff, checked_by=None)


@retrying
def check(actor: Actor, ticket: TicketId, *, drafts: int, good: bool, language: Language) -> Ticket:
    """A second person sends an answer on, or gives it back.

    Arguments:
        drafts: Which of the answers they have read, counted from 1.

    Raises:
        Invalid: nothing waits to be checked, or it is another answer by now.

    Refuses:
        Refused: it is their own answer (P10.4), or they are not staff of the desk.

    Records:
        Event.DESK_TICKET_CHECKED, and Event.DESK_TICKET_ANSWERED when it leaves.
    """
    staff = must_answer(actor)
    at_work.must_be_trained(actor, "check an answer")
    with keeper():
        found = book.lock(book.by_id(ticket))
        if found.state is not State.CHECKING or found.drafted_by is None:
            raise Invalid({"": NOT_OPEN.in_(language)})
        if found.drafts != drafts:
            raise Invalid({"": OTHER_DRAFT.in_(language)})
        must_be_second(found, staff)
        _write(Event.DESK_TICKET_CHECKED, actor, found)
        if not good:
            return book.returned(found, staff)
        return _send(found, actor, by=found.drafted_by, checked_by=staff)


@retrying
def close(actor: Actor, ticket: TicketId, why: Closing, *, language: Language) -> Ticket:
    """End an inquiry without an answer. One about privacy or rights is answered, never closed.

    Raises:
        Invalid: it is not open any more.

    Refuses:
        Refused: it is about privacy or rights (P10.1), or the actor is not staff of the desk.

    Records:
        Event.DESK_TICKET_CLOSED.
    """
    must_answer(actor)
    at_work.must_be_trained(actor, "close an inquiry")
    with keeper():
        found = book.lock(book.by_id(ticket))
        if found.state is not State.OPEN:
            raise Invalid({"": NOT_OPEN.in_(language)})
        if found.topic in CHECKED:
            msg = "refused to close a complaint about privacy without an answer"
            raise Refused(msg, promise="P10.1")
        now = clock.now()
        ends.happened(found.subject, found.record, RecordKind.INQUIRY, at=now)
        _write(Event.DESK_TICKET_CLOSED, actor, found)
        return book.closed(found, why, at=now)


def must_be_second(ticket: Ticket, staff: SubjectId) -> None:
    """Nothing, for somebody else than who wrote the answer.

    Refuses:
        Refused: nobody checks their own answer (P10.4).
    """
    if ticket.drafted_by == staff:
        msg = "refused to send an answer: who wrote it does not check it"
        raise Refused(msg, promise="P10.4")


def complete(said: str, language: Language) -> str:
    """The answer as it goes to the asker: with where else to turn, which nobody can leave out."""
    office = elsewhere(policy().document.body, language)
    return said if office in said else f"{said}\n\n{office}"


def beginnings(language: Language) -> tuple[tuple[str, str, str], ...]:
    """How answers can begin: name, what it is for, its words."""
    return tuple(
        (name, title.in_(language), words.in_(language)) for name, (title, words) in ANSWERS.items()
    )


def must_answer(actor: Actor) -> SubjectId:
    """Who answers.

    Refuses:
        Refused: answering is the work of staff, and of nobody else (P7.13).
    """
    if actor.role not in MAY_ANSWER or actor.subject is None:
        msg = f"refused to let {actor.role} answer an inquiry"
        raise Refused(msg, promise="P7.13")
    return actor.subject


def _send(ticket: Ticket, actor: Actor, *, by: SubjectId, checked_by: SubjectId | None) -> Ticket:
    now = clock.now()
    ends.happened(ticket.subject, ticket.record, RecordKind.INQUIRY, at=now)
    desk_letters.answered(ticket)
    _write(Event.DESK_TICKET_ANSWERED, actor, ticket)
    return book.answered(ticket, at=now, by=by, checked_by=checked_by)


def _write(event: Event, actor: Actor, ticket: Ticket) -> None:
    log.record(
        event,
        actor=actor,
        trail=gate.trail_of(ticket.subject),
        kinds=[RecordKind.INQUIRY],
        purpose=Purpose.COMPLAINT,
        promise="P10.4",
        reason=ticket.number,
    )
