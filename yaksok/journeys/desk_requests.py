"""An inquiry that asks for a right: the request runs in a queue of its own, and the ticket says which."""

from yaksok.database.roles import keeper, retrying
from yaksok.journeys import rights_desk
from yaksok.journeys.answer_inquiry import must_answer
from yaksok.kernel.actor import Actor
from yaksok.mall.desk import book
from yaksok.mall.desk.book import Ticket, TicketId

LONGEST = 40


@retrying
def link(actor: Actor, ticket: TicketId, number: str) -> Ticket:
    """Note which request for a right came of an inquiry. Nothing of either is moved or opened.

    Raises:
        NotFound: there is no such request, or no such ticket.

    Refuses:
        Refused: the actor is not staff of the desk (P7.13).
    """
    must_answer(actor)
    row, _steps = rights_desk.case(actor, number.strip().upper()[:LONGEST])
    with keeper():
        return book.linked(book.lock(book.by_id(ticket)), row.line.number)
