"""Requests that somebody works on: taken in, moved on step by step, each step written down.

Every call is part of its caller's transaction. A person's words and the answer lie sealed in a record
of the vault; here are numbers, closed words and times alone.
"""

import secrets
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, TypeAlias
from uuid import UUID

from django.db import connection

from yaksok.database.selecting import rows
from yaksok.kernel import clock
from yaksok.kernel.actor import Actor, Role
from yaksok.kernel.errors import Refused
from yaksok.kernel.ids import CROCKFORD, OrderId, RecordId, SubjectId, new_id
from yaksok.policy.vocabulary import Item, Language
from yaksok.privacy.rights import due, register
from yaksok.privacy.rights.register import Request
from yaksok.privacy.rights.words import (
    MOVES,
    OPEN,
    PROMISE,
    Asker,
    Check,
    Kind,
    Outcome,
    State,
    Step,
    Way,
    is_shown,
)

Cell: TypeAlias = Any  # whatever the driver can adapt

STAFF = frozenset({Role.CLERK, Role.OFFICER})
"""Who works at the desk of rights."""

NUMBER_SYMBOLS = 10
"""Of a request's number: 50 random bits. It opens nothing; it names a request over the phone."""

MOST = 200
OPEN_STATES = tuple(state.value for state in OPEN)


@dataclass(frozen=True, slots=True)
class Asked:
    """A request as it is taken in. ``who`` is how the person is known; None when nobody is."""

    kind: Kind
    way: Way
    who: Role | None
    language: Language
    asker: Asker = Asker.SELF
    record: RecordId | None = None
    order: OrderId | None = None
    paper: bool = False
    items: tuple[Item, ...] = ()


@dataclass(frozen=True, slots=True)
class Done:
    """One step of a request's history. ``staff`` is None where the person acted themself."""

    at: datetime
    step: Step
    reason: str
    role: str
    staff: SubjectId | None


def take_in(
    subject: SubjectId, asked: Asked, *, actor: Actor, checks: Collection[Check] = ()
) -> Request:
    """Write a request down; from now on its deadline runs.

    Arguments:
        checks: What already shows who asks: being logged in, the secret of an order.
    """
    now = clock.now()
    shown = is_shown(asked.asker, frozenset(checks))
    line = Request(
        subject,
        new_id(),
        asked.kind,
        asked.way.value,
        asked.items,
        now,
        due.due(asked.kind, now),
        None,
        "",
        State.IDENTIFIED if shown else State.RECEIVED,
        _new_number(),
        asked.who.value if asked.who else "",
        asked.asker,
        asked.language,
        asked.record,
        asked.order,
        frozenset(checks),
        paper=asked.paper,
        handler=actor.subject if actor.role in STAFF else None,
    )
    register.write(line)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO rights_number (number, subject_id, request_id) VALUES (%s, %s, %s)",
            [line.number, subject, line.id],
        )
    note(line, Step.RECEIVED, actor=actor, reason=asked.way.value)
    for check in sorted(checks):
        note(line, Step.CHECKED, actor=actor, reason=check.value)
    return line


def by_number(typed: str) -> tuple[SubjectId, UUID] | None:
    """Whose request has this number, and which it is; None when none has."""
    found = rows(
        "SELECT subject_id, request_id FROM rights_number WHERE number = %s",
        [typed.strip().upper()],
    )
    return (SubjectId(found[0][0]), found[0][1]) if found else None


def check(line: Request, found: Check, *, actor: Actor) -> Request:
    """Note that ``found`` shows who asks; the request goes on when it is enough."""
    checks = line.checks | {found}
    note(line, Step.CHECKED, actor=actor, reason=found.value)
    state = line.state
    if state is State.RECEIVED and is_shown(line.asker, checks):
        state = State.IDENTIFIED
    return _update(line, checks=checks, state=state)


def shown_by_link(subject: SubjectId, *, actor: Actor) -> int:
    """Note of every open request of ``subject`` that a link in a letter was opened; how many there are."""
    waiting = register.where(
        "subject_id = %s AND answered_at IS NULL AND state = 'received' FOR UPDATE", [subject]
    )
    for line in waiting:
        check(line, Check.LINK, actor=actor)
    return len(waiting)


def close_open(subject: SubjectId, *, actor: Actor) -> int:
    """Everything about ``subject`` is erased: whatever they had asked for is done with; how many."""
    waiting = register.where("subject_id = %s AND answered_at IS NULL FOR UPDATE", [subject])
    for line in waiting:
        note(line, Step.ANSWERED, actor=actor, reason="erased")
        _update(line, state=State.ANSWERED, answered_at=clock.now(), outcome=Outcome.DONE.value)
    return len(waiting)


def check_failed(line: Request, *, actor: Actor, reason: str) -> None:
    """Note that something the asker said did not fit; what it was is written nowhere."""
    note(line, Step.CHECK_FAILED, actor=actor, reason=reason)


def worked(
    line: Request, *, actor: Actor, items: Collection[Item] = (), outcome: Outcome = Outcome.DONE
) -> Request:
    """What was asked is done. The person has not been told yet."""
    must_be_shown(line)
    note(line, Step.WORKED, actor=actor, reason=outcome.value)
    return _to(line, State.WORKED, items=tuple(sorted(items)), outcome=outcome.value)


def answer(
    line: Request,
    *,
    actor: Actor,
    outcome: Outcome | None = None,
    record: RecordId | None = None,
) -> Request:
    """The person is told what became of it."""
    must_be_shown(line)
    note(line, Step.ANSWERED, actor=actor, reason=(outcome or line.outcome))
    return _to(
        line,
        State.ANSWERED,
        answered_at=clock.now(),
        outcome=str(outcome or line.outcome or Outcome.DONE),
        record=record or line.record,
        handler=actor.subject,
    )


def refuse(line: Request, ground: str, *, actor: Actor, record: RecordId | None = None) -> Request:
    """Refuse for a reason that the law names for this kind of request, and for no other.

    Refuses:
        Refused: the law names no such reason (P8.1 and the promise of what was asked).
    """
    if ground not in due.grounds(line.kind):
        msg = f"refused to refuse a request to {line.kind}: the law names no such reason"
        raise Refused(msg, promise=PROMISE.get(line.kind, "P8.1"))
    note(line, Step.REFUSED, actor=actor, reason=ground)
    return _to(
        line,
        State.REFUSED,
        answered_at=clock.now(),
        outcome=Outcome.REFUSED.value,
        ground=ground,
        record=record or line.record,
        handler=actor.subject,
    )


def extend(line: Request, *, actor: Actor) -> Request:
    """Put the deadline off, as far and as often as the law lets it; never once it has passed.

    Refuses:
        Refused: the law gives no more time.
    """
    longer = due.extension(line.kind, line.received_at)
    late = clock.now() >= line.due_at
    appealed = line.state is State.APPEALED
    if longer is None or line.extensions >= longer.times or late or appealed:
        msg = f"refused to put off a request to {line.kind}: the law gives no more time"
        raise Refused(msg, promise="P10.4")
    many = line.extensions + 1
    until = due.due(line.kind, line.received_at, extensions=many)
    note(line, Step.EXTENDED, actor=actor, reason=f"{many}/{longer.times}")
    return _update(line, extensions=many, due_at=until)


def appeal(line: Request, *, actor: Actor, record: RecordId | None = None) -> Request:
    """The person objects to the answer. A deadline of its own runs, and somebody else decides."""
    now = clock.now()
    note(line, Step.APPEALED, actor=actor)
    return _to(
        line,
        State.APPEALED,
        answered_at=None,
        due_at=due.due(line.kind, now),
        appeal=record or line.appeal,
    )


def decide(line: Request, *, granted: bool, actor: Actor) -> Request:
    """Decide an appeal: back to work, or the answer stands.

    Refuses:
        Refused: who gave the answer decides on it (P10.4).
    """
    if actor.subject == line.handler:
        msg = "refused to decide on one's own answer: a second person does"
        raise Refused(msg, promise="P10.4")
    if granted:
        note(line, Step.APPEAL_GRANTED, actor=actor)
        return _to(line, State.IDENTIFIED, outcome="", ground="", handler=actor.subject)
    note(line, Step.APPEAL_UPHELD, actor=actor)
    return _to(line, State.UPHELD, answered_at=clock.now(), handler=actor.subject)


def seal_copy(line: Request, *, second: Actor) -> Request:
    """A second person looked at what goes out by post, and lets it go (P10.4).

    Refuses:
        Refused: it is the same person, or the answer does not go by post.
    """
    if not line.paper or line.handler is None or second.subject in {None, line.handler}:
        msg = "refused to let a paper copy go: a second person must look at it"
        raise Refused(msg, promise="P10.4")
    must_be_shown(line)
    note(line, Step.COPY_SEALED, actor=second)
    return _update(line, second=second.subject)


def must_be_shown(line: Request) -> None:
    """Nothing, when it was shown who asks.

    Refuses:
        Refused: it was not (P8.5).
    """
    if not is_shown(line.asker, line.checks):
        msg = "refused to work on a request: it was not shown who asks"
        raise Refused(msg, promise="P8.5", advice="log in as the person")


def taken(line: Request, *, actor: Actor) -> Request:
    """``actor`` works on it from now on; a copy that a second person let go must be looked at anew."""
    if line.handler == actor.subject:
        return line
    return _update(line, handler=actor.subject, second=None)


def keep_words(line: Request, record: RecordId) -> Request:
    """Where the words and the answer of a request lie sealed from now on."""
    return _update(line, record=record)


def queue(*, states: Collection[str] = OPEN_STATES, limit: int = MOST) -> tuple[Request, ...]:
    """Requests that wait for the mall, the most urgent first."""
    return register.where(
        "answered_at IS NULL AND state = ANY (%s) ORDER BY due_at, id LIMIT %s",
        [[*states], limit],
    )


def book(*, since: datetime, kind: Kind | None = None, limit: int = MOST) -> tuple[Request, ...]:
    """The register, newest first: what came since, by whatever way, self-service too."""
    return register.where(
        "received_at >= %s AND (%s = '' OR kind = %s) ORDER BY received_at DESC LIMIT %s",
        [since, kind.value if kind else "", kind.value if kind else "", limit],
    )


def overdue() -> int:
    """How many requests should have been answered by now."""
    found = rows(
        "SELECT count(*) FROM rights_request WHERE answered_at IS NULL AND due_at <= %s",
        [clock.now()],
    )
    return int(found[0][0])


def history(line: Request) -> tuple[Done, ...]:
    """What was done about a request, in order."""
    return tuple(
        Done(at, Step(step), reason, role, SubjectId(staff) if staff else None)
        for at, step, reason, role, staff in rows(
            "SELECT at, step, reason, role, staff FROM rights_step"
            " WHERE subject_id = %s AND request_id = %s ORDER BY id",
            [line.subject, line.id],
        )
    )


def note(line: Request, step: Step, *, actor: Actor, reason: str = "") -> None:
    """Write one step into the history."""
    staff = actor.subject if actor.role in STAFF else None
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO rights_step (subject_id, request_id, id, at, step, reason, role, staff)"
            " VALUES (%s, %s, %s, %s, %s, %s, %s, %s)",
            [
                line.subject,
                line.id,
                new_id(),
                clock.now(),
                step.value,
                reason,
                actor.role.value,
                staff,
            ],
        )


def _to(line: Request, state: State, **changes: Cell) -> Request:
    if state not in MOVES[line.state]:
        msg = f"refused to move on a request that is {line.state}: it cannot become {state}"
        raise Refused(msg, promise="P10.4")
    return _update(line, state=state, **changes)


_COLUMN: Mapping[str, str] = {"appeal": "appeal_id", "order": "order_id", "record": "record_id"}


def _update(line: Request, **changes: Cell) -> Request:
    cells = {_COLUMN.get(name, name): _plain(value) for name, value in changes.items()}
    settings = ", ".join(f"{name} = %s" for name in cells)
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE rights_request SET {settings} WHERE subject_id = %s AND id = %s",  # noqa: S608 - names of columns
            [*cells.values(), line.subject, line.id],
        )
    return replace(line, **changes)


def _plain(value: Cell) -> Cell:
    if isinstance(value, frozenset | tuple):
        return sorted(str(one) for one in value)
    return value


def _new_number() -> str:
    symbols = "".join(secrets.choice(CROCKFORD) for _ in range(NUMBER_SYMBOLS))
    return f"{symbols[:5]}-{symbols[5:]}"
