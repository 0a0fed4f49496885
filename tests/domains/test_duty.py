"""Whether somebody is on duty in every hour, and until when something is due in working days."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from yaksok.policy import working_days
from yaksok.policy.deadlines import KOREA, europe
from yaksok.policy.document import parse
from yaksok.policy.in_force import packaged
from yaksok.policy.references import faults
from yaksok.privacy.staff.coverage import Span, around, covered, gaps

T = datetime(2026, 3, 2, tzinfo=UTC)
HOURS = 24
WINDOW = Span(T, T + timedelta(hours=HOURS))


def at(hour: int) -> datetime:
    return T + timedelta(hours=hour)


unhurried = settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
"""A busy machine draws slowly; that says nothing about shifts."""

spans = st.lists(
    st.tuples(st.integers(-5, 30), st.integers(-2, 12)).map(
        lambda one: Span(at(one[0]), at(one[0] + one[1]))
    ),
    max_size=8,
)


@unhurried
@given(spans)
def test_an_hour_is_a_gap_exactly_when_no_shift_runs_in_it(some: list[Span]) -> None:
    found = gaps(some, WINDOW)
    empty = [h for h in range(HOURS) if not any(s.start <= at(h) < s.end for s in some)]
    told = [h for h in range(HOURS) if any(g.start <= at(h) < g.end for g in found)]
    assert told == empty
    assert covered(some, WINDOW) == timedelta(hours=HOURS - len(empty))


@unhurried
@given(spans)
def test_gaps_are_in_order_apart_and_inside(some: list[Span]) -> None:
    found = gaps(some, WINDOW)
    assert all(g.length > timedelta() for g in found)
    assert all(a.end < b.start for a, b in pairwise(found))
    assert all(WINDOW.start <= g.start and g.end <= WINDOW.end for g in found)


def test_one_minute_is_a_gap() -> None:
    minute = timedelta(minutes=1)
    some = [Span(T, at(12) - minute), Span(at(12), at(24))]
    assert gaps(some, WINDOW) == (Span(at(12) - minute, at(12)),)
    assert gaps([Span(T, at(12)), Span(at(12), at(24))], WINDOW) == ()
    assert gaps([], WINDOW) == (WINDOW,)


def test_the_window_is_the_week_before_and_the_week_after() -> None:
    assert around(T).length == timedelta(hours=2 * 168)


@pytest.mark.parametrize(
    ("came", "days", "last"),
    [
        ("2026-11-25T10:00", 3, "2026-11-30"),  # a Wednesday: Thursday, Friday, Monday
        ("2026-11-28T10:00", 1, "2026-11-30"),  # a Saturday
        ("2026-09-23T10:00", 1, "2026-09-28"),  # before Chuseok: 24 to 26 September, then Sunday
        ("2026-12-31T23:59", 1, "2027-01-04"),  # New Year's Day is a Friday
        ("2028-02-28T10:00", 1, "2028-02-29"),  # there is a 29th
    ],
)
def test_working_days_of_korea(came: str, days: int, last: str) -> None:
    start = datetime.fromisoformat(came).replace(tzinfo=KOREA.zone)
    end = working_days.after(KOREA, start, days)
    assert KOREA.day_of(working_days.told(end)).isoformat() == last
    assert end == KOREA.end_of(KOREA.day_of(working_days.told(end)))


def test_a_day_of_25_hours_ends_when_the_clocks_say_so() -> None:
    berlin = europe("DE")
    start = datetime(2026, 10, 23, 12, tzinfo=berlin.zone)  # a Friday; the clocks go back on Sunday
    end = working_days.after(berlin, start, 1)
    assert end == datetime(2026, 10, 26, 23, tzinfo=UTC)


@pytest.mark.parametrize("wrong", ["P0D", "P31D", "P1M", "P1Y3D", "soon", "3"])
def test_a_document_says_how_soon_in_working_days(wrong: str) -> None:
    text = packaged().read_text("utf-8")
    assert 'first_answer = "P3D"' in text
    changed = parse(text.replace('first_answer = "P3D"', f'first_answer = "{wrong}"'))
    assert [error.key for error in faults(changed)] == ["desk.first_answer"]
