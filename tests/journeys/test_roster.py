"""Shifts are entered, counted and taken out; who may not work any more answers no call tomorrow."""

from datetime import datetime, timedelta

import pytest

from tests.cast import people
from tests.cast.people import Colleague
from yaksok.database.roles import keeper
from yaksok.journeys import registers, roster, staff_door
from yaksok.kernel import clock
from yaksok.kernel.clock import SEOUL, FixedClock
from yaksok.kernel.errors import Invalid, NotFound, Refused
from yaksok.policy.vocabulary import Language, Register
from yaksok.privacy.staff import duty
from yaksok.privacy.staff.coverage import Span
from yaksok.privacy.staff.duty import Duty

pytestmark = pytest.mark.django_db
KO = Language.KOREAN


def enter(who: Colleague, day: str, hour: int, hours: int, **other: str) -> duty.Shift:
    return roster.enter(
        who.actor, Duty.PHONE, day=day, hour=f"{hour}", hours=f"{hours}", language=KO, **other
    )


def around_the_clock(*staff: Colleague, days: range = range(-7, 8)) -> None:
    """Two people in turn, twelve hours each, for all of two weeks and a bit."""
    today = datetime.combine(clock.now().astimezone(SEOUL).date(), datetime.min.time(), SEOUL)
    with keeper():
        for day in days:
            for number, who in enumerate(staff):
                start = today + timedelta(days=day, hours=12 * number)
                if start >= clock.now() - duty.BEHIND:
                    duty.enter(
                        who.subject, Duty.PHONE, Span(start, start + duty.LONGEST), actor=who.actor
                    )


def test_two_people_in_turn_leave_no_gap(standing_clock: FixedClock) -> None:
    day, night = people.clerk(), people.clerk()
    around_the_clock(day, night)
    standing = roster.standing(Duty.PHONE)
    assert (standing.hours, standing.of_hours, standing.gaps) == (336, 336, ())
    assert Register.ROSTER in registers.proven()
    assert registers.known().roster_gap is False
    assert not roster.standing(Duty.WATCH).whole


def test_somebody_suspended_leaves_their_coming_shifts_empty(standing_clock: FixedClock) -> None:
    day, night = people.clerk(), people.clerk()
    around_the_clock(day, night)
    staff_door.suspend(night.account.login_id)
    standing = roster.standing(Duty.PHONE)
    assert not standing.whole
    assert all(gap.start >= clock.now() - timedelta(hours=12) for gap in standing.gaps)
    assert Register.ROSTER not in registers.proven()


def test_a_shift_is_refused_that_nobody_could_work(standing_clock: FixedClock) -> None:
    clerk = people.clerk()
    enter(clerk, "2026-03-03", 9, 8)
    for day, hour, hours in (("2026-03-03", 16, 4), ("2026-06-03", 9, 8), ("2026-02-20", 9, 8)):
        with pytest.raises(Refused):
            enter(clerk, day, hour, hours)
    for day, hour, hours in (("2026-03-04", 9, 13), ("2026-03-04", 24, 1), ("yesterday", 9, 1)):
        with pytest.raises(Invalid):
            enter(clerk, day, hour, hours)
    enter(clerk, "2026-03-03", 17, 4)


def test_an_officer_enters_for_others_and_a_clerk_for_themselves(
    standing_clock: FixedClock,
) -> None:
    clerk, officer = people.clerk(), people.officer()
    shift = enter(officer, "2026-03-03", 9, 8, login_id=clerk.account.login_id)
    assert shift.staff == clerk.subject
    with pytest.raises(Refused):
        enter(clerk, "2026-03-03", 20, 1, login_id=officer.account.login_id)
    with pytest.raises(Invalid):
        enter(officer, "2026-03-03", 20, 1, login_id="nobody_here")
    for actor in (people.auditor().actor, people.member().actor):
        with pytest.raises(Refused):
            roster.enter(actor, Duty.PHONE, day="2026-03-03", hour="1", hours="1", language=KO)


def test_a_shift_that_has_begun_stays(standing_clock: FixedClock) -> None:
    clerk, other, officer = people.clerk(), people.clerk(), people.officer()
    first, second = enter(clerk, "2026-03-02", 20, 2), enter(clerk, "2026-03-03", 20, 2)
    with pytest.raises(NotFound):
        roster.cancel(other.actor, first.id)
    roster.cancel(officer.actor, second.id)
    standing_clock.move(timedelta(hours=8))
    with pytest.raises(NotFound):
        roster.cancel(clerk.actor, first.id)
    shown = roster.view(clerk.actor, Duty.PHONE)
    assert [(one.id, one.own, one.begun) for one in shown.shifts] == [(first.id, True, True)]


def test_the_roster_names_nobody(standing_clock: FixedClock) -> None:
    clerk = people.clerk()
    enter(clerk, "2026-03-03", 9, 8)
    (shown,) = roster.view(people.auditor().actor, Duty.PHONE).shifts
    assert shown.tag == clerk.subject.hex[-4:]
    assert clerk.account.login_id not in repr(shown)
    with pytest.raises(Refused):
        roster.view(people.member().actor, Duty.PHONE)


def test_shifts_of_three_years_ago_are_gone(standing_clock: FixedClock) -> None:
    enter(people.clerk(), "2026-03-03", 9, 8)
    with keeper():
        assert duty.sweep() == 0
    standing_clock.move(timedelta(days=3 * 365 + 3))
    with keeper():
        assert duty.sweep() == 1
