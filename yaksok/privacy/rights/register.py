"""What people asked for about their own data: received, due, answered, and with what outcome.

What is answered in the moment it comes is entered here. What somebody has to work on is a case
(:mod:`yaksok.privacy.rights.cases`), in the same table.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection

from yaksok.database.inserting import insert
from yaksok.database.selecting import rows
from yaksok.kernel import clock
from yaksok.kernel.actor import Actor
from yaksok.kernel.errors import NotFound
from yaksok.kernel.ids import OrderId, RecordId, SubjectId, new_id
from yaksok.policy.retention import Period
from yaksok.policy.vocabulary import Item, Language
from yaksok.privacy.audit import log
from yaksok.privacy.audit.events import Event
from yaksok.privacy.rights.due import due
from yaksok.privacy.rights.words import DEADLINE, PROMISE, Asker, Check, Kind, Outcome, State, Way

__all__ = ["DEADLINE", "KEPT_FOR", "WEB", "Kind", "Outcome", "Request", "answered_at_once", "due"]

WEB = Way.WEB
KEPT_FOR = Period.parse("P3Y")
"""How long a line of the register is kept after its answer; it names a random id and no person."""

_part: ContextVar[str] = ContextVar("part_of_a_request", default="")

COLUMNS = (
    "subject_id, id, kind, channel, items, received_at, due_at, answered_at, outcome, state, number,"
    " who, asker, language, record_id, order_id, checks, ground, extensions, paper, handler, second, appeal_id"
)


@dataclass(frozen=True, slots=True)
class Request:
    """One line of the register.

    ``who`` is the role in which the person is known, "" where nothing is held about them. ``record``
    is where their words and the answer lie sealed, ``appeal`` where their objection does.
    ``handler`` worked on it, ``second`` looked at what went out by post.
    """

    subject: SubjectId
    id: UUID
    kind: Kind
    channel: str
    items: tuple[Item, ...]
    received_at: datetime
    due_at: datetime
    answered_at: datetime | None
    outcome: str
    state: State = State.ANSWERED
    number: str = ""
    who: str = ""
    asker: Asker = Asker.SELF
    language: Language = Language.KOREAN
    record: RecordId | None = None
    order: OrderId | None = None
    checks: frozenset[Check] = frozenset()
    ground: str = ""
    extensions: int = 0
    paper: bool = False
    handler: SubjectId | None = None
    second: SubjectId | None = None
    appeal: RecordId | None = None


def answered_at_once(
    subject: SubjectId,
    kind: Kind,
    *,
    items: Collection[Item],
    outcome: Outcome,
    actor: Actor,
    trail: UUID | None,
    channel: str = WEB,
) -> Request:
    """Enter a request that was answered in the moment it came, as self-service does.

    Records:
        Event.RIGHTS_REQUEST_ANSWERED, with item names.
    """
    now = clock.now()
    line = Request(
        subject,
        new_id(),
        kind,
        str(channel),
        tuple(sorted(items)),
        now,
        due(kind, now),
        now,
        outcome.value,
        who=actor.role.value,
    )
    if not _part.get():
        write(line)
    log.record(
        Event.RIGHTS_REQUEST_ANSWERED,
        actor=actor,
        trail=trail,
        items=line.items,
        purpose="rights",
        promise=PROMISE.get(kind, "P8.1"),
        reason=kind.value,
    )
    return line


@contextmanager
def part_of(line: Request) -> Iterator[None]:
    """What is answered at once inside of the block is part of ``line``, which stands there already."""
    token = _part.set(line.number)
    try:
        yield
    finally:
        _part.reset(token)


def write(line: Request) -> None:
    """Add ``line`` to the register."""
    cells = (
        line.subject,
        line.id,
        line.kind.value,
        line.channel,
        [item.value for item in line.items],
        line.received_at,
        line.due_at,
        line.answered_at,
        line.outcome,
        line.state.value,
        line.number,
        line.who,
        line.asker.value,
        line.language.value,
        line.record,
        line.order,
        sorted(line.checks),
        line.ground,
        line.extensions,
        line.paper,
        line.handler,
        line.second,
        line.appeal,
    )
    with connection.cursor() as cursor:
        insert(cursor, "rights_request", COLUMNS.split(", "), [cells])


def of(subject: SubjectId, *, limit: int = 200) -> tuple[Request, ...]:
    """What ``subject`` asked for, newest first."""
    return where("subject_id = %s ORDER BY id DESC LIMIT %s", [subject, limit])


def one(subject: SubjectId, request: UUID, *, lock: bool = False) -> Request:
    """One request of ``subject``.

    Raises:
        NotFound: ``subject`` made no such request; whether somebody else did is not said.
    """
    tail = " FOR UPDATE" if lock else ""
    found = where(f"subject_id = %s AND id = %s{tail}", [subject, request])
    if not found:
        msg = "there is no such request"
        raise NotFound(msg)
    return found[0]


def where(condition: str, values: Sequence[Any]) -> tuple[Request, ...]:
    """The lines for which ``condition`` holds, a constant of the code."""
    statement = f"SELECT {COLUMNS} FROM rights_request WHERE {condition}"  # noqa: S608 - constants
    return tuple(_line(row) for row in rows(statement, values))


def _line(row: Sequence[Any]) -> Request:
    cells = list(row)
    for place, made in _MADE.items():
        cells[place] = made(cells[place])
    return Request(*cells)


_MADE: Mapping[int, Callable[[Any], object]] = {
    2: Kind,
    4: lambda items: tuple(map(Item, items)),
    9: State,
    12: Asker,
    13: Language,
    16: lambda checks: frozenset(map(Check, checks)),
}
"""What becomes of some of :data:`COLUMNS`, by their place."""


def sweep() -> int:
    """Delete lines that were answered more than three years ago. For the clock's jobs."""
    now = clock.now()
    over = [
        (line.subject, line.id)
        for line in where(
            "received_at <= %s AND answered_at IS NOT NULL ORDER BY received_at LIMIT 1000",
            [now - timedelta(days=3 * 365)],
        )
        if line.answered_at and KEPT_FOR.after(line.answered_at) <= now
    ]
    with connection.cursor() as cursor:
        for name in over:
            for statement in _FORGET:
                cursor.execute(statement, name)
    return len(over)


_FORGET = (
    "DELETE FROM rights_sighting WHERE subject_id = %s AND request_id = %s",
    "DELETE FROM rights_step WHERE subject_id = %s AND request_id = %s",
    "DELETE FROM rights_number WHERE subject_id = %s AND request_id = %s",
    "DELETE FROM rights_request WHERE subject_id = %s AND id = %s",
)
