"""Periods run by the calendar in Seoul, and the law's copies by the law tables."""

from datetime import UTC, date, datetime, timedelta

import pytest

from tests.cast.policies import packaged_policy
from yaksok.policy.law.tables import (
    age_of_consent,
    in_force,
    law,
    retention_laws,
    tables,
    today,
)
from yaksok.policy.retention import Period, StatutoryCopy
from yaksok.policy.vocabulary import EndEvent, Item, Language, RecordKind

SEOUL = timedelta(hours=9)


def seoul(year: int, month: int, day: int, hour: int = 0, minute: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=UTC) - SEOUL


@pytest.mark.parametrize(
    ("period", "begins", "over"),
    [
        ("P5Y", seoul(2026, 11, 24, 12), seoul(2031, 11, 25)),
        ("P3M", seoul(2026, 11, 30, 0, 1), seoul(2027, 3, 1)),
        ("P1Y", seoul(2028, 2, 29, 23, 59), seoul(2029, 3, 1)),
        ("P10D", seoul(2026, 12, 25, 1), seoul(2027, 1, 5)),
        ("P1M", seoul(2027, 1, 30, 9), seoul(2027, 3, 1)),
        ("P1M", seoul(2027, 1, 31, 9), seoul(2027, 3, 1)),
        ("P3M", seoul(2027, 2, 28, 9), seoul(2027, 6, 1)),
        ("P1Y", seoul(2027, 2, 28, 9), seoul(2028, 3, 1)),
        ("P0D", seoul(2026, 11, 24, 12, 34), seoul(2026, 11, 24, 12, 34)),
    ],
)
def test_a_period_is_over(period, begins, over):
    assert Period.parse(period).after(begins) == over


def test_the_day_is_that_of_seoul():
    late = datetime(2026, 11, 24, 16, 0, tzinfo=UTC)  # the 25th in Seoul
    assert Period.parse("P1D").after(late) == seoul(2026, 11, 27)


@pytest.mark.parametrize("text", ["", "P", "5Y", "P5", "PT1H", "P5Y3", "P-1D"])
def test_it_is_no_period(text):
    with pytest.raises(ValueError, match="is not a period"):
        Period.parse(text)


def test_it_is_said_in_words():
    assert Period.parse("P5Y").words().in_(Language.KOREAN) == "5년"
    assert Period.parse("P1Y6M").words().in_(Language.ENGLISH) == "1 year 6 months"
    assert Period.parse("P0D").words().in_(Language.KOREAN) == "바로"


def test_what_a_law_keeps_of_an_order():
    payer = packaged_policy().retention[RecordKind.ORDER_PAYER]
    assert payer.event is EndEvent.DELIVERED
    assert payer.due(seoul(2026, 11, 24)) == seoul(2027, 2, 25)
    (copy,) = payer.statutory
    assert copy.items == {Item.NAME, Item.PHONE, Item.EMAIL}
    assert copy.due(seoul(2026, 11, 24, 10)) == seoul(2031, 11, 25)


def test_a_membership_ends_at_once_and_no_law_keeps_it():
    rule = packaged_policy().retention[RecordKind.MEMBERSHIP]
    at = datetime(2026, 11, 24, 3, tzinfo=UTC)
    assert rule.due(at) == at
    assert rule.statutory == ()


def test_every_row_of_the_law_tables_can_be_counted():
    rows = [*retention_laws().values(), *tables().deadline.values()]
    assert all(Period.parse(row.period) != Period() for row in rows)
    assert all(row.article and row.mark in {"T", "W", "M"} for row in rows)
    assert law("contract").period == "P5Y"
    offices = in_force(tables().remedy, today()).values()
    assert {body.phone for body in offices} == {"118", "1833-6972", "1301", "182"}


def test_a_german_voucher_is_kept_from_the_end_of_its_year():
    row = law("de_vouchers")
    assert (row.state, row.year_end) == ("DE", True)
    copy = StatutoryCopy(
        frozenset({Item.NAME}), Period.parse(row.period), "de_vouchers", row.title, row.year_end
    )
    ends = seoul(2035, 1, 1)
    assert copy.due(seoul(2026, 1, 1, 10)) == copy.due(seoul(2026, 12, 31, 23)) == ends
    assert copy.due(seoul(2027, 1, 1)) > ends


def test_the_age_of_consent_is_that_of_the_state():
    day = date(2026, 11, 24)
    ages = [age_of_consent(state, day) for state in ("DE", "FR", "AT", "SE", "ZZ")]
    assert ages == [16, 15, 14, 13, None]
