"""Write tickets down, move them on, and read them: by their number, by whose they are, by the queue.

Every call is part of its caller's transaction, as the role of journeys with personal data.
"""

from collections.abc import Collection, Sequence
from dataclasses import astuple, dataclass, replace
from datetime import datetime
from typing import Any, NewType
from uuid import UUID

from yaksok.database.selecting import rows
from yaksok.kernel.errors import NotFound
from yaksok.kernel.ids import OrderId, RecordId, SubjectId, new_id
from yaksok.mall.desk import proofs
from yaksok.mall.desk.words import WAITING, Closing, State, Topic, Way
from yaksok.policy.vocabulary import Language

TicketId = NewType("TicketId", UUID)

MOST = 200
"""Tickets that one list holds."""

BEST_SCORE = 5
COLUMNS = (
    "subject_id, id, number, record_id, member, topic, state, way, language, order_id, request,"
    " received_at, due_at, answered_at, taken_by, drafted_by, checked_by, drafts, closing, score"
)


@dataclass(frozen=True, slots=True)
class Ticket:
    """One inquiry. ``record`` is where its words lie sealed; ``due_at`` is when it is overdue.

    ``order`` is one that the asker showed to be theirs; ``request`` the number of a request
    in the queue of rights, "" if none came of it.
    """

    subject: SubjectId
    id: TicketId
    number: str
    record: RecordId
    member: bool
    topic: Topic
    state: State
    way: Way
    language: Language
    order: OrderId | None
    request: str
    received_at: datetime
    due_at: datetime
    answered_at: datetime | None = None
    taken_by: SubjectId | None = None
    drafted_by: SubjectId | None = None
    checked_by: SubjectId | None = None
    drafts: int = 0
    closing: str = ""
    score: int | None = None

    def overdue(self, at: datetime) -> bool:
        """Whether the asker waits longer than they were told."""
        return self.state in WAITING and at >= self.due_at


@dataclass(frozen=True, slots=True)
class Figures:
    """The desk in figures: nobody's name, and no word. Times in hours, None when nothing counts."""

    waiting: int
    overdue: int
    answered: int
    in_time: int
    median_hours: float | None
    scored: int
    mean_score: float | None


def new_ticket_id() -> TicketId:
    """A fresh id; later tickets sort later."""
    return TicketId(new_id())


def add(ticket: Ticket, *, secret: str | None) -> None:
    """Write ``ticket`` down. ``secret`` is for an asker without an account; its hash stays."""
    kept = None if secret is None else proofs.digest(ticket.id, secret)
    marks = ", ".join(["%s"] * len(astuple(ticket)))
    rows(
        f"INSERT INTO desk_ticket ({COLUMNS}, secret) VALUES ({marks}, %s) RETURNING id",  # noqa: S608 - constants of this module
        [*astuple(ticket), kept],
    )
    rows(
        "INSERT INTO desk_number (number, subject_id, record_id, ticket_id)"
        " VALUES (%s, %s, %s, %s) RETURNING number",
        [ticket.number, ticket.subject, ticket.record, ticket.id],
    )


def of(subject: SubjectId, ticket: TicketId) -> Ticket:
    """One ticket of ``subject``.

    Raises:
        NotFound: ``subject`` has no such ticket; somebody else's looks the same.
    """
    return _one("subject_id = %s AND id = %s", [subject, ticket])


def of_subject(subject: SubjectId) -> list[Ticket]:
    """The tickets of ``subject``, newest first, 200 at most."""
    return _read("subject_id = %s ORDER BY id DESC LIMIT %s", [subject, MOST])


def by_id(ticket: TicketId) -> Ticket:
    """The ticket with this id, whoever asks; for the console. Raises NotFound."""
    return _one("id = %s", [ticket])


def by_proof(number: str, secret: str) -> Ticket | None:
    """The ticket that number and secret open; None for a wrong pair, whichever of them is wrong."""
    found = rows(
        "SELECT t.subject_id, t.id, t.secret FROM desk_number n JOIN desk_ticket t"
        " ON t.subject_id = n.subject_id AND t.id = n.ticket_id WHERE n.number = %s",
        [number],
    )
    subject, ticket, kept = found[0] if found else (None, UUID(int=0), None)
    if not proofs.is_right(bytes(kept) if kept else None, ticket, secret):
        return None
    return of(SubjectId(subject), TicketId(ticket))


def queue(
    states: Collection[State],
    topics: Collection[Topic],
    *,
    limit: int,
    after: tuple[datetime, UUID] | None = None,
) -> list[Ticket]:
    """Tickets in ``states`` about ``topics``, the first to be due first, after the one named."""
    where = "state = ANY (%s) AND topic = ANY (%s)"
    values: list[Any] = [list(states), list(topics)]
    if after is not None:
        where += " AND (due_at, id) > (%s, %s)"
        values += after
    return _read(f"{where} ORDER BY due_at, id LIMIT %s", [*values, limit])


def lock(ticket: Ticket) -> Ticket:
    """``ticket`` as it stands now; nobody else changes it until the transaction ends."""
    return _one("subject_id = %s AND id = %s FOR UPDATE", [ticket.subject, ticket.id])


def take(ticket: Ticket, staff: SubjectId) -> Ticket:
    """Note who opened it first; it says no more than that."""
    return _set(replace(ticket, taken_by=ticket.taken_by or staff))


def drafted(ticket: Ticket, staff: SubjectId) -> Ticket:
    """An answer is written, and waits for a second person."""
    return _set(
        replace(
            ticket,
            state=State.CHECKING,
            drafted_by=staff,
            checked_by=None,
            drafts=ticket.drafts + 1,
        )
    )


def returned(ticket: Ticket, staff: SubjectId) -> Ticket:
    """The second person wants another answer."""
    return _set(replace(ticket, state=State.OPEN, checked_by=staff))


def answered(
    ticket: Ticket, *, at: datetime, by: SubjectId, checked_by: SubjectId | None
) -> Ticket:
    """The asker has the answer."""
    return _set(
        replace(ticket, state=State.ANSWERED, answered_at=at, drafted_by=by, checked_by=checked_by)
    )


def closed(ticket: Ticket, why: Closing, *, at: datetime) -> Ticket:
    """It ends without an answer."""
    return _set(replace(ticket, state=State.CLOSED, closing=why.value, answered_at=at))


def scored(ticket: Ticket, score: int) -> Ticket:
    """The asker said how the answer was, 1 to 5. Once: a later word changes nothing."""
    if not 1 <= score <= BEST_SCORE:
        msg = f"a score is 1 to {BEST_SCORE}"
        raise ValueError(msg)
    return ticket if ticket.score is not None else _set(replace(ticket, score=score))


def linked(ticket: Ticket, request: str) -> Ticket:
    """A request for a right came of it, and runs under this number in a queue of its own."""
    return _set(replace(ticket, request=request))


def figures(now: datetime, since: datetime) -> Figures:
    """Who waits at ``now``, and how the tickets went that were answered since ``since``."""
    waiting = [one.value for one in WAITING]
    ((still, late, done, in_time, median, said, mean),) = rows(
        "SELECT count(*) FILTER (WHERE state = ANY (%(waiting)s)),"
        " count(*) FILTER (WHERE state = ANY (%(waiting)s) AND due_at <= %(now)s),"
        " count(*) FILTER (WHERE state = 'answered' AND answered_at >= %(since)s),"
        " count(*) FILTER (WHERE state = 'answered' AND answered_at >= %(since)s"
        "  AND answered_at < due_at),"
        " percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM answered_at - received_at))"
        "  FILTER (WHERE state = 'answered' AND answered_at >= %(since)s),"
        " count(score) FILTER (WHERE answered_at >= %(since)s),"
        " avg(score) FILTER (WHERE answered_at >= %(since)s) FROM desk_ticket",
        {"waiting": waiting, "now": now, "since": since},
    )
    hours = None if median is None else round(float(median) / 3600, 1)
    return Figures(still, late, done, in_time, hours, said, None if mean is None else float(mean))


def _one(where: str, values: Sequence[Any]) -> Ticket:
    found = _read(where, values)
    if not found:
        msg = "no such ticket"
        raise NotFound(msg)
    return found[0]


def _read(where: str, values: Sequence[Any]) -> list[Ticket]:
    found = rows(f"SELECT {COLUMNS} FROM desk_ticket WHERE {where}", values)  # noqa: S608 - constants of this module
    return [_ticket(row) for row in found]


def _ticket(row: Sequence[Any]) -> Ticket:
    cells = list(row)
    cells[5:9] = Topic(row[5]), State(row[6]), Way(row[7]), Language(row[8])
    return Ticket(*cells)


def _set(ticket: Ticket) -> Ticket:
    rows(
        "UPDATE desk_ticket SET state = %s, request = %s, answered_at = %s, taken_by = %s,"
        " drafted_by = %s, checked_by = %s, drafts = %s, closing = %s, score = %s"
        " WHERE subject_id = %s AND id = %s RETURNING id",
        [
            ticket.state.value,
            ticket.request,
            ticket.answered_at,
            ticket.taken_by,
            ticket.drafted_by,
            ticket.checked_by,
            ticket.drafts,
            ticket.closing,
            ticket.score,
            ticket.subject,
            ticket.id,
        ],
    )
    return ticket
