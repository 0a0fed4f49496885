"""The register of shifts: who is on duty at what, from when until when."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from yaksok.database.selecting import rows
from yaksok.kernel import clock
from yaksok.kernel.actor import Actor
from yaksok.kernel.errors import NotFound, Refused
from yaksok.kernel.ids import SubjectId, new_id
from yaksok.privacy.audit import log
from yaksok.privacy.audit.events import Event
from yaksok.privacy.staff import access
from yaksok.privacy.staff.coverage import Span

LONGEST = timedelta(hours=12)
"""One person answers no longer than this in a row."""

AHEAD = timedelta(days=62)
BEHIND = timedelta(days=8)
"""How far from now a shift may be entered. One of last month is no shift, but a story."""

KEPT = timedelta(days=3 * 365)


class Duty(StrEnum):
    """What somebody is on duty at."""

    PHONE = "phone"
    """Answers the toll-free number (P10.2)."""
    WATCH = "watch"
    """Watches the system (P7.11)."""


@dataclass(frozen=True, slots=True)
class Shift:
    """One person on duty."""

    staff: SubjectId
    id: UUID
    duty: Duty
    span: Span


def enter(staff: SubjectId, duty: Duty, span: Span, *, actor: Actor) -> Shift:
    """Write a shift down.

    Refuses:
        Refused: it is too long, too far away, or the person may not work here then; or they are on
            duty already at some of that time.

    Records:
        Event.STAFF_DUTY_ENTERED.
    """
    now = clock.now()
    if not timedelta() < span.length <= LONGEST:
        msg = (
            f"refused to enter a shift: it is longer than {LONGEST.seconds // 3600} hours, or empty"
        )
        raise Refused(msg, promise="P10.2")
    if span.end > now + AHEAD or span.start < now - BEHIND:
        msg = f"refused to enter a shift: it is not within {AHEAD.days} days from now"
        raise Refused(msg, promise="P10.2")
    if not access.roles_of(staff):
        msg = "refused to enter a shift: the person has no role that stands"
        raise Refused(msg, promise="P7.13")
    if any(one.span.start < span.end and span.start < one.span.end for one in of(staff)):
        msg = "refused to enter a shift: the person is on duty at that time already"
        raise Refused(msg, promise="P10.2")
    key = new_id()
    rows(
        "INSERT INTO staff_shift (subject_id, id, duty, starts_at, ends_at, entered_at, entered_by)"
        " VALUES (%s, %s, %s, %s, %s, %s, %s) RETURNING id",
        [staff, key, duty.value, span.start, span.end, now, actor.subject],
    )
    log.record(Event.STAFF_DUTY_ENTERED, actor=actor, promise="P10.2", reason=duty.value)
    return Shift(staff, key, duty, span)


def cancel(shift: UUID, *, actor: Actor) -> None:
    """Take a shift out that has not begun. One that has begun is history, and stays.

    Raises:
        NotFound: there is no such shift, or it has begun.
    """
    gone = rows(
        "DELETE FROM staff_shift WHERE id = %s AND starts_at > %s RETURNING duty",
        [shift, clock.now()],
    )
    if not gone:
        msg = "there is no such shift, or it has begun"
        raise NotFound(msg)
    log.record(Event.STAFF_DUTY_CANCELLED, actor=actor, promise="P10.2", reason=gone[0][0])


def of(staff: SubjectId) -> list[Shift]:
    """The shifts of one person, in order."""
    return _read("subject_id = %s ORDER BY starts_at", [staff])


def within(duty: Duty, window: Span) -> list[Shift]:
    """The shifts at ``duty`` that touch ``window``, in order."""
    return _read(
        "duty = %s AND starts_at < %s AND ends_at > %s ORDER BY starts_at, id",
        [duty.value, window.end, window.start],
    )


def counted(shifts: list[Shift], now: datetime) -> list[Span]:
    """The spans that prove something: what was, and of what is to come the shifts of those who may work.

    Somebody who was suspended, who left or whose role has ended answers no call tomorrow.
    """
    able = {staff: bool(access.roles_of(staff)) for staff in {one.staff for one in shifts}}
    found = []
    for one in shifts:
        if able[one.staff]:
            found.append(one.span)
        elif one.span.start < now:
            found.append(Span(one.span.start, min(one.span.end, now)))
    return found


def sweep() -> int:
    """Remove shifts that are three years over; how many. For the clock's jobs."""
    over = clock.now() - KEPT
    return len(rows("DELETE FROM staff_shift WHERE ends_at <= %s RETURNING id", [over]))


def _read(where: str, values: list[object]) -> list[Shift]:
    found = rows(
        f"SELECT subject_id, id, duty, starts_at, ends_at FROM staff_shift WHERE {where}",  # noqa: S608 - constants of this module
        values,
    )
    return [
        Shift(SubjectId(staff), key, Duty(duty), Span(start, end))
        for staff, key, duty, start, end in found
    ]
