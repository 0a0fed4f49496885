"""Until when: by the calendar of Korea and of the Union, over holidays, leap days and changed clocks."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.cast.policies import packaged_policy
from yaksok.policy import in_force
from yaksok.policy.deadlines import (
    KOREA,
    Calendar,
    calendar_of,
    days_left,
    europe,
    last_day,
    over,
)
from yaksok.policy.document import load
from yaksok.policy.retention import Period
from yaksok.policy.vocabulary import Profile

GERMANY = europe("DE")
DAY = timedelta(days=1)


def on(text: str) -> date:
    return date.fromisoformat(text)


def ends(calendar: Calendar, start: str, *periods: str, moves: bool = True) -> str:
    first, *further = map(Period.parse, periods)
    return last_day(calendar, on(start), first, *further, moves=moves).isoformat()


@pytest.mark.parametrize(
    ("start", "period", "end"),
    [
        ("2026-11-24", "P10D", "2026-12-04"),  # the first day is not counted
        ("2026-11-25", "P10D", "2026-12-07"),  # the 5th is a Saturday
        ("2026-11-26", "P10D", "2026-12-07"),  # the 6th is a Sunday
        ("2026-12-15", "P10D", "2026-12-28"),  # Christmas is a Friday
        ("2026-12-22", "P10D", "2027-01-04"),  # New Year's Day is a Friday
        ("2026-12-24", "P10D", "2027-01-04"),  # across the end of the year
        ("2027-01-27", "P10D", "2027-02-10"),  # Seollal, Saturday to Monday, and its substitute
        ("2026-08-05", "P10D", "2026-08-18"),  # Liberation Day on a Saturday, made up for on Monday
        ("2026-09-14", "P10D", "2026-09-28"),  # Chuseok, Thursday to Saturday
        ("2028-09-22", "P10D", "2028-10-06"),  # Chuseok on National Foundation Day: one day made up
        ("2025-01-17", "P10D", "2025-01-31"),  # a holiday that the government proclaimed for once
        ("2028-02-19", "P10D", "2028-02-29"),  # a leap day is a day
        ("2028-02-20", "P10D", "2028-03-02"),  # 29 February counts; 1 March is a holiday
        ("2027-02-19", "P10D", "2027-03-02"),  # a year without it: the tenth day is 1 March
        ("2028-02-18", "P10D", "2028-02-28"),
        ("2026-11-24", "P30D", "2026-12-24"),
    ],
)
def test_ten_days_in_korea(start: str, period: str, end: str) -> None:
    assert ends(KOREA, start, period) == end


@pytest.mark.parametrize(
    ("start", "period", "end"),
    [
        ("2026-03-05", "P1M", "2026-04-05"),
        ("2027-01-30", "P1M", "2027-02-28"),
        ("2027-01-31", "P1M", "2027-02-28"),
        ("2028-01-31", "P1M", "2028-02-29"),
        ("2027-02-28", "P1M", "2027-03-31"),  # counted from 1 March: all of March
        ("2027-02-27", "P1M", "2027-03-27"),
        ("2028-02-28", "P1M", "2028-03-28"),
        ("2028-02-29", "P1M", "2028-03-31"),
        ("2026-11-30", "P3M", "2027-02-28"),
        ("2027-11-30", "P3M", "2028-02-29"),
        ("2028-02-29", "P1Y", "2029-02-28"),
        ("2027-02-28", "P1Y", "2028-02-29"),  # counted from 1 March: a year is all of it
        ("2028-02-29", "P4Y", "2032-02-29"),
        ("2026-12-31", "P5Y", "2031-12-31"),
        ("2026-12-31", "P1M", "2027-01-31"),
        ("2026-10-31", "P1M10D", "2026-12-10"),
    ],
)
def test_months_and_years_in_korea_are_counted_from_the_day_after(
    start: str, period: str, end: str
) -> None:
    assert ends(KOREA, start, period, moves=False) == end


@pytest.mark.parametrize(
    ("start", "period", "end"),
    [
        ("2026-03-05", "P1M", "2026-04-07"),  # the 5th is Easter Sunday, the 6th a holiday
        ("2026-08-31", "P1M", "2026-09-30"),  # no 31st
        ("2027-02-28", "P1M", "2027-03-30"),  # the 28th is Easter Sunday
        ("2027-01-31", "P1M", "2027-03-01"),  # the 28th is a Sunday
        ("2028-01-31", "P1M", "2028-02-29"),
        ("2028-02-29", "P1Y", "2029-02-28"),
        ("2026-11-25", "P1M", "2026-12-28"),  # Christmas on a Friday, the 26th one too
        ("2026-12-01", "P1M", "2027-01-04"),
        ("2026-11-24", "P10D", "2026-12-04"),
    ],
)
def test_a_month_in_the_union(start: str, period: str, end: str) -> None:
    assert ends(GERMANY, start, period) == end


def test_a_short_period_of_the_union_holds_two_working_days() -> None:
    assert ends(GERMANY, "2026-04-02", "P3D") == "2026-04-08", "Good Friday to Easter Monday"
    assert ends(GERMANY, "2026-04-02", "P1D") == "2026-04-07", "of one day nothing is asked"
    assert ends(KOREA, "2026-09-23", "P3D") == "2026-09-28", "Korea knows no such rule"


def test_an_extension_runs_on_from_where_the_period_would_have_ended() -> None:
    assert ends(KOREA, "2026-11-25", "P10D", "P10D") == "2026-12-15", "ten days after the 5th"
    assert ends(KOREA, "2026-11-24", "P30D", "P30D", "P30D") == "2027-02-22"
    assert ends(GERMANY, "2026-11-24", "P1M", "P2M") == "2027-02-24"
    assert ends(GERMANY, "2026-11-30", "P1M", "P2M") == "2027-03-01"


def test_holidays_are_those_of_the_state() -> None:
    german_unity = on("2026-10-03") - DAY * 2
    assert not europe("DE").works(on("2025-10-03"))
    assert europe("FR").works(on("2025-10-03"))
    assert not europe("FR").works(on("2026-07-14"))
    assert europe("DE").works(german_unity)


def test_a_holiday_of_one_region_does_not_move_a_deadline() -> None:
    assert GERMANY.works(on("2027-01-06")), "Epiphany is a holiday in three of sixteen states"


@pytest.mark.parametrize("day", ["2026-11-28", "2026-11-29"])
def test_weekends_do_not_work_anywhere(day: str) -> None:
    assert not KOREA.works(on(day))
    assert not GERMANY.works(on(day))


def test_a_period_without_length_ends_on_its_day() -> None:
    assert ends(KOREA, "2026-12-25", "P0D") == "2026-12-25"


def test_the_day_is_that_of_the_place() -> None:
    late = datetime(2026, 11, 24, 15, 30, tzinfo=UTC)  # the 25th in Seoul, the 24th in Berlin
    assert over(KOREA, late, Period(days=2)) == datetime(2026, 11, 27, 15, 0, tzinfo=UTC)
    assert over(GERMANY, late, Period(days=2)) == datetime(2026, 11, 26, 23, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("received", "moment"),
    [
        ("2027-02-26", datetime(2027, 3, 26, 23, 0, tzinfo=UTC)),  # Good Friday moves to Tuesday
        ("2027-03-02", datetime(2027, 4, 2, 22, 0, tzinfo=UTC)),
        ("2026-09-26", datetime(2026, 10, 26, 23, 0, tzinfo=UTC)),
    ],
)
def test_a_last_day_ends_at_midnight_by_the_clock_of_its_season(
    received: str, moment: datetime
) -> None:
    noon = datetime.combine(on(received), datetime.min.time(), ZoneInfo("Europe/Berlin"))
    nominal = over(GERMANY, noon + timedelta(hours=12), Period(months=1), moves=False)
    assert nominal == moment
    assert nominal.astimezone(GERMANY.zone).hour == 0


def test_the_day_on_which_the_clocks_change_is_a_whole_day() -> None:
    spring, autumn = on("2027-03-28"), on("2026-10-25")
    assert GERMANY.end_of(spring) - GERMANY.end_of(spring - DAY) == timedelta(hours=23)
    assert GERMANY.end_of(autumn) - GERMANY.end_of(autumn - DAY) == timedelta(hours=25)


def test_days_left_are_days_of_the_calendar() -> None:
    end = over(KOREA, datetime(2026, 11, 24, 3, tzinfo=UTC), Period(days=10))
    seoul = KOREA.zone
    assert days_left(KOREA, end, datetime(2026, 11, 24, 23, 59, tzinfo=seoul)) == 10
    assert days_left(KOREA, end, datetime(2026, 12, 4, 0, 0, tzinfo=seoul)) == 0
    assert days_left(KOREA, end, datetime(2026, 12, 4, 23, 59, tzinfo=seoul)) == 0
    assert days_left(KOREA, end, datetime(2026, 12, 5, 0, 0, tzinfo=seoul)) == -1
    winter = over(GERMANY, datetime(2026, 10, 20, 12, tzinfo=UTC), Period(days=10))
    assert days_left(GERMANY, winter, datetime(2026, 10, 24, 12, tzinfo=UTC)) == 6


@pytest.mark.parametrize(
    ("start", "period", "then"),
    [
        ("2026-11-24", "P2Y", "2028-11-24"),
        ("2028-02-29", "P2Y", "2030-02-28"),
        ("2028-02-29", "P4Y", "2032-02-29"),
        ("2026-12-31", "P2M", "2027-02-28"),
    ],
)
def test_what_returns_to_the_date(start: str, period: str, then: str) -> None:
    assert Period.parse(period).same_date(on(start)) == on(then)


def test_the_calendar_is_that_of_the_document() -> None:
    assert calendar_of(packaged_policy().document.body) == KOREA
    there = load(in_force.named(Profile.LAWFUL_EU)).body
    assert there.european
    assert calendar_of(there) == europe(there.european.state)


def test_a_state_outside_the_area_has_no_calendar() -> None:
    with pytest.raises(ValueError, match="no state"):
        europe("US")


CALENDARS = st.sampled_from([KOREA, GERMANY, europe("FR"), europe("IE")])
STARTS = st.dates(on("2026-01-01"), on("2036-12-31"))
PERIODS = st.builds(
    Period, years=st.integers(0, 5), months=st.integers(0, 18), days=st.integers(0, 60)
)


@given(CALENDARS, STARTS, PERIODS)
def test_a_last_day_works_and_is_the_first_that_does(
    calendar: Calendar, start: date, period: Period
) -> None:
    nominal = last_day(calendar, start, period, moves=False)
    moved = last_day(calendar, start, period)
    assert start <= nominal <= moved
    if nominal == start:
        return
    assert calendar.works(moved)
    between = [nominal + DAY * n for n in range((moved - nominal).days)]
    assert sum(calendar.works(day) for day in between) <= (1 if calendar.european else 0)


@given(CALENDARS, STARTS, PERIODS)
def test_who_begins_later_never_ends_earlier(
    calendar: Calendar, start: date, period: Period
) -> None:
    assert last_day(calendar, start, period) <= last_day(calendar, start + DAY, period)


@given(STARTS, st.integers(1, 24))
def test_the_union_and_korea_differ_only_where_a_month_ends(start: date, count: int) -> None:
    period = Period(months=count)
    korea = last_day(KOREA, start, period, moves=False)
    union = last_day(GERMANY, start, period, moves=False)
    assert korea >= union
    assert korea == union or (start + DAY).day == 1
