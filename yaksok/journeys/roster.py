"""Who is on duty when, and whether somebody is in every hour: the proof behind "24 hours" (P10.2)."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from yaksok.database.roles import keeper, retrying
from yaksok.journeys import staff_door
from yaksok.kernel import clock
from yaksok.kernel.actor import Actor, Role
from yaksok.kernel.clock import SEOUL
from yaksok.kernel.errors import Invalid, NotFound, Refused
from yaksok.kernel.ids import SubjectId
from yaksok.policy.entries import Text
from yaksok.policy.vocabulary import Language
from yaksok.privacy.staff import coverage, duty
from yaksok.privacy.staff.coverage import Span
from yaksok.privacy.staff.duty import Duty, Shift

MAY_LOOK = frozenset({Role.AUDITOR, Role.CLERK, Role.OFFICER})
HOUR = timedelta(hours=1)
TAG = 4
"""Hex digits by which the roster tells people apart; it names nobody."""

NO_SUCH_STAFF = Text(ko="그런 직원 아이디가 없습니다.", en="Nobody has this staff ID.")
NOT_A_TIME = Text(
    ko="날짜와 시각을 적고 1시간에서 12시간 사이로 정하십시오.",
    en="Give a day and an hour, and 1 to 12 hours.",
)


@dataclass(frozen=True, slots=True)
class Standing:
    """How well a duty is covered in the past week and the coming one. Hours are whole or tenths."""

    duty: Duty
    hours: float
    of_hours: int
    gaps: tuple[Span, ...]

    @property
    def whole(self) -> bool:
        """Whether there is no gap at all."""
        return not self.gaps


@dataclass(frozen=True, slots=True)
class Entered:
    """One shift as the roster shows it. ``tag`` tells people apart and names nobody."""

    id: UUID
    tag: str
    own: bool
    span: Span
    begun: bool


@dataclass(frozen=True, slots=True)
class Roster:
    """The shifts at one duty around now, and how well they cover it."""

    standing: Standing
    shifts: tuple[Entered, ...]


def standing(of: Duty) -> Standing:
    """How well ``of`` is covered, in the week that was and the week to come."""
    now = clock.now()
    window = coverage.around(now)
    with keeper():
        spans = duty.counted(duty.within(of, window), now)
    covered = coverage.covered(spans, window)
    return Standing(
        of,
        round(covered / HOUR, 1),
        round(window.length / HOUR),
        coverage.gaps(spans, window),
    )


def view(actor: Actor, of: Duty) -> Roster:
    """The roster of one duty, for staff.

    Refuses:
        Refused: the actor is not staff (P7.13).
    """
    if actor.role not in MAY_LOOK:
        msg = "refused to show the roster: it is the work of staff"
        raise Refused(msg, promise="P7.13")
    now = clock.now()
    with keeper():
        shifts = duty.within(of, coverage.around(now))
    return Roster(standing(of), tuple(_entered(one, actor, now) for one in shifts))


@retrying
def enter(
    actor: Actor,
    of: Duty,
    *,
    day: str,
    hour: str,
    hours: str,
    login_id: str = "",
    language: Language,
) -> Shift:
    """Write a shift down: for oneself, or by an officer for anybody who works here.

    Arguments:
        day: The day in Seoul, ``2026-11-25``; ``hour`` 0 to 23; ``hours`` 1 to 12.
        login_id: Whose shift, by their staff ID; "" is one's own. It is compared and not kept.

    Raises:
        Invalid: no such time, or nobody with that ID.

    Refuses:
        Refused: the shift cannot be entered (see :func:`yaksok.privacy.staff.duty.enter`), or a
            clerk enters one for somebody else.

    Records:
        Event.STAFF_DUTY_ENTERED.
    """
    if actor.role not in {Role.CLERK, Role.OFFICER} or actor.subject is None:
        msg = "refused to enter a shift: it is the work of staff"
        raise Refused(msg, promise="P7.13")
    span = _span(day, hour, hours, language)
    who = _who(actor, actor.subject, login_id, language)
    with keeper():
        return duty.enter(who, of, span, actor=actor)


@retrying
def cancel(actor: Actor, shift: UUID) -> None:
    """Take a shift out that has not begun: one's own, or by an officer anybody's.

    Raises:
        NotFound: there is no such shift, it has begun, or it is somebody else's.

    Records:
        Event.STAFF_DUTY_CANCELLED.
    """
    with keeper():
        own = actor.subject is not None and shift in {one.id for one in duty.of(actor.subject)}
        if not own and actor.role is not Role.OFFICER:
            msg = "there is no such shift, or it has begun"
            raise NotFound(msg)
        duty.cancel(shift, actor=actor)


def tag_of(staff: SubjectId) -> str:
    """What tells one member of staff from another on the roster."""
    return staff.hex[-TAG:]


def _entered(one: Shift, actor: Actor, now: datetime) -> Entered:
    own = one.staff == actor.subject
    return Entered(one.id, tag_of(one.staff), own, one.span, one.span.start <= now)


def _span(day: str, hour: str, hours: str, language: Language) -> Span:
    try:
        begins = datetime.combine(date.fromisoformat(day), time(int(hour)), SEOUL)
        length = timedelta(hours=int(hours))
    except ValueError:
        raise Invalid({"day": NOT_A_TIME.in_(language)}) from None
    if not HOUR <= length <= duty.LONGEST:
        raise Invalid({"day": NOT_A_TIME.in_(language)})
    return Span(begins, begins + length)


def _who(actor: Actor, own: SubjectId, login_id: str, language: Language) -> SubjectId:
    if not login_id.strip():
        return own
    if actor.role is not Role.OFFICER:
        msg = "refused to enter somebody else's shift: an officer does that"
        raise Refused(msg, promise="P7.13")
    try:
        return staff_door.known(login_id)
    except NotFound:
        raise Invalid({"login_id": NO_SUCH_STAFF.in_(language)}) from None
